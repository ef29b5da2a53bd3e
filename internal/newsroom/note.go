package newsroom

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// NewNote is what somebody says of a story.
type NewNote struct {
	Thread standfirst.NoteID // the note that it answers; zero begins a thread
	Words  string            // of the passage that it is about, as the text has them; empty for the whole story
	Text   string
}

// AddNote keeps a note on the story, for everybody who may edit it. It returns an Invalid
// error for a note that says nothing or words that the text does not have, and a NotFound
// one for an answer to a note of another story.
func (n *Newsroom) AddNote(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, add NewNote) (standfirst.Note, error) {
	text, err := prepareNote("the note", add.Text)
	if err != nil {
		return standfirst.Note{}, err
	}
	if text == "" {
		return standfirst.Note{}, standfirst.Errorf(standfirst.Invalid, "the note says nothing")
	}
	var p problems
	p.length("the quoted passage", add.Words, standfirst.MaxNoteLength)
	if err := p.err(); err != nil {
		return standfirst.Note{}, err
	}
	var note standfirst.Note
	err = n.noting(ctx, actor, id, func(tx *store.Tx, story standfirst.Story) error {
		note = standfirst.Note{Story: id, Text: text, Written: standfirst.DeedOf(actor, n.now())}
		switch {
		case add.Thread != 0:
			first, err := noteOf(tx, id, add.Thread)
			if err != nil {
				return err
			}
			if first.Thread != 0 {
				if first, err = tx.Note(first.Thread); err != nil {
					return err
				}
			}
			if first.Resolved.Done() {
				return standfirst.Errorf(standfirst.Conflict, "this note is resolved; open it again before you answer it")
			}
			note.Thread, note.For = first.ID, first.Written.By
			if note.For == actor.String() {
				note.For = first.For
			}
		default:
			if note.Passage, err = passageIn(tx, id, add.Words); err != nil {
				return err
			}
			if note.For, err = readerOfNote(tx, actor, story); err != nil {
				return err
			}
		}
		if note.ID, err = tx.InsertNote(note); err != nil {
			return err
		}
		return audit(tx, actor, note.Written.At, "story.note", id, "note "+note.ID.String())
	})
	return note, err
}

// passageIn returns the passage of the working copy with the words; none for no words.
func passageIn(tx *store.Tx, id standfirst.StoryID, words string) (standfirst.Passage, error) {
	if standfirst.OneLine(words) == "" {
		return standfirst.Passage{}, nil
	}
	work, err := tx.WorkingCopy(id)
	if err != nil {
		return standfirst.Passage{}, err
	}
	p, ok := standfirst.PassageOf(work.Content.Body, words)
	if !ok {
		return p, standfirst.Errorf(standfirst.Invalid, "the text does not have the words “%s”; quote them as they stand in it", excerpt(words))
	}
	return p, nil
}

// excerpt returns the first words of a text for a message.
func excerpt(words string) string {
	const most = 60
	line := []rune(standfirst.OneLine(words))
	if len(line) <= most {
		return string(line)
	}
	return string(line[:most]) + "…"
}

// readerOfNote returns the actor who should look at a new note: who wrote the story, or for
// a note of their own whoever reviews it.
func readerOfNote(tx *store.Tx, actor standfirst.Actor, story standfirst.Story) (string, error) {
	if story.CreatedBy != actor.String() {
		return story.CreatedBy, nil
	}
	review, reviewed, err := reviewOf(tx, story.ID)
	switch {
	case err != nil || !reviewed:
		return "", err
	case review.Assignee != 0:
		return standfirst.Actor{Kind: standfirst.ActorStaff, ID: review.Assignee}.String(), nil
	default:
		return review.Decided.By, nil
	}
}

// ResolveNote says that the note is dealt with, and its answers with it; a resolved one
// stays so. It returns a NotFound error if the story has no such note.
func (n *Newsroom) ResolveNote(ctx context.Context, actor standfirst.Actor, story standfirst.StoryID, id standfirst.NoteID) error {
	return n.settleNote(ctx, actor, story, id, true)
}

// ReopenNote says that the note is not dealt with after all.
func (n *Newsroom) ReopenNote(ctx context.Context, actor standfirst.Actor, story standfirst.StoryID, id standfirst.NoteID) error {
	return n.settleNote(ctx, actor, story, id, false)
}

func (n *Newsroom) settleNote(ctx context.Context, actor standfirst.Actor, story standfirst.StoryID, id standfirst.NoteID, resolved bool) error {
	return n.noting(ctx, actor, story, func(tx *store.Tx, _ standfirst.Story) error {
		note, err := noteOf(tx, story, id)
		if err != nil {
			return err
		}
		if note.Thread != 0 {
			return standfirst.Errorf(standfirst.Invalid, "an answer is resolved with the note that it answers, number %s", note.Thread)
		}
		if note.Resolved.Done() == resolved {
			return nil
		}
		action, deed := "story.note-reopen", standfirst.Deed{}
		if resolved {
			action, deed = "story.note-resolve", standfirst.DeedOf(actor, n.now())
		}
		if err := tx.ResolveNote(id, deed); err != nil {
			return err
		}
		return audit(tx, actor, n.now(), action, story, "note "+id.String())
	})
}

// noteOf returns the note, which must be one of the story.
func noteOf(tx *store.Tx, story standfirst.StoryID, id standfirst.NoteID) (standfirst.Note, error) {
	note, err := tx.Note(id)
	if err == nil && note.Story != story {
		err = standfirst.Errorf(standfirst.NotFound, "story %s has no note %s", story, id)
	}
	return note, err
}

// noting runs what somebody who may edit the story does with its notes.
func (n *Newsroom) noting(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, fn func(*store.Tx, standfirst.Story) error) error {
	if err := signedIn(actor); err != nil {
		return err
	}
	return n.update(ctx, storyOperation("note on", id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := actor.RequireEdit(story); err != nil {
			return err
		}
		return fn(tx, story)
	})
}

// StoryNote is a note and where the passage that it is about stands now.
type StoryNote struct {
	standfirst.Note
	At   standfirst.Range // in the body of the working copy
	Gone bool             // the words that it is about are not in the text any more
}

// Notes returns up to limit notes on the story that come after the given one, zero for the
// first, in the order of writing, answers among them. The actor needs to be somebody who
// may edit the story.
func (n *Newsroom) Notes(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, after standfirst.NoteID, limit int) ([]StoryNote, error) {
	if err := signedIn(actor); err != nil {
		return nil, err
	}
	var notes []StoryNote
	err := n.store.View(ctx, func(tx *store.ReadTx) error {
		notes = nil
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
		found, err := tx.Notes(id, after, limit)
		for _, note := range found {
			s := StoryNote{Note: note}
			if note.Passage.Words != "" {
				at, ok := note.Passage.Find(work.Content.Body)
				s.At, s.Gone = at, !ok
			}
			notes = append(notes, s)
		}
		return err
	})
	return notes, named(err, storyOperation("list notes on", id))
}
