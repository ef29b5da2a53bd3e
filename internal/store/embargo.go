package store

import "standfirst"

// Embargo returns the embargo on the story.
func (tx *ReadTx) Embargo(id standfirst.StoryID) (standfirst.Embargo, error) {
	e, err := one(tx, scanEmbargo, "Embargo", int64(id))
	return e, missing(err, "the story %d is under no embargo", id)
}

func scanEmbargo(row scanner) (e standfirst.Embargo, err error) {
	err = row.Scan(&e.Story, (*instant)(&e.Until), &e.Note, &e.Set.By, &e.Set.Name, (*instant)(&e.Set.At))
	return e, err
}

// PutEmbargo stores the embargo on the story, over any that it had.
func (tx *Tx) PutEmbargo(e standfirst.Embargo) error {
	_, err := tx.exec("PutEmbargo", int64(e.Story), toMicros(e.Until), e.Note, e.Set.By, e.Set.Name, toMicros(tx.orNow(e.Set.At)))
	return err
}

// DeleteEmbargo lifts the embargo on the story; it is no error if it had none.
func (tx *Tx) DeleteEmbargo(id standfirst.StoryID) error {
	_, err := tx.exec("DeleteEmbargo", int64(id))
	return err
}
