package intake

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"standfirst"
)

// pageHead is what the structure of a page says of its story. What it was read
// from is taken out of the page.
type pageHead struct {
	root       *html.Node // what holds the story; nil if the structure does not say
	body       *html.Node // what holds its text; nil if the structure does not say
	headline   string
	kicker     string
	standfirst string
	bylines    []standfirst.Byline
	stated     standfirst.Day
	left       []Left
}

// Class names that say what an element is.
var (
	kickerClasses     = []string{"kicker", "eyebrow", "overline"}
	standfirstClasses = []string{"standfirst", "dek", "deck", "subtitle", "subheadline", "summary", "excerpt"}
	bylineClasses     = []string{"byline", "by-line", "article-byline", "post-byline", "entry-byline"}
	bodyClasses       = []string{"body", "article-body", "article__body", "story-body", "entry-content", "post-content"}
	furnitureClasses  = []string{"share", "topics", "related", "source"}
)

// Bounds of what stands in the head of a page, in bytes.
const (
	longParagraph = 160 // a paragraph from here on is the story's text: the head ends
	maxStandfirst = 1000
)

// readHead reads the head of the page's story and takes it out of the page.
func readHead(doc *html.Node) pageHead {
	var h pageHead
	if h.root = storyRoot(doc); h.root == nil {
		return h
	}
	if t := find(h.root, func(n *html.Node) bool { return n.DataAtom == atom.Time && attribute(n, "datetime") != "" }); t != nil {
		day := attribute(t, "datetime")
		if d, err := standfirst.ParseDay(day[:min(len(day), len("2006-01-02"))]); err == nil {
			h.stated = d
		}
	}
	h.look(h.root)
	h.body = storyBody(h.root)
	if h.body == nil {
		h.dropFurniture(h.root)
	} else {
		h.noteAround(h.root)
	}
	return h
}

// storyRoot returns the element that holds the headline and the story.
func storyRoot(doc *html.Node) *html.Node {
	isHeadline := func(n *html.Node) bool { return n.DataAtom == atom.H1 && nodeText(n) != "" }
	for _, outer := range []atom.Atom{atom.Article, atom.Main} {
		if root := find(doc, func(n *html.Node) bool { return n.DataAtom == outer && find(n, isHeadline) != nil }); root != nil {
			return root
		}
	}
	// Elsewhere a heading is that of the story if the page is called by it.
	h1, title := find(doc, isHeadline), find(doc, func(n *html.Node) bool { return n.DataAtom == atom.Title })
	if h1 == nil || title == nil || !strings.Contains(nodeText(title), nodeText(h1)) {
		return nil
	}
	return find(doc, func(n *html.Node) bool { return n.DataAtom == atom.Body })
}

// storyBody returns the element that holds most of the story's paragraphs, if it
// says so itself.
func storyBody(root *html.Node) *html.Node {
	paragraphs := func(n *html.Node) (length int) {
		for d := range n.Descendants() {
			if d.DataAtom == atom.P {
				length += len(nodeText(d))
			}
		}
		return length
	}
	body := find(root, func(n *html.Node) bool {
		return hasClass(n, bodyClasses) || strings.EqualFold(attribute(n, "itemprop"), "articleBody")
	})
	if body == nil || paragraphs(body)*2 < paragraphs(root) || paragraphs(body) == 0 {
		return nil
	}
	return body
}

// look reads the elements of the head below the node, and reports whether the head
// may go on after it.
func (h *pageHead) look(n *html.Node) bool {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode {
			if taken, goOn := h.take(c); taken {
				n.RemoveChild(c)
			} else if !goOn {
				return false
			}
		}
		c = next
	}
	return true
}

// take reads one element, or those below it. It reports whether it was read whole,
// and otherwise whether the head may go on after it.
func (h *pageHead) take(n *html.Node) (taken, goOn bool) {
	switch n.DataAtom {
	case atom.Nav, atom.Aside, atom.Footer, atom.Form, atom.Button, atom.Figure, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Article:
		return false, true
	}
	words := nodeText(n)
	switch {
	case words == "":
		return false, true
	case n.DataAtom == atom.H1 && h.headline == "":
		h.headline = words
	case hasClass(n, kickerClasses) && h.headline == "" && len(words) < longParagraph:
		h.kicker = words
	case hasClass(n, standfirstClasses) && h.headline != "" && h.standfirst == "" && len(words) <= maxStandfirst:
		h.standfirst = words
	case (hasClass(n, bylineClasses) || attribute(n, "rel") == "author") && len(words) <= maxStandfirst && h.takeByline(n):
	case n.DataAtom == atom.P && len(words) >= longParagraph:
		return false, false
	default:
		return false, h.look(n)
	}
	return true, true
}

// dropFurniture takes out of the story what our own pages and others mark as no part
// of its text.
func (h *pageHead) dropFurniture(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.DataAtom == atom.Nav || hasClass(c, furnitureClasses) && len(nodeText(c)) <= maxStandfirst {
			h.leave(c)
			n.RemoveChild(c)
		} else {
			h.dropFurniture(c)
		}
		c = next
	}
}

// noteAround says what stands in the story's element around its body, and is left.
func (h *pageHead) noteAround(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c == h.body {
			continue
		}
		if find(c, func(d *html.Node) bool { return d == h.body }) != nil {
			h.noteAround(c)
			continue
		}
		h.leave(c)
	}
}

// leave notes the words of an element that is left out.
func (h *pageHead) leave(n *html.Node) {
	reason := "part of the page around the text"
	switch {
	case n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Template || n.DataAtom == atom.Noscript:
		return
	case n.DataAtom == atom.Figure || n.DataAtom == atom.Picture || n.DataAtom == atom.Img:
		reason = "picture or player"
	case hasClass(n, []string{"topics"}):
		reason = "topics of the page"
	case hasClass(n, []string{"share"}):
		reason = "share bar"
	case hasClass(n, []string{"source"}):
		reason = "address of the page"
	}
	if words := nodeText(n); words != "" {
		h.left = append(h.left, Left{Reason: reason, Words: words})
	}
}

// find returns the first element below the node, in the order of the page, for
// which is returns true.
func find(n *html.Node, is func(*html.Node) bool) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			return d
		}
	}
	return nil
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// hasClass reports whether the element has one of the classes.
func hasClass(n *html.Node, classes []string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	for class := range strings.FieldsSeq(attribute(n, "class")) {
		if slices.Contains(classes, strings.ToLower(class)) {
			return true
		}
	}
	return false
}
