package newsroom

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// Schedule sets the working copy, as it stands now, to go out at the given time,
// and moves the time if there is one already. A story that is published keeps its
// state; the new text goes out as an update. It returns an Invalid error for a
// time that has passed or an incomplete text, and a Conflict when the story
// cannot be published from where it stands, its chosen slug is taken that day, the
// working copy is not the version that was seen, the time is before the end of its embargo,
// or no editor stands for an anonymous source, see [ErrAnonymous]. Who schedules a text
// that is in review approves it.
//
// The change says why published words change, as in [PublishOptions]; whether it is
// needed is known only when the story goes out, so a story that readers see already is
// not scheduled without one.
func (n *Newsroom) Schedule(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, at time.Time, o PublishOptions) (standfirst.Story, error) {
	if err := signedIn(actor); err != nil {
		return standfirst.Story{}, err
	}
	var scheduled standfirst.Story
	err := n.update(ctx, storyOperation("schedule", id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		work, err := tx.WorkingCopy(id)
		if err != nil {
			return err
		}
		if o.Version != 0 && o.Version != work.Version {
			return staleSave(tx, work, o.Version)
		}
		p := publishing{actor: actor, story: story, content: work.Content, change: prepareChange(o.Change), approve: o.ApproveAnonymous}
		if scheduled, err = n.scheduleIn(tx, p, at); err != nil {
			return err
		}
		return n.approveScheduled(tx, actor, work)
	})
	return scheduled, err
}

// approveScheduled approves a text that waits for an editor, who schedules it instead.
func (n *Newsroom) approveScheduled(tx *store.Tx, actor standfirst.Actor, work standfirst.WorkingCopy) error {
	review, reviewed, err := reviewOf(tx, work.StoryID)
	if err != nil || !reviewed || review.Stage == standfirst.Approved {
		return err
	}
	review.Stage, review.Decided, review.Reason, review.Version = standfirst.Approved, standfirst.DeedOf(actor, n.now()), "", work.Version
	return tx.PutReview(review)
}

// scheduleIn makes the revision, the schedule and the job that publishes it.
func (n *Newsroom) scheduleIn(tx *store.Tx, p publishing, at time.Time) (standfirst.Story, error) {
	if err := p.takeCurrentNames(tx); err != nil {
		return p.story, err
	}
	actor, story, content, change, now := p.actor, p.story, p.content, p.change, n.now()
	at = at.UTC().Truncate(time.Microsecond)
	if err := mayRelease(actor, standfirst.ScheduleStory, story); err != nil {
		return story, err
	}
	if story.State != standfirst.Published {
		if err := story.State.Move(standfirst.Scheduled); err != nil {
			return story, err
		}
		story.State = standfirst.Scheduled
	}
	if !at.After(now) {
		return story, standfirst.Errorf(standfirst.Invalid, "%s has passed; publish the story instead", localTime(&tx.ReadTx, at))
	}
	if err := checkEmbargo(tx, story.ID, at); err != nil {
		return story, err
	}
	if err := complete(&tx.ReadTx, content); err != nil {
		return story, err
	}
	if err := checkClass(change); err != nil {
		return story, err
	}
	cited, err := ledger.Resolve(&tx.ReadTx, content.Citations)
	if err != nil {
		return story, err
	}
	if err := n.checkSources(tx, p, cited); err != nil {
		return story, err
	}
	p.story, p.content.Citations = story, cited
	if _, err := settleChange(&tx.ReadTx, p, p.content); err != nil {
		return story, err
	}
	if err := n.slugWillBeFree(tx, story, at); err != nil {
		return story, err
	}
	revision, err := n.scheduledRevision(tx, p, now)
	if err != nil {
		return story, err
	}
	if err := dropSchedule(tx, story.ID); err != nil {
		return story, err
	}
	s := standfirst.Schedule{StoryID: story.ID, Revision: revision, At: at}
	if err := tx.PutSchedule(s); err != nil {
		return story, err
	}
	payload, err := json.Marshal(standfirst.ScheduledPublication{At: at})
	if err != nil {
		return story, err
	}
	if _, err := tx.Enqueue(standfirst.Job{Kind: standfirst.JobPublishScheduled, Key: scheduleKey(at), RunAt: at, Payload: payload}); err != nil {
		return story, err
	}
	if err := tx.UpdateStory(story); err != nil {
		return story, err
	}
	return story, audit(tx, actor, now, "story.schedule", story.ID, "for "+at.Format(time.RFC3339))
}

// scheduledRevision returns the revision that is scheduled already if it says the
// same, so that moving the time makes no new one.
func (n *Newsroom) scheduledRevision(tx *store.Tx, p publishing, now time.Time) (standfirst.RevisionID, error) {
	old, err := tx.Schedule(p.story.ID)
	switch {
	case err == nil:
		revision, err := tx.Revision(old.Revision)
		if err != nil {
			return 0, err
		}
		same, err := sameTextNow(&tx.ReadTx, revision.Content, p.content)
		if err != nil {
			return 0, err
		}
		if same && revision.Change == p.change {
			return revision.ID, nil
		}
	case !isNotFound(err):
		return 0, err
	}
	return tx.InsertRevision(standfirst.Revision{
		StoryID: p.story.ID, Purpose: standfirst.ForSchedule, Content: p.content, CreatedAt: now, CreatedBy: p.actor.String(),
		Change: p.change,
	})
}

// Unschedule takes the schedule back. A story that was never published is a draft
// again, or in review if its text was handed on, one that was taken away before is
// unpublished again, and one that is published stays so. It returns a Conflict when nothing is scheduled.
func (n *Newsroom) Unschedule(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (standfirst.Story, error) {
	if err := signedIn(actor); err != nil {
		return standfirst.Story{}, err
	}
	var changed standfirst.Story
	err := n.update(ctx, storyOperation("unschedule", id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := mayRelease(actor, standfirst.ScheduleStory, story); err != nil {
			return err
		}
		if _, err := tx.Schedule(id); isNotFound(err) {
			return standfirst.Errorf(standfirst.Conflict, "story %s is not scheduled", id)
		} else if err != nil {
			return err
		}
		if err := dropSchedule(tx, id); err != nil {
			return err
		}
		if story.State == standfirst.Scheduled {
			review, reviewed, err := reviewOf(tx, id)
			switch {
			case err != nil:
				return err
			case story.PublishedNumber > 0:
				story.State = standfirst.Unpublished
			case reviewed && review.Stage != standfirst.ChangesAsked:
				story.State = standfirst.InReview
			default:
				story.State = standfirst.Draft
			}
			if err := tx.UpdateStory(story); err != nil {
				return err
			}
		}
		changed = story
		return audit(tx, actor, n.now(), "story.unschedule", id, "")
	})
	return changed, err
}

// scheduleKey names the job that publishes what is due at the time. There is one for all
// that go out at one moment.
func scheduleKey(at time.Time) string {
	return "story.publish:" + strconv.FormatInt(at.UnixMicro(), 10)
}

// dropSchedule removes the schedule of the story, if there is one. The job of that time may
// be that of others too, and finds nothing of this one.
func dropSchedule(tx *store.Tx, id standfirst.StoryID) error { return tx.DeleteSchedule(id) }
