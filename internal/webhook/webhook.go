package webhook

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"standfirst"
	"standfirst/internal/outbound"
	"standfirst/internal/store"
)

// Options configure what is told; the zero value is fit for use.
type Options struct {
	Clock  standfirst.Clock // nil means time.Now
	Logger *slog.Logger     // nil means slog.Default
}

// Webhooks tells programs elsewhere what happened. It is safe for concurrent use.
type Webhooks struct {
	store *store.Store
	clock standfirst.Clock
	log   *slog.Logger
	// pauses are those between the attempts of a delivery.
	pauses []time.Duration

	client  atomic.Pointer[outbound.Client]
	baseURL atomic.Pointer[string]
}

// New returns what tells others of the changes of the store, and sees to it that they are
// noted ([Keep]).
func New(st *store.Store, o Options) *Webhooks {
	w := &Webhooks{store: st, clock: o.Clock, log: o.Logger, pauses: threeDays}
	if w.clock == nil {
		w.clock = time.Now
	}
	if w.log == nil {
		w.log = slog.Default()
	}
	w.SetOutbound(outbound.New(ClientOptions()))
	Keep(st)
	return w
}

const (
	answerLimit = 15 * time.Second
	// answerBytes is how much of an answer is read; more tells nobody anything.
	answerBytes = 4096
	// answerKept is how many bytes of it the log has.
	answerKept = 300
)

// ClientOptions returns the options of a client for webhooks. Whoever makes one adds the
// version and the networks that are allowed.
func ClientOptions() outbound.Options {
	return outbound.Options{Timeout: answerLimit, MaxBytes: answerBytes, NoRedirects: true, CutOff: true}
}

// SetOutbound sets by which client others are asked.
func (w *Webhooks) SetOutbound(c *outbound.Client) { w.client.Store(c) }

// SetBaseURL sets the base address of the site, if it is not the one in the settings.
func (w *Webhooks) SetBaseURL(base string) { w.baseURL.Store(&base) }

// base returns the base address of the site; empty if nobody has said what it is.
func (w *Webhooks) base(pub standfirst.Publication) string {
	if base := w.baseURL.Load(); base != nil && *base != "" {
		return strings.TrimSuffix(*base, "/")
	}
	return strings.TrimSuffix(pub.BaseURL, "/")
}

// now returns the time to the microsecond, as it is stored.
func (w *Webhooks) now() time.Time { return w.clock().UTC().Truncate(time.Microsecond) }

func (w *Webhooks) update(ctx context.Context, operation string, fn func(*store.Tx) error) error {
	if err := w.store.Update(ctx, fn); err != nil {
		return fmt.Errorf("webhook: %s: %w", operation, err)
	}
	return nil
}

func (w *Webhooks) view(ctx context.Context, operation string, fn func(*store.ReadTx) error) error {
	if err := w.store.View(ctx, fn); err != nil {
		return fmt.Errorf("webhook: %s: %w", operation, err)
	}
	return nil
}

// audit leaves the row that says who did what to the webhook.
func (w *Webhooks) audit(tx *store.Tx, actor standfirst.Actor, action string, hook standfirst.Webhook) error {
	return tx.Audit(standfirst.AuditEntry{At: w.now(), Actor: actor, Action: action, Object: "webhook:" + hook.ID.String(), Detail: Host(hook.Address)})
}
