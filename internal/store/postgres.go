package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"standfirst"
)

const (
	// maxConnections is how many connections a node opens at most.
	maxConnections = 16
	// maxIdleConnections is how many of them stay open when there is little to do.
	maxIdleConnections = 4
	// freeAttempts is how often an update is tried beside others; if it conflicts with
	// them each time, it waits for its turn, in which it conflicts with newcomers only.
	freeAttempts = 3
	// maxAttempts is how often it is tried in all.
	maxAttempts = 40
	// maxTaken is how often an update that hits a unique index is tried: the second
	// time its own look finds what is there.
	maxTaken = 4
	// oldestPostgres is the oldest version that works, as server_version_num.
	oldestPostgres = 150000
)

// postgresEngine keeps the newsroom in a PostgreSQL database, for several nodes.
type postgresEngine struct {
	config  *pgx.ConnConfig
	db      *sql.DB
	queries catalogue
	logger  *slog.Logger
	channel string // on which commits are announced: one a schema

	turn   chan struct{} // of one place: an update has its turn, or waits for it
	dirty  chan struct{} // of one place: a commit waits to be announced
	cancel context.CancelFunc
	done   chan struct{} // closed when the announcer has ended
}

// openPostgres connects to the database and migrates it.
func openPostgres(ctx context.Context, url string, queries catalogue, logger *slog.Logger) (*postgresEngine, error) {
	e, err := connectPostgres(ctx, url, queries, logger)
	if err != nil {
		return nil, err
	}
	if err := migratePostgres(ctx, e.db, 0, logger); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return e, nil
}

// connectPostgres connects to the database as it is.
func connectPostgres(ctx context.Context, url string, queries catalogue, logger *slog.Logger) (*postgresEngine, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, standfirst.WrapError(standfirst.Invalid, err,
			"the database address is not understood; write it as postgres://user:password@host/name")
	}
	// No statement of ours takes long; one that does holds others up.
	setDefault(config.RuntimeParams, "statement_timeout", "60s")
	setDefault(config.RuntimeParams, "idle_in_transaction_session_timeout", "60s")
	setDefault(config.RuntimeParams, "application_name", "standfirst")
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxIdleConnections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	var version int
	var schema sql.NullString
	err = db.QueryRowContext(ctx, "SELECT current_setting('server_version_num')::int, current_schema()").Scan(&version, &schema)
	switch {
	case err != nil:
		err = standfirst.WrapError(standfirst.Unavailable, err, "the database at %s cannot be reached", config.Host)
	case version < oldestPostgres:
		err = standfirst.Errorf(standfirst.Invalid, "the database at %s is PostgreSQL %d; 15 or newer is needed", config.Host, version/10000)
	case !schema.Valid:
		err = standfirst.Errorf(standfirst.Invalid, "the database at %s has no schema in its search_path; create one", config.Host)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	e := &postgresEngine{
		config: config, db: db, queries: queries, logger: logger, channel: "standfirst_" + schema.String,
		turn: make(chan struct{}, 1), dirty: make(chan struct{}, 1), done: make(chan struct{}),
	}
	announcing, cancel := context.WithCancel(context.Background())
	e.cancel = cancel
	go e.announcer(announcing)
	return e, nil
}

// setDefault sets the parameter unless it is set.
func setDefault(parameters map[string]string, name, value string) {
	if _, set := parameters[name]; !set {
		parameters[name] = value
	}
}

// postgresSession is a transaction. The driver prepares statements and keeps them
// by itself.
type postgresSession struct{ tx *sql.Tx }

func (s postgresSession) exec(ctx context.Context, stmt *statement, args []any) (sql.Result, error) {
	return s.tx.ExecContext(ctx, stmt.text, args...)
}

func (s postgresSession) query(ctx context.Context, stmt *statement, args []any) (*sql.Rows, error) {
	return s.tx.QueryContext(ctx, stmt.text, args...)
}

func (e *postgresEngine) view(ctx context.Context, fn transaction) error {
	tx, err := e.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("store: view: %w", err)
	}
	defer tx.Rollback() // it only read
	return fn(ctx, postgresSession{tx})
}

