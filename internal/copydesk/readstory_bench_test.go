package copydesk

import (
	"os"
	"strings"
	"testing"

	"standfirst"
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
	on := standfirst.Day{Year: 2026, Month: 3, Day: 5}
	b.ReportAllocs()
	for b.Loop() {
		p := ReadStory("Northwind in talks to put up to $6bn into Halcyon", "The round would value it at $96bn.", body.String(), on)
		Propose(p, Known{})
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
