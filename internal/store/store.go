package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"standfirst"
)

// Engine names the database system that a store is kept in.
type Engine string

const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options say where a store is kept. One of Path and URL is set.
type Options struct {
	Path   string           // the file of an SQLite database; it is created if it is missing
	URL    string           // of a PostgreSQL 15+ database: postgres://user:password@host/name
	Clock  standfirst.Clock // nil means time.Now
	Logger *slog.Logger     // nil means that nothing is logged
}

// Store is an open database. It is safe for use by several goroutines.
type Store struct {
	engine  engine
	name    Engine
	queries catalogue
	clock   standfirst.Clock
	logger  *slog.Logger
	origin  string     // tells this Store's own touched rows from those of others
	opened  touchedEnd // when the store was opened

	closing sync.Once
	closed  error

	mu      sync.RWMutex
	onTouch []func([]standfirst.Tag)
	before  map[any]func(*Tx, Changes) error // see BeforeCommit
	onJobs  []func()
}

// engine is what the two database systems do each in their own way.
type engine interface {
	// view calls fn in a transaction that reads one consistent state.
	view(ctx context.Context, fn transaction) error
	// update calls fn in a transaction, more than once if need be, and returns when
	// it is committed durably. An outcome that cannot be known is an unknownOutcome.
	update(ctx context.Context, fn transaction) error
	// inTurn does the same while no other that waits for its turn does.
	inTurn(ctx context.Context, fn transaction) error
	// announce wakes the watchers of other processes after a commit.
	announce()
	// watch calls changed whenever another process may have committed, and lost when
	// changes may have been missed, until ctx ends.
	watch(ctx context.Context, changed, lost func()) error
	backup(ctx context.Context, dir string) error
	// check looks for damage that only this engine can see.
	check(ctx context.Context) ([]Finding, error)
	close() error
}

// transaction is work to be done in one transaction on the session, with the
// context under which its statements run.
type transaction func(ctx context.Context, s session) error

// unknownOutcome is the error of a commit that may or may not have happened.
type unknownOutcome struct{ cause error }

func (e unknownOutcome) Error() string {
	return "the outcome of the commit is unknown: " + e.cause.Error()
}
func (e unknownOutcome) Unwrap() error { return e.cause }

// Open opens the database, creates what is missing and brings it to the newest
// migration, after taking a snapshot of an SQLite file that has to be migrated. It
// returns a Conflict error for a database that a newer program has written.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{clock: o.Clock, logger: o.Logger, origin: rand.Text()}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	switch {
	case o.Path != "" && o.URL != "":
		return nil, errors.New("store: open: both a file and an address are given")
	case o.Path != "":
		s.name = SQLite
	case o.URL != "":
		s.name = Postgres
	default:
		return nil, errors.New("store: open: neither a file nor an address is given")
	}
	var err error
	if s.queries, err = newCatalogue(s.name); err != nil {
		return nil, err
	}
	if s.name == SQLite {
		s.engine, err = openSQLite(ctx, o.Path, s.queries, s.clock, s.logger)
	} else {
		s.engine, err = openPostgres(ctx, o.URL, s.queries, s.logger)
	}
	if err != nil {
		return nil, err
	}
	err = s.View(ctx, func(tx *ReadTx) (err error) {
		s.opened, err = tx.touchedEnd(s.name)
		return err
	})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close waits for the updates that have begun and closes the database.
func (s *Store) Close() error {
	s.closing.Do(func() { s.closed = s.engine.close() })
	return s.closed
}

// Engine returns which database system the store is kept in.
func (s *Store) Engine() Engine { return s.name }

// OnTouch adds a function that is told what changed: the tags that an Update
// touched, on the goroutine and before the return of that Update, and what other
// processes touched, by [Store.Watch]. Nil tags mean that anything may have
// changed. The function must not block.
func (s *Store) OnTouch(fn func(tags []standfirst.Tag)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onTouch = append(s.onTouch, fn)
}

