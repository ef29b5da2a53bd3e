package copydesk

import (
	"slices"

	"standfirst"
)

// The events whose dates are proposed, as the dimension of the claim has them.
const (
	eventClosing = "closing"
	eventListing = "listing"
	eventResults = "results"
)

// dealNouns stand for a deal that the text has told of, and for which kind alone if they do.
var dealNouns = map[string]standfirst.DealKind{
	"deal": "", "transaction": "", "acquisition": standfirst.Acquisition, "takeover": standfirst.Acquisition, "purchase": standfirst.Acquisition, "buyout": standfirst.Acquisition,
	"sale": standfirst.Acquisition, "merger": standfirst.Merger, "tie-up": standfirst.Merger, "combination": standfirst.Merger, "round": standfirst.PrimaryRound,
}

// events reads the days and periods that lie ahead on which something is to happen: "the deal
// is expected to close in the second quarter", "will list on 12 March".
func (c *claimReader) events(on standfirst.Day) {
	for v := range c.cs {
		k := c.at(v)
		if k.kind != chunkVerb || k.v.negated || k.v.perfect || on.IsZero() {
			continue
		}
		date := c.eventDate(v)
		if date == nil || date.InQuote || date.Place != InBody || date.Range.To.Before(on) {
			continue
		}
		claim := foundClaim{date: date, sentence: c.s, property: standfirst.EventDate, entity: -1, party: -1, chunk: v, prospective: true}
		switch {
		case k.word == "close" || k.word == "complete" || k.word == "finalise" || k.word == "finalize":
			claim.event = eventClosing
			if !c.closing(v, &claim) {
				continue
			}
		case k.word == "list" || k.word == "float" || k.word == "go" && c.tells("public"):
			claim.event = eventListing
			if !c.listing(v, &claim) {
				continue
			}
		case k.word == "report" || k.word == "publish" || k.word == "release" || k.word == "announce":
			f := frame{r: c.sentenceReader, v: v, use: k.v}
			f.read()
			claim.event = eventResults
			if !f.objectIs("results", "earnings", "figures") || !c.one(&claim, f.subject()) {
				continue
			}
		default:
			continue
		}
		c.found = append(c.found, claim)
	}
	slices.SortStableFunc(c.found, func(a, b foundClaim) int { return a.mark().Start - b.mark().Start })
}

// eventDate returns the one date on which what the verb at chunk v tells of is to happen; nil
// where it is only a limit ("by June"), a part of it is meant ("early in June"), or there are
// several.
func (c *claimReader) eventDate(v int) *DateMark {
	for j := v + 1; j < len(c.cs) && j < v+9; j++ {
		k := c.at(j)
		switch k.kind {
		case chunkNoun, chunkPrep:
			if k.hasWord("end", "start", "beginning", "middle", "half", "days", "weeks", "months") {
				return nil
			}
		case chunkOther:
			if k.word == "early" || k.word == "late" {
				return nil
			}
		case chunkDate:
			if before := c.at(j - 1); before.kind == chunkPrep && before.word != "on" && before.word != "in" && before.word != "during" || before.kind == chunkLink {
				return nil
			}
			for n := j + 1; n < len(c.cs) && c.at(n).kind != chunkStop && c.at(n).kind != chunkVerb; n++ {
				if c.at(n).kind == chunkDate {
					return nil
				}
			}
			return c.ph[k.lo].date
		default:
			return nil
		}
	}
	return nil
}

// closing finds the deal that is to close.
func (c *claimReader) closing(v int, claim *foundClaim) bool {
	f := frame{r: c.sentenceReader, v: v, use: c.at(v).v}
	f.read()
	noun := f.object.noun
	if noun < 0 || f.passive() {
		noun = c.subjectOf(v).noun
	}
	k := c.at(noun)
	if noun < 0 || k.kind != chunkNoun {
		return false
	}
	kind, known := dealNouns[k.word]
	if !known {
		return false
	}
	var deal foundParty
	n := 0
	for _, t := range c.d.found {
		if kind != "" && t.kind != kind || n > 0 && t.kind == deal.kind && t.target == deal.target {
			continue
		}
		if t.sentence == c.sentenceReader && t.at == noun {
			deal, n = t, 1 // "the acquisition of Halcyon"
			break
		}
		deal = t
		n++
	}
	claim.deal, claim.entity = deal.kind, deal.target
	return n == 1
}

// listing finds who is to list: the deal if the text tells of its underwriters, else the
// company.
func (c *claimReader) listing(v int, claim *foundClaim) bool {
	if !c.one(claim, c.companies(c.resolve(c.subjectOf(v), v))) {
		return false
	}
	for _, t := range c.d.found {
		if t.kind == standfirst.Listing && t.target == claim.entity {
			claim.deal = standfirst.Listing
		}
	}
	return true
}
