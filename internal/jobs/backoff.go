package jobs

import (
	"math/rand/v2"
	"time"
)

const (
	firstPause = 2 * time.Second
	maxPause   = time.Hour
	// jitter is the part of a pause that is left to chance, so that what failed
	// together is not tried again together.
	jitter = 0.25
)

// backoff returns the pause after the nth failed attempt, counted from 1: it doubles
// from two seconds up to an hour, give or take a quarter.
func backoff(attempts int) time.Duration {
	pause := maxPause
	if doublings := max(attempts, 1) - 1; doublings < 12 {
		pause = min(firstPause<<doublings, maxPause)
	}
	return pause + time.Duration((2*rand.Float64()-1)*jitter*float64(pause))
}
