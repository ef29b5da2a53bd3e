package account

import (
	"net/netip"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// Failed attempts are counted under three subjects. An account from one network is closed
// soon, so that guessing is slow; the same account from everywhere much later, so that
// nobody can shut a colleague out cheaply; and a network, so that it cannot try one password
// on everybody.
const (
	attemptWindow      = 15 * time.Minute
	maxAccountNetwork  = 6
	maxAccount         = 60
	maxNetwork         = 60
	networkBitsOfIPv4  = 24
	networkBitsOfIPv6  = 56
	unknownNetworkName = "unknown"
)

// subject is one thing that attempts are counted under, and how many it may have.
type subject struct {
	name string
	most int
}

// subjects returns what an attempt is counted under.
func subjects(email, address string) []subject {
	network := networkOf(address)
	return []subject{
		{"account " + digest(email) + " from " + network, maxAccountNetwork},
		{"account " + digest(email), maxAccount},
		{"network " + network, maxNetwork},
	}
}

// networkOf returns the network that the address is in: those of one customer change
// within it.
func networkOf(address string) string {
	addr, err := netip.ParseAddr(address)
	if err != nil {
		return unknownNetworkName
	}
	addr = addr.Unmap().WithZone("")
	bits := networkBitsOfIPv6
	if addr.Is4() {
		bits = networkBitsOfIPv4
	}
	prefix, err := addr.Prefix(bits)
	if err != nil {
		return unknownNetworkName
	}
	return prefix.String()
}

// begin counts an attempt before the password is looked at, so that many at once are
// counted too. It returns a TooMany error if there were enough.
func begin(tx *store.Tx, now time.Time, subjects []subject) error {
	since := now.Add(-attemptWindow)
	for _, s := range subjects {
		n, err := tx.Attempts(s.name, since)
		if err != nil {
			return err
		}
		if n >= s.most {
			return standfirst.Errorf(standfirst.TooMany, "there were too many attempts to sign in; wait %d minutes, or ask for a sign-in link", int(attemptWindow.Minutes()))
		}
	}
	for _, s := range subjects {
		if err := tx.CountAttempt(s.name, now, since); err != nil {
			return err
		}
	}
	return nil
}

// forgive forgets the attempts of an account that has signed in. Those of its network
// stay: whoever knows one password could try others without end.
func forgive(tx *store.Tx, subjects []subject) error {
	for _, s := range subjects[:2] {
		if err := tx.ForgetAttempts(s.name); err != nil {
			return err
		}
	}
	return nil
}
