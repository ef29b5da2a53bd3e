package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// style is how a piece of a line is set.
type style struct {
	strong, emphasis, code bool
	href                   string // of the link that it stands in; "" for none
}

// piece is a stretch of words in one style. One with breaks > 0 is that many ends of
// lines instead.
type piece struct {
	text   string
	style  style
	breaks int
}

// inlineWriter collects the words of inline elements and writes them as Markdown.
type inlineWriter struct{ pieces []piece }

// add collects what stands below a node, which is in the style given.
func (w *inlineWriter) add(n *html.Node, s style) {
	switch {
	case n.Type == html.TextNode:
		w.push(n.Data, s)
		return
	case n.Type != html.ElementNode:
		return
	}
	switch n.DataAtom {
	case atom.Br:
		if last := len(w.pieces) - 1; last >= 0 && w.pieces[last].breaks > 0 {
			w.pieces[last].breaks++
		} else {
			w.pieces = append(w.pieces, piece{breaks: 1})
		}
		return
	case atom.B, atom.Strong:
		s.strong = true
	case atom.I, atom.Em:
		s.emphasis = true
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		s.code = true
	case atom.A:
		s.href = attributeOf(n, "href")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.add(c, s)
	}
}

// push collects text, with one space for each run of spaces.
func (w *inlineWriter) push(text string, s style) {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\f':
			return ' '
		case isControl(r):
			return -1
		}
		return r
	}, text)
	var b strings.Builder
	space := len(w.pieces) == 0 || w.endsInSpace()
	for i := range len(text) {
		if text[i] != ' ' || !space {
			b.WriteByte(text[i])
		}
		space = text[i] == ' '
	}
	text = b.String()
	if text == "" {
		return
	}
	if last := len(w.pieces) - 1; last >= 0 && w.pieces[last].breaks == 0 && w.pieces[last].style == s {
		w.pieces[last].text += text
		return
	}
	w.pieces = append(w.pieces, piece{text: text, style: s})
}

func (w *inlineWriter) endsInSpace() bool {
	last := w.pieces[len(w.pieces)-1]
	return last.breaks > 0 || strings.HasSuffix(last.text, " ")
}

// paragraphs returns what was collected as paragraphs: a single end of a line stays
// one, several begin a new paragraph.
func (w *inlineWriter) paragraphs() []string {
	var paragraphs []string
	var lines [][]piece
	flush := func() {
		var written []string
		for _, line := range lines {
			if s := writeLine(line, false); s != "" {
				written = append(written, s)
			}
		}
		for i, s := range written[:max(0, len(written)-1)] {
			// A backslash before the one that ends the line would be read as one with it.
			if cut, ok := strings.CutSuffix(s, `\\`); ok {
				written[i] = cut + "&#92;"
			}
		}
		if len(written) > 0 {
			paragraphs = append(paragraphs, strings.Join(written, "\\\n"))
		}
		lines = nil
	}
	start := 0
	for i, p := range w.pieces {
		if p.breaks > 0 {
			lines = append(lines, w.pieces[start:i])
			start = i + 1
		}
		if p.breaks > 1 {
			flush()
		}
	}
	lines = append(lines, w.pieces[start:])
	flush()
	return paragraphs
}

// oneLine returns what was collected as one line, for a heading or a cell.
func (w *inlineWriter) oneLine(cell bool) string {
	for i := range w.pieces {
		if w.pieces[i].breaks > 0 {
			w.pieces[i] = piece{text: " "}
		}
	}
	return writeLine(w.pieces, cell)
}

// writeLine writes the pieces of one line. In a cell of a table, vertical bars are
// escaped.
func writeLine(pieces []piece, cell bool) string {
	pieces = trimmed(pieces)
	var plain strings.Builder
	for _, p := range pieces {
		plain.WriteString(p.text)
	}
	l := lineWriter{plain: plain.String(), cell: cell, marks: len(pieces) > 1 || len(pieces) == 1 && pieces[0].style != (style{})}
	l.first, l.last = startMark(l.plain), endMark(l.plain)
	at := 0
	for i, p := range pieces {
		if i == 0 || pieces[i-1].style.href != p.style.href {
			if i > 0 && pieces[i-1].style.href != "" {
				l.out.WriteString("](" + pieces[i-1].style.href + ")")
				l.marked = false
			}
			if p.style.href != "" {
				l.out.WriteByte('[')
				l.marked = false
			}
		}
		l.piece(p, at)
		at += len(p.text)
	}
	if len(pieces) > 0 && pieces[len(pieces)-1].style.href != "" {
		l.out.WriteString("](" + pieces[len(pieces)-1].style.href + ")")
	}
	return l.out.String()
}

