package store

import (
	"encoding/json"
	"time"

	"standfirst"
)

// TokenByDigest returns the token of a program whose digest it is, over or not.
func (tx *ReadTx) TokenByDigest(digest string) (standfirst.Token, error) {
	t, err := one(tx, scanToken, "TokenByDigest", digest)
	return t, missing(err, "there is no such token")
}

// Token returns the token with the number, over or not.
func (tx *ReadTx) Token(id standfirst.TokenID) (standfirst.Token, error) {
	t, err := one(tx, scanToken, "Token", int64(id))
	return t, missing(err, "there is no such token")
}

// Tokens returns the last limit tokens of the member, the newest first.
func (tx *ReadTx) Tokens(staff standfirst.UserID, limit int) ([]standfirst.Token, error) {
	return all(tx, scanToken, "Tokens", int64(staff), int64(limit))
}

// AllTokens returns the last limit tokens of everybody before the one given, or before none
// for zero, the newest first.
func (tx *ReadTx) AllTokens(before standfirst.TokenID, limit int) ([]standfirst.Token, error) {
	return all(tx, scanToken, "AllTokens", beforeID(before), int64(limit))
}

func scanToken(row scanner) (t standfirst.Token, err error) {
	var scopes string
	if err := row.Scan(&t.ID, &t.Staff, &t.Name, &scopes, (*instant)(&t.CreatedAt), (*instant)(&t.ExpiresAt), (*instant)(&t.UsedAt)); err != nil {
		return t, err
	}
	var list []standfirst.Scope
	if err := json.Unmarshal([]byte(scopes), &list); err != nil {
		return t, err
	}
	t.Scopes, err = standfirst.ScopesOf(list...)
	return t, err
}

// InsertToken stores a new token under its digest.
func (tx *Tx) InsertToken(digest string, t standfirst.Token) (standfirst.TokenID, error) {
	scopes, err := json.Marshal(t.Scopes.List())
	if err != nil {
		return 0, err
	}
	return one(&tx.ReadTx, scanID[standfirst.TokenID], "InsertToken", digest, int64(t.Staff), t.Name, string(scopes), toMicros(t.CreatedAt), toMicros(t.ExpiresAt))
}

// UseToken notes when the token was used.
func (tx *Tx) UseToken(id standfirst.TokenID, at time.Time) error {
	_, err := tx.exec("UseToken", toMicros(at), int64(id))
	return err
}

// DeleteToken forgets the token. It returns a NotFound error if there is none.
func (tx *Tx) DeleteToken(id standfirst.TokenID) error {
	n, err := tx.exec("DeleteToken", int64(id))
	if err == nil && n == 0 {
		err = standfirst.Errorf(standfirst.NotFound, "there is no such token")
	}
	return err
}

// DeleteTokens forgets every token of the member.
func (tx *Tx) DeleteTokens(staff standfirst.UserID) error {
	_, err := tx.exec("DeleteTokens", int64(staff))
	return err
}

// DeleteExpiredTokens forgets the tokens that were over at the time.
func (tx *Tx) DeleteExpiredTokens(at time.Time) error {
	_, err := tx.exec("DeleteExpiredTokens", toMicros(at))
	return err
}
