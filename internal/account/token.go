package account

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	// tokenPrefix begins every token, so that people and scanners know one where it should
	// not be.
	tokenPrefix = "standfirst_"

	maxTokens     = 20                  // of one member
	maxBadTokens  = 60                  // from one network, within [AttemptWindow]
	usedEvery     = time.Hour           // how often a token that is used is written
	keepOverToken = 30 * 24 * time.Hour // for how long one that is over is listed
)

// MakeToken makes a token of the member, who shows the password, and returns what programs
// show: it is not stored, and cannot be told again. It returns an Invalid error for a scope
// that the member's role does not have, and a Conflict one if there are too many tokens.
func (a *Accounts) MakeToken(ctx context.Context, s standfirst.Staff, session standfirst.Session, password string, t standfirst.Token, days int) (secret string, made standfirst.Token, err error) {
	t.Staff, t.Name, t.CreatedAt = s.ID, strings.TrimSpace(t.Name), a.clock()
	t.ExpiresAt = t.CreatedAt.Add(time.Duration(days) * 24 * time.Hour)
	if days < 1 || days > standfirst.MaxTokenDays { // before so many days overflow
		t.ExpiresAt = t.CreatedAt
	}
	if err := t.Validate(); err != nil {
		return "", t, err
	}
	secret = tokenPrefix + newToken()
	err = a.proved(ctx, s, session, password, func(tx *store.Tx, s standfirst.Staff) error {
		if foreign := t.Scopes &^ standfirst.ScopesFor(s.Role); foreign != 0 {
			return standfirst.Errorf(standfirst.Invalid, "your role does not have what the token should do: %s", foreign)
		}
		tokens, err := tx.Tokens(s.ID, maxTokens)
		if err != nil {
			return err
		}
		if len(tokens) >= maxTokens {
			return standfirst.Errorf(standfirst.Invalid, "%d tokens are the most; revoke one first", maxTokens)
		}
		if t.ID, err = tx.InsertToken(digest(secret), t); err != nil {
			return err
		}
		return audit(tx, s.Actor(), "make a token", s.ID, t.Name+": "+t.Scopes.String())
	})
	return secret, t, err
}

// Tokens returns the tokens of the one who acts, the newest first.
func (a *Accounts) Tokens(ctx context.Context, actor standfirst.Actor) (list []standfirst.Token, err error) {
	if err := requireStaff(actor); err != nil {
		return nil, err
	}
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		list, err = tx.Tokens(actor.ID, maxTokens)
		return err
	})
	return list, err
}

// OwnedToken is a token and whose it is.
type OwnedToken struct {
	standfirst.Token
	Owner standfirst.Staff
}

// AllTokens returns the last limit tokens of everybody before the one given, or before none
// for zero, the newest first, for an actor who manages the staff.
func (a *Accounts) AllTokens(ctx context.Context, actor standfirst.Actor, before standfirst.TokenID, limit int) (list []OwnedToken, err error) {
	if err := actor.Require(standfirst.ManageStaff); err != nil {
		return nil, err
	}
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		tokens, err := tx.AllTokens(before, limit)
		if err != nil {
			return err
		}
		list = make([]OwnedToken, len(tokens))
		for i, t := range tokens {
			list[i].Token = t
			if list[i].Owner, err = tx.Staff(t.Staff); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// RevokeToken ends a token: its owner's doing, or that of whoever manages the staff. To
// everybody else there is no such token.
func (a *Accounts) RevokeToken(ctx context.Context, actor standfirst.Actor, id standfirst.TokenID) error {
	manages := actor.Can(standfirst.ManageStaff)
	if !manages {
		if err := requireStaff(actor); err != nil {
			return err
		}
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		t, err := tx.Token(id)
		if err == nil && !manages && t.Staff != actor.ID {
			err = standfirst.Errorf(standfirst.NotFound, "there is no such token")
		}
		if err != nil {
			return err
		}
		if err := tx.DeleteToken(id); err != nil {
			return err
		}
		return audit(tx, actor, "revoke a token", t.Staff, t.Name)
	})
}

// Token returns who acts when a program shows the token from there, and what is known of
// the token. It returns an Unauthenticated error for one that is not good: it is unknown or
// over, or its owner's access was revoked; and a TooMany one where too many of those came
// from one network.
func (a *Accounts) Token(ctx context.Context, bearer string, from Origin) (actor standfirst.Actor, t OwnedToken, err error) {
	now := a.clock()
	bad := subject{"tokens from " + networkOf(from.Address, networkBitsOfIPv6), maxBadTokens}
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		if t.Token, err = tx.TokenByDigest(digest(bearer)); err == nil {
			t.Owner, err = tx.Staff(t.Staff)
		}
		if err == nil && t.Owner.Active() && t.ExpiresAt.After(now) {
			return nil
		}
		if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		full, err := reached(tx, now, bad)
		if err == nil && full {
			return standfirst.Errorf(standfirst.TooMany, "there were too many tokens that are not good; wait %d minutes", int(AttemptWindow.Minutes()))
		}
		if err == nil {
			err = errToken()
		}
		return err
	})
	if standfirst.KindOf(err) == standfirst.Unauthenticated {
		a.log.InfoContext(ctx, "a token was refused", slog.String("from", from.Address))
		if err := a.store.Update(ctx, func(tx *store.Tx) error { return countAll(tx, now, bad) }); err != nil {
			return actor, OwnedToken{}, err
		}
	}
	if err != nil {
		return actor, OwnedToken{}, err
	}
	if now.Sub(t.UsedAt) >= usedEvery {
		t.UsedAt = now
		if err := a.store.Update(ctx, func(tx *store.Tx) error { return tx.UseToken(t.ID, now) }); err != nil { // it is good all the same
			a.log.WarnContext(ctx, "a token could not be noted as used", slog.Any("error", err))
		}
	}
	return t.Actor(t.Owner), t, nil
}

// errToken is the one answer to every token that is not good.
func errToken() error {
	return standfirst.Errorf(standfirst.Unauthenticated, "this token is not good: it is unknown, over or revoked")
}
