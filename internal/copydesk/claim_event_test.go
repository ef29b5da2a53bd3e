package copydesk

import (
	"slices"
	"testing"

	"standfirst"
)

func TestEventDates(t *testing.T) {
	for text, want := range map[string]string{
		"Northwind Freight agreed to buy Halcyon Compute. The deal is expected to close in the second quarter.":       "deal in Halcyon Compute: closing 2026-04-01..2026-06-30",
		"Northwind Freight agreed to buy Halcyon Compute. It expects to complete the acquisition in June.":            "deal in Halcyon Compute: closing 2026-06-01..2026-06-30",
		"The acquisition of Halcyon Compute by Northwind Freight will be completed on 30 March.":                      "deal in Halcyon Compute: closing 2026-03-30..2026-03-30",
		"Halcyon Compute will list on 12 March.":                                                                      "Halcyon Compute: listing 2026-03-12..2026-03-12",
		"Halcyon Compute plans to float in Milan in the second half of 2026.":                                         "Halcyon Compute: listing 2026-07-01..2026-12-31",
		"Halcyon Compute reports results on 3 April.":                                                                 "Halcyon Compute: results 2026-04-03..2026-04-03",
		"Halcyon Compute will publish its first-quarter results next week.":                                           "Halcyon Compute: results 2026-03-09..2026-03-15",
		"Halcyon Compute reported results on 3 February.":                                                             "",
		"Northwind Freight agreed to buy Halcyon Compute. The deal is expected to close by June.":                     "",
		"Northwind Freight agreed to buy Halcyon Compute. The deal is expected to close at the end of June.":          "",
		"Northwind Freight agreed to buy Halcyon Compute. The deal will not close in the second quarter.":             "",
		"Northwind Freight will buy Halcyon Compute. Kestrel will buy Sutter Mills. The deal will close on 12 March.": "",
		"The deal is expected to close in the second quarter.":                                                        "",
		"Halcyon Compute will list on 12 March or 13 March.":                                                          "",
		"The shop will close on 12 March.":                                                                            "",
		"“Halcyon Compute will list on 12 March,” said Jane Roe.":                                                     "",
	} {
		p := propose("", text)
		var got []string
		for _, c := range p.Claims {
			if c.Property != standfirst.EventDate {
				continue
			}
			var subject string
			if c.Deal >= 0 {
				subject = "deal in " + p.Entities[p.Deals[c.Deal].Target].Name
			} else {
				subject = p.Entities[c.Entity].Name
			}
			got = append(got, subject+": "+c.Dimensions.Event+" "+c.Value.Date.From.String()+".."+c.Value.Date.To.String())
		}
		if want == "" && len(got) > 0 || want != "" && !slices.Equal(got, []string{want}) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}
