package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// A backup that is taken while others write holds everything that was acknowledged
// before it began, and no half of a transaction.
func TestBackupUnderLoad(t *testing.T) {
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			s := storetest.OpenWith(t, p.options(t))
			ctx, stop := context.WithCancel(context.Background())
			var mu sync.Mutex
			var acknowledged []string
			var group sync.WaitGroup
			enough := make(chan struct{})
			for worker := range 8 {
				group.Go(func() {
					for n := 0; ctx.Err() == nil; n++ {
						object := fmt.Sprintf("%d:%d", worker, n)
						if err := s.Update(context.Background(), twoRows(object)); err != nil {
							t.Error(err)
							return
						}
						mu.Lock()
						acknowledged = append(acknowledged, object)
						if len(acknowledged) == 200 {
							close(enough)
						}
						mu.Unlock()
					}
				})
			}
			<-enough
			mu.Lock()
			before := slices.Clone(acknowledged)
			mu.Unlock()
			dir := t.TempDir()
			err := s.Backup(t.Context(), dir)
			stop()
			group.Wait()
			if err != nil {
				t.Fatal(err)
			}
			wantConflict(t, s.Backup(t.Context(), dir))

			restored := p.options(t)
			if err := store.Restore(t.Context(), restored, dir, nil); err != nil {
				t.Fatal(err)
			}
			wantConflict(t, store.Restore(t.Context(), restored, dir, nil))
			checkRestored(t, storetest.OpenWith(t, restored), before, acknowledged)
		})
	}
}

// twoRows is an update of two rows about the object.
func twoRows(object string) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		for _, action := range []string{"one", "two"} {
			if err := tx.Audit(standfirst.AuditEntry{Actor: standfirst.System(), Action: action, Object: object}); err != nil {
				return err
			}
		}
		return nil
	}
}

// checkRestored fails the test unless everything of before is in the store, and
// nothing of all is there by half; and unless the store can be written.
func checkRestored(t *testing.T, s *store.Store, before, all []string) {
	t.Helper()
	err := s.View(t.Context(), func(tx *store.ReadTx) error {
		for i, object := range all {
			entries, err := tx.Audits(object, 5)
			if err != nil {
				return err
			}
			if i < len(before) && len(entries) == 0 {
				t.Errorf("the write %s was acknowledged before the backup and is not in it", object)
			}
			if len(entries) == 1 {
				t.Errorf("the backup holds half of the write %s", object)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if err := s.Update(t.Context(), twoRows("after")); err != nil {
		t.Error(err)
	}
	if findings, err := s.Check(t.Context()); err != nil || len(findings) > 0 {
		t.Errorf("the check found %v, %v", findings, err)
	}
}

func wantConflict(t *testing.T, err error) {
	t.Helper()
	if err == nil || standfirst.KindOf(err) != standfirst.Conflict {
		t.Errorf("got %v, want a conflict", err)
	}
}

// A restored story is what it was, and new things get numbers of their own.
func TestRestoredStory(t *testing.T) {
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			s := storetest.OpenWith(t, p.options(t))
			content := standfirst.Content{Headline: "Northwind\tfills \\N its till", Body: "One line.\n\nAnother, “quoted”.\r\n", Topics: []string{"Ferries"}}
			story := standfirst.Story{Kind: standfirst.KindStory, State: standfirst.Draft, Slug: "till", CreatedBy: "command"}
			if err := s.Update(t.Context(), func(tx *store.Tx) (err error) {
				if story.ID, err = tx.InsertStory(story, content); err != nil {
					return err
				}
				if story, err = tx.Story(story.ID); err != nil {
					return err
				}
				story.Current, err = tx.InsertRevision(standfirst.Revision{StoryID: story.ID, Purpose: standfirst.ForPublish, Content: content})
				if err != nil {
					return err
				}
				story.State, story.Day = standfirst.Published, standfirst.Day{Year: 2026, Month: time.March, Day: 5}
				return tx.UpdateStory(story)
			}); err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := s.Backup(t.Context(), dir); err != nil {
				t.Fatal(err)
			}
			o := p.options(t)
			if err := store.Restore(t.Context(), o, dir, nil); err != nil {
				t.Fatal(err)
			}
			restored := storetest.OpenWith(t, o)
			if err := restored.Update(t.Context(), func(tx *store.Tx) error {
				got, err := tx.Story(story.ID)
				if diff := cmp.Diff(story, got); diff != "" || err != nil {
					t.Error(diff, err)
				}
				revision, err := tx.Revision(story.Current)
				if diff := cmp.Diff(content, revision.Content); diff != "" || err != nil {
					t.Error(diff, err)
				}
				id, err := tx.InsertStory(standfirst.Story{Kind: standfirst.KindStory, State: standfirst.Draft, Slug: "next"}, content)
				if id == story.ID {
					t.Error("a new story got the number of an old one")
				}
				return err
			}); err != nil {
				t.Error(err)
			}
		})
	}
}

// A damaged or missing backup is refused, and nothing is made of it.
func TestDamagedBackup(t *testing.T) {
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			s := storetest.OpenWith(t, p.options(t))
			if err := s.Update(t.Context(), twoRows("1")); err != nil {
				t.Fatal(err)
			}
			o, dir := p.options(t), t.TempDir()
			wantInvalid(t, store.Restore(t.Context(), o, dir, nil))
			if err := s.Backup(t.Context(), dir); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"standfirst.db", "audit.copy"} {
				path := filepath.Join(dir, name)
				if info, err := os.Stat(path); err == nil {
					if err := os.Truncate(path, info.Size()/2); err != nil {
						t.Fatal(err)
					}
				}
			}
			wantInvalid(t, store.Restore(t.Context(), o, dir, nil))
			// The place is still empty: a good backup can be restored to it.
			good := t.TempDir()
			if err := s.Backup(t.Context(), good); err != nil {
				t.Fatal(err)
			}
			if err := store.Restore(t.Context(), o, good, nil); err != nil {
				t.Error(err)
			}
		})
	}
}

