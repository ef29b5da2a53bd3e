package newsroom

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/search"
	"standfirst/internal/store"
)

// Options configure a [Newsroom]. The zero value works.
type Options struct {
	Clock  standfirst.Clock // nil means time.Now
	Logger *slog.Logger     // nil means that nothing is logged
}

// Newsroom has the use cases. It is safe for concurrent use.
type Newsroom struct {
	store  *store.Store
	ledger *ledger.Ledger
	clock  standfirst.Clock
	log    *slog.Logger
}

// New returns the use cases over the store.
func New(st *store.Store, o Options) *Newsroom {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	search.Keep(st)
	figures := ledger.New(st, ledger.Options{Clock: o.Clock, Logger: o.Logger})
	return &Newsroom{store: st, ledger: figures, clock: o.Clock, log: o.Logger}
}

// now returns the time in the precision that the store keeps.
func (n *Newsroom) now() time.Time { return n.clock().UTC().Truncate(time.Microsecond) }

// update runs fn in one transaction and names the operation in its error.
func (n *Newsroom) update(ctx context.Context, operation string, fn func(*store.Tx) error) error {
	if err := n.store.Update(ctx, fn); err != nil {
		return fmt.Errorf("newsroom: %s: %w", operation, err)
	}
	return nil
}

// storyOperation names what is done to which story, for errors.
func storyOperation(do string, id standfirst.StoryID) string { return do + " story " + id.String() }

// audit leaves the row that says who did what to the story, and when.
func audit(tx *store.Tx, actor standfirst.Actor, at time.Time, action string, id standfirst.StoryID, detail string) error {
	return tx.Audit(standfirst.AuditEntry{At: at, Actor: actor, Action: action, Object: "story:" + id.String(), Detail: detail})
}

// isNotFound reports whether the error says that there is no such thing.
func isNotFound(err error) bool { return err != nil && standfirst.KindOf(err) == standfirst.NotFound }

// mayRelease returns nil if the actor has the permission to release, and for a
// standing page also that of editing pages.
func mayRelease(actor standfirst.Actor, p standfirst.Permission, story standfirst.Story) error {
	if err := actor.Require(p); err != nil {
		return err
	}
	if story.Kind == standfirst.KindPage {
		return actor.Require(standfirst.EditPage)
	}
	return nil
}

// signedIn refuses the zero Actor before anything is looked up, so that it cannot
// learn which stories exist.
func signedIn(actor standfirst.Actor) error { return actor.Require(standfirst.ReadDraft) }
