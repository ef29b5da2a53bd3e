package pagecache

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"standfirst"
)

// flight is one render under way and those who wait for it.
type flight struct {
	key   string
	began uint64        // how many drops there had been
	place *list.Element // in flights.running; nil once it is settled
	limit *time.Timer
	done  chan struct{} // closed when entry and err are set
	entry *Entry
	err   error
}

// wait returns what the flight brings, or the cause of ctx if that ends first.
func (f *flight) wait(ctx context.Context) (*Entry, error) {
	select {
	case <-f.done:
		return f.entry, f.err
	case <-ctx.Done():
		return nil, fmt.Errorf("pagecache: wait for %q: %w", f.key, context.Cause(ctx))
	}
}

// flights are the renders under way. They are guarded by the cache's lock.
type flights struct {
	joinable map[string]*flight // those that began after the last drop
	running  *list.List         // all of them, oldest first
}

func newFlights() flights {
	return flights{joinable: make(map[string]*flight), running: list.New()}
}

// any reports whether a render is under way.
func (fs *flights) any() bool { return fs.running.Len() > 0 }

// detach makes sure that nobody else joins the renders that are under way.
func (fs *flights) detach() {
	if len(fs.joinable) > 0 {
		fs.joinable = make(map[string]*flight)
	}
}

// remove takes a flight out of both.
func (fs *flights) remove(f *flight) {
	fs.running.Remove(f.place)
	f.place = nil
	if fs.joinable[f.key] == f {
		delete(fs.joinable, f.key)
	}
}

// begin starts a render in a goroutine of its own. mu is held.
func (c *Cache) begin(ctx context.Context, key string, render Render) *flight {
	f := &flight{key: key, began: c.drops.now, done: make(chan struct{})}
	f.place = c.flights.running.PushBack(f)
	c.flights.joinable[key] = f
	f.limit = time.AfterFunc(c.limit, func() { c.settle(f, nil, c.tookTooLong(key)) })
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.limit)
	go func() {
		defer cancel()
		// A render that ends its goroutine (a test that fails in it) must not leave
		// those who wait behind.
		err := fmt.Errorf("pagecache: render %q: ended without an answer", key)
		var entry *Entry
		defer func() { c.settle(f, entry, err) }()
		entry, err = c.render(ctx, key, f.began, render)
	}()
	return f
}

// settle ends a flight: with its page, its error or, if it takes longer than its
// limit, without waiting for it. Only the first call counts.
func (c *Cache) settle(f *flight, entry *Entry, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f.place == nil {
		return
	}
	f.limit.Stop()
	c.flights.remove(f)
	f.entry, f.err = entry, err
	if err != nil {
		c.count.failed.Add(1)
	} else {
		c.keep(entry)
	}
	oldest := c.drops.now
	if front := c.flights.running.Front(); front != nil {
		oldest = front.Value.(*flight).began
	}
	c.drops.forget(oldest)
	close(f.done)
}

// renderOnce renders for one caller only, and keeps nothing.
func (c *Cache) renderOnce(ctx context.Context, key string, render Render) (*Entry, error) {
	ctx, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	entry, err := c.render(ctx, key, 0, render)
	if err != nil {
		c.count.failed.Add(1)
	}
	return entry, err
}

// render calls render and makes an entry of its page. A panic becomes an error that
// carries its stack.
func (c *Cache) render(ctx context.Context, key string, began uint64, render Render) (entry *Entry, err error) {
	defer func() {
		if p := recover(); p != nil {
			entry, err = nil, fmt.Errorf("pagecache: render %q: panic: %v\n%s", key, p, debug.Stack())
		}
	}()
	page, err := render(ctx)
	switch {
	case err == nil:
		return newEntry(c, key, began, page), nil
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil:
		return nil, c.tookTooLong(key)
	default:
		return nil, fmt.Errorf("pagecache: render %q: %w", key, err)
	}
}

// tookTooLong is the error of a render that did not end in time.
func (c *Cache) tookTooLong(key string) error {
	return standfirst.WrapError(standfirst.Unavailable,
		fmt.Errorf("pagecache: render %q: not done after %s", key, c.limit),
		"this page takes too long to make at the moment; try again in a minute")
}
