package webhook_test

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"standfirst"
	"standfirst/internal/jobs"
	"standfirst/internal/newsroom"
	"standfirst/internal/outbound"
	"standfirst/internal/record"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
	"standfirst/internal/webhook"
)

var boss = standfirst.Actor{Kind: standfirst.ActorStaff, ID: 1, Name: "Ada Bray", Role: standfirst.Administrator}

// got is one request that a receiver was sent.
type got struct {
	path, id string
	header   http.Header
	body     []byte
	event    struct {
		Type      string
		Timestamp time.Time
		Data      struct {
			ID      int64
			Address string
			Version int
			Kind    string
		}
	}
}

// receiver is a program that is told of events.
type receiver struct {
	*httptest.Server
	mu  sync.Mutex
	all []got
	// answer, which may be nil, answers the nth request, counted from 1.
	answer func(n int, w http.ResponseWriter, r *http.Request)
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		g := got{path: q.URL.Path, id: q.Header.Get("webhook-id"), header: q.Header.Clone(), body: body}
		_ = json.Unmarshal(body, &g.event)
		r.mu.Lock()
		r.all = append(r.all, g)
		n, answer := len(r.all), r.answer
		r.mu.Unlock()
		if answer != nil {
			q.Body = io.NopCloser(strings.NewReader(string(body)))
			answer(n, w, q)
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) requests() []got {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.all)
}

// types names the events in the order of their arrival.
func (r *receiver) types() string {
	var all []string
	for _, g := range r.requests() {
		all = append(all, g.event.Type)
	}
	return strings.Join(all, " ")
}

// room is a newsroom with what tells others of it.
type room struct {
	*testing.T
	store *store.Store
	news  *newsroom.Newsroom
	hooks *webhook.Webhooks
	now   time.Time
}

func newRoom(t *testing.T, st *store.Store) *room {
	t.Helper()
	r := &room{T: t, store: st, now: time.Now().UTC().Truncate(time.Microsecond)}
	clock := func() time.Time { return r.now }
	r.news = newsroom.New(st, newsroom.Options{Clock: clock})
	r.hooks = newHooks(st, clock)
	r.must(r.news.SetUp(t.Context(), standfirst.Command(), standfirst.DefaultPublication()))
	r.settings(func(p *standfirst.Publication) { p.BaseURL = "https://ledger.example" })
	return r
}

func newHooks(st *store.Store, clock standfirst.Clock) *webhook.Webhooks {
	hooks := webhook.New(st, webhook.Options{Clock: clock, Logger: slog.New(slog.DiscardHandler)})
	options := webhook.ClientOptions()
	options.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	hooks.SetOutbound(outbound.New(options))
	return hooks
}

func (r *room) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *room) settings(change func(*standfirst.Publication)) {
	r.Helper()
	var pub standfirst.Publication
	r.must(r.store.View(r.Context(), func(tx *store.ReadTx) (err error) {
		pub, err = tx.Publication()
		return err
	}))
	change(&pub)
	r.must(r.news.UpdateSettings(r.Context(), boss, pub, ""))
}

func text(headline string) standfirst.Content {
	return standfirst.Content{
		Headline: headline, Standfirst: "Talks go on.", Section: "Deals", Topics: []string{"Ports"},
		Bylines: []standfirst.Byline{{Name: "Imogen Adeyemi", Role: "Deals Correspondent"}},
		Body:    "Northwind Freight is in talks about a pier.\n\nThe talks go on.",
	}
}

func (r *room) publish(headline string) standfirst.Story {
	r.Helper()
	p, err := r.news.CreateAndPublish(r.Context(), standfirst.Command(), newsroom.Draft{Content: text(headline)})
	r.must(err)
	return p.Story
}

// revise publishes another version of the story.
func (r *room) revise(id standfirst.StoryID, headline string) {
	r.Helper()
	var version int
	r.must(r.store.View(r.Context(), func(tx *store.ReadTx) error {
		work, err := tx.WorkingCopy(id)
		version = work.Version
		return err
	}))
	_, err := r.news.Save(r.Context(), standfirst.Command(), id, version, text(headline))
	r.must(err)
	_, err = r.news.Publish(r.Context(), standfirst.Command(), id, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update, Note: "The talks went on."}})
	r.must(err)
}

func (r *room) add(address string, events ...standfirst.WebhookEvent) standfirst.Webhook {
	r.Helper()
	hook, err := r.hooks.Add(r.Context(), boss, address, events)
	r.must(err)
	return hook
}

