package copydesk

import (
	"strings"

	"standfirst"
)

// nounFrames reads the deals that the noun at chunk i tells of.
func (r *sentenceReader) nounFrames(i int) {
	k := r.at(i)
	if k.word == "" {
		r.namedRole(i)
		return
	}
	if names, _ := r.namesAt(i); len(names) > 0 && k.det == "the" {
		r.roleNoun(k.word, names, i)
	} else if len(names) > 0 && (k.word == "lender" || k.word == "lenders" || k.word == "creditor") && r.tells("loan", "borrowed", "facility", "credit", "debt", "debts") {
		r.emitAll(standfirst.Debt, r.owners(i), standfirst.Lender, names, i)
	}
	if before := r.at(i - 2); k.owner != nil && (k.hasWord("lender") || k.hasWord("creditor")) && r.at(i-1).kind == chunkComma && before.kind == chunkNoun {
		r.emitAll(standfirst.Debt, r.owners(i), standfirst.Lender, r.argNames(i-2), i)
	}
	preps, _ := r.prepsFrom(i+1, false)
	if k.hasWord("merger") && k.word == "partner" {
		names, _ := r.namesAt(i)
		r.emitAll(standfirst.Merger, r.owners(i), standfirst.Partner, names, i)
	}
	if k.hasWord("talks", "discussions", "negotiations", "deal") && r.tells("merger", "merge", "tie-up") {
		if both := preps.names("between"); len(both) == 2 {
			r.emitAll(standfirst.Merger, both[1:], standfirst.Partner, both[:1], i)
		}
	}
	if about := preps.first("about"); k.hasWord("talks", "discussions", "negotiations") && about.noun >= 0 && takeoverNouns[r.at(about.noun).word] {
		if both, of := preps.names("between"), preps.names("of"); len(both) == 2 && len(of) == 1 {
			for n := range both {
				if both[n].m.entity == of[0].m.entity {
					r.emitAll(standfirst.Acquisition, of, standfirst.Acquirer, both[1-n:2-n], i)
				}
			}
		}
	}
	if k.hasWord("lenders", "banks", "creditors") && len(preps.names("including")) > 0 && r.tells("loan", "facility", "covenant", "debt", "credit") {
		r.emitAll(standfirst.Debt, preps.names("to", "of"), standfirst.Lender, preps.names("including"), i)
	}
	if (k.word == "customer" || k.word == "underwriter") && r.at(i-1).kind == chunkComma && r.at(i-2).kind == chunkNoun && len(r.at(i-2).names) > 0 {
		switch {
		case k.word == "customer" && k.owner != nil && r.tells("contract", "order"):
			r.emitAll(standfirst.Contract, r.owners(i), standfirst.Customer, r.argNames(i-2), i)
		case k.word == "underwriter" && preps.first("of").noun >= 0:
			of := preps.first("of").noun
			r.emitAll(standfirst.Listing, append(append(r.owners(of), r.mods(of)...), preps.names("of")...), standfirst.Underwriter, r.argNames(i-2), i)
		}
	}
	switch {
	case k.hasWord(convertWords...) || r.ofHas(preps, convertWords...):
		r.convertible(i, preps)
		return
	case takeoverNouns[k.word] || k.word == "sale" || k.word == "disposal" || k.word == "divestment" || k.word == "divestiture" || k.word == "agreement" && k.hasWord("takeover", "acquisition", "purchase"):
		r.takeover(i, preps)
	case bidNouns[k.word] && !k.hasWord("initial", "contract", "tender", "share", "best"):
		r.bid(i, preps)
	case (k.word == "debt" || k.word == "debts") && len(preps.names("to")) > 0:
		r.emitAll(standfirst.Debt, r.owners(i), standfirst.Lender, preps.names("to"), i)
	case mergerNouns[k.word] || k.hasWord("merger"):
		r.merger(i, preps)
	case k.hasWord("loan", "loans", "facility", "overdraft", "mortgage") || k.word == "financing" || (k.word == "line" || k.word == "lines" || k.word == "debt" || k.word == "credit" || k.word == "funding" || k.word == "finance" || k.word == "lifeline") && k.hasWord("credit", "debt", "lifeline", "bridge", "mezzanine"):
		r.loan(i, preps)
	case (k.word == "one" || k.word == "another") && len(preps.names("from", "by")) > 0 && r.tells("bid", "offer", "approach", "proposal") && r.lastHere(standfirst.Acquisition) != nil:
		r.emitAll(standfirst.Acquisition, []argName{*r.lastHere(standfirst.Acquisition)}, standfirst.Acquirer, preps.names("from", "by"), i)
	case contractNouns[k.word] || k.word == "one" || k.word == "other" || k.word == "tender" || k.word == "deal" && r.tells("supply", "build", "deliver", "provide", "maintain", "install", "ship", "run", "operate"):
		r.contract(i, preps)
	case (k.word == "cheque" || k.word == "check" || k.word == "injection") && r.hasMoneyAt(i):
		from := append(preps.names("from"), preps.names("by")...)
		r.emitAll(standfirst.PrimaryRound, r.otherCompany(from, i), standfirst.Investor, from, i)
	case k.hasWord("bidder", "bidders", "suitor", "suitors", "buyer", "acquirer", "race", "running", "auction", "bidding"):
		r.bidder(i, preps)
	case k.hasWord("underwriters", "underwriter"):
		r.underwriters(i, preps)
	case r.isRound(i):
		if k.owner != nil && k.hasWord("round", "series") && k.owner.entity >= 0 && r.d.canBeTarget(k.owner) {
			r.d.lastRound = &argName{k.owner, i}
		}
		r.round(i, preps)
		r.investment(i, preps)
	}
	r.among(i)
}

