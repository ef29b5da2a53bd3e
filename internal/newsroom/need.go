package newsroom

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// Needs returns up to limit of what the actor should look at after the position, newest
// first: stories that wait for them, changes that are asked of them, open notes for them,
// and for editors also stories that wait for anybody, prepared updates, and comments about
// which moderators ask.
func (n *Newsroom) Needs(ctx context.Context, actor standfirst.Actor, after standfirst.NeedPosition, limit int) ([]standfirst.Need, error) {
	return n.needs(ctx, actor, after, limit, actor.Can(standfirst.ReviewEscalated))
}

// StoryNeeds returns those of [Newsroom.Needs] that are about stories alone.
func (n *Newsroom) StoryNeeds(ctx context.Context, actor standfirst.Actor, after standfirst.NeedPosition, limit int) ([]standfirst.Need, error) {
	if err := actor.Require(standfirst.WriteStory); err != nil {
		return nil, err
	}
	return n.needs(ctx, actor, after, limit, false)
}

func (n *Newsroom) needs(ctx context.Context, actor standfirst.Actor, after standfirst.NeedPosition, limit int, escalated bool) ([]standfirst.Need, error) {
	if !actor.Can(standfirst.ModerateComments) {
		if err := signedIn(actor); err != nil {
			return nil, err
		}
	}
	of := store.NeedsOf{
		Actor:   actor.String(),
		Reviews: actor.Can(standfirst.ReviewStory), Pendings: actor.Can(standfirst.PublishStory),
		Escalated: escalated,
	}
	if actor.Kind == standfirst.ActorStaff && of.Reviews {
		of.Assignee = actor.ID
	}
	var needs []standfirst.Need
	err := n.store.View(ctx, func(tx *store.ReadTx) (err error) {
		if needs, err = tx.Needs(of, after, limit); err != nil || !actor.Can(standfirst.ApproveSource) {
			return err
		}
		for i, need := range needs {
			if need.Kind != standfirst.NeedReview {
				continue
			}
			figures, err := anonymousIn(tx, need.Story)
			if err != nil {
				return err
			}
			needs[i].Sources = len(figures)
		}
		return nil
	})
	return needs, named(err, "list what needs somebody")
}
