package standfirst

import (
	"math/big"
	"unicode/utf8"
)

// ParseQuantity reads the words of a figure, with their hedge, unit and the noun of a
// count: "up to $50 billion", "nearly 4,000 jobs", "a 2.1% drop", "€3m–€4m". It is
// strict: words that it does not understand, and words that say no exact number
// ("billions", "dozens"), are an error of the kind [Invalid] that names them. A unit
// or scale that two figures share may stand at one of them ("$3-4 billion"). The
// words come from anywhere; their length is bounded.
//
// Decimals is the place of the last digit written: 2.1% has 1, $6 billion -9 and
// 1.3bn -8. A whole number that is written out is taken to end in as many zeros as a
// scale word could stand for, so that 16,000 has -3 like 16 thousand; 4,200 and 10%
// have 0. Two figures have the finer place of theirs. Sums in cents and pence and
// basis points are converted: 80 cents is 0.80 USD with 2.
func ParseQuantity(words string) (Quantity, error) {
	q, _, ok := parseQuantity(words)
	if !ok {
		return Quantity{}, Errorf(Invalid, "%q is not a figure that can be read", clipWords(words))
	}
	return q, nil
}

// clipWords shortens words for a message.
func clipWords(words string) string {
	const most = 80
	if len(words) <= most {
		return words
	}
	end := most
	for end > 0 && !utf8.RuneStart(words[end]) {
		end--
	}
	return words[:end] + "…"
}

// amount is one number of the words with its unit.
type amount struct {
	mantissa int64
	fraction int // digits of the mantissa after its decimal point
	scale    int // power of ten of the scale words; 0 without
	scaled   bool
	letter   bool // the scale word is a single letter
	unit     unitWord
	prefix   bool // the unit stands before the number
	noun     string
}

// exponent returns the power of ten by which the mantissa is multiplied.
func (a *amount) exponent() int { return a.scale - a.fraction + a.unit.exponent }

// decimals returns the place of the last digit, see [ParseQuantity].
func (a *amount) decimals() int {
	if a.fraction > 0 || a.scaled || a.unit.exponent != 0 {
		return -a.exponent()
	}
	return writtenOutDecimals(a.mantissa)
}

// writtenOutDecimals returns the place of the last digit of a whole number without
// the zeros that a scale word could stand for.
func writtenOutDecimals(n int64) int {
	decimals := 0
	for n != 0 && n%1000 == 0 {
		n /= 1000
		decimals -= 3
	}
	return decimals
}

func (a *amount) value() *big.Rat { return ratOf(a.mantissa, a.exponent()) }

// ratOf returns n × 10^exponent.
func ratOf(n int64, exponent int) *big.Rat {
	const most = 1 << 62
	if exponent < 0 && exponent >= -18 {
		return new(big.Rat).SetFrac64(n, pow10(-exponent))
	}
	if exponent >= 0 && exponent <= 18 {
		if p := pow10(exponent); n <= most/p && n >= -most/p {
			return new(big.Rat).SetInt64(n * p)
		}
	}
	factor := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(exponent, -exponent))), nil)
	if exponent < 0 {
		return new(big.Rat).SetFrac(big.NewInt(n), factor)
	}
	return new(big.Rat).SetInt(factor.Mul(factor, big.NewInt(n)))
}

// pow10 returns 10^n for n from 0 to 18.
func pow10(n int) int64 {
	p := int64(1)
	for ; n > 0; n-- {
		p *= 10
	}
	return p
}

// quantityParser reads the tokens from the left.
type quantityParser struct {
	quantityTokens
	at   int // the token that is read next
	form quantityForm
}

// parseQuantity reads the words and how they are written.
func parseQuantity(words string) (Quantity, quantityForm, bool) {
	var p quantityParser
	if !p.splitQuantity(words) {
		return Quantity{}, quantityForm{}, false
	}
	q, ok := p.quantity()
	return q, p.form, ok && p.at == p.n
}

func (p *quantityParser) quantity() (Quantity, bool) {
	hedge, about := p.leadingHedges()
	if p.article() && hedge == HedgeNone { // "a more than 10% rise"
		hedge, about = p.leadingHedges()
	}
	opening := p.word(p.at)
	if opening == "between" || opening == "from" {
		p.form.openingAt = p.sourceOf(p.at, p.at+1)
		p.at++
	} else {
		opening = ""
	}
	var first, second amount
	if !p.amount(&first) {
		return Quantity{}, false
	}
	if p.rangeWord(opening) {
		if !p.amount(&second) || !join(&first, &second) || hedge != HedgeNone && hedge != HedgeAbout {
			return Quantity{}, false
		}
		q, ok := first.quantity()
		q.Lo, q.Hi, q.Approx, q.Decimals = first.value(), second.value(), about, max(first.decimals(), second.decimals())
		p.changeWord(q.Unit)
		return q, ok && q.Lo.Cmp(q.Hi) < 0
	}
	if opening != "" {
		return Quantity{}, false
	}
	if word := p.word(p.at); (word == "and" || word == "but") && (hedge == HedgeAtLeast || hedge == HedgeOver) {
		return p.secondBound(&first, hedge, about)
	}
	q, ok := first.quantity()
	p.changeWord(q.Unit)
	if hedge == HedgeNone {
		if hedge = hedgesAfter[p.phrase(p.at, p.at+2)]; hedge != HedgeNone {
			p.form.afterAt = p.sourceOf(p.at, p.at+2)
			p.at += 2
			about = hedge == HedgeAbout
		}
	}
	q.Approx, q.Decimals = about, first.decimals()
	hedge.apply(&q, first.value())
	return q, ok
}

