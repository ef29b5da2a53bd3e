package feed

import (
	"html"
	"strings"
	"time"

	"standfirst"
)

// MaxEntries is the most that a feed has.
const MaxEntries = 50

// Feed is a list of what was published, the newest first. Texts are plain unless said
// otherwise, and addresses absolute.
type Feed struct {
	Title    string
	Subtitle string // may be empty
	Language string // BCP 47
	Home     string // the page for people that lists the same
	Self     string // of the feed itself, in the format in which it is written
	Icon     string // square; may be empty
	Hub      string // of WebSub, which tells followers of changes; may be empty
	Updated  time.Time
	Entries  []Entry
}

// Entry is one story, comment or notice.
type Entry struct {
	ID      string // a URI that stays when the address changes
	Address string
	Title   string
	Summary string // may be empty
	HTML    string // the whole text; empty where it is not for everybody

	Published, Updated time.Time

	Authors    []Author
	Categories []Category
	Picture    *Picture // nil for none
	Notices    []Notice // the newest first

	Talk     string // where it is talked about; may be empty
	TalkFeed string // of that talk, in the format of the feed; may be empty

	// Retracted is set for a story that is withdrawn for good: HTML says why, and the rest
	// of the text is gone.
	Retracted *time.Time
}

// Author is somebody in a byline.
type Author struct {
	Name    string
	Role    string // may be empty
	Address string // of their page; may be empty
}

// Line returns the name with the role behind it.
func (a Author) Line() string {
	if a.Role == "" {
		return a.Name
	}
	return a.Name + ", " + a.Role
}

// Category is a section, topic, company or deal.
type Category struct {
	Scheme string // of the term: the address below which its page is
	Term   string
	Name   string
}

// Picture is the picture of an entry.
type Picture struct {
	Address       string
	Type          string // media type
	Bytes         int64
	Width, Height int
	Alt           string
	Caption       string // may be empty
	Credit        string // may be empty
}

// Notice is what readers are told about a change.
type Notice struct {
	Class standfirst.ChangeClass
	Title string // with the day: "Correction, 5 March 2026"
	Text  string
	At    time.Time
}

// withNotices returns the text of the entry with what readers are told about it before it.
func (e Entry) withNotices() string {
	if len(e.Notices) == 0 {
		return e.HTML
	}
	var b strings.Builder
	for _, n := range e.Notices {
		b.WriteString("<p><strong>" + html.EscapeString(n.Title) + ":</strong> " + html.EscapeString(n.Text) + "</p>\n")
	}
	b.WriteString(e.HTML)
	return b.String()
}
