package markup

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// footnotes writes the footnotes at the end of the text, each with links back to
// where it is referred to.
func (p *page) footnotes(n *extast.FootnoteList) {
	p.tag(`<section class="footnotes" role="doc-endnotes" aria-label="`)
	p.attribute(p.options.NotesLabel)
	p.tag(`">` + "\n<ol>\n")
	for note := n.FirstChild(); note != nil; note = note.NextSibling() {
		footnote, ok := note.(*extast.Footnote)
		if !ok {
			continue
		}
		p.tag(`<li id="fn-` + strconv.Itoa(footnote.Index) + `">` + "\n")
		p.footnoteBlocks(footnote)
		p.tag("</li>\n")
	}
	p.tag("</ol>\n</section>\n")
}

// footnoteBlocks writes the blocks of a footnote, with the links back at the end of
// the last one if that is a paragraph.
func (p *page) footnoteBlocks(n *extast.Footnote) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if _, ok := child.(*extast.FootnoteBacklink); ok {
			continue
		}
		paragraph, ok := child.(*ast.Paragraph)
		if !ok || paragraph.NextSibling() != nil {
			p.block(child)
			continue
		}
		p.inWord = false
		p.tag("<p>")
		p.inlines(paragraph.FirstChild(), nil)
		p.backLinks(n.Index)
		p.tag("</p>\n")
		return
	}
	p.tag("<p>")
	p.backLinks(n.Index)
	p.tag("</p>\n")
}

// backLinks writes a link to each reference that was written.
func (p *page) backLinks(index int) {
	for n := 1; n <= p.references[index]; n++ {
		p.tag(` <a href="#` + referenceID(index, n) + `" role="doc-backlink" aria-label="`)
		p.attribute(p.options.BackLabel)
		if n > 1 {
			p.attribute(" " + strconv.Itoa(n))
		}
		p.tag(`">↩</a>`)
	}
}

// unusedFootnotes puts the words of footnotes that nothing refers to where the
// footnotes were written. Without it they would be lost.
type unusedFootnotes struct{}

func (unusedFootnotes) Transform(document *ast.Document, _ text.Reader, _ parser.Context) {
	var list *extast.FootnoteList
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if found, ok := n.(*extast.FootnoteList); ok && entering {
			list = found
			return ast.WalkStop, nil
		}
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	if list == nil {
		return
	}
	parent := list.Parent()
	for note := list.FirstChild(); note != nil; {
		next := note.NextSibling()
		if footnote, ok := note.(*extast.Footnote); ok && footnote.Index < 0 {
			for child := footnote.FirstChild(); child != nil; {
				after := child.NextSibling()
				parent.InsertBefore(parent, list, child)
				child = after
			}
			list.RemoveChild(list, footnote)
		}
		note = next
	}
}
