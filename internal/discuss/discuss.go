package discuss

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"standfirst"
	"standfirst/internal/outbound"
	"standfirst/internal/search"
	"standfirst/internal/store"
)

// Options configure a [Talk]. The zero value works.
type Options struct {
	Clock  standfirst.Clock // nil means time.Now
	Logger *slog.Logger     // nil means that nothing is logged
}

// Talk has the use cases. It is safe for concurrent use.
type Talk struct {
	store  *store.Store
	clock  standfirst.Clock
	log    *slog.Logger
	pace   *pace
	shared bool // several nodes count together
	places *places
	filter *filter
	secret atomic.Pointer[[]byte]
	base   string    // set by SetBaseURL
	noBase sync.Once // says in the log that there is none

	outbound    *outbound.Client // set by SetOutbound
	outsideSaid atomic.Pointer[time.Time]
}

// New returns the use cases over the store.
func New(st *store.Store, o Options) *Talk {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	t := &Talk{store: st, clock: o.Clock, log: o.Logger, pace: newPace(), shared: st.Engine() == store.Postgres, places: &places{}, filter: &filter{}}
	search.Keep(st)
	st.OnTouch(t.places.touched)
	st.OnTouch(t.filter.touched)
	return t
}

// now returns the time in the precision that the store keeps.
func (t *Talk) now() time.Time { return t.clock().UTC().Truncate(time.Microsecond) }

// update runs fn in one transaction and names the operation in its error.
func (t *Talk) update(ctx context.Context, operation string, fn func(*store.Tx) error) error {
	if err := t.store.Update(ctx, fn); err != nil {
		return fmt.Errorf("discuss: %s: %w", operation, err)
	}
	return nil
}

// secretName is that of the secret from which keys are made.
const secretName = "talk"

// seed returns the secret from which the keys of writers are made. It is made when it is
// first needed, and is the same for every node of a newsroom.
func (t *Talk) seed(ctx context.Context) ([]byte, error) {
	if known := t.secret.Load(); known != nil {
		return *known, nil
	}
	fresh := rand.Text() + rand.Text()
	var kept string
	err := t.update(ctx, "read the secret", func(tx *store.Tx) (err error) {
		kept, err = tx.KeepSecret(secretName, fresh)
		return err
	})
	if err != nil {
		return nil, err
	}
	secret := []byte(kept)
	t.secret.Store(&secret)
	return secret, nil
}

// sign returns the key for the purpose and the number: who has it was given it by us.
func (t *Talk) sign(ctx context.Context, purpose string, id int64) (string, error) {
	seed, err := t.seed(ctx)
	if err != nil {
		return "", err
	}
	return keyOf(seed, purpose, id), nil
}

// keyOf returns the key for the purpose and the number, made from the secret.
func keyOf(seed []byte, purpose string, id int64) string {
	mac := hmac.New(sha256.New, seed)
	mac.Write(fmt.Appendf(nil, "%s %d", purpose, id))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:18])
}

// signed returns a NotFound error unless the key is that for the purpose and the number.
func (t *Talk) signed(ctx context.Context, purpose string, id int64, key string) error {
	want, err := t.sign(ctx, purpose, id)
	if err == nil && !hmac.Equal([]byte(want), []byte(key)) {
		err = standfirst.Errorf(standfirst.NotFound, "there is nothing at this address")
	}
	return err
}

// Key returns the key with which the writer of the comment comes back to it.
func (t *Talk) Key(ctx context.Context, id standfirst.CommentID) (string, error) {
	return t.sign(ctx, "comment", int64(id))
}

// digest returns what is kept in place of texts that are only compared.
func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(fmt.Appendf(nil, "%d:%s", len(p), p))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// commentObject names the comment in the trail.
func commentObject(id standfirst.CommentID) string { return "comment:" + id.String() }
