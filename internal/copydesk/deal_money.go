package copydesk

import "standfirst"

// raise reads "A raises money from B", whether for shares, notes or as a loan.
func (f *frame) raise() {
	r := f.r
	object, preps, end := f.object, f.preps, f.end
	if f.second.noun >= 0 && !object.some() {
		object = f.second
	}
	for range 3 {
		if object.noun < 0 {
			return
		}
		kind, role := r.moneyKind(object.noun, preps)
		from := preps.names("from")
		if kind == standfirst.Debt {
			from = append(from, preps.names("with")...)
		}
		if kind == standfirst.PrimaryRound {
			from = append(append(from, r.takingPart(f.v)...), f.participants()...)
			if s := f.subject(); len(s) == 1 && s[0].m.entity >= 0 {
				r.d.lastRound = &s[0]
			}
		}
		if kind != "" {
			r.emitAll(kind, f.subject(), role, from, f.v)
		}
		// "… and $4 million in venture debt from C"
		if r.at(end).kind != chunkLink || r.at(end+1).kind != chunkNoun || !r.hasMoneyAt(end+1) {
			return
		}
		object = argument{noun: end + 1, next: end + 2}
		preps, end = r.prepsFrom(end+2, false)
	}
}

// moneyKind tells what the money in the noun at chunk i is for.
func (r *sentenceReader) moneyKind(i int, preps prepositions) (standfirst.DealKind, standfirst.PartyRole) {
	has := func(words ...string) bool {
		if r.at(i).hasWord(words...) {
			return true
		}
		for _, p := range preps {
			if (p.prep == "of" || p.prep == "in") && p.noun >= 0 && !p.some() && r.at(p.noun).hasWord(words...) {
				return true
			}
		}
		return false
	}
	k := r.at(i)
	switch {
	case has(convertWords...):
		return standfirst.Convertible, standfirst.Investor
	case has(debtWords...) || has("finance", "financing") && !r.tells("round", "series", "valuation"):
		return standfirst.Debt, standfirst.Lender
	case contractNouns[k.word] || bidNouns[k.word] || has("fine", "settlement", "damages", "grant", "subsidy", "sales", "revenue"):
		return "", ""
	case k.word == "" && r.hasMoneyAt(i), has("round", "series", "funding", "equity", "seed", "investment", "capital"):
		return standfirst.PrimaryRound, standfirst.Investor
	}
	return "", ""
}

// lend reads "A lends B money" and "A provides a loan to B".
func (f *frame) lend() {
	r := f.r
	if f.passive() {
		return
	}
	var targets []argName
	switch {
	case f.object.some() || r.isPronoun(f.object):
		targets = r.resolve(f.object)
	default:
		targets = f.preps.names("to", "for")
	}
	if len(targets) > 1 {
		targets = targets[:1]
	}
	r.emitAll(standfirst.Debt, targets, standfirst.Lender, f.subject(), f.v)
}

// provide reads "the financing of B, which A will provide".
func (f *frame) provide() {
	r := f.r
	a := r.subjectOf(f.v)
	if !a.some() || a.noun < 1 || r.at(a.noun-1).kind != chunkRelative {
		return
	}
	j := a.noun - 2
	if r.at(j).kind == chunkComma {
		j--
	}
	h := r.headOf(j)
	k := r.at(h)
	if k.kind != chunkNoun || !(k.hasWord(debtWords...) || k.hasWord("financing")) {
		return
	}
	own, _ := r.prepsFrom(h+1, false)
	r.emitAll(standfirst.Debt, own.names("of", "for", "to"), standfirst.Lender, a.names, f.v)
}

// merge reads "A merges with B" and "A and B merge".
func (f *frame) merge() {
	r := f.r
	if f.passive() {
		return
	}
	if with := f.preps.names("with"); len(with) > 0 {
		first := f.subject()
		if f.object.some() {
			first = f.object.names
		}
		r.emitAll(standfirst.Merger, with[:1], standfirst.Partner, first, f.v)
		return
	}
	if f.object.noun >= 0 && len(f.object.names) != 2 {
		return
	}
	both := f.subject()
	if len(f.object.names) == 2 {
		both = f.object.names
	}
	if len(both) == 2 {
		r.emitAll(standfirst.Merger, both[1:], standfirst.Partner, both[:1], f.v)
	}
}

// offer reads "A offers money for B", "A bids for B", "A pays money for B", and, under a
// contract, "A pays B money".
func (f *frame) offer() {
	r := f.r
	if f.passive() || f.use.lemma == "seek" || f.use.lemma == "want" || f.use.lemma == "explore" || f.use.lemma == "target" {
		return
	}
	if f.use.in("pay") && f.object.some() && f.hasMoney(f.second) && r.tells("contract", "order") {
		r.emitAll(standfirst.Contract, f.object.names, standfirst.Customer, f.subject(), f.v)
		return
	}
	price := f.money() || f.object.noun >= 0 && r.at(f.object.noun).figure != nil && r.at(f.object.noun).figure.Kind == Price || f.use.lemma == "bid"
	if f.use.lemma == "approach" && f.object.some() && r.tells("takeover", "bid", "acquisition", "buy") {
		r.emitAll(standfirst.Acquisition, f.object.names, standfirst.Acquirer, f.subject(), f.v)
		return
	}
	if !price && r.objectFromRelative(f.v) {
		price = true
	}
	if !price {
		return
	}
	targets := f.preps.names("for")
	if a := f.preps.first("for"); a.noun >= 0 && !a.some() && len(r.resolve(a)) > 0 {
		targets = r.resolve(a)
		if sameNames(targets, f.subject()) {
			targets = r.otherCompany(f.subject(), f.v)
		}
	} else if a.noun >= 0 && !a.some() {
		if !shareNouns[r.at(a.noun).word] {
			return
		}
		targets = f.preps.names("of", "in")
	} else if a.noun < 0 && r.tells("takeover", "buyer", "bid", "share", "merger", "acquisition", "report", "offer") {
		targets = r.otherCompany(f.subject(), f.v)
	}
	r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, f.subject(), f.v)
	if f.use.in("pay") && len(f.preps.names("for")) > 0 {
		r.emitAll(standfirst.Acquisition, targets, standfirst.Seller, f.object.names, f.v)
	}
}

