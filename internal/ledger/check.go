package ledger

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// Check records that an editor has looked at the versions of the claim that the copy desk
// recorded: pages do not say any more that nobody has. It returns a NotFound error if
// there is no such claim, and a Conflict if none of its versions waits for a check.
func (l *Ledger) Check(ctx context.Context, actor standfirst.Actor, id standfirst.ClaimID) error {
	if err := actor.Require(standfirst.SupersedeClaim); err != nil {
		return err
	}
	return l.update(ctx, "check claim "+id.String(), func(tx *store.Tx) error {
		claim, err := tx.Claim(id)
		if err != nil {
			return err
		}
		versions, err := tx.Versions(id, store.ForDesk)
		if err != nil {
			return err
		}
		checked := false
		for _, v := range versions {
			if !v.Unchecked {
				continue
			}
			checked = true
			if err := tx.CheckVersion(v.ID, l.now(), actor.String()); err != nil {
				return err
			}
		}
		if !checked {
			return standfirst.Errorf(standfirst.Conflict, "every version of claim %s has been checked", id)
		}
		if err := l.newReleasing(tx, actor).touch(claim); err != nil {
			return err
		}
		return l.audit(tx, actor, "claim.check", id, "")
	})
}
