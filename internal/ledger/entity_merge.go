package ledger

import (
	"context"
	"fmt"

	"standfirst"
	"standfirst/internal/store"
)

// MergePlan is what would follow an entity into another, for somebody to look at before it
// is done.
type MergePlan struct {
	Gone, Kept standfirst.Entity
	Names      []string // under which the kept one is found then as well
	Tickers    []standfirst.Ticker
	Deals      []standfirst.Deal
	Figures    []string // titles of those that say of the kept one what nothing said before
	Again      []string // titles of those that the kept one has already, and that agree
	Conflicts  []Conflict
	Stories    []standfirst.Card // that are listed with the one that goes
	// More says that there are more figures, deals or stories than the plan names.
	More bool
	// Clash is the deal of which the two are two sides; it stands in the way.
	Clash string
	// OtherLEI and OtherQID say that both have one, and that of the kept one stays.
	OtherLEI, OtherQID bool
	// Moves says that the address of the one that goes leads to the other.
	Moves bool
}

// planned bounds how many figures, deals and stories a plan names.
const planned = 50

// PlanMerge returns what merging the one into the other would do. It returns an Invalid
// error for two that cannot be merged, and a NotFound error if one is not there.
func (l *Ledger) PlanMerge(ctx context.Context, actor standfirst.Actor, from, into standfirst.EntityID) (MergePlan, error) {
	if err := actor.Require(standfirst.ManageEntities); err != nil {
		return MergePlan{}, err
	}
	var p MergePlan
	err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
		p, err = planMerge(tx, from, into)
		return err
	})
	if err != nil {
		return p, fmt.Errorf("ledger: plan to merge entity %s: %w", from, err)
	}
	return p, nil
}

func planMerge(tx *store.ReadTx, from, into standfirst.EntityID) (p MergePlan, err error) {
	if p.Gone, err = tx.Entity(from); err != nil {
		return p, err
	}
	if p.Kept, err = tx.Entity(into); err != nil {
		return p, err
	}
	switch {
	case from == into:
		return p, standfirst.Errorf(standfirst.Invalid, "%s cannot be merged into itself", p.Gone.Name)
	case p.Gone.Kind != p.Kept.Kind:
		return p, standfirst.Errorf(standfirst.Invalid, "%s is a %s and %s is a %s; only two of one kind are merged", p.Gone.Name, p.Gone.Kind, p.Kept.Name, p.Kept.Kind)
	case p.Gone.MergedInto != 0:
		return p, standfirst.Errorf(standfirst.Invalid, "%s was merged into another already", p.Gone.Name)
	case p.Kept.MergedInto != 0:
		return p, standfirst.Errorf(standfirst.Invalid, "%s was merged into another already", p.Kept.Name)
	}
	p.Names = append([]string{p.Gone.Name}, p.Gone.Aliases...)
	p.Tickers = p.Gone.Tickers
	p.OtherLEI = p.Gone.LEI != "" && p.Kept.LEI != "" && p.Gone.LEI != p.Kept.LEI
	p.OtherQID = p.Gone.QID != "" && p.Kept.QID != "" && p.Gone.QID != p.Kept.QID
	p.Moves = p.Gone.HasPage()
	if p.Deals, err = tx.DealsOfEntity(from, 0, planned+1, store.ForDesk); err != nil {
		return p, err
	}
	for _, d := range p.Deals {
		if sideOf(d, from) && sideOf(d, into) && (d.Target == from || d.Target == into) {
			p.Clash = d.Title
		}
	}
	if err := p.figures(tx); err != nil {
		return p, err
	}
	p.Stories, err = tx.CitingStoriesOf(standfirst.Subject{Entity: from}, standfirst.Position{}, planned+1)
	p.More = p.More || len(p.Deals) > planned || len(p.Stories) > planned
	p.Deals, p.Stories = p.Deals[:min(len(p.Deals), planned)], p.Stories[:min(len(p.Stories), planned)]
	return p, err
}

