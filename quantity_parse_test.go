package standfirst_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"standfirst"
)

// notation writes a quantity down as the evaluation set of the copy desk does, with
// its decimals.
func notation(q standfirst.Quantity) string {
	var parts []string
	add := func(sign string, r *big.Rat) {
		if r != nil {
			parts = append(parts, sign+r.RatString())
		}
	}
	low, high := ">=", "<="
	if q.LoExclusive {
		low = ">"
	}
	if q.HiExclusive {
		high = "<"
	}
	add("", q.Point)
	add(low, q.Lo)
	add(high, q.Hi)
	if q.Approx {
		parts = append(parts, "~")
	}
	parts = append(parts, string(q.Unit))
	if q.Noun != "" {
		parts = append(parts, q.Noun)
	}
	return fmt.Sprintf("%s (%d)", strings.Join(parts, " "), q.Decimals)
}

func TestParseQuantity(t *testing.T) {
	for words, want := range map[string]string{
		// Each hedge of the table.
		"up to $50 billion":           "<=50000000000 USD (-9)",
		"as much as $50 billion":      "<=50000000000 USD (-9)",
		"as many as 400 jobs":         "<=400 1 jobs (0)",
		"at most 10%":                 "<=10 % (0)",
		"no more than 10%":            "<=10 % (0)",
		"not more than 10%":           "<=10 % (0)",
		"a maximum of 10%":            "<=10 % (0)",
		"at least €20 million":        ">=20000000 EUR (-6)",
		"no less than €20 million":    ">=20000000 EUR (-6)",
		"no fewer than 16,000 people": ">=16000 1 people (-3)",
		"a minimum of 10%":            ">=10 % (0)",
		"more than 10%":               ">10 % (0)",
		"over 10%":                    ">10 % (0)",
		"above 10%":                   ">10 % (0)",
		"well over 10%":               ">10 % (0)",
		"just over 10%":               ">10 % (0)",
		"a little more than 10%":      ">10 % (0)",
		"in excess of $6 billion":     ">6000000000 USD (-9)",
		"under 10%":                   "<10 % (0)",
		"less than 10%":               "<10 % (0)",
		"fewer than 500 jobs":         "<500 1 jobs (0)",
		"below 10%":                   "<10 % (0)",
		"slightly less than 10%":      "<10 % (0)",
		"nearly 4,000 jobs":           "4000 <4000 ~ 1 jobs (-3)",
		"almost 4,000 jobs":           "4000 <4000 ~ 1 jobs (-3)",
		"close to 4,000 jobs":         "4000 <4000 ~ 1 jobs (-3)",
		"about $96 billion":           "96000000000 ~ USD (-9)",
		"around $96 billion":          "96000000000 ~ USD (-9)",
		"roughly $96 billion":         "96000000000 ~ USD (-9)",
		"approximately $830 billion":  "830000000000 ~ USD (-9)",
		"some 4,000 people":           "4000 ~ 1 people (-3)",
		"up to about $5 billion":      "<=5000000000 ~ USD (-9)",
		"$50 billion or more":         ">=50000000000 USD (-9)",
		"500 jobs or fewer":           "<=500 1 jobs (0)",
		"500 jobs or so":              "500 ~ 1 jobs (0)",
		"Up to $50 billion":           "<=50000000000 USD (-9)",
		">10%":                        ">10 % (0)",
		"~$6bn":                       "6000000000 ~ USD (-9)",

		// Ranges.
		"between $3 billion and $4 billion":                ">=3000000000 <=4000000000 USD (-9)",
		"between 3 and 4 million euros":                    ">=3000000 <=4000000 EUR (-6)",
		"from $3 billion to $4 billion":                    ">=3000000000 <=4000000000 USD (-9)",
		"$3 billion to $4 billion":                         ">=3000000000 <=4000000000 USD (-9)",
		"$3-4 billion":                                     ">=3000000000 <=4000000000 USD (-9)",
		"$3–$4 billion":                                    ">=3000000000 <=4000000000 USD (-9)",
		"$3\u20114 billion":                                ">=3000000000 <=4000000000 USD (-9)",
		"3m to 4m euros":                                   ">=3000000 <=4000000 EUR (-6)",
		"$2.5bn–$3bn":                                      ">=2500000000 <=3000000000 USD (-8)",
		"US$2.5bn-US$3bn":                                  ">=2500000000 <=3000000000 USD (-8)",
		"CHF 2bn–CHF 3bn":                                  ">=2000000000 <=3000000000 CHF (-9)",
		"$900 million to $1.2 billion":                     ">=900000000 <=1200000000 USD (-6)",
		"10-12%":                                           ">=10 <=12 % (0)",
		"10% to 12%":                                       ">=10 <=12 % (0)",
		"about $3 billion to $4 billion":                   ">=3000000000 <=4000000000 ~ USD (-9)",
		"between 800,000 and 1 million people":             ">=800000 <=1000000 1 people (-3)",
		"two to three billion dollars":                     ">=2000000000 <=3000000000 USD (-9)",
		"more than $3 billion but less than $4 billion":    ">3000000000 <4000000000 USD (-9)",
		"-3% to 2%":                                        ">=-3 <=2 % (0)",
		"between 2.5 and 3 times":                          ">=5/2 <=3 x (1)",
		"3,000 to 4,000 jobs":                              ">=3000 <=4000 1 jobs (-3)",
		"between 12 million and 13 million barrels a day":  ">=12000000 <=13000000 1 barrels a day (-6)",
		"between Rs 500 crore and Rs 600 crore":            ">=5000000000 <=6000000000 INR (-7)",
		"at least $3 billion and at most $4.5 billion":     ">=3000000000 <=4500000000 USD (-8)",
		"$19.50 to $21":                                    ">=39/2 <=21 USD (2)",
		"“between $3 billion and $4 billion”":              ">=3000000000 <=4000000000 USD (-9)",
		"between\u00a0$3\u00a0billion and\u202f$4\u00a0bn": ">=3000000000 <=4000000000 USD (-9)",

		// Currencies.
		"€1.3bn":                       "1300000000 EUR (-8)",
		"two billion dollars":          "2000000000 USD (-9)",
		"twenty-five million euros":    "25000000 EUR (-6)",
		"half a billion dollars":       "500000000 USD (-8)",
		"a billion dollars":            "1000000000 USD (-9)",
		"C$40m":                        "40000000 CAD (-6)",
		"A$40m":                        "40000000 AUD (-6)",
		"HK$40m":                       "40000000 HKD (-6)",
		"US$40m":                       "40000000 USD (-6)",
		"CHF 20 million":               "20000000 CHF (-6)",
		"CHF20m":                       "20000000 CHF (-6)",
		"20 million CHF":               "20000000 CHF (-6)",
		"20 million Swiss francs":      "20000000 CHF (-6)",
		"SEK 4bn":                      "4000000000 SEK (-9)",
		"4.2 billion Swedish kronor":   "4200000000 SEK (-8)",
		"4.2 billion Norwegian kroner": "4200000000 NOK (-8)",
		"¥300bn":                       "300000000000 JPY (-9)",
		"300 billion yen":              "300000000000 JPY (-9)",
		"Rs 500 crore":                 "5000000000 INR (-7)",
		"Rs. 500 crore":                "5000000000 INR (-7)",
		"₹12,34,567":                   "1234567 INR (0)",
		"Rs 5 lakh crore":              "5000000000000 INR (-12)",
		"Rs 5 lakh":                    "500000 INR (-5)",
		"$41":                          "41 USD (0)",
		"$72.05":                       "1441/20 USD (2)",
		"80 cents":                     "4/5 USD (2)",
		"120 pence":                    "6/5 GBP (2)",
		"120p":                         "6/5 GBP (2)",
		"12.5p":                        "1/8 GBP (3)",
		"$6-billion":                   "6000000000 USD (-9)",
		"a $6 billion":                 "6000000000 USD (-9)",
		"-$3m":                         "-3000000 USD (-6)",
		"−€3m":                         "-3000000 EUR (-6)",
		"$250,000":                     "250000 USD (-3)",
		"$250k":                        "250000 USD (-3)",
		"$6B":                          "6000000000 USD (-9)",
		"US$1.2T":                      "1200000000000 USD (-11)",
		"20 million U.S. dollars":      "20000000 USD (-6)",
		"$1’000’000":                   "1000000 USD (-6)",

		// Percentages, points and multiples.
		"10%": "10 % (0)", "2.1%": "21/10 % (1)", "2.10 per cent": "21/10 % (2)", "10 percent": "10 % (0)", "-2.1%": "-21/10 % (1)",
		"a 2.1% drop": "21/10 % (1)", "a more than 10% rise": ">10 % (0)", "2½%": "5/2 % (1)", ".5%": "1/2 % (1)",
		"0.25 percentage points": "1/4 pp (2)", "half a percentage point": "1/2 pp (1)", "a percentage point": "1 pp (0)",
		"25 basis points": "1/4 pp (2)", "a 25-basis-point cut": "1/4 pp (2)", "50bps": "1/2 pp (2)",
		"12 times": "12 x (0)", "2.5x": "5/2 x (1)", "12-fold": "12 x (0)", "twelve times": "12 x (0)",

		// Counts.
		"16,000 jobs": "16000 1 jobs (-3)", "16 000 jobs": "16000 1 jobs (-3)", "16,000": "16000 1 (-3)", "4,200": "4200 1 (0)",
		"1.3 million barrels": "1300000 1 barrels (-5)", "1.3m barrels a day": "1300000 1 barrels a day (-5)",
		"two hundred jobs": "200 1 jobs (0)", "200 job cuts": "200 1 job cuts (0)", "a million people": "1000000 1 people (-6)",
		"300 full-time staff": "300 1 full-time staff (0)", "5,000 square feet": "5000 1 square feet (-3)", "16k jobs": "16000 1 jobs (-3)",
		"0 jobs": "0 1 jobs (0)",
	} {
		q, err := standfirst.ParseQuantity(words)
		if err != nil {
			t.Errorf("%q: %v", words, err)
		} else if got := notation(q); got != want {
			t.Errorf("%q: got %s, want %s", words, got, want)
		}
	}
}

