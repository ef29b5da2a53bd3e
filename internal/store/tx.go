package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"standfirst"
)

// session runs statements on one connection inside one transaction.
type session interface {
	exec(ctx context.Context, s *statement, args []any) (sql.Result, error)
	query(ctx context.Context, s *statement, args []any) (*sql.Rows, error)
}

// ReadTx is a transaction that reads: one consistent state of the database. It is
// valid until the function that it was handed to returns, and must not be used by
// several goroutines at once. Its methods return a NotFound error for what is not
// there.
type ReadTx struct {
	ctx     context.Context // that of the statements, not always the caller's
	session session         // nil once the transaction has ended
	queries catalogue
	engine  Engine
	broken  error // the first failure of the database itself
	run     int   // how many statements were
	rows    int   // returned so far
}

// Tx is a transaction that reads and writes. What it writes is seen by its own
// reads at once and by others when [Store.Update] has committed it.
type Tx struct {
	ReadTx
	store *Store
	tags  []standfirst.Tag        // whose things changed
	pages []standfirst.Tag        // of pages alone, see TouchPages
	known map[standfirst.Tag]bool // those among tags
	jobs  bool

	comments []standfirst.CommentID // see Changes
	posted   []standfirst.CommentID // see Changes
	held     []standfirst.CommentID // see Changes
	recorded []Recorded             // see Changes

	gathered map[any]any       // by key, see Gather
	last     []func(*Tx) error // run before the commit
}

var (
	errEnded = errors.New("the transaction has ended")
	errNoRow = errors.New("no row")
)

// scanner is the part of sql.Rows that reads one row.
type scanner interface{ Scan(dest ...any) error }

// statement returns the named statement, and the first failure of the database if
// there was one: what follows it runs on neither engine.
func (tx *ReadTx) statement(name string) (*statement, error) {
	if tx.session == nil {
		return nil, fmt.Errorf("store: %s: %w", name, errEnded)
	}
	if tx.broken != nil {
		return nil, tx.broken
	}
	s, ok := tx.queries[name]
	if !ok {
		return nil, fmt.Errorf("store: there is no query named %s", name)
	}
	tx.run++
	return s, nil
}

// Statements returns how many statements the transaction has run: what tests hold a page to
// that must not cost more when its list is longer.
func (tx *ReadTx) Statements() int { return tx.run }

// Rows returns how many rows those statements returned, for the same tests.
func (tx *ReadTx) Rows() int { return tx.rows }

// fail wraps a failure of the database with the query and its first argument, and
// remembers it: a transaction in which a statement failed is never committed, on
// either engine, even if the failure is swallowed.
func (tx *ReadTx) fail(name string, args []any, err error) error {
	first := ""
	if len(args) > 0 {
		first = fmt.Sprint(args[0])
		first = strings.ToValidUTF8(first[:min(len(first), 60)], "")
	}
	err = fmt.Errorf("store: %s(%s): %w", name, first, err)
	if tx.broken == nil {
		tx.broken = err
	}
	return err
}

// exec runs a statement and returns how many rows it changed.
func (tx *ReadTx) exec(name string, args ...any) (int64, error) {
	s, err := tx.statement(name)
	if err != nil {
		return 0, err
	}
	result, err := tx.session.exec(tx.ctx, s, args)
	if err != nil {
		return 0, tx.fail(name, args, err)
	}
	changed, err := result.RowsAffected()
	if err != nil {
		return 0, tx.fail(name, args, err)
	}
	return changed, nil
}

// each runs a query and calls scan for every row.
func (tx *ReadTx) each(scan func(scanner) error, name string, args ...any) error {
	s, err := tx.statement(name)
	if err != nil {
		return err
	}
	rows, err := tx.session.query(tx.ctx, s, args)
	if err != nil {
		return tx.fail(name, args, err)
	}
	defer rows.Close()
	for rows.Next() {
		tx.rows++
		if err := scan(rows); err != nil {
			return tx.fail(name, args, err)
		}
	}
	if err := rows.Err(); err != nil {
		return tx.fail(name, args, err)
	}
	return nil
}

