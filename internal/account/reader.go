package account

import (
	"context"
	"embed"
	"log/slog"
	"net/url"
	"strings"
	"text/template"
	"time"
	"unicode"

	"standfirst"
	"standfirst/internal/store"
)

const (
	readerLinkLifetime = time.Hour
	// readerSessionIdle is how long the session of a reader lasts that nobody uses.
	readerSessionIdle = 90 * 24 * time.Hour
	// readerSeenEvery is how often a session of a reader that is used is written.
	readerSeenEvery = 12 * time.Hour

	// So many links go to one address, and are asked for from one network, within
	// [AttemptWindow].
	maxLinksTo   = 3
	maxLinksFrom = 30
)

// readerLinkPath is the address, on the site, below which readers sign in by their links.
const readerLinkPath = "/sign-in/"

//go:embed letters/*.txt
var letterFiles embed.FS

var linkLetter = template.Must(template.ParseFS(letterFiles, "letters/link.txt"))

// ReaderRequest is what a reader who wants to sign in says.
type ReaderRequest struct {
	Email   string
	Name    string // under which they write; counts if they are new
	Next    string // where they want to go then: an address of the site, or empty
	BaseURL string // scheme and host of the site, for the link
	From    Origin
}

func (q *ReaderRequest) validate() error {
	q.Email, q.Name = standfirst.CleanEmail(q.Email), strings.TrimSpace(q.Name)
	switch {
	case q.Name == "":
		return standfirst.Errorf(standfirst.Invalid, "a name is needed; it is shown with your comments")
	case len(q.Name) > standfirst.MaxCommentName:
		return standfirst.Errorf(standfirst.Invalid, "the name is too long; %d characters are the most", standfirst.MaxCommentName)
	case strings.ContainsFunc(q.Name, unicode.IsControl):
		return standfirst.Errorf(standfirst.Invalid, "the name has a control character in it")
	case q.BaseURL == "":
		return standfirst.Errorf(standfirst.Unavailable, "nobody can sign in here yet: the address of the site is not set")
	}
	return standfirst.ValidateEmail(q.Email)
}

// SendReaderLink sends a link to the address by which its owner signs in as a reader, once
// and within an hour. Whether the address is known makes no difference. It returns an Invalid
// error that says what to change, and a TooMany one if too many links were asked for from the
// network. If too many went to the address, it sends none and says nothing: that the address
// was used is nobody's business.
func (a *Accounts) SendReaderLink(ctx context.Context, q ReaderRequest) error {
	if err := q.validate(); err != nil {
		return err
	}
	now := a.clock()
	to := subject{"reader links to " + digest(q.Email), maxLinksTo}
	from := subject{"reader links from " + networkOf(q.From.Address, networkBitsOfIPv6), maxLinksFrom}
	refused := func(tx *store.ReadTx) error {
		full, err := reached(tx, now, from)
		if err == nil && full {
			err = standfirst.Errorf(standfirst.TooMany, "too many sign-in links were asked for from your network; wait %d minutes", int(AttemptWindow.Minutes()))
		}
		return err
	}
	if err := a.store.View(ctx, refused); err != nil {
		return err
	}
	token := newToken()
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := refused(&tx.ReadTx); err != nil {
			return err
		}
		full, err := reached(&tx.ReadTx, now, to)
		if err != nil {
			return err
		}
		if err := countAll(tx, now, to, from); err != nil {
			return err
		}
		if full {
			a.log.InfoContext(ctx, "no sign-in link was sent: the address was sent too many", slog.String("from", q.From.Address))
			return nil
		}
		link := store.ReaderLink{Email: q.Email, Name: q.Name, Next: q.Next}
		if err := tx.InsertReaderLink(digest(token), link, now.Add(readerLinkLifetime)); err != nil {
			return err
		}
		return enqueueLink(tx, q, token, now)
	})
}

