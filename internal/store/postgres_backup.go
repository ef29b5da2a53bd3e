package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"standfirst"
)

// postgresManifest is the name of the file that says what is in a backup of a
// PostgreSQL store. It is written last: a backup without it is incomplete.
const postgresManifest = "standfirst-postgres.json"

// manifest is the content of that file.
type manifest struct {
	Migration int64           `json:"migration"` // the level of the copied database
	Tables    []manifestTable `json:"tables"`    // in an order in which they can be filled
}

type manifestTable struct {
	Name    string   `json:"name"` // the rows are in NAME.copy
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
}

// file returns the path of the rows in the folder of a backup.
func (t manifestTable) file(dir string) string { return filepath.Join(dir, t.Name+".copy") }

// backup copies every table within one snapshot, as a file a table.
func (e *postgresEngine) backup(ctx context.Context, dir string) error {
	path := filepath.Join(dir, postgresManifest)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return standfirst.Errorf(standfirst.Conflict, "%s is there already; it is not overwritten", path)
	}
	return e.native(ctx, func(conn *pgx.Conn) error {
		// A long copy is not a statement that took too long.
		if _, err := conn.Exec(ctx, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0"); err != nil {
			return fmt.Errorf("store: back up: %w", err)
		}
		defer conn.Exec(context.WithoutCancel(ctx), "ROLLBACK") //nolint:errcheck // it only read
		m, err := describe(ctx, conn)
		if err != nil {
			return err
		}
		for i := range m.Tables {
			if m.Tables[i].Rows, err = copyOut(ctx, conn, m.Tables[i], dir); err != nil {
				return err
			}
		}
		b, err := json.MarshalIndent(m, "", "  ")
		if err != nil {
			return fmt.Errorf("store: back up: %w", err)
		}
		if err := os.WriteFile(path, append(b, '\n'), 0o600); err != nil {
			return fmt.Errorf("store: back up: %w", err)
		}
		return syncFile(path)
	})
}

// native calls fn with a connection in the driver's own form, which can COPY.
func (e *postgresEngine) native(ctx context.Context, fn func(*pgx.Conn) error) error {
	conn, err := e.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: connect: %w", err)
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error { return fn(driver.(*stdlib.Conn).Conn()) })
}

// tablesToCopy lists the tables and their columns. What the migrations have noted
// about themselves is made anew by a restore.
const tablesToCopy = `
SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position)
FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name <> 'migration'
GROUP BY table_name
ORDER BY table_name`

// describe returns the manifest of the database, without the numbers of rows.
func describe(ctx context.Context, conn *pgx.Conn) (m manifest, err error) {
	if err := conn.QueryRow(ctx, "SELECT MAX(version_id) FROM migration").Scan(&m.Migration); err != nil {
		return m, fmt.Errorf("store: read the migration level: %w", err)
	}
	rows, err := conn.Query(ctx, tablesToCopy)
	if err != nil {
		return m, fmt.Errorf("store: list the tables: %w", err)
	}
	m.Tables, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (t manifestTable, err error) {
		err = row.Scan(&t.Name, &t.Columns)
		return t, err
	})
	if err != nil {
		return m, fmt.Errorf("store: list the tables: %w", err)
	}
	return m, nil
}

// copyStatement returns "COPY table (columns)" of names that the database itself
// gave, quoted.
func copyStatement(t manifestTable) string {
	statement := "COPY " + pgx.Identifier{t.Name}.Sanitize() + " ("
	for i, column := range t.Columns {
		if i > 0 {
			statement += ", "
		}
		statement += pgx.Identifier{column}.Sanitize()
	}
	return statement + ")"
}

// copyOut writes the rows of the table to its file and returns how many they are.
func copyOut(ctx context.Context, conn *pgx.Conn, t manifestTable, dir string) (rows int64, err error) {
	path := t.file(dir)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fmt.Errorf("store: back up the table %s: %w", t.Name, err)
	}
	tag, err := conn.PgConn().CopyTo(ctx, file, copyStatement(t)+" TO STDOUT")
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return 0, fmt.Errorf("store: back up the table %s: %w", t.Name, err)
	}
	return tag.RowsAffected(), nil
}
