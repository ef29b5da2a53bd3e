package site

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"mime/quotedprintable"
	"net"
	"net/http"
	netmail "net/mail"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/jobs"
	"standfirst/internal/mail"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// letterbox is an SMTP server of this machine that keeps what it is sent.
type letterbox struct {
	mu  sync.Mutex
	got []letter
}

type letter struct{ to, subject, text string }

// newLetterbox starts a server that lives as long as the test, and returns its address.
func newLetterbox(t *testing.T) (*letterbox, string) {
	t.Helper()
	b := new(letterbox)
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &delivery{box: b}, nil }))
	server.ErrorLog = log.New(io.Discard, "", 0)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(listener) // it ends with the test
	}()
	t.Cleanup(func() {
		_ = server.Close()
		_ = listener.Close()
		<-ended
	})
	return b, listener.Addr().String()
}

// letters takes what has come.
func (b *letterbox) letters() []letter {
	b.mu.Lock()
	defer b.mu.Unlock()
	got := b.got
	b.got = nil
	return got
}

// delivery is one connection.
type delivery struct {
	box *letterbox
	to  string
}

func (d *delivery) Mail(string, *smtp.MailOptions) error      { return nil }
func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error { d.to = to; return nil }
func (d *delivery) Reset()                                    {}
func (d *delivery) Logout() error                             { return nil }

func (d *delivery) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	text, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		return err
	}
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	d.box.got = append(d.box.got, letter{d.to, m.Header.Get("Subject"), strings.ReplaceAll(string(text), "\r\n", "\n")})
	return nil
}

// choir is a house whose readers are asked for voices.
type choir struct {
	*house
	box    *letterbox
	worker *jobs.Worker
	story  standfirst.Story
}

// onEachEngine runs the test on both engines.
func onEachEngine(t *testing.T, test func(c *choir)) {
	for name, open := range map[string]func(testing.TB) *store.Store{"SQLite": storetest.Open, "Postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) { test(newChoir(t, open(t))) })
	}
}

const talkedBody = "Northwind has 1,200 planners.\n\n:::voices\n> It is a pity.\n>\n> — Ada Bray, Professor, Saltmarsh\n:::\n\nIt said no more."

func newChoir(t *testing.T, st *store.Store) *choir {
	c := &choir{house: newHouseOn(t, st)}
	var address string
	c.box, address = newLetterbox(t)
	server, err := mail.ParseServer("smtp://" + address + "?from=desk@ledger.example")
	c.must(err)
	sender := mail.NewSender(mail.Options{Server: server, Logger: slog.New(slog.DiscardHandler), Publication: func(ctx context.Context) (pub standfirst.Publication, err error) {
		err = c.store.View(ctx, func(tx *store.ReadTx) error {
			pub, err = tx.Publication()
			return err
		})
		return pub, err
	}})
	c.worker = jobs.New(st, jobs.Options{Clock: func() time.Time { return c.now }, Logger: slog.New(slog.DiscardHandler)})
	c.worker.Handle(standfirst.JobSendMail, sender.SendJob)
	c.worker.Handle(standfirst.JobSettleVoice, c.news.VoiceJob)
	c.open()
	c.story = c.publish(standfirst.Content{Headline: "Northwind lets planners go", Body: talkedBody})
	return c
}

// work does what waits to be done.
func (c *choir) work() {
	c.t.Helper()
	c.must(c.worker.Drain(c.t.Context()))
}

var moderator = standfirst.Actor{Kind: standfirst.ActorStaff, Name: "Mara Quist", Role: standfirst.Moderator}

const remark = "I booked lorries until January. The planners knew who would take a *Monday* in Calais.\n\nNo hall has that."

