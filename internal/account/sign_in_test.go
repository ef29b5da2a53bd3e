package account

import (
	"runtime"
	"strings"
	"sync"
	"testing"

	"standfirst"
	"standfirst/internal/store"
)

func TestSignIn(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		hired := d.hire(jane, standfirst.Editor)
		in := d.signIn("  Jane@Ledger.example ", good)
		s, session, err := d.Session(t.Context(), in.Token)
		d.must(err)
		if s.ID != hired.ID || s.Actor() != (standfirst.Actor{Kind: standfirst.ActorStaff, ID: s.ID, Name: "Jane Roe", Role: standfirst.Editor}) {
			t.Errorf("signed in as %+v", s)
		}
		if session.Address != here.Address || session.Agent != here.Agent {
			t.Errorf("the session is %+v", session)
		}
		for name, c := range map[string]struct{ email, password string }{
			"wrong password":  {jane, "four quiet harbour crane"},
			"unknown address": {"adam@ledger.example", good},
			"empty":           {"", ""},
			"a zero byte":     {"jane\x00@ledger.example", good},
			"endless":         {jane, strings.Repeat("x", 1<<20)},
		} {
			_, err := d.SignIn(t.Context(), c.email, c.password, here)
			if err == nil || err.Error() != errWrong().Error() {
				t.Errorf("%s: %v", name, err)
			}
		}
		if d.signedIn("") || d.signedIn(in.Token+"x") || d.signedIn(digest(in.Token)) {
			t.Error("something that is not the token signs in")
		}
	})
}

func TestLink(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		_, err := d.Add(t.Context(), standfirst.Command(), standfirst.Staff{Email: jane, Name: "Jane Roe", Role: standfirst.Reporter})
		d.must(err)
		old, _, err := d.Link(t.Context(), standfirst.Command(), jane)
		d.must(err)
		link, until, err := d.Link(t.Context(), standfirst.Command(), jane)
		d.must(err)
		if !until.Equal(d.now.Add(linkLifetime)) {
			t.Errorf("the link is good until %s", until)
		}
		_, err = d.LinkFor(t.Context(), old)
		d.wantKind(err, standfirst.NotFound)
		_, err = d.UseLink(t.Context(), link, "", here) // there is none to keep
		d.wantKind(err, standfirst.Invalid)
		_, err = d.UseLink(t.Context(), link, "too short", here)
		d.wantKind(err, standfirst.Invalid)
		in, err := d.UseLink(t.Context(), link, good, here)
		d.must(err)
		if !d.signedIn(in.Token) {
			t.Error("the link signs nobody in")
		}
		_, err = d.UseLink(t.Context(), link, good, here)
		d.wantKind(err, standfirst.NotFound)
		d.signIn(jane, good)

		link, until, err = d.Link(t.Context(), standfirst.Command(), jane)
		d.must(err)
		d.now = until
		_, err = d.UseLink(t.Context(), link, "", here)
		d.wantKind(err, standfirst.NotFound)
	})
}

// TestLinkOnce holds that of two who use a link at once one is signed in.
func TestLinkOnce(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		link, _, err := d.Link(t.Context(), standfirst.Command(), jane)
		d.must(err)
		var running sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			running.Go(func() { _, errs[i] = d.UseLink(t.Context(), link, "", here) })
		}
		running.Wait()
		used := 0
		for _, err := range errs {
			if err == nil {
				used++
				continue
			}
			d.wantKind(err, standfirst.NotFound)
		}
		if used != 1 {
			t.Errorf("the link was used %d times", used)
		}
	})
}

