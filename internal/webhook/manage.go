package webhook

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

const (
	// maxWebhooks is how many webhooks there may be: each costs a row an event.
	maxWebhooks = 20
	// rotation is for how long the former secret signs beside a new one.
	rotation = 24 * time.Hour
)

// All returns every webhook, the oldest first, without their secrets.
func (w *Webhooks) All(ctx context.Context, actor standfirst.Actor) (list []standfirst.Webhook, err error) {
	if err := actor.Require(standfirst.ManageSettings); err != nil {
		return nil, err
	}
	err = w.view(ctx, "list", func(tx *store.ReadTx) error {
		list, err = tx.Webhooks()
		return err
	})
	for i := range list {
		list[i].Secret, list[i].FormerSecret = "", ""
	}
	return list, err
}

// Log returns the webhook, without its secrets, and up to limit deliveries to it before the
// one given, or before none for zero, the newest first.
func (w *Webhooks) Log(ctx context.Context, actor standfirst.Actor, id standfirst.WebhookID, before standfirst.DeliveryID, limit int) (hook standfirst.Webhook, list []standfirst.Delivery, err error) {
	if err := actor.Require(standfirst.ManageSettings); err != nil {
		return hook, nil, err
	}
	err = w.view(ctx, "read the log", func(tx *store.ReadTx) error {
		if hook, err = tx.Webhook(id); err != nil {
			return err
		}
		list, err = tx.Deliveries(id, before, limit)
		return err
	})
	hook.Secret, hook.FormerSecret = "", ""
	return hook, list, err
}

// Add makes a webhook of the address and the events, and returns it with its secret, which is
// told only now.
func (w *Webhooks) Add(ctx context.Context, actor standfirst.Actor, address string, events []standfirst.WebhookEvent) (standfirst.Webhook, error) {
	if err := actor.Require(standfirst.ManageSettings); err != nil {
		return standfirst.Webhook{}, err
	}
	hook := standfirst.Webhook{Address: strings.TrimSpace(address), Events: slices.Clone(events), Secret: newSecret(), CreatedAt: w.now(), CreatedBy: actor.String()}
	if err := hook.Validate(); err != nil {
		return hook, err
	}
	err := w.update(ctx, "add", func(tx *store.Tx) error {
		all, err := tx.Webhooks()
		if err != nil {
			return err
		}
		if len(all) >= maxWebhooks {
			return standfirst.Errorf(standfirst.Invalid, "%d webhooks are the most; remove one first", maxWebhooks)
		}
		if hook.ID, err = tx.InsertWebhook(hook); err != nil {
			return err
		}
		return w.audit(tx, actor, "webhook.add", hook)
	})
	return hook, err
}

// change does something with a webhook that is there.
func (w *Webhooks) change(ctx context.Context, actor standfirst.Actor, id standfirst.WebhookID, action string, fn func(*store.Tx, standfirst.Webhook) error) error {
	if err := actor.Require(standfirst.ManageSettings); err != nil {
		return err
	}
	return w.update(ctx, action, func(tx *store.Tx) error {
		hook, err := tx.Webhook(id)
		if err != nil {
			return err
		}
		if err := fn(tx, hook); err != nil {
			return err
		}
		return w.audit(tx, actor, action, hook)
	})
}

// Pause lets the webhook be told of nothing until it is resumed: what happens meanwhile it
// is never told of, and what waits goes on waiting.
func (w *Webhooks) Pause(ctx context.Context, actor standfirst.Actor, id standfirst.WebhookID) error {
	return w.change(ctx, actor, id, "webhook.pause", func(tx *store.Tx, hook standfirst.Webhook) error {
		if !hook.Active() {
			return nil
		}
		return tx.SetWebhookPaused(id, standfirst.PausedByHand, w.now())
	})
}

// Resume lets the webhook be told again, first of what waits.
func (w *Webhooks) Resume(ctx context.Context, actor standfirst.Actor, id standfirst.WebhookID) error {
	return w.change(ctx, actor, id, "webhook.resume", func(tx *store.Tx, hook standfirst.Webhook) error {
		if err := tx.SetWebhookPaused(id, "", time.Time{}); err != nil {
			return err
		}
		subjects, err := tx.WaitingSubjects(id)
		if err != nil {
			return err
		}
		for _, subject := range subjects {
			if err := enqueueSubject(tx, id, subject); err != nil {
				return err
			}
		}
		return nil
	})
}

// Rotate gives the webhook a new secret and returns it. The former one signs beside it for a
// day.
func (w *Webhooks) Rotate(ctx context.Context, actor standfirst.Actor, id standfirst.WebhookID) (rotated standfirst.Webhook, err error) {
	secret := newSecret()
	err = w.change(ctx, actor, id, "webhook.rotate", func(tx *store.Tx, hook standfirst.Webhook) error {
		hook.Secret, hook.FormerSecret, hook.FormerUntil = secret, hook.Secret, w.now().Add(rotation)
		rotated = hook
		return tx.SetWebhookSecret(hook)
	})
	return rotated, err
}

// Remove removes the webhook and its log. What waits is not delivered.
func (w *Webhooks) Remove(ctx context.Context, actor standfirst.Actor, id standfirst.WebhookID) error {
	return w.change(ctx, actor, id, "webhook.remove", func(tx *store.Tx, _ standfirst.Webhook) error { return tx.DeleteWebhook(id) })
}

// errPaused is what is answered where a paused webhook should be told of something.
func errPaused() error {
	return standfirst.Errorf(standfirst.Conflict, "the webhook is paused; resume it first")
}

// Test lets the webhook be told of a test.
func (w *Webhooks) Test(ctx context.Context, actor standfirst.Actor, id standfirst.WebhookID) error {
	return w.change(ctx, actor, id, "webhook.test", func(tx *store.Tx, hook standfirst.Webhook) error {
		if !hook.Active() {
			return errPaused()
		}
		return enqueueEvent(tx, id, event{standfirst.WebhookTestEvent, standfirst.Tag("test:" + strings.ToLower(rand.Text())), data{ID: int64(id), Address: "/"}})
	})
}

// SendAgain lets the webhook be told once more of what a delivery was about, under the
// identifier that it had.
func (w *Webhooks) SendAgain(ctx context.Context, actor standfirst.Actor, id standfirst.WebhookID, delivery standfirst.DeliveryID) error {
	return w.change(ctx, actor, id, "webhook.send_again", func(tx *store.Tx, hook standfirst.Webhook) error {
		d, err := tx.Delivery(delivery)
		switch {
		case err != nil:
			return err
		case d.Webhook != id:
			return standfirst.Errorf(standfirst.NotFound, "the webhook has no delivery %s", delivery)
		case !hook.Active():
			return errPaused()
		case d.State == standfirst.DeliveryWaiting:
			return standfirst.Errorf(standfirst.Conflict, "it is on its way still, and tried again by itself")
		}
		d.CreatedAt = w.now()
		return enqueueDelivery(tx, d)
	})
}
