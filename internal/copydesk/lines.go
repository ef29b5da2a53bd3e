package copydesk

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is one line of the text as it was typed, without the space around it.
type line struct {
	start, end int
	indent     int // bytes of space before it
	width      int // characters
	gap        bool
}

// unit is a logical line: a line, or the lines of a paragraph that was wrapped.
// Every word of a text is in exactly one unit.
type unit struct {
	cleaned
	stop    int    // where it ends in the text
	words   int    // how many there are
	lines   int    // how many lines it was typed on
	indent  int    // of its first line
	gap     bool   // a blank line or the start of the text comes before it
	prose   bool   // it ends as a sentence does and is no mere line
	tabs    bool   // there is a tab or "|" between its words
	dropped string // why it was dropped; empty if it was not
}

func (u *unit) span() Span { return Span{Start: u.base, End: u.stop, Text: u.text} }

// splitLines returns the lines that hold words.
func splitLines(text string) []line {
	var lines []line
	gap := true
	for at := 0; at < len(text); {
		end, next := endOfLine(text, at)
		start, stop := trim(text, at, end)
		if start == stop {
			gap = true
		} else {
			lines = append(lines, line{start: start, end: stop, indent: start - at, width: utf8.RuneCountInString(text[start:stop]), gap: gap})
			gap = false
		}
		at = next
	}
	return lines
}

// endOfLine returns where the line that begins at from ends, and where the next
// begins. A line ends with LF, CR LF, a lone CR, a form feed, NEL, or the Unicode
// line or paragraph separator.
func endOfLine(text string, from int) (end, next int) {
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '\n', '\f', '\v':
			return i, i + 1
		case '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				return i, i + 2
			}
			return i, i + 1
		case 0xc2:
			if strings.HasPrefix(text[i:], "\u0085") {
				return i, i + 2
			}
		case 0xe2:
			if strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029") {
				return i, i + 3
			}
		}
	}
	return len(text), len(text)
}

const (
	maxWrapWidth = 140 // nobody wraps wider
	minMailWidth = 55  // mail programs wrap no narrower
	maxMailWidth = 80  // and no wider
	wrapSlack    = 12  // how much a line may fall short of the width and still be full
)

// splitUnits joins the lines that were broken only to keep them short.
func splitUnits(text string) []unit {
	lines := splitLines(text)
	width := wrapWidth(text, lines)
	units := make([]unit, 0, len(lines))
	for i := 0; i < len(lines); {
		j := i + 1
		for j < len(lines) && joins(text, lines, i, j, width) {
			j++
		}
		units = append(units, newUnit(text, lines[i:j]))
		i = j
	}
	return units
}

func newUnit(text string, lines []line) unit {
	first, last := lines[0], lines[len(lines)-1]
	c := clean(text, first.start, last.end, nil)
	u := unit{cleaned: c, stop: last.end, words: 1 + strings.Count(c.text, " "), lines: len(lines), indent: first.indent, gap: first.gap}
	u.prose = u.words >= 8 && endsSentence(c.text)
	raw := text[first.start:first.end]
	u.tabs = strings.IndexByte(raw, '\t') > 0 || strings.HasPrefix(raw, "|") && strings.HasSuffix(raw, "|") && len(raw) > 1
	return u
}

// wrapWidth returns the width at which the paragraphs of the text were wrapped, and
// zero if each line is a paragraph of its own. A text is wrapped when lines that
// follow each other mostly break within a sentence, where the next word would not
// have fitted.
func wrapWidth(text string, lines []line) int {
	var widths [maxWrapWidth + 1]int
	pairs, wide := 0, 0
	for i := 1; i < len(lines); i++ {
		if lines[i].gap {
			continue
		}
		pairs++
		if w := lines[i-1].width; w <= maxWrapWidth {
			widths[w]++
		} else {
			wide++
		}
	}
	if pairs == 0 || wide*5 > pairs {
		return 0
	}
	width := maxWrapWidth
	for beyond := wide; width > 0; width-- {
		if beyond += widths[width]; beyond*20 > pairs {
			break
		}
	}
	within, full := 0, 0
	for i := 1; i < len(lines); i++ {
		if lines[i].gap || !isFull(text, lines[i-1], lines[i], width) {
			continue
		}
		full++
		if breaksWithinSentence(text, lines[i-1], lines[i]) {
			within++
		}
	}
	// At the width of a mail the full lines decide alone: its header and other short lines
	// that follow each other say nothing against it.
	mail := width >= minMailWidth && width <= maxMailWidth && within > 1 && within*2 >= full
	if within*2 < pairs && !mail || width < 30 {
		return 0
	}
	return width
}

