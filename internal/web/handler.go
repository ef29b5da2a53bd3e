package web

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"time"
)

// DefaultMaxBody is how many bytes a request's body may have unless an option
// says otherwise.
const DefaultMaxBody = 1 << 20

// Options say how [Wrap] treats requests. The zero value is safe.
type Options struct {
	Logger *slog.Logger // nil: slog.Default()

	// TrustedProxies are the networks whose forwarded addresses are believed.
	TrustedProxies []netip.Prefix

	// MaxBody limits a request's body, in bytes. Zero means [DefaultMaxBody].
	MaxBody int64

	// ErrorPage writes the answer to a failure, its status included. Nil means
	// [PlainErrorPage]. When it panics, nothing more is sent.
	ErrorPage func(http.ResponseWriter, *http.Request, Failure)

	// Fallback is the route under which requests are counted that no route was
	// noted for. It may be nil.
	Fallback *Route
}

type handler struct {
	next      HandlerFunc
	log       *slog.Logger
	proxies   proxies
	maxBody   int64
	errorPage func(http.ResponseWriter, *http.Request, Failure)
	fallback  *Route
}

// Wrap makes an http.Handler of the handler: safe headers, limits, believed
// addresses, one answer to every error, a log line, measurements, and an answer
// instead of a lost connection when the handler panics.
func Wrap(next HandlerFunc, o Options) http.Handler {
	h := &handler{
		next: next, log: o.Logger, proxies: o.TrustedProxies, maxBody: o.MaxBody,
		errorPage: o.ErrorPage, fallback: o.Fallback,
	}
	if h.log == nil {
		h.log = slog.Default()
	}
	if h.maxBody == 0 {
		h.maxBody = DefaultMaxBody
	}
	if h.errorPage == nil {
		h.errorPage = PlainErrorPage
	}
	return h
}

// ServeHTTP implements http.Handler. It is on the path of every page from the
// cache, so it does nothing that such a page does not need.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	res := &Response{ResponseWriter: w, route: h.fallback, handler: h, start: time.Now()}
	setSafetyHeaders(w.Header(), r.TLS != nil)
	if len(h.proxies) > 0 {
		var id string
		if r, id = h.proxies.believe(r); id != "" {
			res.setRequestID(id)
		}
	}
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = http.MaxBytesReader(w, r.Body, h.maxBody)
	}
	defer h.finish(res, r)
	if err := h.next(res, r); err != nil {
		h.fail(res, r, err)
	}
}

// finish answers a panic, then measures and logs the request.
func (h *handler) finish(w *Response, r *http.Request) {
	if p := recover(); p != nil {
		if p == http.ErrAbortHandler {
			panic(p) // cuts the connection, which is what was asked for
		}
		h.fail(w, r, fmt.Errorf("web: panic: %v\n%s", p, debug.Stack()))
	}
	if !w.reported {
		h.report(w, r)
	}
}

// report measures and logs the request.
func (h *handler) report(w *Response, r *http.Request) {
	w.reported = true
	took := time.Since(w.start)
	status := w.status
	if status == 0 {
		status = http.StatusOK // what net/http sends when a handler writes nothing
	}
	w.route.observe(status, took)

	level := slog.LevelInfo
	if w.hit {
		level = slog.LevelDebug
	}
	if !h.log.Enabled(r.Context(), level) {
		return
	}
	attrs := []slog.Attr{
		slog.String("method", r.Method), slog.String("path", cmp.Or(w.path, r.URL.Path)), slog.Int("status", status),
		slog.Int64("bytes", w.bytes), slog.Duration("took", took), slog.String("from", r.RemoteAddr),
		slog.Bool("cached", w.hit),
	}
	if w.id != "" {
		attrs = append(attrs, slog.String("request", w.id))
	}
	h.log.LogAttrs(r.Context(), level, "request", attrs...)
}
