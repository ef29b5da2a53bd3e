package copydesk

import "strings"

// nounsInIng look like verbs and are nouns.
var nounsInIng = wordSet{
	"backing": true, "funding": true, "financing": true, "offering": true, "listing": true, "filing": true, "meeting": true, "mining": true,
	"shipping": true, "banking": true, "pricing": true, "spending": true, "earnings": true, "savings": true, "holding": true, "holdings": true,
	"proceeding": true, "building": true, "engineering": true, "manufacturing": true, "housing": true, "refinancing": true, "trading": true,
}

// seldomVerbs are nouns more often than verbs in their base form and with an s.
var seldomVerbs = wordSet{
	"fine": true, "fines": true, "talk": true, "talks": true, "offer": true, "bid": true, "purchase": true, "lead": true, "loan": true, "deal": true, "order": true, "list": true, "contract": true,
	"approach": true, "fund": true, "funds": true, "plan": true, "report": true, "reports": true, "cut": true, "cuts": true, "close": true, "bids": true, "offers": true, "orders": true, "contracts": true,
	"loans": true, "purchases": true, "plans": true, "place": true, "move": true, "gain": true, "gains": true, "value": true, "finance": true, "supply": true, "interest": true, "matter": true,
	"advance": true, "target": true, "commission": true, "tap": true, "award": true, "book": true, "land": true, "need": true, "call": true, "test": true, "claim": true, "claims": true, "house": true,
	"rise": true, "fall": true, "drop": true, "decline": true, "jump": true, "slide": true, "trade": true, "board": true, "stake": true, "stakes": true, "costs": true, "cost": true, "means": true, "sack": true,
	"work": true, "works": true, "use": true, "help": true, "run": true, "stand": true, "block": true, "release": true, "like": true, "rule": true, "sale": true, "grant": true, "grants": true, "exit": true, "vote": true, "votes": true,
	"extension": true, "return": true, "review": true, "study": true, "firm": true, "ship": true, "ships": true, "share": true, "note": true, "notes": true, "name": true, "field": true, "head": true, "front": true, "pick": true, "rally": true, "trim": true,
	"lift": true, "shed": true, "fire": true, "post": true, "record": true, "records": true, "forecast": true, "forecasts": true, "guide": true, "project": true, "projects": true, "net": true, "bag": true, "state": true, "start": true, "stop": true, "halt": true, "break": true, "stay": true,
	"step": true, "force": true, "crowd": true, "weather": true, "benefit": true, "drive": true, "spark": true, "face": true, "demand": true, "press": true, "push": true, "chair": true, "lease": true, "rent": true, "license": true, "tip": true, "channel": true, "chip": true, "chips": true, "sink": true, "pool": true,
	"form": true, "forms": true, "process": true, "limit": true, "limits": true, "link": true, "links": true, "transfer": true, "transfers": true, "stem": true, "wind": true, "strip": true, "launch": true, "rescue": true, "guarantee": true, "guarantees": true, "permit": true, "permits": true, "boost": true, "worry": true, "handle": true, "tie": true, "ties": true, "reverse": true,
}

