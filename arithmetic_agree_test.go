package standfirst_test

import (
	"testing"

	"standfirst"
)

// TestContradicts holds which stakes cannot be what the money buys: beyond rounding, hedges and
// every reading of the valuation.
func TestContradicts(t *testing.T) {
	for _, test := range []struct {
		stake, amount, money, valuation string
		basis                           standfirst.Basis
		want                            string // what the money buys; empty for no contradiction
	}{
		{"20%", "$1 billion", "$1 billion", "$10 billion", standfirst.PostMoney, "10%"},
		{"20%", "$1 billion", "", "$10 billion", standfirst.BasisUnspecified, "at most 10%"},
		{"10%", "$1 billion", "", "$10 billion", standfirst.BasisUnspecified, ""},
		{"9%", "$1 billion", "", "$10 billion", standfirst.PreMoney, ""},
		{"12%", "$1 billion", "", "$10 billion", standfirst.PostMoney, ""}, // $1.2 billion may be written so
		{"12%", "$1.00 billion", "", "$10.0 billion", standfirst.PostMoney, "10%"},
		{"about 20%", "$1 billion", "", "$10 billion", standfirst.PostMoney, ""}, // 15% of $1.5 billion
		{"about 21%", "$1.0 billion", "", "$10 billion", standfirst.PostMoney, "10%"},
		{"20%", "up to $3 billion", "", "$10 billion", standfirst.PostMoney, ""},
		{"40%", "up to $3.0 billion", "", "$10 billion", standfirst.PostMoney, "at most 30%"},
		{"2%", "at least $1.0 billion", "", "$10 billion", standfirst.PostMoney, "at least 10%"},
		{"20%", "€1 billion", "", "$10 billion", standfirst.PostMoney, ""}, // in another currency
		{"20%", "$1 billion", "", "", standfirst.PostMoney, ""},
	} {
		r := round(t, test.money, test.valuation, test.basis)
		got, contradicts := r.Contradicts(parse(t, test.stake), parse(t, test.amount))
		if words := got.String(); contradicts != (test.want != "") || contradicts && words != test.want {
			t.Errorf("%s for %s of %s %s: %v, %q, want %q", test.stake, test.amount, test.valuation, test.basis, contradicts, words, test.want)
		}
	}
}

func TestExceed(t *testing.T) {
	for _, test := range []struct {
		parts []string
		whole string
		want  string
	}{
		{[]string{"$6 billion", "$3 billion"}, "$12 billion", ""},
		{[]string{"$6 billion", "$6.2 billion"}, "$12 billion", ""}, // rounded
		{[]string{"$6 billion", "$8 billion"}, "$12 billion", "$14 billion"},
		{[]string{"up to $6 billion", "$8 billion"}, "$12 billion", ""},
		{[]string{"at least $6 billion", "€8 billion"}, "$12 billion", ""},
		{[]string{"$14 billion"}, "at least $12 billion", ""},
		{[]string{"$14 billion"}, "up to $12 billion", "$14 billion"},
	} {
		var parts []standfirst.Quantity
		for _, p := range test.parts {
			parts = append(parts, parse(t, p))
		}
		sum, exceeds := standfirst.Exceed(parts, parse(t, test.whole))
		if exceeds != (test.want != "") || exceeds && sum.String() != test.want {
			t.Errorf("%v of %s: %v, %s, want %q", test.parts, test.whole, exceeds, sum.String(), test.want)
		}
	}
}
