package store

import (
	"time"

	"standfirst"
)

// StaffCode is what the time-based codes of a member are computed from.
type StaffCode struct {
	Secret    string // in Base32, as RFC 6238 has it
	Confirmed bool   // one of its codes was shown
	Step      int64  // of the code that was used last
}

// StaffCode returns what the codes of the member are computed from. It returns a NotFound
// error if there are none.
func (tx *ReadTx) StaffCode(id standfirst.UserID) (StaffCode, error) {
	c, err := one(tx, scanStaffCode, "StaffCode", int64(id))
	return c, missing(err, "codes are not set up")
}

func scanStaffCode(row scanner) (c StaffCode, err error) {
	var confirmed int64
	err = row.Scan(&c.Secret, &confirmed, &c.Step)
	c.Confirmed = confirmed != 0
	return c, err
}

// PutStaffCode stores a new secret of the member, in place of the one of before, not yet
// confirmed.
func (tx *Tx) PutStaffCode(id standfirst.UserID, secret string, at time.Time) error {
	_, err := tx.exec("PutStaffCode", int64(id), secret, toMicros(at))
	return err
}

// UseStaffCode notes that the code of the step was shown, and reports whether it is later
// than all that were shown before.
func (tx *Tx) UseStaffCode(id standfirst.UserID, step int64) (fresh bool, err error) {
	n, err := tx.exec("UseStaffCode", step, int64(id))
	return n > 0, err
}

// DeleteFactors forgets how the member signs in but for the password: codes, recovery codes,
// passkeys, by what providers know them, and every sign-in that waits for one.
func (tx *Tx) DeleteFactors(id standfirst.UserID) error {
	if err := tx.DeleteStaffCode(id); err != nil {
		return err
	}
	for _, name := range []string{"DeletePasskeys", "DeleteIdentities", "DeleteSignInSteps"} {
		if _, err := tx.exec(name, int64(id)); err != nil {
			return err
		}
	}
	return nil
}

// DeleteStaffCode forgets the codes of the member and those for recovery.
func (tx *Tx) DeleteStaffCode(id standfirst.UserID) error {
	for _, name := range []string{"DeleteStaffCode", "DeleteRecoveryCodes"} {
		if _, err := tx.exec(name, int64(id)); err != nil {
			return err
		}
	}
	return nil
}

// RecoveryCodes returns how many recovery codes the member has left.
func (tx *ReadTx) RecoveryCodes(id standfirst.UserID) (int, error) {
	n, err := one(tx, scanID[int64], "RecoveryCodes", int64(id))
	return int(n), err
}

// PutRecoveryCodes stores the digests of new recovery codes of the member in place of all
// of before.
func (tx *Tx) PutRecoveryCodes(id standfirst.UserID, codes []string) error {
	if _, err := tx.exec("DeleteRecoveryCodes", int64(id)); err != nil {
		return err
	}
	for _, code := range codes {
		if _, err := tx.exec("InsertRecoveryCode", int64(id), code); err != nil {
			return err
		}
	}
	return nil
}

// UseRecoveryCode deletes the recovery code with the digest, and reports whether the member
// had it.
func (tx *Tx) UseRecoveryCode(id standfirst.UserID, code string) (bool, error) {
	n, err := tx.exec("UseRecoveryCode", int64(id), code)
	return n > 0, err
}

// Passkeys returns the passkeys of the member, the oldest first.
func (tx *ReadTx) Passkeys(id standfirst.UserID) ([]standfirst.Passkey, error) {
	return all(tx, scanPasskey, "Passkeys", int64(id))
}

func scanPasskey(row scanner) (p standfirst.Passkey, err error) {
	err = row.Scan(&p.ID, &p.Staff, &p.Credential, &p.Name, &p.Data, (*instant)(&p.CreatedAt), (*instant)(&p.UsedAt))
	return p, err
}

// InsertPasskey stores a new passkey. It returns a Conflict error if there is one of the same
// credential.
func (tx *Tx) InsertPasskey(p standfirst.Passkey) (standfirst.PasskeyID, error) {
	id, err := one(&tx.ReadTx, scanID[standfirst.PasskeyID], "InsertPasskey", int64(p.Staff), p.Credential, p.Name, p.Data, toMicros(tx.orNow(p.CreatedAt)))
	return id, taken(err, "this passkey is registered already")
}

// UsePasskey notes that the passkey was used, and what its authenticator keeps count of.
func (tx *Tx) UsePasskey(p standfirst.Passkey) error {
	_, err := tx.exec("UsePasskey", toMicros(p.UsedAt), p.Data, int64(p.ID))
	return err
}

// DeletePasskey forgets a passkey of the member. It returns a NotFound error if that member
// has no such passkey.
func (tx *Tx) DeletePasskey(staff standfirst.UserID, id standfirst.PasskeyID) error {
	n, err := tx.exec("DeletePasskey", int64(id), int64(staff))
	if err == nil && n == 0 {
		err = standfirst.Errorf(standfirst.NotFound, "there is no such passkey")
	}
	return err
}

// SignInStep is a sign-in, or the making of a passkey, that waits for its next step.
type SignInStep struct {
	Kind  string            // of what waits, as package account calls it
	Staff standfirst.UserID // zero where it is not known yet who signs in
	Data  string            // what package account needs then
}

// SignInStep returns what waits under the digest of the token, if it is of the kind and good at
// that time. It returns a NotFound error otherwise.
func (tx *ReadTx) SignInStep(token, kind string, at time.Time) (SignInStep, error) {
	s, err := one(tx, scanSignInStep, "SignInStep", token, kind, toMicros(at))
	s.Kind = kind
	return s, missing(err, "that took too long; begin again")
}

func scanSignInStep(row scanner) (s SignInStep, err error) {
	err = row.Scan(numberInto(&s.Staff), &s.Data)
	return s, err
}

// InsertSignInStep stores what waits under the digest of the token, until the time.
func (tx *Tx) InsertSignInStep(token string, s SignInStep, until time.Time) error {
	_, err := tx.exec("InsertSignInStep", token, s.Kind, toNumber(s.Staff), s.Data, toMicros(until))
	return err
}

// DeleteSignInStep forgets what waits under the digest of the token.
func (tx *Tx) DeleteSignInStep(token string) error {
	_, err := tx.exec("DeleteSignInStep", token)
	return err
}
