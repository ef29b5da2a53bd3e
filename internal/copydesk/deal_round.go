package copydesk

import "standfirst"

// lead reads "A leads a round in B" and "a round led by A".
func (f *frame) lead() {
	r := f.r
	role := standfirst.Lead
	if !f.use.in("lead") || f.use.lemma == "anchor" {
		role = standfirst.Investor
	}
	if f.passive() {
		i := r.skipBack(f.v - 1)
		if f.use.passive || i < 0 {
			i = r.subjectOf(f.v).noun
		} else if r.at(i).kind == chunkComma {
			i = r.skipBack(i - 1)
		}
		if i >= 0 && r.at(i).kind == chunkLink || i >= 0 && r.at(i).kind == chunkOther {
			i = r.roundBefore(i)
		}
		if i >= 0 && r.isRound(i) {
			targets := r.roundTarget(i, f.preps)
			r.emitAll(standfirst.PrimaryRound, targets, role, f.preps.names("by"), f.v)
			r.emitAll(standfirst.PrimaryRound, targets, standfirst.Investor, f.preps.names("with", "alongside", "including"), f.v)
			r.emitAll(standfirst.PrimaryRound, targets, standfirst.Investor, f.participants(), f.v)
		}
		return
	}
	at := -1
	switch {
	case f.object.noun >= 0 && r.isRound(f.object.noun):
		at = f.object.noun
	default:
		for _, p := range f.preps {
			if (p.prep == "in" || p.prep == "with") && p.noun >= 0 && r.isRound(p.noun) {
				at = p.noun
			}
		}
	}
	if a := r.subjectOf(f.v); at < 0 && f.object.noun < 0 && a.some() && r.at(a.noun-1).kind == chunkRelative {
		j := a.noun - 2
		if r.at(j).kind == chunkComma {
			j--
		}
		if h := r.headOf(j); r.isRound(h) {
			at = h
		}
	}
	if at < 0 && f.use.lemma != "back" && f.use.lemma != "head" && r.isPronoun(f.object) && r.d.lastRound != nil {
		r.emitAll(standfirst.PrimaryRound, []argName{*r.d.lastRound}, role, f.subject(), f.v)
		return
	}
	if at < 0 && f.use.lemma == "lead" && f.object.noun < 0 && len(f.preps) == 0 && (f.use.infinitive || f.use.modal != "") && r.raisedHere() {
		r.emitAll(standfirst.PrimaryRound, []argName{*r.d.lastRound}, role, f.subject(), f.v)
		return
	}
	if at < 0 && f.use.in("join") && f.object.noun < 0 && len(f.preps) == 0 && f.use.lemma != "back" && r.d.lastRound != nil {
		r.emitAll(standfirst.PrimaryRound, []argName{*r.d.lastRound}, standfirst.Investor, f.subject(), f.v)
		return
	}
	if at < 0 {
		if f.use.in("lead") && f.object.noun < 0 && f.preps.first("with").noun >= 0 && r.hasMoneyAt(f.preps.first("with").noun) && r.d.lastRound != nil {
			r.emitAll(standfirst.PrimaryRound, []argName{*r.d.lastRound}, role, f.subject(), f.v)
		}
		return
	}
	targets := r.roundTarget(at, f.preps)
	r.emitAll(standfirst.PrimaryRound, targets, role, f.subject(), f.v)
	r.emitAll(standfirst.PrimaryRound, targets, standfirst.Investor, f.participants(), f.v)
	if f.use.lemma == "co-lead" {
		r.emitAll(standfirst.PrimaryRound, targets, role, f.preps.names("with", "alongside"), f.v)
	}
	if f.use.in("join") && f.object.some() {
		for _, n := range f.object.names {
			as := standfirst.Investor
			if r.at(n.chunk).hasWord("lead") {
				as = standfirst.Lead
			}
			r.emitAll(standfirst.PrimaryRound, targets, as, []argName{n}, f.v)
		}
	}
}

