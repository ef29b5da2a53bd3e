package desk

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/discuss"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
	"standfirst/internal/web"
	"standfirst/internal/webhook"
)

// talkRoom is a newsroom with one story, whose desk has a clock of its own.
type talkRoom struct {
	t        *testing.T
	store    *store.Store
	talk     *discuss.Talk
	desk     *Desk
	accounts *account.Accounts
	now      time.Time
	story    standfirst.Story
	posts    int
	cookies  map[standfirst.Role]*http.Cookie
}

// newEmptyRoom returns a newsroom with nothing but what setting up makes.
func newEmptyRoom(t *testing.T) *talkRoom {
	t.Helper()
	r := &talkRoom{t: t, store: storetest.Open(t), now: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC), cookies: make(map[standfirst.Role]*http.Cookie)}
	clock := r.clock
	r.accounts = account.New(r.store, account.Options{Clock: clock})
	r.talk = discuss.New(r.store, discuss.Options{Clock: clock})
	room := newsroom.New(r.store, newsroom.Options{Clock: clock})
	var err error
	r.desk, err = New(Options{Store: r.store.Reader(), Accounts: r.accounts, Talk: r.talk, Newsroom: room, Clock: clock, Webhooks: webhook.New(r.store, webhook.Options{Clock: r.clock}), Logger: slog.New(slog.DiscardHandler)})
	r.must(err)
	r.must(room.SetUp(t.Context(), standfirst.Command(), standfirst.DefaultPublication()))
	return r
}

func newTalkRoom(t *testing.T) *talkRoom {
	t.Helper()
	r := newEmptyRoom(t)
	room := newsroom.New(r.store, newsroom.Options{Clock: r.clock})
	draft, err := room.Create(t.Context(), standfirst.Command(), newsroom.Draft{Kind: standfirst.KindStory, Content: standfirst.Content{
		Headline: "Skerry Cable in talks to lay a third line", Body: "The line would run for 90 kilometres.", Section: "Deals",
	}})
	r.must(err)
	_, err = room.Publish(t.Context(), standfirst.Command(), draft.ID, newsroom.PublishOptions{})
	r.must(err)
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) (err error) { r.story, err = tx.Story(draft.ID); return err }))
	return r
}

func (r *talkRoom) clock() time.Time { return r.now }

func (r *talkRoom) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// cookie returns the session of a member with the role.
func (r *talkRoom) cookie(role standfirst.Role) *http.Cookie {
	r.t.Helper()
	return r.employ(string(role), role)
}

// employ returns the session of a member of the name, who has the role.
func (r *talkRoom) employ(name string, role standfirst.Role) *http.Cookie {
	r.t.Helper()
	if c := r.cookies[standfirst.Role(name)]; c != nil {
		return c
	}
	email := name + "@ledger.example"
	_, err := r.accounts.Add(r.t.Context(), standfirst.Command(), standfirst.Staff{Email: email, Name: "Mara the " + name, Role: role})
	r.must(err)
	token, _, err := r.accounts.Link(r.t.Context(), standfirst.Command(), email)
	r.must(err)
	in, err := r.accounts.UseLink(r.t.Context(), token, "four quiet harbour cranes", account.Origin{Address: "127.0.0.1"})
	r.must(err)
	w := httptest.NewRecorder()
	web.SetSession(w, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/desk", nil), in.Token, in.ExpiresAt)
	r.cookies[standfirst.Role(name)] = w.Result().Cookies()[0]
	return r.cookies[standfirst.Role(name)]
}

// ask sends a request as a member with the role; a form is posted.
func (r *talkRoom) ask(role standfirst.Role, path string, form url.Values) *httptest.ResponseRecorder {
	r.t.Helper()
	method, body := http.MethodGet, ""
	if form != nil {
		method, body = http.MethodPost, form.Encode()
	}
	return r.request(role, method, path, "application/x-www-form-urlencoded", body)
}

// request sends what is not a plain form.
func (r *talkRoom) request(role standfirst.Role, method, path, kind, body string) *httptest.ResponseRecorder {
	r.t.Helper()
	q := httptest.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(body))
	q.URL.Scheme, q.URL.Host, q.RemoteAddr = "", "", "127.0.0.1:40404"
	q.Header.Set("Content-Type", kind)
	q.AddCookie(r.cookie(role))
	w := httptest.NewRecorder()
	r.desk.ServeHTTP(w, q)
	return w
}

