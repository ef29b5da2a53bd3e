package desk

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/web"
	"standfirst/internal/webhook"
)

const (
	webhooksPath = Prefix + "/webhooks"
	// deliveriesLength is how many deliveries a page of the log has.
	deliveriesLength = 50
)

// webhookRoutes adds the pages of the programs elsewhere that are told of events.
func (d *Desk) webhookRoutes(metrics *web.Metrics) {
	for pattern, answer := range map[string]func(*member) error{
		"GET /desk/webhooks":              (*member).webhookList,
		"POST /desk/webhooks":             (*member).addWebhook,
		"GET /desk/webhooks/{id}":         (*member).webhookLog,
		"POST /desk/webhooks/{id}/test":   (*member).testWebhook,
		"POST /desk/webhooks/{id}/pause":  (*member).pauseWebhook,
		"POST /desk/webhooks/{id}/resume": (*member).resumeWebhook,
		"POST /desk/webhooks/{id}/rotate": (*member).rotateWebhook,
		"POST /desk/webhooks/{id}/remove": (*member).removeWebhook,
		"POST /desk/webhooks/{id}/again":  (*member).sendAgain,
	} {
		d.route(pattern, d.member(answer), metrics)
	}
}

// webhooksPage lists the webhooks, and makes another.
type webhooksPage struct {
	Layout  layout
	Done    string
	Failure string

	Webhooks []webhookRow
	Address  string // as it was typed
	Events   []choice
}

// webhookRow is one webhook. Its address is shown whole only on its own page.
type webhookRow struct {
	ID      int64
	Path    string
	Host    string
	Address string
	Events  []string
	Paused  string // why; empty while it is told
	Since   moment // when it was paused
	Made    moment
	Former  moment // until when the secret before signs too; empty if none does
}

func (m *member) webhookRow(w standfirst.Webhook) webhookRow {
	row := webhookRow{
		ID: int64(w.ID), Path: webhooksPath + "/" + w.ID.String(), Host: webhook.Host(w.Address), Address: w.Address, Made: m.at(w.CreatedAt),
	}
	if w.FormerUntil.After(m.clock()) {
		row.Former = m.at(w.FormerUntil)
	}
	if !w.Active() {
		row.Paused, row.Since = m.Text("desk.webhook.paused."+string(w.Paused)), m.at(w.PausedAt)
	}
	for _, e := range w.Events {
		row.Events = append(row.Events, string(e))
	}
	return row
}

// webhookDone returns what was done as the address of the page tells.
func (m *member) webhookDone() string {
	what := m.r.URL.Query().Get("done")
	if !slices.Contains([]string{"test", "pause", "resume", "remove", "again"}, what) {
		return ""
	}
	return m.Text("desk.webhook.done." + what)
}

func (m *member) webhookList() error {
	return m.webhooksPage(http.StatusOK, &webhooksPage{Done: m.webhookDone()}, standfirst.WebhookEvents()[:4])
}

// webhooksPage answers with the page, on which the events are chosen.
func (m *member) webhooksPage(status int, p *webhooksPage, chosen []standfirst.WebhookEvent) error {
	list, err := m.webhooks.All(m.r.Context(), m.staff.Actor())
	if err != nil {
		return err
	}
	p.Layout = m.layout(m.Text("desk.webhooks"))
	for _, w := range list {
		p.Webhooks = append(p.Webhooks, m.webhookRow(w))
	}
	for _, e := range standfirst.WebhookEvents() {
		p.Events = append(p.Events, choice{string(e), m.Text("desk.webhook.event." + string(e)), slices.Contains(chosen, e)})
	}
	return m.render(m.w, m.r, status, "webhooks", p)
}

// webhookSecretPage shows the secret of a webhook, once.
type webhookSecretPage struct {
	Layout layout
	Host   string
	Secret string
	Former moment // until when the one before signs too; empty for the first
	Path   string
}

func (m *member) webhookSecret(title string, w standfirst.Webhook) error {
	return m.render(m.w, m.r, http.StatusOK, "webhooksecret", &webhookSecretPage{
		Layout: m.layout(title), Host: webhook.Host(w.Address), Secret: w.Secret, Former: m.at(w.FormerUntil), Path: webhooksPath + "/" + w.ID.String(),
	})
}

func (m *member) addWebhook() error {
	if err := m.form(); err != nil {
		return err
	}
	var events []standfirst.WebhookEvent
	for _, e := range m.r.PostForm["event"] {
		events = append(events, standfirst.WebhookEvent(e))
	}
	address := m.r.PostFormValue("address")
	made, err := m.webhooks.Add(m.r.Context(), m.staff.Actor(), address, events)
	if err != nil && standfirst.KindOf(err) == standfirst.Invalid {
		return m.webhooksPage(http.StatusUnprocessableEntity, &webhooksPage{Failure: message(err), Address: address}, events)
	}
	if err != nil {
		return err
	}
	return m.webhookSecret(m.Text("desk.webhook.made"), made)
}

// webhookPage is one webhook with what it was told.
type webhookPage struct {
	Layout  layout
	Done    string
	Failure string
	Webhook webhookRow
	Log     []deliveryRow
	More    string // address of the next page; empty for none
}

