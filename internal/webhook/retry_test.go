package webhook

import (
	"testing"
	"time"
)

func TestPausesLastThreeDays(t *testing.T) {
	var all time.Duration
	for attempt := 1; ; attempt++ {
		pause, ok := pauseAfter(threeDays, attempt, 0)
		if !ok {
			break
		}
		all += pause
	}
	if all < 60*time.Hour || all > 84*time.Hour {
		t.Errorf("the pauses last %s", all)
	}
	if pause, _ := pauseAfter(threeDays, 1, time.Hour); pause != time.Hour {
		t.Errorf("the receiver asked for an hour and gets %s", pause)
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "soon": 0, "-5": 0, "120": 2 * time.Minute, " 3 ": 3 * time.Second, "99999999999": longestPause,
		"Thu, 05 Mar 2026 12:10:00 GMT": 10 * time.Minute, "Thu, 05 Mar 2026 11:00:00 GMT": 0, "Fri, 05 Mar 2027 12:00:00 GMT": longestPause,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("%q is %s, want %s", value, got, want)
		}
	}
}

func FuzzRetryAfter(f *testing.F) {
	f.Add("120")
	f.Add("Thu, 05 Mar 2026 12:10:00 GMT")
	now := time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, value string) {
		if pause := retryAfter(value, now); pause < 0 || pause > longestPause {
			t.Errorf("%q is %s", value, pause)
		}
	})
}
