package copydesk

import (
	"slices"

	"standfirst"
)

// acquire reads "A buys B from C".
func (f *frame) acquire() {
	r := f.r
	if a := r.subjectOf(f.v); f.passive() && a.noun >= 0 && !a.some() && shareNouns[r.at(a.noun).word] {
		own, _ := r.prepsFrom(a.noun+1, false)
		if targets := own.names("in", "of"); len(targets) > 0 {
			r.emitAll(standfirst.Secondary, targets[:1], standfirst.Buyer, f.preps.names("by"), f.v)
			r.emitAll(standfirst.Secondary, targets[:1], standfirst.Seller, r.owners(a.noun), f.v)
		}
		return
	}
	if !f.passive() && f.isShares() {
		targets := f.shareTarget()
		sellers := f.preps.names("from")
		if f.objectIs("majority", "controlling") && len(sellers) == 0 {
			r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, f.subject(), f.v)
			return
		}
		if len(targets) > 0 && !f.objectIs("new") && (f.objectIs("stake", "holding") || f.preps.first("of").some() || len(sellers) > 0 || f.preps.first("from").noun >= 0 || r.tells("tender", "existing", "secondary")) {
			r.emitAll(standfirst.Secondary, targets, standfirst.Buyer, f.subject(), f.v)
			r.emitAll(standfirst.Secondary, targets, standfirst.Seller, sellers, f.v)
		}
		return
	}
	if !f.passive() && (f.objectIs(convertWords...) || f.objectIs("bonds", "notes")) {
		if f.objectIs(convertWords...) {
			r.emitAll(standfirst.Convertible, f.noteIssuer(), standfirst.Investor, f.subject(), f.v)
		}
		return
	}
	if k := r.at(max(f.object.noun, 0)); !f.passive() && f.object.noun >= 0 && k.hasWord("investors", "shareholders", "founders", "holders", "backers", "partners") && len(k.names) == 0 {
		if k.owner != nil {
			target := []argName{{k.owner, f.object.noun}}
			r.emitAll(standfirst.Secondary, target, standfirst.Buyer, f.subject(), f.v)
			r.emitAll(standfirst.Secondary, target, standfirst.Seller, f.object.names, f.v)
		}
		return
	}
	targets := f.patient()
	if a := r.subjectOf(f.v); f.passive() && f.use.particle == "out" && a.noun >= 0 && !a.some() && r.at(a.noun).hasWord("holders", "shareholders", "investors", "minorities", "minority") {
		targets = r.belongs(a.noun)
	}
	if !f.passive() && f.object.noun < 0 {
		targets = f.relativeObject()
	}
	if !f.passive() && f.object.noun >= 0 {
		if k := r.at(f.object.noun); !f.object.some() {
			targets = nil
			switch {
			case k.hasWord("control", "majority", "rest", "remainder", "all", "owner", "operator", "parent"):
				if targets = f.preps.names("of"); len(targets) == 0 && k.hasWord("rest", "remainder") {
					targets = r.otherCompany(f.subject(), f.v)
				}
			case len(k.mods) > 0 && nameWords().things[k.word]:
				targets = []argName{{k.mods[0], f.object.noun}}
			case r.isPronoun(f.object):
				targets = r.resolve(f.object, f.v)
			case k.det == "the" && nameWords().things[k.word] && !partWords[k.word] && r.at(f.object.next).word != "of":
				targets = r.otherCompany(f.subject(), f.v)
			}
		}
	}
	if f.passive() && len(f.preps.names("by")) == 0 {
		return
	}
	if len(targets) > 1 && len(targets) < 4 {
		for i := range targets {
			r.emitAll(standfirst.Acquisition, targets[i:i+1], standfirst.Acquirer, f.agent(), f.v)
		}
		return
	}
	r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, f.agent(), f.v)
	r.emitAll(standfirst.Acquisition, targets, standfirst.Seller, f.preps.names("from"), f.v)
	if f.object.noun >= 0 && r.at(f.object.noun).owner != nil && r.at(f.object.noun).owner.entity >= 0 {
		r.emitAll(standfirst.Acquisition, targets, standfirst.Seller, []argName{{r.at(f.object.noun).owner, f.object.noun}}, f.v)
	}
}

// relativeObject returns what "which" stands for in "Halcyon, which Northwind bought".
func (f *frame) relativeObject() []argName {
	a := f.r.subjectOf(f.v)
	if a.noun < 1 || f.r.at(a.noun-1).kind != chunkRelative {
		return nil
	}
	return f.r.antecedent(a.noun - 1).names
}

