package copydesk

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"standfirst"
)

// token is a word, a number or a sign of a passage.
type token struct {
	start, end int // bytes of the passage's cleaned text
	text       string
	lower      string
	kind       tokenKind
	quoted     bool // between quotation marks
}

// tokenKind says what a token begins with.
type tokenKind uint8

const (
	signToken   tokenKind = iota // one character that is neither letter nor digit
	wordToken                    // begins with a letter
	numberToken                  // begins with a digit
)

// scanned is a passage as tokens.
type scanned struct {
	cleaned
	place     Place
	tokens    []token
	sentences []standfirst.Range // of tokens
	cited     []standfirst.Range // of the cleaned text: words that cite a claim already
}

const (
	// maxTokens bounds how many tokens of a passage are looked at.
	maxTokens = 20_000
	// longestSentence bounds the tokens of a sentence. No sentence of a story is as long; what
	// is gets cut, so that looking through a sentence takes no more than so many steps.
	longestSentence = 160
)

// scan cuts a passage into tokens and sentences. Quoted tells that all of it is the
// words of a speaker.
func scan(c cleaned, place Place, quoted bool) scanned {
	p := scanned{cleaned: c, place: place}
	p.tokens = make([]token, 0, len(c.text)/5+4)
	for i := 0; i < len(c.text) && len(p.tokens) < maxTokens; {
		if c.text[i] == ' ' {
			i++
			continue
		}
		end := tokenEnd(c.text, i)
		p.tokens = append(p.tokens, newToken(c.text, i, end, quoted))
		i = end
	}
	if !quoted {
		p.markQuoted()
	}
	p.splitSentences()
	return p
}

func newToken(text string, start, end int, quoted bool) token {
	t := token{start: start, end: end, text: text[start:end], quoted: quoted}
	t.lower = strings.ToLower(t.text)
	r, _ := utf8.DecodeRuneInString(t.text)
	switch {
	case unicode.IsLetter(r):
		t.kind = wordToken
	case unicode.IsDigit(r):
		t.kind = numberToken
	}
	return t
}

// tokenEnd returns where the token at i ends. Letters and digits hold together, with
// the signs inside words and numbers ("3.5", "16,000", "AT&T", "long-term", "don't");
// an "'s" at the end is a token of its own, and an abbreviation keeps its stop.
func tokenEnd(s string, i int) int {
	r, size := utf8.DecodeRuneInString(s[i:])
	j := i + size
	if !isAlnum(r) {
		if isApostrophe(r) && j < len(s) && s[j] == 's' && (j+1 == len(s) || !isPlain(s[j+1])) {
			return j + 1
		}
		return j
	}
	for j < len(s) {
		r, size := utf8.DecodeRuneInString(s[j:])
		if isAlnum(r) || unicode.Is(unicode.Mn, r) {
			j += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[j+size:])
		if !joinsTokens(s, j, r, next) {
			break
		}
		j += size
	}
	if j < len(s) && s[j] == '.' && isAbbreviated(s[i:j]) {
		j++
	}
	return j
}

// joinsTokens reports whether the sign r at j, between a letter or digit and next, is
// inside a word or number.
func joinsTokens(s string, j int, r, next rune) bool {
	if !isAlnum(next) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s[:j])
	switch r {
	case '.', '/', '&':
		return true
	case '-':
		return !(unicode.IsDigit(last) && strings.HasPrefix(s[j:], "-a-")) // "$41-a-share"
	case ',':
		return unicode.IsDigit(last) && unicode.IsDigit(next)
	case '\'', '’':
		rest := s[j+utf8.RuneLen(r):]
		return !(rest[0] == 's' && (len(rest) == 1 || !isPlain(rest[1])))
	}
	return false
}

func isAlnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// isAbbreviated reports whether a stop after the word belongs to it.
func isAbbreviated(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	if size == len(word) {
		return unicode.IsUpper(r) && r != 'I'
	}
	if strings.IndexByte(word, '.') > 0 && len(word) <= 6 && !strings.ContainsAny(word, "0123456789") {
		return true // U.S., p.m.
	}
	return len(word) <= 12 && words().abbreviations[strings.ToLower(word)]
}

// markQuoted marks the tokens between quotation marks.
func (p *scanned) markQuoted() {
	all := stretches(p.text)
	k := 0
	for i := range p.tokens {
		t := &p.tokens[i]
		for k < len(all) && all[k].end <= t.start {
			k++
		}
		t.quoted = k < len(all) && t.start >= all[k].start
	}
}

// splitSentences finds where sentences begin and end.
func (p *scanned) splitSentences() {
	first := 0
	for end := 0; first < len(p.tokens); {
		if end <= p.tokens[first].start {
			end = sentenceEnd(p.text, p.tokens[first].start)
		}
		last := first
		for last < len(p.tokens) && p.tokens[last].start < end && last-first < longestSentence {
			last++
		}
		if last == first {
			last++
		}
		p.sentences = append(p.sentences, standfirst.Range{Start: first, End: last})
		first = last
	}
}

// touches reports whether no space stands between the tokens i and i+1.
func (p *scanned) touches(i int) bool {
	return i >= 0 && i+1 < len(p.tokens) && p.tokens[i].end == p.tokens[i+1].start
}

// is reports whether the token at i is one of the words, in lower case.
func (p *scanned) is(i int, words ...string) bool {
	if i < 0 || i >= len(p.tokens) {
		return false
	}
	for _, w := range words {
		if p.tokens[i].lower == w {
			return true
		}
	}
	return false
}

// lower returns the token at i in lower case, and "" outside of the passage.
func (p *scanned) lower(i int) string {
	if i < 0 || i >= len(p.tokens) {
		return ""
	}
	return p.tokens[i].lower
}

// capital reports whether the token at i begins with a capital letter.
func (p *scanned) capital(i int) bool {
	if i < 0 || i >= len(p.tokens) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.tokens[i].text)
	return unicode.IsUpper(r)
}

// words returns the cleaned text of the tokens from i up to j, exclusive.
func (p *scanned) words(i, j int) string {
	if i >= j {
		return ""
	}
	return p.text[p.tokens[i].start:p.tokens[j-1].end]
}

// mark returns the tokens from i up to j, exclusive, as a Mark.
func (p *scanned) mark(i, j int) Mark {
	start, end := p.tokens[i].start, p.tokens[j-1].end
	return Mark{Span: p.span(start, end), Place: p.place, InQuote: p.tokens[i].quoted || p.place == InVoice, Cited: p.isCited(start, end)}
}

// sentenceOf returns the sentence that the token at i stands in.
func (p *scanned) sentenceOf(i int) standfirst.Range {
	at := sort.Search(len(p.sentences), func(k int) bool { return i < p.sentences[k].End })
	if at == len(p.sentences) {
		return standfirst.Range{Start: i, End: i + 1}
	}
	return p.sentences[at]
}
