package copydesk

import (
	"slices"

	"standfirst"
)

// dealDraft is a deal with all that the prose tells of it.
type dealDraft struct {
	kind    standfirst.DealKind
	target  int // in the table of names
	parties []foundParty
	told    []foundParty // every place that tells of it
	index   int          // of the proposal
}

// draftDeals brings together what the sentences tell of one deal: one kind and one target.
func (r *proseReader) draftDeals() {
	for _, f := range r.presentDeals() {
		d := r.draft(f.kind, f.target)
		d.told = append(d.told, f)
		if f.party < 0 {
			continue
		}
		i := slices.IndexFunc(d.parties, func(p foundParty) bool { return p.party == f.party })
		if i < 0 {
			d.parties = append(d.parties, f)
			continue
		}
		if f.role == standfirst.Lead {
			d.parties[i].role = f.role
		}
	}
	for i := range r.claims {
		c := &r.claims[i]
		if c.deal == "" {
			continue
		}
		d := r.draft(c.deal, c.entity)
		if c.property == standfirst.RoundTarget {
			// "is in talks to raise $5 million" names no party, yet says where the round stands.
			d.told = append(d.told, foundParty{kind: c.deal, target: c.entity, party: -1, sentence: c.sentence.reader, at: c.chunk})
		}
	}
}

// draft returns the draft of the kind and target; it makes one if there is none.
func (r *proseReader) draft(kind standfirst.DealKind, target int) *dealDraft {
	for _, d := range r.drafts {
		if d.kind == kind && d.target == target {
			return d
		}
	}
	d := &dealDraft{kind: kind, target: target, index: len(r.drafts)}
	r.drafts = append(r.drafts, d)
	return d
}

// proposeDeals makes the proposals of the drafts.
func (r *proseReader) proposeDeals() {
	for _, d := range r.drafts {
		target, ok := r.entity[d.target]
		if !ok {
			// It stands in the headline only.
			d.index = -1
			continue
		}
		p := DealProposal{Kind: d.kind, Target: target}
		p.Known = r.knownDeal(d)
		told := r.present(d)
		for _, t := range told {
			if p.Stage == "" || endsDeal(t.stage) && !endsDeal(p.Stage) {
				p.Stage, p.StageWords = t.stage, t.words
			}
		}
		if severalRounds(d.kind, told) {
			p.Stage, p.StageWords = "", ""
		}
		for _, f := range d.parties {
			party, ok := r.entity[f.party]
			if !ok {
				continue
			}
			pp := PartyProposal{Entity: party, Role: f.role}
			for _, t := range told {
				if t.party == f.party && (pp.Stage == "" || endsDeal(t.stage)) {
					pp.Stage, pp.StageWords = t.stage, t.words
				}
			}
			p.Parties = append(p.Parties, pp)
		}
		d.index = len(r.proposals.Deals)
		r.proposals.Deals = append(r.proposals.Deals, p)
	}
}

func endsDeal(s standfirst.DealStage) bool {
	return s == standfirst.Withdrawn || s == standfirst.Collapsed || s == standfirst.Terminated
}

// knownDeal returns the one known deal that a draft is; zero if there is none or several.
func (r *proseReader) knownDeal(d *dealDraft) standfirst.DealID {
	target := r.table.entities[d.target].known
	if target == 0 {
		return 0
	}
	var id standfirst.DealID
	for _, k := range r.known.Deals {
		if k.Kind == d.kind && k.Target == target {
			if id != 0 {
				return 0
			}
			id = k.ID
		}
	}
	return id
}
