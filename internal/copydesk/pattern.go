package copydesk

import "strings"

// maxPatternWords bounds what is matched against patterns: nothing that long is
// furniture.
const maxPatternWords = 60

// patternWord is a word of a paragraph as patterns see it.
type patternWord struct {
	word  string // bare
	colon bool   // it ended with a colon
}

// tokenize splits a paragraph into tokens. It reports false if there are more than
// maxPatternWords of them.
func tokenize(s string) ([]patternWord, bool) {
	if len(s) > 12*maxPatternWords {
		return nil, false
	}
	tokens := make([]patternWord, 0, 16)
	for field := range strings.FieldsSeq(s) {
		word := bare(field)
		if word == "" {
			if field == ":" && len(tokens) > 0 {
				tokens[len(tokens)-1].colon = true
			}
			continue
		}
		if len(tokens) == maxPatternWords {
			return nil, false
		}
		if rest, ok := strings.CutPrefix(word, "©"); ok && rest != "" {
			tokens = append(tokens, patternWord{word: "©"})
			word = rest
		}
		tokens = append(tokens, patternWord{word: word, colon: strings.HasSuffix(field, ":")})
	}
	return tokens, len(tokens) > 0
}

// element is one place in a pattern.
type element struct {
	alternatives []string
	number       bool // any number
	anyWord      bool
	optional     bool
	colon        bool
}

func (e element) matches(t patternWord) bool {
	if e.colon && !t.colon {
		return false
	}
	if e.anyWord {
		return true
	}
	for _, a := range e.alternatives {
		if a == t.word || a == "#" && isNumber(t.word) {
			return true
		}
	}
	return e.number && isNumber(t.word)
}

func isNumber(s string) bool {
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && s[i] != ',' && s[i] != '.' {
			return false
		}
	}
	return s != ""
}

// pattern is a line of the lexicon.
type pattern struct {
	elements []element
	openEnd  bool // further words may follow
	openHead bool // further words may stand before
	means    furniture
}

// patternIndex holds patterns by their first word, or by "#", or by "..." for those
// that are open at their head.
type patternIndex map[string][]pattern

func (index patternIndex) add(line string, means furniture) {
	p := pattern{means: means}
	fields := strings.Fields(line)
	for i, field := range fields {
		if field == "..." || field == "[...]" {
			p.openEnd = p.openEnd || i > 0
			p.openHead = p.openHead || i == 0
			continue
		}
		e := element{}
		if inner, ok := strings.CutPrefix(field, "["); ok {
			field, e.optional = strings.TrimSuffix(inner, "]"), true
		}
		field, e.colon = strings.CutSuffix(field, ":")
		e.number, e.anyWord = field == "#", field == "_"
		if !e.number && !e.anyWord {
			for _, a := range strings.Split(field, "|") {
				if a != "#" {
					a = bareOrSign(a)
				}
				e.alternatives = append(e.alternatives, a)
			}
		}
		p.elements = append(p.elements, e)
	}
	switch {
	case p.openHead:
		index["..."] = append(index["..."], p)
	case p.elements[0].number:
		index["#"] = append(index["#"], p)
	default:
		for _, first := range p.elements[0].alternatives {
			index[first] = append(index[first], p)
		}
	}
}

func bareOrSign(a string) string {
	if b := bare(a); b != "" {
		return b
	}
	return a
}

// find returns what the first pattern means that the tokens have the form of.
func (index patternIndex) find(tokens []patternWord) (furniture, bool) {
	if len(tokens) == 0 {
		return furniture{}, false
	}
	first := tokens[0].word
	for _, p := range index[first] {
		if matchAll(p.elements, tokens, p.openEnd) {
			return p.means, true
		}
	}
	if isNumber(first) {
		for _, p := range index["#"] {
			if matchAll(p.elements, tokens, p.openEnd) {
				return p.means, true
			}
		}
	}
	for _, p := range index["..."] {
		if n := len(tokens) - len(p.elements); n >= 0 && matchAll(p.elements, tokens[n:], false) {
			return p.means, true
		}
	}
	return furniture{}, false
}

// matchAll reports whether all tokens are used up by the elements, or all elements
// by tokens if the pattern is open at its end.
func matchAll(elements []element, tokens []patternWord, openEnd bool) bool {
	for len(elements) > 0 {
		e := elements[0]
		if e.optional && matchAll(elements[1:], tokens, openEnd) {
			return true
		}
		if len(tokens) == 0 || !e.matches(tokens[0]) {
			return false
		}
		elements, tokens = elements[1:], tokens[1:]
	}
	return openEnd || len(tokens) == 0
}