func (r *sentenceReader) ofHas(preps prepositions, words ...string) bool {
	of := preps.first("of")
	return of.noun >= 0 && !of.some() && r.at(of.noun).hasWord(words...)
}

// owners returns the names that the noun belongs to: those of a genitive or of "its".
func (r *sentenceReader) owners(i int) []argName {
	k := r.at(i)
	if k.owner != nil && !r.d.isPlace(k.owner) {
		return []argName{{k.owner, i}}
	}
	if r.at(i-1).kind == chunkRelative && r.at(i-1).word == "whose" {
		return r.antecedent(i - 1).names
	}
	if k.poss == "" || k.poss == "whose" {
		return nil
	}
	if w := r.verbBefore(i); w >= 0 {
		if n := r.companies(r.subjectOf(w).names); len(n) > 0 {
			return n
		}
	}
	return r.topicAt(i)
}

// mods returns the names that stand before the head of a noun: "the Halcyon takeover".
func (r *sentenceReader) mods(i int) []argName {
	for _, m := range r.at(i).mods {
		if !r.d.isPlace(m) {
			return []argName{{m, i}}
		}
	}
	return nil
}

// takeover reads "A's takeover of B", "the takeover of B by A", "a sale of B to A".
func (r *sentenceReader) takeover(i int, preps prepositions) {
	k := r.at(i)
	of := preps.first("of")
	if k.word == "swoop" {
		of = preps.first("on")
	}
	targets := of.names
	if of.noun >= 0 && !of.some() && (shareNouns[r.at(of.noun).word] || r.at(of.noun).figure != nil) {
		if targets := preps.names("in"); k.word == "sale" && len(targets) > 0 && shareNouns[r.at(of.noun).word] {
			r.emitAll(standfirst.Secondary, targets[:1], standfirst.Buyer, preps.names("to"), i)
			r.emitAll(standfirst.Secondary, targets[:1], standfirst.Seller, append(r.owners(i), preps.names("by")...), i)
		}
		return
	}
	w := r.verbBefore(i)
	if k.word == "sale" || strings.HasPrefix(k.word, "dis") || strings.HasPrefix(k.word, "div") {
		if to := preps.names("to"); of.noun < 0 && len(to) > 0 && !k.hasWord("share", "stock", "bond") {
			targets := r.owners(i)
			if len(targets) == 0 {
				targets = r.mods(i)
			}
			if len(targets) == 0 && k.det == "a" && w >= 0 && (r.at(w).v.in("make") || r.at(w).v.in("weigh")) {
				targets = r.governor(i) // "Halcyon has agreed a sale to Northwind"
			}
			r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, to, i)
			return
		}
		if of.noun < 0 || len(targets) == 0 || k.poss != "" {
			return
		}
		sellers := append(r.owners(i), preps.names("by")...)
		if len(sellers) == 0 && w >= 0 && (r.at(w).v.in("weigh") || r.at(w).v.in("make") || r.at(w).v.in("get")) && (r.at(of.noun).poss != "" || r.at(w).v.in("weigh")) {
			sellers = r.resolve(r.subjectOf(w), w)
		}
		r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, preps.names("to"), i)
		r.emitAll(standfirst.Acquisition, targets, standfirst.Seller, sellers, i)
		return
	}
	by := preps.names("by")
	acquirers := by
	if len(targets) == 0 && of.noun < 0 {
		if targets = r.mods(i); len(targets) == 0 && len(by) > 0 {
			if targets = r.owners(i); len(targets) == 0 {
				targets = r.otherCompany(by, i)
			}
		}
	}
	if len(acquirers) == 0 {
		acquirers = r.owners(i)
	}
	if len(acquirers) == 0 && w >= 0 && r.at(w).v.in("make") && !r.at(w).v.passive && len(targets) > 0 {
		acquirers = r.resolve(r.subjectOf(w), w)
	}
	r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, acquirers, i)
	r.emitAll(standfirst.Acquisition, targets, standfirst.Seller, preps.names("from"), i)
}

