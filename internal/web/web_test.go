package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/web"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// ask sends a GET for / to the handler.
func ask(h http.Handler, change ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestErrorsAnswerByKind(t *testing.T) {
	tests := []struct {
		err    error
		status int
		body   string
	}{
		{standfirst.Errorf(standfirst.Invalid, "bad day"), 400, "bad day"},
		{fmt.Errorf("site: load: %w", standfirst.Errorf(standfirst.NotFound, "no story")), 404, "no story"},
		{standfirst.Errorf(standfirst.Gone, "taken down"), 410, "taken down"},
		{standfirst.Errorf(standfirst.Conflict, "too late"), 409, "too late"},
		{standfirst.Errorf(standfirst.Forbidden, "not you"), 403, "not you"},
		{standfirst.Errorf(standfirst.Unauthenticated, "sign in"), 401, "sign in"},
		{standfirst.Errorf(standfirst.TooLarge, "1 MB is the most"), 413, "1 MB is the most"},
		{standfirst.Errorf(standfirst.Unavailable, "later"), 503, "later"},
		{standfirst.Errorf(standfirst.Internal, "the password is 1234"), 500, "Internal Server Error"},
		{errors.New("disk sda1 is full"), 500, "Internal Server Error"},
		{context.DeadlineExceeded, 503, "Service Unavailable"},
		{&http.MaxBytesError{Limit: 1}, 413, "Request Entity Too Large"},
	}
	for _, tt := range tests {
		h := web.Wrap(func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Etag", `"x"`)
			w.Header().Set("Cache-Control", "public")
			return tt.err
		}, web.Options{Logger: quiet()})
		w := ask(h)
		if w.Code != tt.status || strings.TrimSpace(w.Body.String()) != tt.body {
			t.Errorf("%v: answered %d %q, want %d %q", tt.err, w.Code, w.Body, tt.status, tt.body)
		}
		if got := w.Header(); got.Get("Etag") != "" || got.Get("Cache-Control") != "no-store" {
			t.Errorf("%v: headers of the page that failed are left: %v", tt.err, got)
		}
	}
}

func TestLogHoldsTheCauseUnderTheNumberOnThePage(t *testing.T) {
	var log bytes.Buffer
	var failure web.Failure
	h := web.Wrap(func(http.ResponseWriter, *http.Request) error {
		return standfirst.WrapError(standfirst.Internal, errors.New("disk sda1 is full"), "load")
	}, web.Options{
		Logger:    slog.New(slog.NewTextHandler(&log, nil)),
		ErrorPage: func(w http.ResponseWriter, r *http.Request, f web.Failure) { failure = f; web.PlainErrorPage(w, r, f) },
	})
	w := ask(h)
	if failure.RequestID == "" || w.Header().Get("X-Request-Id") != failure.RequestID {
		t.Errorf("page tells %q, header %q", failure.RequestID, w.Header().Get("X-Request-Id"))
	}
	for _, want := range []string{"disk sda1 is full", "request=" + failure.RequestID, "status=500"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q:\n%s", want, log.String())
		}
	}
}

func TestPanicIsAnswered(t *testing.T) {
	var log bytes.Buffer
	h := web.Wrap(func(http.ResponseWriter, *http.Request) error { panic("a nil map") },
		web.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if w := ask(h); w.Code != 500 || strings.Contains(w.Body.String(), "nil map") {
		t.Errorf("answered %d %q", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "a nil map") || !strings.Contains(log.String(), "web_test.go") {
		t.Errorf("the log lacks the panic or where it was:\n%s", log.String())
	}
}

func TestHalfAnAnswerIsCutOff(t *testing.T) {
	h := web.Wrap(func(w http.ResponseWriter, _ *http.Request) error {
		_, _ = io.WriteString(w, "<html>")
		return errors.New("the rest is lost")
	}, web.Options{Logger: quiet()})
	defer func() {
		if p := recover(); p != http.ErrAbortHandler {
			t.Errorf("recovered %v, want http.ErrAbortHandler", p)
		}
	}()
	ask(h)
}

func TestClientThatLeftIsNotAnswered(t *testing.T) {
	called := false
	h := web.Wrap(func(_ http.ResponseWriter, r *http.Request) error { return r.Context().Err() },
		web.Options{Logger: quiet(), ErrorPage: func(http.ResponseWriter, *http.Request, web.Failure) { called = true }})
	ask(h, func(r *http.Request) {
		ctx, cancel := context.WithCancel(r.Context())
		cancel()
		*r = *r.WithContext(ctx)
	})
	if called {
		t.Error("an error page was made for nobody")
	}
}

func TestBodyIsLimited(t *testing.T) {
	h := web.Wrap(func(_ http.ResponseWriter, r *http.Request) error {
		_, err := io.ReadAll(r.Body)
		return err
	}, web.Options{Logger: quiet(), MaxBody: 10})
	for size, want := range map[int]int{10: 200, 11: 413} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat("a", size)))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%d bytes: %d, want %d", size, w.Code, want)
		}
	}
}

