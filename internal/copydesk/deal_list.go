package copydesk

import (
	"slices"
	"strings"
)

// groupNouns stand for those who are named as its members.
var groupNouns = wordSet{
	"investors": true, "backers": true, "shareholders": true, "consortia": true, "partnership": true, "team": true, "group": true, "consortium": true, "syndicate": true, "funds": true, "banks": true, "lenders": true, "club": true, "alliance": true, "trio": true, "pair": true, "underwriters": true,
}

// collapse brings the sentence into a form in which lists of names are plain: "investors led
// by A" becomes A, "a syndicate of A and B" A and B, and descriptions between the names of a
// list are left out.
func (r *sentenceReader) collapse() {
	r.pairDashes()
	for i := 0; i < len(r.cs); i++ {
		k := r.at(i)
		if k.kind == chunkLink {
			r.dropAside(i)
		}
		if k.kind != chunkNoun {
			continue
		}
		if len(k.names) > 0 {
			r.dropPlace(i)
			r.takeCompanions(i)
			for r.dropDescription(i) {
			}
			continue
		}
		r.takeIncluded(i)
		r.takeDashed(i)
		if groupNouns[k.word] {
			r.takeGroup(i)
		}
	}
}

// dropAside drops what commas put in after the link of a list: "A and, for the first time, B".
func (r *sentenceReader) dropAside(i int) {
	if r.at(i+1).kind != chunkComma {
		return
	}
	for j := i + 2; j < i+6; j++ {
		switch k := r.at(j); k.kind {
		case chunkComma:
			if n := r.at(j + 1); n.kind == chunkNoun && len(n.names) > 0 {
				r.cs = slices.Delete(r.cs, i+1, j+1)
			}
			return
		case chunkVerb, chunkRelative, chunkClause, chunkStop:
			return
		}
	}
}

// dropPlace drops where a company is from: "of Oslo".
func (r *sentenceReader) dropPlace(i int) {
	if w := r.at(i + 1).word; r.at(i+1).kind != chunkPrep || w != "of" && w != "in" {
		return
	}
	if p := r.at(i + 2); p.kind == chunkNoun && len(p.names) == 1 && p.hi == p.lo+1 && p.names[0].entity >= 0 && r.d.isPlace(p.names[0]) && r.at(i+1).word == "of" {
		r.cs = slices.Delete(r.cs, i+1, i+3)
	}
}

// become makes the noun at chunk i stand for names and drops the chunks after it up to end.
func (r *sentenceReader) become(i int, names []argName, end int) {
	k := r.at(i)
	for _, n := range names {
		k.names = append(k.names, n.m)
	}
	k.word = ""
	r.cs = slices.Delete(r.cs, i+1, min(end, len(r.cs)))
}

// takeGroup takes "investors led by A", "a syndicate that A leads" and "a consortium of A
// and B" for their members.
func (r *sentenceReader) takeGroup(i int) {
	k, j := r.at(i), i+1
	if r.at(j).word == "of" {
		if a := r.argumentAt(j+1, true); a.some() && (k.word == "group" || k.word == "consortium" || k.word == "syndicate" || k.word == "club" || k.word == "alliance" || k.word == "trio" || k.word == "pair") {
			r.become(i, a.names, a.next)
			return
		}
		j += 2 // "a group of banks led by A"
	}
	first, second, third := r.at(j), r.at(j+1), r.at(j+2)
	if names := r.membersAt(j); names.some() {
		r.become(i, names.names, names.next)
		return
	}
	switch {
	case first.kind == chunkVerb && first.v.in("lead") && second.word == "by" && len(third.names) > 0:
		k.with += "lead "
		r.become(i, r.argNames(j+2), j+3)
	case first.kind == chunkRelative && second.kind == chunkNoun && len(second.names) > 0 && third.kind == chunkVerb && third.v.in("lead"):
		k.with += "lead "
		r.become(i, r.argNames(j+1), j+3)
	case first.kind == chunkRelative && second.kind == chunkVerb && second.word == "include" && len(third.names) > 0:
		r.become(i, r.argNames(j+2), j+3)
	}
}

// membersAt returns the members that a description of a group names from chunk j on: "made up
// of A and B", "comprising A and B".
func (r *sentenceReader) membersAt(j int) argument {
	v := r.at(j)
	if v.kind != chunkVerb || v.v.finite && !v.v.bare && r.at(j-1).kind != chunkRelative {
		return none(j)
	}
	switch {
	case v.word == "comprise" && v.v.gerund:
	case (v.word == "make" || v.word == "consist" || v.word == "compose" || v.word == "form") && r.at(j+1).word == "of":
		j++
	default:
		return none(j)
	}
	return r.argumentAt(j+1, true)
}

