package spam

import (
	"slices"
	"strings"
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

	usualFeatures = 96 // of a comment of usual length
)

// Features returns what the message is told by: at most [MaxFeatures] distinct strings
// of at most [MaxFeature] bytes, sorted. They are its words, how they begin, and pairs of
// them, the hosts that it links to, the shape of its name and e-mail address, and marks of
// its form: "w:market", "s:marke", "p:your money", "host:filings.example",
// "mark:capitals". What they are may change from version to version; what was learnt of
// others is then of no use, and does no harm.
//
// Where a message has more, marks and links come before words, words before pairs, and
// those at the beginning and the end before those in the middle.
func Features(m Message) []string {
	c := collector{seen: make(map[string]struct{}, usualFeatures)}
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