// page returns the page at the path as the moderator sees it.
func (r *talkRoom) page(path string) string {
	r.t.Helper()
	w := r.ask(standfirst.Moderator, path, nil)
	if w.Code != http.StatusOK {
		r.t.Fatalf("%s answers %d: %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

// send posts the form as the moderator and returns the page that follows.
func (r *talkRoom) send(path string, form url.Values) string {
	r.t.Helper()
	w := r.ask(standfirst.Moderator, path, form)
	if w.Code != http.StatusSeeOther {
		r.t.Fatalf("%s answers %d: %s", path, w.Code, w.Body)
	}
	to, _, _ := strings.Cut(w.Header().Get("Location"), "#")
	return r.page(to)
}

// post lets a guest comment, each from a network of its own.
func (r *talkRoom) post(name, text string) standfirst.Comment {
	r.t.Helper()
	r.posts++
	posted, err := r.talk.Post(r.t.Context(), discuss.Posting{
		Story: r.story.ID, Name: name, Email: strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@readers.example", Text: text,
		Address: fmt.Sprintf("10.%d.%d.7", r.posts/250, r.posts%250), Opened: r.now.Add(-time.Minute),
	})
	r.must(err)
	return posted.Comment
}

func (r *talkRoom) state(id standfirst.CommentID) (c standfirst.Comment) {
	r.t.Helper()
	r.must(r.store.View(r.t.Context(), func(tx *store.ReadTx) (err error) { c, err = tx.Comment(id); return err }))
	return c
}

// has fails unless the page has every one of the texts.
func has(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page lacks %q", text)
		}
	}
}

func lacks(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(page, text) {
			t.Errorf("the page has %q", text)
		}
	}
}

var batchInPage = regexp.MustCompile(`name="batch" value="([^"]+)"`)

// batch returns what the page's button for undoing sends.
func (r *talkRoom) batch(page string) string {
	r.t.Helper()
	found := batchInPage.FindStringSubmatch(page)
	if found == nil {
		r.t.Fatalf("the page cannot undo:\n%s", page)
	}
	return found[1]
}

