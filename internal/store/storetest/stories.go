package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"standfirst"
	"standfirst/internal/store"
)

func testStory(t *testing.T, s *store.Store) {
	var section standfirst.SectionID
	var revision standfirst.RevisionID
	story := draft(t, s, "Northwind fills its till")
	if story.Access != standfirst.AccessPublic || story.Headline != "Northwind fills its till" || story.CreatedAt != noon {
		t.Errorf("got %+v", story)
	}
	update(t, s, func(tx *store.Tx) (err error) {
		if section, err = tx.InsertSection(standfirst.Section{Slug: "companies", Name: "Companies"}); err != nil {
			return err
		}
		revision, err = tx.InsertRevision(standfirst.Revision{StoryID: story.ID, Purpose: standfirst.ForPublish, Content: sample("N"), CreatedBy: "command"})
		return err
	})
	story.State, story.Access, story.Section = standfirst.Retracted, standfirst.AccessMembers, section
	story.Slug, story.SlugChosen, story.Day = "till", true, today
	story.FirstPublished, story.Updated = noon, noon.Add(time.Hour)
	story.Current, story.PublishedNumber = revision, 3
	story.Headline, story.RetractionNote = "Other", "It was not so."
	story.ForeignID, story.FeedGUID, story.OriginalDate = "17", "urn:17", noon.AddDate(-10, 0, 0)
	update(t, s, func(tx *store.Tx) error { return tx.UpdateStory(story) })
	wantSame(t, story, read(t, s, func(tx *store.ReadTx) (standfirst.Story, error) { return tx.Story(story.ID) }), nil)

	err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.UpdateStory(standfirst.Story{ID: 999}) })
	wantKind(t, err, standfirst.NotFound)
	err = s.View(t.Context(), func(tx *store.ReadTx) error {
		_, err := tx.Story(999)
		return err
	})
	wantKind(t, err, standfirst.NotFound)
}

func testStoryAddresses(t *testing.T, s *store.Store) {
	first := published(t, s, "Northwind fills its till", noon, store.Listing{})
	wantSame(t, first, read(t, s, func(tx *store.ReadTx) (standfirst.Story, error) { return tx.StoryAt(today, first.Slug) }), nil)

	// Two drafts may share a slug; two stories of a day may not.
	second := draft(t, s, "Northwind fills its till")
	update(t, s, func(tx *store.Tx) error {
		second.Day = today
		wantKind(t, tx.UpdateStory(second), standfirst.Conflict)
		second.Slug = second.Slug.Numbered(2)
		return tx.UpdateStory(second)
	})
	page := standfirst.Story{Kind: standfirst.KindPage, State: standfirst.Published, Slug: "about", CreatedAt: noon, CreatedBy: "command"}
	update(t, s, func(tx *store.Tx) (err error) {
		if page.ID, err = tx.InsertStory(page, standfirst.Content{Headline: "About"}); err != nil {
			return err
		}
		_, err = tx.InsertStory(page, standfirst.Content{Headline: "About us"})
		wantKind(t, err, standfirst.Conflict)
		return nil
	})
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.PageAt("about")
		wantSame(t, page.ID, got.ID, err)
		pages, err := tx.Pages()
		if len(pages) != 1 || err != nil {
			t.Errorf("%d pages, %v", len(pages), err)
		}
		_, err = tx.PageAt(first.Slug)
		wantKind(t, err, standfirst.NotFound)
		_, err = tx.StoryAt(today.AddDays(1), first.Slug)
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
}

