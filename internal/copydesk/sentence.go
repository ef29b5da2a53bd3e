package copydesk

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// closers may stand after the stop of a sentence.
const closers = "\"”’')]*_»"

// endsSentence reports whether a line ends as a sentence does.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, closers+" ")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "…")
}

// endsWithStop is the same for a full stop that is not that of an abbreviation.
func endsWithStop(s string) bool {
	s = strings.TrimRight(s, closers+" ")
	return strings.HasSuffix(s, ".") && !endsWithAbbreviation(s)
}

// endsWithAbbreviation reports whether the last word before a stop at the end of s
// is an abbreviation or an initial.
func endsWithAbbreviation(s string) bool {
	if !strings.HasSuffix(s, ".") {
		return false
	}
	s = s[:len(s)-1]
	if len(s) > 24 {
		s = s[len(s)-24:]
	}
	word := s[strings.LastIndexAny(s, " ([\"“’'\u00a0")+1:]
	for word != "" && !utf8.RuneStart(word[0]) {
		word = word[1:]
	}
	r, size := utf8.DecodeRuneInString(word)
	if size == len(word) && unicode.IsUpper(r) && r != 'I' {
		before := strings.TrimRight(s[:len(s)-size], " \u00a0")
		return !strings.HasSuffix(before, "Series") && !strings.HasSuffix(before, "series") // "a Series B. It …"
	}
	if isInitials(word) {
		return true // "J.P. Calder"
	}
	return words().abbreviations[strings.ToLower(word)]
}

// isInitials reports whether a word is two or three capitals with stops between them.
func isInitials(word string) bool {
	if len(word) != 3 && len(word) != 5 {
		return false
	}
	for i := range len(word) {
		if c := word[i]; i%2 == 0 && (c < 'A' || c > 'Z') || i%2 == 1 && c != '.' {
			return false
		}
	}
	return true
}

// sentenceEnd returns the index just after the first sentence that ends at or after
// from, with the closing quotes and brackets after its stop, and len(s) if none does.
func sentenceEnd(s string, from int) int {
	for i := from; i < len(s); i++ {
		switch s[i] {
		case '.', '?', '!':
		default:
			continue
		}
		j := i + 1
		for j < len(s) {
			r, size := utf8.DecodeRuneInString(s[j:])
			if !strings.ContainsRune(closers+".?!", r) || r == '"' && opensAt(s, j) {
				break
			}
			j += size
		}
		if j < len(s) && s[j] != ' ' {
			continue
		}
		if s[i] == '.' && endsWithAbbreviation(s[max(0, i-24):i+1]) && j < len(s) {
			continue
		}
		rest := strings.TrimLeft(s[j:], " \"“‘'([*")
		if r, _ := utf8.DecodeRuneInString(rest); rest == "" || !unicode.IsLower(r) {
			return j
		}
	}
	return len(s)
}

// opensAt reports whether a straight quotation mark at i can open a quotation.
func opensAt(s string, i int) bool {
	return i == 0 || s[i-1] == ' '
}

// firstSentence returns the first sentence of s, without its full stop.
func firstSentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	s = s[:sentenceEnd(s, 0)]
	if strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "..") && !endsWithAbbreviation(s) {
		s = s[:len(s)-1]
	}
	return strings.TrimSpace(s)
}
