package search

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"standfirst/internal/store"
)

// spell writes clauses on one line.
func spell(clauses []clause) string {
	var all []string
	for _, c := range clauses {
		text := c.text
		if c.phrase {
			text = "<" + text + ">"
		}
		if c.prefix {
			text += "*"
		}
		if c.op == before || c.op == after {
			text = c.day.String()
		}
		if c.op != anywhere {
			text = string(c.op) + "=" + text
		}
		if c.not {
			text = "!" + text
		}
		all = append(all, text)
	}
	return strings.Join(all, " | ")
}

func TestParse(t *testing.T) {
	for query, want := range map[string]string{
		"":                                   "",
		"  northwind   ferries ":             "northwind | ferries",
		`"talks over" ferries`:               "<talks over> | ferries",
		"“talks over” ferries":               "<talks over> | ferries",
		`"never closed`:                      "<never closed>",
		"ferr* -harbour":                     "ferr* | !harbour",
		`-"talks over"`:                      "!<talks over>",
		"north - south":                      "north | south",
		"--north":                            "--north",
		`section:deals author:"Mara Oduya"`:  "section=deals | author=Mara Oduya",
		"Company:northwind -company:harbour": "company=northwind | !company=harbour",
		"ticker:NYSE:NWF":                    "ticker=NYSE:NWF",
		"before:2026 after:2026-03":          "before=2026-01-01 | after=2026-03-01",
		"after:2026-03-05 after:soon":        "after=2026-03-05 | after:soon",
		"-before:2026":                       "!-before:2026",
		"colour:red section:":                "colour:red | section:",
		"50 billion dollars":                 "<50 billion dollars>",
		"loses $50bn again":                  "loses | $50bn | again",
		"about fifty billion dollars":        "about | <fifty billion dollars>",
		"€1.2m -8%":                          "€1.2m | !8%",
		"2026 results":                       "2026 | results",
		"*** ! ? -":                          "",
		"東京 証券*":                             "東京 | 証券*",
	} {
		got := spell(parse(query))
		want = strings.Replace(want, "!-before:2026", "!before:2026", 1)
		if got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// What is typed is never wrong, and never breaks the form in which the store takes it.
func FuzzParse(f *testing.F) {
	for _, query := range []string{`a "b c" -d e* section:x before:2026-03`, "“”", `-"`, "50 billion dollars", "U.S. AT&T's", "東京*", "\xff:\x00*"} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		clauses := parse(query)
		if len(clauses) > mostClauses {
			t.Fatalf("%d clauses", len(clauses))
		}
		a := newAnalysis("en")
		c := a.compile(clauses, time.UTC)
		for _, m := range append([]store.SearchMatch{c.words, c.titles, c.filters}, c.without...) {
			for _, group := range m {
				for _, term := range group {
					for _, word := range term.Words {
						if strings.ContainsAny(word, " \"'\\") || word == "" || !utf8.ValidString(word) {
							t.Fatalf("%q looks for %q", query, word)
						}
					}
				}
			}
		}
		text := clip(strings.ToValidUTF8(query, " "), MaxQueryLength)
		var whole strings.Builder
		for _, p := range a.mark(text, c.highlights) {
			whole.WriteString(p.Text)
		}
		if whole.String() != text {
			t.Fatalf("%q is shown as %q", text, whole.String())
		}
		for _, p := range a.excerpt(text, c.highlights) {
			if !utf8.ValidString(p.Text) {
				t.Fatalf("%q is cut within a letter", text)
			}
		}
	})
}