// enqueueLink enqueues the mail with the link.
func enqueueLink(tx *store.Tx, q ReaderRequest, token string, at time.Time) error {
	pub, err := tx.Publication()
	if err != nil {
		return err
	}
	data := struct{ Publication, Address string }{pub.Name, strings.TrimSuffix(q.BaseURL, "/") + readerLinkPath + url.PathEscape(token)}
	return enqueueMail(tx, q.Email, linkLetter, data, at)
}

// ReaderLink returns what the link with the token is good for, without using it up. It
// returns a NotFound error for one that was used or is too old.
func (a *Accounts) ReaderLink(ctx context.Context, token string) (l store.ReaderLink, err error) {
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		l, err = tx.ReaderLink(digest(token), a.clock())
		return err
	})
	return l, err
}

// ReaderSignedIn is a session of a reader.
type ReaderSignedIn struct {
	Reader    standfirst.Commenter
	Token     string // to be shown again by the browser, and by nobody else
	ExpiresAt time.Time
	Renewed   bool   // it lasts longer from now on
	Next      string // where the reader wanted to go; may be empty
}

// UseReaderLink begins a session for the reader whose address the link proves, and uses up
// every link that was sent to it.
func (a *Accounts) UseReaderLink(ctx context.Context, token string) (in ReaderSignedIn, err error) {
	now, session := a.clock(), newToken()
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		link, err := tx.ReaderLink(digest(token), now)
		if err != nil {
			return err
		}
		if err := tx.DeleteReaderLinks(link.Email); err != nil {
			return err
		}
		id, err := tx.ConfirmCommenter(link.Email, link.Name, now)
		if err != nil {
			return err
		}
		in = ReaderSignedIn{Token: session, ExpiresAt: now.Add(readerSessionIdle), Renewed: true, Next: link.Next}
		if err := tx.InsertReaderSession(digest(session), id, now, in.ExpiresAt); err != nil {
			return err
		}
		in.Reader, err = tx.Commenter(id)
		return err
	})
	return in, err
}

// Reader returns which reader is signed in with the token. It returns an Unauthenticated
// error if nobody is: the session is over, or the reader was erased or forgotten.
func (a *Accounts) Reader(ctx context.Context, token string) (in ReaderSignedIn, err error) {
	if token == "" {
		return in, errSignedOut()
	}
	now := a.clock()
	var session store.ReaderSession
	err = a.store.View(ctx, func(tx *store.ReadTx) error {
		session, err = tx.ReaderSession(digest(token))
		return err
	})
	switch {
	case err != nil && standfirst.KindOf(err) == standfirst.NotFound:
		return in, errSignedOut()
	case err != nil:
		return in, err
	case !session.ExpiresAt.After(now) || session.Reader.Email == "" || session.Reader.ConfirmedAt.IsZero():
		return in, errSignedOut()
	}
	in = ReaderSignedIn{Reader: session.Reader, Token: token, ExpiresAt: session.ExpiresAt}
	if now.Sub(session.SeenAt) < readerSeenEvery {
		return in, nil
	}
	in.ExpiresAt, in.Renewed = now.Add(readerSessionIdle), true
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		return tx.SeeReaderSession(digest(token), in.Reader.ID, now, in.ExpiresAt)
	})
	if err != nil { // the session goes on without
		a.log.WarnContext(ctx, "a reader's session could not be noted as used", slog.Any("error", err))
	}
	return in, nil
}

// EndReaderSession signs a reader out of the session with the token. It is no error if
// nobody is signed in with it.
func (a *Accounts) EndReaderSession(ctx context.Context, token string) error {
	return a.store.Update(ctx, func(tx *store.Tx) error { return tx.DeleteReaderSession(digest(token)) })
}

// EndOtherReaderSessions signs the reader out everywhere but in the session with the token.
func (a *Accounts) EndOtherReaderSessions(ctx context.Context, reader standfirst.ReaderID, keep string) error {
	return a.store.Update(ctx, func(tx *store.Tx) error { return tx.DeleteReaderSessions(reader, digest(keep)) })
}
