package copydesk

import (
	"slices"
	"strings"
	"testing"
)

// eventsOf returns what is proposed of the events of the text, in a form to compare. It is
// read on Thursday 5 March 2026.
func eventsOf(body string) []string {
	p := propose("", body)
	var got []string
	for _, e := range p.Events {
		about := "-"
		if e.Entity >= 0 {
			about = p.Entities[e.Entity].Name
		}
		got = append(got, strings.Join([]string{string(e.Kind), e.What, e.When.From.String() + ".." + e.When.To.String(), about}, " | "))
	}
	return got
}

func TestAnnouncedEvents(t *testing.T) {
	for text, want := range map[string][]string{
		"Northwind Freight reports third-quarter results on 12 November.":                         {"earnings | third-quarter results | 2026-11-12..2026-11-12 | Northwind Freight"},
		"Northwind Freight is due to report annual results on 19 March.":                          {"earnings | annual results | 2026-03-19..2026-03-19 | Northwind Freight"},
		"Results at Northwind Freight are due on 12 March.":                                       {"earnings | results | 2026-03-12..2026-03-12 | Northwind Freight"},
		"The hearing is set for March 30.":                                                        {"hearing | hearing | 2026-03-30..2026-03-30 | -"},
		"A hearing in the case against Aldergate Bank is scheduled to be held on 14 April.":       {"hearing | hearing | 2026-04-14..2026-04-14 | Aldergate Bank"},
		"The trial will begin in September.":                                                      {"hearing | trial | 2026-09-01..2026-09-30 | -"},
		"Shareholders vote on Friday.":                                                            {"vote | shareholders vote | 2026-03-06..2026-03-06 | -"},
		"Shareholders in Skerry Cable Works will vote on the offer on 20 March.":                  {"vote | shareholders vote | 2026-03-20..2026-03-20 | Skerry Cable Works"},
		"Creditors are due to vote next week.":                                                    {"vote | creditors vote | 2026-03-09..2026-03-15 | -"},
		"Northwind Freight is to report figures for the first quarter on 5 May.":                  {"earnings | figures for first quarter | 2026-05-05..2026-05-05 | Northwind Freight"},
		"The sale needs the consent of shareholders, who are expected to vote in May.":            {"vote | shareholders vote | 2026-05-01..2026-05-31 | -"},
		"The annual meeting is scheduled for 22 May.":                                             {"vote | annual meeting | 2026-05-22..2026-05-22 | -"},
		"The offer lapses on 31 March.":                                                           {"deadline | offer lapses | 2026-03-31..2026-03-31 | -"},
		"Skerry Cable Works has until 2 April to make a firm offer.":                              {"deadline | deadline | 2026-04-02..2026-04-02 | Skerry Cable Works"},
		"Inflation figures for February are due on 18 March.":                                     {"data | inflation figures | 2026-03-18..2026-03-18 | -"},
		"The shares are expected to begin trading in Amsterdam on 26 March.":                      {"listing | trading begins | 2026-03-26..2026-03-26 | -"},
		"Halcyon Compute will list on 12 March.":                                                  {"listing | listing | 2026-03-12..2026-03-12 | Halcyon Compute"},
		"The hearing is set for 30 March; shareholders vote on 31 March.":                         {"hearing | hearing | 2026-03-30..2026-03-30 | -", "vote | shareholders vote | 2026-03-31..2026-03-31 | -"},
		"The hearing is set for 30 March.\n\nA second sentence: the hearing is set for 30 March.": {"hearing | hearing | 2026-03-30..2026-03-30 | -"},

		"Northwind Freight reported third-quarter results on 12 February.": nil,
		"The hearing was held on 3 March.":                                 nil,
		"The hearing was set for 30 March.":                                nil,
		"The hearing had been set for 30 March.":                           nil,
		"The hearing is not set for 30 March.":                             nil,
		"If the hearing is set for 30 March, the offer stands.":            nil,
		"Shareholders could vote on 20 March.":                             nil,
		"Shareholders voted on 3 March.":                                   nil,
		"Shareholders will vote by 20 March.":                              nil,
		"The offer lapses after 31 March.":                                 nil,
		"The trial will begin early in September.":                         nil,
		"The trial will begin at the end of September.":                    nil,
		"The trial will begin in 2027.":                                    nil,
		"The hearing is set for 30 March or 31 March.":                     nil,
		"“The hearing is set for 30 March,” said Jane Roe.":                nil,
		"The inflation figures for January were published on 18 February.": nil,
		"The shop opens on 12 March.":                                      nil,
		"Northwind Freight may publish annual results on 19 March.":        nil,
		"Under §5 the hearing is set for §3.":                              nil,
	} {
		if got := eventsOf(text); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestEventOfADeal(t *testing.T) {
	p := propose("", "Northwind Freight agreed to buy Halcyon Compute. The deal is expected to close in the second quarter.")
	if len(p.Events) != 1 || p.Events[0].What != "closing" || p.Events[0].Deal != 0 || p.Entities[p.Events[0].Entity].Name != "Halcyon Compute" {
		t.Errorf("%+v", p.Events)
	}
}
