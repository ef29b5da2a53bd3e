package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	sqlite3 "modernc.org/sqlite/lib"

	"standfirst"
)

const (
	// maxGroup is how many updates are committed together at most.
	maxGroup = 256
	// groupTime is how long updates are added to a group at least, if so many wait. Beyond
	// it the group goes on for as long as the last commit took, so that a slow disk is
	// shared by more of them, and nobody waits for much more than two commits.
	groupTime = 4 * time.Millisecond
	// maxWait is how long updates wait for another process that writes before they
	// are refused.
	maxWait = 30 * time.Second
)

var (
	errClosed    = errors.New("the store is closed")
	errGroupLost = errors.New("the database rolled the transaction back")
)

// writer is the one goroutine that writes to an SQLite file. It commits together
// whatever updates are waiting, so that they share the price of one sync to disk.
//
// Each update but the first of a group stands in a savepoint, and so fails alone;
// the first needs none, because nothing stands before it that a rollback could
// lose. A lone update is never held back for company: a group forms of what
// arrived while the previous one was being committed.
//
// No statement runs under the context of a request: SQLite answers an interrupted
// statement by rolling back everything, the neighbours' work included. A request
// that has gone is noticed before its update begins.
type writer struct {
	session *sqliteSession
	logger  *slog.Logger
	maxWait time.Duration // for another process that writes
	atLeast time.Duration // for which a group goes on
	queue   chan *update
	stop    chan struct{} // closed by close
	done    chan struct{} // closed when the goroutine has ended
	once    sync.Once

	// senders are the updates that may still be put into the queue.
	senders sync.WaitGroup
	closing sync.RWMutex
	closed  bool

	commits atomic.Int64 // for tests and metrics
}

// update is one call of Update on its way through the writer.
type update struct {
	ctx      context.Context
	fn       transaction
	claimed  atomic.Bool // by the writer, which then decides the outcome, or by a caller that leaves
	begun    bool        // by the writer, which alone looks: it claimed the update
	outcome  chan error  // of one place
	panicked *panicked
	exited   bool // fn ended its goroutine, as testing.T.FailNow does
}

// panicked is what a function panicked with, and where. Update panics with it on
// the goroutine of its caller.
type panicked struct {
	value any
	stack []byte
}

// String returns what the function panicked with and its stack.
func (p *panicked) String() string { return fmt.Sprintf("%v\n\n%s", p.value, p.stack) }

func newWriter(session *sqliteSession, logger *slog.Logger) *writer {
	w := &writer{
		session: session, logger: logger, maxWait: maxWait, atLeast: groupTime,
		queue: make(chan *update, maxGroup), stop: make(chan struct{}), done: make(chan struct{}),
	}
	go w.run(nil)
	return w
}

// close refuses new updates, waits for those that were accepted, and closes the
// connection.
func (w *writer) close() {
	w.once.Do(func() {
		w.closing.Lock()
		w.closed = true
		w.closing.Unlock()
		w.senders.Wait()
		close(w.stop)
	})
	<-w.done
}

// update puts the transaction into the queue and waits for its outcome.
func (w *writer) update(ctx context.Context, fn transaction) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("store: update: %w", err)
	}
	w.closing.RLock()
	if w.closed {
		w.closing.RUnlock()
		return fmt.Errorf("store: update: %w", errClosed)
	}
	w.senders.Add(1)
	w.closing.RUnlock()
	defer w.senders.Done()

	u := &update{ctx: ctx, fn: fn, outcome: make(chan error, 1)}
	select {
	case w.queue <- u:
	case <-ctx.Done():
		return fmt.Errorf("store: update: %w", ctx.Err())
	}
	var err error
	select {
	case err = <-u.outcome:
	case <-ctx.Done():
		if u.claimed.CompareAndSwap(false, true) {
			return fmt.Errorf("store: update: %w", ctx.Err())
		}
		err = <-u.outcome
	}
	if u.panicked != nil {
		panic(u.panicked.String())
	}
	if u.exited {
		runtime.Goexit()
	}
	return err
}

// run serves the queue until the writer is closed, beginning with updates that a
// predecessor could not finish.
func (w *writer) run(unfinished []*update) {
	g := &group{writer: w, waiting: unfinished}
	finished := false
	defer func() {
		if !finished { // fn of the current update ended this goroutine
			go w.run(g.abandon())
		}
	}()
	for {
		if len(g.waiting) == 0 {
			select {
			case u := <-w.queue:
				g.waiting = append(g.waiting, u)
			case <-w.stop:
				finished = true
				w.session.close()
				close(w.done)
				return
			}
		}
		g.serve()
	}
}

// group is the updates that are committed together.
type group struct {
	writer  *writer
	waiting []*update     // not begun, or to be begun again
	applied []*update     // done in the open transaction
	current *update       // being run
	open    bool          // whether a transaction is open
	took    time.Duration // the last commit
}