// worker returns a worker that tells others.
func worker(st *store.Store, hooks *webhook.Webhooks, o jobs.Options) *jobs.Worker {
	o.Logger = slog.New(slog.DiscardHandler)
	w := jobs.New(st, o)
	w.Handle(standfirst.JobDeliverWebhook, hooks.DeliverJob)
	w.Handle(standfirst.JobPruneDeliveries, hooks.PruneJob)
	w.Handle(standfirst.JobTellHub, hooks.HubJob)
	w.Handle(standfirst.JobIndexNow, hooks.IndexNowJob)
	return w
}

// work does the jobs that are due so much later.
func (r *room) work(later time.Duration) {
	r.Helper()
	r.now = r.now.Add(later)
	now := r.now
	r.must(worker(r.store, r.hooks, jobs.Options{Clock: func() time.Time { return now }}).Drain(r.Context()))
}

func (r *room) hook(id standfirst.WebhookID) (hook standfirst.Webhook, log []standfirst.Delivery) {
	r.Helper()
	hook, log, err := r.hooks.Log(r.Context(), boss, id, 0, 100)
	r.must(err)
	return hook, log
}

func onBothEngines(t *testing.T, test func(*testing.T, *store.Store)) {
	t.Run("SQLite", func(t *testing.T) { test(t, storetest.Open(t)) })
	t.Run("Postgres", func(t *testing.T) { test(t, storetest.Postgres(t)) })
}

func TestEventsAreSignedAndInOrder(t *testing.T) {
	onBothEngines(t, func(t *testing.T, st *store.Store) {
		r, to := newRoom(t, st), newReceiver(t)
		r.publish("Nobody is told of this")
		hook := r.add(to.URL+"/told", standfirst.WebhookEvents()...)
		story := r.publish("Pier talks begin")
		r.revise(story.ID, "Pier talks go on")
		_, err := r.news.Unpublish(r.Context(), standfirst.Command(), story.ID)
		r.must(err)
		_, err = r.news.Publish(r.Context(), standfirst.Command(), story.ID, newsroom.PublishOptions{})
		r.must(err)
		_, err = r.news.Retract(r.Context(), standfirst.Command(), story.ID, "It was forged.")
		r.must(err)
		r.work(time.Second)
		var mine []string
		verifier, err := standardwebhooks.NewWebhook(hook.Secret)
		r.must(err)
		for _, g := range to.requests() {
			if err := verifier.Verify(g.body, g.header); err != nil {
				t.Errorf("%s: %v", g.event.Type, err)
			}
			if strings.HasPrefix(g.event.Type, "story.") {
				mine = append(mine, g.event.Type)
				if g.event.Data.ID != int64(story.ID) || g.event.Data.Address != "https://ledger.example"+story.Path() || g.event.Data.Kind != "story" {
					t.Errorf("%s says %s", g.event.Type, g.body)
				}
			}
			if strings.Contains(string(g.body), "forged") || strings.Contains(string(g.body), "Nobody") {
				t.Errorf("it tells words: %s", g.body)
			}
		}
		if want := "story.published story.updated story.unpublished story.published story.retracted"; strings.Join(mine, " ") != want {
			t.Errorf("told of %s, want %s", mine, want)
		}
		if !strings.Contains(to.types(), "notice.published") {
			t.Errorf("told of no notice: %s", to.types())
		}
	})
}

func TestDraftsAreNotTold(t *testing.T) {
	r, to := newRoom(t, storetest.Open(t)), newReceiver(t)
	r.add(to.URL, standfirst.WebhookEvents()...)
	_, err := r.news.Create(r.Context(), boss, newsroom.Draft{Content: text("Still a draft")})
	r.must(err)
	_, err = r.news.CreateAndSchedule(r.Context(), standfirst.Command(), newsroom.Draft{Content: text("Not yet")}, r.now.Add(time.Hour))
	r.must(err)
	r.work(time.Second)
	if all := to.requests(); len(all) > 0 {
		t.Errorf("told of %s", to.types())
	}
}

func TestFailureHoldsBackWhatComesAfterIt(t *testing.T) {
	onBothEngines(t, func(t *testing.T, st *store.Store) {
		r, to := newRoom(t, st), newReceiver(t)
		to.answer = func(n int, w http.ResponseWriter, _ *http.Request) {
			if n == 1 {
				w.Header().Set("Retry-After", "60")
				http.Error(w, "full", http.StatusServiceUnavailable)
			}
		}
		hook := r.add(to.URL, standfirst.StoryPublishedEvent, standfirst.StoryUpdatedEvent)
		first := r.publish("Pier talks begin")
		r.work(time.Second)
		r.revise(first.ID, "Pier talks go on")
		r.publish("Another matter")
		r.work(30 * time.Second)
		if got := to.types(); got != "story.published story.published" {
			t.Errorf("while the first is tried again: %s", got)
		}
		r.work(time.Minute)
		all := to.requests()
		if got := to.types(); got != "story.published story.published story.published story.updated" {
			t.Fatalf("at the end: %s", got)
		}
		if all[0].id != all[2].id || all[0].id == all[1].id || string(all[0].body) != string(all[2].body) {
			t.Errorf("tried again as another: %s, %s", all[0].body, all[2].body)
		}
		_, log := r.hook(hook.ID)
		for _, d := range log {
			if d.State != standfirst.DeliveryDone || d.Status != http.StatusOK {
				t.Errorf("the log has %+v", d)
			}
		}
	})
}

