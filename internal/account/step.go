package account

import (
	"context"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// What waits for its next step.
const (
	stepCode       = "code"           // a password was right, and a code is asked for
	stepNewPasskey = "new passkey"    // an authenticator makes a key pair
	stepPasskey    = "passkey"        // an authenticator signs
	stepLifetime   = 10 * time.Minute // in which a person finds their phone
	maxStepsBegun  = 30               // by nobody in particular, from one network, within [AttemptWindow]
	maxCodes       = 6                // of one member, within [AttemptWindow]
)

// Step is a sign-in that waits for a code.
type Step struct {
	Token string // to be shown with the code
	Until time.Time
}

// beginStep stores what waits and returns the token under which it does.
func (a *Accounts) beginStep(tx *store.Tx, token string, s store.SignInStep) (Step, error) {
	step := Step{Token: token, Until: a.clock().Add(stepLifetime)}
	return step, tx.InsertSignInStep(digest(token), s, step.Until)
}

// finish ends what began with an address, and a password or a link: with a session, or with
// a [Step] where the member has codes set up.
func (a *Accounts) finish(tx *store.Tx, s standfirst.Staff, token string, from Origin, how string) (in SignedIn, err error) {
	code, err := tx.StaffCode(s.ID)
	switch {
	case err == nil && code.Confirmed:
		step, err := a.beginStep(tx, token, store.SignInStep{Kind: stepCode, Staff: s.ID, Data: how})
		return SignedIn{Staff: s, Step: &step}, err
	case err != nil && standfirst.KindOf(err) != standfirst.NotFound:
		return in, err
	}
	if in, err = a.beginSession(tx, s, token, from); err != nil {
		return in, err
	}
	return in, audit(tx, s.Actor(), how, s.ID, "")
}

// SignInCode goes on with a sign-in that waits for a code, and begins the session. The code is
// one of six digits, or one for recovery. It returns a NotFound error if nothing waits under
// the token any more, an Invalid one for a code that is wrong or was used, and a TooMany one if
// too many were tried.
func (a *Accounts) SignInCode(ctx context.Context, token, code string, from Origin) (in SignedIn, err error) {
	now := a.clock()
	session := newToken()
	var waits store.SignInStep
	var tries subject
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		if waits, err = tx.SignInStep(digest(token), stepCode, now); err != nil {
			return err
		}
		tries = codesOf(waits.Staff)
		return take(tx, now, tries)
	})
	if err != nil {
		return in, err
	}
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.SignInStep(digest(token), stepCode, now); err != nil {
			return err // somebody was faster with the same token
		}
		s, err := tx.Staff(waits.Staff)
		if err != nil {
			return err
		}
		if !s.Active() {
			return errWrong()
		}
		how, err := useCode(tx, s.ID, code, now)
		if err != nil {
			return err
		}
		if err := tx.DeleteSignInStep(digest(token)); err != nil {
			return err
		}
		if err := tx.ForgetAttempts(tries.name); err != nil {
			return err
		}
		if in, err = a.beginSession(tx, s, session, from); err != nil {
			return err
		}
		return audit(tx, s.Actor(), waits.Data, s.ID, how)
	})
	return in, err
}
