package desk

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/web"
)

const deskPassword = "four quiet harbour cranes"

// raw sends a request that carries nothing but the cookie, if there is one.
func (r *talkRoom) raw(cookie *http.Cookie, path string, form url.Values) *httptest.ResponseRecorder {
	r.t.Helper()
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	q := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(form.Encode()))
	q.URL.Scheme, q.URL.Host, q.RemoteAddr = "", "", "127.0.0.1:40404"
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if cookie != nil {
		q.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	r.desk.ServeHTTP(w, q)
	return w
}

// sessionIn returns the session that the answer gives the browser, or nil.
func sessionIn(w *httptest.ResponseRecorder) *http.Cookie {
	for _, c := range w.Result().Cookies() {
		if c.Name == "standfirst" && c.MaxAge >= 0 {
			return c
		}
	}
	return nil
}

// isSignedIn reports whether the cookie is that of a session.
func (r *talkRoom) isSignedIn(cookie *http.Cookie) bool {
	r.t.Helper()
	return r.raw(cookie, Prefix, nil).Code == http.StatusOK
}

// TestSessionIsNotFixed holds that signing in gives the browser a session that nobody knew
// before, and ends the one that it had.
func TestSessionIsNotFixed(t *testing.T) {
	r := newTalkRoom(t)
	attackers := r.employ("eve", standfirst.Reporter)
	r.cookie(standfirst.Editor) // who has a password from now on
	credentials := url.Values{"email": {"editor@ledger.example"}, "password": {deskPassword}}
	for name, before := range map[string]*http.Cookie{
		"a made-up session":      {Name: "standfirst", Value: "chosen-by-somebody-else"},
		"somebody's own session": attackers,
	} {
		w := r.raw(before, "/desk/sign-in", credentials)
		got := sessionIn(w)
		if w.Code != http.StatusSeeOther || got == nil || got.Value == before.Value || len(got.Value) < 40 {
			t.Fatalf("%s: %d gives %v", name, w.Code, got)
		}
		if r.isSignedIn(before) {
			t.Errorf("%s goes on", name)
		}
		if !r.isSignedIn(got) {
			t.Errorf("after %s nobody is signed in", name)
		}
		if w := r.raw(got, "/desk/sign-out", url.Values{}); w.Code != http.StatusSeeOther || r.isSignedIn(got) {
			t.Errorf("after signing out the session of before is good: %d", w.Code)
		}
	}
}

// TestStepsCountOnce holds that a link and a step of signing in let in once, and are no
// session by themselves.
func TestStepsCountOnce(t *testing.T) {
	r := newTalkRoom(t)
	_, err := r.accounts.Add(t.Context(), standfirst.Command(), standfirst.Staff{Email: "jane@ledger.example", Name: "Jane Roe", Role: standfirst.Editor})
	r.must(err)
	link, _, err := r.accounts.Link(t.Context(), standfirst.Command(), "jane@ledger.example")
	r.must(err)
	if r.isSignedIn(&http.Cookie{Name: "standfirst", Value: link}) {
		t.Error("the token of a link is a session")
	}
	first := r.raw(nil, LinkPath(link), url.Values{"password": {deskPassword}})
	if first.Code != http.StatusSeeOther || sessionIn(first) == nil {
		t.Fatalf("the link answers %d", first.Code)
	}
	for _, form := range []url.Values{nil, {"password": {"another password of mine"}}} {
		if again := r.raw(nil, LinkPath(link), form); again.Code != http.StatusNotFound || sessionIn(again) != nil {
			t.Errorf("the used link answers %d", again.Code)
		}
	}

	s, session, err := r.accounts.Session(t.Context(), sessionIn(first).Value)
	r.must(err)
	setup, err := r.accounts.SetUpCodes(t.Context(), s, session, deskPassword)
	r.must(err)
	code := func() string {
		r.now = r.now.Add(time.Minute) // each counts once
		c, err := totp.GenerateCode(setup.Secret, r.now)
		r.must(err)
		return c
	}
	_, err = r.accounts.ConfirmCodes(t.Context(), s, session, code())
	r.must(err)
	begin := func() string {
		w := r.raw(nil, "/desk/sign-in", url.Values{"email": {"jane@ledger.example"}, "password": {deskPassword}})
		step := regexp.MustCompile(`name="step" value="([^"]+)"`).FindStringSubmatch(w.Body.String())
		if w.Code != http.StatusOK || step == nil || sessionIn(w) != nil {
			t.Fatalf("with codes the password answers %d: %s", w.Code, w.Body)
		}
		return step[1]
	}
	step := begin()
	if r.isSignedIn(&http.Cookie{Name: "standfirst", Value: step}) {
		t.Error("the token of a step is a session")
	}
	used := code()
	if w := r.raw(nil, "/desk/sign-in/code", url.Values{"step": {step}, "code": {used}}); w.Code != http.StatusSeeOther || sessionIn(w) == nil {
		t.Fatalf("the code answers %d: %s", w.Code, w.Body)
	}
	if w := r.raw(nil, "/desk/sign-in/code", url.Values{"step": {step}, "code": {code()}}); w.Code != http.StatusUnprocessableEntity || sessionIn(w) != nil {
		t.Errorf("the used step answers %d", w.Code)
	}
	if w := r.raw(nil, "/desk/sign-in/code", url.Values{"step": {begin()}, "code": {used}}); w.Code != http.StatusUnprocessableEntity || sessionIn(w) != nil {
		t.Errorf("the used code answers %d", w.Code)
	}
	// Guessing is stopped, and stays stopped for the right code.
	step = begin()
	for range 6 {
		r.raw(nil, "/desk/sign-in/code", url.Values{"step": {step}, "code": {"000000"}})
	}
	if w := r.raw(nil, "/desk/sign-in/code", url.Values{"step": {step}, "code": {code()}}); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("after guessing it answers %d", w.Code)
	}
}

