package desk

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/discuss"
	"standfirst/internal/newsroom"
	"standfirst/internal/store/storetest"
	"standfirst/internal/web"
)

// TestVoices asks for a voice and adds one, by the forms of the desk.
func TestVoices(t *testing.T) {
	st := storetest.Open(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	accounts, talk, news := account.New(st, account.Options{}), discuss.New(st, discuss.Options{}), newsroom.New(st, newsroom.Options{})
	must(news.SetUp(t.Context(), standfirst.Command(), standfirst.DefaultPublication()))
	d, err := New(Options{Store: st.Reader(), Accounts: accounts, Talk: talk, Newsroom: news, BaseURL: "https://ledger.example"})
	must(err)
	tokens := make(map[standfirst.Role]string)
	for _, role := range []standfirst.Role{standfirst.Editor, standfirst.Moderator, standfirst.Reporter} {
		email := string(role) + "@ledger.example"
		_, err := accounts.Add(t.Context(), standfirst.Command(), standfirst.Staff{Email: email, Name: "Jane " + string(role), Role: role})
		must(err)
		link, _, err := accounts.Link(t.Context(), standfirst.Command(), email)
		must(err)
		in, err := accounts.UseLink(t.Context(), link, "four quiet harbour cranes", account.Origin{Address: "127.0.0.1"})
		must(err)
		tokens[role] = in.Token
	}
	story, err := news.CreateAndPublish(t.Context(), standfirst.Command(), newsroom.Draft{Content: standfirst.Content{Headline: "Northwind lets planners go", Body: "It has 1,200."}})
	must(err)
	must(talk.SetSettings(t.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen}, ""))
	_, err = talk.Post(t.Context(), discuss.Posting{Story: story.ID, Name: "dana", Email: "dana@quay.example", Address: "192.0.2.1", Text: "They *knew* the drivers."})
	must(err)

	ask := func(role standfirst.Role, method, path string, fields ...string) *httptest.ResponseRecorder {
		t.Helper()
		form := make(url.Values)
		for i := 0; i < len(fields); i += 2 {
			form.Set(fields[i], fields[i+1])
		}
		r := httptest.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(form.Encode()))
		r.URL.Scheme, r.URL.Host, r.RemoteAddr = "", "", "127.0.0.1:40404"
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		given := httptest.NewRecorder()
		web.SetSession(given, r, tokens[role], time.Now().Add(time.Hour))
		for _, c := range given.Result().Cookies() {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		return w
	}
	pick := []string{"comment", "1", "words", "They knew the drivers.", "name", "dana", "affiliation", "Quay", "domain", "quay.example"}
	own := []string{"story", story.ID.String(), "words", "It is a pity.", "name", "Ada Bray", "source", "interview", "on", "2026-03-05"}
	for _, c := range []struct {
		name   string
		role   standfirst.Role
		method string
		path   string
		form   []string
		status int
		says   string // on the page, or where it leads
	}{
		{"none yet", standfirst.Moderator, "GET", "/desk/voices", nil, 200, "No voices yet."},
		{"a reporter", standfirst.Reporter, "GET", "/desk/voices", nil, 403, ""},
		{"form", standfirst.Moderator, "GET", "/desk/voices/new?comment=1", nil, 200, ">They knew the drivers.</textarea>"},
		{"a reporter picks", standfirst.Reporter, "POST", "/desk/voices", pick, 403, ""},
		{"neither", standfirst.Editor, "GET", "/desk/voices/new", nil, 404, ""},
		{"both", standfirst.Editor, "GET", "/desk/voices/new?comment=1&story=1", nil, 404, ""},
		{"other words", standfirst.Moderator, "POST", "/desk/voices", []string{"comment", "1", "words", "They knew <i>nobody</i>.", "name", "dana"}, 422, "They knew &lt;i&gt;nobody&lt;/i&gt;.</textarea>"},
		{"picked", standfirst.Moderator, "POST", "/desk/voices", pick, 303, "/desk/voices/1"},
		{"asked", standfirst.Moderator, "GET", "/desk/voices/1", nil, 200, "The writer was asked"},
		{"picked again", standfirst.Moderator, "POST", "/desk/voices", pick, 422, "is not asked twice"},
		{"a moderator adds", standfirst.Moderator, "GET", "/desk/voices/new?story=1", nil, 403, ""},
		{"a moderator adds, sent", standfirst.Moderator, "POST", "/desk/voices", own, 403, ""},
		{"no day", standfirst.Editor, "POST", "/desk/voices", append(own[:8:8], "on", "yesterday"), 422, "is no day"},
		{"added", standfirst.Editor, "POST", "/desk/voices", own, 303, "/desk/voices/2"},
		{"placed", standfirst.Editor, "GET", "/desk/voices/2", nil, 200, "5 March 2026"},
		{"a moderator erases", standfirst.Moderator, "POST", "/desk/voices/2/take-back", nil, 403, ""},
		{"taken back", standfirst.Moderator, "POST", "/desk/voices/1/take-back", nil, 303, "/desk/voices/1"},
		{"forgotten", standfirst.Moderator, "GET", "/desk/voices/1", nil, 200, "What it said is not kept."},
		{"list", standfirst.Moderator, "GET", "/desk/voices", nil, 200, "Ada Bray"},
		{"a moderator retries", standfirst.Moderator, "POST", "/desk/voices/1/retry", nil, 403, ""},
		{"no such voice", standfirst.Editor, "GET", "/desk/voices/99", nil, 404, ""},
	} {
		w := ask(c.role, c.method, c.path, c.form...)
		if w.Code != c.status || !strings.Contains(w.Body.String()+w.Header().Get("Location"), c.says) {
			t.Errorf("%s: %d to %q, want %d and %q in\n%s", c.name, w.Code, w.Header().Get("Location"), c.status, c.says, w.Body)
		}
		if strings.Contains(w.Body.String(), "dana@") || c.name == "asked" && strings.Contains(w.Body.String(), standfirst.EmployerConfirmed) {
			t.Errorf("%s: the page tells of the address", c.name)
		}
	}
}
