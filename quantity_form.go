package standfirst

// quantityForm is the manner in which the words of a quantity are written, as far as
// new words keep it. The ranges are of the words; what does not stand there is zero.
type quantityForm struct {
	hedge    Hedge
	hedgeAt  Range
	currency Range // the symbol, code or name
	prefix   bool  // the currency stands before the number
	scale    Range // the last scale word
	unit     Range // of what is no currency
	subunit  bool  // in cents, pence or basis points
	ranged   bool
	opening  string // "between" or "from"
	dash     bool
	withNoun bool
}

// sourceOf returns where the tokens from i and before j stand in the words.
func (p *quantityParser) sourceOf(i, j int) Range {
	return Range{Start: p.tokens[i].from, End: p.tokens[j-1].to}
}

// hedgeForm notes the hedge that began at token start. The first of two counts.
func (p *quantityParser) hedgeForm(hedge Hedge, start int) {
	if p.form.hedge == HedgeNone {
		p.form.hedge, p.form.hedgeAt = hedge, p.sourceOf(start, p.at)
	}
}

// unitForm notes the unit of n tokens that begins here.
func (p *quantityParser) unitForm(unit unitWord, n int) {
	at := p.sourceOf(p.at, p.at+n)
	p.form.subunit = unit.exponent != 0
	if unit.unit.IsCurrency() {
		p.form.currency = at
	} else {
		p.form.unit = at
	}
}
