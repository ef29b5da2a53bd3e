package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	defaultWorkers = 32
	defaultLease   = time.Minute
	defaultGrace   = 10 * time.Second
	defaultLimit   = 15 * time.Minute

	// safetyPoll is how long a worker sleeps at most. Nothing should depend on it:
	// it is for a wake-up that got lost and for clocks that are set.
	safetyPoll = 30 * time.Second
	// contention is how long a worker waits when something is due that it cannot
	// lease, because another is about to.
	contention = 50 * time.Millisecond
	// promptLease is how long a job for whose end somebody waits stays with a worker that
	// has gone silent.
	promptLease = time.Second
	// firstErrorPause is how long it waits after the database failed; the pause
	// doubles up to safetyPoll.
	firstErrorPause = time.Second
)

// Options configure a worker; the zero value is fit for use.
type Options struct {
	Clock  standfirst.Clock // nil means time.Now
	Logger *slog.Logger     // nil means slog.Default
	// Workers is how many handlers run at once; zero means 32. It is no measure of
	// processors: whoever needs much of the machine waits his turn in his handler,
	// and meanwhile a publication must not wait behind him.
	Workers int
	// Lease is how long a job stays with a worker that has gone silent; zero means
	// a minute. A living worker renews it every third of that.
	Lease time.Duration
	// Grace is how long handlers may go on when Run is asked to stop; zero means ten
	// seconds. Then their contexts end.
	Grace time.Duration
	// Limit is how long a handler may run before its context ends; zero means 15
	// minutes.
	Limit time.Duration
}

// Handler does a job. It may be called more than once for the same job, at the same
// time even if a node loses touch, and returns nil once the work is done for good.
type Handler func(context.Context, standfirst.Job) error

// Worker runs the jobs of a store. Handle comes first; then Run and Drain may be
// called from any goroutine.
type Worker struct {
	store    *store.Store
	handlers map[standfirst.JobKind]Handler
	most     map[standfirst.JobKind]int  // how many of a kind run at once, where that is limited
	prompt   map[standfirst.JobKind]bool // kinds whose leases are short
	options  Options
	name     string
	clock    standfirst.Clock
	log      *slog.Logger
	wake     chan struct{}
	looks    atomic.Int64 // how often the store was asked what is due next
}

// New returns a worker that is woken when the store is given jobs.
func New(st *store.Store, o Options) *Worker {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Workers <= 0 {
		o.Workers = defaultWorkers
	}
	for _, d := range []struct {
		value    *time.Duration
		fallback time.Duration
	}{{&o.Lease, defaultLease}, {&o.Grace, defaultGrace}, {&o.Limit, defaultLimit}} {
		if *d.value <= 0 {
			*d.value = d.fallback
		}
	}
	w := &Worker{
		store: st, handlers: make(map[standfirst.JobKind]Handler), most: make(map[standfirst.JobKind]int), prompt: make(map[standfirst.JobKind]bool), options: o, name: workerName(),
		clock: o.Clock, log: o.Logger, wake: make(chan struct{}, 1),
	}
	st.OnJobs(func() { signal(w.wake) })
	return w
}

// workerName returns a name that no other worker has and that tells an operator
// which process it is.
func workerName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s/%d/%s", host, os.Getpid(), rand.Text()[:6])
}

// signal wakes whoever waits on the channel, or will wait next.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default: // there is a signal in it already
	}
}

// Handle sets the handler of a kind of job. Neither it nor HandlePromptly must be called
// once Run or Drain has been.
func (w *Worker) Handle(kind standfirst.JobKind, handler func(context.Context, standfirst.Job) error) {
	w.handlers[kind] = handler
}

// Limit bounds how many jobs of a kind run at once, so that those of one that hangs do not
// keep every other waiting. It must not be called once Run or Drain has been.
func (w *Worker) Limit(kind standfirst.JobKind, most int) { w.most[kind] = max(most, 1) }

// HandlePromptly sets the handler of a kind of job that is short, and for whose end
// somebody waits: if a worker goes silent with one, another has it a second later. In
// return such a job is more likely to be done by two at once, which must do no harm.
func (w *Worker) HandlePromptly(kind standfirst.JobKind, handler func(context.Context, standfirst.Job) error) {
	w.Handle(kind, handler)
	w.prompt[kind] = true
}

// lease returns how long a job of the kind stays with a worker that has gone silent.
func (w *Worker) lease(kind standfirst.JobKind) time.Duration {
	if w.prompt[kind] {
		return min(promptLease, w.options.Lease)
	}
	return w.options.Lease
}

