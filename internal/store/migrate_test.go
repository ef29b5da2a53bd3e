package store

import (
	"context"
	"database/sql"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"standfirst"
)

// withNextMigration returns the migrations with one more behind them.
func withNextMigration(t *testing.T, text string) fs.FS {
	t.Helper()
	files := make(fstest.MapFS)
	folder := "migration/" + string(SQLite)
	names, err := fs.Glob(migrationFiles, folder+"/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := migrationFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: b}
	}
	files[folder+"/99999_next.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + text)}
	return files
}

// A database that is migrated is copied first; the copy is as it was before.
func TestSnapshotBeforeMigration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "standfirst.db")
	s := openTestStoreAt(t, path)
	if err := s.Update(t.Context(), func(tx *Tx) error { return addEntry(tx, "kept") }); err != nil {
		t.Fatal(err)
	}
	e := s.engine.(*sqliteEngine)
	var log strings.Builder
	e.logger = slog.New(slog.NewTextHandler(&log, nil))
	snapshot := func(level int64) error { return e.snapshotBefore(t.Context(), level, time.Unix(1772712000, 0)) }
	migrations := withNextMigration(t, "DROP TABLE audit;")
	if err := migrateSQLiteWith(t.Context(), e.writing, migrations, snapshot, e.logger); err != nil {
		t.Fatal(err)
	}
	copied, err := filepath.Glob(path + ".migration-*")
	if err != nil || len(copied) != 1 {
		t.Fatalf("the copies are %q, %v", copied, err)
	}
	if !strings.Contains(log.String(), copied[0]) {
		t.Errorf("the log does not name the copy: %s", log.String())
	}
	if !hasEntry(t, openTestStoreAt(t, copied[0]), "kept") {
		t.Error("the copy lacks what the database held")
	}

	// The migrated file belongs to a newer program now.
	_, err = Open(t.Context(), Options{Path: path})
	if err == nil || standfirst.KindOf(err) != standfirst.Conflict ||
		!regexp.MustCompile(`newer Standfirst \(migration 99999, this one knows up to \d+\)`).MatchString(err.Error()) {
		t.Errorf("opening a newer database: %v", err)
	}
}

func TestNoSnapshotOfNewDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "standfirst.db")
	openTestStoreAt(t, path)
	openTestStoreAt(t, path)
	if copied, err := filepath.Glob(path + ".migration-*"); err != nil || len(copied) != 0 {
		t.Errorf("the copies are %q, %v", copied, err)
	}
}

// A migration that fails changes nothing.
func TestFailedMigration(t *testing.T) {
	e := openTestSQLite(t)
	err := migrateSQLiteWith(t.Context(), e.writing, withNextMigration(t, "DROP TABLE audit;\nDROP TABLE no_such_table;"), nil, e.logger)
	if err == nil || !strings.Contains(err.Error(), "no_such_table") {
		t.Errorf("got %v", err)
	}
	if tables := sqliteColumns(t, e.reading); !slices.Contains(tables, "audit.id") {
		t.Error("half of the migration stands")
	}
}

// Several processes may open a new database at once.
func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "standfirst.db")
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			s, err := Open(context.Background(), Options{Path: path})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Update(context.Background(), func(tx *Tx) error { return addEntry(tx, "x") }); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestOpenRefusesOtherFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(path, []byte(strings.Repeat("This is not a database. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Options{Path: path}); err == nil || standfirst.KindOf(err) != standfirst.Invalid {
		t.Errorf("got %v", err)
	}
	for _, o := range []Options{{}, {Path: path, URL: "postgres://x/y"}, {URL: "nonsense://x"}, {Path: t.TempDir()}} {
		if _, err := Open(t.Context(), o); err == nil {
			t.Errorf("%+v opens", o)
		}
	}
}

// The migrations come in pairs of the same number and name.
func TestMigrationPairs(t *testing.T) {
	list := func(engine Engine) []string {
		names, err := fs.Glob(migrationFiles, "migration/"+string(engine)+"/*")
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range names {
			names[i] = filepath.Base(name)
			if !regexp.MustCompile(`^\d{5}_[a-z_]+\.sql$`).MatchString(names[i]) {
				t.Errorf("%s is not named as a migration", name)
			}
		}
		return names
	}
	if a, b := list(SQLite), list(Postgres); !slices.Equal(a, b) || len(a) == 0 {
		t.Errorf("the migrations are %q and %q", a, b)
	}
}

// sqliteColumns lists the columns of all tables as table.column, in order.
func sqliteColumns(t *testing.T, db *sql.DB) []string {
	t.Helper()
	return listStrings(t, db, `SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'migration' ORDER BY 1`)
}

// listStrings returns the one column of the query.
func listStrings(t *testing.T, db *sql.DB, query string) (values []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			t.Fatal(err)
		}
		values = append(values, value)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return values
}