func TestParseQuantityRefuses(t *testing.T) {
	for _, words := range []string{
		"", " ", "-", "$", "billions", "billions of dollars", "dozens", "dozens of jobs", "hundreds of jobs", "a dozen", "several million",
		"4.2 billion kronor", "4.2 billion kroner", "20 million francs", "20 million pesos", "kr 40m", "kr40m",
		"$6 billion in cash", "6 of the people", "the A330", "A330", "Series B 2", "16,00 jobs", "1,2345", "1,3bn", "1.2.3", "1..2", "01%",
		"between 3 and", "between $3 billion", "from 3", "3 to", "to 4", "between $4 billion and $3 billion", "between 3 and 3",
		"10% to 12", "$3 billion to €4 billion", "3 jobs to 4 people", "$3 billion to 4", "3 to $4 billion", "about", "up to", "up to up to 3%",
		"at least between 3% and 4%", "nearly about 3%", "more than 3% or more", "3 million million", "5t", "300m", "3 m", "120 p", "5b jobs a",
		"$6 billion euros", "$ 6 % ", "6 % %", "10 12", "2 million 3", "3 said", "3 was", "a", "the", "some", "one of the people", "half",
		"half of jobs", "twice", "doubled", "3/4", "(3)", "3;4", "12:30", "$41 a share", "3\x00", "3\xff", "$1234567890123456789",
		strings.Repeat("1", 200), strings.Repeat("up to ", 20) + "3%", strings.Repeat("- ", 40), "1-2-3", "ALL", "--3", "3-", "-3-",
	} {
		q, err := standfirst.ParseQuantity(words)
		if err == nil {
			t.Errorf("%q: read as %s", words, notation(q))
			continue
		}
		if standfirst.KindOf(err) != standfirst.Invalid || len(err.Error()) > 200 {
			t.Errorf("%q: kind %v, %v", words, standfirst.KindOf(err), err)
		}
	}
	if _, err := standfirst.ParseQuantity("billions of euros"); err == nil || !strings.Contains(err.Error(), "billions of euros") {
		t.Errorf("error does not name the words: %v", err)
	}
}

