package copydesk

import "strings"

// ahead reports whether the date at the tokens lies ahead, by the verbs around it: those
// of its own clause first, the nearest before it before those behind it.
func (r *dateReader) ahead(from, to int) bool {
	if r.is(to, "delivery") {
		return true
	}
	if r.is(to, "'s", "’s") && r.is(to+1, "close", "closing", "price", "trading", "finish") {
		return false
	}
	first, end := from, to
	for first > r.sentence.Start && !r.endsClause(first-1) {
		first--
	}
	for end < r.sentence.End && !r.endsClause(end) {
		end++
	}
	for _, part := range [...]struct{ from, to, by int }{
		{from - 1, first, -1}, {to, end, 1}, {first - 1, r.sentence.Start, -1}, {end, r.sentence.End, 1},
	} {
		if ahead, known := r.tenses(part.from, part.to, part.by, from); known {
			return ahead
		}
	}
	return false
}

// endsClause reports whether a clause ends with the token at i: at a semicolon, and at a
// comma before another clause.
func (r *dateReader) endsClause(i int) bool {
	return r.is(i, ";") || r.is(i, ",") && r.is(i+1, "and", "but", "while", "although", "though")
}

// tenses tells what the first of the words says that speaks of time, from one token
// towards another. Date is where the date begins.
func (r *dateReader) tenses(from, to, by, date int) (ahead, known bool) {
	for j := from; by < 0 && j >= to || by > 0 && j < to; j += by {
		if j < date && r.w.nearby[r.lower(j)] {
			if j >= date-2 {
				return true, true
			}
			continue
		}
		if ahead, known = r.tense(j); known {
			return ahead, true
		}
	}
	return false, false
}

// tense tells whether the word at j speaks of what is ahead, if it speaks of time at all.
func (r *dateReader) tense(j int) (ahead, known bool) {
	word := r.lower(j)
	switch {
	case j > r.sentence.Start && r.tokens[j].text != word:
		return false, false // May is no verb
	case word == "to":
		// "to begin", not "to $5bn" or "to 31 March".
		next := r.lower(j + 1)
		return true, j+1 < r.sentence.End && r.tokens[j+1].kind == wordToken && r.tokens[j+1].text == next &&
			!strings.HasSuffix(next, "s") && !r.w.noPurpose[next]
	case r.w.ahead[word]:
		return true, true
	case word == "reports" || word == "releases":
		// "reports results on 3 April"
		for k := j + 1; k < min(j+4, r.sentence.End); k++ {
			if r.is(k, "results", "earnings") {
				return true, true
			}
		}
		return false, false
	case r.w.past[word], len(word) > 4 && strings.HasSuffix(word, "ed") && r.tokens[j].kind == wordToken && !r.w.noVerbs[word]:
		return false, true
	}
	return false, false
}