// breaksWithinSentence reports whether a line ends without a stop and the next goes
// on in lower case.
func breaksWithinSentence(text string, a, b line) bool {
	first, _ := utf8.DecodeRuneInString(text[b.start:])
	last, _ := utf8.DecodeLastRuneInString(text[a.start:a.end])
	if !isLower(first) && first != '$' || strings.ContainsRune(".!?:;|", last) {
		return false
	}
	word := text[b.start:min(b.end, b.start+maxWrapWidth)]
	if i := strings.IndexByte(word, ' '); i >= 0 {
		word = word[:i]
	}
	return !strings.ContainsAny(word, "@/") // an address on a line of its own
}

// isFull reports whether the first word of the next line would not have fitted.
func isFull(text string, a, b line, width int) bool {
	word := text[b.start:b.end]
	if len(word) > maxWrapWidth {
		word = word[:maxWrapWidth]
	}
	if i := strings.IndexAny(word, " \t"); i >= 0 {
		word = word[:i]
	}
	return a.width+1+utf8.RuneCountInString(word) > width-wrapSlack
}

// joins reports whether line j goes on with the unit that began with line i.
func joins(text string, lines []line, i, j, width int) bool {
	a, b := lines[j-1], lines[j]
	if b.gap || isTableLine(text, a) || isTableLine(text, b) {
		return false
	}
	next := text[b.start:b.end]
	first := text[lines[i].start:lines[i].end]
	full := width > 0 && isFull(text, a, b, width)
	if startsUnit(next, j, full) || strings.HasPrefix(first, "#") || isRule(first) || isRule(next) {
		return false
	}
	if strings.HasPrefix(first, ">") != strings.HasPrefix(next, ">") || strings.HasPrefix(next, ">") {
		return false
	}
	if breaksWithinSentence(text, a, b) {
		return true
	}
	_, _, isItem := cutMarker(first)
	if isItem && b.indent > lines[i].indent {
		return true
	}
	if !full {
		return width > 0 && j-i > 1 && b.indent <= a.indent && endsMidSentence(text[a.start:a.end]) && finishesSentence(next)
	}
	// An indented line after a finished sentence begins a paragraph.
	return b.indent <= a.indent || isItem || !endsSentence(text[a.start:a.end])
}

// endsMidSentence reports whether a line ends with a word, so that its sentence goes on.
func endsMidSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(last) || last == ','
}

// finishesSentence reports whether a sentence ends in a line, as none does in a byline.
func finishesSentence(s string) bool {
	if len(s) > maxWrapWidth {
		return false
	}
	return endsWithStop(s) || sentenceEnd(s, 0) < len(s)
}

// startsUnit reports whether a line begins something of its own by its form. full
// tells that the line before is wrapped as wide as it can be, so that a number or a
// "By" at the start of this one is more likely chance.
func startsUnit(s string, index int, full bool) bool {
	switch {
	case s[0] == '#', strings.HasPrefix(s, "Q: "), strings.HasPrefix(s, "A: "), strings.HasPrefix(s, "Q. "):
		return true
	case strings.HasPrefix(s, "By ") || strings.HasPrefix(s, "BY "):
		return index < 12 && (!full || looksLikeByline(s))
	}
	marker, _, ok := cutMarker(s)
	if ok && marker.dash() {
		return !full
	}
	if ok {
		return !full || !marker.ordered
	}
	_, _, isTime := cutTime(s)
	return isTime && !full
}

// isTableLine reports whether a line has cells.
func isTableLine(text string, l line) bool {
	return strings.IndexByte(text[l.start:l.end], '\t') > 0 || text[l.start] == '|'
}

// isRule reports whether a line is a dividing line or other mere signs.
func isRule(s string) bool {
	const signs = "-–—_=*~#•·. "
	return strings.Trim(s, signs) == "" && len(s) >= 3
}
