package desk

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/oauth2-proxy/mockoidc"
	"github.com/pquerna/otp/totp"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/oidc"
	"standfirst/internal/outbound"
)

// providerRoom is a newsroom that is served beside a provider.
type providerRoom struct {
	*talkRoom
	provider *mockoidc.MockOIDC
	url      string
}

func newProviderRoom(t *testing.T, asksForMore bool) *providerRoom {
	t.Helper()
	r := &providerRoom{talkRoom: newTalkRoom(t)}
	r.now = time.Now() // the provider's clock
	var err error
	r.provider, err = mockoidc.Run()
	r.must(err)
	t.Cleanup(func() { _ = r.provider.Shutdown() })
	r.desk, err = New(Options{
		Store: r.store.Reader(), Accounts: r.accounts, Talk: r.talk, Newsroom: r.desk.newsroom, Clock: r.clock, Logger: slog.New(slog.DiscardHandler),
		ProviderAsksForMore: asksForMore, Provider: oidc.New(oidc.Options{
			Name: "Quay Login", Issuer: r.provider.Issuer(), ClientID: r.provider.ClientID, Secret: r.provider.ClientSecret,
			Outbound: outbound.New(outbound.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}),
		}),
	})
	r.must(err)
	server := httptest.NewServer(r.desk)
	t.Cleanup(server.Close)
	r.url = server.URL
	return r
}

// browser returns a browser without a session.
func (r *providerRoom) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	r.must(err)
	return &http.Client{Jar: jar}
}

// get returns the status, the address and the text of the page at which the browser ends.
func (r *providerRoom) get(b *http.Client, address string) (status int, path, text string) {
	r.t.Helper()
	q, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, address, nil)
	r.must(err)
	response, err := b.Do(q)
	r.must(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	r.must(err)
	return response.StatusCode, response.Request.URL.Path, string(body)
}

// signIn goes the whole way, as the user at the provider.
func (r *providerRoom) signIn(b *http.Client, user *mockoidc.MockUser) (status int, path, text string) {
	r.t.Helper()
	r.provider.QueueUser(user)
	return r.get(b, r.url+providerPath+"?next=%2Fdesk%2Faccount")
}

// hire puts somebody on the staff who has a password.
func (r *providerRoom) hire(email string) standfirst.Staff {
	r.t.Helper()
	s, err := r.accounts.Add(r.t.Context(), standfirst.Command(), standfirst.Staff{Email: email, Name: "Jane Roe", Role: standfirst.Editor})
	r.must(err)
	return s
}

func TestProviderSignsIn(t *testing.T) {
	r := newProviderRoom(t, false)
	jane := &mockoidc.MockUser{Subject: "one", Email: "Jane@ledger.example", EmailVerified: true}
	r.hire("jane@ledger.example")
	b := r.browser()
	_, _, page := r.get(b, r.url+"/desk/sign-in?next=/desk/account")
	has(t, page, `href="/desk/sign-in/provider?next=%2Fdesk%2Faccount"`, "Sign in with Quay Login")
	if status, path, page := r.signIn(b, jane); status != http.StatusOK || path != "/desk/account" || !strings.Contains(page, "Jane Roe") {
		t.Fatalf("it ends at %s with %d: %s", path, status, page)
	}
	if _, path, _ := r.signIn(r.browser(), jane); path != "/desk/account" { // and once more
		t.Errorf("it ends at %s", path)
	}
	r.hire("adam@ledger.example")
	r.hire("gone@ledger.example")
	r.must(r.accounts.Revoke(t.Context(), standfirst.Command(), "gone@ledger.example"))
	for name, user := range map[string]*mockoidc.MockUser{
		"an address that is not verified": {Subject: "two", Email: "adam@ledger.example"},
		"nobody":                          {Subject: "two", Email: "eve@ledger.example", EmailVerified: true},
		"somebody revoked":                {Subject: "two", Email: "gone@ledger.example", EmailVerified: true},
		"another account":                 {Subject: "two", Email: "jane@ledger.example", EmailVerified: true},
		"the account of a colleague":      {Subject: "one", Email: "adam@ledger.example", EmailVerified: true},
	} {
		b := r.browser()
		status, _, page := r.signIn(b, user)
		if status != http.StatusForbidden || !strings.Contains(page, "Nobody on the staff signs in with that account") {
			t.Errorf("%s gets %d: %s", name, status, page)
		}
		if _, path, _ := r.get(b, r.url+"/desk"); path != "/desk/sign-in" {
			t.Errorf("%s is at %s", name, path)
		}
	}
	// An administrator lets another account of the provider in.
	r.must(r.accounts.ResetFactors(t.Context(), standfirst.Command(), "jane@ledger.example"))
	if _, path, _ := r.signIn(r.browser(), &mockoidc.MockUser{Subject: "two", Email: "jane@ledger.example", EmailVerified: true}); path != "/desk/account" {
		t.Errorf("after the reset it ends at %s", path)
	}
}

