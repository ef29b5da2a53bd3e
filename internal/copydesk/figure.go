package copydesk

import (
	"strings"

	"standfirst"
)

const (
	// longestFigure is how many tokens a figure has after its first number, at most:
	// "400 million and 500 million Danish kroner".
	longestFigure = 10
	// longestHedge is how many tokens a hedge has before it.
	longestHedge = 6
)

// figures finds the figures of a passage whose tokens are not taken. Countries says whose
// money shared names mean.
func (p *scanned) figures(used taken, countries currencyCountries) []Figure {
	var found []Figure
	for _, sentence := range p.sentences {
		first := len(found)
		r := figureReader{scanned: p, used: used, sentence: sentence, countries: countries}
		for i := sentence.Start; i < sentence.End; {
			f, from, to, ok := r.at(i)
			if !ok {
				i++
				continue
			}
			f.Mark = p.mark(from, to)
			f.Modality, f.Direction = r.modality(from), r.direction(f.Kind, from, to)
			used.take(from, to)
			found = append(found, f)
			i = to
		}
		r.alikePrices(found[first:])
	}
	return found
}

// figureReader reads the figures of one sentence.
type figureReader struct {
	*scanned
	used      taken
	sentence  standfirst.Range // of tokens
	countries currencyCountries
}

// at reads the figure whose first number is the token at i.
func (r *figureReader) at(i int) (f Figure, from, to int, ok bool) {
	if r.used[i] || !r.isNumber(i) {
		return
	}
	start := r.withCurrency(i)
	hedge := r.hedgeBefore(start)
	if f, from, to, ok = r.measured(i, start, hedge); ok {
		return f, from, to, true
	}
	return r.counted(i, start, hedge)
}

// isNumber reports whether a figure may begin with the token.
func (r *figureReader) isNumber(i int) bool {
	t := r.tokens[i]
	if t.kind == numberToken {
		return true
	}
	if t.kind != wordToken {
		return false
	}
	_, ok := standfirst.NumberWord(t.lower)
	return ok && t.lower != "zero"
}

// withCurrency returns the token with which the sum at i begins: its sign or code of a
// currency, and a minus before it.
func (r *figureReader) withCurrency(i int) int {
	start := i
	if i > r.sentence.Start {
		before := r.tokens[i-1]
		_, isCurrency := standfirst.CurrencySymbol(before.text)
		switch {
		case !isCurrency || r.used[i-1]:
		case before.kind == signToken:
			start = i - 1
			if start > r.sentence.Start && r.touches(start-1) {
				if _, ok := standfirst.CurrencySymbol(r.tokens[start-1].text + before.text); ok {
					start--
				}
			}
		case before.kind == wordToken:
			start = i - 1
		}
	}
	if start > r.sentence.Start && r.is(start-1, "-", "−", "–") && r.touches(start-1) && !r.touches(start-2) {
		start--
	}
	return start
}

// hedgeBefore returns the token with which the hedge before start begins, or start.
func (r *figureReader) hedgeBefore(start int) int {
	var before []string
	for j := max(r.sentence.Start, start-longestHedge); j < start; j++ {
		before = append(before, r.tokens[j].text)
	}
	for range 2 {
		_, n := standfirst.HedgeBefore(before)
		if n == 0 {
			break
		}
		before = before[:len(before)-n]
		start -= n
	}
	return start
}

// measured reads a figure that has a unit of its own: money, a percentage, points, a
// multiple.
func (r *figureReader) measured(i, start, hedge int) (f Figure, from, to int, ok bool) {
	openings := []int{hedge}
	if r.is(hedge-1, "between") || r.is(hedge-1, "from") && !r.moves(hedge-1) {
		openings = []int{hedge - 1, hedge}
	}
	if hedge != start {
		openings = append(openings, start)
	}
	for _, from := range openings {
		if from < r.sentence.Start {
			continue
		}
		for to := min(r.sentence.End, i+longestFigure); to > i; to-- {
			if !r.mayEnd(to - 1) {
				continue
			}
			q, err := standfirst.ParseQuantity(r.inContext(from, to))
			if err != nil || q.Unit == standfirst.UnitOfCount {
				continue
			}
			if r.isStep(q, i, from, to) {
				continue
			}
			kind, ok := r.kindOf(q, start, to)
			return Figure{Kind: kind, Quantity: q}, from, to, ok
		}
	}
	return f, 0, 0, false
}

// isStep reports whether the two sums of a range are the size of a move and where it led:
// "cut by $100 to $599", "fell $1.20 to $76.40", or whence and whither: "rose from 5% to 7%".
func (r *figureReader) isStep(q standfirst.Quantity, i, from, to int) bool {
	if q.Lo == nil || q.Hi == nil || from == r.sentence.Start || r.is(from, "between", "from") {
		return false
	}
	if r.is(from-1, "from") {
		return true // a range with "from" begins with it
	}
	if !q.Unit.IsCurrency() {
		return false
	}
	if before := r.lower(from - 1); before != "by" && !figureWords().steps[before] || r.modality(from) == standfirst.Prospective {
		return false
	}
	for j := i; j < to; j++ {
		if r.is(j, "to") {
			return true
		}
	}
	return false
}

// mayEnd reports whether a figure with a unit may end with the token.
func (r *figureReader) mayEnd(i int) bool {
	t := r.tokens[i]
	if t.kind == signToken {
		_, isCurrency := standfirst.CurrencySymbol(t.text)
		return t.text == "%" || isCurrency && r.touches(i-1)
	}
	if r.used[i] {
		return false
	}
	if t.kind == numberToken || figureWords().ends[t.lower] {
		return true
	}
	if _, ok := standfirst.ScaleWord(t.lower); ok {
		return true
	}
	_, isCurrency := standfirst.CurrencySymbol(t.text)
	if !isCurrency {
		_, _, isCurrency = standfirst.CurrencyName(t.lower)
	}
	return isCurrency || strings.IndexByte(t.text, '-') > 0
}

// moves reports whether a word of rising or falling stands shortly before the token, so
// that "from 5% to 7%" tells of a change and not of a range.
func (r *figureReader) moves(i int) bool {
	w := figureWords()
	for j := max(r.sentence.Start, i-6); j < i; j++ {
		if w.up[r.lower(j)] || w.down[r.lower(j)] || r.is(j, "changed", "moved", "went", "revised", "upgraded", "downgraded", "swung") {
			return true
		}
	}
	return false
}

// kindOf tells the kinds of figures with units apart, and refuses those that are none.
func (r *figureReader) kindOf(q standfirst.Quantity, start, to int) (FigureKind, bool) {
	switch q.Unit {
	case standfirst.Percent:
		return Percent, true
	case standfirst.Points:
		return Points, true
	case standfirst.Times:
		return Multiple, !r.is(to, "a", "per", "this", "since", "in", "each", "over", "daily", "before", "during") &&
			!(r.is(to, "last") && !r.is(to+1, "year", "quarter", "month")) && !r.is(start-1, "point")
	}
	if r.perUnit(to) || r.unscaledPrice(q, start, to) {
		return Price, true
	}
	return Money, true
}
