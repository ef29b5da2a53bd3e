package site

import (
	"cmp"
	"html"
	"slices"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/feed"
	"standfirst/internal/store"
)

func frontFeed(rd *reading, _ address) (from feedSource, err error) {
	rd.tag(standfirst.FrontTag)
	from.stories, err = rd.tx.Latest(standfirst.Position{}, feedLength)
	return from, err
}

func sectionFeed(rd *reading, at address) (from feedSource, err error) {
	section, err := rd.tx.SectionBySlug(at.slug)
	if err != nil {
		return from, err
	}
	rd.tag(standfirst.SectionTag(section.ID))
	from.title = section.Name
	from.stories, err = rd.tx.SectionCards(section.ID, standfirst.Position{}, feedLength)
	return from, err
}

func topicFeed(rd *reading, at address) (from feedSource, err error) {
	topic, err := rd.tx.TopicBySlug(at.slug)
	if err != nil {
		return from, err
	}
	rd.tag(standfirst.TopicTag(topic.ID))
	from.title = topic.Name
	from.stories, err = rd.tx.TopicCards(topic.ID, standfirst.Position{}, feedLength)
	return from, err
}

func authorFeed(rd *reading, at address) (from feedSource, err error) {
	a, err := rd.tx.AuthorBySlug(at.slug)
	if err != nil {
		return from, err
	}
	rd.tag(standfirst.AuthorTag(a.ID))
	from.title, from.about = a.Name, a.Bio
	from.stories, err = rd.tx.AuthorCards(a.ID, standfirst.Position{}, feedLength)
	return from, err
}

func dealFeed(rd *reading, at address) (from feedSource, err error) {
	deal, err := rd.tx.DealAt(at.slug)
	if err != nil {
		return from, err
	}
	if deal.ReleasedAt.IsZero() {
		return from, errNoPage
	}
	rd.tag(standfirst.DealTag(deal.ID))
	from.title, from.about = deal.Title, rd.words.Text("deal.about", deal.Title)
	from.stories, err = rd.tx.CitingStoriesOf(standfirst.Subject{Deal: deal.ID}, standfirst.Position{}, feedLength)
	return from, err
}

// entityFeed returns the source of the feeds of one kind of entity.
func entityFeed(kind standfirst.EntityKind) func(*reading, address) (feedSource, error) {
	return func(rd *reading, at address) (from feedSource, err error) {
		e, err := rd.tx.EntityAt(kind, at.slug)
		if err != nil {
			return from, err
		}
		if !e.HasPage() {
			return from, errNoPage
		}
		rd.tag(standfirst.EntityTag(e.ID))
		from.title, from.about = e.Name, rd.words.Text("entity.about", e.Name)
		from.stories, err = rd.tx.CitingStoriesOf(standfirst.Subject{Entity: e.ID}, standfirst.Position{}, feedLength)
		return from, err
	}
}

// correctionsFeed lists the notices, each as an entry of its own that leads to the first of
// the stories that show it.
func correctionsFeed(rd *reading, at address) (from feedSource, err error) {
	if at.slug != "" {
		return from, errNoPage
	}
	rd.tag(standfirst.CorrectionsTag)
	from.title = rd.words.Text("corrections")
	found, err := rd.tx.Notices("", store.NoticePosition{}, feedLength)
	if err != nil {
		return from, err
	}
	for _, n := range found {
		if n.Erased {
			continue
		}
		cards, err := rd.tx.CardsByID(n.Stories)
		if err != nil {
			return from, err
		}
		for _, id := range n.Stories { // also those that readers do not see now
			rd.tag(standfirst.StoryTag(id))
		}
		if len(cards) > 0 {
			from.entries = append(from.entries, rd.noticeEntry(n, cards))
		}
	}
	return from, nil
}

// noticeEntry returns the entry of a notice that the stories show.
func (rd *reading) noticeEntry(n standfirst.Notice, cards []standfirst.Card) feed.Entry {
	shown := rd.feedNotice(n)
	text := paragraph(shown.Text)
	for _, c := range cards {
		text += "\n<p><a href=\"" + html.EscapeString(rd.outside(c.Path)) + "\">" + html.EscapeString(c.Headline) + "</a></p>"
	}
	return feed.Entry{
		ID: rd.outside("/corrections#" + n.ID.String()), Address: rd.outside(cards[0].Path), Title: rd.words.Text("notice."+noticeKey(n.Class)) + ": " + cards[0].Headline,
		Summary: shown.Text, HTML: text, Published: n.At, Updated: n.At,
		Authors:    []feed.Author{{Name: rd.pub.Name}},
		Categories: []feed.Category{{Scheme: rd.outside("/corrections/"), Term: noticeKey(n.Class), Name: rd.words.Text("notices." + noticeKey(n.Class))}},
	}
}

// commentsFeed lists the newest comments under a story.
func commentsFeed(rd *reading, at address) (from feedSource, err error) {
	story, err := rd.tx.StoryAt(at.date, at.slug)
	if err != nil {
		return from, err
	}
	revision, err := rd.published(story)
	if err != nil {
		return from, err
	}
	if !discuss.Talks(story) || !rd.talks {
		return from, errNoPage
	}
	rd.tag(standfirst.CommentsTag(story.ID))
	from.title = rd.words.Text("feed.comments", revision.Content.Headline)
	found, err := rd.tx.LastChangedComments(story.ID, feedLength)
	if err != nil {
		return from, err
	}
	slices.SortFunc(found, func(a, b standfirst.Comment) int { return cmp.Compare(b.ID, a.ID) })
	for _, c := range found {
		if c.State != standfirst.CommentApproved {
			continue
		}
		e := feed.Entry{
			ID: rd.outside(c.Path()), Address: rd.outside(story.Path()) + "#comment-" + c.ID.String(), Title: rd.words.Text("feed.comment", c.Name),
			HTML: c.HTML, Published: c.CreatedAt, Updated: c.CreatedAt, Authors: []feed.Author{{Name: c.Name}},
		}
		if c.EditedAt.After(e.Updated) {
			e.Updated = c.EditedAt
		}
		from.entries = append(from.entries, e)
	}
	return from, nil
}
