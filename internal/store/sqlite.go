package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"standfirst"
)

// maxReaders is how many transactions read at once. Each open connection costs
// memory, and more of them than processors gain little.
const maxReaders = 6

// busyTimeout is how long SQLite itself waits for another process that writes.
const busyTimeout = time.Second

// sqliteEngine keeps the newsroom in one file: any number of readers beside one
// writer.
type sqliteEngine struct {
	path    string
	queries catalogue
	logger  *slog.Logger
	reading *sql.DB // gives out the connections of readers; they see but cannot write
	writing *sql.DB
	readers chan *sqliteSession // as many as may read at once; nil for one not opened yet
	writer  *writer
}

// openSQLite opens or creates the file and migrates it.
func openSQLite(ctx context.Context, path string, queries catalogue, clock standfirst.Clock, logger *slog.Logger) (*sqliteEngine, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	isNew, err := createFile(path)
	if err != nil {
		return nil, err
	}
	e := &sqliteEngine{path: path, queries: queries, logger: logger, readers: make(chan *sqliteSession, maxReaders)}
	for range maxReaders {
		e.readers <- nil
	}
	if e.reading, err = sql.Open("sqlite", dataSource(path, "_pragma=query_only(1)", "_pragma=cache_size(-512)")); err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	if e.writing, err = sql.Open("sqlite", dataSource(path, "_pragma=cache_size(-2000)")); err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	// Readers and the writer keep their connections; any other is closed after use.
	e.reading.SetMaxIdleConns(-1)
	e.writing.SetMaxIdleConns(-1)
	if err := e.start(ctx, isNew, clock); err != nil {
		return nil, errors.Join(explainOpen(path, err), e.close())
	}
	return e, nil
}

// start migrates the database and sets the writer going.
func (e *sqliteEngine) start(ctx context.Context, isNew bool, clock standfirst.Clock) error {
	snapshot := func(level int64) error {
		if isNew {
			return nil
		}
		return e.snapshotBefore(ctx, level, clock())
	}
	if err := migrateSQLite(ctx, e.writing, snapshot, e.logger); err != nil {
		return err
	}
	session, err := e.connect(ctx, e.writing)
	if err != nil {
		return err
	}
	e.writer = newWriter(session, e.logger)
	return nil
}

// dataSource returns the data source name of the file with the settings that every
// connection has and the given ones.
func dataSource(path string, settings ...string) string {
	file := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	query := fmt.Sprintf("_pragma=busy_timeout(%d)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)"+
		"&_txlock=immediate&_dqs=0&_defensive=1", busyTimeout.Milliseconds())
	for _, setting := range settings {
		query += "&" + setting
	}
	file.RawQuery = query
	return file.String()
}

// createFile makes sure that the file and its folder exist, readable for nobody
// else, and reports whether the file is new or empty.
func createFile(path string) (isNew bool, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return false, fmt.Errorf("store: open %s: %w", path, err)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return false, fmt.Errorf("store: open %s: %w", path, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return false, fmt.Errorf("store: open %s: %w", path, err)
	}
	return info.Size() == 0, nil
}

// explainOpen says in plain words what a user can do something about.
func explainOpen(path string, err error) error {
	if errors.As(err, new(*standfirst.Error)) {
		return err
	}
	if sqliteCode(err) == sqlite3.SQLITE_NOTADB {
		return standfirst.WrapError(standfirst.Invalid, err, "the file %s is not a Standfirst database", path)
	}
	return fmt.Errorf("store: open %s: %w", path, err)
}

// sqliteCode returns the primary result code of SQLite in the error, and 0 if it
// is not SQLite's.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// sqliteSession is one connection with its prepared statements. It is used by one
// goroutine at a time.
type sqliteSession struct {
	conn       *sql.Conn
	statements []*sql.Stmt // by index in the catalogue; nil until first used

	begin, commit, rollback            *sql.Stmt
	savepoint, release, rollbackToSave *sql.Stmt
}

