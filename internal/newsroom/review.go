package newsroom

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// Submit hands a complete draft to an editor and keeps its text as a revision.
func (n *Newsroom) Submit(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (standfirst.Story, error) {
	return n.move(ctx, actor, id, standfirst.InReview, func(tx *store.Tx, story standfirst.Story) error {
		if err := mayRelease(actor, standfirst.SubmitStory, story); err != nil {
			return err
		}
		work, err := tx.WorkingCopy(id)
		if err != nil {
			return err
		}
		if err := CheckComplete(work.Content); err != nil {
			return err
		}
		_, err = tx.InsertRevision(standfirst.Revision{
			StoryID: id, Purpose: standfirst.ForReview, Content: work.Content, CreatedAt: n.now(), CreatedBy: actor.String(),
		})
		return err
	})
}

// ReturnToDraft gives a story that is in review, or scheduled, back to be written.
func (n *Newsroom) ReturnToDraft(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (standfirst.Story, error) {
	return n.move(ctx, actor, id, standfirst.Draft, func(*store.Tx, standfirst.Story) error { return nil })
}

// move brings a story that was never published into another state of that part of
// its life, takes back its schedule, and does what comes with the move.
func (n *Newsroom) move(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, to standfirst.State, with func(*store.Tx, standfirst.Story) error) (standfirst.Story, error) {
	if err := signedIn(actor); err != nil {
		return standfirst.Story{}, err
	}
	var moved standfirst.Story
	err := n.update(ctx, storyOperation("move to "+string(to), id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := mayEdit(actor, story); err != nil {
			return err
		}
		if err := story.State.Move(to); err != nil {
			return err
		}
		if story.PublishedNumber > 0 {
			return standfirst.Errorf(standfirst.Conflict, "story %s has been published before; take its schedule back instead", id)
		}
		if story.State == standfirst.Scheduled {
			if err := mayRelease(actor, standfirst.ScheduleStory, story); err != nil {
				return err
			}
		}
		if err := with(tx, story); err != nil {
			return err
		}
		if err := dropSchedule(tx, id); err != nil {
			return err
		}
		from := story.State
		story.State = to
		if err := tx.UpdateStory(story); err != nil {
			return err
		}
		moved = story
		return audit(tx, actor, n.now(), "story.move", id, "from "+string(from)+" to "+string(to))
	})
	return moved, err
}
