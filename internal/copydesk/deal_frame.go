package copydesk

import "standfirst"

// The nouns of deals, by what a deal with them is.
var (
	shareNouns    = wordSet{"share": true, "shares": true, "stock": true, "stake": true, "stakes": true, "holding": true, "shareholding": true, "slice": true, "interest": true}
	convertWords  = []string{"convertible", "convertibles", "exchangeable"}
	debtWords     = []string{"loan", "loans", "debt", "facility", "facilities", "credit", "bond", "bonds", "notes", "borrowing", "mezzanine", "mortgage", "overdraft"}
	contractNouns = wordSet{"contract": true, "contracts": true, "order": true, "orders": true, "mandate": true, "commission": true}
	roundNouns    = wordSet{"round": true, "series": true, "raise": true, "fundraising": true, "fund-raising": true, "funding": true, "financing": true, "investment": true, "capital": true, "equity": true, "money": true, "injection": true, "backing": true}
	bidNouns      = wordSet{"bid": true, "bids": true, "offer": true, "offers": true, "proposal": true, "approach": true, "interest": true, "counter-offer": true, "counteroffer": true, "counter-bid": true, "counterbid": true, "counterproposal": true, "overture": true}
	takeoverNouns = wordSet{"takeover": true, "acquisition": true, "purchase": true, "buyout": true, "buy-out": true, "swoop": true}
	mergerNouns   = wordSet{"merger": true, "tie-up": true, "combination": true, "amalgamation": true, "marriage": true}
)

// partWords are parts of a company.
var partWords = wordSet{"unit": true, "arm": true, "division": true, "business": true, "plant": true, "mill": true, "mine": true, "works": true, "site": true, "yard": true, "terminal": true, "subsidiary": true, "brand": true, "network": true, "app": true, "service": true, "office": true}

