package verify

import (
	"bytes"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"standfirst"
)

// page is what a story page says, as far as it is checked.
type page struct {
	article  *html.Node
	evidence string // path of the version's data
	site     string // the name of the publication
	times    []time.Time
}

// parsePage reads the page of a story.
func parsePage(b []byte) (*page, error) {
	doc, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		return nil, standfirst.WrapError(standfirst.Invalid, err, "the page is not HTML")
	}
	p := new(page)
	each(doc, func(n *html.Node) bool {
		switch {
		case n.DataAtom == atom.Article && p.article == nil:
			p.article = n
		case hasClass(n, "nameplate"):
			p.site = textOf(n)
		}
		return true
	})
	if p.article == nil {
		return nil, standfirst.Errorf(standfirst.Invalid, "the page has no article")
	}
	p.dropTalk()
	each(p.article, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.A:
			if attribute(n, "type") == "application/json" {
				if u, err := url.Parse(attribute(n, "href")); err == nil && u.Host == "" {
					p.evidence = u.EscapedPath()
				}
			}
		case atom.Time:
			if t, err := time.Parse(time.RFC3339, attribute(n, "datetime")); err == nil {
				p.times = append(p.times, t)
			}
		}
		return true
	})
	return p, nil
}

// dropTalk takes what readers say about the story out of the article: it is not on the
// record. It stands behind everything else; what stands elsewhere is no talk.
func (p *page) dropTalk() {
	last := p.article.LastChild
	for last != nil && last.Type == html.TextNode && tidy(last.Data) == "" {
		last = last.PrevSibling
	}
	if last != nil && last.DataAtom == atom.Section && attribute(last, "id") == "comments" {
		p.article.RemoveChild(last)
	}
}

// each calls visit for every element below the node; it goes no deeper where that says no.
func each(n *html.Node, visit func(*html.Node) bool) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.ElementNode && !visit(child) {
			continue
		}
		each(child, visit)
	}
}

// first returns the first element below the node that is wanted, or nil.
func first(n *html.Node, wanted func(*html.Node) bool) (found *html.Node) {
	each(n, func(n *html.Node) bool {
		if found == nil && wanted(n) {
			found = n
		}
		return found == nil
	})
	return found
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	for c := range strings.FieldsSeq(attribute(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

// isBlock reports whether the element ends a word on both its sides.
func isBlock(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.A, atom.B, atom.I, atom.Em, atom.Strong, atom.S, atom.Span, atom.Code, atom.Q, atom.Cite, atom.Sup, atom.Sub, atom.Abbr, atom.Small, atom.Mark, atom.Del, atom.Ins, atom.Wbr:
		return false
	}
	return true
}

// textOf returns the words below the node, one space between them.
func textOf(n *html.Node) string {
	var b strings.Builder
	writeText(&b, n)
	return tidy(b.String())
}

func writeText(b *strings.Builder, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
	case n.DataAtom == atom.Script, n.DataAtom == atom.Style:
		return
	}
	if isBlock(n) {
		b.WriteByte(' ')
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		writeText(b, child)
	}
	if isBlock(n) {
		b.WriteByte(' ')
	}
}

// tidy puts one space where there is any.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }
