package newsroom

import (
	"context"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	// touchedKept is how long rows of touched tags stay: longer than a server that
	// watches them can be held up without starting over.
	touchedKept = 24 * time.Hour
	// pruneEvery is the pause between two prunings.
	pruneEvery = time.Hour
	// pruneKey keeps it at one waiting job.
	pruneKey = "touched.prune"
)

// PruneTouchedJob removes old rows of touched tags and enqueues its successor; it
// is the handler of [standfirst.JobPruneTouched].
func (n *Newsroom) PruneTouchedJob(ctx context.Context, _ standfirst.Job) error {
	return n.update(ctx, "prune touched tags", func(tx *store.Tx) error {
		now := n.now()
		if err := tx.PruneTouched(now.Add(-touchedKept)); err != nil {
			return err
		}
		return enqueuePruning(tx, now.Add(pruneEvery))
	})
}

// enqueuePruning sets when touched tags are pruned next.
func enqueuePruning(tx *store.Tx, at time.Time) error {
	_, err := tx.Enqueue(standfirst.Job{Kind: standfirst.JobPruneTouched, Key: pruneKey, RunAt: at})
	return err
}
