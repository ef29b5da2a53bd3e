package discuss

import (
	"context"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// Mine is a comment of a reader who signs in, with what leads back to it.
type Mine struct {
	Comment  standfirst.Comment
	Key      string
	Story    standfirst.Story
	Headline string // as readers see it
}

// ofReader returns a reader who signed in as the one who acts. What readers do to their own
// needs no permission: that it is theirs is what they proved.
func ofReader(id standfirst.ReaderID) standfirst.Actor {
	return standfirst.Actor{Kind: standfirst.ActorReader, ID: standfirst.UserID(id), Role: standfirst.Reader}
}

// Mine returns the last limit comments of the reader before the one given, or before none
// for zero, the newest first. Who asks must be signed in as that reader.
func (t *Talk) Mine(ctx context.Context, reader standfirst.ReaderID, before standfirst.CommentID, limit int) (list []Mine, err error) {
	seed, err := t.seed(ctx)
	if err != nil {
		return nil, err
	}
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		comments, err := tx.CommentsByReader(reader, before, limit)
		if err != nil {
			return err
		}
		list = make([]Mine, len(comments))
		known := make(map[standfirst.StoryID]Waiting)
		for i, c := range comments {
			about, ok := known[c.Story]
			if !ok {
				about.Comment = c
				if err := about.readStory(tx); err != nil {
					return err
				}
				known[c.Story] = about
			}
			list[i] = Mine{Comment: c, Key: keyOf(seed, "comment", int64(c.ID)), Story: about.Story, Headline: about.Headline}
		}
		return nil
	})
	return list, err
}

// ExportOwn returns everything that is kept of the reader. Who asks must be signed in as
// that reader.
func (t *Talk) ExportOwn(ctx context.Context, reader standfirst.ReaderID) (p Person, err error) {
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		c, err := tx.Commenter(reader)
		if err == nil {
			p, err = person(tx, c)
		}
		return err
	})
	return p, err
}

// EraseOwn erases every comment of the reader and what is known of them, and signs them out
// everywhere. It returns how many comments there were. Who asks must be signed in as that
// reader.
func (t *Talk) EraseOwn(ctx context.Context, reader standfirst.ReaderID) (erased int, err error) {
	p, err := t.ExportOwn(ctx, reader)
	if err != nil {
		return 0, err
	}
	return t.erasePerson(ctx, ofReader(reader), p)
}

// Rename changes the name under which the reader writes from now on. It returns an Invalid
// error for a name that cannot be taken. Who asks must be signed in as that reader.
func (t *Talk) Rename(ctx context.Context, reader standfirst.ReaderID, name string) error {
	name, err := t.CheckName(ctx, name)
	if err != nil {
		return err
	}
	return t.update(ctx, "rename a reader", func(tx *store.Tx) error { return tx.SetCommenterName(reader, name) })
}

// CheckName returns the name as it is kept, or an Invalid error for one that no reader can
// have: that of somebody who works here, or that our stories report on.
func (t *Talk) CheckName(ctx context.Context, name string) (string, error) {
	name = markup.CleanName(name)
	switch {
	case name == "":
		return "", standfirst.Errorf(standfirst.Invalid, "a name is needed; it is shown with your comments")
	case len(name) > standfirst.MaxCommentName:
		return "", standfirst.Errorf(standfirst.Invalid, "the name is too long; %d characters are the most", standfirst.MaxCommentName)
	}
	now := t.now()
	return name, t.store.View(ctx, func(tx *store.ReadTx) error {
		seen, err := tx.Sighting(store.SightingQuery{SameSince: now, WordsSince: now, Name: name, Now: now})
		if err != nil {
			return err
		}
		return takenName(seen, name)
	})
}

// takenName returns an Invalid error if the name is not a reader's to take.
func takenName(seen store.Sighting, name string) error {
	switch {
	case seen.Staff:
		return standfirst.Errorf(standfirst.Invalid, "%q is the name of somebody who works here; add something to it so that readers can tell you apart", name)
	case seen.Entity:
		return standfirst.Errorf(standfirst.Invalid, "%q is a name that our stories report on; use your own name", name)
	}
	return nil
}
