package copydesk

import "testing"

func TestStageOfThePresentDeal(t *testing.T) {
	for text, want := range map[string]string{
		"Halcyon Compute raised $50 million from Kestrel Capital on Tuesday.":                                                           "closed",
		"Halcyon Compute said it had raised $50 million from Kestrel Capital.":                                                          "closed",
		"Halcyon Compute had raised $50 million from Kestrel Capital.":                                                                  "",
		"Halcyon Compute raised $50 million from Kestrel Capital in 2023.":                                                              "",
		"In 2023, Halcyon Compute raised $50 million from Kestrel Capital.":                                                             "",
		"Halcyon Compute raised $50 million from Kestrel Capital two years ago.":                                                        "",
		"Halcyon Compute borrowed $50 million from Kestrel Bank in 2022.":                                                               "",
		"Northwind Freight bought Halcyon Compute in 2021.":                                                                             "closed",
		"Halcyon Compute, which raised $50 million in 2023, is in talks to raise $100 million from Kestrel Capital.":                    "talks",
		"Halcyon Compute raised $50 million from Kestrel Capital in January. It is in talks to raise $200 million from Marsh Partners.": "",
		"Northwind Freight bought Halcyon Compute in 2021. Kestrel Capital is in talks to buy Halcyon Compute.":                         "talks",
		"Northwind Freight raised its forecast on Tuesday. It is in talks to buy Halcyon Compute.":                                      "talks",
		"Northwind Freight, whose offer for Halcyon Compute is fair, raised its forecast.":                                              "",
		"Northwind Freight raised its forecast and made an offer for Halcyon Compute.":                                                  "",
		"Shares of Northwind Freight closed at $72.10 after its offer for Halcyon Compute.":                                             "",
		"Northwind Freight has completed its purchase of Halcyon Compute.":                                                              "closed",
		"Northwind Freight's takeover of Halcyon Compute was completed on Tuesday.":                                                     "closed",
	} {
		p := propose("", text)
		if len(p.Deals) != 1 {
			t.Errorf("%s: %d deals", text, len(p.Deals))
			continue
		}
		if got := string(p.Deals[0].Stage); got != want {
			t.Errorf("%s: %q with %q, want %q", text, got, p.Deals[0].StageWords, want)
		}
	}
}
