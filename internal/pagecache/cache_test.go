package pagecache

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"standfirst"
)

func newTestCache(maxBytes int64) *Cache { return New(Options{MaxBytes: maxBytes}) }

// text returns a render of a small page with the tags.
func text(s string, tags ...standfirst.Tag) Render {
	return rendering(Page{ContentType: "text/plain", Body: []byte(s), Tags: tags})
}

func get(t testing.TB, c *Cache, key string, render Render) string {
	t.Helper()
	e, err := c.Get(t.Context(), key, render)
	if err != nil {
		t.Fatal(err)
	}
	return string(e.body)
}

// neverRendered fails the test if a page is rendered.
func neverRendered(t testing.TB) Render {
	return func(context.Context) (Page, error) {
		t.Helper()
		t.Error("rendered again")
		return Page{}, errors.New("rendered again")
	}
}

func TestDropTakesExactlyTheTouched(t *testing.T) {
	c := newTestCache(1 << 20)
	get(t, c, "/1", text("one", "site", "story:1"))
	get(t, c, "/2", text("two", "site", "story:2"))
	get(t, c, "/12", text("both", "site", "story:1", "story:2"))
	get(t, c, "/untagged", text("untagged"))
	c.Drop("story:1", "story:1", "story:99")

	if got := get(t, c, "/1", text("one again", "site", "story:1")); got != "one again" {
		t.Errorf("/1 is %q", got)
	}
	if got := get(t, c, "/12", text("both again", "site")); got != "both again" {
		t.Errorf("/12 is %q", got)
	}
	get(t, c, "/2", neverRendered(t))
	get(t, c, "/untagged", neverRendered(t))

	c.Drop("story:2") // /12 no longer carries it
	get(t, c, "/12", neverRendered(t))
	if got := c.Stats(); got.Dropped != 3 || got.Pages != 3 {
		t.Errorf("%+v", got)
	}
}

func TestPagesEndByTheClock(t *testing.T) {
	now := modified
	c := New(Options{MaxBytes: 1 << 20, Clock: func() time.Time { return now }})
	get(t, c, "/1", rendering(Page{Body: []byte("open"), Until: now.Add(time.Minute)}))
	get(t, c, "/for-ever", text("as ever"))
	now = now.Add(time.Minute - 1)
	get(t, c, "/1", neverRendered(t))
	now = now.Add(1)
	if got := get(t, c, "/1", text("closed")); got != "closed" {
		t.Errorf("at its time, the page is %q", got)
	}
	get(t, c, "/1", neverRendered(t))
	get(t, c, "/for-ever", neverRendered(t))
	if s := c.Stats(); s.Pages != 2 {
		t.Errorf("%+v", s)
	}
}

