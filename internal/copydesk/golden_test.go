package copydesk

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"standfirst"
)

var update = flag.Bool("update", false, "write the golden files anew")

var readOn = standfirst.Day{Year: 2026, Month: 3, Day: 5}

func TestReadGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 12 {
		t.Fatalf("found %d texts: %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, encoding, err := Decode(b)
			if err != nil {
				t.Fatal(err)
			}
			reading := Read(text, readOn)
			if err := checkReading(text, reading); err != nil {
				t.Error(err)
			}
			got := "encoding " + encoding + "\n" + describe(reading)
			golden := strings.TrimSuffix(file, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("reading differs (-want +got):\n%s", diff)
			}
		})
	}
}

// describe writes a reading down for people.
func describe(r Reading) string {
	var b strings.Builder
	span := func(name string, s Span) {
		if !s.IsZero() {
			fmt.Fprintf(&b, "%s %d-%d %s\n", name, s.Start, s.End, s.Text)
		}
	}
	span("kicker", r.Kicker)
	span("headline", r.Headline)
	if r.Headline.IsZero() {
		fmt.Fprintf(&b, "suggested headline %s\n", r.SuggestedHeadline())
	}
	span("standfirst", r.Standfirst)
	for _, l := range r.Bylines {
		span("byline", l.Span)
		fmt.Fprintf(&b, "  name=%s role=%s place=%s\n", l.Name, l.Role, l.Place)
	}
	span("dateline", r.Dateline.Span)
	if !r.Dateline.IsZero() {
		fmt.Fprintf(&b, "  words=%s place=%s agency=%s day=%s\n", r.Dateline.Words, r.Dateline.Place, r.Dateline.Agency, r.Dateline.Day)
	}
	if !r.Published.IsZero() || !r.Updated.IsZero() {
		fmt.Fprintf(&b, "published=%s updated=%s\n", r.Published, r.Updated)
	}
	for _, block := range r.Blocks {
		describeBlock(&b, block, span)
	}
	for _, q := range r.Quotations {
		fmt.Fprintf(&b, "quotation %d-%d parts=%v nameAt=%v %s\n", q.Start, q.End, q.Parts, q.NameAt, q.Text)
		fmt.Fprintf(&b, "  speaker=%s role=%s affiliation=%s\n", q.Speaker.Name, q.Speaker.Role, q.Speaker.Affiliation)
	}
	for _, d := range r.Dropped {
		span("dropped: "+d.Reason, d.Span)
	}
	return b.String()
}

func describeBlock(b *strings.Builder, block Block, span func(string, Span)) {
	name := block.Kind.String()
	switch block.Kind {
	case Subhead:
		name = fmt.Sprintf("%s %d", name, block.Level)
	case List:
		name = fmt.Sprintf("%s ordered=%t first=%d", name, block.Ordered, block.First)
	}
	span(name, block.Span)
	span("  label", block.Label)
	span("  heading", block.Heading)
	for _, item := range block.Items {
		span("  item", item)
	}
	for _, v := range block.Voices {
		span("  voice", v.Quote)
		span("    line", v.Line)
		fmt.Fprintf(b, "    speaker=%s role=%s affiliation=%s disclosure=%s\n", v.Speaker.Name, v.Speaker.Role, v.Speaker.Affiliation, v.Disclosure)
	}
}