// bid reads "A's bid for B" and "an offer from A", which B received.
func (r *sentenceReader) bid(i int, preps prepositions) {
	k := r.at(i)
	if k.word == "interest" && !k.hasWord("takeover", "buyout", "acquisition") {
		return
	}
	acquirers := append(preps.names("from"), preps.names("by")...)
	if v := r.at(i + 1 + 2*len(acquirers)); len(acquirers) == 1 && v.kind == chunkVerb && v.v.infinitive && v.v.in("merge") {
		r.emitAll(standfirst.Merger, r.otherCompany(acquirers, i), standfirst.Partner, acquirers, i)
		return
	}
	forWhat := preps.first("for")
	targets := forWhat.names
	if forWhat.noun >= 0 && !forWhat.some() && !shareNouns[r.at(forWhat.noun).word] {
		if r.at(forWhat.noun).poss == "" && !r.isPronoun(forWhat) {
			return
		}
		targets = r.resolve(forWhat, i)
	} else if forWhat.noun >= 0 && !forWhat.some() {
		targets = preps.names("of", "in")
	}
	w := r.verbBefore(i)
	if len(acquirers) == 0 {
		acquirers = r.owners(i)
	}
	if len(acquirers) == 0 && w >= 0 && (r.at(w).v.in("make") || r.at(w).v.in("get") && len(targets) > 0) && !r.at(w).v.passive {
		acquirers = r.resolve(r.subjectOf(w), w)
	}
	if w < 0 && len(acquirers) == 0 && len(targets) > 0 && (k.det == "a" || k.det == "an" || r.hasMoneyAt(i)) {
		acquirers = r.clauseHead(i)
	}
	if len(targets) == 0 {
		switch {
		case forWhat.noun < 0 && len(r.mods(i)) > 0:
			targets = r.mods(i)
		case w >= 0 && r.at(w).word == "agree" && (k.owner != nil || len(preps.names("from"))+len(preps.names("by")) > 0) && !r.at(w).v.passive:
			targets = r.resolve(r.subjectOf(w), w)
		case w >= 0 && r.at(w).v.in("get") && !r.at(w).v.passive && (k.owner != nil || len(preps.names("from"))+len(preps.names("by")) > 0):
			targets = r.resolve(r.subjectOf(w), w)
		case len(acquirers) > 0 && (k.hasWord("takeover") || len(preps.names("from"))+len(preps.names("by")) > 0):
			targets = r.otherCompany(acquirers, i)
		}
	}
	if len(targets) == 0 && forWhat.noun < 0 && len(preps.names("from"))+len(preps.names("by")) > 0 {
		targets = r.otherCompany(acquirers, i)
	}
	r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, acquirers, i)
}

