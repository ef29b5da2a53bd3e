package webhook

import (
	"context"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	// logKept is how long deliveries are kept.
	logKept    = 30 * 24 * time.Hour
	pruneEvery = 6 * time.Hour
	pruneKey   = "webhook.prune"
)

// PlanRecurring plans the job that comes back by itself, to be done now: a server asks for
// it when it starts.
func (w *Webhooks) PlanRecurring(ctx context.Context) error {
	return w.update(ctx, "plan what recurs", func(tx *store.Tx) error { return planPruning(tx, w.now()) })
}

// PruneJob forgets old deliveries, and plans itself again. It is the handler of
// [standfirst.JobPruneDeliveries].
func (w *Webhooks) PruneJob(ctx context.Context, _ standfirst.Job) error {
	return w.update(ctx, "forget deliveries", func(tx *store.Tx) error {
		if err := tx.PruneDeliveries(w.now().Add(-logKept)); err != nil {
			return err
		}
		return planPruning(tx, w.now().Add(pruneEvery))
	})
}

func planPruning(tx *store.Tx, at time.Time) error {
	_, err := tx.Enqueue(standfirst.Job{Kind: standfirst.JobPruneDeliveries, Key: pruneKey, RunAt: at})
	return err
}
