package store

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"standfirst"
)

// NextJob returns when the next job is due: one that waits, or one whose worker
// has gone silent. It reports false if there is none. The time may have passed.
func (tx *ReadTx) NextJob() (runAt time.Time, ok bool, err error) { return nextJob(tx, "NextJob") }

// NextJobBut does the same for jobs of other kinds than those.
func (tx *ReadTx) NextJobBut(kinds []standfirst.JobKind) (runAt time.Time, ok bool, err error) {
	return nextJob(tx, "NextJobBut", toList(kinds))
}

func nextJob(tx *ReadTx, query string, args ...any) (runAt time.Time, ok bool, err error) {
	runAt, err = one(tx, func(row scanner) (t time.Time, err error) {
		err = row.Scan((*instant)(&t))
		return t, err
	}, query, args...)
	if err == errNoRow {
		return time.Time{}, false, nil
	}
	return runAt, err == nil, err
}

// FailedJobs returns up to limit jobs that were set aside, the latest first.
func (tx *ReadTx) FailedJobs(limit int) ([]standfirst.Job, error) {
	return all(tx, scanJob, "FailedJobs", int64(limit))
}

// FailingJob is a job that failed, and is tried again or set aside.
type FailingJob struct {
	standfirst.Job
	SetAsideAt time.Time // zero while it is tried again
}

// Final reports whether the job is not tried again.
func (j FailingJob) Final() bool { return !j.SetAsideAt.IsZero() }

// FailingJobs returns up to limit jobs of the kind that failed and are not done, the newest
// first.
func (tx *ReadTx) FailingJobs(kind standfirst.JobKind, limit int) ([]FailingJob, error) {
	scan := func(row scanner) (f FailingJob, err error) {
		f.Job, err = scanJobAnd(row, (*instant)(&f.SetAsideAt))
		return f, err
	}
	return all(tx, scan, "FailingJobs", string(kind), int64(limit))
}

func scanJob(row scanner) (standfirst.Job, error) { return scanJobAnd(row) }

// scanJobAnd reads a job and what comes after it in the row.
func scanJobAnd(row scanner, more ...any) (j standfirst.Job, err error) {
	var payload string
	err = row.Scan(append([]any{&j.ID, &j.Kind, &payload, textInto(&j.Key), (*instant)(&j.RunAt), &j.Attempts, &j.MaxAttempts, &j.LastError}, more...)...)
	if payload != "" {
		j.Payload = json.RawMessage(payload)
	}
	return j, err
}

// Enqueue stores a job that runs after this transaction has been committed. A zero
// RunAt means as soon as possible. If its key is that of a job that is not done,
// that job moves to the new time and payload and starts counting its attempts
// anew; if it is being worked on, it runs once more after that. One that waits just so is
// left alone, so that many may ask for it at once.
func (tx *Tx) Enqueue(j standfirst.Job) (standfirst.JobID, error) {
	if j.MaxAttempts == 0 {
		j.MaxAttempts = standfirst.DefaultMaxAttempts
	}
	tx.jobs = true
	id, err := one(&tx.ReadTx, scanID[standfirst.JobID], "Enqueue",
		string(j.Kind), string(j.Payload), toText(j.Key), toMicros(tx.orNow(j.RunAt)), int64(j.MaxAttempts))
	if err == errNoRow {
		return one(&tx.ReadTx, scanID[standfirst.JobID], "JobByKey", j.Key)
	}
	return id, err
}

// EnqueueUnlessWaiting stores the job, which needs a key, to run after the pause, unless one
// with its key waits: that one stays as it is, with its time and payload. One that is being worked on runs once more
// after that and the pause, with the payload that it has by then. Many may ask for it in each second.
func (tx *Tx) EnqueueUnlessWaiting(j standfirst.Job, pause time.Duration) error {
	if j.MaxAttempts == 0 {
		j.MaxAttempts = standfirst.DefaultMaxAttempts
	}
	written, err := tx.exec("EnqueueUnlessWaiting",
		string(j.Kind), string(j.Payload), toText(j.Key), toMicros(tx.Now().Add(pause)), int64(j.MaxAttempts))
	tx.jobs = tx.jobs || written > 0
	return err
}

