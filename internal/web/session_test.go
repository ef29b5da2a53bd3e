package web_test

import (
	"bytes"
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/web"
)

// requestTo returns a request for the address, over TLS where its scheme says so.
func requestTo(address string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.RemoteAddr = "127.0.0.1:40404"
	r.URL.Scheme, r.URL.Host = "", "" // as a server gets it
	if address[:5] == "https" {
		r.TLS = new(tls.ConnectionState)
	}
	return r
}

func TestCanSignIn(t *testing.T) {
	behind := requestTo("http://ledger.example/desk")
	behind.URL.Scheme = "https"                        // as a believed proxy says
	through := requestTo("http://127.0.0.1:8484/desk") // a proxy that is not believed
	through.Header.Set("X-Forwarded-For", "192.0.2.7")
	claimed := requestTo("http://127.0.0.1:8484/desk")
	claimed.RemoteAddr = "192.0.2.7:40404"
	for name, c := range map[string]struct {
		r    *http.Request
		want bool
	}{
		"through a proxy": {through, false},
		"a claimed name":  {claimed, false},
		"HTTPS":           {requestTo("https://ledger.example/desk"), true},
		"a proxy":         {behind, true},
		"loopback":        {requestTo("http://127.0.0.1:8484/desk"), true},
		"IPv6 loopback":   {requestTo("http://[::1]:8484/desk"), true},
		"localhost":       {requestTo("http://localhost/desk"), true},
		"plain HTTP":      {requestTo("http://ledger.example/desk"), false},
		"another's name":  {requestTo("http://localhost.ledger.example/desk"), false},
		"a LAN address":   {requestTo("http://192.0.2.7:8484/desk"), false},
	} {
		err := web.CanSignIn(c.r, "http://127.0.0.1:8484")
		if (err == nil) != c.want || err != nil && standfirst.KindOf(err) != standfirst.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCanSignInWithBaseAddress holds that a proxy which asks in this machine's own name is
// told by the address of the site.
func TestCanSignInWithBaseAddress(t *testing.T) {
	r := requestTo("http://127.0.0.1:8484/desk")
	if err := web.CanSignIn(r, ""); err != nil {
		t.Error(err)
	}
	if err := web.CanSignIn(r, "https://ledger.example"); err == nil {
		t.Error("a password is taken over plain HTTP though the site has HTTPS")
	}
}

func TestSessionCookie(t *testing.T) {
	for name, c := range map[string]struct {
		address, cookie string
		secure          bool
	}{
		"HTTPS":    {"https://ledger.example/desk", "__Host-standfirst", true},
		"loopback": {"http://127.0.0.1:8484/desk", "standfirst", false},
	} {
		r, w := requestTo(c.address), httptest.NewRecorder()
		web.SetSession(w, r, "token", time.Now().Add(time.Hour))
		set := w.Result().Cookies()
		if len(set) != 1 {
			t.Fatalf("%s: %d cookies", name, len(set))
		}
		got := set[0]
		if got.Name != c.cookie || got.Secure != c.secure || !got.HttpOnly || got.SameSite != http.SameSiteLaxMode || got.Path != "/" || got.Domain != "" {
			t.Errorf("%s: %s", name, got)
		}
		r.AddCookie(got)
		if token := web.SessionToken(r); token != "token" {
			t.Errorf("%s: the token comes back as %q", name, token)
		}
		w = httptest.NewRecorder()
		web.ClearSession(w, r)
		if cleared := w.Result().Cookies(); len(cleared) != 1 || cleared[0].MaxAge >= 0 || cleared[0].Name != c.cookie {
			t.Errorf("%s: cleared by %v", name, cleared)
		}
	}
	r := requestTo("https://ledger.example/desk")
	r.AddCookie(&http.Cookie{Name: "standfirst", Value: "planted"})
	if token := web.SessionToken(r); token != "" {
		t.Errorf("over HTTPS the cookie that any host may set counts: %q", token)
	}
}

// TestHiddenPath holds that the log does not have what a handler hides.
func TestHiddenPath(t *testing.T) {
	var log logged
	h := web.Wrap(func(w http.ResponseWriter, _ *http.Request) error {
		web.HidePath(w, "/link/…")
		return standfirst.Errorf(standfirst.Unavailable, "later")
	}, web.Options{Logger: log.logger()})
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/link/secret", nil))
	if log.contains("secret") || !log.contains("/link/…") {
		t.Errorf("the log has %s", log.String())
	}
}

// logged is what was logged.
type logged struct{ bytes.Buffer }

func (l *logged) logger() *slog.Logger       { return slog.New(slog.NewTextHandler(&l.Buffer, nil)) }
func (l *logged) contains(words string) bool { return strings.Contains(l.String(), words) }
