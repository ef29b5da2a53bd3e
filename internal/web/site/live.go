package site

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/live"
	"standfirst/internal/web"
)

const (
	// liveBelow stands behind the address of a story for what happens under it.
	liveBelow = "/live"
	// liveEvery is how often readers of a story are told at most.
	liveEvery = 250 * time.Millisecond
	// liveOverlap is how far before the last look the next one begins: a change may be
	// committed after another that has a later time, and clocks of nodes differ.
	liveOverlap = 10 * time.Second
	// liveOldest is for how long a page may have been away and is told what it missed. One
	// that comes later begins anew, and is told to load the page again.
	liveOldest = 24 * time.Hour
	// liveRead is how many changed comments one look reads, and liveMost how many of them
	// readers are sent; where there are more they are told to load the page again.
	liveRead, liveMost = 500, 100
)

// follower knows which stories changed while somebody listens, and what those readers were
// told of them.
type follower struct {
	hub  *live.Hub
	wake chan struct{}

	mu      sync.Mutex
	touched map[standfirst.StoryID]struct{}
	told    map[standfirst.StoryID]*told // of stories that somebody listens to
	reads   int                          // looks at the store for everybody
}

// told is what the readers of a story were sent, or had on their page.
type told struct {
	since    time.Time                          // of the last look
	version  string                             // of the story
	title    string                             // of the talk
	comments map[standfirst.CommentID]time.Time // when each changed that was sent lately
}

func newFollower(hub *live.Hub) *follower {
	return &follower{
		hub: hub, wake: make(chan struct{}, 1),
		touched: make(map[standfirst.StoryID]struct{}), told: make(map[standfirst.StoryID]*told),
	}
}

// liveTopic is what those listen to who show the story.
func liveTopic(id standfirst.StoryID) string { return string(standfirst.StoryTag(id)) }

// Touched notes what changed, for [Site.Follow]. It is called with the tags that the store
// tells, nil for anything, and does not block. What nobody listens to costs nothing.
func (s *Site) Touched(tags []standfirst.Tag) {
	f := s.live
	if f == nil || f.hub.Streams() == 0 {
		return
	}
	if tags == nil {
		for _, topic := range f.hub.Topics() {
			f.touch(topic)
		}
		return
	}
	for _, tag := range tags {
		if number, ok := strings.CutPrefix(string(tag), "comments:"); ok {
			f.touch("story:" + number)
		} else if strings.HasPrefix(string(tag), "story:") {
			f.touch(string(tag))
		}
	}
}

// touch notes that the readers of the topic are to be told.
func (f *follower) touch(topic string) {
	if !f.hub.Listening(topic) {
		return
	}
	n, err := strconv.ParseInt(strings.TrimPrefix(topic, "story:"), 10, 64)
	if err != nil {
		return
	}
	f.mu.Lock()
	f.touched[standfirst.StoryID(n)] = struct{}{}
	f.mu.Unlock()
	select {
	case f.wake <- struct{}{}:
	default: // it is awake
	}
}

// take returns the stories that were touched since it was called last.
func (f *follower) take() map[standfirst.StoryID]struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	touched := f.touched
	f.touched = make(map[standfirst.StoryID]struct{})
	return touched
}

// listen keeps what readers of the story are told from now on.
func (f *follower) listen(id standfirst.StoryID, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.told[id] == nil {
		f.told[id] = &told{since: now, version: liveUnseen, comments: make(map[standfirst.CommentID]time.Time)}
	}
}

// liveUnseen is the version of a story that nobody has looked at. Readers are told of the
// one that is found, and know whether it is theirs.
const liveUnseen = "?"

// learn notes the version of the story that its first reader found.
func (f *follower) learn(id standfirst.StoryID, version string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if t := f.told[id]; t != nil && t.version == liveUnseen {
		t.version = version
	}
}

// forget drops what readers were told, once nobody listens. A reader begins to listen
// before [follower.listen] is called for it, so that none loses what it needs.
func (f *follower) forget(id standfirst.StoryID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.hub.Listening(liveTopic(id)) {
		delete(f.told, id)
	}
}

// known returns what the readers of the story were told, and false if nobody listens. Its
// comments are for the caller alone.
func (f *follower) known(id standfirst.StoryID) (told, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.told[id]
	if t == nil || !f.hub.Listening(liveTopic(id)) {
		return told{}, false
	}
	f.reads++
	return *t, true
}

