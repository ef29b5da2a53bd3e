package copydesk

import "standfirst"

// The nouns of deals, by what a deal with them is.
var (
	shareNouns    = wordSet{"share": true, "shares": true, "stock": true, "stake": true, "stakes": true, "holding": true, "shareholding": true, "slice": true, "interest": true}
	convertWords  = []string{"convertible", "convertibles", "exchangeable"}
	debtWords     = []string{"loan", "loans", "debt", "facility", "facilities", "credit", "bond", "bonds", "notes", "borrowing", "mezzanine", "mortgage", "overdraft"}
	contractNouns = wordSet{"contract": true, "contracts": true, "order": true, "orders": true, "mandate": true, "commission": true}
	roundNouns    = wordSet{"round": true, "series": true, "raise": true, "fundraising": true, "fund-raising": true, "funding": true, "financing": true, "investment": true, "capital": true, "equity": true, "money": true, "injection": true}
	bidNouns      = wordSet{"bid": true, "bids": true, "offer": true, "offers": true, "proposal": true, "approach": true, "interest": true}
	takeoverNouns = wordSet{"takeover": true, "acquisition": true, "purchase": true, "buyout": true, "buy-out": true, "swoop": true}
	mergerNouns   = wordSet{"merger": true, "tie-up": true, "combination": true, "amalgamation": true}
)

// partWords are parts of a company.
var partWords = wordSet{"unit": true, "arm": true, "division": true, "business": true, "plant": true, "mill": true, "mine": true, "works": true, "site": true, "yard": true, "terminal": true, "subsidiary": true, "brand": true, "network": true, "app": true, "service": true, "office": true}

// frames reads the deals that the verb at chunk v tells of.
func (r *sentenceReader) frames(v int) {
	use := r.at(v).v
	f := frame{r: r, v: v, use: use}
	f.read()
	switch {
	case use.in("acquire") || use.in("snap") && use.particle == "up" || use.in("take") && use.particle == "over":
		f.acquire()
	case use.in("take") && f.money() && r.tells("valuation", "round", "stake", "outside"):
		f.raise()
	case use.in("take") && f.objectIs("control", "ownership"):
		r.emitAll(standfirst.Acquisition, f.preps.names("of"), standfirst.Acquirer, f.subject(), v)
	}
	if use.in("sell") || use.in("place") && f.isShares() {
		f.sell()
	}
	if use.in("invest") && !use.passive {
		if in := f.preps.first("in"); in.noun >= 0 && !in.some() && r.at(in.noun).hasWord(convertWords...) {
			r.emitAll(standfirst.Convertible, f.preps.names("of"), standfirst.Investor, f.subject(), v)
			return
		}
		targets := f.preps.names("in", "into")
		r.emitAll(standfirst.PrimaryRound, targets, standfirst.Investor, f.subject(), v)
	}
	if use.in("put") {
		f.put()
	}
	if use.in("lead") || use.in("join") {
		f.lead()
	}
	if use.in("raise") && !use.passive {
		f.raise()
	}
	if use.in("get") && !use.passive && f.money() && !use.in("raise") && r.tells("round", "valuation", "series") {
		f.raise()
	}
	if use.in("fund") && !use.passive && f.objectIs(debtWords...) {
		if k := r.at(f.object.noun); k.kind == chunkNoun && k.owner != nil {
			r.emitAll(standfirst.Debt, []argName{{k.owner, f.object.noun}}, standfirst.Lender, f.subject(), v)
		}
	}
	if use.in("lend") || use.in("give") && f.objectIs(debtWords...) {
		f.lend()
	}
	if with := f.preps.first("with"); use.in("give") && !use.passive && f.object.some() && with.noun >= 0 && r.at(with.noun).hasWord(debtWords...) {
		kind, role := standfirst.Debt, standfirst.Lender
		if r.at(with.noun).hasWord(convertWords...) {
			kind, role = standfirst.Convertible, standfirst.Investor
		}
		r.emitAll(kind, f.object.names, role, f.subject(), v)
	}
	if use.in("give") && !use.passive && f.object.noun < 0 {
		f.provide()
	}
	if use.in("borrow") && !use.passive {
		r.emitAll(standfirst.Debt, f.subject(), standfirst.Lender, f.preps.names("from"), v)
	}
	if use.in("merge") {
		f.merge()
	}
	if use.in("offer") || use.in("pay") {
		f.offer()
	}
	if use.in("award") || use.in("choose") {
		f.award()
	}
	if (use.lemma == "order" || use.lemma == "sign" && r.tells("contract", "order", "deal")) && !use.passive {
		f.order()
	}
	if use.lemma == "find" && !use.passive {
		in := f.preps.names("in")
		switch {
		case f.objectIs("buyer", "acquirer"):
			r.emitAll(standfirst.Acquisition, f.subject(), standfirst.Acquirer, in, v)
		case f.objectIs("lender"):
			r.emitAll(standfirst.Debt, f.subject(), standfirst.Lender, in, v)
		case f.objectIs("investor", "backer"):
			r.emitAll(standfirst.PrimaryRound, f.subject(), standfirst.Investor, in, v)
		}
	}
	if use.lemma == "go" && f.preps.first("for").noun >= 0 && r.hasMoneyAt(f.preps.first("for").noun) {
		r.emitAll(standfirst.Acquisition, f.subject(), standfirst.Acquirer, f.preps.names("to"), v)
	}
	if r.tells("contract", "order") && !use.passive && (use.lemma == "supply" || use.lemma == "deliver" || use.lemma == "build" || use.lemma == "provide" || use.lemma == "install") {
		r.emitAll(standfirst.Contract, f.subject(), standfirst.Customer, f.preps.names("to", "for"), v)
	}
	if (use.lemma == "underwrite" || use.in("lead") && r.tells("underwriter")) && !use.passive && f.objectIs("flotation", "float", "listing", "offering", "ipo") {
		targets := f.preps.names("of", "by")
		if k := r.at(f.object.noun); len(targets) == 0 && k.owner != nil {
			targets = []argName{{k.owner, f.object.noun}}
		} else if len(targets) == 0 {
			targets = r.otherCompany(f.subject(), v)
		}
		r.emitAll(standfirst.Listing, targets, standfirst.Underwriter, f.subject(), v)
	}
	if use.lemma == "include" && !use.passive {
		f.include()
	}
	if use.in("be") {
		f.roles()
	}
	if use.in("be") || use.in("hold") || use.in("make") {
		f.talks()
	}
}

