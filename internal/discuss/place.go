package discuss

import (
	"slices"
	"strings"
	"sync"
	"time"

	"standfirst"
	"standfirst/internal/spam"
	"standfirst/internal/store"
)

// place is where a comment is posted, as far as that does not change with each comment.
type place struct {
	story    standfirst.Story
	settings standfirst.Discussion
	zone     *time.Location
	site     site
	list     *spam.WordList // nil for none
}

// maxPlaces bounds how many stories are remembered.
const maxPlaces = 256

// places remembers where comments are posted: under a story that everybody talks about, the
// same would be read for each comment. Whatever else is touched than a thread forgets all.
type places struct {
	mu         sync.Mutex
	known      map[standfirst.StoryID]place
	paths      map[string]standfirst.StoryID // where those stand
	generation int
}

// notRemembered is a generation that never is.
const notRemembered = -1

// touched forgets what may have changed. It is told by the store.
func (p *places) touched(tags []standfirst.Tag) {
	ofThread := func(tag standfirst.Tag) bool {
		return strings.HasPrefix(string(tag), "comments:") || tag == standfirst.FilterTag
	}
	if tags != nil && !slices.ContainsFunc(tags, func(tag standfirst.Tag) bool { return !ofThread(tag) }) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.known)
	clear(p.paths)
	p.generation++
}

func (p *places) get(id standfirst.StoryID) (found place, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found, ok = p.known[id]
	return found, ok
}

// at returns the story at the address, if it is remembered.
func (p *places) at(path string) (standfirst.Story, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id, ok := p.paths[path]
	return p.known[id].story, ok
}

// now returns the generation, before what is remembered under it is read.
func (p *places) now() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.generation
}

// put remembers what was read since the generation, unless something changed meanwhile.
func (p *places) put(id standfirst.StoryID, found place, generation int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if generation != p.generation {
		return
	}
	if p.known == nil || len(p.known) >= maxPlaces {
		p.known, p.paths = make(map[standfirst.StoryID]place), make(map[string]standfirst.StoryID)
	}
	p.known[id], p.paths[found.story.Path()] = found, id
}

// StoryAt returns the story at the address if comments were posted under it since anything
// was published, so that it need not be looked up for each of them.
func (t *Talk) StoryAt(path string) (standfirst.Story, bool) { return t.places.at(path) }

// place returns where the comment is posted, if the story takes comments at the time. The
// generation is that of before the transaction began. The errors are those of [Open].
func (t *Talk) place(tx *store.ReadTx, id standfirst.StoryID, now time.Time, generation int) (place, error) {
	found, ok := t.places.get(id)
	if ok && !found.settings.ClosedFor(found.story.FirstPublished, now) {
		return found, nil
	}
	thread, err := Open(tx, id, now)
	if err != nil {
		return place{}, err
	}
	pub, err := tx.Publication()
	if err != nil {
		return place{}, err
	}
	found = place{story: thread.Story, settings: thread.Settings, zone: pub.Location(), site: t.siteOf(pub)}
	if len(found.settings.Exact)+len(found.settings.Loose) > 0 {
		list := spam.NewWordList(found.settings.Exact, found.settings.Loose)
		found.list = &list
	}
	t.places.put(id, found, generation)
	return found, nil
}
