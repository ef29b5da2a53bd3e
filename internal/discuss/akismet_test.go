package discuss_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/outbound"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// foreign is a server that speaks as Akismet does, to whom has its key: it takes for spam
// what has the word "gusher", and for blatant spam what has "GUSHER".
type foreign struct {
	*httptest.Server
	mu    sync.Mutex
	calls []string // "comment-check Ana", the oldest first
}

const foreignKey = "berth7key"

// asking serves a foreign service and has the room ask it.
func (r *room) asking() *foreign {
	r.t.Helper()
	f := &foreign{}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		if q.PostFormValue("api_key") != foreignKey || q.PostFormValue("blog") != "https://harbour.example" || q.PostFormValue("user_ip") == "" {
			w.Header().Set("X-akismet-debug-help", "Empty or wrong values")
			_, _ = w.Write([]byte("invalid"))
			return
		}
		call := strings.TrimPrefix(q.URL.Path, "/1.1/")
		f.calls = append(f.calls, call+" "+q.PostFormValue("comment_author"))
		text := q.PostFormValue("comment_content")
		switch {
		case call != "comment-check":
			_, _ = w.Write([]byte("Thanks for making the web a better place."))
		case strings.Contains(text, "GUSHER"):
			w.Header().Set("X-akismet-pro-tip", "discard")
			_, _ = w.Write([]byte("true"))
		case strings.Contains(text, "gusher"):
			_, _ = w.Write([]byte("true"))
		default:
			_, _ = w.Write([]byte("false"))
		}
	}))
	r.t.Cleanup(f.Close)
	r.SetOutbound(outbound.New(outbound.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}))
	r.must(r.SetAkismet(r.t.Context(), standfirst.Command(), standfirst.Akismet{Key: foreignKey, Address: f.URL + "/1.1"}))
	return f
}

// said returns the calls since it was asked last.
func (f *foreign) said() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	said := strings.Join(f.calls, ", ")
	f.calls = nil
	return said
}

func TestAkismetHoldsSpam(t *testing.T) {
	onEach(t, func(r *room) {
		f := r.asking()
		r.mode(standfirst.ModeOpen)
		if c := r.post("Ana", "Is the third line insured?", 0); c.State != standfirst.CommentApproved {
			t.Errorf("what is no spam is %s by rule %q", c.State, c.Rule)
		}
		spam, blatant := r.post("Ben", "This gusher is for you.", 0), r.post("Cyd", "GUSHER, and all of it yours.", 0)
		if spam.State != standfirst.CommentHeld || spam.Rule != standfirst.RuleAkismet || spam.Detail != "" || blatant.Rule != standfirst.RuleAkismet || blatant.Detail != "discard" {
			t.Errorf("spam is %s by rule %q (%q), and blatant spam by %q (%q)", spam.State, spam.Rule, spam.Detail, blatant.Rule, blatant.Detail)
		}
		r.want("the queue", "Ben:akismet Cyd:akismet", r.waiting())
		r.want("what was asked", "comment-check Ana, comment-check Ben, comment-check Cyd", f.said())

		// What another rule holds stays in the house; a first comment does not.
		r.post("Dee", "https://a.example https://b.example https://c.example", 0)
		r.want("what was asked of many links", "", f.said())
		r.mode(standfirst.ModeFirst)
		if c := r.post("Eva", "One more gusher.", 0); c.Rule != standfirst.RuleAkismet {
			t.Errorf("a first comment that is spam is held by rule %q", c.Rule)
		}
		if c := r.post("Fay", "Who lays it?", 0); c.Rule != standfirst.RuleFirst {
			t.Errorf("a first comment is held by rule %q", c.Rule)
		}
	})
}

func TestAkismetLooksAtNewWords(t *testing.T) {
	onEach(t, func(r *room) {
		f := r.asking()
		r.mode(standfirst.ModeOpen)
		posted, err := r.Post(t.Context(), r.posting("Ana", "Is the third line insured?", 0))
		r.must(err)
		f.said()
		_, err = r.Edit(t.Context(), posted.Comment.ID, posted.Key, "A gusher of a line!")
		r.must(err)
		r.want("what was asked", "comment-check Ana", f.said())
		r.want("the queue", "Ana:akismet", r.waiting())
	})
}

func TestAkismetIsAskedOnlyWhereItIsOn(t *testing.T) {
	onEach(t, func(r *room) {
		f := r.asking()
		r.mode(standfirst.ModeOpen)
		_, err := r.Post(t.Context(), discuss.Posting{Story: r.story.ID, Text: "No gusher was seen.", Staff: standfirst.Staff{ID: r.moderator.ID, Name: r.moderator.Name}})
		r.must(err)
		r.want("what was asked of the staff", "", f.said())
		r.must(r.SetAkismet(t.Context(), standfirst.Command(), standfirst.Akismet{}))
		c := r.post("Ana", "This gusher is for you.", 0)
		r.want("the state", string(standfirst.CommentApproved), string(c.State))
		r.decide(standfirst.CommentSpam, "", c.ID)
		r.now = r.now.Add(time.Hour)
		r.work()
		r.want("what was asked", "", f.said())
	})
}

