package site

import (
	"net/url"
	"strconv"

	"standfirst"
)

// What stands behind the address of a story for its talk.
const (
	talkBelow  = "/comments"
	replyBelow = "/reply"
)

// commentsPage is the talk under a story on a page of its own.
type commentsPage struct {
	Layout layout
	Story  link
	Talk   *talk
	Above  *comment // what the first comment answers, where that stands on another page; nil for none
}

// askComments reads which part of the talk a page shows, and in which order.
func askComments(at address, values map[string]string) (address, error) {
	v := at.versions
	switch order := standfirst.CommentOrder(values["order"]); order {
	case "":
	case standfirst.OldestFirst, standfirst.NewestFirst:
		v.order = order
	default:
		return at, errNoPage
	}
	if from := values["from"]; from != "" {
		n, err := strconv.ParseInt(from, 10, 64)
		if err != nil || n <= 0 || strconv.FormatInt(n, 10) != from {
			return at, errNoPage
		}
		v.top = standfirst.CommentID(n)
		at.key = at.path + "?from=" + from
		return at, nil
	}
	if after := values["after"]; after != "" {
		after, err := url.QueryUnescape(after)
		if err != nil {
			return at, errNoPage
		}
		position, ok := parseCommentPosition(after)
		if !ok {
			return at, errNoPage
		}
		v.after = position
	}
	at.key = at.path + "?order=" + string(v.order)
	if v.after != (standfirst.CommentPosition{}) {
		at.key += "&after=" + formatCommentPosition(v.after)
	}
	return at, nil
}

// loadComments gathers a page of the talk. It begins with the thread of one comment where
// the address names that, or after a comment.
func loadComments(rd *reading, at address) (*view, error) {
	story, err := rd.tx.StoryAt(at.date, at.slug)
	if err != nil {
		return nil, err
	}
	revision, err := rd.published(story)
	if err != nil {
		return nil, err
	}
	v := at.versions
	after := v.after
	if v.top != 0 {
		if after, err = rd.before(story, v.top); err != nil {
			return nil, err
		}
	} else if after != (standfirst.CommentPosition{}) {
		// A page begins after a comment that there is, so that there are no more pages than
		// comments, however many somebody makes up.
		if c, err := rd.tx.Comment(after.ID); err != nil || c.Story != story.ID || c.Position() != after {
			return nil, errNoPage
		}
	}
	p := &commentsPage{Story: link{revision.Content.Headline, story.Path()}}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.Unlisted = true
	p.Layout.Title = documentTitle(rd.words.Text("talk.title", revision.Content.Headline), p.Layout.SiteName)
	if p.Talk, err = rd.talkOf(story, revision.Content.Bylines, v.order, after); err != nil {
		return nil, err
	}
	if p.Talk == nil {
		return nil, errNoPage
	}
	p.Talk.Form = nil // it stands under the story
	if err := p.above(rd, story, revision.Content.Bylines); err != nil {
		return nil, err
	}
	return &view{template: "comments", data: p}, nil
}

// above fills in what the first comment answers, if the page begins below it.
func (p *commentsPage) above(rd *reading, story standfirst.Story, bylines []standfirst.Byline) error {
	if len(p.Talk.Comments) == 0 || p.Talk.Comments[0].Parent == 0 {
		return nil
	}
	parent, err := rd.tx.Comment(p.Talk.Comments[0].Parent)
	if err != nil {
		return err
	}
	above := rd.comment(story, bylines, parent, p.Talk.Comments[0].Reply != "")
	p.Above = &above
	return nil
}

// before returns the position before that of the comment, from which a page begins with it.
// It begins with the whole thread if the comment is near the top of it.
func (rd *reading) before(story standfirst.Story, id standfirst.CommentID) (standfirst.CommentPosition, error) {
	c, err := rd.tx.Comment(id)
	if err != nil || c.Story != story.ID || !c.Shown {
		return standfirst.CommentPosition{}, errNoPage
	}
	top := standfirst.CommentPosition{Root: c.Root - 1, Branch: 1<<63 - 1, ID: 1<<63 - 1}
	thread, err := rd.tx.Thread(story.ID, standfirst.OldestFirst, top, talkLength)
	if err != nil {
		return top, err
	}
	for _, near := range thread {
		if near.ID == id {
			return top, nil
		}
	}
	at := c.Position()
	at.ID--
	return at, nil
}
