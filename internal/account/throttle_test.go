package account

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store/storetest"
)

func TestThrottle(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		d.hire("adam@ledger.example", standfirst.Reporter)
		try := func(email, address string) error {
			_, err := d.SignIn(t.Context(), email, "not the password", Origin{Address: address})
			return err
		}
		for range maxAccountNetwork {
			d.wantKind(try(jane, "192.0.2.7"), standfirst.Unauthenticated)
		}
		d.wantKind(try(jane, "192.0.2.8"), standfirst.TooMany) // the same network
		_, err := d.SignIn(t.Context(), jane, good, Origin{Address: "192.0.2.9"})
		d.wantKind(err, standfirst.TooMany) // the right password helps nobody then
		d.wantKind(try("adam@ledger.example", "192.0.2.7"), standfirst.Unauthenticated)
		_, err = d.SignIn(t.Context(), jane, good, Origin{Address: "198.51.100.1"})
		d.must(err) // Jane herself, elsewhere
		d.now = d.now.Add(AttemptWindow)
		d.wantKind(try(jane, "192.0.2.7"), standfirst.Unauthenticated)
	})
}

// TestThrottleAtOnce holds that attempts which run at once are counted too.
func TestThrottleAtOnce(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		var running sync.WaitGroup
		errs := make([]error, 3*maxAccountNetwork)
		for i := range errs {
			running.Go(func() { _, errs[i] = d.SignIn(t.Context(), jane, "not the password", here) })
		}
		running.Wait()
		tried := 0
		for _, err := range errs {
			if standfirst.KindOf(err) == standfirst.Unauthenticated {
				tried++
			}
		}
		if tried != maxAccountNetwork {
			t.Errorf("%d attempts were made, %d may be", tried, maxAccountNetwork)
		}
	})
}

// TestNobodyShutsAColleagueOut holds that tries from everywhere do not close the account
// where its owner is signed in, and that signing in is not held against a network.
func TestNobodyShutsAColleagueOut(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		for range maxNetwork + 1 {
			d.signIn(jane, good)
		}
		for i := range maxAccount {
			_, err := d.SignIn(t.Context(), jane, "not the password", Origin{Address: fmt.Sprintf("10.0.%d.1", i)})
			d.wantKind(err, standfirst.Unauthenticated)
		}
		_, err := d.SignIn(t.Context(), jane, good, Origin{Address: "198.51.100.1"})
		d.wantKind(err, standfirst.TooMany)
		d.signIn(jane, good)
	})
}

// TestSites holds that one site of IPv6 cannot try from each of its networks.
func TestSites(t *testing.T) {
	d := &deskFixture{t: t, now: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)}
	d.Accounts = New(storetest.Open(t), Options{Clock: func() time.Time { return d.now }})
	d.cost = cheap
	for i := range maxSite {
		_, err := d.SignIn(t.Context(), fmt.Sprintf("a%d@ledger.example", i), "x", Origin{Address: fmt.Sprintf("2001:db8:7:%02x00::1", i)})
		d.wantKind(err, standfirst.Unauthenticated)
	}
	_, err := d.SignIn(t.Context(), "b@ledger.example", "x", Origin{Address: "2001:db8:7:fe00::1"})
	d.wantKind(err, standfirst.TooMany)
	_, err = d.SignIn(t.Context(), "b@ledger.example", "x", Origin{Address: "2001:db8:8::1"})
	d.wantKind(err, standfirst.Unauthenticated)
}
