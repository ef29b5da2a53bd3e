package copydesk

import (
	"math/big"

	"standfirst"
)

// listingWords say that a valuation is that at a listing.
var listingWords = []string{"ipo", "listing", "offering", "float", "flotation", "floats", "debut", "listed", "lists"}

// leastValuation is what a company is worth that lists, at least: less is the price of a
// share or what is raised.
var leastValuation = big.NewRat(100_000_000, 1)

// valuation reads "at a valuation of $5 billion", "values it at $5 billion", "a $5 billion
// valuation".
func (c *claimReader) valuation(i int, claim *foundClaim) bool {
	h, prep := c.head(i)
	noun, verb := -1, -1
	switch {
	case c.at(i).hasWord("valuation"):
		noun = i
	case h >= 0 && c.at(h).kind == chunkNoun && prep == "of" && c.at(h).hasWord("valuation"):
		noun = h
	case prep == "at":
		if w := c.verbBefore(i); w >= 0 && c.at(w).word == "value" {
			verb = w
		}
	}
	if noun < 0 && verb < 0 {
		// "A listing could follow at $120 billion."
		if q := claim.figure.Quantity.Point; prep != "at" || q == nil || q.Cmp(leastValuation) < 0 || !c.tells("listing", "ipo", "flotation", "float") {
			return false
		}
		claim.property = standfirst.ValuationAtListing
		return c.one(claim, onlyTarget(c.d.found))
	}
	claim.property, claim.basis = standfirst.Valuation, standfirst.BasisUnspecified
	switch {
	case c.tells("pre-money") || c.ph != nil && c.tells("before") && c.tells("money"):
		claim.basis = standfirst.PreMoney
	case c.tells("post-money") || c.tells("including") && c.tells("money"):
		claim.basis = standfirst.PostMoney
	}
	if c.tells(listingWords...) && (verb >= 0 || c.tells("ipo", "listing", "float", "flotation", "offering")) && !c.near(i, "round") {
		claim.property, claim.basis = standfirst.ValuationAtListing, ""
	}
	var whose []argName
	if verb >= 0 {
		a := c.argumentAt(verb+1, false)
		if c.at(verb).v.passive {
			a = c.subjectOf(verb)
		}
		if whose = c.resolve(a, verb); len(whose) == 0 && a.noun >= 0 {
			whose = c.described(a, verb)
		}
		if !a.some() && c.roundValues(verb) {
			whose = c.roundCompany()
		}
	} else {
		whose = c.ownerOf(noun)
		if len(whose) == 0 {
			whose = c.roundOwner(noun)
		}
	}
	if len(whose) == 0 {
		whose = c.mainTarget()
	}
	return c.one(claim, whose)
}

// roundValues reports whether it is a round that does the valuing at chunk v: "in a round that
// would value it at".
func (c *claimReader) roundValues(v int) bool {
	a := c.subjectOf(v)
	if c.at(v).v.passive || a.noun < 0 || a.some() {
		return false
	}
	if c.isRound(a.noun) || c.isRound(c.headOf(a.noun)) {
		return true
	}
	return c.at(a.noun).figure != nil && c.roundBefore(v) >= 0 // "a round of $5 million that values"
}

// roundCompany returns the company that a round values, where "it" alone does not tell it from
// those who invest: the target of the sentence, of the round that was named last, or the one
// company that the sentence names, if that does not invest itself.
func (c *claimReader) roundCompany() []argName {
	if t := c.mainTarget(); len(t) > 0 {
		return t
	}
	if c.d.lastRound != nil {
		return []argName{*c.d.lastRound}
	}
	var one []argName
	for i := range c.cs {
		if k := c.at(i); k.kind == chunkNoun {
			for _, n := range c.companies(c.argNames(i)) {
				if len(one) > 0 && one[0].m.entity != n.m.entity {
					return nil
				}
				one = []argName{n}
			}
		}
	}
	if len(one) == 0 {
		return c.d.topic
	}
	for v := range c.cs {
		if u := c.at(v).v; c.at(v).kind == chunkVerb && (u.in("put") || u.in("invest") || u.in("lead") || u.in("join")) && sameNames(c.companies(c.resolve(c.subjectOf(v), v)), one) {
			return nil // who invests is not who is valued
		}
	}
	return one
}

