package copydesk

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"standfirst"
)

// checkReading holds what is true of every reading: offsets are valid, the spans of
// the parts do not overlap, every word of the text stands in one of them, and the
// words that parts carry are valid UTF-8.
func checkReading(text string, r Reading) error {
	parts := []Span{r.Kicker, r.Headline, r.Standfirst, r.Dateline.Span}
	var inner []Span
	for _, b := range r.Bylines {
		parts = append(parts, b.Span)
		if b.Name == "" {
			return fmt.Errorf("byline %v has no name", b.Span)
		}
	}
	for _, b := range r.Blocks {
		parts = append(parts, b.Span)
		for _, s := range append([]Span{b.Label, b.Heading}, b.Items...) {
			if !s.IsZero() && (s.Start < b.Start || s.End > b.End) {
				return fmt.Errorf("part %v stands outside its block %v", s, b.Span)
			}
			inner = append(inner, s)
		}
		for _, v := range b.Voices {
			if v.Start < b.Start || v.End > b.End {
				return fmt.Errorf("voice %v stands outside its block %v", v.Span, b.Span)
			}
			inner = append(inner, v.Span, v.Quote, v.Line)
		}
	}
	for _, d := range r.Dropped {
		parts = append(parts, d.Span)
		if d.Reason == "" {
			return fmt.Errorf("%v was dropped without a reason", d.Span)
		}
	}
	for _, s := range append(inner, parts...) {
		if s.Start < 0 || s.End > len(text) || s.Start > s.End || !s.IsZero() && s.Start == s.End || !utf8.ValidString(s.Text) {
			return fmt.Errorf("span %d-%d of %d bytes is not valid: %q", s.Start, s.End, len(text), s.Text)
		}
	}
	if err := checkQuotations(text, r.Quotations); err != nil {
		return err
	}
	return checkCoverage(text, parts)
}

func checkQuotations(text string, quotations []standfirst.Quotation) error {
	last := 0
	for _, q := range quotations {
		if q.Start < last || q.End <= q.Start || q.End > len(text) || len(q.Parts) == 0 || !utf8.ValidString(q.Text) {
			return fmt.Errorf("quotation %+v is not valid after %d", q, last)
		}
		last = q.Start
		for _, p := range q.Parts {
			if p.Start < last || p.End <= p.Start || p.End > q.End {
				return fmt.Errorf("part %v of quotation %+v is not valid", p, q)
			}
			last = p.End
		}
		if last != q.End {
			return fmt.Errorf("quotation %+v ends after its last part", q)
		}
		if n := q.NameAt; n != (standfirst.Range{}) && (n.Start <= q.Start || n.End >= q.End || n.Start >= n.End) {
			return fmt.Errorf("name of quotation %+v is not in it", q)
		}
	}
	return nil
}

func checkCoverage(text string, parts []Span) error {
	sort.Slice(parts, func(i, j int) bool { return parts[i].Start < parts[j].Start })
	at := 0
	gap := func(to int) error {
		for i, c := range text[at:to] {
			if !isSpace(c) {
				return fmt.Errorf("byte %d (%q) is in no part", at+i, text[at+i:min(len(text), at+i+40)])
			}
		}
		return nil
	}
	for _, s := range parts {
		if s.IsZero() {
			continue
		}
		if s.Start < at {
			return fmt.Errorf("span %d-%d (%.40q) overlaps the part before it, which ends at %d", s.Start, s.End, s.Text, at)
		}
		if err := gap(s.Start); err != nil {
			return err
		}
		at = s.End
	}
	return gap(len(text))
}

// scraps are lines that texts are made of in TestReadKeepsEveryWord.
var scraps = []string{
	"Merrow raises its offer", "MARKETS", "Markets | Analysis", "By Ines Falk", "By Ines Falk | Deals Editor", "Ines Falk", "Deals Editor",
	"By Ola Berg in Oslo and Jane Roe", "OSLO, March 5 - Shares rose.", "OSLO, March 5 -", "LONDON — The bank said so.", "Share:", "Facebook", "Twitter",
	"Related", "Is it over?", "Leave a Reply", "Name *", "12 Comments", "Media contact:", "press@merrow.example", "+44 555 0102 233",
	"\"It is done,\" said Jane Roe, chief executive of Merrow. \"We go on.\"", "\"It is done.\" — Jane Roe, Reader", "— Jane Roe, Reader",
	"What readers say", "> a line", "• one", "- two", "1. First", "2. Second", "Q: Why?", "A: Because.", "14:05 GMT — It fell.", "14:05", "09:10 GMT: It rose.",
	"A sentence of some length that ends with a stop, as sentences do.", "a\tb", "c\td", "| a | b |", "***", "###", "ends", "\u00a0", "", "", "",
	"wrapped text goes on\u2011and on with\u00ad out an", "“open quote", "‘single,’ he said.", "5 March 2026", "Updated: 6 March 2026", "# Head", "## Sub", "**Bold?**", "**", "*",
	"\xff\xfe broken", "—", "\"", "© 2026 Merrow. All rights reserved.",
}

func TestReadKeepsEveryWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom(scraps), 0, 24).Draw(t, "lines")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r", "\n\n", "\u2028"}).Draw(t, "end")
		text := strings.Join(lines, end)
		if err := checkReading(text, Read(text, readOn)); err != nil {
			t.Fatalf("%v in %q", err, text)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, text := range texts(f) {
		f.Add(text)
	}
	for _, s := range scraps {
		f.Add(s)
	}
	f.Add(strings.Join(scraps, "\n"))
	f.Add(strings.Join(scraps, "\r\n\r\n"))
	f.Fuzz(func(t *testing.T, text string) {
		r := Read(text, readOn)
		if err := checkReading(text, r); err != nil {
			t.Fatal(err)
		}
		if err := checkQuotations(text, Quotations(text)); err != nil {
			t.Fatal(err)
		}
		if headline := r.SuggestedHeadline(); r.Headline.IsZero() && len(headline) > maxSuggestion || !utf8.ValidString(headline) {
			t.Fatalf("suggested headline %q", headline)
		}
	})
}

func texts(tb testing.TB) []string {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		tb.Fatal(err)
	}
	var all []string
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		text, _, err := Decode(b)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, text)
	}
	return all
}
