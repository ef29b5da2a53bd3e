package account

import (
	"context"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	// pruneEvery is how often what is over is deleted.
	pruneEvery = time.Hour
	// keepAttempts is for how long attempts are kept: an hour is the longest time within
	// which anything is counted, comments too.
	keepAttempts = time.Hour
)

// PlanRecurring plans the job that comes back by itself, to be done now: a server asks for
// it when it starts.
func (a *Accounts) PlanRecurring(ctx context.Context) error {
	return a.store.Update(ctx, func(tx *store.Tx) error { return planPruning(tx, a.clock()) })
}

// PruneJob deletes sessions, links, attempts, tokens and answers to programs that are over, and
// plans itself again. It is the handler of [standfirst.JobPruneSessions].
func (a *Accounts) PruneJob(ctx context.Context, _ standfirst.Job) error {
	now := a.clock()
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.PruneSessions(now, now.Add(-keepAttempts)); err != nil {
			return err
		}
		if err := tx.DeleteExpiredTokens(now.Add(-keepOverToken)); err != nil {
			return err
		}
		if err := tx.DeleteExpiredAnswers(now); err != nil {
			return err
		}
		return planPruning(tx, now.Add(pruneEvery))
	})
}

func planPruning(tx *store.Tx, at time.Time) error {
	_, err := tx.Enqueue(standfirst.Job{Kind: standfirst.JobPruneSessions, Key: string(standfirst.JobPruneSessions), RunAt: at})
	return err
}
