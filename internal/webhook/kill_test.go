package webhook_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/jobs"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
	"standfirst/internal/webhook"
)

// killedNode makes this test binary the sender of TestKilled: it names the file or the
// address of its store.
const killedNode = "STANDFIRST_TEST_KILLED_WEBHOOK"

// TestKilled kills the node that tells a webhook of many stories in the midst of it; the
// receiver breaks off some of the connections after it has taken in what it was sent. Two
// workers come after it, on nodes of their own, and everything arrives at least once, always
// under the same identifier, in order for each story.
func TestKilled(t *testing.T) {
	if setting := os.Getenv(killedReceiver); setting != "" {
		beKilledReceiver(t, setting)
		return
	}
	if name := os.Getenv(killedNode); name != "" {
		st := openNamed(t, name)
		hooks := quick(st)
		w := jobs.New(st, jobs.Options{Logger: slog.New(slog.DiscardHandler)})
		w.Handle(standfirst.JobDeliverWebhook, func(ctx context.Context, job standfirst.Job) error {
			err := hooks.DeliverJob(ctx, job)
			_, _ = os.Stdout.WriteString("acknowledged " + job.Key + "\n")
			return err
		})
		if err := w.Run(context.Background()); err != nil {
			t.Error(err)
		}
		return
	}
	t.Run("SQLite", func(t *testing.T) { testKilled(t, filepath.Join(t.TempDir(), "news.db")) })
	t.Run("Postgres", func(t *testing.T) { testKilled(t, storetest.PostgresURL(t)) })
}

// quick tells webhooks with short pauses between the attempts.
func quick(st *store.Store) *webhook.Webhooks {
	hooks := newHooks(st, time.Now)
	hooks.SetPauses(time.Millisecond, time.Millisecond, time.Millisecond, time.Millisecond, time.Millisecond, time.Millisecond)
	return hooks
}

func testKilled(t *testing.T, name string) {
	const stories, versions = 20, 3
	st := openNamed(t, name)
	r, to := newRoom(t, st), newReceiver(t)
	to.answer = func(n int, _ http.ResponseWriter, _ *http.Request) {
		if n%7 == 0 { // killed when it had it, and before it said so
			panic(http.ErrAbortHandler)
		}
	}
	hook := r.add(to.URL, standfirst.StoryPublishedEvent, standfirst.StoryUpdatedEvent)
	for i := range stories {
		story := r.publish(fmt.Sprintf("Pier talks, day %d", i))
		for v := 2; v <= versions; v++ {
			r.revise(story.ID, fmt.Sprintf("Pier talks, day %d, hour %d", i, v))
		}
	}
	storetest.Killed(t, killedNode+"="+name, stories/4)
	killedAfter := len(to.requests())

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var group sync.WaitGroup
	for range 2 {
		node := openNamed(t, name)
		// The clock is ahead, so that the leases of the one that was killed are over.
		ahead := func() time.Time { return time.Now().Add(2 * time.Minute) }
		hooks := newHooks(node, ahead)
		hooks.SetPauses(time.Millisecond, time.Millisecond, time.Millisecond, time.Millisecond, time.Millisecond, time.Millisecond)
		w := worker(node, hooks, jobs.Options{Clock: ahead})
		group.Go(func() {
			for ctx.Err() == nil {
				if err := w.Drain(ctx); err != nil && ctx.Err() == nil {
					t.Error(err)
				}
				if allDone(t, node, hook.ID) {
					return
				}
			}
		})
	}
	group.Wait()

	ids := make(map[string]string) // of each version of each story
	last := make(map[int64]int)    // version of each story that came last
	for _, g := range to.requests() {
		version := fmt.Sprintf("%d/%d", g.event.Data.ID, g.event.Data.Version)
		if before := ids[version]; before != "" && before != g.id {
			t.Errorf("%s came as %s and as %s", version, before, g.id)
		}
		ids[version] = g.id
		if g.event.Data.Version < last[g.event.Data.ID] {
			t.Errorf("%s came after version %d", version, last[g.event.Data.ID])
		}
		last[g.event.Data.ID] = g.event.Data.Version
	}
	if len(ids) != stories*versions {
		t.Errorf("%d of %d arrived", len(ids), stories*versions)
	}
	t.Logf("killed after %d requests of %d deliveries; %d requests in all", killedAfter, stories*versions, len(to.requests()))
}

// allDone reports whether nothing waits to be delivered any more.
func allDone(t *testing.T, st *store.Store, id standfirst.WebhookID) bool {
	var left []string
	err := st.View(context.Background(), func(tx *store.ReadTx) (err error) {
		left, err = tx.WaitingSubjects(id)
		return err
	})
	if err != nil {
		t.Error(err)
		return true
	}
	return len(left) == 0
}

// openNamed opens the store in the file, or at the address.
func openNamed(t testing.TB, name string) *store.Store {
	if u, err := url.Parse(name); err == nil && strings.HasPrefix(u.Scheme, "postgres") {
		return storetest.OpenWith(t, store.Options{URL: name})
	}
	return storetest.OpenFile(t, name)
}
