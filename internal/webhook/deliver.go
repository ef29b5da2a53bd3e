package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// perRun is how many deliveries one run of the job makes, so that no subject keeps a worker
// for long.
const perRun = 20

// DeliverJob tells a webhook what waits of one subject, the oldest first. What fails is tried
// again after a pause, and what comes after it waits. It is the handler of
// [standfirst.JobDeliverWebhook].
func (w *Webhooks) DeliverJob(ctx context.Context, job standfirst.Job) error {
	var work standfirst.WebhookWork
	if err := json.Unmarshal(job.Payload, &work); err != nil {
		return fmt.Errorf("webhook: read job %d: %w", job.ID, err)
	}
	for range perRun {
		more, err := w.deliverNext(ctx, work)
		if err != nil || !more {
			return err
		}
	}
	return w.update(ctx, "go on", func(tx *store.Tx) error { return again(tx, work, time.Time{}) })
}

// again lets the job that runs run once more at the time.
func again(tx *store.Tx, work standfirst.WebhookWork, at time.Time) error {
	job, err := subjectJob(work.Webhook, work.Subject)
	if err != nil {
		return err
	}
	job.RunAt = at
	_, err = tx.Enqueue(job)
	return err
}

// deliverNext makes the next delivery, and reports whether to go on with the one after it.
func (w *Webhooks) deliverNext(ctx context.Context, work standfirst.WebhookWork) (more bool, err error) {
	var hook standfirst.Webhook
	var next standfirst.Delivery
	var pub standfirst.Publication
	waits := false
	err = w.view(ctx, "read what is to be delivered", func(tx *store.ReadTx) (err error) {
		waits = false
		if hook, err = tx.Webhook(work.Webhook); err != nil {
			if standfirst.KindOf(err) == standfirst.NotFound { // removed meanwhile
				return nil
			}
			return err
		}
		if !hook.Active() {
			return nil
		}
		if next, waits, err = tx.NextDelivery(work.Webhook, work.Subject); err != nil {
			return err
		}
		pub, err = tx.Publication()
		return err
	})
	if err != nil || !waits {
		return false, err
	}
	if next.NextAt.After(w.now()) { // something came after it
		return false, w.update(ctx, "wait", func(tx *store.Tx) error { return again(tx, work, next.NextAt) })
	}
	return w.settle(ctx, work, hook, w.attempt(ctx, hook, next, w.base(pub)))
}

// outcome is how an attempt ended.
type outcome struct {
	delivery standfirst.Delivery
	done     bool
	gone     bool          // the receiver wants nothing any more
	asked    time.Duration // the pause for which the receiver asked
	err      error         // of our own; the attempt does not count
}

// attempt sends the delivery once.
func (w *Webhooks) attempt(ctx context.Context, hook standfirst.Webhook, d standfirst.Delivery, base string) outcome {
	began := w.now()
	d.Attempts, d.TriedAt, d.NextAt, d.Status, d.Answer = d.Attempts+1, began, time.Time{}, 0, ""
	r, err := request(ctx, hook, d, base, began)
	if err != nil {
		return outcome{err: fmt.Errorf("webhook: write delivery %s: %w", d.ID, err)}
	}
	answer, err := w.client.Load().Do(r)
	d.Took = w.now().Sub(began)
	switch {
	case ctx.Err() != nil: // the server stops
		return outcome{err: context.Cause(ctx)}
	case err != nil:
		d.Answer = clip(publicMessage(err))
		return outcome{delivery: d}
	}
	d.Status, d.Answer = answer.Status, clip(string(answer.Body))
	return outcome{
		delivery: d, done: answer.OK(), gone: answer.Status == http.StatusGone,
		asked: retryAfter(answer.Header.Get("Retry-After"), w.now()),
	}
}

// message is what a webhook is sent.
type message struct {
	Type      standfirst.WebhookEvent `json:"type"`
	Timestamp time.Time               `json:"timestamp"`
	Data      json.RawMessage         `json:"data"`
}

// request returns the signed request of a delivery.
func request(ctx context.Context, hook standfirst.Webhook, d standfirst.Delivery, base string, at time.Time) (*http.Request, error) {
	content, err := absolute(d.Data, base)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(message{d.Event, d.CreatedAt.UTC(), content})
	if err != nil {
		return nil, err
	}
	secrets := []string{hook.Secret}
	if hook.FormerSecret != "" && at.Before(hook.FormerUntil) {
		secrets = append(secrets, hook.FormerSecret)
	}
	signature, err := sign(d.Message, at, body, secrets...)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.Address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("webhook-id", d.Message)
	r.Header.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
	r.Header.Set("webhook-signature", signature)
	return r, nil
}

// absolute returns the data with scheme and host before its address.
func absolute(stored json.RawMessage, base string) (json.RawMessage, error) {
	var d data
	if err := json.Unmarshal(stored, &d); err != nil {
		return nil, err
	}
	if d.Address != "" {
		d.Address = base + d.Address
	}
	return json.Marshal(d)
}

// settle writes down how the attempt ended, and reports whether to go on with the next.
func (w *Webhooks) settle(ctx context.Context, work standfirst.WebhookWork, hook standfirst.Webhook, o outcome) (more bool, err error) {
	if o.err != nil {
		return false, o.err
	}
	d := o.delivery
	pause, tryAgain := pauseAfter(w.pauses, d.Attempts, o.asked)
	switch {
	case o.done:
		d.State = standfirst.DeliveryDone
	case o.gone || !tryAgain:
		d.State = standfirst.DeliverySetAside
	default:
		d.NextAt = w.now().Add(pause)
	}
	err = w.update(ctx, "write down delivery "+d.ID.String(), func(tx *store.Tx) error {
		if err := tx.SetDelivery(d); err != nil {
			return err
		}
		switch {
		case o.done:
			return nil
		case o.gone:
			return w.pauseBySystem(tx, hook, standfirst.PausedGone)
		case !tryAgain:
			return w.pauseBySystem(tx, hook, standfirst.PausedFailing)
		}
		return again(tx, work, d.NextAt)
	})
	if err == nil && !o.done {
		w.log.Warn("webhook: not delivered", "webhook", hook.ID.String(), "host", Host(hook.Address), "event", string(d.Event), "attempt", d.Attempts, "status", d.Status, "answer", d.Answer)
	}
	return o.done, err
}

// pauseBySystem pauses a webhook that cannot be told.
func (w *Webhooks) pauseBySystem(tx *store.Tx, hook standfirst.Webhook, why standfirst.WebhookPause) error {
	if err := tx.SetWebhookPaused(hook.ID, why, w.now()); err != nil {
		return err
	}
	return w.audit(tx, standfirst.System(), "webhook.pause", hook)
}

// publicMessage returns what an administrator is told of an error.
func publicMessage(err error) string {
	var e *standfirst.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return "no answer"
}

// clip returns what the log keeps of an answer: its first bytes as text.
func clip(text string) string {
	text = strings.ToValidUTF8(text[:min(len(text), answerKept)], "")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return ' '
		}
		return r
	}, text))
}

// Host returns the host of the address, which is shown where the rest of it may be secret.
func Host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