// asked has a comment posted and its writer asked for its first words, and returns the
// address in the mail.
func (c *choir) asked() (posted discuss.Posted, address string) {
	c.t.Helper()
	posted = c.says(c.story, 0, "dockside_9", remark)
	_, err := c.talk.Pick(c.t.Context(), moderator, discuss.Pick{Comment: posted.Comment.ID, Domain: "readers.example", Voice: standfirst.Voice{
		Text:    "The planners knew who would take a Monday in Calais. […] No hall has that.",
		Speaker: standfirst.Speaker{Name: "dockside_9", Role: "Booker", Affiliation: "Quay Haulage"},
	}})
	c.must(err)
	c.work()
	letters := c.box.letters()
	if len(letters) != 1 {
		c.t.Fatalf("%d mails came", len(letters))
	}
	m := letters[0]
	if m.to != "ana@readers.example" || m.subject != "May The Harbour Ledger quote you?" {
		c.t.Errorf("the mail %q went to %s", m.subject, m.to)
	}
	wantContains(c.t, m.text, "Mara Quist of The Harbour Ledger", "> The planners knew who would take a Monday in Calais. […] No hall has that.",
		"— dockside_9, Booker, Quay Haulage", "To do nothing means no.", "“employer address confirmed”")
	link := regexp.MustCompile(regexp.QuoteMeta(baseURL) + `(/voice/\S+)`).FindStringSubmatch(m.text)
	if link == nil {
		c.t.Fatalf("the mail has no link:\n%s", m.text)
	}
	return posted, link[1]
}

// answerForm is what the form sends.
func answerForm(do, name, affiliation, disclosure string) map[string]string {
	return map[string]string{"do": do, "name": name, "role": "Booker", "affiliation": affiliation, "disclosure": disclosure}
}

// everywhere returns all text of the story that there is: versions, prepared and saved ones,
// and what is worked on.
func (c *choir) everywhere() string {
	c.t.Helper()
	var b strings.Builder
	c.must(c.store.View(c.t.Context(), func(tx *store.ReadTx) error {
		revisions, err := tx.Revisions(c.story.ID, 0, 100)
		for _, r := range revisions {
			fmt.Fprintf(&b, "%s\n", r.Content.Body)
		}
		if err != nil {
			return err
		}
		work, err := tx.WorkingCopy(c.story.ID)
		b.WriteString(work.Content.Body)
		return err
	}))
	return b.String()
}

func (c *choir) voiceRecord(id standfirst.VoiceID) standfirst.VoiceRecord {
	c.t.Helper()
	v, err := c.talk.Voice(c.t.Context(), moderator, id)
	c.must(err)
	return v
}

