package live_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"standfirst/internal/live"
	"standfirst/internal/web"
)

// pipes is a network inside the process, in which time is that of a bubble.
type pipes struct {
	accept chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{accept: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.accept:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { p.once.Do(func() { close(p.closed) }); return nil }

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// named is a connection from an address.
type named struct {
	net.Conn
	remote string
}

func (n named) RemoteAddr() net.Addr {
	address, err := net.ResolveTCPAddr("tcp", n.remote)
	if err != nil {
		panic(err)
	}
	return address
}

// site is a server whose streams have topics by path.
type site struct {
	t      *testing.T
	hub    *live.Hub
	server *http.Server
	net    *pipes
	errors chan error
}

// serve runs a server as the newsroom's is, in the bubble of the test.
func serve(t *testing.T, o live.Options, replay live.Replay) *site {
	t.Helper()
	s := &site{t: t, hub: live.New(o), net: newPipes(), errors: make(chan error, 100)}
	s.server = &http.Server{
		ReadTimeout: 30 * time.Second, WriteTimeout: 60 * time.Second,
		Handler: web.Wrap(func(w http.ResponseWriter, r *http.Request) error {
			err := s.hub.Serve(w, r, r.URL.Path, replay)
			s.errors <- err
			return err
		}, web.Options{}),
	}
	s.server.RegisterOnShutdown(s.hub.Close)
	done := make(chan error, 1)
	go func() { done <- s.server.Serve(s.net) }()
	t.Cleanup(func() {
		if err := s.server.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return s
}

// reader is a client with an open stream.
type reader struct {
	t        *testing.T
	conn     net.Conn
	response *http.Response
	lines    *bufio.Reader
}

// open asks for a topic; last is the ID of the event that was seen last.
func (s *site) open(topic, remote, last string) *reader {
	s.t.Helper()
	client, server := net.Pipe()
	s.net.accept <- named{server, remote}
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, "http://site.example"+topic, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if last != "" {
		request.Header.Set("Last-Event-ID", last)
	}
	if err := request.Write(client); err != nil {
		s.t.Fatal(err)
	}
	lines := bufio.NewReader(client)
	response, err := http.ReadResponse(lines, request)
	if err != nil {
		s.t.Fatal(err)
	}
	r := &reader{t: s.t, conn: client, response: response, lines: bufio.NewReader(response.Body)}
	s.t.Cleanup(r.close)
	return r
}

func (r *reader) close() { _ = r.conn.Close() }

// next returns the next block of lines, and "" at the end of the stream.
func (r *reader) next() string {
	r.t.Helper()
	var block strings.Builder
	for {
		line, err := r.lines.ReadString('\n')
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return ""
		}
		if err != nil {
			r.t.Fatal(err)
		}
		if line == "\n" {
			return block.String()
		}
		block.WriteString(line)
	}
}

func (r *reader) expect(blocks ...string) {
	r.t.Helper()
	for _, want := range blocks {
		if got := r.next(); got != want {
			r.t.Fatalf("got %q, want %q", got, want)
		}
	}
}

// begun reads the start of the stream.
func (r *reader) begun() *reader {
	r.t.Helper()
	if got := r.next(); !strings.HasPrefix(got, "retry: ") {
		r.t.Fatalf("the stream begins with %q", got)
	}
	return r
}
