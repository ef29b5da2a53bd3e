package copydesk

import "standfirst"

// talks reads "A is in investment talks with B", "A holds merger talks with B".
func (f *frame) talks() {
	r := f.r
	at := -1
	for i := f.v + 1; i < f.end; i++ {
		if k := r.at(i); k.kind == chunkNoun && k.hasWord("talks", "discussions", "negotiations") {
			at = i
			break
		}
	}
	if at < 0 || f.passive() {
		return
	}
	preps, _ := r.prepsFrom(at+1, false)
	with := preps.first("with")
	if with.noun < 0 {
		if both := f.subject(); len(both) == 2 && r.at(at).hasWord("merger") {
			r.emitAll(standfirst.Merger, both[1:], standfirst.Partner, both[:1], f.v)
		}
		return
	}
	k := r.at(at)
	for _, prep := range [...]string{"about", "over", "on"} {
		if a := preps.first(prep); a.noun >= 0 && !a.some() {
			k = r.at(a.noun)
		}
	}
	targets := r.resolve(with, at)
	switch {
	case k.hasWord("funding", "financing") && len(with.names) > 0:
		f.investmentBetween(with.names)
	case k.hasWord("investment") && len(with.names) > 0 && f.r.looksInvestor(with.names[0]):
		f.investmentBetween(with.names)
	case k.hasWord("investment", "funding", "financing"):
		if !with.some() && r.d.lastRound != nil && r.at(with.noun).det == "the" {
			targets = []argName{*r.d.lastRound}
		}
		r.emitAll(standfirst.PrimaryRound, targets, standfirst.Investor, f.subject(), f.v)
	case k.hasWord(debtWords...) && !k.hasWord(convertWords...) && len(with.names) > 0:
		r.emitAll(standfirst.Debt, f.subject(), standfirst.Lender, with.names, f.v)
	case k.hasWord("merger"):
		r.emitAll(standfirst.Merger, targets, standfirst.Partner, f.subject(), f.v)
	case k.hasWord("takeover", "buyout", "acquisition", "bid", "purchase"):
		r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, f.subject(), f.v)
	}
}

// investorWords end the names of those who invest, lenderWords stand in those of lenders.
var (
	investorWords = wordSet{"capital": true, "partners": true, "ventures": true, "fund": true, "equity": true, "investments": true, "angels": true, "growth": true, "seed": true, "holdings": true, "group": true, "secondaries": true, "advisors": true}
	lenderWords   = wordSet{"bank": true, "credit": true, "kredit": true, "kreditt": true, "banque": true, "banco": true, "lending": true, "bankhaus": true, "banca": true, "sparbank": true, "loan": true}
)

// investmentBetween adds an investor where two talk about money: the one of them whose name
// is an investor's.
func (f *frame) investmentBetween(with []argName) {
	subject := f.subject()
	if len(subject) == 0 || len(with) == 0 {
		return
	}
	switch a, b := f.r.looksInvestor(subject[0]), f.r.looksInvestor(with[0]); {
	case a && !b:
		f.r.emitAll(standfirst.PrimaryRound, with, standfirst.Investor, subject, f.v)
	case b && !a:
		f.r.emitAll(standfirst.PrimaryRound, subject, standfirst.Investor, with, f.v)
	}
}

// talking reads "A is talking to B about a merger".
func (f *frame) talking() {
	with := f.preps.names("to", "with")
	about := f.preps.first("about")
	if about.noun < 0 {
		return
	}
	switch k := f.r.at(about.noun); {
	case k.hasWord("merger", "tie-up", "combination"):
		f.r.emitAll(standfirst.Merger, with, standfirst.Partner, f.subject(), f.v)
	case k.hasWord("takeover", "acquisition", "buyout"):
		f.r.emitAll(standfirst.Acquisition, with, standfirst.Acquirer, f.subject(), f.v)
	case k.hasWord("investment", "funding"):
		f.investmentBetween(with)
	}
}

func (r *sentenceReader) looksInvestor(n argName) bool {
	if n.m.entity < 0 {
		return false
	}
	tokens := r.d.names.entities[n.m.entity].tokens
	return len(tokens) > 1 && investorWords[tokens[len(tokens)-1]]
}

func (r *sentenceReader) looksLender(n argName) bool {
	if n.m.entity < 0 {
		return false
	}
	for _, w := range r.d.names.entities[n.m.entity].tokens {
		if lenderWords[w] {
			return true
		}
	}
	return false
}
