package ledger

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// maxResponse bounds what a party is quoted with, in bytes.
const maxResponse = 2000

// Respond records what a party said about a deal or a claim, and lets readers see it
// if they see what it is about: then it takes the permission to release. It returns an Invalid
// error for a kind that there is not and for words that are too long, and a NotFound error if
// there is no such deal, claim or party.
func (l *Ledger) Respond(ctx context.Context, actor standfirst.Actor, r standfirst.Response) (standfirst.ResponseID, error) {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return 0, err
	}
	if !r.Kind.Valid() {
		return 0, standfirst.Errorf(standfirst.Invalid, "%q is no response; use confirmed, denied, declined to comment or did not respond", r.Kind)
	}
	if len(r.Words) > maxResponse {
		return 0, standfirst.Errorf(standfirst.Invalid, "the words are %d bytes too long; %d are the most", len(r.Words)-maxResponse, maxResponse)
	}
	var id standfirst.ResponseID
	err := l.update(ctx, "record a response", func(tx *store.Tx) error {
		object, shown, err := respondsTo(tx, &r)
		if err != nil {
			return err
		}
		if shown {
			if err := actor.Require(standfirst.ReleaseClaim); err != nil {
				return err
			}
		}
		if r.Party != 0 {
			if _, err := tx.Entity(r.Party); err != nil {
				return err
			}
		}
		r.RecordedAt, r.RecordedBy = l.now(), actor.String()
		if r.Day.IsZero() {
			r.Day = standfirst.DayOf(l.now(), l.now().Location())
		}
		if id, err = tx.InsertResponse(r); err != nil {
			return err
		}
		if shown {
			if _, err := tx.ReleaseResponses([]standfirst.ResponseID{id}, l.now()); err != nil {
				return err
			}
			if err := touchAnswered(tx, r.Subject); err != nil {
				return err
			}
		}
		return tx.Audit(standfirst.AuditEntry{At: l.now(), Actor: actor, Action: "response.record", Object: object, Detail: string(r.Kind)})
	})
	return id, err
}

// respondsTo fills in the subject of a response to a claim, and returns what it is
// about and whether readers see that.
func respondsTo(tx *store.Tx, r *standfirst.Response) (object string, shown bool, err error) {
	if r.Claim != 0 {
		claim, err := tx.Claim(r.Claim)
		if err != nil {
			return "", false, err
		}
		r.Subject = claim.Subject
		versions, err := tx.Versions(claim.ID, store.ForReaders)
		return "claim:" + claim.ID.String(), len(versions) > 0, err
	}
	if r.Subject.Deal != 0 {
		deal, err := tx.Deal(r.Subject.Deal)
		return "deal:" + deal.ID.String(), !deal.ReleasedAt.IsZero(), err
	}
	entity, err := tx.Entity(r.Subject.Entity)
	return "entity:" + entity.ID.String(), !entity.ReleasedAt.IsZero(), err
}
