// Package storetest opens real stores for tests and holds the suite that every
// engine of package store passes. It must not be imported by the program.
package storetest

import (
	"path/filepath"
	"testing"

	"standfirst/internal/store"
)

// Open returns an empty SQLite store in a folder of the test's own. It is closed
// when the test ends.
func Open(t testing.TB) *store.Store {
	t.Helper()
	return OpenWith(t, store.Options{})
}

// OpenFile opens the SQLite file, which may exist. The store is closed when the
// test ends.
func OpenFile(t testing.TB, path string) *store.Store {
	t.Helper()
	return OpenWith(t, store.Options{Path: path})
}

// OpenWith opens a store with the options, such as a clock; without a path and an
// address it is an empty SQLite store. It is closed when the test ends.
func OpenWith(t testing.TB, o store.Options) *store.Store {
	t.Helper()
	if o.Path == "" && o.URL == "" {
		o.Path = filepath.Join(t.TempDir(), "standfirst.db")
	}
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return s
}