// TestVoiceFromCommentToStoryAndOut is the whole way: picked, asked by mail, named anew,
// agreed, in the story, and taken back.
func TestVoiceFromCommentToStoryAndOut(t *testing.T) {
	onEachEngine(t, func(c *choir) {
		posted, address := c.asked()
		// Somebody works on the story meanwhile.
		work := c.working(c.story.ID)
		work.Content.Body += "\n\nA sentence that is not out yet."
		_, err := c.news.Save(c.t.Context(), standfirst.Command(), c.story.ID, work.Version, work.Content)
		c.must(err)

		for range 2 { // looking changes nothing
			page := get(c.site, address).Body.String()
			wantContains(c.t, page, "May we quote you?", `<figure class="voice"`, "The planners knew who would take a Monday in Calais. […] No hall has that.",
				`<b class="name">dockside_9</b>`, "employer address confirmed", `value="Quay Haulage"`)
		}
		c.work()
		if body := get(c.site, c.story.Path()).Body.String(); strings.Contains(body, "picked as a voice") || strings.Contains(body, "[…]") {
			c.t.Error("a voice that nobody agreed to is in the story")
		}
		refused := c.send(address, answerForm("agree", "Dana Ferris, Minister", "Quay Haulage", "holds <b>nothing</b>"))
		if refused.Code != http.StatusUnprocessableEntity {
			c.t.Errorf("a name with a role in it is answered with %d", refused.Code)
		}
		wantContains(c.t, refused.Body.String(), "would be read as more than a name", `value="Dana Ferris, Minister"`, `value="holds &lt;b&gt;nothing&lt;/b&gt;"`)
		preview := c.send(address, answerForm("preview", "Dana Ferris", "Elsewhere Ltd", "holds Northwind shares"))
		wantContains(c.t, preview.Body.String(), "As it would stand.", `<b class="name">Dana Ferris</b>`, "holds Northwind shares")
		if strings.Contains(preview.Body.String(), "employer address confirmed") {
			c.t.Error("the address is said to be that of another organisation")
		}
		for range 2 { // two clicks
			if w := c.send(address, answerForm("agree", "Dana Ferris", "Quay Haulage", "holds Northwind shares")); w.Code != http.StatusSeeOther {
				c.t.Fatalf("agreeing is answered with %d: %s", w.Code, w.Body)
			}
			c.work()
		}
		page := get(c.site, c.story.Path()).Body.String()
		comment := posted.Comment.ID
		wantContains(c.t, page, fmt.Sprintf(`<figure class="voice" id="voice-%d">`, comment), `<b class="name">Dana Ferris</b> <span class="role">Booker</span>`,
			"employer address confirmed · holds Northwind shares", fmt.Sprintf(`<a href="/comment/%d">from the comments</a>`, comment),
			"Adds a voice from the comments.", "picked as a voice", fmt.Sprintf(`href="%s#voice-%d"`, c.story.Path(), comment), "Ada Bray")
		if strings.Contains(page, "not out yet") || strings.Contains(page, "ana@readers.example") {
			c.t.Error("the voice published what was worked on, or the address")
		}
		if n := strings.Count(page, `<figure class="voice"`); n != 2 {
			c.t.Errorf("%d voices in the story", n)
		}
		work = c.working(c.story.ID)
		wantContains(c.t, work.Content.Body, "— Dana Ferris, Booker, Quay Haulage", "A sentence that is not out yet.")
		wantContains(c.t, get(c.site, address).Body.String(), "Your words are in the story", "Take my words back")
		wantContains(c.t, get(c.site, c.story.Path()+"/version/2").Body.String(), "Dana Ferris")

		for range 2 {
			if w := c.send(address, map[string]string{"do": "withdraw"}); w.Code != http.StatusSeeOther {
				c.t.Fatalf("taking back is answered with %d: %s", w.Code, w.Body)
			}
			c.work()
		}
		for _, path := range []string{"", "/version/2", "/history", "/compare?from=1&to=2"} {
			body := get(c.site, c.story.Path()+path).Body.String()
			if strings.Contains(body, "Dana Ferris") || strings.Contains(body, "[…]") || strings.Contains(body, "picked as a voice") {
				c.t.Errorf("%s still has what was taken back", path)
			}
		}
		wantContains(c.t, get(c.site, c.story.Path()).Body.String(), "This part has been removed.", "Ada Bray", "The planners knew who would take a <em>Monday</em>")
		if all := c.everywhere(); strings.Contains(all, "Dana Ferris") || strings.Contains(all, "No hall has that") || !strings.Contains(all, "A sentence that is not out yet.") {
			c.t.Errorf("the story has\n%s", all)
		}
		wantContains(c.t, get(c.site, address).Body.String(), "You took your words back")
		if v := c.voiceRecord(1); v.Voice != (standfirst.Voice{}) || v.State != standfirst.VoiceWithdrawn || !v.PlacedAt.IsZero() || v.Problem != "" {
			c.t.Errorf("kept: %+v", v)
		}
		late := c.send(address, answerForm("agree", "Dana Ferris", "", ""))
		wantContains(c.t, late.Body.String(), "There is nothing to agree to any more.")
	})
}

func TestVoiceThatIsDeclined(t *testing.T) {
	onEachEngine(t, func(c *choir) {
		posted, address := c.asked()
		for range 2 {
			if w := c.send(address, answerForm("decline", "", "", "")); w.Code != http.StatusSeeOther {
				c.t.Fatalf("declining is answered with %d", w.Code)
			}
		}
		c.work()
		wantContains(c.t, get(c.site, address).Body.String(), "You said no")
		if v := c.voiceRecord(1); v.State != standfirst.VoiceDeclined || v.Voice != (standfirst.Voice{}) || v.Domain != "" {
			c.t.Errorf("kept: %+v", v)
		}
		_, err := c.talk.Pick(c.t.Context(), moderator, discuss.Pick{Comment: posted.Comment.ID, Voice: standfirst.Voice{Text: "No hall has that.", Speaker: standfirst.Speaker{Name: "d"}}})
		if standfirst.KindOf(err) != standfirst.Conflict {
			c.t.Errorf("who said no is asked again: %v", err)
		}
		if w := get(c.site, address[:len(address)-1]); w.Code != http.StatusNotFound {
			c.t.Errorf("a wrong key is answered with %d", w.Code)
		}
		r := c.send("/voice/1/"+url.PathEscape("x"), answerForm("agree", "A", "", ""))
		if r.Code != http.StatusNotFound {
			c.t.Errorf("an answer with a wrong key is answered with %d", r.Code)
		}
	})
}

