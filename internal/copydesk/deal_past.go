package copydesk

import (
	"slices"

	"standfirst"
)

// toldStage is where one place in the text says that a deal stands.
type toldStage struct {
	foundParty
	stage standfirst.DealStage
	words string
}

// present returns the stages that the text tells of the deal as it is now. A round, loan or
// share sale of long ago is another one; a company that was bought then may be on sale again
// if the text says more of it.
func (r *proseReader) present(d *dealDraft) []toldStage {
	var now, past []toldStage
	for _, f := range d.told {
		stage, words := r.stageOf(f)
		switch {
		case stage == "":
		case f.sentence.toldOfThePast(f.at, r.p.on):
			past = append(past, toldStage{f, stage, words})
		default:
			now = append(now, toldStage{f, stage, words})
		}
	}
	if len(now) == 0 && !isRepeated(d.kind) {
		return past
	}
	return now
}

// presentDeals returns what the sentences tell of deals, without takeovers that a date says were
// long ago where the text tells of one that is new: what an earlier owner paid is no part of it.
func (r *proseReader) presentDeals() []foundParty {
	past := make([]bool, len(r.deals.found))
	fresh := false
	for i, f := range r.deals.found {
		takeover := f.kind == standfirst.Acquisition || f.kind == standfirst.Merger
		past[i] = takeover && f.sentence.toldOfThePast(f.at, r.p.on)
		fresh = fresh || takeover && !past[i]
	}
	if !fresh {
		return r.deals.found
	}
	var kept []foundParty
	for i, f := range r.deals.found {
		if !past[i] {
			kept = append(kept, f)
			continue
		}
		r.claims = slices.DeleteFunc(r.claims, func(c foundClaim) bool {
			return c.sentence.reader == f.sentence && c.deal == f.kind && c.entity == f.target
		})
	}
	return kept
}

// isRepeated reports whether a company has deals of the kind one after another, so that one
// that is over says nothing of the next.
func isRepeated(kind standfirst.DealKind) bool {
	switch kind {
	case standfirst.Acquisition, standfirst.Merger, standfirst.Listing:
		return false
	}
	return true
}

// severalRounds reports whether one stage is that of a deal which is done and another that of
// one which is not agreed yet: where a company has several, nobody knows which is meant.
func severalRounds(kind standfirst.DealKind, told []toldStage) bool {
	done, open := false, false
	for _, t := range told {
		done = done || t.stage == standfirst.Closed
		open = open || prospectiveStage(t.stage)
	}
	return isRepeated(kind) && done && open
}

// toldOfThePast reports whether what the chunk at tells of was long before a day: by a date
// that belongs to it, by "ago", or by "had" where nobody is quoted.
func (r *sentenceReader) toldOfThePast(at int, on standfirst.Day) bool {
	k := r.at(at)
	if k.kind == chunkVerb && r.hasHad(k) && !r.saidBefore(at) {
		return true
	}
	for i := k.hi; i < len(r.ph); i++ {
		p := &r.ph[i]
		if p.kind == phraseComma || p.kind == phraseStop || p.is("and", "but", "which", "who", "while", "when") {
			break
		}
		if r.isPast(i, on) {
			return true
		}
	}
	for i := k.lo - 1; i >= 0; i-- {
		p := &r.ph[i]
		if p.kind == phraseStop || p.is("which", "who", "while", "when", "after") {
			break
		}
		if p.verb.groups != 0 && p.verb.shape&(shapePast|shapeS) != 0 && p.verb.shape&shapeBase == 0 {
			break
		}
		if r.isPast(i, on) {
			return true
		}
	}
	return false
}

// isPast reports whether phrase i names a time long before a day.
func (r *sentenceReader) isPast(i int, on standfirst.Day) bool {
	p := &r.ph[i]
	if p.is("ago", "previously") {
		return true
	}
	return p.date != nil && !on.IsZero() && p.date.Range.To.AddDays(recentDays).Before(on)
}

// hasHad reports whether the verb is in the past perfect.
func (r *sentenceReader) hasHad(k *chunk) bool {
	for i := k.lo; i < k.hi; i++ {
		if r.ph[i].is("had") {
			return true
		}
	}
	return false
}

// hadBeenSaid reports whether what stands at chunk i is what somebody had said before the time
// that the text is about: "two people had told this newspaper in October that …".
func (r *sentenceReader) hadBeenSaid(i int) bool {
	for v := range i {
		k := r.at(v)
		if k.kind == chunkVerb && (k.v.in("say") || k.v.in("report") || k.word == "put" && r.tells("person", "people", "source", "sources")) && r.hasHad(k) && !r.saidBefore(v) {
			return true
		}
	}
	return false
}

// saidBefore reports whether a verb of saying stands before chunk i: what somebody said that
// they "had" done is new.
func (r *sentenceReader) saidBefore(i int) bool {
	for v := range i {
		if k := r.at(v); k.kind == chunkVerb && (k.v.in("say") || k.v.in("report")) {
			return true
		}
	}
	return false
}
