package account

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// cheap makes hashing in tests fast.
var cheap = cost{memory: 64, passes: 1, threads: 1}

const (
	jane = "jane@ledger.example"
	good = "four quiet harbour cranes"
)

var here = Origin{Address: "192.0.2.7", Agent: "A browser"}

// deskFixture is the accounts of a newsroom with a clock of its own.
type deskFixture struct {
	*Accounts
	t   *testing.T
	now time.Time
}

// onEach runs the test on both engines.
func onEach(t *testing.T, test func(d *deskFixture)) {
	for name, open := range map[string]func(*testing.T) *store.Store{
		"SQLite":   func(t *testing.T) *store.Store { return storetest.Open(t) },
		"Postgres": func(t *testing.T) *store.Store { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			d := &deskFixture{t: t, now: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)}
			d.Accounts = New(open(t), Options{Clock: func() time.Time { return d.now }})
			d.cost = cheap
			test(d)
		})
	}
}

func (d *deskFixture) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *deskFixture) wantKind(err error, kind standfirst.ErrorKind) {
	d.t.Helper()
	if err == nil || standfirst.KindOf(err) != kind {
		d.t.Errorf("got the error %v, want one of kind %d", err, kind)
	}
}

// hire puts somebody on the staff with the password [good].
func (d *deskFixture) hire(email string, role standfirst.Role) standfirst.Staff {
	d.t.Helper()
	s, err := d.Add(d.t.Context(), standfirst.Command(), standfirst.Staff{Email: email, Name: "Jane Roe", Role: role})
	d.must(err)
	d.must(d.SetPassword(d.t.Context(), standfirst.Command(), email, good))
	return s
}

func (d *deskFixture) signIn(email, password string) SignedIn {
	d.t.Helper()
	in, err := d.SignIn(d.t.Context(), email, password, here)
	d.must(err)
	return in
}

// signedIn reports whether the token is that of a session.
func (d *deskFixture) signedIn(token string) bool {
	d.t.Helper()
	_, _, err := d.Session(d.t.Context(), token)
	if err != nil {
		d.wantKind(err, standfirst.Unauthenticated)
	}
	return err == nil
}

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

func TestSessionsEnd(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Editor)
		idle, used := d.signIn(jane, good).Token, d.signIn(jane, good).Token
		for range 13 {
			d.now = d.now.Add(24 * time.Hour)
			if !d.signedIn(used) {
				t.Fatal("a session that is used every day is over")
			}
		}
		d.now = d.now.Add(24 * time.Hour)
		if d.signedIn(idle) || !d.signedIn(used) {
			t.Error("a session that nobody used for two weeks goes on, or one that was used is over")
		}
		for range 75 {
			d.now = d.now.Add(24 * time.Hour)
			d.signedIn(used)
		}
		if !d.signedIn(used) {
			t.Error("a session is over before its longest time")
		}
		d.now = d.now.Add(24 * time.Hour)
		if d.signedIn(used) {
			t.Error("a session lasts longer than it may")
		}
		d.must(d.PruneJob(t.Context(), standfirst.Job{}))
		sessions, err := d.Sessions(t.Context(), standfirst.Staff{ID: 1}.Actor())
		d.must(err)
		if len(sessions) != 0 {
			t.Errorf("%d sessions are left", len(sessions))
		}
	})
}

func TestEndingSessions(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		s := d.hire(jane, standfirst.Editor)
		adam := d.hire("adam@ledger.example", standfirst.Editor)
		first, second, third := d.signIn(jane, good), d.signIn(jane, good), d.signIn(jane, good)
		d.wantKind(d.EndSession(t.Context(), adam.Actor(), first.Session.ID), standfirst.NotFound)
		d.must(d.EndSession(t.Context(), s.Actor(), first.Session.ID))
		if d.signedIn(first.Token) || !d.signedIn(second.Token) {
			t.Error("not the session that was ended is over")
		}
		d.must(d.EndOtherSessions(t.Context(), s.Actor(), third.Session.ID))
		if d.signedIn(second.Token) || !d.signedIn(third.Token) {
			t.Error("not the other sessions are over")
		}
	})
}

