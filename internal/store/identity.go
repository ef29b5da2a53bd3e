package store

import (
	"time"

	"standfirst"
)

// SubjectOf returns by which subject the issuer knows the member. It returns a NotFound
// error if the member has not signed in with it.
func (tx *ReadTx) SubjectOf(staff standfirst.UserID, issuer string) (string, error) {
	subject, err := one(tx, scanText, "SubjectOf", int64(staff), issuer)
	return subject, missing(err, "the member has not signed in with %s", issuer)
}

// StaffBySubject returns who signed in as the subject of the issuer. It returns a NotFound
// error if nobody did.
func (tx *ReadTx) StaffBySubject(issuer, subject string) (standfirst.UserID, error) {
	id, err := one(tx, scanID[standfirst.UserID], "StaffBySubject", issuer, subject)
	return id, missing(err, "nobody has signed in with that account of %s", issuer)
}

// PutIdentity keeps by which subject the issuer knows the member. One that is kept already
// stays as it is.
func (tx *Tx) PutIdentity(staff standfirst.UserID, issuer, subject string, at time.Time) error {
	_, err := tx.exec("PutIdentity", issuer, subject, int64(staff), toMicros(at))
	return err
}
