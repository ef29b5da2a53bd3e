package markup

import (
	"bytes"
	"html/template"
	"slices"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"standfirst"
)

// Render returns the story text as HTML that is safe to set into a page as it is.
// No text is an error but one longer than [standfirst.MaxBodyLength], which is
// TooLarge.
func Render(body string, o Options) (Rendered, error) {
	if len(body) > standfirst.MaxBodyLength {
		return Rendered{}, standfirst.Errorf(standfirst.TooLarge,
			"the text is %d bytes long; %d is the most", len(body), standfirst.MaxBodyLength)
	}
	source, kept := clean(body)
	p := &page{
		source:  source,
		options: o.withDefaults(),
		out:     make([]byte, 0, len(source)+len(source)/2+512),
		level:   1,
	}
	if kept {
		p.quotations = usable(o.Quotations, len(source))
	}
	p.document(storyParser.Parse(text.NewReader(source)))
	return Rendered{
		HTML:     template.HTML(p.out), //nolint:gosec // every tag and attribute in it stands in this package's source
		Words:    p.words,
		Tickers:  p.seenTickers,
		Headings: p.headings,
	}, nil
}

// page is one text on its way to HTML.
type page struct {
	source     []byte
	options    Options
	quotations []standfirst.Quotation // in order, without overlaps
	out        []byte
	run        []byte // inline text that is collected before it is written

	words  int
	inWord bool // the last character belongs to a word that is counted

	level   int            // of the last heading; the page's headline is 1
	ids     map[string]int // for each ID in use, the number of the last that begins so
	tables  int
	depth   int  // of emphasis
	inLink  bool // inside a link, in which no other may stand
	inQuote bool // inside a block quote, in which quotations are not marked

	citations map[standfirst.ClaimID]int  // how many places that cite each claim were written
	noted     map[standfirst.ClaimID]bool // what a note was said of
	notes     []MarginNote                // of the paragraph in the making

	references map[int]int // how many references to each footnote were written

	seenTickers []standfirst.Ticker
	headings    []Heading
}

// blocks writes the children of a block.
func (p *page) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		p.block(n)
	}
}

// insetAfter is how many paragraphs stand before what is set into the text.
const insetAfter = 2

// document writes the whole text, with what is set into it: between two paragraphs,
// before a heading, or at the end, but never between words and the list or quotation
// that they lead up to.
func (p *page) document(doc ast.Node) {
	inset, paragraphs := p.options.Inset, 0
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == extast.KindFootnoteList {
			p.inset(&inset)
		}
		p.block(n)
		if n.Kind() == ast.KindParagraph {
			paragraphs++
		}
		if next := n.NextSibling(); paragraphs >= insetAfter && next != nil && (next.Kind() == ast.KindParagraph || next.Kind() == ast.KindHeading) {
			p.inset(&inset)
		}
	}
	p.inset(&inset)
}

// inset writes what is set into the text, once.
func (p *page) inset(html *template.HTML) {
	if *html == "" {
		return
	}
	p.tag(string(*html) + "\n")
	p.level, *html = 2, ""
}

