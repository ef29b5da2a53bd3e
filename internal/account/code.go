package account

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"standfirst"
	"standfirst/internal/store"
)

// Time-based codes are those of RFC 6238 that every authenticator knows: SHA-1, six digits,
// thirty seconds. A clock may be one step off.
const (
	codeDigits    = 6
	codePeriod    = 30 // seconds
	secretBytes   = 20 // as RFC 4226 recommends
	recoveryCodes = 10
)

var codeOptions = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// CodeSetup is what an authenticator is told.
type CodeSetup struct {
	Secret string // in Base32, for typing
	URI    string // otpauth://…, for a picture
}

// Factors is how a member shows more than a password.
type Factors struct {
	Codes    bool // of six digits are asked for
	Recovery int  // codes that are left
	Passkeys []standfirst.Passkey
}

// Factors returns how the one who acts shows more than a password.
func (a *Accounts) Factors(ctx context.Context, actor standfirst.Actor) (f Factors, err error) {
	if err := requireStaff(actor); err != nil {
		return f, err
	}
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		code, err := tx.StaffCode(actor.ID)
		if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		f.Codes = code.Confirmed
		if f.Recovery, err = tx.RecoveryCodes(actor.ID); err != nil {
			return err
		}
		f.Passkeys, err = tx.Passkeys(actor.ID)
		return err
	})
	return f, err
}

// SetUpCodes makes the secret of a member, who shows the password, in place of one that was
// not confirmed. Nothing is asked for before [Accounts.ConfirmCodes]. It returns a Conflict
// error if codes are asked for already.
func (a *Accounts) SetUpCodes(ctx context.Context, s standfirst.Staff, session standfirst.Session, password string) (setup CodeSetup, err error) {
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // never fails
	setup.Secret = base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	issuer := ""
	err = a.proved(ctx, s, session, password, func(tx *store.Tx, s standfirst.Staff) error {
		code, err := tx.StaffCode(s.ID)
		if err == nil && code.Confirmed {
			return standfirst.Errorf(standfirst.Conflict, "codes are asked for already; switch them off first")
		}
		if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		issuer = pub.Name
		return tx.PutStaffCode(s.ID, setup.Secret, a.clock())
	})
	setup.URI = otpAddress(issuer, s.Email, setup.Secret)
	return setup, err
}

// CodesToConfirm returns what the authenticator of the one who acts is told, while it is not
// confirmed. It returns a NotFound error otherwise.
func (a *Accounts) CodesToConfirm(ctx context.Context, s standfirst.Staff) (setup CodeSetup, err error) {
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		code, err := tx.StaffCode(s.ID)
		if err == nil && code.Confirmed {
			err = standfirst.Errorf(standfirst.NotFound, "codes are not being set up")
		}
		if err != nil {
			return err
		}
		pub, err := tx.Publication()
		setup = CodeSetup{Secret: code.Secret, URI: otpAddress(pub.Name, s.Email, code.Secret)}
		return err
	})
	return setup, err
}

// otpAddress returns the address that authenticators read from a picture:
// https://github.com/google/google-authenticator/wiki/Key-Uri-Format.
func otpAddress(issuer, account, secret string) string {
	issuer = strings.ReplaceAll(issuer, ":", " ")
	return "otpauth://totp/" + url.PathEscape(issuer+":"+account) + "?" +
		strings.ReplaceAll(url.Values{"secret": {secret}, "issuer": {issuer}}.Encode(), "+", "%20")
}

// ConfirmCodes takes the first code of the member's authenticator, from which on codes are
// asked for, ends their other sessions, and returns codes for recovery, each good once. It
// returns an Invalid error for a wrong code, and a TooMany one if too many were tried.
func (a *Accounts) ConfirmCodes(ctx context.Context, s standfirst.Staff, session standfirst.Session, code string) (recovery []string, err error) {
	now := a.clock()
	tries := codesOf(s.ID)
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		return take(tx, now, tries)
	})
	if err != nil {
		return nil, err
	}
	recovery, digests := newRecoveryCodes()
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		current, err := tx.StaffCode(s.ID)
		if err != nil {
			return err
		}
		if current.Confirmed {
			return standfirst.Errorf(standfirst.Conflict, "codes are asked for already")
		}
		if err := useTimed(tx, s.ID, code, now); err != nil {
			return err
		}
		if err := tx.PutRecoveryCodes(s.ID, digests); err != nil {
			return err
		}
		if err := tx.ForgetAttempts(tries.name); err != nil {
			return err
		}
		if err := tx.DeleteSessions(s.ID, session.ID); err != nil {
			return err
		}
		return audit(tx, s.Actor(), "ask for codes", s.ID, "")
	})
	if err != nil {
		return nil, err
	}
	return recovery, nil
}

