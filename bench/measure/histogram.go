package measure

import (
	"math/bits"
	"time"
)

// subBuckets is how many buckets each power of two is cut into: a recorded value
// is known to within one part in subBuckets.
const (
	subBuckets = 64
	subBits    = 6
)

// Histogram counts durations in buckets that grow with the value, so that
// recording one takes a few nanoseconds and no memory. The zero Histogram is empty.
type Histogram struct {
	counts [(64 - subBits) * subBuckets]int64
	total  int64
	max    time.Duration
}

// bucket returns the bucket of a value in nanoseconds.
func bucket(v uint64) int {
	if v < subBuckets {
		return int(v)
	}
	shift := bits.Len64(v) - subBits - 1
	return (shift+1)*subBuckets + int(v>>shift) - subBuckets
}

// lowest returns the smallest value that falls into the bucket.
func lowest(index int) uint64 {
	if index < subBuckets {
		return uint64(index)
	}
	shift := index/subBuckets - 1
	return uint64(index%subBuckets+subBuckets) << shift
}

// Record counts one duration. A negative one counts as zero.
func (h *Histogram) Record(d time.Duration) {
	d = max(d, 0)
	h.counts[bucket(uint64(d))]++
	h.total++
	h.max = max(h.max, d)
}

// Add counts everything that the other has counted.
func (h *Histogram) Add(other *Histogram) {
	for i, n := range other.counts {
		h.counts[i] += n
	}
	h.total += other.total
	h.max = max(h.max, other.max)
}

// Total returns how many durations were recorded.
func (h *Histogram) Total() int64 { return h.total }

// Max returns the longest duration recorded, exactly.
func (h *Histogram) Max() time.Duration { return h.max }

// Quantile returns the duration that the fraction q of those recorded did not
// exceed, rounded up within its bucket; zero if nothing was recorded.
func (h *Histogram) Quantile(q float64) time.Duration {
	rank := int64(q*float64(h.total) + 0.5)
	var seen int64
	for i, n := range h.counts {
		seen += n
		if n > 0 && seen >= rank {
			return min(h.max, time.Duration(lowest(i+1)-1))
		}
	}
	return h.max
}
