package ledger

import (
	"slices"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/store"
)

// deals finds or records the proposed deals.
func (a *accepting) deals() error {
	a.deal = make([]standfirst.DealID, len(a.proposals.Deals))
	for i, p := range a.proposals.Deals {
		id, err := a.oneDeal(p)
		if err != nil {
			return err
		}
		a.deal[i] = id
	}
	return nil
}

// oneDeal finds the deal and adds the parties that are new to it, or records it.
func (a *accepting) oneDeal(p copydesk.DealProposal) (standfirst.DealID, error) {
	var parties []standfirst.DealParty
	for _, party := range p.Parties {
		parties = append(parties, standfirst.DealParty{Entity: a.entity[party.Entity], Role: party.Role, Story: a.options.Story})
	}
	known, found, err := a.findDeal(p)
	if err != nil {
		return 0, err
	}
	if found {
		fresh := slices.DeleteFunc(parties, func(party standfirst.DealParty) bool {
			return slices.ContainsFunc(known.Parties, func(k standfirst.DealParty) bool {
				return k.Entity == party.Entity && (k.Story == 0 || k.Story == party.Story)
			})
		})
		return known.ID, a.tx.AddDealParties(known.ID, fresh)
	}
	return a.tx.InsertDeal(standfirst.Deal{
		Kind: p.Kind, Title: a.title(p), Target: a.entity[p.Target], Parties: parties,
		CreatedAt: a.now(), CreatedBy: a.actor.String(),
	})
}

// findDeal looks for a deal of the kind with the same target: the newest that is not
// over, or one that is over if the text tells of nothing that begins anew. Of contracts
// a company has many at once: one is the same only if a party is.
func (a *accepting) findDeal(p copydesk.DealProposal) (standfirst.Deal, bool, error) {
	if p.Known != 0 {
		known, err := a.tx.Deal(p.Known)
		return known, err == nil, err
	}
	deals, err := a.tx.DealsOfTargets([]standfirst.EntityID{a.entity[p.Target]})
	if err != nil {
		return standfirst.Deal{}, false, err
	}
	for _, d := range deals { // the newest first
		if d.Kind != p.Kind || d.Kind == standfirst.Contract && !a.sharesParty(d, p) {
			continue
		}
		stage, err := currentStage(&a.tx.ReadTx, d.ID)
		if err != nil {
			return standfirst.Deal{}, false, err
		}
		if !stage.Over() || p.Stage == "" || p.Stage.Over() {
			return d, true, nil
		}
	}
	return standfirst.Deal{}, false, nil
}

// sharesParty reports whether the deal has one of the proposed parties.
func (a *accepting) sharesParty(d standfirst.Deal, p copydesk.DealProposal) bool {
	return slices.ContainsFunc(p.Parties, func(party copydesk.PartyProposal) bool {
		return slices.ContainsFunc(d.Parties, func(k standfirst.DealParty) bool { return k.Entity == a.entity[party.Entity] })
	})
}

// currentStage returns where the deal as a whole stands, for the desk; empty if nobody
// has said.
func currentStage(tx *store.ReadTx, deal standfirst.DealID) (standfirst.DealStage, error) {
	claim, err := tx.ClaimByKey(standfirst.Subject{Deal: deal}, standfirst.Stage, standfirst.Dimensions{})
	if isNotFound(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	held, err := heldOf(tx, claim)
	return StandsAt(held), err
}

// current returns the versions that are held, in the order of recording.
func current(versions []standfirst.ClaimVersion) []standfirst.ClaimVersion {
	var held []standfirst.ClaimVersion
	for _, v := range versions {
		if v.Ended == standfirst.Current && !v.Erased {
			held = append(held, v)
		}
	}
	return held
}

// title names the proposed deal.
func (a *accepting) title(p copydesk.DealProposal) string { return proposedDealTitle(a.proposals, p) }

// proposedDealTitle names the proposed deal as a newsroom would.
func proposedDealTitle(p copydesk.Proposals, d copydesk.DealProposal) string {
	name := func(index int) string { return standfirst.ShortName(p.Entities[index].Name) }
	other := ""
	for _, party := range d.Parties {
		if namesDeal(party.Role) {
			other = name(party.Entity)
			break
		}
	}
	return dealTitle(d.Kind, name(d.Target), other)
}

// namesDeal reports whether a deal is named after the party of the role as well as after
// its target.
func namesDeal(role standfirst.PartyRole) bool {
	switch role {
	case standfirst.Acquirer, standfirst.Partner, standfirst.Customer, standfirst.Buyer:
		return true
	}
	return false
}

// dealTitle names a deal as a newsroom would. The other party may be empty.
func dealTitle(kind standfirst.DealKind, target, other string) string {
	switch kind {
	case standfirst.PrimaryRound:
		return target + " round"
	case standfirst.Secondary:
		return target + " share sale"
	case standfirst.Convertible:
		return target + " convertible"
	case standfirst.Debt:
		return target + " financing"
	case standfirst.Listing:
		return target + " listing"
	case standfirst.Merger:
		if other != "" {
			return target + " and " + other + " merger"
		}
		return target + " merger"
	case standfirst.Acquisition:
		if other != "" {
			return other + " and " + target
		}
		return "Sale of " + target
	case standfirst.Contract:
		if other != "" {
			return target + " contract with " + other
		}
		return target + " contract"
	}
	return target
}
