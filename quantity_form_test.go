package standfirst_test

import (
	"testing"

	"pgregory.net/rapid"

	"standfirst"
)

func TestQuantityInFormOf(t *testing.T) {
	for _, test := range []struct{ words, q, want string }{
		{"up to $6 billion", "up to $5 billion", "up to $5 billion"},
		{"Up to $6bn", "up to $5.5 billion", "Up to $5.5bn"},
		{"as much as $6bn", "up to $900 million", "as much as $900m"},
		{"as much as $6bn", "$5 billion", "$5bn"},
		{"As much as $6bn", "about $5 billion", "About $5bn"},
		{"Up to $6bn", "$5 billion to $7 billion", "$5bn to $7bn"},
		{"$6\u00a0billion", "€7 billion", "€7 billion"},
		{"$6\u00a0billion", "$7 billion", "$7\u00a0billion"},
		{"$6-billion", "$7 billion", "$7-billion"},
		{"US$6B", "$700 million", "US$700M"},
		{"CHF20m", "CHF 30 million", "CHF30m"},
		{"20 million Swiss francs", "CHF 30 million", "30 million Swiss francs"},
		{"two billion dollars", "$3.5 billion", "3.5 billion dollars"},
		{"Rs 500 crore", "₹600 crore", "Rs 600 crore"},
		{"120p", "£1.25", "125p"},
		{"120 pence", "up to £1.25", "up to 125 pence"},
		{"80 cents", "$2 billion", "$2 billion"},
		{"10 per cent", "12.5%", "12.5 per cent"},
		{"10\u00a0%", "12.5%", "12.5\u00a0%"},
		{"over 10 percent", "more than 12%", "over 12 percent"},
		{"over 10 percent", "less than 12%", "less than 12 percent"},
		{"10-12%", "11% to 13%", "11-13%"},
		{"10% to 12%", "11% to 13%", "11% to 13%"},
		{"between 10 and 12 per cent", "11% to 13%", "between 11 and 13 per cent"},
		{"Between $3 and $4 billion", "$5 billion to $6 billion", "Between $5 and $6 billion"},
		{"between $3 and $4 billion", "$900 million to $1.2 billion", "between $900 million and $1.2 billion"},
		{"$3–4 billion", "$5 billion to $6 billion", "$5–6 billion"},
		{"$3-4 billion", "$5 billion", "$5 billion"},
		{"from $3 billion to $4 billion", "$5 billion to $6 billion", "from $5 billion to $6 billion"},
		{"roughly $3 billion to $4 billion", "about $5 billion to $6 billion", "roughly $5 billion to $6 billion"},
		{"a 2.1% drop", "8%", "an 8% drop"},
		{"an 8% drop", "2.1%", "a 2.1% drop"},
		{"A more than 10% rise", "more than 11%", "A more than 11% rise"},
		{"more than a 10% rise", "more than 8%", "more than an 8% rise"},
		{"a 25-basis-point cut", "0.5 percentage points", "a 50-basis-point cut"},
		{"25 basis points", "0.5 percentage points", "50 basis points"},
		{"half a percentage point", "0.75 percentage points", "0.75 percentage points"},
		{"0.25 percentage points", "1 percentage point", "1 percentage point"},
		{"2.5x", "3 times", "3x"},
		{"16,000", "14,000 jobs", "14,000"},
		{"16,000 jobs", "14,000 roles", "14,000 roles"},
		{"16,000 jobs", "up to 14,000", "up to 14,000 jobs"},
		{"1.3m", "1.3 million jobs", "1.3 million jobs"}, // the old words cannot be read
		{"1.3 million", "2 million jobs", "2 million"},
		{"some 4,000 people", "nearly 5,000 people", "nearly 5,000 people"},
		{"$50 billion or more", "at least $60 billion", "$60 billion or more"},
		{"$50 billion or more", "$60 billion", "$60 billion"},
		{"~$6bn", "about $7 billion", "about $7bn"},
		{"well over 10%", "more than 12%", "well over 12%"},
		{"$900,000", "$1.2 billion", "$1.2 billion"},
		{"nothing to read", "$1.2 billion", "$1.2 billion"},
		{"$41", "-$3", "-$3"},
	} {
		if got := parse(t, test.q).InFormOf(test.words); got != test.want {
			t.Errorf("%s in the form of %q: got %q, want %q", test.q, test.words, got, test.want)
		}
	}
}

func TestQuantityInFormOfSaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, _ := drawQuantity(t)
		old := drawWords(t)
		written := q.InFormOf(old)
		back, err := standfirst.ParseQuantity(written)
		if err != nil {
			t.Fatalf("%s in the form of %q is %q: %v", q, old, written, err)
		}
		back.Noun, q.Noun = "", ""
		if !back.Equal(q) {
			t.Fatalf("%s in the form of %q is %q, which is %s", q, old, written, back)
		}
	})
}

// TestQuantityInFormOfLongNumbers holds that sums which end alike are still read: the zero
// after the point is one digit too many for the longest.
func TestQuantityInFormOfLongNumbers(t *testing.T) {
	q, err := standfirst.ParseQuantity("-$10,000,000,100,000,000 to $0.0")
	if err != nil {
		t.Fatal(err)
	}
	for _, written := range []string{q.String(), q.InFormOf("-$0")} {
		if back, err := standfirst.ParseQuantity(written); err != nil || !back.Equal(q) {
			t.Errorf("%q is %s, %v", written, back, err)
		}
	}
}
