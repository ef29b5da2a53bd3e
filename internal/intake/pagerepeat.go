package intake

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// dropRepeated takes paragraphs out of the body that say the headline, the
// standfirst or the byline again.
func (c *Composition) dropRepeated() {
	repeated := map[string]string{letters(c.Content.Headline): "the headline again", letters(c.Content.Standfirst): "the standfirst again"}
	var names, full string
	for _, b := range c.Content.Bylines {
		names += " " + b.Name
		full += " " + b.Name + " " + b.Role
		repeated[letters(b.Name)], repeated[letters(b.Name+b.Role)] = "the byline again", "the byline again"
	}
	repeated[letters(names)], repeated[letters(full)] = "the byline again", "the byline again"
	delete(repeated, "")
	var out []string
	for block := range strings.SplitSeq(c.Content.Body, "\n\n") {
		words := plain(block)
		key := letters(words)
		reason := repeated[key]
		if reason == "" {
			reason = repeated[letters(withoutBy(words))]
		}
		if reason != "" && !strings.HasPrefix(block, ">") && !strings.HasPrefix(block, "-") {
			c.Left = append(c.Left, Left{Reason: reason, Words: words})
			continue
		}
		out = append(out, block)
	}
	c.Content.Body = trimBlankLines(strings.Join(out, "\n\n"))
}

// withoutBy takes the words off a byline that are not names and roles.
func withoutBy(s string) string {
	words := strings.Fields(s)
	if len(words) == 0 || !strings.EqualFold(strings.Trim(words[0], ":"), "by") {
		return s
	}
	return strings.Join(slices.DeleteFunc(words[1:], func(w string) bool { return w == "and" }), " ")
}

// letters returns the letters and digits of a text in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// promoteDescription makes the first paragraph the standfirst if the page
// describes itself with it, and other paragraphs follow.
func (c *Composition) promoteDescription(description string) {
	first, rest, found := strings.Cut(c.Content.Body, "\n\n")
	if !found || description == "" || letters(plain(first)) != letters(description) || letters(description) == "" {
		return
	}
	c.Content.Standfirst, c.Content.Body = plain(first), trimBlankLines(rest)
}

// description returns what the page says it is about where it is shared.
func description(doc *html.Node) string {
	meta := find(doc, func(n *html.Node) bool {
		return n.DataAtom == atom.Meta && attribute(n, "property") == "og:description"
	})
	if meta == nil {
		return ""
	}
	return strings.Join(strings.Fields(attribute(meta, "content")), " ")
}
