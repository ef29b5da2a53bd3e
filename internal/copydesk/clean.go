package copydesk

import (
	"strings"
	"unicode/utf8"

	"standfirst"
)

// cleaned is a stretch of a text with everything taken out that only the way it
// was typed or sent put in: line breaks, runs of spaces, non-breaking and invisible
// characters. It knows where each of its bytes came from.
type cleaned struct {
	text string
	src  string  // the whole text it came from
	base int     // where in src the first byte stands
	at   []int32 // the distance of each byte from base; nil when it is the byte's own index
}

// offset returns where in the source the byte i of the cleaned text stands.
func (c cleaned) offset(i int) int {
	if c.at == nil {
		return c.base + i
	}
	return c.base + int(c.at[i])
}

// end returns where in the source a stretch ends that ends before the byte j of the
// cleaned text. j must be at least 1.
func (c cleaned) end(j int) int {
	if c.at == nil {
		return c.base + j
	}
	_, size := utf8.DecodeLastRuneInString(c.text[:j])
	start := c.offset(j - size)
	_, size = utf8.DecodeRuneInString(c.src[start:])
	return start + size
}

// span returns the stretch from i to j of the cleaned text as a Span.
func (c cleaned) span(i, j int) Span {
	for i < j && c.text[i] == ' ' {
		i++
	}
	for i < j && c.text[j-1] == ' ' {
		j--
	}
	if i == j {
		return Span{}
	}
	return Span{Start: c.offset(i), End: c.end(j), Text: c.text[i:j]}
}

// reach is the same as a Range.
func (c cleaned) reach(i, j int) standfirst.Range {
	s := c.span(i, j)
	return standfirst.Range{Start: s.Start, End: s.End}
}

// isSpace reports whether the rune stands between words. The non-breaking space,
// the byte-order mark and zero-width spaces do: nobody types them on purpose.
func isSpace(r rune) bool {
	switch {
	case r < 0x80:
		return r <= ' ' || r == 0x7f
	case r == 0x85 || r == 0xa0 || r == 0x1680 || r >= 0x2000 && r <= 0x200a:
		return true
	case r >= 0x80 && r < 0xa0:
		return true // C1 control characters
	}
	return r == 0x2028 || r == 0x2029 || r == 0x202f || r == 0x205f || r == 0x3000 || isInvisible(r)
}

// isInvisible reports whether the rune is dropped without leaving a space.
func isInvisible(r rune) bool {
	return r == 0xad || r == 0x200b || r == 0x2060 || r == 0xfeff
}

// clean cleans src[start:end]; skips are stretches to leave out, in order.
func clean(src string, start, end int, skips []standfirst.Range) cleaned {
	start, end = trim(src, start, end)
	if len(skips) == 0 && isClean(src[start:end]) {
		return cleaned{text: src[start:end], src: src, base: start}
	}
	var b strings.Builder
	b.Grow(end - start)
	at := make([]int32, 0, end-start+1)
	emit := func(s string, from int) {
		for range len(s) {
			at = append(at, int32(from-start))
		}
		b.WriteString(s)
	}
	space := -1 // where the run of spaces began that has not been written yet
	broken := false
	last, before := rune(0), rune(0)
	for i := start; i < end; {
		for len(skips) > 0 && skips[0].End <= i {
			skips = skips[1:]
		}
		if len(skips) > 0 && i >= skips[0].Start {
			i = skips[0].End
			continue
		}
		r, size := utf8.DecodeRuneInString(src[i:end])
		switch {
		case isInvisible(r):
		case isSpace(r):
			if space < 0 {
				space = i
			}
			broken = broken || r == '\n' || r == '\r'
		default:
			if space >= 0 && b.Len() > 0 && !(broken && breaksCompound(before, last, src[i:end])) {
				emit(" ", space)
			}
			space, broken = -1, false
			before, last = last, r
			switch {
			case r == 0x2011:
				emit("-", i)
				last = '-'
			case r == utf8.RuneError && size == 1:
				emit("\ufffd", i)
			default:
				emit(src[i:i+size], i)
			}
		}
		i += size
	}
	at = append(at, int32(end-start))
	return cleaned{text: b.String(), src: src, base: start, at: at}
}

// breaksCompound reports whether a line that ended with the two runes and goes on
// with next was wrapped inside a compound word ("long-", "term").
func breaksCompound(before, last rune, next string) bool {
	if last != '-' || !isLower(before) || next == "" || !isLower(rune(next[0])) {
		return false
	}
	for _, word := range [...]string{"and ", "or ", "to "} {
		if strings.HasPrefix(next, word) {
			return false
		}
	}
	return true
}

func isLower(r rune) bool { return 'a' <= r && r <= 'z' }

// isClean reports whether cleaning would change nothing.
func isClean(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f || c == ' ' && i+1 < len(s) && s[i+1] == ' ' {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if isSpace(r) || r == 0x2011 || r == utf8.RuneError && size == 1 {
			return false
		}
		i += size
	}
	return true
}

// trim moves the bounds inwards past everything that stands between words.
func trim(s string, start, end int) (int, int) {
	for start < end {
		r, size := utf8.DecodeRuneInString(s[start:end])
		if !isSpace(r) {
			break
		}
		start += size
	}
	for start < end {
		r, size := utf8.DecodeLastRuneInString(s[start:end])
		if !isSpace(r) {
			break
		}
		end -= size
	}
	return start, end
}
