package browsertest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/markup"
)

// TestTalkWithoutScript reads a thread, answers, looks at the preview, is held as somebody
// new, is told so, and finds the comment on the page once it is approved. No script of the
// site is loaded.
func TestTalkWithoutScript(t *testing.T) {
	b := newBrowser(t)
	f := newForum(t, standfirst.ModeFirst)
	parent := f.says(0, "Ana", "Who insures it?").Comment
	f.approve(parent.ID)
	call(b, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: f.url + "/assets/*.js", Block: true}}})
	click := func(selector string) {
		t.Helper()
		b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(selector))))
	}
	b.must(chromedp.Do(b.ctx, chromedp.EmulateViewport(390, 900), chromedp.Navigate(f.url+f.story.Path())))
	b.becomes("#comments-title", "1 comment")
	if live := run(b, chromedp.Evaluate[bool](`!!document.querySelector("#comments [role=status], .as-typed, button.new")`)); live {
		t.Fatal("a script ran")
	}
	click(fmt.Sprintf("#comment-%d .do a", parent.ID))
	b.becomes(".quoted h2", "You answer Ana")
	for id, value := range map[string]string{"text": "The *usual* house.", "name": "Ben", "email": "ben@readers.example"} {
		b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#reply-"+id), value)))
	}
	click("form.reply button[value=preview]")
	b.becomes(".preview em", "usual")
	click("form.reply button.strong")
	b.becomes("h1", "Your comment is being checked")
	b.must(chromedp.Do(b.ctx, chromedp.Navigate(f.url+f.story.Path())))
	b.becomes("#comments-title", "1 comment")
	f.approve(parent.ID + 1)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate(f.url+f.story.Path())))
	b.becomes("#comments-title", "2 comments")
	b.becomes(fmt.Sprintf("#comment-%d + .level-2 .said em", parent.ID), "usual")
}

// approve approves the comments.
func (f *forum) approve(ids ...standfirst.CommentID) {
	f.t.Helper()
	for len(ids) > 0 {
		n := min(len(ids), discuss.MaxBatch)
		_, err := f.talk.Decide(f.t.Context(), standfirst.Command(), ids[:n], discuss.Decision{State: standfirst.CommentApproved})
		f.must(err)
		ids = ids[n:]
	}
}

// hostile are texts that were written to get past pages.
func hostile(t *testing.T) []string {
	t.Helper()
	own, err := os.ReadFile(filepath.Join(root, "internal/markup/testdata/hostile/strings.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list, naughty []string
	if err := json.Unmarshal(own, &list); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(readTool(t, "big-list-of-naughty-strings/blns.json")), &naughty); err != nil {
		t.Fatal(err)
	}
	return append(list, naughty...)
}

// TestHostileComments posts what was written to get past pages as names, words, links and
// mail addresses, and looks at it in a browser: as it comes to an open page, and on every
// page of the talk.
func TestHostileComments(t *testing.T) {
	b := newBrowser(t)
	f := newForum(t, standfirst.ModeAll)
	posted := make(map[standfirst.CommentID]standfirst.Comment)
	var ids []standfirst.CommentID
	for i, s := range hostile(t) {
		p := discuss.Posting{
			Story: f.story.ID, Name: s, Email: fmt.Sprintf("reader%d@readers.example", i), Text: s + "\n\n[see](" + s + ") <" + s + ">\n\n![see](" + s + ")",
			Address: fmt.Sprintf("10.%d.%d.1", i/250, i%250),
		}
		if markup.CleanName(s) == "" || len(markup.CleanName(s)) > standfirst.MaxCommentName {
			p.Name = "Ana"
		}
		if standfirst.ValidateEmail(standfirst.CleanEmail(s)) == nil {
			p.Email = s
		}
		done, err := f.talk.Post(t.Context(), p)
		f.must(err)
		if !done.Dropped && !done.Again {
			ids = append(ids, done.Comment.ID)
			posted[done.Comment.ID] = done.Comment
		}
	}
	if len(ids) < 500 {
		t.Fatalf("only %d were taken", len(ids))
	}

	b.visit(f.url+f.story.Path(), screens[0])
	f.approve(ids[:40]...)
	b.becomes("#comments-title", "40 comments")
	run(b, chromedp.Evaluate[bool](`document.querySelector("button.new")?.click(); true`))
	checkHostile(t, b, f.url, posted, 40)

	f.approve(ids[40:]...)
	folder := t.TempDir()
	path, seen := f.story.Path(), 0
	for n := 0; path != ""; n++ {
		b.visit(f.url+path, screens[n%len(screens)])
		seen += checkHostile(t, b, f.url, posted, 1)
		response, err := http.Get(f.url + path)
		f.must(err)
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		f.must(err)
		f.must(os.WriteFile(filepath.Join(folder, fmt.Sprintf("talk-%02d.html", n)), body, 0o600))
		path = run(b, chromedp.Evaluate[string](`document.querySelector(".turn a[rel=next]")?.getAttribute("href") ?? ""`))
	}
	if seen != len(ids) {
		t.Errorf("%d of %d comments are shown", seen, len(ids))
	}
	t.Logf("%d hostile comments", seen)
	validate(t, folder)
}

// shownScript tells what the page shows of each comment, and what in it is not allowed.
const shownScript = `JSON.stringify([...document.querySelectorAll(".thread:not(.above) > .comment")].map(e => ({
  ID: +e.id.slice(8), Name: e.querySelector(".who b").textContent, Text: e.querySelector(".said").textContent,
  Bad: [...e.querySelectorAll(".said *")].filter(x => !/^(P|BR|EM|STRONG|A|BLOCKQUOTE|PRE|CODE)$/.test(x.tagName)
    || [...x.attributes].some(a => !/^(A href|A rel|PRE tabindex)$/.test(x.tagName + " " + a.name))
    || x.tagName === "A" && !/^(https?|mailto):$/.test(x.protocol)).map(x => x.outerHTML).join(" "),
})))`

// checkHostile holds that nothing of the comments on the page does anything, and that they
// say what was typed. It returns how many there are, at least the given number.
func checkHostile(t *testing.T, b *browser, address string, posted map[standfirst.CommentID]standfirst.Comment, least int) int {
	t.Helper()
	var shown []struct {
		ID              standfirst.CommentID
		Name, Text, Bad string
	}
	b.must(json.Unmarshal([]byte(run(b, chromedp.Evaluate[string](shownScript))), &shown))
	if len(shown) < least {
		t.Errorf("%d comments are shown, want %d", len(shown), least)
	}
	for _, c := range shown {
		want := posted[c.ID]
		rendered, err := markup.RenderComment(want.Text)
		b.must(err)
		if c.Name != want.Name || squash(c.Text) != squash(rendered.Plain) {
			t.Errorf("comment %d by %q shows %q by %q, want %q", c.ID, want.Name, squash(c.Text), c.Name, squash(rendered.Plain))
		}
		if c.Bad != "" {
			t.Errorf("comment %d holds %s", c.ID, c.Bad)
		}
	}
	requests, problems := b.heard()
	for _, r := range requests {
		if !strings.HasPrefix(r, address+"/") {
			t.Errorf("the page asks another host: %s", r)
		}
	}
	for _, problem := range problems {
		t.Errorf("the browser complains: %s", problem)
	}
	return len(shown)
}

// squash makes one blank of any number of them.
func squash(text string) string { return strings.Join(strings.Fields(text), " ") }
