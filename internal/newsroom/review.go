package newsroom

import (
	"context"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// SubmitOptions say how a text is handed to an editor.
type SubmitOptions struct {
	// Assignee is who is to look at it. Zero leaves it with the one who had it before, or
	// to any editor.
	Assignee standfirst.UserID
	Note     string // for the editor; may be empty
}

// Submit hands a complete draft to an editor and keeps its text as a revision. A story
// that readers have seen keeps its state: what is handed on is its working copy, an update
// of which readers see nothing. A schedule is taken back. It returns an Invalid error for
// an incomplete text or an assignee who may not review, and a Conflict where there is
// nothing to be looked at, or it is looked at already.
func (n *Newsroom) Submit(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, o SubmitOptions) (standfirst.Story, error) {
	note, err := prepareNote("the note", o.Note)
	if err != nil {
		return standfirst.Story{}, err
	}
	return n.reviewing(ctx, actor, id, "submit", func(tx *store.Tx, story *standfirst.Story) (detail string, err error) {
		if err := mayRelease(actor, standfirst.SubmitStory, *story); err != nil {
			return "", err
		}
		work, err := tx.WorkingCopy(id)
		if err != nil {
			return "", err
		}
		if err := CheckComplete(work.Content); err != nil {
			return "", err
		}
		review, reviewed, err := reviewOf(tx, id)
		if err != nil {
			return "", err
		}
		if err := toReview(tx, actor, story, work, review); err != nil {
			return "", err
		}
		assignee, err := reviewer(tx, o.Assignee)
		if err != nil {
			return "", err
		}
		if assignee.ID == 0 && reviewed {
			assignee.ID, assignee.Name = review.Assignee, review.AssigneeName
		}
		now := n.now()
		_, err = tx.InsertRevision(standfirst.Revision{
			StoryID: id, Purpose: standfirst.ForReview, Content: work.Content, CreatedAt: now, CreatedBy: actor.String(),
		})
		if err != nil {
			return "", err
		}
		return assignedTo(assignee.Name), tx.PutReview(standfirst.Review{
			Story: id, Stage: standfirst.ReviewAsked, Assignee: assignee.ID, Note: note, Asked: standfirst.DeedOf(actor, now),
		})
	})
}

// toReview moves the story to where a review of its text may begin.
func toReview(tx *store.Tx, actor standfirst.Actor, story *standfirst.Story, work standfirst.WorkingCopy, review standfirst.Review) error {
	if story.PublishedNumber == 0 {
		return leave(tx, actor, story, standfirst.InReview)
	}
	switch {
	case story.State == standfirst.Scheduled:
		return standfirst.Errorf(standfirst.Conflict, "story %s has been published before; take its schedule back instead", story.ID)
	case story.State == standfirst.Retracted:
		return story.State.Move(standfirst.InReview)
	case review.Stage == standfirst.ReviewAsked || review.Stage == standfirst.Approved:
		return standfirst.Errorf(standfirst.Conflict, "the update of story %s is in review already", story.ID)
	}
	current, err := tx.Revision(story.Current)
	if err != nil {
		return err
	}
	same, err := sameTextNow(&tx.ReadTx, current.Content, work.Content)
	if err != nil {
		return err
	}
	if story.State == standfirst.Published && same {
		return standfirst.Errorf(standfirst.Conflict, "readers see this text of story %s already; save a change before it is handed on", story.ID)
	}
	return unscheduleUpdate(tx, actor, *story)
}

// leave moves a story that was never published to another state of that part of its life
// and takes its schedule back.
func leave(tx *store.Tx, actor standfirst.Actor, story *standfirst.Story, to standfirst.State) error {
	if err := story.State.Move(to); err != nil {
		return err
	}
	if story.PublishedNumber > 0 {
		return standfirst.Errorf(standfirst.Conflict, "story %s has been published before; take its schedule back instead", story.ID)
	}
	if err := unscheduleUpdate(tx, actor, *story); err != nil {
		return err
	}
	story.State = to
	return tx.UpdateStory(*story)
}

// unscheduleUpdate takes the schedule of the story back if it has one and the actor may.
func unscheduleUpdate(tx *store.Tx, actor standfirst.Actor, story standfirst.Story) error {
	_, err := tx.Schedule(story.ID)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := mayRelease(actor, standfirst.ScheduleStory, story); err != nil {
		return err
	}
	return dropSchedule(tx, story.ID)
}

// ReturnToDraft takes a story out of its review, a schedule back, or one up again that was
// spiked, so that it is written on. Of a story that readers have seen only the review ends.
func (n *Newsroom) ReturnToDraft(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (standfirst.Story, error) {
	return n.reviewing(ctx, actor, id, "return", func(tx *store.Tx, story *standfirst.Story) (string, error) {
		_, reviewed, err := reviewOf(tx, id)
		if err != nil {
			return "", err
		}
		if story.PublishedNumber == 0 || !reviewed {
			if err := leave(tx, actor, story, standfirst.Draft); err != nil {
				return "", err
			}
		}
		return "", tx.DeleteReview(id)
	})
}

// Spike sets a story aside that readers never saw: it leaves the lists and its review, and the
// previews of it end. Nothing of it is lost, and [Newsroom.ReturnToDraft] takes it up again. It
// returns a Conflict for a story that was published, or is scheduled.
func (n *Newsroom) Spike(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (standfirst.Story, error) {
	return n.reviewing(ctx, actor, id, "spike", func(tx *store.Tx, story *standfirst.Story) (string, error) {
		if err := leave(tx, actor, story, standfirst.Spiked); err != nil {
			return "", err
		}
		if err := tx.DeletePreviews(id); err != nil {
			return "", err
		}
		return "", tx.DeleteReview(id)
	})
}

// AskForChanges gives the text back to whoever handed it on, with the reason. Version,
// when not zero, is that of the working copy which the editor has seen: asking for
// another one is a Conflict, as is a story that is not in review or scheduled.
func (n *Newsroom) AskForChanges(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, version int, reason string) (standfirst.Story, error) {
	reason, err := prepareNote("the reason", reason)
	if err != nil {
		return standfirst.Story{}, err
	}
	if reason == "" {
		return standfirst.Story{}, standfirst.Errorf(standfirst.Invalid, "say what should be changed")
	}
	return n.reviewing(ctx, actor, id, "ask-changes", func(tx *store.Tx, story *standfirst.Story) (string, error) {
		review, err := n.decide(tx, actor, *story, version)
		if err != nil {
			return "", err
		}
		if _, err := tx.Schedule(id); !isNotFound(err) {
			if err == nil {
				err = standfirst.Errorf(standfirst.Conflict, "story %s is scheduled; take its schedule back before you ask for changes", id)
			}
			return "", err
		}
		if story.State == standfirst.InReview {
			if err := leave(tx, actor, story, standfirst.Draft); err != nil {
				return "", err
			}
		}
		review.Stage, review.Reason = standfirst.ChangesAsked, reason
		return reason, tx.PutReview(review)
	})
}

// Approve records that the text may go out as it stands. Version, when not zero, is that
// of the working copy which the editor has seen. The approval ends when the text is saved
// again; it publishes nothing. It returns an Invalid error for an incomplete text and a
// Conflict for a story that is not in review, or whose text is another one by now.
func (n *Newsroom) Approve(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, version int) (standfirst.Story, error) {
	return n.reviewing(ctx, actor, id, "approve", func(tx *store.Tx, story *standfirst.Story) (string, error) {
		review, err := n.decide(tx, actor, *story, version)
		if err != nil {
			return "", err
		}
		work, err := tx.WorkingCopy(id)
		if err != nil {
			return "", err
		}
		if err := CheckComplete(work.Content); err != nil {
			return "", err
		}
		review.Stage, review.Reason = standfirst.Approved, ""
		return "", tx.PutReview(review)
	})
}

// decide returns the review as it is once the actor has decided it.
func (n *Newsroom) decide(tx *store.Tx, actor standfirst.Actor, story standfirst.Story, version int) (standfirst.Review, error) {
	if err := mayRelease(actor, standfirst.ReviewStory, story); err != nil {
		return standfirst.Review{}, err
	}
	review, reviewed, err := reviewOf(tx, story.ID)
	if err != nil {
		return review, err
	}
	if !reviewed || review.Stage == standfirst.ChangesAsked {
		return review, standfirst.Errorf(standfirst.Conflict, "story %s is not in review; it is handed on first", story.ID)
	}
	work, err := tx.WorkingCopy(story.ID)
	if err != nil {
		return review, err
	}
	if version != 0 && version != work.Version {
		return review, staleSave(tx, work, version)
	}
	review.Decided, review.Version = standfirst.DeedOf(actor, n.now()), work.Version
	return review, nil
}

// Reassign gives a story that is in review to another editor, or with zero to any. It
// returns an Invalid error for somebody who may not review and a Conflict for a story that
// does not wait for an editor.
func (n *Newsroom) Reassign(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, to standfirst.UserID) (standfirst.Story, error) {
	return n.reviewing(ctx, actor, id, "reassign", func(tx *store.Tx, story *standfirst.Story) (string, error) {
		if err := mayRelease(actor, standfirst.SubmitStory, *story); err != nil {
			return "", err
		}
		review, reviewed, err := reviewOf(tx, id)
		if err != nil {
			return "", err
		}
		if !reviewed || review.Stage != standfirst.ReviewAsked {
			return "", standfirst.Errorf(standfirst.Conflict, "story %s does not wait for an editor", id)
		}
		assignee, err := reviewer(tx, to)
		if err != nil {
			return "", err
		}
		review.Assignee = to
		return assignedTo(assignee.Name), tx.PutReview(review)
	})
}

// Reviewers returns up to limit members of the staff to whom a story can be given.
func (n *Newsroom) Reviewers(ctx context.Context, actor standfirst.Actor, limit int) ([]standfirst.Staff, error) {
	if err := signedIn(actor); err != nil {
		return nil, err
	}
	var staff []standfirst.Staff
	err := n.store.View(ctx, func(tx *store.ReadTx) (err error) {
		staff, err = tx.SomeStaff(rolesWith(standfirst.ReviewStory), limit)
		return err
	})
	return staff, named(err, "list who reviews")
}

// SeveralPeople reports whether more than one person writes here. With one, there is
// nobody to hand a story to or to keep out of it: pages leave out review, assignment, notes
// and locks.
func (n *Newsroom) SeveralPeople(ctx context.Context) (several bool, err error) {
	err = n.store.View(ctx, func(tx *store.ReadTx) (err error) {
		several, err = severalPeople(tx)
		return err
	})
	return several, named(err, "count who writes")
}

func severalPeople(tx *store.ReadTx) (bool, error) {
	staff, err := tx.SomeStaff(rolesWith(standfirst.WriteStory), 2)
	return len(staff) > 1, err
}

// rolesWith returns the roles of the staff that have the permission.
func rolesWith(p standfirst.Permission) (roles []standfirst.Role) {
	for _, r := range standfirst.StaffRoles {
		if r.Can(p) {
			roles = append(roles, r)
		}
	}
	return roles
}

// reviewing runs one step of a review: whoever may edit the story may ask, and what the
// step changes of the story it stores itself.
func (n *Newsroom) reviewing(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, action string, step func(*store.Tx, *standfirst.Story) (detail string, err error)) (standfirst.Story, error) {
	if err := signedIn(actor); err != nil {
		return standfirst.Story{}, err
	}
	var changed standfirst.Story
	err := n.update(ctx, storyOperation(action, id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := actor.RequireEdit(story); err != nil {
			return err
		}
		detail, err := step(tx, &story)
		if err != nil {
			return err
		}
		changed = story
		return audit(tx, actor, n.now(), "story."+action, id, detail)
	})
	return changed, err
}

// reviewOf returns the review of the story and whether there is one.
func reviewOf(tx *store.Tx, id standfirst.StoryID) (standfirst.Review, bool, error) {
	r, err := tx.Review(id)
	is, err := found(err)
	return r, is, err
}

// reviewer returns the member of the staff, who must be one that may review; zero stands
// for any.
func reviewer(tx *store.Tx, id standfirst.UserID) (standfirst.Staff, error) {
	if id == 0 {
		return standfirst.Staff{}, nil
	}
	s, err := tx.Staff(id)
	if is, err := found(err); err != nil {
		return s, err
	} else if !is || !s.Active() || !s.Role.Can(standfirst.ReviewStory) {
		return s, standfirst.Errorf(standfirst.Invalid, "a story can be given only to somebody on the staff who may review it")
	}
	return s, nil
}

func assignedTo(name string) string {
	if name == "" {
		return "to any editor"
	}
	return "to " + name
}

// prepareNote tidies what somebody writes to the others of the desk and bounds it.
func prepareNote(what, text string) (string, error) {
	text = strings.TrimSpace(tidyBody(text))
	var p problems
	p.length(what, text, standfirst.MaxNoteLength)
	return text, p.err()
}

// endReview ends the review and the embargo of a story whose text is published: as far as
// they were about that text.
func (n *Newsroom) endReview(tx *store.Tx, p publishing) error {
	if p.aside {
		return nil
	}
	held, err := tx.IsHandedOn(p.story.ID)
	if err != nil || !held {
		return err
	}
	work, err := tx.WorkingCopy(p.story.ID)
	if err != nil {
		return err
	}
	if same, err := sameTextNow(&tx.ReadTx, work.Content, p.content); err != nil || !same {
		return err
	}
	if err := tx.DeleteEmbargo(p.story.ID); err != nil {
		return err
	}
	return tx.DeleteReview(p.story.ID)
}
