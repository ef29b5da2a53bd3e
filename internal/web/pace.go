package web

import (
	"hash/maphash"
	"net/http"
	"sync"
	"time"

	"standfirst"
)

// Pace counts how often each asks in a stretch of time, in memory: a node that has just begun
// is generous, which harms nobody. It is safe for concurrent use.
type Pace struct {
	within time.Duration

	seed maphash.Seed

	mu     sync.Mutex
	counts map[string]int
	crowd  [crowds]int
	until  time.Time // when all counts begin anew
}

// countedAtOnce bounds how many are counted each by themselves. Who comes beyond it is counted
// together with others, in one of so many crowds: a network that has addresses without end is
// refused in time, and so may be others who come while it floods, until all begin anew.
const (
	countedAtOnce = 1 << 16
	crowds        = 1 << 10
)

// NewPace returns one whose counts begin anew each time that so much has passed.
func NewPace(within time.Duration) *Pace { return &Pace{within: within, seed: maphash.MakeSeed()} }

// Take counts one more of who asks, who may ask so often. It returns how many are left after
// it, less than none where it is one too many, and in what time there are all again.
func (p *Pace) Take(who string, most int, now time.Time) (left int, resets time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.begin(now)
	resets = p.until.Sub(now)
	n, crowd := p.count(who)
	if n >= most {
		return -1, resets
	}
	if crowd != nil {
		*crowd++
	} else {
		p.counts[who] = n + 1
	}
	return most - n - 1, resets
}

// begin begins all counts anew where it is time.
func (p *Pace) begin(now time.Time) {
	if !now.Before(p.until) {
		p.counts, p.crowd, p.until = make(map[string]int), [crowds]int{}, now.Add(p.within)
	}
}

// count returns how often who asks was counted, and the count of the crowd that they are in,
// if they are.
func (p *Pace) count(who string) (n int, crowd *int) {
	n, known := p.counts[who]
	if known || len(p.counts) < countedAtOnce {
		return n, nil
	}
	crowd = &p.crowd[maphash.String(p.seed, who)%crowds]
	return *crowd, crowd
}

// ClientNetwork returns the network from which the request comes, as far as it is one
// customer's: of IPv6 that is a whole one at least.
func ClientNetwork(r *http.Request) string {
	const single, customer = 32, 64
	return standfirst.NetworkOf(ClientOrigin(r).Address, single, customer)
}
