package site

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"

	"standfirst"
)

// BenchmarkOpenPages reports how much memory an open page takes, heap and stacks, beside a
// handler of net/http alone that holds as many. What the clients take in the same process
// is little, and the same for both.
func BenchmarkOpenPages(b *testing.B) {
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, ":\n\n")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	h := newHouse(b)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	path := story.Path() + liveBelow + "?at=" + h.positionOf(story)
	b.Run("bare", func(b *testing.B) { measurePages(b, bare, path) })
	b.Run("site", func(b *testing.B) { measurePages(b, h.site, path) })
}

// measurePages opens many pages and reports what each takes.
func measurePages(b *testing.B, handler http.Handler, path string) {
	b.Helper()
	const pages = 1000
	for b.Loop() {
		server := httptest.NewServer(handler)
		before := memoryInUse()
		conns := make([]net.Conn, pages)
		for i := range conns {
			c, err := net.Dial("tcp", server.Listener.Addr().String())
			if err != nil {
				b.Fatal(err)
			}
			if _, err := io.WriteString(c, "GET "+path+" HTTP/1.1\r\nHost: site.example\r\n\r\n"); err != nil {
				b.Fatal(err)
			}
			var begin [1024]byte
			if _, err := c.Read(begin[:]); err != nil {
				b.Fatal(err)
			}
			conns[i] = c
		}
		b.ReportMetric(float64(memoryInUse()-before)/pages, "bytes/page")
		for _, c := range conns {
			_ = c.Close()
		}
		server.Close()
	}
}

// memoryInUse returns the bytes of heap and stacks in use.
func memoryInUse() uint64 {
	for range 4 { // stacks that grew shrink by half each time
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}
