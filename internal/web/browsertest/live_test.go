package browsertest

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/live"
	"standfirst/internal/newsroom"
	"standfirst/internal/pagecache"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
	"standfirst/internal/web/site"
)

// forum is a newsroom whose readers talk, and whose open pages are told what happens.
type forum struct {
	t     *testing.T
	url   string
	store *store.Store
	news  *newsroom.Newsroom
	talk  *discuss.Talk
	story standfirst.Story
	said  int
}

// newForum serves one story that anybody may talk about.
func newForum(t *testing.T, mode standfirst.DiscussionMode) *forum {
	t.Helper()
	f := &forum{t: t, store: storetest.Open(t)}
	log := slog.New(slog.DiscardHandler)
	f.news = newsroom.New(f.store, newsroom.Options{Logger: log})
	pub := standfirst.DefaultPublication()
	pub.Name, pub.TimeZone, pub.Language = "The Harbour Ledger", "Europe/London", "en-GB"
	f.must(f.news.SetUp(t.Context(), standfirst.Command(), pub))
	f.talk = discuss.New(f.store, discuss.Options{Logger: log})
	f.must(f.talk.SetSettings(t.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: mode}, ""))
	story, err := f.news.Create(t.Context(), standfirst.Command(), newsroom.Draft{Content: standfirst.Content{
		Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long.\n\nIt ends in Merrow.",
	}})
	f.must(err)
	published, err := f.news.Publish(t.Context(), standfirst.Command(), story.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
	f.must(err)
	f.story = published.Story

	cache, hub := pagecache.New(pagecache.Options{MaxBytes: 32 << 20}), live.New(live.Options{})
	f.store.OnTouch(func(tags []standfirst.Tag) { cache.Drop(tags...) })
	server := httptest.NewUnstartedServer(nil)
	s, err := site.New(site.Options{
		Store: f.store.Reader(), Cache: cache, Talk: f.talk, Live: hub, Logger: log, BaseURL: "http://" + server.Listener.Addr().String(),
	})
	f.must(err)
	f.store.OnTouch(s.Touched)
	server.Config.Handler = s
	server.Start()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Follow(ctx) }()
	t.Cleanup(func() {
		cancel()
		f.must(<-done)
		hub.Close()
		server.Close()
	})
	f.url = server.URL
	return f
}

func (f *forum) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// says posts a comment, each from another place.
func (f *forum) says(parent standfirst.CommentID, name, text string) discuss.Posted {
	f.t.Helper()
	f.said++
	posted, err := f.talk.Post(f.t.Context(), discuss.Posting{
		Story: f.story.ID, Parent: parent, Name: name, Email: fmt.Sprintf("reader%d@readers.example", f.said), Text: text,
		Address: fmt.Sprintf("10.%d.0.1", f.said),
	})
	f.must(err)
	return posted
}

// correct publishes the story again with a correction.
func (f *forum) correct() {
	f.t.Helper()
	var work standfirst.WorkingCopy
	f.must(f.store.View(f.t.Context(), func(tx *store.ReadTx) (err error) {
		work, err = tx.WorkingCopy(f.story.ID)
		return err
	}))
	work.Content.Body = "The line is 80 kilometres long.\n\nIt ends in Merrow."
	_, err := f.news.Save(f.t.Context(), standfirst.Command(), f.story.ID, work.Version, work.Content)
	f.must(err)
	_, err = f.news.Publish(f.t.Context(), standfirst.Command(), f.story.ID, newsroom.PublishOptions{
		Change: standfirst.Change{Class: standfirst.Correction, Note: "The line is 80 kilometres long."},
	})
	f.must(err)
}

// holds waits until the script is true.
func (b *browser) holds(script string) {
	b.t.Helper()
	var err error
	for range 3 { // a page that is just being left is an error
		if _, err = chromedp.Run(b.ctx, chromedp.Poll[bool]("!!("+script+")", chromedp.WithPollingTimeout(10*time.Second))); err == nil {
			return
		}
	}
	b.t.Fatalf("never true: %s: %v", script, err)
}

