package standfirst

import (
	"strconv"
	"strings"
)

// Tag names something that rendered pages show. A page is kept under the tags of
// everything on it; a change touches the tags of what it changed, and exactly the
// pages that carry one of them are dropped.
type Tag string

const (
	// FrontTag is on the front page.
	FrontTag Tag = "front"
	// ArchiveTag is on the pages of the archive.
	ArchiveTag Tag = "archive"
	// SiteTag is on every page: the publication's name, its menu, its footer.
	SiteTag Tag = "site"
	// NamesTag is on the lists of companies, organisations, places and people.
	NamesTag Tag = "names"
	// LedgerTag is on the ledger as programs take it.
	LedgerTag Tag = "ledger"
	// DealsTag is on the lists of deals.
	DealsTag Tag = "deals"
	// CalendarTag is on the pages of what is to come.
	CalendarTag Tag = "calendar"
	// CorrectionsTag is on the lists of notices.
	CorrectionsTag Tag = "corrections"
	// RecordTag is on the pages that show the newest of the record.
	RecordTag Tag = "record"
	// FilterTag says that the filter of comments learnt something; no page carries it.
	FilterTag Tag = "filter"
	// RecordKeyTag is on what names the key or the epoch of the record.
	RecordKeyTag Tag = "record-key"
)

// Of returns the noun and the number of a tag of one thing, such as "story" and 12, and false
// for any other.
func (t Tag) Of() (noun string, number int64, ok bool) {
	noun, text, found := strings.Cut(string(t), ":")
	number, err := strconv.ParseInt(text, 10, 64)
	return noun, number, found && err == nil
}

// StoryTag is on every page that shows something of the story.
func StoryTag(id StoryID) Tag { return Tag("story:" + id.String()) }

// CardTag is on what names the picture by which the story is shared.
func CardTag(id StoryID) Tag { return Tag("card:" + id.String()) }

// SectionTag is on every page that lists stories of the section.
func SectionTag(id SectionID) Tag { return Tag("section:" + id.String()) }

// TopTag is on the page that shows what editors put on top of the section's stories; for
// section zero that is the front page.
func TopTag(id SectionID) Tag {
	if id == 0 {
		return FrontTag
	}
	return Tag("top:" + id.String())
}

// TopicTag is on every page that lists stories of the topic.
func TopicTag(id TopicID) Tag { return Tag("topic:" + id.String()) }

// AuthorTag is on every page that lists stories of the author.
func AuthorTag(id AuthorID) Tag { return Tag("author:" + id.String()) }

// DayTag is on the list of a day's stories.
func DayTag(day Day) Tag { return Tag("day:" + day.String()) }

// PictureTag is on every page that shows the picture: its smaller sizes are made
// after it is first used, and the page then offers them.
func PictureTag(id PictureID) Tag { return Tag("picture:" + id.String()) }

// ClaimTag is on every page that shows something of the claim.
func ClaimTag(id ClaimID) Tag { return Tag("claim:" + id.String()) }

// DealTag is on every page that shows something of the deal.
func DealTag(id DealID) Tag { return Tag("deal:" + id.String()) }

// EntityTag is on every page that shows something of the entity.
func EntityTag(id EntityID) Tag { return Tag("entity:" + id.String()) }

// MentionTag is on every page whose text mentions an entity by the slug, whether there
// is such an entity or not.
func MentionTag(slug Slug) Tag { return Tag("mention:" + string(slug)) }

// TickerTag is on every page whose text names the ticker, whether it is known or not.
func TickerTag(t Ticker) Tag { return Tag("ticker:" + t.Exchange.MIC + ":" + t.Symbol) }

// CommentsTag is on every page that shows the talk under the story.
func CommentsTag(id StoryID) Tag { return Tag("comments:" + id.String()) }

// TalkTag is on every page that shows how the talk is held in the scope.
func TalkTag(scope DiscussionScope) Tag { return Tag("talk:" + string(scope)) }