// verbAt reads a verb with its auxiliaries at phrase i. It returns the phrase after it,
// or i if there is no verb.
func (c *chunker) verbAt(i int) (int, verbUse) {
	var use verbUse
	j, be, have, do := i, false, false, false
	for ; j < len(c.ph) && c.ph[j].kind == phraseWord; j++ {
		p := &c.ph[j]
		aux := p.in("auxiliaries")
		modal := p.in("modals")
		switch {
		case p.low == "to" && (j+1 >= len(c.ph) || !c.infinitive(j+1)):
			return c.endVerb(i, j, use, be, have)
		case p.low == "to" && be && !use.infinitive:
			use.infinitive = true // "is to buy"
		case p.low == "to" && j > i:
			return c.endVerb(i, j, use, be, have)
		case p.low == "to":
			use.infinitive = true
		case modal && j > i && use.modal == "" && !be && !have:
			return c.endVerb(i, j, use, be, have)
		case modal:
			use.modal, use.finite = p.low, true
		case aux:
			switch p.low {
			case "be", "been", "being", "is", "are", "was", "were", "isn't", "aren't", "wasn't", "weren't":
				be = true
				use.finite = use.finite || p.low != "be" && p.low != "been" && p.low != "being"
				use.gerund = use.gerund || p.low == "being" && j == i
			case "has", "have", "had", "having", "hasn't", "haven't", "hadn't":
				have, use.finite = true, use.finite || p.low != "having"
				use.gerund = use.gerund || p.low == "having"
			case "'s":
			default:
				do, use.finite = true, true
			}
			use.negated = use.negated || strings.HasSuffix(p.low, "n't")
		case p.is("not", "never"):
			if j == i {
				return i, use
			}
			use.negated = true
		case have && p.is("since"):
		case use.infinitive && c.ph[j-1].is("to") && p.verb.shape&shapeBase != 0:
			goto main
		case j > i && p.in("adverbs") && !p.is("set", "due", "said", "up", "back", "expected", "close", "reported", "thought", "tipped", "earmarked"):
		default:
			goto main
		}
	}
	return c.endVerb(i, j, use, be, have)
main:
	p := &c.ph[j]
	v := p.verb
	started := j > i
	if v.groups == 0 {
		return c.endVerb(i, j, use, be, have)
	}
	switch {
	case be && !use.infinitive && use.modal != "" && v.shape&shapeParticiple != 0 && v.shape&shapeBase == 0:
		use.verb, use.passive = v, true // "will be sold"
	case use.infinitive || use.modal != "" || do:
		if v.shape&shapeBase == 0 {
			return c.endVerb(i, j, use, be, have)
		}
		use.verb = v
		use.infinitive = use.infinitive && use.modal == ""
	case be && v.shape&(shapeParticiple|shapePast) != 0 && !(v.shape&shapeIng != 0):
		use.verb, use.passive = v, true
	case be && v.shape&shapeIng != 0:
		use.verb = v
	case have && v.shape&(shapeParticiple|shapePast) != 0:
		use.verb, use.perfect = v, true
	case started:
		return c.endVerb(i, j, use, be, have)
	default:
		if !c.isVerbHere(j) {
			return i, use
		}
		use.verb = v
		use.gerund = v.shape&shapeIng != 0
		use.bare = !use.gerund && v.shape&(shapeParticiple|shapePast) != 0 && v.shape&(shapeBase|shapeS) == 0
		use.finite = !use.gerund
	}
	if use.modal != "" && be && use.passive || be && have && use.passive {
		use.finite = true
	}
	j++
	if j < len(c.ph) && c.ph[j].is("up", "over", "out", "down", "back", "off", "in") && (!c.ph[j].is("in") || v.lemma == "bring" || (v.lemma == "take" || v.lemma == "put") && c.moneyFollows(j+1)) && (!c.ph[j].is("over") || v.lemma == "take") {
		use.particle = c.ph[j].low
		j++
	}
	return j, use
}

// moneyFollows reports whether a sum begins at phrase i, as in "took in another $4 million".
func (c *chunker) moneyFollows(i int) bool {
	p := c.at(i)
	if p != nil && p.in("determiners") {
		p = c.at(i + 1)
	}
	return p != nil && (p.figure != nil && p.figure.Kind == Money || p.is("money", "cash", "capital"))
}

// endVerb ends a verb that has auxiliaries only.
func (c *chunker) endVerb(i, j int, use verbUse, be, have bool) (int, verbUse) {
	if j == i || !be && !have || use.infinitive && !be && !have {
		return i, use
	}
	for j > i && c.ph[j-1].in("adverbs") && !c.ph[j-1].in("auxiliaries") {
		j--
	}
	lemma := "have"
	if be {
		lemma = "be"
	}
	use.verb = verb{lemma: lemma, groups: dealWords().verbs[lemma].groups}
	if be {
		use.verb.groups = dealWords().groups["be"]
	}
	return j, use
}

// infinitive reports whether a verb in its base form stands at phrase i.
func (c *chunker) infinitive(i int) bool {
	for ; i < len(c.ph) && c.ph[i].in("adverbs") && c.ph[i].verb.shape&shapeBase == 0; i++ {
	}
	if i >= len(c.ph) || c.ph[i].kind != phraseWord {
		return false
	}
	p := &c.ph[i]
	return p.is("be", "have", "do") || p.verb.shape&shapeBase != 0
}

