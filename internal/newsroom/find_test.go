package newsroom_test

import (
	"fmt"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

func TestFind(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		var ids []standfirst.StoryID
		for i := range 7 {
			c := text(fmt.Sprintf("Northwind story %d", i))
			actor := reporter
			if i%2 == 1 {
				c.Section, actor = "Shipping", editor
			}
			s, err := d.newsroom.Create(d.Context(), actor, newsroom.Draft{Content: c})
			if err != nil {
				d.Fatal(err)
			}
			ids = append(ids, s.ID)
		}
		d.publish(ids[3])
		for name, c := range map[string]struct {
			search newsroom.Search
			limit  int
			want   []standfirst.StoryID
			next   standfirst.StoryID
		}{
			"all":               {newsroom.Search{}, 9, []standfirst.StoryID{ids[6], ids[5], ids[4], ids[3], ids[2], ids[1], ids[0]}, 0},
			"a page":            {newsroom.Search{}, 2, []standfirst.StoryID{ids[6], ids[5]}, ids[5]},
			"the last page":     {newsroom.Search{Before: ids[2]}, 2, []standfirst.StoryID{ids[1], ids[0]}, 0},
			"state":             {newsroom.Search{State: standfirst.Published}, 9, []standfirst.StoryID{ids[3]}, 0},
			"section":           {newsroom.Search{Section: "shipping"}, 2, []standfirst.StoryID{ids[5], ids[3]}, ids[3]},
			"section and state": {newsroom.Search{Section: "Shipping", State: standfirst.Draft}, 9, []standfirst.StoryID{ids[5], ids[1]}, 0},
			"writer":            {newsroom.Search{Writer: "staff:8", State: standfirst.Draft}, 9, []standfirst.StoryID{ids[6], ids[4], ids[2], ids[0]}, 0},
			"both":              {newsroom.Search{Writer: "staff:8", Section: "Shipping"}, 9, nil, 0},
			"words":             {newsroom.Search{Words: "4 NORTH"}, 9, []standfirst.StoryID{ids[4]}, 0},
			"no words":          {newsroom.Search{Words: "wind"}, 9, nil, 0},
		} {
			found, err := d.newsroom.Find(d.Context(), reporter, c.search, c.limit)
			if err != nil {
				d.Fatal(err)
			}
			var got []standfirst.StoryID
			for _, s := range found.Stories {
				got = append(got, s.ID)
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) || found.Next != c.next || found.Bounded {
				d.Errorf("%s: %v and on from %d, want %v and %d", name, got, found.Next, c.want, c.next)
			}
		}
		found, err := d.newsroom.Find(d.Context(), reporter, newsroom.Search{Section: "Shipping"}, 1)
		if err != nil || found.Stories[0].Section != "Shipping" || !found.Stories[0].SavedAt.Equal(startOfTest) {
			d.Errorf("%+v, %v", found, err)
		}
		_, err = d.newsroom.Find(d.Context(), moderator, newsroom.Search{}, 1)
		d.wantKind(err, standfirst.Forbidden)
	})
}

// TestFindIsBounded holds that a search stops, says so, and goes on where it stopped.
func TestFindIsBounded(t *testing.T) {
	d := newDesk(t, storetest.Open(t))
	err := d.store.Update(t.Context(), func(tx *store.Tx) error {
		for i := range newsroom.SearchWindow + 3 {
			headline := "A story"
			if i == 1 {
				headline = "The needle"
			}
			if _, err := tx.InsertStory(standfirst.Story{Kind: standfirst.KindStory, State: standfirst.Draft, Slug: "story", CreatedBy: "staff:8"}, standfirst.Content{Headline: headline}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	found, err := d.newsroom.Find(t.Context(), editor, newsroom.Search{Words: "needle"}, 5)
	if err != nil || len(found.Stories) != 0 || !found.Bounded || found.Next == 0 {
		t.Fatalf("%+v, %v", found, err)
	}
	found, err = d.newsroom.Find(t.Context(), editor, newsroom.Search{Words: "needle", Before: found.Next}, 5)
	if err != nil || len(found.Stories) != 1 || found.Bounded || found.Next != 0 {
		t.Errorf("%+v, %v", found, err)
	}
}
