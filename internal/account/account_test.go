package account

import (
	"strings"
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

// TestWhoMayManage holds the permissions row by row.
func TestWhoMayManage(t *testing.T) {
	onEachSite(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		for _, role := range append([]standfirst.Role{"", standfirst.Reader}, standfirst.StaffRoles...) {
			actor := standfirst.Actor{Kind: standfirst.ActorStaff, ID: 99, Role: role}
			want := role.Can(standfirst.ManageStaff)
			for name, do := range map[string]func() error{
				"add": func() error {
					_, err := d.Add(t.Context(), actor, standfirst.Staff{Email: string(role) + "@ledger.example", Name: "N", Role: standfirst.Moderator})
					return err
				},
				"list": func() error { _, err := d.List(t.Context(), actor, "", 9); return err },
				"role": func() error { return d.SetRole(t.Context(), actor, jane, standfirst.Reporter) },
				"link": func() error {
					d.must(d.Restore(t.Context(), standfirst.Command(), jane))
					_, _, err := d.Link(t.Context(), actor, jane)
					return err
				},
				"password": func() error { return d.SetPassword(t.Context(), actor, jane, good) },
				"revoke":   func() error { return d.Revoke(t.Context(), actor, jane) },
				"restore":  func() error { return d.Restore(t.Context(), actor, jane) },
				"reset":    func() error { return d.ResetFactors(t.Context(), actor, jane) },
				"audit":    func() error { _, err := d.AuditLog(t.Context(), actor, "", 0, 9); return err },
				"invite": func() error {
					_, err := d.Invite(t.Context(), actor, standfirst.Staff{Email: string(role) + "2@ledger.example", Name: "N", Role: standfirst.Moderator}, "https://ledger.example")
					return err
				},
				"send a link": func() error {
					d.must(d.Restore(t.Context(), standfirst.Command(), jane))
					_, err := d.SendLink(t.Context(), actor, jane, "https://ledger.example")
					return err
				},
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
