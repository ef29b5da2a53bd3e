package copydesk

import "standfirst"

// merger reads "A's merger with B" and "the merger of A and B".
func (r *sentenceReader) merger(i int, preps prepositions) {
	with := preps.names("with")
	if w := r.verbBefore(i); len(with) == 0 && w >= 0 && (r.at(w).word == "propose" || r.at(w).word == "offer") {
		with = preps.names("to")
	}
	first := r.owners(i)
	if len(with) > 0 {
		if len(first) == 0 {
			first = preps.names("of")
		}
		if w := r.verbBefore(i); len(first) == 0 && w >= 0 && !r.at(w).v.passive {
			first = r.resolve(r.subjectOf(w), w)
			if a := r.subjectOf(w); len(first) == 0 && a.noun >= 0 {
				first = r.belongs(a.noun)
			}
		}
		if len(first) == 0 {
			first = r.otherCompany(with, i)
		}
		r.emitAll(standfirst.Merger, with[:1], standfirst.Partner, first, i)
		return
	}
	both := append(preps.names("of"), preps.names("between")...)
	if w := r.verbBefore(i); len(both) == 0 && w >= 0 && !r.at(w).v.passive && (r.at(i).poss == "their" || r.at(w).v.in("make") || r.at(w).v.in("weigh") || r.at(w).word == "call") && preps.first("with").noun < 0 && preps.first("of").noun < 0 {
		a := r.subjectOf(w)
		if both = r.resolve(a, w); len(both) == 0 && a.noun >= 0 {
			both = r.belongs(a.noun)
		}
	}
	if w := r.verbBefore(i); len(both) == 0 && w >= 0 && r.at(w).word == "approve" {
		if a := r.subjectOf(w); a.noun >= 0 && !a.some() {
			both = r.belongs(a.noun)
		}
	}
	if len(both) == 0 && preps.first("with").noun < 0 && preps.first("of").noun < 0 {
		both = r.topicAt(i) // "A and B said talks about a merger had ended"
	}
	if len(both) == 2 {
		r.emitAll(standfirst.Merger, both[1:], standfirst.Partner, both[:1], i)
	}
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
	if w := r.verbBefore(i); len(lenders) == 0 && w >= 0 && len(preps.names("to")) > 0 && !r.at(w).v.passive && (r.at(w).v.in("give") || r.at(w).word == "call" || r.at(w).word == "make" || r.at(w).word == "approve" || r.at(w).word == "hold" || r.at(w).word == "agree") {
		lenders = r.resolve(r.subjectOf(w), w)
	}
	if len(lenders) == 0 && (len(preps.names("to")) > 0 || k.owner != nil && r.looksLender(argName{k.owner, i})) {
		if lenders = r.owners(i); len(preps.names("to")) == 0 && len(lenders) > 0 {
			r.emitAll(standfirst.Debt, r.otherCompany(lenders, i), standfirst.Lender, lenders, i)
			return
		}
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
	k := r.at(i)
	targets := r.owners(i)
	w := r.verbBefore(i)
	if w >= 0 && (r.at(w).v.in("acquire") || r.at(w).v.in("invest")) {
		return
	}
	if len(targets) == 0 && w >= 0 && !r.at(w).v.passive {
		targets = r.resolve(r.subjectOf(w), w)
	}
	if v := r.skip(i + 1); r.at(v).kind == chunkVerb && r.at(v).word == "issue" && r.at(v).v.bare && r.at(v+1).word == "by" && w >= 0 {
		r.emitAll(standfirst.Convertible, r.argumentAt(v+2, false).names, standfirst.Investor, r.resolve(r.subjectOf(w), w), i)
		return
	}
	if to := preps.names("to"); (k.word == "loan" || k.word == "loans") && len(to) > 0 {
		lenders := append(r.owners(i), preps.names("from", "by")...)
		if len(lenders) == 0 && w >= 0 && r.at(w).v.in("give") && !r.at(w).v.passive {
			lenders = r.resolve(r.subjectOf(w), w)
		}
		r.emitAll(standfirst.Convertible, to, standfirst.Investor, lenders, i)
		return
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

// governor returns the subject of the verb whose object the noun at chunk i is.
func (r *sentenceReader) governor(i int) []argName {
	w := r.verbBefore(i)
	if w < 0 || r.at(w).v.passive {
		return nil
	}
	return r.resolve(r.subjectOf(w), w)
}