func testStoryLists(t *testing.T, s *store.Store) {
	var ids []standfirst.StoryID
	for i := range 5 {
		ids = append(ids, draft(t, s, fmt.Sprintf("Story %d", i)).ID)
	}
	update(t, s, func(tx *store.Tx) error {
		story, err := tx.Story(ids[2])
		if err != nil {
			return err
		}
		story.State = standfirst.InReview
		return tx.UpdateStory(story)
	})
	for _, test := range []struct {
		filter store.StoryFilter
		before standfirst.StoryID
		want   []standfirst.StoryID
	}{
		{store.StoryFilter{}, 0, []standfirst.StoryID{ids[4], ids[3], ids[2]}},
		{store.StoryFilter{}, ids[2], []standfirst.StoryID{ids[1], ids[0]}},
		{store.StoryFilter{State: standfirst.Draft}, 0, []standfirst.StoryID{ids[4], ids[3], ids[1]}},
		{store.StoryFilter{Kind: standfirst.KindStory}, ids[1], []standfirst.StoryID{ids[0]}},
		{store.StoryFilter{Kind: standfirst.KindStory, State: standfirst.InReview}, 0, []standfirst.StoryID{ids[2]}},
		{store.StoryFilter{Kind: standfirst.KindPage}, 0, nil},
		{store.StoryFilter{Kind: standfirst.KindStory, Section: "companies"}, ids[4], []standfirst.StoryID{ids[3], ids[2], ids[1]}},
		{store.StoryFilter{Kind: standfirst.KindStory, Section: "Deals"}, 0, nil},
		{store.StoryFilter{Kind: standfirst.KindStory, Writer: "staff:7"}, ids[1], []standfirst.StoryID{ids[0]}},
		{store.StoryFilter{Kind: standfirst.KindStory, Writer: "staff:8"}, 0, nil},
	} {
		stories := read(t, s, func(tx *store.ReadTx) ([]standfirst.Story, error) { return tx.Stories(test.filter, test.before, 3) })
		var got []standfirst.StoryID
		for _, story := range stories {
			got = append(got, story.ID)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%+v before %d: %s", test.filter, test.before, diff)
		}
	}
}

func testStoryCounts(t *testing.T, s *store.Store) {
	for i := range 4 {
		draft(t, s, fmt.Sprintf("Story %d", i))
	}
	for limit, want := range map[int]int{3: 3, 4: 4, 10: 4} {
		got := read(t, s, func(tx *store.ReadTx) (int, error) {
			return tx.CountStories(standfirst.KindStory, standfirst.Draft, limit)
		})
		if got != want {
			t.Errorf("%d drafts counted to %d, want %d", got, limit, want)
		}
	}
	// The section is that of the working copy.
	update(t, s, func(tx *store.Tx) error {
		work, err := tx.WorkingCopy(2)
		if err != nil {
			return err
		}
		work.Content.Section = "Shipping"
		return tx.SaveWorkingCopy(work)
	})
	moved := read(t, s, func(tx *store.ReadTx) ([]standfirst.Story, error) {
		return tx.Stories(store.StoryFilter{Kind: standfirst.KindStory, Section: "SHIPPING"}, 0, 9)
	})
	if len(moved) != 1 || moved[0].ID != 2 {
		t.Errorf("in the section are %+v", moved)
	}
	testRenamedSection(t, s)
}

