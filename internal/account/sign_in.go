package account

import (
	"context"
	"log/slog"
	"strconv"
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

// SignIn begins a session for the one with the address and password, or a [Step] for one who
// is asked for a code too. It returns an
// Unauthenticated error if they do not go together or access was revoked, a TooMany one if
// there were too many attempts, and an Unavailable one if too many sign in at once.
func (a *Accounts) SignIn(ctx context.Context, email, password string, from Origin) (in SignedIn, err error) {
	email = standfirst.CleanEmail(email)
	if standfirst.ValidateEmail(email) != nil || len(password) > MaxPassword {
		return in, errWrong()
	}
	try := newAttempt(email, from.Address)
	if err := a.begin(ctx, try); err != nil {
		a.log.InfoContext(ctx, "sign-in refused", slog.String("from", from.Address), slog.Any("error", err))
		return in, err
	}
	proved, err := a.authenticate(ctx, email, password)
	if err != nil {
		if standfirst.KindOf(err) == standfirst.Unauthenticated {
			a.log.InfoContext(ctx, "sign-in failed", slog.String("from", from.Address))
		}
		return in, err
	}
	token := newToken()
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		s, err := proved.still(&tx.ReadTx)
		if err != nil {
			return err
		}
		if err := try.succeeded(tx); err != nil {
			return err
		}
		if proved.renewed != "" {
			if err := tx.SetStaffPassword(s.ID, proved.renewed); err != nil {
				return err
			}
		}
		in, err = a.finish(tx, s, token, from, "sign in")
		return err
	})
	return in, err
}

// begin counts the attempt. Where there were enough it is refused without a write, which
// others wait for.
func (a *Accounts) begin(ctx context.Context, try attempt) error {
	now := a.clock()
	if err := a.store.View(ctx, func(tx *store.ReadTx) error { return try.refused(tx, now) }); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error { return try.count(tx, now) })
}

// proof is that somebody knows a member's password.
type proof struct {
	staff   standfirst.UserID
	phc     string // of the password that was shown
	renewed string // the same at the cost of today, if it was stored at another
}

// still returns the member if the password is still theirs and they may still sign in:
// hashing takes a while, in which it may have been changed and access revoked.
func (p proof) still(tx *store.ReadTx) (standfirst.Staff, error) {
	s, err := tx.Staff(p.staff)
	if err != nil {
		return s, err
	}
	phc, err := tx.StaffPassword(p.staff)
	if err == nil && (phc != p.phc || !s.Active()) {
		err = errWrong()
	}
	return s, err
}

// authenticate proves that the password is that of the member with the address. Where there
// is none to try a decoy is tried, so that an address which is not on the staff takes as
// long as one that is.
func (a *Accounts) authenticate(ctx context.Context, email, password string) (p proof, err error) {
	real := false
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		s, err := tx.StaffByEmail(email)
		if err != nil {
			return err
		}
		p.staff = s.ID
		p.phc, err = tx.StaffPassword(s.ID)
		real = s.Active() && p.phc != ""
		return err
	})
	if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
		return p, err
	}
	if !real {
		p.phc = a.cost.decoy()
	}
	ok, outdated, err := a.cost.matches(ctx, password, p.phc)
	switch {
	case err != nil:
		return p, err
	case !ok || !real:
		return p, errWrong()
	case outdated:
		p.renewed, err = a.cost.hash(ctx, password)
	}
	return p, err
}

// Link makes a one-time link for the member: its token signs in once, within a day, and
// lets a password be chosen. Links made before stop working.
func (a *Accounts) Link(ctx context.Context, actor standfirst.Actor, email string) (token string, until time.Time, err error) {
	token = newToken()
	err = a.change(ctx, actor, email, func(tx *store.Tx, s standfirst.Staff) error {
		until, err = a.makeLink(tx, actor, s, token)
		return err
	})
	return token, until, err
}

