package spam

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxWords is how many words an entry of a word list can have; what is longer is cut.
const maxWords = 16

// WordList is a moderator's list of words and phrases. Its zero value finds nothing.
// It may be used by several goroutines at once.
type WordList struct {
	exact        map[string]string // folded entry → entry as it was written
	loose        map[string][]loose
	exactLengths []int // how many words entries have, ascending
	looseLengths []int
}

// loose is an entry that is found in disguise as well.
type loose struct {
	entry string
	runs  []int // how often each letter of its key is repeated
}

// NewWordList returns a list of words and phrases. The exact ones are found as whole
// words, whatever their case and accents. The loose ones are found in disguise as
// well: with digits and signs for letters, letters apart, look-alikes of other scripts,
// invisible characters, or a letter three times and more; but only ever as a whole
// word. Empty entries are left out.
func NewWordList(exact, loose []string) WordList {
	var list WordList
	for _, entry := range exact {
		list.addExact(entry)
	}
	for _, entry := range loose {
		list.addLoose(entry)
	}
	return list
}

func (l *WordList) addExact(entry string) {
	words := words(plain(entry))
	if len(words) == 0 {
		return
	}
	words = words[:min(len(words), maxWords)]
	if l.exact == nil {
		l.exact = make(map[string]string)
	}
	if key := strings.Join(words, " "); l.exact[key] == "" {
		l.exact[key] = entry
		l.exactLengths = insertLength(l.exactLengths, len(words))
	}
}

func (l *WordList) addLoose(entry string) {
	words := words(plain(entry))
	if len(words) == 0 {
		return
	}
	words = words[:min(len(words), maxWords)]
	for i, word := range words {
		if mixedScripts(word) || !latinTwin(word) {
			words[i] = unmask(word)
		}
	}
	if l.loose == nil {
		l.loose = make(map[string][]loose)
	}
	var c collapsed
	c.set(words, 'i')
	key := string(c.key)
	l.loose[key] = append(l.loose[key], loose{entry: entry, runs: c.runs})
	l.looseLengths = insertLength(l.looseLengths, len(words))
}

// insertLength adds n to the ascending lengths unless it is there.
func insertLength(lengths []int, n int) []int {
	at := 0
	for at < len(lengths) && lengths[at] < n {
		at++
	}
	if at < len(lengths) && lengths[at] == n {
		return lengths
	}
	return append(lengths[:at], append([]int{n}, lengths[at:]...)...)
}

// Find returns an entry of the list that the text contains, as the list has it; the
// exact entries are looked for first. Its time grows with the length of the text.
func (l WordList) Find(text string) (word string, ok bool) {
	if word, ok := l.findExact(words(plain(text))); ok {
		return word, true
	}
	if len(l.loose) == 0 {
		return "", false
	}
	pieces := disguised(plain(markStrokes(text)))
	readings := [][]string{spelled(pieces)}
	if slices.ContainsFunc(pieces, func(p piece) bool { return p.glued }) {
		readings = append(readings, joined(pieces))
	}
	for _, reading := range readings {
		if word, ok := l.findLoose(reading, 'i'); ok {
			return word, true
		}
		if !slices.ContainsFunc(reading, hasStroke) {
			continue
		}
		if word, ok := l.findLoose(reading, 'l'); ok {
			return word, true
		}
	}
	return "", false
}

// hasStroke reports whether the word has a sign that is read in two ways.
func hasStroke(word string) bool { return strings.IndexByte(word, stroke) >= 0 }

func (l WordList) findExact(words []string) (string, bool) {
	var key []byte
	for i := range words {
		for _, n := range l.exactLengths {
			if i+n > len(words) {
				break
			}
			key = key[:0]
			for j, word := range words[i : i+n] {
				if j > 0 {
					key = append(key, ' ')
				}
				key = append(key, word...)
			}
			if entry, ok := l.exact[string(key)]; ok {
				return entry, true
			}
		}
	}
	return "", false
}

// findLoose looks for the loose entries among words whose strokes are read as the letter.
func (l WordList) findLoose(words []string, letter rune) (string, bool) {
	var c collapsed
	for i := range words {
		for _, n := range l.looseLengths {
			if i+n > len(words) {
				break
			}
			c.set(words[i:i+n], letter)
			for _, candidate := range l.loose[string(c.key)] {
				if repeats(c.runs, candidate.runs) {
					return candidate.entry, true
				}
			}
		}
	}
	return "", false
}

// collapsed is a phrase with each letter once where it is repeated.
type collapsed struct {
	key  []byte
	runs []int // how often each letter of the key was there
}

// set collapses the words, whose strokes are read as the letter.
func (c *collapsed) set(words []string, letter rune) {
	c.key, c.runs = c.key[:0], c.runs[:0]
	for i, word := range words {
		if i > 0 {
			c.key, c.runs = append(c.key, ' '), append(c.runs, 1)
		}
		last := rune(-1)
		for _, r := range word {
			if r == stroke {
				r = letter
			}
			if r == last {
				c.runs[len(c.runs)-1]++
				continue
			}
			c.key, c.runs = utf8.AppendRune(c.key, r), append(c.runs, 1)
			last = r
		}
	}
}

// repeats reports whether letters that are repeated so often are a way to write those
// of an entry. Two for one would make "beet" of "bet"; three in a row are in no word.
func repeats(runs, entry []int) bool {
	for i, n := range runs {
		if n != entry[i] && (n < 3 || n < entry[i]) {
			return false
		}
	}
	return true
}

// words returns the runs of letters and digits of plain text; an apostrophe inside a
// word is left out of it. A letter of a script without spaces is a word.
func words(text string) []string {
	var found []string
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			found = append(found, b.String())
			b.Reset()
		}
	}
	for _, r := range text {
		switch {
		case ideographic(r):
			end()
			found = append(found, string(r))
		case wordRune(r):
			b.WriteRune(r)
		case r == '\'' || r == '’':
		default:
			end()
		}
	}
	end()
	return found
}

// wordRune reports whether the character can be part of a word. Marks are what is left
// of them in plain text: vowels of Indic scripts.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return isLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
