package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// leftOut are elements that are not the text of an article.
var leftOut = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Head: true, atom.Title: true,
	atom.Iframe: true, atom.Object: true, atom.Embed: true, atom.Applet: true, atom.Canvas: true, atom.Svg: true,
	atom.Math: true, atom.Audio: true, atom.Video: true, atom.Img: true, atom.Image: true, atom.Map: true,
	atom.Input: true, atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Datalist: true,
	atom.Progress: true, atom.Meter: true, atom.Dialog: true, atom.Link: true, atom.Meta: true, atom.Base: true,
}

// maxPageDepth is how deep elements of a page may stand inside each other; what is
// deeper keeps its words only.
const maxPageDepth = 200

// tidyPage brings the page's tree to what story text can say.
func tidyPage(doc *html.Node) {
	total := textLength(doc)
	tidy(doc, total, 0)
}

// tidy tidies the children of a node. The total is the length of the page's text.
func tidy(parent *html.Node, total, depth int) {
	for n := parent.FirstChild; n != nil; {
		next := n.NextSibling
		switch {
		case n.Type == html.TextNode:
		case n.Type != html.ElementNode, leftOut[n.DataAtom], isHidden(n),
			n.DataAtom == atom.Form && textLength(n)*2 < total: // some pages are one large form
			parent.RemoveChild(n)
		case depth >= maxPageDepth:
			parent.InsertBefore(&html.Node{Type: html.TextNode, Data: textOf(n)}, n)
			parent.RemoveChild(n)
		default:
			tidy(n, total, depth+1)
			tidyElement(n)
		}
		n = next
	}
}

// isHidden reports whether readers of the page did not see the element.
func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "aria-hidden" && a.Val == "true" {
			return true
		}
	}
	return false
}

// tidyElement changes an element whose children are tidy.
func tidyElement(n *html.Node) {
	switch n.DataAtom {
	case atom.H1:
		rename(n, atom.H2)
	case atom.Figcaption, atom.Caption:
		rename(n, atom.P)
		if table := n.Parent; table != nil && table.DataAtom == atom.Table && table.Parent != nil {
			table.RemoveChild(n)
			table.Parent.InsertBefore(n, table)
		}
	case atom.A:
		a := parseAddress(attributeOf(n, "href"))
		if a.kind != foreignAddress && !strings.HasPrefix(a.href, "mailto:") && !strings.HasPrefix(a.href, "tel:") {
			rename(n, atom.Span)
			break
		}
		href := strings.NewReplacer("(", "%28", ")", "%29").Replace(a.href)
		n.Attr = []html.Attribute{{Key: "href", Val: href}}
		return
	case atom.Table:
		if isLayout(n) {
			flattenTable(n)
		}
	case atom.Td, atom.Th:
		flattenCell(n)
	case atom.Form, atom.Figure, atom.Picture:
		rename(n, atom.Div)
	}
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a.Key == "start" || a.Key == "colspan" || a.Key == "rowspan" {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
}

func rename(n *html.Node, to atom.Atom) { n.DataAtom, n.Data = to, to.String() }

func attributeOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// isLayout reports whether a table only arranges a page: it holds another, or rows
// of at most one cell.
func isLayout(table *html.Node) bool {
	wide := false
	for d := range table.Descendants() {
		switch d.DataAtom {
		case atom.Table:
			return true
		case atom.Td, atom.Th:
			wide = wide || d.NextSibling != nil && nextCell(d) != nil
		}
	}
	return !wide
}

func nextCell(n *html.Node) *html.Node {
	for s := n.NextSibling; s != nil; s = s.NextSibling {
		if s.DataAtom == atom.Td || s.DataAtom == atom.Th {
			return s
		}
	}
	return nil
}

// flattenTable makes plain blocks of a table and its parts.
func flattenTable(table *html.Node) {
	for d := range table.Descendants() {
		switch d.DataAtom {
		case atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th:
			rename(d, atom.Div)
		}
	}
	rename(table, atom.Div)
}

// flattenCell leaves one line of inline elements in a cell, which is all that it can
// hold in Markdown.
func flattenCell(cell *html.Node) {
	if holdsTable(cell) {
		return // a layout table, which will be flattened itself
	}
	for d := range cell.Descendants() {
		switch d.DataAtom {
		case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Li, atom.Br, atom.Hr, atom.Pre, atom.Blockquote, atom.Section,
			atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dl, atom.Dt, atom.Dd, atom.Article:
			rename(d, atom.Span)
			d.Attr = nil
			d.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, d.FirstChild)
			d.AppendChild(&html.Node{Type: html.TextNode, Data: " "})
		}
		if d.Type == html.TextNode {
			d.Data = strings.Join(strings.FieldsFunc(d.Data, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
		}
	}
}

func holdsTable(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Table {
			return true
		}
	}
	return false
}

// textLength returns the length of the words below a node, in bytes.
func textLength(n *html.Node) int {
	length := 0
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			length += len(strings.TrimSpace(d.Data))
		}
	}
	return length
}

// textOf returns the words below a node that are text of an article.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && !leftOut[d.Parent.DataAtom] {
			b.WriteString(d.Data + " ")
		}
	}
	return b.String()
}
