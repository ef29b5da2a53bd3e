package discuss

import (
	"context"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	pruneEvery  = time.Hour
	pruneAtOnce = 500
	// keepReaders is for how long the address of a reader who signs in is kept after they
	// were here last.
	keepReaders = 400 * 24 * time.Hour
)

// PlanRecurring plans the job that comes back by itself, to be done now: a server asks for
// it when it starts.
func (t *Talk) PlanRecurring(ctx context.Context) error {
	return t.update(ctx, "plan what recurs", func(tx *store.Tx) error { return planPruning(tx, t.now()) })
}

// PruneJob forgets the addresses of guests, and from where comments came, once they were
// kept for as long as the form said; and plans itself again. It is the handler of
// [standfirst.JobPruneComments].
func (t *Talk) PruneJob(ctx context.Context, _ standfirst.Job) error {
	now := t.now()
	for {
		again := false
		err := t.update(ctx, "forget addresses", func(tx *store.Tx) error {
			settings, err := PublicationSettings(&tx.ReadTx)
			if err != nil {
				return err
			}
			since := now.AddDate(0, 0, -settings.KeepDays)
			guests, err := tx.ForgetGuests(since, now.Add(-keepReaders), pruneAtOnce)
			if err != nil {
				return err
			}
			origins, err := tx.ForgetOrigins(since, pruneAtOnce)
			if again = guests == pruneAtOnce || origins == pruneAtOnce; err != nil || again {
				return err
			}
			return planPruning(tx, now.Add(pruneEvery))
		})
		if err != nil || !again {
			return err
		}
	}
}

func planPruning(tx *store.Tx, at time.Time) error {
	_, err := tx.Enqueue(standfirst.Job{Kind: standfirst.JobPruneComments, Key: string(standfirst.JobPruneComments), RunAt: at})
	return err
}
