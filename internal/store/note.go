package store

import "standfirst"

// Note returns the note with the identifier.
func (tx *ReadTx) Note(id standfirst.NoteID) (standfirst.Note, error) {
	n, err := one(tx, scanNote, "Note", int64(id))
	return n, missing(err, "there is no note %d", id)
}

// Notes returns up to limit notes on the story that come after the given one, zero for
// the first, in the order of writing, answers among them.
func (tx *ReadTx) Notes(story standfirst.StoryID, after standfirst.NoteID, limit int) ([]standfirst.Note, error) {
	return all(tx, scanNote, "Notes", int64(story), int64(after), int64(limit))
}

func scanNote(row scanner) (n standfirst.Note, err error) {
	err = row.Scan(&n.ID, &n.Story, numberInto(&n.Thread), &n.Passage.Before, &n.Passage.Words, &n.Passage.After, &n.Text, &n.For,
		&n.Written.By, &n.Written.Name, (*instant)(&n.Written.At), &n.Resolved.By, &n.Resolved.Name, (*instant)(&n.Resolved.At))
	return n, err
}

// InsertNote stores a new note, which is open. A zero time of writing becomes now.
func (tx *Tx) InsertNote(n standfirst.Note) (standfirst.NoteID, error) {
	return one(&tx.ReadTx, scanID[standfirst.NoteID], "InsertNote", int64(n.Story), toNumber(n.Thread), n.Passage.Before, n.Passage.Words,
		n.Passage.After, n.Text, n.For, n.Written.By, n.Written.Name, toMicros(tx.orNow(n.Written.At)))
}

// ResolveNote stores who resolved the note, and its answers, and when; the zero Deed opens
// them again.
func (tx *Tx) ResolveNote(id standfirst.NoteID, d standfirst.Deed) error {
	for _, name := range []string{"ResolveNote", "ResolveAnswers"} {
		if _, err := tx.exec(name, d.By, d.Name, toMicros(d.At), int64(id)); err != nil {
			return err
		}
	}
	return nil
}

// DeleteNotes forgets every note on the story.
func (tx *Tx) DeleteNotes(story standfirst.StoryID) error {
	for _, name := range []string{"DeleteAnswers", "DeleteNotes"} {
		if _, err := tx.exec(name, int64(story)); err != nil {
			return err
		}
	}
	return nil
}