// TestVoiceOfAChangedComment holds that the words that were asked for stand, whatever the
// comment says by now.
func TestVoiceOfAChangedComment(t *testing.T) {
	onEachEngine(t, func(c *choir) {
		posted, address := c.asked()
		_, err := c.talk.Edit(c.t.Context(), posted.Comment.ID, posted.Key, "I never booked anything.")
		c.must(err)
		wantContains(c.t, get(c.site, address).Body.String(), "who would take a Monday in Calais")
		c.send(address, answerForm("agree", "dockside_9", "", ""))
		c.work()
		page := get(c.site, c.story.Path()).Body.String()
		wantContains(c.t, page, "The planners knew who would take a Monday in Calais. […] No hall has that.", "I never booked anything.")
		if strings.Contains(page, "employer address confirmed") {
			c.t.Error("an address is confirmed of no organisation")
		}
	})
}

func TestVoiceOfACommentThatIsErased(t *testing.T) {
	onEachEngine(t, func(c *choir) {
		posted, address := c.asked()
		c.send(address, answerForm("agree", "Dana Ferris", "", ""))
		c.work()
		wantContains(c.t, get(c.site, c.story.Path()).Body.String(), "Dana Ferris")
		c.must(c.talk.Erase(c.t.Context(), moderator, posted.Comment.ID))
		c.work()
		if all := c.everywhere() + get(c.site, c.story.Path()).Body.String(); strings.Contains(all, "Dana Ferris") || strings.Contains(all, "Monday in Calais") {
			c.t.Errorf("the story has\n%s", all)
		}
		c.story = c.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "It is long."})
		posted, address = c.asked()
		c.must(c.talk.Delete(c.t.Context(), posted.Comment.ID, posted.Key))
		late := c.send(address, answerForm("agree", "Dana Ferris", "", ""))
		wantContains(c.t, late.Body.String(), "There is nothing to agree to any more")
	})
}

// TestVoiceThatCannotBePlaced holds that the desk sees why, and can try again.
func TestVoiceThatCannotBePlaced(t *testing.T) {
	onEachEngine(t, func(c *choir) {
		_, address := c.asked()
		_, err := c.news.Unpublish(c.t.Context(), standfirst.Command(), c.story.ID)
		c.must(err)
		if w := c.send(address, answerForm("agree", "Dana Ferris", "", "")); w.Code != http.StatusSeeOther {
			c.t.Fatalf("agreeing is answered with %d: %s", w.Code, w.Body)
		}
		c.work()
		v := c.voiceRecord(1)
		if v.State != standfirst.VoiceAgreed || !strings.Contains(v.Problem, "the story is unpublished") {
			c.t.Errorf("got %+v", v)
		}
		wantContains(c.t, get(c.site, address).Body.String(), "Thank you. You agreed")
		_, err = c.news.Publish(c.t.Context(), standfirst.Command(), c.story.ID, newsroom.PublishOptions{})
		c.must(err)
		c.must(c.news.RetryVoice(c.t.Context(), standfirst.Command(), v.ID))
		wantContains(c.t, get(c.site, c.story.Path()).Body.String(), "Dana Ferris")
		if v := c.voiceRecord(1); v.State != standfirst.VoicePlaced || v.Problem != "" {
			c.t.Errorf("got %+v", v)
		}
	})
}

func TestVoiceOfACommentThatIsTakenAwayBeforeItStands(t *testing.T) {
	onEachEngine(t, func(c *choir) {
		posted, address := c.asked()
		c.send(address, answerForm("agree", "Dana Ferris", "", ""))
		decide := func(d discuss.Decision) {
			_, err := c.talk.Decide(c.t.Context(), moderator, []standfirst.CommentID{posted.Comment.ID}, d)
			c.must(err)
		}
		decide(discuss.Decision{State: standfirst.CommentRejected, Reason: standfirst.ReasonInterest})
		c.work()
		if v := c.voiceRecord(1); v.State != standfirst.VoiceAgreed || !strings.Contains(v.Problem, "its comment is rejected") {
			c.t.Errorf("got %+v", v)
		}
		if strings.Contains(get(c.site, c.story.Path()).Body.String(), "Dana Ferris") {
			c.t.Error("the words of a comment that was taken away stand in the story")
		}
		decide(discuss.Decision{State: standfirst.CommentApproved})
		c.must(c.news.RetryVoice(c.t.Context(), standfirst.Command(), 1))
		wantContains(c.t, get(c.site, c.story.Path()).Body.String(), "Dana Ferris")
	})
}