func TestGivesUpAndPauses(t *testing.T) {
	r, to := newRoom(t, storetest.Open(t)), newReceiver(t)
	to.answer = func(_ int, w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "out of order\x00", http.StatusInternalServerError)
	}
	hook := r.add(to.URL, standfirst.StoryPublishedEvent)
	r.publish("Pier talks begin")
	for range 20 {
		r.work(14 * time.Hour)
	}
	w, log := r.hook(hook.ID)
	if n := len(to.requests()); n != 15 || w.Paused != standfirst.PausedFailing || log[0].State != standfirst.DeliverySetAside || log[0].Answer != "out of order" {
		t.Errorf("after %d attempts: %+v, %+v", n, w, log[0])
	}
	r.publish("Nobody hears of it")
	r.work(time.Hour)
	to.answer = nil
	wantKind(t, r.hooks.SendAgain(r.Context(), boss, hook.ID, log[0].ID), standfirst.Conflict)
	r.must(r.hooks.Resume(r.Context(), boss, hook.ID))
	r.must(r.hooks.SendAgain(r.Context(), boss, hook.ID, log[0].ID))
	r.work(time.Second)
	all := to.requests()
	if len(all) != 16 || all[15].id != all[0].id {
		t.Errorf("sent again: %d requests", len(all))
	}
	r.work(31 * 24 * time.Hour)
	r.must(r.hooks.PlanRecurring(r.Context()))
	r.work(time.Second)
	if _, log := r.hook(hook.ID); len(log) != 0 {
		t.Errorf("after a month the log has %d deliveries", len(log))
	}
}

func TestWhatEndsAtOnce(t *testing.T) {
	r := newRoom(t, storetest.Open(t))
	gone, moved, elsewhere := newReceiver(t), newReceiver(t), newReceiver(t)
	gone.answer = func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }
	moved.answer = func(_ int, w http.ResponseWriter, q *http.Request) {
		http.Redirect(w, q, elsewhere.URL, http.StatusTemporaryRedirect)
	}
	a, b := r.add(gone.URL, standfirst.StoryPublishedEvent), r.add(moved.URL, standfirst.StoryPublishedEvent)
	c := r.add("http://169.254.169.254/latest", standfirst.StoryPublishedEvent)
	r.publish("Pier talks begin")
	r.work(time.Second)
	if w, _ := r.hook(a.ID); w.Paused != standfirst.PausedGone {
		t.Errorf("after 410 it is %+v", w)
	}
	if _, log := r.hook(b.ID); log[0].Status != http.StatusTemporaryRedirect || log[0].State != standfirst.DeliveryWaiting || len(elsewhere.requests()) > 0 {
		t.Errorf("a redirect: %+v", log[0])
	}
	if _, log := r.hook(c.ID); log[0].Status != 0 || !strings.Contains(log[0].Answer, "not public") {
		t.Errorf("a private address: %+v", log[0])
	}
}

func TestRotatedSecretsBothSign(t *testing.T) {
	r, to := newRoom(t, storetest.Open(t)), newReceiver(t)
	before := r.add(to.URL, standfirst.StoryPublishedEvent)
	after, err := r.hooks.Rotate(r.Context(), boss, before.ID)
	r.must(err)
	r.must(r.hooks.Test(r.Context(), boss, before.ID))
	r.work(time.Second)
	r.must(r.hooks.Test(r.Context(), boss, before.ID))
	r.work(25 * time.Hour)
	all := to.requests()
	if len(all) != 2 || all[0].event.Type != "webhook.test" {
		t.Fatalf("told of %s", to.types())
	}
	for i, secret := range []string{before.Secret, after.Secret} {
		verifier, err := standardwebhooks.NewWebhook(secret)
		r.must(err)
		for j, g := range all {
			if good := verifier.VerifyIgnoringTimestamp(g.body, g.header) == nil; good != (i == 1 || j == 0) {
				t.Errorf("secret %d, request %d: %v", i+1, j+1, good)
			}
		}
	}
}

