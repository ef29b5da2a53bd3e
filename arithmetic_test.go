package standfirst_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"standfirst"
)

// fraction returns the fraction in words as a percentage.
func percentOf(t testing.TB, fraction string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString("1")
	over, under, found := strings.Cut(fraction, "/")
	a, okA := new(big.Rat).SetString(over)
	b, okB := r, ok
	if found {
		b, okB = new(big.Rat).SetString(under)
	}
	if !okA || !okB {
		t.Fatalf("%q is no fraction", fraction)
	}
	return a.Quo(a.Mul(a, big.NewRat(100, 1)), b)
}

// shown writes derived figures down, one a line: the reading, the exact bounds, and
// what is shown.
func shown(found []standfirst.Derived) string {
	var lines []string
	for _, d := range found {
		q := d.Quantity
		q.Decimals = 0
		line := strings.TrimSpace(string(d.Reading) + " " + strings.TrimSuffix(notation(q), " (0)") + ": " + d.String())
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// round builds a round from words; empty ones are unknown.
func round(t testing.TB, money, valuation string, basis standfirst.Basis) standfirst.Round {
	t.Helper()
	r := standfirst.Round{Kind: standfirst.PrimaryRound, Basis: basis}
	if money != "" {
		q := parse(t, money)
		r.NewMoney = &q
	}
	if valuation != "" {
		q := parse(t, valuation)
		r.Valuation = &q
	}
	return r
}

func TestStakeOfPoints(t *testing.T) {
	for _, test := range []struct {
		amount, money, valuation string
		basis                    standfirst.Basis
		stake, share             string
	}{
		{"$250,000", "$250,000", "$1 million", standfirst.PreMoney, "20/100", "1"},
		{"$250,000", "$250,000", "$1 million", standfirst.PostMoney, "25/100", "1"},
		{"$500,000", "$500,000", "$2 million", standfirst.PreMoney, "20/100", "1"},
		{"$500,000", "$500,000", "$2 million", standfirst.PostMoney, "25/100", "1"},
		{"$1 million", "$1 million", "$10 million", standfirst.PreMoney, "1/11", "1"},
		{"$1 million", "$1 million", "$4 million", standfirst.PreMoney, "1/5", "1"},
		{"$1 million", "$1 million", "$6 million", standfirst.PreMoney, "1/7", "1"},
		{"$1.3 billion", "$1.7 billion", "$10 billion", standfirst.PreMoney, "1.3/11.7", "1.3/1.7"},
	} {
		r := round(t, test.money, test.valuation, test.basis)
		stake, share := r.Stake(parse(t, test.amount)), r.ShareOfRound(parse(t, test.amount))
		if len(stake) != 1 || stake[0].Quantity.Point == nil || stake[0].Quantity.Point.Cmp(percentOf(t, test.stake)) != 0 || stake[0].About {
			t.Errorf("%+v: stake %s", test, shown(stake))
		}
		if len(share) != 1 || share[0].Quantity.Point == nil || share[0].Quantity.Point.Cmp(percentOf(t, test.share)) != 0 {
			t.Errorf("%+v: share %s", test, shown(share))
		}
	}
}

func TestRoundArithmetic(t *testing.T) {
	amazon := round(t, "up to $100 billion", "about $830 billion", standfirst.BasisUnspecified)
	ceilings := round(t, "up to $100 billion", "$830 billion", standfirst.PreMoney)
	pre := round(t, "$1.7 billion", "$10 billion", standfirst.PreMoney)
	post := round(t, "$122 billion", "$852 billion", standfirst.PostMoney)
	secondary := round(t, "", "$500 billion", standfirst.BasisUnspecified)
	secondary.Kind = standfirst.Secondary
	sold := parse(t, "$6.6 billion")
	secondary.Secondary = &sold
	indebted := round(t, "$8.6 billion", "$62 billion", standfirst.BasisUnspecified)
	debt := parse(t, "$5.25 billion")
	indebted.Debt = &debt
	convertible := pre
	convertible.Kind = standfirst.Convertible
	loan := pre
	loan.Kind = standfirst.Debt

	for name, test := range map[string]struct {
		found []standfirst.Derived
		want  string
	}{
		"post of pre": {pre.Post(), "pre 11700000000 USD: $11.7 billion"},
		"pre of pre":  {pre.Pre(), "pre 10000000000 USD: $10 billion"},
		"pre of post": {post.Pre(), "post 730000000000 USD: $730 billion"},
		"sold":        {post.Sold(), "post 3050/213 %: about 14.32%"},
		"a ceiling of a ceiling": {amazon.ShareOfRound(parse(t, "up to $50 billion")),
			">=0 <=100 %: between 0% and 100%\n50 %: 50% if both ceilings are reached"},
		"stake of a ceiling": {amazon.Stake(parse(t, "up to $50 billion")),
			"post <=500/83 ~ %: at most about 6.03%\n" +
				"pre <=125/22 ~ %: at most about 5.69%\n" +
				"pre 500/93 ~ %: about 5.38% if both ceilings are reached\n" +
				"unspecified <=500/83 ~ %: at most about 6.03%"},
		"stake of a ceiling on a point": {ceilings.Stake(parse(t, "up to $50 billion")),
			"pre <=125/22 %: at most 5.69%\npre 500/93 %: about 5.38% if both ceilings are reached"},
		"secondary":        {secondary.ChangesHands(), "33/25 %: 1.32%"},
		"secondary, post":  {secondary.Post(), "500000000000 USD: $500 billion"},
		"secondary, pre":   {secondary.Pre(), "500000000000 USD: $500 billion"},
		"secondary, sold":  {secondary.Sold(), ""},
		"secondary, share": {secondary.ShareOfRound(sold), ""},
		"secondary, stake": {secondary.Stake(parse(t, "$1 billion")), "1/5 %: 0.2%"},
		"debt left out": {indebted.Sold(), "post 430/31 %: about 13.87%\npre 4300/353 %: about 12.18%\n" +
			"unspecified >=4300/353 <=430/31 %: between 12.18% and 13.88%"},
		"convertible":             {convertible.Stake(parse(t, "$1 billion")), ""},
		"convertible, post":       {convertible.Post(), ""},
		"convertible, share":      {convertible.ShareOfRound(parse(t, "$0.85 billion")), "50 %: 50%"},
		"debt, stake":             {loan.Stake(parse(t, "$1 billion")), ""},
		"another currency":        {pre.Stake(parse(t, "€1 billion")), ""},
		"no money":                {pre.Stake(parse(t, "10%")), ""},
		"nothing":                 {standfirst.Round{}.Stake(parse(t, "$1")), ""},
		"negative":                {pre.Stake(parse(t, "-$1 billion")), ""},
		"no bound that is needed": {round(t, "", "up to $340 billion", standfirst.PostMoney).Stake(parse(t, "up to $30 billion")), ""},
		"floor of a ceiling": {round(t, "", "up to $340 billion", standfirst.PostMoney).Stake(parse(t, "more than $34 billion")),
			"post >10 %: more than 10%"},
		"an unknown round": {round(t, "", "$9 billion", standfirst.PreMoney).Stake(parse(t, "$1 billion")), "pre <=10 %: at most 10%"},
		"more than the whole": {round(t, "", "$1 billion", standfirst.PostMoney).Stake(parse(t, "up to $3 billion")),
			"post >=0 <=100 %: between 0% and 100%"},
		"a range": {round(t, "$16 billion", "", "").ShareOfRound(parse(t, "$0.95 billion to $1 billion")),
			">=95/16 <=25/4 %: between 5.93% and 6.25%"},
		"about a range": {round(t, "about $16 billion", "", "").ShareOfRound(parse(t, "$0.95 billion to $1 billion")),
			">=95/16 <=25/4 ~ %: about 5.93% to 6.25%"},
		"floors":            {round(t, "at least $16 billion", "", "").ShareOfRound(parse(t, "$1 billion")), "<=25/4 %: at most 6.25%"},
		"post of a ceiling": {ceilings.Post(), "pre >=830000000000 <=930000000000 USD: between $830 billion and $930 billion"},
	} {
		if got := shown(test.found); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
		}
	}

	withoutDebt := indebted
	withoutDebt.Debt = nil
	if shown(withoutDebt.Sold()) != shown(indebted.Sold()) {
		t.Error("debt changes the share sold")
	}
	if d := indebted.Sold()[0]; d.Formula != "new money ÷ valuation" || !slices.Contains(d.Assumptions, "debt buys no shares and is left out") {
		t.Errorf("%+v", d)
	}
	stake := amazon.Stake(parse(t, "up to $50 billion"))
	if d := stake[1]; d.Formula != "amount ÷ (valuation + new money)" || !d.About || len(d.Assumptions) != 3 {
		t.Errorf("%+v", d)
	}
	if d := stake[3]; d.Formula != "amount ÷ valuation or amount ÷ (valuation + new money)" || !d.About {
		t.Errorf("%+v", d)
	}
}

// drawSum draws a sum of money that is true of the amount: itself or bounds around it.
func drawSum(t *rapid.T, amount int64, name string) standfirst.Quantity {
	q := standfirst.Quantity{Unit: "USD"}
	below := big.NewRat(rapid.Int64Range(1, amount).Draw(t, name+" lo"), 1)
	above := big.NewRat(rapid.Int64Range(amount, 2*amount).Draw(t, name+" hi"), 1)
	switch rapid.IntRange(0, 3).Draw(t, name+" shape") {
	case 0:
		q.Point = big.NewRat(amount, 1)
	case 1:
		q.Lo = below
	case 2:
		q.Hi = above
	case 3:
		q.Lo, q.Hi = below, above
	}
	return q
}

// holds reports whether r is what the derived figure says, exactly and as shown.
func holds(t *rapid.T, d standfirst.Derived, r *big.Rat) bool {
	said, err := standfirst.ParseQuantity(d.String())
	if err != nil {
		t.Fatalf("%q cannot be read: %v", d.String(), err)
	}
	value := standfirst.Quantity{Point: r, Unit: d.Quantity.Unit}
	if said.Approx {
		said = d.Quantity
	}
	return d.Quantity.Overlaps(value) && said.Overlaps(value)
}

func TestArithmeticHoldsTheTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(1, 1_000_000).Draw(t, "amount")
		others := rapid.Int64Range(0, 1_000_000).Draw(t, "others")
		pre := rapid.Int64Range(1, 1_000_000).Draw(t, "pre")
		money, post := amount+others, pre+amount+others
		basis := rapid.SampledFrom([]standfirst.Basis{standfirst.PreMoney, standfirst.PostMoney, standfirst.BasisUnspecified}).Draw(t, "basis")
		reading := basis
		if basis == standfirst.BasisUnspecified {
			reading = rapid.SampledFrom([]standfirst.Basis{standfirst.PreMoney, standfirst.PostMoney}).Draw(t, "truth")
		}
		stated := post
		if reading == standfirst.PreMoney {
			stated = pre
		}
		a, m, v := drawSum(t, amount, "amount"), drawSum(t, money, "money"), drawSum(t, stated, "valuation")
		r := standfirst.Round{Kind: standfirst.PrimaryRound, NewMoney: &m, Valuation: &v, Basis: basis}
		check := func(found []standfirst.Derived, truth *big.Rat) {
			for _, d := range found {
				if d.Quantity.Unit == standfirst.Percent {
					whole := standfirst.Quantity{Lo: new(big.Rat), Hi: big.NewRat(100, 1), Unit: standfirst.Percent}
					if bounds := d.Quantity.Bounds(); bounds.Lo != nil && !whole.Overlaps(standfirst.Quantity{Point: bounds.Lo, Unit: standfirst.Percent}) ||
						bounds.Hi != nil && !whole.Overlaps(standfirst.Quantity{Point: bounds.Hi, Unit: standfirst.Percent}) {
						t.Fatalf("%s is no share", d)
					}
				}
				if d.IfCeilings || d.Reading != "" && d.Reading != reading && d.Reading != standfirst.BasisUnspecified {
					continue
				}
				if !holds(t, d, truth) {
					t.Fatalf("%s of %s, round %s, valuation %s %s: %s does not hold %s", d.Kind, a, m, v, d.Reading, d, truth)
				}
			}
		}
		hundred := func(a, b int64) *big.Rat { return new(big.Rat).Mul(big.NewRat(a, b), big.NewRat(100, 1)) }
		check(r.ShareOfRound(a), hundred(amount, money))
		check(r.Stake(a), hundred(amount, post))
		check(r.Sold(), hundred(money, post))
		check(r.Post(), big.NewRat(post, 1))
		check(r.Pre(), big.NewRat(pre, 1))
	})
}
