package store

import (
	"slices"
	"time"
)

// release runs a query that lets readers see the rows from the time on, and returns
// those that they could not see before, in their order.
func release[T ~int64](tx *Tx, name string, ids []T, at time.Time) ([]T, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	released, err := all(&tx.ReadTx, scanID[T], name, toMicros(at), toList(ids))
	slices.Sort(released)
	return released, err
}
