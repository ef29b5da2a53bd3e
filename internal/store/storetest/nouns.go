package storetest

import (
	"math/big"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"standfirst"
	"standfirst/internal/store"
)

func testPublication(t *testing.T, s *store.Store) {
	publication := func(tx *store.ReadTx) (standfirst.Publication, error) { return tx.Publication() }
	err := s.View(t.Context(), func(tx *store.ReadTx) error {
		_, err := tx.Publication()
		return err
	})
	wantKind(t, err, standfirst.NotFound)

	want := standfirst.DefaultPublication()
	want.Name, want.CreatedAt, want.UpdatedAt = "The Harbour Ledger", noon, noon
	update(t, s, func(tx *store.Tx) error { return tx.PutPublication(want) })
	if diff := cmp.Diff(want, read(t, s, publication)); diff != "" {
		t.Error(diff)
	}
	changed := want
	changed.MailName, changed.MailReplyTo = "Harbour mail", "desk@harbour.example"
	changed.Name, changed.CreatedAt, changed.UpdatedAt = "The Ledger", noon.Add(time.Hour), noon.Add(time.Hour)
	changed.Crawlers, changed.SecurityContact = standfirst.DenyTraining, "security@ledger.example"
	changed.Hub, changed.IndexNowKey, changed.IndexNowURL = "https://hub.example/", "0123456789abcdef", "https://search.example/indexnow"
	update(t, s, func(tx *store.Tx) error { return tx.PutPublication(changed) })
	changed.CreatedAt = noon
	if diff := cmp.Diff(changed, read(t, s, publication)); diff != "" {
		t.Error(diff)
	}
}

