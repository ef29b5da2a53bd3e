package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/pressly/goose/v3"
	sqlite3 "modernc.org/sqlite/lib"

	"standfirst"
)

// migrationFiles hold a folder an engine; each migration has the same number, name
// and effect in both.
//
//go:embed migration
var migrationFiles embed.FS

// newMigrations returns what brings the database to the newest migration.
func newMigrations(engine Engine, db *sql.DB, files fs.FS) (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	if engine == Postgres {
		dialect = goose.DialectPostgres
	}
	folder, err := fs.Sub(files, "migration/"+string(engine))
	if err != nil {
		return nil, fmt.Errorf("store: read the migrations: %w", err)
	}
	provider, err := goose.NewProvider(dialect, db, folder, goose.WithDisableGlobalRegistry(true), goose.WithTableName("migration"))
	if err != nil {
		return nil, fmt.Errorf("store: read the migrations: %w", err)
	}
	return provider, nil
}

// newestMigration returns the number of the newest migration that this program
// knows.
func newestMigration(p *goose.Provider) int64 {
	sources := p.ListSources()
	return sources[len(sources)-1].Version
}

// migrationLevel returns the number of the newest migration in the database, and 0
// for a database that has none. It changes nothing.
func migrationLevel(ctx context.Context, db *sql.DB, exists string) (int64, error) {
	var tables int
	if err := db.QueryRowContext(ctx, exists).Scan(&tables); err != nil {
		return 0, fmt.Errorf("store: read the migration level: %w", err)
	}
	if tables == 0 {
		return 0, nil
	}
	var level int64
	if err := db.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM migration").Scan(&level); err != nil {
		return 0, fmt.Errorf("store: read the migration level: %w", err)
	}
	return level, nil
}

const (
	sqliteHasMigrations   = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'"
	postgresHasMigrations = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'migration'"
)

// refuseNewer returns a Conflict error if the database is beyond this program.
func refuseNewer(level, newest int64) error {
	if level <= newest {
		return nil
	}
	return standfirst.Errorf(standfirst.Conflict,
		"the database was written by a newer Standfirst (migration %d, this one knows up to %d); "+
			"run that version, or restore a backup from before the upgrade", level, newest)
}

// migrateSQLite brings the file to the newest migration. Several processes may do
// so at once: each migration is one transaction, and who comes too late for it
// looks again. The snapshot function is called once before the first change.
func migrateSQLite(ctx context.Context, db *sql.DB, snapshot func(level int64) error, logger *slog.Logger) error {
	return migrateSQLiteWith(ctx, db, migrationFiles, snapshot, logger)
}

// busyPause is how long is waited before a file that is busy is looked at again, beside the
// time for which SQLite waits by itself.
const busyPause = 50 * time.Millisecond

func migrateSQLiteWith(ctx context.Context, db *sql.DB, files fs.FS, snapshot func(level int64) error, logger *slog.Logger) error {
	provider, err := newMigrations(SQLite, db, files)
	if err != nil {
		return err
	}
	newest := newestMigration(provider)
	var failed error
	for range 20 {
		level, err := migrationLevel(ctx, db, sqliteHasMigrations)
		if sqliteCode(err) == sqlite3.SQLITE_BUSY && ctx.Err() == nil {
			// Another process migrates, or is the last to close and puts its log away.
			failed = err
			select {
			case <-ctx.Done():
			case <-time.After(busyPause):
			}
			continue
		}
		if err != nil {
			return err
		}
		if err := refuseNewer(level, newest); err != nil {
			return err
		}
		if level == newest {
			return nil
		}
		if level > 0 && snapshot != nil {
			if err := snapshot(level); err != nil {
				return err
			}
			snapshot = nil
		}
		if _, failed = provider.Up(ctx); failed == nil {
			logger.Info("the database was migrated", "from", level, "to", newest)
			return nil
		}
		if ctx.Err() != nil {
			break
		}
	}
	return fmt.Errorf("store: migrate: %w", failed)
}

// migratePostgres brings the schema to the newest migration, or to the given one
// if that is not zero, one node at a time.
func migratePostgres(ctx context.Context, db *sql.DB, upTo int64, logger *slog.Logger) (err error) {
	provider, err := newMigrations(Postgres, db, migrationFiles)
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: connect: %w", err)
	}
	defer conn.Close()
	const key = "hashtextextended('standfirst migration ' || current_schema(), 0)"
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock("+key+")"); err != nil {
		return fmt.Errorf("store: wait for other nodes to migrate: %w", err)
	}
	defer func() {
		_, unlocked := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock("+key+")")
		err = errors.Join(err, unlocked)
	}()
	level, err := migrationLevel(ctx, db, postgresHasMigrations)
	if err != nil {
		return err
	}
	newest := newestMigration(provider)
	if err := refuseNewer(level, newest); err != nil {
		return err
	}
	if upTo != 0 {
		newest = min(newest, upTo)
	}
	if level >= newest {
		return nil
	}
	if _, err := provider.UpTo(ctx, newest); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	logger.Info("the database was migrated", "from", level, "to", newest)
	return nil
}
