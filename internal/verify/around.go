package verify

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"standfirst/ui"
)

// rest goes through what stands around the text: each run of it must be explained.
func (r *reader) rest(n *html.Node) {
	for child := n.FirstChild; child != nil && !r.wrong; child = child.NextSibling {
		switch {
		case child.Type == html.TextNode:
			if !r.explained(child.Data, 0) {
				if r.isTitle(child) {
					r.names = append(r.names, "“"+clip(tidy(child.Data))+"”")
				} else if inSources(child) {
					// Often the words of the text, shown again.
					if !strings.Contains(r.text, fold(child.Data)) {
						r.unknown = append(r.unknown, "“"+clip(tidy(child.Data))+"”")
					}
				} else {
					r.fail("“%s” stands in the article, and is of no version, figure or notice on the record", clip(tidy(child.Data)))
				}
			}
		case isLicence(child):
			r.licence(child)
		case child.DataAtom == atom.Script, child.DataAtom == atom.Style, r.compared[child]:
		case child.DataAtom == atom.Time && isMoment(textOf(child)): // which moment is compared apart
		default:
			r.rest(child)
		}
	}
}

// moment is a word of a day or a time of day, as pages write them.
var moment = regexp.MustCompile(`^([0-9][0-9:.,]*|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6},?|(?i:mon|tues|wednes|thurs|fri|satur|sun)day,?|[A-Z]{2,5}|[+-][0-9]{2,4})$`)

// isMoment reports whether the words are those of a moment and nothing else.
func isMoment(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if !moment.MatchString(word) {
			return false
		}
	}
	return true
}

// isTitle reports whether the text is the title of a note in the margin: what a figure
// states, and the name of what it is about.
func (r *reader) isTitle(n *html.Node) bool {
	if n.Parent.DataAtom != atom.B || n.Parent.Parent == nil || n.Parent.Parent.Parent == nil || !hasClass(n.Parent.Parent.Parent, "margin") {
		return false
	}
	for _, subject := range r.subjects {
		if rest, ok := strings.CutPrefix(strings.ToLower(tidy(n.Data)), subject); ok && (strings.HasPrefix(rest, " of ") || strings.HasPrefix(rest, " in ")) {
			return true
		}
	}
	return false
}

// inSources reports whether the text is of a line that tells where a figure comes from.
func inSources(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == atom.Section && hasClass(p, "sources") {
			return n.Parent.DataAtom == atom.P
		}
	}
	return false
}

// maxExplained is longer than any string of the interface with what is filled in.
const maxExplained = 4096

var (
	// numeric is a number, a day or a time of day.
	numeric = regexp.MustCompile(`^[0-9][0-9:.,]*$|^[0-9]{1,2} (january|february|march|april|may|june|july|august|september|october|november|december) [0-9]{4}$`)
	// derived is a figure that follows from others, as panels of deals have them.
	derived = regexp.MustCompile(`^((about|at most|at least|more than|less than|under|over|up to|between) )*[0-9.,]+%( (to|and) [0-9.,]+%)?$`)
	// verb is one of package fmt in a string of the interface.
	verb = regexp.MustCompile(`%(\[\d+\])?[sdvq]`)
)

// explained reports whether the words are of the interface, or of the record.
func (r *reader) explained(text string, depth int) bool {
	text = fold(text)
	if text == "" || r.allowed[text] || r.inPanel && derived.MatchString(text) || numeric.MatchString(text) || !strings.ContainsFunc(text, isLetterOrDigit) {
		return true
	}
	if at := strings.LastIndexByte(text, ' '); strings.HasSuffix(text, strings.ToLower(r.s.path)) && isAddress(text[at+1:]) {
		return r.explained(text[:at+1], depth) // the address of the page
	}
	if depth > 4 || len(text) > maxExplained {
		return false
	}
	for _, separator := range []string{" · ", "; ", ", ", " / ", ". ", ": "} {
		if before, after, ok := strings.Cut(text, separator); ok && r.explained(before, depth+1) && r.explained(after, depth+1) {
			return true
		}
	}
	if r.inPanel && r.explainedReading(text, depth) {
		return true
	}
	for _, pattern := range r.patterns {
		if match := pattern.FindStringSubmatch(text); match != nil && r.allExplained(match[1:], depth+1) {
			return true
		}
	}
	return false
}

// explainedReading reports whether the words are a figure that follows from others, with
// the reading of the valuation behind it.
func (r *reader) explainedReading(text string, depth int) bool {
	for key, words := range r.strings {
		if !strings.HasPrefix(key, "reading.") {
			continue
		}
		if rest, ok := strings.CutSuffix(text, " "+fold(words)); ok && r.explained(rest, depth+1) {
			return true
		}
	}
	return false
}

func (r *reader) allExplained(texts []string, depth int) bool {
	for _, t := range texts {
		if !r.explained(t, depth) {
			return false
		}
	}
	return true
}

// isAddress reports whether the word is an address of the web.
func isAddress(word string) bool {
	return strings.HasPrefix(word, "http://") || strings.HasPrefix(word, "https://") || strings.HasPrefix(word, "/")
}

func isLetterOrDigit(c rune) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0xc0
}

// patternsOf returns a pattern for each string of the interface that has words.
func patternsOf(catalogue ui.Catalogue) []*regexp.Regexp {
	var patterns []*regexp.Regexp
	for _, text := range catalogue {
		pieces := verb.Split(fold(text), -1)
		words := false
		for i, piece := range pieces {
			words = words || strings.ContainsFunc(piece, isLetterOrDigit)
			pieces[i] = regexp.QuoteMeta(piece)
		}
		if words {
			patterns = append(patterns, regexp.MustCompile(`^`+strings.Join(pieces, `(.+?)`)+`$`))
		}
	}
	return patterns
}

func orEmpty(n *html.Node) *html.Node {
	if n == nil {
		return &html.Node{Type: html.TextNode}
	}
	return n
}

// clip shortens words for a report.
func clip(s string) string {
	if len(s) <= 120 {
		return s
	}
	return strings.ToValidUTF8(s[:120], "") + "…"
}