func testSections(t *testing.T, s *store.Store) {
	companies := standfirst.Section{Slug: "companies", Name: "Companies", Position: 2}
	energy := standfirst.Section{Slug: "energie", Name: "Énergie", Position: 1}
	update(t, s, func(tx *store.Tx) (err error) {
		if companies.ID, err = tx.InsertSection(companies); err != nil {
			return err
		}
		energy.ID, err = tx.InsertSection(energy)
		return err
	})
	view(t, s, func(tx *store.ReadTx) error {
		all, err := tx.Sections()
		if diff := cmp.Diff([]standfirst.Section{energy, companies}, all); diff != "" || err != nil {
			t.Error(diff, err)
		}
		byID, err := tx.Section(energy.ID)
		wantSame(t, energy, byID, err)
		bySlug, err := tx.SectionBySlug("energie")
		wantSame(t, energy, bySlug, err)
		byName, err := tx.SectionByName(" ÉNERGIE ")
		wantSame(t, energy, byName, err)
		_, err = tx.Section(999)
		wantKind(t, err, standfirst.NotFound)
		_, err = tx.SectionByName("Sport")
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
	// A refused name leaves the transaction usable on both engines.
	update(t, s, func(tx *store.Tx) error {
		_, err := tx.InsertSection(standfirst.Section{Slug: "companies-2", Name: "COMPANIES"})
		wantKind(t, err, standfirst.Conflict)
		_, err = tx.InsertSection(standfirst.Section{Slug: "companies", Name: "Firms"})
		wantKind(t, err, standfirst.Conflict)
		_, err = tx.InsertSection(standfirst.Section{Slug: "firms", Name: "Firms"})
		return err
	})
}

func testTopics(t *testing.T, s *store.Store) {
	ferries := standfirst.Topic{Slug: "ferries", Name: "Ferries"}
	update(t, s, func(tx *store.Tx) (err error) {
		ferries.ID, err = tx.InsertTopic(ferries)
		if err != nil {
			return err
		}
		_, err = tx.InsertTopic(standfirst.Topic{Slug: "boats", Name: "ferries"})
		wantKind(t, err, standfirst.Conflict)
		return nil
	})
	view(t, s, func(tx *store.ReadTx) error {
		byID, err := tx.Topic(ferries.ID)
		wantSame(t, ferries, byID, err)
		bySlug, err := tx.TopicBySlug("ferries")
		wantSame(t, ferries, bySlug, err)
		byName, err := tx.TopicByName("FERRIES")
		wantSame(t, ferries, byName, err)
		_, err = tx.TopicBySlug("trains")
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
}

func testAuthors(t *testing.T, s *store.Store) {
	mara := standfirst.Author{Slug: "mara-oduya", Name: "Mara Oduya", Role: "Reporter", CreatedAt: noon}
	update(t, s, func(tx *store.Tx) (err error) {
		if mara.ID, err = tx.InsertAuthor(mara); err != nil {
			return err
		}
		mara.Role, mara.Bio, mara.Disclosure = "Editor", "Writes about ships.", "She holds Northwind shares."
		return tx.UpdateAuthor(mara)
	})
	view(t, s, func(tx *store.ReadTx) error {
		byID, err := tx.Author(mara.ID)
		wantSame(t, mara, byID, err)
		bySlug, err := tx.AuthorBySlug("mara-oduya")
		wantSame(t, mara, bySlug, err)
		byName, err := tx.AuthorByName("mara  oduya")
		wantSame(t, mara, byName, err)
		authors, err := tx.Authors("M", 10)
		wantSame(t, []standfirst.Author{mara}, authors, err)
		none, err := tx.AuthorsOfPicture(1, 5)
		wantSame(t, nil, none, err)
		authors, err = tx.Authors("mara ODUYA", 10)
		wantSame(t, nil, authors, err)
		_, err = tx.AuthorBySlug("nobody")
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
	update(t, s, func(tx *store.Tx) error {
		jonas := standfirst.Author{Slug: "jonas-elan", Name: "Jonas Élan"}
		id, err := tx.InsertAuthor(jonas)
		if err != nil {
			return err
		}
		jonas.ID, jonas.Slug = id, "mara-oduya"
		wantKind(t, tx.UpdateAuthor(jonas), standfirst.Conflict)
		wantKind(t, tx.UpdateAuthor(standfirst.Author{ID: 999, Slug: "x", Name: "X"}), standfirst.NotFound)
		return nil
	})
}

func testOldAddresses(t *testing.T, s *store.Store) {
	update(t, s, func(tx *store.Tx) error {
		for _, a := range []standfirst.OldAddress{
			{Path: "/?p=17", Target: "/wrong"}, {Path: "/?p=17", Target: "/2026/03/05/northwind"}, {Path: "/gone"}, {Path: "/forgotten", Target: "/x"},
		} {
			if err := tx.PutOldAddress(a); err != nil {
				return err
			}
		}
		return tx.DeleteOldAddress("/forgotten")
	})
	view(t, s, func(tx *store.ReadTx) error {
		a, err := tx.OldAddress("/?p=17")
		wantSame(t, standfirst.OldAddress{Path: "/?p=17", Target: "/2026/03/05/northwind"}, a, err)
		a, err = tx.OldAddress("/gone")
		wantSame(t, standfirst.OldAddress{Path: "/gone"}, a, err)
		_, err = tx.OldAddress("/forgotten")
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
}

func testFilings(t *testing.T, s *store.Store) {
	story := draft(t, s, "Northwind fills its till")
	update(t, s, func(tx *store.Tx) error {
		if err := tx.InsertFiling("abc", story.ID); err != nil {
			return err
		}
		wantKind(t, tx.InsertFiling("abc", story.ID), standfirst.Conflict)
		return nil
	})
	wantSame(t, story.ID, read(t, s, func(tx *store.ReadTx) (standfirst.StoryID, error) { return tx.Filing("abc") }), nil)
	err := s.View(t.Context(), func(tx *store.ReadTx) error {
		_, err := tx.Filing("def")
		return err
	})
	wantKind(t, err, standfirst.NotFound)
}

func testAudit(t *testing.T, s *store.Store) {
	first := standfirst.AuditEntry{
		At: noon, Actor: standfirst.Actor{Kind: standfirst.ActorStaff, ID: 7, Name: "Mara Oduya", Role: standfirst.Editor},
		Action: "story.publish", Object: "story:1", Detail: "as version 1",
	}
	second := first
	second.Action, second.At = "story.retract", noon.Add(time.Minute)
	update(t, s, func(tx *store.Tx) error {
		if err := tx.Audit(first); err != nil {
			return err
		}
		return tx.Audit(second)
	})
	first.ID, second.ID = 1, 2
	entries := func(tx *store.ReadTx) ([]standfirst.AuditEntry, error) { return tx.Audits("story:1", 10) }
	if diff := cmp.Diff([]standfirst.AuditEntry{second, first}, read(t, s, entries)); diff != "" {
		t.Error(diff)
	}
}

// sameNumber compares exact numbers by their value.
var sameNumber = cmp.Comparer(func(a, b *big.Rat) bool { return a == b || a != nil && b != nil && a.Cmp(b) == 0 })

// wantSame fails the test unless there is no error and the values are equal.
func wantSame[T any](t testing.TB, want, got T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
		return
	}
	if diff := cmp.Diff(want, got, sameNumber); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
