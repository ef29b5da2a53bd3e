package storetest

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// ada does things at a distance from noon.
func ada(after time.Duration) standfirst.Deed {
	return standfirst.Deed{By: "staff:1", Name: "Ada Quill", At: noon.Add(after)}
}

func testReview(t *testing.T, s *store.Store) {
	story := draft(t, s, "Northwind fills its till")
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.Review(story.ID); return err }), standfirst.NotFound)
	review := standfirst.Review{Story: story.ID, Stage: standfirst.ReviewAsked, Note: "Please be quick.", Asked: ada(0)}
	update(t, s, func(tx *store.Tx) error { return tx.PutReview(review) })
	get := func(tx *store.ReadTx) (standfirst.Review, error) { return tx.Review(story.ID) }
	wantSame(t, review, read(t, s, get), nil)

	review.Assignee, review.AssigneeName = hire(t, s, "jane@ledger.example", standfirst.Editor), "Jane Roe"
	review.Stage, review.Decided, review.Version = standfirst.Approved, ada(time.Minute), 1
	update(t, s, func(tx *store.Tx) error { return tx.PutReview(review) })
	wantSame(t, review, read(t, s, get), nil)

	// The next save ends the approval, and asks for it again.
	work := read(t, s, func(tx *store.ReadTx) (standfirst.WorkingCopy, error) { return tx.WorkingCopy(story.ID) })
	update(t, s, func(tx *store.Tx) error { return tx.SaveWorkingCopy(work) })
	review.Stage, review.Decided, review.Version = standfirst.ReviewAsked, standfirst.Deed{}, 0
	wantSame(t, review, read(t, s, get), nil)
	review.Stage, review.Decided, review.Reason, review.Version = standfirst.ChangesAsked, ada(time.Hour), "Name the ferry.", 2
	update(t, s, func(tx *store.Tx) error { return tx.PutReview(review) })
	work.Version++
	update(t, s, func(tx *store.Tx) error { return tx.SaveWorkingCopy(work) })
	wantSame(t, review, read(t, s, get), nil)

	update(t, s, func(tx *store.Tx) error { return tx.DeleteReview(story.ID) })
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.Review(story.ID); return err }), standfirst.NotFound)
	update(t, s, func(tx *store.Tx) error { return tx.DeleteReview(story.ID) })
}

func testNotes(t *testing.T, s *store.Store) {
	story, other := draft(t, s, "Northwind fills its till"), draft(t, s, "Another")
	passage := standfirst.Passage{Before: "agreed to ", Words: "sell up to $40 million", After: " of shares"}
	first := standfirst.Note{Story: story.ID, Passage: passage, Text: "Says who?", For: "staff:7", Written: ada(0)}
	second := standfirst.Note{Story: story.ID, Text: "A fine story.", Written: ada(time.Minute)}
	elsewhere := standfirst.Note{Story: other.ID, Text: "Elsewhere.", Written: ada(0)}
	answer := standfirst.Note{Story: story.ID, Text: "The treasurer.", For: "staff:1", Written: standfirst.Deed{By: "staff:7", At: noon.Add(time.Hour)}}
	update(t, s, func(tx *store.Tx) (err error) {
		for _, n := range []*standfirst.Note{&first, &second, &elsewhere, &answer} {
			if n == &answer {
				n.Thread = first.ID
			}
			if n.ID, err = tx.InsertNote(*n); err != nil {
				return err
			}
		}
		return nil
	})
	notes := func(after standfirst.NoteID, limit int) []standfirst.Note {
		return read(t, s, func(tx *store.ReadTx) ([]standfirst.Note, error) { return tx.Notes(story.ID, after, limit) })
	}
	wantSame(t, []standfirst.Note{first, second, answer}, notes(0, 10), nil)
	wantSame(t, []standfirst.Note{second}, notes(first.ID, 1), nil)
	update(t, s, func(tx *store.Tx) error { return tx.ResolveNote(first.ID, ada(2*time.Hour)) })
	first.Resolved, answer.Resolved = ada(2*time.Hour), ada(2*time.Hour)
	wantSame(t, []standfirst.Note{first, second, answer}, notes(0, 10), nil)
	update(t, s, func(tx *store.Tx) error { return tx.ResolveNote(first.ID, standfirst.Deed{}) })
	first.Resolved, answer.Resolved = standfirst.Deed{}, standfirst.Deed{}
	wantSame(t, first, read(t, s, func(tx *store.ReadTx) (standfirst.Note, error) { return tx.Note(first.ID) }), nil)
	update(t, s, func(tx *store.Tx) error { return tx.DeleteNotes(story.ID) })
	if left := notes(0, 10); len(left) != 0 {
		t.Errorf("%d notes are left", len(left))
	}
	wantSame(t, elsewhere, read(t, s, func(tx *store.ReadTx) (standfirst.Note, error) { return tx.Note(elsewhere.ID) }), nil)
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.Note(first.ID); return err }), standfirst.NotFound)
}

