package copydesk

import (
	"slices"
	"strings"
	"testing"

	"standfirst"
)

// TestClaimsOfTheRightOne holds sentences whose figures were once given to the wrong company,
// property or time.
func TestClaimsOfTheRightOne(t *testing.T) {
	const round = "Brightwater Robotics is in talks to raise $400 million in a funding round. "
	const target = "deal in Brightwater Robotics: round-target = 400000000 USD, prospective, reported-anonymous"
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{
			"a round values whom the money goes to",
			"Halcyon Compute rents out servers. The company has a plan, and Northwind Freight may put up to $6 million into it, in a round of as much as $12 million that would value it at about $960 million.",
			nil,
		},
		{"a break fee is no loan", "If Oosterlook walks away, it owes Skerry Cable £20 million.", nil},
		{"a move is of the day of the story", "Skerry Cable's shares rose by 12.3% in early trading.", []string{"Skerry Cable: share-price-move = 12.3 %, actual, reported-anonymous, day=2026-03-05"}},
		{"a move of some other time has no day", "Skerry Cable's shares rose by 12.3% last month.", nil},
		{"analysts expect revenue", "Northwind Freight reports on Thursday. Three analysts expect revenue of $14 billion.", nil},
		{
			"revenue of a year that goes on is guidance",
			"Northwind Freight expects revenue of $57 billion in 2026.",
			[]string{"Northwind Freight: guidance = 57000000000 USD, prospective, reported-anonymous, period=2026"},
		},
		{
			"who leads with a sum puts it in",
			round + "Calder Capital would lead the round with about $150 million.",
			[]string{target, "deal in Brightwater Robotics by Calder Capital: commitment = ~150000000 USD, prospective, reported-anonymous"},
		},
		{
			"who joins adds what it puts in",
			round + "Pinemoor Partners also joined, adding $50 million.",
			[]string{target, "deal in Brightwater Robotics by Pinemoor Partners: commitment = 50000000 USD, prospective, reported-anonymous"},
		},
		{
			"one who invests is no target of the next",
			round + "Calder Capital would lead the round. Lyle Partners would invest $5 million.",
			[]string{target, "deal in Brightwater Robotics by Lyle Partners: commitment = 5000000 USD, prospective, reported-anonymous"},
		},
		{
			"what adds to a debt is put into nothing",
			round + "Pinemoor Partners added $50 million to its debt.",
			[]string{target},
		},
		{
			"both companies confirm",
			"Kestrel Foods agreed to buy Tarn Bakeries for $900 million, both companies said in a joint statement.",
			[]string{"deal in Tarn Bakeries: deal-value = 900000000 USD, prospective, confirmed-by-subject"},
		},
		{
			"what people had said before is not held now",
			round + "Two people had told this newspaper in October that the valuation would be about $2.5 billion.",
			[]string{target},
		},
		{
			"what an owner once paid is no price of this deal",
			"Kestrel Foods agreed to buy Tarn Bakeries for $900 million. Amber Hill bought it for $700 million in 2021.",
			[]string{"deal in Tarn Bakeries: deal-value = 900000000 USD, prospective, reported-anonymous"},
		},
	} {
		if got := claimLines(propose("", test.text)); !slices.Equal(got, test.want) {
			t.Errorf("%s:\n got %s\nwant %s", test.name, strings.Join(got, "\n     "), strings.Join(test.want, "\n     "))
		}
	}
}

func TestTalksAreTheStage(t *testing.T) {
	p := propose("", "Brightwater Robotics is in talks to raise $400 million in a funding round. Calder Capital would lead the round with about $150 million.")
	if len(p.Deals) != 1 || p.Deals[0].Stage != standfirst.Talks {
		t.Errorf("deals: %+v", p.Deals)
	}
}

func TestFormerOwnerIsNoAcquirer(t *testing.T) {
	p := propose("", "Kestrel Foods agreed to buy Tarn Bakeries for $900 million. Amber Hill bought it for $700 million in 2021.")
	if got, want := partiesOf(p), []string{"acquisition | Kestrel Foods | acquirer | Tarn Bakeries"}; !slices.Equal(got, want) || len(p.Deals) != 1 {
		t.Errorf("parties %q of %d deals", got, len(p.Deals))
	}
}
