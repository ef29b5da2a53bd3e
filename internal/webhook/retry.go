package webhook

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// threeDays are the pauses between the attempts of a delivery: three days in all, after which it is
// given up.
var threeDays = []time.Duration{
	5 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour,
	8 * time.Hour, 8 * time.Hour, 12 * time.Hour, 12 * time.Hour, 12 * time.Hour, 12 * time.Hour,
}

// longestPause is the most that a receiver may ask for.
const longestPause = 24 * time.Hour

// pauseAfter returns the pause after so many attempts, give or take a tenth, or longer if
// the receiver asked for that. It reports false after the last attempt.
func pauseAfter(pauses []time.Duration, attempts int, asked time.Duration) (time.Duration, bool) {
	if attempts < 1 || attempts > len(pauses) {
		return 0, false
	}
	pause := pauses[attempts-1]
	pause += time.Duration((rand.Float64() - 0.5) / 5 * float64(pause))
	return max(pause, asked), true
}

// retryAfter reads the header Retry-After of an answer, seconds or a date: how long to wait
// from now on; at most a day, and zero if it does not say.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		return time.Duration(min(max(seconds, 0), int64(longestPause/time.Second))) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), longestPause)
}