// trimmed returns the pieces of a line without spaces at its ends, with the spaces at
// the ends of marked pieces and links in pieces of their own, and with code beside code
// as one.
func trimmed(pieces []piece) []piece {
	var out []piece
	push := func(text string, s style) {
		if text == "" {
			return
		}
		if last := len(out) - 1; last >= 0 && out[last].style == s {
			out[last].text += text
			return
		}
		out = append(out, piece{text: text, style: s})
	}
	for _, p := range pieces {
		if strings.TrimSpace(p.text) == "" {
			push(p.text, style{})
			continue
		}
		if p.style == (style{}) {
			push(p.text, p.style)
			continue
		}
		if p.style.code {
			p.style.strong, p.style.emphasis = false, false
		}
		inner := strings.TrimSpace(p.text)
		lead := strings.Index(p.text, inner)
		push(p.text[:lead], style{})
		push(inner, p.style)
		push(p.text[lead+len(inner):], style{})
	}
	for len(out) > 0 && trimEnd(&out[0], strings.TrimLeftFunc) {
		out = out[1:]
	}
	for len(out) > 0 && trimEnd(&out[len(out)-1], strings.TrimRightFunc) {
		out = out[:len(out)-1]
	}
	return out
}

// trimEnd trims one end of a piece and reports whether nothing is left of it.
func trimEnd(p *piece, trim func(string, func(rune) bool) string) bool {
	p.text = trim(p.text, unicode.IsSpace)
	return p.text == ""
}

// lineWriter writes one line.
type lineWriter struct {
	out         strings.Builder
	plain       string // the words of the whole line
	first, last int    // offsets that are escaped for where they stand
	cell        bool
	marks       bool // there are marks in the line
	marked      bool // the last thing written is the end of emphasis
}

// piece writes one piece, which begins at the offset of the line's words.
func (l *lineWriter) piece(p piece, at int) {
	if p.style.code {
		l.code(p.text)
		l.marked = false
		return
	}
	mark := ""
	if l.stands(at, at+len(p.text)) && !l.marked {
		if p.style.strong {
			mark += "**"
		}
		if p.style.emphasis {
			mark += "*"
		}
	}
	l.out.WriteString(mark)
	for i := range len(p.text) {
		if l.escapes(p, at, i) {
			l.out.WriteByte('\\')
		}
		l.out.WriteByte(p.text[i])
	}
	l.out.WriteString(mark)
	l.marked = mark != ""
}

// stands reports whether marks around the stretch of words would be read as such
// everywhere: neither letters nor digits stand right outside it.
func (l *lineWriter) stands(start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(l.plain[:start])
	after, _ := utf8.DecodeRuneInString(l.plain[end:])
	return (start == 0 || isOutside(before)) && (end == len(l.plain) || isOutside(after))
}

func isOutside(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) && r != '*' && r != '_' }

// escapes reports whether the byte of the piece must be escaped, given also that
// marks may come to stand before and after the piece.
func (l *lineWriter) escapes(p piece, at, i int) bool {
	offset := at + i
	if offset == l.first || offset == l.last || l.cell && p.text[i] == '|' {
		return true
	}
	switch c := p.text[i]; c {
	case '*', '_', '\\', '!':
		if l.marks && (i == 0 || i == len(p.text)-1) {
			return true
		}
	case '[', ']':
		if l.marks {
			return true
		}
	}
	return escapesInline(l.plain, offset)
}

// code writes code between backticks.
func (l *lineWriter) code(text string) {
	if l.cell {
		text = strings.ReplaceAll(text, "|", `\|`)
	}
	fence := strings.Repeat("`", longestRun(text)+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	l.out.WriteString(fence + text + fence)
}
