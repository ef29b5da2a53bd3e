package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

func testCitations(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.RoundTarget)
	first, second := insertVersion(t, s, reported(claim.ID, 1)), insertVersion(t, s, reported(claim.ID, 2))
	story := draft(t, s, "Halcyon raises")
	citations := []standfirst.Citation{
		{Claim: claim.ID, Version: second, Words: "up to “$6 billion”", Start: 10, End: 40},
		{Claim: claim.ID, Version: first, Words: "$5 billion", Start: 50, End: 70},
		{Claim: claim.ID, Version: second, Words: "that much", Start: 80, End: 95},
	}
	var revision standfirst.RevisionID
	update(t, s, func(tx *store.Tx) (err error) {
		revision, err = tx.InsertRevision(standfirst.Revision{StoryID: story.ID, Purpose: standfirst.ForPublish, Content: sample("H")})
		if err != nil {
			return err
		}
		return errors.Join(tx.InsertCitations(revision, citations), tx.InsertCitations(revision, nil))
	})
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.Citations(revision)
		wantSame(t, citations, got, err)
		got, err = tx.Citations(revision + 1)
		wantSame(t, nil, got, err)
		return nil
	})
}

func testCiting(t *testing.T, s *store.Store) {
	a := dealClaim(t, s, standfirst.RoundTarget)
	b := makeClaim(t, s, standfirst.Claim{Subject: a.Subject, Property: standfirst.AmountRaised})
	company := makeEntity(t, s, standfirst.Company, "Northwind")
	c := makeClaim(t, s, standfirst.Claim{Subject: standfirst.Subject{Entity: company.ID}, Property: standfirst.Revenue})
	var stories []standfirst.Story
	cites := [][]standfirst.ClaimID{{a.ID, b.ID, a.ID}, {b.ID}, {c.ID, a.ID}, {a.ID}}
	for i, claims := range cites {
		story := published(t, s, fmt.Sprintf("Story %d", i), noon.Add(time.Duration(i/2)*time.Minute), store.Listing{})
		stories = append(stories, story)
		update(t, s, func(tx *store.Tx) error { return tx.SetCiting(story.ID, story.FirstPublished, claims) })
	}
	pages := func(list func(*store.ReadTx, standfirst.Position) ([]standfirst.Card, error)) string {
		var all []standfirst.Card
		var after standfirst.Position
		for {
			some := read(t, s, func(tx *store.ReadTx) ([]standfirst.Card, error) { return list(tx, after) })
			if len(some) == 0 {
				return headlines(all)
			}
			last := some[len(some)-1]
			all, after = append(all, some...), standfirst.Position{FirstPublished: last.FirstPublished, ID: last.ID}
		}
	}
	ofClaim := func(id standfirst.ClaimID) func(*store.ReadTx, standfirst.Position) ([]standfirst.Card, error) {
		return func(tx *store.ReadTx, p standfirst.Position) ([]standfirst.Card, error) {
			return tx.CitingStories(id, p, 2)
		}
	}
	ofSubject := func(subject standfirst.Subject) func(*store.ReadTx, standfirst.Position) ([]standfirst.Card, error) {
		return func(tx *store.ReadTx, p standfirst.Position) ([]standfirst.Card, error) {
			return tx.CitingStoriesOf(subject, p, 2)
		}
	}
	want := func(what, want, got string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	want("claim a", "Story 3, Story 2, Story 0", pages(ofClaim(a.ID)))
	want("claim b", "Story 1, Story 0", pages(ofClaim(b.ID)))
	want("deal", "Story 3, Story 2, Story 1, Story 0", pages(ofSubject(a.Subject)))
	want("company", "Story 2", pages(ofSubject(c.Subject)))
	view(t, s, func(tx *store.ReadTx) error {
		ids, err := tx.StoriesCiting([]standfirst.ClaimID{b.ID, c.ID})
		wantSame(t, []standfirst.StoryID{stories[0].ID, stories[1].ID, stories[2].ID}, ids, err)
		ids, err = tx.StoriesCiting(nil)
		wantSame(t, nil, ids, err)
		cards, err := tx.CardsByID([]standfirst.StoryID{stories[1].ID, stories[3].ID, 999})
		want("cards", "Story 3, Story 1", headlines(cards))
		return err
	})
	// A later text cites something else, and is about the company without citing it.
	update(t, s, func(tx *store.Tx) error {
		return errors.Join(tx.SetCiting(stories[0].ID, noon, []standfirst.ClaimID{b.ID}, c.Subject, b.Subject), tx.ClearCiting(stories[2].ID))
	})
	want("claim a", "Story 3", pages(ofClaim(a.ID)))
	want("deal", "Story 3, Story 1, Story 0", pages(ofSubject(a.Subject)))
	want("company", "Story 0", pages(ofSubject(c.Subject)))
}

func testNotices(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.RoundTarget)
	version := insertVersion(t, s, reported(claim.ID, 1))
	one, two := draft(t, s, "One"), draft(t, s, "Two")
	notices := []standfirst.Notice{
		{Class: standfirst.Correction, Text: "It said 6 and should have said 5.", At: noon, Claim: claim.ID, Version: version, Stories: []standfirst.StoryID{one.ID, two.ID}},
		{Class: standfirst.Update, Text: "It is more now.", At: noon, Claim: claim.ID, Version: version, Stories: []standfirst.StoryID{one.ID}},
		{Class: standfirst.Correction, Text: "The name was wrong.", At: noon.Add(time.Minute), Stories: []standfirst.StoryID{two.ID}},
		{Class: standfirst.EditorsNote, Text: "A note.", At: noon.Add(-time.Minute)},
	}
	for i := range notices {
		update(t, s, func(tx *store.Tx) (err error) {
			notices[i].ID, err = tx.InsertNotice(notices[i])
			return err
		})
	}
	pages := func(list func(*store.ReadTx, store.NoticePosition) ([]standfirst.Notice, error)) (all []standfirst.Notice) {
		var after store.NoticePosition
		for {
			some := read(t, s, func(tx *store.ReadTx) ([]standfirst.Notice, error) { return list(tx, after) })
			if len(some) == 0 {
				return all
			}
			last := some[len(some)-1]
			all, after = append(all, some...), store.NoticePosition{At: last.At, ID: last.ID}
		}
	}
	wantSame(t, []standfirst.Notice{notices[2], notices[1], notices[0], notices[3]}, pages(func(tx *store.ReadTx, p store.NoticePosition) ([]standfirst.Notice, error) {
		return tx.Notices("", p, 1)
	}), nil)
	wantSame(t, []standfirst.Notice{notices[2], notices[0]}, pages(func(tx *store.ReadTx, p store.NoticePosition) ([]standfirst.Notice, error) {
		return tx.Notices(standfirst.Correction, p, 1)
	}), nil)
	wantSame(t, []standfirst.Notice{notices[1], notices[0]}, pages(func(tx *store.ReadTx, p store.NoticePosition) ([]standfirst.Notice, error) {
		return tx.NoticesOf(claim.Subject, p, 1)
	}), nil)
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.NoticesOfClaim(claim.ID)
		wantSame(t, []standfirst.Notice{notices[1], notices[0]}, got, err)
		got, err = tx.NoticesOfStory(two.ID)
		wantSame(t, []standfirst.Notice{notices[2], notices[0]}, got, err)
		n, err := tx.Notice(notices[0].ID)
		wantSame(t, notices[0], n, err)
		_, err = tx.Notice(999)
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.EraseNotice(999), standfirst.NotFound)
		return tx.EraseNotice(notices[0].ID)
	})
	erased := notices[0]
	erased.Text, erased.Erased = "", true
	wantSame(t, erased, read(t, s, func(tx *store.ReadTx) (standfirst.Notice, error) { return tx.Notice(erased.ID) }), nil)
}

