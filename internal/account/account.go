// Package account knows who works for the newsroom: passwords, codes, passkeys, sessions,
// one-time links and roles; and which reader is signed in. It hands out the [standfirst.Actor] for which the use cases
// ask; what that actor may do they decide by the table of permissions.
//
// It must not know HTTP: what a cookie is called and where a form stands is the web's.
package account

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// Accounts are the accounts of one newsroom. They are safe for concurrent use.
type Accounts struct {
	store *store.Store
	clock standfirst.Clock
	log   *slog.Logger
	cost  cost
}

// Options say how accounts are kept. The zero value is right.
type Options struct {
	Clock  standfirst.Clock // nil: time.Now
	Logger *slog.Logger     // nil: slog.Default()
}

// New returns the accounts in the store.
func New(st *store.Store, o Options) *Accounts {
	a := &Accounts{store: st, clock: o.Clock, log: o.Logger, cost: usualCost}
	if a.clock == nil {
		a.clock = time.Now
	}
	if a.log == nil {
		a.log = slog.Default()
	}
	return a
}

// audit notes what was done with the account of a member.
func audit(tx *store.Tx, actor standfirst.Actor, action string, id standfirst.UserID, detail string) error {
	return tx.Audit(standfirst.AuditEntry{
		Actor: actor, Action: action, Object: "staff:" + strconv.FormatInt(int64(id), 10), Detail: detail,
	})
}

// found returns the member with the address. The address may be written in any case.
func found(tx *store.ReadTx, email string) (standfirst.Staff, error) {
	return tx.StaffByEmail(standfirst.CleanEmail(email))
}

// Add puts somebody on the staff. It returns a Conflict error if the address is taken,
// and an Invalid one that names what cannot be stored.
func (a *Accounts) Add(ctx context.Context, actor standfirst.Actor, s standfirst.Staff) (standfirst.Staff, error) {
	if err := actor.Require(standfirst.ManageStaff); err != nil {
		return standfirst.Staff{}, err
	}
	s.Email = standfirst.CleanEmail(s.Email)
	if err := s.Validate(); err != nil {
		return standfirst.Staff{}, err
	}
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		id, err := tx.InsertStaff(s)
		if err != nil {
			return err
		}
		if err := audit(tx, actor, "add to the staff", id, string(s.Role)); err != nil {
			return err
		}
		s, err = tx.Staff(id)
		return err
	})
	return s, err
}

// List returns the next limit members of the staff after the address, by address.
func (a *Accounts) List(ctx context.Context, actor standfirst.Actor, after string, limit int) (list []standfirst.Staff, err error) {
	if err := actor.Require(standfirst.ManageStaff); err != nil {
		return nil, err
	}
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		list, err = tx.StaffList(after, limit)
		return err
	})
	return list, err
}

// SetRole gives a member another role. The last administrator keeps it: that is a
// Conflict error.
func (a *Accounts) SetRole(ctx context.Context, actor standfirst.Actor, email string, role standfirst.Role) error {
	if !role.IsStaff() {
		return standfirst.Errorf(standfirst.Invalid, "there is no role %q; there are %s", role, standfirst.RoleNames(standfirst.StaffRoles))
	}
	return a.change(ctx, actor, email, func(tx *store.Tx, s standfirst.Staff) error {
		if s.Role == role {
			return nil
		}
		if role != standfirst.Administrator {
			if err := keepsAdministrator(tx, s); err != nil {
				return err
			}
		}
		if err := tx.SetStaffRole(s.ID, role); err != nil {
			return err
		}
		return audit(tx, actor, "change role", s.ID, string(s.Role)+" to "+string(role))
	})
}

// Revoke takes the access of a member away: every session ends at once and no link,
// token or password works. What the member wrote stays. The last administrator keeps access: that
// is a Conflict error.
func (a *Accounts) Revoke(ctx context.Context, actor standfirst.Actor, email string) error {
	return a.change(ctx, actor, email, func(tx *store.Tx, s standfirst.Staff) error {
		if !s.Active() {
			return nil
		}
		if err := keepsAdministrator(tx, s); err != nil {
			return err
		}
		if err := tx.SetStaffRevoked(s.ID, a.clock()); err != nil {
			return err
		}
		if err := tx.DeleteSessions(s.ID, 0); err != nil {
			return err
		}
		if err := tx.DeleteSignInLinks(s.ID); err != nil {
			return err
		}
		if err := tx.DeleteTokens(s.ID); err != nil {
			return err
		}
		return audit(tx, actor, "revoke access", s.ID, "")
	})
}

// Restore gives access back that was revoked, with the password of before.
func (a *Accounts) Restore(ctx context.Context, actor standfirst.Actor, email string) error {
	return a.change(ctx, actor, email, func(tx *store.Tx, s standfirst.Staff) error {
		if s.Active() {
			return nil
		}
		if err := tx.SetStaffRevoked(s.ID, time.Time{}); err != nil {
			return err
		}
		return audit(tx, actor, "restore access", s.ID, "")
	})
}

// change runs fn on the member with the address, for an actor who manages the staff.
func (a *Accounts) change(ctx context.Context, actor standfirst.Actor, email string, fn func(*store.Tx, standfirst.Staff) error) error {
	if err := actor.Require(standfirst.ManageStaff); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		s, err := found(&tx.ReadTx, email)
		if err != nil {
			return err
		}
		return fn(tx, s)
	})
}

// keepsAdministrator returns a Conflict error if the newsroom would have no
// administrator without the member.
func keepsAdministrator(tx *store.Tx, s standfirst.Staff) error {
	if s.Role != standfirst.Administrator || !s.Active() {
		return nil
	}
	other, err := tx.HasOtherAdministrator(s.ID)
	if err == nil && !other {
		err = standfirst.Errorf(standfirst.Conflict, "%s is the only administrator; make somebody else one first", s.Email)
	}
	return err
}
