package ledger

import (
	"context"

	"standfirst"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// Erase takes the value, the words and the sources of one version away for good; a stub
// stays that says so. It overrides everything else, and is for what the law does not
// let stand. The words in published stories are for their editors to change.
func (l *Ledger) Erase(ctx context.Context, actor standfirst.Actor, version standfirst.ClaimVersionID) error {
	if err := actor.Require(standfirst.SupersedeClaim); err != nil {
		return err
	}
	return l.update(ctx, "erase version "+version.String(), func(tx *store.Tx) error {
		v, err := tx.Version(version, store.ForDesk)
		if err != nil {
			return err
		}
		claim, err := tx.Claim(v.Claim)
		if err != nil {
			return err
		}
		if err := tx.EraseVersion(version); err != nil {
			return err
		}
		if err := record.EraseClaim(tx, v, l.now()); err != nil {
			return err
		}
		r := l.newReleasing(tx, actor)
		if claim.Subject.Deal != 0 {
			r.deals[claim.Subject.Deal] = true
		}
		if err := r.touch(claim); err != nil {
			return err
		}
		if err := r.finish(); err != nil {
			return err
		}
		return l.audit(tx, actor, "claim.erase", claim.ID, "version "+version.String())
	})
}

// SetPublicFigure says whether a person may have a page of their own.
func (l *Ledger) SetPublicFigure(ctx context.Context, actor standfirst.Actor, id standfirst.EntityID, public bool) error {
	if err := actor.Require(standfirst.ManageEntities); err != nil {
		return err
	}
	return l.update(ctx, "mark entity "+id.String(), func(tx *store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if e.Kind != standfirst.Person {
			return standfirst.Errorf(standfirst.Invalid, "%s is no person", e.Name)
		}
		tx.Touch(standfirst.EntityTag(id))
		if err := tx.SetPublicFigure(id, public); err != nil {
			return err
		}
		return tx.Audit(standfirst.AuditEntry{At: l.now(), Actor: actor, Action: "entity.public-figure", Object: "entity:" + id.String()})
	})
}
