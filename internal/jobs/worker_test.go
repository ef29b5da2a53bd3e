package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

const kind standfirst.JobKind = "test.kind"

// onBothEngines runs a test on SQLite and on PostgreSQL.
func onBothEngines(t *testing.T, test func(t *testing.T, st *store.Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, storetest.Open(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, storetest.Postgres(t)) })
}

// inBubble runs a test on SQLite in a bubble whose time passes when nobody works.
func inBubble(t *testing.T, test func(t *testing.T, st *store.Store)) {
	path := filepath.Join(t.TempDir(), "standfirst.db")
	synctest.Test(t, func(t *testing.T) { test(t, storetest.OpenFile(t, path)) })
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func enqueue(t testing.TB, st *store.Store, jobs ...standfirst.Job) {
	t.Helper()
	err := st.Update(t.Context(), func(tx *store.Tx) error {
		for _, job := range jobs {
			if job.Kind == "" {
				job.Kind = kind
			}
			if _, err := tx.Enqueue(job); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// waiting returns when the next job is due, and false if there is none.
func waiting(t testing.TB, st *store.Store) (at time.Time, ok bool) {
	t.Helper()
	err := st.View(t.Context(), func(tx *store.ReadTx) (err error) {
		at, ok, err = tx.NextJob()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return at, ok
}

func setAside(t testing.TB, st *store.Store) (failed []standfirst.Job) {
	t.Helper()
	err := st.View(t.Context(), func(tx *store.ReadTx) (err error) {
		failed, err = tx.FailedJobs(10)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return failed
}

// running starts Run and returns what stops it and waits for its end.
func running(t testing.TB, w *Worker) (stop func() error) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	var once sync.Once
	var err error
	stop = func() error {
		once.Do(func() {
			cancel()
			err = <-ended
		})
		return err
	}
	t.Cleanup(func() { _ = stop() })
	return stop
}

func TestRunDoesWhatIsDueAndWhatComes(t *testing.T) {
	onBothEngines(t, func(t *testing.T, st *store.Store) {
		enqueue(t, st, standfirst.Job{Payload: json.RawMessage(`{"n":1}`), RunAt: time.Now().Add(-time.Hour)})
		w := New(st, Options{Logger: quiet()})
		done := make(chan string, 10)
		w.Handle(kind, func(_ context.Context, job standfirst.Job) error {
			done <- string(job.Payload)
			return nil
		})
		stop := running(t, w)
		if got := <-done; got != `{"n":1}` {
			t.Errorf("%s", got)
		}
		enqueue(t, st, standfirst.Job{Payload: json.RawMessage(`{"n":2}`)})
		if got := <-done; got != `{"n":2}` {
			t.Errorf("%s", got)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		if at, ok := waiting(t, st); ok {
			t.Errorf("a job is left for %s", at)
		}
	})
}

func TestRunIsOnTimeAndSleepsMeanwhile(t *testing.T) {
	inBubble(t, func(t *testing.T, st *store.Store) {
		due := time.Now().Add(90*time.Minute + 7*time.Second + 250*time.Millisecond)
		enqueue(t, st, standfirst.Job{RunAt: due})
		w := New(st, Options{Logger: quiet()})
		done := make(chan time.Time)
		w.Handle(kind, func(context.Context, standfirst.Job) error {
			done <- time.Now()
			return nil
		})
		stop := running(t, w)
		if at := <-done; !at.Equal(due) {
			t.Errorf("done at %s, was due at %s", at, due)
		}
		if looks, most := w.looks.Load(), int64(90*2+5); looks > most {
			t.Errorf("looked %d times in ninety minutes, want %d at most", looks, most)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestRunIsWokenForAnEarlierJob(t *testing.T) {
	inBubble(t, func(t *testing.T, st *store.Store) {
		start := time.Now()
		enqueue(t, st, standfirst.Job{RunAt: start.Add(20 * time.Second)})
		w := New(st, Options{Logger: quiet()})
		done := make(chan time.Duration)
		w.Handle(kind, func(context.Context, standfirst.Job) error {
			done <- time.Since(start)
			return nil
		})
		running(t, w)
		synctest.Wait()
		enqueue(t, st, standfirst.Job{RunAt: start.Add(3 * time.Second)})
		if first, second := <-done, <-done; first != 3*time.Second || second != 20*time.Second {
			t.Errorf("done after %s and %s", first, second)
		}
	})
}

func TestDrain(t *testing.T) {
	onBothEngines(t, func(t *testing.T, st *store.Store) {
		w := New(st, Options{Logger: quiet(), Workers: 3})
		var mu sync.Mutex
		var done []string
		w.Handle(kind, func(ctx context.Context, job standfirst.Job) error {
			mu.Lock()
			done = append(done, string(job.Payload))
			mu.Unlock()
			switch string(job.Payload) {
			case `"parent"`: // what a job enqueues to be done at once is done too
				return st.Update(ctx, func(tx *store.Tx) error {
					_, err := tx.Enqueue(standfirst.Job{Kind: kind, Payload: json.RawMessage(`"child"`)})
					return err
				})
			case `"bad"`:
				return errors.New("no luck")
			}
			return nil
		})
		jobs := []standfirst.Job{
			{Payload: json.RawMessage(`"parent"`)}, {Payload: json.RawMessage(`"bad"`)},
			{Payload: json.RawMessage(`"later"`), RunAt: time.Now().Add(time.Hour)},
		}
		for range 10 {
			jobs = append(jobs, standfirst.Job{Payload: json.RawMessage(`"x"`)})
		}
		enqueue(t, st, jobs...)
		if err := w.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		slices.Sort(done)
		if got, want := strings.Join(done, " "), `"bad" "child" "parent"`+strings.Repeat(` "x"`, 10); got != want {
			t.Errorf("did %s, want %s", got, want)
		}
	})
}

func TestDrainWithNothingToDo(t *testing.T) {
	st := storetest.Open(t)
	if err := New(st, Options{Logger: quiet()}).Drain(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestDrainStops(t *testing.T) {
	st := storetest.Open(t)
	enqueue(t, st, standfirst.Job{})
	w := New(st, Options{Logger: quiet()})
	ctx, cancel := context.WithCancelCause(t.Context())
	reason := errors.New("interrupted")
	w.Handle(kind, func(context.Context, standfirst.Job) error {
		cancel(reason)
		return nil
	})
	if err := w.Drain(ctx); !errors.Is(err, reason) {
		t.Error(err)
	}
	if _, ok := waiting(t, st); ok {
		t.Error("the job that ran was not finished")
	}
}

func TestEachJobIsDoneOnceByManyWorkers(t *testing.T) {
	onBothEngines(t, func(t *testing.T, st *store.Store) {
		const jobs, workers = 60, 4
		var counts [jobs]atomic.Int32
		all := make([]standfirst.Job, jobs)
		for i := range all {
			all[i].Payload = json.RawMessage(fmt.Sprint(i))
		}
		enqueue(t, st, all...)
		var wg sync.WaitGroup
		for range workers {
			w := New(st, Options{Logger: quiet(), Workers: 5})
			w.Handle(kind, func(_ context.Context, job standfirst.Job) error {
				var i int
				if err := json.Unmarshal(job.Payload, &i); err != nil {
					return err
				}
				counts[i].Add(1)
				return nil
			})
			wg.Go(func() {
				if err := w.Drain(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for i := range counts {
			if n := counts[i].Load(); n != 1 {
				t.Errorf("job %d was done %d times", i, n)
			}
		}
	})
}

func TestWorkersAreBounded(t *testing.T) {
	st := storetest.Open(t)
	enqueue(t, st, make([]standfirst.Job, 20)...)
	w := New(st, Options{Logger: quiet(), Workers: 3})
	var now, most atomic.Int32
	w.Handle(kind, func(context.Context, standfirst.Job) error {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		for range 100 {
			runtime.Gosched()
		}
		now.Add(-1)
		return nil
	})
	if err := w.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := most.Load(); got > 3 {
		t.Errorf("%d at once", got)
	}
}

// TestOneKindDoesNotHoldAllHands holds that jobs of a kind that hang leave the other hands
// free, however many of them wait, and are done once they can be.
func TestOneKindDoesNotHoldAllHands(t *testing.T) {
	onBothEngines(t, func(t *testing.T, st *store.Store) {
		const mail standfirst.JobKind = "test.mail"
		w := New(st, Options{Logger: quiet(), Workers: 8})
		w.Limit(mail, 3)
		var now, most, sent atomic.Int32
		hangs := make(chan struct{})
		all := make(chan struct{})
		w.Handle(mail, func(context.Context, standfirst.Job) error {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			<-hangs
			now.Add(-1)
			if sent.Add(1) == 20 {
				close(all)
			}
			return nil
		})
		done := make(chan struct{}, 30)
		w.Handle(kind, func(context.Context, standfirst.Job) error {
			done <- struct{}{}
			return nil
		})
		mails := make([]standfirst.Job, 20)
		for i := range mails {
			mails[i].Kind = mail
		}
		enqueue(t, st, mails...)
		stop := running(t, w)
		enqueue(t, st, make([]standfirst.Job, 20)...)
		for range 20 {
			<-done
		}
		if n := sent.Load(); n != 0 {
			t.Errorf("%d mails went out", n)
		}
		close(hangs)
		<-all
		if got := most.Load(); got > 3 {
			t.Errorf("%d mails at once", got)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

// TestFullKindsAreNotLookedFor holds that a worker sleeps while only jobs are due for which
// there is no room.
func TestFullKindsAreNotLookedFor(t *testing.T) {
	inBubble(t, func(t *testing.T, st *store.Store) {
		enqueue(t, st, make([]standfirst.Job, 5)...)
		w := New(st, Options{Logger: quiet()})
		w.Limit(kind, 2)
		w.Handle(kind, func(context.Context, standfirst.Job) error {
			time.Sleep(10 * time.Minute) // of the bubble
			return nil
		})
		stop := running(t, w)
		time.Sleep(9 * time.Minute) // of the bubble
		if looks := w.looks.Load(); looks > 25 {
			t.Errorf("looked %d times in nine minutes", looks)
		}
		time.Sleep(25 * time.Minute) // of the bubble
		if at, ok := waiting(t, st); ok {
			t.Errorf("a job is left for %s", at)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestStopWaitsForHandlers(t *testing.T) {
	inBubble(t, func(t *testing.T, st *store.Store) {
		enqueue(t, st, standfirst.Job{}, standfirst.Job{RunAt: time.Now().Add(3 * time.Second)})
		w := New(st, Options{Logger: quiet(), Grace: 10 * time.Second})
		began := make(chan struct{}, 2)
		w.Handle(kind, func(ctx context.Context, _ standfirst.Job) error {
			began <- struct{}{}
			time.Sleep(5 * time.Second) // of the bubble
			return ctx.Err()
		})
		stop := running(t, w)
		<-began
		start := time.Now()
		if err := stop(); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("stopped after %s", took)
		}
		if len(began) != 0 {
			t.Error("a job was begun while stopping")
		}
		if at, ok := waiting(t, st); !ok || at.Sub(start) != 3*time.Second {
			t.Errorf("next job at %s: the first is not finished, or the second is gone", at)
		}
	})
}

func TestStopEndsHandlersAfterTheGrace(t *testing.T) {
	inBubble(t, func(t *testing.T, st *store.Store) {
		enqueue(t, st, standfirst.Job{MaxAttempts: 1})
		w := New(st, Options{Logger: quiet(), Grace: 10 * time.Second})
		began := make(chan struct{})
		w.Handle(kind, func(ctx context.Context, _ standfirst.Job) error {
			close(began)
			<-ctx.Done()
			return ctx.Err()
		})
		stop := running(t, w)
		<-began
		start := time.Now()
		if err := stop(); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took != 10*time.Second {
			t.Errorf("stopped after %s", took)
		}
		// It was no fault of the job: another worker may have it at once.
		if at, ok := waiting(t, st); !ok || at.After(time.Now()) {
			t.Errorf("next job at %s, %v", at, ok)
		}
		if failed := setAside(t, st); len(failed) != 0 {
			t.Errorf("set aside: %+v", failed)
		}
	})
}

func TestStopNamesHandlersThatDoNotEnd(t *testing.T) {
	inBubble(t, func(t *testing.T, st *store.Store) {
		enqueue(t, st, standfirst.Job{})
		w := New(st, Options{Logger: quiet()})
		began, release := make(chan struct{}), make(chan struct{})
		w.Handle(kind, func(context.Context, standfirst.Job) error {
			close(began)
			<-release
			return nil
		})
		stop := running(t, w)
		<-began
		if err := stop(); err == nil || !strings.Contains(err.Error(), string(kind)) {
			t.Errorf("%v", err)
		}
		close(release)
		synctest.Wait()
	})
}

func TestRunOutlivesADatabaseThatFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "standfirst.db")
	st := storetest.OpenFile(t, path)
	w := New(st, Options{Logger: quiet()})
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	stop := running(t, w)
	for w.looks.Load() == 0 {
		runtime.Gosched()
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestNoGoroutineIsLeft(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	st, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "standfirst.db")})
	if err != nil {
		t.Fatal(err)
	}
	enqueue(t, st, standfirst.Job{}, standfirst.Job{}, standfirst.Job{RunAt: time.Now().Add(time.Hour)})
	w := New(st, Options{Logger: quiet()})
	done := make(chan struct{}, 2)
	w.Handle(kind, func(context.Context, standfirst.Job) error {
		done <- struct{}{}
		return nil
	})
	stop := running(t, w)
	<-done
	<-done
	if err := errors.Join(stop(), st.Close()); err != nil {
		t.Error(err)
	}
}