// Run does jobs when they are due until ctx ends. What became due while nobody ran
// is done first. Then no new job is begun, and Run returns nil once the handlers
// that run have ended, or an error if some do not end within the grace; their jobs
// will be done again. A database that fails is tried again, not given up.
func (w *Worker) Run(ctx context.Context) error {
	c := newCrew(ctx, w)
	errorPause := firstErrorPause
	for ctx.Err() == nil {
		_, pause, err := w.begin(ctx, c)
		switch {
		case err == nil:
			errorPause = firstErrorPause
		case ctx.Err() != nil:
			continue
		default:
			w.log.Error("jobs: the store failed; trying again", "error", err, "pause", errorPause)
			pause = errorPause
			errorPause = min(2*errorPause, safetyPoll)
		}
		w.sleep(ctx, c, pause)
	}
	return c.stop(w.options.Grace)
}

// sleep returns after the pause, or earlier if there may be something to do.
func (w *Worker) sleep(ctx context.Context, c *crew, pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.wake:
	case <-c.freed:
	case <-timer.C:
	}
}

// Drain does everything that is due, what that enqueues to be done at once too, and
// returns when nothing is. A job that fails is not an error of Drain: it is tried
// again later.
func (w *Worker) Drain(ctx context.Context) error {
	c := newCrew(ctx, w)
	err := w.drain(ctx, c)
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err = errors.Join(err, c.stop(w.options.Grace)); err != nil {
		return fmt.Errorf("jobs: drain: %w", err)
	}
	return nil
}

// drain begins what is due until nothing is and nothing runs, or ctx ends.
func (w *Worker) drain(ctx context.Context, c *crew) error {
	for {
		begun, _, err := w.begin(ctx, c)
		if err != nil || begun == 0 && c.idle() {
			return err
		}
		select {
		case <-c.freed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// begin begins as many jobs that are due as there are free hands. It returns how
// many, and for how long there will be nothing to do if nobody says otherwise.
func (w *Worker) begin(ctx context.Context, c *crew) (begun int, pause time.Duration, err error) {
	for {
		free := c.free()
		if free == 0 { // whoever gets free signals it
			return begun, safetyPoll, nil
		}
		room := c.room()
		next, err := w.next(ctx, room)
		if err != nil || next > 0 {
			return begun, next, err
		}
		jobs, err := w.leaseDue(ctx, room, free)
		if err != nil {
			return begun, 0, err
		}
		if len(jobs) == 0 {
			return begun, contention, nil
		}
		for _, job := range jobs {
			c.start(job)
		}
		begun += len(jobs)
	}
}

// next returns how long it is until the next job is due for which there is room: zero if
// one is, the safety poll at most.
func (w *Worker) next(ctx context.Context, room map[standfirst.JobKind]int) (time.Duration, error) {
	w.looks.Add(1)
	pause := safetyPoll
	var full []standfirst.JobKind
	for kind, n := range room {
		if n <= 0 { // whichever ends signals it
			full = append(full, kind)
		}
	}
	err := w.store.View(ctx, func(tx *store.ReadTx) error {
		next := tx.NextJob
		if len(full) > 0 {
			next = func() (time.Time, bool, error) { return tx.NextJobBut(full) }
		}
		at, ok, err := next()
		if err == nil && ok {
			pause = min(max(at.Sub(w.clock()), 0), safetyPoll)
		}
		return err
	})
	return pause, err
}

// leaseDue leases up to limit jobs that are due, of the limited kinds as many as there is
// room for.
func (w *Worker) leaseDue(ctx context.Context, room map[standfirst.JobKind]int, limit int) (jobs []standfirst.Job, err error) {
	now := w.clock()
	err = w.store.Update(ctx, func(tx *store.Tx) (err error) {
		if jobs, err = w.leaseIn(tx, room, now, limit); err != nil {
			return err
		}
		var prompt []standfirst.JobID
		for _, job := range jobs {
			if w.prompt[job.Kind] {
				prompt = append(prompt, job.ID)
			}
		}
		return tx.ShortenLeases(prompt, now.Add(promptLease))
	})
	return jobs, err
}

// leaseIn does what leaseDue does, in the transaction.
func (w *Worker) leaseIn(tx *store.Tx, room map[standfirst.JobKind]int, now time.Time, limit int) (jobs []standfirst.Job, err error) {
	until := now.Add(w.options.Lease)
	if len(room) == 0 {
		return tx.LeaseJobs(now, until, w.name, limit)
	}
	limited := slices.Sorted(maps.Keys(room))
	for _, kind := range limited { // first, or much else would keep them waiting
		if most := min(room[kind], limit-len(jobs)); most > 0 {
			some, err := tx.LeaseJobsOf(kind, now, until, w.name, most)
			if err != nil {
				return nil, err
			}
			jobs = append(jobs, some...)
		}
	}
	if len(jobs) == limit {
		return jobs, nil
	}
	rest, err := tx.LeaseJobsBut(limited, now, until, w.name, limit-len(jobs))
	return append(jobs, rest...), err
}
