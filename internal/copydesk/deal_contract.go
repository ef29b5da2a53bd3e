package copydesk

import "standfirst"

// contract reads "a contract with A", which B won.
func (r *sentenceReader) contract(i int, preps prepositions) {
	k := r.at(i)
	ordinary := contractNouns[k.word] || k.word == "tender" || k.word == "deal"
	if !ordinary && !r.tells("contract", "order", "orders") {
		return
	}
	if k.word == "deal" {
		if w := r.verbBefore(i); w < 0 || !r.at(w).v.in("win") {
			return
		}
	}
	customers := append(preps.names("from"), preps.names("with")...)
	customers = append(customers, preps.names("by")...)
	w := r.verbBefore(i)
	won := w >= 0 && (r.at(w).v.in("win") || r.at(w).v.in("get") || r.at(w).v.in("raise") || r.at(w).v.in("make")) && !r.at(w).v.passive
	if with := preps.first("with"); len(customers) == 0 && r.isPronoun(with) && w >= 0 && !r.at(w).v.passive {
		r.emitAll(standfirst.Contract, r.resolve(with, i), standfirst.Customer, r.resolve(r.subjectOf(w), w), i)
		return
	}
	if len(customers) == 0 && won && contractNouns[k.word] {
		for j := i + 1; j < len(r.cs) && j < i+8 && r.at(j).kind != chunkStop && r.at(j).kind != chunkVerb; j++ {
			if r.at(j).word == "from" && r.at(j).kind == chunkPrep {
				customers = r.argumentAt(j+1, false).names
			}
		}
	}
	if len(customers) == 0 && won && contractNouns[k.word] {
		all, _ := r.prepsFrom(i+1, true)
		customers = append(all.names("for"), all.names("from", "with")...)
	}
	if w >= 0 && contractNouns[k.word] && len(preps.names("with")) > 0 && !r.at(w).v.passive && (customerVerbs[r.at(w).word] || r.at(w).word == "sign" && preps.first("for").noun >= 0 && goodsNouns[r.goodsAt(preps.first("for").noun)]) {
		r.emitAll(standfirst.Contract, preps.names("with"), standfirst.Customer, r.resolve(r.subjectOf(w), w), i)
		return
	}
	targets := r.owners(i)
	if len(targets) == 0 && won {
		targets = r.resolve(r.subjectOf(w), w)
	}
	if len(targets) == 0 && (k.word == "one" || k.word == "other") {
		targets = r.topicAt(i)
	}
	if len(targets) == 0 && len(preps.names("from")) > 0 && contractNouns[k.word] {
		targets = r.otherCompany(customers, i)
	}
	r.emitAll(standfirst.Contract, targets, standfirst.Customer, customers, i)
}

// customerVerbs are what those who pay do with a contract.
var customerVerbs = wordSet{"cancel": true, "terminate": true, "renew": true, "extend": true, "scrap": true}

// goodsAt returns what the noun at chunk i counts or names.
func (r *sentenceReader) goodsAt(i int) string {
	if k := r.at(i); k.word != "" {
		return k.word
	} else if k.figure != nil {
		return k.figure.Quantity.Noun
	}
	return ""
}

// adviserVerbs are what advisers, not suppliers, are hired for.
var adviserVerbs = wordSet{"advise": true, "explore": true, "find": true, "lead": true, "handle": true, "arrange": true, "underwrite": true, "study": true, "help": true, "manage": true, "raise": true, "sell": true, "investigate": true, "review": true, "be": true, "replace": true, "run": true, "represent": true}

// award reads "A awards B a contract" and "A has chosen B to build".
func (f *frame) award() {
	r := f.r
	if f.use.in("award") {
		if a := r.subjectOf(f.v); !f.passive() && f.object.some() && a.some() && r.at(a.noun-1).kind == chunkRelative && contractNouns[r.at(r.headOf(a.noun-2)).word] {
			r.emitAll(standfirst.Contract, f.object.names, standfirst.Customer, a.names, f.v)
			return
		}
		if !f.objectIs("contract", "contracts", "order", "orders", "deal", "mandate") {
			return
		}
		switch {
		case f.passive() && f.use.bare:
			i := r.skipBack(f.v - 1)
			if i >= 0 && contractNouns[r.at(i).word] {
				r.emitAll(standfirst.Contract, r.resolve(r.subjectOf(max(r.verbBefore(i), 0)), f.v), standfirst.Customer, f.preps.names("by"), f.v)
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
	if !f.passive() && f.object.some() && f.forListing() {
		r.emitAll(standfirst.Listing, f.subject(), standfirst.Underwriter, f.object.names, f.v)
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
	if to < 0 {
		// A verb that the lexicon does not know: "to modernise its network".
		for j := f.v + 1; j+1 < len(r.cs) && j < f.v+6; j++ {
			if r.at(j).kind == chunkPrep && r.at(j).word == "to" && r.at(j+1).kind == chunkNoun && len(r.at(j+1).names) == 0 && r.at(j+1).det == "" && r.at(j+1).figure == nil {
				to = j
				break
			}
		}
	}
	if what := f.preps.first("for"); to < 0 && what.noun >= 0 && !what.some() && (contractNouns[r.at(what.noun).word] || r.tells("contract", "order")) {
		to = what.noun
	}
	if to < 0 || adviserVerbs[r.at(to).word] || r.at(to).kind == chunkPrep && adviserVerbs[r.ph[r.at(to+1).lo].low] {
		return
	}
	if f.passive() {
		r.emitAll(standfirst.Contract, f.subject(), standfirst.Customer, f.preps.names("by"), f.v)
	} else if f.object.some() && f.object.next <= to {
		r.emitAll(standfirst.Contract, f.object.names, standfirst.Customer, f.subject(), f.v)
	}
}

// forListing reports whether somebody is chosen for a listing of the subject: "to lead its
// flotation", "for its initial public offering".
func (f *frame) forListing() bool {
	r := f.r
	j := r.skip(f.object.next)
	switch k := r.at(j); {
	case k.kind == chunkPrep && k.word == "for":
	case k.kind == chunkVerb && k.v.infinitive && (k.v.in("lead") || k.word == "run" || k.word == "manage" || k.word == "handle" || k.word == "arrange" || k.word == "underwrite"):
	default:
		return false
	}
	n := r.at(r.skip(j + 1))
	return n.kind == chunkNoun && len(n.names) == 0 && n.hasWord(listingNouns...) && (n.poss != "" || n.det == "a" || n.det == "an" || n.det == "the" || n.det == "")
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
