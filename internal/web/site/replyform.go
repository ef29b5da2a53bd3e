package site

import (
	"html/template"
	"strconv"

	"standfirst"
	"standfirst/internal/discuss"
)

// replyForm is the form in which a comment is written. Under a story it is the same for
// everybody, since the page is kept; on its own page it holds what was typed.
type replyForm struct {
	Action string
	Opened string // when the page was made, in seconds since 1970
	To     standfirst.CommentID
	Rules  string // house rules; may be empty
	Held   string // said where first comments are checked; else empty
	Keep   string // for how long the address is kept, and why; and who is asked about it
	Alone  bool   // it stands on a page of its own
	Own    string // address of such a page; empty on one

	Text, Name, Email string
	Notify            bool
	As                string // who is signed in; empty for guests
	Staff             bool   // it is somebody of the staff
	Asks              bool   // who is of the staff typed another name, and has to say which it is to be
	Reader            string // where a reader who is signed in has a page; empty for others
	SignIn            string // where a reader can; empty where nobody can
}

// trapField is the name of the field that people do not see.
const trapField = "website"

// replyForm returns the empty form.
func (rd *reading) replyForm(story standfirst.Story, d standfirst.Discussion) *replyForm {
	f := &replyForm{
		Action: story.Path() + replyBelow, Own: story.Path() + replyBelow, Opened: strconv.FormatInt(rd.now.Unix(), 10),
		Rules: d.HouseRules, Keep: rd.words.Text("reply.keep", d.KeepDays),
	}
	if d.Akismet.On() {
		f.Keep += " " + rd.words.Text("reply.akismet")
	}
	if f.Rules == "" {
		f.Rules = rd.words.Text("reply.rules")
	}
	switch {
	case d.Mode == standfirst.ModeAll || d.HoldNow:
		f.Held = rd.words.Text("reply.held.all")
	case discuss.HoldsFirst(d):
		f.Held = rd.words.Text("reply.held.first")
	}
	return f
}

// replyPage is the page on which a comment is written without script.
type replyPage struct {
	Layout  layout
	Story   link
	To      *quoted // nil for the story itself
	Form    *replyForm
	Failure string // why it was refused
	Preview template.HTML
}

// quoted is a comment that is answered.
type quoted struct {
	Name string
	HTML template.HTML
	Path string
}
