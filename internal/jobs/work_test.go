package jobs

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// journal is a log that can be read while it is written.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

func TestRetriesThenSetsAside(t *testing.T) {
	inBubble(t, func(t *testing.T, st *store.Store) {
		start := time.Now()
		enqueue(t, st, standfirst.Job{MaxAttempts: 4})
		var log journal
		w := New(st, Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
		var at []time.Duration
		last := make(chan struct{})
		w.Handle(kind, func(_ context.Context, job standfirst.Job) error {
			at = append(at, time.Since(start))
			if job.Attempts == 4 {
				close(last)
			}
			return errors.New("disk is full")
		})
		stop := running(t, w)
		<-last
		if err := stop(); err != nil {
			t.Error(err)
		}
		if len(at) != 4 {
			t.Fatalf("attempts at %v", at)
		}
		for i, want := range []time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second} {
			if pause := at[i+1] - at[i]; pause < want*3/4 || pause > want*5/4 {
				t.Errorf("pause %d is %s, want about %s", i+1, pause, want)
			}
		}
		failed := setAside(t, st)
		if len(failed) != 1 || failed[0].LastError != "disk is full" || failed[0].Attempts != 4 {
			t.Errorf("set aside: %+v", failed)
		}
		if _, ok := waiting(t, st); ok {
			t.Error("the job still waits")
		}
		if n := strings.Count(log.String(), "level=ERROR"); n != 1 || !strings.Contains(log.String(), "disk is full") {
			t.Errorf("%d error lines in the log:\n%s", n, log.String())
		}
	})
}

func TestFailureIsRecorded(t *testing.T) {
	onBothEngines(t, func(t *testing.T, st *store.Store) {
		for name, tc := range map[string]struct {
			handler func(context.Context, standfirst.Job) error
			want    string
		}{
			"error":     {func(context.Context, standfirst.Job) error { return errors.New("no such picture") }, "no such picture"},
			"panic":     {func(context.Context, standfirst.Job) error { panic("index out of range") }, "panic: index out of range"},
			"goroutine": {func(context.Context, standfirst.Job) error { runtime.Goexit(); return nil }, "ended its goroutine"},
			"unknown":   {nil, "does not know the kind"},
		} {
			enqueue(t, st, standfirst.Job{Kind: standfirst.JobKind(name), Key: name, MaxAttempts: 1})
			w := New(st, Options{Logger: quiet()})
			if tc.handler != nil {
				w.Handle(standfirst.JobKind(name), tc.handler)
			}
			if err := w.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			failed := setAside(t, st)
			if len(failed) == 0 || failed[0].Key != name || !strings.Contains(failed[0].LastError, tc.want) {
				t.Errorf("%s: set aside %+v", name, failed)
			} else if strings.Contains(failed[0].LastError, "\n") {
				t.Errorf("%s: the row keeps a stack: %q", name, failed[0].LastError)
			}
		}
	})
}

func TestUnknownKindIsLeftForANewerNode(t *testing.T) {
	inBubble(t, func(t *testing.T, st *store.Store) {
		enqueue(t, st, standfirst.Job{})
		old := New(st, Options{Logger: quiet()})
		if err := old.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, ok := waiting(t, st); !ok {
			t.Fatal("the job does not wait")
		}
		newer := New(st, Options{Logger: quiet()})
		done := make(chan struct{})
		newer.Handle(kind, func(context.Context, standfirst.Job) error { close(done); return nil })
		running(t, newer)
		<-done
	})
}

func TestHandlerLimit(t *testing.T) {
	inBubble(t, func(t *testing.T, st *store.Store) {
		enqueue(t, st, standfirst.Job{MaxAttempts: 1})
		w := New(st, Options{Logger: quiet(), Limit: 30 * time.Second})
		w.Handle(kind, func(ctx context.Context, _ standfirst.Job) error {
			<-ctx.Done()
			return ctx.Err()
		})
		start := time.Now()
		if err := w.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took != 30*time.Second {
			t.Errorf("ran for %s", took)
		}
		if failed := setAside(t, st); len(failed) != 1 || !strings.Contains(failed[0].LastError, "not done after 30s") {
			t.Errorf("%+v", failed)
		}
	})
}

