package jobs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"standfirst"
)

// errStopping is the cause with which handlers' contexts end when the worker stops.
var errStopping = errors.New("jobs: the worker is stopping")

// lastWait is how long handlers may take to notice that their context has ended.
const lastWait = time.Second

// crew is the handlers that run.
type crew struct {
	worker *Worker
	ctx    context.Context // of the handlers: outlives the one that asks to stop
	cancel context.CancelCauseFunc
	freed  chan struct{} // signalled when a handler has ended
	wg     sync.WaitGroup

	mu      sync.Mutex
	running map[standfirst.JobID]standfirst.Job
}

func newCrew(ctx context.Context, w *Worker) *crew {
	c := &crew{worker: w, freed: make(chan struct{}, 1), running: make(map[standfirst.JobID]standfirst.Job)}
	c.ctx, c.cancel = context.WithCancelCause(context.WithoutCancel(ctx))
	return c
}

// free returns how many more handlers may run.
func (c *crew) free() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.worker.options.Workers - len(c.running)
}

// room returns how many more jobs of the limited kinds may run, by kind.
func (c *crew) room() map[standfirst.JobKind]int {
	room := maps.Clone(c.worker.most)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, job := range c.running {
		if _, limited := room[job.Kind]; limited {
			room[job.Kind]--
		}
	}
	return room
}

// idle reports whether no handler runs.
func (c *crew) idle() bool { return c.free() == c.worker.options.Workers }

// start runs the handler of a leased job. If the job is running here already, which
// can only be after its lease ran out, this lease is taken as a renewal.
func (c *crew) start(job standfirst.Job) {
	c.mu.Lock()
	_, twice := c.running[job.ID]
	c.running[job.ID] = job
	c.mu.Unlock()
	if twice {
		return
	}
	c.wg.Go(func() {
		defer func() {
			c.mu.Lock()
			delete(c.running, job.ID)
			c.mu.Unlock()
			signal(c.freed)
		}()
		c.worker.do(c.ctx, job)
	})
}

// stop waits for the handlers that run: for the grace, then it ends their contexts.
// It returns an error that names the jobs whose handlers run on all the same.
func (c *crew) stop(grace time.Duration) error {
	defer c.cancel(errStopping)
	done := make(chan struct{})
	go func() {
		c.wg.Wait()
		close(done)
	}()
	if waitFor(done, grace) {
		return nil
	}
	c.cancel(errStopping)
	if waitFor(done, lastWait) {
		return nil
	}
	return fmt.Errorf("jobs: stopped while handlers were running; to be done again: %s", c.names())
}

// names tells which jobs are running.
func (c *crew) names() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var names []string
	for _, job := range c.running {
		names = append(names, fmt.Sprintf("%s %s", job.Kind, job.ID))
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// waitFor reports whether done is closed within the time.
func waitFor(done <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}
