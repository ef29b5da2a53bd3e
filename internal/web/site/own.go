package site

import (
	"html/template"
	"net/http"
	"strings"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// commentPrefix is the address below which each comment has one of its own.
const commentPrefix = "/comment/"

// ownPage is a comment as its writer sees it, at an address that nobody else knows.
type ownPage struct {
	Layout   layout
	Story    link   // without an address where readers do not see it
	Reply    string // where it was sent; empty where readers do not see the story
	Heading  string // what became of it
	Text     string // why, and what comes next
	Note     string // what a moderator added; may be empty
	Name     string
	HTML     template.HTML
	When     moment
	See      string // where it stands; empty if readers do not see it
	Action   string // address of this page
	Until    *moment
	Source   string // as it was typed, to be changed
	Delete   bool
	Object   bool
	Objected string // what became of the objection; empty for none
	Typed    string // an objection that was refused
	Failure  string
	Done     string
	SignIn   string // where a reader proves whose address it is; empty where that is no help
}

// serveComment answers everything about one comment: where it stands, how its writer comes
// back to it, and how somebody reports it.
func (s *Site) serveComment(w http.ResponseWriter, r *http.Request) error {
	private(w)
	number, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, commentPrefix), "/")
	id, err := parseCommentID(number)
	if err != nil || id == 0 || s.talk == nil {
		return errNoPage
	}
	key, do, _ := strings.Cut(rest, "/")
	switch {
	case rest == "":
		return s.leadToComment(w, r, id)
	case rest == "report":
		return s.serveReport(w, r, id)
	}
	web.HidePath(w, commentPrefix+number+"/…") // who reads the log must not change comments
	if r.Method != http.MethodPost {
		if do != "" {
			return errNoPage
		}
		return s.ownComment(w, r, id, key, http.StatusOK, ownPage{Done: s.ownDone(r)})
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	return s.changeOwn(w, r, id, key, do)
}

// ownDone returns what was just done, by the query.
func (s *Site) ownDone(r *http.Request) string {
	switch what := r.URL.Query().Get("done"); what {
	case "edit", "delete", "object":
		return s.ui.Strings.Text("own.done." + what)
	}
	return ""
}

// changeOwn does what the writer asks for.
func (s *Site) changeOwn(w http.ResponseWriter, r *http.Request, id standfirst.CommentID, key, do string) error {
	var err error
	var p ownPage
	switch do {
	case "edit":
		p.Source = r.PostForm.Get("text")
		_, err = s.talk.Edit(r.Context(), id, key, p.Source)
	case "delete":
		err = s.talk.Delete(r.Context(), id, key)
	case "object":
		p.Typed = r.PostForm.Get("text")
		err = s.talk.Object(r.Context(), id, key, p.Typed)
	default:
		return errNoPage
	}
	if err == nil {
		http.Redirect(w, r, ownPath(id, key)+"?done="+do, http.StatusSeeOther)
		return nil
	}
	switch standfirst.KindOf(err) {
	case standfirst.Invalid, standfirst.Conflict, standfirst.Forbidden, standfirst.TooLarge:
		p.Failure = sentence(standfirst.PublicMessage(err))
		return s.ownComment(w, r, id, key, http.StatusUnprocessableEntity, p)
	}
	return err
}

// ownComment answers with the writer's page.
func (s *Site) ownComment(w http.ResponseWriter, r *http.Request, id standfirst.CommentID, key string, status int, p ownPage) error {
	own, err := s.talk.Own(r.Context(), id, key)
	if err != nil {
		return err
	}
	err = s.store.View(r.Context(), func(tx *store.ReadTx) error {
		rd, err := s.read(tx)
		if err != nil {
			return err
		}
		revision, err := tx.Revision(own.Story.Current) // also of a story that was taken down: a comment can be taken back then too
		if err != nil {
			return err
		}
		p.Story.Name = revision.Content.Headline
		if own.Story.State.Public() {
			p.Story.Path = own.Story.Path()
			p.Reply = p.Story.Path + replyBelow
		}
		if p.Layout, err = rd.layout(address{}); err != nil {
			return err
		}
		p.tell(rd, own)
		return nil
	})
	if err != nil {
		return err
	}
	p.Action = ownPath(id, key)
	if own.Comment.State == standfirst.CommentHeld && own.Comment.Rule == standfirst.RuleUnproven && s.canSignIn(r) {
		p.SignIn = signInPath
	}
	return s.answerView(w, r, status, &view{template: "own", data: &p}, nil)
}

// tell says what became of the comment, and what its writer can do.
func (p *ownPage) tell(rd *reading, own discuss.Own) {
	c := own.Comment
	state := string(c.State)
	if c.State == standfirst.CommentSpam {
		state = string(standfirst.CommentRejected)
	}
	p.Heading = rd.words.Text("own." + state)
	switch c.State {
	case standfirst.CommentHeld:
		p.Text = rd.words.Text("own.held.why." + string(c.Rule))
	case standfirst.CommentRejected, standfirst.CommentSpam:
		p.Text, p.Note = rd.words.Text("own.rejected.why", rd.words.Text("reason."+string(c.Reason))), c.Note
	default:
		p.Text = rd.words.Text("own.text." + state)
	}
	p.Layout.Title = documentTitle(p.Heading, p.Layout.SiteName)
	p.Layout.Unlisted, p.Layout.Script = true, "js/taken.js"
	p.Name, p.HTML = c.Name, template.HTML(c.HTML) //nolint:gosec // markup.RenderComment made it
	p.When = withZone(c.CreatedAt, rd.loc, layoutFull)
	if c.State == standfirst.CommentApproved && discuss.Talks(own.Story) {
		p.See = c.Path()
	}
	if !own.Until.IsZero() {
		until := withZone(own.Until, rd.loc, layoutFull)
		p.Until = &until
		if p.Source == "" {
			p.Source = c.Text
		}
	}
	p.Delete, p.Object = own.CanDelete(), own.CanObject()
	if len(own.Reports) > 0 {
		p.Objected = rd.words.Text("own.objected")
		if last := own.Reports[0]; !last.ResolvedAt.IsZero() {
			p.Objected = rd.words.Text("own.objected.answer", last.Outcome)
		}
	}
}

// leadToComment redirects to the page on which the comment stands.
func (s *Site) leadToComment(w http.ResponseWriter, r *http.Request, id standfirst.CommentID) error {
	var target string
	err := s.store.View(r.Context(), func(tx *store.ReadTx) error {
		c, err := tx.Comment(id)
		if err != nil {
			return err
		}
		story, err := tx.Story(c.Story)
		if err != nil {
			return err
		}
		if !c.Shown || !discuss.Talks(story) {
			return standfirst.Errorf(standfirst.NotFound, "there is no such comment")
		}
		target = story.Path() + talkBelow + "?from=" + id.String() + "#comment-" + id.String()
		first, err := tx.Thread(story.ID, standfirst.OldestFirst, standfirst.CommentPosition{}, talkLength)
		for _, shown := range first {
			if shown.ID == id {
				target = story.Path() + "#comment-" + id.String()
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, target, http.StatusFound)
	return nil
}
