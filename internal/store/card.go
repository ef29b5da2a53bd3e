package store

import "standfirst"

// CardPicture is the picture by which a story is shared that has none of its own.
type CardPicture struct {
	File   string // its name among the stored pictures
	Digest string // of what it says
}

// CardPicture returns the card of the story.
func (tx *ReadTx) CardPicture(id standfirst.StoryID) (CardPicture, error) {
	c, err := one(tx, func(row scanner) (c CardPicture, err error) {
		err = row.Scan(&c.File, &c.Digest)
		return c, err
	}, "Card", int64(id))
	return c, missing(err, "the story %d has no card", id)
}

// CardStories returns up to limit stories that have a card, the newest first. A list goes on with
// those before the last one that it had; it begins with before = 0.
func (tx *ReadTx) CardStories(before standfirst.StoryID, limit int) ([]standfirst.StoryID, error) {
	return all(tx, scanID[standfirst.StoryID], "CardStories", belowID(before), int64(limit))
}

// PutCardPicture stores the card of the story over the one that it had.
func (tx *Tx) PutCardPicture(id standfirst.StoryID, c CardPicture) error {
	_, err := tx.exec("PutCard", int64(id), c.File, c.Digest)
	return err
}

// DeleteCardPicture forgets the card of the story; it is no error if there is none.
func (tx *Tx) DeleteCardPicture(id standfirst.StoryID) error {
	_, err := tx.exec("DeleteCard", int64(id))
	return err
}
