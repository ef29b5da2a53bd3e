package site

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
)

// browser is one reader's browser, which comes by a proxy over HTTPS.
type browser struct {
	h      *house
	cookie *http.Cookie
}

// ask sends a request as a browser does; a nil form is a GET.
func (b *browser) ask(path string, form url.Values) *httptest.ResponseRecorder {
	b.h.t.Helper()
	r := httptest.NewRequest(http.MethodGet, baseURL+path, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, baseURL+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	w := httptest.NewRecorder()
	b.h.site.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		b.cookie = c
		if c.MaxAge < 0 {
			b.cookie = nil
		}
	}
	return w
}

// mails takes the mails that are to go out.
func (h *house) mails() (mails []standfirst.Mail) {
	h.t.Helper()
	h.must(h.store.Update(h.t.Context(), func(tx *store.Tx) error {
		mails = nil
		due, err := tx.LeaseJobs(h.now.AddDate(1, 0, 0), h.now.AddDate(2, 0, 0), "test", 100)
		for _, job := range due {
			var m standfirst.Mail
			if job.Kind != standfirst.JobSendMail {
				continue
			}
			if err := json.Unmarshal(job.Payload, &m); err != nil {
				return err
			}
			mails = append(mails, m)
			if err := tx.FinishJob(job.ID); err != nil {
				return err
			}
		}
		return err
	}))
	return mails
}

// linkFor asks for a link and returns where it leads.
func (b *browser) linkFor(email, name, next string) string {
	b.h.t.Helper()
	b.h.mails() // those of before
	if w := b.ask("/sign-in", url.Values{"email": {email}, "name": {name}, "next": {next}}); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/sign-in?sent=1" {
		b.h.t.Fatalf("a request for a link is answered with %d: %s", w.Code, w.Body)
	}
	mails := b.h.mails()
	if len(mails) != 1 {
		b.h.t.Fatalf("%d mails went out", len(mails))
	}
	_, link, _ := strings.Cut(mails[0].Text, baseURL)
	link, _, _ = strings.Cut(link, "\n")
	return link
}

// readerSignsIn returns the browser of a reader who has signed in.
func (h *house) readerSignsIn(email, name string) *browser {
	h.t.Helper()
	b := &browser{h: h}
	if w := b.ask(b.linkFor(email, name, ""), url.Values{}); w.Code != http.StatusSeeOther {
		h.t.Fatalf("a link is answered with %d", w.Code)
	}
	return b
}

func TestReaderSignIn(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	b := &browser{h: h}
	wantContains(t, b.ask(story.Path()+"/reply", nil).Body.String(), "Sign in to reply under your name", "/sign-in?next="+url.QueryEscape(story.Path()+"/reply"))
	wantContains(t, b.ask("/sign-in?next="+url.QueryEscape(story.Path()+"/reply"), nil).Body.String(), "Sign in as a reader", `name="next" value="`+story.Path()+`/reply"`)
	if page := b.ask("/sign-in?next=https://evil.example/", nil).Body.String(); strings.Contains(page, "evil") {
		t.Error("the form leads elsewhere")
	}
	odd := b.ask("/sign-in", url.Values{"email": {"ana at readers"}, "name": {"Ana"}})
	if odd.Code != http.StatusUnprocessableEntity {
		t.Errorf("an odd address is answered with %d", odd.Code)
	}
	wantContains(t, odd.Body.String(), "is not an e-mail address", `value="ana at readers"`)

	link := b.linkFor("ana@readers.example", "Ana", story.Path()+"/reply")
	wantContains(t, b.ask("/sign-in?sent=1", nil).Body.String(), "a mail with a link is on its way")
	for range 2 { // a mail program may open it
		page := b.ask(link, nil)
		wantContains(t, page.Body.String(), "Sign in as ana@readers.example?", `action="`+link+`"`)
		if b.cookie != nil {
			t.Fatal("opening a link signs in")
		}
	}
	in := b.ask(link, url.Values{})
	if in.Code != http.StatusSeeOther || in.Header().Get("Location") != story.Path()+"/reply" {
		t.Fatalf("a link is answered with %d to %q", in.Code, in.Header().Get("Location"))
	}
	if c := b.cookie; c == nil || c.Name != "__Host-standfirst-reader" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
		t.Fatalf("the cookie is %v", b.cookie)
	}
	again := (&browser{h: h}).ask(link, url.Values{})
	if again.Code != http.StatusNotFound {
		t.Errorf("a link that was used is answered with %d", again.Code)
	}
	wantContains(t, again.Body.String(), "This link was used already", `action="/sign-in"`)
	page := b.ask(story.Path()+"/reply", nil).Body.String()
	wantContains(t, page, "You write as Ana.", "Mail me when someone answers")
	if strings.Contains(page, `name="email"`) {
		t.Error("a reader who is signed in is asked for an address")
	}
	if w := get(h.site, "/sign-in/nothing"); w.Code != http.StatusNotFound {
		t.Errorf("a made-up link is answered with %d", w.Code)
	}
	plain := httptest.NewRequest(http.MethodPost, "http://ledger.example/sign-in", strings.NewReader("email=ana@readers.example&name=Ana"))
	plain.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, plain)
	if w.Code != http.StatusForbidden {
		t.Errorf("signing in in the clear is answered with %d", w.Code)
	}
}

