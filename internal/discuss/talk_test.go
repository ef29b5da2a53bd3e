package discuss_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// room is a newsroom with one published story and a clock of its own.
type room struct {
	*discuss.Talk
	t         testing.TB
	store     *store.Store
	desk      *newsroom.Newsroom
	now       time.Time
	story     standfirst.Story
	moderator standfirst.Actor
	posts     int
	networks  map[string]int // by name of who writes
}

var start = time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)

// onEach runs the test on both engines.
func onEach(t *testing.T, test func(r *room)) {
	for name, open := range map[string]func(testing.TB) *store.Store{"SQLite": storetest.Open, "Postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) { test(newRoom(t, open(t))) })
	}
}

func newRoom(t testing.TB, st *store.Store) *room {
	r := &room{t: t, store: st, now: start}
	clock := func() time.Time { return r.now }
	r.Talk = discuss.New(st, discuss.Options{Clock: clock})
	r.desk = newsroom.New(st, newsroom.Options{Clock: clock})
	pub := standfirst.DefaultPublication()
	pub.Name, pub.BaseURL = "The Harbour Ledger", "https://harbour.example"
	r.must(r.desk.SetUp(t.Context(), standfirst.Command(), pub))
	r.story = r.publish("Skerry Cable in talks to lay a third line")
	r.update(func(tx *store.Tx) error {
		id, err := tx.InsertStaff(standfirst.Staff{Email: "mod@harbour.example", Name: "Mara Quist", Role: standfirst.Moderator})
		r.moderator = standfirst.Actor{Kind: standfirst.ActorStaff, ID: id, Name: "Mara Quist", Role: standfirst.Moderator}
		return err
	})
	return r
}

func (r *room) publish(headline string) standfirst.Story {
	r.t.Helper()
	story, err := r.desk.Create(r.t.Context(), standfirst.Command(), newsroom.Draft{Kind: standfirst.KindStory, Content: standfirst.Content{Headline: headline, Body: "The line would run for 90 kilometres."}})
	r.must(err)
	_, err = r.desk.Publish(r.t.Context(), standfirst.Command(), story.ID, newsroom.PublishOptions{})
	r.must(err)
	var out standfirst.Story
	r.view(func(tx *store.ReadTx) (err error) { out, err = tx.Story(story.ID); return err })
	return out
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *room) wantKind(err error, kind standfirst.ErrorKind) {
	r.t.Helper()
	if err == nil || standfirst.KindOf(err) != kind {
		r.t.Errorf("got the error %v, want one of kind %s", err, kind)
	}
}

func (r *room) update(fn func(*store.Tx) error) {
	r.t.Helper()
	r.must(r.store.Update(context.Background(), fn))
}

func (r *room) view(fn func(*store.ReadTx) error) {
	r.t.Helper()
	r.must(r.store.View(context.Background(), fn))
}

// mode says which comments appear by themselves.
func (r *room) mode(m standfirst.DiscussionMode) {
	r.t.Helper()
	r.must(r.SetSettings(r.t.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: m}, ""))
}

// posting is a comment of a guest, each of whom has a network of their own, with
// many addresses.
func (r *room) posting(name, text string, parent standfirst.CommentID) discuss.Posting {
	if r.networks == nil {
		r.networks = make(map[string]int)
	}
	if r.networks[name] == 0 {
		r.networks[name] = len(r.networks) + 1
	}
	n := r.networks[name]
	r.posts++
	return discuss.Posting{
		Story: r.story.ID, Parent: parent, Name: name, Email: strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@readers.example", Text: text,
		Address: fmt.Sprintf("10.%d.%d.%d", n/250, n%250, r.posts%250), Opened: r.now.Add(-time.Minute),
	}
}

func (r *room) post(name, text string, parent standfirst.CommentID) standfirst.Comment {
	r.t.Helper()
	posted, err := r.Post(r.t.Context(), r.posting(name, text, parent))
	r.must(err)
	return posted.Comment
}

func (r *room) decide(state standfirst.CommentState, reason standfirst.Reason, ids ...standfirst.CommentID) discuss.Decided {
	r.t.Helper()
	decided, err := r.Decide(r.t.Context(), r.moderator, ids, discuss.Decision{State: state, Reason: reason})
	r.must(err)
	return decided
}

func (r *room) comment(id standfirst.CommentID) (c standfirst.Comment) {
	r.t.Helper()
	r.view(func(tx *store.ReadTx) (err error) { c, err = tx.Comment(id); return err })
	return c
}

// thread returns what readers see, as "name" by level, "-" for a stub.
func (r *room) thread(order standfirst.CommentOrder, page int) string {
	r.t.Helper()
	var out []string
	after := standfirst.CommentPosition{}
	for {
		var list []standfirst.Comment
		r.view(func(tx *store.ReadTx) (err error) { list, err = tx.Thread(r.story.ID, order, after, page); return err })
		for _, c := range list {
			name := c.Name
			if c.State != standfirst.CommentApproved {
				name = "-"
			}
			out = append(out, strings.Repeat(">", c.Level-1)+name)
			after = c.Position()
		}
		if len(list) < page {
			return strings.Join(out, " ")
		}
	}
}

func (r *room) count() (n int) {
	r.t.Helper()
	r.view(func(tx *store.ReadTx) (err error) { n, err = tx.CommentCount(r.story.ID); return err })
	return n
}

// waiting returns the names of who waits in the queue, with the rule.
func (r *room) waiting() string {
	r.t.Helper()
	list, err := r.Queue(r.t.Context(), r.moderator, false, discuss.QueuePosition{}, 100)
	r.must(err)
	var out []string
	for _, w := range list {
		out = append(out, w.Comment.Name+":"+string(w.Comment.Rule))
	}
	return strings.Join(out, " ")
}

func (r *room) want(what, want, got string) {
	r.t.Helper()
	if got != want {
		r.t.Errorf("%s is %q, want %q", what, got, want)
	}
}
