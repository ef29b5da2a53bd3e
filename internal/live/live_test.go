package live_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
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

func TestStreamsOverHTTP2(t *testing.T) {
	hub := live.New(live.Options{})
	server := httptest.NewUnstartedServer(web.Wrap(func(w http.ResponseWriter, r *http.Request) error {
		return hub.Serve(w, r, r.URL.Path, nil)
	}, web.Options{}))
	server.EnableHTTP2 = true
	server.Config.ReadTimeout, server.Config.WriteTimeout = 30*time.Second, 60*time.Second
	server.StartTLS()
	defer server.Close()
	defer hub.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/a", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.ProtoMajor != 2 {
		t.Errorf("the protocol is %s", response.Proto)
	}
	r := &reader{t: t, response: response, lines: bufio.NewReader(response.Body)}
	r.begun()
	hub.Send("/a", live.Event{ID: "1"})
	r.expect("id: 1\n")
	hub.Close()
	r.expect("")
}
