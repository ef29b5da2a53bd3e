package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"standfirst"
)

// restorePostgres fills an empty schema with the copy in the folder and brings it
// to the newest migration. If that or finish fails, the schema is empty again.
func restorePostgres(ctx context.Context, url, dir string, finish func() error, logger *slog.Logger) error {
	m, err := readManifest(dir)
	if err != nil {
		return err
	}
	queries, err := newCatalogue(Postgres)
	if err != nil {
		return err
	}
	e, err := connectPostgres(ctx, url, queries, logger)
	if err != nil {
		return err
	}
	defer e.close() //nolint:errcheck // the commit has been confirmed by then
	provider, err := newMigrations(Postgres, e.db, migrationFiles)
	if err != nil {
		return err
	}
	if err := refuseNewer(m.Migration, newestMigration(provider)); err != nil {
		return err
	}
	return e.native(ctx, func(conn *pgx.Conn) error {
		if err := claimRestore(ctx, conn); err != nil {
			return err
		}
		defer releaseRestore(ctx, conn)
		if err := requireEmpty(ctx, conn); err != nil {
			return err
		}
		err := e.restoreInto(ctx, conn, m, dir)
		if err == nil {
			err = finish()
		}
		if err != nil {
			return errors.Join(err, dropAll(context.WithoutCancel(ctx), e.db))
		}
		return nil
	})
}

// restoreInto makes the tables as they were when the copy was made, fills them and
// migrates them.
func (e *postgresEngine) restoreInto(ctx context.Context, conn *pgx.Conn, m manifest, dir string) error {
	if err := migratePostgres(ctx, e.db, m.Migration, e.logger); err != nil {
		return err
	}
	if err := fill(ctx, conn, m, dir); err != nil {
		return err
	}
	return migratePostgres(ctx, e.db, 0, e.logger)
}

const restoreKey = "hashtextextended('standfirst restore ' || current_schema(), 0)"

// claimRestore keeps other restores out: one that fails empties the schema. It
// returns a Conflict error if another is under way.
func claimRestore(ctx context.Context, conn *pgx.Conn) error {
	var ours bool
	if err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock("+restoreKey+")").Scan(&ours); err != nil {
		return fmt.Errorf("store: restore: %w", err)
	}
	if !ours {
		return standfirst.Errorf(standfirst.Conflict, "a backup is being restored to this database already")
	}
	return nil
}

// releaseRestore lets other restores in; the end of the connection does so too.
func releaseRestore(ctx context.Context, conn *pgx.Conn) {
	_, _ = conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock("+restoreKey+")")
}

// dropAll drops every table of the schema, which was empty before the restore.
func dropAll(ctx context.Context, db *sql.DB) error {
	var tables sql.NullString
	err := db.QueryRowContext(ctx,
		"SELECT string_agg(quote_ident(table_name), ', ') FROM information_schema.tables WHERE table_schema = current_schema()").Scan(&tables)
	if err == nil && tables.Valid {
		_, err = db.ExecContext(ctx, "DROP TABLE "+tables.String+" CASCADE")
	}
	if err != nil {
		return fmt.Errorf("store: restore: empty the database again: %w", err)
	}
	return nil
}

// readManifest reads what the backup in the folder holds.
func readManifest(dir string) (m manifest, err error) {
	b, err := os.ReadFile(filepath.Join(dir, postgresManifest))
	if errors.Is(err, fs.ErrNotExist) {
		return m, standfirst.WrapError(standfirst.Invalid, err, "there is no complete backup of a PostgreSQL newsroom in it")
	}
	if err != nil {
		return m, fmt.Errorf("store: restore: %w", err)
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, standfirst.WrapError(standfirst.Invalid, err, "the backup is damaged: %s cannot be read", postgresManifest)
	}
	for _, t := range m.Tables {
		if err := t.verify(dir); err != nil {
			return m, err
		}
	}
	return m, nil
}

// verify returns an Invalid error unless the file of the table holds as many rows
// as it should: in the format of COPY every row is one line.
func (t manifestTable) verify(dir string) error {
	file, err := os.Open(t.file(dir))
	if err != nil {
		return standfirst.WrapError(standfirst.Invalid, err, "the backup is damaged: %s cannot be read", filepath.Base(t.file(dir)))
	}
	defer file.Close()
	var rows int64
	buffer := make([]byte, 64<<10)
	for {
		n, err := file.Read(buffer)
		rows += int64(bytes.Count(buffer[:n], []byte{'\n'}))
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("store: restore the table %s: %w", t.Name, err)
		}
	}
	if rows != t.Rows {
		return standfirst.Errorf(standfirst.Invalid, "the backup is damaged: %s holds %d rows and should hold %d", filepath.Base(t.file(dir)), rows, t.Rows)
	}
	return nil
}

