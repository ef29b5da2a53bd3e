package storetest

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

func testIdentities(t *testing.T, s *store.Store) {
	const issuer = "https://login.example"
	jane, adam := hire(t, s, "jane@ledger.example", standfirst.Reporter), hire(t, s, "adam@ledger.example", standfirst.Reporter)
	subjectOf := func(id standfirst.UserID, issuer string) error {
		return s.View(t.Context(), func(tx *store.ReadTx) error {
			subject, err := tx.SubjectOf(id, issuer)
			if err == nil && subject != "one" {
				t.Errorf("%d is %q", id, subject)
			}
			return err
		})
	}
	wantKind(t, subjectOf(jane, issuer), standfirst.NotFound)
	for _, put := range []struct {
		who     standfirst.UserID
		subject string
	}{{jane, "one"}, {jane, "one"}, {jane, "two"}, {adam, "one"}} { // the first stays
		update(t, s, func(tx *store.Tx) error { return tx.PutIdentity(put.who, issuer, put.subject, noon) })
	}
	if err := subjectOf(jane, issuer); err != nil {
		t.Error(err)
	}
	wantKind(t, subjectOf(jane, "https://other.example"), standfirst.NotFound)
	wantKind(t, subjectOf(adam, issuer), standfirst.NotFound)
	bySubject := func(tx *store.ReadTx) (standfirst.UserID, error) { return tx.StaffBySubject(issuer, "one") }
	wantSame(t, jane, read(t, s, bySubject), nil)
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.StaffBySubject(issuer, "two"); return err }), standfirst.NotFound)
	update(t, s, func(tx *store.Tx) error { return tx.DeleteFactors(jane) })
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := bySubject(tx); return err }), standfirst.NotFound)
}

func testFactors(t *testing.T, s *store.Store) {
	jane := hire(t, s, "jane@ledger.example", standfirst.Reporter)
	adam := hire(t, s, "adam@ledger.example", standfirst.Reporter)
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.StaffCode(jane); return err }), standfirst.NotFound)
	update(t, s, func(tx *store.Tx) error { return tx.PutStaffCode(jane, "FIRST", noon) })
	update(t, s, func(tx *store.Tx) error { return tx.PutStaffCode(jane, "SECOND", noon) })
	code := func() store.StaffCode {
		return read(t, s, func(tx *store.ReadTx) (store.StaffCode, error) { return tx.StaffCode(jane) })
	}
	wantSame(t, store.StaffCode{Secret: "SECOND"}, code(), nil)
	for _, use := range []struct {
		step  int64
		fresh bool
	}{{7, true}, {7, false}, {6, false}, {8, true}} {
		update(t, s, func(tx *store.Tx) error {
			fresh, err := tx.UseStaffCode(jane, use.step)
			if fresh != use.fresh {
				t.Errorf("the code of step %d is fresh: %v", use.step, fresh)
			}
			return err
		})
	}
	wantSame(t, store.StaffCode{Secret: "SECOND", Confirmed: true, Step: 8}, code(), nil)

	update(t, s, func(tx *store.Tx) error { return tx.PutRecoveryCodes(jane, []string{"old"}) })
	update(t, s, func(tx *store.Tx) error { return tx.PutRecoveryCodes(jane, []string{"a", "b"}) })
	for _, use := range []struct {
		who  standfirst.UserID
		code string
		had  bool
	}{{jane, "old", false}, {adam, "a", false}, {jane, "a", true}, {jane, "a", false}} {
		update(t, s, func(tx *store.Tx) error {
			had, err := tx.UseRecoveryCode(use.who, use.code)
			if had != use.had {
				t.Errorf("%d has the code %s: %v", use.who, use.code, had)
			}
			return err
		})
	}
	if n := read(t, s, func(tx *store.ReadTx) (int, error) { return tx.RecoveryCodes(jane) }); n != 1 {
		t.Errorf("%d codes are left", n)
	}

	key := standfirst.Passkey{Staff: jane, Credential: "credential", Name: "Phone", Data: "{}", CreatedAt: noon}
	update(t, s, func(tx *store.Tx) (err error) { key.ID, err = tx.InsertPasskey(key); return err })
	wantKind(t, s.Update(t.Context(), func(tx *store.Tx) error {
		_, err := tx.InsertPasskey(standfirst.Passkey{Staff: adam, Credential: "credential"})
		return err
	}), standfirst.Conflict)
	key.Data, key.UsedAt = `{"count":1}`, noon.Add(time.Hour)
	update(t, s, func(tx *store.Tx) error { return tx.UsePasskey(key) })
	keys := func() []standfirst.Passkey {
		return read(t, s, func(tx *store.ReadTx) ([]standfirst.Passkey, error) { return tx.Passkeys(jane) })
	}
	wantSame(t, []standfirst.Passkey{key}, keys(), nil)
	wantKind(t, s.Update(t.Context(), func(tx *store.Tx) error { return tx.DeletePasskey(adam, key.ID) }), standfirst.NotFound)

	// What waits is found by its kind and until its time.
	step := store.SignInStep{Kind: "code", Staff: jane, Data: "data"}
	update(t, s, func(tx *store.Tx) error { return tx.InsertSignInStep("token", step, noon) })
	update(t, s, func(tx *store.Tx) error { return tx.InsertSignInStep("nobody's", store.SignInStep{Kind: "code"}, noon) })
	waits := func(token, kind string, at time.Time) (store.SignInStep, error) {
		var got store.SignInStep
		err := s.View(t.Context(), func(tx *store.ReadTx) (err error) { got, err = tx.SignInStep(token, kind, at); return err })
		return got, err
	}
	got, err := waits("token", "code", noon.Add(-time.Second))
	wantSame(t, step, got, err)
	_, err = waits("token", "passkey", noon.Add(-time.Second))
	wantKind(t, err, standfirst.NotFound)
	_, err = waits("token", "code", noon)
	wantKind(t, err, standfirst.NotFound)

	update(t, s, func(tx *store.Tx) error { return tx.DeleteFactors(jane) })
	_, err = waits("token", "code", noon.Add(-time.Second))
	wantKind(t, err, standfirst.NotFound)
	if left := keys(); len(left) != 0 {
		t.Errorf("passkeys are left: %+v", left)
	}
	update(t, s, func(tx *store.Tx) error { return tx.PruneSessions(noon, noon) })
	_, err = waits("nobody's", "code", noon.Add(-time.Second))
	wantKind(t, err, standfirst.NotFound)
}