// leadingHedges takes the hedge before the figure. One that makes a bound may have an
// "about" after it, as in "up to about"; the bound is then approximate.
func (p *quantityParser) leadingHedges() (hedge Hedge, about bool) {
	hedge = p.hedge()
	switch hedge {
	case HedgeAbout:
		return hedge, true
	case HedgeUpTo, HedgeUnder, HedgeAtLeast, HedgeOver:
		start, form := p.at, p.form
		if p.hedge() == HedgeAbout {
			return hedge, true
		}
		p.at, p.form = start, form
	}
	return hedge, false
}

// secondBound reads "and less than $4 billion" after "more than $3 billion".
func (p *quantityParser) secondBound(first *amount, hedge Hedge, about bool) (Quantity, bool) {
	p.at++
	upper := p.hedge()
	var second amount
	if upper != HedgeUpTo && upper != HedgeUnder || about || !p.amount(&second) || !join(first, &second) {
		return Quantity{}, false
	}
	q, ok := first.quantity()
	hedge.apply(&q, first.value())
	upper.apply(&q, second.value())
	q.Decimals = max(first.decimals(), second.decimals())
	return q, ok && q.Lo.Cmp(q.Hi) < 0
}

// apply makes of the number v in q what the hedge says.
func (h Hedge) apply(q *Quantity, v *big.Rat) {
	switch h {
	case HedgeUpTo, HedgeUnder:
		q.Hi, q.HiExclusive = v, h == HedgeUnder
	case HedgeAtLeast, HedgeOver:
		q.Lo, q.LoExclusive = v, h == HedgeOver
	case HedgeNearly:
		q.Point, q.Hi, q.HiExclusive, q.Approx = v, v, true, true
	default:
		q.Point = v
	}
}

// quantity returns the unit and noun of the amount as a quantity without numbers. A
// bare number with a single letter, such as 300m, may be metres and is none.
func (a *amount) quantity() (Quantity, bool) {
	if a.unit.unit == "" {
		return Quantity{Unit: UnitOfCount, Noun: a.noun}, !a.letter || a.noun != ""
	}
	return Quantity{Unit: a.unit.unit}, !a.letter || a.unit.unit.IsCurrency()
}

// join gives each of the two amounts of a range the unit and scale that stands at
// the other. It reports false where they do not fit.
func join(a, b *amount) bool {
	switch {
	case a.unit.unit == "" && a.noun == "":
		if b.prefix {
			return false
		}
		a.unit, a.noun = b.unit, b.noun
	case b.unit.unit == "" && b.noun == "":
		if !a.prefix {
			return false
		}
		b.unit = a.unit
	case a.unit.unit != b.unit.unit || a.noun != b.noun:
		return false
	}
	if a.scaled == b.scaled {
		return true
	}
	const writtenOut = 1000 // from which on a number needs no scale word
	if a.scaled {
		return b.whole() >= writtenOut || b.mantissa == 0
	}
	if a.whole() >= writtenOut {
		return true
	}
	a.scaled, a.scale, a.letter = true, b.scale, b.letter
	return true
}

// whole returns the part of the mantissa before its decimal point, without its sign.
func (a *amount) whole() int64 { return max(a.mantissa, -a.mantissa) / pow10(a.fraction) }

// rangeWord takes what stands between the two numbers of a range: "and" after
// "between", "to" after "from", else "to"; or a dash, but not after "from".
func (p *quantityParser) rangeWord(opening string) bool {
	if p.at >= p.n {
		return false
	}
	token := p.tokens[p.at]
	_, currency := p.currencyAt(p.at)
	hyphen := token.hyphen && currency // "US$3bn-US$4bn": the dash is no token
	dash := hyphen || token.kind == dashToken
	switch word := p.word(p.at); opening {
	case "between":
		if !dash && word != "and" {
			return false
		}
	case "from":
		if word != "to" {
			return false
		}
	default:
		if !dash && word != "to" {
			return false
		}
	}
	p.form.ranged = true
	if !hyphen {
		p.at++
	}
	return true
}

// hedge takes the longest hedge that begins here.
func (p *quantityParser) hedge() Hedge {
	start := p.at
	if hedge := p.plainHedge(); hedge != HedgeNone {
		p.hedgeForm(hedge, start)
		return hedge
	}
	for n := 2; n > 0; n-- {
		if !intensifiers[p.phrase(p.at, p.at+n)] {
			continue
		}
		p.at += n
		if hedge := p.plainHedge(); hedge == HedgeOver || hedge == HedgeUnder {
			p.hedgeForm(hedge, start)
			return hedge
		}
		p.at = start
	}
	return HedgeNone
}

func (p *quantityParser) plainHedge() Hedge {
	for n := min(longestHedge, p.n-p.at); n > 0; n-- {
		if hedge := hedges[p.phrase(p.at, p.at+n)]; hedge != HedgeNone {
			p.at += n
			return hedge
		}
	}
	return HedgeNone
}

// article takes "a", "an" or "the" and reports whether there was one. The "a" that is
// a number, as in "a million" and "a percentage point", is none.
func (p *quantityParser) article() bool {
	word := p.word(p.at)
	if word != "a" && word != "an" && word != "the" || p.at+1 >= p.n || p.tokens[p.at+1].glued || p.countable(p.at+1) {
		return false
	}
	p.form.articleAt = p.sourceOf(p.at, p.at+1)
	p.at++
	return true
}

// changeWord takes the word after a percentage that says which way it went.
func (p *quantityParser) changeWord(unit Unit) {
	if (unit == Percent || unit == Points) && changeWords[p.word(p.at)] {
		p.form.tailAt = p.sourceOf(p.at, p.at+1)
		p.at++
	}
}