func (e *postgresEngine) update(ctx context.Context, fn transaction) error {
	err := e.attempts(ctx, 1, freeAttempts, func() error {
		conn, err := e.db.Conn(ctx)
		if err != nil {
			return fmt.Errorf("store: update: %w", err)
		}
		defer conn.Close()
		return try(ctx, conn, fn)
	})
	if errors.As(err, new(crowded)) {
		return e.inTurn(ctx, fn)
	}
	return err
}

// crowded is the error of an update that conflicted with others each time.
type crowded struct{ cause error }

func (c crowded) Error() string { return c.cause.Error() }
func (c crowded) Unwrap() error { return c.cause }

// attempts tries from the first to the last time, with pauses between, until there is no
// conflict. It returns a crowded error if there is one each time.
func (e *postgresEngine) attempts(ctx context.Context, from, to int, try func() error) error {
	for attempt := from; ; attempt++ {
		err := try()
		if err == nil || !isConflict(err) || isTaken(err) && attempt >= maxTaken {
			return err
		}
		if attempt >= to {
			return crowded{err}
		}
		if err := pause(ctx, min(attempt, freeAttempts)); err != nil {
			return err
		}
	}
}

// turnKey is the lock of those who wait for their turn, one for a schema.
const turnKey = "hashtextextended('standfirst turn ' || current_schema(), 0)"

// inTurn runs the transaction while no other that waited for its turn is run, on any
// node. The lock is taken before the transaction begins, so that it sees everything that
// was done in the turns before it. One update of a node waits in the database, so that
// the others leave it its connections.
func (e *postgresEngine) inTurn(ctx context.Context, fn transaction) error {
	select {
	case e.turn <- struct{}{}:
		defer func() { <-e.turn }()
	case <-ctx.Done():
		return fmt.Errorf("store: update: %w", ctx.Err())
	}
	conn, err := e.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: update: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock("+turnKey+")"); err != nil {
		return fmt.Errorf("store: update: wait for the turn: %w", err)
	}
	defer func() {
		if _, err := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock("+turnKey+")"); err != nil {
			// A connection that still has the lock must not go back.
			_ = conn.Raw(func(any) error { return driver.ErrBadConn })
		}
	}()
	err = e.attempts(ctx, freeAttempts+1, maxAttempts, func() error { return try(ctx, conn, fn) })
	if errors.As(err, new(crowded)) {
		err = standfirst.WrapError(standfirst.Unavailable, err, "too many others are changing the same thing; try again")
	}
	return err
}

// try runs the transaction once. Once it has begun, the end of the caller's
// context no longer stops it, as on SQLite.
func try(ctx context.Context, conn *sql.Conn, fn transaction) error {
	ctx = context.WithoutCancel(ctx)
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelSerializable})
	if err != nil {
		return fmt.Errorf("store: update: begin: %w", err)
	}
	defer tx.Rollback() // after a commit it does nothing
	if err := fn(ctx, postgresSession{tx}); err != nil {
		return err
	}
	err = tx.Commit()
	switch {
	case err == nil:
		return nil
	case errors.As(err, new(*pgconn.PgError)) || errors.Is(err, pgx.ErrTxCommitRollback):
		return fmt.Errorf("store: update: commit: %w", err)
	default: // the connection broke before the answer came
		return unknownOutcome{fmt.Errorf("commit: %w", err)}
	}
}

// isConflict reports whether the transaction failed because of what another one
// did at the same time, so that it may succeed when it is run again. A unique
// index that was violated is such a case: the methods of Tx look first, and so
// only fail at the index if somebody else came between.
func isConflict(err error) bool {
	const serializationFailure, deadlock = "40001", "40P01"
	code := codeOf(err)
	return code == serializationFailure || code == deadlock || isTaken(err)
}

// isTaken reports whether a unique index was violated.
func isTaken(err error) bool { return codeOf(err) == "23505" }

// codeOf returns the SQLSTATE of the error, and "" if it is not the server's.
func codeOf(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// pause waits a little, longer from attempt to attempt, and not as long as others.
func pause(ctx context.Context, attempt int) error {
	most := min(time.Millisecond<<min(attempt, 7), 100*time.Millisecond)
	timer := time.NewTimer(rand.N(most) + time.Millisecond/2)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("store: update: %w", ctx.Err())
	}
}

func (e *postgresEngine) close() error {
	e.cancel()
	<-e.done
	return e.db.Close()
}
