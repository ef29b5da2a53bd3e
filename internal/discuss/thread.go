package discuss

import (
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// A comment has a place in the thread while it is approved, and as a stub while answers to
// it have one. show and hide keep that, with the number of answers of each comment and the
// number of comments under the story.

// show gives an approved comment its place, and the ones above it, where they lost theirs.
func show(tx *store.Tx, c standfirst.Comment, at time.Time) error {
	if err := tx.CountComments(c.Story, 1); err != nil {
		return err
	}
	if c.Shown { // it was a stub
		return nil
	}
	if err := tx.SetCommentShown(c.ID, true); err != nil {
		return err
	}
	return addAnswer(tx, c.Parent, at)
}

// addAnswer notes that an answer to the comment is shown, which gives the comment a place
// as a stub if it has none.
func addAnswer(tx *store.Tx, parent standfirst.CommentID, at time.Time) error {
	if parent == 0 {
		return nil
	}
	if err := tx.AddReplies(parent, 1); err != nil {
		return err
	}
	above, err := tx.Comment(parent)
	if err != nil || above.Shown {
		return err
	}
	if err := tx.SetCommentShown(above.ID, true); err != nil {
		return err
	}
	if err := tx.SetCommentChanged(above.ID, at); err != nil {
		return err
	}
	return addAnswer(tx, above.Parent, at)
}

// hide takes a comment that was approved out of the thread. Where answers to it are shown
// it stays as a stub; else the stubs above it go too if it was their last answer.
func hide(tx *store.Tx, c standfirst.Comment, at time.Time) error {
	if err := tx.CountComments(c.Story, -1); err != nil {
		return err
	}
	return vacate(tx, c, at)
}

// vacate takes the place of a comment that is no longer approved, unless answers need it.
func vacate(tx *store.Tx, c standfirst.Comment, at time.Time) error {
	if c.Replies > 0 || !c.Shown {
		return nil
	}
	if err := tx.SetCommentShown(c.ID, false); err != nil {
		return err
	}
	if c.Parent == 0 {
		return nil
	}
	if err := tx.AddReplies(c.Parent, -1); err != nil {
		return err
	}
	above, err := tx.Comment(c.Parent)
	if err != nil || above.State == standfirst.CommentApproved || above.Replies > 0 {
		return err
	}
	if err := tx.SetCommentChanged(above.ID, at); err != nil {
		return err
	}
	return vacate(tx, above, at)
}
