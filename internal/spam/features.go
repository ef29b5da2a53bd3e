package spam

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Of what is longer, so many bytes at the beginning and at the end are looked at.
const (
	textEnds  = 8 << 10
	nameEnds  = 100
	linkEnds  = 150
	maxLinks  = 8
	longWord  = 20 // runes; what is longer is no word but an address, a key or noise
	nameWords = 6
)

// Features returns what the message is told by: at most [MaxFeatures] distinct strings
// of at most [MaxFeature] bytes, sorted. They are its words and pairs of words, the
// hosts that it links to, the shape of its name and e-mail address, and marks of its
// form: "w:market", "p:your money", "host:filings.example", "mark:capitals".
//
// Where a message has more, marks and links come before words, words before pairs, and
// those at the beginning and the end before those in the middle.
func Features(m Message) []string {
	c := collector{seen: make(map[string]struct{}, MaxFeatures)}
	text := ends(m.Text, textEnds)
	s := scan(text)
	r := reader{c: &c, shape: &s, phones: phones(text)}
	r.read(plain(text))
	r.links(m.Links)
	r.sender(m.Name, m.Email)
	r.marks()
	r.words()
	slices.Sort(c.features)
	return c.features
}

// ends returns the text, or its beginning and its end where it is longer than both.
func ends(text string, each int) string {
	if len(text) <= 2*each {
		return text
	}
	return text[:each] + " " + text[len(text)-each:]
}

// collector gathers distinct features up to the limits.
type collector struct {
	features []string
	seen     map[string]struct{}
	buffer   []byte
}

// add adds the feature that the parts make.
func (c *collector) add(parts ...string) {
	if len(c.features) == MaxFeatures {
		return
	}
	c.buffer = c.buffer[:0]
	for _, part := range parts {
		c.buffer = append(c.buffer, part...)
	}
	if len(c.buffer) > MaxFeature {
		end := MaxFeature
		for !utf8.RuneStart(c.buffer[end]) {
			end--
		}
		c.buffer = c.buffer[:end]
	}
	if _, ok := c.seen[string(c.buffer)]; ok {
		return
	}
	feature := string(c.buffer)
	c.seen[feature] = struct{}{}
	c.features = append(c.features, feature)
}

// reader reads the words of a message and what their form says.
type reader struct {
	c     *collector
	shape *shape
	texts []string // words in the order of the text; "" where a sentence or line ends
	known []string // addresses that were taken down

	// How often there was what.
	handles, addresses, phones, keys     int
	prices, percents, disguises          int
	calls, messengers, promises, privacy int
	dailies                              int
}

// read reads plain text, word by word.
func (r *reader) read(text string) {
	var apart []string // single letters in a row
	for chunk := range strings.FieldsSeq(text) {
		letter := strings.TrimRight(chunk, ".,;:!?")
		if single(letter) && wordRune(firstRune(letter)) && !hasDigit(letter) {
			if apart = append(apart, letter); letter != chunk {
				apart = r.endApart(apart)
			}
			continue
		}
		apart = r.endApart(apart)
		switch {
		case isLink(chunk):
			r.link(chunk)
		case strings.HasPrefix(chunk, "@") && len(chunk) > 3:
			r.handles++
			r.word("@")
		case isAddress(chunk):
			r.addresses++
			r.word("@.")
		case hasDigit(chunk) && r.number(chunk):
		case spacedLetters(chunk):
			r.spaced(words(chunk))
		default:
			r.chunk(chunk)
		}
	}
	r.endApart(apart)
}

// endApart reads single letters in a row, which are a word in disguise where there are
// many, and returns none of them.
func (r *reader) endApart(apart []string) []string {
	if len(apart) >= disguiseLetters {
		r.spaced(apart)
		return apart[:0]
	}
	for _, letter := range apart {
		r.word(letter)
	}
	return apart[:0]
}

// disguiseLetters is how many letters have to stand apart to be a disguise: fewer are
// initials.
const disguiseLetters = 4

// spaced reads letters that stand apart as one word.
func (r *reader) spaced(letters []string) {
	if len(letters) >= disguiseLetters {
		r.disguises++
	}
	r.word(unmask(strings.Join(letters, "")))
}

// spacedLetters reports whether the chunk is letters with signs between them, as in
// "c.a.s.i.n.o".
func spacedLetters(chunk string) bool {
	letters, sign := 0, true
	for _, r := range chunk {
		if wordRune(r) {
			if !sign {
				return false
			}
			letters++
			sign = false
			continue
		}
		sign = true
	}
	return letters >= 3
}

// chunk reads what stands between two spaces.
func (r *reader) chunk(chunk string) {
	if letters, ok := disguisedWord(chunk); ok {
		r.disguises++
		r.word(letters)
		return
	}
	start := -1
	for i, c := range chunk {
		inside := wordRune(c) || c == '\'' && start >= 0
		switch {
		case ideographic(c):
			r.flush(chunk, start, i)
			start = -1
			r.word(string(c))
		case inside && start < 0:
			start = i
		case !inside:
			r.flush(chunk, start, i)
			start = -1
		}
	}
	r.flush(chunk, start, len(chunk))
	if last := chunk[len(chunk)-1]; last == '.' || last == '!' || last == '?' {
		r.texts = append(r.texts, "")
	}
}

