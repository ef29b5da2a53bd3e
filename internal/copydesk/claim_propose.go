package copydesk

import (
	"strconv"
	"strings"

	"standfirst"
)

// proposeClaims makes the proposals of the claims, and tells the deals their figures.
func (r *proseReader) proposeClaims() {
	read := map[Span]bool{}
	for i := range r.claims {
		c := &r.claims[i]
		p, ok := r.claimProposal(c)
		if !ok {
			continue
		}
		read[p.Span] = true
		r.tellDeal(&p)
		if !c.sentence.isCited(c.mark()) {
			r.proposals.Claims = append(r.proposals.Claims, p)
		}
	}
	r.proposals.Claims = oneReading(r.proposals.Claims)
	r.proposeUnread(read)
}

// noEntity is no index into the table of entities, nor what a mention has that is none.
const noEntity = -2

// proposeUnread makes the proposals of the figures that are not among those read: of their
// words, their value and who said it.
func (r *proseReader) proposeUnread(read map[Span]bool) {
	at := 0
	for i := range r.p.Figures {
		f := &r.p.Figures[i]
		if f.Place != InBody || f.InQuote || f.Cited || read[f.Span] || r.inAttribution(f.Mark) {
			continue
		}
		for at < len(r.sentences) && (r.sentences[at].place != InBody || r.sentences[at].end() <= f.Start) {
			at++
		}
		if at == len(r.sentences) || r.sentences[at].start() > f.Start || r.sentences[at].isCited(f.Mark) {
			continue
		}
		q := f.Quantity
		p := ClaimProposal{Mark: f.Mark, Deal: -1, Entity: -1, Party: -1, Value: standfirst.Value{Quantity: &q}, Modality: f.Modality}
		p.Attribution, p.Evidence = r.sourceOf(&foundClaim{figure: f, sentence: r.sentences[at], entity: noEntity, party: noEntity})
		r.proposals.Unread = append(r.proposals.Unread, p)
	}
}

// inAttribution reports whether the words are part of who said something: "three people".
func (r *proseReader) inAttribution(m Mark) bool {
	for i := range r.p.Attributions {
		if a := &r.p.Attributions[i]; a.Place == m.Place && m.Start < a.End && m.End > a.Start {
			return true
		}
	}
	return false
}

// claimProposal makes the proposal of a claim.
func (r *proseReader) claimProposal(c *foundClaim) (ClaimProposal, bool) {
	p := ClaimProposal{Mark: c.mark(), Deal: -1, Entity: -1, Party: -1, Property: c.property, Modality: standfirst.Actual}
	rule, ok := c.property.Rule()
	if !ok {
		return p, false
	}
	switch {
	case c.deal != "":
		d := r.draft(c.deal, c.entity)
		if d.index < 0 {
			return p, false
		}
		p.Deal = d.index
	case c.property == standfirst.Valuation && r.roundOf(c.entity) >= 0:
		p.Deal = r.roundOf(c.entity)
	default:
		if !rule.OfEntity {
			return p, false
		}
		if p.Entity, ok = r.entity[c.entity]; !ok {
			return p, false
		}
	}
	if p.Deal >= 0 && r.longPast(c.sentence) {
		return p, false // of an earlier deal, which the text does not tell of
	}
	if c.figure != nil && (c.sentence.isPartOrUnreal(c.figure, c.property) || c.sentence.reader.hadBeenSaid(c.chunk)) {
		return p, false
	}
	if rule.Party {
		if p.Party, ok = r.entity[c.party]; !ok {
			return p, false
		}
	}
	if c.figure == nil {
		on := c.date.Range
		p.Value, p.Dimensions.Event = standfirst.Value{Date: &on}, c.event
	} else {
		q := c.figure.Quantity
		if c.change && c.down {
			q = q.Opposite()
		}
		p.Value = standfirst.Value{Quantity: &q}
	}
	if rule.Basis {
		if p.Value.Basis = c.basis; p.Value.Basis == "" {
			p.Value.Basis = standfirst.BasisUnspecified
		}
	}
	if c.day != nil {
		p.AsOf = c.day.Range
		if rule.Day {
			p.Dimensions.Day = c.day.Range.From
		}
	}
	if c.period != nil && rule.Period {
		p.Dimensions.Period = periodKey(c.period.Range)
	}
	if c.prospective || c.figure != nil && c.figure.Modality == standfirst.Prospective {
		p.Modality = standfirst.Prospective
	}
	if p.Deal >= 0 && prospectiveStage(r.stageOfClaim(&p)) {
		p.Modality = standfirst.Prospective
	}
	p.Attribution, p.Evidence = r.sourceOf(c)
	return p, true
}

