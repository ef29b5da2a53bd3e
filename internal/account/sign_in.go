package account

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// linkLifetime is how long a one-time link is good.
const linkLifetime = 24 * time.Hour

// errWrong is the one answer to a wrong address and to a wrong password: which of them it
// was is nobody's business.
func errWrong() error {
	return standfirst.Errorf(standfirst.Unauthenticated, "that address and password do not go together")
}

// decoy is a password that nobody has. It is tried where there is none to try, so that an
// address which is not on the staff takes as long as one that is.
var decoy = sync.OnceValues(func() (string, error) { return usualCost.hash(context.Background(), newToken()) })

// SignIn begins a session for the one with the address and password. It returns an
// Unauthenticated error if they do not go together or access was revoked, and a TooMany
// one if there were too many attempts.
func (a *Accounts) SignIn(ctx context.Context, email, password string, from Origin) (SignedIn, error) {
	email = standfirst.CleanEmail(email)
	if len(email) > standfirst.MaxEmail || len(password) > MaxPassword {
		return SignedIn{}, errWrong()
	}
	counted := subjects(email, from.Address)
	if err := a.store.Update(ctx, func(tx *store.Tx) error { return begin(tx, a.clock(), counted) }); err != nil {
		return SignedIn{}, err
	}
	s, renewed, err := a.authenticate(ctx, email, password)
	if err != nil {
		if standfirst.KindOf(err) == standfirst.Unauthenticated {
			a.log.InfoContext(ctx, "sign-in failed", slog.String("from", from.Address))
		}
		return SignedIn{}, err
	}
	token := newToken()
	var in SignedIn
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		if err := forgive(tx, counted); err != nil {
			return err
		}
		if renewed != "" {
			if err := tx.SetStaffPassword(s.ID, renewed); err != nil {
				return err
			}
		}
		in, err = a.beginSession(tx, s, token, from)
		if err != nil {
			return err
		}
		return audit(tx, s.Actor(), "sign in", s.ID, from.Address)
	})
	return in, err
}

// authenticate returns the member whose password it is. renewed is the password hashed at
// the cost of today, if the stored one was not.
func (a *Accounts) authenticate(ctx context.Context, email, password string) (s standfirst.Staff, renewed string, err error) {
	phc := ""
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		s, err = tx.StaffByEmail(email)
		if err != nil {
			return err
		}
		phc, err = tx.StaffPassword(s.ID)
		return err
	})
	if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
		return s, "", err
	}
	real := err == nil && s.Active() && phc != ""
	if !real {
		if phc, err = decoy(); err != nil {
			return s, "", err
		}
	}
	ok, outdated, err := a.cost.matches(ctx, password, phc)
	switch {
	case err != nil:
		return s, "", err
	case !ok || !real:
		return s, "", errWrong()
	case outdated:
		renewed, err = a.cost.hash(ctx, password)
	}
	return s, renewed, err
}

// Link makes a one-time link for the member: its token signs in once, within a day, and
// lets a password be chosen. Links made before stop working.
func (a *Accounts) Link(ctx context.Context, actor standfirst.Actor, email string) (token string, until time.Time, err error) {
	token, until = newToken(), a.clock().Add(linkLifetime)
	err = a.change(ctx, actor, email, func(tx *store.Tx, s standfirst.Staff) error {
		if !s.Active() {
			return standfirst.Errorf(standfirst.Conflict, "the access of %s was revoked; restore it first", s.Email)
		}
		if err := tx.DeleteSignInLinks(s.ID); err != nil {
			return err
		}
		if err := tx.InsertSignInLink(digest(token), s.ID, until); err != nil {
			return err
		}
		return audit(tx, actor, "make a sign-in link", s.ID, "")
	})
	return token, until, err
}

// LinkFor returns whose link the token is, without using it up. It returns a NotFound error
// for one that was used or is too old.
func (a *Accounts) LinkFor(ctx context.Context, token string) (s standfirst.Staff, err error) {
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		s, err = linked(tx, token, a.clock())
		return err
	})
	return s, err
}

func linked(tx *store.ReadTx, token string, now time.Time) (standfirst.Staff, error) {
	id, err := tx.SignInLink(digest(token), now)
	if err != nil {
		return standfirst.Staff{}, err
	}
	s, err := tx.Staff(id)
	if err == nil && !s.Active() {
		err = standfirst.Errorf(standfirst.NotFound, "this link was used, or is too old")
	}
	return s, err
}

// UseLink begins a session for the one whose link it is and uses the link up. A password
// that is not empty becomes theirs; whoever has none must choose one.
func (a *Accounts) UseLink(ctx context.Context, token, password string, from Origin) (in SignedIn, err error) {
	s, err := a.LinkFor(ctx, token)
	if err != nil {
		return in, err
	}
	phc := ""
	if password != "" || !s.Password {
		if err := checkPassword(password, s); err != nil {
			return in, err
		}
		if phc, err = a.cost.hash(ctx, password); err != nil {
			return in, err
		}
	}
	session := newToken()
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		s, err := linked(&tx.ReadTx, token, a.clock()) // it may have been used meanwhile
		if err != nil {
			return err
		}
		if err := tx.DeleteSignInLinks(s.ID); err != nil {
			return err
		}
		if phc != "" {
			if err := setPassword(tx, s.Actor(), s, phc, 0); err != nil {
				return err
			}
			s.Password = true
		}
		if in, err = a.beginSession(tx, s, session, from); err != nil {
			return err
		}
		return audit(tx, s.Actor(), "sign in by link", s.ID, from.Address)
	})
	return in, err
}

// setPassword stores a new password and ends all sessions of the member but one.
func setPassword(tx *store.Tx, actor standfirst.Actor, s standfirst.Staff, phc string, keep standfirst.SessionID) error {
	if err := tx.SetStaffPassword(s.ID, phc); err != nil {
		return err
	}
	if err := tx.DeleteSessions(s.ID, keep); err != nil {
		return err
	}
	return audit(tx, actor, "change password", s.ID, "")
}

// SetPassword gives a member a password, for an actor who manages the staff. Every session
// of the member ends.
func (a *Accounts) SetPassword(ctx context.Context, actor standfirst.Actor, email, password string) error {
	if err := actor.Require(standfirst.ManageStaff); err != nil {
		return err
	}
	var s standfirst.Staff
	err := a.store.View(ctx, func(tx *store.ReadTx) (err error) {
		s, err = found(tx, email)
		return err
	})
	if err != nil {
		return err
	}
	if err := checkPassword(password, s); err != nil {
		return err
	}
	phc, err := a.cost.hash(ctx, password)
	if err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error { return setPassword(tx, actor, s, phc, 0) })
}

// ChangePassword replaces the password of the one who acts, who shows the old one. Their
// other sessions end.
func (a *Accounts) ChangePassword(ctx context.Context, s standfirst.Staff, session standfirst.Session, old, password string, from Origin) error {
	counted := subjects(s.Email, from.Address)
	if err := a.store.Update(ctx, func(tx *store.Tx) error { return begin(tx, a.clock(), counted) }); err != nil {
		return err
	}
	if _, _, err := a.authenticate(ctx, s.Email, old); err != nil {
		if standfirst.KindOf(err) == standfirst.Unauthenticated {
			return standfirst.Errorf(standfirst.Invalid, "that is not your current password")
		}
		return err
	}
	if err := checkPassword(password, s); err != nil {
		return err
	}
	phc, err := a.cost.hash(ctx, password)
	if err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := forgive(tx, counted); err != nil {
			return err
		}
		return setPassword(tx, s.Actor(), s, phc, session.ID)
	})
}