// A worker that has gone silent: it leased a job and was killed.
func TestLeaseThatRanOutIsTakenOver(t *testing.T) {
	onBothEngines(t, func(t *testing.T, st *store.Store) {
		enqueue(t, st, standfirst.Job{})
		now := time.Now().Add(time.Second)
		dead := New(st, Options{Logger: quiet(), Clock: func() time.Time { return now }})
		if jobs, err := dead.leaseDue(t.Context(), nil, 1); err != nil || len(jobs) != 1 {
			t.Fatalf("leased %v, %v", jobs, err)
		}
		var clock time.Time
		var attempts []int
		alive := New(st, Options{Logger: quiet(), Clock: func() time.Time { return clock }})
		alive.Handle(kind, func(_ context.Context, job standfirst.Job) error {
			attempts = append(attempts, job.Attempts)
			return nil
		})
		for _, after := range []time.Duration{defaultLease - time.Second, defaultLease + time.Second} {
			clock = now.Add(after)
			if err := alive.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if len(attempts) != 1 || attempts[0] != 2 {
			t.Errorf("attempts %v, want the second, once", attempts)
		}
	})
}

// What somebody waits for is taken over soon; whatever was leased beside it is not.
func TestPromptLeaseThatRanOutIsTakenOver(t *testing.T) {
	onBothEngines(t, func(t *testing.T, st *store.Store) {
		enqueue(t, st, standfirst.Job{Kind: "prompt"}, standfirst.Job{})
		now := time.Now().Add(time.Second)
		done := make(map[standfirst.JobKind]int)
		worker := func(clock *time.Time) *Worker {
			w := New(st, Options{Logger: quiet(), Clock: func() time.Time { return *clock }, Workers: 1})
			handler := func(_ context.Context, job standfirst.Job) error {
				done[job.Kind]++
				return nil
			}
			w.Handle(kind, handler)
			w.HandlePromptly("prompt", handler)
			return w
		}
		if jobs, err := worker(&now).leaseDue(t.Context(), nil, 2); err != nil || len(jobs) != 2 {
			t.Fatalf("leased %v, %v", jobs, err)
		}
		later := now.Add(promptLease)
		if err := worker(&later).Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if done["prompt"] != 1 || done[kind] != 0 {
			t.Errorf("done: %v", done)
		}
	})
}

func TestLeaseIsRenewedWhileTheHandlerRuns(t *testing.T) {
	inBubble(t, func(t *testing.T, st *store.Store) {
		enqueue(t, st, standfirst.Job{})
		began := make(chan struct{}, 2)
		handler := func(ctx context.Context, _ standfirst.Job) error {
			began <- struct{}{}
			time.Sleep(5 * time.Minute) // of the bubble
			return ctx.Err()
		}
		one, other := New(st, Options{Logger: quiet()}), New(st, Options{Logger: quiet()})
		one.Handle(kind, handler)
		other.Handle(kind, handler)
		stopOne, stopOther := running(t, one), running(t, other)
		time.Sleep(6 * time.Minute)
		if err := errors.Join(stopOne(), stopOther()); err != nil {
			t.Error(err)
		}
		if n := len(began); n != 1 {
			t.Errorf("begun %d times", n)
		}
		if _, ok := waiting(t, st); ok {
			t.Error("the job is not finished")
		}
	})
}

func TestHandlerOfALostLeaseIsStopped(t *testing.T) {
	inBubble(t, func(t *testing.T, st *store.Store) {
		enqueue(t, st, standfirst.Job{Key: "k"})
		w := New(st, Options{Logger: quiet()})
		began := make(chan struct{})
		cause := make(chan error)
		w.Handle(kind, func(ctx context.Context, job standfirst.Job) error {
			if job.Attempts > 1 {
				return nil
			}
			close(began)
			<-ctx.Done()
			cause <- context.Cause(ctx)
			return ctx.Err()
		})
		running(t, w)
		<-began
		// An operator's restored backup, another node with a fast clock: the row is
		// somebody else's now.
		err := st.Update(t.Context(), func(tx *store.Tx) error {
			later := time.Now().Add(2 * defaultLease)
			_, err := tx.LeaseJobs(later, later.Add(time.Hour), "somebody else", 1)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := <-cause; !errors.Is(err, errLeaseLost) {
			t.Errorf("%v", err)
		}
		synctest.Wait()
		if at, ok := waiting(t, st); !ok || time.Until(at) < 30*time.Minute {
			t.Errorf("the other's lease was meddled with: %s, %v", at, ok)
		}
	})
}

func TestBackoff(t *testing.T) {
	var before time.Duration
	for attempts := range 40 {
		want := min(2*time.Second<<min(max(attempts, 1)-1, 20), time.Hour)
		got := backoff(attempts)
		if got < want*3/4 || got > want*5/4 {
			t.Errorf("after %d attempts: %s, want about %s", attempts, got, want)
		}
		if got < before/2 {
			t.Errorf("after %d attempts: %s, after one less %s", attempts, got, before)
		}
		before = got
	}
	pauses := make(map[time.Duration]bool)
	for range 10 {
		pauses[backoff(5)] = true
	}
	if len(pauses) == 1 {
		t.Error("nothing is left to chance")
	}
}

func TestLastError(t *testing.T) {
	if got := lastError(errors.New("first\nsecond")); got != "first" {
		t.Errorf("%q", got)
	}
	if got := lastError(errors.New(strings.Repeat("€", 1000))); len(got) > maxLastError || !strings.HasSuffix(got, "€") {
		t.Errorf("%d bytes, ends with %q", len(got), got[len(got)-3:])
	}
}

func BenchmarkDrain(b *testing.B) {
	st := storetest.Open(b)
	w := New(st, Options{Logger: quiet()})
	w.Handle(kind, func(context.Context, standfirst.Job) error { return nil })
	b.ReportAllocs()
	for b.Loop() {
		enqueue(b, st, make([]standfirst.Job, 32)...)
		if err := w.Drain(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