func testPending(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.RoundTarget)
	version := insertVersion(t, s, reported(claim.ID, 1))
	var all []store.Pending
	for i := range 3 {
		story := draft(t, s, fmt.Sprintf("Story %d", i))
		p := store.Pending{Story: story.ID, Version: version, MadeAt: noon.Add(time.Duration(i/2) * time.Minute)}
		update(t, s, func(tx *store.Tx) (err error) {
			p.Revision, err = tx.InsertRevision(standfirst.Revision{StoryID: story.ID, Purpose: standfirst.ForSave, Content: sample("S")})
			if err != nil {
				return err
			}
			return tx.SetPending(p)
		})
		all = append(all, p)
	}
	of := func(story standfirst.StoryID) func(*store.ReadTx) (store.Pending, error) {
		return func(tx *store.ReadTx) (store.Pending, error) { return tx.Pending(story) }
	}
	wantSame(t, all[0], read(t, s, of(all[0].Story)), nil)
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.Pendings(store.PendingPosition{}, 2)
		wantSame(t, []store.Pending{all[2], all[1]}, got, err)
		got, err = tx.Pendings(store.PendingPosition{MadeAt: all[1].MadeAt, Story: all[1].Story}, 2)
		wantSame(t, []store.Pending{all[0]}, got, err)
		return nil
	})
	again := all[0]
	again.Version, again.MadeAt = 0, noon.Add(time.Hour)
	update(t, s, func(tx *store.Tx) error {
		return errors.Join(tx.SetPending(again), tx.DropPending(all[1].Story), tx.DropPending(999))
	})
	wantSame(t, again, read(t, s, of(again.Story)), nil)
	err := s.View(t.Context(), func(tx *store.ReadTx) error {
		_, err := tx.Pending(all[1].Story)
		return err
	})
	wantKind(t, err, standfirst.NotFound)
}
