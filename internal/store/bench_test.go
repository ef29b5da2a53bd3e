package store_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// oneRow is an update of one row.
func oneRow(tx *store.Tx) error {
	return tx.Audit(standfirst.AuditEntry{Actor: standfirst.System(), Action: "story.save", Object: "story:1"})
}

// BenchmarkUpdate1 is one writer that commits alone.
func BenchmarkUpdate1(b *testing.B) { benchmarkUpdate(b, 1) }

// BenchmarkUpdate64 is 64 writers at once.
func BenchmarkUpdate64(b *testing.B) { benchmarkUpdate(b, 64) }

func benchmarkUpdate(b *testing.B, writers int) {
	s := storetest.Open(b)
	var left atomic.Int64
	left.Store(int64(b.N))
	var group sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for range writers {
		group.Go(func() {
			for left.Add(-1) >= 0 {
				if err := s.Update(b.Context(), oneRow); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}

// BenchmarkLatest reads the list of a front page out of 2,000 stories.
func BenchmarkLatest(b *testing.B) {
	s := storetest.Open(b)
	fill(b, s, 2000)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		err := s.View(b.Context(), func(tx *store.ReadTx) error {
			cards, err := tx.Latest(standfirst.Position{}, 20)
			if len(cards) != 20 {
				b.Errorf("%d cards", len(cards))
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStory reads what a story page needs: the story and its revision.
func BenchmarkStory(b *testing.B) {
	s := storetest.Open(b)
	fill(b, s, 2000)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		err := s.View(b.Context(), func(tx *store.ReadTx) error {
			story, err := tx.StoryAt(standfirst.Day{Year: 2026, Month: 3, Day: 5}, "story-1000")
			if err != nil {
				return err
			}
			_, err = tx.Revision(story.Current)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// fill publishes n stories on one day.
func fill(b *testing.B, s *store.Store, n int) {
	b.Helper()
	day := standfirst.Day{Year: 2026, Month: 3, Day: 5}
	err := s.Update(b.Context(), func(tx *store.Tx) error {
		for i := range n {
			at := day.In(time.UTC).Add(time.Duration(i) * time.Second)
			content := standfirst.Content{
				Headline: fmt.Sprintf("Story %d", i), Standfirst: "A sentence under the headline.", Body: strings.Repeat("A paragraph of text.\n\n", 50),
				Bylines: []standfirst.Byline{{Name: "Mara Oduya", Role: "Reporter", Slug: "mara-oduya"}},
			}
			story := standfirst.Story{
				Kind: standfirst.KindStory, State: standfirst.Published, Access: standfirst.AccessPublic,
				Slug: standfirst.Slug(fmt.Sprintf("story-%d", i)), Day: day, FirstPublished: at, Updated: at,
			}
			var err error
			if story.ID, err = tx.InsertStory(story, content); err != nil {
				return err
			}
			if story.Current, err = tx.InsertRevision(standfirst.Revision{StoryID: story.ID, Purpose: standfirst.ForPublish, Content: content}); err != nil {
				return err
			}
			if err := tx.UpdateStory(story); err != nil {
				return err
			}
			if err := tx.SetListing(store.Listing{Story: story, Content: content}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkOpen opens a newsroom that exists.
func BenchmarkOpen(b *testing.B) {
	o := store.Options{Path: filepath.Join(b.TempDir(), "standfirst.db")}
	for b.Loop() {
		s, err := store.Open(b.Context(), o)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
