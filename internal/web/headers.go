package web

import (
	"net/http"
	"strings"
)

// The headers that keep browsers safe. Scripts, styles, fonts and pictures come
// from this host alone; nothing may be written inline, framed or submitted
// elsewhere; other sites learn the host that a reader came from and no more. They
// are kept short: headers and a page that fit 4 kB together go out in one write.
//
// The values are slices because that is how a header map holds them: they are
// shared by every response, so the hot path makes none. Nobody may write to them.
var (
	headerCSP      = []string{"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"}
	headerNosniff  = []string{"nosniff"}
	headerReferrer = []string{"strict-origin-when-cross-origin"}
	headerOpener   = []string{"same-origin"}
	headerFeatures = []string{"camera=(), microphone=(), geolocation=()"}
	headerHSTS     = []string{"max-age=31536000"}
)

// setSafetyHeaders adds the headers. The keys are written in their canonical form,
// which spares the map a conversion for each.
func setSafetyHeaders(h http.Header, tls bool) {
	h["Content-Security-Policy"] = headerCSP
	h["X-Content-Type-Options"] = headerNosniff
	h["Referrer-Policy"] = headerReferrer
	h["Cross-Origin-Opener-Policy"] = headerOpener
	h["Permissions-Policy"] = headerFeatures
	if tls {
		h["Strict-Transport-Security"] = headerHSTS
	}
}

// AllowStyles lets the page that is answered have the inline styles that carry the nonce,
// and nothing else inline.
func AllowStyles(h http.Header, nonce string) {
	h["Content-Security-Policy"] = []string{headerCSP[0] + "; style-src 'self' 'nonce-" + nonce + "'"}
}

// FramePolicy returns the Content-Security-Policy of a page that may frame what stands at
// https addresses of the hosts, and is otherwise held like any other.
func FramePolicy(hosts []string) string {
	return headerCSP[0] + "; frame-src https://" + strings.Join(hosts, " https://")
}
