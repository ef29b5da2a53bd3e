package spam

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plain returns the text in lower case, with compatibility forms taken apart, and
// without accents and characters that nobody sees. Control characters and bytes that are
// no text become spaces. Letters of other scripts stay what they are.
func plain(s string) string {
	if isPrintable(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		switch {
		case 'A' <= r && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		case ' ' <= r && r < 0x7f, r == '\n', r == '\r':
			b.WriteByte(byte(r))
		case 0x3a3 <= r && r < 0x482: // Greek and Cyrillic letters
			b.WriteRune(unicode.ToLower(r))
		case r == utf8.RuneError, unicode.IsControl(r):
			b.WriteByte(' ')
		case unicode.Is(unicode.Inherited, r), unicode.Is(unicode.Cf, r):
		case r == 'ß' || r == 'ẞ':
			b.WriteString("ss")
		default:
			b.WriteRune(letterBelow(unicode.ToLower(r)))
		}
	}
	return b.String()
}

// isPrintable reports whether the text is ASCII without control characters other than
// those that end lines.
func isPrintable(s string) bool {
	for i := range len(s) {
		if (s[i] < ' ' && s[i] != '\n' && s[i] != '\r') || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// isASCII reports whether there is nothing else in the text.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// letterBelow returns the letter that a Latin one with a stroke is made of, which
// Unicode does not take apart, and the letter on a coloured disc or square.
func letterBelow(r rune) rune {
	switch r {
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'đ':
		return 'd'
	case 'ı':
		return 'i'
	}
	switch {
	case '🅐' <= r && r <= '🅩':
		return 'a' + r - '🅐'
	case '🅰' <= r && r <= '🆉':
		return 'a' + r - '🅰'
	}
	return r
}

// lookAlike returns the ASCII letter for which a reader takes the letter, or the
// letter itself. It is the part of Unicode's confusables.txt (UTS #39) that is typed
// to dodge filters: lower-case Cyrillic, Greek, Armenian, and Latin small capitals.
func lookAlike(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	if ascii, ok := lookAlikes[r]; ok {
		return ascii
	}
	return r
}

var lookAlikes = func() map[rune]rune {
	const from = "авекмнорстухіјѕһԁԛԝӏпɡɑαβεικνορτυχηγωօսᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"
	const to = "abekmhopctyxijshdqwlngaabeikvoptuxnywouabcdefghijklmnoprstuvwyz"
	table := make(map[rune]rune, len(to))
	i := 0
	for _, r := range from {
		table[r] = rune(to[i])
		i++
	}
	return table
}()

// unmask returns the word with look-alikes as ASCII letters.
func unmask(word string) string {
	if isASCII(word) {
		return word
	}
	return strings.Map(lookAlike, word)
}

// letterFor returns the letter for which a digit or sign is typed, or 0. The stroke is
// what stands for an i or for an l: which one is for the caller to try.
func letterFor(r rune) rune {
	switch r {
	case '0':
		return 'o'
	case '1', '!', '|':
		return stroke
	case '3', '€':
		return 'e'
	case '4', '@':
		return 'a'
	case '5', '$':
		return 's'
	case '7', '+':
		return 't'
	case '8':
		return 'b'
	case '9':
		return 'g'
	}
	return 0
}

// stroke is a sign that stands for an i or an l.
const stroke = '|'

// mixedScripts reports whether Latin letters stand in one word with Cyrillic, Greek or
// Armenian ones.
func mixedScripts(word string) bool {
	if isASCII(word) {
		return false
	}
	var latin, other bool
	for _, r := range word {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', 0xc0 <= r && r < 0x250:
			latin = true
		case 0x370 <= r && r < 0x590: // Greek, Cyrillic and Armenian, one after the other
			other = true
		}
	}
	return latin && other
}

// ideographic reports whether the letter is of a script that writes no spaces between
// its words, so that each letter is taken as one.
func ideographic(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// isLetter is unicode.IsLetter, with a short way to the answer for the commonest ones.
func isLetter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	case 0x400 <= r && r < 0x482: // Cyrillic
		return true
	}
	return unicode.IsLetter(r)
}
