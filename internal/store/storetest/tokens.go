package storetest

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

func testTokens(t *testing.T, s *store.Store) {
	jane := hire(t, s, "jane@ledger.example", standfirst.Reporter)
	adam := hire(t, s, "adam@ledger.example", standfirst.Editor)
	scopes, err := standfirst.ScopesOf(standfirst.ScopeFileStories, standfirst.ScopeReadDrafts)
	if err != nil {
		t.Fatal(err)
	}
	var tokens []standfirst.Token
	for i, owner := range []standfirst.UserID{jane, adam, jane} {
		token := standfirst.Token{Staff: owner, Name: "Wire", Scopes: scopes, CreatedAt: noon, ExpiresAt: noon.Add(time.Duration(i+1) * time.Hour)}
		update(t, s, func(tx *store.Tx) (err error) {
			token.ID, err = tx.InsertToken("digest "+string(rune('a'+i)), token)
			return err
		})
		tokens = append(tokens, token)
	}
	update(t, s, func(tx *store.Tx) error { return tx.UseToken(tokens[0].ID, noon.Add(time.Minute)) })
	tokens[0].UsedAt = noon.Add(time.Minute)
	wantSame(t, tokens[0], read(t, s, func(tx *store.ReadTx) (standfirst.Token, error) { return tx.TokenByDigest("digest a") }), nil)
	wantSame(t, tokens[1], read(t, s, func(tx *store.ReadTx) (standfirst.Token, error) { return tx.Token(tokens[1].ID) }), nil)
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.TokenByDigest("digest"); return err }), standfirst.NotFound)
	wantKind(t, s.View(t.Context(), func(tx *store.ReadTx) error { _, err := tx.Token(99); return err }), standfirst.NotFound)
	list := func(query func(*store.ReadTx) ([]standfirst.Token, error)) []standfirst.Token {
		return read(t, s, query)
	}
	wantSame(t, []standfirst.Token{tokens[2], tokens[0]}, list(func(tx *store.ReadTx) ([]standfirst.Token, error) { return tx.Tokens(jane, 10) }), nil)
	wantSame(t, []standfirst.Token{tokens[2], tokens[1]}, list(func(tx *store.ReadTx) ([]standfirst.Token, error) { return tx.AllTokens(0, 2) }), nil)
	wantSame(t, []standfirst.Token{tokens[0]}, list(func(tx *store.ReadTx) ([]standfirst.Token, error) { return tx.AllTokens(tokens[1].ID, 2) }), nil)

	update(t, s, func(tx *store.Tx) error { return tx.DeleteExpiredTokens(noon.Add(time.Hour)) })
	wantSame(t, []standfirst.Token{tokens[2], tokens[1]}, list(func(tx *store.ReadTx) ([]standfirst.Token, error) { return tx.AllTokens(0, 10) }), nil)
	update(t, s, func(tx *store.Tx) error { return tx.DeleteToken(tokens[2].ID) })
	wantKind(t, s.Update(t.Context(), func(tx *store.Tx) error { return tx.DeleteToken(tokens[2].ID) }), standfirst.NotFound)
	update(t, s, func(tx *store.Tx) error { return tx.DeleteTokens(jane) })
	wantSame(t, []standfirst.Token{tokens[1]}, list(func(tx *store.ReadTx) ([]standfirst.Token, error) { return tx.AllTokens(0, 10) }), nil)
	update(t, s, func(tx *store.Tx) error { return tx.DeleteEverySession() })
	wantSame(t, nil, list(func(tx *store.ReadTx) ([]standfirst.Token, error) { return tx.AllTokens(0, 10) }), nil)
}
