package store

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"standfirst"
)

// Backup writes a consistent copy of the database into the folder, which must
// exist, while others read and write. It holds every Update that returned before
// Backup was called. It returns a Conflict error if the folder holds a copy
// already.
func (s *Store) Backup(ctx context.Context, dir string) error {
	if info, err := os.Stat(dir); err != nil {
		return fmt.Errorf("store: back up to %s: %w", dir, err)
	} else if !info.IsDir() {
		return standfirst.Errorf(standfirst.Invalid, "%s is not a folder", dir)
	}
	return s.engine.backup(ctx, dir)
}

// Restore puts the copy that Backup made in the folder where the options say, and
// brings it to the newest migration. Then it calls finish, if that is not nil, when
// nobody uses the database; an error of finish is one of the restore.
//
// It returns a Conflict error if there is something already, and an Invalid error
// for a damaged copy or one of the other engine. After any error a PostgreSQL
// database is as empty as it was, and an SQLite file that was made may be deleted.
func Restore(ctx context.Context, o Options, dir string, finish func() error) error {
	if finish == nil {
		finish = func() error { return nil }
	}
	if o.Path == "" {
		logger := o.Logger
		if logger == nil {
			logger = slog.New(slog.DiscardHandler)
		}
		return restorePostgres(ctx, o.URL, dir, finish, logger)
	}
	if err := restoreSQLite(ctx, o.Path, dir); err != nil {
		return err
	}
	s, err := Open(ctx, o) // which migrates
	if err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	return finish()
}
