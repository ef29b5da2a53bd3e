package site

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"standfirst"
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

// longStory publishes so many versions of a story of 5,000 words with figures in it, each
// with some words and a paragraph changed.
func (h *house) longStory(versions int) standfirst.Story {
	h.t.Helper()
	text := func(version int) string {
		var b strings.Builder
		for i := range 110 {
			last := version * 7 % 110 // each version changes some paragraphs of the one before
			state := 0
			if i <= last {
				state = version
			} else if version > 0 {
				state = version - 1
			}
			fmt.Fprintf(&b, "Terminal %d took in about %d containers in the week, dealers at the quay said, after %d the week before, and paid $%d million for cranes. ", i, 900+i*3+state%5, 880+i, 40+state%9)
			fmt.Fprintf(&b, "Nobody in the yard could say what had become of train %d, which was to bring the rest of the grain before the weather turned again.\n\n", 100+i*state%7)
		}
		return b.String()
	}
	story := h.publish(standfirst.Content{Headline: "A year at the terminals", Body: text(0), Section: "Markets"})
	for v := 1; v < versions; v++ {
		h.update(story.ID, func(c *standfirst.Content) { c.Body = text(v) })
	}
	return story
}

// BenchmarkComparison renders comparisons of 50 versions of a story of 5,000 words, none
// of them from the cache: of neighbours and of the first with the last.
func BenchmarkComparison(b *testing.B) {
	h := newHouse(b)
	story := h.longStory(50)
	site, err := New(Options{
		Store: h.store.Reader(), Cache: pagecache.New(pagecache.Options{}), Media: h.media,
		Logger: slog.New(slog.DiscardHandler), Metrics: web.NewMetrics(),
	})
	h.must(err)
	for _, query := range []string{"?from=24&to=25", "?from=1&to=50", "?from=1&to=50&view=side"} {
		b.Run(query, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, story.Path()+"/compare"+query, nil)
			w := &nowhere{header: make(http.Header)}
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				site.ServeHTTP(w, r)
			}
			if w.status != 0 && w.status != http.StatusOK {
				b.Fatal(w.status)
			}
			b.ReportMetric(float64(w.bytes), "page-B")
		})
	}
}
