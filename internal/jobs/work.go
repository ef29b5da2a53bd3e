package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// errLeaseLost is the cause with which a handler's context ends when its job is no
// longer this worker's.
var errLeaseLost = errors.New("jobs: the lease was lost")

const (
	// settleLimit bounds the writing of a job's outcome.
	settleLimit = 30 * time.Second
	// maxLastError bounds what a row keeps of an error, in bytes. The log has it all.
	maxLastError = 2000
)

// do runs the handler of a leased job, keeps the lease meanwhile and writes down
// how it ended.
func (w *Worker) do(ctx context.Context, job standfirst.Job) {
	log := w.log.With("job", job.ID.String(), "kind", string(job.Kind), "attempt", job.Attempts)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	ctx, stopLimit := context.WithTimeoutCause(ctx, w.options.Limit, fmt.Errorf("jobs: not done after %s", w.options.Limit))
	defer stopLimit()

	renewed := make(chan struct{})
	renewCtx, stopRenewing := context.WithCancel(ctx)
	go func() {
		defer close(renewed)
		w.renew(renewCtx, job, cancel, log)
	}()
	start := w.clock()
	err := w.call(ctx, job)
	stopRenewing()
	<-renewed
	if err != nil && errors.Is(context.Cause(ctx), errLeaseLost) {
		log.Warn("jobs: lease lost; left to whoever holds it now", "error", err)
		return
	}
	if err != nil && ctx.Err() != nil { // say why, not only that
		err = fmt.Errorf("%w (%w)", err, context.Cause(ctx))
	}
	w.settle(ctx, job, err, log.With("took", w.clock().Sub(start)))
}

// call calls the handler. A panic becomes an error that carries its stack.
func (w *Worker) call(ctx context.Context, job standfirst.Job) (err error) {
	handler, known := w.handlers[job.Kind]
	if !known {
		return fmt.Errorf("jobs: this version does not know the kind %q; a newer one may", job.Kind)
	}
	returned := make(chan error, 1)
	go func() { // of its own, so that a handler that ends its goroutine ends nothing else
		err := errors.New("jobs: the handler ended its goroutine")
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("jobs: panic: %v\n%s", p, debug.Stack())
			}
			returned <- err
		}()
		err = handler(ctx, job)
	}()
	return <-returned
}

// renew renews the lease of a job until ctx ends. If the job is lost it cancels the
// handler. It stops trying when the lease has run out without an answer from the
// store: whoever takes the job over decides then.
func (w *Worker) renew(ctx context.Context, job standfirst.Job, cancel context.CancelCauseFunc, log *slog.Logger) {
	lease := w.lease(job.Kind)
	ends := w.clock().Add(lease)
	ticker := time.NewTicker(lease / 3)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		until := w.clock().Add(lease)
		held, err := w.extend(ctx, job.ID, until)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil && held:
			ends = until
		case err == nil, !w.clock().Before(ends):
			cancel(errLeaseLost)
			return
		default:
			log.Warn("jobs: cannot renew the lease", "error", err)
		}
	}
}

// extend moves the end of a lease.
func (w *Worker) extend(ctx context.Context, id standfirst.JobID, until time.Time) (held bool, err error) {
	err = w.store.Update(ctx, func(tx *store.Tx) (err error) {
		held, err = tx.ExtendJob(id, w.name, until)
		return err
	})
	return held, err
}

// settle writes down how a job ended: done, to be tried again, or set aside. It does
// so even if the worker is stopping. If it cannot, the lease runs out and the job is
// done again.
func (w *Worker) settle(ctx context.Context, job standfirst.Job, failure error, log *slog.Logger) {
	stopped := errors.Is(context.Cause(ctx), errStopping)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleLimit)
	defer cancel()
	last := job.Attempts >= cmp.Or(job.MaxAttempts, standfirst.DefaultMaxAttempts)
	retryAt := w.clock().Add(backoff(job.Attempts))
	if stopped { // no fault of the job: it goes on as soon as somebody runs
		last, retryAt = false, w.clock()
	}
	err := w.store.Update(ctx, func(tx *store.Tx) error {
		switch {
		case failure == nil:
			return tx.FinishJob(job.ID)
		case last:
			return tx.SetAsideJob(job.ID, lastError(failure))
		default:
			return tx.RetryJob(job.ID, retryAt, lastError(failure))
		}
	})
	switch {
	case err != nil:
		log.Error("jobs: cannot write down how the job ended; it will be done again", "error", err, "outcome", failure)
	case failure == nil:
		log.Debug("jobs: done")
	case last:
		log.Error("jobs: set aside after the last attempt", "error", failure)
	default:
		log.Warn("jobs: failed, will be tried again", "error", failure, "at", retryAt)
	}
}

// lastError returns what a row keeps of an error: its first line, shortened.
func lastError(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return strings.ToValidUTF8(line[:min(len(line), maxLastError)], "")
}
