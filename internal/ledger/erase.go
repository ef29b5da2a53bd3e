package ledger

import (
	"context"
	"slices"

	"standfirst"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// Erase takes the value, the words and the sources of one version away for good; a stub
// stays that says so. It overrides everything else, and is for what the law does not
// let stand. The words in published stories are for their editors to change.
func (l *Ledger) Erase(ctx context.Context, actor standfirst.Actor, version standfirst.ClaimVersionID) error {
	if err := actor.Require(standfirst.SupersedeClaim); err != nil {
		return err
	}
	return l.update(ctx, "erase version "+version.String(), func(tx *store.Tx) error {
		v, err := tx.Version(version, store.ForDesk)
		if err != nil {
			return err
		}
		claim, err := tx.Claim(v.Claim)
		if err != nil {
			return err
		}
		if err := tx.EraseVersion(version); err != nil {
			return err
		}
		if err := record.EraseClaim(tx, v, l.now()); err != nil {
			return err
		}
		r := l.newReleasing(tx, actor)
		if err := r.eraseWords(claim, v); err != nil {
			return err
		}
		if claim.Subject.Deal != 0 {
			r.deals[claim.Subject.Deal] = true
		}
		if err := r.touch(claim); err != nil {
			return err
		}
		if err := r.finish(); err != nil {
			return err
		}
		return l.audit(tx, actor, "claim.erase", claim.ID, "version "+version.String())
	})
}

// eraseWords takes away what was written about the version elsewhere: the notices of how
// it came and went, the details of the audit trail, and prepared revisions that word it.
func (r *releasing) eraseWords(c standfirst.Claim, v standfirst.ClaimVersion) error {
	versions, err := r.tx.Versions(c.ID, store.ForDesk)
	if err != nil {
		return err
	}
	about := []standfirst.ClaimVersionID{v.ID}
	for _, next := range versions {
		if next.Supersedes == v.ID {
			about = append(about, next.ID)
		}
	}
	notices, err := r.tx.NoticesOfClaim(c.ID)
	if err != nil {
		return err
	}
	for _, n := range notices {
		if n.Erased || !slices.Contains(about, n.Version) {
			continue
		}
		if err := r.tx.EraseNotice(n.ID); err != nil {
			return err
		}
		if err := record.EraseNotice(r.tx, n.ID, r.at); err != nil {
			return err
		}
		for _, story := range n.Stories {
			r.tx.Touch(standfirst.StoryTag(story))
		}
		r.tx.Touch(standfirst.CorrectionsTag)
	}
	if err := r.tx.EraseAuditDetails("claim:" + c.ID.String()); err != nil {
		return err
	}
	citing, err := r.tx.StoriesCiting([]standfirst.ClaimID{c.ID})
	if err != nil {
		return err
	}
	for _, story := range citing {
		if err := r.erasePrepared(story); err != nil {
			return err
		}
	}
	return nil
}

// erasePrepared takes the words of the revision that waits for a story away, and prepares
// another from what is held.
func (r *releasing) erasePrepared(story standfirst.StoryID) error {
	waiting, err := r.tx.Pending(story)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := prepareAnew(r.tx, r.actor, r.at, story); err != nil {
		return err
	}
	return r.tx.EraseInRevision(waiting.Revision, standfirst.Content{}, "")
}

// SetPublicFigure says whether a person may have a page of their own.
func (l *Ledger) SetPublicFigure(ctx context.Context, actor standfirst.Actor, id standfirst.EntityID, public bool) error {
	if err := actor.Require(standfirst.ManageEntities); err != nil {
		return err
	}
	return l.update(ctx, "mark entity "+id.String(), func(tx *store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if e.Kind != standfirst.Person {
			return standfirst.Errorf(standfirst.Invalid, "%s is no person", e.Name)
		}
		tx.Touch(standfirst.EntityTag(id), standfirst.NamesTag)
		if err := tx.SetPublicFigure(id, public); err != nil {
			return err
		}
		return tx.Audit(standfirst.AuditEntry{At: l.now(), Actor: actor, Action: "entity.public-figure", Object: "entity:" + id.String()})
	})
}
