package api

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"standfirst"
	"standfirst/internal/web"
)

// How many requests are answered in a minute, by each node: of one address without a token,
// and of one token.
const (
	requestsOfAddress = 120
	requestsOfToken   = 600
	limitWindow       = time.Minute
)

// limits counts requests in memory: a node that has just begun is generous, which harms
// nobody.
type limits struct {
	mu     *sync.Mutex
	counts map[string]int
	until  time.Time // when all counts begin anew
}

// limitedAtOnce bounds how many are counted at once. Beyond it nobody new is refused.
const limitedAtOnce = 1 << 16

func newLimits() limits { return limits{mu: new(sync.Mutex)} }

// take counts one more request of who asks, and says how many are left, as the draft of the
// IETF for RateLimit header fields has it. It returns a TooMany error where none are.
func (l *limits) take(w http.ResponseWriter, p *program) error {
	policy, most := "address", requestsOfAddress
	var who string
	if p.token.ID != 0 {
		policy, most, who = "token", requestsOfToken, strconv.FormatInt(int64(p.token.ID), 10)
	} else {
		const single, customer = 32, 64 // a customer has a whole network of IPv6 at least
		who = standfirst.NetworkOf(web.ClientOrigin(p.r).Address, single, customer)
	}
	left, resets := l.count(policy+" "+who, most, p.Clock())
	h := w.Header()
	h.Set("RateLimit-Policy", fmt.Sprintf("%q;q=%d;w=%d", policy, most, int(limitWindow.Seconds())))
	h.Set("RateLimit", fmt.Sprintf("%q;r=%d;t=%d", policy, max(left, 0), resets))
	if left < 0 {
		h.Set("Retry-After", strconv.Itoa(resets))
		return standfirst.Errorf(standfirst.TooMany, "%d requests a minute are the most; wait %d seconds", most, resets)
	}
	return nil
}

// count counts one more. It returns how many are left after it, less than none where it is
// one too many, and in how many seconds there are all again.
func (l *limits) count(who string, most int, now time.Time) (left, resets int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !now.Before(l.until) {
		l.counts, l.until = make(map[string]int), now.Add(limitWindow)
	}
	resets = int((l.until.Sub(now) + time.Second - 1) / time.Second)
	n, known := l.counts[who]
	if n >= most {
		return -1, resets
	}
	if known || len(l.counts) < limitedAtOnce {
		l.counts[who] = n + 1
	}
	return most - n - 1, resets
}