// frames reads the deals that the verb at chunk v tells of.
func (r *sentenceReader) frames(v int) {
	use := r.at(v).v
	f := frame{r: r, v: v, use: use}
	f.read()
	if use.groups == dealWords().groups["hold"] && !heldFrames[use.lemma] && f.preps.first("under").noun < 0 {
		f.talks()
		return // of most verbs there is nothing else to ask
	}
	switch {
	case f.goods():
	case use.in("acquire") || (use.in("snap") || use.lemma == "pick" || use.lemma == "mop") && use.particle == "up" || use.in("take") && use.particle == "over":
		f.acquire()
	case use.in("take") && !use.passive && f.objectIs() && r.tells("private"):
		r.emitAll(standfirst.Acquisition, f.object.names, standfirst.Acquirer, f.subject(), v)
	case use.in("take") && (f.money() || f.objectIs("money", "investment", "cash")) && (use.particle == "in" || r.tells("valuation", "round", "stake", "outside", "series", "valued")):
		f.raise()
	case use.in("take") && f.objectIs("control", "ownership"):
		r.emitAll(standfirst.Acquisition, f.preps.names("of"), standfirst.Acquirer, f.subject(), v)
	}
	if use.lemma == "take" && !use.passive && f.object.noun >= 0 && (r.at(f.object.noun).hasWord("notes", "bonds") || f.objectIs(convertWords...)) && !f.objectIs("loan") {
		r.emitAll(standfirst.Convertible, f.noteIssuer(), standfirst.Investor, f.subject(), v)
	}
	if use.lemma == "subscribe" && r.tells(convertWords...) {
		r.emitAll(standfirst.Convertible, f.noteIssuer(), standfirst.Investor, f.subject(), v)
	}
	if use.in("sell") && !f.goods() || (use.in("place") || use.lemma == "hand") && f.isShares() {
		f.sell()
	}
	if use.in("invest") && !use.passive {
		if in := f.preps.first("in"); in.noun >= 0 && !in.some() && r.at(in.noun).hasWord(convertWords...) {
			r.emitAll(standfirst.Convertible, f.preps.names("of"), standfirst.Investor, f.subject(), v)
			return
		}
		targets := f.preps.names("in", "into")
		if len(f.preps) == 0 && f.object.noun < 0 && r.d.lastRound != nil {
			targets = []argName{*r.d.lastRound} // "A and B also invested"
		}
		if len(targets) == 0 && f.money() && f.preps.first("in").noun < 0 && f.preps.first("into").noun < 0 {
			if targets = r.otherCompany(f.subject(), v); len(targets) == 1 && r.d.invests(targets[0]) {
				targets = []argName{*r.d.lastRound} // who invests in the round that was named last is not its target
			}
		}
		r.emitAll(standfirst.PrimaryRound, targets, standfirst.Investor, append(f.subject(), f.preps.names("alongside")...), v)
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
	if with := f.preps.first("with"); use.in("fund") && !use.passive && with.noun >= 0 && (r.at(with.noun).hasWord(debtWords...) || r.ofHas(f.preps, debtWords...)) {
		r.emitAll(standfirst.Debt, f.preps.names("for", "of"), standfirst.Lender, f.subject(), v)
	}
	if by := f.preps.names("by"); use.in("fund") && f.passive() && len(by) > 0 && r.looksLender(by[0]) && len(r.d.found) > 0 {
		if last := r.d.found[len(r.d.found)-1]; last.kind == standfirst.Acquisition && last.role == standfirst.Acquirer {
			r.emitAll(standfirst.Debt, []argName{{last.partyMention, last.partyAt}}, standfirst.Lender, by, v)
		}
	}
	if use.in("fund") && !use.passive && f.objectIs(debtWords...) {
		if k := r.at(f.object.noun); k.kind == chunkNoun && k.owner != nil {
			r.emitAll(standfirst.Debt, []argName{{k.owner, f.object.noun}}, standfirst.Lender, f.subject(), v)
		}
	}
	if a := r.subjectOf(v); use.in("lend") || use.in("give") && (f.objectIs(debtWords...) || f.money() && a.noun >= 0 && r.at(a.noun).hasWord("lenders", "banks")) {
		f.lend()
	}
	if with := f.preps.first("with"); use.in("give") && !use.passive && f.object.some() && with.noun >= 0 && r.at(with.noun).hasWord(debtWords...) {
		kind, role := standfirst.Debt, standfirst.Lender
		if r.at(with.noun).hasWord(convertWords...) {
			kind, role = standfirst.Convertible, standfirst.Investor
		}
		r.emitAll(kind, f.object.names, role, f.subject(), v)
	}
	if use.in("give") && !use.passive && (f.object.noun < 0 || f.object.some() || r.isPronoun(f.object)) {
		f.provide()
	}
	if use.in("borrow") && !use.passive && (use.lemma == "borrow" || f.money() || f.objectIs(debtWords...)) {
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
	if use.in("win") && !use.passive && f.objectIs("auction", "race", "contest", "battle") {
		targets := f.preps.names("for", "of")
		r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, f.subject(), v)
		if use.lemma == "lose" {
			r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, f.preps.names("to"), v)
		}
	}
	if use.in("outbid") && !use.passive {
		targets := f.preps.names("for")
		if len(targets) == 0 && f.preps.first("for").noun >= 0 {
			targets = r.resolve(f.preps.first("for"), v)
		}
		r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, f.subject(), v)
		r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, append(f.object.names, f.preps.names("over")...), v)
	}
	if use.in("get") && !use.passive && f.object.noun >= 0 && r.at(f.object.noun).figure != nil && r.at(f.object.noun).figure.Kind == Price {
		if a := r.subjectOf(v); a.noun >= 0 && !a.some() && r.at(a.noun).hasWord("holders", "shareholders", "investors", "stockholders", "owners") {
			r.emitAll(standfirst.Acquisition, r.belongs(a.noun), standfirst.Acquirer, f.preps.names("from"), v)
		}
	}
	if what := f.preps.first("for"); use.lemma == "turn" && what.noun >= 0 && (r.at(what.noun).hasWord(debtWords...) || r.hasMoneyAt(what.noun) && r.tells("loan", "overdraft", "lend", "borrow", "lender", "lenders", "bank", "facility")) {
		r.emitAll(standfirst.Debt, f.subject(), standfirst.Lender, f.preps.names("to"), v)
	}
	if what := f.preps.first("for"); (use.lemma == "tap" || use.lemma == "approach") && !use.passive && what.noun >= 0 && r.at(what.noun).hasWord(debtWords...) {
		r.emitAll(standfirst.Debt, f.subject(), standfirst.Lender, f.object.names, v)
	}
	if !use.passive && use.lemma == "become" && f.object.noun >= 0 && r.at(f.object.noun).hasWord("part", "subsidiary", "unit", "arm") {
		r.emitAll(standfirst.Acquisition, f.subject(), standfirst.Acquirer, f.preps.names("of"), v)
	}
	if by := f.preps.names("by"); use.passive && use.in("get") && len(by) > 0 {
		f.bidAnswered(by)
	}
	if !use.passive && use.lemma == "seek" && f.objectIs("buyer", "acquirer") && !f.object.some() {
		f.seekBuyer()
	}
	if on := f.preps.names("on"); use.lemma == "spend" && !use.passive && f.money() && len(on) > 0 {
		r.emitAll(standfirst.Acquisition, on, standfirst.Acquirer, f.subject(), v)
	}
	if by := f.preps.names("by"); f.passive() && len(by) > 0 && (use.lemma == "underwrite" || use.in("lead") || use.lemma == "arrange" || use.lemma == "manage" || use.lemma == "run") {
		f.underwritten(by)
	}
	if by := f.preps.names("by"); f.passive() && (use.in("take") && r.tells("private") || use.in("outbid")) && len(by) > 0 {
		if use.in("take") {
			r.emitAll(standfirst.Acquisition, f.subject(), standfirst.Acquirer, by, v)
		} else {
			r.emitAll(standfirst.Acquisition, f.preps.names("for"), standfirst.Acquirer, append(f.subject(), by...), v)
		}
	}
	if under := f.preps.first("under"); !use.passive && under.noun >= 0 && r.at(under.noun).hasWord("contract", "order") && !use.in("pay") {
		r.emitAll(standfirst.Contract, f.subject(), standfirst.Customer, f.preps.names("to", "for"), v)
	}
	if use.lemma == "supply" && !use.passive && f.object.some() && f.preps.first("with").noun >= 0 {
		r.emitAll(standfirst.Contract, f.subject(), standfirst.Customer, f.object.names, v)
	}
	if use.in("place") && f.objectIs("order", "orders") {
		r.emitAll(standfirst.Contract, f.preps.names("with"), standfirst.Customer, f.subject(), v)
	}
	if goods := f.goods(); goods && use.in("acquire") && !use.passive {
		r.emitAll(standfirst.Contract, f.preps.names("from"), standfirst.Customer, f.subject(), v)
		return
	} else if goods && use.in("sell") && !use.passive {
		r.emitAll(standfirst.Contract, f.subject(), standfirst.Customer, f.preps.names("to"), v)
		return
	}
	if use.lemma == "take" && f.objectIs("part") && f.object.noun >= 0 && r.at(f.object.noun).word == "part" {
		f.takePart()
	}
	if with := f.preps.first("with"); use.lemma == "back" && !use.passive && f.object.some() && with.noun >= 0 && r.hasMoneyAt(with.noun) {
		r.emitAll(standfirst.PrimaryRound, f.object.names, standfirst.Investor, f.subject(), v)
	}
	if use.in("owe") && !r.owesLoan() {
		return
	}
	if use.in("owe") && use.passive {
		r.emitAll(standfirst.Debt, f.preps.names("by"), standfirst.Lender, f.subject(), v)
	}
	if forWhat := f.preps.first("for"); (use.lemma == "win" || use.lemma == "land" || use.lemma == "clinch") && !use.passive && f.object.some() && forWhat.noun >= 0 && r.hasMoneyAt(forWhat.noun) && r.at(f.object.noun).word == "" {
		r.emitAll(standfirst.Acquisition, f.object.names, standfirst.Acquirer, f.subject(), v)
	}
	if use.in("sell") && use.particle == "out" && !use.passive {
		r.emitAll(standfirst.Acquisition, f.subject(), standfirst.Acquirer, f.preps.names("to"), v)
	}
	if use.lemma == "lead" && use.gerund && f.object.noun < 0 && r.d.lastRound != nil {
		if j := r.skipBack(v - 1); r.at(j).kind == chunkNoun && r.at(r.listStart(j)-1).word == "with" {
			r.emitAll(standfirst.PrimaryRound, []argName{*r.d.lastRound}, standfirst.Lead, f.subject(), v)
		}
	}
	if use.in("owe") && !use.passive {
		subject := f.subject()
		if use.bare && f.object.noun < 0 {
			subject = r.topicAt(v)
		}
		r.emitAll(standfirst.Debt, subject, standfirst.Lender, append(f.preps.names("to"), f.object.names...), v)
	}
	if on := f.preps.first("on"); use.lemma == "agree" && on.noun >= 0 && r.at(on.noun).hasWord(debtWords...) {
		r.emitAll(standfirst.Debt, f.subject(), standfirst.Lender, f.preps.names("with"), v)
	}
	if use.lemma == "come" && !use.passive {
		f.comesFrom()
	}
	if use.in("talk") && !use.passive {
		f.talking()
	}
	if use.lemma == "join" && f.objectIs("forces") {
		f.merge()
	}
	if (use.in("win") || use.in("raise")) && !use.passive && f.objectIs("customer", "client") {
		if k := r.at(f.object.noun); len(f.object.names) > 0 && k.hasWord("customer", "client") {
			r.emitAll(standfirst.Contract, f.subject(), standfirst.Customer, f.object.names, v)
		}
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
	if (r.tells("contract", "order") || r.tells("deal") && r.tells("worth")) && !use.passive && (use.lemma == "supply" || use.lemma == "deliver" || use.lemma == "build" || use.lemma == "provide" || use.lemma == "install") {
		r.emitAll(standfirst.Contract, f.subject(), standfirst.Customer, f.preps.names("to", "for"), v)
	}
	if (use.lemma == "underwrite" || r.tells("underwriter", "underwriters")) && !use.passive && f.objectIs("flotation", "float", "listing", "offering", "ipo") {
		targets := f.preps.names("of", "by")
		if k := r.at(f.object.noun); len(targets) == 0 && k.owner != nil {
			targets = []argName{{k.owner, f.object.noun}}
		} else if len(targets) == 0 {
			targets = r.otherCompany(f.subject(), v)
		}
		r.emitAll(standfirst.Listing, targets, standfirst.Underwriter, f.subject(), v)
	}
	if !use.passive && (use.lemma == "include" || use.lemma == "draw" || use.lemma == "attract" || use.lemma == "feature" || use.lemma == "involve" || use.lemma == "bring") && f.object.some() {
		f.include()
	}
	if use.in("be") {
		f.roles()
	}
	if use.in("be") || use.in("hold") || use.in("make") {
		f.talks()
	}
}

