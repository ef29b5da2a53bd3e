package pagecache

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"standfirst"
)

const (
	// maxShare is the part of MaxBytes, as a divisor, that one page may take and
	// still be kept: a few giants must not push everything else out.
	maxShare = 8
	// defaultRenderLimit is generous: a page takes a millisecond.
	defaultRenderLimit = 15 * time.Second
)

// Options configure a cache.
type Options struct {
	// MaxBytes bounds what is kept, compressed forms and bookkeeping included. It
	// may be exceeded for a moment while pages are being evicted. Zero keeps
	// nothing: every Get renders, each for itself.
	MaxBytes int64
	// RenderLimit is how long a render may take before those who wait for it are
	// given an Unavailable error. Zero means 15 seconds.
	RenderLimit time.Duration
	// Clock tells when a page is served, and which are past their time; nil means time.Now.
	Clock standfirst.Clock
}

// Render makes a page. Its context carries the values of the one who asked first,
// but ends only after [Options.RenderLimit]: others may wait for the same page when
// the first has gone away.
type Render func(context.Context) (Page, error)

// Cache keeps rendered pages. It is safe for concurrent use.
type Cache struct {
	maxBytes   int64
	limit      time.Duration
	clock      standfirst.Clock
	compressor compressor
	headers    sharedValues
	count      counters

	// entries is nil if nothing is kept. An entry in it that is marked as dropped
	// is on its way out. Entries are put in with mu held only.
	entries *otter.Cache[string, *Entry]
	index   *index

	// mu orders drops, beginnings and ends of renders. Locks are taken in this
	// order: mu, those of the entries' table, that of the index.
	mu      sync.Mutex
	drops   dropLog
	flights flights
}

// New returns an empty cache.
func New(o Options) *Cache {
	c := &Cache{maxBytes: max(o.MaxBytes, 0), limit: o.RenderLimit, clock: o.Clock, index: newIndex(), flights: newFlights()}
	if c.limit <= 0 {
		c.limit = defaultRenderLimit
	}
	if c.clock == nil {
		c.clock = time.Now
	}
	if c.maxBytes > 0 {
		c.entries = otter.Must(&otter.Options[string, *Entry]{
			MaximumWeight:    uint64(c.maxBytes),
			Weigher:          weigh,
			OnAtomicDeletion: c.deleted,
		})
	}
	return c
}

// weigh returns the bytes that an entry holds.
func weigh(_ string, e *Entry) uint32 { return uint32(min(e.weight.Load(), 1<<32-1)) }

// deleted keeps the index in step with the table. It runs under a lock of the table.
func (c *Cache) deleted(d otter.DeletionEvent[string, *Entry]) {
	switch d.Cause {
	case otter.CauseReplacement:
		return // keep and reweigh replace, and see to the index themselves
	case otter.CauseOverflow:
		c.count.evicted.Add(1)
	}
	c.index.discard(d.Value)
}

// Get returns the page that is kept under the key, or renders it. Of several that
// ask at once for a page that is not there, one renders and the others wait, except
// that nobody waits for a render that began before a Drop that was over when they
// asked. An error is handed to those who waited for it and not kept; a panic in
// render is an Internal error. Get returns early with the cause of ctx if ctx ends.
func (c *Cache) Get(ctx context.Context, key string, render Render) (*Entry, error) {
	if c.entries == nil {
		c.count.misses.Add(1)
		return c.renderOnce(ctx, key, render)
	}
	if e := c.Kept(key); e != nil {
		return e, nil
	}
	c.mu.Lock()
	if e := c.kept(key); e != nil { // a render ended between the two looks
		c.mu.Unlock()
		c.count.hits.Add(1)
		return e, nil
	}
	f := c.flights.joinable[key]
	if f == nil {
		f = c.begin(ctx, key, render)
		c.count.misses.Add(1)
	} else {
		c.count.joined.Add(1)
	}
	c.mu.Unlock()
	return f.wait(ctx)
}