func TestAkismetIsToldWhereItWasWrong(t *testing.T) {
	onEach(t, func(r *room) {
		f := r.asking()
		r.mode(standfirst.ModeOpen)
		missed, mistaken := r.post("Ana", "Buy oil of snakes from me.", 0), r.post("Ben", "The gusher is at berth 7.", 0)
		right, fine := r.post("Cyd", "A gusher for everybody.", 0), r.post("Dee", "Which berth?", 0)
		regretted := r.post("Eva", "Berth 7 is in the east.", 0)
		f.said()
		r.decide(standfirst.CommentSpam, "", missed.ID, right.ID)
		r.decide(standfirst.CommentApproved, "", mistaken.ID, fine.ID)
		batch := r.decide(standfirst.CommentSpam, "", regretted.ID).Batch
		_, err := r.Undo(t.Context(), r.moderator, batch)
		r.must(err)
		r.work()
		r.want("what is told at once", "", f.said())
		r.now = r.now.Add(time.Hour)
		r.work()
		told := strings.Split(f.said(), ", ")
		slices.Sort(told)
		// Ham that was never told to be spam is told for nothing, and does no harm.
		r.want("what is told", "submit-ham Ben, submit-ham Eva, submit-spam Ana", strings.Join(told, ", "))

		r.decide(standfirst.CommentSpam, "", fine.ID)
		r.must(r.SetAkismet(t.Context(), standfirst.Command(), standfirst.Akismet{}))
		r.now = r.now.Add(time.Hour)
		r.work()
		r.want("what is told once it is off", "", f.said())
	})
}

func TestAkismetDoesNotAnswer(t *testing.T) {
	r := newRoom(t, storetest.Open(t))
	var log bytes.Buffer
	r.Talk = discuss.New(r.store, discuss.Options{Clock: func() time.Time { return r.now }, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	f := r.asking()
	r.mode(standfirst.ModeOpen)
	r.must(r.SetAkismet(t.Context(), standfirst.Command(), standfirst.Akismet{Key: "wrong", Address: f.URL + "/1.1"}))
	appears := func(name string) {
		t.Helper()
		if c := r.post(name, "This gusher is for "+name, 0); c.State != standfirst.CommentApproved {
			t.Errorf("the comment of %s is %s by rule %q", name, c.State, c.Rule)
		}
	}
	appears("Ana")
	if said := log.String(); !strings.Contains(said, "Empty or wrong values") || strings.Contains(said, "key=wrong") {
		t.Errorf("the log says %q", said)
	}
	f.Close()
	appears("Ben")
	if n := strings.Count(log.String(), "judged without it"); n != 1 {
		t.Errorf("the log says %d times within moments that nobody answers", n)
	}
	r.now = r.now.Add(time.Hour)
	appears("Cyd")
	if n := strings.Count(log.String(), "judged without it"); n != 2 {
		t.Errorf("the log says %d times within an hour that nobody answers", n)
	}
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) {
		_ = q.ParseForm() // a server sees that the client went once it has read what was sent
		<-q.Context().Done()
	}))
	defer silent.Close()
	r.SetOutbound(outbound.New(outbound.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Timeout: 50 * time.Millisecond}))
	r.must(r.SetAkismet(t.Context(), standfirst.Command(), standfirst.Akismet{Key: foreignKey, Address: silent.URL}))
	appears("Dee")
	r.SetOutbound(outbound.New(outbound.Options{})) // refuses to ask in the server's own network
	r.now = r.now.Add(time.Hour)
	appears("Eva")
	if !strings.Contains(log.String(), "not public") {
		t.Errorf("the log says %q", log.String())
	}
}

func TestAkismetSettings(t *testing.T) {
	onEach(t, func(r *room) {
		r.wantKind(r.SetAkismet(t.Context(), r.moderator, standfirst.Akismet{Key: foreignKey}), standfirst.Forbidden)
		r.wantKind(r.SetAkismet(t.Context(), standfirst.Command(), standfirst.Akismet{Key: "no key"}), standfirst.Invalid)
		r.must(r.SetAkismet(t.Context(), standfirst.Command(), standfirst.Akismet{Key: foreignKey}))
		r.mode(standfirst.ModeAll) // other settings leave it as it is
		d, err := r.SettingsOf(t.Context(), standfirst.PublicationScope)
		r.must(err)
		r.want("what is shown of the key", "…7key", d.Akismet.Key)
		r.view(func(tx *store.ReadTx) error {
			holds, err := discuss.Settings(tx, r.story)
			r.want("the key", foreignKey, holds.Akismet.Key)
			return err
		})
	})
}
