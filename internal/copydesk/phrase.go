package copydesk

import "strings"

// phraseKind says what a phrase is.
type phraseKind uint8

const (
	phraseWord phraseKind = iota
	phraseName
	phraseFigure
	phraseDate
	phraseQuote // a direct quotation, of which nothing is read
	phraseComma
	phraseStop // a semicolon, colon or dash
)

// phrase is the smallest thing that the grammar of deals sees: a word, or a whole name,
// figure, date or quotation. Tickers and brackets are left out.
type phrase struct {
	kind       phraseKind
	start, end int    // bytes in the text of the passage
	text       string // as written
	low        string // in lower case; of a name without the genitive
	owner      bool   // a genitive: "Northwind's", "its"
	verb       verb
	class      wordClass // of a phraseWord
	name       *mention  // of a phraseName
	figure     *Figure   // of a phraseFigure
	date       *DateMark // of a phraseDate
}

// is reports whether the phrase is one of the words.
func (p *phrase) is(words ...string) bool {
	if p == nil || p.kind != phraseWord {
		return false
	}
	for _, w := range words {
		if p.low == w {
			return true
		}
	}
	return false
}

// in reports whether the phrase is a word of a set of deals.txt.
func (p *phrase) in(set string) bool { return p.class&classOf(set) != 0 }

// chunkKind says what a chunk is.
type chunkKind uint8

const (
	chunkNoun     chunkKind = iota // names and nouns with what stands before them
	chunkVerb                      // a verb with its auxiliaries
	chunkPrep                      // a preposition
	chunkLink                      // "and", "or"
	chunkComma                     // a comma
	chunkRelative                  // "who", "which", "that"
	chunkClause                    // "after", "while": a clause begins
	chunkStop                      // a semicolon, colon, dash or quotation
	chunkDate                      // a date
	chunkOther                     // an adverb or anything else
)

// chunk is one part of a sentence.
type chunk struct {
	kind   chunkKind
	lo, hi int    // phrases, hi exclusive
	word   string // the preposition, the link, the head of a noun, the lemma of a verb
	v      verbUse
	names  []*mention // of a noun: those that its head is, several if they are a list
	mods   []*mention // of a noun: names before its head, such as "Halcyon" in "Halcyon round"
	figure *Figure    // of a noun that is or has a figure
	owner  *mention   // of a noun: the name in the genitive before it
	poss   string     // of a noun: "its", "their", "his"
	det    string     // of a noun: its determiner
	with   string     // of a noun: all its words in lower case, between spaces
}

// verbUse is how a verb is used.
type verbUse struct {
	verb
	passive, infinitive, gerund, negated, perfect, bare bool
	modal                                               string
	finite                                              bool
	particle                                            string // "up", "over", "out" after it
}

func (v verbUse) in(group string) bool {
	return v.groups&dealWords().groups[group] != 0
}

// hasWord reports whether a word is one of those of the noun.
func (c *chunk) hasWord(words ...string) bool {
	for _, w := range words {
		for from := 0; ; {
			i := strings.Index(c.with[from:], w)
			if i < 0 {
				break
			}
			i += from
			if end := i + len(w); i > 0 && c.with[i-1] == ' ' && end < len(c.with) && c.with[end] == ' ' {
				return true
			}
			from = i + 1
		}
	}
	return false
}