func TestRevoke(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Administrator)
		d.wantKind(d.Revoke(t.Context(), standfirst.Command(), jane), standfirst.Conflict)
		d.wantKind(d.SetRole(t.Context(), standfirst.Command(), jane, standfirst.Editor), standfirst.Conflict)
		adam := d.hire("adam@ledger.example", standfirst.Administrator)
		token := d.signIn(jane, good).Token
		link, _, err := d.Link(t.Context(), adam.Actor(), jane)
		d.must(err)
		d.must(d.Revoke(t.Context(), adam.Actor(), jane))
		if d.signedIn(token) {
			t.Error("a session goes on after access was revoked")
		}
		_, err = d.SignIn(t.Context(), jane, good, here)
		d.wantKind(err, standfirst.Unauthenticated)
		_, err = d.UseLink(t.Context(), link, good, here)
		d.wantKind(err, standfirst.NotFound)
		_, _, err = d.Link(t.Context(), adam.Actor(), jane)
		d.wantKind(err, standfirst.Conflict)
		d.must(d.Restore(t.Context(), adam.Actor(), jane))
		d.signIn(jane, good)
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

// TestWhoMayManage holds the permissions row by row.
func TestWhoMayManage(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		for _, role := range append([]standfirst.Role{"", standfirst.Reader}, standfirst.StaffRoles...) {
			actor := standfirst.Actor{Kind: standfirst.ActorStaff, ID: 99, Role: role}
			want := role.Can(standfirst.ManageStaff)
			for name, do := range map[string]func() error{
				"add": func() error {
					_, err := d.Add(t.Context(), actor, standfirst.Staff{Email: string(role) + "@ledger.example", Name: "N", Role: standfirst.Moderator})
					return err
				},
				"list":     func() error { _, err := d.List(t.Context(), actor, "", 9); return err },
				"role":     func() error { return d.SetRole(t.Context(), actor, jane, standfirst.Reporter) },
				"link":     func() error { _, _, err := d.Link(t.Context(), actor, jane); return err },
				"password": func() error { return d.SetPassword(t.Context(), actor, jane, good) },
				"revoke":   func() error { return d.Revoke(t.Context(), actor, jane) },
				"restore":  func() error { return d.Restore(t.Context(), actor, jane) },
			} {
				err := do()
				if want && err != nil {
					t.Errorf("%s may not %s: %v", role, name, err)
				}
				if !want {
					d.wantKind(err, standfirst.Forbidden)
				}
			}
		}
	})
}

func TestAddRefuses(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		for name, s := range map[string]standfirst.Staff{
			"no address":        {Name: "N", Role: standfirst.Editor},
			"no mailbox":        {Email: "jane", Name: "N", Role: standfirst.Editor},
			"no domain":         {Email: "jane@", Name: "N", Role: standfirst.Editor},
			"an empty label":    {Email: "jane@a..b", Name: "N", Role: standfirst.Editor},
			"a header":          {Email: "jane@ledger.example\r\nBcc: all@x.example", Name: "N", Role: standfirst.Editor},
			"a long address":    {Email: strings.Repeat("a", 250) + "@b.example", Name: "N", Role: standfirst.Editor},
			"no name":           {Email: "a@b.example", Role: standfirst.Editor},
			"a long name":       {Email: "a@b.example", Name: strings.Repeat("n", standfirst.MaxName+1), Role: standfirst.Editor},
			"a line in a name":  {Email: "a@b.example", Name: "N\nM", Role: standfirst.Editor},
			"a role of readers": {Email: "a@b.example", Name: "N", Role: standfirst.Reader},
		} {
			_, err := d.Add(t.Context(), standfirst.Command(), s)
			if err == nil || standfirst.KindOf(err) != standfirst.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := d.Add(t.Context(), standfirst.Command(), standfirst.Staff{Email: "JANE@ledger.example", Name: "N", Role: standfirst.Editor})
		d.wantKind(err, standfirst.Conflict)
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

// TestSessionsAreOfTheStaff holds that a reader or token of the same number has none.
func TestSessionsAreOfTheStaff(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		s := d.hire(jane, standfirst.Reporter)
		in := d.signIn(jane, good)
		reader := standfirst.Actor{Kind: standfirst.ActorReader, ID: s.ID, Role: standfirst.Administrator}
		_, err := d.Sessions(t.Context(), reader)
		d.wantKind(err, standfirst.Forbidden)
		d.wantKind(d.EndSession(t.Context(), reader, in.Session.ID), standfirst.Forbidden)
		d.wantKind(d.EndOtherSessions(t.Context(), reader, 0), standfirst.Forbidden)
		if !d.signedIn(in.Token) {
			t.Error("the session is over")
		}
	})
}
