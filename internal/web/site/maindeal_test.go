package site

import (
	"testing"

	"standfirst"
	"standfirst/internal/ledger"
)

// TestDealThatAStoryIsAbout holds for which deal a panel stands in a story without being
// asked for.
func TestDealThatAStoryIsAbout(t *testing.T) {
	of := func(property standfirst.Property, deals ...standfirst.DealID) (cited []ledger.StoryFigure) {
		for _, d := range deals {
			cited = append(cited, ledger.StoryFigure{Claim: standfirst.Claim{Property: property, Subject: standfirst.Subject{Deal: d}}})
		}
		return cited
	}
	for name, test := range map[string]struct {
		cited []ledger.StoryFigure
		want  standfirst.DealID
	}{
		"none":                        {nil, 0},
		"one figure":                  {of(standfirst.Valuation, 1), 0},
		"one figure and the stage":    {append(of(standfirst.Stage, 1), of(standfirst.Valuation, 1)...), 0},
		"two figures":                 {of(standfirst.Valuation, 1, 1), 1},
		"two of either":               {of(standfirst.Valuation, 1, 1, 2, 2), 0},
		"more than of all the others": {of(standfirst.Valuation, 1, 2, 2, 2, 3), 2},
		"two beside other figures":    {of(standfirst.Valuation, 0, 0, 0, 4, 4), 4},
	} {
		if got := mainDeal(test.cited); got != test.want {
			t.Errorf("%s: deal %d, want %d", name, got, test.want)
		}
	}
}