func TestSafetyHeaders(t *testing.T) {
	h := web.Wrap(func(http.ResponseWriter, *http.Request) error { return nil }, web.Options{Logger: quiet()})
	got := ask(h).Header()
	for name, part := range map[string]string{
		"Content-Security-Policy": "default-src 'self'; object-src 'none'", "X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "origin", "Cross-Origin-Opener-Policy": "same-origin", "Permissions-Policy": "camera=()",
	} {
		if !strings.Contains(got.Get(name), part) {
			t.Errorf("%s is %q, which lacks %q", name, got.Get(name), part)
		}
	}
	if strings.Contains(got.Get("Content-Security-Policy"), "unsafe") {
		t.Error("the policy allows something unsafe")
	}
	if got.Get("Strict-Transport-Security") != "" {
		t.Error("HSTS was sent over plain HTTP")
	}
}

func TestForwardedAddresses(t *testing.T) {
	type header map[string]string
	tests := []struct {
		name             string
		from             string
		headers          header
		addr, host, prot string
	}{
		{"stranger is not believed", "203.0.113.9:1", header{"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Host": "evil.example"}, "203.0.113.9:1", "example.com", ""},
		{"trusted proxy", "10.0.0.1:1", header{"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "news.example"}, "192.0.2.1:0", "news.example", "https"},
		{"client made up the first hop", "10.0.0.1:1", header{"X-Forwarded-For": "1.1.1.1, 192.0.2.1"}, "192.0.2.1:0", "example.com", ""},
		{"two trusted proxies", "10.0.0.1:1", header{"X-Forwarded-For": "192.0.2.1, 10.0.0.2", "X-Forwarded-Proto": "https, http"}, "192.0.2.1:0", "example.com", "https"},
		{"IPv6 with port", "[fd00::1]:1", header{"X-Forwarded-For": "[2001:db8::7]:4711"}, "[2001:db8::7]:4711", "example.com", ""},
		{"Forwarded", "10.0.0.1:1", header{"Forwarded": `for="[2001:db8::7]";proto=https;host="news.example:8443"`}, "[2001:db8::7]:0", "news.example:8443", "https"},
		{"X-Forwarded-For goes first", "10.0.0.1:1", header{"Forwarded": "for=1.1.1.1", "X-Forwarded-For": "192.0.2.1"}, "192.0.2.1:0", "example.com", ""},
		{"hidden hop", "10.0.0.1:1", header{"Forwarded": "for=unknown"}, "10.0.0.1:1", "example.com", ""},
		{"nonsense", "10.0.0.1:1", header{"X-Forwarded-For": ",,;", "X-Forwarded-Proto": "gopher"}, "10.0.0.1:1", "example.com", ""},
		{"host with a path", "10.0.0.1:1", header{"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Host": "a.example/b"}, "192.0.2.1:0", "example.com", ""},
		{"mapped proxy address", "[::ffff:10.0.0.1]:1", header{"X-Forwarded-For": "192.0.2.1"}, "192.0.2.1:0", "example.com", ""},
	}
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := web.Wrap(func(_ http.ResponseWriter, r *http.Request) error {
				if r.RemoteAddr != tt.addr || r.Host != tt.host || r.URL.Scheme != tt.prot {
					t.Errorf("got %q %q %q, want %q %q %q", r.RemoteAddr, r.Host, r.URL.Scheme, tt.addr, tt.host, tt.prot)
				}
				return nil
			}, web.Options{Logger: quiet(), TrustedProxies: trusted})
			ask(h, func(r *http.Request) {
				r.RemoteAddr = tt.from
				for name, value := range tt.headers {
					r.Header.Set(name, value)
				}
			})
		})
	}
}