// TestOpenPage reads a story while others talk about it: what is new comes without a
// reload, and what is being read stays where it is.
func TestOpenPage(t *testing.T) {
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	f := newForum(t, standfirst.ModeOpen)
	var first []discuss.Posted
	for i := range 12 {
		first = append(first, f.says(0, fmt.Sprint("Reader ", i), fmt.Sprintf("Word %d.\n\nAnd some more, which takes a line or two where the screen is narrow.", i)))
	}
	b.visit(f.url+f.story.Path(), screens[0])
	b.holds(`performance.getEntriesByType("resource").some(e => e.name.includes("/live?at=")) || document.querySelector("#comments [role=status]")`)

	// The reader is at the head of the story: what comes below the screen comes at once.
	below := f.says(0, "Ben", "Below the screen.").Comment
	b.holds(fmt.Sprintf(`document.querySelector("#comment-%d .said")?.textContent.includes("Below the screen.")`, below.ID))
	b.becomes("#comments-title", "13 comments")
	b.becomes("#comments [role=status]", "1 new comment")

	// The reader is amid the thread.
	run(b, chromedp.Evaluate[bool](fmt.Sprintf(`document.getElementById("comment-%d").scrollIntoView({block: "start", behavior: "instant"}); true`, first[8].Comment.ID)))
	place := fmt.Sprintf(`document.getElementById("comment-%d").getBoundingClientRect().top`, first[8].Comment.ID)
	where := run(b, chromedp.Evaluate[float64](place))
	stays := func(what string) {
		t.Helper()
		if now := run(b, chromedp.Evaluate[float64](place)); math.Abs(now-where) >= 1 {
			t.Errorf("%s moves what is read from %v to %v", what, where, now)
		}
	}
	answer := f.says(first[8].Comment.ID, "Cy", "An answer to what is read.").Comment
	b.becomes(fmt.Sprintf("#comment-%d .do button.new", first[8].Comment.ID), "Show 1 new comment")
	above := f.says(first[1].Comment.ID, "Di", "An answer far above.").Comment
	b.becomes(fmt.Sprintf("#comment-%d .do button.new", first[1].Comment.ID), "Show 1 new comment")
	stays("a new answer")
	checkPage(t, b, f.url)
	checkAxe(t, b, axe)
	b.must(os.WriteFile(filepath.Join(shotFolder(t), "live-button.png"), run(b, chromedp.CaptureScreenshot()), 0o600))
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(fmt.Sprintf("#comment-%d .do button.new", first[8].Comment.ID)))))
	b.holds(fmt.Sprintf(`document.getElementById("comment-%d").nextElementSibling.id === "comment-%d" && document.activeElement.id === "comment-%[2]d"`, first[8].Comment.ID, answer.ID))
	stays("the button")

	// An edit of about the same length is seen at once, a longer one behind a button.
	if _, err := f.talk.Edit(t.Context(), first[9].Comment.ID, first[9].Key, "Ward 9.\n\nAnd some more, which takes a line or two where the screen is narrow."); err != nil {
		t.Fatal(err)
	}
	b.holds(fmt.Sprintf(`document.querySelector("#comment-%d").textContent.match(/Ward 9|Edited – show/)`, first[9].Comment.ID))
	if _, err := f.talk.Edit(t.Context(), first[8].Comment.ID, first[8].Key, "Longer.\n\nBy\n\na\n\ngood\n\ndeal."); err != nil {
		t.Fatal(err)
	}
	b.becomes(fmt.Sprintf("#comment-%d .edited", first[8].Comment.ID), "Edited – show")
	stays("an edit")
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(fmt.Sprintf("#comment-%d .edited", first[8].Comment.ID)))))
	b.holds(fmt.Sprintf(`document.querySelector("#comment-%d .said").textContent.includes("good")`, first[8].Comment.ID))

	where = run(b, chromedp.Evaluate[float64](place)) // the click brought the button into sight

	// What is taken back goes: in sight it leaves its place, elsewhere none.
	f.must(f.talk.Delete(t.Context(), first[9].Comment.ID, first[9].Key))
	b.holds(fmt.Sprintf(`!document.body.textContent.includes("Ward 9") && document.querySelector("#comment-%d")?.matches(".stub")`, first[9].Comment.ID))
	f.must(f.talk.Delete(t.Context(), first[0].Comment.ID, first[0].Key))
	b.holds(fmt.Sprintf(`!document.querySelector("#comment-%d")`, first[0].Comment.ID))
	stays("a removal")
	b.becomes("#comments-title", "13 comments")

	// The other answer still waits, and a correction is told.
	if shown := run(b, chromedp.Evaluate[bool](fmt.Sprintf(`!!document.querySelector("#comment-%d")`, above.ID))); shown {
		t.Error("an answer above the screen came in by itself")
	}
	f.correct()
	b.holds(`/^Corrected at \d\d:\d\d \w+\. Reload to see it$/.test(document.querySelector(".changed-bar p")?.textContent)`)
	stays("a correction")
	checkPage(t, b, f.url)
	checkAxe(t, b, axe)
	b.must(os.WriteFile(filepath.Join(shotFolder(t), "live-corrected.png"), run(b, chromedp.CaptureScreenshot()), 0o600))
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(".changed-bar a"))))
	b.holds(`document.querySelector(".body")?.textContent.includes("80 kilometres")`)
}