// recentDays is how long ago what a sentence tells of a deal may have been, at the most:
// before that, it speaks of another.
const recentDays = 120

// longPast reports whether the sentence names a time that is long past.
func (r *proseReader) longPast(s *proseSentence) bool {
	if r.p.on.IsZero() || len(s.toks) == 0 {
		return false
	}
	from, to := s.toks[0].start, s.toks[len(s.toks)-1].end
	for _, d := range r.p.Dates {
		if d.Place == s.place && d.Start >= from && d.End <= to && d.Range.To.AddDays(recentDays).Before(r.p.on) {
			return true
		}
	}
	return false
}

// isPartOrUnreal reports whether the sentence says that the figure would have been, or
// that it is only the part of one place: "1,100 jobs in the city".
func (s *proseSentence) isPartOrUnreal(f *Figure, p standfirst.Property) bool {
	for i, t := range s.toks {
		if i+1 < len(s.toks) && t.end <= f.Start && strings.EqualFold(t.text, "would") && strings.EqualFold(s.toks[i+1].text, "have") {
			return true
		}
		if p == standfirst.JobsCut && t.start >= f.End && i+1 < len(s.toks) {
			return strings.EqualFold(t.text, "in") && s.toks[i+1].text != "the" || t.text == "in" && i+2 < len(s.toks) && s.toks[i+2].text == "city" || t.text == "at"
		}
	}
	return false
}

// prospectiveStage reports whether what a deal at the stage is to bring is still to come.
func prospectiveStage(s standfirst.DealStage) bool {
	switch s {
	case standfirst.Considering, standfirst.EarlyTalks, standfirst.Talks, standfirst.AdvancedTalks, standfirst.ExclusiveTalks, standfirst.TermSheet:
		return true
	}
	return false
}

// stageOfClaim returns the stage of the party, or else of the deal, that a claim is about.
func (r *proseReader) stageOfClaim(p *ClaimProposal) standfirst.DealStage {
	d := &r.proposals.Deals[p.Deal]
	for _, party := range d.Parties {
		if party.Entity == p.Party && party.Stage != "" {
			return party.Stage
		}
	}
	return d.Stage
}

// roundOf returns the index of the deal in the entity that a valuation goes with, or -1.
func (r *proseReader) roundOf(entity int) int {
	for _, kind := range [...]standfirst.DealKind{standfirst.PrimaryRound, standfirst.Secondary, standfirst.Convertible, standfirst.Acquisition} {
		for _, d := range r.drafts {
			if d.kind == kind && d.target == entity && d.index >= 0 {
				return d.index
			}
		}
	}
	return -1
}

// periodKey returns a period as a dimension has it: 2026, 2026-Q1, 2026-H1.
func periodKey(r standfirst.DateRange) string {
	year := strconv.Itoa(r.From.Year)
	switch r.Precision {
	case standfirst.PrecisionQuarter:
		return year + "-Q" + strconv.Itoa((int(r.From.Month)-1)/3+1)
	case standfirst.PrecisionHalf:
		return year + "-H" + strconv.Itoa((int(r.From.Month)-1)/6+1)
	case standfirst.PrecisionYear:
		return year
	}
	return ""
}