func FuzzForwarded(f *testing.F) {
	f.Add("1.1.1.1, 192.0.2.1", `for="[2001:db8::7]";proto=https`, "https", "news.example")
	f.Add(",", ";=;", "", "a b")
	h := web.Wrap(func(_ http.ResponseWriter, r *http.Request) error {
		if _, err := netip.ParseAddrPort(r.RemoteAddr); err != nil {
			return err
		}
		if s := r.URL.Scheme; s != "" && s != "http" && s != "https" {
			return fmt.Errorf("scheme %q", s)
		}
		if strings.ContainsAny(r.Host, "/ \r\n@") {
			return fmt.Errorf("host %q", r.Host)
		}
		return nil
	}, web.Options{Logger: quiet(), TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
	f.Fuzz(func(t *testing.T, xff, forwarded, proto, host string) {
		w := ask(h, func(r *http.Request) {
			r.RemoteAddr = "10.0.0.1:1"
			r.Header["X-Forwarded-For"] = []string{xff}
			r.Header["Forwarded"] = []string{forwarded}
			r.Header["X-Forwarded-Proto"] = []string{proto}
			r.Header["X-Forwarded-Host"] = []string{host}
		})
		if w.Code != 200 {
			t.Errorf("%q %q %q %q: %d", xff, forwarded, proto, host, w.Code)
		}
	})
}

func TestRequestIDOfTheProxy(t *testing.T) {
	h := web.Wrap(func(http.ResponseWriter, *http.Request) error { return nil },
		web.Options{Logger: quiet(), TrustedProxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}})
	for id, want := range map[string]string{"abc-1.2_3": "abc-1.2_3", "a b": "", strings.Repeat("a", 65): ""} {
		got := ask(h, func(r *http.Request) { r.RemoteAddr = "192.0.2.1:1"; r.Header.Set("X-Request-Id", id) }).Header().Get("X-Request-Id")
		if got != want {
			t.Errorf("X-Request-Id %q came back as %q, want %q", id, got, want)
		}
	}
}

func TestMetricsCountByRoute(t *testing.T) {
	m := web.NewMetrics()
	route := m.Route("/section/{slug}")
	h := web.Wrap(func(w http.ResponseWriter, r *http.Request) error {
		web.Note(w, route, true)
		if r.Method == http.MethodPost {
			return web.MethodNotAllowed(w, "GET")
		}
		return nil
	}, web.Options{Logger: quiet()})
	ask(h)
	ask(h, func(r *http.Request) { r.Method = http.MethodPost })

	ops := web.Operations(m, func(context.Context) error { return errors.New("the store is away") }, nil)
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		ops.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	text := get("/metrics").Body.String()
	for _, want := range []string{
		`standfirst_http_requests_total{route="/section/{slug}",status="200"} 1`,
		`standfirst_http_requests_total{route="/section/{slug}",status="405"} 1`,
		`standfirst_http_request_seconds_count{route="/section/{slug}"} 2`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the measurements lack %s", want)
		}
	}
	if w := get("/outbox"); w.Code != 404 {
		t.Errorf("/outbox without one: %d", w.Code)
	}
	if w := get("/healthz"); w.Code != 200 {
		t.Errorf("/healthz: %d", w.Code)
	}
	if w := get("/readyz"); w.Code != 503 || !strings.Contains(w.Body.String(), "the store is away") {
		t.Errorf("/readyz: %d %s", w.Code, w.Body)
	}
}

func TestQuietHits(t *testing.T) {
	var log bytes.Buffer
	h := web.Wrap(func(w http.ResponseWriter, r *http.Request) error {
		web.Note(w, nil, r.URL.RawQuery == "hit")
		return nil
	}, web.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	ask(h, func(r *http.Request) { r.URL.RawQuery = "hit" })
	if log.Len() > 0 {
		t.Errorf("a page from the cache was logged: %s", log.String())
	}
	ask(h)
	if !strings.Contains(log.String(), "status=200") {
		t.Errorf("a rendered page was not logged: %s", log.String())
	}
}

// TestStreamsAreReportedWhenTheyBegin holds that an answer that goes on for hours is
// neither logged at its end only, nor a slow one.
func TestStreamsAreReportedWhenTheyBegin(t *testing.T) {
	var log bytes.Buffer
	m := web.NewMetrics()
	route := m.Route("/live")
	logged := ""
	h := web.Wrap(func(w http.ResponseWriter, r *http.Request) error {
		web.Note(w, route, false)
		web.NoteStream(w, r)
		logged = log.String()
		_, err := w.Write([]byte("x"))
		return err
	}, web.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	ask(h)
	if !strings.Contains(logged, "status=200") || log.String() != logged {
		t.Errorf("logged %q when it began, and %q at the end", logged, log.String())
	}
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if !strings.Contains(w.Body.String(), `standfirst_http_requests_total{route="/live",status="200"} 1`) {
		t.Error("it was not counted once")
	}
}

// TestWrapMakesLittle holds what the wrapping may allocate: the response it keeps,
// and nothing for headers and measurements.
func TestWrapMakesLittle(t *testing.T) {
	route := web.NewMetrics().Route("/")
	h := web.Wrap(func(w http.ResponseWriter, _ *http.Request) error {
		web.Note(w, route, true)
		w.WriteHeader(http.StatusOK)
		return nil
	}, web.Options{Logger: quiet()})
	w := discard{header: make(http.Header)}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	if n := testing.AllocsPerRun(1000, func() { h.ServeHTTP(w, r) }); n > 1 {
		t.Errorf("%v allocations a request; 1 is the most", n)
	}
}

type discard struct{ header http.Header }

func (d discard) Header() http.Header       { return d.header }
func (discard) Write(b []byte) (int, error) { return len(b), nil }
func (discard) WriteHeader(int)             {}
