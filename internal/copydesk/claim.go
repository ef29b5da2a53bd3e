package copydesk

import (
	"slices"

	"standfirst"
)

// foundClaim is a claim that one figure or date of the text makes, before it is known which
// deal of the proposals it is about.
type foundClaim struct {
	figure   *Figure   // nil for the date of an event
	date     *DateMark // of an event
	event    string
	sentence *proseSentence
	property standfirst.Property
	// deal and target say which deal it is about, if it is about one; else entity.
	deal         standfirst.DealKind
	entity       int // in the table; of a deal its target
	party        int // negative for none
	basis        standfirst.Basis
	day          *DateMark
	period       *DateMark
	prospective  bool
	down, change bool // the way of a change that the words around tell
	chunk        int
}

// mark returns where its words stand.
func (c *foundClaim) mark() Mark {
	if c.figure == nil {
		return c.date.Mark
	}
	return c.figure.Mark
}

// claimReader reads the claims of the figures in one sentence.
type claimReader struct {
	*sentenceReader
	s     *proseSentence
	on    standfirst.Day // of the story
	found []foundClaim
	cut   bool // the sentence tells of jobs that are cut
}

// claimsOf returns the claims of a sentence of the body.
func claimsOf(s *proseSentence, on standfirst.Day) []foundClaim {
	c := &claimReader{sentenceReader: s.reader, s: s, on: on}
	c.cut = c.cutsJobs()
	for i := range c.cs {
		k := c.at(i)
		if k.kind != chunkNoun || k.figure == nil || k.figure.InQuote || k.figure.Place != InBody {
			continue
		}
		claim := foundClaim{figure: k.figure, sentence: s, entity: -1, party: -1, chunk: i}
		if c.read(i, &claim) && claim.entity >= 0 {
			claim.prospective = claim.prospective || c.prospective(i)
			c.found = append(c.found, claim)
		}
	}
	c.events(on)
	return c.found
}

// read finds the property and subject of the figure in the noun at chunk i.
func (c *claimReader) read(i int, claim *foundClaim) bool {
	switch claim.figure.Kind {
	case Money:
		return c.valuation(i, claim) || c.accounts(i, claim) || c.dealMoney(i, claim)
	case Percent:
		return c.staffShare(i, claim) || c.priceMove(i, claim) || c.changeOf(i, claim) || c.stake(i, claim)
	case Count:
		return c.jobs(i, claim) || c.headcount(i, claim)
	case Price:
		return c.price(i, claim)
	}
	return false
}

// head returns the noun or verb that the preposition before chunk i belongs to, and the
// preposition: of "at a valuation of $5 million" the chunk of "valuation" and "of".
func (c *claimReader) head(i int) (int, string) {
	p := c.skipBack(i - 1)
	for p >= 0 && c.at(p).kind == chunkLink {
		p = c.skipBack(p - 1)
	}
	if p < 0 || c.at(p).kind != chunkPrep {
		return p, ""
	}
	return c.skipBack(p - 1), c.at(p).word
}

// nounHas reports whether the noun at chunk i, or the one whose "of" it follows, has one
// of the words.
func (c *claimReader) nounHas(i int, words ...string) bool {
	if c.at(i).hasWord(words...) {
		return true
	}
	h, prep := c.head(i)
	return h >= 0 && c.at(h).kind == chunkNoun && (prep == "of" || prep == "to" || prep == "at" || prep == "by") && c.at(h).hasWord(words...)
}

// one sets the subject to the one name, if it is one company.
func (c *claimReader) one(claim *foundClaim, names []argName) bool {
	names = c.companies(names)
	if len(names) != 1 {
		return false
	}
	claim.entity = names[0].m.entity
	return true
}

// ownerOf returns whose the noun at chunk i is: of "Northwind's revenue", "the revenue of
// Northwind", "the company's revenue".
func (c *claimReader) ownerOf(i int) []argName {
	k := c.at(i)
	if names := c.owners(i); len(names) > 0 {
		return names
	}
	if k.hasWord("company's", "group's", "firm's", "company", "group") && k.det == "the" {
		return c.topicAt(i)
	}
	if c.at(i+1).kind == chunkPrep && (c.at(i+1).word == "of" || c.at(i+1).word == "at" || c.at(i+1).word == "in") {
		if a := c.argumentAt(i+2, false); a.some() {
			return a.names
		} else if names := c.resolve(a, i); len(names) > 0 {
			return names
		}
	}
	return c.mods(i)
}

// subjectOr returns the subject of the verb that governs chunk i, or what the sentence is
// about.
func (c *claimReader) subjectOr(i int) []argName {
	if w := c.verbBefore(i); w >= 0 {
		a := c.subjectOf(w)
		if names := c.companies(c.resolve(a, w)); len(names) > 0 {
			return names
		}
		if a.noun >= 0 && !a.some() {
			if names := c.companies(c.ownerOf(a.noun)); len(names) > 0 {
				return names
			}
		}
	}
	return c.topicAt(i)
}

// prospective reports whether the words around chunk i say that it may come.
func (c *claimReader) prospective(i int) bool {
	w := c.verbBefore(i)
	for n := 0; w >= 0 && n < 4; n++ {
		u := c.at(w).v
		switch {
		case u.modal != "" && u.modal != "to":
			return true
		case u.in("weigh") && !u.passive:
			return true
		}
		p := c.skipBack(w - 1)
		if p < 0 || c.at(p).kind != chunkVerb && !u.infinitive && !u.gerund {
			break
		}
		if c.at(p).kind == chunkVerb {
			w = p
			continue
		}
		if c.at(p).kind == chunkNoun && c.at(p).hasWord("talks", "plan", "plans", "discussions", "proposal", "negotiations") {
			return true
		}
		break
	}
	return false
}

// dateIn returns the one date of the sentence with one of the precisions that is nearest
// to byte at, or nil.
func (c *claimReader) dateIn(at int, precisions ...standfirst.Precision) *DateMark {
	var best *DateMark
	distance := 1 << 30
	for i := range c.ph {
		d := c.ph[i].date
		if d == nil || !slices.Contains(precisions, d.Range.Precision) {
			continue
		}
		if n := max(at-d.Start, d.Start-at); n < distance {
			best, distance = d, n
		}
	}
	return best
}

// periodOf returns the period that a figure of the accounts is for.
func (c *claimReader) periodOf(at int) *DateMark {
	return c.dateIn(at, standfirst.PrecisionQuarter, standfirst.PrecisionHalf, standfirst.PrecisionYear)
}
