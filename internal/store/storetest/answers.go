package storetest

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

func testKeptAnswers(t *testing.T, s *store.Store) {
	jane := hire(t, s, "jane@ledger.example", standfirst.Reporter)
	scopes, err := standfirst.ScopesOf(standfirst.ScopeFileStories)
	if err != nil {
		t.Fatal(err)
	}
	var token standfirst.TokenID
	update(t, s, func(tx *store.Tx) (err error) {
		token, err = tx.InsertToken("digest", standfirst.Token{Staff: jane, Name: "Wire", Scopes: scopes, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)})
		return err
	})
	begun := standfirst.KeptAnswer{Token: token, Key: "key", Request: "request", BegunAt: noon, ExpiresAt: noon.Add(time.Hour)}
	find := func(tx *store.ReadTx) (standfirst.KeptAnswer, error) { return tx.KeptAnswer(token, "key") }
	missing := func() {
		t.Helper()
		wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := find(tx); return err }), standfirst.NotFound)
	}
	missing()
	update(t, s, func(tx *store.Tx) error { return tx.InsertKeptAnswer(begun) })
	wantSame(t, begun, read(t, s, find), nil)
	done := begun
	done.Status, done.Header, done.Body = 201, `{"Location":["/here"]}`, `{"id":12}`
	later := done
	later.BegunAt = noon.Add(time.Second)
	update(t, s, func(tx *store.Tx) error { return tx.CompleteKeptAnswer(later) })
	wantSame(t, begun, read(t, s, find), nil)
	update(t, s, func(tx *store.Tx) error { return tx.CompleteKeptAnswer(done) })
	wantSame(t, done, read(t, s, find), nil)
	update(t, s, func(tx *store.Tx) error { return tx.DeleteKeptAnswer(later) })
	update(t, s, func(tx *store.Tx) error { return tx.DeleteExpiredAnswers(noon) })
	wantSame(t, done, read(t, s, find), nil)
	update(t, s, func(tx *store.Tx) error { return tx.DeleteExpiredAnswers(noon.Add(time.Hour)) })
	missing()
	update(t, s, func(tx *store.Tx) error { return tx.InsertKeptAnswer(begun) })
	update(t, s, func(tx *store.Tx) error { return tx.DeleteKeptAnswer(begun) })
	missing()
	update(t, s, func(tx *store.Tx) error { return tx.InsertKeptAnswer(begun) })
	update(t, s, func(tx *store.Tx) error { return tx.DeleteToken(token) }) // its answers go with it
	missing()
}
