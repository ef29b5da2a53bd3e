package markup

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"standfirst"
)

// voices writes a block of voices. Its heading is the container's own, or the one
// just before it, or the usual word.
func (p *page) voices(n *container) {
	plain := strings.Join(strings.Fields(decode(n.argument)), " ")
	level, write := 2, func() { p.literal(plain) }
	if before, ok := n.PreviousSibling().(*ast.Heading); ok && plain == "" {
		plain, level = p.plainOf(before), before.Level
		write = func() { p.inlines(before.FirstChild(), nil) }
	}
	if plain == "" {
		plain, level, write = p.options.VoicesHeading, 2, func() { p.literal(p.options.VoicesHeading) }
	}
	// The section names its heading before it is written, so the tag is written twice.
	start := len(p.out)
	id := p.heading(level, write, plain)
	heading := string(p.out[start:])
	p.out = p.out[:start]
	p.tag(`<section class="voices" aria-labelledby="` + id + `">` + "\n" + heading)
	p.voiceBlocks(n)
	p.tag("</section>\n")
}

// voiceBlocks writes the block quotes of a container as a grid of figures, and what
// else stands between them as it is.
func (p *page) voiceBlocks(n *container) {
	inGrid := false
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		quote, ok := child.(*ast.Blockquote)
		if ok != inGrid {
			if ok {
				p.tag(`<div class="grid">` + "\n")
			} else {
				p.tag("</div>\n")
			}
			inGrid = ok
		}
		if !ok {
			p.block(child)
			continue
		}
		// Several voices may stand in one block quote: a line with a name ends each.
		for first := quote.FirstChild(); first != nil; {
			first = p.voice(first)
		}
	}
	if inGrid {
		p.tag("</div>\n")
	}
}

// voice writes one voice, from the given block of a block quote on, and returns the
// block after it.
func (p *page) voice(first ast.Node) (next ast.Node) {
	last := first
	line, hasLine := p.attributionOf(last)
	for !hasLine && last.NextSibling() != nil {
		last = last.NextSibling()
		line, hasLine = p.attributionOf(last)
	}
	next = last.NextSibling()
	open := `<figure class="voice">`
	if id := line.comment; id != "" && p.ids["voice-"+id] == 0 {
		if p.ids == nil {
			p.ids = make(map[string]int)
		}
		p.ids["voice-"+id] = 1
		open = `<figure class="voice" id="voice-` + id + `">`
	}
	p.quoteFigure(open, first, last, line, hasLine)
	return next
}

// blockQuote writes a block quote, as a figure if its last line says who speaks.
func (p *page) blockQuote(n *ast.Blockquote) {
	if n.FirstChild() == nil {
		return
	}
	line, ok := p.attributionOf(n.LastChild())
	if ok && (line.start != n.LastChild().FirstChild() || n.ChildCount() > 1) {
		p.quoteFigure(`<figure class="quote">`, n.FirstChild(), n.LastChild(), line, true)
		return
	}
	p.inQuoteDo(func() {
		p.tag("<blockquote>\n")
		p.blocks(n)
		p.tag("</blockquote>\n")
	})
}

func (p *page) inQuoteDo(do func()) {
	was := p.inQuote
	p.inQuote = true
	do()
	p.inQuote = was
}

// quoteFigure writes the blocks from first to last, inclusive, as a quotation with
// the attribution with which the last one ends.
func (p *page) quoteFigure(open string, first, last ast.Node, line attribution, hasLine bool) {
	p.tag(open + "\n<blockquote>\n")
	p.inQuoteDo(func() {
		for n := first; n != nil; n = n.NextSibling() {
			if n != last || !hasLine {
				p.block(n)
			} else if line.start != n.FirstChild() {
				p.inWord = false
				p.paragraphOf(n.FirstChild(), line.start)
			}
			if n == last {
				break
			}
		}
	})
	p.tag("</blockquote>\n")
	if hasLine {
		p.tag("<figcaption>")
		p.speaker(line)
		p.tag("</figcaption>\n")
	}
	p.tag("</figure>\n")
}

