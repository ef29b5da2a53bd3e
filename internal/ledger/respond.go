package ledger

import (
	"context"
	"slices"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/store"
)

// Respond records what a party said about a deal or a claim, and lets readers see it
// if they see what it is about: then it takes the permission to release. It returns an Invalid
// error for a kind that there is not, for words that are too long and for who is not concerned:
// neither the subject nor a party of the deal. It returns a NotFound error if there is no such
// deal or claim.
func (l *Ledger) Respond(ctx context.Context, actor standfirst.Actor, r standfirst.Response) (standfirst.ResponseID, error) {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return 0, err
	}
	if !r.Kind.Valid() {
		return 0, standfirst.Errorf(standfirst.Invalid, "%q is no response; use confirmed, denied, declined to comment or did not respond", r.Kind)
	}
	if n := utf8.RuneCountInString(r.Words); n > standfirst.MaxResponseWords {
		return 0, standfirst.Errorf(standfirst.Invalid, "the words have %d characters; %d are the most", n, standfirst.MaxResponseWords)
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
		if err := concerned(tx, r); err != nil {
			return err
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

// concerned returns an Invalid error unless the response is of its subject, of a party of the
// deal that this is, or of whom the claim is about as a party.
func concerned(tx *store.Tx, r standfirst.Response) error {
	if r.Party == 0 {
		return standfirst.Errorf(standfirst.Invalid, "say who answered")
	}
	if r.Party == r.Subject.Entity {
		return nil
	}
	if r.Claim != 0 {
		claim, err := tx.Claim(r.Claim)
		if err != nil || claim.Dimensions.Party == r.Party {
			return err
		}
	}
	if r.Subject.Deal != 0 {
		deal, err := tx.Deal(r.Subject.Deal)
		if err != nil || deal.Target == r.Party || slices.ContainsFunc(deal.Parties, func(p standfirst.DealParty) bool { return p.Entity == r.Party }) {
			return err
		}
		return standfirst.Errorf(standfirst.Invalid, "who answered is neither the subject nor a party of “%s”; add it as a party first", deal.Title)
	}
	return standfirst.Errorf(standfirst.Invalid, "who answered is not whom this is about")
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