// Changes are what a transaction changed of what readers may see.
type Changes struct {
	Tags     []standfirst.Tag
	Comments []standfirst.CommentID // whose words or state were changed
	Posted   []standfirst.CommentID // which are new
	Held     []standfirst.CommentID // which wait for a moderator from then on
	Recorded []Recorded
}

// Recorded is something of the public record: what readers see, or do not see any more, from
// then on.
type Recorded struct {
	Kind   string // of the entry, as internal/record names it
	Story  standfirst.StoryID
	Claim  standfirst.ClaimID
	Notice standfirst.NoticeID
	Number int // of the version of the story or claim
	Class  standfirst.ChangeClass
}

// BeforeCommit lets fn see what each Update changed that touched a tag or wrote a comment,
// in its transaction and at its end; an error of fn rolls it back. A function of the same
// key takes the place of the one before.
func (s *Store) BeforeCommit(key any, fn func(*Tx, Changes) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := maps.Clone(s.before)
	if before == nil {
		before = make(map[any]func(*Tx, Changes) error)
	}
	before[key] = fn
	s.before = before
}

// OnJobs adds a function that is called when a job was enqueued, here or
// elsewhere. The function must not block.
func (s *Store) OnJobs(fn func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onJobs = append(s.onJobs, fn)
}

// tell calls those who asked to know.
func (s *Store) tell(tags []standfirst.Tag, touched, jobs bool) {
	s.mu.RLock()
	onTouch, onJobs := slices.Clip(s.onTouch), slices.Clip(s.onJobs)
	s.mu.RUnlock()
	if touched {
		for _, fn := range onTouch {
			fn(tags)
		}
	}
	if jobs {
		for _, fn := range onJobs {
			fn()
		}
	}
}

// Reader is a Store that can only be read. It is what the web is given.
type Reader struct{ store *Store }

// Reader returns the store as one that can only be read.
func (s *Store) Reader() Reader { return Reader{s} }

// View calls fn with a transaction that reads, as [Store.View] does.
func (r Reader) View(ctx context.Context, fn func(*ReadTx) error) error { return r.store.View(ctx, fn) }

// View calls fn with a transaction that sees one consistent state of the database
// and returns its error. It sees every Update that returned before View was called.
func (s *Store) View(ctx context.Context, fn func(*ReadTx) error) error {
	return s.engine.view(ctx, func(ctx context.Context, session session) error {
		tx := ReadTx{ctx: ctx, session: session, queries: s.queries, engine: s.name}
		defer func() { tx.session = nil }()
		return fn(&tx)
	})
}

// Update calls fn with a transaction that reads and writes, and commits it. It
// returns nil once the commit is on disk and everybody in this process has been
// told what it touched. If fn returns an error or panics, nothing of it is stored.
//
// fn may run more than once and on another goroutine; it must have no effect but on
// the transaction, and must not wait for anything: no network, no hashing, no other
// transaction. If ctx ends before fn has begun, Update returns its error; after
// that the outcome of the transaction stands.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	return s.updateBy(ctx, s.engine.update, fn)
}

// UpdateInTurn is Update for what is long and known to conflict with others of its like,
// on any node: they are done one after the other from the first, and not once each has
// been done in vain.
func (s *Store) UpdateInTurn(ctx context.Context, fn func(*Tx) error) error {
	return s.updateBy(ctx, s.engine.inTurn, fn)
}

func (s *Store) updateBy(ctx context.Context, update func(context.Context, transaction) error, fn func(*Tx) error) error {
	var tx *Tx // the last attempt, which is the one that was committed
	err := update(ctx, func(ctx context.Context, session session) error {
		tx = &Tx{ReadTx: ReadTx{ctx: ctx, session: session, queries: s.queries, engine: s.name}, store: s}
		defer func() { tx.session = nil }()
		if err := fn(tx); err != nil {
			return err
		}
		return tx.end()
	})
	if err != nil && !errors.As(err, new(unknownOutcome)) {
		return err
	}
	if tags := tx.touched(); len(tags) > 0 || tx.jobs {
		s.tell(tags, len(tags) > 0, tx.jobs)
		s.engine.announce()
	}
	if err != nil {
		return fmt.Errorf("store: update: %w", err)
	}
	return nil
}
