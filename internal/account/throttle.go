package account

import (
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// AttemptWindow is the time within which attempts to sign in are counted.
const AttemptWindow = 15 * time.Minute

// Attempts are counted under several subjects, and taken back when they succeed. An account
// from one network is closed soon, so that guessing is slow; the same account from
// everywhere much later, and not for the networks in which its owner is signed in, so that
// nobody can shut a colleague out; and a network, so that it cannot try one password on
// everybody.
const (
	maxAccountNetwork = 6
	maxAccount        = 60
	maxNetwork        = 60
	maxSite           = 240 // of one site of IPv6, which has many networks
	maxChange         = 6   // of the old password, where a new one is chosen

	networkBitsOfIPv4 = 24
	networkBitsOfIPv6 = 56
	siteBitsOfIPv6    = 48
)

// subject is one thing that attempts are counted under, and how many it may have.
type subject struct {
	name string
	most int
}

// attempt is one attempt to sign in.
type attempt struct {
	email    string
	network  string
	own      []subject // of the account: forgotten when it signs in
	networks []subject // of the network: whoever knows one password could else try others without end
}

// newAttempt returns an attempt from the address. E-mail addresses stand in subjects as
// digests only to make them short: they could be guessed.
func newAttempt(email, address string) attempt {
	a := attempt{email: email, network: networkOf(address, networkBitsOfIPv6)}
	a.own = []subject{
		{"account " + digest(email) + " from " + a.network, maxAccountNetwork},
		{"account " + digest(email), maxAccount},
	}
	a.networks = []subject{{"network " + a.network, maxNetwork}}
	if site := networkOf(address, siteBitsOfIPv6); site != a.network {
		a.networks = append(a.networks, subject{"site " + site, maxSite})
	}
	return a
}

// networkOf returns the network that the address is in: those of one customer change
// within it.
func networkOf(address string, bitsOfIPv6 int) string {
	return standfirst.NetworkOf(address, networkBitsOfIPv4, bitsOfIPv6)
}

// refused returns a TooMany error if there were enough attempts.
func (a attempt) refused(tx *store.ReadTx, now time.Time) error {
	known, err := a.known(tx, now)
	if err != nil {
		return err
	}
	subjects := slices.Concat(a.own[:1], a.networks)
	if !known {
		subjects = append(subjects, a.own[1])
	}
	return tooMany(tx, now, subjects...)
}

// known reports whether the owner of the account is signed in from the network.
func (a attempt) known(tx *store.ReadTx, now time.Time) (bool, error) {
	addresses, err := tx.SessionAddresses(a.email, now, maxSessions)
	return slices.ContainsFunc(addresses, func(address string) bool {
		return networkOf(address, networkBitsOfIPv6) == a.network
	}), err
}

// tooMany returns a TooMany error if one of the subjects has as many attempts as it may.
func tooMany(tx *store.ReadTx, now time.Time, subjects ...subject) error {
	full, err := reached(tx, now, subjects...)
	if err == nil && full {
		err = standfirst.Errorf(standfirst.TooMany, "there were too many attempts to sign in; wait %d minutes, or ask for a sign-in link", int(AttemptWindow.Minutes()))
	}
	return err
}

// reached reports whether one of the subjects has as many attempts as it may.
func reached(tx *store.ReadTx, now time.Time, subjects ...subject) (bool, error) {
	for _, s := range subjects {
		n, err := tx.Attempts(s.name, now.Add(-AttemptWindow))
		if err != nil || n >= s.most {
			return err == nil, err
		}
	}
	return false, nil
}

// count counts an attempt, before the password is looked at, so that many at once are
// counted too. It returns a TooMany error if there were enough.
func (a attempt) count(tx *store.Tx, now time.Time) error {
	if err := a.refused(&tx.ReadTx, now); err != nil {
		return err
	}
	return countAll(tx, now, slices.Concat(a.own, a.networks)...)
}

// take counts one more under the subject, or returns a TooMany error if it has as many as it
// may.
func take(tx *store.Tx, now time.Time, s subject) error {
	if err := tooMany(&tx.ReadTx, now, s); err != nil {
		return err
	}
	return countAll(tx, now, s)
}

func countAll(tx *store.Tx, now time.Time, subjects ...subject) error {
	for _, s := range subjects {
		if err := tx.CountAttempt(s.name, now, now.Add(-AttemptWindow)); err != nil {
			return err
		}
	}
	return nil
}

// succeeded forgets the attempts of the account and takes this one back from its network.
func (a attempt) succeeded(tx *store.Tx) error {
	for _, s := range a.own {
		if err := tx.ForgetAttempts(s.name); err != nil {
			return err
		}
	}
	for _, s := range a.networks {
		if err := tx.ForgiveAttempt(s.name); err != nil {
			return err
		}
	}
	return nil
}