func TestQuantityLookups(t *testing.T) {
	for words, want := range map[string]struct {
		hedge standfirst.Hedge
		n     int
	}{
		"agreed to pay up to":   {standfirst.HedgeUpTo, 2},
		"it will pay well over": {standfirst.HedgeOver, 2},
		"a little more than":    {standfirst.HedgeOver, 4},
		"cut No more than":      {standfirst.HedgeUpTo, 3},
		"more than":             {standfirst.HedgeOver, 2},
		"nearly":                {standfirst.HedgeNearly, 1},
		"about now":             {standfirst.HedgeNone, 0},
		"":                      {standfirst.HedgeNone, 0},
	} {
		if hedge, n := standfirst.HedgeBefore(strings.Fields(words)); hedge != want.hedge || n != want.n {
			t.Errorf("HedgeBefore(%q) = %v, %d", words, hedge, n)
		}
	}
	for word, want := range map[string]string{"billion": "1000000000", "BN": "1000000000", "crore": "10000000", "billions": "", "": ""} {
		if got, ok := standfirst.ScaleWord(word); ok != (want != "") || ok && got.RatString() != want {
			t.Errorf("ScaleWord(%q) = %v, %v", word, got, ok)
		}
	}
	for word, want := range map[string]string{"two": "2", "Twenty-five": "25", "dozen": "", "twenty-ten": "", "five-twenty": "", "-": ""} {
		if got, ok := standfirst.NumberWord(word); ok != (want != "") || ok && got.RatString() != want {
			t.Errorf("NumberWord(%q) = %v, %v", word, got, ok)
		}
	}
	for prefix, want := range map[string]standfirst.Unit{
		"$": "USD", "HK$": "HKD", "€": "EUR", "Rs": "INR", "Rs.": "INR", "CHF": "CHF", "ZMW": "ZMW", "chf": "", "kr": "", "CEO": "", "": "", "EDA": "", "D A": "",
	} {
		if got, ok := standfirst.CurrencySymbol(prefix); got != want || ok != (want != "") {
			t.Errorf("CurrencySymbol(%q) = %q, %v", prefix, got, ok)
		}
	}
	for name, want := range map[string]standfirst.Unit{"dollars": "USD", "Swiss francs": "CHF", "francs": "", "New Zealand dollars": "NZD"} {
		if got, hundredths, ok := standfirst.CurrencyName(name); got != want || hundredths || ok != (want != "") {
			t.Errorf("CurrencyName(%q) = %q, %v, %v", name, got, hundredths, ok)
		}
	}
	if unit, hundredths, ok := standfirst.CurrencyName("Pence"); unit != "GBP" || !hundredths || !ok {
		t.Errorf("pence: %q, %v, %v", unit, hundredths, ok)
	}
}

