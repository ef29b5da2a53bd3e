package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/account"
)

// The cookie of a session. With the prefix browsers take it over HTTPS alone, from this
// host alone (RFC 6265bis, section 4.1.3.2). A trial on the own machine has no HTTPS.
const (
	cookieName      = "__Host-standfirst"
	plainCookieName = "standfirst"

	// readerSuffix tells the cookie of a reader from that of the staff, beside which it
	// stands: somebody may be both.
	readerSuffix = "-reader"
	// providerSuffix tells the cookie of a sign-in that waits for a provider.
	providerSuffix = "-provider"
)

// isSecure reports whether the client sees the request go over HTTPS: to us, or to a
// proxy that is believed.
func isSecure(r *http.Request) bool { return r.TLS != nil || r.URL.Scheme == "https" }

// isOwnMachine reports whether this machine asks itself, and not through a proxy.
func isOwnMachine(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Via"} {
		if len(r.Header[name]) > 0 {
			return false
		}
	}
	client, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !client.Addr().Unmap().IsLoopback() {
		return false
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && addr.IsLoopback()
}

// Origin returns scheme and host of the site as the browser sees them: those of the base
// address, or of the request where this machine asks itself, as on a trial.
func Origin(r *http.Request, baseURL string) string {
	if isOwnMachine(r) && !strings.HasPrefix(baseURL, "https://") {
		return "http://" + r.Host
	}
	if u, err := url.Parse(baseURL); err == nil && u.Host != "" {
		return u.Scheme + "://" + u.Host
	}
	return ""
}

// CanSignIn returns a Forbidden error if a password would go over the net in the clear:
// the request came by plain HTTP, and not from this machine to itself. Where the base
// address of the site is https there is no such exception: a proxy on this machine may
// well ask in the name of readers.
func CanSignIn(r *http.Request, baseURL string) error {
	if isSecure(r) || isOwnMachine(r) && !strings.HasPrefix(baseURL, "https://") {
		return nil
	}
	return standfirst.Errorf(standfirst.Forbidden, "signing in needs HTTPS: use the https:// address of the site, served with --tls, or by a proxy that is named with --trusted-proxy and hands on X-Forwarded-For, -Proto and -Host")
}

// SetSession gives the browser the session. It lasts until the time, as far as the browser
// is concerned; the session itself may end before.
func SetSession(w http.ResponseWriter, r *http.Request, token string, until time.Time) {
	http.SetCookie(w, sessionCookie(r, "", token, until))
}

// ClearSession takes the session from the browser.
func ClearSession(w http.ResponseWriter, r *http.Request) { clearCookie(w, r, "") }

// SetReaderSession gives the browser the session of a reader.
func SetReaderSession(w http.ResponseWriter, r *http.Request, token string, until time.Time) {
	http.SetCookie(w, sessionCookie(r, readerSuffix, token, until))
}

// ClearReaderSession takes the session of a reader from the browser.
func ClearReaderSession(w http.ResponseWriter, r *http.Request) { clearCookie(w, r, readerSuffix) }

// SetProviderStep gives the browser what it shows when it comes back from a provider. It is
// sent then, since the provider leads back by a link.
func SetProviderStep(w http.ResponseWriter, r *http.Request, token string, until time.Time) {
	http.SetCookie(w, sessionCookie(r, providerSuffix, token, until))
}

// ProviderStep returns what the browser shows, or "".
func ProviderStep(r *http.Request) string { return cookieValue(r, providerSuffix) }

// ClearProviderStep takes it from the browser.
func ClearProviderStep(w http.ResponseWriter, r *http.Request) { clearCookie(w, r, providerSuffix) }

func clearCookie(w http.ResponseWriter, r *http.Request, suffix string) {
	c := sessionCookie(r, suffix, "", time.Unix(1, 0))
	c.MaxAge = -1
	http.SetCookie(w, c)
}

func sessionCookie(r *http.Request, suffix, token string, until time.Time) *http.Cookie {
	secure := isSecure(r)
	return &http.Cookie{
		Name: sessionName(secure) + suffix, Value: token, Path: "/", Expires: until, Secure: secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
}

// SessionToken returns the token that the browser shows, or "". Over HTTPS the cookie
// without the prefix counts for nothing: another host of the domain may have set it.
func SessionToken(r *http.Request) string { return cookieValue(r, "") }

// ReaderToken returns the token of a reader that the browser shows, or "".
func ReaderToken(r *http.Request) string { return cookieValue(r, readerSuffix) }

func sessionName(secure bool) string {
	if secure {
		return cookieName
	}
	return plainCookieName
}

func cookieValue(r *http.Request, suffix string) string {
	c, err := r.Cookie(sessionName(isSecure(r)) + suffix)
	if err != nil {
		return ""
	}
	return c.Value
}

// ClientOrigin returns where the request comes from, as package account wants it.
func ClientOrigin(r *http.Request) account.Origin {
	address := r.RemoteAddr
	if ap, err := netip.ParseAddrPort(address); err == nil {
		address = ap.Addr().Unmap().String()
	}
	return account.Origin{Address: address, Agent: r.UserAgent()}
}
