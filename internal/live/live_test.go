package live_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"standfirst"
	"standfirst/internal/live"
	"standfirst/internal/web"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

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

const mo, jo = "192.0.2.1:1000", "[2001:db8::1]:1000"

func TestEventsReachThoseWhoListen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t, live.Options{}, nil)
		if s.hub.Listening("/a") || len(s.hub.Topics()) > 0 {
			t.Error("somebody listens")
		}
		first, second, other := s.open("/a", mo, "").begun(), s.open("/a", jo, "").begun(), s.open("/b", mo, "").begun()
		if !s.hub.Listening("/a") || s.hub.Listening("/c") || !slices.Equal(s.hub.Topics(), []string{"/a", "/b"}) || s.hub.Streams() != 3 {
			t.Errorf("%q, %d streams", s.hub.Topics(), s.hub.Streams())
		}
		s.hub.Send("/a", live.Event{ID: "7", Name: "comment", Data: []byte(`{"n":1}`)})
		s.hub.Send("/b", live.Event{Data: []byte("x\n\r\nid: y\rz\n")})
		s.hub.Send("/c", live.Event{Data: []byte("nobody")})
		s.hub.Send("/a", live.Event{ID: "8\ndata: x", Name: "a\r\nb\x00"})
		for _, r := range []*reader{first, second} {
			r.expect("id: 7\nevent: comment\ndata: {\"n\":1}\n", "id: 8data: x\nevent: ab\n")
		}
		other.expect("data: x\ndata: \ndata: id: y\ndata: z\ndata: \n")
		h := first.response.Header
		if h.Get("Content-Type") != "text/event-stream" || h.Get("Cache-Control") != "no-store" || h.Get("X-Accel-Buffering") != "no" || first.response.StatusCode != http.StatusOK {
			t.Errorf("%s, %v", first.response.Status, h)
		}
		first.close()
		second.close()
		synctest.Wait()
		if s.hub.Listening("/a") || s.hub.Streams() != 1 {
			t.Errorf("%d streams after two left", s.hub.Streams())
		}
	})
}

func TestStreamsOutliveTheServersLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t, live.Options{}, nil)
		r := s.open("/a", mo, "").begun()
		start := time.Now()
		r.expect(":\n", ":\n", ":\n", ":\n", ":\n", ":\n", ":\n", ":\n")
		if took := time.Since(start); took != 8*25*time.Second {
			t.Errorf("eight heartbeats took %v", took)
		}
		time.Sleep(20 * time.Second)
		s.hub.Send("/a", live.Event{Data: []byte("x")})
		r.expect("data: x\n")
		start = time.Now()
		r.expect(":\n")
		if took := time.Since(start); took != 25*time.Second {
			t.Errorf("the heartbeat after an event took %v", took)
		}
	})
}

func TestReplayMissesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s *site
		var asked string
		s = serve(t, live.Options{}, func(_ context.Context, last string) ([]live.Event, error) {
			asked = last
			s.hub.Send("/a", live.Event{ID: "9", Data: []byte("meanwhile")})
			return []live.Event{{ID: "8", Data: []byte("missed")}}, nil
		})
		s.open("/a", mo, "7").begun().expect("id: 8\ndata: missed\n", "id: 9\ndata: meanwhile\n")
		if asked != "7" {
			t.Errorf("asked for what follows %q", asked)
		}
	})
}

func TestReplayFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t, live.Options{}, func(context.Context, string) ([]live.Event, error) {
			return nil, standfirst.Errorf(standfirst.NotFound, "there is no such story")
		})
		if r := s.open("/a", mo, ""); r.response.StatusCode != http.StatusNotFound {
			t.Error(r.response.Status)
		}
		if s.hub.Streams() != 0 {
			t.Error("the reader still listens")
		}
	})
}

func TestSlowReadersAreCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t, live.Options{Buffer: 4}, nil)
		slow, quick := s.open("/a", mo, "").begun(), s.open("/a", jo, "").begun()
		for n := range 10 {
			id := string(rune('0' + n))
			s.hub.Send("/a", live.Event{ID: id})
			quick.expect("id: " + id + "\n")
			synctest.Wait()
		}
		if s.hub.Streams() != 1 {
			t.Errorf("%d streams", s.hub.Streams())
		}
		slow.expect("id: 0\n", "id: 1\n", "id: 2\n", "id: 3\n", "id: 4\n", "")
		quick.close()
	})
}

func TestReadersWhoDoNotReadAreDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t, live.Options{}, nil)
		s.open("/a", mo, "").begun()
		s.hub.Send("/a", live.Event{ID: "1"})
		time.Sleep(9 * time.Second)
		if s.hub.Streams() != 1 {
			t.Error("dropped too early")
		}
		time.Sleep(2 * time.Second)
		if s.hub.Streams() != 0 {
			t.Error("not dropped")
		}
		if err := <-s.errors; err != nil {
			t.Error(err)
		}
	})
}

func TestHeadAsksForTheHeaderAlone(t *testing.T) {
	hub := live.New(live.Options{})
	w := httptest.NewRecorder()
	if err := hub.Serve(w, httptest.NewRequest(http.MethodHead, "/a", nil), "/a", nil); err != nil {
		t.Fatal(err)
	}
	if w.Header().Get("Content-Type") != "text/event-stream" || w.Body.Len() > 0 || hub.Streams() != 0 {
		t.Errorf("%v, %q", w.Header(), w.Body)
	}
}

func TestLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t, live.Options{MaxStreams: 5, MaxPerClient: 2}, nil)
		one := s.open("/a", mo, "").begun()
		s.open("/b", "192.0.2.1:1001", "").begun()
		if r := s.open("/a", "192.0.2.1:1002", ""); r.response.StatusCode != http.StatusTooManyRequests {
			t.Error(r.response.Status)
		}
		one.close()
		synctest.Wait()
		s.open("/a", "192.0.2.1:1003", "").begun()
		s.open("/a", "[2001:db8::1]:1", "").begun()
		s.open("/a", "[2001:db8::2]:1", "").begun()
		if r := s.open("/a", "[2001:db8::3]:1", ""); r.response.StatusCode != http.StatusTooManyRequests {
			t.Error(r.response.Status)
		}
		s.open("/a", "127.0.0.1:1", "").begun()
		if r := s.open("/a", "192.0.2.9:1", ""); r.response.StatusCode != http.StatusServiceUnavailable {
			t.Error(r.response.Status)
		}
	})
}

func TestTheOwnMachineHasNoLimitOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t, live.Options{MaxPerClient: 1}, nil)
		for range 3 {
			s.open("/a", "127.0.0.1:1", "").begun()
			s.open("/a", "[::1]:1", "").begun()
		}
	})
}

func TestShutdownDoesNotWaitForStreams(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t, live.Options{}, nil)
		r := s.open("/a", mo, "").begun()
		s.hub.Send("/a", live.Event{ID: "1"})
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			r.expect("id: 1\n", "")
		}()
		start := time.Now()
		if err := s.server.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("it took %v", took)
		}
		<-ended
		s.hub.Close() // again, to no effect
		if s.hub.Streams() != 0 {
			t.Error("a stream is open")
		}
	})
}

func TestNoStreamsAfterClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t, live.Options{}, nil)
		s.hub.Close()
		if r := s.open("/a", mo, ""); r.response.StatusCode != http.StatusServiceUnavailable {
			t.Error(r.response.Status)
		}
		s.hub.Send("/a", live.Event{ID: "1"})
	})
}

func TestEverybodySendsAndListensAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t, live.Options{Buffer: 100}, nil)
		var all sync.WaitGroup
		readers := make([]*reader, 20)
		for i := range readers {
			readers[i] = s.open("/a", "127.0.0.1:1", "").begun()
		}
		for _, r := range readers {
			all.Go(func() {
				for range 80 {
					if r.next() == "" {
						t.Error("the stream ended")
						return
					}
				}
				r.close()
			})
		}
		for range 4 {
			all.Go(func() {
				for range 20 {
					s.hub.Send("/a", live.Event{ID: "1", Data: []byte("x")})
				}
			})
		}
		all.Wait()
		synctest.Wait()
		if s.hub.Streams() != 0 {
			t.Errorf("%d streams", s.hub.Streams())
		}
	})
}
