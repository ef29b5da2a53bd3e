package copydesk

import (
	"math/big"
	"strings"

	"standfirst"
)

// perUnit reports whether the words from the token on say "for one of them".
func (r *figureReader) perUnit(i int) bool {
	w := figureWords()
	if r.is(i, "apiece", "each") {
		return true
	}
	if r.is(i, "-") && r.touches(i-1) {
		unit, ok := strings.CutPrefix(r.lower(i+1), "a-")
		return ok && w.perUnit[unit]
	}
	for j := i; j < min(r.sentence.End, i+5); j++ {
		if r.is(j, "each", "every", "per") && r.unitWithin(j+1, j+4) {
			return true
		}
		if r.tokens[j].kind == signToken {
			break
		}
	}
	switch {
	case r.is(i, "a", "an", "per") && w.perUnit[r.lower(i+1)], r.is(i, "/") && w.perUnit[r.lower(i+1)]:
		return true
	}
	return r.is(i, "a", "per") && r.is(i+1, "metric", "troy", "short", "square", "cubic", "dry") && w.perUnit[r.lower(i+2)]
}

// unitWithin reports whether one of the tokens up to end, exclusive, is what a price is for:
// "each Tarn share", "per metric ton".
func (r *figureReader) unitWithin(i, end int) bool {
	for ; i < min(r.sentence.End, end) && r.tokens[i].kind != signToken; i++ {
		if figureWords().perUnit[r.lower(i)] {
			return true
		}
	}
	return false
}

// smallSum bounds the price of a share or a good, in full units.
var smallSum = big.NewRat(100_000, 1)

// unscaledPrice reports whether a sum is small and stands where a sentence about shares
// or goods names their price.
func (r *figureReader) unscaledPrice(q standfirst.Quantity, start, to int) bool {
	v := pointOf(q)
	if v == nil || v.Cmp(smallSum) >= 0 || q.Decimals < 0 && !r.plainDigits(start, to) {
		return false
	}
	at := r.hedgeBefore(start) - 1
	small := r.is(to-1, "pence", "cents") || strings.HasSuffix(r.lower(to-1), "p") && q.Unit == "GBP"
	w := figureWords()
	words := func(set wordSet, first int) bool {
		for j := max(first, r.sentence.Start); j < r.sentence.End; j++ {
			if set[r.lower(j)] {
				return true
			}
		}
		return false
	}
	switch {
	case r.payout(at):
		return false
	case r.is(at, "at") && (small || words(w.traded, at-4)), r.is(at, "of") && r.is(at-1, "close", "price", "high", "low"):
		return true
	case small:
	case r.is(at, "to", "at", "from", "of", "touched", "hit", "reached", "worth", "traded", "near"):
	default:
		return false
	}
	if words(w.priceWords, r.sentence.Start) {
		return true
	}
	if words(w.offers, r.sentence.Start) && r.is(at, "to", "from", "of", "at") {
		return true // "raised its offer to 415p"
	}
	// "Northwind rose 3% to $72.05": the name stands for its shares.
	moved := words(w.up, r.sentence.Start) || words(w.down, r.sentence.Start)
	percent := words(wordSet{"%": true, "percent": true, "cent": true}, r.sentence.Start)
	return moved && percent && q.Decimals == 2 && r.is(at, "to", "at")
}

// payout reports whether what is earned or paid for a share is told of right before the
// token, which is no price of it.
func (r *figureReader) payout(at int) bool {
	for j := max(r.sentence.Start, at-5); j <= at; j++ {
		if figureWords().payouts[r.lower(j)] {
			return true
		}
	}
	return false
}

// pointOf returns the number of a quantity, or one of its bounds.
func pointOf(q standfirst.Quantity) *big.Rat {
	switch {
	case q.Point != nil:
		return q.Point
	case q.Hi != nil:
		return q.Hi
	}
	return q.Lo
}

// plainDigits reports whether no scale word stands among the tokens.
func (r *figureReader) plainDigits(from, to int) bool {
	for j := from; j < to; j++ {
		if _, ok := standfirst.ScaleWord(r.lower(j)); ok {
			return false
		}
	}
	return true
}

// alikePrices makes prices of the small sums that a sentence holds against a price: "€71
// per megawatt-hour, against €64.20", "from $16 to $18 a share".
func (r *figureReader) alikePrices(figures []Figure) {
	factor := big.NewRat(4, 1)
	for i := range figures {
		price := &figures[i]
		if price.Kind != Price {
			continue
		}
		v := pointOf(price.Quantity)
		for k := range figures {
			f := &figures[k]
			w := pointOf(f.Quantity)
			if f.Kind != Money || f.Quantity.Unit != price.Quantity.Unit || f.Quantity.Decimals < 0 || !r.compares(f.Start) {
				continue
			}
			if new(big.Rat).Mul(v, factor).Cmp(w) > 0 && new(big.Rat).Mul(w, factor).Cmp(v) > 0 {
				f.Kind = Price
			}
		}
	}
}

// compares reports whether a word of comparing or of levels stands before the figure that
// begins at the byte of the source.
func (r *figureReader) compares(start int) bool {
	for j := r.sentence.Start + 1; j < r.sentence.End; j++ {
		if r.offset(r.tokens[j].start) == start {
			return r.is(j-1, "from", "to", "at", "against", "with", "than", "versus")
		}
	}
	return false
}
