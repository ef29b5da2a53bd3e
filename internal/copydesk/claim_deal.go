package copydesk

import "standfirst"

// dealAt returns the deal that the words around the noun at chunk i tell of, if it is one:
// the noun stands between the word that tells of the deal and the end of what belongs to it.
func (c *claimReader) dealAt(i int) (foundParty, bool) {
	best, found := foundParty{}, false
	several := false
	for _, f := range c.told() {
		if !c.reaches(f.at, i) {
			continue
		}
		switch {
		case !found || distance(f.at, i) < distance(best.at, i):
			best, found, several = f, true, false
		case f.at == best.at && (f.kind != best.kind || f.target != best.target):
			several = true
		case f.at == best.at && f.party != best.party && f.party >= 0:
			if best.role == f.role {
				best.party = -2 // several share it
			}
		}
	}
	return best, found && !several
}

// told returns the parties that the sentence tells of; they were found last.
func (c *claimReader) told() []foundParty {
	found := c.d.found
	i := len(found)
	for i > 0 && found[i-1].sentence == c.sentenceReader {
		i--
	}
	return found[i:]
}

func distance(a, b int) int { return max(a-b, b-a) }

// reaches reports whether the figure at chunk i belongs to the verb or noun at chunk at.
func (c *claimReader) reaches(at, i int) bool {
	if at == i {
		return true
	}
	if i < at {
		// "the $7 million that A pays for B"
		if c.at(at).kind != chunkVerb {
			return false
		}
		a := c.subjectOf(at)
		return a.noun > 0 && c.at(a.noun-1).kind == chunkRelative && (a.noun-2 == i || a.noun-3 == i)
	}
	j := at + 1
	if c.at(at).kind == chunkVerb {
		f := frame{r: c.sentenceReader, v: at, use: c.at(at).v}
		f.read()
		return i < f.end
	}
	_, end := c.prepsFrom(j, false)
	return i < end
}

// dealMoney reads a sum of a deal: what a party puts in, what the round seeks, the price.
func (c *claimReader) dealMoney(i int, claim *foundClaim) bool {
	if c.adds(i, claim) || c.isRaised(i, claim) {
		return true
	}
	f, ok := c.dealAt(i)
	if !ok {
		return c.commitmentOf(i, claim)
	}
	h, prep := c.head(i)
	if h >= 0 && c.at(h).kind == chunkNoun && prep == "of" && c.at(h).hasWord("debt", "profit", "revenue", "discount", "premium", "cost", "costs") || c.at(i).hasWord("debt", "profit", "market", "fund") {
		return false
	}
	claim.deal, claim.entity = f.kind, f.target
	switch f.kind {
	case standfirst.PrimaryRound, standfirst.Convertible:
		invested := f.party >= 0 && c.at(i).hasWord("investment") // "its $5.5 billion investment in"
		if c.leadsWith(f, i, prep) {
			claim.property, claim.party = standfirst.Commitment, f.party
			return true
		}
		if c.isRound(i) && !invested || h >= 0 && c.at(h).kind == chunkNoun && c.isRound(h) && prep == "of" && !c.at(h).hasWord("investment", "capital", "equity") || c.at(f.at).v.in("lead") || f.kind == standfirst.Convertible && c.at(f.at).kind == chunkNoun {
			claim.property = c.raised(f.at)
			return true
		}
		if f.party < 0 || f.role != standfirst.Investor && f.role != standfirst.Lead {
			claim.property = c.raised(f.at)
			return f.party == -2 && c.at(f.at).v.in("raise")
		}
		claim.property, claim.party = standfirst.Commitment, f.party
	case standfirst.Debt:
		claim.property = standfirst.DebtRaised
	case standfirst.Acquisition, standfirst.Merger:
		if prep == "including" || prep == "with" || prep == "from" || prep == "by" {
			return false
		}
		claim.property = standfirst.DealValue
	case standfirst.Secondary:
		claim.property = standfirst.DealValue
	case standfirst.Contract:
		claim.property = standfirst.ContractValue
	default:
		return false
	}
	return true
}

// leadsWith reads "A would lead the round with $5 million" of the sum at chunk i: it is what A
// puts in, not what the round seeks.
func (c *claimReader) leadsWith(f foundParty, i int, prep string) bool {
	return prep == "with" && f.party >= 0 && (f.role == standfirst.Investor || f.role == standfirst.Lead) &&
		(c.at(f.at).v.in("lead") || c.at(f.at).v.in("join")) && !c.isRound(i) && c.at(i+1).word != "from"
}

