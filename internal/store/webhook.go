package store

import (
	"time"

	"standfirst"
)

// Webhooks returns every webhook, the oldest first.
func (tx *ReadTx) Webhooks() ([]standfirst.Webhook, error) { return all(tx, scanWebhook, "Webhooks") }

// Webhook returns the webhook with the number.
func (tx *ReadTx) Webhook(id standfirst.WebhookID) (standfirst.Webhook, error) {
	w, err := one(tx, scanWebhook, "Webhook", int64(id))
	return w, missing(err, "there is no webhook %d", id)
}

func scanWebhook(row scanner) (w standfirst.Webhook, err error) {
	err = row.Scan(&w.ID, &w.Address, fromJSON{&w.Events}, &w.Secret, &w.FormerSecret, (*instant)(&w.FormerUntil), &w.Paused, (*instant)(&w.PausedAt),
		(*instant)(&w.CreatedAt), &w.CreatedBy)
	return w, err
}

// InsertWebhook stores a new webhook.
func (tx *Tx) InsertWebhook(w standfirst.Webhook) (standfirst.WebhookID, error) {
	return one(&tx.ReadTx, scanID[standfirst.WebhookID], "InsertWebhook", w.Address, toJSON(w.Events), w.Secret, toMicros(tx.orNow(w.CreatedAt)), w.CreatedBy)
}

// SetWebhookSecret stores the secrets of the webhook.
func (tx *Tx) SetWebhookSecret(w standfirst.Webhook) error {
	_, err := tx.exec("SetWebhookSecret", w.Secret, w.FormerSecret, toMicros(w.FormerUntil), int64(w.ID))
	return err
}

// SetWebhookPaused stores why, and since when, the webhook is paused.
func (tx *Tx) SetWebhookPaused(id standfirst.WebhookID, why standfirst.WebhookPause, at time.Time) error {
	_, err := tx.exec("SetWebhookPaused", string(why), toMicros(at), int64(id))
	return err
}

// DeleteWebhook removes the webhook with its deliveries.
func (tx *Tx) DeleteWebhook(id standfirst.WebhookID) error {
	_, err := tx.exec("DeleteWebhook", int64(id))
	return err
}

// Delivery returns the delivery with the number.
func (tx *ReadTx) Delivery(id standfirst.DeliveryID) (standfirst.Delivery, error) {
	d, err := one(tx, scanDelivery, "Delivery", int64(id))
	return d, missing(err, "there is no delivery %d; it may be older than what is kept", id)
}

// Deliveries returns up to limit deliveries to the webhook before the one given, or before
// none for zero, the newest first.
func (tx *ReadTx) Deliveries(id standfirst.WebhookID, before standfirst.DeliveryID, limit int) ([]standfirst.Delivery, error) {
	return all(tx, scanDelivery, "Deliveries", int64(id), beforeID(before), int64(limit))
}

// NextDelivery returns the oldest delivery to the webhook about the subject that waits. It
// reports false if there is none.
func (tx *ReadTx) NextDelivery(id standfirst.WebhookID, subject string) (d standfirst.Delivery, ok bool, err error) {
	d, err = one(tx, scanDelivery, "NextDelivery", int64(id), subject)
	if err == errNoRow {
		return d, false, nil
	}
	return d, err == nil, err
}

// WaitingSubjects returns the subjects of which something waits to be delivered to the
// webhook.
func (tx *ReadTx) WaitingSubjects(id standfirst.WebhookID) ([]string, error) {
	return all(tx, func(row scanner) (s string, err error) {
		err = row.Scan(&s)
		return s, err
	}, "WaitingSubjects", int64(id))
}

func scanDelivery(row scanner) (d standfirst.Delivery, err error) {
	var data string
	var took int64
	err = row.Scan(&d.ID, &d.Webhook, &d.Message, &d.Event, &d.Subject, &data, (*instant)(&d.CreatedAt), &d.State, &d.Attempts,
		(*instant)(&d.TriedAt), (*instant)(&d.NextAt), &d.Status, &took, &d.Answer)
	d.Data, d.Took = []byte(data), time.Duration(took)*time.Microsecond
	return d, err
}

// InsertDelivery stores a new delivery, which waits.
func (tx *Tx) InsertDelivery(d standfirst.Delivery) (standfirst.DeliveryID, error) {
	return one(&tx.ReadTx, scanID[standfirst.DeliveryID], "InsertDelivery",
		int64(d.Webhook), d.Message, string(d.Event), d.Subject, string(d.Data), toMicros(tx.orNow(d.CreatedAt)))
}

// SetDelivery stores where the delivery stands and how its last attempt ended.
func (tx *Tx) SetDelivery(d standfirst.Delivery) error {
	_, err := tx.exec("SetDelivery", string(d.State), int64(d.Attempts), toMicros(d.TriedAt), toMicros(d.NextAt), int64(d.Status),
		d.Took.Microseconds(), d.Answer, int64(d.ID))
	return err
}

// PruneDeliveries deletes the deliveries of before the time that do not wait.
func (tx *Tx) PruneDeliveries(before time.Time) error {
	_, err := tx.exec("PruneDeliveries", before.UnixMicro())
	return err
}
