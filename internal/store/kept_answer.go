package store

import (
	"database/sql"
	"time"

	"standfirst"
)

// KeptAnswer returns what the program with the token was answered under the key, or is being
// answered.
func (tx *ReadTx) KeptAnswer(token standfirst.TokenID, key string) (standfirst.KeptAnswer, error) {
	a, err := one(tx, scanKeptAnswer, "KeptAnswer", int64(token), key)
	return a, missing(err, "nothing was answered under this key")
}

func scanKeptAnswer(row scanner) (a standfirst.KeptAnswer, err error) {
	var status sql.NullInt64
	err = row.Scan(&a.Token, &a.Key, &a.Request, (*instant)(&a.BegunAt), (*instant)(&a.ExpiresAt), &status, &a.Header, &a.Body)
	a.Status = int(status.Int64)
	return a, err
}

// InsertKeptAnswer notes that a request is being answered.
func (tx *Tx) InsertKeptAnswer(a standfirst.KeptAnswer) error {
	_, err := tx.exec("InsertKeptAnswer", int64(a.Token), a.Key, a.Request, toMicros(a.BegunAt), toMicros(a.ExpiresAt))
	return err
}

// CompleteKeptAnswer keeps the answer to a request that was begun then. It does nothing if
// another took its place.
func (tx *Tx) CompleteKeptAnswer(a standfirst.KeptAnswer) error {
	_, err := tx.exec("CompleteKeptAnswer", int64(a.Status), a.Header, a.Body, int64(a.Token), a.Key, toMicros(a.BegunAt))
	return err
}

// DeleteKeptAnswer forgets a request that was begun then, so that it may be tried again.
func (tx *Tx) DeleteKeptAnswer(a standfirst.KeptAnswer) error {
	_, err := tx.exec("DeleteKeptAnswer", int64(a.Token), a.Key, toMicros(a.BegunAt))
	return err
}

// DeleteExpiredAnswers forgets the answers that were over at the time.
func (tx *Tx) DeleteExpiredAnswers(at time.Time) error {
	_, err := tx.exec("DeleteExpiredAnswers", toMicros(at))
	return err
}
