package desk

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/jba/templatecheck"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/discuss"
	"standfirst/internal/newsroom"
	"standfirst/internal/store/storetest"
	"standfirst/internal/webhook"
	"standfirst/ui"
)

// pageData is what each page's templates are given.
var pageData = map[string]any{
	"home": &homePage{}, "signin": &signInPage{}, "link": &linkPage{}, "account": &accountPage{}, "failure": &failurePage{},
	"code": &codePage{}, "codes": &codesPage{}, "recovery": &recoveryPage{}, "passkey": &ceremonyPage{}, "token": &tokenPage{}, "tokens": &tokensPage{}, "people": &peoplePage{}, "audit": &auditPage{}, "settings": &settingsPage{}, "mail": &mailPage{}, "webhooks": &webhooksPage{}, "webhook": &webhookPage{}, "webhooksecret": &webhookSecretPage{}, "figure": &figurePage{},
	"front": &frontPage{}, "pages": &pagesPage{}, "menus": &menusPage{}, "name": &namePage{}, "topics": &topicsPage{}, "authors": &authorsPage{}, "author": &authorPage{},
	"story": &storyPage{}, "kept": &keptPage{}, "publish": &publishPage{}, "unpublish": &unpublishPage{}, "history": &historyPage{}, "corrections": &correctionsPage{}, "tasks": &tasksPage{}, "media": &mediaPage{}, "picture": &picturePage{}, "compare": &comparePage{}, "stories": &storiesPage{}, "storynew": &newStoryPage{},
	"talk": &queuePage{}, "talkcomment": &commentPage{}, "talkerase": &erasePage{}, "talkban": &banPage{}, "talkbans": &bansPage{},
	"talklegal": &legalPage{}, "talkdecisions": &decisionsPage{}, "talksettings": &talkSettingsPage{},
	"companies": &companiesPage{}, "companynew": &newEntityPage{}, "entity": &entityPage{}, "merge": &mergePage{}, "ledger": &ledgerPage{}, "deals": &dealsPage{}, "dealnew": &newDealPage{}, "calendar": &calendarPage{}, "event": &eventPage{}, "deal": &dealPage{},
	"voices": &voicesPage{}, "voicenew": &newVoicePage{}, "voice": &deskVoicePage{},
}

func TestTemplatesFitTheirData(t *testing.T) {
	files, err := ui.LoadDesk()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := files.Templates()
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range pages {
		data, ok := pageData[name]
		if !ok {
			t.Errorf("page %s has no data in this test", name)
			continue
		}
		if err := templatecheck.CheckHTML(page.Lookup("base"), data); err != nil {
			t.Errorf("page %s: %v", name, err)
		}
	}
	if len(pages) != len(pageData) {
		t.Errorf("%d pages in ui/desk, %d in this test", len(pages), len(pageData))
	}
}

// TestLocal holds that nobody is sent elsewhere after signing in.
func TestLocal(t *testing.T) {
	for address, want := range map[string]string{
		"/desk": "/desk", "/desk/account?done=password": "/desk/account?done=password", "": "",
		"/": "", "/deskx": "", "//evil.example/desk": "", "https://evil.example/desk": "", "/desk/../../x\\y": "",
		`/\evil.example`: "", "javascript:alert(1)": "", "/desk\r\nX: y": "", "desk": "", "/desk/../archive": "", "/desk//x": "",
	} {
		if got := local(address); got != want {
			t.Errorf("local(%q) is %q, want %q", address, got, want)
		}
	}
}

// served is a desk with one member of the staff, and a browser without a session.
func served(t *testing.T) (*account.Accounts, *Desk) {
	t.Helper()
	st := storetest.Open(t)
	accounts := account.New(st, account.Options{})
	d, err := New(Options{Store: st.Reader(), Accounts: accounts, Talk: discuss.New(st, discuss.Options{}), Newsroom: newsroom.New(st, newsroom.Options{}), Webhooks: webhook.New(st, webhook.Options{})})
	if err != nil {
		t.Fatal(err)
	}
	if err := newsroom.New(st, newsroom.Options{}).SetUp(t.Context(), standfirst.Command(), standfirst.DefaultPublication()); err != nil {
		t.Fatal(err)
	}
	if _, err := accounts.Add(t.Context(), standfirst.Command(), standfirst.Staff{Email: "jane@ledger.example", Name: "Jane Roe", Role: standfirst.Editor}); err != nil {
		t.Fatal(err)
	}
	return accounts, d
}

