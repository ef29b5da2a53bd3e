package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"standfirst"
)

// sqliteBackup is the name of the database in a backup of an SQLite store.
const sqliteBackup = "standfirst.db"

// copyTo writes a consistent copy of the database to a new file while others read
// and write, and returns when it is on disk.
func (e *sqliteEngine) copyTo(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return standfirst.Errorf(standfirst.Conflict, "%s is there already; it is not overwritten", path)
	}
	conn, err := e.writing.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: copy to %s: %w", path, err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, e.queries["SnapshotTo"].text, path); err != nil {
		return errors.Join(fmt.Errorf("store: copy to %s: %w", path, err), os.Remove(path))
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return fmt.Errorf("store: copy to %s: %w", path, err)
	}
	return syncFile(path)
}

// snapshotBefore keeps a copy of the database beside it before it is migrated.
func (e *sqliteEngine) snapshotBefore(ctx context.Context, level int64, now time.Time) error {
	path := fmt.Sprintf("%s.migration-%d-%s", e.path, level, now.UTC().Format("20060102T150405.000000Z"))
	if err := e.copyTo(ctx, path); err != nil {
		return err
	}
	e.logger.Info("a copy of the database was kept before migrating it", "copy", path)
	return nil
}

func (e *sqliteEngine) backup(ctx context.Context, dir string) error {
	return e.copyTo(ctx, filepath.Join(dir, sqliteBackup))
}

// restoreSQLite copies the database in the folder to the path. The copy becomes
// visible under its name only when it is complete.
func restoreSQLite(ctx context.Context, path, dir string) error {
	if err := requireNoDatabase(path); err != nil {
		return err
	}
	from := filepath.Join(dir, sqliteBackup)
	source, err := os.Open(from)
	if errors.Is(err, fs.ErrNotExist) {
		return standfirst.WrapError(standfirst.Invalid, err, "there is no backup of an SQLite newsroom in it")
	}
	if err != nil {
		return fmt.Errorf("store: restore: %w", err)
	}
	defer source.Close()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fmt.Errorf("store: restore: %w", err)
	}
	target, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".restoring-*")
	if err != nil {
		return fmt.Errorf("store: restore: %w", err)
	}
	defer os.Remove(target.Name()) //nolint:errcheck // it is gone if all went well
	_, err = io.Copy(target, source)
	if err := errors.Join(err, target.Sync(), target.Close()); err != nil {
		return fmt.Errorf("store: restore: %w", err)
	}
	if err := requireSound(ctx, target.Name()); err != nil {
		return err
	}
	if err := os.Rename(target.Name(), path); err != nil {
		return fmt.Errorf("store: restore: %w", err)
	}
	return syncFile(path)
}

// requireNoDatabase returns a Conflict error if there is a database at the path.
func requireNoDatabase(path string) error {
	for _, name := range []string{path, path + "-wal"} {
		info, err := os.Stat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return fmt.Errorf("store: restore: %w", err)
		case info.Size() > 0:
			return standfirst.Errorf(standfirst.Conflict, "there is already a database at %s; restore into an empty folder", path)
		}
	}
	return nil
}

// requireSound returns an Invalid error if the file is not a sound database.
func requireSound(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: "mode=ro&immutable=1"}).String())
	if err != nil {
		return fmt.Errorf("store: restore: %w", err)
	}
	defer db.Close()
	var result string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&result); err != nil {
		return standfirst.WrapError(standfirst.Invalid, err, "the backup is damaged and was not restored")
	}
	if result != "ok" {
		return standfirst.Errorf(standfirst.Invalid, "the backup is damaged and was not restored: %s", result)
	}
	return nil
}

// syncFile waits until the file, and its entry in its folder, is on disk.
func syncFile(path string) error {
	for _, name := range []string{path, filepath.Dir(path)} {
		file, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("store: sync %s: %w", name, err)
		}
		err = errors.Join(file.Sync(), file.Close())
		if err != nil {
			return fmt.Errorf("store: sync %s: %w", name, err)
		}
	}
	return nil
}