// near reports whether the word stands within ten phrases before chunk i.
func (c *claimReader) near(i int, word string) bool {
	lo := c.at(i).lo
	for k := max(0, lo-10); k < lo; k++ {
		if c.ph[k].low == word {
			return true
		}
	}
	return false
}

// described returns what "the start-up" stands for: the one target of deals in the
// sentence, or what the sentence is about.
func (c *claimReader) described(a argument, at int) []argName {
	k := c.at(a.noun)
	if k.det != "the" || !nameWords().things[k.word] {
		return nil
	}
	if t := c.mainTarget(); len(t) > 0 {
		return t
	}
	return c.topicAt(at)
}

// roundOwner returns the company whose round or deal the noun at chunk i belongs to: that
// of "a round in Halcyon at a valuation of", or of "its round, which seeks …".
func (c *claimReader) roundOwner(i int) []argName {
	if w := c.verbBefore(i); w >= 0 {
		a := c.subjectOf(w)
		if a.noun >= 0 && !a.some() && c.isRound(a.noun) {
			if names := c.ownerOf(a.noun); len(names) > 0 {
				return names
			}
		}
		if names := c.companies(c.resolve(a, w)); len(names) == 1 && (c.at(w).v.in("raise") || c.at(w).v.in("weigh")) {
			return names
		}
	}
	return c.mainTarget()
}

// mainTarget returns the one target of the deals that the sentence tells of, or of the
// round that was named last.
func (c *claimReader) mainTarget() []argName {
	return onlyTarget(c.told())
}

// onlyTarget returns the target of the deals, if there is only one.
func onlyTarget(found []foundParty) []argName {
	var one *argName
	for _, f := range found {
		if one != nil && one.m.entity != f.target {
			return nil
		}
		one = &argName{f.targetMention, f.targetAt}
	}
	if one != nil {
		return []argName{*one}
	}
	return nil
}

// account is one line of a company's accounts.
type account struct {
	property standfirst.Property
	words    []string
}

// accounts are looked for in this order: "operating profit on revenue of" is revenue.
var accounts = []account{
	{standfirst.Dividend, []string{"dividend", "dividends", "payout"}},
	{standfirst.Buyback, []string{"buyback", "buybacks", "buy-back", "repurchase", "repurchases"}},
	{standfirst.Fine, []string{"fine", "fines", "penalty", "penalties"}},
	{standfirst.Savings, []string{"savings", "synergies"}},
	{standfirst.CapitalSpending, []string{"capex", "expenditure", "expenditures", "capital spending"}},
	{standfirst.Profit, []string{"profit", "profits", "earnings", "ebitda", "ebit", "income"}},
	{standfirst.Revenue, []string{"revenue", "revenues", "sales", "turnover"}},
}

// accounts reads a figure of the accounts: revenue, profit, a fine, a dividend.
func (c *claimReader) accounts(i int, claim *foundClaim) bool {
	h, prep := c.head(i)
	at := -1
	switch {
	case c.at(i).word != "":
		at = i
	case h >= 0 && c.at(h).kind == chunkNoun && (prep == "of" || prep == "at" || prep == "to"):
		at = h
	case h >= 0 && c.at(h).kind == chunkVerb && (prep == "" || prep == "to" || prep == "at" || prep == "by"):
		// "Revenue was $5 million", "sales rose to $5 million"
		if a := c.subjectOf(h); a.noun >= 0 && !a.some() && !c.at(h).v.passive {
			at = a.noun
		}
		if c.at(h).word == "fine" {
			claim.property = standfirst.Fine
			if c.at(h).v.passive {
				return c.one(claim, c.resolve(c.subjectOf(h), h))
			}
		}
	}
	if c.at(i-1).kind == chunkNoun && c.at(i-2).word == "fine" && c.at(i-2).kind == chunkVerb {
		claim.property = standfirst.Fine
		return c.one(claim, c.at2(i-1))
	}
	if at < 0 {
		return false
	}
	for _, a := range accounts {
		if !c.at(at).hasWord(a.words...) || c.at(at).hasWord("loss", "losses", "tax", "per") {
			continue
		}
		claim.property = a.property
		w := c.verbBefore(i)
		if claim.property == standfirst.Revenue || claim.property == standfirst.Profit {
			claim.period = c.periodOf(claim.figure.Start)
			if c.forecast(at, w, claim.period) {
				claim.property, claim.prospective = standfirst.Guidance, true
				if claim.period == nil || c.tells(forecasters...) {
					return false // whose forecast it is, or for when, is not told
				}
			}
		}
		whose := c.ownerOf(at)
		if at == i && c.at(i).owner == nil && c.at(i).poss == "" {
			whose = nil
		}
		if len(whose) == 0 {
			whose = c.subjectOr(i)
		}
		return c.one(claim, whose)
	}
	return false
}