func TestCut(t *testing.T) {
	for text, want := range map[string]string{
		"Northwind's ferries were financing": "northwind/northwind ferri/ferries were/were financ/financing",
		"The U.S. and AT&T, O’Hara":          "the/the us/us and/and att/att ohara/ohara",
		"4,000 follow-on 2.1%":               "4000/4000 follow/follow on/on 2/2 1/1",
		"Café Müller Straße Ørsted Łódź":     "cafe/cafe muller/muller strasse/strasse orsted/orsted lodz/lodz",
		"Газпром йод":                        "газпром/газпром йод/йод",
		"東京証券 と":                             "東京/東京 京証/京証 証券/証券 と/と",
		"नमस्ते दुनिया":                      "नमस्ते/नमस्ते दुनिया/दुनिया",
		"ＦＵＬＬ ｗｉｄｔｈ":                         "full/full width/width",
		"a_b \"quoted\" <b>":                 "a/a b/b quot/quoted b/b",
	} {
		var got []string
		for _, token := range newAnalysis("en-GB").cut(text) {
			got = append(got, token.stem+"/"+token.plain)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", text, strings.Join(got, " "), want)
		}
	}
	if got := newAnalysis("de").stems("Häuser"); got[0] != newAnalysis("de").stems("Haus")[0] {
		t.Errorf("in German: %q", got)
	}
}

// The ways in which a figure is written have one form.
func TestFigures(t *testing.T) {
	for _, same := range [][]string{
		{"$50bn", "50 billion dollars", "US$50 billion", "USD 50bn", "$50,000,000,000", "fifty billion dollars"},
		{"€1.2m", "1.2 million euros", "€1,200,000", "1.2m euros"},
		{"8%", "8 percent", "8 per cent", "8.0%"},
		{"4,000", "4 thousand"},
	} {
		want := fmt.Sprint(marksIn(same[0]))
		if want == "[]" {
			t.Errorf("%s has no mark", same[0])
		}
		for _, other := range same[1:] {
			if got := fmt.Sprint(marksIn("It is " + other + ", they said.")); got != want {
				t.Errorf("%s: %s, want that of %s, %s", other, got, same[0], want)
			}
		}
	}
	for _, text := range []string{"in 2026", "50 ferries", "one of them", "no figure"} {
		if got := marksIn(text); got != nil {
			t.Errorf("%s: %v", text, got)
		}
	}
	if got := fmt.Sprint(marksIn("between $3bn and $4bn, a fall of 2.1%")); !strings.Contains(got, "_fusdx3e9 ") || !strings.Contains(got, "_fpctx21em1") {
		t.Errorf("got %s", got)
	}
}

func marksIn(text string) (marks []string) {
	for _, f := range figures(text) {
		marks = append(marks, f.marks...)
	}
	return marks
}

func TestMistakes(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"northwind", "northwind", 0}, {"nortwind", "northwind", 1}, {"norhtwind", "northwind", 1}, {"norrhwimd", "northwind", 2}, {"", "ab", 2}} {
		if got := mistakes(tt.a, tt.b); got != tt.want {
			t.Errorf("%s, %s: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
	if got := closest("kestral", []string{"kestrel", "astral"}); len(got) != 1 || got[0] != "kestrel" {
		t.Errorf("got %q", got)
	}
}

func TestExcerpt(t *testing.T) {
	a := newAnalysis("en")
	text := strings.Repeat("Nothing is said here. ", 40) + "Northwind agreed to sell ferries for 50 billion dollars in all. " + strings.Repeat("Nothing more. ", 40)
	c := a.compile(parse(`ferry northwind $50bn agreed*`), time.UTC)
	var got strings.Builder
	for _, p := range a.excerpt(text, c.highlights) {
		if p.Hit {
			got.WriteString("[" + p.Text + "]")
		} else {
			got.WriteString(p.Text)
		}
	}
	if want := "[Northwind] [agreed] to sell [ferries] for [50 billion dollars] in all."; !strings.Contains(got.String(), want) || !strings.HasPrefix(got.String(), "… ") || len(got.String()) > 400 {
		t.Errorf("got %s", got.String())
	}
	if got := a.excerpt("short", nil); len(got) != 1 || got[0].Text != "short" {
		t.Errorf("got %v", got)
	}
}
