package newsroom_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

var (
	editor    = standfirst.Actor{Kind: standfirst.ActorStaff, ID: 7, Name: "Ada Editor", Role: standfirst.Editor}
	reporter  = standfirst.Actor{Kind: standfirst.ActorStaff, ID: 8, Name: "Rhys Reporter", Role: standfirst.Reporter}
	other     = standfirst.Actor{Kind: standfirst.ActorStaff, ID: 9, Name: "Olga Other", Role: standfirst.Reporter}
	moderator = standfirst.Actor{Kind: standfirst.ActorStaff, ID: 10, Role: standfirst.Moderator}
)

// startOfTest is an afternoon in London, where the test publication is.
var startOfTest = time.Date(2026, 3, 5, 14, 10, 0, 0, time.UTC)

// desk is a newsroom with a clock that stands still and a record of touched tags.
type desk struct {
	*testing.T
	store    *store.Store
	newsroom *newsroom.Newsroom

	mu      sync.Mutex
	time    time.Time
	touched []standfirst.Tag
}

// onEachEngine runs the test in a set-up newsroom on every engine there is here.
func onEachEngine(t *testing.T, test func(*desk)) {
	t.Run("sqlite", func(t *testing.T) { test(newDesk(t, storetest.Open(t))) })
	t.Run("postgres", func(t *testing.T) { test(newDesk(t, storetest.Postgres(t))) })
}

// newDesk sets up a newsroom in London in the empty store.
func newDesk(t *testing.T, st *store.Store) *desk {
	d := &desk{T: t, store: st, time: startOfTest}
	d.newsroom = newsroom.New(st, newsroom.Options{Clock: d.now})
	st.OnTouch(func(tags []standfirst.Tag) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.touched = append(d.touched, tags...)
	})
	pub := standfirst.DefaultPublication()
	pub.Name, pub.TimeZone = "The Harbour Ledger", "Europe/London"
	if err := d.newsroom.SetUp(t.Context(), standfirst.Command(), pub); err != nil {
		t.Fatal(err)
	}
	d.takeTouched()
	return d
}

func (d *desk) now() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.time
}

func (d *desk) setTime(to time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.time = to
}

// takeTouched returns what was touched since the last call, in order of the text.
func (d *desk) takeTouched() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var tags []string
	for _, t := range d.touched {
		tags = append(tags, string(t))
	}
	d.touched = nil
	slices.Sort(tags)
	return slices.Compact(tags)
}

// view runs fn on a read transaction.
func (d *desk) view(fn func(*store.ReadTx) error) {
	d.Helper()
	if err := d.store.View(d.Context(), fn); err != nil {
		d.Fatal(err)
	}
}

// text returns a complete text under the headline.
func text(headline string) standfirst.Content {
	return standfirst.Content{
		Headline: headline, Standfirst: "Talks go on.", Section: "Deals", Topics: []string{"Ports"},
		Bylines: []standfirst.Byline{{Name: "Imogen Adeyemi", Role: "Deals Correspondent"}},
		Body:    "Northwind Freight is in talks about a pier.\n\nThe talks go on.",
	}
}

func (d *desk) create(headline string) standfirst.Story {
	d.Helper()
	s, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{Content: text(headline)})
	if err != nil {
		d.Fatal(err)
	}
	return s
}

func (d *desk) publish(id standfirst.StoryID) newsroom.Published {
	d.Helper()
	p, err := d.newsroom.Publish(d.Context(), editor, id, newsroom.PublishOptions{
		Change: standfirst.Change{Class: standfirst.Update}, ApproveAnonymous: true,
	})
	if err != nil {
		d.Fatal(err)
	}
	return p
}

// save overwrites the working copy with the text.
func (d *desk) save(id standfirst.StoryID, c standfirst.Content) {
	d.Helper()
	if _, err := d.newsroom.Save(d.Context(), editor, id, d.version(id), c); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) version(id standfirst.StoryID) (version int) {
	d.Helper()
	d.view(func(tx *store.ReadTx) error {
		w, err := tx.WorkingCopy(id)
		version = w.Version
		return err
	})
	return version
}

func (d *desk) story(id standfirst.StoryID) (s standfirst.Story) {
	d.Helper()
	d.view(func(tx *store.ReadTx) (err error) {
		s, err = tx.Story(id)
		return err
	})
	return s
}

// latest returns the addresses of the newest stories.
func (d *desk) latest() (paths []string) {
	d.Helper()
	d.view(func(tx *store.ReadTx) error {
		cards, err := tx.Latest(standfirst.Position{}, 100)
		for _, c := range cards {
			paths = append(paths, c.Path)
		}
		return err
	})
	return paths
}

// redirect returns where the old address leads, "410", or "" for none.
func (d *desk) redirect(path string) (target string) {
	d.Helper()
	d.view(func(tx *store.ReadTx) error {
		a, err := tx.OldAddress(path)
		switch {
		case err == nil && a.Target == "":
			target = "410"
		case err == nil:
			target = a.Target
		case standfirst.KindOf(err) != standfirst.NotFound:
			return err
		}
		return nil
	})
	return target
}

// actions returns what the trail says was done to the story, the newest first.
func (d *desk) actions(id standfirst.StoryID) (actions []string) {
	d.Helper()
	d.view(func(tx *store.ReadTx) error {
		entries, err := tx.Audits("story:"+id.String(), 100)
		for _, e := range entries {
			actions = append(actions, strings.TrimPrefix(e.Action, "story."))
		}
		return err
	})
	return actions
}

// wantKind fails the test unless the error is of the kind and says the words.
func (d *desk) wantKind(err error, kind standfirst.ErrorKind, words ...string) {
	d.Helper()
	if err == nil {
		d.Fatalf("no error, want %s", kind)
	}
	if got := standfirst.KindOf(err); got != kind {
		d.Fatalf("%s error %v, want %s", got, err, kind)
	}
	for _, w := range words {
		if !strings.Contains(standfirst.PublicMessage(err), w) {
			d.Errorf("the message %q does not say %q", standfirst.PublicMessage(err), w)
		}
	}
}

func (d *desk) equal(what string, got, want any) {
	d.Helper()
	if g, ok := got.([]string); ok {
		if w, ok := want.([]string); ok && slices.Equal(g, w) {
			return
		}
		d.Errorf("%s: %q, want %q", what, got, want)
		return
	}
	if got != want {
		d.Errorf("%s: %v, want %v", what, got, want)
	}
}