// tells notes what the readers of the story are told.
func (f *follower) tells(id standfirst.StoryID, at livePosition, title string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if t := f.told[id]; t != nil {
		t.since, t.version, t.title = at.since, at.version, title
	}
}

// Follow tells the readers of open pages what changes, as [Site.Touched] notes it, until
// the context ends. However many changes there are, each story is looked at once in a
// quarter of a second.
func (s *Site) Follow(ctx context.Context) error {
	if s.live == nil {
		<-ctx.Done()
		return nil
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.live.wake:
		}
		for id := range s.live.take() {
			s.tell(ctx, id)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(liveEvery):
		}
	}
}

// tell sends the readers of the story what changed since they were told last. Where that
// cannot be read their streams end: they come back, and say what they know.
func (s *Site) tell(ctx context.Context, id standfirst.StoryID) {
	t, listening := s.live.known(id)
	if !listening {
		return
	}
	news, at, err := s.news(ctx, id, livePosition{since: t.since, version: t.version}, t.comments)
	if err != nil {
		if ctx.Err() == nil {
			s.log.Error("the readers of a story cannot be told what changed", "story", id, "error", err)
		}
		s.live.hub.End(liveTopic(id))
		return
	}
	same := len(news.Comments) == 0 && len(news.Gone) == 0 && news.Story == nil && news.Count == t.title
	s.live.tells(id, at, news.Count)
	for c, changed := range t.comments {
		if changed.Before(at.since.Add(-2 * liveOverlap)) {
			delete(t.comments, c)
		}
	}
	if !same {
		s.send(id, news, at)
	}
	if news.Story != nil && news.Story.Kind == liveGone {
		s.live.hub.End(liveTopic(id))
	}
}

// send sends what changed to everybody who listens.
func (s *Site) send(id standfirst.StoryID, n liveNews, at livePosition) {
	event, err := n.event(at)
	if err != nil { // nothing in it can fail to be encoded
		s.log.Error("an event cannot be written", "story", id, "error", err)
		return
	}
	s.live.hub.Send(liveTopic(id), event)
}

// serveLive answers with what happens under a story, as it happens.
func (s *Site) serveLive(w http.ResponseWriter, r *http.Request) error {
	if s.live == nil {
		return errNoPage
	}
	var story standfirst.Story
	err := apart(func() (err error) {
		story, err = s.replyStory(r, s.kinds.resolve(r.URL.Path))
		return err
	})
	if err != nil {
		return err
	}
	if !discuss.Talks(story) {
		return errNoPage
	}
	id := story.ID
	defer s.live.forget(id)
	return s.live.hub.Serve(w, r, liveTopic(id), func(ctx context.Context, last string) ([]live.Event, error) {
		s.live.listen(id, s.clock())
		var missed []live.Event
		err := apart(func() (err error) {
			missed, err = s.missed(ctx, id, cmp.Or(last, r.URL.Query().Get("at")))
			return err
		})
		if err == nil {
			web.NoteStream(w, r)
		}
		return missed, err
	})
}

// apart calls the function on a stack of its own, so that the one of a stream, which stays
// for hours, does not grow to what a look at the store needs. A panic is passed on.
func apart(do func() error) (err error) {
	var failed any
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { failed = recover() }()
		err = do()
	}()
	<-done
	if failed != nil {
		panic(failed)
	}
	return err
}

// missed returns what happened since the position, if anything.
func (s *Site) missed(ctx context.Context, id standfirst.StoryID, position string) ([]live.Event, error) {
	if position == "" {
		return nil, nil
	}
	from, ok := parseLivePosition(position)
	if !ok {
		return nil, standfirst.Errorf(standfirst.Invalid, "there is no position %q", position)
	}
	oldest := s.clock().Add(-liveOldest)
	late := from.since.Before(oldest)
	if late {
		from.since = s.clock()
	}
	news, at, err := s.news(ctx, id, from, nil)
	if err != nil {
		return nil, err
	}
	if late && news.Story == nil {
		news.Story = &liveStory{Version: liveMany, Kind: liveMany, Text: s.ui.Strings.Text("live.many")}
	}
	if news.Story != nil && news.Story.Kind == liveGone {
		return nil, errNoPage
	}
	s.live.learn(id, at.version)
	if len(news.Comments) == 0 && len(news.Gone) == 0 && news.Story == nil {
		return nil, nil
	}
	event, err := news.event(at)
	return []live.Event{event}, err
}
