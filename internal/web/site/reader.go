package site

import (
	"encoding/json"
	"html/template"
	"net/http"
	"strings"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// readerPath is the address of the page of whoever is signed in.
const readerPath = "/reader"

// readerLength is how many comments stand on one page of a reader.
const readerLength = 20

// readerPage is the page of a reader who is signed in.
type readerPage struct {
	Layout      layout
	Name, Email string
	Comments    []ownComment // the newest first
	Older       string       // address of the next page; empty for none
	Failure     string
	Done        string
	Erased      bool // everything about the reader is deleted
}

// ownComment is one comment of the reader.
type ownComment struct {
	State string
	When  moment
	Story link
	Own   string // where its writer comes back to it
	HTML  template.HTML
}

// serveReader shows readers their own page, changes what is theirs and hands it to them.
func (s *Site) serveReader(w http.ResponseWriter, r *http.Request) error {
	private(w)
	if s.talk == nil || s.accounts == nil {
		return errNoPage
	}
	reader, ok := s.signedIn(w, r)
	export := r.URL.Path != readerPath
	switch {
	case r.Method != http.MethodPost && !export && r.URL.Query().Get("done") == "erase":
		return s.answerErased(w, r)
	case !ok:
		http.Redirect(w, r, signInPath, http.StatusSeeOther)
		return nil
	case export && r.Method == http.MethodPost:
		return web.MethodNotAllowed(w, allowed)
	case export:
		return s.exportReader(w, r, reader)
	case r.Method == http.MethodPost:
		return s.changeReader(w, r, reader)
	}
	p := readerPage{Name: reader.Name}
	switch done := r.URL.Query().Get("done"); done {
	case "name", "sessions":
		p.Done = s.ui.Strings.Text("reader.done." + done)
	}
	return s.answerReader(w, r, http.StatusOK, reader, p)
}

// changeReader does what the reader asks for.
func (s *Site) changeReader(w http.ResponseWriter, r *http.Request, reader standfirst.Commenter) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	p := readerPage{Name: reader.Name}
	do := r.PostForm.Get("do")
	var err error
	switch do {
	case "name":
		p.Name = r.PostForm.Get("name")
		err = s.talk.Rename(r.Context(), reader.ID, p.Name)
	case "sessions":
		err = s.accounts.EndOtherReaderSessions(r.Context(), reader.ID, web.ReaderToken(r))
	case "erase":
		if r.PostForm.Get("sure") == "" {
			p.Failure = s.ui.Strings.Text("reader.erase.unsure")
			return s.answerReader(w, r, http.StatusUnprocessableEntity, reader, p)
		}
		if _, err = s.talk.EraseOwn(r.Context(), reader.ID); err == nil {
			web.ClearReaderSession(w, r)
		}
	default:
		return errNoPage
	}
	switch {
	case err == nil:
		http.Redirect(w, r, readerPath+"?done="+do, http.StatusSeeOther)
		return nil
	case standfirst.KindOf(err) != standfirst.Invalid:
		return err
	}
	p.Failure = sentence(standfirst.PublicMessage(err))
	return s.answerReader(w, r, http.StatusUnprocessableEntity, reader, p)
}

// answerReader answers with the page of the reader.
func (s *Site) answerReader(w http.ResponseWriter, r *http.Request, status int, reader standfirst.Commenter, p readerPage) error {
	before, err := parseCommentID(r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	mine, err := s.talk.Mine(r.Context(), reader.ID, before, readerLength+1)
	if err != nil {
		return err
	}
	if len(mine) > readerLength {
		mine = mine[:readerLength]
		p.Older = readerPath + "?before=" + mine[readerLength-1].Comment.ID.String()
	}
	p.Email = reader.Email
	err = s.store.View(r.Context(), func(tx *store.ReadTx) error {
		rd, err := s.read(tx)
		if err != nil {
			return err
		}
		p.Comments = nil
		for _, m := range mine {
			p.Comments = append(p.Comments, rd.ownComment(m))
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = s.withLayout(r, &p.Layout, s.ui.Strings.Text("reader.title"))
	return s.answerView(w, r, status, &view{template: "reader", data: &p}, err)
}

func (rd *reading) ownComment(m discuss.Mine) ownComment {
	c := m.Comment
	state := c.State
	if state == standfirst.CommentSpam {
		state = standfirst.CommentRejected
	}
	return ownComment{
		State: rd.words.Text("reader.state." + string(state)), When: withZone(c.CreatedAt, rd.loc, layoutFull),
		Story: link{m.Headline, m.Story.Path()}, Own: ownPath(c.ID, m.Key), HTML: template.HTML(c.HTML), //nolint:gosec // markup.RenderComment made it
	}
}

// answerErased says that everything about the reader is deleted.
func (s *Site) answerErased(w http.ResponseWriter, r *http.Request) error {
	p := readerPage{Erased: true}
	err := s.withLayout(r, &p.Layout, s.ui.Strings.Text("reader.erased"))
	return s.answerView(w, r, http.StatusOK, &view{template: "reader", data: &p}, err)
}

// exportReader hands readers everything that is kept of them.
func (s *Site) exportReader(w http.ResponseWriter, r *http.Request, reader standfirst.Commenter) error {
	person, err := s.talk.ExportOwn(r.Context(), reader.ID)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(person, "", "  ")
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="my-comments.json"`)
	_, _ = w.Write(append(body, '\n')) // a client that is gone needs no answer
	return nil
}

// unsubscribePrefix is the address below which mails about answers are ended.
const unsubscribePrefix = "/unsubscribe/"

// unsubscribePage is where the mails about answers to one comment are ended.
type unsubscribePage struct {
	Layout layout
	Story  link
	Action string
	Done   bool
}

// serveUnsubscribe shows a button to whoever follows the link of a mail, and ends the mails
// for whoever presses it and for mail programs, which send the form by themselves (RFC 8058).
func (s *Site) serveUnsubscribe(w http.ResponseWriter, r *http.Request) error {
	private(w)
	number, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, unsubscribePrefix), "/")
	id, err := parseCommentID(number)
	if err != nil || id == 0 || s.talk == nil {
		return errNoPage
	}
	web.HidePath(w, unsubscribePrefix+number+"/…")
	if r.Method == http.MethodPost {
		if err := s.talk.Unsubscribe(r.Context(), id, key); err != nil {
			return err
		}
	}
	c, err := s.talk.Subscription(r.Context(), id, key)
	if err != nil {
		return err
	}
	p := unsubscribePage{Action: r.URL.EscapedPath(), Done: !c.Notify}
	err = s.store.View(r.Context(), func(tx *store.ReadTx) error {
		rd, err := s.read(tx)
		if err != nil {
			return err
		}
		story, err := tx.Story(c.Story)
		if err != nil {
			return err
		}
		if !discuss.Talks(story) { // readers no longer see it
			return nil
		}
		revision, err := rd.published(story)
		p.Story = link{revision.Content.Headline, story.Path()}
		return err
	})
	if err == nil {
		err = s.withLayout(r, &p.Layout, s.ui.Strings.Text("unsubscribe"))
	}
	return s.answerView(w, r, http.StatusOK, &view{template: "unsubscribe", data: &p}, err)
}