// testRenamedSection holds that a section lists its stories whatever it was called when they
// were saved.
func testRenamedSection(t *testing.T, s *store.Store) {
	var section standfirst.Section
	update(t, s, func(tx *store.Tx) error {
		id, err := tx.InsertSection(standfirst.Section{Slug: "harbours", Name: "Harbours"})
		section = standfirst.Section{ID: id, Slug: "harbours", Name: "Harbours"}
		return err
	})
	save := func() (id standfirst.StoryID) {
		update(t, s, func(tx *store.Tx) (err error) {
			id, err = tx.InsertStory(standfirst.Story{Kind: standfirst.KindStory, State: standfirst.Draft, Slug: "pier"}, standfirst.Content{Headline: "A pier", Section: section.Name})
			return err
		})
		return id
	}
	rename := func(name string) {
		section.Name = name
		update(t, s, func(tx *store.Tx) error { return tx.RenameSection(section) })
	}
	listed := func(name string, before standfirst.StoryID, limit int) (ids []standfirst.StoryID) {
		for _, story := range read(t, s, func(tx *store.ReadTx) ([]standfirst.Story, error) {
			return tx.Stories(store.StoryFilter{Kind: standfirst.KindStory, Section: name}, before, limit)
		}) {
			ids = append(ids, story.ID)
		}
		return ids
	}
	first := save()
	rename("Ports")
	second := save()
	rename("Docks")
	third := save()
	for _, name := range []string{"docks", "Ports", "Harbours"} {
		wantSame(t, []standfirst.StoryID{third, second, first}, listed(name, 0, 9), nil)
		wantSame(t, []standfirst.StoryID{third, second}, listed(name, 0, 2), nil)
		wantSame(t, []standfirst.StoryID{first}, listed(name, second, 2), nil)
	}
	rename("Harbours") // again
	wantSame(t, []standfirst.StoryID{third, second, first}, listed("Harbours", 0, 9), nil)
	used := read(t, s, func(tx *store.ReadTx) (bool, error) { return tx.SectionIsUsed(section) })
	update(t, s, func(tx *store.Tx) error {
		for _, id := range []standfirst.StoryID{first, third} {
			work, err := tx.WorkingCopy(id)
			if err != nil {
				return err
			}
			work.Content.Section = "Shipping"
			if err := tx.SaveWorkingCopy(work); err != nil {
				return err
			}
		}
		return nil
	})
	wantSame(t, []standfirst.StoryID{second}, listed("Harbours", 0, 9), nil) // saved under a former name
	still := read(t, s, func(tx *store.ReadTx) (bool, error) { return tx.SectionIsUsed(section) })
	if !used || !still {
		t.Errorf("a section with drafts is used: %v, and with one of a former name: %v", used, still)
	}
}

func testNotFigures(t *testing.T, s *store.Store) {
	first, second := draft(t, s, "One").ID, draft(t, s, "Two").ID
	words := func(id standfirst.StoryID) []string {
		return read(t, s, func(tx *store.ReadTx) ([]string, error) { return tx.NotFigures(id) })
	}
	update(t, s, func(tx *store.Tx) error {
		for _, w := range []string{"up to $6 billion", "4,200 roles", "4,200 roles"} {
			if err := tx.PutNotFigure(first, w, noon, "staff:7"); err != nil {
				return err
			}
		}
		return tx.PutNotFigure(second, "12%", noon, "staff:7")
	})
	wantSame(t, []string{"4,200 roles", "up to $6 billion"}, words(first), nil)
	update(t, s, func(tx *store.Tx) error { return tx.DropNotFigure(first, "4,200 roles") })
	wantSame(t, []string{"up to $6 billion"}, words(first), nil)
	update(t, s, func(tx *store.Tx) error { return tx.DropNotFigure(first, "") })
	wantSame(t, nil, words(first), nil)
	wantSame(t, []string{"12%"}, words(second), nil)
}

func testWorkingCopy(t *testing.T, s *store.Store) {
	story := draft(t, s, "Northwind fills its till")
	get := func(tx *store.ReadTx) (standfirst.WorkingCopy, error) { return tx.WorkingCopy(story.ID) }
	first := read(t, s, get)
	wantSame(t, standfirst.WorkingCopy{
		StoryID: story.ID, Version: 1, Content: sample("Northwind fills its till"), UpdatedAt: noon, UpdatedBy: "staff:7",
	}, first, nil)

	first.Content.Headline, first.UpdatedBy, first.UpdatedAt = "Northwind sells shares", "staff:8", noon.Add(time.Second)
	first.Content.Picture, first.Content.Quotations, first.Content.Topics = nil, nil, nil
	update(t, s, func(tx *store.Tx) error { return tx.SaveWorkingCopy(first) })
	want := first
	want.Version = 2
	wantSame(t, want, read(t, s, get), nil)
	if got := read(t, s, func(tx *store.ReadTx) (standfirst.Story, error) { return tx.Story(story.ID) }); got.Headline != "Northwind sells shares" {
		t.Errorf("the story's headline is %q", got.Headline)
	}
	wantKind(t, s.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveWorkingCopy(first) }), standfirst.Conflict)
	first.StoryID = 999
	wantKind(t, s.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveWorkingCopy(first) }), standfirst.NotFound)
}

