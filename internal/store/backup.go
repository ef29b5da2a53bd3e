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
// brings it to the newest migration. It returns a Conflict error if there is
// something already, and changes nothing then. A copy can only be restored to the
// engine that it was made of.
func Restore(ctx context.Context, o Options, dir string) error {
	var err error
	if o.Path != "" {
		err = restoreSQLite(ctx, o.Path, dir)
	} else {
		logger := o.Logger
		if logger == nil {
			logger = slog.New(slog.DiscardHandler)
		}
		err = restorePostgres(ctx, o.URL, dir, logger)
	}
	if err != nil {
		return err
	}
	s, err := Open(ctx, o)
	if err != nil {
		return err
	}
	return s.Close()
}
