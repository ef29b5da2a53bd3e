package standfirst

import (
	"net/url"
	"slices"
	"time"
)

// StoryKind tells a story from a standing page.
type StoryKind string

const (
	KindStory StoryKind = "story" // dated; its address holds the day of first publication
	KindPage  StoryKind = "page"  // undated: About, Ethics, Contact, Privacy; its address is /{slug}
)

// Access says who may read a story once it is published.
type Access string

const (
	AccessPublic     Access = "public"
	AccessRegistered Access = "registered" // readers with an account
	AccessMembers    Access = "members"    // readers who pay
)

// Validate returns an Invalid error that names the kinds of access that there are.
func (a Access) Validate() error {
	switch a {
	case AccessPublic, AccessRegistered, AccessMembers:
		return nil
	}
	return Errorf(Invalid, "the access %q is not known; use %s, %s or %s", string(a), AccessPublic, AccessRegistered, AccessMembers)
}

// Story is one piece of work through all its states. What it says is in its
// [WorkingCopy] and its [Revision] values.
type Story struct {
	ID     StoryID
	Kind   StoryKind
	State  State
	Access Access

	// Section is that of the newest published revision; zero for none.
	Section SectionID

	// Slug and Day make the address. Day is zero until the first publication, and
	// always for a page. SlugChosen tells a slug that somebody set, which is never
	// changed silently, from one made of the headline.
	Slug       Slug
	SlugChosen bool
	Day        Day

	// FirstPublished is when readers first saw it, or its original date when it
	// came from elsewhere; Updated is when its newest published revision went out.
	// Both are zero until then.
	FirstPublished time.Time
	Updated        time.Time

	Current         RevisionID // the published revision that readers see; zero if there is none
	PublishedNumber int        // how many published revisions there are

	// Headline is that of the working copy, for the lists that staff see.
	Headline string

	RetractionNote string // plain text; set if and only if the state is Retracted

	// FeedGUID is what feeds know the story by: that of the system which it came from, or what
	// [NewFeedGUID] said at its first publication. It never changes, wherever the
	// publication and the story move; stories that were published by older versions may have none.
	FeedGUID string

	// Seams for stories that came from another system; all may be empty.
	ForeignID    string
	OriginalDate time.Time // the date that the story carried there, or that its file states

	CreatedAt time.Time
	CreatedBy string // the actor, as [Actor.String]
}

// NewFeedGUID returns a URI for the story, which is being published for the first time by the
// publication at the address (RFC 4151).
func NewFeedGUID(baseURL string, s Story) string {
	host := "localhost"
	if u, err := url.Parse(baseURL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return "tag:" + host + "," + s.FirstPublished.UTC().Format(time.DateOnly) + ":story/" + s.ID.String()
}

// Path returns the address of the story below the publication's base address,
// and "" for a dated story that has not been published.
func (s Story) Path() string {
	switch {
	case s.Kind == KindPage:
		return PagePath(s.Slug)
	case s.Day.IsZero():
		return ""
	default:
		return StoryPath(s.Day, s.Slug)
	}
}

// Content is everything of a story that is written by hand. It is the same in a
// working copy and in a revision.
type Content struct {
	Headline   string // plain text, one line
	Standfirst string // plain text, one line; may be empty
	Bylines    []Byline
	Disclosure string // a sentence below the byline, beside those of the authors; may be empty
	Dateline   string // place and day as written, such as "ANTWERP, 5 March"; may be empty
	Body       string // canonical story text, in Markdown
	Section    string // name; empty for none
	Topics     []string
	Picture    *LeadPicture
	Social     Social
	// Quotations are the direct quotations in Body. They are found when the content
	// is saved, so that what readers see does not change with the software.
	Quotations []Quotation
	// Citations are the figures that Body cites. They are found when the content is
	// saved, and their versions are those of the moment of publication.
	Citations []Citation
	// Inset are the stored pictures that Body shows, each once. They are found when the
	// content is saved.
	Inset []PictureID
}

// Pictures returns the stored pictures that the content uses, each once.
func (c Content) Pictures() []PictureID {
	used := make([]PictureID, 0, len(c.Inset)+2)
	add := func(id PictureID) {
		if id != 0 && !slices.Contains(used, id) {
			used = append(used, id)
		}
	}
	if c.Picture != nil {
		add(c.Picture.ID)
	}
	add(c.Social.Picture)
	for _, id := range c.Inset {
		add(id)
	}
	return used
}

// Limits on what is written by hand, in bytes. They stop abuse, not work.
const (
	MaxHeadlineLength   = 400
	MaxStandfirstLength = 1500
	MaxBodyLength       = 1 << 20
	MaxBylines          = 20
	MaxTopics           = 20
)

// LeadPicture is the use of a picture at the head of a story.
type LeadPicture struct {
	ID      PictureID
	Alt     string // what a reader who cannot see it needs to know
	Caption string
	Credit  string
}

// Social is how a story is announced where a link to it is shared. What is empty is as
// in the story itself.
type Social struct {
	Title   string    // plain text, one line
	Picture PictureID // zero for the picture at its head
	Alt     string    // what one who cannot see Picture needs to know
}

// WorkingCopy is the one mutable text of a story, which saving overwrites.
type WorkingCopy struct {
	StoryID StoryID
	// Version grows by one with each save. A save names the version that it was
	// made from, so that two people never overwrite each other unseen.
	Version   int
	Content   Content
	UpdatedAt time.Time
	UpdatedBy string
}

// RevisionPurpose says what a revision was made for.
type RevisionPurpose string

const (
	ForSave     RevisionPurpose = "save"
	ForReview   RevisionPurpose = "review"
	ForSchedule RevisionPurpose = "schedule"
	ForPublish  RevisionPurpose = "publish"
	// ForSupersession is one that was prepared because a figure which the story cites
	// changed: the published text with the new words.
	ForSupersession RevisionPurpose = "supersession"
)

// Revision is one immutable state of a story.
type Revision struct {
	ID      RevisionID
	StoryID StoryID
	// Number counts the published revisions of a story from 1; zero for one that
	// was never published. PublishedAt is zero exactly when Number is.
	Number      int
	Purpose     RevisionPurpose
	Content     Content
	CreatedAt   time.Time
	CreatedBy   string
	PublishedAt time.Time
	Change      Change // of the published text before it; zero for the first
}

// PublishedVersion is what the history of a story tells of a published revision.
type PublishedVersion struct {
	Number      int // from 1
	Revision    RevisionID
	PublishedAt time.Time
	Change      Change
	Headline    string
	Bylines     []Byline
}

// Change says why published text changed.
type Change struct {
	Class ChangeClass // empty where every changed word is that of a superseded figure
	Note  string      // plain text for readers, one paragraph; may be empty
}

// Schedule is a revision that goes out by itself.
type Schedule struct {
	StoryID  StoryID
	Revision RevisionID
	At       time.Time
}

// Card is what lists show of a published story.
type Card struct {
	ID             StoryID
	State          State
	Path           string
	Headline       string
	Standfirst     string
	Bylines        []Byline
	Section        string // name; empty for none
	SectionSlug    Slug
	FirstPublished time.Time
	Updated        time.Time
	Picture        *LeadPicture
	// Thumb holds the stored sizes of Picture, narrowest first: its renditions, or
	// the picture itself while they are not made. Empty exactly when Picture is nil.
	Thumb []PictureFile
	Focus Focus // of Picture
}

// Position is a place in a list of published stories ordered from the newest to
// the oldest. A list continues with what comes strictly after it. The zero
// Position is before the newest.
type Position struct {
	FirstPublished time.Time
	ID             StoryID
}
