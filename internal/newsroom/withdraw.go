package newsroom

import (
	"context"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// Unpublish takes a published story away. Its address answers 410
// until it is published again, at the same address.
func (n *Newsroom) Unpublish(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (standfirst.Story, error) {
	return n.withdraw(ctx, actor, id, withdrawal{"story.unpublish", standfirst.UnpublishStory, standfirst.Unpublished, ""})
}

// Retract puts the note in the place of the text of a story that was published, and tells
// it as a notice too. The note is plain text for readers and may not be empty.
func (n *Newsroom) Retract(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, note string) (standfirst.Story, error) {
	note = strings.TrimSpace(tidyBody(note))
	var p problems
	if note == "" {
		p.add("a retraction needs a note that tells readers what was wrong")
	}
	p.length("the note", note, maxCaptionLength)
	if err := p.err(); err != nil {
		return standfirst.Story{}, err
	}
	return n.withdraw(ctx, actor, id, withdrawal{"story.retract", standfirst.RetractStory, standfirst.Retracted, note})
}

// withdrawal is one of the two ways to take back what was published.
type withdrawal struct {
	action string // on the audit trail
	needs  standfirst.Permission
	to     standfirst.State
	note   string
}

// withdraw moves a story that has been published to the state of the withdrawal.
func (n *Newsroom) withdraw(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, w withdrawal) (standfirst.Story, error) {
	if err := actor.Require(w.needs); err != nil {
		return standfirst.Story{}, err
	}
	var changed standfirst.Story
	err := n.update(ctx, storyOperation("move to "+string(w.to), id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := mayRelease(actor, w.needs, story); err != nil {
			return err
		}
		if story.State == standfirst.Scheduled {
			return standfirst.Errorf(standfirst.Conflict, "story %s is scheduled and not public; take its schedule back instead", id)
		}
		if err := story.State.Move(w.to); err != nil {
			return err
		}
		if w.to == standfirst.Retracted && story.Kind == standfirst.KindPage {
			return standfirst.Errorf(standfirst.Conflict, "a standing page is not retracted; unpublish it or publish another text")
		}
		story.State, story.RetractionNote = w.to, w.note
		if err := hideOrShow(tx, story); err != nil {
			return err
		}
		cited, err := tx.Citations(story.Current)
		if err != nil {
			return err
		}
		if err := n.ledger.WithdrawIn(tx, id, cited); err != nil {
			return err
		}
		if w.to == standfirst.Retracted {
			if err := n.ledger.RetractIn(tx, actor, id, cited); err != nil {
				return err
			}
		}
		changed = story
		now := n.now()
		record.Append(tx, record.Withdrawn(story, now))
		if w.to == standfirst.Retracted {
			notice := standfirst.Notice{Class: standfirst.Retraction, Text: standfirst.OneLine(w.note), At: now, Stories: []standfirst.StoryID{id}}
			if _, err := ledger.AddNotice(tx, notice); err != nil {
				return err
			}
		}
		return audit(tx, actor, now, w.action, id, w.note)
	})
	return changed, err
}

// hideOrShow brings the story's rows, its lists and its address in step with its
// new state, and touches the pages on which it stands or stood.
func hideOrShow(tx *store.Tx, story standfirst.Story) error {
	// The lists in which it stands before; where it stands after comes at the end.
	if err := touchStory(tx, story); err != nil {
		return err
	}
	if err := dropSchedule(tx, story.ID); err != nil {
		return err
	}
	if err := tx.UpdateStory(story); err != nil {
		return err
	}
	if err := clearAddress(tx, story.Path()); err != nil {
		return err
	}
	if !story.State.Public() {
		if err := tx.PutOldAddress(standfirst.OldAddress{Path: story.Path()}); err != nil {
			return err
		}
	}
	if err := refreshListing(tx, story); err != nil {
		return err
	}
	if err := unpin(tx, story); err != nil {
		return err
	}
	return touchStory(tx, story)
}

// refreshListing makes the rows that lists read anew from the published revision,
// and removes them while readers do not see the story.
func refreshListing(tx *store.Tx, story standfirst.Story) error {
	if story.Kind == standfirst.KindPage {
		return nil
	}
	if !story.State.Public() {
		return tx.ClearListing(story.ID)
	}
	revision, err := tx.Revision(story.Current)
	if err != nil {
		return err
	}
	where, content, err := place(tx, revision.Content, revision.CreatedAt)
	if err != nil {
		return err
	}
	return tx.SetListing(store.Listing{Story: story, Content: content, Section: where.section, Topics: where.topics, Authors: where.authors})
}
