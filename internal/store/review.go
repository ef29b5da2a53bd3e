package store

import "standfirst"

// Review returns the review of the story.
func (tx *ReadTx) Review(id standfirst.StoryID) (standfirst.Review, error) {
	r, err := one(tx, scanReview, "Review", int64(id))
	return r, missing(err, "the story %d is in no review", id)
}

func scanReview(row scanner) (r standfirst.Review, err error) {
	err = row.Scan(&r.Story, &r.Stage, numberInto(&r.Assignee), &r.AssigneeName, &r.Note, &r.Asked.By, &r.Asked.Name, (*instant)(&r.Asked.At),
		&r.Decided.By, &r.Decided.Name, (*instant)(&r.Decided.At), &r.Reason, &r.Version)
	return r, err
}

// IsHandedOn reports whether the story has a review or an embargo.
func (tx *ReadTx) IsHandedOn(id standfirst.StoryID) (bool, error) {
	is, err := one(tx, scanFlag, "IsHandedOn", int64(id))
	return bool(is), err
}

func scanFlag(row scanner) (is flag, err error) {
	err = row.Scan(&is)
	return is, err
}

// PutReview stores the review of the story, over any that it had. A zero time of asking
// becomes now.
func (tx *Tx) PutReview(r standfirst.Review) error {
	_, err := tx.exec("PutReview", int64(r.Story), string(r.Stage), toNumber(r.Assignee), r.Note, r.Asked.By, r.Asked.Name,
		toMicros(tx.orNow(r.Asked.At)), r.Decided.By, r.Decided.Name, toMicros(r.Decided.At), r.Reason, int64(r.Version))
	return err
}

// DeleteReview ends the review of the story; it is no error if it had none.
func (tx *Tx) DeleteReview(id standfirst.StoryID) error {
	_, err := tx.exec("DeleteReview", int64(id))
	return err
}