func FuzzParseQuantity(f *testing.F) {
	for _, words := range []string{
		"up to $50 billion", "nearly 4,000 jobs", "$2.5bn–$3bn", "between 3 and 4 million euros", "a 2.1% drop", "Rs 5 lakh crore",
		"−2½%", "12-fold", "120p", "more than $3 billion but less than $4 billion", "half a percentage point", "HK$1’000’000", "16 000 jobs",
	} {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, words string) {
		q, err := standfirst.ParseQuantity(words)
		if err != nil {
			if len(err.Error()) > 600 || standfirst.KindOf(err) != standfirst.Invalid {
				t.Fatal(err)
			}
			return
		}
		if q.Point == nil && q.Lo == nil && q.Hi == nil || q.Unit == "" || q.Noun != "" && q.Unit != standfirst.UnitOfCount {
			t.Fatalf("%q: %s", words, notation(q))
		}
		if err := q.Validate(); err != nil {
			t.Fatalf("%q: %s, %v", words, notation(q), err)
		}
		written := q.String()
		if back, err := standfirst.ParseQuantity(written); err != nil || !readsBack(q, back) {
			t.Fatalf("%q is written %q, which is %s, %v", words, written, notation(back), err)
		}
		if _, direction := q.Change(); direction == standfirst.Up {
			fall := q.Opposite()
			if back, err := standfirst.ParseChange(fall.ChangeString()); err != nil || !back.Equal(fall) || fall.ChangeString() != "a fall of "+written {
				t.Fatalf("the fall of %q is written %q, which is %s, %v", words, fall.ChangeString(), notation(back), err)
			}
		}
		six := standfirst.Quantity{Point: big.NewRat(6e9, 1), Unit: q.Unit, Decimals: -9}
		if back, err := standfirst.ParseQuantity(six.InFormOf(words)); err != nil || !back.Equal(six) {
			t.Fatalf("six billion in the form of %q: %q, %v", words, six.InFormOf(words), err)
		}
	})
}

func BenchmarkParseQuantity(b *testing.B) {
	for _, words := range []string{"$41", "up to $50 billion", "between $3 billion and $4 billion", "nearly 4,000 jobs", "in advanced talks"} {
		b.Run(strings.ReplaceAll(words, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = standfirst.ParseQuantity(words)
			}
		})
	}
}
