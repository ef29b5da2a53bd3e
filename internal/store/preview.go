package store

import (
	"time"

	"standfirst"
)

// PreviewByToken returns the preview with the digest of its token, if it is good at that
// time.
func (tx *ReadTx) PreviewByToken(token string, at time.Time) (standfirst.Preview, error) {
	p, err := one(tx, scanPreview, "PreviewByToken", token, toMicros(at))
	return p, missing(err, "this preview was taken back, or is too old")
}

// Previews returns up to limit previews of the story that are good at the time and come
// before the given one, zero for the newest, newest first.
func (tx *ReadTx) Previews(story standfirst.StoryID, at time.Time, before standfirst.PreviewID, limit int) ([]standfirst.Preview, error) {
	return all(tx, scanPreview, "Previews", int64(story), belowID(before), toMicros(at), int64(limit))
}

func scanPreview(row scanner) (p standfirst.Preview, err error) {
	err = row.Scan(&p.ID, &p.Story, &p.Made.By, &p.Made.Name, (*instant)(&p.Made.At), (*instant)(&p.ExpiresAt))
	return p, err
}

// InsertPreview stores a new preview under the digest of its token.
func (tx *Tx) InsertPreview(token string, p standfirst.Preview) (standfirst.PreviewID, error) {
	return one(&tx.ReadTx, scanID[standfirst.PreviewID], "InsertPreview", token, int64(p.Story), p.Made.By, p.Made.Name,
		toMicros(tx.orNow(p.Made.At)), toMicros(p.ExpiresAt))
}

// DeletePreview takes a preview of the story back. It returns a NotFound error if the
// story has no such preview.
func (tx *Tx) DeletePreview(story standfirst.StoryID, id standfirst.PreviewID) error {
	n, err := tx.exec("DeletePreview", int64(id), int64(story))
	if err == nil && n == 0 {
		err = standfirst.Errorf(standfirst.NotFound, "the story %d has no preview %d", story, id)
	}
	return err
}

// DeletePreviews takes every preview of the story back.
func (tx *Tx) DeletePreviews(story standfirst.StoryID) error {
	_, err := tx.exec("DeletePreviews", int64(story))
	return err
}
