package site

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/live"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// listener is a browser with an open page.
type listener struct {
	t      *testing.T
	status int
	events chan live.Event
	cancel context.CancelFunc
}

// follow serves the site to open pages until the test ends, and returns its address.
func follow(t *testing.T, s *Site) string {
	t.Helper()
	server := httptest.NewServer(s)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Follow(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		s.live.hub.Close()
		server.Close()
	})
	return server.URL
}

// listen opens a stream, and returns once it has begun.
func listen(t *testing.T, address, last string) *listener {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	l := &listener{t: t, status: response.StatusCode, events: make(chan live.Event, 100), cancel: cancel}
	t.Cleanup(cancel)
	go func() {
		defer func() { _ = response.Body.Close() }()
		defer close(l.events)
		var e live.Event
		lines := bufio.NewScanner(response.Body)
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			switch name, value, _ := strings.Cut(lines.Text(), ": "); name {
			case "id":
				e.ID = value
			case "data":
				e.Data = []byte(value)
			case "":
				if len(e.Data) > 0 {
					l.events <- e
				}
				e = live.Event{}
			}
		}
	}()
	return l
}

// next returns what the reader is told next, and its position.
func (l *listener) next() (liveNews, string) {
	l.t.Helper()
	select {
	case e, ok := <-l.events:
		if !ok {
			l.t.Fatalf("the stream ended (%d)", l.status)
		}
		var n liveNews
		if err := json.Unmarshal(e.Data, &n); err != nil {
			l.t.Fatal(err)
		}
		return n, e.ID
	case <-time.After(20 * time.Second):
		l.t.Fatal("nothing is told")
	}
	return liveNews{}, ""
}

// ended holds that the stream ends without another event.
func (l *listener) ended() {
	l.t.Helper()
	select {
	case e, ok := <-l.events:
		if ok {
			l.t.Errorf("told %s", e.Data)
		}
	case <-time.After(20 * time.Second):
		l.t.Error("the stream goes on")
	}
}

var liveAttribute = regexp.MustCompile(`data-at="([^"]+)"`)

// positionOf returns what the page of the story knows.
func (h *house) positionOf(story standfirst.Story) string {
	h.t.Helper()
	found := liveAttribute.FindStringSubmatch(get(h.site, story.Path()).text)
	if found == nil {
		h.t.Fatal("the page has no position")
	}
	return found[1]
}

// looks returns how often the store was looked at for open pages.
func (s *Site) looks() int {
	s.live.mu.Lock()
	defer s.live.mu.Unlock()
	return s.live.reads
}

func TestOpenPagesAreTold(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	early := h.says(story, 0, "Ana", "Early.")
	stream := follow(t, h.site) + story.Path() + "/live"
	page := h.positionOf(story)
	between := h.says(story, 0, "Ben", "Between the page and the stream.")
	first, second := listen(t, stream+"?at="+page, ""), listen(t, stream, "")

	missed, _ := first.next()
	last := missed.Comments[len(missed.Comments)-1]
	if last.ID != between.Comment.ID || last.After != early.Comment.ID || last.Parent != 0 || missed.Count != "2 comments" || missed.Story != nil {
		t.Errorf("what came between is told as %+v", missed)
	}
	wantContains(t, get(h.site, story.Path()).text, last.HTML)

	answer := h.says(story, early.Comment.ID, "Cy", "An <b>answer</b>.")
	var position string
	for _, l := range []*listener{first, second} {
		var n liveNews
		n, position = l.next()
		c := n.Comments[len(n.Comments)-1]
		if c.ID != answer.Comment.ID || c.After != early.Comment.ID || c.Parent != early.Comment.ID || n.Count != "3 comments" {
			t.Errorf("an answer is told as %+v", n)
		}
		wantContains(t, c.HTML, "An &lt;b&gt;answer&lt;/b&gt;.", `class="comment level-2"`, "answers Ana")
	}
	h.now = h.now.Add(time.Second)
	if _, err := h.talk.Edit(t.Context(), answer.Comment.ID, answer.Key, "A better one."); err != nil {
		t.Fatal(err)
	}
	n, _ := first.next()
	if len(n.Comments) != 1 || !strings.Contains(n.Comments[0].HTML, "A better one.") {
		t.Errorf("an edit is told as %+v", n)
	}
	h.now = h.now.Add(time.Second)
	h.must(h.talk.Delete(t.Context(), answer.Comment.ID, answer.Key))
	if n, _ := first.next(); len(n.Gone) != 1 || n.Gone[0] != answer.Comment.ID || n.Count != "2 comments" {
		t.Errorf("a removal is told as %+v", n)
	}

	second.cancel()
	h.now = h.now.Add(time.Minute)
	again := listen(t, stream+"?at="+page, position)
	if n, _ := again.next(); len(n.Gone) != 1 {
		t.Errorf("who comes back is told %+v", n)
	}
	if bad := listen(t, stream+"?at=x", ""); bad.status == http.StatusOK {
		t.Error("a position that is none is taken")
	}
}