func testEmbargoes(t *testing.T, s *store.Store) {
	story := draft(t, s, "Northwind fills its till")
	none := func() {
		t.Helper()
		wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.Embargo(story.ID); return err }), standfirst.NotFound)
	}
	none()
	e := standfirst.Embargo{Story: story.ID, Until: noon.Add(time.Hour), Note: "The company's own.", Set: ada(0)}
	for range 2 { // over what is there
		update(t, s, func(tx *store.Tx) error { return tx.PutEmbargo(e) })
		wantSame(t, e, read(t, s, func(tx *store.ReadTx) (standfirst.Embargo, error) { return tx.Embargo(story.ID) }), nil)
		e.Until, e.Note, e.Set = noon.Add(2*time.Hour), "", ada(time.Minute)
	}
	update(t, s, func(tx *store.Tx) error { return tx.DeleteEmbargo(story.ID) })
	none()
}

func testEditLocks(t *testing.T, s *store.Store) {
	story := draft(t, s, "Northwind fills its till")
	lock := func() standfirst.EditLock {
		return read(t, s, func(tx *store.ReadTx) (standfirst.EditLock, error) { return tx.EditLock(story.ID) })
	}
	wantSame(t, standfirst.EditLock{}, lock(), nil)
	at := func(holder string, after time.Duration) standfirst.EditLock {
		return standfirst.EditLock{Story: story.ID, Holder: holder, Name: "The " + holder, Since: noon.Add(after), RenewedAt: noon.Add(after)}
	}
	take := func(l standfirst.EditLock, want bool) {
		t.Helper()
		var taken bool
		update(t, s, func(tx *store.Tx) (err error) {
			taken, err = tx.TakeEditLock(l)
			return err
		})
		if taken != want {
			t.Errorf("%s takes the lock: %v", l.Holder, taken)
		}
	}
	take(at("first", 0), true)
	take(at("second", time.Minute), false)
	wantSame(t, at("first", 0), lock(), nil)
	take(at("first", time.Minute), true) // renewed
	renewed := at("first", 0)
	renewed.RenewedAt = noon.Add(time.Minute)
	wantSame(t, renewed, lock(), nil)
	take(at("second", time.Minute+standfirst.EditLockLifetime), true) // it ran out
	wantSame(t, at("second", time.Minute+standfirst.EditLockLifetime), lock(), nil)
	seized := at("first", 4*time.Minute)
	update(t, s, func(tx *store.Tx) error { return tx.SeizeEditLock(seized) })
	wantSame(t, seized, lock(), nil)
	update(t, s, func(tx *store.Tx) error { return tx.DropEditLock(story.ID, "second") })
	wantSame(t, seized, lock(), nil)
	update(t, s, func(tx *store.Tx) error { return tx.DropEditLock(story.ID, "first") })
	wantSame(t, standfirst.EditLock{}, lock(), nil)
}

