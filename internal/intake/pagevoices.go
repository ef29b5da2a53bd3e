package intake

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"standfirst/internal/markup"
)

// kept are parts of a page that Markdown has containers for. In the page, and in the
// Markdown that is made of it, a mark stands in their place.
type kept struct {
	parts []string // what the marks stand for
}

// markRune is on both sides of a mark. It is of the private use area.
const markRune = "\ue000"

// mark puts a mark in place of the node, or before it.
func (k *kept) mark(part string) *html.Node {
	p := &html.Node{Type: html.ElementNode, DataAtom: atom.P, Data: "p"}
	p.AppendChild(&html.Node{Type: html.TextNode, Data: fmt.Sprintf("%s%d%[1]s", markRune, len(k.parts))})
	k.parts = append(k.parts, part)
	return p
}

// take puts marks in place of the blocks of voices, the attributed quotations and
// around the notes below the node.
func (k *kept) take(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		part := ""
		switch {
		case c.DataAtom == atom.Section && hasClass(c, []string{"voices"}):
			part = voicesSection(c)
		case c.DataAtom == atom.Figure && hasClass(c, []string{"quote"}):
			if quote, line := quoteFigure(c); len(quote) > 0 {
				part = markup.WriteQuote(quote, line)
			}
		case c.DataAtom == atom.Div && attribute(c, "role") == "note":
			n.InsertBefore(k.mark(":::note"), c)
			n.InsertBefore(k.mark(":::"), next)
		default:
			k.take(c)
		}
		if part != "" {
			n.InsertBefore(k.mark(part), c)
			n.RemoveChild(c)
		}
		c = next
	}
}

// restore puts the parts back in place of their marks.
func (k *kept) restore(body string) string {
	for i, part := range k.parts {
		body = strings.Replace(body, fmt.Sprintf("%s%d%[1]s", markRune, i), part, 1)
	}
	return body
}

// voicesSection writes a section of voices as the container that it was made of.
func voicesSection(n *html.Node) string {
	heading := ""
	if h := find(n, func(d *html.Node) bool {
		return d.DataAtom == atom.H2 || d.DataAtom == atom.H3 || d.DataAtom == atom.H4
	}); h != nil {
		heading = nodeText(h)
	}
	var voices []markup.WrittenVoice
	words := len(heading)
	for d := range n.Descendants() {
		if d.DataAtom == atom.Figure {
			quote, line := quoteFigure(d)
			voices = append(voices, markup.WrittenVoice{Quote: strings.Join(quote, " "), Attribution: line})
			words += len(nodeText(d))
		}
	}
	if len(voices) == 0 || words+len(voices)+1 < len(nodeText(n)) { // something else stands there
		return ""
	}
	return markup.WriteVoices(heading, voices)
}

// quoteFigure returns the paragraphs of a quotation and who says it, "Name, role,
// affiliation · disclosure".
func quoteFigure(n *html.Node) (quote []string, line string) {
	for d := range n.Descendants() {
		if d.DataAtom == atom.P && nodeText(d) != "" {
			quote = append(quote, nodeText(d))
		}
	}
	caption := find(n, func(d *html.Node) bool { return d.DataAtom == atom.Figcaption })
	if caption == nil {
		return quote, ""
	}
	line = nodeText(caption)
	name := find(caption, func(d *html.Node) bool { return hasClass(d, []string{"name"}) })
	if name == nil {
		return quote, line
	}
	// The name stands on a line of its own, which no comma ends.
	rest, found := strings.CutPrefix(line, nodeText(name)+" ")
	if found && !strings.HasPrefix(rest, "·") && !strings.HasPrefix(rest, ",") {
		line = nodeText(name) + ", " + rest
	}
	return quote, strings.ReplaceAll(line, " ,", ",")
}
