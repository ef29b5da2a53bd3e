package pagecache

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"standfirst"
)

// storyHTML is a page of about the size of a story.
var storyHTML = []byte("<!doctype html><title>Harrow Tin to buy Brightwater</title>" + paragraphs(60))

func paragraphs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<p>Harrow Tin said on day %d that it would pay $%d million for %d%% of Brightwater Cables, "+
			"the %d. step of a plan first shown to lenders in the spring.</p>\n", i, 40+i*7, 3+i, i)
	}
	return b.String()
}

var modified = time.Date(2026, 3, 5, 9, 30, 15, 400_000_000, time.UTC)

func storyPage() Page {
	return Page{
		ContentType: "text/html; charset=utf-8", CacheControl: "public, max-age=0, s-maxage=60, stale-while-revalidate=30",
		LastModified: modified, Body: storyHTML, Tags: []standfirst.Tag{standfirst.SiteTag, standfirst.StoryTag(12)},
	}
}

func rendering(p Page) Render { return func(context.Context) (Page, error) { return p, nil } }

// entryOf renders a page in a cache whose clock stands an hour after the page's date.
func entryOf(t testing.TB, p Page) *Entry {
	t.Helper()
	c := New(Options{MaxBytes: 8 << 20, Clock: func() time.Time { return modified.Add(time.Hour) }})
	e, err := c.Get(t.Context(), "/x", rendering(p))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func serve(e *Entry, method string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, "/x", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w.Result()
}

func decode(t *testing.T, res *http.Response) []byte {
	t.Helper()
	var r io.Reader = res.Body
	switch res.Header.Get("Content-Encoding") {
	case "gzip":
		gz, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = gz
	case "br":
		r = brotli.NewReader(r)
	case "zstd":
		// 8 MB is the window that RFC 9659 lets a browser insist on.
		zr, err := zstd.NewReader(r, zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			t.Fatal(err)
		}
		defer zr.Close()
		r = zr
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestServeEncodings(t *testing.T) {
	e := entryOf(t, storyPage())
	etags := map[string]string{}
	for _, enc := range encodingNames {
		res := serve(e, "GET", "Accept-Encoding", enc)
		if res.StatusCode != 200 {
			t.Fatalf("%s: status %d", enc, res.StatusCode)
		}
		if got := res.Header.Get("Content-Encoding"); got != enc && (enc != "identity" || got != "") {
			t.Errorf("%s: Content-Encoding %q", enc, got)
		}
		length := res.ContentLength
		raw, _ := io.ReadAll(res.Body)
		if length != int64(len(raw)) {
			t.Errorf("%s: Content-Length %d for %d bytes", enc, length, len(raw))
		}
		if enc != "identity" && len(raw) > len(storyHTML)/2 {
			t.Errorf("%s: %d of %d bytes", enc, len(raw), len(storyHTML))
		}
		res.Body = io.NopCloser(bytes.NewReader(raw))
		if got := decode(t, res); !bytes.Equal(got, storyHTML) {
			t.Errorf("%s: the page differs after decoding", enc)
		}
		etag := res.Header.Get("ETag")
		if !strings.HasPrefix(etag, `"`) {
			t.Errorf("%s: ETag %s is not strong", enc, etag)
		}
		if other, seen := etags[etag]; seen {
			t.Errorf("%s and %s share the ETag %s", enc, other, etag)
		}
		etags[etag] = enc
		again := serve(e, "GET", "Accept-Encoding", enc, "If-None-Match", `"other", W/`+etag)
		if again.StatusCode != 304 || again.Header.Get("ETag") != etag {
			t.Errorf("%s: status %d, ETag %s for a page that the client has", enc, again.StatusCode, again.Header.Get("ETag"))
		}
	}
}

func TestServeHeaders(t *testing.T) {
	res := serve(entryOf(t, storyPage()), "GET", "Accept-Encoding", "gzip, deflate, br, zstd")
	for name, want := range map[string]string{
		"Content-Type":     "text/html; charset=utf-8",
		"Content-Encoding": "br",
		"Vary":             "Accept-Encoding",
		"Cache-Control":    "public, max-age=0, s-maxage=60, stale-while-revalidate=30",
		"Cache-Tag":        "site,story:12",
		"Last-Modified":    "Thu, 05 Mar 2026 09:30:15 GMT",
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestServeDefaults(t *testing.T) {
	res := serve(entryOf(t, Page{ContentType: "text/plain", Body: []byte("x")}), "GET")
	if res.StatusCode != 200 || res.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("status %d, Cache-Control %q", res.StatusCode, res.Header.Get("Cache-Control"))
	}
	for _, absent := range []string{"Cache-Tag", "Last-Modified", "Content-Encoding"} {
		if v, ok := res.Header[absent]; ok {
			t.Errorf("%s: %q", absent, v)
		}
	}
}

func TestServeKeepsVaryOfOthers(t *testing.T) {
	w := httptest.NewRecorder()
	w.Header().Set("Vary", "Cookie")
	entryOf(t, storyPage()).ServeHTTP(w, httptest.NewRequest("GET", "/x", nil))
	if got := w.Header().Values("Vary"); len(got) != 2 || got[0] != "Cookie" || got[1] != "Accept-Encoding" {
		t.Errorf("Vary: %q", got)
	}
	// The shared value must not have been appended to.
	w = httptest.NewRecorder()
	entryOf(t, storyPage()).ServeHTTP(w, httptest.NewRequest("GET", "/x", nil))
	w.Header().Add("Vary", "Cookie")
	if len(varyValue) != 1 {
		t.Errorf("the shared value is now %q", varyValue)
	}
}

func TestServeHead(t *testing.T) {
	e := entryOf(t, storyPage())
	get, head := serve(e, "GET", "Accept-Encoding", "gzip"), serve(e, "HEAD", "Accept-Encoding", "gzip")
	if body, _ := io.ReadAll(head.Body); len(body) != 0 {
		t.Errorf("HEAD sent %d bytes", len(body))
	}
	for name := range get.Header {
		if got, want := head.Header.Get(name), get.Header.Get(name); got != want {
			t.Errorf("HEAD %s: %q, GET %q", name, got, want)
		}
	}
}

func TestServeNotModified(t *testing.T) {
	res := serve(entryOf(t, storyPage()), "GET", "Accept-Encoding", "br", "If-None-Match", "*")
	if res.StatusCode != 304 {
		t.Fatalf("status %d", res.StatusCode)
	}
	for _, want := range []string{"Etag", "Cache-Control", "Vary", "Cache-Tag"} {
		if res.Header.Get(want) == "" {
			t.Errorf("no %s on a 304", want)
		}
	}
	for _, absent := range []string{"Content-Length", "Content-Encoding", "Content-Type"} {
		if v, ok := res.Header[absent]; ok {
			t.Errorf("%s %q on a 304", absent, v)
		}
	}
}

func TestServeConditional(t *testing.T) {
	e := entryOf(t, storyPage())
	etag := e.etags[identity]
	for _, tc := range []struct {
		name    string
		method  string
		headers []string
		want    int
	}{
		{"the same date", "GET", []string{"If-Modified-Since", "Thu, 05 Mar 2026 09:30:15 GMT"}, 304},
		{"the same date in an old form", "GET", []string{"If-Modified-Since", "Thursday, 05-Mar-26 09:30:15 GMT"}, 304},
		{"a later date", "GET", []string{"If-Modified-Since", "Fri, 06 Mar 2026 00:00:00 GMT"}, 304},
		{"a second earlier", "GET", []string{"If-Modified-Since", "Thu, 05 Mar 2026 09:30:14 GMT"}, 200},
		{"no date", "GET", []string{"If-Modified-Since", "yesterday"}, 200},
		{"by HEAD", "HEAD", []string{"If-None-Match", etag}, 304},
		{"the tag decides, not the date", "GET", []string{"If-None-Match", `"old"`, "If-Modified-Since", "Fri, 06 Mar 2026 00:00:00 GMT"}, 200},
		{"the tag of another encoding", "GET", []string{"Accept-Encoding", "gzip", "If-None-Match", etag}, 200},
		{"not a read", "POST", []string{"If-None-Match", etag}, 200},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if res := serve(e, tc.method, tc.headers...); res.StatusCode != tc.want {
				t.Errorf("status %d, want %d", res.StatusCode, tc.want)
			}
		})
	}
}

func TestServeTellsNoDateThatMayChangeUnseen(t *testing.T) {
	now := modified.Add(100 * time.Millisecond)
	c := New(Options{MaxBytes: 8 << 20, Clock: func() time.Time { return now }})
	e, err := c.Get(t.Context(), "/x", rendering(storyPage()))
	if err != nil {
		t.Fatal(err)
	}
	since := []string{"If-Modified-Since", "Thu, 05 Mar 2026 09:30:15 GMT"}
	if res := serve(e, "GET", since...); res.StatusCode != 200 || res.Header.Get("Last-Modified") != "" {
		t.Errorf("within the second: status %d, Last-Modified %q", res.StatusCode, res.Header.Get("Last-Modified"))
	}
	now = now.Add(time.Second)
	if res := serve(e, "GET", since...); res.StatusCode != 304 || res.Header.Get("Last-Modified") == "" {
		t.Errorf("after it: status %d, Last-Modified %q", res.StatusCode, res.Header.Get("Last-Modified"))
	}
}

func TestServeOtherStatus(t *testing.T) {
	p := storyPage()
	p.Status = http.StatusGone
	if res := serve(entryOf(t, p), "GET", "If-None-Match", "*"); res.StatusCode != http.StatusGone {
		t.Errorf("status %d: only a 200 may become a 304", res.StatusCode)
	}
}

func TestServeNotAcceptable(t *testing.T) {
	res := serve(entryOf(t, storyPage()), "GET", "Accept-Encoding", "*;q=0")
	if res.StatusCode != http.StatusNotAcceptable || res.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("status %d, Vary %q", res.StatusCode, res.Header.Get("Vary"))
	}
}

func TestServeSmallPagePlain(t *testing.T) {
	e := entryOf(t, Page{ContentType: "text/plain", Body: []byte("short")})
	if res := serve(e, "GET", "Accept-Encoding", "gzip, deflate, br, zstd"); res.Header.Get("Content-Encoding") != "" {
		t.Errorf("Content-Encoding %q", res.Header.Get("Content-Encoding"))
	}
	res := serve(e, "GET", "Accept-Encoding", "gzip, identity;q=0")
	if got := decode(t, res); res.Header.Get("Content-Encoding") != "gzip" || string(got) != "short" {
		t.Errorf("Content-Encoding %q, body %q", res.Header.Get("Content-Encoding"), got)
	}
}

func TestETagFollowsContent(t *testing.T) {
	page, other := storyPage(), storyPage()
	other.Body = append(bytes.Clone(other.Body), '!')
	a, b, c := entryOf(t, page), entryOf(t, page), entryOf(t, other)
	if a.etags[brotlied] != b.etags[brotlied] {
		t.Error("the same bytes got two ETags")
	}
	if a.etags[brotlied] == c.etags[brotlied] {
		t.Error("different bytes got one ETag")
	}
}

func TestCacheTagIsBoundedAndClean(t *testing.T) {
	tags := []standfirst.Tag{"site", "a,b", "c d", "e\r\nX-Evil: 1", "", "é"}
	for i := range 2000 {
		tags = append(tags, standfirst.StoryTag(standfirst.StoryID(i+1)))
	}
	got := cacheTag(tags)
	if len(got) > maxCacheTag || len(got) < maxCacheTag-20 {
		t.Errorf("%d bytes", len(got))
	}
	if !strings.HasPrefix(got, "site,story:1,story:2,") || strings.HasSuffix(got, ",") {
		t.Errorf("%.40q … %q", got, got[len(got)-10:])
	}
}

// TestSharedValuesAreBounded holds that texts which never come again are not kept.
func TestSharedValuesAreBounded(t *testing.T) {
	var s sharedValues
	for i := range 3 * maxShared {
		text := fmt.Sprint("text/x-", i)
		if v := s.value(text); len(v) != 1 || cap(v) != 1 || v[0] != text {
			t.Fatalf("value(%q) = %q", text, v)
		}
	}
	if len(s.values) != maxShared {
		t.Errorf("%d values are held, want %d", len(s.values), maxShared)
	}
	if a, b := s.value("text/x-0"), s.value("text/x-0"); &a[0] != &b[0] {
		t.Error("a value that is held was made again")
	}
}