func testPreviews(t *testing.T, s *store.Store) {
	story := draft(t, s, "Northwind fills its till")
	short := standfirst.Preview{Story: story.ID, Made: ada(0), ExpiresAt: noon.Add(time.Hour)}
	long := standfirst.Preview{Story: story.ID, Made: ada(time.Minute), ExpiresAt: noon.Add(48 * time.Hour)}
	update(t, s, func(tx *store.Tx) (err error) {
		if short.ID, err = tx.InsertPreview("digest of short", short); err != nil {
			return err
		}
		long.ID, err = tx.InsertPreview("digest of long", long)
		return err
	})
	list := func(at time.Time) []standfirst.Preview {
		return read(t, s, func(tx *store.ReadTx) ([]standfirst.Preview, error) { return tx.Previews(story.ID, at, 0, 10) })
	}
	wantSame(t, []standfirst.Preview{long, short}, list(noon), nil)
	wantSame(t, []standfirst.Preview{long}, list(short.ExpiresAt), nil)
	get := func(token string, at time.Time) (p standfirst.Preview, err error) {
		err = s.View(t.Context(), func(tx *store.ReadTx) (err error) {
			p, err = tx.PreviewByToken(token, at)
			return err
		})
		return p, err
	}
	found, err := get("digest of short", noon)
	wantSame(t, short, found, err)
	_, err = get("digest of short", short.ExpiresAt)
	wantKind(t, err, standfirst.NotFound)
	wantKind(t, s.Update(t.Context(), func(tx *store.Tx) error { return tx.DeletePreview(story.ID+1, long.ID) }), standfirst.NotFound)
	update(t, s, func(tx *store.Tx) error { return tx.PruneSessions(short.ExpiresAt, noon) })
	wantSame(t, []standfirst.Preview{long}, list(noon), nil)
	update(t, s, func(tx *store.Tx) error { return tx.DeletePreview(story.ID, long.ID) })
	_, err = get("digest of long", noon)
	wantKind(t, err, standfirst.NotFound)
	for _, forget := range []func(*store.Tx) error{
		func(tx *store.Tx) error { return tx.DeletePreviews(story.ID) },
		func(tx *store.Tx) error { return tx.DeleteEverySession() },
	} {
		update(t, s, func(tx *store.Tx) error {
			_, err := tx.InsertPreview("digest", long)
			return err
		})
		update(t, s, forget)
		_, err = get("digest", noon)
		wantKind(t, err, standfirst.NotFound)
	}
}

func testSourceApprovals(t *testing.T, s *store.Store) {
	story := draft(t, s, "Northwind fills its till")
	claim := dealClaim(t, s, standfirst.Valuation)
	versions := []standfirst.ClaimVersionID{insertVersion(t, s, reported(claim.ID, 5)), insertVersion(t, s, reported(claim.ID, 6))}
	a := standfirst.SourceApproval{Version: versions[0], Story: story.ID, Approved: ada(0)}
	again := standfirst.SourceApproval{Version: versions[0], Story: story.ID, Approved: ada(time.Hour)}
	update(t, s, func(tx *store.Tx) error {
		if err := tx.ApproveSource(a); err != nil {
			return err
		}
		return tx.ApproveSource(again)
	})
	got := read(t, s, func(tx *store.ReadTx) ([]standfirst.SourceApproval, error) { return tx.SourceApprovals(versions) })
	wantSame(t, []standfirst.SourceApproval{a}, got, nil)
}

func testSomeStaff(t *testing.T, s *store.Store) {
	hire(t, s, "r@ledger.example", standfirst.Reporter)
	editor := hire(t, s, "e@ledger.example", standfirst.Editor)
	gone := hire(t, s, "g@ledger.example", standfirst.Administrator)
	update(t, s, func(tx *store.Tx) error { return tx.SetStaffRevoked(gone, noon) })
	staff := func(roles ...standfirst.Role) (ids []standfirst.UserID) {
		for _, m := range read(t, s, func(tx *store.ReadTx) ([]standfirst.Staff, error) { return tx.SomeStaff(roles, 10) }) {
			ids = append(ids, m.ID)
		}
		return ids
	}
	wantSame(t, []standfirst.UserID{editor}, staff(standfirst.Editor, standfirst.Administrator), nil)
	wantSame(t, []standfirst.UserID(nil), staff(), nil)
}

