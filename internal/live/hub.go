package live

import (
	"cmp"
	"net/netip"
	"slices"
	"sync"
	"time"

	"standfirst"
)

// Options are the limits of a hub. The zero Options are fit for a site.
type Options struct {
	// Heartbeat is after how much silence a reader is sent a comment, so that nothing
	// between takes the connection for dead, and a dead one is found. Zero is 25 seconds.
	Heartbeat time.Duration
	// Buffer is how many events a reader may lag behind. Zero is 16.
	Buffer int
	// MaxStreams is how many streams may be open. Zero is 20,000.
	MaxStreams int
	// MaxPerClient is how many streams an address may have open: an IPv4 address, or the
	// first half of an IPv6 address. Zero is 20. The own machine has no such limit,
	// because a proxy on it may stand for everybody.
	MaxPerClient int
}

// withDefaults fills in what is zero.
func (o Options) withDefaults() Options {
	return Options{
		Heartbeat:    cmp.Or(o.Heartbeat, 25*time.Second),
		Buffer:       cmp.Or(o.Buffer, 16),
		MaxStreams:   cmp.Or(o.MaxStreams, 20_000),
		MaxPerClient: cmp.Or(o.MaxPerClient, 20),
	}
}

// Hub knows who listens to what. It may be used by any number of goroutines at a time.
type Hub struct {
	options Options

	mu      sync.RWMutex
	readers map[string]map[*reader]struct{} // by topic
	clients map[netip.Prefix]int            // how many streams each has open
	open    int
	closed  bool
}

// reader is one open stream.
type reader struct {
	topic  string
	client netip.Prefix
	// events are the encoded events that wait for the reader. Whoever takes the reader
	// out of the hub for another reason than that it left closes the channel.
	events chan []byte
}

// New returns a hub without readers.
func New(o Options) *Hub {
	return &Hub{
		options: o.withDefaults(),
		readers: make(map[string]map[*reader]struct{}),
		clients: make(map[netip.Prefix]int),
	}
}

// Listening reports whether anybody listens to the topic.
func (h *Hub) Listening(topic string) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return len(h.readers[topic]) > 0
}

// Topics returns the topics that somebody listens to, sorted.
func (h *Hub) Topics() []string {
	h.mu.RLock()
	topics := make([]string, 0, len(h.readers))
	for topic := range h.readers {
		topics = append(topics, topic)
	}
	h.mu.RUnlock()
	slices.Sort(topics)
	return topics
}

// Streams returns how many streams are open.
func (h *Hub) Streams() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.open
}

// Send sends the event to everybody who listens to the topic. It never waits: a
// reader who lags too far behind is cut off, and comes back. The event is encoded once
// for all of them.
func (h *Hub) Send(topic string, e Event) {
	if !h.Listening(topic) {
		return
	}
	encoded := e.appendTo(nil)
	h.mu.Lock()
	defer h.mu.Unlock()
	for r := range h.readers[topic] {
		select {
		case r.events <- encoded:
		default:
			h.cut(r)
		}
	}
}

// End ends the streams of the topic. Whoever comes back begins to listen anew, unless
// its callers refuse that.
func (h *Hub) End(topic string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for r := range h.readers[topic] {
		h.cut(r)
	}
}

// Close ends all streams, and lets no new ones begin. A server that is told to shut
// down waits for its requests: it must close the hub first, or with
// [http.Server.RegisterOnShutdown].
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, readers := range h.readers {
		for r := range readers {
			h.cut(r)
		}
	}
}

// join lets a reader listen to a topic, or says why it may not.
func (h *Hub) join(topic string, client netip.Prefix) (*reader, error) {
	r := &reader{topic: topic, client: client, events: make(chan []byte, h.options.Buffer)}
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.closed:
		return nil, standfirst.Errorf(standfirst.Unavailable, "the server is about to stop")
	case h.open >= h.options.MaxStreams:
		return nil, standfirst.Errorf(standfirst.Unavailable, "too many are listening; the page shows what is new when you load it again")
	case client.IsValid() && h.clients[client] >= h.options.MaxPerClient:
		return nil, standfirst.Errorf(standfirst.TooMany, "%d pages are listening from your network already; close some of them", h.clients[client])
	}
	if h.readers[topic] == nil {
		h.readers[topic] = make(map[*reader]struct{}, 1)
	}
	h.readers[topic][r] = struct{}{}
	if client.IsValid() {
		h.clients[client]++
	}
	h.open++
	return r, nil
}

// leave takes out a reader who left, if it was not cut off before.
func (h *Hub) leave(r *reader) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(r)
}

// cut ends the stream of a reader once it has read what waits for it. The caller
// holds the lock.
func (h *Hub) cut(r *reader) {
	if h.remove(r) {
		close(r.events)
	}
}

// remove takes a reader out of the hub, and reports whether it was in there. The
// caller holds the lock.
func (h *Hub) remove(r *reader) bool {
	readers := h.readers[r.topic]
	if _, ok := readers[r]; !ok {
		return false
	}
	delete(readers, r)
	if len(readers) == 0 {
		delete(h.readers, r.topic)
	}
	if r.client.IsValid() {
		if h.clients[r.client]--; h.clients[r.client] == 0 {
			delete(h.clients, r.client)
		}
	}
	h.open--
	return true
}
