package site

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/live"
	"standfirst/internal/store"
)

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
