package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"standfirst/internal/store"
)

// mostNear bounds how many names are compared with a word, and mostMeant how many of them
// are looked for in its place.
const (
	mostNear  = 200
	mostMeant = 3
)

// forgive puts the names that are meant in the place of words that nothing has. It returns
// nothing where every word is known, or like no name.
func (f *finder) forgive(clauses []clause) ([]clause, []Mistaken, error) {
	var mistaken []Mistaken
	meant := slices.Clone(clauses)
	for i, c := range clauses {
		if !c.isPlain() {
			continue
		}
		tokens := f.analysis.cut(c.text)
		if len(tokens) != 1 || strings.ContainsFunc(tokens[0].plain, unicode.IsDigit) {
			continue
		}
		known, err := f.tx.SearchKeys(store.SearchQuery{Match: store.SearchMatch{f.analysis.group(c)}}, 1)
		if err != nil {
			return nil, nil, err
		}
		if len(known) > 0 {
			continue
		}
		near, err := f.tx.SearchNear(tokens[0].plain, mostNear)
		if err != nil {
			return nil, nil, err
		}
		if names := closest(tokens[0].plain, near); len(names) > 0 {
			mistaken = append(mistaken, Mistaken{c.text, names})
			meant[i].text, meant[i].instead = names[0], names[1:]
		}
	}
	return meant, mistaken, nil
}

// closest returns the names that are fewest mistakes from the word: one in a short word, and
// at most two in one of eight letters or more.
func closest(word string, names []string) []string {
	most := 1
	if utf8.RuneCountInString(word) >= 8 {
		most = 2
	}
	var best []string
	for _, name := range names {
		d := mistakes(word, name)
		if d < most {
			best, most = nil, d
		}
		if d == most {
			best = append(best, name)
		}
	}
	slices.Sort(best)
	return best[:min(len(best), mostMeant)]
}

// mistakes returns how many letters are added, left out, changed or put in the place of
// their neighbour between two words: the restricted distance of Damerau and Levenshtein.
func mistakes(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			change := 1
			if x[i] == y[j] {
				change = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+change)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
