package copydesk

import (
	"testing"

	"standfirst"
)

func FuzzReadStory(f *testing.F) {
	f.Add("Northwind (NYSE: NWF) in talks", "Up to $6bn.", "It put [up to $6 billion](claim:8) and 4,200 jobs on 5 March; \"we said $5,\" he said.\n\n:::voices\n> “$5bn.”\n>\n> — A B\n:::", 7)
	f.Add("", "", "between $3 and $4 million to 5% from 6-7% 3,000,000,000,000,000,000,000 times Q3 2026 XOM.N (((", 1)
	f.Add("", "", "The hearing in Northwind's case is set for March 30; shareholders vote on Friday. Results are due on 12 March or §3 has until 2 April to", 0)
	f.Fuzz(func(t *testing.T, headline, summary, body string, day int) {
		if len(body) > 20_000 {
			t.Skip("too long to be quick")
		}
		on := standfirst.Day{Year: 2026, Month: 3, Day: 5}.AddDays(day % 1000)
		p := ReadStory(headline, summary, body, on)
		proposals := Propose(p, Known{})
		sources := map[Place]string{InHeadline: headline, InStandfirst: summary, InBody: body, InVoice: body}
		check := func(m Mark) {
			if m.Start < 0 || m.End > len(sources[m.Place]) || m.Start >= m.End {
				t.Fatalf("%+v lies outside of its part", m)
			}
		}
		for _, x := range p.Figures {
			check(x.Mark)
			if x.Quantity.Point == nil && x.Quantity.Lo == nil && x.Quantity.Hi == nil {
				t.Fatalf("%+v has no value", x)
			}
		}
		for _, x := range p.Tickers {
			check(x.Mark)
		}
		for _, x := range p.Dates {
			check(x.Mark)
			if x.Range.To.Before(x.Range.From) {
				t.Fatalf("%+v ends before it begins", x)
			}
		}
		for _, x := range p.Attributions {
			check(x.Mark)
		}
		for _, x := range proposals.Events {
			check(x.Mark)
			if x.Place != InBody || x.When.To.Before(on) || x.What == "" || !x.Kind.Valid() || x.Entity >= len(proposals.Entities) || x.Deal >= len(proposals.Deals) {
				t.Fatalf("%+v is no event to come", x)
			}
		}
	})
}
