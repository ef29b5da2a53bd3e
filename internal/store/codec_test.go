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
