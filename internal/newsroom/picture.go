package newsroom

import (
	"context"
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// havePictures returns an Invalid error if the content uses a picture that is not stored.
func havePictures(tx *store.Tx, c standfirst.Content) error {
	var used []standfirst.PictureID
	if c.Picture != nil {
		used = append(used, c.Picture.ID)
	}
	if c.Social.Picture != 0 {
		used = append(used, c.Social.Picture)
	}
	for _, id := range used {
		_, err := tx.Picture(id)
		if isNotFound(err) {
			return standfirst.Errorf(standfirst.Invalid, "there is no picture %s; choose one of those that are stored", id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// complete returns what keeps the text from being published as it is: what [CheckComplete]
// finds, or a picture in it that is not stored.
func complete(tx *store.ReadTx, c standfirst.Content) error {
	if err := CheckComplete(c); err != nil || len(c.Inset) == 0 {
		return err
	}
	stored, err := tx.PicturesByID(c.Inset)
	if err != nil {
		return err
	}
	for _, id := range c.Inset {
		if !slices.ContainsFunc(stored, func(p standfirst.Picture) bool { return p.ID == id }) {
			return standfirst.Errorf(standfirst.Invalid, "the text shows picture %s, which is not stored", id)
		}
	}
	return nil
}

// PictureUse is what a picture of the library is chosen for.
type PictureUse string

// The uses that a story has one picture for.
const (
	LeadUse   PictureUse = "lead"   // at the head of the story
	SocialUse PictureUse = "social" // where a link to it is shared
)

// ChoosePicture gives the working copy of the story the picture, with what the library says of
// it. It returns a NotFound error if there is no such picture.
func (n *Newsroom) ChoosePicture(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, picture standfirst.PictureID, use PictureUse) error {
	if err := signedIn(actor); err != nil {
		return err
	}
	return n.update(ctx, storyOperation("choose a picture of", id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := actor.RequireEdit(story); err != nil {
			return err
		}
		work, err := tx.WorkingCopy(id)
		if err != nil {
			return err
		}
		p, err := tx.Picture(picture)
		if err != nil {
			return err
		}
		c := work.Content
		switch use {
		case LeadUse:
			c.Picture = &standfirst.LeadPicture{ID: p.ID, Alt: p.Alt, Caption: p.Caption, Credit: p.Credit}
		case SocialUse:
			c.Social.Picture, c.Social.Alt = p.ID, p.Alt
		default:
			return standfirst.Errorf(standfirst.Invalid, "a story has no picture of the kind %q", string(use))
		}
		if sameText(c, work.Content) {
			return nil
		}
		_, err = n.saveIn(tx, actor, story, work.Version, c)
		return err
	})
}