// block writes one block.
func (p *page) block(n ast.Node) {
	p.inWord = false
	switch n := n.(type) {
	case *ast.Paragraph:
		p.paragraph(n)
	case *ast.TextBlock:
		p.markQuotations(n)
		p.inlines(n.FirstChild(), nil)
		if n.NextSibling() != nil {
			p.tag("\n")
		}
	case *dense:
		p.tag("<p>")
		p.text(n.text(p.source))
		p.tag("</p>\n")
	case *ast.Heading:
		if next, ok := n.NextSibling().(*container); ok && next.name == voicesName && len(next.argument) == 0 {
			return // it belongs to the voices, which write it
		}
		p.heading(n.Level, func() { p.inlines(n.FirstChild(), nil) }, p.plainOf(n))
	case *ast.Blockquote:
		p.blockQuote(n)
	case *ast.List:
		p.list(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		// It may scroll sideways, so the keyboard must reach it.
		p.tag(`<pre tabindex="0"><code>`)
		p.lines(n)
		p.tag("</code></pre>\n")
	case *ast.ThematicBreak:
		p.tag("<hr>\n")
	case *extast.Table:
		p.table(n)
	case *extast.FootnoteList:
		p.footnotes(n)
	case *container:
		p.container(n)
	}
}

// paragraph writes a paragraph, and nothing for one that shows nothing.
func (p *page) paragraph(n *ast.Paragraph) {
	if p.lonePicture(n) {
		return
	}
	p.markQuotations(n)
	p.paragraphOf(n.FirstChild(), nil)
}

// paragraphOf writes the inline nodes from first up to end, exclusive, as a
// paragraph.
func (p *page) paragraphOf(first, end ast.Node) {
	start := len(p.out)
	p.tag("<p>")
	inside := len(p.out)
	p.inlines(first, end)
	if len(bytes.TrimSpace(p.out[inside:])) == 0 {
		p.out, p.notes = p.out[:start], nil
		return
	}
	p.trim()
	p.tag("</p>\n")
	p.besides(start)
}

// trim takes the spaces and ends of lines off what was written last.
func (p *page) trim() { p.out = bytes.TrimRight(p.out, " \n") }

// lines writes the lines of a block as they are.
func (p *page) lines(n ast.Node) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		p.literal(string(line.Value(p.source)))
	}
}

// list writes an ordered or unordered list.
func (p *page) list(n *ast.List) {
	tag := "ul"
	if n.IsOrdered() {
		tag = "ol"
	}
	p.tag("<" + tag)
	if n.IsOrdered() && n.Start != 1 {
		p.tag(` start="` + strconv.Itoa(n.Start) + `"`)
	}
	p.tag(">\n")
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		p.inWord = false
		p.tag("<li>")
		p.blocks(item)
		p.tag("</li>\n")
	}
	p.tag("</" + tag + ">\n")
}

// container writes what stands between ":::name" and ":::".
func (p *page) container(n *container) {
	switch n.name {
	case voicesName:
		p.voices(n)
	case figureName:
		p.figure(n)
	case noteName:
		p.tag(`<div class="note" role="note">` + "\n")
		if len(n.argument) > 0 {
			p.tag("<p><strong>")
			p.literal(decode(n.argument))
			p.tag("</strong></p>\n")
		}
		p.blocks(n)
		p.tag("</div>\n")
	case dealName, timelineName:
		p.panel(n)
	case embedName:
		p.embed(n)
	}
}

// heading writes a heading at the level at which it stands in the text, or the next
// below the one before where that would skip one. The page has the one h1, so the
// first two levels are both h2. It returns the heading's ID, or "" if it is empty.
func (p *page) heading(level int, write func(), plain string) string {
	if plain == "" {
		return ""
	}
	p.level = min(max(level, 2), p.level+1, 6)
	id := p.newID(plain)
	p.headings = append(p.headings, Heading{Level: p.level, ID: id, Text: plain})
	tag := "h" + strconv.Itoa(p.level)
	p.tag("<" + tag + ` id="` + id + `">`)
	write()
	p.tag("</" + tag + ">\n")
	return id
}

// newID returns an ID for a heading with the text: letters, digits and hyphens
// after "h-", unique in this text.
func (p *page) newID(plain string) string {
	slug := standfirst.Slugify(plain)
	if slug == "" {
		slug = "part"
	}
	if p.ids == nil {
		p.ids = make(map[string]int)
	}
	base := "h-" + string(slug)
	id := base
	for p.ids[id] > 0 {
		p.ids[base]++
		id = "h-" + string(slug.Numbered(p.ids[base]))
	}
	p.ids[id] = 1
	return id
}

// usable returns the quotations whose ranges fit a text of the length, in order and
// without those that overlap one before.
func usable(all []standfirst.Quotation, length int) []standfirst.Quotation {
	if len(all) == 0 {
		return nil
	}
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b standfirst.Quotation) int { return a.Start - b.Start })
	out, end := sorted[:0], 0
	for _, q := range sorted {
		if q.Start >= end && q.Start < q.End && q.End <= length {
			out, end = append(out, q), q.End
		}
	}
	return out
}
