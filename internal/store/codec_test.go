package store

import (
	"testing"
	"time"

	"standfirst"
)

func TestInstants(t *testing.T) {
	for _, want := range []time.Time{
		{}, time.Unix(0, 0).UTC(), time.Date(1789, 7, 14, 5, 0, 0, 1000, time.UTC), time.Date(2026, 3, 5, 12, 0, 0, 123456000, time.UTC),
	} {
		var got time.Time
		if err := (*instant)(&got).Scan(toMicros(want)); err != nil || got != want {
			t.Errorf("%v comes back as %v, %v", want, got, err)
		}
	}
	berlin := time.FixedZone("CET", 3600)
	if at := toMicros(time.Date(2026, 3, 5, 13, 0, 0, 999, berlin)); at != time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC).UnixMicro() {
		t.Errorf("stored as %v", at)
	}
	if err := (*instant)(new(time.Time)).Scan("2026-03-05"); err == nil {
		t.Error("a text is taken for an instant")
	}
}

func TestDays(t *testing.T) {
	for _, want := range []standfirst.Day{{}, {Year: 2026, Month: time.March, Day: 5}} {
		var got standfirst.Day
		if err := (*day)(&got).Scan(toDay(want)); err != nil || got != want {
			t.Errorf("%v comes back as %v, %v", want, got, err)
		}
	}
	if err := (*day)(new(standfirst.Day)).Scan("5 March"); err == nil {
		t.Error("any text is taken for a day")
	}
}

func TestNameKey(t *testing.T) {
	for name, want := range map[string]string{"  Éric   LE GOFF ": "éric le goff", "Mara Oduya": "mara oduya", "\tA\u00a0B": "a b"} {
		if got := nameKey(name); got != want {
			t.Errorf("the key of %q is %q, want %q", name, got, want)
		}
	}
}

// Numbers that are seen out of order are seen once each, and one that never comes
// holds nothing up.
func TestSequence(t *testing.T) {
	now := time.Unix(1000, 0)
	q := newSequence(10)
	see := func(n int64, want bool) {
		t.Helper()
		if got := q.see(n); got != want {
			t.Errorf("seeing %d: %v", n, got)
		}
	}
	see(10, false)
	see(11, true)
	see(13, true)
	q.settle(now)
	if q.next != 12 {
		t.Fatalf("goes on at %d, want 12", q.next)
	}
	see(13, false)
	see(12, true)
	see(15, true)
	q.settle(now)
	if q.next != 14 {
		t.Fatalf("goes on at %d, want 14", q.next)
	}
	q.settle(now.Add(patience))
	if q.next != 14 {
		t.Fatalf("gave up 14 too early, goes on at %d", q.next)
	}
	see(17, true)
	q.settle(now.Add(patience + time.Second))
	if q.next != 16 || len(q.seen) != 1 {
		t.Fatalf("goes on at %d, want 16; remembers %v", q.next, q.seen)
	}
}