// raisedHere reports whether the round that was named last is one of this sentence.
func (r *sentenceReader) raisedHere() bool {
	if r.d.lastRound == nil {
		return false
	}
	k := r.at(r.d.lastRound.chunk)
	return k.kind == chunkNoun && (k.owner == r.d.lastRound.m || len(k.names) > 0 && k.names[0] == r.d.lastRound.m)
}

func (r *sentenceReader) hasMoneyAt(i int) bool {
	return r.at(i).figure != nil && r.at(i).figure.Kind == Money
}

// takePart reads "A takes part in B's round", and "A also took part" after a round that was
// told of.
func (f *frame) takePart() {
	r := f.r
	in := f.preps.first("in")
	targets := in.names
	switch {
	case in.noun >= 0 && !in.some() && r.isRound(in.noun):
		targets = r.roundTarget(in.noun, nil)
	case in.noun < 0 && r.d.lastRound != nil:
		targets = []argName{*r.d.lastRound}
	case in.some():
		return
	}
	if w := r.verbBefore(f.v); w >= 0 && (r.at(w).word == "decline" || r.at(w).word == "refuse") {
		return
	}
	r.emitAll(standfirst.PrimaryRound, targets, standfirst.Investor, f.subject(), f.v)
}

// participants returns the names in "with participation from A and B".
func (f *frame) participants() []argName {
	for i, p := range f.preps {
		if p.prep == "with" && p.noun >= 0 && f.r.at(p.noun).hasWord("participation", "backing", "support", "money") {
			return f.preps[i:].names("from", "of", "by")
		}
	}
	return nil
}

// isRound reports whether the noun at chunk i is a round of new money.
func (r *sentenceReader) isRound(i int) bool {
	k := r.at(i)
	return k.kind == chunkNoun && (roundNouns[k.word] || k.hasWord("series", "round", "seed")) && !k.hasWord(debtWords...)
}

// roundBefore returns the chunk of the last round before chunk i in the clause, or -1.
func (r *sentenceReader) roundBefore(i int) int {
	for j := i - 1; j >= 0 && j > i-12 && r.at(j).kind != chunkStop; j-- {
		if r.isRound(j) {
			return j
		}
	}
	return -1
}

// roundTarget returns the company whose round stands at chunk i.
func (r *sentenceReader) roundTarget(i int, preps prepositions) []argName {
	k := r.at(i)
	if len(k.mods) > 0 {
		return []argName{{k.mods[0], i}}
	}
	if k.owner != nil {
		return []argName{{k.owner, i}}
	}
	if r.at(i+1).word == "in" && r.at(i+2).kind == chunkRelative && len(r.at(i+3).names) == 1 {
		return r.argNames(i + 3) // "a round in which Halcyon raises"
	}
	if v := r.at(i + 3); r.at(i+1).kind == chunkComma && r.at(i+2).kind == chunkRelative && v.kind == chunkVerb && v.word == "value" {
		return r.resolve(r.argumentAt(i+4, false), i+3)
	}
	if v := r.at(r.skip(i + 1)); v.kind == chunkVerb && v.word == "value" && !v.v.passive {
		if names := r.resolve(r.argumentAt(r.skip(i+1)+1, false), r.skip(i+1)); len(names) == 1 {
			return names
		}
	}
	own, _ := r.prepsFrom(i+1, false)
	for _, p := range append(own, preps...) {
		if (p.prep == "for" || p.prep == "in" || p.prep == "at" || p.prep == "of") && p.some() {
			return p.names[:1]
		}
	}
	if w := r.verbBefore(i); w >= 0 && (r.at(w).v.in("raise") || r.at(w).v.in("make") || r.at(w).v.in("get")) && !r.at(w).v.in("lead") && !r.at(w).v.in("join") {
		if names := r.resolve(r.subjectOf(w), w); len(names) > 0 {
			return names[:1]
		}
	}
	if k.poss == "" && r.d.lastRound != nil && (k.det == "the" || k.det == "") {
		return []argName{*r.d.lastRound}
	}
	return r.topicAt(i)
}
