package store

import "standfirst"

// Filing returns the story that the text with the digest was filed as.
func (tx *ReadTx) Filing(digest string) (standfirst.StoryID, error) {
	id, err := one(tx, scanID[standfirst.StoryID], "Filing", digest)
	return id, missing(err, "no text with the digest %s was filed", digest)
}

// InsertFiling remembers that the text with the digest was filed as the story. It
// returns a Conflict error if it was filed before.
func (tx *Tx) InsertFiling(digest string, id standfirst.StoryID) error {
	changed, err := tx.exec("InsertFiling", digest, int64(id), toMicros(tx.Now()))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return taken(err, "the text with the digest %s was filed before", digest)
}
