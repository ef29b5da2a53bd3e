package site

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/discuss"
)

// talkLength is how many comments one page shows, stubs counted.
const talkLength = 50

// talk is what readers see of the talk under a story.
type talk struct {
	Title    string // "3 comments"
	None     bool   // there is none yet, and never was
	Comments []comment
	Turn     talkTurn
	Form     *replyForm // nil where no comments are taken
	Closed   string     // why there is none; empty if there is
	Live     *liveLink  // nil where the page is not told what happens
}

// talkTurn is where the talk goes on, and the other order in which it can be read.
type talkTurn struct {
	First string // the first page, from any other; else empty
	Next  string // empty at the end
	Other *link  // nil where there is too little for an order
}

// comment is one comment in a thread.
type comment struct {
	ID      standfirst.CommentID
	Level   int
	Name    string
	Badge   string // "Author"; empty for readers
	When    moment
	Edited  bool
	HTML    template.HTML
	Stub    string // said in place of it; empty if it is there
	Path    string
	Voice   string // where it stands among the story's voices; empty if it does not
	Reply   string // where it is answered; empty where nobody can
	Report  string
	Parent  standfirst.CommentID
	Answers string // whom it answers, said to those who do not see where it stands
	Deep    bool   // it stands beside what it answers, so everybody is told
}

// talkOf gathers the page of the talk that the address names, and marks what it depends on.
func (rd *reading) talkOf(story standfirst.Story, bylines []standfirst.Byline, order standfirst.CommentOrder, after standfirst.CommentPosition) (*talk, error) {
	if !discuss.Talks(story) {
		return nil, nil
	}
	rd.tag(standfirst.CommentsTag(story.ID))
	for _, scope := range []standfirst.DiscussionScope{standfirst.PublicationScope, standfirst.SectionScope(story.Section), standfirst.StoryScope(story.ID)} {
		rd.tag(standfirst.TalkTag(scope))
	}
	settings, err := discuss.Settings(rd.tx, story)
	if err != nil {
		return nil, err
	}
	n, err := rd.tx.CommentCount(story.ID)
	if err != nil {
		return nil, err
	}
	shown, err := rd.tx.Thread(story.ID, order, after, talkLength+1)
	if err != nil {
		return nil, err
	}
	t := &talk{Title: rd.talkTitle(n), None: len(shown) == 0 && after == standfirst.CommentPosition{}}
	rd.changesAt(settings.ClosesFor(story.FirstPublished))
	open := rd.talks && !settings.ClosedFor(story.FirstPublished, rd.now)
	switch {
	case open:
		t.Form = rd.replyForm(story, settings)
	case n > 0 || settings.Mode != standfirst.ModeClosed:
		t.Closed = rd.words.Text("talk.closed")
	default:
		return nil, nil // nothing was said, and nothing can be
	}
	rd.turnTalk(t, story, order, after, shown)
	for _, c := range shown[:min(len(shown), talkLength)] {
		t.Comments = append(t.Comments, rd.comment(story, bylines, c, open))
	}
	return t, rd.markPicked(story, t.Comments)
}

// markPicked says of each comment that stands among the story's voices that it does.
func (rd *reading) markPicked(story standfirst.Story, comments []comment) error {
	picked, err := rd.tx.PickedComments(story.ID)
	for i, c := range comments {
		if c.Stub == "" && slices.Contains(picked, c.ID) {
			comments[i].Voice = story.Path() + "#voice-" + c.ID.String()
		}
	}
	return err
}

// talkTitle says how many comments there are.
func (rd *reading) talkTitle(n int) string {
	switch n {
	case 0:
		return rd.words.Text("talk.comments")
	case 1:
		return rd.words.Text("talk.count.1")
	}
	return rd.words.Text("talk.count", n)
}

// turnTalk fills in where the talk goes on.
func (rd *reading) turnTalk(t *talk, story standfirst.Story, order standfirst.CommentOrder, after standfirst.CommentPosition, shown []standfirst.Comment) {
	path := story.Path() + talkBelow
	if len(shown) > talkLength {
		t.Turn.Next = path + "?order=" + string(order) + "&after=" + formatCommentPosition(shown[talkLength-1].Position())
	}
	if after != (standfirst.CommentPosition{}) {
		t.Turn.First = path + "?order=" + string(order)
	}
	if len(shown) < 2 && t.Turn.First == "" {
		return
	}
	if order == standfirst.NewestFirst {
		t.Turn.Other = &link{rd.words.Text("talk.oldest"), path + "?order=" + string(standfirst.OldestFirst)}
	} else {
		t.Turn.Other = &link{rd.words.Text("talk.newest"), path + "?order=" + string(standfirst.NewestFirst)}
	}
}

// comment returns how the comment is shown.
func (rd *reading) comment(story standfirst.Story, bylines []standfirst.Byline, c standfirst.Comment, open bool) comment {
	out := comment{
		ID: c.ID, Level: c.Level, Name: c.Name, When: withZone(c.CreatedAt, rd.loc, layoutFull), Edited: !c.EditedAt.IsZero(),
		HTML: template.HTML(c.HTML), //nolint:gosec // markup.RenderComment made it
		Path: c.Path(), Report: c.Path() + "/report", Parent: c.Parent,
	}
	if c.Parent != 0 {
		out.Deep = c.Level == standfirst.MaxCommentLevels && c.Parent != c.Branch
		name := c.ParentName
		if name == "" {
			name = rd.words.Text("talk.somebody")
		}
		out.Answers = name
	}
	if c.State != standfirst.CommentApproved {
		out.Stub, out.Name, out.HTML = rd.stub(c), "", ""
		return out
	}
	if open {
		out.Reply = story.Path() + replyBelow + "?to=" + c.ID.String()
	}
	if c.Staff != 0 {
		out.Badge = rd.words.Text("talk.staff")
		for _, b := range bylines {
			if strings.EqualFold(b.Name, c.Name) {
				out.Badge = rd.words.Text("talk.author")
			}
		}
	}
	return out
}

// stub says why a comment is no longer there.
func (rd *reading) stub(c standfirst.Comment) string {
	switch c.State {
	case standfirst.CommentDeleted:
		return rd.words.Text("talk.stub.deleted")
	case standfirst.CommentErased:
		return rd.words.Text("talk.stub.erased")
	case standfirst.CommentHeld:
		return rd.words.Text("talk.stub.held")
	}
	return rd.words.Text("talk.stub.removed", rd.words.Text("reason."+string(c.Reason)))
}

// formatCommentPosition writes a place in a thread as it stands in an address.
func formatCommentPosition(p standfirst.CommentPosition) string {
	return p.Root.String() + "." + p.Branch.String() + "." + p.ID.String()
}

// parseCommentPosition reads what formatCommentPosition writes, in that spelling only.
func parseCommentPosition(text string) (p standfirst.CommentPosition, ok bool) {
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return p, false
	}
	for i, to := range []*standfirst.CommentID{&p.Root, &p.Branch, &p.ID} {
		n, err := strconv.ParseInt(parts[i], 10, 64)
		if err != nil || n < 0 {
			return p, false
		}
		*to = standfirst.CommentID(n)
	}
	return p, p.ID > 0 && formatCommentPosition(p) == text
}
