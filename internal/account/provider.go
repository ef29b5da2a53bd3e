package account

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"log/slog"

	"standfirst"
	"standfirst/internal/store"
)

// stepProvider is a sign-in that waits for what a provider of OpenID Connect says.
const stepProvider = "provider"

// ProviderSignIn is a sign-in with a provider that has begun. The browser keeps the token,
// and brings it back with what the provider gave it.
type ProviderSignIn struct {
	Step    Step
	Attempt standfirst.ProviderAttempt
}

// providerData is what is kept of it.
type providerData struct {
	Attempt standfirst.ProviderAttempt
	Next    string // where to go after it
}

// BeginProviderSignIn begins a sign-in with a provider, from which it goes on to the
// address. It returns a TooMany error if too many were begun from one network.
func (a *Accounts) BeginProviderSignIn(ctx context.Context, next string, from Origin) (p ProviderSignIn, err error) {
	p.Attempt = standfirst.ProviderAttempt{State: newToken(), Nonce: newToken(), Verifier: newToken()}
	data, err := json.Marshal(providerData{p.Attempt, next})
	if err != nil {
		return p, err
	}
	now, token := a.clock(), newToken()
	begun := subject{"providers from " + networkOf(from.Address, networkBitsOfIPv6), maxStepsBegun}
	if err := a.store.View(ctx, func(tx *store.ReadTx) error { return tooMany(tx, now, begun) }); err != nil {
		return p, err
	}
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		if err := take(tx, now, begun); err != nil {
			return err
		}
		p.Step, err = a.beginStep(tx, token, store.SignInStep{Kind: stepProvider, Data: string(data)})
		return err
	})
	return p, err
}

// ProviderAnswer goes on with a sign-in for which the browser shows the token, and the
// state that came back from the provider. It counts once. It returns a NotFound error if
// nothing waits under the token any more, and an Invalid one for the state of another.
func (a *Accounts) ProviderAnswer(ctx context.Context, token, state string) (attempt standfirst.ProviderAttempt, next string, err error) {
	now := a.clock()
	var data providerData
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		step, err := tx.SignInStep(digest(token), stepProvider, now)
		if err != nil {
			return err
		}
		data = providerData{}
		if err := json.Unmarshal([]byte(step.Data), &data); err != nil {
			return err
		}
		return tx.DeleteSignInStep(digest(token))
	})
	if err == nil && subtle.ConstantTimeCompare([]byte(data.Attempt.State), []byte(state)) != 1 {
		err = standfirst.Errorf(standfirst.Invalid, "this answer is for another sign-in; begin again")
	}
	return data.Attempt, data.Next, err
}

// SignInIdentity begins a session for the member whom a provider says that somebody is, or
// a [Step] for one who is asked for a code too; none is asked for where the provider asks
// for more than a password itself. The member is the one with the address, which the
// provider has verified; and once somebody has signed in as the member, nobody else of that
// provider does, until an administrator resets how they sign in. It returns a Forbidden
// error otherwise, which does not tell why.
func (a *Accounts) SignInIdentity(ctx context.Context, id standfirst.Identity, asksForMore bool, from Origin) (in SignedIn, err error) {
	now, token := a.clock(), newToken()
	why := ""
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		in = SignedIn{}
		s, refused, err := a.identified(tx, id)
		if why = refused; err != nil || why != "" {
			return err
		}
		if err := tx.PutIdentity(s.ID, id.Issuer, id.Subject, now); err != nil {
			return err
		}
		const how = "sign in by provider"
		if !asksForMore {
			in, err = a.finish(tx, s, token, from, how)
			return err
		}
		if in, err = a.beginSession(tx, s, token, from); err != nil {
			return err
		}
		return audit(tx, s.Actor(), how, s.ID, "")
	})
	if err == nil && why != "" {
		a.log.InfoContext(ctx, "a sign-in by provider was refused", slog.String("why", why), slog.String("from", from.Address), slog.String("subject", id.Subject))
		err = standfirst.Errorf(standfirst.Forbidden, "nobody on the staff signs in with that account; ask an administrator")
	}
	return in, err
}

// identified returns the member, or why nobody is let in.
func (a *Accounts) identified(tx *store.Tx, id standfirst.Identity) (s standfirst.Staff, refused string, err error) {
	switch {
	case id.Issuer == "" || id.Subject == "":
		return s, "the provider names nobody", nil
	case !id.Verified:
		return s, "the provider has not verified the address", nil
	}
	known := func(err error) (bool, error) {
		if err != nil && standfirst.KindOf(err) == standfirst.NotFound {
			return false, nil
		}
		return err == nil, err
	}
	s, err = found(&tx.ReadTx, id.Email)
	if is, err := known(err); err != nil || !is {
		return s, "nobody on the staff has the address", err
	}
	if !s.Active() {
		return s, "access was revoked", nil
	}
	subject, err := tx.SubjectOf(s.ID, id.Issuer)
	if is, err := known(err); err != nil || is && subject != id.Subject {
		return s, "another account of the provider is the member’s", err
	}
	owner, err := tx.StaffBySubject(id.Issuer, id.Subject)
	if is, err := known(err); err != nil || is && owner != s.ID {
		return s, "the account is another member’s", err
	}
	return s, "", nil
}
