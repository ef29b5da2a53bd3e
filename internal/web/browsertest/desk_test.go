package browsertest

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/discuss"
	"standfirst/internal/intake"
	"standfirst/internal/ledger"
	"standfirst/internal/media"
	"standfirst/internal/newsroom"
	"standfirst/internal/pagecache"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
	"standfirst/internal/web/desk"
	"standfirst/internal/web/site"
	"standfirst/internal/webhook"
)

const (
	jane     = "jane@ledger.example"
	password = "four quiet harbour cranes"
)

// office is a newsroom whose desk is served beside its site.
type office struct {
	t        testing.TB
	url      string
	accounts *account.Accounts
	talk     *discuss.Talk
	store    *store.Store
	news     *newsroom.Newsroom
	media    *media.Library
	unsigned error       // why the record cannot be signed
	down     atomic.Bool // the server answers nothing
}

func newOffice(t testing.TB) *office {
	t.Helper()
	st := storetest.Open(t)
	o := &office{t: t, store: st, accounts: account.New(st, account.Options{}), talk: discuss.New(st, discuss.Options{})}
	o.must(newsroom.New(st, newsroom.Options{}).SetUp(t.Context(), standfirst.Command(), standfirst.DefaultPublication()))
	_, err := o.accounts.Add(t.Context(), standfirst.Command(), standfirst.Staff{Email: jane, Name: "Jane Roe", Role: standfirst.Editor})
	o.must(err)
	log := slog.New(slog.DiscardHandler)
	o.media, err = media.Open(t.TempDir(), st, nil)
	o.must(err)
	readers, err := site.New(site.Options{Store: st.Reader(), Media: o.media.FS(), Cache: pagecache.New(pagecache.Options{MaxBytes: 8 << 20}), Talk: o.talk, Logger: log})
	o.must(err)
	o.news = newsroom.New(st, newsroom.Options{})
	staff, err := desk.New(desk.Options{
		Store: st.Reader(), Accounts: o.accounts, Talk: o.talk, Newsroom: o.news, Intake: intake.New(o.news, nil, st, nil), Ledger: ledger.New(st, ledger.Options{}), Logger: log,
		Media: o.media, Webhooks: webhook.New(st, webhook.Options{}), Unsigned: func() error { return o.unsigned },
	})
	o.must(err)
	mux := http.NewServeMux()
	mux.Handle("/", readers)
	mux.Handle("/desk", staff)
	mux.Handle("/desk/", staff)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if o.down.Load() {
			panic(http.ErrAbortHandler)
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	o.url = server.URL
	return o
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// link returns a new sign-in link of Jane.
func (o *office) link() string { return o.linkOf(jane) }

// linkOf returns a new sign-in link of the member with the address.
func (o *office) linkOf(email string) string {
	o.t.Helper()
	token, _, err := o.accounts.Link(o.t.Context(), standfirst.Command(), email)
	o.must(err)
	return o.url + desk.LinkPath(token)
}

// signIn lets Jane in by a new link. The page of the link greets her too, so only her
// name in the bar says that she is in.
func (o *office) signIn(b *browser, s screen) {
	o.t.Helper()
	o.signInAs(b, jane, "Jane Roe", s)
}

// signInAs does that for the member with the address and the name.
func (o *office) signInAs(b *browser, email, name string, s screen) {
	o.t.Helper()
	b.visit(o.linkOf(email), s)
	b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#password"), password), chromedp.Click(chromedp.CSS("main button"))))
	b.becomes(".who p", name)
}

// TestDesk signs in, changes the password and signs out, by forms alone, and looks at
// every page on the way.
func TestDesk(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	o := newOffice(t)
	shots := shotFolder(t)
	look := func(name string, at ...screen) {
		t.Helper()
		address := run(b, chromedp.Evaluate[string]("location.href"))
		for _, s := range at {
			b.visit(address, s)
			checkPage(t, b, o.url)
			if n := run(b, chromedp.Evaluate[int]("document.scripts.length")); n != 0 {
				t.Errorf("the page %s has %d scripts", name, n)
			}
			checkAxe(t, b, axe)
			b.shoot(filepath.Join(shots, "desk-"+name+"-"+s.name+".png"))
		}
	}
	send := func(form string, fields map[string]string) {
		t.Helper()
		for id, value := range fields {
			b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#"+id), value)))
		}
		b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(form+" button"))))
	}
	heading := func(want string) {
		t.Helper()
		b.becomes("h1", want)
	}
	b.visit(o.link(), screens[0])
	heading("Hello, Jane Roe")
	look("link", screens[1:3]...)
	send("main form", map[string]string{"password": password})
	b.becomes(".who p", "Jane Roe") // the heading is that of the link's page
	look("home", screens...)
	send(".bar form", nil)
	heading("Sign in")
	look("sign-in", screens...)
	send("main form", map[string]string{"email": jane, "password": "not the password"})
	b.becomes(".refused", "That address and password do not go together.")
	if typed := run(b, chromedp.Evaluate[string](`document.querySelector("#email").value`)); typed != jane {
		t.Errorf("the address that was typed is %q now", typed)
	}
	checkAxe(t, b, axe)
	b.visit(o.url+"/desk/account", screens[0]) // and there after signing in
	heading("Sign in")
	send("main form", map[string]string{"email": jane, "password": password})
	heading("Your account")
	look("account", screens...)
	send("section:first-of-type form", map[string]string{"old": password, "new": "another " + password})
	b.becomes(".done", "The password is changed. Every other browser was signed out.")
	o.unsigned = standfirst.Errorf(standfirst.Conflict, "the database was restored from a backup")
	b.visit(o.url+"/desk", screens[0])
	b.becomes(".warning", "The public record is not signed. The database was restored from a backup.")
	look("unsigned", screens[1:3]...)
	b.visit(o.url+"/desk/no-such-page", screens[0])
	heading("That did not work")
	look("missing", screens[1:3]...)
}

