package copydesk

import "standfirst"

// nounFrames reads the deals that the noun at chunk i tells of.
func (r *sentenceReader) nounFrames(i int) {
	k := r.at(i)
	if k.word == "" {
		r.namedRole(i)
		return
	}
	if names, _ := r.namesAt(i); len(names) > 0 && k.det == "the" {
		r.roleNoun(k.word, names, i)
	}
	preps, end := r.prepsFrom(i+1, false)
	if k.hasWord("merger") && k.word == "partner" {
		names, _ := r.namesAt(i)
		r.emitAll(standfirst.Merger, r.owners(i), standfirst.Partner, names, i)
	}
	if k.hasWord("talks", "discussions", "negotiations", "deal") && r.tells("merger", "merge", "tie-up") {
		if both := preps.names("between"); len(both) == 2 {
			r.emitAll(standfirst.Merger, both[1:], standfirst.Partner, both[:1], i)
		}
	}
	switch {
	case k.hasWord(convertWords...) || r.ofHas(preps, convertWords...):
		r.convertible(i, preps)
		return
	case takeoverNouns[k.word] || k.word == "sale" || k.word == "agreement" && k.hasWord("takeover", "acquisition", "purchase"):
		r.takeover(i, preps)
	case bidNouns[k.word] && !k.hasWord("initial", "contract", "tender", "share", "best"):
		r.bid(i, preps)
	case mergerNouns[k.word] || k.hasWord("merger"):
		r.merger(i, preps)
	case k.hasWord("loan", "loans", "facility", "overdraft", "mortgage") || k.word == "financing":
		r.loan(i, preps)
	case contractNouns[k.word] || k.word == "one" || k.word == "other":
		r.contract(i, preps, end)
	case r.isRound(i):
		r.round(i, preps)
		r.investment(i, preps)
	}
	r.among(i, preps)
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
		return
	}
	w := r.verbBefore(i)
	if k.word == "sale" {
		if of.noun < 0 || len(targets) == 0 || k.poss != "" {
			return
		}
		sellers := append(r.owners(i), preps.names("by")...)
		if len(sellers) == 0 && w >= 0 && (r.at(w).v.in("weigh") || r.at(w).v.in("make") || r.at(w).v.in("get")) && r.at(of.noun).poss != "" {
			sellers = r.resolve(r.subjectOf(w))
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
		acquirers = r.resolve(r.subjectOf(w))
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
	forWhat := preps.first("for")
	targets := forWhat.names
	if forWhat.noun >= 0 && !forWhat.some() && !shareNouns[r.at(forWhat.noun).word] {
		if r.at(forWhat.noun).poss == "" && !r.isPronoun(forWhat) {
			return
		}
		targets = r.resolve(forWhat)
	} else if forWhat.noun >= 0 && !forWhat.some() {
		targets = preps.names("of", "in")
	}
	w := r.verbBefore(i)
	if len(acquirers) == 0 {
		acquirers = r.owners(i)
	}
	if len(acquirers) == 0 && w >= 0 && (r.at(w).v.in("make") || r.at(w).v.in("get") && len(targets) > 0) && !r.at(w).v.passive {
		acquirers = r.resolve(r.subjectOf(w))
	}
	if len(targets) == 0 {
		switch {
		case forWhat.noun < 0 && len(r.mods(i)) > 0:
			targets = r.mods(i)
		case w >= 0 && r.at(w).v.in("get") && !r.at(w).v.passive && (k.owner != nil || len(preps.names("from"))+len(preps.names("by")) > 0):
			targets = r.resolve(r.subjectOf(w))
		case len(acquirers) > 0 && (k.hasWord("takeover") || len(preps.names("from"))+len(preps.names("by")) > 0):
			targets = r.otherCompany(acquirers, i)
		}
	}
	if len(targets) == 0 && forWhat.noun < 0 && len(preps.names("from"))+len(preps.names("by")) > 0 {
		targets = r.otherCompany(acquirers, i)
	}
	r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, acquirers, i)
}

