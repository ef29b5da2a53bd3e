package copydesk

import "testing"

func TestSourcesInFull(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"it", "Northwind Freight is to shrink. It announced that 4,200 jobs would go.", "Northwind Freight announced"},
		{"the company", "Northwind Freight is to shrink. The company said that 4,200 jobs would go.", "Northwind Freight said"},
		{"a day", "On Tuesday Northwind Freight said that it would cut 4,200 jobs.", "Northwind Freight said"},
		{"the people", "Northwind Freight is in trouble, three people briefed on the talks said. It would cut 4,200 jobs, the people said.", "three people briefed on the talks"},
		{"one of them", "Northwind Freight is in trouble, three people briefed on the talks said. It would cut 4,200 jobs, one of the people said.", "one of the people briefed on the talks"},
		{"people without a first mention", "Northwind Freight would cut 4,200 jobs, the people said.", "the people"},
	} {
		p := propose("", test.text)
		if len(p.Claims) != 1 || p.Claims[0].Attribution == nil || p.Claims[0].Attribution.Words != test.want {
			t.Errorf("%s: %d claims, %+v", test.name, len(p.Claims), p.Claims)
			for _, c := range p.Claims {
				t.Logf("%s: %+v", c.Property, c.Attribution)
			}
		}
	}
}
