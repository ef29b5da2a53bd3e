package diff

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"standfirst"
)

const (
	longestHedge  = 4 // words before the number
	longestFigure = 6 // words from the number on
	// mostNumbers is how many numbers of a revision are read. A story has some dozens.
	mostNumbers = 2000
)

// reader is how many numbers may still be read.
type reader int

// read finds the figures that stand in a text outside what is cited. It knows less than
// the copy desk, and shows what it finds only where it changed.
func (r *reader) read(text string, cited []Cited, place int) []figure {
	list := split(text)
	var found []figure
	for i := 0; i < len(list) && *r > 0; i++ {
		w := list[i]
		if !strings.ContainsFunc(text[w.start:w.end], unicode.IsDigit) || within(cited, w) {
			continue
		}
		*r--
		from, to, ok := measured(text, list, i)
		if !ok {
			continue
		}
		words := text[list[from].start:list[to-1].end]
		found = append(found, figure{place: place, words: words, value: valueOf(words)})
		i = to - 1
	}
	return found
}

// within reports whether the word stands in a figure that is cited.
func within(cited []Cited, w word) bool {
	i := sort.Search(len(cited), func(i int) bool { return cited[i].End > w.start })
	return i < len(cited) && cited[i].Start < w.end
}

// measured returns which words make up the figure with the number at i: the longest that
// have a unit, or else the number and what it counts.
func measured(text string, list []word, i int) (from, to int, ok bool) {
	starts := []int{i}
	var before []string
	for j := max(0, i-longestHedge); j < i; j++ {
		before = append(before, text[list[j].start:list[j].end])
	}
	if _, n := standfirst.HedgeBefore(before); n > 0 {
		starts = []int{i - n, i}
	}
	for _, from := range starts {
		for to := min(len(list), i+longestFigure); to > i; to-- {
			if isSign(text[list[to-1].start:list[to-1].end]) {
				continue
			}
			q, err := standfirst.ParseQuantity(text[list[from].start:list[to-1].end])
			if err == nil && q.Unit != standfirst.UnitOfCount {
				return from, to, true
			}
		}
	}
	for _, from := range starts {
		for to := min(len(list), i+4); to > i+1; to-- {
			q, err := standfirst.ParseQuantity(text[list[from].start:list[to-1].end])
			if err == nil && isCount(q, text[list[i].start:list[i].end], to-i) {
				return from, to, true
			}
		}
	}
	return 0, 0, false
}

// isSign reports whether the word is a sign with which no figure ends.
func isSign(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return !isLetter(r) && r != '%' && !unicode.Is(unicode.Sc, r)
}

// isCount reports whether the quantity counts something, and is neither a year nor a
// number with half a noun.
func isCount(q standfirst.Quantity, number string, words int) bool {
	first := []rune(q.Noun + " ")[0]
	if !unicode.IsLower(first) || isYear(number) {
		return false
	}
	return words == 2 || strings.HasSuffix(q.Noun, "s") || strings.HasSuffix(q.Noun, "people")
}

// isYear reports whether the number is written as a year of these times.
func isYear(number string) bool {
	return len(number) == 4 && (strings.HasPrefix(number, "19") || strings.HasPrefix(number, "20"))
}