// connect opens a connection and prepares the statements that control its
// transactions.
func (e *sqliteEngine) connect(ctx context.Context, db *sql.DB) (*sqliteSession, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: connect to %s: %w", e.path, err)
	}
	s := &sqliteSession{conn: conn, statements: make([]*sql.Stmt, len(e.queries))}
	begin := "BEGIN DEFERRED"
	if db == e.writing {
		begin = "BEGIN IMMEDIATE"
		// What a savepoint would bring back is kept in memory: the updates of a group are
		// small, and in a temporary file it is written for each of them.
		if _, err := conn.ExecContext(ctx, "PRAGMA temp_store = memory"); err != nil {
			return nil, errors.Join(fmt.Errorf("store: set up %s: %w", e.path, err), conn.Close())
		}
	}
	for _, control := range []struct {
		statement **sql.Stmt
		text      string
	}{
		{&s.begin, begin}, {&s.commit, "COMMIT"}, {&s.rollback, "ROLLBACK"},
		{&s.savepoint, "SAVEPOINT one"}, {&s.release, "RELEASE one"}, {&s.rollbackToSave, "ROLLBACK TO one"},
	} {
		if *control.statement, err = conn.PrepareContext(ctx, control.text); err != nil {
			return nil, errors.Join(fmt.Errorf("store: prepare %s: %w", control.text, err), conn.Close())
		}
	}
	return s, nil
}

// close closes the statements and the connection. SQLite keeps a connection open
// until its last statement is closed, and database/sql does not close those that
// were prepared on a connection of one's own.
func (s *sqliteSession) close() {
	for _, stmt := range append(s.statements, s.begin, s.commit, s.rollback, s.savepoint, s.release, s.rollbackToSave) {
		if stmt != nil {
			stmt.Close()
		}
	}
	s.conn.Close()
}

func (s *sqliteSession) prepared(stmt *statement) (*sql.Stmt, error) {
	if p := s.statements[stmt.index]; p != nil {
		return p, nil
	}
	p, err := s.conn.PrepareContext(context.Background(), stmt.text)
	if err == nil {
		s.statements[stmt.index] = p
	}
	return p, err
}

func (s *sqliteSession) exec(ctx context.Context, stmt *statement, args []any) (sql.Result, error) {
	p, err := s.prepared(stmt)
	if err != nil {
		return nil, err
	}
	return p.ExecContext(ctx, args...)
}

func (s *sqliteSession) query(ctx context.Context, stmt *statement, args []any) (*sql.Rows, error) {
	p, err := s.prepared(stmt)
	if err != nil {
		return nil, err
	}
	return p.QueryContext(ctx, args...)
}

// run executes a statement that controls the transaction, under no context.
func run(s *sql.Stmt) error {
	_, err := s.ExecContext(context.Background())
	return err
}

func (e *sqliteEngine) view(ctx context.Context, fn transaction) error {
	var s *sqliteSession
	var open bool
	select {
	case s, open = <-e.readers:
		if !open {
			return fmt.Errorf("store: view: %w", errClosed)
		}
	case <-ctx.Done():
		return fmt.Errorf("store: view: %w", ctx.Err())
	}
	if s == nil {
		var err error
		if s, err = e.connect(ctx, e.reading); err != nil {
			e.readers <- nil
			return err
		}
	}
	healthy := false
	defer func() {
		if !healthy || run(s.rollback) != nil {
			s.close()
			s = nil
		}
		e.readers <- s
	}()
	if err := run(s.begin); err != nil {
		return fmt.Errorf("store: view: %w", err)
	}
	healthy = true
	return fn(ctx, s)
}

func (e *sqliteEngine) update(ctx context.Context, fn transaction) error {
	return e.writer.update(ctx, fn)
}

// inTurn needs nothing more: one writer does all updates.
func (e *sqliteEngine) inTurn(ctx context.Context, fn transaction) error { return e.update(ctx, fn) }

// announce has nothing to do: watchers see that the file has changed.
func (e *sqliteEngine) announce() {}

// close closes the readers first: the last connection moves the log into the file
// and removes it, which one that may only read cannot do.
func (e *sqliteEngine) close() error {
	for range maxReaders {
		if s := <-e.readers; s != nil {
			s.close()
		}
	}
	close(e.readers)
	err := e.reading.Close()
	if e.writer != nil {
		e.writer.close()
	}
	return errors.Join(err, e.writing.Close())
}
