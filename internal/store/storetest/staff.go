package storetest

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// hire puts somebody on the staff.
func hire(t *testing.T, s *store.Store, email string, role standfirst.Role) (id standfirst.UserID) {
	t.Helper()
	update(t, s, func(tx *store.Tx) (err error) {
		id, err = tx.InsertStaff(standfirst.Staff{Email: email, Name: "Jane Roe", Role: role})
		return err
	})
	return id
}

func testStaff(t *testing.T, s *store.Store) {
	jane := hire(t, s, "jane@ledger.example", standfirst.Administrator)
	adam := hire(t, s, "adam@ledger.example", standfirst.Reporter)
	wantKind(t, s.Update(t.Context(), func(tx *store.Tx) error {
		_, err := tx.InsertStaff(standfirst.Staff{Email: "jane@ledger.example", Name: "Another", Role: standfirst.Editor})
		return err
	}), standfirst.Conflict)
	got := read(t, s, func(tx *store.ReadTx) (standfirst.Staff, error) { return tx.StaffByEmail("jane@ledger.example") })
	want := standfirst.Staff{ID: jane, Email: "jane@ledger.example", Name: "Jane Roe", Role: standfirst.Administrator, CreatedAt: got.CreatedAt}
	wantSame(t, want, got, nil)
	if got.CreatedAt.IsZero() || got.Password {
		t.Errorf("a new member is %+v", got)
	}
	for _, missing := range []func(tx *store.ReadTx) error{
		func(tx *store.ReadTx) error { _, err := tx.Staff(jane + adam + 1); return err },
		func(tx *store.ReadTx) error { _, err := tx.StaffByEmail("nobody@ledger.example"); return err },
		func(tx *store.ReadTx) error { _, err := tx.StaffPassword(jane + adam + 1); return err },
	} {
		wantKind(t, s.View(t.Context(), missing), standfirst.NotFound)
	}
	list := read(t, s, func(tx *store.ReadTx) ([]standfirst.Staff, error) { return tx.StaffList("adam@ledger.example", 5) })
	wantSame(t, []standfirst.Staff{want}, list, nil)

	other := func(id standfirst.UserID) bool {
		return read(t, s, func(tx *store.ReadTx) (bool, error) { return tx.HasOtherAdministrator(id) })
	}
	if other(jane) || !other(adam) {
		t.Error("the only administrator is not told from others")
	}
	update(t, s, func(tx *store.Tx) error {
		if err := tx.SetStaffRole(adam, standfirst.Administrator); err != nil {
			return err
		}
		if err := tx.SetStaffPassword(adam, "phc"); err != nil {
			return err
		}
		return tx.SetStaffRevoked(jane, noon)
	})
	if other(adam) {
		t.Error("an administrator whose access was revoked counts")
	}
	got = read(t, s, func(tx *store.ReadTx) (standfirst.Staff, error) { return tx.Staff(jane) })
	wantSame(t, noon, got.RevokedAt, nil)
	got = read(t, s, func(tx *store.ReadTx) (standfirst.Staff, error) { return tx.Staff(adam) })
	if got.Role != standfirst.Administrator || !got.Password || !got.Active() {
		t.Errorf("the changed member is %+v", got)
	}
	wantSame(t, "phc", read(t, s, func(tx *store.ReadTx) (string, error) { return tx.StaffPassword(adam) }), nil)
}

func testSessions(t *testing.T, s *store.Store) {
	jane, adam := hire(t, s, "jane@ledger.example", standfirst.Editor), hire(t, s, "adam@ledger.example", standfirst.Editor)
	begin := func(token string, staff standfirst.UserID, at time.Time) (session standfirst.Session) {
		session = standfirst.Session{Staff: staff, CreatedAt: at, SeenAt: at, ExpiresAt: at.Add(time.Hour), Address: "192.0.2.7", Agent: "A browser"}
		update(t, s, func(tx *store.Tx) (err error) {
			session.ID, err = tx.InsertSession(token, session)
			return err
		})
		return session
	}
	first, second, third := begin("first", jane, noon), begin("second", jane, noon.Add(time.Minute)), begin("third", adam, noon)
	sessions := func(id standfirst.UserID) []standfirst.Session {
		return read(t, s, func(tx *store.ReadTx) ([]standfirst.Session, error) { return tx.Sessions(id, 5) })
	}
	wantSame(t, first, read(t, s, func(tx *store.ReadTx) (standfirst.Session, error) { return tx.SessionByToken("first") }), nil)
	wantSame(t, []standfirst.Session{second, first}, sessions(jane), nil)

	first.SeenAt, first.ExpiresAt = noon.Add(30*time.Minute), noon.Add(2*time.Hour)
	update(t, s, func(tx *store.Tx) error { return tx.SeeSession(first.ID, first.SeenAt, first.ExpiresAt) })
	wantSame(t, []standfirst.Session{first, second}, sessions(jane), nil)

	has := func(staff standfirst.UserID, id standfirst.SessionID) bool {
		return read(t, s, func(tx *store.ReadTx) (bool, error) { return tx.HasSession(staff, id) })
	}
	if !has(jane, first.ID) || has(adam, first.ID) || has(jane, third.ID+99) {
		t.Error("a session is not told from that of another")
	}
	addresses := func(at time.Time) []string {
		return read(t, s, func(tx *store.ReadTx) ([]string, error) { return tx.SessionAddresses("jane@ledger.example", at, 5) })
	}
	wantSame(t, []string{"192.0.2.7", "192.0.2.7"}, addresses(noon), nil)
	wantSame(t, []string{"192.0.2.7"}, addresses(second.ExpiresAt), nil)
	wantSame(t, nil, addresses(first.ExpiresAt), nil)
	wantKind(t, s.Update(t.Context(), func(tx *store.Tx) error { return tx.DeleteSession(adam, first.ID) }), standfirst.NotFound)
	update(t, s, func(tx *store.Tx) error { return tx.DeleteSession(jane, first.ID) })
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.SessionByToken("first"); return err }), standfirst.NotFound)
	fourth := begin("fourth", jane, noon.Add(3*time.Hour))
	update(t, s, func(tx *store.Tx) error { return tx.PruneSessions(second.ExpiresAt, noon) })
	wantSame(t, []standfirst.Session{fourth}, sessions(jane), nil)
	if len(sessions(adam)) != 0 {
		t.Errorf("session %d is over and was not pruned", third.ID)
	}
	fifth := begin("fifth", jane, noon.Add(3*time.Hour))
	update(t, s, func(tx *store.Tx) error { return tx.DeleteSessions(jane, fifth.ID) })
	wantSame(t, []standfirst.Session{fifth}, sessions(jane), nil)
}

