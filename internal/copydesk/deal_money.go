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
		if kind == standfirst.Convertible {
			from = append(from, r.takingPart(f.v)...)
		}
		if kind == standfirst.PrimaryRound {
			from = append(append(from, r.takingPart(f.v)...), f.participants()...)
			if s := f.subject(); len(s) == 1 && s[0].m.entity >= 0 {
				r.d.lastRound = &s[0]
			}
		}
		if kind != "" {
			from = append(from, r.shareFrom(end)...)
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

// shareFrom returns the names in ", all of it from A" at chunk i.
func (r *sentenceReader) shareFrom(i int) []argName {
	if r.at(i).kind != chunkComma || r.at(i+1).kind != chunkNoun || !r.at(i+1).hasWord("all", "most", "half", "much", "part") && !r.hasMoneyAt(i+1) {
		return nil
	}
	i += 2
	if r.at(i).word == "of" && (r.at(i+1).word == "it" || r.at(i+1).word == "which" || r.at(i+1).word == "that" || r.at(i+1).word == "them") {
		i += 2
	}
	if r.at(i).kind != chunkPrep || r.at(i).word != "from" {
		return nil
	}
	return r.argumentAt(i+1, false).names
}

// moneyKind tells what the money in the noun at chunk i is for.
func (r *sentenceReader) moneyKind(i int, preps prepositions) (standfirst.DealKind, standfirst.PartyRole) {
	has := func(words ...string) bool {
		if r.at(i).hasWord(words...) {
			return true
		}
		for _, p := range preps {
			if (p.prep == "of" || p.prep == "in" || p.prep == "through" || p.prep == "via") && p.noun >= 0 && !p.some() && r.at(p.noun).hasWord(words...) {
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
	if f.passive() || f.use.bare && f.object.noun < 0 {
		if by := f.preps.names("by"); len(by) > 0 && f.use.passive && len(f.preps.names("to")) == 0 {
			targets := f.subject()
			if a := r.subjectOf(f.v); len(targets) == 0 && a.noun >= 0 && r.at(a.noun).hasWord(debtWords...) {
				if targets = r.borrowers(a.noun); len(targets) == 0 {
					targets = r.otherCompany(by, f.v)
				}
			}
			r.emitAll(standfirst.Debt, targets, standfirst.Lender, by, f.v)
		} else if len(by) > 0 {
			r.emitAll(standfirst.Debt, f.preps.names("to"), standfirst.Lender, by, f.v)
		} else if w := r.verbBefore(f.v); w >= 0 && f.use.bare && !r.at(w).v.passive {
			r.emitAll(standfirst.Debt, f.preps.names("to"), standfirst.Lender, r.resolve(r.subjectOf(w), w), f.v)
		}
		return
	}
	var targets []argName
	switch {
	case f.object.some() || r.isPronoun(f.object):
		targets = r.resolve(f.object, f.v)
	default:
		targets = f.preps.names("to", "for")
	}
	if len(targets) > 1 {
		targets = targets[:1]
	}
	if len(targets) == 0 && f.preps.first("to").noun < 0 && (f.money() || f.objectIs(debtWords...)) {
		targets = r.otherCompany(f.subject(), f.v)
	}
	if r.tells(convertWords...) {
		r.emitAll(standfirst.Convertible, targets, standfirst.Investor, f.subject(), f.v)
		return
	}
	r.emitAll(standfirst.Debt, targets, standfirst.Lender, f.subject(), f.v)
}

// borrowers returns whose loan the noun at chunk i is.
func (r *sentenceReader) borrowers(i int) []argName {
	if owners := append(r.owners(i), r.mods(i)...); len(owners) > 0 {
		return owners[:1]
	}
	own, _ := r.prepsFrom(i+1, false)
	return own.names("to", "for", "of")
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
	targets := own.names("of", "for", "to")
	if f.object.noun >= 0 {
		targets = r.resolve(f.object, f.v)
	}
	r.emitAll(standfirst.Debt, targets, standfirst.Lender, a.names, f.v)
}

// merge reads "A merges with B" and "A and B merge".
func (f *frame) merge() {
	r := f.r
	if f.passive() {
		return
	}
	if with := f.preps.names("with"); len(with) > 0 {
		first := f.subject()
		if a := r.subjectOf(f.v); len(first) == 0 && a.noun >= 0 {
			first = r.belongs(a.noun)
		}
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
	if what := f.preps.first("for"); f.use.in("pay") && f.object.some() && f.hasMoney(f.second) &&
		(r.tells("contract", "order") || what.noun >= 0 && !what.some() && r.at(what.noun).poss == "" && goodsNouns[r.goodsAt(what.noun)] || r.at(r.skip(f.second.next)).v.infinitive) {
		r.emitAll(standfirst.Contract, f.object.names, standfirst.Customer, f.subject(), f.v)
		return
	}
	if what := f.preps.first("for"); f.use.in("pay") && f.money() && what.noun >= 0 && !what.some() && r.at(what.noun).hasWord("tenth", "fifth", "quarter", "third", "half", "stake", "holding") && len(f.preps.names("of", "in")) > 0 {
		targets := f.preps.names("of", "in")[:1]
		r.emitAll(standfirst.Secondary, targets, standfirst.Buyer, f.subject(), f.v)
		r.emitAll(standfirst.Secondary, targets, standfirst.Seller, f.object.names, f.v)
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
	if a := f.preps.first("for"); a.noun >= 0 && !a.some() && r.at(a.noun).hasWord("rest", "remainder") {
		if targets = f.preps.names("of"); len(targets) == 0 {
			targets = r.otherCompany(f.subject(), f.v)
		}
	} else if a.noun >= 0 && !a.some() && len(r.resolve(a, f.v)) > 0 {
		targets = r.resolve(a, f.v)
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

// comesFrom reads "the rest of the money came from A" of the deal that was told of last.
func (f *frame) comesFrom() {
	r := f.r
	a := r.subjectOf(f.v)
	if a.noun < 0 || a.some() || len(r.d.found) == 0 || !r.at(a.noun).hasWord("rest", "remainder", "money", "loan", "funds", "cash", "financing", "funding", "capital", "half", "most", "investment") && !r.hasMoneyAt(a.noun) {
		return
	}
	last := r.d.found[len(r.d.found)-1]
	role, ok := map[standfirst.DealKind]standfirst.PartyRole{
		standfirst.PrimaryRound: standfirst.Investor, standfirst.Debt: standfirst.Lender, standfirst.Convertible: standfirst.Investor,
	}[last.kind]
	if ok {
		r.emitAll(last.kind, []argName{{last.targetMention, last.targetAt}}, role, f.preps.names("from"), f.v)
	}
}
