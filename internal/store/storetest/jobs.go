package storetest

import (
	"encoding/json"
	"sync/atomic"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// enqueue stores the job and returns it as it is leased.
func enqueue(t testing.TB, s *store.Store, j standfirst.Job) standfirst.Job {
	t.Helper()
	update(t, s, func(tx *store.Tx) (err error) {
		j.ID, err = tx.Enqueue(j)
		return err
	})
	if j.MaxAttempts == 0 {
		j.MaxAttempts = standfirst.DefaultMaxAttempts
	}
	return j
}

// lease takes up to limit jobs that are due at now, for a minute.
func lease(t testing.TB, s *store.Store, now time.Time, limit int) (jobs []standfirst.Job) {
	t.Helper()
	update(t, s, func(tx *store.Tx) (err error) {
		jobs, err = tx.LeaseJobs(now, now.Add(time.Minute), "worker", limit)
		return err
	})
	return jobs
}

// wantNext fails the test unless the next job is due at the time; the zero time
// means that there is none.
func wantNext(t testing.TB, s *store.Store, want time.Time) {
	t.Helper()
	view(t, s, func(tx *store.ReadTx) error {
		at, ok, err := tx.NextJob()
		if err == nil && (!at.Equal(want) || ok == want.IsZero()) {
			t.Errorf("the next job is due at %v (%v), want %v", at, ok, want)
		}
		return err
	})
}

func testJobsByKind(t *testing.T, s *store.Store) {
	for i, kind := range []standfirst.JobKind{"mail", "mail", "story", "mail"} {
		enqueue(t, s, standfirst.Job{Kind: kind, RunAt: noon.Add(time.Duration(i) * time.Second)})
	}
	late := noon.Add(time.Hour)
	view(t, s, func(tx *store.ReadTx) error {
		at, ok, err := tx.NextJobBut([]standfirst.JobKind{"mail", "voice"})
		if err == nil && (!ok || !at.Equal(noon.Add(2*time.Second))) {
			t.Errorf("the next job but mails is due at %v (%v)", at, ok)
		}
		return err
	})
	kinds := func(lease func(tx *store.Tx) ([]standfirst.Job, error)) (out string) {
		update(t, s, func(tx *store.Tx) error {
			jobs, err := lease(tx)
			out = ""
			for _, j := range jobs {
				out += string(j.Kind) + " "
			}
			return err
		})
		return out
	}
	of := func(tx *store.Tx) ([]standfirst.Job, error) {
		return tx.LeaseJobsOf("mail", late, late.Add(time.Minute), "worker", 2)
	}
	but := func(tx *store.Tx) ([]standfirst.Job, error) {
		return tx.LeaseJobsBut([]standfirst.JobKind{"mail"}, late, late.Add(time.Minute), "worker", 5)
	}
	wantSame(t, "mail mail ", kinds(of), nil)
	wantSame(t, "story ", kinds(but), nil)
	wantSame(t, "", kinds(but), nil)
	wantSame(t, "mail ", kinds(of), nil)
	view(t, s, func(tx *store.ReadTx) error {
		if at, ok, err := tx.NextJobBut([]standfirst.JobKind{"mail", "story"}); err != nil || ok {
			t.Errorf("a job is due at %v, %v", at, err)
		}
		return nil
	})
}

func testJobs(t *testing.T, s *store.Store) {
	wantNext(t, s, time.Time{})
	late := enqueue(t, s, standfirst.Job{Kind: "test", Payload: json.RawMessage(`{"n":1}`), RunAt: noon.Add(time.Second), MaxAttempts: 2})
	early := enqueue(t, s, standfirst.Job{Kind: "test", RunAt: noon})
	wantNext(t, s, noon)

	if jobs := lease(t, s, noon.Add(-time.Second), 5); len(jobs) != 0 {
		t.Fatalf("leased %v before they were due", jobs)
	}
	early.Attempts, late.Attempts = 1, 1
	wantSame(t, []standfirst.Job{early, late}, lease(t, s, noon.Add(time.Second), 5), nil)

	update(t, s, func(tx *store.Tx) error {
		if err := tx.FinishJob(early.ID); err != nil {
			return err
		}
		return tx.RetryJob(late.ID, noon.Add(time.Hour), "no luck")
	})
	wantNext(t, s, noon.Add(time.Hour))
	late.Attempts, late.RunAt, late.LastError = 2, noon.Add(time.Hour), "no luck"
	failing := func() []store.FailingJob {
		return read(t, s, func(tx *store.ReadTx) ([]store.FailingJob, error) { return tx.FailingJobs("test", 5) })
	}
	if list := failing(); len(list) != 1 || list[0].ID != late.ID || list[0].LastError != "no luck" || list[0].Final() {
		t.Errorf("%+v fail", list)
	}
	wantSame(t, []standfirst.Job{late}, lease(t, s, noon.Add(time.Hour), 5), nil)

	update(t, s, func(tx *store.Tx) error { return tx.SetAsideJob(late.ID, "given up") })
	wantNext(t, s, time.Time{})
	late.LastError = "given up"
	if list := failing(); len(list) != 1 || list[0].LastError != "given up" || !list[0].Final() {
		t.Errorf("%+v fail", list)
	}
	wantSame(t, nil, read(t, s, func(tx *store.ReadTx) ([]store.FailingJob, error) { return tx.FailingJobs("other", 5) }), nil)
	wantSame(t, []standfirst.Job{late}, read(t, s, func(tx *store.ReadTx) ([]standfirst.Job, error) { return tx.FailedJobs(5) }), nil)
	update(t, s, func(tx *store.Tx) error { return tx.FinishJob(999) })
}

func testJobKeys(t *testing.T, s *store.Store) {
	first := enqueue(t, s, standfirst.Job{Kind: "test", Key: "story:1", RunAt: noon})
	moved := enqueue(t, s, standfirst.Job{Kind: "test", Key: "story:1", RunAt: noon.Add(time.Hour), Payload: json.RawMessage(`{}`)})
	enqueue(t, s, standfirst.Job{Kind: "test", Key: "story:2", RunAt: noon.Add(2 * time.Hour)})
	if moved.ID != first.ID {
		t.Errorf("the same key made two jobs, %d and %d", first.ID, moved.ID)
	}
	moved.Attempts = 1
	wantSame(t, []standfirst.Job{moved}, lease(t, s, noon.Add(time.Hour), 5), nil)

	// A job that was set aside starts anew when it is asked for again.
	update(t, s, func(tx *store.Tx) error { return tx.SetAsideJob(moved.ID, "given up") })
	again := enqueue(t, s, standfirst.Job{Kind: "test", Key: "story:1", RunAt: noon})
	again.Attempts = 1
	wantSame(t, []standfirst.Job{again}, lease(t, s, noon, 5), nil)
	update(t, s, func(tx *store.Tx) error { return tx.FinishJob(again.ID) })

	update(t, s, func(tx *store.Tx) error {
		if err := tx.CancelJob("story:2"); err != nil {
			return err
		}
		return tx.CancelJob("never heard of")
	})
	wantNext(t, s, time.Time{})
}

// A job whose worker has gone silent goes to somebody else when its lease ends.
func testJobLeases(t *testing.T, s *store.Store) {
	job := enqueue(t, s, standfirst.Job{Kind: "test", RunAt: noon})
	if jobs := lease(t, s, noon, 1); len(jobs) != 1 {
		t.Fatalf("leased %v", jobs)
	}
	wantNext(t, s, noon.Add(time.Minute))
	if jobs := lease(t, s, noon.Add(59*time.Second), 1); len(jobs) != 0 {
		t.Fatalf("leased %v twice", jobs)
	}
	extend := func(worker string, until time.Time) (held bool) {
		update(t, s, func(tx *store.Tx) (err error) {
			held, err = tx.ExtendJob(job.ID, worker, until)
			return err
		})
		return held
	}
	if extend("another", noon.Add(time.Hour)) || !extend("worker", noon.Add(2*time.Minute)) {
		t.Error("a lease is extended by somebody else, or not by its worker")
	}
	wantNext(t, s, noon.Add(2*time.Minute))
	job.Attempts = 2
	wantSame(t, []standfirst.Job{job}, lease(t, s, noon.Add(2*time.Minute), 1), nil)
	for range 2 { // the second is no longer than the first
		update(t, s, func(tx *store.Tx) error {
			return tx.ShortenLeases([]standfirst.JobID{job.ID}, noon.Add(121*time.Second))
		})
		wantNext(t, s, noon.Add(121*time.Second))
		update(t, s, func(tx *store.Tx) error { return tx.ShortenLeases([]standfirst.JobID{job.ID}, noon.Add(time.Hour)) })
	}
}

// A job that is asked for again while it runs, by its own handler perhaps, runs
// once more.
func testJobsAskedForAgain(t *testing.T, s *store.Store) {
	ask := func(at time.Time) standfirst.Job {
		return enqueue(t, s, standfirst.Job{Kind: "test", Key: "prune", RunAt: at})
	}
	job := ask(noon)
	for _, end := range []func(*store.Tx) error{
		func(tx *store.Tx) error { return tx.FinishJob(job.ID) },
		func(tx *store.Tx) error { return tx.RetryJob(job.ID, noon.Add(time.Minute), "no luck") },
		func(tx *store.Tx) error { return tx.SetAsideJob(job.ID, "given up") },
	} {
		now := read(t, s, func(tx *store.ReadTx) (time.Time, error) {
			at, _, err := tx.NextJob()
			return at, err
		})
		if jobs := lease(t, s, now, 1); len(jobs) != 1 {
			t.Fatalf("leased %v", jobs)
		}
		next := now.Add(time.Hour)
		ask(next)
		if jobs := lease(t, s, now, 1); len(jobs) != 0 {
			t.Fatalf("leased %v while it was being worked on", jobs)
		}
		update(t, s, end)
		wantNext(t, s, next)
	}
	// One that is cancelled while it runs does not run again.
	now := noon.Add(3 * time.Hour)
	lease(t, s, now, 1)
	ask(now.Add(time.Hour))
	update(t, s, func(tx *store.Tx) error { return tx.CancelJob("prune") })
	update(t, s, func(tx *store.Tx) error { return tx.FinishJob(job.ID) })
	wantNext(t, s, time.Time{})
}

func testTouch(t *testing.T, s *store.Store) {
	var told []standfirst.Tag
	var woken atomic.Int32
	s.OnTouch(func(tags []standfirst.Tag) { told = append(told, tags...) })
	s.OnJobs(func() { woken.Add(1) })
	update(t, s, func(tx *store.Tx) error {
		tx.Touch(standfirst.FrontTag, standfirst.StoryTag(1))
		tx.Touch(standfirst.FrontTag)
		return nil
	})
	wantSame(t, []standfirst.Tag{standfirst.FrontTag, standfirst.StoryTag(1)}, told, nil)
	if woken.Load() != 0 {
		t.Error("woken for no job")
	}
	enqueue(t, s, standfirst.Job{Kind: "test"})
	if woken.Load() != 1 || len(told) != 2 {
		t.Errorf("woken %d times, told %q", woken.Load(), told)
	}
	// What is rolled back is not told.
	failed := standfirst.Errorf(standfirst.Invalid, "no")
	if err := s.Update(t.Context(), func(tx *store.Tx) error {
		tx.Touch(standfirst.SiteTag)
		return failed
	}); err != failed || len(told) != 2 {
		t.Errorf("got %v, told %q", err, told)
	}
	update(t, s, func(tx *store.Tx) error { return tx.PruneTouched(time.Now().Add(time.Hour)) })
}

// A job that is asked for unless it waits is there once, as it was first asked for; while it is
// worked on it is asked for once more.
func testJobsUnlessWaiting(t *testing.T, s *store.Store) {
	ask := func(payload string) {
		t.Helper()
		update(t, s, func(tx *store.Tx) error {
			return tx.EnqueueUnlessWaiting(standfirst.Job{Kind: "test", Key: "words", Payload: json.RawMessage(payload)}, time.Minute)
		})
	}
	ask(`1`)
	ask(`2`)
	due := time.Now().Add(time.Hour) // by the clock of the store
	jobs := lease(t, s, due, 5)
	if len(jobs) != 1 || string(jobs[0].Payload) != `1` {
		t.Fatalf("leased %+v", jobs)
	}
	ask(`3`)
	ask(`4`)
	update(t, s, func(tx *store.Tx) error { return tx.FinishJob(jobs[0].ID) })
	jobs = lease(t, s, due, 5)
	if len(jobs) != 1 || string(jobs[0].Payload) != `1` {
		t.Fatalf("leased %+v after it was asked for again", jobs)
	}
	update(t, s, func(tx *store.Tx) error { return tx.FinishJob(jobs[0].ID) })
	wantNext(t, s, time.Time{})
	// One that was set aside begins anew.
	ask(`5`)
	jobs = lease(t, s, due.Add(time.Hour), 5)
	update(t, s, func(tx *store.Tx) error { return tx.SetAsideJob(jobs[0].ID, "it broke") })
	ask(`6`)
	if jobs = lease(t, s, due, 5); len(jobs) != 1 || jobs[0].Attempts != 1 {
		t.Errorf("leased %+v after it was set aside", jobs)
	}
}
