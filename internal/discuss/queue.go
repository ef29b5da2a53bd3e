package discuss

import (
	"context"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// Waiting is a comment in the queue with what a moderator needs to decide.
type Waiting struct {
	Comment   standfirst.Comment
	Story     standfirst.Story
	Headline  string               // as readers see it
	Parent    standfirst.Comment   // zero for none
	Writer    standfirst.Commenter // zero for staff and for writers who are not known
	Reports   []standfirst.Report  // those that wait for an answer, the oldest first
	ClaimedBy string               // the colleague who looks at it now; empty for nobody, or whoever asks
}

// claimFor is for how long a comment is a moderator's who claimed it and does nothing.
const claimFor = 5 * time.Minute

// QueuePosition is a place in the queue. The zero value is before the first.
type QueuePosition struct {
	Since time.Time
	ID    standfirst.CommentID
}

// Position returns the place of the comment in the queue.
func (w Waiting) Position() QueuePosition { return QueuePosition{w.Comment.QueuedAt, w.Comment.ID} }

// Queue returns the next limit comments that wait, after the position, the longest waiting
// first: for moderators, or those that were escalated, for those who review them.
func (t *Talk) Queue(ctx context.Context, actor standfirst.Actor, escalated bool, after QueuePosition, limit int) (list []Waiting, err error) {
	needed := standfirst.ModerateComments
	if escalated {
		needed = standfirst.ReviewEscalated
	}
	if err := actor.Require(needed); err != nil {
		return nil, err
	}
	now := t.now()
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		comments, err := tx.QueuedComments(escalated, after.Since, after.ID, limit)
		if err != nil {
			return err
		}
		list, err = t.around(tx, actor, comments, now)
		return err
	})
	return list, err
}

// Look returns one comment with what a moderator needs to decide, whether it waits or not.
func (t *Talk) Look(ctx context.Context, actor standfirst.Actor, id standfirst.CommentID) (w Waiting, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return Waiting{}, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		c, err := tx.Comment(id)
		if err != nil {
			return err
		}
		list, err := t.around(tx, actor, []standfirst.Comment{c}, t.now())
		if err == nil {
			w = list[0]
		}
		return err
	})
	return w, err
}

// around reads what stands around the comments.
func (t *Talk) around(tx *store.ReadTx, actor standfirst.Actor, comments []standfirst.Comment, now time.Time) ([]Waiting, error) {
	list := make([]Waiting, len(comments))
	ids := make([]standfirst.CommentID, len(comments))
	stories := make(map[standfirst.StoryID]*Waiting)
	for i, c := range comments {
		w := &list[i]
		w.Comment, ids[i] = c, c.ID
		if known := stories[c.Story]; known != nil {
			w.Story, w.Headline = known.Story, known.Headline
		} else if err := w.readStory(tx); err != nil {
			return nil, err
		}
		stories[c.Story] = w
		if err := w.readPeople(tx, actor, now); err != nil {
			return nil, err
		}
	}
	reports, err := tx.OpenReports(ids)
	for _, r := range reports {
		for i := range list {
			if list[i].Comment.ID == r.Comment {
				list[i].Reports = append(list[i].Reports, r)
			}
		}
	}
	return list, err
}

func (w *Waiting) readStory(tx *store.ReadTx) (err error) {
	if w.Story, err = tx.Story(w.Comment.Story); err != nil {
		return err
	}
	w.Headline = w.Story.Headline
	if w.Story.Current != 0 {
		revision, err := tx.Revision(w.Story.Current)
		if err != nil {
			return err
		}
		w.Headline = revision.Content.Headline
	}
	return nil
}

func (w *Waiting) readPeople(tx *store.ReadTx, actor standfirst.Actor, now time.Time) (err error) {
	c := w.Comment
	if c.Parent != 0 {
		if w.Parent, err = tx.Comment(c.Parent); err != nil {
			return err
		}
	}
	if c.Reader != 0 {
		if w.Writer, err = tx.Commenter(c.Reader); err != nil {
			return err
		}
	}
	if c.ClaimedBy == 0 || c.ClaimedBy == staffOf(actor) || now.Sub(c.ClaimedAt) > claimFor {
		return nil
	}
	colleague, err := tx.Staff(c.ClaimedBy)
	w.ClaimedBy = colleague.Name
	return err
}

// Claim gives the waiting comments to the moderator, those that no colleague looks at. It
// returns which are theirs now.
func (t *Talk) Claim(ctx context.Context, actor standfirst.Actor, ids []standfirst.CommentID) (own []standfirst.CommentID, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return nil, err
	}
	staff := staffOf(actor)
	if staff == 0 {
		return ids, nil // the command needs no claim
	}
	now := t.now()
	err = t.update(ctx, "claim comments", func(tx *store.Tx) error {
		own = nil
		for _, id := range ids {
			ok, err := tx.ClaimComment(id, staff, now, now.Add(-claimFor))
			if err != nil {
				return err
			}
			if ok {
				own = append(own, id)
			}
		}
		return nil
	})
	return own, err
}

// Release gives back whatever the moderator has claimed.
func (t *Talk) Release(ctx context.Context, actor standfirst.Actor) error {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return err
	}
	return t.update(ctx, "release comments", func(tx *store.Tx) error { return tx.ReleaseComments(staffOf(actor)) })
}

// Escalate hands a waiting comment to an editor, or back to the moderators.
func (t *Talk) Escalate(ctx context.Context, actor standfirst.Actor, id standfirst.CommentID, escalated bool) error {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return err
	}
	action := "comment.deescalate"
	if escalated {
		action = "comment.escalate"
	}
	now := t.now()
	return t.update(ctx, "escalate a comment", func(tx *store.Tx) error {
		if _, err := tx.Comment(id); err != nil {
			return err
		}
		if escalated { // an editor may also look at what nothing held
			if err := tx.QueueComment(id, "", now); err != nil {
				return err
			}
		}
		if err := tx.EscalateComment(id, escalated); err != nil {
			return err
		}
		return tx.Audit(standfirst.AuditEntry{At: now, Actor: actor, Action: action, Object: commentObject(id)})
	})
}

// History returns the last limit comments of the writer before the one given, the newest
// first, and what was decided about each.
func (t *Talk) History(ctx context.Context, actor standfirst.Actor, reader standfirst.ReaderID, before standfirst.CommentID, limit int) (list []standfirst.Comment, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return nil, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		list, err = tx.CommentsByReader(reader, before, limit)
		return err
	})
	return list, err
}

// Decisions returns the last limit decisions about whatever comment before the one given,
// or before none for zero, the newest first.
func (t *Talk) Decisions(ctx context.Context, actor standfirst.Actor, before standfirst.DecisionID, limit int) (list []standfirst.CommentDecision, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return nil, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		list, err = tx.LastDecisions(before, limit)
		return err
	})
	return list, err
}

// List returns the last limit comments in the state before the one given, or before none
// for zero, the newest first.
func (t *Talk) List(ctx context.Context, actor standfirst.Actor, state standfirst.CommentState, before standfirst.CommentID, limit int) (list []standfirst.Comment, err error) {
	if err := actor.Require(standfirst.ModerateComments); err != nil {
		return nil, err
	}
	if !state.Valid() {
		return nil, standfirst.Errorf(standfirst.Invalid, "there is no state %q", state)
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		list, err = tx.CommentsByState(state, before, limit)
		return err
	})
	return list, err
}
