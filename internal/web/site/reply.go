package site

import (
	"bytes"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/markup"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// maxTalkForm bounds the bytes of a form of the talk: the longest comment, each of its
// bytes escaped, and what is around it.
const maxTalkForm = 64 << 10

// serveReply shows the page on which a comment is written, and takes it.
func (s *Site) serveReply(w http.ResponseWriter, r *http.Request) error {
	private(w)
	at := s.kinds.resolve(r.URL.Path)
	if s.talk == nil {
		return errNoPage
	}
	if r.Method != http.MethodPost {
		to, err := parseCommentID(r.URL.Query().Get("to"))
		if err != nil {
			return err
		}
		v, err := s.replyView(w, r, at, replying{to: to})
		return s.answerView(w, r, http.StatusOK, v, err)
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	typed := newReplying(r)
	story, err := s.replyStory(r, at)
	if err != nil {
		return err
	}
	switch r.PostForm.Get("do") {
	case "preview":
		return s.preview(w, r, at, typed)
	case "sign-out":
		return s.replySignedOut(w, r, at, typed)
	}
	posting := s.posting(w, r, typed)
	if typed.asOther(posting.Staff) { // the page says under which name it goes out, and asks
		v, err := s.replyView(w, r, at, typed)
		return s.answerView(w, r, http.StatusUnprocessableEntity, v, err)
	}
	posting.Story = story.ID
	posted, err := s.talk.Post(r.Context(), posting)
	if err != nil {
		return s.refuse(w, r, at, typed, err)
	}
	if posted.Dropped {
		http.Redirect(w, r, story.Path()+"#comments", http.StatusSeeOther)
		return nil
	}
	http.Redirect(w, r, ownPath(posted.Comment.ID, posted.Key), http.StatusSeeOther)
	return nil
}

// replying is what somebody typed into the form.
type replying struct {
	to                standfirst.CommentID
	text, name, email string
	notify            bool
	opened            time.Time
	trap              string
	asStaff           bool // it is said that it goes out under the name of the staff
	failure           string
	preview           template.HTML
}

func newReplying(r *http.Request) replying {
	f := r.PostForm
	typed := replying{text: f.Get("text"), name: f.Get("name"), email: f.Get("email"), notify: f.Get("notify") != "", trap: f.Get(trapField), asStaff: f.Get("as") == "staff"}
	typed.to, _ = parseCommentID(f.Get("to")) // one that is made up answers nothing, see parentOf
	if seconds, err := strconv.ParseInt(f.Get("opened"), 10, 64); err == nil && seconds > 0 && seconds < 1<<40 {
		typed.opened = time.Unix(seconds, 0)
	}
	return typed
}

// asOther reports whether another name was typed than that of who is signed in, by somebody
// of the staff who has not said yet which it is to be. The form under a story cannot tell
// whom it shows, and asks everybody for a name.
func (typed replying) asOther(staff standfirst.Staff) bool {
	name := markup.CleanName(typed.name)
	return staff.ID != 0 && !typed.asStaff && name != "" && !strings.EqualFold(name, staff.Name)
}

// replySignedOut signs who is of the staff out of this browser, and answers with the form as
// it was filled in: what is sent then is a guest's.
func (s *Site) replySignedOut(w http.ResponseWriter, r *http.Request, at address, typed replying) error {
	if staff, session := s.memberSession(r); staff.ID != 0 {
		if err := s.accounts.EndSession(r.Context(), staff.Actor(), session.ID); err != nil && standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		web.ClearSession(w, r)
	}
	v, err := s.replyView(w, r, at, typed)
	return s.answerView(w, r, http.StatusOK, v, err)
}

// posting returns the comment as it is to be taken.
func (s *Site) posting(w http.ResponseWriter, r *http.Request, typed replying) discuss.Posting {
	p := discuss.Posting{
		Parent: typed.to, Name: typed.name, Email: typed.email, Text: typed.text, Notify: typed.notify, Trap: typed.trap, Opened: typed.opened,
		Address: web.ClientOrigin(r).Address, Agent: r.UserAgent(),
	}
	p.Staff = s.member(r)
	// The form under a story is the same for everybody, and asks a reader who is signed in
	// for a name and an address too. Whoever types another address writes as a guest.
	if who, ok := s.signedIn(w, r); ok && (p.Email == "" || standfirst.CleanEmail(p.Email) == who.Email) {
		p.Reader = who.ID
	}
	return p
}

// member returns who of the staff is signed in, or nobody.
func (s *Site) member(r *http.Request) standfirst.Staff {
	staff, _ := s.memberSession(r)
	return staff
}

// memberSession returns who of the staff is signed in, and by which session; or nobody.
func (s *Site) memberSession(r *http.Request) (standfirst.Staff, standfirst.Session) {
	token := web.SessionToken(r)
	if s.accounts == nil || token == "" {
		return standfirst.Staff{}, standfirst.Session{}
	}
	staff, session, err := s.accounts.Session(r.Context(), token)
	if err != nil {
		return standfirst.Staff{}, standfirst.Session{}
	}
	return staff, session
}

// refuse answers with the form as it was filled in, and why it was refused.
func (s *Site) refuse(w http.ResponseWriter, r *http.Request, at address, typed replying, err error) error {
	status := http.StatusUnprocessableEntity
	switch standfirst.KindOf(err) {
	case standfirst.Invalid, standfirst.Forbidden:
	case standfirst.NotFound:
		typed.to = 0 // what it answers is gone: it can still stand under the story
	case standfirst.TooMany:
		status = http.StatusTooManyRequests
		var pace *discuss.PaceError
		if errors.As(err, &pace) {
			w.Header().Set("Retry-After", strconv.Itoa(int(pace.Wait.Seconds())+1))
		}
	default:
		return err
	}
	typed.failure = sentence(standfirst.PublicMessage(err))
	v, err := s.replyView(w, r, at, typed)
	return s.answerView(w, r, status, v, err)
}

// preview answers with the comment as it would stand.
func (s *Site) preview(w http.ResponseWriter, r *http.Request, at address, typed replying) error {
	part := r.URL.Query().Get("part") == "preview" // a script sets it beside the form
	rendered, err := markup.RenderComment(typed.text)
	switch {
	case err != nil && part:
		return s.answerPart(w, http.StatusUnprocessableEntity, "refusal", sentence(standfirst.PublicMessage(err)))
	case err != nil:
		return s.refuse(w, r, at, typed, err)
	case part:
		return s.answerPart(w, http.StatusOK, "asitstands", rendered.HTML)
	}
	typed.preview = rendered.HTML
	v, err := s.replyView(w, r, at, typed)
	return s.answerView(w, r, http.StatusOK, v, err)
}

// answerPart answers with a part of the page on which a comment is written.
func (s *Site) answerPart(w http.ResponseWriter, status int, part string, data any) error {
	var body bytes.Buffer
	if err := s.ui.Part(&body, "reply", part, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", htmlType)
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // a client that is gone needs no answer
	return nil
}

// replyStory returns the story at the address, or the one that stood there when the form
// was made.
func (s *Site) replyStory(r *http.Request, at address) (story standfirst.Story, err error) {
	if known, ok := s.talk.StoryAt(standfirst.StoryPath(at.date, at.slug)); ok {
		return known, nil
	}
	err = s.store.View(r.Context(), func(tx *store.ReadTx) error {
		story, err = tx.StoryAt(at.date, at.slug)
		if err == nil || standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		above, _ := at.split()
		old, failure := oldAddress(tx, above)
		if failure != nil {
			return failure
		}
		if target, ok := movedTo(old); ok {
			moved := s.kinds.resolve(target)
			story, err = tx.StoryAt(moved.date, moved.slug)
		} else if old != nil {
			err = old
		}
		return err
	})
	return story, err
}

// replyView gathers the page with the form.
func (s *Site) replyView(w http.ResponseWriter, r *http.Request, at address, typed replying) (*view, error) {
	var v *view
	as := writer{staff: s.member(r)}
	as.reader, _ = s.signedIn(w, r)
	as.canSignIn = s.canSignIn(r)
	err := s.store.View(r.Context(), func(tx *store.ReadTx) error {
		rd, err := s.read(tx)
		if err != nil {
			return err
		}
		v, err = rd.loadReply(at, typed, as)
		if err == nil || standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		above, below := at.split()
		if old, failure := oldAddress(tx, above); failure != nil {
			return failure
		} else if target, ok := movedTo(old); ok {
			return &moved{target + below}
		}
		return err
	})
	return v, err
}

// writer is who writes a comment: nobody who is known, for a guest.
type writer struct {
	staff     standfirst.Staff
	reader    standfirst.Commenter
	canSignIn bool
}

func (rd *reading) loadReply(at address, typed replying, as writer) (*view, error) {
	story, err := rd.tx.StoryAt(at.date, at.slug)
	if err != nil {
		return nil, err
	}
	revision, err := rd.published(story)
	if err != nil {
		return nil, err
	}
	if !discuss.Talks(story) {
		return nil, errNoPage
	}
	settings, err := discuss.Settings(rd.tx, story)
	if err != nil {
		return nil, err
	}
	p := &replyPage{Story: link{revision.Content.Headline, story.Path()}, Failure: typed.failure, Preview: typed.preview}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.Unlisted = true
	p.Layout.Title = documentTitle(rd.words.Text("reply.title", revision.Content.Headline), p.Layout.SiteName)
	if settings.ClosedFor(story.FirstPublished, rd.now) && p.Failure == "" {
		p.Failure = rd.words.Text("talk.closed")
	}
	f := rd.replyForm(story, settings)
	f.Alone, f.Own, f.To = true, "", typed.to
	f.Text, f.Name, f.Email, f.Notify, f.As = typed.text, typed.name, typed.email, typed.notify, as.staff.Name
	f.Staff, f.Asks = as.staff.ID != 0, typed.asOther(as.staff)
	switch {
	case f.Staff:
	case as.reader.ID != 0:
		f.As, f.Reader = as.reader.Name, readerPath
	case as.canSignIn:
		f.SignIn = signInPath + "?next=" + url.QueryEscape(replyPath(story, typed.to))
	}
	if !typed.opened.IsZero() {
		f.Opened = strconv.FormatInt(typed.opened.Unix(), 10)
	}
	p.Form = f
	if typed.to != 0 {
		parent, err := rd.tx.Comment(typed.to)
		if err != nil || parent.Story != story.ID || parent.State != standfirst.CommentApproved {
			f.To = 0
			if p.Failure == "" {
				p.Failure = rd.words.Text("reply.gone")
			}
		} else {
			p.To = &quoted{parent.Name, template.HTML(parent.HTML), parent.Path()} //nolint:gosec // markup.RenderComment made it
		}
	}
	return &view{template: "reply", data: p}, nil
}

// replyPath returns the address of the page on which the story, or a comment under it, is
// answered.
func replyPath(story standfirst.Story, to standfirst.CommentID) string {
	if to == 0 {
		return story.Path() + replyBelow
	}
	return story.Path() + replyBelow + "?to=" + to.String()
}

// answerView renders a page that nobody keeps.
func (s *Site) answerView(w http.ResponseWriter, r *http.Request, status int, v *view, err error) error {
	if err != nil {
		return s.answered(w, r, err)
	}
	body, err := s.execute(v.template, v.data)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", htmlType)
	if len(v.frames) > 0 {
		h.Set("Content-Security-Policy", web.FramePolicy(v.frames))
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a client that is gone needs no answer
	}
	return nil
}

// private says that nobody may keep or list the answer.
func private(w http.ResponseWriter) {
	h := w.Header()
	h["Cache-Control"] = []string{"no-store"}
	h["X-Robots-Tag"] = []string{"noindex"}
}

// readForm reads a form of the talk.
func readForm(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxTalkForm)
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return err
		}
		return standfirst.WrapError(standfirst.Invalid, err, "the form could not be read")
	}
	return nil
}

// parseCommentID reads the number of a comment; zero for none.
func parseCommentID(text string) (standfirst.CommentID, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, errNoPage
	}
	return standfirst.CommentID(n), nil
}

// sentence makes a sentence of a message.
func sentence(message string) string {
	if message == "" {
		return ""
	}
	message = strings.ToUpper(message[:1]) + message[1:]
	if strings.ContainsAny(message[len(message)-1:], ".!?") {
		return message
	}
	return message + "."
}

// ownPath returns the address at which a writer comes back to a comment.
func ownPath(id standfirst.CommentID, key string) string {
	return standfirst.CommentPath(id) + "/" + url.PathEscape(key)
}
