package newsroom

import (
	"context"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// PublishPending publishes the revision that was prepared because a figure changed
// which the story cites, and brings the working copy in step: it becomes the same text
// if nobody had changed it, and otherwise takes up the new words beside the changes. It
// returns a NotFound error if nothing is prepared.
func (n *Newsroom) PublishPending(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (Published, error) {
	if err := signedIn(actor); err != nil {
		return Published{}, err
	}
	var published Published
	err := n.update(ctx, storyOperation("publish the prepared revision of", id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := mayRelease(actor, standfirst.PublishStory, story); err != nil {
			return err
		}
		pending, err := tx.Pending(id)
		if err != nil {
			return err
		}
		prepared, err := tx.Revision(pending.Revision)
		if err != nil {
			return err
		}
		before, err := tx.Revision(story.Current)
		if err != nil {
			return err
		}
		published, err = n.publishIn(tx, publishing{actor: actor, story: story, content: prepared.Content, revision: prepared.ID, aside: true})
		if err != nil {
			return err
		}
		return n.takeUp(tx, actor, id, before.Content, prepared.Content)
	})
	return published, err
}

// takeUp brings the working copy in step with a prepared revision that was published.
func (n *Newsroom) takeUp(tx *store.Tx, actor standfirst.Actor, id standfirst.StoryID, before, now standfirst.Content) error {
	work, err := tx.WorkingCopy(id)
	if err != nil {
		return err
	}
	same, err := sameTextNow(&tx.ReadTx, work.Content, before)
	if err != nil {
		return err
	}
	if same {
		work.Content = now
	} else {
		was := make(map[standfirst.ClaimID]string)
		for _, c := range before.Citations {
			was[c.Claim] = c.Words
		}
		for _, c := range now.Citations {
			if was[c.Claim] == c.Words {
				continue // not what the prepared revision changed
			}
			if held, err := standfirst.ParseQuantity(c.Words); err == nil {
				work.Content, _ = ledger.Reword(work.Content, c.Claim, held)
			}
		}
	}
	work.UpdatedAt, work.UpdatedBy = n.now(), actor.String()
	return tx.SaveWorkingCopy(work)
}

// Pending returns up to limit stories with a prepared revision, the newest first.
func (n *Newsroom) Pending(ctx context.Context, actor standfirst.Actor, after store.PendingPosition, limit int) ([]store.Pending, error) {
	if err := signedIn(actor); err != nil {
		return nil, err
	}
	var pending []store.Pending
	err := n.store.View(ctx, func(tx *store.ReadTx) (err error) {
		pending, err = tx.Pendings(after, limit)
		return err
	})
	return pending, named(err, "list prepared revisions")
}