// tellDeal sets the figure of a claim in the deal that it is about.
func (r *proseReader) tellDeal(p *ClaimProposal) {
	if p.Deal < 0 {
		return
	}
	d := &r.proposals.Deals[p.Deal]
	switch p.Property {
	case standfirst.Commitment:
		for i := range d.Parties {
			if d.Parties[i].Entity == p.Party && d.Parties[i].Commitment == nil {
				d.Parties[i].Commitment = p.Value.Quantity
			}
		}
	case standfirst.RoundTarget, standfirst.AmountRaised, standfirst.DealValue, standfirst.ContractValue, standfirst.DebtRaised:
		if d.Amount == nil {
			d.Amount = p.Value.Quantity
		}
	case standfirst.Valuation:
		if d.Valuation == nil {
			d.Valuation, d.Basis = p.Value.Quantity, p.Value.Basis
		}
	}
}

// oneReading leaves out claims that the text makes twice: the first of each stays.
func oneReading(claims []ClaimProposal) []ClaimProposal {
	type key struct {
		deal, entity, party int
		property            standfirst.Property
		dimensions, value   string
	}
	seen := map[key]bool{}
	kept := claims[:0]
	for _, c := range claims {
		var value string
		if c.Value.Date != nil {
			value = c.Value.Date.From.String() + " " + c.Value.Date.To.String()
		} else if b, err := c.Value.Quantity.MarshalJSON(); err == nil {
			value = string(b) + string(c.Value.Basis)
		} else {
			continue
		}
		k := key{c.Deal, c.Entity, c.Party, c.Property, c.Dimensions.Key(), value}
		if !seen[k] {
			seen[k] = true
			kept = append(kept, c)
		}
	}
	return kept
}

// proposeResponses makes the proposals of what parties said when they were asked. It
// proposes those of parties to the one deal that they can be about.
func (r *proseReader) proposeResponses() {
	for _, a := range r.p.Attributions {
		if a.Response == "" || a.Place != InBody || a.InQuote {
			continue
		}
		for _, s := range r.sentences {
			if s.place != InBody || a.Start < s.start() || a.Start >= s.end() {
				continue
			}
			for _, entity := range r.respondents(s, &a) {
				if deal := r.dealOfParty(entity); deal >= 0 {
					r.proposals.Responses = append(r.proposals.Responses, ResponseProposal{Mark: a.Mark, Deal: deal, Party: entity, Kind: a.Response})
				}
			}
		}
	}
}

// respondents returns the entities that the phrase of a response is about, as indexes of
// the proposals.
func (r *proseReader) respondents(s *proseSentence, a *Attribution) []int {
	var found []int
	if a.Party != "" {
		key := standfirst.EntityKey(a.Party)
		if i, ok := r.table.byKey[key]; ok {
			for _, m := range r.mentions {
				if standfirst.EntityKey(m.name) == key && m.entity >= 0 {
					i = m.entity
					break
				}
			}
			if e, ok := r.entity[i]; ok {
				return []int{e}
			}
		}
	}
	for v := range s.reader.cs {
		k := s.reader.at(v)
		if k.kind != chunkVerb || s.ph[k.lo].start > a.End || s.ph[k.hi-1].end < a.Start {
			continue
		}
		for _, n := range s.reader.companies(s.reader.resolve(s.reader.subjectOf(v), v)) {
			if e, ok := r.entity[n.m.entity]; ok {
				found = append(found, e)
			}
		}
		break
	}
	return found
}

// dealOfParty returns the one deal that an entity is a party to or the target of, or -1.
func (r *proseReader) dealOfParty(entity int) int {
	found := -1
	for i, d := range r.proposals.Deals {
		is := d.Target == entity
		for _, p := range d.Parties {
			is = is || p.Entity == entity
		}
		if is {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}