// TestProviderAnswersOnce holds that what the provider sends back counts once, in the browser
// that went there.
func TestProviderAnswersOnce(t *testing.T) {
	r := newProviderRoom(t, false)
	r.hire("jane@ledger.example")
	jane := &mockoidc.MockUser{Subject: "one", Email: "jane@ledger.example", EmailVerified: true}
	// stopped returns a browser that has come back and not sent that on yet, and where it would.
	stopped := func() (*http.Client, string) {
		b := r.browser()
		back := ""
		b.CheckRedirect = func(next *http.Request, _ []*http.Request) error {
			if next.URL.Path == ProviderBackPath {
				back = next.URL.String()
				return http.ErrUseLastResponse
			}
			return nil
		}
		r.signIn(b, jane)
		b.CheckRedirect = nil
		return b, back
	}
	own, back := stopped()
	if status, _, page := r.get(r.browser(), back); status != http.StatusUnprocessableEntity || !strings.Contains(page, "begin again") {
		t.Errorf("in another browser it answers %d: %s", status, page)
	}
	if _, path, _ := r.get(own, back); path != "/desk/account" {
		t.Errorf("in its own it ends at %s", path)
	}
	if status, _, _ := r.get(own, back); status != http.StatusUnprocessableEntity {
		t.Errorf("sent again it answers %d", status)
	}
	// The answer of another sign-in, as when somebody is led to sign in as the attacker.
	_, foreign := stopped()
	own, back = stopped()
	if status, _, page := r.get(own, foreign); status != http.StatusUnprocessableEntity || !strings.Contains(page, "another sign-in") {
		t.Errorf("with a foreign answer it answers %d: %s", status, page)
	}
	if status, _, _ := r.get(own, back); status != http.StatusUnprocessableEntity {
		t.Errorf("after a foreign answer the own one answers %d", status)
	}
	own, back = stopped()
	u, err := url.Parse(back)
	r.must(err)
	q := u.Query()
	q.Del("code")
	q.Set("error", "access_denied")
	u.RawQuery = q.Encode()
	if status, _, page := r.get(own, u.String()); status != http.StatusUnprocessableEntity || !strings.Contains(page, "Quay Login signed nobody in") {
		t.Errorf("refused by the provider it answers %d: %s", status, page)
	}
	own, back = stopped()
	r.now = r.now.Add(11 * time.Minute)
	if status, _, _ := r.get(own, back); status != http.StatusUnprocessableEntity {
		t.Errorf("too late it answers %d", status)
	}
}

// TestProviderAndCodes holds that a code is asked for after the provider, unless the operator
// says that it asks for more than a password itself.
func TestProviderAndCodes(t *testing.T) {
	for _, asksForMore := range []bool{false, true} {
		r := newProviderRoom(t, asksForMore)
		r.hire("jane@ledger.example")
		link, _, err := r.accounts.Link(t.Context(), standfirst.Command(), "jane@ledger.example")
		r.must(err)
		in, err := r.accounts.UseLink(t.Context(), link, "four quiet harbour cranes", account.Origin{Address: "127.0.0.1"})
		r.must(err)
		setup, err := r.accounts.SetUpCodes(t.Context(), in.Staff, in.Session, "four quiet harbour cranes")
		r.must(err)
		code, err := totp.GenerateCode(setup.Secret, r.now)
		r.must(err)
		_, err = r.accounts.ConfirmCodes(t.Context(), in.Staff, in.Session, code)
		r.must(err)
		b := r.browser()
		_, path, page := r.signIn(b, &mockoidc.MockUser{Subject: "one", Email: "jane@ledger.example", EmailVerified: true})
		if asked := strings.Contains(page, "One more step"); asked == asksForMore {
			t.Errorf("a code is asked for: %v; at %s", asked, path)
		}
		if _, path, _ := r.get(b, r.url+"/desk"); (path == "/desk") != asksForMore {
			t.Errorf("without a code it is at %s", path)
		}
	}
}

func TestWithoutProvider(t *testing.T) {
	r := newTalkRoom(t)
	for path, want := range map[string]int{"/desk/sign-in": http.StatusOK, providerPath: http.StatusNotFound, ProviderBackPath: http.StatusNotFound} {
		w := httptest.NewRecorder()
		q := httptest.NewRequest(http.MethodGet, "http://127.0.0.1"+path, nil)
		q.RemoteAddr = "127.0.0.1:40404"
		r.desk.ServeHTTP(w, q)
		if w.Code != want || strings.Contains(w.Body.String(), "Sign in with Quay") {
			t.Errorf("%s answers %d: %s", path, w.Code, w.Body)
		}
	}
	p := newProviderRoom(t, false)
	r.must(p.provider.Shutdown())
	if status, _, page := p.get(p.browser(), p.url+providerPath); status != http.StatusServiceUnavailable || !strings.Contains(page, "Quay Login cannot be asked") || !strings.Contains(page, `id="password"`) {
		t.Errorf("without an answer of the provider it is %d: %s", status, page)
	}
	q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url+providerPath, nil)
	r.must(err)
	q.Header.Set("Sec-Fetch-Site", "cross-site")
	response, err := p.browser().Do(q)
	r.must(err)
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK || len(response.Cookies()) != 0 {
		t.Errorf("from another site it answers %d and sets %v", response.StatusCode, response.Cookies())
	}
}
