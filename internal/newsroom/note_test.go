package newsroom_test

import (
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
)

func TestNotes(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		n, ctx := d.newsroom, d.Context()
		rhys, ada := d.hire("Rhys Reporter", standfirst.Reporter), d.hire("Ada Editor", standfirst.Editor)
		s := d.own(rhys, "Pier talks")
		_, err := n.AddNote(ctx, ada, s.ID, newsroom.NewNote{Words: "not there", Text: "What?"})
		d.wantKind(err, standfirst.Invalid, "“not there”")
		_, err = n.AddNote(ctx, ada, s.ID, newsroom.NewNote{Text: " \n"})
		d.wantKind(err, standfirst.Invalid)
		note, err := n.AddNote(ctx, ada, s.ID, newsroom.NewNote{Words: "talks about\na pier", Text: "Which pier?"})
		d.must(err)
		d.equal("words", note.Passage.Words, "talks about a pier")
		d.equal("needs of the writer", d.needs(rhys), []string{"note: Pier talks"})
		answer, err := n.AddNote(ctx, rhys, s.ID, newsroom.NewNote{Thread: note.ID, Text: "The long one."})
		d.must(err)
		d.equal("needs of who asked", d.needs(ada), []string{"note: Pier talks"})
		_, err = n.AddNote(ctx, ada, s.ID, newsroom.NewNote{Thread: answer.ID, Text: "Say so."})
		d.must(err)
		d.wantKind(n.ResolveNote(ctx, ada, s.ID, answer.ID), standfirst.Invalid)

		c := text("Pier talks")
		c.Body = "An opening.\n\nNorthwind Freight, of Antwerp, is in talks about a pier.\n"
		_, err = n.Save(ctx, rhys, s.ID, 1, c)
		d.must(err)
		notes, err := n.Notes(ctx, rhys, s.ID, 0, 10)
		d.must(err)
		d.equal("notes", len(notes), 3)
		at := notes[0].At
		d.equal("found again", newsroom.Prepare(c).Body[at.Start:at.End], "talks about a pier")
		d.equal("thread", notes[2].Thread, note.ID)
		c.Body = "Nothing of it.\n"
		_, err = n.Save(ctx, rhys, s.ID, 2, c)
		d.must(err)
		notes, err = n.Notes(ctx, rhys, s.ID, note.ID-1, 1)
		d.must(err)
		d.equal("gone", notes[0].Gone, true)

		d.must(n.ResolveNote(ctx, rhys, s.ID, note.ID))
		d.must(n.ResolveNote(ctx, rhys, s.ID, note.ID))
		d.equal("needs after it is resolved", d.needs(rhys), []string(nil))
		d.equal("needs after it is resolved", d.needs(ada), []string(nil))
		_, err = n.AddNote(ctx, ada, s.ID, newsroom.NewNote{Thread: note.ID, Text: "Thanks."})
		d.wantKind(err, standfirst.Conflict, "is resolved")
		d.must(n.ReopenNote(ctx, ada, s.ID, note.ID))
		d.equal("needs after it is open again", d.needs(ada), []string{"note: Pier talks"})
		d.wantKind(n.ResolveNote(ctx, ada, s.ID+1, note.ID), standfirst.NotFound)

		// Whoever erases takes what quotes the words.
		d.publish(s.ID)
		_, err = n.Erase(ctx, editor, s.ID, newsroom.Erasure{})
		d.must(err)
		notes, err = n.Notes(ctx, editor, s.ID, 0, 10)
		d.must(err)
		d.equal("notes", len(notes), 0)
	})
}