// chosen returns the form in which the comments are checked, and the pairs that follow.
func chosen(comments []standfirst.Comment, pairs ...string) url.Values {
	form := url.Values{}
	for _, c := range comments {
		form.Set("comment-"+c.ID.String(), "1")
	}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

// alone returns the form of one comment, and the pairs that follow.
func alone(c standfirst.Comment, pairs ...string) url.Values {
	return chosen(nil, append(pairs, "id", c.ID.String(), "one", "1")...)
}

func TestWhoMayModerate(t *testing.T) {
	r := newTalkRoom(t)
	c := r.post("Ana", "Is the third line insured?")
	paths := []string{"/desk/talk", "/desk/talk/legal", "/desk/talk/decisions", "/desk/talk/bans", "/desk/talk/settings", commentPath(c.ID),
		commentPath(c.ID) + "/ban", commentPath(c.ID) + "/erase", storyTalkPath(r.story.ID), "/desk/talk/settings/section/1"}
	for _, path := range paths {
		if w := r.ask(standfirst.Reporter, path, nil); w.Code != http.StatusForbidden {
			t.Errorf("a reporter gets %d at %s", w.Code, path)
		}
		if w := r.ask(standfirst.Moderator, path, nil); w.Code != http.StatusOK {
			t.Errorf("a moderator gets %d at %s: %s", w.Code, path, w.Body)
		}
	}
	for role, want := range map[standfirst.Role]int{standfirst.Moderator: 403, standfirst.Editor: 200, standfirst.Administrator: 200} {
		if w := r.ask(role, "/desk/talk/escalated", nil); w.Code != want {
			t.Errorf("the %s gets %d at the escalated", role, w.Code)
		}
	}
	for _, path := range []string{"/desk/talk/decide", "/desk/talk/take", "/desk/talk/undo", "/desk/talk/hold", commentPath(c.ID), "/desk/talk/bans", commentPath(c.ID) + "/erase"} {
		if w := r.ask(standfirst.Reporter, path, chosen([]standfirst.Comment{c}, "do", "approve")); w.Code != http.StatusForbidden {
			t.Errorf("a reporter may post to %s: %d", path, w.Code)
		}
	}
	lacks(t, r.ask(standfirst.Reporter, "/desk", nil).Body.String(), `href="/desk/talk"`)
	has(t, r.page("/desk"), `href="/desk/talk"`, "1 wait")
	for _, path := range []string{"/desk/talk/comment/99", "/desk/talk/comment/x", "/desk/talk/story/99", "/desk/talk?after=x", "/desk/talk/decisions?before=x"} {
		if w := r.ask(standfirst.Moderator, path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

func TestQueueDecides(t *testing.T) {
	r := newTalkRoom(t)
	has(t, r.page("/desk/talk"), "Nothing waits.")
	a, b, c := r.post("Ana", "Is the **third** line insured?"), r.post("Ben", "Who pays for the ship?"), r.post("Cyd", "When does it land?")
	page := r.page("/desk/talk")
	has(t, page, "Skerry Cable in talks", "<strong>third</strong>", "First comment", "It is the writer’s first comment.", `aria-label="Choose the comment by Ben"`)
	lacks(t, page, " checked")
	has(t, r.page("/desk/talk?all=1"), ` checked`)

	page = r.send("/desk/talk/decide", chosen([]standfirst.Comment{a, b}, "do", "approve", "next", "/desk/talk"))
	has(t, page, "2 comments approved.", `role="status"`)
	lacks(t, page, "Is the <strong>")
	if s := r.state(b.ID).State; s != standfirst.CommentApproved {
		t.Errorf("the comment is %s", s)
	}
	page = r.send("/desk/talk/undo", url.Values{"batch": {r.batch(page)}, "next": {"/desk/talk?batch=x"}})
	has(t, page, "Undone: 2 comments are as they were before.", "Is the <strong>")
	if s := r.state(b.ID).State; s != standfirst.CommentHeld {
		t.Errorf("the comment is %s after undoing", s)
	}

	page = r.send("/desk/talk/decide", alone(c, "do", "reject", "reason", "off-topic", "note", "Ask the press office."))
	has(t, page, "1 comment rejected.")
	if got := r.state(c.ID); got.State != standfirst.CommentRejected || got.Reason != standfirst.ReasonOffTopic || got.Note != "Ask the press office." {
		t.Errorf("rejected as %+v", got)
	}
	has(t, r.send("/desk/talk/decide", chosen([]standfirst.Comment{a, b}, "do", "spam")), "2 comments marked as spam.", "Nothing waits.")
}

func TestWordsThatNobodyReadAreNotApproved(t *testing.T) {
	r := newTalkRoom(t)
	c := r.post("Ana", "A fair question.")
	r.now = r.now.Add(time.Minute)
	seen := regexp.MustCompile(`name="seen" value="(\d+)"`).FindAllStringSubmatch(r.page("/desk/talk"), -1)
	if len(seen) != 3 { // of the one comment, of its refusal, and of several
		t.Fatalf("%d forms say when the page was made", len(seen))
	}
	has(t, r.page(commentPath(c.ID)), `name="seen" value="`+seen[0][1]+`"`)
	key, err := r.talk.Key(t.Context(), c.ID)
	r.must(err)
	r.now = r.now.Add(time.Minute)
	_, err = r.talk.Edit(t.Context(), c.ID, key, "Something that no moderator read.")
	r.must(err)
	page := r.send("/desk/talk/decide", alone(c, "do", "approve", "next", "/desk/talk", "seen", seen[0][1]))
	has(t, page, "1 was left out", "Something that no moderator read.")
	if s := r.state(c.ID).State; s != standfirst.CommentHeld {
		t.Errorf("the comment is %s", s)
	}
}

func TestRefusedDecisions(t *testing.T) {
	r := newTalkRoom(t)
	a, b := r.post("Ana", "Is the line insured?"), r.post("Ben", "Who pays for the ship?")
	for name, c := range map[string]struct {
		form url.Values
		want []string
	}{
		"nothing chosen":   {url.Values{"do": {"approve"}}, []string{"Choose at least one comment."}},
		"no reason":        {chosen([]standfirst.Comment{a}, "do", "reject", "note", "Kept words"), []string{"Say why: the writer is told the reason.", `>Kept words</textarea>`, `id="choose-` + a.ID.String() + `" aria-label="Choose the comment by Ana" checked`}},
		"no reason, alone": {alone(b, "do", "reject", "note", "Kept words"), []string{"Say why", `value="Kept words"`, "<details open>"}},
		"note too long":    {alone(b, "do", "reject", "reason", "hate", "note", strings.Repeat("a", 1001)), []string{"The note has 1001 bytes", `value="hate" selected`}},
		"no such decision": {chosen([]standfirst.Comment{b}, "do", "explode"), []string{"A comment cannot be made"}},
	} {
		w := r.ask(standfirst.Moderator, "/desk/talk/decide", c.form)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, w.Code)
		}
		has(t, w.Body.String(), c.want...)
	}
	if r.state(a.ID).State != standfirst.CommentHeld || r.state(b.ID).State != standfirst.CommentHeld {
		t.Error("a refused form changed something")
	}
}

func TestColleaguesTakeTurns(t *testing.T) {
	r := newTalkRoom(t)
	a, b := r.post("Ana", "Is the line insured?"), r.post("Ben", "Who pays for the ship?")
	if w := r.ask(standfirst.Editor, "/desk/talk/take", chosen([]standfirst.Comment{a}, "do", "take")); w.Code != http.StatusSeeOther {
		t.Fatalf("taking answers %d", w.Code)
	}
	page := r.page("/desk/talk?all=1")
	has(t, page, "Mara the editor looks at it now.", "choose-"+b.ID.String())
	lacks(t, page, "choose-"+a.ID.String(), "Approve the comment by Ana")
	page = r.send("/desk/talk/decide", chosen([]standfirst.Comment{a, b}, "do", "approve"))
	has(t, page, "1 comment approved.", "1 was left out")
	if r.state(a.ID).State != standfirst.CommentHeld {
		t.Error("a colleague's comment was decided about")
	}
	r.now = r.now.Add(6 * time.Minute)
	has(t, r.send("/desk/talk/take", chosen([]standfirst.Comment{a}, "do", "take")), "These are yours for five minutes.", "Give back what I took")
	page = r.send("/desk/talk/take", url.Values{"do": {"return"}})
	has(t, page, "You gave back")
	lacks(t, page, "Give back what I took")
}

func TestQueueGoesOn(t *testing.T) {
	r := newTalkRoom(t)
	for i := range 45 {
		r.post(fmt.Sprintf("Guest %02d", i), fmt.Sprintf("Remark number %d on the cable", i))
		r.now = r.now.Add(time.Second)
	}
	next := regexp.MustCompile(`href="(/desk/talk\?after=[^"]+)">Go on`)
	path, seen := "/desk/talk", 0
	for pages := 1; ; pages++ {
		page := r.page(path)
		has(t, page, fmt.Sprintf("Guest %02d</a>", seen), "20&#43;")
		seen += strings.Count(page, `<li class="waiting`)
		found := next.FindStringSubmatch(page)
		if found == nil {
			if pages != 3 || seen != 45 {
				t.Errorf("%d pages with %d comments", pages, seen)
			}
			has(t, page, "From the start")
			break
		}
		path = found[1]
	}
	// A form of the second page that is refused shows the second page again.
	second := next.FindStringSubmatch(r.page("/desk/talk"))[1]
	w := r.ask(standfirst.Moderator, "/desk/talk/decide", url.Values{"do": {"approve"}, "next": {second}})
	has(t, w.Body.String(), "Guest 20</a>")
	lacks(t, w.Body.String(), "Guest 00</a>")
}

// TestQueueIsCounted holds that the counts of an open page are those of who is signed in, and
// end with the session.
func TestQueueIsCounted(t *testing.T) {
	r := newTalkRoom(t)
	r.post("Ana", "Is the third line insured?")
	up := r.post("Ben", "My brother says that it is signed.")
	r.must(r.talk.Escalate(t.Context(), standfirst.Command(), up.ID, true))
	ask := func(cookie *http.Cookie) *httptest.ResponseRecorder {
		q := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/desk/talk/counts", nil)
		q.Header.Set("Accept", "application/json")
		q.AddCookie(cookie)
		w := httptest.NewRecorder()
		r.desk.ServeHTTP(w, q)
		return w
	}
	for role, want := range map[standfirst.Role]string{
		standfirst.Moderator: `{"escalated":"","legal":"","queue":"1","reported":""}`,
		standfirst.Editor:    `{"escalated":"1","legal":"","queue":"1","reported":""}`,
	} {
		if w := ask(r.cookie(role)); w.Code != http.StatusOK || w.Body.String() != want {
			t.Errorf("the %s is told %d, %s", role, w.Code, w.Body)
		}
	}
	if w := ask(r.cookie(standfirst.Reporter)); w.Code != http.StatusForbidden {
		t.Errorf("a reporter is told %d, %s", w.Code, w.Body)
	}
	cookie := r.cookie(standfirst.Moderator)
	r.ask(standfirst.Moderator, "/desk/sign-out", url.Values{})
	if w := ask(cookie); w.Code != http.StatusUnauthorized {
		t.Errorf("after signing out it is told %d, %s", w.Code, w.Body)
	}
}