// frame is one verb with what stands around it.
type frame struct {
	r              *sentenceReader
	v              int
	use            verbUse
	object, second argument
	preps          prepositions
	end            int
}

// read finds the objects and prepositions of the verb.
func (f *frame) read() {
	f.object, f.second = none(f.v+1), none(f.v+1)
	i := f.r.skip(f.v + 1)
	if f.r.at(i).kind == chunkNoun {
		f.object = f.r.argumentAt(i, false)
		i = f.object.next
		if j := f.r.skip(i); f.r.at(j).kind == chunkNoun && f.r.at(j-1).kind != chunkComma {
			f.second = f.r.argumentAt(j, false)
			i = f.second.next
		}
	}
	pass := f.use.in("win") || f.use.in("choose")
	f.preps, f.end = f.r.prepsFrom(i, pass)
}

// subject returns the names of the subject, those that a pronoun stands for included.
func (f *frame) subject() []argName { return f.r.resolve(f.r.subjectOf(f.v)) }

// agent returns who does it: the subject, or of a passive verb who stands after "by".
func (f *frame) agent() []argName {
	if f.passive() {
		return f.preps.names("by")
	}
	return f.subject()
}

// passive reports whether the verb says what is done to its subject. A participle alone,
// as in "a round led by", is so if "by" follows.
func (f *frame) passive() bool {
	return f.use.passive || f.use.bare && f.object.noun < 0 && f.preps.first("by").noun >= 0
}

// patient returns what it is done to.
func (f *frame) patient() []argName {
	if f.passive() {
		return f.subject()
	}
	return f.r.resolve(f.object)
}

// money reports whether the object is a sum.
func (f *frame) money() bool { return f.hasMoney(f.object) || f.hasMoney(f.second) }

func (f *frame) hasMoney(a argument) bool {
	return a.noun >= 0 && f.r.at(a.noun).figure != nil && f.r.at(a.noun).figure.Kind == Money
}

// objectIs reports whether the object has one of the words; that of "$4 million of loans"
// has those of "loans" too.
func (f *frame) objectIs(words ...string) bool {
	for _, a := range [...]argument{f.object, f.second} {
		if a.noun >= 0 && f.r.at(a.noun).hasWord(words...) {
			return true
		}
	}
	for _, p := range f.preps {
		if (p.prep == "of" || p.prep == "in") && p.noun >= 0 && !p.some() && f.r.at(p.noun).hasWord(words...) {
			return true
		}
	}
	return false
}

// isShares reports whether the object is shares of somebody.
func (f *frame) isShares() bool {
	for _, a := range [...]argument{f.object, f.second} {
		if a.noun >= 0 && (shareNouns[f.r.at(a.noun).word] || f.r.at(a.noun).figure != nil && shareNouns[f.r.at(a.noun).figure.Quantity.Noun]) {
			return true
		}
	}
	of := f.preps.first("of")
	return of.noun >= 0 && (shareNouns[f.r.at(of.noun).word]) && !f.object.some()
}

// shareTarget returns the company whose shares are the object.
func (f *frame) shareTarget() []argName {
	if names := f.preps.names("in"); len(names) > 0 {
		return names[:1]
	}
	for _, a := range [...]argument{f.object, f.second, f.preps.first("of")} {
		if a.noun < 0 {
			continue
		}
		k := f.r.at(a.noun)
		switch {
		case len(k.mods) > 0:
			return []argName{{k.mods[0], a.noun}}
		case k.owner != nil:
			return []argName{{k.owner, a.noun}}
		}
	}
	return f.preps.names("of")
}
