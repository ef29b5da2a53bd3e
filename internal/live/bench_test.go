package live_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"

	"standfirst/internal/live"
)

// BenchmarkStreams reports how much memory an open stream takes, heap and stacks,
// beside a handler of net/http alone that holds as many. What the clients take in the
// same process is little, and the same for both.
func BenchmarkStreams(b *testing.B) {
	const streams = 1000
	b.Run("bare", func(b *testing.B) {
		measureStreams(b, streams, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			_, _ = io.WriteString(w, ":\n\n")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, func([]net.Conn) {})
	})
	b.Run("live", func(b *testing.B) {
		hub := live.New(live.Options{})
		measureStreams(b, streams, func(w http.ResponseWriter, r *http.Request) {
			_ = hub.Serve(w, r, "story:12", nil)
		}, func(conns []net.Conn) {
			hub.Send("story:12", live.Event{ID: "1", Data: bytes.Repeat([]byte("x"), 500)})
			for _, c := range conns {
				readSome(b, c)
			}
		})
	})
}

// measureStreams opens the streams, uses them, and reports what they take.
func measureStreams(b *testing.B, streams int, handler http.HandlerFunc, use func([]net.Conn)) {
	b.Helper()
	for b.Loop() {
		server := httptest.NewServer(handler)
		before := inUse()
		conns := make([]net.Conn, streams)
		for i := range conns {
			conns[i] = openStream(b, server.Listener.Addr().String())
		}
		use(conns)
		b.ReportMetric(float64(inUse()-before)/float64(streams), "bytes/stream")
		for _, c := range conns {
			_ = c.Close()
		}
		server.Close()
	}
}

// openStream opens a stream and reads its beginning.
func openStream(b *testing.B, address string) net.Conn {
	b.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: site.example\r\n\r\n"); err != nil {
		b.Fatal(err)
	}
	readSome(b, c)
	return c
}

func readSome(b *testing.B, c net.Conn) {
	b.Helper()
	var some [1024]byte
	if _, err := c.Read(some[:]); err != nil {
		b.Fatal(err)
	}
}

// inUse returns the bytes of heap and stacks in use.
func inUse() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}

// BenchmarkSend sends one event to a thousand readers, and waits until all have it.
func BenchmarkSend(b *testing.B) {
	const streams = 1000
	hub := live.New(live.Options{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = hub.Serve(w, r, "story:12", nil)
	}))
	defer server.Close()
	event := live.Event{ID: "1", Name: "comment", Data: bytes.Repeat([]byte("x"), 500)}
	var waiting sync.WaitGroup
	for range streams {
		c := openStream(b, server.Listener.Addr().String())
		defer func() { _ = c.Close() }()
		go func() {
			lines := bufio.NewScanner(c)
			for lines.Scan() {
				if bytes.HasPrefix(lines.Bytes(), []byte("data: ")) {
					waiting.Done()
				}
			}
		}()
	}
	b.ReportAllocs()
	for b.Loop() {
		waiting.Add(streams)
		hub.Send("story:12", event)
		waiting.Wait()
	}
}
