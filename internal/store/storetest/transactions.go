package storetest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"standfirst"
	"standfirst/internal/store"
)

func testRollback(t *testing.T, s *store.Store) {
	failed := errors.New("changed my mind")
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.Audit(entry(1)); err != nil {
			return err
		}
		return failed
	})
	if !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
	if stored(t, s, 1) {
		t.Error("what was rolled back is there")
	}
}

// A statement that failed is not forgotten: nothing of the transaction is stored,
// on either engine.
func testSwallowedFailure(t *testing.T, s *store.Store) {
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.Audit(entry(1)); err != nil {
			return err
		}
		_ = tx.PutSchedule(standfirst.Schedule{StoryID: 999, Revision: 999, At: noon}) // no such story
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "PutSchedule(999)") {
		t.Errorf("got %v", err)
	}
	if stored(t, s, 1) {
		t.Error("what stood before the failure is there")
	}
}

func testPanic(t *testing.T, s *store.Store) {
	func() {
		defer func() {
			if value := recover(); value == nil || !strings.Contains(fmt.Sprint(value), "ouch") {
				t.Errorf("the panic is %v", value)
			}
		}()
		_ = s.Update(t.Context(), func(tx *store.Tx) error {
			if err := tx.Audit(entry(1)); err != nil {
				return err
			}
			panic("ouch")
		})
	}()
	update(t, s, func(tx *store.Tx) error { return tx.Audit(entry(2)) })
	if stored(t, s, 1) || !stored(t, s, 2) {
		t.Error("a panic stored something, or harmed the next update")
	}
}

// A function that ends its goroutine, as t.FailNow does, ends that of its caller
// and harms nobody else.
func testExit(t *testing.T, s *store.Store) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.Update(context.Background(), func(tx *store.Tx) error {
			_ = tx.Audit(entry(1))
			runtime.Goexit()
			return nil
		})
		t.Error("the caller goes on")
	}()
	<-ended
	update(t, s, func(tx *store.Tx) error { return tx.Audit(entry(2)) })
	if stored(t, s, 1) || !stored(t, s, 2) {
		t.Error("the function that ended stored something, or harmed the next update")
	}
}

// A request that has gone before its turn is skipped; one that goes during its
// turn changes nothing about the outcome.
func testCancelled(t *testing.T, s *store.Store) {
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	err := s.Update(gone, func(tx *store.Tx) error { return tx.Audit(entry(1)) })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := s.View(gone, func(tx *store.ReadTx) error {
		_, err := tx.Sections()
		return err
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	going, cancel := context.WithCancel(t.Context())
	defer cancel()
	if err := s.Update(going, func(tx *store.Tx) error {
		cancel()
		return tx.Audit(entry(2))
	}); err != nil {
		t.Errorf("the request that went during its turn got %v", err)
	}
	if stored(t, s, 1) || !stored(t, s, 2) {
		t.Error("the wrong request was stored")
	}
}

func testAfterTheEnd(t *testing.T, s *store.Store) {
	var kept *store.Tx
	update(t, s, func(tx *store.Tx) error {
		kept = tx
		return nil
	})
	if err := kept.Audit(entry(1)); err == nil {
		t.Error("a transaction can be used after its end")
	}
}

// Whoever an Update has been acknowledged to sees it in every later View.
func testReadYourWrites(t *testing.T, s *store.Store) {
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 20 {
				n := worker*1000 + i
				if err := s.Update(context.Background(), func(tx *store.Tx) error { return tx.Audit(entry(n)) }); err != nil {
					t.Error(err)
					return
				}
				err := s.View(context.Background(), func(tx *store.ReadTx) error {
					entries, err := tx.Audits(entry(n).Object, 1)
					if err == nil && len(entries) == 0 {
						err = errors.New("an acknowledged write is not there")
					}
					return err
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
}

// Of several who save from the same version one succeeds; the others are told.
func testConcurrentSaves(t *testing.T, s *store.Store) {
	story := draft(t, s, "Northwind fills its till")
	const workers, saves = 6, 5
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for done := 0; done < saves; {
				var w standfirst.WorkingCopy
				err := s.View(context.Background(), func(tx *store.ReadTx) (err error) {
					w, err = tx.WorkingCopy(story.ID)
					return err
				})
				if err == nil {
					err = s.Update(context.Background(), func(tx *store.Tx) error { return tx.SaveWorkingCopy(w) })
				}
				switch {
				case err == nil:
					done++
				case standfirst.KindOf(err) != standfirst.Conflict:
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	w := read(t, s, func(tx *store.ReadTx) (standfirst.WorkingCopy, error) { return tx.WorkingCopy(story.ID) })
	if w.Version != 1+workers*saves {
		t.Errorf("the version is %d after %d saves", w.Version, workers*saves)
	}
}

// Of several who make the same thing at once one succeeds; the others find it.
func testConcurrentInserts(t *testing.T, s *store.Store) {
	var group sync.WaitGroup
	var mu sync.Mutex
	made := make(map[standfirst.TopicID]int)
	for range 8 {
		group.Go(func() {
			var id standfirst.TopicID
			err := s.Update(context.Background(), func(tx *store.Tx) error {
				topic, err := tx.TopicByName("Ferries")
				if err == nil {
					id = topic.ID
					return nil
				}
				id, err = tx.InsertTopic(standfirst.Topic{Slug: "ferries", Name: "Ferries"})
				return err
			})
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			made[id]++
		})
	}
	group.Wait()
	if len(made) != 1 {
		t.Errorf("made %v", made)
	}
}

func testViewIsOneSnapshot(t *testing.T, s *store.Store) {
	view(t, s, func(tx *store.ReadTx) error {
		before, err := tx.Audits(entry(1).Object, 5)
		if err != nil {
			return err
		}
		update(t, s, func(tx *store.Tx) error { return tx.Audit(entry(1)) })
		after, err := tx.Audits(entry(1).Object, 5)
		if len(before) != 0 || len(after) != 0 {
			t.Errorf("saw %d entries before and %d after the update of another", len(before), len(after))
		}
		return err
	})
	if !stored(t, s, 1) {
		t.Error("the update is not there")
	}
}

func testCheck(t *testing.T, s *store.Store) {
	findings, err := s.Check(t.Context())
	if err != nil || len(findings) != 0 {
		t.Fatalf("an empty store has %v, %v", findings, err)
	}
	story := draft(t, s, "Northwind fills its till")
	job := enqueue(t, s, standfirst.Job{Kind: "test", RunAt: noon})
	update(t, s, func(tx *store.Tx) error {
		revision, err := tx.InsertRevision(standfirst.Revision{StoryID: story.ID, Purpose: standfirst.ForSchedule, Content: sample("S")})
		if err != nil {
			return err
		}
		if err := tx.PutSchedule(standfirst.Schedule{StoryID: story.ID, Revision: revision, At: noon.AddDate(-5, 0, 0)}); err != nil {
			return err
		}
		return tx.SetAsideJob(job.ID, "given up")
	})
	findings, err = s.Check(t.Context())
	if err != nil || len(findings) != 2 {
		t.Errorf("found %v, %v", findings, err)
	}
}

func testClosed(t *testing.T, s *store.Store) {
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), func(tx *store.Tx) error { return nil }); err == nil {
		t.Error("a closed store can be written")
	}
	if err := s.View(t.Context(), func(tx *store.ReadTx) error { return nil }); err == nil {
		t.Error("a closed store can be read")
	}
}
