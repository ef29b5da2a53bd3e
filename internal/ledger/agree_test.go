package ledger

import (
	"testing"

	"standfirst"
)

// TestTooMuch holds when parties put in more than was raised, and who of them counts.
func TestTooMuch(t *testing.T) {
	const deal, first, second, third = standfirst.EntityID(0), standfirst.EntityID(1), standfirst.EntityID(2), standfirst.EntityID(3)
	amounts := map[standfirst.EntityID]string{first: "$6 billion", second: "$8 billion"}
	for _, test := range []struct {
		name    string
		raised  string
		amounts map[standfirst.EntityID]string // by party
		stages  map[standfirst.EntityID]standfirst.DealStage
		want    string // the sum; empty for no contradiction
		parts   int
	}{
		{"more than was raised", "$12 billion", amounts, nil, "$14 billion", 2},
		{"as much as was raised", "$14 billion", amounts, nil, "", 0},
		{"nobody says what was raised", "", amounts, nil, "", 0},
		{"a closed deal", "$12 billion", amounts, map[standfirst.EntityID]standfirst.DealStage{deal: standfirst.Closed, first: standfirst.Closed}, "$14 billion", 2},
		{"one is out", "$12 billion", amounts, map[standfirst.EntityID]standfirst.DealStage{first: standfirst.Withdrawn}, "", 0},
		{"talks with one collapsed", "$12 billion", amounts, map[standfirst.EntityID]standfirst.DealStage{second: standfirst.Collapsed}, "", 0},
		{"with one terminated", "$12 billion", amounts, map[standfirst.EntityID]standfirst.DealStage{second: standfirst.Terminated}, "", 0},
		{"one is out, and the others put in too much", "$7 billion", map[standfirst.EntityID]string{first: "$6 billion", second: "$8 billion", third: "$1 billion"},
			map[standfirst.EntityID]standfirst.DealStage{first: standfirst.Withdrawn}, "$9 billion", 2},
		{"a commitment of nobody named", "$12 billion", map[standfirst.EntityID]string{0: "$12 billion", first: "$6 billion"}, nil, "", 0},
		{"only of nobody named", "$12 billion", map[standfirst.EntityID]string{0: "$14 billion"}, nil, "", 0},
		{"beside one of nobody named", "$12 billion", map[standfirst.EntityID]string{0: "$14 billion", first: "$6 billion", second: "$8 billion"}, nil, "$14 billion", 2},
		{"closed in part", "$12 billion", amounts, map[standfirst.EntityID]standfirst.DealStage{deal: standfirst.PartiallyClosed}, "", 0},
		{"one has closed in part", "$12 billion", amounts, map[standfirst.EntityID]standfirst.DealStage{deal: standfirst.Signed, first: standfirst.PartiallyClosed}, "", 0},
		{"one closed in part, and then the deal", "$12 billion", amounts, map[standfirst.EntityID]standfirst.DealStage{deal: standfirst.Closed, first: standfirst.PartiallyClosed}, "$14 billion", 2},
		{"who is out had closed in part", "$6 billion", amounts, map[standfirst.EntityID]standfirst.DealStage{first: standfirst.Withdrawn, second: standfirst.Signed}, "$8 billion", 1},
	} {
		var figures []ClaimFigure
		hold := func(p standfirst.Property, party standfirst.EntityID, v standfirst.Value) {
			figures = append(figures, ClaimFigure{
				Claim: standfirst.Claim{ID: standfirst.ClaimID(len(figures) + 1), Property: p, Dimensions: standfirst.Dimensions{Party: party}},
				Held:  []standfirst.ClaimVersion{{Value: v}},
			})
		}
		for _, party := range []standfirst.EntityID{deal, first, second, third} {
			if words := test.amounts[party]; words != "" {
				hold(standfirst.Commitment, party, standfirst.Value{Quantity: quantity(t, words)})
			}
			if stage := test.stages[party]; stage != "" {
				hold(standfirst.Stage, party, standfirst.Value{Stage: stage})
			}
		}
		if test.raised != "" {
			hold(standfirst.AmountRaised, 0, standfirst.Value{Quantity: quantity(t, test.raised)})
		}
		got := contradictions(standfirst.Deal{Kind: standfirst.PrimaryRound}, figures)
		switch {
		case test.want == "" && len(got) == 0:
		case len(got) != 1 || got[0].Words != test.want || !got[0].Sum || len(got[0].Figures) != test.parts+1 || got[0].Figures[test.parts].Claim.Property != standfirst.AmountRaised:
			t.Errorf("%s: %+v, want %q of %d", test.name, got, test.want, test.parts)
		}
	}
}