// Kept returns the page that is kept under the key, or nil. It is what [Cache.Get] does
// first, for callers to whom making a [Render] is already a cost.
func (c *Cache) Kept(key string) *Entry {
	if c.entries == nil {
		return nil
	}
	e := c.kept(key)
	if e != nil {
		c.count.hits.Add(1)
	}
	return e
}

// kept returns the entry that may be served for the key, or nil.
func (c *Cache) kept(key string) *Entry {
	e, ok := c.entries.GetIfPresent(key)
	if !ok || e.dropped.Load() || !e.until.IsZero() && !c.clock().Before(e.until) {
		return nil
	}
	return e
}

// Drop lets go of every page that carries one of the tags, whether it is kept or
// being rendered. When it returns, no later Get is given what was true before. Drop
// without tags is [Cache.Clear]: who cannot say what changed must assume everything.
func (c *Cache) Drop(tags ...standfirst.Tag) {
	if len(tags) == 0 {
		c.Clear()
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drops.add(tags, c.flights.any())
	c.flights.detach()
	c.remove(c.index.take(tags))
}

// Clear lets go of every page, as Drop does.
func (c *Cache) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drops.addAll()
	c.flights.detach()
	c.remove(c.index.takeAll())
}

// remove takes entries that are out of the index out of the table. mu is held, so
// that what stands under their keys is them or nothing.
func (c *Cache) remove(dropped []*Entry) {
	for _, e := range dropped {
		c.entries.Invalidate(e.key)
	}
	c.count.dropped.Add(int64(len(dropped)))
}

// keep puts a rendered entry in, unless one of its tags was dropped since its render
// began, or a later render was faster, or it is too large. mu is held.
func (c *Cache) keep(e *Entry) {
	if c.drops.since(e.began, e.tags) {
		c.count.outdated.Add(1)
		return
	}
	if e.weight.Load() > c.maxBytes/maxShare {
		c.count.oversize.Add(1)
		return
	}
	old, _ := c.entries.GetIfPresent(e.key)
	if old != nil && !old.dropped.Load() && old.began > e.began {
		return
	}
	c.index.add(e)
	c.entries.Set(e.key, e)
	if old != nil {
		c.index.discard(old)
	}
}

// reweigh tells the table that an entry has grown, if it is kept.
func (c *Cache) reweigh(e *Entry) {
	if c.entries == nil {
		return
	}
	c.entries.ComputeIfPresent(e.key, func(kept *Entry) (*Entry, otter.ComputeOp) {
		if kept != e {
			return kept, otter.CancelOp
		}
		return e, otter.WriteOp
	})
}

// counters are what Stats tells.
type counters struct {
	hits, misses, joined, failed, outdated, oversize, dropped, evicted atomic.Int64
}

// Stats is what a cache has done since it was made and what it holds.
type Stats struct {
	Hits     int64 // answered with a kept page
	Misses   int64 // rendered
	Joined   int64 // answered by waiting for somebody else's render
	Failed   int64 // renders that failed, panicked or took too long
	Outdated int64 // renders that were not kept because of a drop meanwhile
	Oversize int64 // renders that were not kept because of their size
	Dropped  int64 // pages dropped because of their tags
	Evicted  int64 // pages that made room for others

	Pages    int   // kept now
	Tags     int   // under which those are kept
	Bytes    int64 // that those take, as weighed
	MaxBytes int64
}

// Stats returns the numbers of this moment, which need not fit each other exactly.
func (c *Cache) Stats() Stats {
	s := Stats{
		Hits: c.count.hits.Load(), Misses: c.count.misses.Load(), Joined: c.count.joined.Load(),
		Failed: c.count.failed.Load(), Outdated: c.count.outdated.Load(), Oversize: c.count.oversize.Load(),
		Dropped: c.count.dropped.Load(), Evicted: c.count.evicted.Load(), MaxBytes: c.maxBytes,
	}
	s.Pages, s.Tags, s.Bytes = c.index.size()
	return s
}
