package site

import (
	"cmp"
	"net/url"
	"path"
	"strings"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/feed"
	"standfirst/internal/markup"
)

// feedEntry returns the entry of a story, and its text where readers get it.
func (rd *reading) feedEntry(c standfirst.Card, below string) (feed.Entry, *body, error) {
	story, err := rd.tx.Story(c.ID)
	if err != nil {
		return feed.Entry{}, nil, err
	}
	revision, err := rd.published(story)
	if err != nil {
		return feed.Entry{}, nil, err
	}
	return rd.entryOf(story, revision.Content, below)
}

// entryOf returns the entry of a story that readers see, and its text where they get it. The
// feed of its talk ends with below; empty for none.
func (rd *reading) entryOf(story standfirst.Story, content standfirst.Content, below string) (feed.Entry, *body, error) {
	e := feed.Entry{
		ID: rd.storyURI(story), Address: rd.outside(story.Path()), Title: content.Headline,
		Published: story.FirstPublished, Updated: story.Updated,
	}
	e.Authors = rd.feedAuthors(content.Bylines)
	var err error
	if err := rd.feedCategories(&e, story); err != nil {
		return e, nil, err
	}
	if story.RetractionNote != "" {
		return rd.retractedEntry(e, story)
	}
	e.Summary = content.Standfirst
	if below != "" && discuss.Talks(story) && rd.talks {
		e.Talk, e.TalkFeed = e.Address+"#comments", e.Address+talkBelow+below
	}
	if err := rd.feedNotices(&e, story); err != nil {
		return e, nil, err
	}
	if e.Picture, err = rd.feedPicture(content.Picture); err != nil {
		return e, nil, err
	}
	if story.Access != standfirst.AccessPublic {
		return e, nil, nil
	}
	figures, err := rd.figures(story.Current)
	if err != nil {
		return e, nil, err
	}
	text := &body{content: content, figures: figures}
	if text.inside, err = rd.insetPictures(content); err != nil {
		return e, nil, err
	}
	text.named, err = rd.named(markup.FindNamed(content.Body))
	return e, text, err
}

// feedAuthors returns those in the bylines.
func (rd *reading) feedAuthors(bylines []standfirst.Byline) []feed.Author {
	var authors []feed.Author
	for _, a := range newAuthors(bylines) {
		author := feed.Author{Name: a.Name, Role: a.Role}
		if a.Path != "" {
			author.Address = rd.outside(a.Path)
		}
		authors = append(authors, author)
	}
	return authors
}

// storyURI returns a URI of the story that stays when its address changes.
func (rd *reading) storyURI(story standfirst.Story) string {
	if story.FeedGUID != "" {
		return story.FeedGUID
	}
	return standfirst.NewFeedGUID(rd.outside(""), story)
}

// retractedEntry leaves of the entry what is left of a story that was retracted.
func (rd *reading) retractedEntry(e feed.Entry, story standfirst.Story) (feed.Entry, *body, error) {
	at, err := rd.retractedAt(story)
	if err != nil {
		return e, nil, err
	}
	at = cmp.Or(at, story.Updated)
	e.Title, e.Summary, e.HTML = rd.words.Text("title.retracted", e.Title), story.RetractionNote, paragraph(story.RetractionNote)
	e.Retracted, e.Updated = &at, at
	return e, nil, nil
}

// feedCategories fills in the section and the topics of a story.
func (rd *reading) feedCategories(e *feed.Entry, story standfirst.Story) error {
	if story.Section != 0 {
		section, err := rd.tx.Section(story.Section)
		if err != nil {
			return err
		}
		e.Categories = append(e.Categories, feed.Category{Scheme: rd.outside("/section/"), Term: string(section.Slug), Name: section.Name})
	}
	topics, err := rd.tx.StoryTopics(story.ID)
	for _, t := range topics {
		e.Categories = append(e.Categories, feed.Category{Scheme: rd.outside("/topic/"), Term: string(t.Slug), Name: t.Name})
	}
	return err
}

// feedNotices fills in what readers are told about changes to a story.
func (rd *reading) feedNotices(e *feed.Entry, story standfirst.Story) error {
	notices, err := rd.tx.NoticesOfStory(story.ID)
	for _, n := range notices {
		if n.Erased {
			continue
		}
		e.Notices = append(e.Notices, rd.feedNotice(n))
		if n.At.After(e.Updated) {
			e.Updated = n.At
		}
	}
	return err
}

func (rd *reading) feedNotice(n standfirst.Notice) feed.Notice {
	shown := rd.notice(n, withZone(n.At, rd.loc, layoutFull))
	return feed.Notice{Class: n.Class, Title: shown.Kind + ", " + shown.When.Text, Text: shown.Text, At: n.At}
}

// feedPicture returns the picture at the head of a story, in its widest size.
func (rd *reading) feedPicture(lead *standfirst.LeadPicture) (*feed.Picture, error) {
	shown, files, err := rd.leadPicture(lead)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	credit := strings.Trim(lead.Credit+", "+shown.Licence, ", ")
	widest := files[len(files)-1]
	return &feed.Picture{
		Address: rd.outside(mediaPrefix + widest.Name), Type: pictureType(widest.Name), Bytes: widest.Bytes,
		Width: widest.Width, Height: widest.Height, Alt: lead.Alt, Caption: lead.Caption, Credit: credit,
	}, nil
}

// pictureType returns the media type of a stored picture.
func pictureType(name string) string {
	switch path.Ext(name) {
	case ".jpg":
		return "image/jpeg"
	default:
		return "image/" + strings.TrimPrefix(path.Ext(name), ".")
	}
}

// feedText renders the text of a story for programs that have none of our styles.
func (rd *reading) feedText(text *body, address string) (string, error) {
	base, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	o := text.options(rd)
	if cited := o.Cited; cited != nil {
		o.Cited = func(c standfirst.Citation) (markup.CitedFigure, bool) {
			figure, ok := cited(c)
			figure.Note = markup.MarginNote{} // the mark behind the words says what changed
			return figure, ok
		}
	}
	rendered, err := markup.Render(text.content.Body, o)
	if err != nil {
		return "", err
	}
	return markup.Portable(withDateline(rendered.HTML, text.content.Dateline), base), nil
}
