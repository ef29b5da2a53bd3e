package store

import (
	"time"

	"standfirst"
)

// ReaderSession is a session of a reader, found by the digest of its token.
type ReaderSession struct {
	Reader    standfirst.Commenter
	SeenAt    time.Time
	ExpiresAt time.Time
}

// ReaderSession returns the session with the digest of its token, over or not.
func (tx *ReadTx) ReaderSession(token string) (ReaderSession, error) {
	s, err := one(tx, scanReaderSession, "ReaderBySession", token)
	return s, missing(err, "there is no such session")
}

func scanReaderSession(row scanner) (s ReaderSession, err error) {
	c := &s.Reader
	err = row.Scan(&c.ID, textInto(&c.Email), &c.Name, (*instant)(&c.CreatedAt), (*instant)(&c.SeenAt), (*instant)(&c.ConfirmedAt), &c.Approved, &c.Rejected,
		(*instant)(&s.SeenAt), (*instant)(&s.ExpiresAt))
	return s, err
}

// InsertReaderSession stores a new session of the reader under the digest of its token.
func (tx *Tx) InsertReaderSession(token string, reader standfirst.ReaderID, at, until time.Time) error {
	_, err := tx.exec("InsertReaderSession", token, int64(reader), toMicros(at), toMicros(until))
	return err
}

// SeeReaderSession stores that the reader was here by the session, which lasts until the
// other time from now on.
func (tx *Tx) SeeReaderSession(token string, reader standfirst.ReaderID, at, until time.Time) error {
	if _, err := tx.exec("SeeReaderSession", toMicros(at), toMicros(until), token); err != nil {
		return err
	}
	_, err := tx.exec("SeeReader", toMicros(at), int64(reader))
	return err
}

// DeleteReaderSession ends the session; it is no error if there is none.
func (tx *Tx) DeleteReaderSession(token string) error {
	_, err := tx.exec("DeleteReaderSession", token)
	return err
}

// DeleteReaderSessions ends the sessions of the reader but the one to keep, which may be
// empty.
func (tx *Tx) DeleteReaderSessions(reader standfirst.ReaderID, keep string) error {
	_, err := tx.exec("DeleteReaderSessions", int64(reader), keep)
	return err
}

// ReaderLink is what a link by which a reader signs in is good for.
type ReaderLink struct {
	Email string // which it proves
	Name  string // for a reader who is new
	Next  string // where the reader wanted to go; may be empty
}

// ReaderLink returns the link with the digest of its token, if it is good at the time.
func (tx *ReadTx) ReaderLink(token string, at time.Time) (ReaderLink, error) {
	l, err := one(tx, func(row scanner) (l ReaderLink, err error) {
		err = row.Scan(&l.Email, &l.Name, &l.Next)
		return l, err
	}, "ReaderLink", token, toMicros(at))
	return l, missing(err, "this link was used, or is too old")
}

// InsertReaderLink stores a link by which a reader can sign in until the time.
func (tx *Tx) InsertReaderLink(token string, l ReaderLink, until time.Time) error {
	_, err := tx.exec("InsertReaderLink", token, l.Email, l.Name, l.Next, toMicros(until))
	return err
}

// DeleteReaderLinks forgets every link that was sent to the address.
func (tx *Tx) DeleteReaderLinks(email string) error {
	_, err := tx.exec("DeleteReaderLinks", email)
	return err
}
