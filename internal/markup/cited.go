package markup

import (
	"strconv"

	"github.com/yuin/goldmark/ast"

	"standfirst"
)

// CitedFigure says how a figure that the text cites is shown.
type CitedFigure struct {
	// Href leads to where the figure comes from, such as "#figure-88".
	Href string
	// Struck says that the words no longer hold: they are struck through.
	Struck bool
	// Mark is said right behind the words, such as "now $110 billion" or "denied"; empty
	// for a figure that is held.
	Mark string
	// Note, when it has a title, stands in the margin beside the paragraph, or below it
	// where there is no margin.
	Note MarginNote
}

// MarginNote is said in the margin about a figure. Link and Href may be empty.
type MarginNote struct{ Title, Text, Link, Href string }

// CitedID returns the ID of the nth place, from 1, at which a text cites the claim.
func CitedID(claim standfirst.ClaimID, nth int) string {
	id := "cited-" + claim.String()
	if nth > 1 {
		id += "-" + strconv.Itoa(nth)
	}
	return id
}

// cited writes a link that cites a claim. It reports false where nothing is known of
// the claim.
func (p *page) cited(n *ast.Link) bool {
	if p.options.Cited == nil || p.inLink {
		return false
	}
	citation, ok := citationOf(n, p.source)
	if !ok {
		return false
	}
	figure, ok := p.options.Cited(citation)
	if !ok {
		return false
	}
	claim := citation.Claim
	if p.citations == nil {
		p.citations = make(map[standfirst.ClaimID]int)
		p.noted = make(map[standfirst.ClaimID]bool)
	}
	p.citations[claim]++
	p.inLink = true
	p.tag(`<a class="cited" id="` + CitedID(claim, p.citations[claim]) + `" href="`)
	p.attribute(figure.Href)
	p.tag(`">`)
	if figure.Struck {
		p.tag("<s>")
	}
	p.inlines(n.FirstChild(), nil)
	if figure.Struck {
		p.tag("</s>")
	}
	p.closeLink()
	if figure.Mark != "" {
		words, inWord := p.words, p.inWord
		p.tag(` <span class="now">`)
		p.literal(figure.Mark)
		p.tag("</span>")
		p.words, p.inWord = words, inWord
	}
	if figure.Note.Title != "" && !p.noted[claim] {
		p.noted[claim] = true
		p.notes = append(p.notes, figure.Note)
	}
	return true
}

// besides writes the notes that the paragraph from start on has collected, and sets
// both into one row, so that notes never overlap.
func (p *page) besides(start int) {
	if len(p.notes) == 0 {
		return
	}
	paragraph := string(p.out[start:])
	p.out = p.out[:start]
	p.tag(`<div class="row-noted">` + "\n" + paragraph + `<div class="margin" role="note">` + "\n")
	words, inWord := p.words, p.inWord
	for _, note := range p.notes {
		p.tag("<p><b>")
		p.literal(note.Title)
		p.tag("</b> ")
		p.literal(note.Text)
		if note.Href != "" {
			p.tag(` <a href="`)
			p.attribute(note.Href)
			p.tag(`">`)
			p.literal(note.Link)
			p.tag("</a>")
		}
		p.tag("</p>\n")
	}
	p.words, p.inWord = words, inWord
	p.tag("</div>\n</div>\n")
	p.notes = nil
}