// requireEmpty returns a Conflict error if the schema holds any table.
func requireEmpty(ctx context.Context, conn *pgx.Conn) error {
	var table string
	err := conn.QueryRow(ctx,
		"SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name LIMIT 1").Scan(&table)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("store: restore: %w", err)
	default:
		return standfirst.Errorf(standfirst.Conflict, "the database is not empty (it has a table %q); restore into an empty one", table)
	}
}

// fill copies every table in, in one transaction, and sets the numbers that are
// given out next.
func fill(ctx context.Context, conn *pgx.Conn, m manifest, dir string) error {
	tx, err := conn.Begin(ctx)
	if err != nil {
		return fmt.Errorf("store: restore: %w", err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit it does nothing
	if _, err := tx.Exec(ctx, "SET LOCAL statement_timeout = 0"); err != nil {
		return fmt.Errorf("store: restore: %w", err)
	}
	order, err := fillingOrder(ctx, tx, m.Tables)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "SET CONSTRAINTS ALL DEFERRED"); err != nil {
		return fmt.Errorf("store: restore: %w", err)
	}
	for _, t := range order {
		if err := copyIn(ctx, conn, t, dir); err != nil {
			return err
		}
	}
	if err := setNextNumbers(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("store: restore: commit: %w", err)
	}
	return nil
}

// copyIn fills the table from its file.
func copyIn(ctx context.Context, conn *pgx.Conn, t manifestTable, dir string) error {
	file, err := os.Open(t.file(dir))
	if err != nil {
		return fmt.Errorf("store: restore the table %s: %w", t.Name, err)
	}
	defer file.Close()
	if _, err := conn.PgConn().CopyFrom(ctx, file, copyStatement(t)+" FROM STDIN"); err != nil {
		return fmt.Errorf("store: restore the table %s: %w", t.Name, err)
	}
	return nil
}

// immediateReferences lists which table refers to which by a foreign key that is
// looked at row by row.
const immediateReferences = `
SELECT DISTINCT c.conrelid::regclass::text, c.confrelid::regclass::text
FROM pg_constraint c
WHERE c.contype = 'f' AND NOT c.condeferrable AND c.connamespace = current_schema()::regnamespace`

// fillingOrder sorts the tables so that each comes after those it refers to.
func fillingOrder(ctx context.Context, tx pgx.Tx, tables []manifestTable) ([]manifestTable, error) {
	rows, err := tx.Query(ctx, immediateReferences)
	if err != nil {
		return nil, fmt.Errorf("store: restore: list the references: %w", err)
	}
	refersTo := make(map[string][]string)
	var from, to string
	if _, err := pgx.ForEachRow(rows, []any{&from, &to}, func() error {
		refersTo[from] = append(refersTo[from], to)
		return nil
	}); err != nil {
		return nil, fmt.Errorf("store: restore: list the references: %w", err)
	}
	byName := make(map[string]manifestTable, len(tables))
	for _, t := range tables {
		byName[t.Name] = t
	}
	var order []manifestTable
	placed := make(map[string]bool)
	var place func(name string)
	place = func(name string) {
		if placed[name] {
			return
		}
		placed[name] = true
		for _, other := range refersTo[name] {
			place(other)
		}
		if t, ok := byName[name]; ok {
			order = append(order, t)
		}
	}
	for _, t := range tables {
		place(t.Name)
	}
	return order, nil
}

// identities lists the columns that the database numbers itself.
const identities = `
SELECT table_name::text, column_name::text
FROM information_schema.columns
WHERE table_schema = current_schema() AND is_identity = 'YES' AND table_name <> 'migration'`

// setNextNumbers makes the numbers that are given out next follow the highest.
func setNextNumbers(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, identities)
	if err != nil {
		return fmt.Errorf("store: restore: list the numbered columns: %w", err)
	}
	columns, err := pgx.CollectRows(rows, pgx.RowToStructByPos[numberedColumn])
	if err != nil {
		return fmt.Errorf("store: restore: list the numbered columns: %w", err)
	}
	for _, c := range columns {
		table, column := pgx.Identifier{c.Table}.Sanitize(), pgx.Identifier{c.Column}.Sanitize()
		_, err := tx.Exec(ctx, "SELECT setval(pg_get_serial_sequence($1, $2), COALESCE((SELECT MAX("+column+") FROM "+table+"), 0) + 1, false)",
			table, c.Column)
		if err != nil {
			return fmt.Errorf("store: restore: number %s: %w", c.Table, err)
		}
	}
	return nil
}

type numberedColumn struct{ Table, Column string }