// isVerbHere reports whether the word at phrase i, which can be a verb, is one.
func (c *chunker) isVerbHere(i int) bool {
	p := &c.ph[i]
	prev := c.before(i)
	s := p.verb.shape
	switch {
	case s&shapeIng != 0:
		if prev != nil && (prev.in("determiners") || prev.owner) {
			return false
		}
		if nounsInIng[p.low] && (prev == nil || prev.kind != phraseWord || !prev.in("prepositions") || c.after(i) != 'n') {
			return false
		}
		if p.is("existing", "leading", "remaining", "following", "including", "operating", "working", "lending") && c.isNounWord(i+1) && !c.ph[i+1].in("determiners") && c.ph[i+1].kind != phraseFigure {
			return false
		}
		return !p.is("including", "following", "existing")
	case s&(shapePast|shapeParticiple) != 0 && s&(shapeBase|shapeS) == 0:
		if prev != nil && (prev.in("determiners") || prev.owner) && prev == c.at(i-1) && !prev.is("each", "both", "all") {
			return false
		}
		if before := c.at(i - 1); before.is("privately", "publicly", "newly", "closely", "wholly", "jointly", "recently") && prev != nil && prev != before && c.isNounWord(i+1) && !c.ph[i+1].in("determiners") {
			return false // "privately held Northwind"
		}
		if prev != nil && prev.kind == phraseWord && (prev.in("prepositions") || prev.in("determiners") && prev != c.at(i-1)) && c.isNounWord(i+1) && !c.ph[i+1].in("determiners") {
			return false // "of proposed deals"
		}
		if prev != nil && prev.kind == phraseFigure && c.isNounWord(i+1) && c.ph[i+1].kind == phraseWord && !c.ph[i+1].in("determiners") {
			return false // "a $3 billion proposed bid"
		}
		return true
	}
	if prev == nil {
		return false
	}
	if prev.is("each", "both", "all") {
		return true
	}
	if prev.in("determiners") || prev.owner || prev.kind == phraseFigure || prev.in("prepositions") {
		return false
	}
	if c.at(i+1).is("to") && (prev.kind == phraseName || prev.kind == phraseComma || prev.kind == phraseStop) && c.infinitive(i+2) {
		return true // "Northwind plans to buy"
	}
	if prev.in("pronouns") || prev.in("auxiliaries") {
		return true
	}
	if prev.kind == phraseName && seldomVerbs[p.low] && s&(shapePast|shapeS) == 0 && c.at(i+1) != nil && c.ph[i+1].kind == phraseName && !(i >= 2 && c.ph[i-2].in("links")) && !strings.HasSuffix(prev.low, "s") {
		return false // "the Singapore fund Merlion Peak"
	}
	if prev.kind == phraseName || prev.kind == phraseDate {
		return !seldomVerbs[p.low] || c.after(i) == 'd' || p.is("reports") && c.at(i+1).is("results", "earnings", "quarterly", "annual", "interim", "half-year", "full-year", "first-quarter", "second-quarter", "third-quarter", "fourth-quarter")
	}
	if prev.kind == phraseComma {
		if s&shapeBase != 0 && p.is("remain", "own", "agree", "sell", "invest") {
			return true
		}
		return s&shapeS != 0 && !seldomVerbs[p.low] || s&shapePast != 0 && (!seldomVerbs[p.low] || c.after(i) == 'd') || c.after(i) == 'd' && s&shapeBase == 0
	}
	if prev.in("links") {
		return !seldomVerbs[p.low] || c.after(i) == 'd'
	}
	if seldomVerbs[p.low] {
		return false
	}
	// After a noun: a plural has the base form, a singular the s.
	plural := strings.HasSuffix(prev.low, "s") && !strings.HasSuffix(prev.low, "ss") || prev.is("people")
	if s&shapePast != 0 {
		return true
	}
	return plural == (s&shapeBase != 0) && p.kind == phraseWord && prev.kind == phraseWord && prev.verb.groups == 0
}
