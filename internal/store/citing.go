package store

import (
	"time"

	"standfirst"
)

// CitingStories returns up to limit cards of the stories that cite the claim in the
// text that readers see, after the position, newest first.
func (tx *ReadTx) CitingStories(id standfirst.ClaimID, after standfirst.Position, limit int) ([]standfirst.Card, error) {
	return all(tx, scanCard, "CitingStories", keyset(int64(id), after, limit)...)
}

// CitingStoriesOf returns up to limit cards of the stories that cite a claim about the
// deal or entity, or are about it otherwise, after the position, newest first.
func (tx *ReadTx) CitingStoriesOf(s standfirst.Subject, after standfirst.Position, limit int) ([]standfirst.Card, error) {
	return all(tx, scanCard, "CitingStoriesOf", keyset(subjectKey(s), after, limit)...)
}

// StoriesCiting returns every story that cites one of the claims in the text that
// readers see, each once, in the order of their identifiers.
func (tx *ReadTx) StoriesCiting(ids []standfirst.ClaimID) ([]standfirst.StoryID, error) {
	return all(tx, scanID[standfirst.StoryID], "StoriesCiting", toList(ids))
}

// ClaimsNaming returns up to limit of the claims about the entity, or of it as a party, in the
// order of their identifiers after the one given.
func (tx *ReadTx) ClaimsNaming(id standfirst.EntityID, after standfirst.ClaimID, limit int) ([]standfirst.ClaimID, error) {
	return all(tx, scanID[standfirst.ClaimID], "ClaimsNaming", subjectKey(standfirst.Subject{Entity: id}), int64(after), int64(id), int64(limit))
}

// StoriesNaming returns up to limit of the stories that cite one of those claims in the text
// that readers see, in the order of their identifiers after the one given.
func (tx *ReadTx) StoriesNaming(id standfirst.EntityID, after standfirst.StoryID, limit int) ([]standfirst.StoryID, error) {
	return all(tx, scanID[standfirst.StoryID], "StoriesNaming", subjectKey(standfirst.Subject{Entity: id}), int64(id), int64(after), int64(limit))
}

// StoriesCitingVersion returns every story whose text that readers see means the version
// of the claim, in the order of their identifiers.
func (tx *ReadTx) StoriesCitingVersion(id standfirst.ClaimID, version standfirst.ClaimVersionID) ([]standfirst.StoryID, error) {
	return all(tx, scanID[standfirst.StoryID], "StoriesCitingVersion", int64(id), int64(version))
}

// SetCiting says which claims the text that readers see of the story cites, instead of
// what was said before, and since when the story is listed. The story is then found
// under the claims and their subjects, and under the others that it is about.
func (tx *Tx) SetCiting(id standfirst.StoryID, listedAt time.Time, claims []standfirst.ClaimID, others ...standfirst.Subject) error {
	if err := tx.ClearCiting(id); err != nil {
		return err
	}
	cited, err := tx.ClaimsByID(claims)
	if err != nil {
		return err
	}
	for _, c := range cited {
		if _, err := tx.exec("InsertCiting", int64(c.ID), toMicros(listedAt), int64(id)); err != nil {
			return err
		}
		others = append(others, c.Subject)
	}
	for _, s := range others {
		if _, err := tx.exec("InsertCitingSubject", subjectKey(s), toMicros(listedAt), int64(id)); err != nil {
			return err
		}
	}
	return nil
}

// ClearCiting says that readers see no text of the story that cites anything.
func (tx *Tx) ClearCiting(id standfirst.StoryID) error {
	if _, err := tx.exec("DeleteCiting", int64(id)); err != nil {
		return err
	}
	_, err := tx.exec("DeleteCitingSubjects", int64(id))
	return err
}
