package diff_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"standfirst"
	"standfirst/internal/diff"
)

var update = flag.Bool("update", false, "write the golden files anew")

// story reads a story from the short form of these tests: lines "headline: …" and the
// like, then blocks between empty lines. "# " begins a heading, "> " a quotation; figures
// are cited as [words](claim:8@3), where 3 is the version.
func story(text string) diff.Story {
	var s diff.Story
	for block := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		name, value, _ := strings.Cut(block, ": ")
		switch name {
		case "headline":
			s.Content.Headline = value
		case "standfirst":
			s.Content.Standfirst = value
		case "dateline":
			s.Content.Dateline = value
		case "by":
			for one := range strings.SplitSeq(value, "; ") {
				n, role, _ := strings.Cut(one, ", ")
				s.Content.Bylines = append(s.Content.Bylines, standfirst.Byline{Name: n, Role: role})
			}
		case "picture":
			id, caption, _ := strings.Cut(value, " ")
			n, _ := strconv.Atoi(id) // written by hand
			s.Content.Picture = &standfirst.LeadPicture{ID: standfirst.PictureID(n), Caption: caption}
		default:
			s.Blocks = append(s.Blocks, blockWithCitations(&s, block))
		}
	}
	return s
}

func blockOf(text string) diff.Block {
	b := diff.Block{Kind: "paragraph", Text: text}
	for prefix, kind := range map[string]string{"# ": "heading", "> ": "quote"} {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			b.Kind, b.Text = kind, rest
		}
	}
	return b
}

// blockWithCitations takes the links out of a block.
func blockWithCitations(s *diff.Story, text string) diff.Block {
	b := blockOf(text)
	rest := b.Text
	b.Text = ""
	for {
		before, after, found := strings.Cut(rest, "[")
		b.Text += before
		if !found {
			return b
		}
		words, after, _ := strings.Cut(after, "](")
		address, after, _ := strings.Cut(after, ")")
		rest = after
		numbers, cited := strings.CutPrefix(address, "claim:")
		if !cited {
			b.Text += words
			b.Links = append(b.Links, address)
			continue
		}
		claim, version, _ := strings.Cut(numbers, "@")
		c, _ := strconv.Atoi(claim) // both are written by hand
		v, _ := strconv.Atoi(version)
		start := len(b.Text)
		b.Text += words
		b.Cited = append(b.Cited, diff.Cited{Claim: standfirst.ClaimID(c), Start: start, End: len(b.Text)})
		s.Content.Citations = append(s.Content.Citations, standfirst.Citation{
			Claim: standfirst.ClaimID(c), Version: standfirst.ClaimVersionID(v), Words: words,
		})
	}
}

// show writes a comparison for people.
func show(c diff.Comparison) string {
	var b strings.Builder
	for _, f := range c.Figures {
		fmt.Fprintf(&b, "figure %s", f.Kind)
		if f.Claim != 0 {
			fmt.Fprintf(&b, " claim %s", f.Claim)
		}
		fmt.Fprintf(&b, ": %s → %s\n", cmp.Or(f.Old, "–"), cmp.Or(f.New, "–"))
	}
	for _, p := range c.Parts {
		fmt.Fprintf(&b, "%s %s: %s", p.Part, p.Kind, inline(p.Runs))
		if p.Replaced {
			b.WriteString(" (another picture)")
		}
		b.WriteString("\n")
	}
	for _, change := range c.Blocks {
		block := change.New
		if block == nil {
			block = change.Old
		}
		fmt.Fprintf(&b, "\n%s %s: %s\n", block.Kind, change.Kind, inline(change.Runs))
		for _, l := range change.LinksRemoved {
			fmt.Fprintf(&b, "  no link to %s\n", l)
		}
		for _, l := range change.LinksAdded {
			fmt.Fprintf(&b, "  a link to %s\n", l)
		}
	}
	return b.String()
}

