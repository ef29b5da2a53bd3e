package discuss

import (
	"sync"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// How much may be posted, and reported, from one address and from its network.
const (
	perAddressMinute = 6
	perAddressHour   = 60
	perNetworkMinute = 40

	networkBitsOfIPv4 = 24
	networkBitsOfIPv6 = 56
	addressBitsOfIPv6 = 64 // one customer has at least as many
)

// paceSubjects bounds how many addresses and networks are remembered at once.
const paceSubjects = 1 << 16

// pace counts how often something comes from each address and network. It is kept in
// memory, which is all that a newsroom on one machine needs. Where several nodes share a
// database they count there: see [Talk.countShared].
type pace struct {
	mu     sync.Mutex
	counts map[string]count
	sweep  time.Time
}

type count struct {
	n     int
	until time.Time
}

func newPace() *pace { return &pace{counts: make(map[string]count)} }

// limit is how many times a subject may come within a time.
type limit struct {
	subject string
	most    int
	within  time.Duration
}

// limits returns what is counted for something of the kind from the address.
func limits(kind, address string) []limit {
	single, network := standfirst.NetworkOf(address, 32, addressBitsOfIPv6), standfirst.NetworkOf(address, networkBitsOfIPv4, networkBitsOfIPv6)
	return []limit{
		{kind + " minute " + single, perAddressMinute, time.Minute},
		{kind + " hour " + single, perAddressHour, time.Hour},
		{kind + " minute " + network, perNetworkMinute, time.Minute},
	}
}

// count counts one more for each limit, unless several nodes count together. It returns a
// *PaceError if one of them is reached.
func (t *Talk) count(now time.Time, limits []limit) error {
	if t.shared {
		return nil
	}
	if wait := t.pace.take(now, limits); wait > 0 {
		return tooMany(wait)
	}
	return nil
}

// countShared does the same in the transaction that keeps what is counted, where several
// nodes count together. When that fails, nothing was counted.
func (t *Talk) countShared(tx *store.Tx, now time.Time, limits []limit) error {
	if !t.shared {
		return nil
	}
	var wait time.Duration
	for _, l := range limits {
		began, taken, err := tx.TakeAttempt(l.subject, l.most, now, now.Add(-l.within))
		if err != nil {
			return err
		}
		if !taken {
			wait = max(wait, began.Add(l.within).Sub(now))
		}
	}
	if wait > 0 {
		return tooMany(wait)
	}
	return nil
}

// take counts one more for each limit, and returns for how long to wait if one of them is
// reached; then nothing is counted.
func (p *pace) take(now time.Time, limits []limit) (wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget(now)
	for _, l := range limits {
		if c, ok := p.counts[l.subject]; ok && now.Before(c.until) && c.n >= l.most {
			wait = max(wait, c.until.Sub(now))
		}
	}
	if wait > 0 {
		return wait
	}
	for _, l := range limits {
		c := p.counts[l.subject]
		if !now.Before(c.until) {
			c = count{until: now.Add(l.within)}
		}
		c.n++
		p.counts[l.subject] = c
	}
	return 0
}

// forget drops what is over, now and then, and everything should there be too much: a
// flood from everywhere is not held up by counting it.
func (p *pace) forget(now time.Time) {
	if now.Before(p.sweep) && len(p.counts) < paceSubjects {
		return
	}
	p.sweep = now.Add(time.Minute)
	for subject, c := range p.counts {
		if !now.Before(c.until) {
			delete(p.counts, subject)
		}
	}
	if len(p.counts) >= paceSubjects {
		clear(p.counts)
	}
}

// tooMany is the error for somebody who posts more than one can type.
func tooMany(wait time.Duration) error {
	return &PaceError{Wait: wait, err: standfirst.Errorf(standfirst.TooMany, "there is more from your connection than we take at once; wait %s and send it again", waitWords(wait))}
}

// PaceError says for how long to wait before the same is taken.
type PaceError struct {
	Wait time.Duration
	err  error
}

// Error returns the message.
func (e *PaceError) Error() string { return e.err.Error() }

// Unwrap returns the [standfirst.Error] of kind TooMany.
func (e *PaceError) Unwrap() error { return e.err }

func waitWords(wait time.Duration) string {
	if wait <= time.Minute {
		return "a minute"
	}
	return (wait + time.Minute).Truncate(time.Minute).String()
}
