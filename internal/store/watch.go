package store

import (
	"context"
	"fmt"
	"time"

	"standfirst"
)

// patience is how long a watcher waits for a touched row whose number was given
// out but which is not there: its transaction may still be on its way, or may have
// been rolled back.
const patience = 30 * time.Second

// watchBatch is how many touched rows are read at once.
const watchBatch = 1000

// Watch tells the functions given to OnTouch and OnJobs what other processes
// change, within a second, until ctx ends; then it returns nil. After a
// disturbance it tells nil tags: anything may have changed.
func (s *Store) Watch(ctx context.Context) error {
	f := &follower{store: s, sequence: newSequence(s.opened)}
	err := s.engine.watch(ctx, func() { f.read(ctx) }, func() { s.tell(nil, true, true) })
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("store: watch: %w", err)
	}
	return nil
}

// follower reads the touched rows that others have added.
type follower struct {
	store    *Store
	sequence *sequence
}

// read tells what is new. When it cannot be read, anything may have changed.
func (f *follower) read(ctx context.Context) {
	for {
		var rows []touchedRow
		err := f.store.View(ctx, func(tx *ReadTx) (err error) {
			rows, err = all(tx, scanTouched, "TouchedSince", f.sequence.next, int64(watchBatch))
			return err
		})
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			f.store.logger.Warn("the changes of other processes could not be read; the page cache starts anew", "error", err)
			f.store.tell(nil, true, true)
			return
		}
		before := f.sequence.next
		f.tell(rows)
		if len(rows) < watchBatch || f.sequence.next == before {
			return
		}
	}
}

// tell passes on what is new in the rows and was not done by this store itself.
func (f *follower) tell(rows []touchedRow) {
	var tags []standfirst.Tag
	jobs := false
	for _, row := range rows {
		if f.sequence.see(row.id) && row.origin != f.store.origin {
			tags = append(tags, row.tags...)
			jobs = jobs || row.jobs
		}
	}
	f.sequence.settle(f.store.clock())
	if len(tags) > 0 || jobs {
		f.store.tell(tags, len(tags) > 0, jobs)
	}
}

// sequence follows numbers that are given out in order but may be seen out of
// order: on PostgreSQL a transaction can take its number first and commit last.
type sequence struct {
	next int64               // every number below has been seen or given up
	seen map[int64]time.Time // numbers from next on that were seen, and since when
}

func newSequence(last int64) *sequence {
	return &sequence{next: last + 1, seen: make(map[int64]time.Time)}
}

// see reports whether the number is seen for the first time.
func (q *sequence) see(n int64) bool {
	if n < q.next {
		return false
	}
	if _, known := q.seen[n]; known {
		return false
	}
	q.seen[n] = time.Time{}
	return true
}

// settle moves on over the numbers that were seen, and over missing ones for which
// it has waited long enough.
func (q *sequence) settle(now time.Time) {
	for n, since := range q.seen {
		if since.IsZero() {
			q.seen[n] = now
		}
	}
	for {
		if _, seen := q.seen[q.next]; !seen {
			break
		}
		delete(q.seen, q.next)
		q.next++
	}
	// What has stood behind a gap for too long ends the waiting for the gap.
	given := q.next
	for n, since := range q.seen {
		if now.Sub(since) > patience {
			given = max(given, n+1)
		}
	}
	for ; q.next < given; q.next++ {
		delete(q.seen, q.next)
	}
}

// lastTouched returns the number of the newest touched row.
func (tx *ReadTx) lastTouched() (int64, error) {
	return one(tx, scanID[int64], "LastTouched")
}
