package site

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"standfirst"
	"standfirst/internal/web"
)

// pace counts how often each network asks for what costs more than a kept page, in memory: a
// node that has just begun is generous, which harms nobody.
type pace struct {
	most   int
	within time.Duration

	mu     sync.Mutex
	counts map[string]int
	until  time.Time // when all counts begin anew
}

// How much one network is answered in a minute. A script asks for suggestions as one types.
const (
	searchesAMinute    = 60
	suggestionsAMinute = 300
)

// paceNetworks bounds how many networks are counted at once. Beyond it nobody new is refused.
const paceNetworks = 1 << 16

func newPace(most int, within time.Duration) *pace { return &pace{most: most, within: within} }

// take counts one more from where the request comes from. It returns a TooMany error if that
// is more than is answered at once, and says when to come again.
func (p *pace) take(w http.ResponseWriter, r *http.Request, now time.Time) error {
	const single, customer = 32, 64 // a customer has a whole network of IPv6 at least
	from := standfirst.NetworkOf(web.ClientOrigin(r).Address, single, customer)
	p.mu.Lock()
	defer p.mu.Unlock()
	if !now.Before(p.until) {
		p.counts, p.until = make(map[string]int), now.Add(p.within)
	}
	n, known := p.counts[from]
	if n >= p.most {
		w.Header().Set("Retry-After", strconv.Itoa(int(p.until.Sub(now).Seconds())+1))
		return standfirst.Errorf(standfirst.TooMany, "there are more searches from your connection than we answer at once; wait a minute and try again")
	}
	if known || len(p.counts) < paceNetworks {
		p.counts[from] = n + 1
	}
	return nil
}
