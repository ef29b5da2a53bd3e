package webhook_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/jobs"
	"standfirst/internal/store/storetest"
)

// killedReceiver makes this test binary the receiver of TestReceiverKilled: it has its address,
// a space, and the file in which it keeps what came.
const killedReceiver = "STANDFIRST_TEST_KILLED_RECEIVER"

// receiving returns a handler that appends to the file what came, before it says that it has it.
// It tells of each by what is given.
func receiving(file string, tell func(line string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var g got
		if err == nil {
			err = json.Unmarshal(body, &g.event)
		}
		line := fmt.Sprintf("%s %d %d\n", r.Header.Get("webhook-id"), g.event.Data.ID, g.event.Data.Version)
		if err == nil {
			err = appendLine(file, line)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusNoContent)
		tell(line)
	})
}

// appendLine appends the line to the file, and has it on disk.
func appendLine(file, line string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err = f.WriteString(line); err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}

// beKilledReceiver is what the child does.
func beKilledReceiver(t *testing.T, setting string) {
	address, file, _ := strings.Cut(setting, " ")
	s := &http.Server{Addr: address, ReadHeaderTimeout: time.Minute, Handler: receiving(file, func(line string) {
		_, _ = os.Stdout.WriteString("acknowledged " + line)
	})}
	t.Error(s.ListenAndServe())
}

// TestReceiverKilled kills the receiver twice in the midst of deliveries. What it kept has
// everything at least once, always under the same identifier, in order for each story.
func TestReceiverKilled(t *testing.T) {
	const stories, versions = 10, 3
	r := newRoom(t, storetest.Open(t))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	r.must(err)
	address, file := l.Addr().String(), filepath.Join(t.TempDir(), "received")
	r.must(l.Close())
	r.add("http://"+address, standfirst.StoryPublishedEvent, standfirst.StoryUpdatedEvent)
	for i := range stories {
		story := r.publish(fmt.Sprintf("Pier talks, day %d", i))
		for v := 2; v <= versions; v++ {
			r.revise(story.ID, fmt.Sprintf("Pier talks, day %d, hour %d", i, v))
		}
	}
	hooks := newHooks(r.store, time.Now)
	pauses := make([]time.Duration, 50)
	for i := range pauses {
		pauses[i] = 100 * time.Millisecond
	}
	hooks.SetPauses(pauses...)
	ctx, stop := context.WithCancel(t.Context())
	w := jobs.New(r.store, jobs.Options{Logger: slog.New(slog.DiscardHandler)})
	w.Handle(standfirst.JobDeliverWebhook, hooks.DeliverJob)
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	for range 2 {
		storetest.Killed(t, killedReceiver+"="+address+" "+file, stories/2)
	}

	kept := func() (ids map[string]string) {
		ids = make(map[string]string) // of each version of each story
		last := make(map[string]int)
		b, err := os.ReadFile(file)
		r.must(err)
		for line := range strings.Lines(string(b)) {
			var id, story string
			var version int
			if _, err := fmt.Sscan(line, &id, &story, &version); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			of := fmt.Sprintf("%s/%d", story, version)
			if before := ids[of]; before != "" && before != id {
				t.Errorf("%s came as %s and as %s", of, before, id)
			}
			if ids[of] = id; version < last[story] {
				t.Errorf("%s came after version %d", of, last[story])
			}
			last[story] = version
		}
		return ids
	}
	arrived := make(chan struct{}, stories*versions*len(pauses))
	l, err = net.Listen("tcp", address)
	r.must(err)
	s := &http.Server{ReadHeaderTimeout: time.Minute, Handler: receiving(file, func(string) { arrived <- struct{}{} })}
	go func() { _ = s.Serve(l) }()
	defer s.Close()
	late := time.After(time.Minute)
	for len(kept()) < stories*versions {
		select {
		case <-arrived:
		case <-late:
			t.Fatalf("%d of %d arrived", len(kept()), stories*versions)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