// CancelJob takes away the job with the key; it is no error if there is none. One
// that is being worked on is finished, but does not run again.
func (tx *Tx) CancelJob(key string) error {
	if _, err := tx.exec("CancelJob", key); err != nil {
		return err
	}
	_, err := tx.exec("CancelJobAgain", key)
	return err
}

// LeaseJobs gives up to limit jobs that are due at now to the worker, the longest
// due first. Nobody else gets them before until; if they are neither finished nor
// given back by then, somebody else does. The attempt is counted here.
func (tx *Tx) LeaseJobs(now, until time.Time, worker string, limit int) ([]standfirst.Job, error) {
	return leaseJobs(tx, "LeaseJobs", toMicros(until), worker, toMicros(now), int64(limit))
}

// LeaseJobsBut does the same with jobs of other kinds than those.
func (tx *Tx) LeaseJobsBut(kinds []standfirst.JobKind, now, until time.Time, worker string, limit int) ([]standfirst.Job, error) {
	return leaseJobs(tx, "LeaseJobsBut", toMicros(until), worker, toMicros(now), toList(kinds), int64(limit))
}

// LeaseJobsOf does the same with jobs of the kind.
func (tx *Tx) LeaseJobsOf(kind standfirst.JobKind, now, until time.Time, worker string, limit int) ([]standfirst.Job, error) {
	return leaseJobs(tx, "LeaseJobsOf", toMicros(until), worker, toMicros(now), string(kind), int64(limit))
}

func leaseJobs(tx *Tx, query string, args ...any) ([]standfirst.Job, error) {
	jobs, err := all(&tx.ReadTx, scanJob, query, args...)
	slices.SortFunc(jobs, func(a, b standfirst.Job) int {
		return cmp.Or(a.RunAt.Compare(b.RunAt), cmp.Compare(a.ID, b.ID))
	})
	return jobs, err
}

// ShortenLeases lets others have the leased jobs from the time on, if that is earlier.
func (tx *Tx) ShortenLeases(ids []standfirst.JobID, until time.Time) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := tx.exec("ShortenLeases", toMicros(until), toList(ids))
	return err
}

// ExtendJob keeps the job with the worker until the time. It reports false if the
// job is no longer the worker's.
func (tx *Tx) ExtendJob(id standfirst.JobID, worker string, until time.Time) (held bool, err error) {
	changed, err := tx.exec("ExtendJob", toMicros(until), int64(id), worker)
	return changed > 0, err
}

// FinishJob says that the job is done. It goes away, unless it was asked for again
// while it ran.
func (tx *Tx) FinishJob(id standfirst.JobID) error {
	done, err := tx.exec("DeleteFinishedJob", int64(id))
	if err != nil || done > 0 {
		return err
	}
	return tx.releaseJob(id)
}

// RetryJob gives the job back after a failure, to run again at the time.
func (tx *Tx) RetryJob(id standfirst.JobID, runAt time.Time, lastError string) error {
	changed, err := tx.exec("RetryJob", toMicros(runAt), lastError, int64(id))
	if err != nil || changed > 0 {
		return err
	}
	return tx.releaseJob(id)
}

// SetAsideJob takes the job out of the queue after its last failure, for somebody
// to look at.
func (tx *Tx) SetAsideJob(id standfirst.JobID, lastError string) error {
	changed, err := tx.exec("SetAsideJob", toMicros(tx.Now()), lastError, int64(id))
	if err != nil || changed > 0 {
		return err
	}
	return tx.releaseJob(id)
}

// releaseJob lets a job that was asked for again while it ran wait for its new
// time. It is no error if the job is gone.
func (tx *Tx) releaseJob(id standfirst.JobID) error {
	changed, err := tx.exec("ReleaseJob", int64(id))
	if changed > 0 {
		tx.jobs = true
	}
	return err
}