// What needs somebody comes newest first, those of one moment in the order of the kinds, and
// goes on where a page of it ended.
func testNeeds(t *testing.T, s *store.Store) {
	jane, kim := hire(t, s, "jane@ledger.example", standfirst.Editor), hire(t, s, "kim@ledger.example", standfirst.Editor)
	var stories []standfirst.Story
	for _, headline := range []string{"Assigned", "For anybody", "For Kim", "Changes", "Noted", "Pending", "Talked about", "Approved"} {
		stories = append(stories, draft(t, s, headline))
	}
	actor := "staff:" + jane.String()
	var comment standfirst.Comment
	update(t, s, func(tx *store.Tx) (err error) {
		for i, r := range []standfirst.Review{
			{Stage: standfirst.ReviewAsked, Assignee: jane, Note: "Look.", Asked: ada(0)},
			{Stage: standfirst.ReviewAsked, Asked: ada(time.Hour)},
			{Stage: standfirst.ReviewAsked, Assignee: kim, Asked: ada(time.Hour)},
			{Stage: standfirst.ChangesAsked, Asked: standfirst.Deed{By: actor, At: noon}, Decided: ada(time.Hour), Reason: "Shorter."},
		} {
			r.Story = stories[i].ID
			if err := tx.PutReview(r); err != nil {
				return err
			}
		}
		if err := tx.PutReview(standfirst.Review{Story: stories[7].ID, Stage: standfirst.Approved, Assignee: jane, Asked: ada(0), Decided: ada(0)}); err != nil {
			return err
		}
		if _, err := tx.InsertNote(standfirst.Note{Story: stories[4].ID, For: actor, Text: "Says who?", Written: ada(time.Hour)}); err != nil {
			return err
		}
		done, err := tx.InsertNote(standfirst.Note{Story: stories[4].ID, For: actor, Text: "Done.", Written: ada(time.Hour)})
		if err != nil {
			return err
		}
		if err := tx.ResolveNote(done, ada(time.Hour)); err != nil {
			return err
		}
		revision, err := tx.InsertRevision(standfirst.Revision{StoryID: stories[5].ID, Purpose: standfirst.ForSupersession, CreatedAt: noon})
		if err != nil {
			return err
		}
		if err := tx.SetPending(store.Pending{Story: stories[5].ID, Revision: revision, MadeAt: noon.Add(time.Hour)}); err != nil {
			return err
		}
		comment, _, err = tx.InsertComment(standfirst.Comment{
			Story: stories[6].ID, Name: "ida", Text: "Sue them.", State: standfirst.CommentHeld, CreatedAt: noon, QueuedAt: noon.Add(2 * time.Hour),
		}, standfirst.Comment{}, noon)
		if err != nil {
			return err
		}
		return tx.EscalateComment(comment.ID, true)
	})
	list := func(of store.NeedsOf, after standfirst.NeedPosition, limit int) (needs []standfirst.Need) {
		return read(t, s, func(tx *store.ReadTx) ([]standfirst.Need, error) { return tx.Needs(of, after, limit) })
	}
	everything := store.NeedsOf{Actor: actor, Assignee: jane, Reviews: true, Pendings: true, Escalated: true}
	want := []standfirst.Need{
		{Kind: standfirst.NeedEscalated, At: noon.Add(2 * time.Hour), Story: stories[6].ID, Headline: "Talked about", ID: int64(comment.ID), Who: "ida", Text: "Sue them."},
		{Kind: standfirst.NeedReview, At: noon.Add(time.Hour), Story: stories[1].ID, Headline: "For anybody", ID: int64(stories[1].ID), Who: "Ada Quill"},
		{Kind: standfirst.NeedChanges, At: noon.Add(time.Hour), Story: stories[3].ID, Headline: "Changes", ID: int64(stories[3].ID), Who: "Ada Quill", Text: "Shorter."},
		{Kind: standfirst.NeedNote, At: noon.Add(time.Hour), Story: stories[4].ID, Headline: "Noted", Who: "Ada Quill", Text: "Says who?"},
		{Kind: standfirst.NeedPending, At: noon.Add(time.Hour), Story: stories[5].ID, Headline: "Pending", ID: int64(stories[5].ID)},
		{Kind: standfirst.NeedReview, At: noon, Story: stories[0].ID, Headline: "Assigned", ID: int64(stories[0].ID), Who: "Ada Quill", Text: "Look."},
	}
	all := list(everything, standfirst.NeedPosition{}, 10)
	if len(all) > 3 {
		want[3].ID = all[3].ID // of the note
	}
	wantSame(t, want, all, nil)
	var paged []standfirst.Need
	for after := (standfirst.NeedPosition{}); len(paged) < len(want); after = paged[len(paged)-1].Position() {
		page := list(everything, after, 1)
		if len(page) == 0 {
			break
		}
		paged = append(paged, page...)
	}
	wantSame(t, want, paged, nil)
	wantSame(t, []standfirst.Need(nil), list(everything, want[len(want)-1].Position(), 10), nil)
	wantSame(t, []standfirst.Need{want[2], want[3]}, list(store.NeedsOf{Actor: actor}, standfirst.NeedPosition{}, 10), nil)
}
