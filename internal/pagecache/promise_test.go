package pagecache

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"standfirst"
)

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