// relativeHas reports whether "which" stands for a noun with one of the words.
func (f *frame) relativeHas(words ...string) bool {
	a := f.r.subjectOf(f.v)
	if !a.some() || f.r.at(a.noun-1).kind != chunkRelative {
		return false
	}
	j := a.noun - 2
	if f.r.at(j).kind == chunkComma {
		j--
	}
	return f.r.at(f.r.headOf(j)).hasWord(words...)
}

// noteIssuer returns whose notes the object is.
func (f *frame) noteIssuer() []argName {
	if from := f.preps.names("from"); len(from) > 0 {
		return from
	}
	for _, a := range append([]argument{f.object, f.second}, f.preps.first("of"), f.preps.first("in"), f.preps.first("to"), f.preps.first("for")) {
		if a.noun < 0 {
			continue
		}
		switch k := f.r.at(a.noun); {
		case k.owner != nil:
			return []argName{{k.owner, a.noun}}
		case len(k.mods) > 0:
			return []argName{{k.mods[0], a.noun}}
		case k.poss != "":
			if other := f.r.topicAt(f.v); !sameNames(other, f.subject()) {
				return other
			}
			return f.r.d.topic
		}
	}
	return f.preps.names("of")
}

// sell reads "A sells B to C", and shares and notes sold.
func (f *frame) sell() {
	r := f.r
	to := f.preps.names("to", "with")
	switch {
	case f.passive() && f.bondsSold(to):
	case f.passive():
		if i := r.skipBack(f.v - 1); !r.at(f.v).v.bare || r.at(i).kind == chunkComma && len(r.at(i-1).names) > 0 {
			targets := f.subject()
			r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, f.preps.names("to"), f.v)
			r.emitAll(standfirst.Acquisition, targets, standfirst.Seller, f.preps.names("by"), f.v)
		}
	case f.objectIs(convertWords...) || f.object.noun < 0 && f.relativeHas(convertWords...):
		r.emitAll(standfirst.Convertible, f.subject(), standfirst.Investor, to, f.v)
	case f.objectIs("bonds", "notes", "debt", "debentures"):
		r.emitAll(standfirst.Debt, f.subject(), standfirst.Lender, to, f.v)
	case f.isShares():
		targets := f.shareTarget()
		subject := r.subjectOf(f.v)
		sellers := r.resolve(subject, f.v)
		if !subject.some() && subject.noun >= 0 && r.at(subject.noun+1).word == "of" && len(targets) == 0 {
			targets = r.argumentAt(subject.noun+2, false).names
		}
		if !subject.some() && !r.isPronoun(subject) {
			sellers = nil
		}
		if len(targets) == 0 && (f.use.in("place") || len(to) > 0) {
			if targets = r.topicAt(f.v); sameNames(targets, sellers) {
				targets = r.otherCompany(append(slices.Clone(sellers), to...), f.v)
			}
		}
		if f.use.infinitive && f.toldTo() {
			return
		}
		r.emitAll(standfirst.Secondary, targets, standfirst.Seller, sellers, f.v)
		r.emitAll(standfirst.Secondary, targets, standfirst.Buyer, to, f.v)
	default:
		targets := f.object.names
		if f.object.noun >= 0 && !f.object.some() {
			k := r.at(f.object.noun)
			switch {
			case r.isPronoun(f.object):
				targets = r.resolve(f.object, f.v)
			case k.word == "itself":
				targets = f.subject()
				r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, to, f.v)
				return
			case k.det == "the" && nameWords().things[k.word] && !partWords[k.word] && len(to) > 0:
				targets = r.otherCompany(to, f.v)
			case len(k.mods) > 0 && nameWords().things[k.word] && k.poss != "":
				targets = []argName{{k.mods[0], f.object.noun}}
			}
		}
		if len(targets) == 0 || f.preps.first("to").noun >= 0 && len(to) == 0 && !f.use.infinitive {
			return
		}
		r.emitAll(standfirst.Acquisition, targets, standfirst.Acquirer, f.preps.names("to"), f.v)
		r.emitAll(standfirst.Acquisition, targets, standfirst.Seller, f.subject(), f.v)
	}
}

// bondsSold reads "the notes were placed with A". It reports whether notes are the subject.
func (f *frame) bondsSold(to []argName) bool {
	r := f.r
	a := r.subjectOf(f.v)
	if a.noun < 0 || a.some() || !r.at(a.noun).hasWord("bonds", "bond", "notes", "debentures", "convertibles", "convertible") {
		return false
	}
	targets := r.borrowers(a.noun)
	if len(targets) == 0 {
		targets = r.otherCompany(to, f.v)
	}
	if r.at(a.noun).hasWord(convertWords...) {
		r.emitAll(standfirst.Convertible, targets, standfirst.Investor, to, f.v)
	} else {
		r.emitAll(standfirst.Debt, targets, standfirst.Lender, to, f.v)
	}
	return true
}

