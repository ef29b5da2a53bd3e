package pagecache

import (
	"sync"

	"standfirst"
)

// index knows which kept entries carry a tag. Its lock is taken last: while it is
// held, nothing else is called.
type index struct {
	mu   sync.Mutex
	all  map[*Entry]struct{}
	tags map[standfirst.Tag]map[*Entry]struct{}
}

func newIndex() *index {
	return &index{all: make(map[*Entry]struct{}), tags: make(map[standfirst.Tag]map[*Entry]struct{})}
}

// add enters an entry under its tags.
func (x *index) add(e *Entry) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.all[e] = struct{}{}
	for _, tag := range e.tags {
		set := x.tags[tag]
		if set == nil {
			set = make(map[*Entry]struct{})
			x.tags[tag] = set
		}
		set[e] = struct{}{}
	}
}

// discard marks an entry as dropped and takes it out. The mark comes first: an
// entry that is out of the index is out of reach of every later drop, so nobody may
// be given it any more, not even one who finds it in the table at this moment.
func (x *index) discard(e *Entry) {
	e.dropped.Store(true)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(e)
}

// take marks all entries that carry one of the tags as dropped, takes them out and
// returns them.
func (x *index) take(tags []standfirst.Tag) []*Entry {
	x.mu.Lock()
	defer x.mu.Unlock()
	var taken []*Entry
	for _, tag := range tags {
		for e := range x.tags[tag] {
			e.dropped.Store(true)
			x.remove(e)
			taken = append(taken, e)
		}
	}
	return taken
}

// takeAll does what take does for every entry.
func (x *index) takeAll() []*Entry {
	x.mu.Lock()
	defer x.mu.Unlock()
	taken := make([]*Entry, 0, len(x.all))
	for e := range x.all {
		e.dropped.Store(true)
		taken = append(taken, e)
	}
	clear(x.tags)
	clear(x.all)
	return taken
}

// size returns how many entries and tags there are, and how many bytes the entries
// hold. The table knows that too, but only after its next maintenance.
func (x *index) size() (entries, tags int, bytes int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for e := range x.all {
		bytes += e.weight.Load()
	}
	return len(x.all), len(x.tags), bytes
}

// remove takes an entry out, if it is in. The lock is held.
func (x *index) remove(e *Entry) {
	delete(x.all, e)
	for _, tag := range e.tags {
		set := x.tags[tag]
		delete(set, e)
		if len(set) == 0 {
			delete(x.tags, tag)
		}
	}
}