func wantInvalid(t *testing.T, err error) {
	t.Helper()
	if err == nil || standfirst.KindOf(err) != standfirst.Invalid {
		t.Errorf("got %v, want an invalid backup", err)
	}
}

// A copy that PostgreSQL refuses half way, or a restore that cannot be finished,
// leaves the database empty.
func TestRefusedBackup(t *testing.T) {
	s := storetest.OpenWith(t, store.Options{URL: storetest.PostgresURL(t)})
	if err := s.Update(t.Context(), twoRows("1")); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := s.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "audit.copy")
	rows, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, slices.Concat([]byte("x"), rows), 0o600); err != nil { // no number
		t.Fatal(err)
	}
	o := store.Options{URL: storetest.PostgresURL(t)}
	if err := store.Restore(t.Context(), o, dir, nil); err == nil {
		t.Fatal("a backup with a damaged row is restored")
	}
	if err := os.WriteFile(path, rows, 0o600); err != nil {
		t.Fatal(err)
	}
	full := errors.New("no room for the pictures")
	if err := store.Restore(t.Context(), o, dir, func() error { return full }); !errors.Is(err, full) {
		t.Errorf("a restore that could not be finished: %v", err)
	}
	if err := store.Restore(t.Context(), o, dir, nil); err != nil {
		t.Errorf("the next try: %v", err)
	}
}

// What is restored says the same of figures, versions that refer to others among them.
func TestRestoredLedger(t *testing.T) {
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			s := storetest.OpenWith(t, p.options(t))
			subjects, claims := fillLedger(t, s, 2, 6)
			dir, o := t.TempDir(), p.options(t)
			if err := errors.Join(s.Backup(t.Context(), dir), store.Restore(t.Context(), o, dir, nil)); err != nil {
				t.Fatal(err)
			}
			restored := storetest.OpenWith(t, o)
			var words [2]string
			for i, from := range []*store.Store{s, restored} {
				err := from.View(t.Context(), func(tx *store.ReadTx) error {
					versions, err := tx.VersionsOf(subjects[1], store.ForDesk)
					for _, v := range versions {
						words[i] += fmt.Sprintf("%d of %d: %s, supersedes %d, ended %q, %v\n", v.ID, v.Claim, v.Value.Quantity, v.Supersedes, v.Ended, v.Attributions)
					}
					if len(versions) != 8 {
						t.Errorf("%d versions", len(versions))
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if words[0] != words[1] {
				t.Errorf("there were\n%s\nand there are\n%s", words[0], words[1])
			}
			err := restored.Update(t.Context(), func(tx *store.Tx) error {
				_, err := tx.InsertVersion(standfirst.ClaimVersion{Claim: claims[0][0], Evidence: standfirst.Rumoured})
				return err
			})
			if err != nil {
				t.Error(err)
			}
			if findings, err := restored.Check(t.Context()); err != nil || len(findings) > 0 {
				t.Errorf("the check found %v, %v", findings, err)
			}
		})
	}
}
