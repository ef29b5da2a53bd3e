package search

import (
	"slices"
	"time"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/store"
)

// The letters that marks begin with, after an underscore. None is a t, see [store.SearchWords].
const (
	markAll     = "_z"
	markKind    = "_k"
	markSection = "_s" // with the number of the section, whose name may change
	markAuthor  = "_a"
	markCompany = "_c"
	markTicker  = "_x"
	markName    = "_n" // of something that is called so
)

// compiled is a query as the store takes it.
type compiled struct {
	words   store.SearchMatch // what is found anywhere
	titles  store.SearchMatch // the same in titles alone
	filters store.SearchMatch
	without []store.SearchMatch
	name    string // the mark of what is called by the words; empty where they are no name
	from    time.Time
	to      time.Time

	highlights []highlight
}

// leastPrefix is how many Latin letters a prefix has at least: shorter ones find nearly
// everything.
const leastPrefix = 3

// compile makes of the clauses what the store looks for. Days are those of the time zone.
func (a analysis) compile(clauses []clause, loc *time.Location) compiled {
	var c compiled
	named := true
	for _, cl := range clauses {
		if cl.op != anywhere || cl.not {
			named = false
		}
		switch cl.op {
		case before:
			c.to = earliest(c.to, cl.day.In(loc))
			continue
		case after:
			if from := cl.day.In(loc); from.After(c.from) {
				c.from = from
			}
			continue
		}
		group := a.group(cl)
		switch {
		case len(group) == 0:
		case cl.not:
			c.without = append(c.without, store.SearchMatch{group})
		case cl.op != anywhere:
			c.filters = append(c.filters, group)
		default:
			c.words = append(c.words, group)
			c.titles = append(c.titles, inTitle(group))
			c.highlights = append(c.highlights, a.highlight(cl))
			c.name += a.flat(cl.text)
		}
	}
	if !named || c.name == "" {
		c.name = ""
	} else {
		c.name = markName + clip(c.name, mostTokenBytes)
	}
	if len(c.words)+len(c.filters) == 0 && (len(c.without) > 0 || !c.from.IsZero() || !c.to.IsZero()) {
		c.filters = store.SearchMatch{{{Words: []string{markAll}}}}
	}
	return c
}

func earliest(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// empty reports whether the query says nothing.
func (c compiled) empty() bool { return len(c.words)+len(c.filters) == 0 }

// group returns the terms of which the clause asks for one.
func (a analysis) group(c clause) []store.SearchTerm {
	mark := func(letter string) []store.SearchTerm {
		if value := a.flat(c.text); value != "" {
			return []store.SearchTerm{{Words: []string{letter + value}}}
		}
		return nil
	}
	if c.known != nil {
		return c.known
	}
	switch c.op {
	case byAuthor:
		return mark(markAuthor)
	case ofCompany:
		if key := standfirst.EntityKey(c.text); key != "" {
			c.text = key
		}
		return mark(markCompany)
	case ofTicker:
		if t, ok := standfirst.ParseTicker(c.text); ok {
			c.text = t.Exchange.MIC + t.Symbol
		}
		return mark(markTicker)
	}
	var group []store.SearchTerm
	if tokens := a.cut(c.text); len(tokens) > 0 {
		group = a.terms(tokens, c.prefix)
	}
	for _, other := range c.instead {
		group = append(group, a.terms(a.cut(other), false)...)
	}
	for _, mark := range figureMarks(c.text) {
		group = append(group, store.SearchTerm{Words: []string{mark}})
	}
	return group
}

// terms returns what finds the words one after the other; the last may be a prefix, and so
// may be one letter of a script without spaces, which stands in pairs.
func (a analysis) terms(tokens []token, prefix bool) []store.SearchTerm {
	var words []string
	for _, t := range tokens {
		words = append(words, t.stem)
	}
	last := tokens[len(tokens)-1]
	first, _ := utf8.DecodeRuneInString(last.plain)
	single := isDense(first) && utf8.RuneCountInString(last.plain) == 1
	if !prefix && !single || !isDense(first) && utf8.RuneCountInString(last.plain) < leastPrefix {
		return []store.SearchTerm{{Words: words}}
	}
	terms := []store.SearchTerm{{Words: append(slices.Clone(words[:len(words)-1]), last.plain), Prefix: true}}
	for _, stem := range a.stemsOf(last.plain) {
		terms = append(terms, store.SearchTerm{Words: append(slices.Clone(words[:len(words)-1]), stem)})
	}
	return terms
}

// endings are what a word may go on with until it is whole.
var endings = []string{"", "e", "s", "g", "d", "y", "n", "ng", "ing", "ed", "es", "er", "on", "ion", "ment", "ts", "ly"}

// stemsOf returns the stems that are shorter than the prefix of their words: what goes on
// from "financi" is "financing", whose stem is "financ".
func (a analysis) stemsOf(prefix string) []string {
	var stems []string
	for _, ending := range endings {
		stem := plainLetters(a.stem(prefix + ending))
		if len(stem) >= leastPrefix && len(stem) < len(prefix) && !slices.Contains(stems, stem) {
			stems = append(stems, stem)
		}
	}
	return stems
}

// inTitle returns the same terms in titles. Marks are not in titles.
func inTitle(group []store.SearchTerm) []store.SearchTerm {
	var terms []store.SearchTerm
	for _, t := range group {
		if t.Words[0][0] != '_' {
			t.Title = true
			terms = append(terms, t)
		}
	}
	return terms
}
