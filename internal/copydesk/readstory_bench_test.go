package copydesk

import (
	"os"
	"strings"
	"testing"
)

// BenchmarkReadStory reads a story of about 700 words. It is promised to take less than
// 3 ms with proposals.
func BenchmarkReadStory(b *testing.B) {
	var body strings.Builder
	for _, r := range benchRecords(b) {
		body.WriteString(r + "\n\n")
		if len(strings.Fields(body.String())) > 700 {
			break
		}
	}
	read := func() Prose {
		return ReadStory("Northwind in talks to put up to $6bn into Halcyon", "The round would value it at $96bn.", body.String(), readOn)
	}
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			read()
		}
	})
	b.Run("propose", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Propose(read(), Known{})
		}
	})
}

// BenchmarkReadStoryHostile reads texts of 100 kB that are made to be slow. Its time for a
// byte should be of the order of that of a story.
func BenchmarkReadStoryHostile(b *testing.B) {
	for _, piece := range []string{"May 5 ", "3 kroner ", "at $5 ", "Q3 ", "on Tuesday ", "$5 to ", "the sources said ", "(NYSE: A) ", "[a](claim:8) ", "“a ", "in 2026. A "} {
		body := strings.Repeat(piece, 100_000/len(piece))
		b.Run(strings.TrimSpace(piece), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				ReadStory("", "", body, readOn)
			}
		})
	}
}

func benchRecords(b *testing.B) []string {
	text, err := os.ReadFile("testdata/evaluation/open-1.txt")
	if err != nil {
		b.Fatal(err)
	}
	var records []string
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "text: "); ok {
			records = append(records, strings.TrimSpace(rest))
		}
	}
	return records
}
