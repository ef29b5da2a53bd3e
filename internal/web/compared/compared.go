// Package compared turns the comparison of two texts into what pages show of it: the
// parts that changed, and the blocks in groups of which those far from any change are
// folded. The pages of readers and of the staff share it.
//
// It must not know what is compared, nor where a page stands.
package compared

import (
	"slices"
	"strings"
	"unicode"

	"standfirst"
	"standfirst/internal/diff"
	"standfirst/internal/markup"
	"standfirst/ui"
)

// Part is a part of a story around its text that changed.
type Part struct {
	Name string
	Note string // more than the words tell; may be empty
	Text
}

// Group is a stretch of blocks. One in which nothing changed may be folded.
type Group struct {
	Folded string // what its summary says; empty for one that is open
	Blocks []Block
}

// Block is one block of either text.
type Block struct {
	Kind string // of the block, as a class
	Note string // "New", "Removed"; else empty
	Text
	LinksRemoved, LinksAdded []string
}

// Text is a text with what changed in it.
type Text struct {
	Changed bool
	Runs    []Run
}

// Left returns the text without what was added, and nothing if all of it was.
func (t Text) Left() []Run {
	return slices.DeleteFunc(slices.Clone(t.Runs), func(r Run) bool { return r.Ins })
}

// Right returns the text without what was removed, and nothing if all of it was.
func (t Text) Right() []Run {
	return slices.DeleteFunc(slices.Clone(t.Runs), func(r Run) bool { return r.Del })
}

// Run is a stretch of words. At most one of Del and Ins is set.
type Run struct {
	Text     string
	Del, Ins bool
	Gap      bool // white space follows
}

// InBlocks returns the content as it is compared.
func InBlocks(c standfirst.Content) diff.Story {
	s := diff.Story{Content: c}
	for _, b := range markup.Blocks(c.Body) {
		block := diff.Block{Kind: string(b.Kind), Text: b.Text, Links: b.Links}
		for _, cited := range b.Cited {
			block.Cited = append(block.Cited, diff.Cited(cited))
		}
		s.Blocks = append(s.Blocks, block)
	}
	return s
}

// Parts returns the parts around the text that changed.
func Parts(c diff.Comparison, words ui.Catalogue) []Part {
	var parts []Part
	for _, part := range c.Parts {
		if part.Kind == diff.Same {
			continue
		}
		shown := Part{Name: words.Text("compare.part." + string(part.Part)), Text: newText(part.Runs, part.Kind)}
		if part.Replaced {
			shown.Note = words.Text("compare.picture")
		}
		parts = append(parts, shown)
	}
	return parts
}

const (
	// around is how many unchanged blocks are shown before and after a change.
	around = 1
	// fewFolded is the least number of blocks that are worth folding.
	fewFolded = 3
)

// Groups puts the blocks into groups, and folds what is far from any change.
func Groups(blocks []diff.BlockChange, words ui.Catalogue) []Group {
	var groups []Group
	open := Group{}
	for i := 0; i < len(blocks); {
		far := farFromChange(blocks, i)
		if far < fewFolded {
			far = 0
		}
		if far > 0 {
			if len(open.Blocks) > 0 {
				groups = append(groups, open)
			}
			folded := Group{Folded: words.Text("compare.unchanged", far)}
			for _, b := range blocks[i : i+far] {
				folded.Blocks = append(folded.Blocks, newBlock(b, words))
			}
			groups = append(groups, folded)
			open = Group{}
			i += far
			continue
		}
		open.Blocks = append(open.Blocks, newBlock(blocks[i], words))
		i++
	}
	if len(open.Blocks) > 0 {
		groups = append(groups, open)
	}
	return groups
}

// farFromChange returns how many blocks from i on are neither changed nor next to one
// that is.
func farFromChange(blocks []diff.BlockChange, i int) int {
	if i > 0 && blocks[i-1].Kind != diff.Same {
		return 0
	}
	end := i
	for end < len(blocks) && blocks[end].Kind == diff.Same {
		end++
	}
	if end < len(blocks) {
		end -= around
	}
	return max(end-i, 0)
}

func newBlock(b diff.BlockChange, words ui.Catalogue) Block {
	block := b.New
	if block == nil {
		block = b.Old
	}
	shown := Block{Kind: block.Kind, Text: newText(b.Runs, b.Kind), LinksRemoved: b.LinksRemoved, LinksAdded: b.LinksAdded}
	if b.Kind == diff.Added || b.Kind == diff.Removed {
		shown.Note = words.Text("compare.block." + string(b.Kind))
	}
	return shown
}

func newText(runs []diff.Run, kind diff.Kind) Text {
	t := Text{Changed: kind != diff.Same}
	for i, r := range runs {
		shown := Run{Text: r.Text, Del: r.Op == diff.Delete, Ins: r.Op == diff.Insert}
		if r.Op != diff.Keep {
			shown.Text = strings.TrimRightFunc(r.Text, unicode.IsSpace)
			// What was removed never touches what was added in its place.
			shown.Gap = shown.Text != r.Text || shown.Del && i+1 < len(runs) && runs[i+1].Op == diff.Insert
		}
		t.Runs = append(t.Runs, shown)
	}
	return t
}
