package copydesk

import "standfirst"

// underwriters reads "the underwriters of B's listing, A and C,".
func (r *sentenceReader) underwriters(i int, preps prepositions) {
	of := preps.first("of")
	if of.noun < 0 {
		return
	}
	targets := of.names
	if !of.some() {
		targets = append(r.owners(of.noun), r.mods(of.noun)...)
	}
	if j := of.next; r.at(j).kind == chunkComma && len(r.at(j+1).names) > 0 {
		r.emitAll(standfirst.Listing, targets, standfirst.Underwriter, r.argumentAt(j+1, true).names, i)
	}
}

// listingNouns stand for the listing of a company.
var listingNouns = []string{"offering", "listing", "ipo", "flotation", "float", "debut"}

// underwritten reads "a listing underwritten by A" and "the loan is arranged and
// underwritten by A".
func (f *frame) underwritten(by []argName) {
	r := f.r
	what := r.subjectOf(f.v).noun
	if f.use.bare {
		if j := r.skipBack(f.v - 1); r.at(j).kind == chunkComma || r.at(j).kind == chunkNoun {
			if r.at(j).kind == chunkComma {
				j = r.skipBack(j - 1)
			}
			what = r.headOf(j)
		}
	}
	switch k := r.at(what); {
	case what < 0 || k.kind != chunkNoun:
	case k.hasWord(debtWords...) && !k.hasWord(convertWords...):
		if f.use.lemma != "underwrite" && f.use.lemma != "arrange" {
			return
		}
		targets := r.borrowers(what)
		if len(targets) == 0 {
			targets = r.otherCompany(by, f.v)
		}
		r.emitAll(standfirst.Debt, targets, standfirst.Lender, by, f.v)
		return
	case k.hasWord(listingNouns...):
		r.emitAll(standfirst.Listing, r.otherCompany(by, f.v), standfirst.Underwriter, by, f.v)
		return
	}
	if f.use.lemma == "underwrite" && !r.tells("loan", "debt", "facility", "financing", "bonds", "notes", "round") {
		r.emitAll(standfirst.Listing, r.otherCompany(by, f.v), standfirst.Underwriter, by, f.v)
	}
}

// among reads "A and B as underwriters".
func (r *sentenceReader) among(i int) {
	if r.at(i-1).kind != chunkPrep || r.at(i-1).word != "as" {
		return
	}
	j := r.skipBack(i - 2)
	switch k := r.at(j); {
	case k.kind == chunkNoun && len(k.names) > 0:
		r.roleNoun(r.at(i).word, r.argumentAt(r.listStart(j), false).names, i)
	case k.kind == chunkVerb && k.v.in("act"):
		r.roleNoun(r.at(i).word, r.resolve(r.subjectOf(j), j), i)
	}
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
		} else if t := r.lastHere(standfirst.PrimaryRound); t != nil {
			r.emitAll(standfirst.PrimaryRound, []argName{*t}, role, names, at)
		} else if w := r.verbBefore(at); w >= 0 && (r.at(w).v.in("raise") || r.at(w).v.in("win") || r.at(w).v.in("get")) && !r.at(w).v.passive {
			r.emitAll(standfirst.PrimaryRound, r.resolve(r.subjectOf(w), w), role, names, at)
		}
	case "lender", "lenders":
		if r.tells("loan", "borrowed", "facility", "credit", "debt") {
			r.emitAll(standfirst.Debt, r.otherCompany(names, at), standfirst.Lender, names, at)
		}
	case "bidder", "suitor":
		if t := r.lastHere(standfirst.Acquisition); t != nil {
			r.emitAll(standfirst.Acquisition, []argName{*t}, standfirst.Acquirer, names, at)
		}
	case "customer":
		r.emitAll(standfirst.Contract, r.topicAt(at), standfirst.Customer, names, at)
	case "buyer":
		if t := r.lastHere(standfirst.Secondary); t != nil {
			r.emitAll(standfirst.Secondary, []argName{*t}, standfirst.Buyer, names, at)
			return
		}
		if t := r.d.last(standfirst.Acquisition); t != nil {
			r.emitAll(standfirst.Acquisition, []argName{*t}, standfirst.Acquirer, names, at)
		}
	}
}

