package newsroom

import (
	"context"
	"errors"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// Outlook is what publishing the working copy of a story would do.
type Outlook struct {
	Details
	// Before is what readers see, nil at the first publication, and Now what they would see.
	// Both have the citations with the versions that they mean.
	Before *standfirst.Content
	Now    standfirst.Content
	Titles map[standfirst.ClaimID]string // what the cited figures are figures of
	// Problem is why it cannot be published as it is; nil if it can, as far as is known. A
	// kind of change that is missing is no problem.
	Problem error
	// NeedsClass says that somebody must say what kind of change it is, because no
	// superseded figure explains it, and Figures which figures changed by it; Note drafts
	// what readers are told.
	NeedsClass bool
	Figures    string
	Note       string
	// Anonymous are the figures for whose sources an editor has to stand.
	Anonymous []AnonymousFigure
	// Events are those of the calendar that readers see from then on, where what they are
	// about is public too.
	Events []ledger.PlannedEvent
}

// Outlook returns what publishing the working copy of the story would do.
func (n *Newsroom) Outlook(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) (Outlook, error) {
	if err := actor.Require(standfirst.PublishStory); err != nil {
		return Outlook{}, err
	}
	details, err := n.Show(ctx, actor, id)
	if err != nil {
		return Outlook{}, err
	}
	var o Outlook
	err = n.store.View(ctx, func(tx *store.ReadTx) error {
		o = Outlook{Details: details, Now: details.WorkingCopy.Content, Titles: make(map[standfirst.ClaimID]string)}
		if o.Events, err = ledger.EventsGoingOut(tx, id); err != nil {
			return err
		}
		if err := o.weigh(tx, actor); err != nil || o.Problem != nil {
			return err
		}
		o.Anonymous, err = anonymousIn(tx, id)
		if standfirst.PublicMessage(err) != "" {
			o.Problem, err = err, nil // what is scheduled or prepared cites what is not there
		}
		return err
	})
	return o, named(err, storyOperation("look ahead to the publication of", id))
}

func (o *Outlook) weigh(tx *store.ReadTx, actor standfirst.Actor) error {
	o.Problem = o.Story.State.Move(standfirst.Published)
	if o.Problem == nil {
		if o.Problem = complete(tx, o.Now); o.Problem != nil && standfirst.PublicMessage(o.Problem) == "" {
			return o.Problem
		}
	}
	cited, err := ledger.Resolve(tx, o.Now.Citations)
	if standfirst.PublicMessage(err) != "" {
		o.Problem = errors.Join(o.Problem, err)
	} else if err != nil {
		return err
	} else {
		o.Now.Citations = cited
	}
	all := o.Now.Citations
	if o.Story.Current != 0 {
		revision, err := tx.Revision(o.Story.Current)
		if err != nil {
			return err
		}
		before, err := inCurrentNames(tx, revision.Content)
		if err != nil {
			return err
		}
		if before.Citations, err = tx.Citations(o.Story.Current); err != nil {
			return err
		}
		o.Before = &before
		all = append(before.Citations[:len(before.Citations):len(before.Citations)], all...)
	}
	known, err := ledger.CitedFigures(tx, all)
	if err != nil {
		return err
	}
	for _, f := range known {
		o.Titles[f.Claim.ID] = f.Title
	}
	if o.Problem == nil && o.Before != nil {
		return o.weighChange(tx, actor)
	}
	return nil
}

// weighChange finds whether somebody has to say what kind of change it is.
func (o *Outlook) weighChange(tx *store.ReadTx, actor standfirst.Actor) error {
	p := publishing{actor: actor, story: o.Story, content: o.Now}
	_, err := settleChange(tx, p, o.Now)
	switch {
	case errors.Is(err, ErrUnexplained):
		old, now := unexplained(*o.Before, o.Now)
		o.NeedsClass, o.Figures = true, changedFigures(old, now)
		o.Note = draftNote(old, now, o.Figures)
	case standfirst.PublicMessage(err) != "":
		o.Problem = err
	default:
		return err
	}
	return nil
}

// draftNote drafts what readers are told of changed words.
func draftNote(old, now standfirst.Content, figures string) string {
	if was, is, ok := strings.Cut(figures, " becomes "); ok {
		return "An earlier version of this story gave " + was + "; it is " + is + "."
	}
	was, is := firstDifference(old, now)
	switch {
	case !strings.HasPrefix(was, "“") && !strings.HasPrefix(is, "“"):
		return ""
	case is == "nothing":
		return "An earlier version of this story said " + was + ", which was taken out."
	case was == "nothing":
		return "This story now also says " + is + "."
	}
	return "An earlier version of this story said " + was + "; it says " + is + " now."
}