// toldTo reports whether somebody is only told to do what the infinitive says.
func (f *frame) toldTo() bool {
	w := f.r.verbBefore(f.v)
	if w < 0 {
		return false
	}
	switch f.r.at(w).word {
	case "tell", "urge", "order", "ask", "want", "force", "advise", "press", "push", "call":
		return f.r.at(w).kind == chunkVerb && f.r.at(w+1).kind == chunkNoun
	}
	return false
}

// bidAnswered reads "A's bid was rejected by B".
func (f *frame) bidAnswered(by []argName) {
	r := f.r
	a := r.subjectOf(f.v)
	if a.noun < 0 || a.some() || !bidNouns[r.at(a.noun).word] {
		return
	}
	own, _ := r.prepsFrom(a.noun+1, false)
	if own.first("for").noun >= 0 {
		return
	}
	r.emitAll(standfirst.Acquisition, by, standfirst.Acquirer, append(r.owners(a.noun), own.names("from", "by")...), f.v)
}

// seekBuyer reads "A's owner, B, is seeking a buyer for it".
func (f *frame) seekBuyer() {
	r := f.r
	sellers := f.subject()
	a := f.preps.first("for")
	targets := a.names
	if len(targets) == 0 && a.noun >= 0 && len(sellers) > 0 {
		if k := r.at(sellers[0].chunk - 2); k.kind == chunkNoun && k.owner != nil && k.hasWord("owner", "owners", "parent") {
			targets = []argName{{k.owner, sellers[0].chunk - 2}}
		}
	}
	r.emitAll(standfirst.Acquisition, targets, standfirst.Seller, sellers, f.v)
}

// put reads "A puts money into B" and "A puts its stake in B up for sale".
func (f *frame) put() {
	r := f.r
	if f.isShares() {
		if f.r.tells("block", "sale") {
			r.emitAll(standfirst.Secondary, f.shareTarget(), standfirst.Seller, f.subject(), f.v)
		}
		return
	}
	if !f.money() && !(f.use.particle == "in" && f.objectIs("money", "cash", "capital")) {
		if forWhat := f.preps.first("for"); !f.object.some() && f.object.noun >= 0 && f.use.lemma == "put" && forWhat.noun >= 0 && r.at(forWhat.noun).word == "sale" && r.at(f.object.noun).det == "the" && describes(r.at(f.object.noun).word) {
			r.emitAll(standfirst.Acquisition, r.otherCompany(f.subject(), f.v), standfirst.Seller, f.subject(), f.v)
			return
		}
		if on := f.preps.first("on"); f.object.some() && (on.noun >= 0 && r.at(on.noun).hasWord("block", "market") || f.preps.first("for").noun >= 0 && r.at(f.preps.first("for").noun).word == "sale") {
			r.emitAll(standfirst.Acquisition, f.object.names, standfirst.Seller, f.subject(), f.v)
		}
		return
	}
	targets := f.preps.names("into", "in", "to")
	if f.use.lemma == "commit" || f.use.lemma == "pledge" || f.use.lemma == "contribute" {
		targets = f.preps.names("to")
		for _, p := range f.preps {
			if p.prep == "to" && p.noun >= 0 && roundNouns[r.at(p.noun).word] {
				targets = r.roundTarget(p.noun, f.preps)
			}
		}
	}
	if len(f.preps) == 0 && r.d.lastRound != nil && (f.use.particle == "in" || f.use.lemma == "commit" || f.use.lemma == "promise") {
		targets = []argName{*r.d.lastRound}
	}
	if a := r.subjectOf(f.v); len(targets) == 0 && f.use.particle == "in" && a.noun >= 0 && r.at(a.noun).hasWord("backers", "investors", "shareholders") && r.at(a.noun).owner != nil {
		targets = []argName{{r.at(a.noun).owner, a.noun}}
	}
	if into := f.preps.first("into"); into.noun >= 0 && !into.some() && (r.at(into.noun).hasWord(debtWords...) || r.at(into.noun).hasWord("debentures")) {
		if r.tells("convertible", "converted", "convert") {
			r.emitAll(standfirst.Convertible, f.preps.names("of"), standfirst.Investor, f.subject(), f.v)
		}
		return
	}
	if f.objectIs("debt", "loan", "loans", "credit") {
		r.emitAll(standfirst.Debt, targets, standfirst.Lender, f.subject(), f.v)
		return
	}
	r.emitAll(standfirst.PrimaryRound, targets, standfirst.Investor, f.subject(), f.v)
}