// makeLink stores a one-time link of the member in place of those of before.
func (a *Accounts) makeLink(tx *store.Tx, actor standfirst.Actor, s standfirst.Staff, token string) (until time.Time, err error) {
	if !s.Active() {
		return until, standfirst.Errorf(standfirst.Conflict, "the access of %s was revoked; restore it first", s.Email)
	}
	if err := tx.DeleteSignInLinks(s.ID); err != nil {
		return until, err
	}
	until = a.clock().Add(linkLifetime)
	if err := tx.InsertSignInLink(digest(token), s.ID, until); err != nil {
		return until, err
	}
	return until, audit(tx, actor, "make a sign-in link", s.ID, "")
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

// UseLink begins a session for the one whose link it is, or a [Step] as [Accounts.SignIn] does,
// and uses the link up. A password
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
		if err := newAttempt(s.Email, from.Address).succeeded(tx); err != nil {
			return err
		}
		if phc != "" {
			if err := setPassword(tx, s.Actor(), s, phc, 0); err != nil {
				return err
			}
			s.Password = true
		}
		in, err = a.finish(tx, s, session, from, "sign in by link")
		return err
	})
	return in, err
}

// setPassword stores a new password, ends all sessions of the member but one, and forgets
// their links and tokens: who knew the old one could have made some.
func setPassword(tx *store.Tx, actor standfirst.Actor, s standfirst.Staff, phc string, keep standfirst.SessionID) error {
	if err := tx.SetStaffPassword(s.ID, phc); err != nil {
		return err
	}
	if err := tx.DeleteSessions(s.ID, keep); err != nil {
		return err
	}
	if err := tx.DeleteSignInLinks(s.ID); err != nil {
		return err
	}
	if err := tx.DeleteTokens(s.ID); err != nil {
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

// ChangePassword replaces the password of the member in the session, who shows the old one.
// Their other sessions end. It returns an Invalid error if the old one is wrong or the new
// one cannot be taken, and a TooMany one if the old one was tried too often.
func (a *Accounts) ChangePassword(ctx context.Context, s standfirst.Staff, session standfirst.Session, old, password string) error {
	if err := checkPassword(password, s); err != nil {
		return err
	}
	phc := ""
	return a.provedWith(ctx, s, session, old, func() (err error) {
		phc, err = a.cost.hash(ctx, password)
		return err
	}, func(tx *store.Tx, s standfirst.Staff) error {
		return setPassword(tx, s.Actor(), s, phc, session.ID)
	})
}

// proved runs fn on the member in the session, who shows the password: what a browser that
// was left open must not do by itself. It returns an Invalid error if it is wrong, a TooMany
// one if it was tried too often, and an Unauthenticated one if the session has ended.
func (a *Accounts) proved(ctx context.Context, s standfirst.Staff, session standfirst.Session, password string, fn func(*store.Tx, standfirst.Staff) error) error {
	return a.provedWith(ctx, s, session, password, func() error { return nil }, fn)
}

// provedWith does what proved does, and prepares what takes long between the proof and the
// transaction.
func (a *Accounts) provedWith(ctx context.Context, s standfirst.Staff, session standfirst.Session, password string,
	prepare func() error, fn func(*store.Tx, standfirst.Staff) error,
) error {
	wrong := standfirst.Errorf(standfirst.Invalid, "that is not your current password")
	if len(password) > MaxPassword {
		return wrong
	}
	now := a.clock()
	changes := subject{"change by " + strconv.FormatInt(int64(s.ID), 10), maxChange}
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		return take(tx, now, changes)
	})
	if err != nil {
		return err
	}
	proved, err := a.authenticate(ctx, s.Email, password)
	switch {
	case err != nil && standfirst.KindOf(err) == standfirst.Unauthenticated:
		return wrong
	case err != nil:
		return err
	}
	if err := prepare(); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		now, err := proved.still(&tx.ReadTx)
		if err != nil {
			return err
		}
		open, err := tx.HasSession(s.ID, session.ID)
		if err != nil {
			return err
		}
		if !open {
			return errSignedOut()
		}
		if err := tx.ForgetAttempts(changes.name); err != nil {
			return err
		}
		return fn(tx, now)
	})
}

// SignOutEverybody ends every session and token and forgets every link, as after the restore of a
// backup, in which those stand that were ended since.
func (a *Accounts) SignOutEverybody(ctx context.Context, actor standfirst.Actor) error {
	if err := actor.Require(standfirst.ManageStaff); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.DeleteEverySession(); err != nil {
			return err
		}
		return tx.Audit(standfirst.AuditEntry{Actor: actor, Action: "sign everybody out", Object: "staff"})
	})
}
