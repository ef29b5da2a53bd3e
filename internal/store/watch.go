package store

import (
	"context"
	"fmt"
	"time"

	"standfirst"
)

const (
	// patience is how long a watcher waits for a touched row whose number was given
	// out but which is not there: its transaction may still be on its way, or may
	// have been rolled back.
	patience = 30 * time.Second
	// watchBatch is how many touched rows are read at once.
	watchBatch = 1000
	// maxBatches is how many batches are read when the watcher is woken. One that is
	// further behind says that anything may have changed, which costs less.
	maxBatches = 10
	// maxMissing is how many missing rows are waited for.
	maxMissing = 4 * watchMargin
	// watchMargin is how many numbers below the newest one are looked at for missing
	// rows when a store is opened.
	watchMargin = 1000
)

// Watch tells the functions given to OnTouch and OnJobs what other processes
// change, within a second, until ctx ends; then it returns nil. After a
// disturbance it tells nil tags: anything may have changed.
func (s *Store) Watch(ctx context.Context) error {
	f := &follower{store: s, sequence: newSequence(s.opened, s.clock())}
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
	err := f.revisit(ctx)
	if err == nil {
		err = f.onward(ctx)
	}
	if err != nil && ctx.Err() == nil {
		f.store.logger.Warn("the changes of other processes could not be read; the page cache starts anew", "error", err)
		f.store.tell(nil, true, true)
	}
}

// revisit looks whether missing rows have come.
func (f *follower) revisit(ctx context.Context) error {
	if len(f.sequence.missing) == 0 {
		return nil
	}
	rows, err := f.rows(ctx, "TouchedAmong", f.sequence.list())
	if err == nil {
		f.tell(rows)
	}
	return err
}

// onward reads the rows after the last that was read.
func (f *follower) onward(ctx context.Context) error {
	for range maxBatches {
		rows, err := f.rows(ctx, "TouchedSince", f.sequence.next, int64(watchBatch))
		if err != nil {
			return err
		}
		f.tell(rows)
		if len(rows) < watchBatch {
			return nil
		}
	}
	return f.leap(ctx)
}

// rows returns the rows of the query.
func (f *follower) rows(ctx context.Context, query string, args ...any) (rows []touchedRow, err error) {
	err = f.store.View(ctx, func(tx *ReadTx) (err error) {
		rows, err = all(tx, scanTouched, query, args...)
		return err
	})
	return rows, err
}

// leap goes on from the newest row without reading those before it.
func (f *follower) leap(ctx context.Context) error {
	var end touchedEnd
	err := f.store.View(ctx, func(tx *ReadTx) (err error) {
		end, err = tx.touchedEnd(f.store.name)
		return err
	})
	if err != nil {
		return err
	}
	f.sequence = newSequence(end, f.store.clock())
	f.store.tell(nil, true, true)
	return nil
}

// tell passes on what is new in the rows and was not done by this store itself.
func (f *follower) tell(rows []touchedRow) {
	var tags []standfirst.Tag
	jobs := false
	now := f.store.clock()
	for _, row := range rows {
		if f.sequence.see(row.id, now) && row.origin != f.store.origin {
			tags = append(tags, row.tags...)
			jobs = jobs || row.jobs
		}
	}
	if f.sequence.settle(now) {
		f.store.tell(nil, true, true)
	} else if len(tags) > 0 || jobs {
		f.store.tell(tags, len(tags) > 0, jobs)
	}
}

// touchedEnd is how far the touched rows reach at one moment.
type touchedEnd struct {
	last   int64   // the number of the newest row
	absent []int64 // numbers before it whose rows may still come
}

// touchedEnd returns how far the touched rows reach. SQLite numbers rows in the
// order of their commits; on PostgreSQL a lower number may be committed later.
func (tx *ReadTx) touchedEnd(engine Engine) (end touchedEnd, err error) {
	end.last, err = one(tx, scanID[int64], "LastTouched")
	if err != nil || engine == SQLite {
		return end, err
	}
	n := max(end.last-watchMargin, 0) + 1
	present, err := all(tx, scanID[int64], "TouchedNumbers", n)
	for _, id := range present {
		for ; n < id; n++ {
			end.absent = append(end.absent, n)
		}
		n = id + 1
	}
	return end, err
}
