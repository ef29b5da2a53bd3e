package pagecache

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
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

func TestConcurrentMissesRenderOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newTestCache(1 << 20)
		renders := 0
		render := func(context.Context) (Page, error) {
			renders++
			time.Sleep(time.Second) // of the bubble
			return Page{Body: []byte("x")}, nil
		}
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() { get(t, c, "/", render) })
		}
		wg.Wait()
		if renders != 1 {
			t.Errorf("%d renders", renders)
		}
		if s := c.Stats(); s.Misses != 1 || s.Joined != 49 {
			t.Errorf("%+v", s)
		}
	})
}

// slow is a render that says when it began and waits to be let go.
type slow struct {
	began, finish chan struct{}
}

func newSlow() *slow { return &slow{make(chan struct{}), make(chan struct{})} }

func (s *slow) page(body string, tags ...standfirst.Tag) Render {
	return func(context.Context) (Page, error) {
		close(s.began)
		<-s.finish
		return Page{Body: []byte(body), Tags: tags}, nil
	}
}

func TestRenderOvertakenByDropIsServedNotKept(t *testing.T) {
	c := newTestCache(1 << 20)
	old := newSlow()
	before := make(chan string)
	go func() { before <- get(t, c, "/", old.page("old", "story:1")) }()
	<-old.began
	c.Drop("story:1")

	// Whoever asks now must not wait for the old render, which has not ended.
	if got := get(t, c, "/", text("new", "story:1")); got != "new" {
		t.Errorf("after the drop: %q", got)
	}
	close(old.finish)
	if got := <-before; got != "old" {
		t.Errorf("before the drop: %q", got)
	}
	get(t, c, "/", neverRendered(t))
	if got := get(t, c, "/", neverRendered(t)); got != "new" {
		t.Errorf("kept: %q", got)
	}
	if s := c.Stats(); s.Outdated != 1 {
		t.Errorf("%+v", s)
	}
}

func TestRenderThatADropDoesNotTouchIsKept(t *testing.T) {
	c := newTestCache(1 << 20)
	r := newSlow()
	done := make(chan string)
	go func() { done <- get(t, c, "/", r.page("page", "story:1")) }()
	<-r.began
	c.Drop("story:2", "front")
	close(r.finish)
	<-done
	get(t, c, "/", neverRendered(t))
}

func TestRenderOvertakenByClearIsNotKept(t *testing.T) {
	c := newTestCache(1 << 20)
	r := newSlow()
	done := make(chan string)
	go func() { done <- get(t, c, "/", r.page("page")) }()
	<-r.began
	c.Clear()
	close(r.finish)
	<-done
	if got := get(t, c, "/", text("new")); got != "new" {
		t.Errorf("%q", got)
	}
}

func TestEarlierRenderDoesNotReplaceLater(t *testing.T) {
	c := newTestCache(1 << 20)
	r := newSlow()
	done := make(chan string)
	go func() { done <- get(t, c, "/", r.page("earlier", "story:1")) }()
	<-r.began
	c.Drop("story:2") // harmless to both, but the next asker may not join
	get(t, c, "/", text("later", "story:1"))
	close(r.finish)
	<-done
	if got := get(t, c, "/", neverRendered(t)); got != "later" {
		t.Errorf("%q", got)
	}
}