func TestOpenPagesAreToldOfCorrections(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	stream := follow(t, h.site) + story.Path() + "/live"
	page := h.positionOf(story)
	l := listen(t, stream+"?at="+page, "")
	h.edit(story.ID, standfirst.Change{Class: standfirst.Correction, Note: "It is 80 kilometres long."}, func(c *standfirst.Content) { c.Body = "The line is 80 kilometres long." })
	n, _ := l.next()
	if n.Story == nil || n.Story.Kind != liveChanged || !strings.HasPrefix(n.Story.Text, "Corrected at ") {
		t.Fatalf("a correction is told as %+v", n.Story)
	}
	if !strings.Contains(get(h.site, story.Path()).text, `data-version="`+n.Story.Version+`"`) {
		t.Errorf("the page has another version than %s", n.Story.Version)
	}
	if late, _ := listen(t, stream+"?at="+page, "").next(); late.Story == nil || late.Story.Text != n.Story.Text {
		t.Errorf("who comes later is told %+v", late.Story)
	}
	_, err := h.news.Retract(t.Context(), standfirst.Command(), story.ID, "There is no third line.")
	h.must(err)
	if n, _ := l.next(); n.Story == nil || n.Story.Kind != liveGone || n.Story.Text != "This story was retracted." {
		t.Errorf("a retraction is told as %+v", n.Story)
	}
	l.ended()
	if l := listen(t, stream, ""); l.status != http.StatusNotFound {
		t.Errorf("a retracted story is listened to: %d", l.status)
	}
}

// TestWhoWasAwayForDaysBeginsAnew holds that the store is not asked for what happened in
// years, whatever position somebody names.
func TestWhoWasAwayForDaysBeginsAnew(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	address := follow(t, h.site) + story.Path() + "/live"
	h.says(story, 0, "Ana", "Is it insured?")
	h.now = h.now.Add(time.Minute)
	known := h.positionOf(story)
	_, version, _ := strings.Cut(known, "-")
	for position, kind := range map[string]string{
		livePosition{h.now.Add(-23 * time.Hour), version}.String(): "", livePosition{h.now.Add(-25 * time.Hour), version}.String(): liveMany, "0-" + version: liveMany,
	} {
		n, next := listen(t, address, position).next()
		if kind == "" && (len(n.Comments) != 1 || n.Story != nil) || kind != "" && (len(n.Comments) != 0 || n.Story == nil || n.Story.Kind != kind) {
			t.Errorf("from %s is told %+v", position, n)
		}
		if p, ok := parseLivePosition(next); !ok || p.since.Before(h.now.Add(-time.Minute)) {
			t.Errorf("from %s the next position is %q", position, next)
		}
	}
}

func TestNobodyListens(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	other := h.publish(standfirst.Content{Headline: "Merrow Port counts its cranes", Body: "There are nine."})
	address := follow(t, h.site)
	h.says(story, 0, "Ana", "To nobody.")
	l := listen(t, address+other.Path()+"/live", "")
	h.says(story, 0, "Ben", "To nobody either.")
	h.says(other, 0, "Cy", "To one.")
	l.next()
	if n := h.site.looks(); n != 1 {
		t.Errorf("%d looks at the store for one reader of one story", n)
	}
	for _, nothing := range []string{"/2026/03/03/no-such-story/live", story.Path() + "/live/"} {
		if w := get(h.site, nothing); w.Code == http.StatusOK {
			t.Errorf("%s is answered with %d", nothing, w.Code)
		}
	}
}

// TestManyChangesAreOneLook holds that a burst of comments is told in few events, without
// one lost.
func TestManyChangesAreOneLook(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	l := listen(t, follow(t, h.site)+story.Path()+"/live", "")
	const burst = 60
	for i := range burst {
		h.saidFrom(i, story, fmt.Sprintf("Word %d.", i))
	}
	events, seen := 0, make(map[standfirst.CommentID]bool)
	for len(seen) < burst {
		n, _ := l.next()
		events++
		for _, c := range n.Comments {
			if seen[c.ID] {
				t.Errorf("comment %d is told twice", c.ID)
			}
			seen[c.ID] = true
		}
	}
	if looks := h.site.looks(); looks > events+1 || events > burst/2 {
		t.Errorf("%d changes were told in %d events after %d looks", burst, events, looks)
	}
}

// TestOtherNodesTell holds that who reads from one node is told what is said at another.
func TestOtherNodesTell(t *testing.T) {
	for _, place := range []struct {
		name    string
		options store.Options
	}{
		{"SQLite", store.Options{Path: filepath.Join(t.TempDir(), "standfirst.db")}},
		{"Postgres", store.Options{URL: storetest.PostgresURL(t)}},
	} {
		t.Run(place.name, func(t *testing.T) {
			here, there := storetest.OpenWith(t, place.options), storetest.OpenWith(t, place.options)
			h := newHouseOn(t, here)
			h.open()
			story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
			stream := follow(t, h.site) + story.Path() + "/live"
			ctx, cancel := context.WithCancel(context.Background())
			watched := make(chan error, 1)
			go func() { watched <- here.Watch(ctx) }()
			defer func() {
				cancel()
				h.must(<-watched)
			}()
			l := listen(t, stream, "")
			h.talk = discuss.New(there, discuss.Options{Clock: func() time.Time { return h.now }})
			posted := h.saidFrom(1, story, "From the other node.")
			if n, _ := l.next(); len(n.Comments) != 1 || n.Comments[0].ID != posted.Comment.ID {
				t.Errorf("told %+v", n)
			}
		})
	}
}

// saidFrom posts a comment from one of many places, without that time passes: open pages
// look at the clock meanwhile.
func (h *house) saidFrom(place int, story standfirst.Story, text string) discuss.Posted {
	h.t.Helper()
	posted, err := h.talk.Post(h.t.Context(), discuss.Posting{
		Story: story.ID, Name: "Ana", Email: fmt.Sprintf("ana%d@readers.example", place), Text: text, Address: fmt.Sprintf("10.%d.0.1", place),
	})
	h.must(err)
	return posted
}

func TestApartPassesPanicsOn(t *testing.T) {
	defer func() {
		if p := recover(); p != "broken" {
			t.Errorf("recovered %v", p)
		}
	}()
	_ = apart(func() error { panic("broken") })
}
