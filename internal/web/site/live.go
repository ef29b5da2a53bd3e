package site

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/live"
	"standfirst/internal/store"
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
	news, at, err := s.news(ctx, id, from, nil)
	if err != nil {
		return nil, err
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

// liveNews is what changed, as scripts get it. All of it is one event, so that no reader
// sees the half of a change, and a crowd of changes takes one place in its queue.
type liveNews struct {
	Count    string                 `json:"count"` // the heading of the talk
	Comments []liveComment          `json:"comments,omitempty"`
	Gone     []standfirst.CommentID `json:"gone,omitempty"`
	Story    *liveStory             `json:"story,omitempty"`
}

// liveComment is a comment that is new or reads anew.
type liveComment struct {
	ID     standfirst.CommentID `json:"id"`
	Parent standfirst.CommentID `json:"parent"`
	After  standfirst.CommentID `json:"after"` // it follows this one in the thread; zero for the first
	HTML   string               `json:"html"`
}

// liveStory says that the story itself changed.
type liveStory struct {
	Version string `json:"version"` // as on the page, for those who have it already
	Kind    string `json:"kind"`
	Text    string `json:"text"`
}

// The kinds of what is said about a story.
const (
	liveChanged = "changed"
	liveMany    = "many" // more was said than is sent
	liveGone    = "gone"
)

// event returns the news as it is sent.
func (n liveNews) event(at livePosition) (live.Event, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false) // it is not set into a page as it stands
	err := encoder.Encode(n)
	return live.Event{ID: at.String(), Name: "talk", Data: bytes.TrimSpace(b.Bytes())}, err
}

// livePosition is how far a reader knows what happened.
type livePosition struct {
	since   time.Time
	version string // of the story: the number of its version, a dot, and its last notice
}

func (p livePosition) String() string {
	return strconv.FormatInt(p.since.UnixMicro(), 10) + "-" + p.version
}

// parseLivePosition reads what String writes.
func parseLivePosition(text string) (livePosition, bool) {
	micros, version, ok := strings.Cut(text, "-")
	n, err := strconv.ParseInt(micros, 10, 64)
	if !ok || err != nil || n < 0 || len(version) > 40 {
		return livePosition{}, false
	}
	return livePosition{time.UnixMicro(n), version}, true
}

// news gathers what changed since the position in one look at the store, but for comments
// that are sent already, and notes which it gathered there, unless that is nil.
func (s *Site) news(ctx context.Context, id standfirst.StoryID, from livePosition, sent map[standfirst.CommentID]time.Time) (n liveNews, at livePosition, err error) {
	err = s.store.View(ctx, func(tx *store.ReadTx) error {
		at.since = s.clock() // before the store is looked at: what comes meanwhile is read twice
		rd, err := s.read(tx)
		if err != nil {
			return err
		}
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if !discuss.Talks(story) {
			n.Story = rd.liveEnd(story)
			return nil
		}
		if at.version, n.Story, err = rd.liveStory(story, from.version); err != nil {
			return err
		}
		count, err := tx.CommentCount(id)
		if err != nil {
			return err
		}
		n.Count = rd.talkTitle(count)
		return s.liveComments(rd, story, from.since, sent, &n)
	})
	if err != nil {
		err = fmt.Errorf("site: news of story %d: %w", id, err)
	}
	return n, at, err
}

// liveEnd says why a story is not shown any more.
func (rd *reading) liveEnd(story standfirst.Story) *liveStory {
	text := rd.words.Text("live.gone")
	if story.State == standfirst.Retracted {
		text = rd.words.Text("live.retracted")
	}
	return &liveStory{Version: liveGone, Kind: liveGone, Text: text}
}

// liveStory returns the version of the story, and what is said of it to those who know
// another one.
func (rd *reading) liveStory(story standfirst.Story, known string) (version string, said *liveStory, err error) {
	notices, err := rd.tx.NoticesOfStory(story.ID)
	if err != nil {
		return "", nil, err
	}
	var last standfirst.Notice
	for _, n := range notices {
		if !n.Erased {
			last = n
			break
		}
	}
	version = strconv.Itoa(story.PublishedNumber) + "." + last.ID.String()
	if known == "" || known == version {
		return version, nil, nil
	}
	done, when := rd.words.Text("noticed.update"), story.Updated
	if !strings.HasSuffix(known, "."+last.ID.String()) && last.ID != 0 {
		done, when = rd.words.Text("noticed."+noticeKey(last.Class)), last.At
	}
	text := rd.words.Text("live.changed", done, updateMoment(story.FirstPublished, when, rd.loc).Text)
	return version, &liveStory{Version: version, Kind: liveChanged, Text: text}, nil
}

// liveComments fills in the comments that changed.
func (s *Site) liveComments(rd *reading, story standfirst.Story, since time.Time, sent map[standfirst.CommentID]time.Time, n *liveNews) error {
	changed, err := rd.tx.ChangedComments(story.ID, since.Add(-liveOverlap), liveRead)
	if err != nil {
		return err
	}
	fresh := changed[:0:0]
	for _, c := range changed {
		if sent == nil || !sent[c.ID].Equal(c.ChangedAt) {
			fresh = append(fresh, c)
		}
		if sent != nil {
			sent[c.ID] = c.ChangedAt
		}
	}
	if len(changed) == liveRead || len(fresh) > liveMost {
		if n.Story == nil {
			n.Story = &liveStory{Version: liveMany, Kind: liveMany, Text: rd.words.Text("live.many")}
		}
		return nil
	}
	if len(fresh) == 0 {
		return nil
	}
	revision, err := rd.tx.Revision(story.Current)
	if err != nil {
		return err
	}
	settings, err := discuss.Settings(rd.tx, story)
	if err != nil {
		return err
	}
	open := rd.talks && !settings.ClosedFor(story.FirstPublished, rd.now)
	for _, c := range fresh {
		if c.State != standfirst.CommentApproved && c.Replies == 0 {
			n.Gone = append(n.Gone, c.ID)
			continue
		}
		shown, err := s.liveComment(rd, rd.comment(story, revision.Content.Bylines, c, open), c)
		if err != nil {
			return err
		}
		n.Comments = append(n.Comments, shown)
	}
	return nil
}

// liveComment renders the comment as it stands on the page.
func (s *Site) liveComment(rd *reading, shown comment, c standfirst.Comment) (liveComment, error) {
	after, err := rd.tx.CommentBefore(c.Story, c.Position())
	if err != nil {
		return liveComment{}, err
	}
	var html bytes.Buffer
	if err := s.ui.Part(&html, "story", "comment", shown); err != nil {
		return liveComment{}, err
	}
	return liveComment{ID: c.ID, Parent: c.Parent, After: after, HTML: strings.TrimSpace(html.String())}, nil
}

// liveLink is where a page is told what happens after it was made.
type liveLink struct {
	Address string
	At      string // what the page knows
	Version string // of the story
	Reload  string // the page itself
}

// liveLink returns where the page of the story goes on.
func (rd *reading) liveLink(story standfirst.Story) (*liveLink, error) {
	version, _, err := rd.liveStory(story, "")
	if err != nil {
		return nil, err
	}
	at := livePosition{rd.now, version}
	return &liveLink{Address: story.Path() + liveBelow, At: at.String(), Version: version, Reload: story.Path()}, nil
}
