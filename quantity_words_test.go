package standfirst_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"standfirst"
)

func TestQuantityString(t *testing.T) {
	for words, want := range map[string][2]string{ // String and Short
		"as much as $6bn":              {"up to $6 billion", "up to $6bn"},
		"over 10 per cent":             {"more than 10%", "over 10%"},
		"under 10 per cent":            {"less than 10%", "under 10%"},
		"below 4,200 jobs":             {"fewer than 4,200 jobs", "under 4,200 jobs"},
		"no less than 10%":             {"at least 10%", "at least 10%"},
		"around $96bn":                 {"about $96 billion", "about $96bn"},
		"up to around $96bn":           {"up to about $96 billion", "up to about $96bn"},
		"$3-4bn":                       {"$3 billion to $4 billion", "$3bn–$4bn"},
		"about $3-4bn":                 {"about $3 billion to $4 billion", "about $3bn–$4bn"},
		"£5.40":                        {"£5.40", "£5.40"},
		"up to $5.40":                  {"up to $5.40", "up to $5.40"},
		"£5.40 to £6.20":               {"£5.40 to £6.20", "£5.40–£6.20"},
		"between $18.50 and $21.00":    {"$18.50 to $21.00", "$18.50–$21.00"},
		"$2.5bn–$3bn":                  {"$2.5 billion to $3 billion", "$2.5bn–$3bn"},
		"$2.0bn–$3bn":                  {"$2.0 billion to $3 billion", "$2.0bn–$3bn"},
		"16,000 jobs":                  {"16,000 jobs", "16,000 jobs"},
		"16,000":                       {"16,000", "16,000"},
		"3,000-4,000 jobs":             {"3,000 to 4,000 jobs", "3,000–4,000 jobs"},
		"25 basis points":              {"0.25 percentage points", "0.25pp"},
		"a percentage point":           {"1 percentage point", "1pp"},
		"0.25-0.5 percentage points":   {"0.25 to 0.5 percentage points", "0.25–0.5pp"},
		"twelve times":                 {"12 times", "12x"},
		"2.5x":                         {"2.5 times", "2.5x"},
		"almost 4,000 jobs":            {"nearly 4,000 jobs", "nearly 4,000 jobs"},
		"€1.3bn":                       {"€1.3 billion", "€1.3bn"},
		"1.3m barrels a day":           {"1.3 million barrels a day", "1.3m barrels a day"},
		"20 million Swiss francs":      {"CHF 20 million", "CHF 20m"},
		"C$40m":                        {"C$40 million", "C$40m"},
		"120p":                         {"£1.20", "£1.20"},
		"80 cents":                     {"$0.80", "$0.80"},
		"$250k":                        {"$250,000", "$250,000"},
		"half a million dollars":       {"$0.5 million", "$0.5m"},
		"$2,050 million":               {"$2.05 billion", "$2.05bn"},
		"$1.950bn":                     {"$1.95 billion", "$1.95bn"},
		"$2,000 million":               {"$2,000 million", "$2,000m"},
		"Rs 500 crore":                 {"₹500 crore", "₹500 crore"},
		"Rs 5 lakh crore":              {"₹5 trillion", "₹5tn"},
		"$1,234,567":                   {"$1,234,567", "$1,234,567"},
		"$1.234 billion":               {"$1.234 billion", "$1.234bn"},
		"1,300 trillion yen":           {"¥1,300 trillion", "¥1,300tn"},
		"-2.10%":                       {"-2.10%", "-2.10%"},
		"-$3m":                         {"-$3 million", "-$3m"},
		"900 to 1,200,000 people":      {"900 to 1,200,000 people", "900–1,200,000 people"},
		"800,000 to 1 million people":  {"800,000 to 1 million people", "800,000–1m people"},
		"more than 3% but at most 4%":  {"more than 3% and at most 4%", "over 3% and at most 4%"},
		"at least 3% and less than 4%": {"at least 3% and less than 4%", "at least 3% and under 4%"},
		"10,000%":                      {"10,000%", "10,000%"},
		"1.2 million percent":          {"1.2 million%", "1.2 million%"},
		"0 jobs":                       {"0 jobs", "0 jobs"},
		"$0 million to $5 million":     {"$0 million to $5 million", "$0m–$5m"},
		"4.2k jobs":                    {"4.2 thousand jobs", "4.2k jobs"},
	} {
		q := parse(t, words)
		if got := [2]string{q.String(), q.Short()}; got != want {
			t.Errorf("%s: got %q, want %q", words, got, want)
		}
	}
	third := big.NewRat(100, 3)
	for want, q := range map[string]standfirst.Quantity{
		"":                        {},
		"about 33.33%":            {Point: third, Unit: standfirst.Percent},
		"at least 33.33%":         {Lo: third, Unit: standfirst.Percent},
		"up to 33.34%":            {Hi: third, Unit: standfirst.Percent},
		"40%, up to 50%":          {Point: big.NewRat(40, 1), Hi: big.NewRat(50, 1), Unit: standfirst.Percent},
		"XAU 3":                   {Point: big.NewRat(3, 1), Unit: "XAU"},
		"up to $33.34":            {Hi: third, Unit: "USD"},
		"-33.34% to 33.34%":       {Lo: new(big.Rat).Neg(third), Hi: third, Unit: standfirst.Percent},
		"about $333.33 million":   {Point: big.NewRat(1e9, 3), Unit: "USD", Decimals: -6},
		"3.00000000000000000000%": {Point: big.NewRat(3, 1), Unit: standfirst.Percent, Decimals: 20},
	} {
		if got := q.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// drawNumber draws a number as news write it, from 0 up, with a scale word or none.
func drawNumber(t *rapid.T, scales []string) string {
	whole := rapid.OneOf(rapid.IntRange(0, 999), rapid.IntRange(0, 99_999_999)).Draw(t, "whole")
	if rapid.Bool().Draw(t, "round") {
		whole = whole / 1000 * 1000
	}
	text := fmt.Sprint(whole)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	if rapid.Bool().Draw(t, "point") {
		text += rapid.StringMatching(`\.[0-9]{1,3}`).Draw(t, "fraction")
	}
	return text + rapid.SampledFrom(scales).Draw(t, "scale")
}

// drawWords draws the words of a figure.
func drawWords(t *rapid.T) string {
	scales := []string{"", " thousand", " million", " billion", " trillion", " crore", " lakh", "bn", "m", " mn", "-billion"}
	before, after := "", ""
	switch rapid.IntRange(0, 6).Draw(t, "unit") {
	case 0:
		before = rapid.SampledFrom([]string{"$", "€", "US$", "HK$", "CHF ", "SEK", "₹", "Rs ", "ZMW "}).Draw(t, "currency")
	case 1:
		after = rapid.SampledFrom([]string{" dollars", " Swiss francs", " euros", " GBP"}).Draw(t, "currency")
	case 2:
		scales, after = []string{""}, rapid.SampledFrom([]string{"p", " cents", " pence", " basis points", "-basis-point", "bps"}).Draw(t, "subunit")
	case 3:
		scales, after = []string{""}, rapid.SampledFrom([]string{"%", " per cent", "\u00a0%", " percentage points", "pp", " times", "x"}).Draw(t, "unit")
	default:
		scales = []string{"", " thousand", " million", "m", " crore"}
		after = rapid.SampledFrom([]string{" jobs", " barrels a day", " people", " full-time staff"}).Draw(t, "noun")
	}
	number := func() string {
		sign := ""
		if rapid.IntRange(0, 9).Draw(t, "negative") == 0 {
			sign = "-"
		}
		return sign + before + drawNumber(t, scales) + after
	}
	switch rapid.IntRange(0, 5).Draw(t, "shape") {
	case 0:
		return "between " + number() + " and " + number()
	case 1:
		return number() + rapid.SampledFrom([]string{"-", "–", " to "}).Draw(t, "dash") + number()
	case 2:
		return "about " + number() + " to " + number()
	case 3:
		return "more than " + number() + " and " + rapid.SampledFrom([]string{"at most", "less than"}).Draw(t, "upper") + " " + number()
	}
	hedge := rapid.SampledFrom([]string{"", "up to ", "as much as ", "Under ", "at least ", "well over ", "nearly ", "some ", "up to about ",
		"a ", "more than a "}).Draw(t, "hedge")
	return hedge + number()
}

// drawQuantity draws a quantity that words can say, and its words.
func drawQuantity(t *rapid.T) (standfirst.Quantity, string) {
	words := drawWords(t)
	q, err := standfirst.ParseQuantity(words)
	if err != nil {
		t.Skip(words)
	}
	return q, words
}

// readsBack reports whether a quantity was read back as it was, but for how finely it was written
// where that is to the thousandth of its scale.
func readsBack(q, back standfirst.Quantity) bool {
	if back.Decimals < q.Decimals && q.Decimals%3 == 0 && q.Decimals <= -3 {
		back.Decimals = q.Decimals
	}
	return notation(back) == notation(q)
}

func TestQuantityReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, words := drawQuantity(t)
		back, err := standfirst.ParseQuantity(q.String())
		if err != nil || !readsBack(q, back) {
			t.Fatalf("%q is %s and is written %q, which is %s, %v", words, notation(q), q.String(), notation(back), err)
		}
		if again := back.String(); again != q.String() {
			t.Fatalf("%q, then %q", q.String(), again)
		}
		if err := q.Validate(); err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		if q.Unit == standfirst.UnitOfCount && q.Noun == "" {
			return // "1.3m" of what?
		}
		if back, err := standfirst.ParseQuantity(q.Short()); err != nil || !back.Equal(q) {
			t.Fatalf("%q is short %q, which is %s, %v", words, q.Short(), notation(back), err)
		}
	})
}

func BenchmarkQuantityString(b *testing.B) {
	for _, words := range []string{"$41", "up to $50 billion", "between $3 billion and $4 billion", "nearly 4,000 jobs"} {
		q := parse(b, words)
		b.Run(strings.ReplaceAll(words, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = q.String()
			}
		})
	}
}
