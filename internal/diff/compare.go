package diff

import (
	"strings"

	"standfirst"
)

// Story is one revision as it is compared.
type Story struct {
	// Content is what was written. Of its fields, Body is not looked at: Blocks are. Its
	// Citations have the versions that they mean.
	Content standfirst.Content
	Blocks  []Block // of the body, in order
}

// Block is one block of a text without any marks.
type Block struct {
	// Kind tells blocks apart that are never compared with each other, such as "heading"
	// and "paragraph". This package gives no meaning to it.
	Kind  string
	Text  string
	Links []string // where its links lead, in order
	Cited []Cited  // figures that are cited in it, in order and without overlaps
}

// Cited is a place in a block where a claim is cited.
type Cited struct {
	Claim      standfirst.ClaimID
	Start, End int // byte offsets into the text of the block, End exclusive
}

// Kind says what became of a block, a part or a figure.
type Kind string

// The kinds.
const (
	Same    Kind = "same"
	Changed Kind = "changed"
	Added   Kind = "added"
	Removed Kind = "removed"
	// Renewed is a cited figure whose words stayed while it cites a newer version of its
	// claim: what the newsroom knows of it is different now.
	Renewed Kind = "renewed"
)

// Comparison is what changed from an old revision to a new one.
type Comparison struct {
	Figures []FigureChange // in the order of the text; no unchanged ones
	Parts   []PartChange   // every part that one of the revisions has, in the order of Part
	Blocks  []BlockChange  // every block of both, in the order of reading
}

// Part is one of the parts of a story around its body.
type Part string

// The parts, in the order in which they are compared.
const (
	Headline   Part = "headline"
	Standfirst Part = "standfirst"
	Byline     Part = "byline"
	Disclosure Part = "disclosure" // of the story; those of its authors come from their pages
	Dateline   Part = "dateline"
	Picture    Part = "picture" // its description, caption and credit
	Section    Part = "section"
	Topics     Part = "topics"
	Social     Part = "social" // the title and the picture's description where it is shared
)

// PartChange is what became of a part.
type PartChange struct {
	Part Part
	Kind Kind
	Runs []Run
	// Replaced says that the picture of the part is another one, whatever became of its words.
	Replaced bool
}

// BlockChange is what became of a block. Old is nil for one that was added, New for one
// that was removed.
type BlockChange struct {
	Kind     Kind
	Old, New *Block
	Runs     []Run
	// LinksRemoved and LinksAdded are where links led or lead now.
	LinksRemoved, LinksAdded []string
}

// Op says to which of the two texts a run belongs.
type Op uint8

// The operations.
const (
	Keep   Op = iota // to both
	Delete           // to the old one
	Insert           // to the new one
)

// Run is a stretch of words. Next to each other, the deleted words come first. White
// space between words is that of the new text where both have it.
type Run struct {
	Op   Op
	Text string
}

// Same reports whether nothing changed that a reader could see.
func (c Comparison) Same() bool {
	for _, p := range c.Parts {
		if p.Kind != Same {
			return false
		}
	}
	for _, b := range c.Blocks {
		if b.Kind != Same {
			return false
		}
	}
	return len(c.Figures) == 0
}

// Compare returns what changed from the old revision to the new one.
func Compare(old, now Story) Comparison {
	var c Comparison
	before, after := partsOf(old.Content), partsOf(now.Content)
	for i, name := range []Part{Headline, Standfirst, Byline, Disclosure, Dateline, Picture, Section, Topics, Social} {
		if p, ok := comparePart(name, before[i], after[i]); ok {
			p.Replaced = name == Picture && pictureOf(old.Content) != pictureOf(now.Content) ||
				name == Social && old.Content.Social.Picture != now.Content.Social.Picture
			if p.Replaced && p.Kind == Same {
				p.Kind = Changed
			}
			c.Parts = append(c.Parts, p)
		}
	}
	c.Blocks = align(old.Blocks, now.Blocks)
	c.Figures = changedFigures(c, old.Content.Citations, now.Content.Citations)
	return c
}

// comparePart reports false where neither revision has the part.
func comparePart(name Part, old, now string) (PartChange, bool) {
	p := PartChange{Part: name}
	switch {
	case old == "" && now == "":
		return p, false
	case old == now:
		p.Kind, p.Runs = Same, []Run{{Keep, now}}
	case old == "":
		p.Kind, p.Runs = Added, []Run{{Insert, now}}
	case now == "":
		p.Kind, p.Runs = Removed, []Run{{Delete, old}}
	default:
		p.Kind, p.Runs = Changed, words(old, now)
	}
	return p, true
}

// partsOf returns the words of the parts, in their order.
func partsOf(c standfirst.Content) []string {
	names := make([]string, len(c.Bylines))
	for i, b := range c.Bylines {
		names[i] = b.Name
		if b.Role != "" {
			names[i] += ", " + b.Role
		}
	}
	picture := ""
	if p := c.Picture; p != nil {
		picture = joinFilled([]string{p.Alt, p.Caption, p.Credit})
		if picture == "" {
			picture = "…" // there is one, of which nothing is said
		}
	}
	return []string{c.Headline, c.Standfirst, strings.Join(names, "; "), c.Disclosure, c.Dateline, picture, c.Section, strings.Join(c.Topics, ", "), social(c.Social)}
}

func social(s standfirst.Social) string {
	words := joinFilled([]string{s.Title, s.Alt})
	if words == "" && s.Picture != 0 {
		words = "…"
	}
	return words
}

func joinFilled(words []string) string {
	var filled []string
	for _, w := range words {
		if w != "" {
			filled = append(filled, w)
		}
	}
	return strings.Join(filled, " · ")
}

// pictureOf returns the picture at the head of the content; zero if there is none.
func pictureOf(c standfirst.Content) standfirst.PictureID {
	if c.Picture == nil {
		return 0
	}
	return c.Picture.ID
}
