package store

import (
	"time"

	"standfirst"
)

// Revision returns the revision with the identifier.
func (tx *ReadTx) Revision(id standfirst.RevisionID) (standfirst.Revision, error) {
	r, err := one(tx, scanRevision, "Revision", int64(id))
	return r, missing(err, "there is no version %d", id)
}

// PublishedRevision returns the published revision of the story that carries the
// number, from 1.
func (tx *ReadTx) PublishedRevision(id standfirst.StoryID, number int) (standfirst.Revision, error) {
	r, err := one(tx, scanRevision, "PublishedRevision", int64(id), int64(number))
	return r, missing(err, "the story %d has no published version %d", id, number)
}

// Revisions returns up to limit revisions of the story, newest first. A list goes
// on with those before the last one it showed; it begins with before = 0.
func (tx *ReadTx) Revisions(id standfirst.StoryID, before standfirst.RevisionID, limit int) ([]standfirst.Revision, error) {
	return all(tx, scanRevision, "Revisions", int64(id), belowID(before), int64(limit))
}

// PublishedVersions returns up to limit published versions of the story from the number
// down, newest first, without their texts.
func (tx *ReadTx) PublishedVersions(id standfirst.StoryID, from, limit int) ([]standfirst.PublishedVersion, error) {
	return all(tx, scanPublishedVersion, "PublishedVersions", int64(id), int64(from), int64(limit))
}

func scanPublishedVersion(row scanner) (v standfirst.PublishedVersion, err error) {
	var rest storedContent
	err = row.Scan(numberInto(&v.Number), &v.Revision, (*instant)(&v.PublishedAt), &v.Change.Class, &v.Change.Note, &v.Headline, fromJSON{&rest})
	v.Bylines = fromBylines(rest.Bylines)
	return v, err
}

func scanRevision(row scanner) (r standfirst.Revision, err error) {
	var rest storedContent
	err = row.Scan(&r.ID, &r.StoryID, numberInto(&r.Number), &r.Purpose, &r.Content.Headline, &r.Content.Standfirst,
		&r.Content.Body, fromJSON{&rest}, (*instant)(&r.CreatedAt), &r.CreatedBy, (*instant)(&r.PublishedAt),
		&r.Change.Class, &r.Change.Note)
	rest.putInto(&r.Content)
	return r, err
}

// InsertRevision stores a new revision. A zero time of creation becomes now. It
// returns a Conflict error if the story has a published revision of the number.
func (tx *Tx) InsertRevision(r standfirst.Revision) (standfirst.RevisionID, error) {
	id, err := one(&tx.ReadTx, scanID[standfirst.RevisionID], "InsertRevision",
		int64(r.StoryID), toNumber(r.Number), string(r.Purpose), r.Content.Headline, r.Content.Standfirst, r.Content.Body,
		toJSON(restOf(r.Content)), toMicros(tx.orNow(r.CreatedAt)), r.CreatedBy, toMicros(r.PublishedAt),
		string(r.Change.Class), r.Change.Note)
	if err != nil {
		return 0, taken(err, "the story %d already has a published version %d", r.StoryID, r.Number)
	}
	return id, tx.usePictures(r.StoryID, id, r.Content)
}

// NumberRevision makes the revision a published one: it gets its number, from 1, the
// time at which it went out and the change that it is. It returns a Conflict error if another
// revision of the story has the number.
func (tx *Tx) NumberRevision(id standfirst.RevisionID, number int, publishedAt time.Time, change standfirst.Change) error {
	_, err := one(&tx.ReadTx, scanID[standfirst.RevisionID], "RevisionNumberTaken", int64(id), int64(number))
	if err == nil {
		return standfirst.Errorf(standfirst.Conflict, "the story already has a published version %d", number)
	}
	if err != errNoRow {
		return err
	}
	changed, err := tx.exec("NumberRevision", toNumber(number), toMicros(publishedAt),
		string(change.Class), change.Note, int64(id))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "there is no version %d", id)
}

// EraseInRevision overwrites what the revision says, and where it cites claims, with what
// is left of it after an erasure. Nothing else changes a revision.
func (tx *Tx) EraseInRevision(id standfirst.RevisionID, left standfirst.Content, note string) error {
	changed, err := tx.exec("RewriteRevision", left.Headline, left.Standfirst, left.Body, toJSON(restOf(left)), note, int64(id))
	if err == nil && changed == 0 {
		err = errNoRow
	}
	if err != nil {
		return missing(err, "there is no version %d", id)
	}
	r, err := tx.Revision(id)
	if err != nil {
		return err
	}
	if err := tx.forgetUses(r.StoryID, id); err != nil {
		return err
	}
	if err := tx.usePictures(r.StoryID, id, left); err != nil {
		return err
	}
	cited, err := tx.Citations(id)
	if err != nil || len(cited) == 0 {
		return err
	}
	if _, err := tx.exec("DeleteCitations", int64(id)); err != nil {
		return err
	}
	return tx.InsertCitations(id, left.Citations)
}
