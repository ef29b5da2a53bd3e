package web

import (
	"net/http"
	"sync"
	"time"

	"standfirst"
)

// Pace counts how often each asks in a stretch of time, in memory: a node that has just begun
// is generous, which harms nobody. It is safe for concurrent use.
type Pace struct {
	within time.Duration

	mu     sync.Mutex
	counts map[string]int
	until  time.Time // when all counts begin anew
}

// countedAtOnce bounds how many are counted at once. Beyond it nobody new is refused.
const countedAtOnce = 1 << 16

// NewPace returns one whose counts begin anew each time that so much has passed.
func NewPace(within time.Duration) *Pace { return &Pace{within: within} }

// Take counts one more of who asks, who may ask so often. It returns how many are left after
// it, less than none where it is one too many, and in what time there are all again.
func (p *Pace) Take(who string, most int, now time.Time) (left int, resets time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !now.Before(p.until) {
		p.counts, p.until = make(map[string]int), now.Add(p.within)
	}
	resets = p.until.Sub(now)
	n, known := p.counts[who]
	if n >= most {
		return -1, resets
	}
	if known || len(p.counts) < countedAtOnce {
		p.counts[who] = n + 1
	}
	return most - n - 1, resets
}

// ClientNetwork returns the network from which the request comes, as far as it is one
// customer's: of IPv6 that is a whole one at least.
func ClientNetwork(r *http.Request) string {
	const single, customer = 32, 64
	return standfirst.NetworkOf(ClientOrigin(r).Address, single, customer)
}