// merger reads "A's merger with B" and "the merger of A and B".
func (r *sentenceReader) merger(i int, preps prepositions) {
	with := preps.names("with")
	first := r.owners(i)
	if len(with) > 0 {
		if len(first) == 0 {
			first = preps.names("of")
		}
		if w := r.verbBefore(i); len(first) == 0 && w >= 0 && !r.at(w).v.passive {
			first = r.resolve(r.subjectOf(w))
		}
		if len(first) == 0 {
			first = r.otherCompany(with, i)
		}
		r.emitAll(standfirst.Merger, with[:1], standfirst.Partner, first, i)
		return
	}
	both := append(preps.names("of"), preps.names("between")...)
	if w := r.verbBefore(i); len(both) == 0 && r.at(i).poss == "their" && w >= 0 {
		both = r.resolve(r.subjectOf(w))
	}
	if len(both) == 2 {
		r.emitAll(standfirst.Merger, both[1:], standfirst.Partner, both[:1], i)
	}
}

// governor returns the subject of the verb whose object the noun at chunk i is.
func (r *sentenceReader) governor(i int) []argName {
	w := r.verbBefore(i)
	if w < 0 || r.at(w).v.passive {
		return nil
	}
	return r.resolve(r.subjectOf(w))
}

// loan reads "a loan from A", "a loan to B".
func (r *sentenceReader) loan(i int, preps prepositions) {
	k := r.at(i)
	lenders := append(preps.names("from"), preps.names("by")...)
	if k.word != "financing" {
		lenders = append(lenders, preps.names("with")...)
	}
	if w := r.verbBefore(i); w >= 0 && r.at(w).word == "repay" {
		r.emitAll(standfirst.Debt, r.governor(i), standfirst.Lender, append(lenders, preps.names("to")...), i)
		return
	}
	if len(lenders) == 0 {
		return
	}
	targets := preps.names("to", "for")
	if len(targets) == 0 {
		targets = r.owners(i)
	}
	if len(targets) == 0 {
		if targets = r.governor(i); sameNames(targets, lenders) {
			targets = nil
		}
	}
	if len(targets) == 0 {
		targets = r.otherCompany(lenders, i)
	}
	r.emitAll(standfirst.Debt, targets, standfirst.Lender, lenders, i)
}

// convertible reads "convertible notes, of which A takes half" and "a convertible loan
// from A".
func (r *sentenceReader) convertible(i int, preps prepositions) {
	targets := r.owners(i)
	w := r.verbBefore(i)
	if w >= 0 && (r.at(w).v.in("acquire") || r.at(w).v.in("invest")) {
		return
	}
	if len(targets) == 0 && w >= 0 && !r.at(w).v.passive {
		targets = r.resolve(r.subjectOf(w))
	}
	from := append(preps.names("from"), preps.names("to")...)
	if len(from) > 0 && (len(targets) == 0 || r.d.isPerson(targets[0].m)) {
		targets = r.otherCompany(from, i)
	}
	r.emitAll(standfirst.Convertible, targets, standfirst.Investor, from, i)
	// "…, of which A takes half and B the rest"
	for j := i + 1; j+3 < len(r.cs); j++ {
		if r.at(j).word != "of" || r.at(j+1).kind != chunkRelative {
			continue
		}
		a := r.argumentAt(j+2, true)
		r.emitAll(standfirst.Convertible, targets, standfirst.Investor, a.names, i)
		for m := a.next; m+1 < len(r.cs) && m < a.next+6; m++ {
			if r.at(m).kind == chunkLink && len(r.at(m+1).names) > 0 {
				r.emitAll(standfirst.Convertible, targets, standfirst.Investor, r.argNames(m+1), i)
			}
		}
		return
	}
}

