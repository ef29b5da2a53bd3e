package markup_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"standfirst/internal/markup"
)

func TestBlocks(t *testing.T) {
	const body = `ANTWERP *holds [up to $6 billion](claim:88)*, see [the filing](https://example.com/f?a=1&amp;b=2) and
<https://example.org>.

## What *comes* next

- First.
- Second, with [$5](claim:9).

> Nobody asked.

:::voices What they say
> "It reads as panic."
>
> — Rosalind Okafor, Planner
:::

| Year | Ships |
|---|---|
| 2025 | 6[^1] |

[^1]: Without the [*Antje*](/about).

:::note Read this
It was late.
:::
`
	want := []markup.Block{
		{Kind: markup.ParagraphBlock, Text: "ANTWERP holds up to $6 billion, see the filing and https://example.org.",
			Links: []string{"https://example.com/f?a=1&b=2", "https://example.org"}, Cited: []markup.CitedSpan{{Claim: 88, Start: 14, End: 30}}},
		{Kind: markup.HeadingBlock, Text: "What comes next"},
		{Kind: markup.ItemBlock, Text: "First."},
		{Kind: markup.ItemBlock, Text: "Second, with $5.", Cited: []markup.CitedSpan{{Claim: 9, Start: 13, End: 15}}},
		{Kind: markup.QuoteBlock, Text: "Nobody asked."},
		{Kind: markup.HeadingBlock, Text: "What they say"},
		{Kind: markup.VoiceBlock, Text: `"It reads as panic."`},
		{Kind: markup.VoiceBlock, Text: "— Rosalind Okafor, Planner"},
		{Kind: markup.RowBlock, Text: "Year\tShips"},
		{Kind: markup.RowBlock, Text: "2025\t6"},
		{Kind: markup.NoteBlock, Text: "Read this"},
		{Kind: markup.NoteBlock, Text: "It was late."},
		{Kind: markup.FootnoteBlock, Text: "Without the Antje.", Links: []string{"/about"}},
	}
	if d := cmp.Diff(want, markup.Blocks(body)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// FuzzBlocks holds that the blocks of any text have exactly its words, and that what is
// cited in them lies within.
func FuzzBlocks(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		var words strings.Builder
		for _, b := range markup.Blocks(body) {
			words.WriteString(b.Text)
			end := 0
			for _, c := range b.Cited {
				if c.Start < end || c.End < c.Start || c.End > len(b.Text) {
					t.Errorf("%q: a figure is cited from %d to %d of %q", body, c.Start, c.End, b.Text)
				}
				end = c.End
			}
		}
		if got, want := squeeze(words.String()), squeeze(markup.PlainText(body)); got != want {
			t.Errorf("%q: blocks say\n%q, the text\n%q", body, got, want)
		}
	})
}
