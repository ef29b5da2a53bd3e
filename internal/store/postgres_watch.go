package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// catchUpEvery is how often a watcher looks without having been woken, for
	// commits whose node died before it announced them.
	catchUpEvery = time.Second
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

// announcer sends the notifications until the context ends. One that fails is not
// sent again: watchers also look by themselves.
func (e *postgresEngine) announcer(ctx context.Context) {
	defer close(e.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-e.dirty:
		}
		_, err := e.db.ExecContext(ctx, e.queries["Notify"].text, e.channel, "")
		if err != nil && ctx.Err() == nil {
			e.logger.Warn("a change could not be announced to other nodes; they will see it a second later", "error", err)
		}
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
