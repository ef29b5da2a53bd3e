package store

import (
	"runtime"
	"testing"
	"time"
)

// waitFor waits until the condition holds, which it must within ten seconds.
func waitFor(t testing.TB, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !condition(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Error("what the test waits for does not happen")
			return
		}
	}
}