func TestDropLogIsBounded(t *testing.T) {
	c := newTestCache(1 << 20)
	for i := range 10_000 {
		c.Drop(standfirst.StoryTag(standfirst.StoryID(i)))
	}
	if len(c.drops.queue) != 0 || len(c.drops.last) != 0 {
		t.Errorf("%d drops logged with no render under way", len(c.drops.queue))
	}

	first, second := newSlow(), newSlow()
	done := make(chan string)
	go func() { done <- get(t, c, "/1", first.page("1", "story:1")) }()
	<-first.began
	c.Drop("a", "b")
	go func() { done <- get(t, c, "/2", second.page("2", "story:2")) }()
	<-second.began
	c.Drop("b", "c")
	if len(c.drops.queue) != 4 || len(c.drops.last) != 3 {
		t.Errorf("log %v", c.drops.queue)
	}
	close(first.finish)
	<-done
	if len(c.drops.queue) != 2 || len(c.drops.last) != 2 {
		t.Errorf("after the older render: log %v, %v", c.drops.queue, c.drops.last)
	}
	for i := range 10_000 {
		c.Drop(standfirst.StoryTag(standfirst.StoryID(100 + i)))
		if len(c.drops.queue) > maxLogged || len(c.drops.last) > maxLogged {
			t.Fatalf("log of %d", len(c.drops.queue))
		}
	}
	close(second.finish)
	<-done
	if len(c.drops.queue) != 0 || len(c.drops.last) != 0 {
		t.Errorf("after the last render: log %v", c.drops.queue)
	}
	// The log was full and forgot, so the second page counts as dropped.
	if got := get(t, c, "/2", text("again")); got != "again" {
		t.Errorf("/2 is %q", got)
	}
	get(t, c, "/1", neverRendered(t))
}

func TestFailureIsNotKept(t *testing.T) {
	c := newTestCache(1 << 20)
	cause := errors.New("database is away")
	_, err := c.Get(t.Context(), "/", func(context.Context) (Page, error) { return Page{}, cause })
	if !errors.Is(err, cause) || !strings.Contains(err.Error(), `"/"`) {
		t.Errorf("%v", err)
	}
	if got := get(t, c, "/", text("fine")); got != "fine" {
		t.Errorf("%q", got)
	}
	if s := c.Stats(); s.Failed != 1 {
		t.Errorf("%+v", s)
	}
}

func TestPanicIsAnError(t *testing.T) {
	for _, maxBytes := range []int64{0, 1 << 20} {
		c := newTestCache(maxBytes)
		_, err := c.Get(t.Context(), "/", func(context.Context) (Page, error) { panic("nil map") })
		if err == nil || !strings.Contains(err.Error(), "nil map") || !strings.Contains(err.Error(), "cache_test.go") {
			t.Errorf("%v", err)
		}
		if standfirst.KindOf(err) != standfirst.Internal || standfirst.PublicMessage(err) != "" {
			t.Errorf("a panic is shown: %q", standfirst.PublicMessage(err))
		}
		if got := get(t, c, "/", text("fine")); got != "fine" {
			t.Errorf("%q", got)
		}
	}
}

func TestRenderThatEndsItsGoroutine(t *testing.T) {
	c := newTestCache(1 << 20)
	_, err := c.Get(t.Context(), "/", func(context.Context) (Page, error) {
		runtime.Goexit()
		return Page{}, nil
	})
	if err == nil {
		t.Error("no error")
	}
}

func TestFirstCallerGoesAway(t *testing.T) {
	c := newTestCache(1 << 20)
	r := newSlow()
	ctx, cancel := context.WithCancelCause(t.Context())
	gone := errors.New("client went away")
	first := make(chan error)
	var renderCtx context.Context
	go func() {
		_, err := c.Get(ctx, "/", func(ctx context.Context) (Page, error) {
			renderCtx = ctx
			return r.page("page")(ctx)
		})
		first <- err
	}()
	<-r.began
	cancel(gone)
	if err := <-first; !errors.Is(err, gone) {
		t.Errorf("the first caller got %v", err)
	}
	if renderCtx.Err() != nil {
		t.Error("the render was cancelled with its first caller")
	}
	second := make(chan string)
	go func() { second <- get(t, c, "/", neverRendered(t)) }()
	close(r.finish)
	if got := <-second; got != "page" {
		t.Errorf("%q", got)
	}
}

