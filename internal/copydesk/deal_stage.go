package copydesk

import (
	"strings"

	"standfirst"
)

// stageOf returns where a place in the text says that the deal stands, with the words.
func (r *proseReader) stageOf(f foundParty) (standfirst.DealStage, string) {
	s := f.sentence
	lo, hi := s.clauseAround(f.at)
	at := s.at(f.at).lo
	var best tablePhrase
	bestAt, distance := -1, 1<<30
	for i := lo; i < hi; i++ {
		for _, phrase := range dealWords().stages[s.ph[i].low] {
			if !s.phraseAt(i, phrase.words) || standfirst.DealStage(phrase.means) == standfirst.Closed && !s.tellsOf(i, f.at) {
				continue
			}
			n := max(at-i, i-at)
			if ends := endsDeal(standfirst.DealStage(phrase.means)); ends {
				n = 0
			}
			if n < distance {
				best, bestAt, distance = phrase, i, n
			}
			i += len(phrase.words) - 1
			break
		}
	}
	if bestAt >= 0 && !(endsDeal(standfirst.DealStage(best.means)) && s.denied(bestAt)) {
		return standfirst.DealStage(best.means), wordsBetween(s.ph, bestAt, bestAt+len(best.words))
	}
	return s.stageOfVerb(f)
}

// tellsOf reports whether the words at phrase i, such as "raised" or "closed", say of the deal
// at chunk at that it is done, and nothing else: that a forecast was raised, or where a share
// closed.
func (r *sentenceReader) tellsOf(i, at int) bool {
	k := r.at(at)
	if i >= k.lo && i < k.hi {
		return true
	}
	v := -1
	for j := range r.cs {
		if c := &r.cs[j]; i >= c.lo && i < c.hi {
			if v = j; c.kind != chunkVerb {
				return true // "completion of", "the closed round"
			}
		}
	}
	switch {
	case v < 0:
		return true
	case v < at && r.verbBefore(at) == v:
		f := frame{r: r, v: v, use: r.at(v).v}
		f.read()
		return k.kind == chunkVerb || f.preps.first("on").noun == at || f.object.noun == at || r.headOf(at) == f.object.noun || f.second.noun == at
	case v > at && k.kind == chunkNoun:
		a := r.subjectOf(v)
		return a.noun == at || a.noun >= 0 && r.headOf(at) == a.noun
	}
	return false
}

// wordsBetween returns the words of the phrases from i to j as they stand.
func wordsBetween(ph []phrase, i, j int) string {
	var b strings.Builder
	for k := i; k < j; k++ {
		if k > i {
			b.WriteByte(' ')
		}
		b.WriteString(ph[k].text)
	}
	return b.String()
}

func (r *sentenceReader) phraseAt(i int, words []string) bool {
	if i+len(words) > len(r.ph) {
		return false
	}
	for k, w := range words {
		if p := &r.ph[i+k]; p.kind != phraseWord || p.low != w {
			return false
		}
	}
	return true
}

// denied reports whether "not" stands right before phrase i.
func (r *sentenceReader) denied(i int) bool {
	return i > 0 && (r.ph[i-1].is("not", "never", "no"))
}

// clauseAround returns the phrases of the clause that chunk i stands in: up to the next
// semicolon, dash or word such as "while".
func (r *sentenceReader) clauseAround(i int) (lo, hi int) {
	lo, hi = 0, len(r.ph)
	for j := i - 1; j >= 0; j-- {
		k := r.at(j)
		if k.kind == chunkStop || k.kind == chunkClause && k.word != "after" && k.word != "as" {
			lo = k.hi
			break
		}
	}
	for j := i + 1; j < len(r.cs); j++ {
		k := r.at(j)
		if k.kind == chunkStop || k.kind == chunkClause {
			hi = k.lo
			break
		}
		// ", and B is considering …"
		if k.kind == chunkComma && r.at(j+1).kind == chunkLink && r.at(j+2).kind == chunkNoun && len(r.at(j+2).names) > 0 && r.at(r.skip(j+3)).kind == chunkVerb {
			hi = k.lo
			break
		}
	}
	return lo, hi
}

// stageOfVerb tells the stage from the tense of the verb that tells of the deal: "bought"
// is closed, "will buy" agreed, "may buy" considered.
func (r *sentenceReader) stageOfVerb(f foundParty) (standfirst.DealStage, string) {
	k := r.at(f.at)
	if k.kind != chunkVerb {
		return "", ""
	}
	u := k.v
	words := wordsBetween(r.ph, k.lo, k.hi)
	if u.negated {
		return "", ""
	}
	done := u.in("acquire") || u.in("sell") || u.in("invest") || u.in("put") || u.in("lead") || u.in("raise") || u.in("lend") || u.in("borrow") || u.in("merge") || u.in("place") || u.in("take") || u.in("pay") || u.in("join") && u.modal != ""
	switch {
	case !done || u.in("be"):
		return "", ""
	case u.modal == "will" || u.modal == "'ll" || u.modal == "shall":
		return standfirst.Agreed, words
	case u.modal == "would":
		return "", "" // if what is told elsewhere comes about
	case u.modal == "could" || u.modal == "may" || u.modal == "might":
		return standfirst.Considering, words
	case u.infinitive && u.finite:
		return standfirst.Agreed, words // "is to buy"
	case u.infinitive || u.gerund:
		return "", ""
	case u.perfect, u.finite && u.shape&shapePast != 0 && !u.passive && u.modal == "" && strings.HasSuffix(r.ph[k.hi-1].low, "d") || u.finite && u.bare:
		return standfirst.Closed, words
	case u.finite && u.shape&shapeIng != 0 && !u.passive && (u.in("acquire") || u.in("sell") || u.in("lend") || u.in("raise") || u.in("lead")):
		return standfirst.Agreed, words // "is buying"
	}
	return "", ""
}