func TestReaderWrites(t *testing.T) {
	h := newHouse(t)
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	b := h.readerSignsIn("ana@readers.example", "Ana")
	before := get(h.site, story.Path()).Body.String()
	if b.ask(story.Path(), nil).Body.String() != before {
		t.Error("the page of a story is another for a reader who is signed in")
	}
	writers := func(want ...bool) {
		t.Helper()
		list, err := h.talk.List(t.Context(), standfirst.Command(), standfirst.CommentHeld, 0, 10)
		h.must(err)
		if len(list) != len(want) {
			t.Fatalf("%d comments, want %d", len(list), len(want))
		}
		for i, c := range list {
			if (c.Reader != 0 && c.Rule == standfirst.RuleFirst) != want[len(want)-1-i] {
				t.Errorf("comment %d is by reader %d, held by %q", c.ID, c.Reader, c.Rule)
			}
		}
	}
	reply := story.Path() + "/reply"
	own := b.ask(reply, url.Values{"text": {"Who insures it?"}}).Header().Get("Location")
	writers(true)
	b.ask(reply, url.Values{"text": {"By the form under the story."}, "name": {"Ana Q."}, "email": {" ANA@readers.example"}})
	writers(true, true)
	guest := (&browser{h: h}).ask(reply, url.Values{"text": {"I am Ana too."}, "name": {"Ana"}, "email": {"ana@readers.example"}}).Header().Get("Location")
	writers(true, true, false)
	wantContains(t, b.ask(guest, nil).Body.String(), "If it is you, sign in", `href="/sign-in"`)

	page := b.ask("/reader", nil).Body.String()
	wantContains(t, page, "ana@readers.example", "Who insures it?", "By the form under the story.", "being checked", `href="`+own+`"`)
	if strings.Contains(page, "I am Ana too.") {
		t.Error("a comment of somebody else is on the page of the reader")
	}
}