// one returns the only row of a query, and errNoRow if there is none.
func one[T any](tx *ReadTx, scan func(scanner) (T, error), name string, args ...any) (T, error) {
	var value T
	found := false
	err := tx.each(func(row scanner) (err error) {
		value, err = scan(row)
		found = true
		return err
	}, name, args...)
	if err == nil && !found {
		err = errNoRow
	}
	return value, err
}

// all returns every row of a query.
func all[T any](tx *ReadTx, scan func(scanner) (T, error), name string, args ...any) ([]T, error) {
	var values []T
	err := tx.each(func(row scanner) error {
		value, err := scan(row)
		values = append(values, value)
		return err
	}, name, args...)
	return values, err
}

// missing turns errNoRow into a NotFound error with the message, and leaves every
// other error as it is.
func missing(err error, format string, args ...any) error {
	if err == errNoRow {
		return standfirst.Errorf(standfirst.NotFound, format, args...)
	}
	return err
}

// taken turns errNoRow, which an insert answers when a unique column says no,
// into a Conflict error with the message.
func taken(err error, format string, args ...any) error {
	if err == errNoRow {
		return standfirst.Errorf(standfirst.Conflict, format, args...)
	}
	return err
}

// scanID scans a row of one identifier.
func scanID[T ~int64](row scanner) (T, error) {
	var id int64
	err := row.Scan(&id)
	return T(id), err
}

// Gather collects items under the key until the function of the transaction has returned
// without an error, and then calls fn with all of them, in the transaction and as the
// last that it does; an error of fn rolls it back. It is for what many transactions
// contend for, so that each holds it shortly and writes it at once.
func Gather[T any](tx *Tx, key any, fn func(*Tx, []T) error, items ...T) {
	if tx.gathered == nil {
		tx.gathered = make(map[any]any)
	}
	before, begun := tx.gathered[key].([]T)
	tx.gathered[key] = append(before, items...)
	if !begun {
		tx.last = append(tx.last, func(tx *Tx) error {
			all, _ := tx.gathered[key].([]T)
			return fn(tx, all)
		})
	}
}

// commented notes that the comment was changed.
func (tx *Tx) commented(id standfirst.CommentID) {
	if !slices.Contains(tx.comments, id) {
		tx.comments = append(tx.comments, id)
	}
}

// holds notes that the comment waits for a moderator, if it does.
func (tx *Tx) holds(c standfirst.Comment) {
	if c.State == standfirst.CommentHeld && !slices.Contains(tx.held, c.ID) {
		tx.held = append(tx.held, c.ID)
	}
}

// Recorded notes for [Store.BeforeCommit] what went on the public record.
func (tx *Tx) Recorded(what Recorded) { tx.recorded = append(tx.recorded, what) }

// tellBefore shows what was changed to those who asked for it with [Store.BeforeCommit].
func (tx *Tx) tellBefore() error {
	if len(tx.tags) == 0 && len(tx.comments) == 0 && len(tx.posted) == 0 && len(tx.recorded) == 0 {
		return nil
	}
	tx.store.mu.RLock()
	before := tx.store.before
	tx.store.mu.RUnlock()
	for _, fn := range before {
		if err := fn(tx, Changes{Tags: slices.Clone(tx.tags), Comments: tx.comments, Posted: tx.posted, Held: tx.held, Recorded: tx.recorded}); err != nil {
			return err
		}
	}
	return nil
}

// end shows what was changed, does what was gathered for the end, writes what the transaction touched, as its last
// statement, and closes it for further use.
func (tx *Tx) end() error {
	defer func() { tx.session = nil }()
	// First, since what was gathered is what others wait for.
	if err := tx.tellBefore(); err != nil {
		return err
	}
	for _, fn := range tx.last {
		if err := fn(tx); err != nil {
			return err
		}
	}
	if tx.broken != nil {
		return tx.broken
	}
	if len(tx.tags) == 0 && len(tx.pages) == 0 && !tx.jobs {
		return nil
	}
	return tx.insertTouched()
}