// flush reads the word that begins at start, unless that is negative.
func (r *reader) flush(chunk string, start, end int) {
	if start < 0 {
		return
	}
	word := strings.Trim(chunk[start:end], "'")
	if mixedScripts(word) {
		r.disguises++
		word = unmask(word)
	}
	r.word(word)
}

// word takes the word down, and counts what kind of word it is.
func (r *reader) word(word string) {
	if word == "" {
		return
	}
	if utf8.RuneCountInString(word) > longWord {
		r.keys++
		word = "…"
	}
	r.texts = append(r.texts, word)
	switch kinds[word] {
	case call:
		r.calls++
	case messenger:
		r.messengers++
	case promise:
		r.promises++
	case privately:
		r.privacy++
	case daily:
		r.dailies++
	}
}

// disguisedWord returns the letters of a word with digits or signs among them
// ("v1agra", "ca$h") or with signs between short parts of it ("vi-ag-ra").
func disguisedWord(chunk string) (string, bool) {
	chunk = strings.TrimRight(chunk, ".,;:!?)\"'")
	letters, others, signs, longest, part := 0, 0, 0, 0, 0
	inside := false // something that stands for a letter is between letters
	pending := false
	for _, c := range chunk {
		switch {
		case isLetter(c):
			letters++
			part++
			inside = inside || pending
		case c == '.' || c == '-' || c == '_' || c == '*' || c == '~' || c == '|' || c == '/':
			signs++
			part = 0
		case letterFor(c) != 0:
			others++
			part++
			pending = letters > 0
		default:
			return "", false
		}
		longest = max(longest, part)
	}
	switch {
	case letters < 3 || letters < others:
		return "", false
	case signs == 0 && inside:
	case signs >= 2 && longest <= 3:
	default:
		return "", false
	}
	return strings.Map(func(c rune) rune {
		if c = lookAlike(c); isLetter(c) {
			return c
		}
		switch letter := letterFor(c); letter {
		case 0:
			return -1
		case stroke:
			return 'i'
		default:
			return letter
		}
	}, chunk), true
}

// number reads a chunk with a figure in it and reports whether it was one: "$5,000" is
// taken down as a price of four digits, not as that price.
func (r *reader) number(chunk string) bool {
	chunk = strings.Trim(chunk, "(),.;:!?\"'~")
	digits, letters, longest, run := 0, 0, 0, 0
	scale := ""
	price, percent, plus := false, false, strings.HasPrefix(chunk, "+")
	for i, c := range chunk {
		switch {
		case unicode.IsDigit(c):
			digits++
			run++
			longest = max(longest, run)
			continue
		case isLetter(c):
			if letters++; digits > 0 && scale == "" {
				scale = chunk[i:]
			}
		case unicode.Is(unicode.Sc, c):
			price = true
		case c == '%':
			percent = true
		}
		run = 0
	}
	size := string(rune('0' + min(digits, 9)))
	switch {
	case letters > 3:
		return false
	case plus && digits >= phoneDigits:
		r.word("#phone")
	case longest >= phoneDigits && letters == 0 && !price:
		r.phones++
		r.word("#phone")
	case price:
		r.prices++
		r.word("#price" + size + scale)
	case percent:
		r.percents++
		r.word("#percent" + size)
	case letters > 0:
		return false
	default:
		r.word("#" + size)
	}
	return true
}

// phoneDigits is how many digits a telephone number with its country has at least.
const phoneDigits = 9

// phones returns how many telephone numbers the text has: a plus and digits, which may
// stand in groups.
func phones(text string) int {
	found, digits := 0, -1 // -1 where there was no plus
	for i := range len(text) {
		switch b := text[i]; {
		case b == '+':
			digits = 0
		case digits < 0:
		case '0' <= b && b <= '9':
			if digits++; digits == phoneDigits {
				found++
			}
		case b != ' ' && b != '-' && b != '(' && b != ')':
			digits = -1
		}
	}
	return found
}

// hasDigit reports whether there is an ASCII digit in the chunk.
func hasDigit(chunk string) bool { return strings.ContainsAny(chunk, "0123456789") }

// firstRune returns the first character of the text.
func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// isAddress reports whether the chunk looks like an e-mail address.
func isAddress(chunk string) bool {
	at := strings.IndexByte(chunk, '@')
	return at > 0 && strings.IndexByte(chunk[at:], '.') > 1
}

// words adds the words and pairs, from both ends of the text to its middle.
func (r *reader) words() {
	n := len(r.texts)
	for i := range n {
		if word := r.texts[inward(i, n)]; word != "" {
			r.c.add("w:", word)
			r.stem(word)
		}
	}
	for i := range n - 1 {
		at := inward(i, n-1)
		if first, second := r.texts[at], r.texts[at+1]; first != "" && second != "" {
			r.c.add("p:", first, " ", second)
		}
	}
}

// stem adds how a longer word begins, so that "investing" is told by what was learnt of
// "investment", without the grammar of any language.
func (r *reader) stem(word string) {
	n := 0
	for i := range word {
		if n == 5 {
			r.c.add("s:", word[:i])
			return
		}
		n++
	}
}

// inward returns the i-th of n places, counted from both ends in turn.
func inward(i, n int) int {
	if i%2 == 0 {
		return i / 2
	}
	return n - 1 - i/2
}
