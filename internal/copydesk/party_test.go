package copydesk

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"standfirst"
)

// readDay is the day against which the tests of proposals read.
var readDay = standfirst.Day{Year: 2026, Month: 3, Day: 5}

// propose reads a text alone.
func propose(headline, body string) Proposals {
	return Propose(ReadStory(headline, "", body, readDay), Known{})
}

// partiesOf returns the parties of all deals, in a form to compare.
func partiesOf(p Proposals) []string {
	var all []string
	for _, d := range p.Deals {
		for _, party := range d.Parties {
			all = append(all, fmt.Sprintf("%s | %s | %s | %s", d.Kind, p.Entities[party.Entity].Name, party.Role, p.Entities[d.Target].Name))
		}
	}
	slices.Sort(all)
	return all
}

func TestParties(t *testing.T) {
	b, err := os.ReadFile("testdata/proposals/parties.txt")
	if err != nil {
		t.Fatal(err)
	}
	for record := range strings.SplitSeq(string(b), "\n\n") {
		if strings.HasPrefix(record, "#") {
			continue
		}
		text, rest, _ := strings.Cut(strings.TrimSpace(record), "\n")
		var want []string
		for line := range strings.Lines(rest) {
			want = append(want, strings.TrimPrefix(strings.TrimSpace(line), "= "))
		}
		slices.Sort(want)
		if got := partiesOf(propose("", text)); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestStages(t *testing.T) {
	for _, test := range []struct{ text, stage, words string }{
		{"Northwind Freight is in advanced talks to buy Halcyon Compute.", "advanced-talks", "advanced talks"},
		{"Northwind Freight is in early-stage talks to buy Halcyon Compute.", "early-talks", "early-stage talks"},
		{"Northwind Freight is in exclusive talks to buy Halcyon Compute.", "exclusive-talks", "exclusive talks"},
		{"Northwind Freight is in talks to buy Halcyon Compute.", "talks", "in talks"},
		{"Northwind Freight is considering a bid for Halcyon Compute.", "considering", "considering"},
		{"Northwind Freight signed a term sheet to invest $5 million in Halcyon Compute.", "term-sheet", "term sheet"},
		{"Northwind Freight has agreed to buy Halcyon Compute.", "agreed", "agreed"},
		{"Northwind Freight signed a definitive agreement to buy Halcyon Compute.", "signed", "definitive agreement"},
		{"Northwind Freight bought Halcyon Compute in May.", "closed", "bought"},
		{"Northwind Freight has completed its purchase of Halcyon Compute.", "closed", "completed"},
		{"Northwind Freight has withdrawn its offer for Halcyon Compute.", "withdrawn", "withdrawn"},
		{"Northwind Freight's bid for Halcyon Compute has collapsed.", "collapsed", "collapsed"},
		{"Northwind Freight has terminated its merger with Halcyon Compute.", "terminated", "terminated"},
		{"Northwind Freight will buy Halcyon Compute.", "agreed", "will buy"},
		{"Northwind Freight's offer for Halcyon Compute is fair.", "", ""},
	} {
		p := propose("", test.text)
		if len(p.Deals) != 1 {
			t.Errorf("%s: %d deals", test.text, len(p.Deals))
			continue
		}
		if d := p.Deals[0]; string(d.Stage) != test.stage || d.StageWords != test.words {
			t.Errorf("%s: %q with %q, want %q with %q", test.text, d.Stage, d.StageWords, test.stage, test.words)
		}
	}
}

func TestStageOfEachParty(t *testing.T) {
	p := propose("", `Northwind Freight is in advanced talks to invest up to $6 billion in Halcyon Compute. Kestrel Capital is considering an investment of up to $2 billion. Other groups, including Sutter Bank and Marsh Pike, are in talks with the start-up about money.`)
	if len(p.Deals) != 1 || p.Deals[0].Stage != standfirst.AdvancedTalks {
		t.Fatalf("%+v", p.Deals)
	}
	stages := map[string]standfirst.DealStage{}
	for _, party := range p.Deals[0].Parties {
		stages[p.Entities[party.Entity].Name] = party.Stage
	}
	if stages["Northwind Freight"] != standfirst.AdvancedTalks || stages["Kestrel Capital"] != standfirst.Considering {
		t.Errorf("%v", stages)
	}
}
