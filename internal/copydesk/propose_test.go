package copydesk

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"standfirst"
)

// roundStory is a story about invented companies that tells of a round, of jobs and of
// shares.
const roundStory = `In a move that could reshape the trade, Northwind Freight Inc. (NYSE: NWF) is in advanced discussions to invest up to $6 billion in Halcyon, multiple sources familiar with the negotiations told The Sound Dispatch. The deal would make Northwind the largest investor in Halcyon's latest funding round, which seeks to raise up to $12 billion at a valuation of approximately $96 billion.

Other groups, including Kestrel and Marlow, are also in separate investment talks with the research lab. Saltmarsh Group is similarly considering a commitment of up to $3 billion.

The talks come at a hard time for Northwind. On March 3, the company confirmed it had eliminated 4,200 office roles, representing over 8% of its workforce. The news triggered a 2.4% drop in the company's share price the same day.

"A $6 billion investment is a statement, and 900 jobs will follow," said Dr. Anya Holt, a strategist at the Calder Institute. Kestrel declined to comment.`

func claimLines(p Proposals) []string {
	var all []string
	for _, c := range p.Claims {
		var subject string
		if c.Deal >= 0 {
			subject = "deal in " + p.Entities[p.Deals[c.Deal].Target].Name
		} else {
			subject = p.Entities[c.Entity].Name
		}
		if c.Party >= 0 {
			subject += " by " + p.Entities[c.Party].Name
		}
		line := fmt.Sprintf("%s: %s = %s, %s, %s", subject, c.Property, bounds(*c.Value.Quantity), c.Modality, c.Evidence)
		if key := c.Dimensions.Key(); key != "" {
			line += ", " + key
		}
		all = append(all, line)
	}
	return all
}

func TestProposeRound(t *testing.T) {
	p := propose("Northwind in Advanced Talks to Lead Halcyon's Round with Potential $6 Billion Investment", roundStory)
	want := []string{
		"primary-round | Kestrel | investor | Halcyon", "primary-round | Marlow | investor | Halcyon",
		"primary-round | Northwind Freight Inc. | lead | Halcyon", "primary-round | Saltmarsh Group | investor | Halcyon",
	}
	if got := partiesOf(p); !slices.Equal(got, want) {
		t.Errorf("parties %q", got)
	}
	wantClaims := []string{
		"deal in Halcyon by Northwind Freight Inc.: commitment = <=6000000000 USD, prospective, reported-anonymous",
		"deal in Halcyon: round-target = <=12000000000 USD, prospective, reported-anonymous",
		"deal in Halcyon: valuation = ~96000000000 USD, prospective, reported-anonymous",
		"deal in Halcyon by Saltmarsh Group: commitment = <=3000000000 USD, prospective, reported-anonymous",
		"Northwind Freight Inc.: jobs-cut = 4200 1, actual, confirmed-by-subject",
		"Northwind Freight Inc.: share-of-staff-cut = >8 %, actual, confirmed-by-subject",
		"Northwind Freight Inc.: share-price-move = -2.4 %, actual, reported-anonymous, day=2026-03-03",
	}
	if got := claimLines(p); !slices.Equal(got, wantClaims) {
		t.Errorf("claims:\n%s", strings.Join(got, "\n"))
	}
	if len(p.Checks) != 0 {
		t.Errorf("checks: %+v", p.Checks)
	}
	d := p.Deals[0]
	if d.Stage != standfirst.AdvancedTalks || d.Basis != standfirst.BasisUnspecified || d.Amount == nil || d.Valuation == nil {
		t.Errorf("deal: %+v", d)
	}
	if len(p.Responses) != 1 || p.Responses[0].Kind != standfirst.ResponseDeclined || p.Entities[p.Responses[0].Party].Name != "Kestrel" {
		t.Errorf("responses: %+v", p.Responses)
	}
	for _, e := range p.Entities {
		switch e.Name {
		case "Northwind Freight Inc.":
			if e.Kind != standfirst.Company || len(e.Tickers) != 1 || !slices.Contains(e.Aliases, "Northwind") {
				t.Errorf("%+v", e)
			}
		case "Anya Holt":
			if e.Kind != standfirst.Person {
				t.Errorf("%+v", e)
			}
		case "Calder Institute":
			if e.Kind != standfirst.Organisation {
				t.Errorf("%+v", e)
			}
		}
	}
}

func TestProposeAgainstKnown(t *testing.T) {
	known := Known{
		Entities: []standfirst.Entity{
			{ID: 7, Kind: standfirst.Company, Name: "Northwind Freight", Aliases: []string{"Northwind"}},
			{ID: 8, Kind: standfirst.Company, Name: "Halcyon Compute"},
			{ID: 9, Kind: standfirst.Person, Name: "Jane Roe"},
		},
		Deals: []standfirst.Deal{{ID: 3, Kind: standfirst.PrimaryRound, Target: 8}},
	}
	p := Propose(ReadStory("", "", "Northwind has put $6 billion into Halcyon, Jane Roe said.", readDay), known)
	ids := map[string]standfirst.EntityID{}
	for _, e := range p.Entities {
		ids[e.Name] = e.Known
	}
	if ids["Northwind"] != 7 || ids["Halcyon"] != 8 || ids["Jane Roe"] != 9 {
		t.Errorf("known entities: %v", ids)
	}
	if len(p.Deals) != 1 || p.Deals[0].Known != 3 {
		t.Errorf("deals: %+v", p.Deals)
	}
}