func inline(runs []diff.Run) string {
	var b strings.Builder
	for _, r := range runs {
		switch r.Op {
		case diff.Delete:
			b.WriteString("[-" + r.Text + "-]")
		case diff.Insert:
			b.WriteString("{+" + r.Text + "+}")
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// TestGolden compares the two halves of each testdata/*.txt, between which stands a line
// of equals signs.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			old, now, ok := strings.Cut(string(b), "\n=====\n")
			if !ok {
				t.Fatal("there are no two halves")
			}
			got := show(diff.Compare(story(old), story(now)))
			golden := strings.TrimSuffix(name, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := gocmp.Diff(string(want), got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestFigures(t *testing.T) {
	for _, test := range []struct {
		name     string
		old, now string
		want     []diff.FigureChange
	}{
		{"nothing changed", "It pays [$6 billion](claim:1@1).", "It pays [$6 billion](claim:1@1).", nil},
		{"a cited figure changed", "It pays [up to $6 billion](claim:1@1).", "It pays [up to $5 billion](claim:1@2).",
			[]diff.FigureChange{{Kind: diff.Changed, Claim: 1, Old: "up to $6 billion", New: "up to $5 billion"}}},
		{"the words stayed and the version is newer", "It pays [$6 billion](claim:1@1).", "It pays [$6 billion](claim:1@2).",
			[]diff.FigureChange{{Kind: diff.Renewed, Claim: 1, Old: "$6 billion", New: "$6 billion"}}},
		{"it is cited from now on", "It pays $6 billion.", "It pays [$6 billion](claim:1@1).", nil},
		{"it is cited no longer", "It pays [$6 billion](claim:1@1).", "It pays $6 billion.", nil},
		{"it is written otherwise", "It pays [$6 billion](claim:1@1).", "It pays [$6bn](claim:1@1).", nil},
		{"a hedge was dropped", "It pays [about $6 billion](claim:1@1).", "It pays [$6 billion](claim:1@1).",
			[]diff.FigureChange{{Kind: diff.Changed, Claim: 1, Old: "about $6 billion", New: "$6 billion"}}},
		{"one that nobody cited changed", "Shares fell 1.7% on Monday.", "Shares fell 1.9% on Monday.",
			[]diff.FigureChange{{Kind: diff.Changed, Old: "1.7%", New: "1.9%"}}},
		{"a count changed", "It cuts 4,200 roles in March.", "It cuts 4,300 roles in March.",
			[]diff.FigureChange{{Kind: diff.Changed, Old: "4,200 roles", New: "4,300 roles"}}},
		{"years and days are no figures", "On 5 March 2026 it will close.", "On 6 March 2027 it will close.", nil},
		{"units are not mixed up", "It lost 8% of its 300 lorries.", "It lost 310 lorries and 9% of its sites.",
			[]diff.FigureChange{{Kind: diff.Changed, Old: "300 lorries", New: "310 lorries"}, {Kind: diff.Changed, Old: "8%", New: "9%"}}},
		{"one was added and another removed", "It has 300 lorries.\n\nNothing else is known of it.", "Nothing else is known of it.\n\nIt owes €40m.",
			[]diff.FigureChange{{Kind: diff.Removed, Old: "300 lorries"}, {Kind: diff.Added, New: "€40m"}}},
		{"a moved paragraph changes nothing", "It owes €40m to one bank.\n\nNothing else is known of the group today.", "Nothing else is known of the group today.\n\nIt owes €40m to one bank.", nil},
		{"headline and body say the same", "headline: It pays $6bn\n\nIt pays [$6 billion](claim:1@1).", "headline: It pays $5bn\n\nIt pays [$5 billion](claim:1@2).",
			[]diff.FigureChange{{Kind: diff.Changed, Claim: 1, Old: "$6 billion", New: "$5 billion"}}},
		{"a claim is cited in more words than one", "It pays [$6 billion](claim:1@1), or [6 billion dollars](claim:1@1).", "It pays [$7 billion](claim:1@2), or [7 billion dollars](claim:1@2).",
			[]diff.FigureChange{{Kind: diff.Changed, Claim: 1, Old: "$6 billion", New: "$7 billion"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := diff.Compare(story(test.old), story(test.now)).Figures
			if d := gocmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestSame(t *testing.T) {
	const text = "headline: Ferries\n\nThe *Antje* sails."
	if !diff.Compare(story(text), story(text)).Same() {
		t.Error("a text differs from itself")
	}
	for name, other := range map[string]string{
		"headline": "headline: Ferry\n\nThe *Antje* sails.", "word": "headline: Ferries\n\nThe *Antje* sailed.",
		"link": "headline: Ferries\n\nThe [*Antje*](https://example.com) sails.", "picture": "headline: Ferries\n\npicture: 3 \n\nThe *Antje* sails.",
	} {
		if diff.Compare(story(text), story(other)).Same() {
			t.Errorf("another %s makes no difference", name)
		}
	}
}
