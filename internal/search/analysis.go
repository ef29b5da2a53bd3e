package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// token is one word of a text as it is found.
type token struct {
	stem       string // what is indexed
	plain      string // in lower case, without marks on Latin and Greek letters
	start, end int    // where it stands in the text, in bytes
}

// mostTokens bounds how much of a text is found.
const mostTokens = 30_000

// mostTokenBytes bounds what counts as one word.
const mostTokenBytes = 120

// analysis cuts texts into words.
type analysis struct{ stem func(string) string }

// newAnalysis returns how texts of the language are cut, a BCP 47 tag. A language without a
// stemmer has its words as they are.
func newAnalysis(language string) analysis { return analysis{stemmer(language)} }

// cut returns the words of the text in their order. In scripts that put no space between
// words, each two letters that stand side by side are one.
func (a analysis) cut(text string) []token {
	var tokens []token
	for i := 0; i < len(text) && len(tokens) < mostTokens; {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case isDense(r):
			end := i
			for end < len(text) {
				r, size := utf8.DecodeRuneInString(text[end:])
				if !isDense(r) && !unicode.Is(unicode.M, r) {
					break
				}
				end += size
			}
			tokens = appendPairs(tokens, text, i, end)
			i = end
		case isWord(r):
			end := wordEnd(text, i)
			if end-i <= mostTokenBytes {
				if t := a.word(text[i:end]); t.stem != "" {
					t.start, t.end = i, end
					tokens = append(tokens, t)
				}
			}
			i = end
		default:
			i += size
		}
	}
	return tokens
}

// stems returns what is indexed of the text.
func (a analysis) stems(text string) []string {
	var stems []string
	for _, t := range a.cut(text) {
		stems = append(stems, t.stem)
	}
	return stems
}

// flat returns the words of the text in one, for names that are compared as a whole.
func (a analysis) flat(text string) string {
	var b strings.Builder
	for _, t := range a.cut(text) {
		b.WriteString(t.plain)
	}
	return clip(b.String(), mostTokenBytes)
}

// clip returns the beginning of the text in at most that many bytes.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// word returns the token of one word, without its place.
func (a analysis) word(text string) token {
	lower := strings.ToLower(norm.NFKC.String(text))
	lower = strings.Map(func(r rune) rune {
		switch {
		case r == '’' || r == 'ʼ' || r == '\'':
			return '\''
		case isWord(r):
			return r
		}
		return -1
	}, lower)
	stemmed := lower
	if !strings.ContainsFunc(lower, unicode.IsDigit) {
		stemmed = a.stem(lower)
	}
	lower = strings.TrimSuffix(lower, "'s") // the stemmers know it, names do not
	return token{stem: plainLetters(stemmed), plain: plainLetters(lower)}
}

// wordEnd returns where the word that begins at i ends. A mark between two letters that is
// part of a word ("O’Hara", "AT&T", "U.S.") and one that groups digits ("4,000") are in it.
func wordEnd(text string, i int) int {
	var before rune
	length := 0
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isWord(r) {
			if isDense(r) {
				return i
			}
			before, i = r, i+size
			length++
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		joins := false
		switch r {
		case '\'', '’', 'ʼ', '&':
			joins = unicode.IsLetter(before) && unicode.IsLetter(next)
		case ',':
			joins = unicode.IsDigit(before) && unicode.IsDigit(next)
		case '.':
			joins = length == 1 && unicode.IsUpper(before) && unicode.IsUpper(next)
		case '\u00ad', '\u200d', '\u200c':
			joins = length > 0 && isWord(next)
		}
		if !joins {
			return i
		}
		if r == '.' {
			length = 0 // of the next initial
		}
		i += size
	}
	return i
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r)
}

// isDense reports whether the script of the letter puts no space between words.
func isDense(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// appendPairs appends each two letters that stand side by side between start and end, or the
// only one.
func appendPairs(tokens []token, text string, start, end int) []token {
	var at []int // where letters begin
	for i := start; i < end; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.Is(unicode.M, r) || len(at) == 0 {
			at = append(at, i)
		}
		i += size
	}
	at = append(at, end)
	for i := 0; i+1 < len(at) && len(tokens) < mostTokens; i++ {
		last := min(i+2, len(at)-1)
		if i > 0 && last == i+1 {
			break // the last letter is in a pair
		}
		pair := denseLetters(text[at[i]:at[last]])
		if pair != "" {
			tokens = append(tokens, token{stem: pair, plain: pair, start: at[i], end: at[last]})
		}
	}
	return tokens
}

func denseLetters(text string) string {
	return strings.Map(func(r rune) rune {
		if isWord(r) {
			return r
		}
		return -1
	}, norm.NFKC.String(text))
}

// folded are letters that are taken for others, and have no decomposition.
var folded = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i", "'", "")

// plainLetters returns the word without the marks on Latin and Greek letters. Those on
// others make another letter of them.
func plainLetters(word string) string {
	ascii := true
	for i := range len(word) {
		ascii = ascii && word[i] < utf8.RuneSelf && word[i] != '\''
	}
	if ascii {
		return word
	}
	var b strings.Builder
	strip := false
	for _, r := range norm.NFD.String(word) {
		if unicode.Is(unicode.M, r) {
			if !strip {
				b.WriteRune(r)
			}
			continue
		}
		strip = unicode.In(r, unicode.Latin, unicode.Greek)
		b.WriteRune(r)
	}
	return folded.Replace(norm.NFC.String(b.String()))
}
