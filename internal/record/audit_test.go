package record

import (
	"strings"
	"testing"

	"standfirst/internal/store"
)

// However many entries wait for their signature, the check looks for checkpoints once for
// each page of entries.
func TestAuditReadsCheckpointsByThePage(t *testing.T) {
	onBoth(t, func(t *testing.T, st *store.Store) {
		s := newSigner(t, st)
		grow := func(n int) {
			t.Helper()
			update(t, st, func(tx *store.Tx) error {
				Append(tx, entries(n)...)
				return nil
			})
		}
		for range 3 {
			grow(3)
			if err := s.Sign(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		grow(5 * auditBatch)
		a := newAudit(st.Reader(), func(string) {}) // nothing is there of what the entries are about
		looks, found := 0, 0
		a.checkpoints = func(tx *store.ReadTx, epoch int, size int64, limit int) ([]store.RecordCheckpoint, error) {
			signed, err := tx.RecordCheckpoints(epoch, size, limit)
			looks, found = looks+1, found+len(signed)
			return signed, err
		}
		n, err := a.run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if pages := int(n+auditBatch-1) / auditBatch; looks > pages {
			t.Errorf("%d looks for checkpoints in %d pages of %d entries", looks, pages, n)
		}
		if found != 3 || a.compared.Size != 11 || n != 11+5*auditBatch {
			t.Errorf("%d checkpoints were read, the last of %d entries", found, a.compared.Size)
		}
	})
}

// What is appended while the record is checked is checked too, and is no fault.
func TestAuditBesideAppending(t *testing.T) {
	onBoth(t, func(t *testing.T, st *store.Store) {
		newSigner(t, st)
		grow := func(n int) {
			t.Helper()
			update(t, st, func(tx *store.Tx) error {
				Append(tx, entries(n)...)
				return nil
			})
		}
		grow(7)
		a := newAudit(st.Reader(), func(problem string) {
			if !strings.Contains(problem, "not in the database") { // nothing is there of what the entries are about
				t.Error(problem)
			}
		})
		looks := 0
		a.checkpoints = func(tx *store.ReadTx, epoch int, size int64, limit int) ([]store.RecordCheckpoint, error) {
			if looks++; looks == 1 {
				grow(2)
			}
			return tx.RecordCheckpoints(epoch, size, limit)
		}
		n, err := a.run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if head := 2 + 7 + 2; n != int64(head) {
			t.Errorf("%d entries were checked, want %d", n, head)
		}
	})
}
