package pagecache

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
)

// sink is a response writer that costs next to nothing and is used again.
type sink struct{ header http.Header }

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(int)             {}
func (s *sink) Write(p []byte) (int, error) { return len(p), nil }

func browserRequest() *http.Request {
	r := httptest.NewRequest("GET", "/2026/03/05/harrow-tin-to-buy-brightwater", nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
	return r
}

// TestHitAllocatesNothing holds the promise on which the speed of a kept page rests.
func TestHitAllocatesNothing(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	c := newTestCache(8 << 20)
	render := rendering(storyPage())
	r := browserRequest()
	w := &sink{make(http.Header, 16)}
	hit := func() {
		clear(w.header)
		e, err := c.Get(context.Background(), r.URL.Path, render)
		if err != nil {
			t.Fatal(err)
		}
		e.ServeHTTP(w, r)
	}
	hit()
	if n := testing.AllocsPerRun(1000, hit); n != 0 {
		t.Errorf("a hit allocates %v times", n)
	}
	r.Header.Set("If-None-Match", w.header.Get("ETag"))
	if n := testing.AllocsPerRun(1000, hit); n != 0 {
		t.Errorf("a 304 allocates %v times", n)
	}
	r.Header.Set("Accept-Encoding", "br;q=0.4, gzip;q=0.9, *;q=0.1")
	if n := testing.AllocsPerRun(1000, hit); n != 0 {
		t.Errorf("an unusual Accept-Encoding allocates %v times", n)
	}
}

func BenchmarkHit(b *testing.B) {
	c := newTestCache(8 << 20)
	render := rendering(storyPage())
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		r := browserRequest()
		w := &sink{make(http.Header, 16)}
		for pb.Next() {
			clear(w.header)
			e, err := c.Get(context.Background(), r.URL.Path, render)
			if err != nil {
				b.Fatal(err)
			}
			e.ServeHTTP(w, r)
		}
	})
}

func BenchmarkMiss(b *testing.B) {
	c := newTestCache(8 << 20)
	render := rendering(storyPage())
	b.ReportAllocs()
	for b.Loop() {
		c.Drop("story:12")
		if _, err := c.Get(context.Background(), "/", render); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompress(b *testing.B) {
	for _, enc := range []encoding{gzipped, brotlied, zstandard} {
		b.Run(encodingNames[enc], func(b *testing.B) {
			var c compressor
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.compress(enc, storyHTML); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkOverTheWire compares a kept page with a bare handler that writes the
// same stored bytes, both behind net/http over a loopback connection.
func BenchmarkOverTheWire(b *testing.B) {
	c := newTestCache(8 << 20)
	render := rendering(storyPage())
	e, err := c.Get(b.Context(), "/story", render)
	if err != nil {
		b.Fatal(err)
	}
	f, err := e.form(brotlied)
	if err != nil {
		b.Fatal(err)
	}
	length := strconv.Itoa(len(f.body))
	for name, handler := range map[string]http.HandlerFunc{
		"bare": func(w http.ResponseWriter, _ *http.Request) {
			h := w.Header()
			h.Set("Content-Type", "text/html; charset=utf-8")
			h.Set("Content-Encoding", "br")
			h.Set("Content-Length", length)
			_, _ = w.Write(f.body)
		},
		"cached": func(w http.ResponseWriter, r *http.Request) {
			e, err := c.Get(r.Context(), r.URL.Path, render)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			e.ServeHTTP(w, r)
		},
	} {
		b.Run(name, func(b *testing.B) { overTheWire(b, handler) })
	}
}

// overTheWire sends requests over one connection a goroutine with as little work on
// the client's side as possible.
func overTheWire(b *testing.B, handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	addr := server.Listener.Addr().String()
	request := []byte("GET /story HTTP/1.1\r\nHost: " + addr + "\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n")
	b.SetParallelism(8)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			b.Error(err)
			return
		}
		defer conn.Close()
		in := bufio.NewReader(conn)
		for pb.Next() {
			if _, err := conn.Write(request); err != nil {
				b.Error(err)
				return
			}
			if err := skipResponse(in); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
}

// skipResponse reads one answer with a Content-Length and throws it away.
func skipResponse(in *bufio.Reader) error {
	const lengthHeader = "Content-Length: "
	length := 0
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if first && string(line) != "HTTP/1.1 200 OK\r\n" {
			return fmt.Errorf("answered %q", line)
		}
		if len(line) == 2 {
			_, err := io.CopyN(io.Discard, in, int64(length))
			return err
		}
		if len(line) > len(lengthHeader) && string(line[:len(lengthHeader)]) == lengthHeader {
			if length, err = strconv.Atoi(string(line[len(lengthHeader) : len(line)-2])); err != nil {
				return err
			}
		}
	}
}