// TestVoiceWaitsForASchedule holds that a scheduled update stays scheduled.
func TestVoiceWaitsForASchedule(t *testing.T) {
	onEachEngine(t, func(c *choir) {
		_, address := c.asked()
		work := c.working(c.story.ID)
		work.Content.Body += "\n\nLater news."
		_, err := c.news.Save(c.t.Context(), standfirst.Command(), c.story.ID, work.Version, work.Content)
		c.must(err)
		at := c.now.Add(3 * time.Hour)
		_, err = c.news.Schedule(c.t.Context(), standfirst.Command(), c.story.ID, at, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
		c.must(err)
		c.worker.Handle(standfirst.JobPublishScheduled, c.news.PublishJob)
		c.send(address, answerForm("agree", "Dana Ferris", "", ""))
		c.work()
		if v := c.voiceRecord(1); !strings.Contains(v.Problem, "it waits for the update") {
			c.t.Errorf("got %+v", v)
		}
		c.now = at
		for range 3 { // the update and the voice may both be due, in whichever order
			c.now = c.now.Add(2 * time.Minute)
			c.work()
		}
		wantContains(c.t, get(c.site, c.story.Path()).Body.String(), "Later news.", "Dana Ferris")
	})
}

// TestVoiceLeavesWhatIsPrepared holds that a wording which waits because a figure changed
// still waits, with the voice in it, and goes when the voice does.
func TestVoiceLeavesWhatIsPrepared(t *testing.T) {
	onEachEngine(t, func(c *choir) {
		_, address := c.asked()
		c.must(c.store.Update(c.t.Context(), func(tx *store.Tx) error {
			current, err := tx.Revision(c.story.Current)
			if err != nil {
				return err
			}
			current.Content.Body = strings.Replace(current.Content.Body, "1,200", "1,100", 1)
			id, err := tx.InsertRevision(standfirst.Revision{StoryID: c.story.ID, Purpose: standfirst.ForSupersession, Content: current.Content, CreatedAt: c.now, CreatedBy: "system"})
			if err != nil {
				return err
			}
			return tx.SetPending(store.Pending{Story: c.story.ID, Revision: id, MadeAt: c.now})
		}))
		c.send(address, answerForm("agree", "Dana Ferris", "", ""))
		c.work()
		prepared := func() (body string) {
			c.must(c.store.View(c.t.Context(), func(tx *store.ReadTx) error {
				p, err := tx.Pending(c.story.ID)
				if err != nil {
					return err
				}
				r, err := tx.Revision(p.Revision)
				body = r.Content.Body
				return err
			}))
			return body
		}
		wantContains(c.t, prepared(), "1,100 planners", "— Dana Ferris, Booker")
		if page := get(c.site, c.story.Path()).Body.String(); strings.Contains(page, "1,100") || !strings.Contains(page, "Dana Ferris") {
			c.t.Error("the voice published what was prepared, or is not there")
		}
		c.send(address, map[string]string{"do": "withdraw"})
		c.work()
		if body := prepared(); strings.Contains(body, "Dana Ferris") || !strings.Contains(body, "1,100 planners") {
			c.t.Errorf("prepared is\n%s", body)
		}
	})
}

// TestVoiceOfTheDesk places a voice without a comment in a story that has none, and takes it
// out again.
func TestVoiceOfTheDesk(t *testing.T) {
	onEachEngine(t, func(c *choir) {
		editor := standfirst.Actor{Kind: standfirst.ActorStaff, Name: "Jane Roe", Role: standfirst.Editor}
		story := c.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "It is 90 kilometres long."})
		d := newsroom.DeskVoice{
			Story: story.ID, Source: standfirst.VoiceInterview, ObtainedOn: standfirst.DayOf(c.now, time.UTC),
			Voice: standfirst.Voice{Text: "It is *long*.\n\n1. Very.", Speaker: standfirst.Speaker{Name: "Ada Bray", Role: "Professor", Affiliation: "Saltmarsh"}},
		}
		if _, err := c.news.AddVoice(c.t.Context(), moderator, d); standfirst.KindOf(err) != standfirst.Forbidden {
			c.t.Errorf("a moderator publishes: %v", err)
		}
		v, err := c.news.AddVoice(c.t.Context(), editor, d)
		c.must(err)
		wantContains(c.t, get(c.site, story.Path()).Body.String(), `<section class="voices"`, "<p>It is *long*.</p>", "<p>1. Very.</p>", "Ada Bray", "Adds a voice.")
		if _, err := c.news.AddVoice(c.t.Context(), editor, newsroom.DeskVoice{Story: story.ID, Voice: d.Voice}); standfirst.KindOf(err) != standfirst.Invalid {
			c.t.Errorf("a voice from nowhere: %v", err)
		}
		if err := c.talk.TakeBack(c.t.Context(), moderator, v.ID); standfirst.KindOf(err) != standfirst.Forbidden {
			c.t.Errorf("a moderator erases: %v", err)
		}
		c.must(c.talk.TakeBack(c.t.Context(), editor, v.ID))
		c.work()
		if page := get(c.site, story.Path()).Body.String(); strings.Contains(page, "Ada Bray") || !strings.Contains(page, "This part has been removed.") {
			c.t.Error("the voice is still in the story")
		}
		_, err = c.news.Retract(c.t.Context(), editor, story.ID, "It was not so.")
		c.must(err)
		if _, err := c.news.AddVoice(c.t.Context(), editor, d); standfirst.KindOf(err) != standfirst.Conflict {
			c.t.Errorf("a voice in a retracted story: %v", err)
		}
	})
}