func testSignInLinks(t *testing.T, s *store.Store) {
	jane := hire(t, s, "jane@ledger.example", standfirst.Editor)
	good := func(token string, at time.Time) bool {
		err := s.View(t.Context(), func(tx *store.ReadTx) error {
			id, err := tx.SignInLink(token, at)
			if err == nil {
				wantSame(t, jane, id, nil)
			}
			return err
		})
		if err != nil {
			wantKind(t, err, standfirst.NotFound)
		}
		return err == nil
	}
	update(t, s, func(tx *store.Tx) error { return tx.InsertSignInLink("link", jane, noon) })
	if !good("link", noon.Add(-time.Microsecond)) || good("link", noon) || good("other", noon.Add(-time.Hour)) {
		t.Error("a link is not good until its time, and no longer")
	}
	update(t, s, func(tx *store.Tx) error { return tx.DeleteSignInLinks(jane) })
	if good("link", noon.Add(-time.Hour)) {
		t.Error("a deleted link is good")
	}
}

func testAttempts(t *testing.T, s *store.Store) {
	count := func(at time.Time) int {
		window := at.Add(-time.Hour)
		update(t, s, func(tx *store.Tx) error { return tx.CountAttempt("account", at, window) })
		return read(t, s, func(tx *store.ReadTx) (int, error) { return tx.Attempts("account", window) })
	}
	for i, c := range []struct {
		at   time.Time
		want int
	}{
		{noon, 1}, {noon.Add(time.Minute), 2}, {noon.Add(59 * time.Minute), 3}, {noon.Add(time.Hour), 1}, {noon.Add(61 * time.Minute), 2},
	} {
		if got := count(c.at); got != c.want {
			t.Errorf("attempt %d is number %d of its window, want %d", i, got, c.want)
		}
	}
	update(t, s, func(tx *store.Tx) error { return tx.ForgiveAttempt("account") })
	update(t, s, func(tx *store.Tx) error { return tx.ForgiveAttempt("nobody") })
	if got := count(noon.Add(61 * time.Minute)); got != 2 {
		t.Errorf("after one of two was taken back and one more, %d attempts", got)
	}
	take := func(at time.Time) (full time.Time, taken bool) {
		update(t, s, func(tx *store.Tx) (err error) {
			full, taken, err = tx.TakeAttempt("comment", 2, at, at.Add(-time.Minute))
			return err
		})
		return full, taken
	}
	for second, want := range []bool{true, true, false, false} {
		full, taken := take(noon.Add(time.Duration(second) * time.Second))
		if taken != want || !taken && !full.Equal(noon) {
			t.Errorf("taken after %d s is %v, in a window that began at %v", second, taken, full)
		}
	}
	if _, taken := take(noon.Add(time.Minute)); !taken {
		t.Error("a new window takes nothing")
	}
	update(t, s, func(tx *store.Tx) error { return tx.ForgetAttempts("account") })
	if got := count(noon.Add(62 * time.Minute)); got != 1 {
		t.Errorf("after forgetting, %d attempts", got)
	}
}

func testEverySession(t *testing.T, s *store.Store) {
	jane := hire(t, s, "jane@ledger.example", standfirst.Editor)
	update(t, s, func(tx *store.Tx) error {
		if _, err := tx.InsertSession("token", standfirst.Session{Staff: jane, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}); err != nil {
			return err
		}
		if err := tx.InsertSignInLink("link", jane, noon.Add(time.Hour)); err != nil {
			return err
		}
		return tx.CountAttempt("account", noon, noon.Add(-time.Hour))
	})
	update(t, s, func(tx *store.Tx) error { return tx.DeleteEverySession() })
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.SessionByToken("token"); return err }), standfirst.NotFound)
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.SignInLink("link", noon); return err }), standfirst.NotFound)
	wantSame(t, 0, read(t, s, func(tx *store.ReadTx) (int, error) { return tx.Attempts("account", noon.Add(-time.Hour)) }), nil)
}
