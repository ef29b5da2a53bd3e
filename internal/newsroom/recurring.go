package newsroom

import (
	"context"
	"time"

	"standfirst/internal/ledger"
	"standfirst/internal/search"
	"standfirst/internal/store"
)

// PlanRecurring plans the jobs that come back by themselves, to be done now: a server
// asks for it when it starts, so that a newsroom made by an older version, or one that
// was down, catches up; what is not in the index of the search gets there.
func (n *Newsroom) PlanRecurring(ctx context.Context) error {
	return n.update(ctx, "plan recurring jobs", func(tx *store.Tx) error {
		if err := search.Plan(tx); err != nil {
			return err
		}
		return planRecurring(tx, n.now())
	})
}

func planRecurring(tx *store.Tx, at time.Time) error {
	if err := enqueuePruning(tx, at); err != nil {
		return err
	}
	return ledger.PlanExpiry(tx, at)
}
