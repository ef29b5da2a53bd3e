package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"log/slog"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	// sessionIdle is how long a session lasts that nobody uses, and sessionLongest how
	// long one lasts however much it is used.
	sessionIdle    = 14 * 24 * time.Hour
	sessionLongest = 90 * 24 * time.Hour
	// seenEvery is how often a session that is used is written.
	seenEvery = 5 * time.Minute

	maxAgent    = 200 // bytes of what a browser calls itself
	maxSessions = 50  // that are listed
)

// Origin is where somebody signs in from.
type Origin struct {
	Address string // of the client, without a port
	Agent   string // what the browser calls itself
}

// SignedIn is a session that has just begun, or the step that it waits for.
type SignedIn struct {
	Staff     standfirst.Staff
	Session   standfirst.Session
	Token     string // to be shown again by the browser, and by nobody else
	ExpiresAt time.Time
	Step      *Step // what is asked for before there is a session; nil where there is one
}

// newToken returns a token that cannot be guessed. Only its digest is stored.
func newToken() string {
	return base64.RawURLEncoding.EncodeToString(random(32))
}

// digest returns what is stored of a token. Tokens have 256 bits by chance, so that no
// salt is needed.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// beginSession stores a new session of the member.
func (a *Accounts) beginSession(tx *store.Tx, s standfirst.Staff, token string, from Origin) (SignedIn, error) {
	now := a.clock()
	session := standfirst.Session{
		Staff: s.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(sessionIdle),
		Address: from.Address, Agent: shortAgent(from.Agent),
	}
	var err error
	session.ID, err = tx.InsertSession(digest(token), session)
	return SignedIn{Staff: s, Session: session, Token: token, ExpiresAt: now.Add(sessionLongest)}, err
}

// shortAgent returns what the browser calls itself as it is stored: it is foreign text.
func shortAgent(agent string) string {
	agent = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(agent, ""))
	if len(agent) > maxAgent {
		agent = strings.ToValidUTF8(agent[:maxAgent], "")
	}
	return agent
}

// Session returns who is signed in with the token, and the session. It returns an
// Unauthenticated error if nobody is: the session is over, or access was revoked.
func (a *Accounts) Session(ctx context.Context, token string) (s standfirst.Staff, session standfirst.Session, err error) {
	if token == "" {
		return s, session, errSignedOut()
	}
	now := a.clock()
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		session, err = tx.SessionByToken(digest(token))
		if err == nil {
			s, err = tx.Staff(session.Staff)
		}
		return err
	})
	switch {
	case err != nil && standfirst.KindOf(err) == standfirst.NotFound:
		return s, session, errSignedOut()
	case err != nil:
		return s, session, err
	case !s.Active() || !session.ExpiresAt.After(now) || !session.CreatedAt.Add(sessionLongest).After(now):
		return s, session, errSignedOut()
	}
	if now.Sub(session.SeenAt) >= seenEvery {
		session.SeenAt = now
		session.ExpiresAt = earlier(now.Add(sessionIdle), session.CreatedAt.Add(sessionLongest))
		err = a.store.Update(ctx, func(tx *store.Tx) error {
			return tx.SeeSession(session.ID, session.SeenAt, session.ExpiresAt)
		})
		if err != nil { // the session goes on without
			a.log.WarnContext(ctx, "a session could not be noted as used", slog.Any("error", err))
		}
	}
	return s, session, nil
}

// errSignedOut is the answer to whoever must sign in first.
func errSignedOut() error { return standfirst.Errorf(standfirst.Unauthenticated, "sign in first") }

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// requireStaff returns an error unless the actor is a member of the staff: the sessions here
// are theirs alone.
func requireStaff(actor standfirst.Actor) error {
	if actor.Kind != standfirst.ActorStaff {
		return standfirst.Errorf(standfirst.Forbidden, "only a member of the staff has sessions")
	}
	return nil
}

// Sessions returns the sessions of the one who acts, the one seen last first.
func (a *Accounts) Sessions(ctx context.Context, actor standfirst.Actor) (list []standfirst.Session, err error) {
	if err := requireStaff(actor); err != nil {
		return nil, err
	}
	now := a.clock()
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		list, err = tx.Sessions(actor.ID, maxSessions)
		return err
	})
	open := list[:0]
	for _, s := range list {
		if s.ExpiresAt.After(now) {
			open = append(open, s)
		}
	}
	return open, err
}

// EndSession signs the one who acts out of one of their sessions.
func (a *Accounts) EndSession(ctx context.Context, actor standfirst.Actor, id standfirst.SessionID) error {
	if err := requireStaff(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.DeleteSession(actor.ID, id); err != nil {
			return err
		}
		return audit(tx, actor, "sign out", actor.ID, "")
	})
}

// EndOtherSessions signs the one who acts out everywhere but in the session to keep.
func (a *Accounts) EndOtherSessions(ctx context.Context, actor standfirst.Actor, keep standfirst.SessionID) error {
	if err := requireStaff(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.DeleteSessions(actor.ID, keep); err != nil {
			return err
		}
		return audit(tx, actor, "sign out everywhere else", actor.ID, "")
	})
}
