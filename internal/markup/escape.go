package markup

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// EscapeText returns Markdown for one paragraph, heading or list item that renders
// as exactly the words given, whatever marks are among them. It escapes only what
// would be read as a mark, so that the result still reads well in an editor.
//
// The text is one line: ends of lines and tabs become spaces, spaces at both ends
// are cut, control characters are dropped, and what is not UTF-8 is replaced. A
// vertical bar is left alone, because it means something only in a table; see
// [WriteTable].
func EscapeText(s string) string {
	s = oneLine(s)
	if s == "" {
		return ""
	}
	first, last := startMark(s), endMark(s)
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); i++ {
		if i == first || i == last || escapesInline(s, i) {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// oneLine makes one line of a text.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\v' || r == '\f':
			return ' '
		case isControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
	return strings.TrimSpace(s)
}

var (
	// blockStart matches lines whose first character would begin a heading, a quote, a
	// list item, a container or a block of code. An asterisk is escaped as emphasis.
	blockStart = regexp.MustCompile(`^(?:#{1,6}(?: |$)|>|[-+*](?: |$)|:{3}|~{3})`)
	// numberStart matches lines that would begin a numbered item.
	numberStart = regexp.MustCompile(`^[0-9]{1,9}[.)](?: |$)`)
	// ruleLine matches lines that would be a rule, or underline the line before as a
	// heading or as the head of a table.
	ruleLine = regexp.MustCompile(`^(?:=+|[|: ]*-[|: -]*|(?:\* *){3,}|(?:_ *){3,}) *$`)
)

// startMark returns the offset of the character that must be escaped because the
// line begins with it, or -1.
func startMark(s string) int {
	switch {
	case blockStart.MatchString(s), ruleLine.MatchString(s):
		return 0
	case numberStart.MatchString(s):
		return strings.IndexAny(s, ".)")
	}
	return -1
}

// endMark returns the offset of number signs that would be cut off the end of a
// heading, or -1.
func endMark(s string) int {
	words := strings.TrimRight(s, "#")
	if len(words) < len(s) && (words == "" || strings.HasSuffix(words, " ")) {
		return len(words)
	}
	return -1
}

// escapesInline reports whether the character at the offset could begin or end an
// inline mark.
func escapesInline(s string, i int) bool {
	rest := s[i+1:]
	switch s[i] {
	case '`':
		return true
	case '\\':
		return rest == "" || util.IsPunct(rest[0])
	case '*':
		return !(spaceBefore(s, i) && spaceAfter(rest))
	case '_':
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(rest)
		return !(spaceBefore(s, i) && spaceAfter(rest)) && !(isWordRune(before) && isWordRune(after))
	case '[':
		return !isPlainBracket(rest)
	case '<':
		return beginsTag(rest)
	case '&':
		_, size := entity([]byte(s[i:min(len(s), i+maxEntityLength+1)]))
		return size > 0
	}
	return false
}

// beginsTag reports whether a less-than sign before the rest could begin an element
// or an address between angle brackets.
func beginsTag(rest string) bool {
	if rest != "" && (rest[0] == '/' || rest[0] == '!' || rest[0] == '?' || isLetter(rest[0])) {
		return true
	}
	end := strings.IndexAny(rest, "<> ")
	return end > 0 && rest[end] == '>' && strings.Contains(rest[:end], "@")
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func spaceBefore(s string, i int) bool { return i == 0 || s[i-1] == ' ' }

func spaceAfter(rest string) bool { return rest == "" || rest[0] == ' ' }

// isPlainBracket reports whether what follows an opening bracket closes it like the
// one in "[the company]", which is not a link, a footnote or a definition.
func isPlainBracket(rest string) bool {
	end := strings.IndexAny(rest, "[]\\`<")
	if end <= 0 || rest[end] != ']' || rest[0] == '^' {
		return false
	}
	after := rest[end+1:]
	return after == "" || after[0] != '(' && after[0] != '[' && after[0] != ':'
}