func TestChangePassword(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		s := d.hire(jane, standfirst.Reporter)
		mine, other := d.signIn(jane, good), d.signIn(jane, good)
		change := func(old, password string) error {
			return d.ChangePassword(t.Context(), s, mine.Session, old, password)
		}
		d.wantKind(change("not the old one at all", "another good password"), standfirst.Invalid)
		d.wantKind(change(good, "short"), standfirst.Invalid)
		d.must(change(good, "another good password"))
		if !d.signedIn(mine.Token) || d.signedIn(other.Token) {
			t.Error("the other sessions go on, or this one does not")
		}
		_, err := d.SignIn(t.Context(), jane, good, here)
		d.wantKind(err, standfirst.Unauthenticated)
		d.signIn(jane, "another good password")
	})
}

// during runs fn while another call waits for its turn to hash a password, and returns what
// that call came to.
func (d *deskFixture) during(call func() error, fn func()) error {
	d.t.Helper()
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	before := len(waiting)
	ended := make(chan error, 1)
	go func() { ended <- call() }()
	for len(waiting) == before {
		runtime.Gosched()
	}
	fn()
	for range cap(hashing) {
		<-hashing
	}
	return <-ended
}

// TestChangedMeanwhile holds that a password which is being looked at while it is changed,
// or while access is revoked, opens nothing.
func TestChangedMeanwhile(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire("adam@ledger.example", standfirst.Administrator)
		s := d.hire(jane, standfirst.Reporter)
		reset := func() {
			d.must(d.store.Update(t.Context(), func(tx *store.Tx) error { return setPassword(tx, standfirst.Command(), s, cheap.decoy(), 0) }))
		}
		signIn := func() error { _, err := d.SignIn(t.Context(), jane, good, here); return err }
		again := func() { d.must(d.SetPassword(t.Context(), standfirst.Command(), jane, good)) }

		d.wantKind(d.during(signIn, reset), standfirst.Unauthenticated)
		again()
		d.wantKind(d.during(signIn, func() { d.must(d.Revoke(t.Context(), standfirst.Command(), jane)) }), standfirst.Unauthenticated)
		d.must(d.Restore(t.Context(), standfirst.Command(), jane))
		in := d.signIn(jane, good)
		change := func() error { return d.ChangePassword(t.Context(), s, in.Session, good, "another "+good) }
		d.wantKind(d.during(change, func() { d.must(d.EndSession(t.Context(), s.Actor(), in.Session.ID)) }), standfirst.Unauthenticated)
		in = d.signIn(jane, good)
		d.wantKind(d.during(change, reset), standfirst.Unauthenticated)
	})
}

// TestRenewedCost holds that a password is stored at the cost of today when its owner comes.
func TestRenewedCost(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		d.cost = cost{memory: 128, passes: 2, threads: 1}
		for range 2 {
			d.signIn(jane, good)
			d.must(d.store.View(t.Context(), func(tx *store.ReadTx) error {
				phc, err := tx.StaffPassword(1)
				if !strings.Contains(phc, "m=128,t=2,p=1") {
					t.Errorf("the password is stored as %s", phc)
				}
				return err
			}))
		}
	})
}

// TestPasswordsEndLinks holds that a link which leaked is no good once a password was set,
// and that nothing is left when everybody is signed out.
func TestPasswordsEndLinks(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		link, _, err := d.Link(t.Context(), standfirst.Command(), jane)
		d.must(err)
		d.must(d.SetPassword(t.Context(), standfirst.Command(), jane, good))
		_, err = d.LinkFor(t.Context(), link)
		d.wantKind(err, standfirst.NotFound)

		token := d.signIn(jane, good).Token
		link, _, err = d.Link(t.Context(), standfirst.Command(), jane)
		d.must(err)
		d.wantKind(d.SignOutEverybody(t.Context(), standfirst.Actor{Kind: standfirst.ActorStaff, ID: 1, Role: standfirst.Editor}), standfirst.Forbidden)
		d.must(d.SignOutEverybody(t.Context(), standfirst.Command()))
		_, err = d.LinkFor(t.Context(), link)
		d.wantKind(err, standfirst.NotFound)
		if d.signedIn(token) {
			t.Error("a session is left")
		}
	})
}