func TestAnswers(t *testing.T) {
	_, d := served(t)
	for name, c := range map[string]struct {
		method, path, body string
		header             http.Header
		status             int
		location, allow    string
	}{
		"signed out":            {method: "GET", path: "/desk", status: 303, location: "/desk/sign-in"},
		"comes back":            {method: "GET", path: "/desk/account?x=1", status: 303, location: "/desk/sign-in?next=%2Fdesk%2Faccount%3Fx%3D1"},
		"changes without":       {method: "POST", path: "/desk/account/password", body: "old=a&new=b", status: 303, location: "/desk/sign-in"},
		"slash":                 {method: "GET", path: "/desk/", status: 303, location: "/desk"},
		"no page":               {method: "GET", path: "/desk/no-such-page", status: 404},
		"no such link":          {method: "GET", path: "/desk/link/none", status: 404},
		"no such link, sent":    {method: "POST", path: "/desk/link/none", body: "password=four+quiet+harbour+cranes", status: 404},
		"no such method":        {method: "PUT", path: "/desk/account", status: 405, allow: "GET"},
		"signing out by a link": {method: "GET", path: "/desk/sign-out", status: 405, allow: "POST"},
		"neither method":        {method: "PUT", path: "/desk/sign-in", status: 405, allow: "GET, POST"},
		"another site": {method: "POST", path: "/desk/sign-in", body: "email=a", status: 403,
			header: http.Header{"Sec-Fetch-Site": {"cross-site"}}},
		"plain HTTP": {method: "GET", path: "http://ledger.example/desk/sign-in", status: 403},
		"endless":    {method: "POST", path: "/desk/sign-in", body: "email=" + strings.Repeat("a", 2*maxForm), status: 413},
		"malformed":  {method: "POST", path: "/desk/sign-in", body: "email=%zz", status: 400},
		"wrong":      {method: "POST", path: "/desk/sign-in", body: "email=jane%40ledger.example&password=no", status: 422},
	} {
		address := c.path
		if strings.HasPrefix(address, "/") {
			address = "http://127.0.0.1" + address
		}
		r := httptest.NewRequest(c.method, address, strings.NewReader(c.body))
		r.URL.Scheme, r.URL.Host, r.RemoteAddr = "", "", "127.0.0.1:40404"
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for key, values := range c.header {
			r.Header[key] = values
		}
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		if w.Code != c.status || w.Header().Get("Location") != c.location {
			t.Errorf("%s: %d to %q, want %d to %q", name, w.Code, w.Header().Get("Location"), c.status, c.location)
		}
		if allow := w.Header().Get("Allow"); allow != c.allow {
			t.Errorf("%s: Allow is %q, want %q", name, allow, c.allow)
		}
		if cache := w.Header().Get("Cache-Control"); cache != "no-store" {
			t.Errorf("%s: Cache-Control is %q", name, cache)
		}
	}
}

// TestSignInAddress holds that the address is counted from which a request comes, and that
// too many are told so with what was typed.
func TestSignInAddress(t *testing.T) {
	_, d := served(t)
	for i := range 8 {
		r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/desk/sign-in", strings.NewReader(url.Values{
			"email": {"jane@ledger.example"}, "password": {"not the password"}, "next": {"/desk/account"},
		}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = "127.0.0.1:40404"
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		want := http.StatusUnprocessableEntity
		if i >= 6 {
			want = http.StatusTooManyRequests
		}
		if w.Code != want || !strings.Contains(w.Body.String(), `value="jane@ledger.example"`) || !strings.Contains(w.Body.String(), `value="/desk/account"`) {
			t.Errorf("attempt %d: %d, %s", i+1, w.Code, w.Body)
		}
	}
}

// TestLinksStayOutOfLogs holds that no spelling of a link's address is logged.
func TestLinksStayOutOfLogs(t *testing.T) {
	_, d := served(t)
	var log bytes.Buffer
	logged, err := New(Options{Store: d.store, Accounts: d.accounts, Talk: d.talk, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	for _, ask := range []string{
		"GET /desk/link/secret", "HEAD /desk/link/secret", "POST /desk/link/secret", "PUT /desk/link/secret", "OPTIONS /desk/link/secret",
		"GET /desk/link/secret/", "GET /desk//link/secret", "GET //desk/link/secret", "GET /desk/./link/secret",
	} {
		method, address, _ := strings.Cut(ask, " ")
		r := httptest.NewRequest(method, "http://127.0.0.1/", nil)
		r.URL.Scheme, r.URL.Host, r.URL.Path = "", "", address
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		if !Serves(address) {
			t.Errorf("%s is not the desk's", address)
		}
		logged.ServeHTTP(httptest.NewRecorder(), r)
	}
	if strings.Contains(log.String(), "secret") || log.Len() == 0 {
		t.Errorf("the log has\n%s", log.String())
	}
}
