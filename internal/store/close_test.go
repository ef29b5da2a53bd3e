package store

import (
	"os"
	"path/filepath"
	"testing"

	"standfirst"
)

// A closed store is one file: the log is in it and gone, so that the file can be
// copied and moved.
func TestCloseLeavesOneFile(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), Options{Path: filepath.Join(dir, "standfirst.db")})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), func(tx *Tx) error { return tx.PutPublication(standfirst.DefaultPublication()) }); err != nil {
		t.Error(err)
	}
	if err := s.View(t.Context(), func(tx *ReadTx) error {
		_, err := tx.Publication()
		return err
	}); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
