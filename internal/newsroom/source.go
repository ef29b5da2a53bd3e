package newsroom

import (
	"context"
	"errors"
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// ErrAnonymous is in the chain of the error that refuses a text with a figure from an
// anonymous source for which no editor stands yet.
var ErrAnonymous = errors.New("an anonymous source is not approved")

// AnonymousFigure is a figure of a text that an anonymous source told, and for which no
// editor stands yet.
type AnonymousFigure struct {
	standfirst.Citation
	Source string // how the text names the source; may be empty
}

// AnonymousFigures returns the figures in the working copy, in what is scheduled and in
// what is prepared of the story for which an editor has to stand before they go out.
func (n *Newsroom) AnonymousFigures(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) ([]AnonymousFigure, error) {
	if err := signedIn(actor); err != nil {
		return nil, err
	}
	var figures []AnonymousFigure
	err := n.store.View(ctx, func(tx *store.ReadTx) (err error) {
		figures, err = anonymousIn(tx, id)
		return err
	})
	return figures, named(err, storyOperation("list the anonymous sources of", id))
}

// ApproveSources records that the actor stands for what anonymous sources told, as far as
// the story's working copy, its scheduled and its prepared text cite it: once for each
// version of a figure. It returns the figures, none if nothing was to be approved.
func (n *Newsroom) ApproveSources(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) ([]AnonymousFigure, error) {
	if err := actor.Require(standfirst.ApproveSource); err != nil {
		return nil, err
	}
	var figures []AnonymousFigure
	err := n.update(ctx, storyOperation("approve the anonymous sources of", id), func(tx *store.Tx) (err error) {
		if figures, err = anonymousIn(&tx.ReadTx, id); err != nil {
			return err
		}
		return n.approveIn(tx, actor, id, figures)
	})
	return figures, err
}

// approveIn stores the approvals and leaves a row on the trail of the story.
func (n *Newsroom) approveIn(tx *store.Tx, actor standfirst.Actor, id standfirst.StoryID, figures []AnonymousFigure) error {
	if len(figures) == 0 {
		return nil
	}
	if err := actor.Require(standfirst.ApproveSource); err != nil {
		return err
	}
	deed := standfirst.DeedOf(actor, n.now())
	for _, f := range figures {
		if err := tx.ApproveSource(standfirst.SourceApproval{Version: f.Version, Story: id, Approved: deed}); err != nil {
			return err
		}
	}
	return audit(tx, actor, deed.At, "story.approve-sources", id, listAnonymous(figures))
}

// anonymousIn returns the figures of every text of the story that may go out.
func anonymousIn(tx *store.ReadTx, id standfirst.StoryID) ([]AnonymousFigure, error) {
	work, err := tx.WorkingCopy(id)
	if err != nil {
		return nil, err
	}
	cited := work.Content.Citations
	scheduled, err := tx.Schedule(id)
	if cited, err = citedBy(tx, cited, scheduled.Revision, err); err != nil {
		return nil, err
	}
	pending, err := tx.Pending(id)
	if cited, err = citedBy(tx, cited, pending.Revision, err); err != nil {
		return nil, err
	}
	if cited, err = ledger.Resolve(tx, cited); err != nil {
		return nil, err
	}
	return unapproved(tx, id, cited)
}

// citedBy returns the citations with those of the revision, unless it was not found.
func citedBy(tx *store.ReadTx, cited []standfirst.Citation, revision standfirst.RevisionID, err error) ([]standfirst.Citation, error) {
	if is, err := found(err); err != nil || !is {
		return cited, err
	}
	r, err := tx.Revision(revision)
	return slices.Concat(cited, r.Content.Citations), err
}

// unapproved returns those of the citations, each version once, that an anonymous source
// told, for this story or for none, unless readers know it already or an editor stands for
// it.
func unapproved(tx *store.ReadTx, story standfirst.StoryID, cited []standfirst.Citation) ([]AnonymousFigure, error) {
	var claims []standfirst.ClaimID
	for _, c := range cited {
		claims = append(claims, c.Claim)
	}
	if len(claims) == 0 {
		return nil, nil
	}
	versions, err := tx.VersionsByClaims(claims, store.ForDesk)
	if err != nil {
		return nil, err
	}
	sources := make(map[standfirst.ClaimVersionID]string)
	for _, v := range versions {
		for _, a := range v.Attributions {
			if a.Kind == standfirst.Anonymous && a.ReleasedAt.IsZero() && (a.Story == 0 || a.Story == story) {
				sources[v.ID] = a.Words
			}
		}
	}
	var figures []AnonymousFigure
	var ids []standfirst.ClaimVersionID
	for _, c := range cited {
		if words, told := sources[c.Version]; told && !slices.Contains(ids, c.Version) {
			ids = append(ids, c.Version)
			figures = append(figures, AnonymousFigure{c, words})
		}
	}
	approvals, err := tx.SourceApprovals(ids)
	return slices.DeleteFunc(figures, func(f AnonymousFigure) bool {
		return slices.ContainsFunc(approvals, func(a standfirst.SourceApproval) bool { return a.Version == f.Version })
	}), err
}

// checkSources returns a Conflict that names the figures of the citations that anonymous
// sources told, unless an editor stands for them or does so now. Whoever runs the command
// acts as an administrator, and stands for what they publish by that.
func (n *Newsroom) checkSources(tx *store.Tx, p publishing, cited []standfirst.Citation) error {
	figures, err := unapproved(&tx.ReadTx, p.story.ID, cited)
	if err != nil || len(figures) == 0 {
		return err
	}
	if p.approve || p.actor.Kind == standfirst.ActorCommand {
		return n.approveIn(tx, p.actor, p.story.ID, figures)
	}
	return standfirst.WrapError(standfirst.Conflict, ErrAnonymous,
		"an anonymous source told %s, and no editor stands for that yet; approve the source, or take the figure out", listAnonymous(figures))
}

// listAnonymous names the figures for a message.
func listAnonymous(figures []AnonymousFigure) string {
	var names []string
	for _, f := range figures {
		names = append(names, "“"+f.Words+"” (figure "+f.Claim.String()+")")
	}
	return strings.Join(names, ", ")
}
