package oidc_test

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/oauth2-proxy/mockoidc"

	"standfirst"
	"standfirst/internal/oidc"
	"standfirst/internal/outbound"
)

const back = "https://quay.example/desk/sign-in/provider/done"

// loopback is where the provider of the tests is.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// run starts a provider.
func run(t *testing.T) *mockoidc.MockOIDC {
	t.Helper()
	m, err := mockoidc.Run()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Shutdown() })
	return m
}

func options(m *mockoidc.MockOIDC) oidc.Options {
	return oidc.Options{Issuer: m.Issuer(), ClientID: m.ClientID, Secret: m.ClientSecret, Outbound: outbound.New(outbound.Options{Allow: loopback})}
}

// code signs the user in at the provider and returns the code that the browser brings back.
func code(t *testing.T, p *oidc.Provider, m *mockoidc.MockOIDC, user *mockoidc.MockUser, a standfirst.ProviderAttempt) string {
	t.Helper()
	m.QueueUser(user)
	address, err := p.SignInURL(t.Context(), back, a)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	to, err := url.Parse(response.Header.Get("Location"))
	if err != nil || to.Query().Get("state") != a.State || to.Scheme+"://"+to.Host+to.Path != back {
		t.Fatalf("the provider leads to %s: %v", to, err)
	}
	return to.Query().Get("code")
}

func TestIdentify(t *testing.T) {
	m := run(t)
	attempt := standfirst.ProviderAttempt{State: "a-state", Nonce: "a-nonce", Verifier: "a-verifier-of-forty-three-characters-at-least"}
	jane := &mockoidc.MockUser{Subject: "one", Email: "jane@ledger.example", EmailVerified: true}
	for name, c := range map[string]struct {
		user   *mockoidc.MockUser
		change func(*oidc.Options, *standfirst.ProviderAttempt)
		want   standfirst.Identity
		kind   standfirst.ErrorKind // of the error, where there is no identity
	}{
		"verified":       {user: jane, want: standfirst.Identity{Issuer: m.Issuer(), Subject: "one", Email: "jane@ledger.example", Verified: true}},
		"not verified":   {user: &mockoidc.MockUser{Subject: "two", Email: "adam@ledger.example"}, want: standfirst.Identity{Issuer: m.Issuer(), Subject: "two", Email: "adam@ledger.example"}},
		"other nonce":    {user: jane, kind: standfirst.Invalid, change: func(_ *oidc.Options, a *standfirst.ProviderAttempt) { a.Nonce = "another" }},
		"other verifier": {user: jane, kind: standfirst.Invalid, change: func(_ *oidc.Options, a *standfirst.ProviderAttempt) { a.Verifier += "x" }},
		"other secret":   {user: jane, kind: standfirst.Invalid, change: func(o *oidc.Options, _ *standfirst.ProviderAttempt) { o.Secret = "x" }},
	} {
		t.Run(name, func(t *testing.T) {
			o, a := options(m), attempt
			brought := code(t, oidc.New(o), m, c.user, a)
			if c.change != nil {
				c.change(&o, &a)
			}
			p := oidc.New(o)
			got, err := p.Identify(t.Context(), back, brought, a)
			if c.want != (standfirst.Identity{}) && (err != nil || got != c.want) {
				t.Fatalf("it is %+v, %v", got, err)
			}
			if c.want == (standfirst.Identity{}) && (err == nil || standfirst.KindOf(err) != c.kind) {
				t.Fatalf("it is %+v, %v", got, err)
			}
			if c.change == nil { // a code counts once
				if _, err := p.Identify(t.Context(), back, brought, a); err == nil || standfirst.KindOf(err) != standfirst.Invalid {
					t.Errorf("the same code again: %v", err)
				}
			}
		})
	}
}

// TestUnreachable holds that a provider in a private network is not asked unless that is
// allowed, and that one which did not answer is asked again.
func TestUnreachable(t *testing.T) {
	o := options(run(t))
	o.Outbound = outbound.New(outbound.Options{})
	if _, err := oidc.New(o).SignInURL(t.Context(), back, standfirst.ProviderAttempt{}); err == nil || standfirst.KindOf(err) != standfirst.Unavailable {
		t.Errorf("a private provider was asked: %v", err)
	}
	var down atomic.Bool
	down.Store(true)
	m, err := mockoidc.NewServer(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.AddMiddleware(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if down.Load() {
				http.Error(w, "down", http.StatusBadGateway)
				return
			}
			next.ServeHTTP(w, r)
		})
	}); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Start(listener, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Shutdown() })
	p := oidc.New(options(m))
	if _, err := p.SignInURL(t.Context(), back, standfirst.ProviderAttempt{}); err == nil || standfirst.KindOf(err) != standfirst.Unavailable {
		t.Errorf("while it is down: %v", err)
	}
	down.Store(false)
	if _, err := p.SignInURL(t.Context(), back, standfirst.ProviderAttempt{}); err != nil {
		t.Errorf("after it came back: %v", err)
	}
}

func TestValidate(t *testing.T) {
	for issuer, ok := range map[string]bool{
		"https://login.example": true, "https://login.example/realms/quay": true, "http://127.0.0.1:8080/oidc": true, "http://login.example": false,
		"": false, "login.example": false, "https://login.example?x=1": false, "https://me:secret@login.example": false, "javascript:alert(1)": false,
	} {
		if err := (oidc.Options{Issuer: issuer, ClientID: "quay"}).Validate(); (err == nil) != ok {
			t.Errorf("%q: %v", issuer, err)
		}
	}
	if err := (oidc.Options{Issuer: "https://login.example"}).Validate(); err == nil {
		t.Error("no client ID is taken")
	}
}