// TestDeskIsValid runs html-validate over the pages of the desk.
func TestDeskIsValid(t *testing.T) {
	o := newOffice(t)
	jar, err := cookiejar.New(nil)
	o.must(err)
	client := &http.Client{Jar: jar}
	folder := t.TempDir()
	save := func(name string, response *http.Response, err error) {
		t.Helper()
		o.must(err)
		body, err := io.ReadAll(response.Body)
		o.must(err)
		o.must(response.Body.Close())
		o.must(os.WriteFile(filepath.Join(folder, name+".html"), body, 0o600))
	}
	get := func(name, path string) {
		t.Helper()
		response, err := client.Get(o.url + path)
		save(name, response, err)
	}
	link := o.link()
	get("sign-in", "/desk/sign-in?next=/desk/account")
	get("link", link[len(o.url):])
	response, err := client.PostForm(o.url+"/desk/sign-in", url.Values{"email": {`"><script>alert(1)</script>`}, "password": {"x"}})
	save("refused", response, err)
	response, err = client.PostForm(link, url.Values{"password": {password}})
	save("home", response, err)
	response, err = http.PostForm(o.url+"/desk/sign-in", url.Values{"email": {jane}, "password": {password}}) // in another browser
	o.must(err)
	o.must(response.Body.Close())
	get("account", "/desk/account?done=password")
	response, err = client.PostForm(o.url+"/desk/account/tokens", url.Values{"password": {password}, "token-name": {"Price wire"}, "scope-file-stories": {"1"}, "days": {"30"}})
	save("token", response, err)
	get("account-with-token", "/desk/account")
	o.must(o.accounts.SetRole(t.Context(), standfirst.Command(), jane, standfirst.Administrator))
	get("tokens", "/desk/people/tokens")
	get("mail", "/desk/settings/mail")
	get("missing", "/desk/no-such-page")
	validate(t, folder)
}

// TestDeskKeepsOthersOut holds what the browser is told of the session.
func TestDeskKeepsOthersOut(t *testing.T) {
	b := newBrowser(t)
	o := newOffice(t)
	o.signIn(b, screens[2])
	if cookies := run(b, chromedp.Evaluate[string]("document.cookie")); cookies != "" {
		t.Errorf("scripts can read %q", cookies)
	}
	for _, c := range call(b, network.GetCookies, network.GetCookiesParams{}).Cookies {
		if !c.HTTPOnly || c.SameSite != network.CookieSameSiteLax {
			t.Errorf("the cookie is %+v", c)
		}
	}
	// A page of another site sends a form here.
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<!DOCTYPE html><form method="post" action="`+o.url+`/desk/sign-out"><button>x</button></form>`)
	}))
	defer evil.Close()
	b.must(chromedp.Do(b.ctx, chromedp.Navigate(evil.URL), chromedp.Click(chromedp.CSS("button"))))
	b.becomes("h1", "That did not work")
	b.visit(o.url+"/desk", screens[2])
	b.becomes(".who p", "Jane Roe")
}
