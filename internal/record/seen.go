package record

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
	"standfirst/internal/store"
)

// A node keeps the highest checkpoint that it has seen in a file outside the database,
// as the signed note that it is. What is inconsistent with it is never signed: a
// database that was restored from an older backup would otherwise let the newsroom sign
// two histories that contradict each other.

// heldBack begins the file of a newsroom that was restored: it is not known what was
// signed after the backup was made.
const heldBack = "restored "

// seen is what the file holds.
type seen struct {
	Checkpoint
	note     []byte // the checkpoint, signed
	exists   bool
	restored string // when, for people; empty if it was not
}

// readSeen reads the file. There may be none.
func readSeen(path string) (seen, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return seen{}, nil
	}
	if err != nil {
		return seen{}, fmt.Errorf("record: read what was signed last: %w", err)
	}
	s, err := parseSeen(b)
	if err != nil {
		return s, standfirst.WrapError(standfirst.Invalid, err,
			"the file %s, which holds what was signed last, is damaged; bring it back from a backup of the data folder", path)
	}
	return s, nil
}

// parseSeen reads what is in the file.
func parseSeen(b []byte) (s seen, err error) {
	if rest, ok := bytes.CutPrefix(b, []byte(heldBack)); ok {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		s.restored, b = string(line), after
		if len(b) == 0 {
			return s, nil
		}
	}
	if s.Checkpoint, err = UnsignedCheckpoint(b); err != nil {
		return s, err
	}
	s.exists, s.note = true, b
	return s, nil
}

// write writes the file.
func (s seen) write(path string) error {
	b := s.note
	if s.restored != "" {
		b = append([]byte(heldBack+s.restored+"\n"), b...)
	}
	return replaceFile(path, b)
}

// release writes the file without the word that the newsroom was restored.
func (s seen) release(path string) error {
	if s.exists {
		return replaceFile(path, s.note)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("record: forget that the newsroom was restored: %w", err)
	}
	return nil
}

// HoldBack writes into the file that the newsroom was restored, so that nothing is
// signed before somebody has said how the record goes on. What the file holds stays.
func HoldBack(path, when string) error {
	held, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("record: read what was signed last: %w", err)
	}
	if bytes.HasPrefix(held, []byte(heldBack)) {
		return nil
	}
	return replaceFile(path, append([]byte(heldBack+strings.ReplaceAll(when, "\n", " ")+"\n"), held...))
}

// errUnsigned begins what is said when the record cannot be signed.
func errUnsigned(format string, args ...any) error {
	return standfirst.Errorf(standfirst.Conflict, "the record is not signed: "+format, args...)
}

// check returns a Conflict error that says why nothing may be signed, if what is in the
// database is inconsistent with what was seen.
func (s seen) check(tx *store.ReadTx, head store.RecordHead, epochs []store.RecordEpoch) error {
	if s.restored != "" {
		return errUnsigned("this newsroom was restored from a backup (%s), and what was signed after that backup was made is not in it. "+
			"Run standfirst record resume to go on with a new epoch, with --last-checkpoint if you have a later checkpoint than this newsroom", s.restored)
	}
	if !s.exists {
		return nil
	}
	if len(epochs) == 0 {
		return errUnsigned("%d entries were signed as %s, and the database knows nothing of it. Run standfirst record resume", s.N, s.Origin)
	}
	if current := epochs[len(epochs)-1]; current.Origin != s.Origin {
		if s.named(epochs) {
			return nil
		}
		return errUnsigned("%d entries were signed as %s, which no later epoch of the record names. Run standfirst record resume", s.N, s.Origin)
	}
	return s.consistent(tx, head)
}

// named reports whether one of the epochs names what was seen, or more, as signed before it.
func (s seen) named(epochs []store.RecordEpoch) bool {
	return slices.ContainsFunc(epochs, func(e store.RecordEpoch) bool {
		same := e.OldSize > s.N || e.OldSize == s.N && e.OldRoot == base64.StdEncoding.EncodeToString(s.Hash[:])
		return e.OldOrigin == s.Origin && same
	})
}

// consistent returns an error if the tree in the database does not begin with what was seen.
func (s seen) consistent(tx *store.ReadTx, head store.RecordHead) error {
	if s.N > head.Size {
		return errUnsigned("%d entries were signed, and the database has %d: it is older than what was signed, as after the restore of a backup. "+
			"Bring the newer database back, or run standfirst record resume to go on with a new epoch", s.N, head.Size)
	}
	var root tlog.Hash
	var err error
	if root, err = Root(tx, s.N); err != nil {
		return err
	}
	if root != s.Hash {
		return errUnsigned("the first %d entries in the database are not those that were signed: it was restored from a backup, or changed. "+
			"Bring the database that belongs to them back, or run standfirst record resume to go on with a new epoch", s.N)
	}
	return nil
}