// owesLoan reports whether what is owed in the sentence is what was borrowed, and no fee, fine or
// sum that falls due if something happens.
func (r *sentenceReader) owesLoan() bool {
	return !r.tells("if", "fee", "fees", "penalty", "damages", "tax", "taxes", "fine", "compensation", "royalties", "rent", "wages", "dividend")
}

// heldFrames are the verbs of the group "hold" that tell of deals in other ways too.
var heldFrames = wordSet{
	"mop": true, "manage": true, "run": true, "turn": true, "come": true, "find": true, "go": true, "build": true, "deliver": true, "install": true, "include": true, "feature": true, "involve": true, "become": true,
	"subscribe": true, "bring": true, "own": true, "call": true,
}

// goodsNouns are things that one company orders from another and does not take over.
var goodsNouns = wordSet{
	"cranes": true, "trains": true, "buses": true, "jets": true, "aircraft": true, "planes": true, "vessels": true, "ships": true, "tankers": true, "locomotives": true, "turbines": true, "trucks": true, "lorries": true,
	"engines": true, "chips": true, "batteries": true, "freighters": true, "carriages": true, "trams": true, "satellites": true, "drones": true, "helicopters": true, "vans": true, "panels": true, "wagons": true, "ferries": true,
	"tonnes": true, "tons": true, "megawatts": true, "barrels": true, "vehicles": true, "cars": true, "robots": true, "chargers": true, "boilers": true, "airliners": true, "units": true, "servers": true, "coaches": true, "carriers": true, "railcars": true, "elevators": true, "lifts": true, "meters": true, "doses": true,
}

// goods reports whether the object is so many things that are ordered.
func (f *frame) goods() bool {
	for _, a := range [...]argument{f.object, f.second} {
		if a.noun >= 0 && !a.some() {
			k := f.r.at(a.noun)
			if goodsNouns[k.word] || k.figure != nil && k.figure.Kind == Count && goodsNouns[k.figure.Quantity.Noun] {
				return true
			}
		}
	}
	return false
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
func (f *frame) subject() []argName { return f.r.resolve(f.r.subjectOf(f.v), f.v) }

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
	return f.r.resolve(f.object, f.v)
}

// money reports whether the object is a sum.
func (f *frame) money() bool { return f.hasMoney(f.object) || f.hasMoney(f.second) }

func (f *frame) hasMoney(a argument) bool {
	return a.noun >= 0 && f.r.at(a.noun).figure != nil && f.r.at(a.noun).figure.Kind == Money
}

// objectIs reports whether the object has one of the words; that of "$4 million of loans"
// has those of "loans" too.
func (f *frame) objectIs(words ...string) bool {
	if len(words) == 0 {
		return f.object.some()
	}
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
