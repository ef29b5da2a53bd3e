package standfirst_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"standfirst"
)

func TestPassageIsFoundAgain(t *testing.T) {
	const body = "The pier opens in May.\n\nNobody asked. The pier opens\nin June, says Ada Quill.\n"
	second, ok := standfirst.PassageOf(body, "The pier opens in June")
	if !ok || second.Words != "The pier opens\nin June" {
		t.Fatalf("the passage is %+v, %v", second, ok)
	}
	twice := standfirst.PassageAt(body, standfirst.Range{Start: strings.LastIndex(body, "The pier"), End: strings.LastIndex(body, "The pier") + len("The pier")})
	for _, tt := range []struct {
		name    string
		passage standfirst.Passage
		body    string
		before  string // what stands before the place where it is found; "-" if it is not
	}{
		{"as it was", twice, body, "Nobody asked. "},
		{"the text moved", twice, "An opening.\n\nAnother. The pier is old. " + body, "Nobody asked. "},
		{"the place before it is gone", twice, "Nobody asked. The pier opens\nin June.", "Nobody asked. "},
		{"the words are gone", twice, "Nobody asked.", "-"},
		{"other space is other words", second, "The pier opens in June", "-"},
		{"no words", standfirst.Passage{}, body, "-"},
	} {
		r, ok := tt.passage.Find(tt.body)
		if !ok {
			if tt.before != "-" {
				t.Errorf("%s: not found", tt.name)
			}
			continue
		}
		if !strings.HasSuffix(tt.body[:r.Start], tt.before) || tt.body[r.Start:r.End] != tt.passage.Words {
			t.Errorf("%s: found at %d: %q", tt.name, r.Start, tt.body[r.Start:r.End])
		}
	}
}

func TestPassageKeepsWholeLetters(t *testing.T) {
	body := strings.Repeat("é", 200)
	for at := 100; at < 104; at += 2 {
		p := standfirst.PassageAt(body, standfirst.Range{Start: at, End: at + 2})
		if !utf8.ValidString(p.Before) || !utf8.ValidString(p.After) || p.Words != "é" || p.Before == "" || p.After == "" {
			t.Errorf("at %d: %+v", at, p)
		}
	}
}

func FuzzPassageOf(f *testing.F) {
	f.Add("The pier opens\nin May.", "pier opens in")
	f.Add(" \t a  b", "a b")
	f.Fuzz(func(t *testing.T, body, words string) {
		p, ok := standfirst.PassageOf(body, words)
		if !ok {
			return
		}
		if _, found := p.Find(body); !found {
			t.Errorf("%q of %q is not found again", p.Words, body)
		}
	})
}
