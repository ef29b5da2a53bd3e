package ledger

import (
	"context"
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// Retract withdraws a version that the newsroom no longer stands behind, with a note
// that tells readers why. Stories that cite it say so at once, unless hold keeps it from
// readers until the claim is released. It returns an Invalid error without a note, a
// NotFound error if there is no such claim, and a Conflict as [Ledger.Supersede] does.
func (l *Ledger) Retract(ctx context.Context, actor standfirst.Actor, id standfirst.ClaimID, version standfirst.ClaimVersionID, note string, hold bool) (standfirst.NoticeID, error) {
	if err := actor.Require(standfirst.SupersedeClaim); err != nil {
		return 0, err
	}
	if note == "" {
		return 0, standfirst.Errorf(standfirst.Invalid, "a retraction needs a note that tells readers what was wrong")
	}
	var notice standfirst.NoticeID
	err := l.update(ctx, "retract claim "+id.String(), func(tx *store.Tx) error {
		notice = 0
		claim, err := tx.Claim(id)
		if err != nil {
			return err
		}
		versions, err := tx.Versions(id, store.ForDesk)
		if err != nil {
			return err
		}
		v, err := heldVersion(claim, versions, version)
		if err != nil {
			return err
		}
		end := store.End{
			Version: v.ID, Lifecycle: standfirst.RetractedClaim, At: l.now(), Class: standfirst.Retraction, Note: note,
			RecordedBy: actor.String(),
		}
		if v.ReleasedAt.IsZero() {
			end.ReleasedAt = l.now() // readers never see it as held
		}
		if err := tx.InsertEnd(end); err != nil {
			return err
		}
		if !hold && !v.ReleasedAt.IsZero() {
			r := l.newReleasing(tx, actor)
			if err := r.retract(claim, v, note); err != nil {
				return err
			}
			if err := r.finish(); err != nil {
				return err
			}
			if len(r.notices) > 0 {
				notice = r.notices[0]
			}
		}
		return l.audit(tx, actor, "claim.retract", id, note)
	})
	return notice, err
}

// retract makes the end of a retracted version visible and tells readers of it.
func (r *releasing) retract(c standfirst.Claim, v standfirst.ClaimVersion, note string) error {
	if _, err := r.tx.ReleaseEndsOf([]standfirst.ClaimVersionID{v.ID}, r.at); err != nil {
		return err
	}
	if c.Subject.Deal != 0 {
		r.deals[c.Subject.Deal] = true
	}
	withdrawn := v
	withdrawn.Class, withdrawn.Note = standfirst.Retraction, note
	withdrawn.Value = standfirst.Value{} // there is no new value to word
	if err := r.tell(c, v, withdrawn); err != nil {
		return err
	}
	citing, err := r.tx.StoriesCiting([]standfirst.ClaimID{c.ID})
	if err != nil {
		return err
	}
	for _, story := range citing {
		if err := prepareAnew(r.tx, r.actor, r.at, story); err != nil {
			return err
		}
	}
	return r.touch(c)
}

// retractions makes the retractions visible that were held back. The versions are as
// they were read before the release.
func (r *releasing) retractions(c standfirst.Claim, versions []standfirst.ClaimVersion) error {
	shown, err := r.tx.Versions(c.ID, store.ForReaders)
	if err != nil {
		return err
	}
	held := make(map[standfirst.ClaimVersionID]bool)
	for _, v := range shown {
		held[v.ID] = v.Ended == standfirst.Current
	}
	ends, err := r.tx.Ends(c.ID, store.ForDesk)
	if err != nil {
		return err
	}
	for _, end := range ends {
		at := slices.IndexFunc(versions, func(v standfirst.ClaimVersion) bool { return v.ID == end.Version })
		if at < 0 || end.Lifecycle != standfirst.RetractedClaim || !held[end.Version] {
			continue
		}
		if err := r.retract(c, versions[at], end.Note); err != nil {
			return err
		}
	}
	return nil
}