func TestReaderPage(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	b := h.readerSignsIn("ana@readers.example", "Ana")
	other := h.readerSignsIn("ana@readers.example", "Ana")
	if to := (&browser{h: h}).ask("/reader", nil).Header().Get("Location"); to != "/sign-in" {
		t.Errorf("a stranger is led to %q", to)
	}
	for i := range readerLength + 1 {
		h.now = h.now.Add(time.Minute)
		if w := b.ask(story.Path()+"/reply", url.Values{"text": {"Word " + standfirst.CommentID(i).String() + "."}}); w.Code != http.StatusSeeOther {
			t.Fatalf("a comment is answered with %d: %s", w.Code, w.Body)
		}
	}
	wantContains(t, b.ask("/reader", nil).Body.String(), "Word 20.", "Word 1.", "Older comments", "/reader?before=2")
	wantContains(t, b.ask("/reader?before=2", nil).Body.String(), "Word 0.")

	if w := b.ask("/reader", url.Values{"do": {"name"}, "name": {""}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no name is answered with %d", w.Code)
	}
	b.ask("/reader", url.Values{"do": {"name"}, "name": {"Ana Quill"}})
	wantContains(t, b.ask("/reader?done=name", nil).Body.String(), "Your name is changed", `value="Ana Quill"`)
	export := b.ask("/reader/export", nil)
	var kept struct {
		Email    string                  `json:"email"`
		Name     string                  `json:"name"`
		Comments []struct{ Text string } `json:"comments"`
	}
	h.must(json.Unmarshal(export.Body.Bytes(), &kept))
	if kept.Email != "ana@readers.example" || kept.Name != "Ana Quill" || len(kept.Comments) != readerLength+1 || kept.Comments[0].Text != "Word 20." {
		t.Errorf("the export is %+v", kept)
	}
	b.ask("/reader", url.Values{"do": {"sessions"}})
	if w := other.ask("/reader", nil); w.Code != http.StatusSeeOther {
		t.Error("another session goes on")
	}
	if w := b.ask("/reader", url.Values{"do": {"erase"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("erasing without being sure is answered with %d", w.Code)
	}
	gone := b.ask("/reader", url.Values{"do": {"erase"}, "sure": {"1"}})
	wantContains(t, b.ask(gone.Header().Get("Location"), nil).Body.String(), "Everything about you is deleted")
	wantContains(t, get(h.site, story.Path()).Body.String(), "No comments yet.")
	if b.cookie != nil {
		t.Error("the browser keeps the session of a reader who is erased")
	}
	again := h.readerSignsIn("ana@readers.example", "Ana")
	wantContains(t, again.ask("/reader", nil).Body.String(), "You have not written any yet.")
	again.ask("/sign-out", url.Values{})
	if again.cookie != nil || again.ask("/reader", nil).Code != http.StatusSeeOther {
		t.Error("a reader who signed out is signed in")
	}
}

// asksForMail posts a comment whose writer wants a mail for each answer.
func (h *house) asksForMail(story standfirst.Story) standfirst.Comment {
	h.t.Helper()
	posted, err := h.talk.Post(h.t.Context(), discuss.Posting{
		Story: story.ID, Name: "Dee", Email: "dee@readers.example", Text: "Who insures it?", Notify: true, Address: "192.0.2.1",
	})
	h.must(err)
	return posted.Comment
}

// answers posts an answer to the comment, and returns the mails about it.
func (h *house) answers(question standfirst.Comment, name string) []standfirst.Mail {
	h.t.Helper()
	_, err := h.talk.Post(h.t.Context(), discuss.Posting{
		Story: question.Story, Parent: question.ID, Name: name, Email: "ben@readers.example", Text: "Five, says " + name, Address: "192.0.2.2",
	})
	h.must(err)
	payload, err := json.Marshal(standfirst.CommentWork{Comment: question.ID})
	h.must(err)
	h.must(h.talk.NoticeJob(h.t.Context(), standfirst.Job{Payload: payload}))
	return h.mails()
}

// asReader asks for the pages of those who talk under the story.
func (h *house) asReader(story standfirst.Story) {
	h.t.Helper()
	h.mails() // those that went out before, such as to the writer of a voice
	b := h.readerSignsIn("eve@readers.example", "Eve")
	b.ask("/sign-in", nil)
	b.ask("/reader", nil)
	b.ask(story.Path()+"/reply", nil)
	get(h.site, strings.TrimPrefix(h.answers(h.asksForMail(story), "Flo")[0].Unsubscribe, baseURL))
}

// TestOneClickUnsubscribe sends the form as a mail program does: without a browser's headers
// and without a session (RFC 8058).
func TestOneClickUnsubscribe(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	question := h.asksForMail(story)
	mails := h.answers(question, "Ben")
	if len(mails) != 1 {
		t.Fatalf("%d mails went out", len(mails))
	}
	path := strings.TrimPrefix(mails[0].Unsubscribe, baseURL)
	wantContains(t, get(h.site, path).Body.String(), "You asked for a mail for each answer", `action="`+path+`"`)
	if w := get(h.site, path+"x"); w.Code != http.StatusNotFound {
		t.Errorf("a wrong key is answered with %d", w.Code)
	}
	r := httptest.NewRequest(http.MethodPost, baseURL+path, strings.NewReader("List-Unsubscribe=One-Click"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Errorf("one click is answered with %d", w.Code)
	}
	wantContains(t, w.Body.String(), "No more mails")
	if mails := h.answers(question, "Cy"); len(mails) != 0 {
		t.Errorf("mails go on: %+v", mails)
	}
}

// FuzzNextPath holds that nobody is led anywhere but to a page on which a comment is written.
func FuzzNextPath(f *testing.F) {
	for _, next := range []string{
		"", "/2026/03/03/a-story/reply", "/2026/03/03/a-story/reply?to=5", "//evil.example/2026/03/03/a-story/reply", `/\evil.example`,
		"https://evil.example/2026/03/03/a-story/reply", "/2026/03/03/a-story/reply?to=5#x", "/2026/03/03/a-story/reply\r\nSet-Cookie: x=1", "/%2f/reply",
	} {
		f.Add(next)
	}
	s := &Site{kinds: newKinds(nil)}
	f.Fuzz(func(t *testing.T, next string) {
		got := s.nextPath(next)
		if got == "" {
			return
		}
		path, to, _ := strings.Cut(got, "?to=")
		if s.kinds.resolve(path).kind != &s.kinds.reply || strings.ContainsFunc(got, func(r rune) bool { return r <= ' ' || r > '~' || r == '\\' }) {
			t.Errorf("%q leads to %q", next, got)
		}
		if _, err := parseCommentID(to); err != nil {
			t.Errorf("%q leads to %q", next, got)
		}
	})
}
