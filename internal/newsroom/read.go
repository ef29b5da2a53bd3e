package newsroom

import (
	"context"
	"fmt"

	"standfirst"
	"standfirst/internal/store"
)

// Details is everything that staff see of one story.
type Details struct {
	Story       standfirst.Story
	WorkingCopy standfirst.WorkingCopy
	Schedule    *standfirst.Schedule // nil if nothing is scheduled
	// Pending says that the working copy says something else than what readers see.
	Pending bool
	Review  *standfirst.Review  // nil if it was not handed to an editor
	Embargo *standfirst.Embargo // nil if there is none, or it is over
	Lock    standfirst.EditLock // of who has it open for writing; the zero EditLock if nobody has
}

// Show returns the story with its working copy and schedule. The actor needs to be
// somebody who writes here.
func (n *Newsroom) Show(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (Details, error) {
	if err := signedIn(actor); err != nil {
		return Details{}, err
	}
	var d Details
	err := n.store.View(ctx, func(tx *store.ReadTx) (err error) {
		d = Details{}
		if d.Story, err = tx.Story(id); err != nil {
			return err
		}
		if d.WorkingCopy, err = tx.WorkingCopy(id); err != nil {
			return err
		}
		if d.WorkingCopy.Content, err = inCurrentNames(tx, d.WorkingCopy.Content); err != nil {
			return err
		}
		s, err := tx.Schedule(id)
		if is, err := found(err); err != nil {
			return err
		} else if is {
			d.Schedule = &s
		}
		if err := n.showReview(tx, id, &d); err != nil {
			return err
		}
		d.Pending, err = pendingText(tx, d.Story, d.WorkingCopy)
		return err
	})
	return d, named(err, storyOperation("show", id))
}

// showReview fills in what the desk has to say to itself of the story.
func (n *Newsroom) showReview(tx *store.ReadTx, id standfirst.StoryID, d *Details) error {
	review, err := tx.Review(id)
	if is, err := found(err); err != nil {
		return err
	} else if is {
		d.Review = &review
	}
	embargo, set, err := embargoOf(tx, id)
	if err != nil {
		return err
	}
	if set && n.now().Before(embargo.Until) {
		d.Embargo = &embargo
	}
	lock, err := tx.EditLock(id)
	if lock.Held(n.now()) {
		d.Lock = lock
	}
	return err
}

// List returns up to limit stories that fit the filter, the newest first, from
// the one before the given number; zero begins with the newest.
func (n *Newsroom) List(ctx context.Context, actor standfirst.Actor, filter store.StoryFilter, before standfirst.StoryID, limit int) ([]standfirst.Story, error) {
	if err := signedIn(actor); err != nil {
		return nil, err
	}
	var stories []standfirst.Story
	err := n.store.View(ctx, func(tx *store.ReadTx) (err error) {
		stories, err = tx.Stories(filter, before, limit)
		return err
	})
	return stories, named(err, "list stories")
}

// History returns up to limit revisions of the story, the newest first, from the
// one before the given number; zero begins with the newest.
func (n *Newsroom) History(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, before standfirst.RevisionID, limit int) ([]standfirst.Revision, error) {
	if err := signedIn(actor); err != nil {
		return nil, err
	}
	var revisions []standfirst.Revision
	err := n.store.View(ctx, func(tx *store.ReadTx) (err error) {
		if _, err = tx.Story(id); err != nil {
			return err
		}
		revisions, err = tx.Revisions(id, before, limit)
		return err
	})
	return revisions, named(err, storyOperation("history of", id))
}

// named adds the operation to an error.
func named(err error, operation string) error {
	if err != nil {
		return fmt.Errorf("newsroom: %s: %w", operation, err)
	}
	return nil
}

// StandingPages returns up to limit standing pages, the newest first, each as [Newsroom.Show]
// does but for what concerns reviews.
func (n *Newsroom) StandingPages(ctx context.Context, actor standfirst.Actor, limit int) ([]Details, error) {
	if err := actor.Require(standfirst.EditPage); err != nil {
		return nil, err
	}
	var pages []Details
	err := n.store.View(ctx, func(tx *store.ReadTx) error {
		stories, err := tx.Stories(store.StoryFilter{Kind: standfirst.KindPage}, 0, limit)
		if err != nil {
			return err
		}
		pages = nil
		for _, s := range stories {
			d := Details{Story: s}
			if d.WorkingCopy, err = tx.WorkingCopy(s.ID); err != nil {
				return err
			}
			if d.Pending, err = pendingText(tx, s, d.WorkingCopy); err != nil {
				return err
			}
			pages = append(pages, d)
		}
		return nil
	})
	return pages, named(err, "list standing pages")
}

// pendingText reports whether the working copy says something else than what readers see.
func pendingText(tx *store.ReadTx, s standfirst.Story, w standfirst.WorkingCopy) (bool, error) {
	if s.Current == 0 {
		return true, nil
	}
	current, err := tx.Revision(s.Current)
	if err != nil {
		return false, err
	}
	same, err := sameTextNow(tx, current.Content, w.Content)
	return !same, err
}