// namedRole reads "its lenders A and B", "its investors A and B".
func (r *sentenceReader) namedRole(i int) {
	k := r.at(i)
	if len(k.names) > 0 && k.hasWord("underwriter", "underwriters", "bookrunner", "bookrunners") {
		names := r.argumentAt(i, true).names
		r.emitAll(standfirst.Listing, r.otherCompany(names, i), standfirst.Underwriter, names, i)
	}
	if k.poss == "" || len(k.names) == 0 {
		return
	}
	if k.hasWord("lender", "lenders", "banks") && r.tells("loan", "borrowed", "facility", "lend", "lent", "drew") {
		names := r.argumentAt(i, true).names
		r.emitAll(standfirst.Debt, r.topicAt(i), standfirst.Lender, names, i)
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
			if own, _ := r.prepsFrom(subject.noun+1, false); r.at(subject.noun).hasWord("buyer", "bidder", "suitor", "acquirer") && len(own.names("of", "for")) > 0 {
				r.emitAll(standfirst.Acquisition, own.names("of", "for"), standfirst.Acquirer, f.object.names, f.v)
				return
			}
			r.roleNoun(r.at(subject.noun).word, f.object.names, f.v)
		}
		return
	}
	k := r.at(f.object.noun)
	own, _ := r.prepsFrom(f.object.noun+1, false)
	switch {
	case k.hasWord("investor", "investors", "backer"):
		role := standfirst.Investor
		if k.hasWord("lead") {
			role = standfirst.Lead
		}
		if in := own.first("in"); in.noun >= 0 {
			targets := in.names
			if !in.some() && r.isRound(in.noun) {
				targets = r.roundTarget(in.noun, nil)
			}
			if k.hasWord("lead") || !in.some() {
				r.emitAll(standfirst.PrimaryRound, targets, role, f.subject(), f.v)
			}
			return
		}
	case k.hasWord("lender", "lenders"):
		r.emitAll(standfirst.Debt, own.names("to"), standfirst.Lender, f.subject(), f.v)
		return
	}
	r.roleNoun(k.word, f.subject(), f.v)
}

// include reads "A's investors include B and C", and of a round whom it drew.
func (f *frame) include() {
	a := f.r.subjectOf(f.v)
	if a.noun < 0 || a.some() {
		return
	}
	k := f.r.at(a.noun)
	if f.r.isRound(a.noun) && k.hasWord("round", "series", "raise", "fundraising", "financing") {
		f.r.emitAll(standfirst.PrimaryRound, f.r.roundTarget(a.noun, nil), standfirst.Investor, append(f.object.names, f.preps.names("alongside")...), f.v)
		return
	}
	if f.use.lemma != "include" {
		return
	}
	if (k.word == "investors" || k.word == "backers" || k.word == "participants") && k.owner == nil {
		own, _ := f.r.prepsFrom(a.noun+1, false)
		if in := own.first("in"); in.noun >= 0 && !in.some() && f.r.isRound(in.noun) {
			f.r.emitAll(standfirst.PrimaryRound, f.r.roundTarget(in.noun, nil), standfirst.Investor, append(f.object.names, f.preps.names("alongside")...), f.v)
		}
	} else if (k.word == "investors" || k.word == "backers") && k.owner != nil {
		target := []argName{{k.owner, a.noun}}
		f.r.emitAll(standfirst.PrimaryRound, target, standfirst.Investor, f.object.names, f.v)
		for v := f.v + 1; v < len(f.r.cs); v++ {
			if c := f.r.at(v); c.kind == chunkVerb && (c.v.in("put") || c.v.in("pay")) && f.r.at(v-1).kind == chunkRelative {
				f.r.emitAll(standfirst.PrimaryRound, target, standfirst.Investor, f.r.subjectOf(v).names, v)
			}
		}
	}
}