// TestPickIsRefused holds what can be asked of whom.
func TestPickIsRefused(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Northwind lets planners go", Body: talkedBody})
	posted := h.says(story, 0, "Ana", remark)
	rejected, err := h.talk.Post(t.Context(), discuss.Posting{Story: story.ID, Text: "We asked.", Name: "Ben", Email: "ben@readers.example", Address: "10.0.9.9"})
	h.must(err)
	_, err = h.talk.Decide(t.Context(), moderator, []standfirst.CommentID{rejected.Comment.ID}, discuss.Decision{State: standfirst.CommentRejected, Reason: standfirst.ReasonOffTopic})
	h.must(err)
	for name, c := range map[string]struct {
		comment       standfirst.CommentID
		words, domain string
		kind          standfirst.ErrorKind
	}{
		"other words":     {posted.Comment.ID, "No hall has this.", "", standfirst.Invalid},
		"another order":   {posted.Comment.ID, "No hall has that. […] I booked lorries", "", standfirst.Invalid},
		"a public suffix": {posted.Comment.ID, "No hall has that.", "co.uk", standfirst.Invalid},
		"a provider":      {posted.Comment.ID, "No hall has that.", "gmail.com", standfirst.Invalid},
		"part of one":     {posted.Comment.ID, "No hall has that.", "mx.outlook.com", standfirst.Invalid},
		"no domain":       {posted.Comment.ID, "No hall has that.", "quay haulage", standfirst.Invalid},
		"no affiliation":  {posted.Comment.ID, "No hall has that.", "quay.example", standfirst.Invalid},
		"not shown":       {rejected.Comment.ID, "We asked.", "", standfirst.Conflict},
		"no such comment": {99, "We asked.", "", standfirst.NotFound},
	} {
		_, err := h.talk.Pick(t.Context(), moderator, discuss.Pick{Comment: c.comment, Domain: c.domain, Voice: standfirst.Voice{Text: c.words, Speaker: standfirst.Speaker{Name: "Ana"}}})
		if standfirst.KindOf(err) != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Who left an address that was forgotten since cannot be asked.
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) error { return tx.EraseCommenter(posted.Comment.Reader) }))
	_, err = h.talk.Pick(t.Context(), moderator, discuss.Pick{Comment: posted.Comment.ID, Voice: standfirst.Voice{Text: "No hall has that.", Speaker: standfirst.Speaker{Name: "Ana"}}})
	if standfirst.KindOf(err) != standfirst.Conflict || !strings.Contains(standfirst.PublicMessage(err), "there is no address") {
		t.Errorf("without an address: %v", err)
	}
}
