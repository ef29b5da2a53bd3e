package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks may stand in a row. No language needs more;
// piled up, they run over the lines around.
const maxMarks = 4

// visible returns the text without characters that nobody sees or that move others:
// controls, overrides of the direction of writing, characters of no width. What is
// not UTF-8 is replaced, every kind of end of line becomes a line feed, and combining
// marks stay only on a character that carries them, at most four.
func visible(s string) string {
	if isPlainASCII(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	previous, marks := '\n', 0
	for i, r := range s {
		switch r {
		case '\r':
			if strings.HasPrefix(s[i+1:], "\n") {
				continue
			}
			r = '\n'
		case '\v', '\f', 0x85, 0x2028, 0x2029:
			r = '\n'
		}
		switch {
		case r < ' ' && r != '\n' && r != '\t', r == 0x7f, isControl(r):
			continue
		case r < utf8.RuneSelf:
			marks = 0
		case isUnseen(r, previous):
			continue
		case unicode.Is(unicode.M, r):
			if marks++; marks > maxMarks || previous == '\n' {
				continue
			}
		case !isJoiner(r): // which do not end a pile
			marks = 0
		}
		out = utf8.AppendRune(out, r)
		previous = r
	}
	return string(out)
}

// isPlainASCII reports whether the text has letters, line feeds and the like only.
func isPlainASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// isUnseen reports whether the character shows nothing after the one before it.
func isUnseen(r, previous rune) bool {
	switch {
	case isJoiner(r): // they shape letters in some scripts, and join emoji
		return !unicode.In(previous, unicode.L, unicode.M, unicode.S) || unicode.In(previous, unicode.Latin, unicode.Greek, unicode.Cyrillic)
	case r == 0xfe0e || r == 0xfe0f: // text or emoji
		return unicode.In(previous, unicode.L, unicode.M, unicode.Z, unicode.C)
	case unicode.Is(unicode.Variation_Selector, r):
		return !unicode.In(previous, unicode.Han, unicode.Mongolian)
	case unicode.Is(unicode.Cf, r):
		return !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
	}
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// MaxName is the length in characters of the longest name that [CleanName] returns.
const MaxName = 80

// CleanName returns a name as it may be shown with a comment, in a mail or in a
// notice: one line without blanks around it, with single spaces between its words,
// without characters that nobody sees, that change the direction of writing or that
// pile up over the lines around, and at most [MaxName] characters long. It is "" if
// nothing of the name can be seen. The result is text: whoever sets it into HTML
// escapes it.
func CleanName(name string) string { return CleanLine(name, MaxName) }

// CleanLine returns a line as [CleanName] returns a name, at most so many characters long.
func CleanLine(line string, limit int) string {
	line = strings.ToValidUTF8(line, string(utf8.RuneError))
	if cut := 8 * limit * utf8.UTFMax; len(line) > cut { // far more than is kept
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		line = line[:cut]
	}
	line = strings.Join(strings.FieldsFunc(visible(line), isBlank), " ")
	line = strings.TrimLeftFunc(line, needsMore)
	count := 0
	for i := range line {
		if count++; count > limit {
			line = line[:i]
			break
		}
	}
	return strings.TrimRightFunc(line, func(r rune) bool { return isBlank(r) || isJoiner(r) })
}

// isBlank reports whether the character shows as a gap.
func isBlank(r rune) bool { return unicode.IsSpace(r) || r == 0x2800 }

// needsMore reports whether the character shows nothing unless it follows another.
func needsMore(r rune) bool { return isBlank(r) || isJoiner(r) || unicode.Is(unicode.M, r) }

// isJoiner reports whether the character only says how those around it join.
func isJoiner(r rune) bool { return r == 0x200c || r == 0x200d }
