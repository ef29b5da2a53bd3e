package web

import (
	"net"
	"net/http"
	"net/netip"
	"time"

	"standfirst"
	"standfirst/internal/account"
)

// The cookie of a session. With the prefix browsers take it over HTTPS alone, from this
// host alone (RFC 6265bis, section 4.1.3.2). A trial on the own machine has no HTTPS.
const (
	cookieName      = "__Host-standfirst"
	plainCookieName = "standfirst"
)

// isSecure reports whether the client sees the request go over HTTPS: to us, or to a
// proxy that is believed.
func isSecure(r *http.Request) bool { return r.TLS != nil || r.URL.Scheme == "https" }

// isOwnMachine reports whether the request names this machine as its host.
func isOwnMachine(r *http.Request) bool {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

// CanSignIn returns a Forbidden error if a password would go over the net in the clear:
// the request came by plain HTTP, and not from this machine to itself.
func CanSignIn(r *http.Request) error {
	if isSecure(r) || isOwnMachine(r) {
		return nil
	}
	return standfirst.Errorf(standfirst.Forbidden, "signing in needs HTTPS: use the https:// address, or serve with --tls or behind a proxy that is named with --trusted-proxy")
}

// SetSession gives the browser the session. It lasts until the time, as far as the browser
// is concerned; the session itself may end before.
func SetSession(w http.ResponseWriter, r *http.Request, token string, until time.Time) {
	http.SetCookie(w, sessionCookie(r, token, until))
}

// ClearSession takes the session from the browser.
func ClearSession(w http.ResponseWriter, r *http.Request) {
	c := sessionCookie(r, "", time.Unix(1, 0))
	c.MaxAge = -1
	http.SetCookie(w, c)
}

func sessionCookie(r *http.Request, token string, until time.Time) *http.Cookie {
	secure := isSecure(r)
	name := plainCookieName
	if secure {
		name = cookieName
	}
	return &http.Cookie{
		Name: name, Value: token, Path: "/", Expires: until, Secure: secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
}

// SessionToken returns the token that the browser shows, or "". Over HTTPS the cookie
// without the prefix counts for nothing: another host of the domain may have set it.
func SessionToken(r *http.Request) string {
	name := plainCookieName
	if isSecure(r) {
		name = cookieName
	}
	c, err := r.Cookie(name)
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