func TestClearAndDropOfNothing(t *testing.T) {
	for name, clearAll := range map[string]func(*Cache){
		"Clear": (*Cache).Clear,
		"Drop":  func(c *Cache) { c.Drop() },
	} {
		t.Run(name, func(t *testing.T) {
			c := newTestCache(1 << 20)
			get(t, c, "/1", text("one", "a"))
			get(t, c, "/untagged", text("two"))
			clearAll(c)
			if s := c.Stats(); s.Pages != 0 || s.Tags != 0 || s.Bytes != 0 {
				t.Errorf("%+v", s)
			}
			if got := get(t, c, "/untagged", text("new")); got != "new" {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestKeepNothing(t *testing.T) {
	c := newTestCache(0)
	renders := 0
	for range 3 {
		e, err := c.Get(t.Context(), "/", func(context.Context) (Page, error) { renders++; return storyPage(), nil })
		if err != nil {
			t.Fatal(err)
		}
		if res := serve(e, "GET", "Accept-Encoding", "br"); !bytes.Equal(decode(t, res), storyHTML) {
			t.Error("not the page")
		}
	}
	c.Drop("site")
	c.Clear()
	if s := c.Stats(); renders != 3 || s.Misses != 3 || s.Bytes != 0 {
		t.Errorf("%d renders, %+v", renders, s)
	}
}

func TestBoundedByBytes(t *testing.T) {
	const maxBytes = 256 << 10
	c := newTestCache(maxBytes)
	for i := range 500 {
		p := storyPage()
		p.Tags = []standfirst.Tag{"site", standfirst.StoryTag(standfirst.StoryID(i))}
		e, err := c.Get(t.Context(), fmt.Sprint(i), rendering(p))
		if err != nil {
			t.Fatal(err)
		}
		serve(e, "GET", "Accept-Encoding", "gzip")
	}
	c.entries.CleanUp()
	s := c.Stats()
	if weighed := int64(c.entries.WeightedSize()); weighed != s.Bytes {
		t.Errorf("%d bytes counted, %d weighed", s.Bytes, weighed)
	}
	if s.Bytes > maxBytes || s.Bytes == 0 {
		t.Errorf("holds %d bytes of %d", s.Bytes, maxBytes)
	}
	if s.Evicted == 0 || s.Pages >= 500 || s.Tags != s.Pages+1 {
		t.Errorf("the index did not follow evictions: %+v", s)
	}
	if n := c.entries.EstimatedSize(); n != s.Pages {
		t.Errorf("table of %d, index of %d", n, s.Pages)
	}
}

func TestCompressedFormsCount(t *testing.T) {
	c := newTestCache(8 << 20)
	e, err := c.Get(t.Context(), "/", rendering(storyPage()))
	if err != nil {
		t.Fatal(err)
	}
	plain := c.Stats().Bytes
	if plain < int64(len(storyHTML)) {
		t.Errorf("%d bytes counted for a page of %d", plain, len(storyHTML))
	}
	want := plain
	for _, enc := range []encoding{gzipped, brotlied, zstandard} {
		serve(e, "GET", "Accept-Encoding", encodingNames[enc])
		want += int64(len(e.forms[enc].Load().body))
	}
	c.entries.CleanUp()
	if counted, weighed := c.Stats().Bytes, c.entries.WeightedSize(); counted != want || weighed != uint64(want) {
		t.Errorf("%d bytes counted and %d weighed, want %d", counted, weighed, want)
	}
	// Growing must not have cost the entry its place in the index.
	c.Drop("story:12")
	if s := c.Stats(); s.Pages != 0 || s.Bytes != 0 {
		t.Errorf("after the drop: %+v", s)
	}
	// A form that is made after the drop must not bring the entry back.
	e.forms[gzipped].Store(nil)
	serve(e, "GET", "Accept-Encoding", "gzip")
	if s := c.Stats(); s.Pages != 0 || s.Bytes != 0 {
		t.Errorf("after a late form: %+v", s)
	}
}

func TestFormsAreMadeOnce(t *testing.T) {
	e := entryOf(t, storyPage())
	forms := make(chan *form, 20)
	for range cap(forms) {
		go func() {
			f, err := e.form(brotlied)
			if err != nil {
				t.Error(err)
			}
			forms <- f
		}()
	}
	first := <-forms
	for range cap(forms) - 1 {
		if f := <-forms; f != first {
			t.Fatal("made twice")
		}
	}
}

func TestVeryLargePageIsServedNotKept(t *testing.T) {
	c := newTestCache(64 << 10)
	p := Page{Body: make([]byte, 9<<10)}
	get(t, c, "/large", rendering(p))
	if s := c.Stats(); s.Oversize != 1 || s.Pages != 0 {
		t.Errorf("%+v", s)
	}
}

func TestGrownBufferIsNotHeld(t *testing.T) {
	body := append(make([]byte, 0, 64<<10), "short"...)
	if e := entryOf(t, Page{Body: body}); cap(e.body) > 1<<10 {
		t.Errorf("holds %d bytes for %d", cap(e.body), len(e.body))
	}
}