// attribution is the line under a quotation that says who speaks.
type attribution struct {
	start      ast.Node // the inline node with which the line begins
	words      string   // of the line, without the dash
	speaker    standfirst.Speaker
	disclosure string
	origin     ast.Node // the link to the comment with which the line ends; nil if there is none
	comment    string   // the number of that comment
}

// attributionOf reads the last line of a paragraph, if it is an attribution.
func (p *page) attributionOf(block ast.Node) (attribution, bool) {
	if _, ok := block.(*ast.Paragraph); !ok || block.FirstChild() == nil {
		return attribution{}, false
	}
	start := block.LastChild()
	for start.PreviousSibling() != nil && !endsLine(start.PreviousSibling()) {
		start = start.PreviousSibling()
	}
	a := attribution{start: start}
	if a.comment = commentOf(block.LastChild()); a.comment != "" {
		a.origin = block.LastChild()
	}
	words := strings.ReplaceAll(p.plainBetween(start, a.origin), "\u00a0", " ")
	if a.origin != nil {
		words = strings.TrimRight(words, " ·")
	}
	if len(words) > maxAttributionBytes || !strings.HasPrefix(words, "--") && !strings.ContainsAny(firstRune(words), "—–―") {
		return attribution{}, false
	}
	speaker, disclosure, ok := standfirst.ParseVoiceLine(words)
	if !ok || !strings.ContainsFunc(speaker.Name, unicode.IsLetter) {
		return attribution{}, false
	}
	a.words, a.speaker, a.disclosure = strings.TrimSpace(strings.TrimLeft(words, "—–―-")), speaker, disclosure
	return a, true
}

// commentOf returns the number of the comment to which the inline node is a link, and "" if
// it is none.
func commentOf(n ast.Node) string {
	link, ok := n.(*ast.Link)
	if !ok {
		return ""
	}
	number, ok := strings.CutPrefix(string(link.Destination), "/comment/")
	if n, err := strconv.ParseInt(number, 10, 64); !ok || err != nil || n <= 0 || strconv.FormatInt(n, 10) != number {
		return ""
	}
	return number
}

func firstRune(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// endsLine reports whether a line of the source ends after the inline node.
func endsLine(n ast.Node) bool {
	t, ok := n.(*ast.Text)
	return ok && (t.SoftLineBreak() || t.HardLineBreak())
}

// speaker writes who speaks, each part in an element of its own. The words between
// the parts stay as they were typed; commas and the like become text that reads
// well without a style sheet.
func (p *page) speaker(a attribution) {
	rest, alone := a.words, true // the name stands on a line of its own, and nothing before what follows it
	for i, part := range []struct{ gap, open, text, close string }{
		{"", `<b class="name">`, a.speaker.Name, `</b>`},
		{", ", `<span class="role">`, a.speaker.Role, `</span>`},
		{", ", `<span class="affiliation">`, a.speaker.Affiliation, `</span>`},
		{" · ", `<span class="disclosure">`, a.disclosure, `</span>`},
	} {
		if part.text == "" {
			continue
		}
		if i > 0 && alone {
			part.gap, alone = " ", false
		}
		if before, after, found := strings.Cut(rest, part.text); found {
			rest = after
			if words := strings.Trim(before, " ,;·•("); words != "" {
				part.gap = " " + words + " "
			}
		}
		p.inWord = false
		p.literal(part.gap)
		p.tag(part.open)
		p.literal(part.text)
		p.tag(part.close)
	}
	if words := strings.Trim(rest, " ,;·•()."); words != "" {
		p.literal(" " + words)
		alone = false
	}
	if a.origin != nil {
		p.inWord = false
		if alone {
			p.literal(" ")
		} else {
			p.literal(" · ")
		}
		p.inlines(a.origin, nil)
	}
}
