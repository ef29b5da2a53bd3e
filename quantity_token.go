package standfirst

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxQuantityWords is how long the words of a quantity may be, in bytes. The longest
	// that a newsroom writes ("between …  and … Hong Kong dollars") has half of it.
	maxQuantityWords  = 160
	maxQuantityTokens = 24
)

type quantityTokenKind uint8

const (
	wordToken   quantityTokenKind = iota // letters; "us$" too
	numberToken                          // digits with their separators
	dashToken                            // a hyphen, dash or minus before a number
	symbolToken                          // one of the other characters that mean something
)

// quantityToken is one piece of the words of a quantity.
type quantityToken struct {
	kind       quantityTokenKind
	glued      bool // nothing stands between it and the token before
	hyphen     bool // only a hyphen does
	capitals   bool // a word in capitals
	start, end int  // in quantityTokens.text
	from, to   int  // in the words themselves
}

// quantityTokens is the words of a quantity in pieces. Its text has them in lower
// case with exactly one space between two tokens, so that a phrase of several tokens
// is one stretch of the text.
type quantityTokens struct {
	words  string
	text   string
	tokens [maxQuantityTokens]quantityToken
	n      int
}

// phrase returns the tokens from i and before j in lower case; empty if there are
// not so many.
func (t *quantityTokens) phrase(i, j int) string {
	if i >= j || j > t.n {
		return ""
	}
	return t.text[t.tokens[i].start:t.tokens[j-1].end]
}

// word returns token i in lower case if it is a word or symbol, else "".
func (t *quantityTokens) word(i int) string {
	if i < 0 || i >= t.n || t.tokens[i].kind == numberToken || t.tokens[i].kind == dashToken {
		return ""
	}
	return t.phrase(i, i+1)
}

// is reports whether there is a token i of the kind.
func (t *quantityTokens) is(i int, kind quantityTokenKind) bool {
	return i >= 0 && i < t.n && t.tokens[i].kind == kind
}

// hyphenated reports whether a dash in front of r joins two words or a number and
// a word ("$6-billion", "25-basis-point") and does not begin a number.
func hyphenated(afterToken bool, r rune) bool { return afterToken && unicode.IsLetter(r) }

// splitQuantity fills t with the tokens of the words. It reports false for words
// that are too long or hold a character that no quantity has.
func (t *quantityTokens) splitQuantity(words string) bool {
	t.words = words
	if len(words) > maxQuantityWords || !utf8.ValidString(words) {
		return false
	}
	var buffer [2 * maxQuantityWords]byte
	text := buffer[:0]
	begin, end := trimQuotes(words)
	gap, hyphen := true, false
	for i := begin; i < end; {
		r, size := utf8.DecodeRuneInString(words[i:end])
		if unicode.IsSpace(r) {
			gap, hyphen = true, false
			i += size
			continue
		}
		if isInvisible(r) {
			i += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(words[i+size : end])
		if isDash(r) && hyphenated(t.n > 0 && !gap && !t.is(t.n-1, dashToken), next) {
			hyphen = true
			i += size
			continue
		}
		if t.n == maxQuantityTokens {
			return false
		}
		token := quantityToken{from: i, glued: !gap && !hyphen, hyphen: hyphen}
		if t.n > 0 {
			text = append(text, ' ')
		}
		token.start = len(text)
		switch {
		case r >= '0' && r <= '9' || r == '.' && next >= '0' && next <= '9' || isVulgarFraction(r):
			token.kind = numberToken
			text, i = appendNumber(text, words[:end], i)
		case unicode.IsLetter(r):
			text, i, token.capitals = appendWord(text, words[:end], i)
		case isDash(r):
			token.kind = dashToken
			text = append(text, '-')
			i += size
		case strings.ContainsRune("$€£¥₹₩₽₺₪฿₫₱₴₦₸₵¢%~≈<>≤≥×", r):
			token.kind = symbolToken
			text = utf8.AppendRune(text, r)
			i += size
		default:
			return false
		}
		token.end, token.to = len(text), i
		t.tokens[t.n] = token
		t.n++
		gap, hyphen = false, false
	}
	t.text = string(text)
	return t.n > 0 && !hyphen
}

// trimQuotes returns where the words begin and end without spaces and quotation
// marks around them.
func trimQuotes(words string) (begin, end int) {
	around := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'“”‘’„«»", r) }
	begin = len(words) - len(strings.TrimLeftFunc(words, around))
	return begin, begin + len(strings.TrimRightFunc(words[begin:], around))
}

// appendNumber appends the number that begins at i, and returns where it ends.
// Separators stay only between two digits; a fraction such as ½ may follow.
func appendNumber(text []byte, words string, i int) ([]byte, int) {
	for i < len(words) {
		c := words[i]
		if c >= '0' && c <= '9' {
			text = append(text, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(words[i:])
		if isVulgarFraction(r) {
			return utf8.AppendRune(text, r), i + size
		}
		if r == '’' {
			r = '\''
		}
		if r != ',' && r != '.' && r != '\'' || i+size == len(words) || words[i+size] < '0' || words[i+size] > '9' {
			break
		}
		text = append(text, byte(r))
		i += size
	}
	return text, i
}

// appendWord appends the word that begins at i in lower case and without full stops,
// and returns where it ends and whether it is in capitals. A dollar or yen sign right
// after the letters belongs to it, as in "HK$".
func appendWord(text []byte, words string, i int) (lower []byte, end int, capitals bool) {
	capitals = true
	for i < len(words) {
		if c := words[i]; c < utf8.RuneSelf {
			switch {
			case c >= 'a' && c <= 'z':
				capitals = false
				text = append(text, c)
			case c >= 'A' && c <= 'Z':
				text = append(text, c+'a'-'A')
			case c == '$':
				return append(text, c), i + 1, capitals
			case c != '.':
				return text, i, capitals
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(words[i:])
		if r == '¥' {
			return append(text, "¥"...), i + size, capitals
		}
		if !unicode.IsLetter(r) {
			break
		}
		capitals = capitals && unicode.IsUpper(r)
		text = utf8.AppendRune(text, unicode.ToLower(r))
		i += size
	}
	return text, i, capitals
}

func isDash(r rune) bool {
	return r == '-' || r >= '\u2010' && r <= '\u2014' || r == '\u2212'
}

// isInvisible reports whether r only says where a line may break.
func isInvisible(r rune) bool {
	return r == '\u00ad' || r == '\u200b' || r == '\u2060' || r == '\ufeff'
}

func isVulgarFraction(r rune) bool { return r == '½' || r == '¼' || r == '¾' }