// serve runs what waits, and what arrives meanwhile, in one transaction, commits
// it and tells everybody the outcome.
func (g *group) serve() {
	end := time.Now().Add(max(g.writer.atLeast, g.took))
	for len(g.applied) < maxGroup && (len(g.applied) == 0 || time.Now().Before(end)) {
		u := g.next()
		if u == nil {
			break
		}
		g.apply(u)
	}
	if len(g.applied) > 0 {
		g.commit()
	}
}

// next takes the next update that its caller still waits for, and returns nil if
// nobody is waiting.
func (g *group) next() *update {
	yielded := false
	for {
		var u *update
		if len(g.waiting) > 0 {
			u, g.waiting = g.waiting[0], g.waiting[1:]
			if u.begun { // in a transaction that was lost
				return u
			}
		} else {
			select {
			case u = <-g.writer.queue:
			default:
				if yielded {
					return nil
				}
				// Whoever was just answered is about to come back; when nobody is, this
				// costs nothing.
				runtime.Gosched()
				yielded = true
				continue
			}
		}
		if g.claim(u) {
			return u
		}
	}
}

// claim reports whether the update may begin: its caller has not left.
func (g *group) claim(u *update) bool {
	if err := u.ctx.Err(); err != nil {
		if u.claimed.CompareAndSwap(false, true) {
			u.outcome <- fmt.Errorf("store: update: %w", err)
		}
		return false
	}
	u.begun = u.claimed.CompareAndSwap(false, true)
	return u.begun
}

// apply runs one update inside the open transaction, opening one if there is none.
func (g *group) apply(u *update) {
	if !g.open {
		if err := g.begin(); err != nil {
			g.refuse(u, err)
			return
		}
	}
	s := g.writer.session
	alone := len(g.applied) == 0
	if !alone {
		if err := run(s.savepoint); err != nil {
			g.lose(u, err)
			return
		}
	}
	g.current = u
	err := u.call(s)
	g.current = nil
	switch {
	case err == nil && alone:
		g.applied = append(g.applied, u)
	case err == nil:
		if err := run(s.release); err != nil {
			g.lose(u, err)
			return
		}
		g.applied = append(g.applied, u)
	case alone:
		g.rollback()
		u.outcome <- err
	default:
		if run(s.rollbackToSave) != nil || run(s.release) != nil {
			g.lose(u, err)
			return
		}
		u.outcome <- err
	}
}

// lose is called when the whole transaction is gone because of the update: it gets
// the error, and the others run again.
func (g *group) lose(u *update, err error) {
	g.rollback()
	g.writer.logger.Warn("the database rolled back a group of updates; the others run again",
		"error", err, "others", len(g.applied))
	g.waiting = append(g.applied, g.waiting...)
	g.applied = nil
	u.outcome <- fmt.Errorf("store: update: %w: %w", errGroupLost, err)
}

// begin opens a transaction. It waits while another process writes.
func (g *group) begin() error {
	started := time.Now()
	for {
		err := run(g.writer.session.begin)
		switch {
		case err == nil:
			g.open = true
			return nil
		case sqliteCode(err) != sqlite3.SQLITE_BUSY:
			return fmt.Errorf("store: update: begin: %w", err)
		case time.Since(started) > g.writer.maxWait:
			return standfirst.WrapError(standfirst.Unavailable, err,
				"another program has been writing to the database for %s; try again when it is done", g.writer.maxWait)
		}
	}
}

// refuse gives the error to the update and to everybody who waits: the database
// cannot be written, and each of them would wait as long for the same answer. Who
// comes after the first has been told waits anew.
func (g *group) refuse(first *update, err error) {
	refused := []*update{first}
	for u := g.next(); u != nil; u = g.next() {
		refused = append(refused, u)
	}
	for _, u := range refused {
		u.outcome <- err
	}
}

// rollback ends the open transaction. That it may be gone already is no error.
func (g *group) rollback() {
	_ = run(g.writer.session.rollback)
	g.open = false
}

// commit makes the applied updates durable and tells their callers.
func (g *group) commit() {
	started := time.Now()
	err := run(g.writer.session.commit)
	g.took = time.Since(started)
	if err != nil {
		err = fmt.Errorf("store: update: commit: %w", err)
		_ = run(g.writer.session.rollback)
	} else {
		g.writer.commits.Add(1)
	}
	g.open = false
	for i, u := range g.applied {
		u.outcome <- err
		g.applied[i] = nil
	}
	g.applied = g.applied[:0]
}

// abandon is called when the function of the current update has ended the
// goroutine. It rolls back and returns the updates that have to run again.
func (g *group) abandon() []*update {
	g.rollback()
	if g.current != nil {
		g.current.exited = true
		g.current.outcome <- errGroupLost
	}
	return append(g.applied, g.waiting...)
}

// call runs the function of the update and turns a panic into an error.
func (u *update) call(s *sqliteSession) (err error) {
	defer func() {
		if value := recover(); value != nil {
			u.panicked = &panicked{value, debug.Stack()}
			err = fmt.Errorf("store: update: panic: %v", value)
		}
	}()
	return u.fn(context.Background(), s)
}
