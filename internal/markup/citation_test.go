package markup_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"standfirst"
	"standfirst/internal/markup"
)

func TestCitations(t *testing.T) {
	type cited struct {
		Claim standfirst.ClaimID
		Words string
		Whole string
	}
	for name, test := range map[string]struct {
		body string
		want []cited
	}{
		"none":           {"Northwind puts up [a lot](https://x.org) of money.", nil},
		"one":            {"It puts [up to $6 billion](claim:88) into it.", []cited{{88, "up to $6 billion", "[up to $6 billion](claim:88)"}}},
		"two in a list":  {"- [4,200 jobs](claim:1)\n- more than [8%](claim:2)\n", []cited{{1, "4,200 jobs", "[4,200 jobs](claim:1)"}, {2, "8%", "[8%](claim:2)"}}},
		"with emphasis":  {"**[*$6 billion*](claim:3)**", []cited{{3, "$6 billion", "[*$6 billion*](claim:3)"}}},
		"over two lines": {"[up to\n$6 billion](claim:4)", []cited{{4, "up to $6 billion", "[up to\n$6 billion](claim:4)"}}},
		"in code":        {"`[a](claim:1)` and\n\n    [b](claim:2)\n", nil},
		"by reference":   {"[$6 billion][x]\n\n[x]: claim:5", nil},
		"no number":      {"[a](claim:x) [b](claim:0) [c](claim:-1) [d](claim:01) [e](claim:99999999999999999999)", nil},
		"in voices":      {":::voices\n> “[$5 billion](claim:7) is much.”\n>\n> — A B, c\n:::", []cited{{7, "$5 billion", "[$5 billion](claim:7)"}}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []cited
			for _, c := range markup.Citations(test.body) {
				got = append(got, cited{c.Claim, c.Words, test.body[c.Start:c.End]})
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Citations(%q): -want +got\n%s", test.body, diff)
			}
		})
	}
}

func FuzzCitations(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	for _, s := range []string{"[a](claim:1)", "[[a](claim:1)](claim:2)", "[`a`](claim:1)", "[a\\]](claim:1) [^1]\n\n[^1]: [b](claim:2)", "![[a](claim:1)](b)", "|a|\n|-|\n|[a\\|b](claim:1)|"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 100_000 {
			t.Skip("too long to be quick")
		}
		last := 0
		for _, c := range markup.Citations(body) {
			if c.Start < last || c.End > len(body) || c.Start >= c.End || body[c.Start] != '[' || body[c.End-1] != ')' {
				t.Fatalf("%+v does not fit %q after %d", c, body, last)
			}
			last = c.End
		}
	})
}
