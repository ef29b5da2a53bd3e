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
	if len(r.licences) > 0 {
		s.look("the terms under which pictures are shown are not on the record: %s", strings.Join(r.licences, ", "))
	}
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
	withheld bool   // the text is not for everybody
	wrong    bool
	inPanel  bool
	panels   int      // lines in panels of deals that are not on the record
	licences []string // under which pictures are shown, which are not on the record
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
		r.withheld = r.withheld || p.Withheld && record.IsText(p.Name)
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
		return record.RemovedHeadline
	}
	return tidy(p.Text)
}

// same compares a part with what the page shows. What is withheld must not be shown: else
// whoever withholds it could show anything in its place.
func (r *reader) same(what, got, want string) {
	if got == want || got == "" && r.parts[what].Erased {
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
		NotesLabel: r.strings.Text("story.footnotes"), BackLabel: r.strings.Text("story.back"), EmbedLabel: r.strings.Text("story.embed"),
		EmbedKind: func(kind standfirst.EmbedKind) string { return r.strings.Text("story.embed." + string(kind)) },
		Picture: func(name string) (markup.Picture, bool) { // which file it is, is not on the record
			_, ok := standfirst.ParsePictureAddress(name)
			return markup.Picture{}, ok
		},
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
	if was, is := altsOf(doc), altsOf(node); was != is {
		r.fail("the descriptions of the pictures in the text are not those of version %d: the page has “%s” where the version has “%s”", r.s.data.Version, clip(is), clip(was))
	}
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
		if isLicence(child) {
			r.licence(child)
			if last := c.LastChild; last != nil && last.Type == html.TextNode { // the space before it
				last.Data = strings.TrimSuffix(last.Data, " ")
			}
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

// isLicence reports whether the element says under which terms a picture is shown.
func isLicence(n *html.Node) bool {
	return n.Type == html.ElementNode && hasClass(n, "licence") && n.Parent != nil && n.Parent.DataAtom == atom.Figcaption
}

// licence goes through the terms under which a picture is shown. They belong to the picture,
// and are of no version of the story.
func (r *reader) licence(n *html.Node) {
	text := textOf(n)
	if len(strings.Fields(text)) > panelWords {
		r.fail("“%s” stands as the licence of a picture, and is of no version, figure or notice on the record", clip(text))
		return
	}
	r.licences = append(r.licences, "“"+clip(text)+"”")
}

// altsOf returns the descriptions of the pictures below the node.
func altsOf(n *html.Node) string {
	var alts []string
	for child := range n.Descendants() {
		if child.DataAtom != atom.Img {
			continue
		}
		for _, a := range child.Attr {
			if a.Key == "alt" {
				alts = append(alts, tidy(a.Val))
			}
		}
	}
	return strings.Join(alts, " / ")
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
	r.same("byline", plain(textOf(orEmpty(n))), plain(strings.Join(r.bylines, " ")))
}
