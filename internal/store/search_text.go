package store

import (
	"slices"
	"strconv"
	"strings"
)

// The two engines have the same words in their own forms: SQLite has a column for each of
// title, text and marks, PostgreSQL one vector in which the words of the title stand a
// second time, with titleMark before them.
const titleMark = "_t"

// Bounds of what PostgreSQL keeps in a vector.
const (
	mostLexemeBytes = 500_000
	mostPositions   = 255
	lastPosition    = 16_383
)

// columns returns what is stored of the words.
func (w SearchWords) columns(engine Engine) []any {
	if engine == SQLite {
		return []any{strings.Join(w.Title, " "), strings.Join(w.Text, " "), strings.Join(w.Marks, " ")}
	}
	v := vector{at: make(map[string][]int)}
	for i, word := range w.Title {
		v.add(word, i+1)
		v.add(titleMark+word, i+1)
	}
	for i, word := range w.Text {
		v.add(word, len(w.Title)+i+2) // no phrase reaches from one into the other
	}
	for _, mark := range w.Marks {
		v.add(mark, 0)
	}
	return []any{v.String()}
}

// vector is a tsvector: words with their positions.
type vector struct {
	at    map[string][]int
	words []string
	bytes int
}

func (v *vector) add(word string, position int) {
	before, known := v.at[word]
	if !known {
		if v.bytes += len(word); v.bytes > mostLexemeBytes {
			return
		}
		v.words = append(v.words, word)
	}
	if position > 0 && position <= lastPosition && len(before) < mostPositions {
		before = append(before, position)
	}
	v.at[word] = before
}

// String returns the vector as PostgreSQL reads it.
func (v *vector) String() string {
	slices.Sort(v.words)
	var b strings.Builder
	for i, word := range v.words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(quoteLexeme(word))
		for j, position := range v.at[word] {
			b.WriteByte(":,"[min(j, 1)])
			b.WriteString(strconv.Itoa(position))
		}
	}
	return b.String()
}

var lexemeEscapes = strings.NewReplacer(`'`, `''`, `\`, `\\`)

func quoteLexeme(word string) string { return "'" + lexemeEscapes.Replace(word) + "'" }

// text returns the query as the engine reads it, and "" for one that says nothing.
func (q SearchQuery) text(engine Engine) string {
	write := termOfPostgres
	and, or, not := " & ", " | ", " & !"
	if engine == SQLite {
		write, and, or, not = termOfSQLite, " AND ", " OR ", " NOT "
	}
	match := func(m SearchMatch) string {
		var groups []string
		for _, group := range m {
			var terms []string
			for _, term := range group {
				if len(term.Words) > 0 {
					terms = append(terms, write(term))
				}
			}
			if len(terms) > 0 {
				groups = append(groups, "("+strings.Join(terms, or)+")")
			}
		}
		return strings.Join(groups, and)
	}
	text := match(q.Match)
	var without []string
	for _, m := range q.Without {
		if found := match(m); found != "" {
			without = append(without, "("+found+")")
		}
	}
	if text == "" || len(without) == 0 {
		return text
	}
	return "(" + text + ")" + not + "(" + strings.Join(without, or) + ")"
}

func termOfSQLite(t SearchTerm) string {
	text := `"` + strings.ReplaceAll(strings.Join(t.Words, " "), `"`, "") + `"`
	if t.Prefix {
		text += " *"
	}
	if t.Title {
		text = "title : " + text
	}
	return text
}

func termOfPostgres(t SearchTerm) string {
	var words []string
	for _, word := range t.Words {
		if t.Title {
			word = titleMark + word
		}
		words = append(words, quoteLexeme(word))
	}
	text := strings.Join(words, " <-> ")
	if t.Prefix {
		text += ":*"
	}
	if len(words) > 1 {
		text = "(" + text + ")"
	}
	return text
}
