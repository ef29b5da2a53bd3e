package live

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"strconv"
	"time"
)

const (
	// writeTimeout is how long one write may take before the reader counts as gone.
	writeTimeout = 10 * time.Second
	// Readers that lost their stream come back after a while between these, in
	// milliseconds, so that those of a server that was restarted do not come at once.
	minRetry, maxRetry = 2000, 6000
)

// heartbeat is a comment, which browsers drop.
var heartbeat = []byte(":\n\n")

// Replay returns what happened on a topic since the event with the ID last, which is
// "" when the reader has not seen any.
type Replay func(ctx context.Context, last string) ([]Event, error)

// Serve answers with the events of the topic until the client goes, the hub is closed
// or the reader is too slow. Replay, which may be nil, is called after the reader
// began to listen, so that nothing is missed between; what happens meanwhile may come
// twice.
//
// It returns an error only if it has not begun to answer: that of replay, Unavailable
// if the hub is closed or full, and TooMany if the client has too many streams open.
// Browsers do not come back by themselves after such an answer.
func (h *Hub) Serve(w http.ResponseWriter, r *http.Request, topic string, replay Replay) error {
	reader, err := h.join(topic, clientOf(r.RemoteAddr))
	if err != nil {
		return err
	}
	defer h.leave(reader)
	begin := append(strconv.AppendInt([]byte("retry: "), minRetry+rand.Int64N(maxRetry-minRetry), 10), "\n\n"...)
	if replay != nil {
		missed, err := replay(r.Context(), r.Header.Get("Last-Event-ID"))
		if err != nil {
			return fmt.Errorf("live: replay %s: %w", topic, err)
		}
		for _, e := range missed {
			begin = e.appendTo(begin)
		}
	}
	header := w.Header()
	header.Set("Content-Type", "text/event-stream")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no") // nginx would gather the events
	if r.Method == http.MethodHead {
		return nil
	}
	out := stream{w: w, controller: http.NewResponseController(w)}
	// The server's limit on how long a request may take to arrive would end the stream.
	if err := out.controller.SetReadDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return nil // the connection is gone: there is nobody to answer
	}
	if out.write(begin, nil) {
		h.follow(r.Context(), out, reader.events)
	}
	return nil
}

// follow writes the events until the stream ends.
func (h *Hub) follow(ctx context.Context, out stream, events <-chan []byte) {
	silence := time.NewTimer(h.options.Heartbeat)
	defer silence.Stop()
	for {
		var next []byte
		select {
		case <-ctx.Done():
			return
		case <-silence.C:
			next = heartbeat
		case event, ok := <-events:
			if !ok {
				return
			}
			next = event
		}
		if !out.write(next, events) {
			return
		}
		silence.Reset(h.options.Heartbeat)
	}
}

// stream is where the events of one reader go.
type stream struct {
	w          http.ResponseWriter
	controller *http.ResponseController
}

// write sends the bytes and the events that wait by now, in one piece if they are
// short, and reports whether the stream goes on.
func (s stream) write(b []byte, events <-chan []byte) bool {
	if err := s.controller.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return false
	}
	open := true
	for waiting := len(events); ; waiting-- {
		if _, err := s.w.Write(b); err != nil {
			return false
		}
		if waiting == 0 || !open {
			break
		}
		b, open = <-events
	}
	return s.controller.Flush() == nil
}

// clientOf returns whom an address belongs to, and the zero prefix if that is the own
// machine or unknown.
func clientOf(remote string) netip.Prefix {
	at, err := netip.ParseAddrPort(remote)
	if err != nil || at.Addr().Unmap().IsLoopback() {
		return netip.Prefix{}
	}
	address, bits := at.Addr().Unmap(), 32
	if address.Is6() {
		bits = 64
	}
	client, err := address.WithZone("").Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return client
}
