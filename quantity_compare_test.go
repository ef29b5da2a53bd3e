package standfirst_test

import (
	"testing"

	"standfirst"
)

func TestQuantityBounds(t *testing.T) {
	for words, want := range map[string]string{
		"about $830 billion":          ">=825000000000 <835000000000",
		"about $96 billion":           ">=95500000000 <96500000000",
		"about 2.1%":                  ">=41/20 <43/20",
		"about -2%":                   ">-5/2 <=-3/2",
		"about 0%":                    ">=0 <=0",
		"nearly 4,000 jobs":           ">=3500 <4000",
		"$6 billion":                  ">=6000000000 <=6000000000",
		"up to $6 billion":            "<=6000000000",
		"up to about $6 billion":      "<6500000000",
		"more than 10%":               ">10",
		"about $3 billion-$4 billion": ">=2500000000 <4500000000",
	} {
		bounds := parse(t, words).Bounds()
		got := notation(standfirst.Quantity{Lo: bounds.Lo, Hi: bounds.Hi, LoExclusive: bounds.LoExclusive, HiExclusive: bounds.HiExclusive})
		if got != want+"  (0)" {
			t.Errorf("%s: got %s, want %s", words, got, want)
		}
	}
}

func TestQuantityOverlaps(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"up to $6 billion", "$5.5 billion", true},
		{"up to $6 billion", "$6 billion", true},
		{"less than $6 billion", "$6 billion", false},
		{"more than 10%", "10%", false},
		{"more than 10%", "under 10%", false},
		{"at least 10%", "10% or less", true},
		{"about $830 billion", "$833 billion", true},
		{"about $830 billion", "$840 billion", false},
		{"nearly 4,000 jobs", "3,900 roles", true},
		{"nearly 4,000 jobs", "4,000 roles", false},
		{"$6 billion", "€6 billion", false},
		{"4,000 jobs", "4,000 job cuts", true},
		{"4,000 jobs", "4,000 barrels", false},
		{"4,000 barrels", "4,000", true},
		{"$3 billion to $4 billion", "$4 billion to $5 billion", true},
		{"10%", "10 percentage points", false},
	} {
		a, b := parse(t, test.a), parse(t, test.b)
		if a.Overlaps(b) != test.want || b.Overlaps(a) != test.want {
			t.Errorf("%s and %s: got %v, %v", test.a, test.b, a.Overlaps(b), b.Overlaps(a))
		}
	}
}

func TestQuantityEqual(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"$6 billion", "$6,000 million", true},
		{"2%", "2.0%", true},
		{"$6 billion", "up to $6 billion", false},
		{"up to $6 billion", "less than $6 billion", false},
		{"at least $6 billion", "more than $6 billion", false},
		{"about $6 billion", "$6 billion", false},
		{"120p", "£1.20", true},
		{"25 basis points", "0.25 percentage points", true},
		{"1 barrel", "1 barrels", true},
	} {
		a, err := standfirst.ParseQuantity(test.a)
		b, err2 := standfirst.ParseQuantity(test.b)
		if err != nil || err2 != nil {
			if test.want {
				t.Error(err, err2)
			}
			continue
		}
		if a.Equal(b) != test.want || b.Equal(a) != test.want {
			t.Errorf("%s and %s: got %v", test.a, test.b, a.Equal(b))
		}
	}
}
