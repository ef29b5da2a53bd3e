package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"standfirst/internal/store"
)

// A backup whose database was damaged or lost before it was packed matches its
// manifest and is refused all the same. The folder stays as it was, and no message
// names the place where it was unpacked.
func TestRestoreDamagedDatabase(t *testing.T) {
	for _, name := range []string{databaseFile, "another.db"} {
		dir := t.TempDir()
		snapshot, from := filepath.Join(dir, "snapshot"), filepath.Join(dir, "copy.tar.gz")
		if err := os.Mkdir(snapshot, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(snapshot, name), []byte("This is no database."), 0o600); err != nil {
			t.Fatal(err)
		}
		con := &console{in: strings.NewReader(""), out: new(bytes.Buffer), err: new(bytes.Buffer)}
		pack(t, con, snapshot, from)

		parent := filepath.Join(dir, "parent")
		data := filepath.Join(parent, "room")
		if err := os.MkdirAll(data, 0o750); err != nil {
			t.Fatal(err)
		}
		err := (&restoreCommand{place: place{Data: data}, From: from}).Run(t.Context(), con)
		if err == nil || strings.Contains(describe(err), ".restore-") || !strings.HasSuffix(describe(err), "nothing was restored") {
			t.Errorf("restoring %s: %v", name, err)
		}
		if got := below(t, parent); got != "room" {
			t.Errorf("left behind: %s", got)
		}
	}
}

// pack writes a backup of the snapshot and an empty data folder.
func pack(t *testing.T, con *console, snapshot, to string) {
	t.Helper()
	f, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c := backupCommand{place: place{Data: t.TempDir()}, To: to}
	m := manifest{Made: time.Unix(1, 0), Version: "test", Engine: string(store.SQLite)}
	if err := c.write(t.Context(), con, f, snapshot, &m); err != nil {
		t.Fatal(err)
	}
}

// below lists everything below the folder.
func below(t *testing.T, dir string) string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if rel, _ := filepath.Rel(dir, path); rel != "." {
			names = append(names, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, " ")
}
