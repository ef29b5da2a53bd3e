package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// killedFile is the environment variable that makes this test binary the child of
// TestKilled: it names the file to write to.
const killedFile = "STANDFIRST_TEST_KILLED_FILE"

// TestKilled kills a process while 64 goroutines of it write. Everything that was
// acknowledged is there afterwards, and the database is sound.
func TestKilled(t *testing.T) {
	if path := os.Getenv(killedFile); path != "" {
		writeUntilKilled(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "standfirst.db")
	for round := range 3 {
		acknowledged := storetest.Killed(t, killedFile+"="+path, 1000)
		s := storetest.OpenFile(t, path)
		missing := 0
		err := s.View(t.Context(), func(tx *store.ReadTx) error {
			for _, object := range acknowledged {
				entries, err := tx.Audits(object, 1)
				if err != nil {
					return err
				}
				if len(entries) == 0 {
					missing++
				}
			}
			return nil
		})
		if err != nil || missing > 0 {
			t.Errorf("round %d: %d of %d acknowledged writes are missing, %v", round, missing, len(acknowledged), err)
		}
		if findings, err := s.Check(t.Context()); err != nil || len(findings) > 0 {
			t.Errorf("round %d: the check found %v, %v", round, findings, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// writeUntilKilled writes from 64 goroutines and says of each write that it was
// acknowledged.
func writeUntilKilled(t *testing.T, path string) {
	s := storetest.OpenFile(t, path)
	var group sync.WaitGroup
	for worker := range 64 {
		group.Go(func() {
			for n := 0; ; n++ {
				object := fmt.Sprintf("%d:%d:%d", os.Getpid(), worker, n)
				err := s.Update(context.Background(), func(tx *store.Tx) error {
					return tx.Audit(standfirst.AuditEntry{Actor: standfirst.System(), Action: "test", Object: object})
				})
				if err != nil {
					t.Error(err)
					return
				}
				// One write a line, so that no line is torn.
				if _, err := os.Stdout.WriteString("acknowledged " + object + "\n"); err != nil {
					return
				}
			}
		})
	}
	group.Wait()
}
