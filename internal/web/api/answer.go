package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// answer is what a handler answers, held back until it is known to be whole.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

// Write implements http.ResponseWriter.
func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

// send sends the answer, or that the program has it already.
func (a *answer) send(w http.ResponseWriter, r *http.Request, op *operation) error {
	a.WriteHeader(http.StatusOK)
	h := w.Header()
	maps.Copy(h, a.header)
	if a.status >= http.StatusBadRequest {
		h.Set("Cache-Control", "no-store")
	}
	if op.method == http.MethodGet && a.status == http.StatusOK {
		tag := entityTag(op, h.Get("Etag"), a.body.Bytes())
		h.Set("Etag", tag)
		if matches(r.Header.Values("If-None-Match"), tag) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	h.Set("Content-Length", strconv.Itoa(a.body.Len()))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body.Bytes()) // a client that is gone needs no answer
	return nil
}

// entityTag returns the strong ETag of an answer. Of what has versions it begins with the
// version, which is all that a change depends on.
func entityTag(op *operation, version string, body []byte) string {
	sum := sha256.Sum256(body)
	tag := base64.RawURLEncoding.EncodeToString(sum[:12])
	if op.versioned {
		tag = strings.Trim(version, `"`) + "." + tag
	}
	return `"` + tag + `"`
}

// versionTag is the ETag of a working copy as answers to changes carry it, which have another
// body than what is read.
func versionTag(version int) string { return `"` + strconv.Itoa(version) + `"` }

// matches reports whether the list of a conditional header names the tag, as RFC 9110,
// section 13.1.2, compares them.
func matches(list []string, tag string) bool {
	for _, value := range list {
		for name := range strings.SplitSeq(value, ",") {
			if name = strings.TrimPrefix(strings.TrimSpace(name), "W/"); name == "*" || name == tag {
				return true
			}
		}
	}
	return false
}

// share lets programs in the pages of others read an answer, which nobody's cookies change.
func share(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag, Link, RateLimit, RateLimit-Policy, Retry-After")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// preflight says what pages of others may do: read, and show no token.
func preflight(w http.ResponseWriter) {
	share(w)
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", "GET, HEAD")
	h.Set("Access-Control-Allow-Headers", "If-None-Match")
	h.Set("Access-Control-Max-Age", "86400")
	h.Set("Allow", "GET, HEAD, POST, PUT, OPTIONS")
	w.WriteHeader(http.StatusNoContent)
}
