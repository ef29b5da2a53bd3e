package diff_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"standfirst/internal/diff"
)

// vocabulary is what the texts of the benchmarks are made of.
var vocabulary = strings.Fields(`the a of to in and that it for on with as by at from its was has will said
freight quay ferry lender round stake price share market board vote plan offer deal port crane rye mill loan
rose fell bought sold signed closed opened built agreed wants holds owes pays sees waits talks counts ships
late early large small new old first last next other several most few nobody everyone`)

// revisions returns so many revisions of a story of about 5,000 words in 110 paragraphs.
// Each changes, adds and removes some words and paragraphs of the one before.
func revisions(n int) []diff.Story {
	random := rand.New(rand.NewPCG(7, 11))
	word := func() string {
		if random.IntN(12) == 0 {
			return fmt.Sprintf("$%d million", 1+random.IntN(900))
		}
		return vocabulary[random.IntN(len(vocabulary))]
	}
	paragraph := func() string {
		words := make([]string, 45)
		for i := range words {
			words[i] = word()
		}
		return strings.Join(words, " ") + "."
	}
	paragraphs := make([]string, 110)
	for i := range paragraphs {
		paragraphs[i] = paragraph()
	}
	var list []diff.Story
	for range n {
		var s diff.Story
		s.Content.Headline = "What the banks know"
		for _, p := range paragraphs {
			s.Blocks = append(s.Blocks, diff.Block{Kind: "paragraph", Text: p})
		}
		list = append(list, s)
		next := append([]string(nil), paragraphs...)
		for range 6 {
			i := random.IntN(len(next))
			words := strings.Fields(next[i])
			words[random.IntN(len(words))] = word()
			next[i] = strings.Join(words, " ")
		}
		next[random.IntN(len(next))] = paragraph()
		paragraphs = next
	}
	return list
}

// BenchmarkCompare compares neighbours and strangers among 50 revisions of a story of
// 5,000 words.
func BenchmarkCompare(b *testing.B) {
	list := revisions(50)
	for _, pair := range []struct{ from, to int }{{0, 1}, {24, 25}, {0, 25}, {0, 49}} {
		b.Run(fmt.Sprintf("%d-%d", pair.from+1, pair.to+1), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				diff.Compare(list[pair.from], list[pair.to])
			}
		})
	}
}

// BenchmarkWorst compares texts of a megabyte that are made to cost much.
func BenchmarkWorst(b *testing.B) {
	const size = 1 << 20
	shuffled := func(seed uint64, separator string) string {
		random := rand.New(rand.NewPCG(seed, seed))
		var s strings.Builder
		for s.Len() < size {
			s.WriteString(vocabulary[random.IntN(len(vocabulary))] + separator)
		}
		return s.String()
	}
	for _, test := range []struct{ name, old, now string }{
		{"one paragraph", shuffled(1, " "), shuffled(2, " ")},
		{"two words", strings.Repeat("a b ", size/4), strings.Repeat("b b a ", size/6)},
		{"a paragraph a word", shuffled(1, "\n\n"), shuffled(2, "\n\n")},
		{"figures alone", strings.Repeat("$1 3% ", size/6), strings.Repeat("$2 4% ", size/6)},
		{"citations alone", strings.Repeat("[$1](claim:1@1) ", size/16), strings.Repeat("[$2](claim:2@2) ", size/16)},
	} {
		b.Run(test.name, func(b *testing.B) {
			old, now := story(test.old), story(test.now)
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				diff.Compare(old, now)
			}
		})
	}
}
