package account

import (
	"context"
	"errors"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	// keepAnswers is for how long a program is answered the same under the same key.
	keepAnswers = 24 * time.Hour
	// answersWithin is so long that a request which is not answered by then never will be:
	// the process that had it is gone.
	answersWithin = 2 * time.Minute
)

// ErrOtherRequest is in the chain of the Invalid error for a key under which a program asked
// for something else.
var ErrOtherRequest = errors.New("the key was used for another request")

// Once notes that a program asks for something that is to be done once, under a key of its
// own. It returns the answer, complete if it was given before. It returns a Conflict while
// the same is being answered, and [ErrOtherRequest] for a key of another request.
func (a *Accounts) Once(ctx context.Context, token standfirst.TokenID, key, request string) (standfirst.KeptAnswer, error) {
	now := a.clock().UTC().Truncate(time.Microsecond)
	begun := standfirst.KeptAnswer{Token: token, Key: digest(key), Request: request, BegunAt: now, ExpiresAt: now.Add(keepAnswers)}
	var out standfirst.KeptAnswer
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		out = begun
		kept, err := tx.KeptAnswer(token, begun.Key)
		if err == nil && (!kept.ExpiresAt.After(now) || kept.Status == 0 && now.Sub(kept.BegunAt) > answersWithin) {
			if err := tx.DeleteKeptAnswer(kept); err != nil {
				return err
			}
			return tx.InsertKeptAnswer(begun)
		}
		switch {
		case err != nil && standfirst.KindOf(err) == standfirst.NotFound:
			return tx.InsertKeptAnswer(begun)
		case err != nil:
			return err
		case kept.Request != request:
			return standfirst.WrapError(standfirst.Invalid, ErrOtherRequest, "this Idempotency-Key was used for another request; use a new one for each thing that is to be done")
		case kept.Status == 0:
			return standfirst.Errorf(standfirst.Conflict, "the same request is being answered now; ask again in a moment")
		}
		out = kept
		return nil
	})
	return out, err
}

// Keep keeps the answer to a request that [Accounts.Once] noted; without a status it is
// forgotten, and may be tried again.
func (a *Accounts) Keep(ctx context.Context, answer standfirst.KeptAnswer) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if answer.Status == 0 {
			return tx.DeleteKeptAnswer(answer)
		}
		return tx.CompleteKeptAnswer(answer)
	})
}