func TestManagingNeedsPermission(t *testing.T) {
	r := newRoom(t, storetest.Open(t))
	editor := boss
	editor.Role = standfirst.Editor
	_, err := r.hooks.Add(r.Context(), editor, "https://told.example", standfirst.WebhookEvents())
	wantKind(t, err, standfirst.Forbidden)
	for _, address := range []string{"", "told.example", "ftp://told.example", "https://user:word@told.example", "https://told.example/a b"} {
		_, err := r.hooks.Add(r.Context(), boss, address, standfirst.WebhookEvents())
		wantKind(t, err, standfirst.Invalid)
	}
	_, err = r.hooks.Add(r.Context(), boss, "https://told.example", nil)
	wantKind(t, err, standfirst.Invalid)
	hook := r.add("https://told.example", standfirst.StoryPublishedEvent)
	if shown, _ := r.hook(hook.ID); shown.Secret != "" || hook.Secret == "" {
		t.Error("the secret is shown more than once")
	}
	for _, do := range []func() error{
		func() error { return r.hooks.Pause(r.Context(), editor, hook.ID) },
		func() error { return r.hooks.Resume(r.Context(), editor, hook.ID) },
		func() error { return r.hooks.Test(r.Context(), editor, hook.ID) },
		func() error { return r.hooks.Remove(r.Context(), editor, hook.ID) },
		func() error { return r.hooks.SendAgain(r.Context(), editor, hook.ID, 1) },
		func() error { _, err := r.hooks.Rotate(r.Context(), editor, hook.ID); return err },
		func() error { _, err := r.hooks.All(r.Context(), editor); return err },
	} {
		wantKind(t, do(), standfirst.Forbidden)
	}
	r.must(r.hooks.Remove(r.Context(), boss, hook.ID))
}

func wantKind(t *testing.T, err error, kind standfirst.ErrorKind) {
	t.Helper()
	if err == nil || standfirst.KindOf(err) != kind {
		t.Errorf("got the error %v, want one of kind %s", err, kind)
	}
}

// TestErasuresAreTold holds that whoever keeps the text of a story is told that a part of it
// was erased, once, and that a story which comes back after it was taken down and erased in
// part is published again.
func TestErasuresAreTold(t *testing.T) {
	r, to, engine := newRoom(t, storetest.Open(t)), newReceiver(t), newReceiver(t)
	r.settings(func(p *standfirst.Publication) {
		p.IndexNowKey, p.IndexNowURL = webhook.NewIndexNowKey(), engine.URL+"/indexnow"
	})
	story := r.publish("Pier talks begin")
	r.revise(story.ID, "Pier talks go on")
	r.work(time.Minute)
	r.add(to.URL, standfirst.StoryPublishedEvent, standfirst.StoryUpdatedEvent, standfirst.StoryUnpublishedEvent)
	before := len(engine.requests())
	erase := func() {
		t.Helper()
		_, err := r.news.Erase(r.Context(), standfirst.Command(), story.ID, newsroom.Erasure{Version: 2, Part: "block.1"})
		r.must(err)
	}
	erase()
	r.work(time.Minute)
	if got := to.types(); got != "story.updated" || to.requests()[0].event.Data.Version != 2 {
		t.Errorf("told %s", got)
	}
	if all := engine.requests(); len(all) != before+1 || !strings.Contains(string(all[before].body), story.Path()) {
		t.Errorf("search engines are told %d times", len(all)-before)
	}
	_, err := r.news.Unpublish(r.Context(), standfirst.Command(), story.ID)
	r.must(err)
	r.must(r.store.Update(r.Context(), func(tx *store.Tx) error { return record.EraseRevision(tx, story.ID, 1, r.now) }))
	r.revise(story.ID, "Pier talks are over")
	r.work(time.Minute)
	if got := to.types(); got != "story.updated story.unpublished story.published" {
		t.Errorf("told %s", got)
	}
}

func TestHeldCommentsAreTold(t *testing.T) {
	r, to := newRoom(t, storetest.Open(t)), newReceiver(t)
	story := r.publish("Pier talks begin")
	r.add(to.URL, standfirst.CommentHeldEvent)
	for i, state := range []standfirst.CommentState{standfirst.CommentHeld, standfirst.CommentApproved, standfirst.CommentSpam} {
		r.must(r.store.Update(r.Context(), func(tx *store.Tx) error {
			_, _, err := tx.InsertComment(standfirst.Comment{
				Story: story.ID, Name: "Ana", Text: "Who says so?", State: state, Fingerprint: fmt.Sprint(i), CreatedAt: r.now, ChangedAt: r.now,
			}, standfirst.Comment{}, r.now)
			return err
		}))
	}
	r.work(time.Second)
	all := to.requests()
	if len(all) != 1 || all[0].event.Data.Address != "https://ledger.example/desk/talk/comment/1" || strings.Contains(string(all[0].body), "Who") || strings.Contains(string(all[0].body), "Ana") {
		t.Errorf("%d times told, %q", len(all), to.types())
	}
}