// adds reads "A joined, adding $5 million" and "A added $5 million", of the round that was told
// of last.
func (c *claimReader) adds(i int, claim *foundClaim) bool {
	w := c.skipBack(i - 1)
	if w < 0 || c.at(w).kind != chunkVerb || c.at(w).word != "add" && c.at(w).word != "contribute" || c.at(w).v.passive || c.at(w).v.negated || c.at(i).word != "" || c.d.lastRound == nil {
		return false
	}
	if next := c.at(c.skip(i + 1)); next.kind != chunkStop && next.kind != chunkComma && next.kind != chunkLink {
		return false // "added $5 million to its debt"
	}
	parties := c.companies(c.resolve(c.subjectOf(w), w))
	round := *c.d.lastRound
	if len(parties) != 1 || parties[0].m.entity == round.m.entity {
		return false
	}
	c.emitAll(standfirst.PrimaryRound, []argName{round}, standfirst.Investor, parties, w)
	claim.property, claim.deal = standfirst.Commitment, standfirst.PrimaryRound
	claim.entity, claim.party = round.m.entity, parties[0].m.entity
	return true
}

// raised tells what a round seeks from what it has raised.
func (c *claimReader) raised(at int) standfirst.Property {
	v := at
	if c.at(v).kind != chunkVerb {
		v = c.verbBefore(at)
	}
	for n := 0; v >= 0 && n < 4; n++ {
		u := c.at(v).v
		switch {
		case u.perfect, u.shape&shapePast != 0 && u.finite && !u.infinitive && u.modal == "" && !u.in("weigh"):
			return standfirst.AmountRaised
		case u.modal != "" && u.modal != "to", u.in("weigh"):
			return standfirst.RoundTarget
		}
		p := c.skipBack(v - 1)
		if p < 0 || c.at(p).kind != chunkVerb {
			break
		}
		v = p
	}
	return standfirst.RoundTarget
}

// isRaised reads "Halcyon seeks to raise $100 million" and "its round, which seeks to raise
// $100 million", of a company that is not listed.
func (c *claimReader) isRaised(i int, claim *foundClaim) bool {
	w := c.skipBack(i - 1)
	if w < 0 || c.at(w).kind != chunkVerb || c.at(w).v.passive {
		return false
	}
	u := c.at(w).v
	if !u.in("raise") && u.lemma != "seek" && u.lemma != "target" || u.lemma == "price" || u.lemma == "announce" {
		return false
	}
	a := c.subjectOf(w)
	if a.noun < 0 {
		return false
	}
	whose := c.companies(c.resolve(a, w))
	if len(whose) == 0 && !a.some() && c.isRound(a.noun) {
		if whose = c.ownerOf(a.noun); len(whose) == 0 && c.d.lastRound != nil {
			whose = []argName{*c.d.lastRound}
		}
	} else if u.lemma == "seek" || u.lemma == "target" {
		return false
	}
	if len(whose) != 1 || c.d.names.entities[whose[0].m.entity].listed() {
		return false
	}
	preps, _ := c.prepsFrom(i+1, false)
	kind, _ := c.moneyKind(i, preps)
	switch kind {
	case standfirst.PrimaryRound, standfirst.Convertible:
		claim.property = c.raised(w)
	case standfirst.Debt:
		claim.property = standfirst.DebtRaised
	default:
		return false
	}
	if len(preps.names("from")) == 1 && kind == standfirst.PrimaryRound && !c.at(i).hasWord("round", "series") {
		return false // what one investor puts in
	}
	claim.deal, claim.entity = kind, whose[0].m.entity
	return true
}

// commitmentOf reads "SoftBank is considering a commitment of $30 billion" where the deal is
// one that the text has told of.
func (c *claimReader) commitmentOf(i int, claim *foundClaim) bool {
	h, prep := c.head(i)
	at := i
	if prep == "of" && h >= 0 && c.at(h).kind == chunkNoun {
		at = h
	}
	if !c.at(at).hasWord("commitment", "investment", "contribution") || c.at(at).det != "a" && c.at(at).det != "an" && c.at(at).poss == "" && c.at(at).owner == nil || c.d.lastRound == nil {
		return false
	}
	parties := c.owners(at)
	if w := c.verbBefore(at); len(parties) == 0 && w >= 0 && (c.at(w).v.in("weigh") || c.at(w).v.in("make")) {
		parties = c.companies(c.resolve(c.subjectOf(w), w))
	}
	if len(parties) != 1 || parties[0].m.entity == c.d.lastRound.m.entity {
		return false
	}
	c.emitAll(standfirst.PrimaryRound, []argName{*c.d.lastRound}, standfirst.Investor, parties, at)
	claim.property, claim.deal = standfirst.Commitment, standfirst.PrimaryRound
	claim.entity, claim.party = c.d.lastRound.m.entity, parties[0].m.entity
	return true
}

// stake reads "A buys 40% of B".
func (c *claimReader) stake(i int, claim *foundClaim) bool {
	f, ok := c.dealAt(i)
	if !ok || f.party < 0 || f.role == standfirst.Lender || f.role == standfirst.Seller || f.role == standfirst.Customer {
		return false
	}
	of := ""
	if c.at(i+1).kind == chunkPrep {
		of = c.at(i + 1).word
	}
	if !c.at(i).hasWord("stake", "holding") && !(c.at(i).word == "" && of == "of") {
		return false
	}
	if h, prep := c.head(i); h >= 0 && prep == "by" {
		return false
	}
	claim.property, claim.deal, claim.entity, claim.party = standfirst.Stake, f.kind, f.target, f.party
	return true
}
