package store

import (
	"time"

	"standfirst"
)

// Tokens are stored as digests, which package account makes: who reads the database
// cannot sign in with what stands there.

// SessionByToken returns the session with the digest of its token, over or not.
func (tx *ReadTx) SessionByToken(token string) (standfirst.Session, error) {
	s, err := one(tx, scanSession, "SessionByToken", token)
	return s, missing(err, "there is no such session")
}

// Sessions returns the last limit sessions of a member, the one seen last first.
func (tx *ReadTx) Sessions(id standfirst.UserID, limit int) ([]standfirst.Session, error) {
	return all(tx, scanSession, "Sessions", int64(id), int64(limit))
}

func scanSession(row scanner) (s standfirst.Session, err error) {
	err = row.Scan(&s.ID, &s.Staff, (*instant)(&s.CreatedAt), (*instant)(&s.SeenAt), (*instant)(&s.ExpiresAt), &s.Address, &s.Agent)
	return s, err
}

// HasSession reports whether the member has the session, over or not.
func (tx *ReadTx) HasSession(staff standfirst.UserID, id standfirst.SessionID) (bool, error) {
	_, err := one(tx, scanID[standfirst.SessionID], "HasSession", int64(id), int64(staff))
	if err == errNoRow {
		return false, nil
	}
	return err == nil, err
}

// SessionAddresses returns the addresses of up to limit sessions that are not over at the
// time, of the member with the e-mail address, and none where there is no such member.
func (tx *ReadTx) SessionAddresses(email string, at time.Time, limit int) ([]string, error) {
	return all(tx, scanText, "SessionAddresses", email, toMicros(at), int64(limit))
}

// InsertSession stores a new session under the digest of its token. It was seen when it
// was made.
func (tx *Tx) InsertSession(token string, s standfirst.Session) (standfirst.SessionID, error) {
	return one(&tx.ReadTx, scanID[standfirst.SessionID], "InsertSession",
		token, int64(s.Staff), toMicros(s.CreatedAt), toMicros(s.ExpiresAt), s.Address, s.Agent)
}

// SeeSession stores when the session was seen last and until when it lasts.
func (tx *Tx) SeeSession(id standfirst.SessionID, at, until time.Time) error {
	_, err := tx.exec("SeeSession", toMicros(at), toMicros(until), int64(id))
	return err
}

// DeleteSession ends the session of the member. It returns a NotFound error if that
// member has no such session.
func (tx *Tx) DeleteSession(staff standfirst.UserID, id standfirst.SessionID) error {
	n, err := tx.exec("DeleteSession", int64(id), int64(staff))
	if err == nil && n == 0 {
		err = standfirst.Errorf(standfirst.NotFound, "there is no such session")
	}
	return err
}

// DeleteSessions ends the sessions of the member but the one to keep, which may be zero.
func (tx *Tx) DeleteSessions(staff standfirst.UserID, keep standfirst.SessionID) error {
	_, err := tx.exec("DeleteSessions", int64(staff), int64(keep))
	return err
}

// SignInLink returns whose link has the token with the digest, if it is good at that time.
func (tx *ReadTx) SignInLink(token string, at time.Time) (standfirst.UserID, error) {
	id, err := one(tx, scanID[standfirst.UserID], "SignInLink", token, toMicros(at))
	return id, missing(err, "this link was used, or is too old")
}

// InsertSignInLink stores a link by which the member can sign in until the time.
func (tx *Tx) InsertSignInLink(token string, staff standfirst.UserID, until time.Time) error {
	_, err := tx.exec("InsertSignInLink", token, int64(staff), toMicros(until))
	return err
}

// DeleteSignInLinks forgets every link of the member.
func (tx *Tx) DeleteSignInLinks(staff standfirst.UserID) error {
	_, err := tx.exec("DeleteSignInLinks", int64(staff))
	return err
}

// Attempts returns how many attempts are counted under the subject, in the window
// that began after the time.
func (tx *ReadTx) Attempts(subject string, since time.Time) (int, error) {
	n, err := one(tx, scanID[int64], "Attempts", subject, toMicros(since))
	if err == errNoRow {
		return 0, nil
	}
	return int(n), err
}

// CountAttempt counts one more attempt under the subject. A window that began at or
// before the time is over, and a new one begins now.
func (tx *Tx) CountAttempt(subject string, now, since time.Time) error {
	_, err := tx.exec("CountAttempt", subject, toMicros(now), toMicros(since))
	return err
}

// TakeAttempt counts one more of whatever is limited under the subject, as CountAttempt
// does, unless the window has as many as it may: then it returns when the window began.
func (tx *Tx) TakeAttempt(subject string, most int, now, since time.Time) (full time.Time, taken bool, err error) {
	n, err := tx.exec("TakeAttempt", subject, toMicros(now), toMicros(since), int64(most))
	if err != nil || n > 0 {
		return time.Time{}, err == nil, err
	}
	began, err := one(&tx.ReadTx, scanID[int64], "AttemptsSince", subject)
	return time.UnixMicro(began).UTC(), false, err
}

// ForgiveAttempt takes one of the attempts under the subject back.
func (tx *Tx) ForgiveAttempt(subject string) error {
	_, err := tx.exec("ForgiveAttempt", subject)
	return err
}

// ForgetAttempts takes away what was counted under the subject.
func (tx *Tx) ForgetAttempts(subject string) error {
	_, err := tx.exec("ForgetAttempts", subject)
	return err
}

// PruneSessions deletes sessions, links and previews, of staff and of readers, that are over at the time, and
// attempts whose windows began before the other.
func (tx *Tx) PruneSessions(at, attemptsSince time.Time) error {
	if _, err := tx.exec("DeleteExpiredSessions", toMicros(at)); err != nil {
		return err
	}
	for _, name := range []string{"DeleteExpiredSignInLinks", "DeleteExpiredSignInSteps", "DeleteExpiredReaderSessions", "DeleteExpiredReaderLinks", "DeleteExpiredPreviews"} {
		if _, err := tx.exec(name, toMicros(at)); err != nil {
			return err
		}
	}
	_, err := tx.exec("DeleteOldAttempts", toMicros(attemptsSince))
	return err
}

// DeleteEverySession deletes all sessions, links, tokens, previews and counted attempts, those of readers too.
func (tx *Tx) DeleteEverySession() error {
	for _, name := range []string{
		"DeleteAllSessions", "DeleteAllTokens", "DeleteAllSignInLinks", "DeleteAllSignInSteps", "DeleteAllReaderSessions", "DeleteAllReaderLinks", "DeleteAllPreviews", "DeleteAllAttempts",
	} {
		if _, err := tx.exec(name); err != nil {
			return err
		}
	}
	return nil
}
