package newsroom

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// Lock says that the actor has the story open for writing, and returns the lock as it
// stands then: theirs, or that of another who has it open already. Whoever has one calls
// it again to renew it, well within [standfirst.EditLockLifetime]; one that ran out is
// taken. A lock refuses no save: the version of the working copy guards that. Where one
// person writes alone there are no locks, and the zero EditLock is returned. Taking and
// renewing leave no audit row, since they change nothing of the story.
func (n *Newsroom) Lock(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (standfirst.EditLock, error) {
	return n.locking(ctx, actor, id, func(tx *store.Tx, l standfirst.EditLock) error {
		_, err := tx.TakeEditLock(l)
		return err
	})
}

// TakeOver takes the lock from whoever has it.
func (n *Newsroom) TakeOver(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (standfirst.EditLock, error) {
	return n.locking(ctx, actor, id, func(tx *store.Tx, l standfirst.EditLock) error {
		held, err := tx.EditLock(id)
		if err != nil {
			return err
		}
		if err := tx.SeizeEditLock(l); err != nil || held.HeldBy(actor) || !held.Held(l.RenewedAt) {
			return err
		}
		return audit(tx, actor, l.RenewedAt, "story.take-over", id, "from "+held.Name)
	})
}

// Release gives up the actor's own lock, if they have it.
func (n *Newsroom) Release(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) error {
	_, err := n.locking(ctx, actor, id, func(tx *store.Tx, l standfirst.EditLock) error {
		return tx.DropEditLock(id, l.Holder)
	})
	return err
}

func (n *Newsroom) locking(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, fn func(*store.Tx, standfirst.EditLock) error) (standfirst.EditLock, error) {
	if err := signedIn(actor); err != nil {
		return standfirst.EditLock{}, err
	}
	var lock standfirst.EditLock
	err := n.update(ctx, storyOperation("lock", id), func(tx *store.Tx) error {
		lock = standfirst.EditLock{}
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := actor.RequireEdit(story); err != nil {
			return err
		}
		if several, err := severalPeople(&tx.ReadTx); err != nil || !several {
			return err
		}
		now := n.now()
		if err := fn(tx, standfirst.EditLock{Story: id, Holder: actor.String(), Name: actor.Name, Since: now, RenewedAt: now}); err != nil {
			return err
		}
		lock, err = tx.EditLock(id)
		return err
	})
	return lock, err
}
