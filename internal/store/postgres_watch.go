package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// catchUpEvery is how often a watcher looks without having been woken, for
	// commits whose node died before it announced them. With the time that the look
	// itself takes it stays within the second in which everybody is to know.
	catchUpEvery = 500 * time.Millisecond
	// announceLimit bounds an announcement.
	announceLimit = 5 * time.Second
	// reconnectAfter is how long a watcher waits before it connects again.
	reconnectAfter = 250 * time.Millisecond
)

// announce asks for one notification. A notification inside the transaction would
// take a lock that makes commits wait for each other, so it follows the commit;
// those that come while one is under way share the next.
func (e *postgresEngine) announce() {
	select {
	case e.dirty <- struct{}{}:
	default:
	}
}

// announcer sends the notifications until the context ends, and then the one that
// is still owed: a command closes its store right after its commit. One that fails
// is not sent again: watchers also look by themselves.
func (e *postgresEngine) announcer(ctx context.Context) {
	defer close(e.done)
	for {
		select {
		case <-ctx.Done():
			select {
			case <-e.dirty:
				e.notify(ctx)
			default:
			}
			return
		case <-e.dirty:
			e.notify(ctx)
		}
	}
}

// notify wakes the watchers, also when the store is being closed.
func (e *postgresEngine) notify(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), announceLimit)
	defer cancel()
	if _, err := e.db.ExecContext(ctx, e.queries["Notify"].text, e.channel, ""); err != nil {
		e.logger.Warn("a change could not be announced to other nodes; they will see it a moment later", "error", err)
	}
}

// watch listens on a connection of its own. When that breaks, changes may have
// been missed: it says so and connects again.
func (e *postgresEngine) watch(ctx context.Context, changed, lost func()) error {
	for {
		err := e.listen(ctx, changed)
		if ctx.Err() != nil {
			return nil
		}
		e.logger.Warn("listening for the changes of other nodes broke; the page cache starts anew", "error", err)
		lost()
		timer := time.NewTimer(reconnectAfter)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		}
	}
}

// listen calls changed whenever a commit is announced, and now and then without,
// until the connection breaks or the context ends.
func (e *postgresEngine) listen(ctx context.Context, changed func()) error {
	conn, err := pgx.ConnectConfig(ctx, e.config.Copy())
	if err != nil {
		return fmt.Errorf("store: listen: connect: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) // nothing is lost with it
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{e.channel}.Sanitize()); err != nil {
		return fmt.Errorf("store: listen: %w", err)
	}
	for {
		changed()
		waiting, cancel := context.WithTimeout(ctx, catchUpEvery)
		_, err := conn.WaitForNotification(waiting)
		timedOut := waiting.Err() != nil
		cancel()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && (!timedOut || conn.IsClosed()):
			return fmt.Errorf("store: listen: %w", err)
		}
	}
}
