package site

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"standfirst/internal/pagecache"
	"standfirst/internal/web"
)

// benchmarkPage asks for the page over and over, from the cache or without one.
func benchmarkPage(b *testing.B, path func(*paper) string, cached bool) {
	p := newPaper(b)
	site := p.site
	if !cached {
		var err error
		site, err = New(Options{
			Store: p.store.Reader(), Cache: pagecache.New(pagecache.Options{}), Media: p.media,
			Logger: slog.New(slog.DiscardHandler), Metrics: web.NewMetrics(),
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	r := httptest.NewRequest(http.MethodGet, path(p), nil)
	w := &nowhere{header: make(http.Header)}
	site.ServeHTTP(w, r)
	b.SetBytes(w.bytes)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		clear(w.header)
		site.ServeHTTP(w, r)
	}
	if w.status != 0 && w.status != http.StatusOK {
		b.Fatalf("%s: %d", r.URL.Path, w.status)
	}
}

// nowhere takes an answer and forgets it.
type nowhere struct {
	header http.Header
	status int
	bytes  int64
}

func (w *nowhere) Header() http.Header { return w.header }

func (w *nowhere) WriteHeader(status int) { w.status = status }

func (w *nowhere) Write(b []byte) (int, error) {
	w.bytes = int64(len(b))
	return len(b), nil
}

func leadPath(p *paper) string { return p.lead.Path() }

func fixed(path string) func(*paper) string { return func(*paper) string { return path } }

func BenchmarkStoryCached(b *testing.B)     { benchmarkPage(b, leadPath, true) }
func BenchmarkStoryUncached(b *testing.B)   { benchmarkPage(b, leadPath, false) }
func BenchmarkFrontCached(b *testing.B)     { benchmarkPage(b, fixed("/"), true) }
func BenchmarkFrontUncached(b *testing.B)   { benchmarkPage(b, fixed("/"), false) }
func BenchmarkSectionCached(b *testing.B)   { benchmarkPage(b, fixed("/section/deals"), true) }
func BenchmarkSectionUncached(b *testing.B) { benchmarkPage(b, fixed("/section/deals"), false) }

// TestHitMakesLittle holds what a page from the cache may allocate.
func TestHitMakesLittle(t *testing.T) {
	p := newPaper(t)
	r := httptest.NewRequest(http.MethodGet, p.lead.Path(), nil)
	w := &nowhere{header: make(http.Header)}
	p.site.ServeHTTP(w, r)
	if n := testing.AllocsPerRun(1000, func() { clear(w.header); p.site.ServeHTTP(w, r) }); n > 4 {
		t.Errorf("%v allocations for a page from the cache; 4 is the most", n)
	}
}
