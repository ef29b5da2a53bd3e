package ledger

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"standfirst"
	"standfirst/internal/search"
	"standfirst/internal/store"
)

// Options configure a [Ledger]. The zero value works.
type Options struct {
	Clock  standfirst.Clock // nil means time.Now
	Logger *slog.Logger     // nil means that nothing is logged
}

// Ledger has the use cases. It is safe for concurrent use.
type Ledger struct {
	store *store.Store
	clock standfirst.Clock
	log   *slog.Logger
}

// New returns the use cases over the store.
func New(st *store.Store, o Options) *Ledger {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	search.Keep(st)
	return &Ledger{store: st, clock: o.Clock, log: o.Logger}
}

// now returns the time in the precision that the store keeps.
func (l *Ledger) now() time.Time { return l.clock().UTC().Truncate(time.Microsecond) }

// update runs fn in one transaction and names the operation in its error.
func (l *Ledger) update(ctx context.Context, operation string, fn func(*store.Tx) error) error {
	if err := l.store.Update(ctx, fn); err != nil {
		return fmt.Errorf("ledger: %s: %w", operation, err)
	}
	return nil
}

// isNotFound reports whether the error says that there is no such thing.
func isNotFound(err error) bool { return err != nil && standfirst.KindOf(err) == standfirst.NotFound }
