package site

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/newsroom"
	"standfirst/internal/pagecache"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
	"standfirst/internal/web"
)

const (
	// killedStore makes this test binary the server of TestKilled: it names the file or
	// the address of its store.
	killedStore = "STANDFIRST_TEST_KILLED_TALK"
	// killedRounds is how often it is killed, if not twice.
	killedRounds = "STANDFIRST_TEST_KILLED_ROUNDS"
	// killedWriters post side by side.
	killedWriters = 64
)

// TestKilled kills a server while 64 writers post comments to it. When it is back, none
// that was acknowledged is lost, none is there twice although each writer sends the last
// one again, and some of the others too, and what is counted is what is there.
func TestKilled(t *testing.T) {
	if name := os.Getenv(killedStore); name != "" {
		serveUntilKilled(t, name)
		return
	}
	t.Run("SQLite", func(t *testing.T) { testKilled(t, filepath.Join(t.TempDir(), "news.db"), 300) })
	// Here 64 writers under two stories get in each other's way, and are slower.
	t.Run("Postgres", func(t *testing.T) { testKilled(t, storetest.PostgresURL(t), 80) })
}

// testKilled kills a server on the store once it has acknowledged so many comments, and
// again.
func testKilled(t *testing.T, name string, after int64) {
	rounds := 2
	if n, err := strconv.Atoi(os.Getenv(killedRounds)); err == nil {
		rounds = n
	}
	stories := talkedOf(t, name)
	writers := make([]killedWriter, killedWriters)
	for i := range writers {
		writers[i] = killedWriter{number: i, stories: stories}
	}
	for round := range rounds {
		acknowledged := postUntilKilled(t, name, writers, after)
		func() {
			st := openNamed(t, name)
			defer func() { must(t, st.Close()) }()
			server := httptest.NewServer(talkSite(t, st))
			defer server.Close()
			for i := range writers {
				writers[i].sendAgain(t, server.URL)
			}
			verifyTalk(t, st, server.URL, writers, stories)
		}()
		t.Logf("round %d: killed after %d comments were acknowledged", round, acknowledged)
	}
}

// openNamed opens the store in the file, or at the address. Whoever opens it closes it.
func openNamed(t *testing.T, name string) *store.Store {
	t.Helper()
	o := store.Options{Path: name}
	if strings.Contains(name, "://") {
		o = store.Options{URL: name}
	}
	st, err := store.Open(t.Context(), o)
	must(t, err)
	return st
}

// talkSite returns a site over the store, as a server has it.
func talkSite(t testing.TB, st *store.Store) *Site {
	t.Helper()
	cache := pagecache.New(pagecache.Options{MaxBytes: 8 << 20})
	st.OnTouch(func(tags []standfirst.Tag) {
		if tags == nil {
			cache.Clear()
			return
		}
		cache.Drop(tags...)
	})
	site, err := New(Options{
		Talk: discuss.New(st, discuss.Options{}), Store: st.Reader(), Cache: cache, Logger: slog.New(slog.DiscardHandler),
		Metrics: web.NewMetrics(), TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	})
	must(t, err)
	return site
}

// talkedOf makes a publication with two stories that take comments, and returns them.
func talkedOf(t *testing.T, name string) (stories []standfirst.Story) {
	t.Helper()
	st := openNamed(t, name)
	defer func() { must(t, st.Close()) }()
	news := newsroom.New(st, newsroom.Options{})
	pub := standfirst.DefaultPublication()
	pub.BaseURL = baseURL
	must(t, news.SetUp(t.Context(), standfirst.Command(), pub))
	for i := range 2 {
		published, err := news.CreateAndPublish(t.Context(), standfirst.Command(), newsroom.Draft{
			Content: standfirst.Content{Headline: fmt.Sprintf("Ferry %d leaves on time", i), Body: "It left the quay at noon."},
		})
		must(t, err)
		stories = append(stories, published.Story)
	}
	must(t, discuss.New(st, discuss.Options{}).SetSettings(t.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen}, ""))
	return stories
}

// serveUntilKilled serves the store and says where.
func serveUntilKilled(t *testing.T, name string) {
	st := openNamed(t, name)
	server := httptest.NewServer(talkSite(t, st))
	if _, err := os.Stdout.WriteString("serving " + server.URL + "\n"); err != nil {
		t.Fatal(err)
	}
	select {} // until it is killed
}

// startKilled starts this test binary as a server and returns its address.
func startKilled(t *testing.T, name string) (server *exec.Cmd, address string) {
	t.Helper()
	server = exec.Command(os.Args[0], "-test.run=^TestKilled$")
	server.Env = append(os.Environ(), killedStore+"="+name)
	server.Stderr = os.Stderr
	output, err := server.StdoutPipe()
	must(t, err)
	must(t, server.Start())
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if address, ok := strings.CutPrefix(lines.Text(), "serving "); ok {
			return server, address
		}
	}
	_ = server.Wait()
	t.Fatal("the server said no address")
	return nil, ""
}

