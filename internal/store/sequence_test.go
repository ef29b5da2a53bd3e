package store

import (
	"testing"
	"time"
)

// Numbers that are seen out of order are seen once each, and one that never comes
// holds nothing up.
func TestSequence(t *testing.T) {
	now := time.Unix(1000, 0)
	q := newSequence(touchedEnd{last: 10, absent: []int64{8}}, now)
	see := func(n int64, want bool) {
		t.Helper()
		if got := q.see(n, now); got != want {
			t.Errorf("seeing %d: %v", n, got)
		}
	}
	waitsFor := func(want string) {
		t.Helper()
		if q.settle(now) || q.list() != want {
			t.Errorf("waits for %q, want %q", q.list(), want)
		}
	}
	see(10, false)
	see(8, true)
	see(8, false)
	see(11, true)
	see(13, true)
	see(13, false)
	waitsFor("12")
	see(16, true)
	see(12, true)
	see(12, false)
	waitsFor("14,15")
	now = now.Add(patience)
	see(18, true)
	waitsFor("14,15,17")
	now = now.Add(time.Second)
	waitsFor("17")
	see(14, false)
	if q.next != 19 {
		t.Errorf("goes on at %d, want 19", q.next)
	}
}

// However far the numbers jump, only so many are waited for; that others were
// given up is said.
func TestSequenceIsBounded(t *testing.T) {
	now := time.Unix(1000, 0)
	q := newSequence(touchedEnd{}, now)
	if !q.see(1<<40, now) || !q.settle(now) || len(q.missing) != maxMissing {
		t.Errorf("waits for %d numbers", len(q.missing))
	}
	if q.settle(now) || !q.see(1<<40-1, now) {
		t.Error("the nearest numbers are not waited for")
	}
}
