package intake_test

import (
	"strings"
	"testing"

	"standfirst/internal/copydesk"
	"standfirst/internal/intake"
)

// The reading of every form says what filing makes of it, and its offsets are into
// its text.
func TestRead(t *testing.T) {
	for name, text := range shapes(t) {
		c, err := intake.Compose(name, text, readOn)
		if err != nil {
			t.Fatal(err)
		}
		read, err := intake.Read(name, text, readOn)
		if err != nil {
			t.Fatal(err)
		}
		r := read.Reading
		if read.Form != c.Form || !c.Suggested && r.Headline.Text != c.Content.Headline || r.Standfirst.Text != c.Content.Standfirst ||
			len(r.Bylines) != len(c.Content.Bylines) || len(r.Dropped) != len(c.Left) {
			t.Errorf("%s: %+v of %+v", name, r, c)
		}
		for _, b := range r.Blocks {
			if b.Start < 0 || b.End > len(read.Text) || b.Start >= b.End {
				t.Errorf("%s: a block from %d to %d of %d", name, b.Start, b.End, len(read.Text))
			}
		}
	}
}

func TestReadStoryPage(t *testing.T) {
	read, err := intake.Read("story.html", shapes(t)["story.html"], readOn)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, b := range read.Reading.Blocks {
		kinds = append(kinds, b.Kind.String())
		if b.Kind == copydesk.Voices && (len(b.Voices) != 2 || b.Heading.Text != "Voices from the trade") {
			t.Errorf("voices %+v", b)
		}
	}
	want := "paragraph, paragraph, subhead, list, table, voices, paragraph, block quote, paragraph"
	if got := strings.Join(kinds, ", "); got != want {
		t.Errorf("blocks %s, want %s", got, want)
	}
	if r := read.Reading; r.Bylines[0].Role != "Senior Deals Correspondent" || r.Dateline.Place != "ANTWERP" || len(r.Quotations) != 1 {
		t.Errorf("reading %+v", r)
	}
}