// contract reads "a contract with A", which B won.
func (r *sentenceReader) contract(i int, preps prepositions, end int) {
	k := r.at(i)
	if !contractNouns[k.word] && !r.tells("contract", "order", "orders") {
		return
	}
	customers := append(preps.names("from"), preps.names("with")...)
	customers = append(customers, preps.names("by")...)
	w := r.verbBefore(i)
	won := w >= 0 && (r.at(w).v.in("win") || r.at(w).v.in("get") || r.at(w).v.in("raise") || r.at(w).v.in("make")) && !r.at(w).v.passive
	if len(customers) == 0 && won && contractNouns[k.word] {
		all, _ := r.prepsFrom(i+1, true)
		customers = append(all.names("for"), all.names("from", "with")...)
	}
	targets := r.owners(i)
	if len(targets) == 0 && won {
		targets = r.resolve(r.subjectOf(w))
	}
	if len(targets) == 0 && (k.word == "one" || k.word == "other") {
		targets = r.topicAt(i)
	}
	if len(targets) == 0 && len(preps.names("from")) > 0 && contractNouns[k.word] {
		targets = r.otherCompany(customers, i)
	}
	r.emitAll(standfirst.Contract, targets, standfirst.Customer, customers, i)
	_ = end
}

// round reads "a round from A and B", "with A and B taking part".
func (r *sentenceReader) round(i int, preps prepositions) {
	from := append(preps.names("from"), r.takingPart(i)...)
	if len(from) == 0 || !r.at(i).hasWord("round", "series", "seed") {
		return
	}
	r.emitAll(standfirst.PrimaryRound, r.roundTarget(i, preps), standfirst.Investor, from, i)
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

// among reads "A and B as underwriters".
func (r *sentenceReader) among(i int, preps prepositions) {
	if r.at(i-1).kind != chunkPrep || r.at(i-1).word != "as" {
		return
	}
	j := r.skipBack(i - 2)
	switch k := r.at(j); {
	case k.kind == chunkNoun && len(k.names) > 0:
		r.roleNoun(r.at(i).word, r.argumentAt(r.listStart(j), false).names, i)
	case k.kind == chunkVerb && k.v.in("act"):
		r.roleNoun(r.at(i).word, r.resolve(r.subjectOf(j)), i)
	}
	_ = preps
}

// roleNoun reads what somebody is in a deal off a noun such as "underwriters".
func (r *sentenceReader) roleNoun(noun string, names []argName, at int) {
	switch noun {
	case "underwriter", "underwriters", "bookrunner", "bookrunners":
		r.emitAll(standfirst.Listing, r.otherCompany(names, at), standfirst.Underwriter, names, at)
	case "seller", "sellers":
		if t := r.d.last(standfirst.Acquisition); t != nil {
			r.emitAll(standfirst.Acquisition, []argName{*t}, standfirst.Seller, names, at)
		}
	case "investor", "investors", "backer", "backers":
		role := standfirst.Investor
		if r.tells("lead") {
			role = standfirst.Lead
		}
		if i := r.roundBefore(at); i >= 0 {
			r.emitAll(standfirst.PrimaryRound, r.roundTarget(i, nil), role, names, at)
		}
	case "customer":
		r.emitAll(standfirst.Contract, r.topicAt(at), standfirst.Customer, names, at)
	case "buyer":
		if t := r.d.last(standfirst.Acquisition); t != nil {
			r.emitAll(standfirst.Acquisition, []argName{*t}, standfirst.Acquirer, names, at)
		}
	}
}

// namedRole reads "its lenders A and B", "its investors A and B".
func (r *sentenceReader) namedRole(i int) {
	k := r.at(i)
	if k.poss == "" || len(k.names) == 0 {
		return
	}
	if k.hasWord("lender", "lenders", "banks") && r.tells("loan", "borrowed", "facility", "lend", "lent", "drew") {
		names := r.argumentAt(i, true).names
		r.emitAll(standfirst.Debt, r.topicAt(i), standfirst.Lender, names, i)
	}
}

func sameNames(a, b []argName) bool {
	return len(a) > 0 && len(b) > 0 && a[0].m.entity == b[0].m.entity
}
