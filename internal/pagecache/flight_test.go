package pagecache

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"standfirst"
)

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
		if err == nil || !strings.Contains(err.Error(), "nil map") || !strings.Contains(err.Error(), "flight_test.go") {
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
