package ledger

import (
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// Publication is a story as it is being published.
type Publication struct {
	Story    standfirst.Story // with its new revision and times
	Revision standfirst.RevisionID
	// Citations are those of the revision, resolved; Before are those of the revision
	// that readers saw until now.
	Citations, Before []standfirst.Citation
}

// PublishIn keeps what the published revision cites, in the transaction that publishes
// it: its citations, the list of stories under each claim, and the release of every
// version that it cites, with what belongs to them and follows from it. The actor needs
// no permission of its own: publishing releases.
func (l *Ledger) PublishIn(tx *store.Tx, actor standfirst.Actor, p Publication) error {
	if err := tx.InsertCitations(p.Revision, p.Citations); err != nil {
		return err
	}
	cited := claimsOf(p.Citations)
	if err := tx.SetCiting(p.Story.ID, p.Story.FirstPublished, cited); err != nil {
		return err
	}
	if err := tx.DropPending(p.Story.ID); err != nil {
		return err
	}
	r := l.newReleasing(tx, actor)
	r.publishing, r.before = p.Story.ID, p.Before
	if err := r.told(); err != nil {
		return err
	}
	for _, id := range cited {
		claim, err := tx.Claim(id)
		if err != nil {
			return err
		}
		versions, err := tx.Versions(id, store.ForDesk)
		if err != nil {
			return err
		}
		isCited := func(v standfirst.ClaimVersion) bool {
			return slices.ContainsFunc(p.Citations, func(c standfirst.Citation) bool { return c.Version == v.ID })
		}
		if err := r.claim(claim, versions, isCited); err != nil {
			return err
		}
		tx.Touch(claimTags(claim)...) // it has one more story, or one less below
	}
	if err := r.reported(); err != nil {
		return err
	}
	if err := touchDropped(tx, p.Before, cited); err != nil {
		return err
	}
	return r.finish()
}

// WithdrawIn takes the story off the pages of the claims that it cites, in the
// transaction that takes it away from readers.
func (l *Ledger) WithdrawIn(tx *store.Tx, story standfirst.StoryID, citations []standfirst.Citation) error {
	if err := tx.ClearCiting(story); err != nil {
		return err
	}
	if err := tx.DropPending(story); err != nil {
		return err
	}
	return touchDropped(tx, citations, nil)
}

// RetractIn withdraws, in the transaction that retracts the story, what only it stated:
// the figures that no other story cites, also as they were corrected or superseded since, and
// what it told of deals that nobody else did. The retraction of the story is what readers are
// told; the figures say why they are withdrawn. It comes after [Ledger.WithdrawIn].
func (l *Ledger) RetractIn(tx *store.Tx, actor standfirst.Actor, story standfirst.StoryID, citations []standfirst.Citation) error {
	ids, err := tx.VersionsOfStory(story)
	if err != nil {
		return err
	}
	for _, c := range citations {
		if !slices.Contains(ids, c.Version) {
			ids = append(ids, c.Version)
		}
	}
	stated, err := tx.VersionsByID(ids, store.ForDesk)
	if err != nil {
		return err
	}
	var claims []standfirst.ClaimID
	for _, v := range stated {
		if !slices.Contains(claims, v.Claim) {
			claims = append(claims, v.Claim)
		}
	}
	r := l.newReleasing(tx, actor)
	for _, id := range claims {
		versions, err := tx.Versions(id, store.ForDesk)
		if err != nil {
			return err
		}
		for _, v := range versions {
			if v.Ended != standfirst.Current || v.Erased {
				continue
			}
			if slices.Contains(ids, v.ID) {
				err = r.withdrawWith(v, tellsToo(v, story, false))
			} else if comesFrom(v, versions, ids) {
				err = r.withdrawWith(v, tellsToo(v, story, true))
			}
			if err != nil {
				return err
			}
		}
	}
	return r.finish()
}

// comesFrom reports whether the version took the place of one of those named, or of one that
// did.
func comesFrom(v standfirst.ClaimVersion, versions []standfirst.ClaimVersion, ids []standfirst.ClaimVersionID) bool {
	for range versions {
		at := slices.IndexFunc(versions, func(before standfirst.ClaimVersion) bool { return before.ID == v.Supersedes })
		if at < 0 {
			return false
		}
		if v = versions[at]; slices.Contains(ids, v.ID) {
			return true
		}
	}
	return false
}

// tellsToo reports whether readers know the version from somewhere else than the story. Of one
// that superseded what the story stated, the sources of the supersession are the story's.
func tellsToo(v standfirst.ClaimVersion, story standfirst.StoryID, superseded bool) bool {
	return slices.ContainsFunc(v.Attributions, func(a standfirst.Attribution) bool {
		return a.Story != story && !a.ReleasedAt.IsZero() && (a.Story != 0 || !superseded)
	})
}

// withdrawWith withdraws a version that the story stated, unless it is known from elsewhere or
// another story cites its figure.
func (r *releasing) withdrawWith(v standfirst.ClaimVersion, elsewhere bool) error {
	citing, err := r.tx.StoriesCiting([]standfirst.ClaimID{v.Claim})
	if err != nil || elsewhere || len(citing) > 0 {
		return err
	}
	claim, err := r.tx.Claim(v.Claim)
	if err != nil {
		return err
	}
	end := store.End{
		Version: v.ID, Lifecycle: standfirst.RetractedClaim, At: r.at, Class: standfirst.Retraction,
		Note: "The story that reported it was retracted.", RecordedBy: r.actor.String(), ReleasedAt: r.at,
	}
	if err := r.tx.InsertEnd(end); err != nil {
		return err
	}
	if claim.Subject.Deal != 0 {
		r.deals[claim.Subject.Deal] = true
	}
	return r.touch(claim)
}

// told releases the sources that the story added to figures which readers know already,
// and the stages of deals that only it tells of.
func (r *releasing) told() error {
	ids, err := r.tx.ReleaseAttributions(r.publishing, r.at)
	if err != nil {
		return err
	}
	for _, id := range ids {
		version, err := r.tx.Version(id, store.ForDesk)
		if err != nil {
			return err
		}
		claim, err := r.tx.Claim(version.Claim)
		if err != nil {
			return err
		}
		if claim.Property != standfirst.Stage {
			if err := r.touch(claim); err != nil {
				return err
			}
			continue
		}
		versions, err := r.tx.Versions(claim.ID, store.ForDesk)
		if err != nil {
			return err
		}
		if err := r.claim(claim, versions, func(v standfirst.ClaimVersion) bool { return v.ID == id }); err != nil {
			return err
		}
	}
	return nil
}

// reported releases what the story reports of the released deals beside figures: who
// takes part, and what the parties said.
func (r *releasing) reported() error {
	for id := range r.deals {
		if err := r.tx.ShowDealParties(id, r.publishing); err != nil {
			return err
		}
		all, err := r.tx.Responses(standfirst.Subject{Deal: id}, store.ForDesk)
		if err != nil {
			return err
		}
		if err := r.answers(standfirst.Subject{Deal: id}, all); err != nil {
			return err
		}
	}
	return nil
}

// answers releases those responses that wait for the story or for none, unless readers
// know already that the party said so.
func (r *releasing) answers(about standfirst.Subject, all []standfirst.Response) error {
	var ids []standfirst.ResponseID
	for _, response := range all {
		if !response.ReleasedAt.IsZero() || response.Story != 0 && response.Story != r.publishing {
			continue
		}
		known := func(k standfirst.Response) bool {
			return !k.ReleasedAt.IsZero() && response.Story != 0 && k.Party == response.Party && k.Kind == response.Kind && k.Claim == response.Claim
		}
		if !slices.ContainsFunc(all, known) {
			ids = append(ids, response.ID)
		}
	}
	if _, err := r.tx.ReleaseResponses(ids, r.at); err != nil || len(ids) == 0 {
		return err
	}
	return touchAnswered(r.tx, about)
}

// touchAnswered touches every page that shows what parties said about the subject: its
// own, those of its claims, and the stories that cite them.
func touchAnswered(tx *store.Tx, about standfirst.Subject) error {
	if about.Deal != 0 {
		tx.Touch(standfirst.DealTag(about.Deal))
	} else {
		tx.Touch(standfirst.EntityTag(about.Entity))
	}
	claims, err := tx.ClaimsOf(about, store.ForReaders)
	if err != nil {
		return err
	}
	ids := make([]standfirst.ClaimID, len(claims))
	for i, c := range claims {
		ids[i] = c.ID
		tx.Touch(standfirst.ClaimTag(c.ID))
	}
	citing, err := tx.StoriesCiting(ids)
	for _, id := range citing {
		tx.Touch(standfirst.StoryTag(id))
	}
	return err
}

// touchDropped touches the pages of the claims that are cited no longer.
func touchDropped(tx *store.Tx, before []standfirst.Citation, cited []standfirst.ClaimID) error {
	for _, id := range claimsOf(before) {
		if slices.Contains(cited, id) {
			continue
		}
		claim, err := tx.Claim(id)
		if err != nil {
			return err
		}
		tx.Touch(claimTags(claim)...)
	}
	return nil
}

// claimsOf returns the claims of the citations, each once, in order.
func claimsOf(citations []standfirst.Citation) []standfirst.ClaimID {
	var ids []standfirst.ClaimID
	for _, c := range citations {
		if !slices.Contains(ids, c.Claim) {
			ids = append(ids, c.Claim)
		}
	}
	return ids
}
