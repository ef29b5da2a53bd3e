// Package jobs does the work that transactions leave behind: it runs the handlers
// of job rows, each at its time. That is its one responsibility.
//
// A [Worker] sleeps until the next job is due and is woken when one is enqueued, so
// that a scheduled publication goes out on the second without anybody asking every
// second. It leases what is due, which keeps other workers away, and renews the
// lease while the handler runs; a worker that dies lets its leases run out, and
// another takes the jobs over. A job is therefore done at least once, and handlers
// are idempotent.
//
// A handler that fails or panics is tried again after growing pauses, and after its
// last attempt the job is set aside with its error for somebody to look at. A kind
// of job that this program does not know is treated the same: a newer node may know
// it.
//
// The package must not know what any job does.
package jobs