// deliveryRow is one event that the webhook was told of, or is to be.
type deliveryRow struct {
	ID       int64
	Event    string
	Subject  string
	Message  string
	Made     moment
	State    string
	Waiting  bool
	Tried    moment // of the last attempt; empty if there was none
	Next     moment // of the next; empty if there is none
	Attempts int
	Status   int // zero if there was no answer
	Took     string
	Answer   string
}

func (m *member) deliveryRow(d standfirst.Delivery) deliveryRow {
	row := deliveryRow{
		ID: int64(d.ID), Event: string(d.Event), Subject: d.Subject, Message: d.Message, Made: m.at(d.CreatedAt),
		State: m.Text("desk.delivery." + string(d.State)), Waiting: d.State == standfirst.DeliveryWaiting,
		Tried: m.at(d.TriedAt), Next: m.at(d.NextAt), Attempts: d.Attempts, Status: d.Status, Answer: d.Answer,
	}
	if d.Attempts > 0 {
		row.Took = m.Text("desk.delivery.took", d.Took.Round(time.Millisecond).Milliseconds())
	}
	return row
}

// webhookID returns the number in the address.
func (m *member) webhookID() (standfirst.WebhookID, error) {
	id, err := strconv.ParseInt(m.r.PathValue("id"), 10, 64)
	if err != nil || id <= 0 {
		return 0, standfirst.Errorf(standfirst.NotFound, "there is no such webhook")
	}
	return standfirst.WebhookID(id), nil
}

func (m *member) webhookLog() error {
	return m.webhookPage(http.StatusOK, &webhookPage{Done: m.webhookDone()})
}

func (m *member) webhookPage(status int, p *webhookPage) error {
	id, err := m.webhookID()
	if err != nil {
		return err
	}
	before, _ := strconv.ParseInt(m.r.URL.Query().Get("before"), 10, 64) // nothing begins with the newest
	hook, log, err := m.webhooks.Log(m.r.Context(), m.staff.Actor(), id, standfirst.DeliveryID(max(before, 0)), deliveriesLength+1)
	if err != nil {
		return err
	}
	p.Layout, p.Webhook = m.layout(m.Text("desk.webhook.title", webhook.Host(hook.Address))), m.webhookRow(hook)
	if len(log) > deliveriesLength {
		log = log[:deliveriesLength]
		p.More = p.Webhook.Path + "?before=" + log[len(log)-1].ID.String()
	}
	for _, d := range log {
		p.Log = append(p.Log, m.deliveryRow(d))
	}
	return m.render(m.w, m.r, status, "webhook", p)
}

// webhookDo does something with the webhook in the address, and goes back to its page.
func (m *member) webhookDo(what string, do func(standfirst.WebhookID) error) error {
	if err := m.form(); err != nil {
		return err
	}
	id, err := m.webhookID()
	if err != nil {
		return err
	}
	err = do(id)
	if err != nil && standfirst.KindOf(err) == standfirst.Conflict {
		return m.webhookPage(http.StatusConflict, &webhookPage{Failure: message(err)})
	}
	if err != nil {
		return err
	}
	to := webhooksPath + "/" + id.String()
	if what == "remove" {
		to = webhooksPath
	}
	http.Redirect(m.w, m.r, to+"?done="+what, http.StatusSeeOther)
	return nil
}

func (m *member) testWebhook() error {
	return m.webhookDo("test", func(id standfirst.WebhookID) error { return m.webhooks.Test(m.r.Context(), m.staff.Actor(), id) })
}

func (m *member) pauseWebhook() error {
	return m.webhookDo("pause", func(id standfirst.WebhookID) error { return m.webhooks.Pause(m.r.Context(), m.staff.Actor(), id) })
}

func (m *member) resumeWebhook() error {
	return m.webhookDo("resume", func(id standfirst.WebhookID) error { return m.webhooks.Resume(m.r.Context(), m.staff.Actor(), id) })
}

func (m *member) removeWebhook() error {
	return m.webhookDo("remove", func(id standfirst.WebhookID) error { return m.webhooks.Remove(m.r.Context(), m.staff.Actor(), id) })
}

func (m *member) sendAgain() error {
	return m.webhookDo("again", func(id standfirst.WebhookID) error {
		delivery, _ := strconv.ParseInt(m.r.PostFormValue("delivery"), 10, 64) // none is not there
		return m.webhooks.SendAgain(m.r.Context(), m.staff.Actor(), id, standfirst.DeliveryID(delivery))
	})
}

func (m *member) rotateWebhook() error {
	if err := m.form(); err != nil {
		return err
	}
	id, err := m.webhookID()
	if err != nil {
		return err
	}
	rotated, err := m.webhooks.Rotate(m.r.Context(), m.staff.Actor(), id)
	if err != nil {
		return err
	}
	return m.webhookSecret(m.Text("desk.webhook.rotated"), rotated)
}

// failingWebhook returns the host of a webhook that could not be told and is paused, and ""
// if there is none.
func (m *member) failingWebhook() (host string) {
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		hooks, err := tx.Webhooks()
		for _, h := range hooks {
			if h.Paused == standfirst.PausedFailing || h.Paused == standfirst.PausedGone {
				host = webhook.Host(h.Address)
			}
		}
		return err
	})
	if err != nil {
		m.log.WarnContext(m.r.Context(), "the webhooks are not looked at", "error", err)
	}
	return host
}
