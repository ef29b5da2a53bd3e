package markup

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// inlines writes the inline nodes from first up to end, exclusive.
func (p *page) inlines(first, end ast.Node) {
	for n := first; n != nil && n != end; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok || t.IsRaw() {
			p.flush()
			p.inline(n)
			continue
		}
		// Neighbouring texts are one, so that a ticker may be broken over two lines.
		p.run = append(p.run, t.Value(p.source)...)
		switch {
		case t.HardLineBreak():
			p.flush()
			p.inWord = false
			p.tag("<br>\n")
		case t.SoftLineBreak():
			p.run = append(p.run, '\n')
		}
	}
	p.flush()
}

// flush writes the collected text.
func (p *page) flush() {
	run := p.run
	p.run = p.run[:0]
	p.text(run)
}

// inline writes one inline node that is not plain text.
func (p *page) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		p.literal(string(n.Value(p.source)))
	case *ast.String:
		p.literal(string(n.Value))
	case *ast.CodeSpan:
		p.codeSpan(n)
	case *ast.Emphasis:
		p.emphasis(n)
	case *ast.Link:
		p.link(n)
	case *ast.AutoLink:
		p.autoLink(n)
	case *ast.Image:
		p.image(n)
	case *marked:
		p.tag(n.open)
		p.inlines(n.FirstChild(), nil)
		p.tag(n.close)
	case *extast.FootnoteLink:
		p.footnoteLink(n)
	case *extast.FootnoteBacklink: // the footnote writes its own
	default:
		p.inlines(n.FirstChild(), nil)
	}
}

// emphasis writes emphasis, and only its words where it stands too deep.
func (p *page) emphasis(n *ast.Emphasis) {
	tag := "em"
	if n.Level == 2 {
		tag = "strong"
	}
	p.depth++
	if p.depth <= maxInlineDepth {
		p.tag("<" + tag + ">")
	}
	p.inlines(n.FirstChild(), nil)
	if p.depth <= maxInlineDepth {
		p.tag("</" + tag + ">")
	}
	p.depth--
}

// codeSpan writes code between backticks.
func (p *page) codeSpan(n *ast.CodeSpan) {
	p.tag("<code>")
	p.literal(codeOf(n, p.source))
	p.tag("</code>")
}

// codeOf returns the code between backticks. In a table, the backslash before a
// vertical bar only kept it from ending the cell.
func codeOf(n *ast.CodeSpan, source []byte) string {
	var code []byte
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			code = append(code, t.Value(source)...)
		}
	}
	code = bytes.ReplaceAll(code, []byte{'\n'}, []byte{' '})
	for up := n.Parent(); up != nil && up.Type() != ast.TypeDocument; up = up.Parent() {
		if up.Kind() == extast.KindTableCell {
			code = bytes.ReplaceAll(code, []byte(`\|`), []byte{'|'})
		}
	}
	return string(code)
}

// link writes a link, or only its words where its address is none that a story may
// link to.
func (p *page) link(n *ast.Link) {
	a := parseAddress(decode(n.Destination))
	if a.kind == ledgerAddress && p.cited(n) {
		return
	}
	if p.inLink || a.kind == noAddress || a.kind == ledgerAddress {
		p.unlinked(n, a)
		return
	}
	p.openLink(a, decode(n.Title))
	if p.plainBetween(n.FirstChild(), nil) == "" { // a link needs words; the number of a footnote is none
		p.literal(a.text)
	}
	p.inlines(n.FirstChild(), nil)
	p.closeLink()
}

// openLink begins a link. A link to another site says that the other page gets no
// handle on this one. It carries no "nofollow": what the newsroom links to, it means
// to recommend, or to show as its source. It opens where readers choose.
func (p *page) openLink(a address, title string) {
	p.inLink = true
	p.tag(`<a href="`)
	p.attribute(a.href)
	if title != "" {
		p.tag(`" title="`)
		p.attribute(title)
	}
	if a.kind == foreignAddress {
		p.tag(`" rel="noopener`)
	}
	p.tag(`">`)
}

func (p *page) closeLink() {
	p.tag("</a>")
	p.inLink = false
}

// autoLink writes an address between angle brackets, with the brackets where it is
// none that a story may link to.
func (p *page) autoLink(n *ast.AutoLink) {
	label := string(n.Label(p.source))
	a, linked := autoAddress(n, p.source)
	switch {
	case !linked:
		p.literal("<" + label + ">")
	case p.inLink:
		p.literal(label)
	default:
		p.openLink(a, "")
		p.literal(label)
		p.closeLink()
	}
}

// autoAddress returns where an address between angle brackets leads, and whether it
// becomes a link.
func autoAddress(n *ast.AutoLink, source []byte) (address, bool) {
	target := string(n.Label(source))
	if n.AutoLinkType == ast.AutoLinkEmail {
		target = "mailto:" + target
	}
	a := parseAddress(target)
	return a, a.kind == ownAddress || a.kind == foreignAddress
}

// footnoteLink writes the number that leads to a footnote.
func (p *page) footnoteLink(n *extast.FootnoteLink) {
	number := strconv.Itoa(n.Index)
	words, inWord := p.words, p.inWord
	if p.inLink {
		p.tag("<sup>" + number + "</sup>")
	} else {
		if p.references == nil {
			p.references = make(map[int]int)
		}
		p.references[n.Index]++
		p.tag(`<sup><a id="` + referenceID(n.Index, p.references[n.Index]) + `" href="#fn-` + number + `" role="doc-noteref">` + number + `</a></sup>`)
	}
	p.words, p.inWord = words, inWord
}

// referenceID returns the ID of the nth reference to a footnote.
func referenceID(footnote, n int) string {
	id := "fnref-" + strconv.Itoa(footnote)
	if n > 1 {
		id += "-" + strconv.Itoa(n)
	}
	return id
}
