package search

import (
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// Suggestion is something whose name begins as what was typed.
type Suggestion struct {
	Kind standfirst.SearchKind `json:"kind"`
	Name string                `json:"name"`
	Path string                `json:"path"`
}

// leastSuggested is from how many letters on something is suggested.
const leastSuggested = 2

// Suggest returns up to limit companies, people, deals, sections and authors with a word that
// begins as the last one typed, and with all the words before it.
func Suggest(tx *store.ReadTx, text string, limit int) ([]Suggestion, error) {
	plain := newAnalysis("")
	tokens := plain.cut(clip(text, MaxQueryLength))
	if len(tokens) == 0 || len([]rune(tokens[len(tokens)-1].plain)) < leastSuggested {
		return nil, nil
	}
	last := tokens[len(tokens)-1].plain
	const scanned = 200
	names, err := tx.SearchNames(last, scanned)
	if err != nil {
		return nil, err
	}
	var found []Suggestion
	seen := make(map[string]bool)
	for _, n := range names {
		if seen[n.Path] || !hasWords(plain.cut(n.Name), tokens[:len(tokens)-1]) {
			continue
		}
		seen[n.Path] = true
		if found = append(found, Suggestion{n.Kind, n.Name, n.Path}); len(found) == limit {
			break
		}
	}
	return found, nil
}

// hasWords reports whether the name has a word that begins as each of the others.
func hasWords(name, words []token) bool {
words:
	for _, w := range words {
		for _, n := range name {
			if strings.HasPrefix(n.plain, w.plain) {
				continue words
			}
		}
		return false
	}
	return true
}
