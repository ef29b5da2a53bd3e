package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
		acknowledged := killWhileWriting(t, path, 1000)
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

// killWhileWriting starts a child that writes, kills it once it has acknowledged
// so many writes, and returns all that it acknowledged.
func killWhileWriting(t *testing.T, path string, after int) (acknowledged []string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	child.Env = append(os.Environ(), killedFile+"="+path)
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer child.Wait() //nolint:errcheck // it was killed
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		object, isOne := strings.CutPrefix(lines.Text(), "acknowledged ")
		if !isOne {
			continue
		}
		acknowledged = append(acknowledged, object)
		if len(acknowledged) == after {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(acknowledged) < after {
		t.Fatalf("the child ended after %d writes", len(acknowledged))
	}
	return acknowledged
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
