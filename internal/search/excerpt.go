package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Part is a piece of a text; what was looked for is marked.
type Part struct {
	Text string
	Hit  bool
}

// highlight is what one clause marks in a text.
type highlight struct {
	stems  []string // that stand one after the other
	prefix bool     // the last one is the beginning of a word
	more   []string // stems that stand for the prefix
	figure []string // marks of a figure
}

func (a analysis) highlight(c clause) highlight {
	h := highlight{stems: a.stems(c.text), figure: figureMarks(c.text)}
	if c.prefix && len(h.stems) > 0 {
		tokens := a.cut(c.text)
		h.prefix = true
		h.stems[len(h.stems)-1] = tokens[len(tokens)-1].plain
		h.more = a.stemsOf(tokens[len(tokens)-1].plain)
	}
	return h
}

// at returns how many tokens from i on the highlight marks.
func (h highlight) at(tokens []token, i int) int {
	n := len(h.stems)
	if n == 0 || i+n > len(tokens) {
		return 0
	}
	for j, stem := range h.stems {
		t := tokens[i+j]
		last := h.prefix && j == n-1
		if t.stem != stem && !(last && (strings.HasPrefix(t.plain, stem) || slices.Contains(h.more, t.stem))) {
			return 0
		}
	}
	return n
}

// span is a marked stretch of a text, and which highlight marks it.
type span struct{ start, end, of int }

// spans returns what the highlights mark in the text, in order and apart from each other.
func (a analysis) spans(text string, highlights []highlight) []span {
	var found []span
	tokens := a.cut(text)
	for i := range tokens {
		for of, h := range highlights {
			if n := h.at(tokens, i); n > 0 {
				found = append(found, span{tokens[i].start, tokens[i+n-1].end, of})
			}
		}
	}
	if slices.ContainsFunc(highlights, func(h highlight) bool { return h.figure != nil }) {
		for _, f := range figures(text) {
			for of, h := range highlights {
				if slices.ContainsFunc(f.marks, func(m string) bool { return slices.Contains(h.figure, m) }) {
					found = append(found, span{f.start, f.end, of})
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b span) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	var apart []span
	for _, s := range found {
		if n := len(apart); n > 0 && s.start < apart[n-1].end {
			apart[n-1].end = max(apart[n-1].end, s.end)
			continue
		}
		apart = append(apart, s)
	}
	return apart
}

// mark returns the whole text with what was looked for marked.
func (a analysis) mark(text string, highlights []highlight) []Part {
	return parts(text, 0, len(text), a.spans(text, highlights))
}

// excerptLength is how long an excerpt is, in bytes of the text.
const excerptLength = 260

// excerpt returns the stretch of the text in which most of what was looked for stands, or
// its beginning.
func (a analysis) excerpt(text string, highlights []highlight) []Part {
	text = strings.Join(strings.Fields(text), " ")
	spans := a.spans(text, highlights)
	best, most := 0, 0
	for i, s := range spans {
		seen := make(map[int]bool)
		for _, other := range spans[i:] {
			if other.end-s.start > excerptLength*3/4 {
				break
			}
			seen[other.of] = true
		}
		if len(seen) > most {
			best, most = i, len(seen)
		}
	}
	start := 0
	if len(spans) > 0 && spans[best].start > excerptLength/2 {
		start = wordBoundary(text, spans[best].start-excerptLength/4)
	}
	end := len(text)
	if start+excerptLength < len(text) {
		end = start + strings.LastIndexByte(clip(text[start:], excerptLength), ' ')
		if end <= start {
			end = start + len(clip(text[start:], excerptLength))
		}
		for _, s := range spans { // nothing marked is cut
			if s.start < end && s.end > end && s.end-end < excerptLength {
				end = s.end
			}
		}
	}
	found := parts(text, start, end, spans)
	if start > 0 {
		found = append([]Part{{Text: "… "}}, found...)
	}
	if end < len(text) {
		found = append(found, Part{Text: " …"})
	}
	return found
}

// wordBoundary returns the beginning of the first word at the place or after it.
func wordBoundary(text string, at int) int {
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	if i := strings.IndexByte(text[at:], ' '); i >= 0 && i < 40 {
		return at + i + 1
	}
	return at
}

// parts cuts the text between start and end at what is marked.
func parts(text string, start, end int, spans []span) []Part {
	var cut []Part
	at := start
	for _, s := range spans {
		if s.start < at || s.end > end {
			continue
		}
		if s.start > at {
			cut = append(cut, Part{Text: text[at:s.start]})
		}
		cut = append(cut, Part{Text: text[s.start:s.end], Hit: true})
		at = s.end
	}
	if at < end {
		cut = append(cut, Part{Text: text[at:end]})
	}
	return cut
}
