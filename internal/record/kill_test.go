package record_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/record"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

const (
	// killedFolder makes this test binary the child of TestKilled: it names the folder of
	// the newsroom.
	killedFolder = "STANDFIRST_TEST_KILLED_FOLDER"
	// killedRounds is how often it is killed, if not twice.
	killedRounds = "STANDFIRST_TEST_KILLED_ROUNDS"
)

// text returns the text of an invented story.
func text(n int64) standfirst.Content {
	return standfirst.Content{
		Headline: fmt.Sprintf("Ferry %d leaves on time", n), Standfirst: "Nobody was late.", Section: "Companies",
		Body: fmt.Sprintf("Ferry number %d left the quay at noon.\n\nIts crew had hoped for wind.\n", n), Bylines: []standfirst.Byline{{Name: "Mara Oduya"}},
	}
}

// fatal is what helpers of tests and benchmarks need.
type fatal interface {
	Helper()
	Fatal(args ...any)
	Context() context.Context
}

// setUp makes the publication, if there is none.
func setUp(t fatal, st *store.Store) *newsroom.Newsroom {
	t.Helper()
	news := newsroom.New(st, newsroom.Options{})
	pub := standfirst.DefaultPublication()
	pub.BaseURL = "https://quay.example"
	if err := news.SetUp(t.Context(), standfirst.Command(), pub); err != nil {
		t.Fatal(err)
	}
	return news
}

// signer returns what signs the record of the store, with its files in the folder.
func signer(t fatal, st *store.Store, dir string) *record.Signer {
	t.Helper()
	s := record.NewSigner(st, record.Options{KeyFile: filepath.Join(dir, "key"), SeenFile: filepath.Join(dir, "seen")})
	if err := s.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// publish makes a story and publishes it.
func publish(ctx context.Context, news *newsroom.Newsroom, n int64) (standfirst.Story, error) {
	draft, err := news.Create(ctx, standfirst.Command(), newsroom.Draft{Kind: standfirst.KindStory, Content: text(n)})
	if err != nil {
		return standfirst.Story{}, err
	}
	published, err := news.Publish(ctx, standfirst.Command(), draft.ID, newsroom.PublishOptions{})
	return published.Story, err
}

// audit fails the test for each problem of the record.
func audit(t *testing.T, st *store.Store) (entries int64) {
	t.Helper()
	entries, err := record.Audit(t.Context(), st.Reader(), func(problem string) { t.Error(problem) })
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// TestKilled kills a process while 64 goroutines of it publish. Entries and revisions
// then correspond one to one, and what is signed afterwards contradicts nothing that was
// signed before.
func TestKilled(t *testing.T) {
	if dir := os.Getenv(killedFolder); dir != "" {
		publishUntilKilled(t, dir)
		return
	}
	rounds := 2
	if n, err := strconv.Atoi(os.Getenv(killedRounds)); err == nil {
		rounds = n
	}
	dir := t.TempDir()
	for round := range rounds {
		acknowledged := killWhilePublishing(t, dir, 100)
		st := storetest.OpenFile(t, filepath.Join(dir, "news.db"))
		entries := audit(t, st)
		err := st.View(t.Context(), func(tx *store.ReadTx) error {
			for _, id := range acknowledged {
				if _, err := tx.RecordEntryOf(record.StorySubject(id), string(record.RevisionKind), 1); err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		s := signer(t, st, dir)
		if err := s.Sign(t.Context()); err != nil {
			t.Errorf("round %d: %v", round, err)
		}
		if err := s.Release(t.Context()); err != nil {
			t.Error(err)
		}
		audit(t, st)
		t.Logf("round %d: %d stories acknowledged, %d entries", round, len(acknowledged), entries)
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	}
}

// killWhilePublishing starts a child that publishes, kills it once it has acknowledged so
// many stories, and returns all that it acknowledged.
func killWhilePublishing(t *testing.T, dir string, after int) (acknowledged []standfirst.StoryID) {
	t.Helper()
	for _, word := range storetest.Killed(t, killedFolder+"="+dir, after) {
		id, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		acknowledged = append(acknowledged, standfirst.StoryID(id))
	}
	return acknowledged
}

// publishUntilKilled publishes from 64 goroutines, signs beside them, and says of each
// story that it was acknowledged.
func publishUntilKilled(t *testing.T, dir string) {
	st := storetest.OpenFile(t, filepath.Join(dir, "news.db"))
	news := setUp(t, st)
	s := signer(t, st, dir)
	go s.Run(t.Context()) //nolint:errcheck // it ends with the process
	var group sync.WaitGroup
	var n atomic.Int64
	for range 64 {
		group.Go(func() {
			for {
				story, err := publish(t.Context(), news, int64(os.Getpid())<<20+n.Add(1))
				if err != nil {
					t.Error(err)
					return
				}
				// One story a line, so that no line is torn.
				if _, err := os.Stdout.WriteString("acknowledged " + story.ID.String() + "\n"); err != nil {
					return
				}
			}
		})
	}
	group.Wait()
}

// TestTwoNodes publishes from two nodes on one PostgreSQL, both of which may sign. No
// publication fails for the other's sake, and what was signed is one history.
func TestTwoNodes(t *testing.T) {
	const writers, each = 8, 12
	url := storetest.PostgresURL(t)
	var nodes []*newsroom.Newsroom
	var stores []*store.Store
	dirs := []string{t.TempDir(), t.TempDir()}
	ctx, stop := context.WithCancel(t.Context())
	var signing, publishing sync.WaitGroup
	for i, dir := range dirs {
		st := storetest.OpenWith(t, store.Options{URL: url})
		stores = append(stores, st)
		nodes = append(nodes, setUp(t, st))
		if i > 0 { // with the same key
			b, err := os.ReadFile(filepath.Join(dirs[0], "key"))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "key"), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s := signer(t, st, dir)
		signing.Go(func() {
			if err := s.Run(ctx); err != nil {
				t.Error(err)
			}
			if err := s.Status().Err; err != nil {
				t.Error(err)
			}
		})
	}
	for i, news := range nodes {
		for w := range writers {
			publishing.Go(func() {
				for n := range each {
					if _, err := publish(t.Context(), news, int64(i*1_000_000+w*1000+n)); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
	}
	publishing.Wait()
	stop()
	signing.Wait()
	for i, st := range stores {
		s := record.NewSigner(st, record.Options{KeyFile: filepath.Join(dirs[i], "key"), SeenFile: filepath.Join(dirs[i], "seen")})
		if err := s.Sign(t.Context()); err != nil {
			t.Error(err)
		}
	}
	entries := audit(t, stores[0])
	if want := int64(2*writers*each + 4 + 2); entries != want {
		t.Errorf("%d entries, want %d", entries, want)
	}
}
