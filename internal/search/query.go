package search

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/store"
)

// operator is what a clause asks for beside words.
type operator string

const (
	anywhere  operator = ""
	inSection operator = "section"
	byAuthor  operator = "author"
	ofCompany operator = "company"
	ofTicker  operator = "ticker"
	before    operator = "before"
	after     operator = "after"
)

// clause is one thing that a query asks for.
type clause struct {
	op     operator
	text   string
	not    bool // nothing that has it
	phrase bool // was written between quotation marks
	prefix bool // the last word may go on
	day    standfirst.Day
	// instead are other words that are meant, where the text is not what was typed.
	instead []string
	// known are the terms for the section or company that the text names, see [finder.know].
	known []store.SearchTerm
}

// Bounds of a query.
const (
	// MaxQueryLength is how much of a query is read, in bytes.
	MaxQueryLength = 400
	mostClauses    = 24
)

// parse reads what was typed. There is no mistake in a query: what is no operator, or has no
// value that can be read, is words.
func parse(query string) []clause {
	query = clip(strings.ToValidUTF8(query, " "), MaxQueryLength)
	var clauses []clause
	for len(clauses) < mostClauses {
		query = strings.TrimLeftFunc(query, unicode.IsSpace)
		if query == "" {
			break
		}
		var c clause
		c, query = nextClause(query)
		if strings.ContainsFunc(c.text, func(r rune) bool { return isWord(r) || unicode.Is(unicode.Sc, r) }) {
			clauses = append(clauses, c)
		}
	}
	return joinFigures(clauses)
}

// nextClause reads one clause and returns what stands after it.
func nextClause(query string) (clause, string) {
	var c clause
	if rest, ok := cutMinus(query); ok {
		c.not, query = true, rest
	}
	if quoted, rest, ok := cutQuoted(query); ok {
		c.text, c.phrase = quoted, true
		return c, rest
	}
	if name, value, ok := strings.Cut(query, ":"); ok {
		if op := operator(strings.ToLower(name)); op.known() {
			text, rest, ok := cutQuoted(value)
			if !ok {
				text, rest = cutWord(value)
			}
			if filter := c; filter.is(op, text) {
				return filter, rest
			}
		}
	}
	c.text, query = cutWord(query)
	if stem, ok := strings.CutSuffix(c.text, "*"); ok {
		c.text, c.prefix = stem, true
	}
	return c, query
}

func (op operator) known() bool {
	switch op {
	case inSection, byAuthor, ofCompany, ofTicker, before, after:
		return true
	}
	return false
}

// is makes the clause one of the operator with the value, and reports false where that says
// nothing.
func (c *clause) is(op operator, value string) bool {
	c.op, c.text = op, value
	if op != before && op != after {
		return strings.ContainsFunc(value, isWord)
	}
	day, ok := parseDay(value)
	c.day = day
	return ok && !c.not
}

// parseDay reads 2026, 2026-03 or 2026-03-05 as the first day of it.
func parseDay(text string) (standfirst.Day, bool) {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() > 0 {
			return standfirst.DayOf(t, time.UTC), true
		}
	}
	return standfirst.Day{}, false
}

// cutMinus takes a minus that stands before something.
func cutMinus(query string) (string, bool) {
	for _, minus := range []string{"-", "−", "–"} {
		if rest, ok := strings.CutPrefix(query, minus); ok && rest != "" {
			r, _ := utf8.DecodeRuneInString(rest)
			return rest, !unicode.IsSpace(r) && r != '-'
		}
	}
	return query, false
}

// quotes are the marks between which a phrase stands, by the one that opens it.
var quotes = map[rune]string{'"': `"`, '“': `”"`, '„': `“”"`, '«': `»"`}

// cutQuoted takes what stands between quotation marks. Where the second one is missing, all
// that follows stands between them.
func cutQuoted(query string) (quoted, rest string, ok bool) {
	r, size := utf8.DecodeRuneInString(query)
	closing, ok := quotes[r]
	if !ok {
		return "", query, false
	}
	query = query[size:]
	end := strings.IndexAny(query, closing)
	if end < 0 {
		return query, "", true
	}
	_, size = utf8.DecodeRuneInString(query[end:])
	return query[:end], query[end+size:], true
}

// cutWord takes what stands before the next space.
func cutWord(query string) (word, rest string) {
	if end := strings.IndexFunc(query, unicode.IsSpace); end >= 0 {
		return query[:end], query[end:]
	}
	return query, ""
}

// isPlain reports whether the clause is a word that was typed as it is.
func (c clause) isPlain() bool { return c.op == anywhere && !c.not && !c.phrase && !c.prefix }

// joinFigures makes one clause of the words that say a figure together: 50 billion dollars.
func joinFigures(clauses []clause) []clause {
	var joined []clause
	for i := 0; i < len(clauses); i++ {
		taken := 1
		for n := min(mostFigureWords, len(clauses)-i); n > 1; n-- {
			var words []string
			for _, c := range clauses[i : i+n] {
				if c.isPlain() {
					words = append(words, c.text)
				}
			}
			if text := strings.Join(words, " "); len(words) == n && isFigure(text) {
				joined = append(joined, clause{text: text, phrase: true})
				taken = n
				break
			}
		}
		if taken == 1 {
			joined = append(joined, clauses[i])
		}
		i += taken - 1
	}
	return joined
}

// isFigure reports whether the words say one figure and nothing more.
func isFigure(words string) bool {
	found := figures(words)
	return len(found) == 1 && found[0].start == 0 && found[0].end == len(words)
}