// TestFormsOfAnotherSession holds that what one session began no other one ends.
func TestFormsOfAnotherSession(t *testing.T) {
	r := newTalkRoom(t)
	jane, eve := r.cookie(standfirst.Editor), r.employ("eve", standfirst.Reporter)
	// A passkey that Jane's browser is about to make does not become Eve's.
	if w := r.request(standfirst.Editor, http.MethodPost, "/desk/account/passkeys", "application/x-www-form-urlencoded", url.Values{"name": {"Phone"}, "password": {deskPassword}}.Encode()); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("at an address without a name it answers %d", w.Code)
	}
	w := r.raw(jane, "/desk/account/passkeys", url.Values{"name": {"Phone"}, "password": {deskPassword}})
	step := regexp.MustCompile(`name="step" value="([^"]+)"`).FindStringSubmatch(w.Body.String())
	if step == nil {
		t.Fatalf("beginning a passkey answers %d: %s", w.Code, w.Body)
	}
	if w := r.raw(eve, "/desk/account/passkeys/done", url.Values{"step": {step[1]}, "name": {"Phone"}, "answer": {"{}"}}); w.Code < http.StatusBadRequest || w.Code >= http.StatusInternalServerError {
		t.Errorf("ending it in another session answers %d", w.Code)
	}
	// A session of hers is not Eve's to end, and a step of making a passkey signs nobody in.
	_, session, err := r.accounts.Session(t.Context(), jane.Value)
	r.must(err)
	r.raw(eve, "/desk/account/sessions/end", url.Values{"session": {strconv.FormatInt(int64(session.ID), 10)}})
	if !r.isSignedIn(jane) {
		t.Error("somebody else's session was ended")
	}
	for _, path := range []string{"/desk/sign-in/code", "/desk/sign-in/passkey/done"} {
		if w := r.raw(nil, path, url.Values{"step": {step[1]}, "code": {"000000"}, "answer": {"{}"}}); w.Code != http.StatusUnprocessableEntity || sessionIn(w) != nil {
			t.Errorf("%s takes a step of another kind: %d", path, w.Code)
		}
	}
	// A form that was typed before signing out changes nothing after it.
	r.raw(eve, "/desk/sign-out", url.Values{})
	if w := r.raw(eve, "/desk/account/password", url.Values{"old": {deskPassword}, "new": {"another password of mine"}}); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/desk/sign-in" {
		t.Errorf("a form of a session that is over answers %d to %s", w.Code, w.Header().Get("Location"))
	}
	if _, err := r.accounts.SignIn(t.Context(), "eve@ledger.example", deskPassword, account.Origin{Address: "192.0.2.7"}); err != nil {
		t.Errorf("the password was changed: %v", err)
	}
}

// TestFormsSentTwice holds that the form of a story counts once, whoever sends it again.
func TestFormsSentTwice(t *testing.T) {
	r := newStoryRoom(t)
	form := r.form("body", strings.Replace(roundBody, "It is enough", "It is plenty", 1))
	if w := r.ask(standfirst.Reporter, r.path, form); w.Code != http.StatusSeeOther {
		t.Fatalf("saving answers %d", w.Code)
	}
	saved := r.work()
	for _, role := range []standfirst.Role{standfirst.Reporter, standfirst.Editor} {
		w := r.ask(role, r.path, form) // the same words: nothing is lost, and nothing is made
		if now := r.work(); now.Version != saved.Version || w.Code >= http.StatusInternalServerError {
			t.Errorf("sent again as %s it answers %d and makes version %d of %d", role, w.Code, now.Version, saved.Version)
		}
	}
	r.sent(r.path, r.form("body", roundBody))
	if w := r.ask(standfirst.Editor, r.path, form); w.Code != http.StatusConflict {
		t.Errorf("over a later text it answers %d", w.Code)
	}
	publication := r.publication()
	r.sent(r.path+"/publish", publication)
	if w := r.ask(standfirst.Editor, r.path+"/publish", publication); !strings.Contains(w.Header().Get("Location"), "done=unchanged") {
		t.Errorf("publishing it again answers %d to %s", w.Code, w.Header().Get("Location"))
	}
	has(t, r.page(r.path+"/publish"), "Readers see this very text.")
	history := r.page(r.path + "/history")
	lacks(t, history, "Published as version 2")
}

// TestSessionCookie holds what the browser is told of a session over HTTPS.
func TestSessionCookie(t *testing.T) {
	q := httptest.NewRequest(http.MethodGet, "https://quay.example/desk", nil)
	for name, set := range map[string]func(w http.ResponseWriter){
		"__Host-standfirst":          func(w http.ResponseWriter) { web.SetSession(w, q, "token", time.Unix(2e9, 0)) },
		"__Host-standfirst-provider": func(w http.ResponseWriter) { web.SetProviderStep(w, q, "token", time.Unix(2e9, 0)) },
	} {
		w := httptest.NewRecorder()
		set(w)
		c := w.Result().Cookies()[0]
		if c.Name != name || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%s is %+v", name, c)
		}
	}
}