// clauseHead returns the names with which the clause of chunk i begins, for a verb that the
// lexicon does not know.
func (r *sentenceReader) clauseHead(i int) []argName {
	for j := i - 1; j >= 0; j-- {
		k, before := r.at(j), r.at(j-1)
		switch {
		case k.kind == chunkStop, k.kind == chunkComma:
			return nil
		case k.kind == chunkNoun && len(k.names) > 0 && (j == 0 || before.kind == chunkStop || before.kind == chunkRelative || before.kind == chunkClause || before.kind == chunkComma):
			return r.argNames(j)
		}
	}
	return nil
}

// round reads "a round from A and B", "with A and B taking part".
func (r *sentenceReader) round(i int, preps prepositions) {
	from := append(preps.names("from"), r.takingPart(i)...)
	if w := r.verbBefore(i); len(from) > 0 && !r.at(i).hasWord("round", "series", "seed") {
		if k := r.at(i); w < 0 || r.at(w).v.passive || !r.at(w).v.in("raise") && !r.at(w).v.in("get") && !r.at(w).v.in("win") || !k.hasWord("investment", "funding", "equity", "capital", "backing") {
			return
		}
		r.emitAll(standfirst.PrimaryRound, r.resolve(r.subjectOf(w), w), standfirst.Investor, from, i)
		return
	}
	if len(from) == 0 {
		return
	}
	r.emitAll(standfirst.PrimaryRound, r.roundTarget(i, preps), standfirst.Investor, from, i)
}

// bidder reads "the preferred bidder for B", "B's suitor, A,", "in the race for B".
func (r *sentenceReader) bidder(i int, preps prepositions) {
	k := r.at(i)
	targets := preps.names("for", "of")
	parties, _ := r.namesAt(i)
	if before := r.at(i - 2); len(parties) == 0 && r.at(i-1).kind == chunkComma && before.kind == chunkNoun && k.hasWord("suitor", "bidder", "buyer", "acquirer") {
		parties = r.argNames(i - 2)
	}
	if len(targets) == 0 && k.hasWord("suitor", "bidder", "buyer", "acquirer") && k.owner != nil {
		targets = r.owners(i)
	}
	if w := r.verbBefore(i); len(parties) == 0 && w >= 0 && !r.at(w).v.passive && !r.at(w).v.in("get") && r.at(w).word != "find" && (r.at(w).v.particle != "out" || r.at(w).word == "drop" || r.at(w).word == "pull") && r.at(w).word != "seek" && r.at(w).word != "lose" {
		parties = r.resolve(r.subjectOf(w), w)
	}
	if len(targets) == 0 && k.owner == nil && preps.first("for").noun < 0 && k.hasWord("second", "third", "rival", "other", "another", "only", "sole", "remaining", "losing", "winning", "successful", "preferred") {
		if t := r.d.last(standfirst.Acquisition); t != nil {
			targets = []argName{*t} // "a second bidder, A,"
		}
	}
	r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, parties, i)
}

// investment reads "a $60 million investment in B", which A makes, weighs or pulls out of.
func (r *sentenceReader) investment(i int, preps prepositions) {
	k := r.at(i)
	if k.word != "investment" || preps.first("in").noun < 0 || k.det != "a" && k.det != "an" && k.poss == "" && k.owner == nil {
		return
	}
	investors := append(r.owners(i), preps.names("by", "from")...)
	if len(investors) == 0 {
		investors = r.governor(i)
	}
	r.emitAll(standfirst.PrimaryRound, preps.names("in"), standfirst.Investor, investors, i)
}

// takingPart returns the names in "with A and B taking part" after chunk i.
func (r *sentenceReader) takingPart(i int) []argName {
	for j := i + 1; j+2 < len(r.cs); j++ {
		if r.at(j).kind == chunkStop {
			return nil
		}
		if r.at(j).kind != chunkPrep || r.at(j).word != "with" {
			continue
		}
		a := r.argumentAt(j+1, true)
		at := r.skip(a.next)
		if r.at(at).kind == chunkVerb && r.at(at).v.bare && r.at(r.skip(at+1)).kind == chunkVerb {
			at = r.skip(at + 1) // "expected to take part"
		}
		if k := r.at(at); a.some() && k.kind == chunkVerb && (k.word == "take" || k.word == "participate" || k.word == "join" || k.word == "invest") {
			return a.names
		}
	}
	return nil
}

func sameNames(a, b []argName) bool {
	return len(a) > 0 && len(b) > 0 && a[0].m.entity == b[0].m.entity
}
