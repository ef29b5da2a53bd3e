package store

import (
	"time"

	"standfirst"
)

// AwaitNotice notes that whoever the comment answers is to be told of it. It reports false
// if they were told before.
func (tx *Tx) AwaitNotice(id standfirst.CommentID) (bool, error) {
	n, err := tx.exec("AwaitNotice", int64(id))
	return n > 0, err
}

// AwaitedAnswers returns the first limit answers to the comment that readers see and that
// its writer is to be told of.
func (tx *ReadTx) AwaitedAnswers(id standfirst.CommentID, limit int) ([]standfirst.Comment, error) {
	return all(tx, scanComment, "AwaitedAnswers", int64(id), int64(limit))
}

// NoticeAnswers notes that the writer of the comment was told of every answer that readers
// see now.
func (tx *Tx) NoticeAnswers(id standfirst.CommentID, at time.Time) error {
	if _, err := tx.exec("NoticeAnswers", int64(id)); err != nil {
		return err
	}
	_, err := tx.exec("SetLastNotice", toMicros(at), int64(id))
	return err
}

// LastNotice returns when the writer of the comment was told of answers last; zero for
// never.
func (tx *ReadTx) LastNotice(id standfirst.CommentID) (time.Time, error) {
	return one(tx, func(row scanner) (t time.Time, err error) {
		err = row.Scan((*instant)(&t))
		return t, err
	}, "LastNotice", int64(id))
}

// Told returns of which decision about the comment its writer was told last; empty for none,
// or for one that they were told is undone.
func (tx *ReadTx) Told(id standfirst.CommentID) (string, error) {
	return one(tx, scanText, "Told", int64(id))
}

// SetTold stores of which decision the writer was told.
func (tx *Tx) SetTold(id standfirst.CommentID, decision string) error {
	_, err := tx.exec("SetTold", decision, int64(id))
	return err
}