func TestProposeNothingCitedOrQuoted(t *testing.T) {
	for _, text := range []string{
		"Northwind Freight has put [$6 billion](claim:88) into Halcyon Compute.",
		`“Northwind Freight has put $6 billion into Halcyon Compute,” said Jane Roe.`,
		"Jane Roe spoke.\n\n:::voices\n> “Northwind Freight has put $6 billion into Halcyon Compute.”\n>\n> — Jane Roe, trader\n:::",
	} {
		if p := propose("Northwind Freight puts $6 billion into Halcyon Compute", text); len(p.Claims) != 0 {
			t.Errorf("%s: %v", text, claimLines(p))
		}
	}
}

// TestProposeUnread holds that a number whose meaning nobody can tell from the words is left
// to a human, with who said it, and one that was read, cited, quoted or counts sources is not.
func TestProposeUnread(t *testing.T) {
	p := propose("", "Northwind Freight bought a yard for $240 million, three people close to the sale said. It employs 4,200 people. "+
		"The yard has cost [$7 million](claim:3) so far.\n\n“It is worth $9 million,” said Jane Roe. The quay is 900 metres long.")
	var got []string
	for _, u := range p.Unread {
		source := ""
		if u.Attribution != nil {
			source = u.Attribution.Words
		}
		got = append(got, u.Text+", "+string(u.Evidence)+", "+source)
		if u.Property != "" || u.Deal >= 0 || u.Entity >= 0 || u.Party >= 0 || u.Value.Quantity == nil {
			t.Errorf("%+v", u)
		}
	}
	if want := "$240 million, reported-anonymous, three people close to the sale"; len(got) == 0 || got[0] != want {
		t.Errorf("got %q, want first %q", got, want)
	}
	for _, u := range got {
		if strings.HasPrefix(u, "4,200") || strings.HasPrefix(u, "$7") || strings.HasPrefix(u, "$9") || strings.HasPrefix(u, "three") {
			t.Errorf("%q is among them", u)
		}
	}
}

func TestClaims(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Northwind Freight will cut 150 jobs.", "Northwind Freight: jobs-cut = 150 1, prospective, reported-anonymous"},
		{"Northwind Freight employs 4,200 people.", "Northwind Freight: headcount = 4200 1, actual, reported-anonymous"},
		{"Northwind Freight said revenue was $5 million in 2025.", "Northwind Freight: revenue = 5000000 USD, actual, confirmed-by-subject, period=2025"},
		{"Northwind Freight reported a profit of $5 million for the third quarter of 2025.", "Northwind Freight: profit = 5000000 USD, actual, confirmed-by-subject, period=2025-Q3"},
		{"Northwind Freight was fined $5 million.", "Northwind Freight: fine = 5000000 USD, actual, reported-anonymous"},
		{"Northwind Freight announced a buyback of $5 million.", "Northwind Freight: buyback = 5000000 USD, actual, confirmed-by-subject"},
		{"Shares in Northwind Freight fell 6.4% on Tuesday.", "Northwind Freight: share-price-move = -6.4 %, actual, reported-anonymous, day=2026-03-03"},
		{"Northwind Freight bought Halcyon Compute for $5 million.", "deal in Halcyon Compute: deal-value = 5000000 USD, actual, reported-anonymous"},
		{"Northwind Freight won a contract worth $5 million from Kestrel Power.", "deal in Northwind Freight: contract-value = 5000000 USD, actual, reported-anonymous"},
		{"Kestrel Bank lent $5 million to Northwind Freight.", "deal in Northwind Freight: debt-raised = 5000000 USD, actual, reported-anonymous"},
		{"Halcyon Compute raised $5 million in a round led by Kestrel Capital.", "deal in Halcyon Compute: amount-raised = 5000000 USD, actual, reported-anonymous"},
		{"Northwind Freight denied that it would cut 150 jobs.", "Northwind Freight: jobs-cut = 150 1, prospective, denied-by-subject"},
	} {
		if got := claimLines(propose("", test.text)); len(got) != 1 || got[0] != test.want {
			t.Errorf("%s\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}

func FuzzPropose(f *testing.F) {
	f.Add("Northwind to buy Halcyon", roundStory)
	f.Add("", "A, B, and C, which D led, of which E, with F, were bought by G from H for $5, \"I\" of J's K and L's M. That who which to buy to sell.")
	known := Known{
		Entities: []standfirst.Entity{{ID: 1, Kind: standfirst.Company, Name: "A B"}, {ID: 2, Kind: standfirst.Company, Name: "Halcyon", Aliases: []string{"", "H"}}},
		Deals:    []standfirst.Deal{{ID: 1, Kind: standfirst.Acquisition, Target: 2}},
	}
	f.Fuzz(func(t *testing.T, headline, body string) {
		if len(body) > 20_000 {
			t.Skip("too long to be quick")
		}
		prose := ReadStory(headline, "", body, readDay)
		Names(prose)
		p := Propose(prose, known)
		for _, d := range p.Deals {
			if d.Target < 0 || d.Target >= len(p.Entities) || !d.Kind.Valid() {
				t.Fatalf("%+v", d)
			}
			for _, party := range d.Parties {
				if party.Entity < 0 || party.Entity >= len(p.Entities) || party.Entity == d.Target {
					t.Fatalf("%+v", d)
				}
			}
		}
		end := 0
		for _, c := range p.Claims {
			if (c.Deal < 0) == (c.Entity < 0) || c.Deal >= len(p.Deals) || c.Entity >= len(p.Entities) || c.Party >= len(p.Entities) {
				t.Fatalf("%+v", c)
			}
			if c.Place != InBody || c.InQuote || c.Start < end || c.End > len(body) {
				t.Fatalf("%+v stands where no claim can", c)
			}
			end = c.Start
		}
		for _, c := range p.Checks {
			if c.Rule == "" || c.Message == "" || strings.Contains(c.Message, "\n") || c.End <= c.Start {
				t.Fatalf("%+v", c)
			}
		}
	})
}