// takeIncluded takes "other investors, including A and B," for A and B.
func (r *sentenceReader) takeIncluded(i int) {
	k := r.at(i)
	if !strings.HasSuffix(k.word, "s") || k.owner != nil && k.word != "backers" && k.word != "investors" && k.word != "lenders" && k.word != "banks" {
		return
	}
	j := i + 1
	comma := r.at(j).kind == chunkComma
	if comma {
		j++
	}
	p := r.at(j)
	if p.word == "among" && r.at(j+1).word == "them" {
		j, p = j+1, &chunk{kind: chunkPrep, word: "including"}
	}
	if p.kind != chunkPrep || p.word != "including" && !(p.word == "as" && k.hasWord("such")) {
		return
	}
	a := r.argumentAt(j+1, true)
	if !a.some() {
		return
	}
	end := a.next
	if comma && r.at(end).kind == chunkComma {
		end++
	}
	r.become(i, a.names, end)
	if h := r.at(i - 2); r.at(i-1).word == "of" && h.kind == chunkNoun && len(h.names) == 0 && groupNouns[h.word] {
		r.become(i-2, r.argNames(i), i+1) // "a group of lenders, among them A and B,"
	}
}

// pairDashes makes commas of two dashes around words that are put in.
func (r *sentenceReader) pairDashes() {
	first := -1
	for i := range r.cs {
		switch k := r.at(i); {
		case k.kind != chunkStop:
		case !isDashChunk(k):
			first = -1
		case first >= 0 && i-first < 14:
			r.at(first).kind, k.kind = chunkComma, chunkComma
			first = -1
		default:
			first = i
		}
	}
}

// takeDashed takes "three banks – A, B and C –" for those between the dashes.
func (r *sentenceReader) takeDashed(i int) {
	if !strings.HasSuffix(r.at(i).word, "s") || !isDashChunk(r.at(i+1)) {
		return
	}
	if a := r.argumentAt(i+2, true); len(a.names) > 1 && isDashChunk(r.at(a.next)) {
		r.become(i, a.names, a.next+1)
	}
}

func isDashChunk(k *chunk) bool {
	return (k.kind == chunkStop || k.kind == chunkComma) && (k.word == "–" || k.word == "—" || k.word == "-")
}

// takeCompanions takes "A, together with B," for A and B.
func (r *sentenceReader) takeCompanions(i int) {
	j := i + 1
	comma := r.at(j).kind == chunkComma
	if comma {
		j++
	}
	if w := r.at(j).word; w != "together" && w != "along" || r.at(j+1).word != "with" {
		return
	}
	a := r.argumentAt(j+2, true)
	if !a.some() || comma && r.at(a.next).kind != chunkComma {
		return
	}
	end := a.next
	if comma {
		end++
	}
	k := r.at(i)
	for _, n := range a.names {
		k.names = append(k.names, n.m)
	}
	r.cs = slices.Delete(r.cs, i+1, min(end, len(r.cs)))
}

// dropDescription drops what says who a name of a list is: of "A, a Danish insurer, B and
// C" the insurer. It reports whether it did.
func (r *sentenceReader) dropDescription(i int) bool {
	if r.at(i+1).kind != chunkComma {
		return false
	}
	d := r.at(i + 2)
	if d.kind != chunkRelative && !(d.kind == chunkNoun && len(d.names) == 0 && (d.det == "a" || d.det == "an" || d.det == "the")) {
		return false
	}
	for j := i + 3; j < len(r.cs) && j < i+10; j++ {
		k := r.at(j)
		switch {
		case k.kind == chunkStop, k.kind == chunkVerb && d.kind == chunkNoun && k.v.finite && !k.v.bare:
			return false
		case k.kind == chunkComma:
			next := j + 1
			if r.at(next).kind == chunkLink {
				next++
			} else if d.kind == chunkRelative {
				return false
			}
			n := r.at(next)
			if n.kind != chunkNoun || len(n.names) == 0 || next == j+1 && !r.listGoesOnFrom(next) {
				return false
			}
			if next > j+1 && r.at(r.skip(next+1)).kind == chunkVerb && d.kind == chunkNoun && r.verbBefore(i) >= 0 {
				return false // ", and B said": a clause of its own
			}
			if d.kind == chunkRelative && r.at(i+3).kind == chunkVerb && r.at(i+3).v.in("lead") {
				r.at(i).with += "lead " // "A, which led the round, and B"
			}
			r.cs = slices.Delete(r.cs, i+1, j)
			return true
		}
	}
	return false
}

// listGoesOnFrom reports whether the name at chunk i stands in a list that goes on to an
// "and" and another name.
func (r *sentenceReader) listGoesOnFrom(i int) bool {
	for j := i + 1; j < len(r.cs) && j < i+14; j++ {
		switch k := r.at(j); {
		case k.kind == chunkLink:
			return len(r.at(j+1).names) > 0
		case k.kind == chunkStop, k.kind == chunkVerb, k.kind == chunkRelative:
			return false
		}
	}
	return false
}