// objectFromRelative reports whether the object of the verb at chunk v stands before a
// relative pronoun and is a figure: "the $7 million that A pays".
func (r *sentenceReader) objectFromRelative(v int) bool {
	a := r.subjectOf(v)
	if a.noun < 1 || r.at(a.noun-1).kind != chunkRelative {
		return false
	}
	j := a.noun - 2
	if r.at(j).kind == chunkComma {
		j--
	}
	return r.at(j).figure != nil || r.at(j).hasWord("price", "sum", "amount", "premium", "multiple")
}

// adviserVerbs are what advisers, not suppliers, are hired for.
var adviserVerbs = wordSet{"advise": true, "explore": true, "find": true, "lead": true, "handle": true, "arrange": true, "underwrite": true, "study": true, "help": true, "manage": true, "raise": true, "sell": true, "investigate": true, "review": true, "be": true, "replace": true, "run": true, "represent": true}

// award reads "A awards B a contract" and "A has chosen B to build".
func (f *frame) award() {
	r := f.r
	if f.use.in("award") {
		if !f.objectIs("contract", "contracts", "order", "orders", "deal", "mandate") {
			return
		}
		switch {
		case f.passive() && f.use.bare:
			i := r.skipBack(f.v - 1)
			if i >= 0 && contractNouns[r.at(i).word] {
				r.emitAll(standfirst.Contract, r.resolve(r.subjectOf(max(r.verbBefore(i), 0))), standfirst.Customer, f.preps.names("by"), f.v)
			}
		case f.passive():
			r.emitAll(standfirst.Contract, f.subject(), standfirst.Customer, f.preps.names("by"), f.v)
		case f.object.some():
			r.emitAll(standfirst.Contract, f.object.names, standfirst.Customer, f.subject(), f.v)
		default:
			r.emitAll(standfirst.Contract, f.preps.names("to"), standfirst.Customer, f.subject(), f.v)
		}
		return
	}
	to := -1
	for j := f.v + 1; j < len(r.cs) && j < f.v+8; j++ {
		if r.at(j).kind == chunkVerb {
			if r.at(j).v.infinitive {
				to = j
			}
			break
		}
	}
	if to < 0 || adviserVerbs[r.at(to).word] {
		return
	}
	if f.passive() {
		r.emitAll(standfirst.Contract, f.subject(), standfirst.Customer, f.preps.names("by"), f.v)
	} else if f.object.some() && f.object.next <= to {
		r.emitAll(standfirst.Contract, f.object.names, standfirst.Customer, f.subject(), f.v)
	}
}

// order reads "A orders ships from B".
func (f *frame) order() {
	from := f.preps.first("from")
	targets := from.names
	if from.noun >= 0 && !from.some() {
		targets = f.preps.names("of")
	}
	f.r.emitAll(standfirst.Contract, targets, standfirst.Customer, f.subject(), f.v)
}

// include reads "A's investors include B and C".
func (f *frame) include() {
	a := f.r.subjectOf(f.v)
	if a.noun < 0 || a.some() {
		return
	}
	if k := f.r.at(a.noun); (k.word == "investors" || k.word == "backers") && k.owner != nil {
		target := []argName{{k.owner, a.noun}}
		f.r.emitAll(standfirst.PrimaryRound, target, standfirst.Investor, f.object.names, f.v)
		for v := f.v + 1; v < len(f.r.cs); v++ {
			if c := f.r.at(v); c.kind == chunkVerb && (c.v.in("put") || c.v.in("pay")) && f.r.at(v-1).kind == chunkRelative {
				f.r.emitAll(standfirst.PrimaryRound, target, standfirst.Investor, f.r.subjectOf(v).names, v)
			}
		}
	}
}

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
		return
	}
	k := r.at(at)
	targets := r.resolve(with)
	switch {
	case k.hasWord("investment", "funding", "financing"):
		if len(targets) == 0 && r.d.lastRound != nil && r.at(with.noun).det == "the" {
			targets = []argName{*r.d.lastRound}
		}
		r.emitAll(standfirst.PrimaryRound, targets, standfirst.Investor, f.subject(), f.v)
	case k.hasWord("merger"):
		r.emitAll(standfirst.Merger, targets, standfirst.Partner, f.subject(), f.v)
	case k.hasWord("takeover", "buyout", "acquisition"):
		r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, f.subject(), f.v)
	}
}

// roles reads "A and B are the sellers" and "A and B are underwriters".
func (f *frame) roles() {
	r := f.r
	if f.object.noun < 0 {
		return
	}
	if f.object.some() {
		if subject := r.subjectOf(f.v); subject.noun >= 0 && !subject.some() {
			r.roleNoun(r.at(subject.noun).word, f.object.names, f.v)
		}
		return
	}
	r.roleNoun(r.at(f.object.noun).word, f.subject(), f.v)
}