// DropCodes asks the member, who shows the password, for no codes any more.
func (a *Accounts) DropCodes(ctx context.Context, s standfirst.Staff, session standfirst.Session, password string) error {
	return a.proved(ctx, s, session, password, func(tx *store.Tx, s standfirst.Staff) error {
		if err := tx.DeleteStaffCode(s.ID); err != nil {
			return err
		}
		return audit(tx, s.Actor(), "ask for codes no more", s.ID, "")
	})
}

// RenewRecovery returns new codes for recovery of the member, who shows the password; those of
// before stop working. It returns a Conflict error if no codes are asked for.
func (a *Accounts) RenewRecovery(ctx context.Context, s standfirst.Staff, session standfirst.Session, password string) (recovery []string, err error) {
	recovery, digests := newRecoveryCodes()
	err = a.proved(ctx, s, session, password, func(tx *store.Tx, s standfirst.Staff) error {
		code, err := tx.StaffCode(s.ID)
		if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		if !code.Confirmed {
			return standfirst.Errorf(standfirst.Conflict, "no codes are asked for: there is nothing to recover from")
		}
		if err := tx.PutRecoveryCodes(s.ID, digests); err != nil {
			return err
		}
		return audit(tx, s.Actor(), "renew recovery codes", s.ID, "")
	})
	if err != nil {
		return nil, err
	}
	return recovery, nil
}

// ResetFactors lets a member who lost a device sign in with the password alone: codes and
// passkeys are forgotten, tokens with them, and every session ends.
func (a *Accounts) ResetFactors(ctx context.Context, actor standfirst.Actor, email string) error {
	return a.change(ctx, actor, email, func(tx *store.Tx, s standfirst.Staff) error {
		if err := tx.DeleteFactors(s.ID); err != nil {
			return err
		}
		if err := tx.DeleteSessions(s.ID, 0); err != nil {
			return err
		}
		if err := tx.DeleteTokens(s.ID); err != nil {
			return err
		}
		return audit(tx, actor, "forget codes and passkeys", s.ID, "")
	})
}

// codesOf returns what the codes that a member tries are counted under.
func codesOf(id standfirst.UserID) subject {
	return subject{"code of " + strconv.FormatInt(int64(id), 10), maxCodes}
}

// useCode uses a code up, of six digits or for recovery, and says which it was.
func useCode(tx *store.Tx, id standfirst.UserID, code string, now time.Time) (how string, err error) {
	if code = plainCode(code); len(code) == codeDigits {
		return "code", useTimed(tx, id, code, now)
	}
	ok, err := tx.UseRecoveryCode(id, digest(code))
	if err == nil && !ok {
		err = errWrongCode()
	}
	return "recovery code", err
}

// useTimed uses a code of six digits up: each counts once, and none that is older than one that
// was used.
func useTimed(tx *store.Tx, id standfirst.UserID, code string, now time.Time) error {
	stored, err := tx.StaffCode(id)
	if err != nil {
		return err
	}
	code = plainCode(code)
	here := now.Unix() / codePeriod
	for _, step := range []int64{here, here - 1, here + 1} {
		ok, err := hotp.ValidateCustom(code, uint64(step), stored.Secret, codeOptions)
		if err != nil || !ok || step <= stored.Step {
			continue
		}
		fresh, err := tx.UseStaffCode(id, step)
		if err == nil && !fresh {
			err = errWrongCode()
		}
		return err
	}
	return errWrongCode()
}

// errWrongCode is the answer to a code that is wrong, too old, or was used.
func errWrongCode() error {
	return standfirst.Errorf(standfirst.Invalid, "that code does not count: it is wrong, too old, or was used already")
}

// plainCode returns the code as it is compared: people put blanks and hyphens in it.
func plainCode(code string) string {
	if len(code) > 100 {
		return ""
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code))
}

// newRecoveryCodes returns codes to print, of 80 bits each, and what is stored of them.
func newRecoveryCodes() (codes, digests []string) {
	for range recoveryCodes {
		raw := strings.ToLower(base32.StdEncoding.EncodeToString(random(10)))
		codes = append(codes, strings.Join(slices.Collect(chunks(raw, 4)), "-"))
		digests = append(digests, digest(raw))
	}
	return codes, digests
}

// chunks returns the text in pieces of so many bytes.
func chunks(text string, size int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for len(text) > 0 {
			n := min(size, len(text))
			if !yield(text[:n]) {
				return
			}
			text = text[n:]
		}
	}
}
