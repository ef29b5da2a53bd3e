package store

import (
	"time"

	"standfirst"
)

// Commenter returns the writer with the identifier.
func (tx *ReadTx) Commenter(id standfirst.ReaderID) (standfirst.Commenter, error) {
	c, err := one(tx, scanCommenter, "Commenter", int64(id))
	return c, missing(err, "there is no reader %d", id)
}

// CommenterByEmail returns the writer with the address, as [standfirst.CleanEmail] writes
// it.
func (tx *ReadTx) CommenterByEmail(email string) (standfirst.Commenter, error) {
	c, err := one(tx, scanCommenter, "CommenterByEmail", email)
	return c, missing(err, "there is no reader with the address %s", email)
}

func scanCommenter(row scanner) (c standfirst.Commenter, err error) {
	err = row.Scan(&c.ID, textInto(&c.Email), &c.Name, (*instant)(&c.CreatedAt), (*instant)(&c.SeenAt), (*instant)(&c.ConfirmedAt), &c.Approved, &c.Rejected)
	return c, err
}

// SeeCommenter notes that the guest with the address was here under the name, with so many
// comments approved, and returns who it is. An address that a reader proved to be theirs says
// nothing about a guest: then it notes nothing, and returns zero.
func (tx *Tx) SeeCommenter(email, name string, at time.Time, approved int) (standfirst.ReaderID, error) {
	id, err := one(&tx.ReadTx, scanID[standfirst.ReaderID], "SeeCommenter", email, name, toMicros(at), int64(approved))
	if err == errNoRow {
		return 0, nil
	}
	return id, err
}

// CountDecisions changes how many comments of the writer were approved and how many not.
func (tx *Tx) CountDecisions(id standfirst.ReaderID, approved, rejected int) error {
	_, err := tx.exec("CountDecisions", int64(approved), int64(rejected), int64(id))
	return err
}

// ConfirmCommenter notes that the address was proved to be that of a reader, and returns
// who it is. The name counts for a new one, and in place of a guest's.
func (tx *Tx) ConfirmCommenter(email, name string, at time.Time) (standfirst.ReaderID, error) {
	return one(&tx.ReadTx, scanID[standfirst.ReaderID], "ConfirmCommenter", email, name, toMicros(at))
}

// SetCommenterName stores the name under which the reader writes.
func (tx *Tx) SetCommenterName(id standfirst.ReaderID, name string) error {
	_, err := tx.exec("SetCommenterName", name, int64(id))
	return err
}

// ForgetGuests removes the addresses of up to limit writers: of guests who were not here
// since the one time, and of readers who were not here since the other. It returns of how
// many.
func (tx *Tx) ForgetGuests(guests, readers time.Time, limit int) (int, error) {
	last := guests
	if readers.After(last) {
		last = readers
	}
	n, err := tx.exec("ForgetGuests", toMicros(last), toMicros(guests), toMicros(readers), int64(limit))
	return int(n), err
}

// EraseCommenter removes what is known of the writer but how many comments were approved,
// and ends their sessions.
func (tx *Tx) EraseCommenter(id standfirst.ReaderID) error {
	if err := tx.DeleteReaderSessions(id, ""); err != nil {
		return err
	}
	_, err := tx.exec("EraseCommenter", int64(id))
	return err
}
