package verify

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/record"
	"standfirst/ui"
)

// words checks that the words of the article are those of the version, and every other
// word of it is of a figure or notice that is on the record, or of the interface.
func (s *story) words() {
	r := newReader(s)
	if r == nil {
		return
	}
	article := s.page.article
	r.same("headline", textOf(r.compare(article, func(n *html.Node) bool { return n.DataAtom == atom.H1 })), r.part("headline"))
	if s.data.Withdrawal == nil {
		r.same("standfirst", textOf(r.compare(article, func(n *html.Node) bool { return hasClass(n, "standfirst") })), r.part("standfirst"))
		if body := r.compare(article, func(n *html.Node) bool { return hasClass(n, "body") }); body.Type == html.ElementNode {
			r.body(body)
		} else if !r.withheld {
			r.s.wrong("the page has no text, and the version has one")
		}
	}
	if s.data.Withdrawal == nil || len(r.bylines) > 0 {
		r.byline(r.compare(article, func(n *html.Node) bool { return n.DataAtom == atom.Address }))
	}
	r.rest(article)
	if r.wrong {
		return
	}
	s.ok("the words of the article are those of version %d", s.data.Version)
	if len(r.names) > 0 {
		s.look("the names of what figures are about are not on the record: %s", strings.Join(r.names, ", "))
	}
	if r.panels > 0 {
		s.look("%d lines in panels show what the ledger holds today; each figure there leads to its own page", r.panels)
	}
	if len(r.unknown) > 0 {
		s.look("lines that tell where figures come from are not on the record: %s", strings.Join(r.unknown, ", "))
	}
}

// compare returns the first element that is wanted, whose words are then compared, and an
// empty text if there is none. Others of its kind stand around the text like any words.
func (r *reader) compare(article *html.Node, wanted func(*html.Node) bool) *html.Node {
	n := first(article, wanted)
	if n == nil {
		return orEmpty(nil)
	}
	r.compared[n] = true
	return n
}

// reader compares the words of a page.
type reader struct {
	s        *story
	parts    map[string]record.PartInPlace
	bylines  []string
	text     string // of the body, for people
	withheld bool
	wrong    bool
	inPanel  bool
	panels   int      // lines in panels of deals that are not on the record
	unknown  []string // lines that tell where figures come from
	names    []string // of what figures are about, which are not on the record
	subjects []string // what figures state, as the interface words it

	compared map[*html.Node]bool // what the rest of the page is without

	allowed  map[string]bool
	patterns []*regexp.Regexp
	strings  ui.Catalogue
}

func newReader(s *story) *reader {
	catalogue, err := ui.LoadCatalogue("en")
	if err != nil {
		s.explain(err)
		return nil
	}
	r := &reader{s: s, parts: make(map[string]record.PartInPlace), allowed: make(map[string]bool), compared: make(map[*html.Node]bool), strings: catalogue}
	r.patterns = patternsOf(catalogue)
	for _, p := range s.data.Parts {
		r.parts[p.Name] = p
		r.withheld = r.withheld || p.Withheld
		switch {
		case strings.HasPrefix(p.Name, "byline."):
			r.bylines = append(r.bylines, p.Text)
		case strings.HasPrefix(p.Name, "citation."):
			if fields := strings.SplitN(p.Text, " ", 3); len(fields) == 3 {
				r.allow(fields[2])
			}
		}
		if !record.IsText(p.Name) {
			r.allow(p.Text)
		}
	}
	for _, claim := range s.data.Claims {
		for _, p := range claim.Parts {
			r.allow(p.Text)
			if p.Name == "property" {
				r.subjects = append(r.subjects, standfirst.Property(p.Text).Noun())
			}
		}
	}
	for _, n := range s.data.Notices {
		for _, p := range n.Parts {
			r.allow(p.Text)
		}
	}
	if w := s.data.Withdrawal; w != nil {
		for _, p := range w.Parts {
			r.allow(p.Text)
		}
	}
	r.allow(s.page.site)
	r.allow(strings.Trim(record.Removed, "*"))
	for _, network := range []string{"X", "LinkedIn", "Facebook", "WhatsApp", "Bluesky", "Reddit"} {
		r.allow(network)
	}
	return r
}

// allow lets the words stand around the text.
func (r *reader) allow(text string) {
	if text = fold(text); text != "" {
		r.allowed[text] = true
	}
}

// fold returns the words in a form in which their case and a stop at the end do not matter.
func fold(s string) string { return strings.ToLower(strings.Trim(tidy(s), ".,;:· ")) }