// sideOf reports whether the entity is the target or a party of the deal.
func sideOf(d standfirst.Deal, id standfirst.EntityID) bool {
	if d.Target == id {
		return true
	}
	for _, p := range d.Parties {
		if p.Entity == id {
			return true
		}
	}
	return false
}

// figures fills in what becomes of the claims.
func (p *MergePlan) figures(tx *store.ReadTx) error {
	claims, err := claimsNaming(tx, p.Gone.ID)
	if err != nil {
		return err
	}
	names, err := namesOf(tx, claims)
	if err != nil {
		return err
	}
	for _, c := range claims {
		title := titleOf(names.of(c))
		there, err := p.sameOfKept(tx, c)
		if isNotFound(err) {
			if len(p.Figures) < planned {
				p.Figures = append(p.Figures, title)
			} else {
				p.More = true
			}
			continue
		}
		if err != nil {
			return err
		}
		own, err := heldOf(tx, c)
		if err != nil {
			return err
		}
		others, err := heldOf(tx, there)
		if err != nil {
			return err
		}
		clashes := 0
		for _, pair := range standfirst.Conflicts(append(others, own...), nil) {
			if pair.First.Claim != pair.Second.Claim {
				clashes++
				p.Conflicts = append(p.Conflicts, Conflict{Title: title, Claim: there, First: pair.First, Second: pair.Second})
			}
		}
		if clashes == 0 {
			p.Again = append(p.Again, title)
		}
	}
	return nil
}

// sameOfKept returns the claim that says of the kept entity what the claim says of the
// one that goes.
func (p *MergePlan) sameOfKept(tx *store.ReadTx, c standfirst.Claim) (standfirst.Claim, error) {
	if c.Subject.Entity == p.Gone.ID {
		c.Subject.Entity = p.Kept.ID
	}
	if c.Dimensions.Party == p.Gone.ID {
		c.Dimensions.Party = p.Kept.ID
	}
	return tx.ClaimByKey(c.Subject, c.Property, c.Dimensions)
}

// Merge makes one entity of two: everything that is known of the one is then known of the
// other, and its address leads there. Figures that say different things of the same stand
// beside each other as conflicts. What published stories cite and what the record says of
// it stays true. It returns the errors of [Ledger.PlanMerge], and a Conflict if the two are
// two sides of a deal.
func (l *Ledger) Merge(ctx context.Context, actor standfirst.Actor, from, into standfirst.EntityID) error {
	if err := actor.Require(standfirst.ManageEntities); err != nil {
		return err
	}
	return l.update(ctx, "merge entity "+from.String()+" into "+into.String(), func(tx *store.Tx) error {
		p, err := planMerge(&tx.ReadTx, from, into)
		if err != nil {
			return err
		}
		if err := touchEntity(tx, p.Gone); err != nil {
			return err
		}
		merged, err := tx.MergeEntities(from, into)
		if err != nil {
			return err
		}
		kept, err := tx.Entity(into)
		if err != nil {
			return err
		}
		if err := touchEntity(tx, kept); err != nil {
			return err
		}
		for _, id := range merged.Deals {
			if err := refreshDealListing(tx, id); err != nil {
				return err
			}
		}
		if p.Moves {
			if err := leadOn(tx, p.Gone.Path(), kept.Path()); err != nil {
				return err
			}
		}
		return l.auditEntity(tx, actor, "entity.merge", from, p.Gone.Name+" into "+kept.Name+" (entity "+into.String()+")")
	})
}

// leadOn makes the address, and those that led to it, lead to the other.
func leadOn(tx *store.Tx, from, to string) error {
	if err := tx.RetargetOldAddresses(from, to); err != nil {
		return err
	}
	if err := tx.DeleteOldAddress(to); err != nil {
		return err
	}
	return tx.PutOldAddress(standfirst.OldAddress{Path: from, Target: to})
}