// postUntilKilled lets the writers post to a server, kills it once it has acknowledged so
// many comments, and returns how many it acknowledged in the end.
func postUntilKilled(t *testing.T, name string, writers []killedWriter, after int64) int64 {
	t.Helper()
	server, address := startKilled(t, name)
	defer server.Wait()         //nolint:errcheck // it is killed
	defer server.Process.Kill() //nolint:errcheck // it is gone already, as a rule
	var acknowledged atomic.Int64
	var group sync.WaitGroup
	for i := range writers {
		group.Go(func() {
			for {
				if err := writers[i].post(address); err != nil {
					if !errors.Is(err, errNoAnswer) {
						t.Error(err)
					}
					return
				}
				if acknowledged.Add(1) == after {
					_ = server.Process.Kill()
				}
			}
		})
	}
	group.Wait()
	return acknowledged.Load()
}

// killedWriter is a guest who posts one comment after the other.
type killedWriter struct {
	number  int
	stories []standfirst.Story
	at      []string // where each comment stands that was acknowledged; empty for one that was not
}

func (w *killedWriter) name() string  { return fmt.Sprint("Passenger ", w.number) }
func (w *killedWriter) email() string { return fmt.Sprintf("passenger%d@readers.example", w.number) }

func (w *killedWriter) text(i int) string {
	return fmt.Sprintf("Passenger %d asks for the %dth time when the next ferry leaves.", w.number, i)
}

func (w *killedWriter) story(i int) standfirst.Story { return w.stories[i%len(w.stories)] }

var errNoAnswer = errors.New("there was no answer")

// noRedirects tells where a redirect leads.
var noRedirects = &http.Client{
	Transport:     &http.Transport{MaxIdleConnsPerHost: killedWriters},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// send sends the comment to the server, from a network of its own, and returns where it
// stands.
func (w *killedWriter) send(address string, i int) (string, error) {
	form := url.Values{"name": {w.name()}, "email": {w.email()}, "text": {w.text(i)}}
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, address+w.story(i).Path()+replyBelow, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("X-Forwarded-For", fmt.Sprintf("2001:%x:%x::7", w.number+1, i))
	response, err := noRedirects.Do(request)
	if err != nil {
		return "", fmt.Errorf("%w: %w", errNoAnswer, err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusSeeOther {
		return "", fmt.Errorf("a comment was answered with %s", response.Status)
	}
	return response.Header.Get("Location"), nil
}

// post sends the next comment.
func (w *killedWriter) post(address string) error {
	at, err := w.send(address, len(w.at))
	w.at = append(w.at, at)
	return err
}

// sendAgain sends the last comment again, which may or may not have been taken, and some
// of those that were.
func (w *killedWriter) sendAgain(t *testing.T, address string) {
	t.Helper()
	for i := max(0, len(w.at)-3); i < len(w.at); i++ {
		at, err := w.send(address, i)
		switch {
		case err != nil:
			t.Error(err)
		case w.at[i] != "" && w.at[i] != at:
			t.Errorf("%s: comment %d was at %s, and at %s when it was sent again", w.name(), i, w.at[i], at)
		}
		w.at[i] = at
	}
}

// verifyTalk holds that there is each comment once, where it was acknowledged, and that
// what is counted is what is there.
func verifyTalk(t *testing.T, st *store.Store, address string, writers []killedWriter, stories []standfirst.Story) {
	t.Helper()
	shown := make(map[standfirst.StoryID]int)
	must(t, st.View(t.Context(), func(tx *store.ReadTx) error {
		for i := range writers {
			w := &writers[i]
			reader, err := tx.CommenterByEmail(w.email())
			if err != nil {
				return err
			}
			comments, err := tx.CommentsByReader(reader.ID, 0, 10_000)
			if err != nil {
				return err
			}
			found, approved := make(map[string]standfirst.Comment, len(comments)), 0
			for _, c := range comments {
				if before, twice := found[c.Text]; twice {
					t.Errorf("%s: %q is there as %d and as %d", w.name(), c.Text, before.ID, c.ID)
				}
				found[c.Text] = c
				if c.State == standfirst.CommentApproved { // who writes too much waits
					approved++
					shown[c.Story]++
				}
			}
			for i, at := range w.at {
				c, ok := found[w.text(i)]
				if !ok || c.Story != w.story(i).ID || !strings.HasPrefix(at, standfirst.CommentPath(c.ID)+"/") {
					t.Errorf("%s: comment %d, acknowledged at %s, is %+v", w.name(), i, at, c)
				}
			}
			if reader.Approved != approved || len(comments) != len(w.at) {
				t.Errorf("%s has %d comments approved, %d of %d there, and sent %d", w.name(), reader.Approved, approved, len(comments), len(w.at))
			}
		}
		return nil
	}))
	for _, story := range stories {
		response, err := http.Get(address + story.Path())
		must(t, err)
		var page strings.Builder
		_, err = bufio.NewReader(response.Body).WriteTo(&page)
		must(t, errors.Join(err, response.Body.Close()))
		wantContains(t, page.String(), fmt.Sprintf("%d comments</h2>", shown[story.ID]))
	}
	findings, err := st.Check(t.Context())
	must(t, err)
	for _, f := range findings {
		t.Errorf("the check found %v", f)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