// part returns the words of a part, and those of an erased one where it is.
func (r *reader) part(name string) string {
	p := r.parts[name]
	if p.Erased {
		return "Removed"
	}
	return tidy(p.Text)
}

func (r *reader) same(what, got, want string) {
	if got == want || r.parts[what].Withheld || got == "" && r.parts[what].Erased {
		return
	}
	was, is := firstDifference(strings.Fields(want), strings.Fields(got))
	r.fail("the %s on the page is not that of version %d: it has “%s” where the version has “%s”", what, r.s.data.Version, is, was)
}

func (r *reader) fail(format string, args ...any) {
	if !r.wrong {
		r.s.wrong(format, args...)
	}
	r.wrong = true
}

// firstDifference returns a few words of each from where they begin to differ.
func firstDifference(a, b []string) (string, string) {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	some := func(words []string) string {
		return strings.Join(words[min(at, len(words)):min(at+8, len(words))], " ")
	}
	return some(a), some(b)
}

// body compares the text, without what is marked beside figures.
func (r *reader) body(node *html.Node) {
	var source strings.Builder
	for _, p := range r.s.data.Parts {
		switch {
		case !strings.HasPrefix(p.Name, "block.") && !strings.HasPrefix(p.Name, "voice."):
		case p.Erased:
			source.WriteString(record.Stub(p.Name))
		default:
			source.WriteString(p.Text)
		}
	}
	rendered, err := markup.Render(source.String(), markup.Options{
		VoicesHeading: r.strings.Text("story.voices"), TableLabel: r.strings.Text("story.table"),
		NotesLabel: r.strings.Text("story.footnotes"), BackLabel: r.strings.Text("story.back"),
	})
	if err != nil {
		r.fail("the text of the version cannot be read: %v", err)
		return
	}
	doc, err := html.Parse(strings.NewReader(string(rendered.HTML)))
	if err != nil {
		r.fail("the text of the version cannot be read: %v", err)
		return
	}
	want := textOf(doc)
	r.text = fold(want)
	bare := r.bare(node)
	if line := first(bare, func(n *html.Node) bool { return hasClass(n, "dateline") }); line != nil {
		r.same("dateline", textOf(line), r.part("dateline"))
		line.Parent.RemoveChild(line)
	}
	got := strings.TrimPrefix(textOf(bare), "— ")
	if got != want {
		was, is := firstDifference(strings.Fields(want), strings.Fields(got))
		r.fail("the text on the page is not that of version %d: it has “%s” where the version has “%s”", r.s.data.Version, is, was)
	}
}

// bare returns a copy of the text without what is marked beside figures, which is
// checked here.
func (r *reader) bare(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.ElementNode && hasClass(child, "panel") {
			r.inPanel = true
			r.panel(child)
			r.inPanel = false
			continue
		}
		if child.Type == html.ElementNode && (hasClass(child, "now") || hasClass(child, "margin")) {
			r.rest(child)
			if last := c.LastChild; last != nil && last.Type == html.TextNode { // the space before a mark
				last.Data = strings.TrimSuffix(last.Data, " ")
			}
			continue
		}
		c.AppendChild(r.bare(child))
	}
	return c
}

// panelWords is how many words of a panel may stand together without being on the record:
// the name of a deal or a party, or a figure that follows from others. Prose has more.
const panelWords = 12

// panel goes through a panel of a deal that stands in the text. It shows what the ledger
// holds today, and changes with it: it is of no version of the story.
func (r *reader) panel(n *html.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch {
		case child.Type != html.TextNode:
			r.panel(child)
		case r.explained(child.Data, 0):
		case len(strings.Fields(child.Data)) > panelWords:
			r.fail("“%s” stands in a panel, and is of no figure or notice on the record", clip(tidy(child.Data)))
		default:
			r.panels++
		}
	}
}

// byline compares who wrote it.
func (r *reader) byline(n *html.Node) {
	plain := func(s string) string {
		words := strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(" ,;\n\t", c) })
		var kept []string
		for _, w := range words {
			if w != r.strings.Text("by") && w != r.strings.Text("by.and") {
				kept = append(kept, w)
			}
		}
		return strings.Join(kept, " ")
	}
	for _, p := range r.s.data.Parts {
		if strings.HasPrefix(p.Name, "byline.") && (p.Erased || p.Withheld) {
			return
		}
	}
	r.same("byline", plain(textOf(orEmpty(n))), plain(strings.Join(r.bylines, " ")))
}

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
