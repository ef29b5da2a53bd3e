package store

import "standfirst"

// WorkingCopy returns the working copy of the story.
func (tx *ReadTx) WorkingCopy(id standfirst.StoryID) (standfirst.WorkingCopy, error) {
	w, err := one(tx, scanWorkingCopy, "WorkingCopy", int64(id))
	return w, missing(err, "there is no story %d", id)
}

func scanWorkingCopy(row scanner) (w standfirst.WorkingCopy, err error) {
	var rest storedContent
	err = row.Scan(&w.StoryID, &w.Version, &w.Content.Headline, &w.Content.Standfirst, &w.Content.Body, fromJSON{&rest},
		(*instant)(&w.UpdatedAt), &w.UpdatedBy)
	rest.putInto(&w.Content)
	return w, err
}

// SaveWorkingCopy overwrites the working copy and keeps the story's headline and section
// in step. Version is the version that the save was made from; what is stored is one
// more. If another save came between, it returns a Conflict error and changes
// nothing. An approval of the text ends, and its review is asked for again. A zero
// UpdatedAt becomes now.
func (tx *Tx) SaveWorkingCopy(w standfirst.WorkingCopy) error {
	changed, err := tx.exec("SaveWorkingCopy", w.Content.Headline, w.Content.Standfirst, w.Content.Body,
		toJSON(restOf(w.Content)), toMicros(tx.orNow(w.UpdatedAt)), w.UpdatedBy, int64(w.StoryID), int64(w.Version))
	if err != nil {
		return err
	}
	if changed == 0 {
		current, err := tx.WorkingCopy(w.StoryID)
		if err != nil {
			return err
		}
		return standfirst.Errorf(standfirst.Conflict,
			"the story was saved by %s since you opened it (you have version %d, it is at %d); open it again and repeat your change",
			current.UpdatedBy, w.Version, current.Version)
	}
	if _, err = tx.exec("EndApproval", int64(w.StoryID)); err != nil {
		return err
	}
	key, err := tx.sectionKey(w.Content.Section)
	if err != nil {
		return err
	}
	if _, err = tx.exec("UpdateStoryHeadline", w.Content.Headline, key, int64(w.StoryID)); err != nil {
		return err
	}
	if err := tx.forgetUses(w.StoryID, 0); err != nil {
		return err
	}
	return tx.usePictures(w.StoryID, 0, w.Content)
}
