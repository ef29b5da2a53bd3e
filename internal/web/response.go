package web

import (
	"encoding/hex"
	"io"
	"math/rand/v2"
	"net/http"
	"time"
)

// Response is the http.ResponseWriter that handlers under [Wrap] get. It keeps
// what the log and the measurements need to know of the answer.
type Response struct {
	http.ResponseWriter
	status int // zero until the header is written
	bytes  int64
	route  *Route
	hit    bool
	id     string
	path   string // as logs have it, if not as the request has it

	handler  *handler
	start    time.Time
	reported bool // it is measured and logged
}

// WriteHeader notes the status.
func (w *Response) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK { // an informational one is not the answer
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (w *Response) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// ReadFrom lets files go out without a copy in this process where the system can.
func (w *Response) ReadFrom(src io.Reader) (int64, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := io.Copy(w.ResponseWriter, src)
	w.bytes += n
	return n, err
}

// Unwrap serves http.ResponseController.
func (w *Response) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// RequestID returns the number under which the log has this request. It is made
// when something needs it, and then also sent, so that pages from the cache,
// which are the same for everybody, do not carry one.
func (w *Response) RequestID() string {
	if w.id == "" {
		var b [8]byte
		for i, v := 0, rand.Uint64(); i < len(b); i, v = i+1, v>>8 {
			b[i] = byte(v)
		}
		w.setRequestID(hex.EncodeToString(b[:]))
	}
	return w.id
}

func (w *Response) setRequestID(id string) {
	w.id = id
	w.Header().Set("X-Request-Id", id)
}

// HidePath makes the log write the given path in place of the request's, which holds a
// secret. It does nothing for a writer that is not under [Wrap].
func HidePath(w http.ResponseWriter, path string) {
	if res, ok := w.(*Response); ok {
		res.path = path
	}
}

// NoteStream says that the answer begins now, and goes on for as long as the client
// listens. It is measured and logged now: how long somebody listens is not how slow the
// answer is. It does nothing for a writer that is not under [Wrap].
func NoteStream(w http.ResponseWriter, r *http.Request) {
	if res, ok := w.(*Response); ok && !res.reported {
		res.handler.report(res, r)
	}
}

// Note says which route answers and whether the answer came out of the page
// cache. It does nothing for a writer that is not under [Wrap].
func Note(w http.ResponseWriter, route *Route, hit bool) {
	if res, ok := w.(*Response); ok {
		res.route, res.hit = route, hit
	}
}
