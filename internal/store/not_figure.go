package store

import (
	"time"

	"standfirst"
)

// NotFigures returns the words of which somebody said that they are no figure in the
// story, each once and in the order of the text.
func (tx *ReadTx) NotFigures(id standfirst.StoryID) ([]string, error) {
	return all(tx, func(row scanner) (words string, err error) {
		err = row.Scan(&words)
		return words, err
	}, "NotFigures", int64(id))
}

// PutNotFigure stores that the words are no figure in the story, and who says so; it is no
// error if that is stored already.
func (tx *Tx) PutNotFigure(id standfirst.StoryID, words string, at time.Time, by string) error {
	_, err := tx.exec("PutNotFigure", int64(id), words, toMicros(tx.orNow(at)), by)
	return err
}

// DropNotFigure takes back that the words are no figure in the story, and no words take
// back all. It is no error if nobody said so.
func (tx *Tx) DropNotFigure(id standfirst.StoryID, words string) error {
	if words == "" {
		_, err := tx.exec("DeleteNotFigures", int64(id))
		return err
	}
	_, err := tx.exec("DeleteNotFigure", int64(id), words)
	return err
}
