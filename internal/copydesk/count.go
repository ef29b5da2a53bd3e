package copydesk

import (
	"math/big"
	"strings"

	"standfirst"
)

// longestModifiers is how many words may stand between a number and its noun.
const longestModifiers = 4

// counted reads a number with the noun that it counts.
func (r *figureReader) counted(i, start, hedge int) (f Figure, from, to int, ok bool) {
	if start != i && !r.is(start, "-") || r.isName(i, hedge) || r.goesOn(i) {
		return f, 0, 0, false
	}
	openings := []int{hedge}
	if r.is(hedge-1, "between") || r.is(hedge-1, "from") && !r.moves(hedge-1) {
		openings = []int{hedge - 1, hedge}
	}
	for _, from := range openings {
		for end := min(r.sentence.End, i+6); end > i; end-- {
			if !r.endsNumber(end - 1) {
				continue
			}
			q, err := standfirst.ParseQuantity(r.words(from, end))
			if r.is(end, "and") && end+1 < r.sentence.End && r.isNumber(end+1) && r.tokens[end+1].kind == wordToken {
				return f, 0, 0, false // "two hundred and forty people" is for a human to read
			}
			noun, to, ok := r.nounAfter(end)
			if err != nil && end == i+1 && ok && !figureWords().long[strings.ToLower(noun)] {
				// "12m" alone may be metres.
				q, err = standfirst.ParseQuantity(r.words(from, end) + " people")
				q.Noun = ""
			}
			if err != nil || q.Unit != standfirst.UnitOfCount || q.Noun != "" {
				continue
			}
			if !ok || r.tooSmall(i, q) {
				return f, 0, 0, false
			}
			q.Noun = noun
			return Figure{Kind: Count, Quantity: q}, from, to, true
		}
	}
	return f, 0, 0, false
}

// goesOn reports whether a number in words before the token goes on with it: "two hundred
// and forty", "ten point two".
func (r *figureReader) goesOn(i int) bool {
	if r.tokens[i].kind != wordToken || i-2 < r.sentence.Start || !r.is(i-1, "and", "point") {
		return false
	}
	_, isScale := standfirst.ScaleWord(r.lower(i - 2))
	return isScale || r.is(i-1, "point")
}

// endsNumber reports whether a number may end with the token.
func (r *figureReader) endsNumber(i int) bool {
	if r.used[i] {
		return false
	}
	if r.tokens[i].kind == numberToken || r.isNumber(i) {
		return true
	}
	_, ok := standfirst.ScaleWord(r.lower(i))
	return ok && len(r.lower(i)) > 1
}

// isName reports whether the number at i is part of a name or says no amount: a year, the
// number of a type, a flight, a law.
func (r *figureReader) isName(i, hedge int) bool {
	t := r.tokens[i]
	if t.kind == numberToken && strings.ContainsAny(t.text, "/&") {
		return true
	}
	if hedge == i && len(t.text) == 4 && (strings.HasPrefix(t.text, "19") || strings.HasPrefix(t.text, "20")) && !strings.ContainsAny(t.text, ".,") {
		return true
	}
	if i == r.sentence.Start || hedge != i {
		return false
	}
	if r.is(i-1, "in", "every") && i-2 >= r.sentence.Start && (r.isNumber(i-2) || r.is(i-2, "of") && i-3 >= r.sentence.Start && r.isNumber(i-3)) {
		return true // "one in five", "1 of every 5"
	}
	if figureWords().labels[r.lower(i-1)] || r.is(i-1, "+", "#", "/", "§") || r.is(i-1, "-", "–") && r.touches(i-2) {
		return true
	}
	// "Boeing 737": a name goes on, unless it begins the sentence or is that of a day.
	return r.capital(i-1) && !r.used[i-1] && i-1 > r.sentence.Start && t.kind == numberToken
}

// tooSmall reports whether the number counts too few to be recorded: under ten in words.
func (r *figureReader) tooSmall(i int, q standfirst.Quantity) bool {
	v := q.Point
	if v == nil {
		v = q.Hi
	}
	if v == nil {
		v = q.Lo
	}
	return r.tokens[i].kind == wordToken && v != nil && v.Cmp(big.NewRat(10, 1)) < 0
}

// nounAfter returns the noun that the number before the token counts, and where it ends.
func (r *figureReader) nounAfter(i int) (noun string, to int, ok bool) {
	w := figureWords()
	for j := i; j < r.sentence.End && j-i <= longestModifiers; j++ {
		t := r.tokens[j]
		if r.used[j] || t.kind != wordToken || w.stops[t.lower] {
			break
		}
		if w.uncounted[t.lower] || w.ages[t.lower] {
			if ok {
				break
			}
			return "", 0, false
		}
		if ok && !w.strong[t.lower] {
			break // "640 roles matters"
		}
		if isCountedNoun(t) {
			noun, to, ok = t.text, j+1, true
			continue
		}
		if ok {
			break
		}
	}
	return noun, to, ok
}

// isCountedNoun reports whether a word is a plural, or one of the nouns that have none.
func isCountedNoun(t token) bool {
	if figureWords().counted[t.lower] {
		return true
	}
	if t.text != t.lower || len(t.lower) < 4 {
		return false
	}
	s := t.lower
	return strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") && !strings.HasSuffix(s, "ous") && !strings.HasSuffix(s, "us") && !strings.HasSuffix(s, "is") ||
		strings.HasSuffix(s, "men") && s != "men" && s != "specimen"
}