// TestFormInPlace previews and answers without leaving the page.
func TestFormInPlace(t *testing.T) {
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	f := newForum(t, standfirst.ModeOpen)
	parent := f.says(0, "Ana", "A question.").Comment
	b.visit(f.url+f.story.Path(), screens[0])
	b.holds(`document.querySelector("form.reply + .as-typed") !== null`)
	types := func(text string) {
		run(b, chromedp.Evaluate[bool](fmt.Sprintf(`(e => { e.value = %q; e.dispatchEvent(new Event("input", {bubbles: true})); return true })(document.getElementById("reply-text"))`, text)))
	}
	types("An *answer*.")
	run(b, chromedp.Evaluate[bool](`document.getElementById("reply-name").value = "Ben"; document.getElementById("reply-email").value = "ben@readers.example"; true`))
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS("form.reply button[value=preview]"))))
	b.becomes(".as-typed em", "answer")
	types("An <img src=x onerror=probe(1)> **answer**.")
	b.becomes(".as-typed strong", "answer")
	if bad := run(b, chromedp.Evaluate[int](`document.querySelectorAll(".as-typed img").length`)); bad != 0 {
		t.Error("the preview has an element that was typed")
	}
	checkPage(t, b, f.url)
	checkAxe(t, b, axe)
	b.visit(f.url+f.story.Path(), screens[0])
	b.holds(`document.getElementById("reply-text").value.includes("**answer**")`)

	// A refusal loses nothing of it.
	run(b, chromedp.Evaluate[bool](`document.getElementById("reply-name").value = "Ben"; document.getElementById("reply-email").value = "ben at readers"; true`))
	run(b, chromedp.Evaluate[bool](`document.querySelector("form.reply").noValidate = true`))
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS("form.reply button.strong"))))
	b.holds(`location.pathname.endsWith("/reply") && document.getElementById("reply-text").value.includes("**answer**")`)
	b.visit(f.url+f.story.Path(), screens[0])
	b.holds(`document.getElementById("reply-text").value.includes("**answer**")`)

	types("An answer.")
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(fmt.Sprintf("#comment-%d .do a", parent.ID)))))
	b.holds(fmt.Sprintf(`document.querySelector("#comment-%d + li.answering form.reply") && document.activeElement.id === "reply-text"`, parent.ID))
	checkPage(t, b, f.url)
	checkAxe(t, b, axe)
	b.must(os.WriteFile(filepath.Join(shotFolder(t), "live-answering.png"), run(b, chromedp.CaptureScreenshot()), 0o600))
	run(b, chromedp.Evaluate[bool](`document.getElementById("reply-name").value = "Ben"; document.getElementById("reply-email").value = "ben@readers.example"; true`))
	run(b, chromedp.Evaluate[bool](`document.querySelector("form.reply [name=opened]").value -= 60; true`)) // a person takes a while
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS("form.reply button.strong"))))
	b.becomes("h1", "Your comment is published")
	b.visit(f.url+f.story.Path(), screens[0])
	b.holds(fmt.Sprintf(`document.querySelector("#comment-%d + .level-2")?.textContent.includes("An answer.") && document.getElementById("reply-text").value === ""`, parent.ID))
}
