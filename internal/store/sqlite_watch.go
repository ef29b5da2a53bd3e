package store

import (
	"context"
	"fmt"
	"time"
)

// pollEvery is how often a watcher asks whether the file has changed. The question
// costs a few microseconds.
const pollEvery = 80 * time.Millisecond

// watch asks on a connection of its own for the data version, which changes
// whenever another connection has committed.
func (e *sqliteEngine) watch(ctx context.Context, changed, lost func()) error {
	s, err := e.connect(ctx, e.reading)
	if err != nil {
		return err
	}
	defer s.close()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	last := int64(-1) // what changed before the first look is read too
	for {
		version, err := e.dataVersion(ctx, s)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			e.logger.Warn("the database file cannot be watched; the page cache starts anew", "error", err)
			lost()
		case version != last:
			last = version
			changed()
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (e *sqliteEngine) dataVersion(ctx context.Context, s *sqliteSession) (version int64, err error) {
	rows, err := s.query(ctx, e.queries["DataVersion"], nil)
	if err != nil {
		return 0, fmt.Errorf("store: read the data version: %w", err)
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&version)
	}
	if err == nil {
		err = rows.Err()
	}
	return version, err
}