// forecasters are those whose forecasts are not the company's own.
var forecasters = []string{"analyst", "analysts", "broker", "brokers", "consensus", "economists", "strategists", "investors", "estimates", "market"}

// forecastVerbs say that their object is still to come.
var forecastVerbs = wordSet{"expect": true, "forecast": true, "guide": true, "project": true, "predict": true, "estimate": true, "pencil": true, "anticipate": true}

// forecast reports whether a sum of the accounts, named in the noun at chunk at and governed by
// the verb at chunk w, is expected and not yet earned: by its words, or since its period goes on.
func (c *claimReader) forecast(at, w int, period *DateMark) bool {
	if w >= 0 && forecastVerbs[c.at(w).word] || c.at(at).hasWord("guidance", "forecast", "outlook") || c.tells("outlook", "guidance", "forecasts", "expectations", "consensus") {
		return true
	}
	for i := range c.cs {
		if k := c.at(i); k.kind == chunkVerb && forecastVerbs[k.word] && (w < 0 || i <= w) || k.kind == chunkNoun && k.hasWord("expect") {
			return true
		}
	}
	return period != nil && !c.on.IsZero() && !period.Range.To.Before(c.on) || c.tells(forecasters...) && c.tells("expect", "expected")
}

// at2 returns the names of the noun at chunk i, those of its pronoun included.
func (c *claimReader) at2(i int) []argName { return c.resolve(c.argumentAt(i, false), i) }

// price reads "closed at $41", "a dividend of $0.50 a share", "an offer of $41 a share".
func (c *claimReader) price(i int, claim *foundClaim) bool {
	h, _ := c.head(i)
	if c.nounHas(i, "dividend", "payout") {
		claim.property = standfirst.Dividend
		claim.period = c.periodOf(claim.figure.Start)
		return c.one(claim, c.subjectOr(i))
	}
	if f, ok := c.dealAt(i); ok && f.kind == standfirst.Acquisition {
		claim.property, claim.deal, claim.entity = standfirst.OfferPrice, f.kind, f.target
		return true
	}
	w := -1
	if h >= 0 && c.at(h).kind == chunkVerb {
		w = h
	} else if v := c.verbBefore(i); v >= 0 {
		w = v
	}
	if w >= 0 && (c.at(w).word == "close" || c.at(w).word == "trade" || c.at(w).word == "settle" || c.at(w).word == "end" || c.at(w).word == "open") {
		claim.property = standfirst.SharePrice
		claim.day = c.dateIn(claim.figure.Start, standfirst.PrecisionDay)
		whose := c.shareOwner(w)
		return claim.day != nil && c.one(claim, whose)
	}
	return false
}

// shareOwner returns the company whose shares the subject of the verb at chunk w is.
func (c *claimReader) shareOwner(w int) []argName {
	a := c.subjectOf(w)
	if a.noun < 0 {
		return nil
	}
	k := c.at(a.noun)
	if a.some() {
		if len(a.names) == 1 && c.d.names.entities[a.names[0].m.entity].listed() {
			return a.names
		}
		return nil
	}
	if k.hasWord("shares", "stock", "share", "price") {
		if c.at(a.noun-1).kind == chunkRelative && c.at(a.noun-1).word == "whose" {
			return c.antecedent(a.noun - 1).names
		}
		return c.ownerOf(a.noun)
	}
	return nil
}