func testRevisions(t *testing.T, s *store.Store) {
	story := draft(t, s, "Northwind fills its till")
	r := standfirst.Revision{
		StoryID: story.ID, Purpose: standfirst.ForReview, Content: sample("Northwind"), CreatedAt: noon, CreatedBy: "staff:7",
	}
	r.Content.Picture = &standfirst.LeadPicture{ID: 3, Alt: "A ferry", Caption: "The Antje", Credit: "M. Oduya"}
	var other standfirst.RevisionID
	update(t, s, func(tx *store.Tx) (err error) {
		if r.ID, err = tx.InsertRevision(r); err != nil {
			return err
		}
		other, err = tx.InsertRevision(r)
		return err
	})
	wantSame(t, r, read(t, s, func(tx *store.ReadTx) (standfirst.Revision, error) { return tx.Revision(r.ID) }), nil)

	r.Number, r.PublishedAt = 1, noon.Add(time.Hour)
	update(t, s, func(tx *store.Tx) error {
		if err := tx.NumberRevision(r.ID, 1, r.PublishedAt, r.Change); err != nil {
			return err
		}
		wantKind(t, tx.NumberRevision(other, 1, noon, standfirst.Change{}), standfirst.Conflict)
		wantKind(t, tx.NumberRevision(999, 1, noon, standfirst.Change{}), standfirst.NotFound)
		_, err := tx.InsertRevision(r)
		wantKind(t, err, standfirst.Conflict)
		return nil
	})
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.PublishedRevision(story.ID, 1)
		wantSame(t, r, got, err)
		_, err = tx.PublishedRevision(story.ID, 2)
		wantKind(t, err, standfirst.NotFound)
		_, err = tx.Revision(999)
		wantKind(t, err, standfirst.NotFound)
		versions, err := tx.PublishedVersions(story.ID, 7, 2)
		wantSame(t, []standfirst.PublishedVersion{{
			Number: 1, Revision: r.ID, PublishedAt: r.PublishedAt, Change: r.Change, Headline: r.Content.Headline, Bylines: r.Content.Bylines,
		}}, versions, err)
		versions, err = tx.PublishedVersions(story.ID, 0, 2)
		wantSame(t, nil, versions, err)
		newest, err := tx.Revisions(story.ID, 0, 1)
		if err != nil || len(newest) != 1 || newest[0].ID != other {
			t.Errorf("got %v, %v", newest, err)
		}
		rest, err := tx.Revisions(story.ID, other, 10)
		if err != nil || len(rest) != 1 || rest[0].ID != r.ID {
			t.Errorf("got %v, %v", rest, err)
		}
		return nil
	})
}

func testSchedules(t *testing.T, s *store.Store) {
	var want []standfirst.Schedule
	for i := range 3 {
		story := draft(t, s, fmt.Sprintf("Story %d", i))
		update(t, s, func(tx *store.Tx) error {
			revision, err := tx.InsertRevision(standfirst.Revision{StoryID: story.ID, Purpose: standfirst.ForSchedule, Content: sample("S")})
			schedule := standfirst.Schedule{StoryID: story.ID, Revision: revision, At: noon.Add(-time.Duration(i) * time.Hour)}
			want = append(want, schedule)
			return errors.Join(err, tx.PutSchedule(schedule))
		})
	}
	update(t, s, func(tx *store.Tx) error {
		want[0].At = noon.Add(time.Minute)
		if err := tx.PutSchedule(want[0]); err != nil {
			return err
		}
		return tx.DeleteSchedule(want[1].StoryID)
	})
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.Schedules(10)
		wantSame(t, []standfirst.Schedule{want[2], want[0]}, got, err)
		one, err := tx.Schedule(want[0].StoryID)
		wantSame(t, want[0], one, err)
		_, err = tx.Schedule(want[1].StoryID)
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
}
