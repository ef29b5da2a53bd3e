package newsroom_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/jobs"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

const (
	// killedNode makes this test binary a node of TestKilled: it names the file or the
	// address of its store.
	killedNode = "STANDFIRST_TEST_KILLED_SCHEDULE"
	// killedStories is how many stories are scheduled for one second, if not 60.
	killedStories = "STANDFIRST_TEST_KILLED_STORIES"
)

// TestKilled schedules stories for one second and kills the node that publishes them in the
// midst of it. Those that come after it, one with SQLite and two with PostgreSQL, publish
// all that is left, and each story went out once. It logs how long they took.
func TestKilled(t *testing.T) {
	if name := os.Getenv(killedNode); name != "" {
		publishUntilKilled(t, name)
		return
	}
	t.Run("SQLite", func(t *testing.T) { testKilled(t, filepath.Join(t.TempDir(), "news.db"), 1) })
	t.Run("Postgres", func(t *testing.T) { testKilled(t, storetest.PostgresURL(t), 2) })
}

func testKilled(t *testing.T, name string, nodes int) {
	stories := storiesAtOnce()
	ids := scheduleAtOnce(t, openNamed(t, name), stories, time.Now().Add(-time.Minute))
	acknowledged := storetest.Killed(t, killedNode+"="+name, stories/4)

	start := time.Now()
	out := publishOn(t, name, nodes)
	t.Logf("killed after %d of %d stories; the rest were out %.1f s after the restart", len(acknowledged), stories, out.Sub(start).Seconds())
	wentOutOnce(t, openNamed(t, name), ids)
}

// TestTwoNodesAtTheSecond has two nodes run when the second comes for which stories are
// scheduled: each story goes out once. It logs how long that took.
func TestTwoNodesAtTheSecond(t *testing.T) {
	name := storetest.PostgresURL(t)
	stories := storiesAtOnce()
	due := time.Now().Add(time.Duration(stories) * 25 * time.Millisecond).Truncate(time.Second).Add(time.Second)
	ids := scheduleAtOnce(t, openNamed(t, name), stories, due)
	if late := time.Since(due); late > 0 {
		t.Logf("the machine is slow: the second was over %s before all was scheduled", late)
	}
	out := publishOn(t, name, 2)
	t.Logf("%d stories were out %.1f s after their second", stories, out.Sub(due).Seconds())
	wentOutOnce(t, openNamed(t, name), ids)
}

// storiesAtOnce returns how many stories are scheduled for one second.
func storiesAtOnce() int {
	if n, err := strconv.Atoi(os.Getenv(killedStories)); err == nil {
		return n
	}
	return 60
}

// publishOn runs so many nodes over the store until nothing is scheduled any more, and
// returns when that was.
func publishOn(t *testing.T, name string, nodes int) time.Time {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var group sync.WaitGroup
	for range nodes {
		worker := publisher(openNamed(t, name), slog.New(slog.DiscardHandler))
		group.Go(func() {
			if err := worker.Run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	waitUntilOut(t, openNamed(t, name))
	out := time.Now()
	stop()
	group.Wait()
	return out
}

// openNamed opens the store in the file, or at the address.
func openNamed(t testing.TB, name string) *store.Store {
	if u, err := url.Parse(name); err == nil && strings.HasPrefix(u.Scheme, "postgres") {
		return storetest.OpenWith(t, store.Options{URL: name})
	}
	return storetest.OpenFile(t, name)
}

// scheduleAtOnce sets up a newsroom and schedules so many stories for one second.
func scheduleAtOnce(t testing.TB, st *store.Store, stories int, at time.Time) []standfirst.StoryID {
	t.Helper()
	now := at.Add(-time.Minute)
	news := newsroom.New(st, newsroom.Options{Clock: func() time.Time { return now }})
	if err := news.SetUp(t.Context(), standfirst.Command(), standfirst.DefaultPublication()); err != nil {
		t.Fatal(err)
	}
	ids := make([]standfirst.StoryID, stories)
	numbers := make(chan int)
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			for i := range numbers {
				s, err := news.CreateAndSchedule(t.Context(), standfirst.Command(), newsroom.Draft{Content: text(fmt.Sprintf("Pier talks, day %d", i))}, at)
				if err != nil {
					t.Error(err)
				}
				ids[i] = s.ID
			}
		})
	}
	for i := range ids {
		numbers <- i
	}
	close(numbers)
	group.Wait()
	return ids
}

// publisher returns a worker that publishes what is due.
func publisher(st *store.Store, log *slog.Logger) *jobs.Worker {
	worker := jobs.New(st, jobs.Options{Logger: slog.New(slog.DiscardHandler)})
	worker.HandlePromptly(standfirst.JobPublishScheduled, newsroom.New(st, newsroom.Options{Logger: log}).PublishJob)
	return worker
}

// publishUntilKilled publishes what is due and says so of each story.
func publishUntilKilled(t *testing.T, name string) {
	log := slog.New(slog.NewTextHandler(acknowledging{}, nil))
	if err := publisher(openNamed(t, name), log).Run(context.Background()); err != nil {
		t.Error(err)
	}
}

// acknowledging writes a line for each line of the log, which is one for each story that
// went out.
type acknowledging struct{}

func (acknowledging) Write(line []byte) (int, error) {
	_, err := os.Stdout.WriteString("acknowledged " + string(line))
	return len(line), err
}

// waitUntilOut returns when nothing is scheduled any more: it looks each time when somebody
// changed something.
func waitUntilOut(t testing.TB, st *store.Store) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	changed := make(chan struct{}, 1)
	st.OnTouch(func([]standfirst.Tag) {
		select {
		case changed <- struct{}{}:
		default:
		}
	})
	go st.Watch(ctx) //nolint:errcheck // it ends with the context
	for {
		var left []standfirst.Schedule
		err := st.View(ctx, func(tx *store.ReadTx) (err error) {
			left, err = tx.Schedules(1)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(left) == 0 {
			return
		}
		<-changed
	}
}

// wentOutOnce fails the test unless each story is published once.
func wentOutOnce(t testing.TB, st *store.Store, ids []standfirst.StoryID) {
	t.Helper()
	err := st.View(context.Background(), func(tx *store.ReadTx) error {
		for _, id := range ids {
			story, err := tx.Story(id)
			if err != nil {
				return err
			}
			trail, err := tx.Audits("story:"+id.String(), 10)
			if err != nil {
				return err
			}
			times := 0
			for _, e := range trail {
				if e.Action == "story.publish" {
					times++
				}
			}
			if story.State != standfirst.Published || story.PublishedNumber != 1 || times != 1 {
				t.Errorf("story %s is %s as version %d, and went out %d times", id, story.State, story.PublishedNumber, times)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
