package intake

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"standfirst"
	"standfirst/internal/copydesk"
)

var (
	authorClasses = []string{"author", "contributor"}
	nameClasses   = []string{"name", "author-name", "fn"}
	roleClasses   = []string{"role", "author-role", "author-title", "job-title", "jobtitle"}
)

// takeByline reads the byline that the element holds, and reports whether it does.
func (h *pageHead) takeByline(n *html.Node) bool {
	found := markedBylines(n)
	line := bylineWords(n)
	if len(found) == 0 {
		found = bylinesIn(line)
	}
	if len(found) == 0 {
		return false
	}
	h.bylines = plainBylines(append(h.bylines, found...))
	// Dates, buttons and the like stand in bylines too.
	if around := strings.TrimSpace(strings.Replace(nodeText(n), line, "", 1)); around != "" && around != nodeText(n) {
		h.left = append(h.left, Left{Reason: "line of the byline", Words: around})
	}
	return true
}

// markedBylines returns the bylines of an element in which each author's name and
// role are elements of their own.
func markedBylines(n *html.Node) []standfirst.Byline {
	isName := func(d *html.Node) bool {
		return attribute(d, "rel") == "author" || hasClass(d, nameClasses) || attribute(d, "itemprop") == "name" || d.DataAtom == atom.B
	}
	isRole := func(d *html.Node) bool { return hasClass(d, roleClasses) || attribute(d, "itemprop") == "jobTitle" }
	read := func(of *html.Node) (b standfirst.Byline, ok bool) {
		if name := find(of, isName); name != nil {
			b.Name = nodeText(name)
		}
		if role := find(of, isRole); role != nil {
			b.Role = nodeText(role)
		}
		return b, b.Name != ""
	}
	var all []standfirst.Byline
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && hasClass(d, authorClasses) && attribute(d, "rel") != "author" {
			if b, ok := read(d); ok {
				all = append(all, b)
			}
		}
	}
	if len(all) > 0 {
		return all
	}
	if b, ok := read(n); ok && b.Role != "" {
		return []standfirst.Byline{b}
	}
	return nil
}

// bylineWords returns the words of a byline without its dates and buttons.
func bylineWords(n *html.Node) string {
	if address := find(n, func(d *html.Node) bool { return d.DataAtom == atom.Address }); address != nil {
		return nodeText(address)
	}
	var words []string
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				words = append(words, strings.Fields(c.Data)...)
			case c.DataAtom == atom.Time || c.DataAtom == atom.Button || hasClass(c, []string{"dates", "date", "time", "published", "actions"}):
			default:
				visit(c)
			}
		}
	}
	visit(n)
	line := strings.Join(words, " ")
	return strings.TrimSpace(strings.NewReplacer(" ,", ",", " ;", ";").Replace(strings.Trim(line, " |·•–—-,")))
}

// bylinesIn reads a line as the copy desk reads bylines.
func bylinesIn(line string) []standfirst.Byline {
	if line == "" || len(line) > 300 {
		return nil
	}
	if lower := strings.ToLower(line); !strings.HasPrefix(lower, "by ") && !strings.HasPrefix(lower, "by:") && !strings.HasPrefix(lower, "words:") {
		line = "By " + line
	}
	// The copy desk looks for a byline between a headline and a text.
	const before, after = "Harbour sells its cranes to a buyer from abroad\n\n", "\n\nThe harbour said on Monday that it sells its cranes. The buyer pays in three parts, the first of them this year.\n"
	if r := copydesk.Read(before+line+after, standfirst.Day{}); len(r.Bylines) > 0 {
		return bylinesOf(r.Bylines)
	}
	if b := parseByline(line[len("By "):]); b.Name != "" && len(b.Name) <= 60 {
		return []standfirst.Byline{b}
	}
	return nil
}