func TestRenderLimit(t *testing.T) {
	for name, render := range map[string]func(release chan struct{}) Render{
		"heeds its context": func(chan struct{}) Render {
			return func(ctx context.Context) (Page, error) {
				<-ctx.Done()
				return Page{}, fmt.Errorf("query: %w", ctx.Err())
			}
		},
		"does not heed it": func(release chan struct{}) Render {
			return func(context.Context) (Page, error) {
				<-release
				return Page{Body: []byte("too late")}, nil
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := New(Options{MaxBytes: 1 << 20, RenderLimit: 3 * time.Second})
				release := make(chan struct{})
				start := time.Now()
				_, err := c.Get(t.Context(), "/", render(release))
				if took := time.Since(start); took != 3*time.Second {
					t.Errorf("waited %s", took)
				}
				if standfirst.KindOf(err) != standfirst.Unavailable {
					t.Errorf("%v", err)
				}
				if got := get(t, c, "/", text("fine")); got != "fine" {
					t.Errorf("%q", got)
				}
				close(release)
				synctest.Wait()
				if got := get(t, c, "/", neverRendered(t)); got != "fine" {
					t.Errorf("%q", got)
				}
				if c.flights.any() {
					t.Error("a flight is left")
				}
			})
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

// TestReadAfterAcknowledgedWrite is the promise of the package under load: writers
// change versions and drop their tags before they acknowledge; readers never see a
// version older than the newest that was acknowledged when they asked. The cache
// is small enough that pages are evicted all the time.
func TestReadAfterAcknowledgedWrite(t *testing.T) {
	const stories, keysPerStory, readers, writers = 10, 4, 8, 3
	reads := 4000
	if testing.Short() {
		reads = 1000
	}
	c := newTestCache(48 << 10)
	var written, acknowledged [stories]atomic.Int64
	var done atomic.Int64 // reads, by which the writers pace themselves
	tag := func(s int) standfirst.Tag { return standfirst.StoryTag(standfirst.StoryID(s + 1)) }
	render := func(s int) Render {
		return func(context.Context) (Page, error) {
			version := written[s].Load() // the snapshot of the database
			runtime.Gosched()
			body := fmt.Sprintf("%d%s", version, strings.Repeat(" ", 300+100*s))
			return Page{Body: []byte(body), Tags: []standfirst.Tag{"site", tag(s)}}, nil
		}
	}

	stop := make(chan struct{})
	var writing, reading sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				s := (i*writers + w) % stories
				version := written[s].Add(1)
				if i%97 == 0 {
					c.Clear()
				} else {
					c.Drop(tag(s), "front")
				}
				for { // acknowledge, in whatever order writers get here
					seen := acknowledged[s].Load()
					if seen >= version || acknowledged[s].CompareAndSwap(seen, version) {
						break
					}
				}
				for until := done.Load() + int64(i%40); done.Load() < until; {
					select {
					case <-stop:
						return
					default:
						runtime.Gosched()
					}
				}
			}
		})
	}
	for r := range readers {
		reading.Go(func() {
			for i := range reads {
				s := (i + r) % stories
				key := fmt.Sprintf("/%d/%d", s, (i*7+r)%keysPerStory)
				atLeast := acknowledged[s].Load()
				e, err := c.Get(t.Context(), key, render(s))
				if err != nil {
					t.Error(err)
					return
				}
				var version int64
				if _, err := fmt.Sscan(string(e.body), &version); err != nil {
					t.Error(err)
					return
				}
				done.Add(1)
				if version < atLeast {
					t.Errorf("read version %d of story %d after %d was acknowledged", version, s, atLeast)
					return
				}
				if i%5 == 0 {
					serve(e, "GET", "Accept-Encoding", encodingNames[i%int(encodingCount)])
				}
			}
		})
	}
	reading.Wait()
	close(stop)
	writing.Wait()

	c.entries.CleanUp()
	pages, _, _ := c.index.size()
	if n := c.entries.EstimatedSize(); n != pages {
		t.Errorf("table of %d pages, index of %d", n, pages)
	}
	if c.flights.any() || len(c.drops.queue) != 0 {
		t.Error("bookkeeping is left behind")
	}
	t.Logf("%+v", c.Stats())
}
