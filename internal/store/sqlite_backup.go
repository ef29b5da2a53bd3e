package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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

func (e *sqliteEngine) backup(ctx context.Context, dir string, _ int64) error {
	return e.copyTo(ctx, filepath.Join(dir, sqliteBackup))
}

// restoreSQLite puts the copy in the folder where the database is to be.
func restoreSQLite(ctx context.Context, path, dir string) error {
	return errors.New("not yet")
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
