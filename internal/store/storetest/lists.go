package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"standfirst"
	"standfirst/internal/store"
)

// shelves are one section, topic and author to list stories under.
type shelves struct {
	section standfirst.SectionID
	topics  []standfirst.TopicID
	authors []standfirst.AuthorID
}

func makeShelves(t testing.TB, s *store.Store) (made shelves) {
	t.Helper()
	update(t, s, func(tx *store.Tx) (err error) {
		made = shelves{}
		if made.section, err = tx.InsertSection(standfirst.Section{Slug: "companies", Name: "Companies"}); err != nil {
			return err
		}
		for _, name := range []string{"Rights issues", "Ferries"} {
			id, err := tx.InsertTopic(standfirst.Topic{Slug: standfirst.Slugify(name), Name: name})
			if err != nil {
				return err
			}
			made.topics = append(made.topics, id)
		}
		for _, name := range []string{"Mara Oduya", "Jonas Elan"} {
			id, err := tx.InsertAuthor(standfirst.Author{Slug: standfirst.Slugify(name), Name: name, CreatedAt: noon})
			if err != nil {
				return err
			}
			made.authors = append(made.authors, id)
		}
		return nil
	})
	return made
}

func testListing(t *testing.T, s *store.Store) {
	on := makeShelves(t, s)
	l := store.Listing{Section: on.section, Topics: on.topics, Authors: on.authors}
	story := published(t, s, "Northwind fills its till", noon, l)
	want := []standfirst.Card{{
		ID: story.ID, State: standfirst.Published, Path: "/2026/03/05/northwind-fills-its-till",
		Headline: "Northwind fills its till", Standfirst: "The ferry operator fills its till.",
		Bylines: sample("").Bylines, Section: "Companies", SectionSlug: "companies", FirstPublished: noon, Updated: noon,
	}}
	lists := map[string]func(*store.ReadTx) ([]standfirst.Card, error){
		"latest": func(tx *store.ReadTx) ([]standfirst.Card, error) { return tx.Latest(standfirst.Position{}, 5) },
		"section": func(tx *store.ReadTx) ([]standfirst.Card, error) {
			return tx.SectionCards(on.section, standfirst.Position{}, 5)
		},
		"topic": func(tx *store.ReadTx) ([]standfirst.Card, error) {
			return tx.TopicCards(on.topics[1], standfirst.Position{}, 5)
		},
		"author": func(tx *store.ReadTx) ([]standfirst.Card, error) {
			return tx.AuthorCards(on.authors[1], standfirst.Position{}, 5)
		},
		"day": func(tx *store.ReadTx) ([]standfirst.Card, error) { return tx.DayCards(today, standfirst.Position{}, 5) },
	}
	for name, list := range lists {
		if diff := cmp.Diff(want, read(t, s, list)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	view(t, s, func(tx *store.ReadTx) error {
		topics, err := tx.StoryTopics(story.ID)
		if err != nil || len(topics) != 2 || topics[0].Name != "Rights issues" {
			t.Errorf("topics: %v, %v", topics, err)
		}
		authors, err := tx.StoryAuthors(story.ID)
		if err != nil || len(authors) != 2 || authors[0].Name != "Mara Oduya" {
			t.Errorf("authors: %v, %v", authors, err)
		}
		return nil
	})

	// A later revision without section, first topic and authors replaces the rows.
	story.State = standfirst.Retracted
	update(t, s, func(tx *store.Tx) error {
		return tx.SetListing(store.Listing{Story: story, Content: sample("Withdrawn"), Topics: on.topics[1:]})
	})
	for name, wanted := range map[string]string{"latest": "Withdrawn", "day": "Withdrawn", "topic": "Withdrawn", "section": "", "author": ""} {
		cards := read(t, s, lists[name])
		if got := headlines(cards); got != wanted {
			t.Errorf("%s: %q, want %q", name, got, wanted)
		}
		if len(cards) > 0 && cards[0].State != standfirst.Retracted {
			t.Errorf("%s: the state is %q", name, cards[0].State)
		}
	}
	update(t, s, func(tx *store.Tx) error { return tx.ClearListing(story.ID) })
	for name, list := range lists {
		if cards := read(t, s, list); len(cards) != 0 {
			t.Errorf("%s still has %q", name, headlines(cards))
		}
	}
}

// Pages of lists join without gap or overlap, stories of the same instant
// included.
func testListingPages(t *testing.T, s *store.Store) {
	on := makeShelves(t, s)
	for i := range 7 {
		published(t, s, fmt.Sprintf("Story %d", i), noon.Add(time.Duration(i/3)*time.Minute),
			store.Listing{Section: on.section, Topics: on.topics, Authors: on.authors})
	}
	const want = "Story 6, Story 5, Story 4, Story 3, Story 2, Story 1, Story 0"
	for name, list := range map[string]func(*store.ReadTx, standfirst.Position) ([]standfirst.Card, error){
		"latest": func(tx *store.ReadTx, p standfirst.Position) ([]standfirst.Card, error) { return tx.Latest(p, 2) },
		"section": func(tx *store.ReadTx, p standfirst.Position) ([]standfirst.Card, error) {
			return tx.SectionCards(on.section, p, 2)
		},
		"topic": func(tx *store.ReadTx, p standfirst.Position) ([]standfirst.Card, error) {
			return tx.TopicCards(on.topics[0], p, 2)
		},
		"author": func(tx *store.ReadTx, p standfirst.Position) ([]standfirst.Card, error) {
			return tx.AuthorCards(on.authors[0], p, 2)
		},
		"day": func(tx *store.ReadTx, p standfirst.Position) ([]standfirst.Card, error) {
			return tx.DayCards(today, p, 2)
		},
	} {
		var all []standfirst.Card
		var after standfirst.Position
		for {
			cards := read(t, s, func(tx *store.ReadTx) ([]standfirst.Card, error) { return list(tx, after) })
			if len(cards) == 0 {
				break
			}
			all = append(all, cards...)
			last := cards[len(cards)-1]
			after = standfirst.Position{FirstPublished: last.FirstPublished, ID: last.ID}
		}
		if got := headlines(all); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// A card carries what its thumbnail needs: the picture itself at first, the
// renditions as soon as they are made.
func testListingPicture(t *testing.T, s *store.Store) {
	file := standfirst.PictureFile{Name: "3f/3fa9.jpg", Width: 2000, Height: 1000, Bytes: 5}
	small := standfirst.PictureFile{Name: "3f/3fa9-480.jpg", Width: 480, Height: 240, Bytes: 2}
	var id standfirst.PictureID
	update(t, s, func(tx *store.Tx) (err error) {
		id, err = tx.InsertPicture(standfirst.Picture{Digest: "3fa9", Format: "jpeg", File: file, Focus: standfirst.Focus{X: 30, Y: 70}})
		return err
	})
	content := sample("With picture")
	content.Picture = &standfirst.LeadPicture{ID: id, Alt: "A ferry", Caption: "The Antje", Credit: "M. Oduya"}
	published(t, s, "With picture", noon, store.Listing{Content: content})
	latest := func(tx *store.ReadTx) ([]standfirst.Card, error) { return tx.Latest(standfirst.Position{}, 1) }
	card := read(t, s, latest)[0]
	wantSame(t, content.Picture, card.Picture, nil)
	wantSame(t, []standfirst.PictureFile{file}, card.Thumb, nil)
	wantSame(t, standfirst.Focus{X: 30, Y: 70}, card.Focus, nil)
	update(t, s, func(tx *store.Tx) error { return tx.InsertRenditions(id, []standfirst.PictureFile{small}) })
	wantSame(t, []standfirst.PictureFile{small}, read(t, s, latest)[0].Thumb, nil)
}

// A stretch of time has its first instant and not its last, and no story that was retracted.
func testListedBetween(t *testing.T, s *store.Store) {
	for i := range 4 {
		published(t, s, fmt.Sprintf("Story %d", i), noon.Add(time.Duration(i)*time.Hour), store.Listing{})
	}
	gone := published(t, s, "Withdrawn", noon.Add(90*time.Minute), store.Listing{})
	gone.State = standfirst.Retracted
	update(t, s, func(tx *store.Tx) error {
		return tx.SetListing(store.Listing{Story: gone, Content: sample("Withdrawn")})
	})
	between := func(limit int) []store.ListedAddress {
		return read(t, s, func(tx *store.ReadTx) ([]store.ListedAddress, error) {
			return tx.ListedBetween(noon.Add(time.Hour), noon.Add(3*time.Hour), limit)
		})
	}
	newest := store.ListedAddress{Path: "/2026/03/05/story-2", FirstPublished: noon.Add(2 * time.Hour), Updated: noon.Add(2 * time.Hour)}
	older := store.ListedAddress{Path: "/2026/03/05/story-1", FirstPublished: noon.Add(time.Hour), Updated: noon.Add(time.Hour)}
	wantSame(t, []store.ListedAddress{newest, older}, between(5), nil)
	wantSame(t, []store.ListedAddress{newest}, between(1), nil)
}
