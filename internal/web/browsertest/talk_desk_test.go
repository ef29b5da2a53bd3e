package browsertest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// publish publishes a story and returns it.
func (o *office) publish(headline string) (story standfirst.Story) {
	o.t.Helper()
	room := newsroom.New(o.store, newsroom.Options{})
	draft, err := room.Create(o.t.Context(), standfirst.Command(), newsroom.Draft{Kind: standfirst.KindStory, Content: standfirst.Content{
		Headline: headline, Body: "The line would run for 90 kilometres.", Section: "Deals",
	}})
	o.must(err)
	_, err = room.Publish(o.t.Context(), standfirst.Command(), draft.ID, newsroom.PublishOptions{})
	o.must(err)
	o.must(o.store.View(o.t.Context(), func(tx *store.ReadTx) (err error) { story, err = tx.Story(draft.ID); return err }))
	return story
}

// comment lets a guest comment, each from a network of its own.
func (o *office) comment(story standfirst.StoryID, n int, name, text string, parent standfirst.CommentID) standfirst.Comment {
	o.t.Helper()
	posted, err := o.talk.Post(o.t.Context(), discuss.Posting{
		Story: story, Parent: parent, Name: name, Email: strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@readers.example", Text: text,
		Address: fmt.Sprintf("10.8.%d.7", n), Agent: "Mozilla/5.0 (X11; Linux x86_64)", Opened: time.Now().Add(-time.Minute),
	})
	o.must(err)
	return posted.Comment
}

// talkers fills the newsroom with a talk of every kind, and returns the pages to look at.
func (o *office) talkers() map[string]string {
	o.t.Helper()
	ctx, command := o.t.Context(), standfirst.Command()
	o.must(o.accounts.SetRole(ctx, command, jane, standfirst.Administrator)) // who sees every form
	o.must(o.talk.SetSettings(ctx, command, standfirst.PublicationScope, standfirst.Discussion{Exact: []string{"gusher"}, HouseRules: "Say what you hold, and stay with the matter."}, ""))
	story := o.publish("Skerry Cable in talks to lay a third line between the islands and the mainland").ID
	decide := func(state standfirst.CommentState, reason standfirst.Reason, note string, ids ...standfirst.CommentID) {
		_, err := o.talk.Decide(ctx, command, ids, discuss.Decision{State: state, Reason: reason, Note: note})
		o.must(err)
	}
	first := o.comment(story, 1, "Ana Lindqvist", "Is the **third** line insured?\n\n> The line would run for 90 kilometres.\n\nThe second one was not, and the repair took a winter.", 0)
	decide(standfirst.CommentApproved, "", "", first.ID)
	decide(standfirst.CommentRejected, standfirst.ReasonAbuse, "Say it without the insult.", o.comment(story, 2, "Ana Lindqvist", "Only a fool lays a cable there.", first.ID).ID)
	o.comment(story, 3, "Bea", "By whom? The insurer of the first line has left the market since.", first.ID)
	o.comment(story, 4, "Carl Oduya", "This field is a gusher, see https://wells.example/"+strings.Repeat("averylongaddress", 12), 0)
	o.comment(story, 5, "Dax", "Load up on Skerry shares now before it goes to the moon.", 0)
	o.must(o.talk.Report(ctx, discuss.Complaint{Comment: first.ID, Reason: standfirst.ReasonFalse, Text: "The repair took three weeks, not a winter.", Address: "10.9.9.9"}))
	o.must(o.talk.Report(ctx, discuss.Complaint{Comment: first.ID, Reason: standfirst.ReasonUnlawful, Legal: true, Text: "It says that we left a cable without cover. That is untrue and harms our business.", Name: "Ines Falk", Email: "ines@skerry.example", Address: "10.9.9.8"}))
	up := o.comment(story, 6, "Eva", "My brother works there and says that it is signed already.", 0)
	o.must(o.talk.Escalate(ctx, command, up.ID, true))
	_, err := o.talk.Ban(ctx, command, standfirst.Ban{Kind: standfirst.BanNetwork, Value: "192.0.2.0/24", Reason: "Forty copies of one advertisement.", ExpiresAt: time.Now().Add(30 * 24 * time.Hour)})
	o.must(err)
	comment := "/desk/talk/comment/" + first.ID.String()
	return map[string]string{
		"queue": "/desk/talk", "queue-all": "/desk/talk?all=1&done=taken", "escalated": "/desk/talk/escalated", "legal": "/desk/talk/legal", "decisions": "/desk/talk/decisions",
		"bans": "/desk/talk/bans", "settings": "/desk/talk/settings", "section": "/desk/talk/settings/section/1", "story": "/desk/talk/story/" + story.String(),
		"comment": comment, "ban": comment + "/ban", "erase": comment + "/erase",
	}
}

// TestTalkDesk looks at the moderators' pages on a phone and on a desk, in light and dark.
func TestTalkDesk(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	o := newOffice(t)
	shots := shotFolder(t)
	o.signIn(b, screens[2])
	look := func(name, path string) {
		for _, s := range looks {
			t.Run(name+"-"+s.name, func(t *testing.T) {
				b.t = t
				b.visit(o.url+path, s)
				checkPage(t, b, o.url)
				// Only the queue has a script, which adds keys and counts.
				want := 0
				if path == "/desk/talk" || strings.HasPrefix(path, "/desk/talk?") || path == "/desk/talk/escalated" {
					want = 1
				}
				if n := run(b, chromedp.Evaluate[int]("document.scripts.length")); n != want {
					t.Errorf("%d scripts, want %d", n, want)
				}
				run(b, chromedp.Evaluate[bool](`document.querySelectorAll("details").forEach(d => d.open = true); true`))
				checkPage(t, b, o.url)
				checkAxe(t, b, axe)
				run(b, chromedp.Evaluate[bool](`document.querySelectorAll("details").forEach(d => d.open = false); true`))
				if run(b, chromedp.Evaluate[bool](`document.getElementById("show-keys")?.click(), !!document.querySelector("dialog[open]")`)) {
					checkPage(t, b, o.url)
					checkAxe(t, b, axe)
					b.shoot(filepath.Join(shots, "talk-"+name+"-keys-"+s.name+".png"))
					run(b, chromedp.Evaluate[bool](`document.querySelector("dialog").close(), true`))
				}
				b.shoot(filepath.Join(shots, "talk-"+name+"-"+s.name+".png"))
			})
		}
	}
	look("empty", "/desk/talk")
	for name, path := range o.talkers() {
		look(name, path)
	}
}

// TestQueueByKeyboard clears a queue of fifty with Tab, Space and Enter alone, and some of it
// with the single keys that there are with script.
func TestQueueByKeyboard(t *testing.T) {
	b := newBrowser(t)
	o := newOffice(t)
	story := o.publish("Skerry Cable in talks to lay a third line").ID
	for i := range 50 {
		o.comment(story, i, fmt.Sprintf("Guest %d", i), fmt.Sprintf("Remark %d on the cable, and on who pays for it.", i), 0)
	}
	o.signIn(b, screens[0])
	b.visit(o.url+"/desk/talk", screens[0])
	press := func(key string) { b.must(chromedp.Do(b.ctx, chromedp.KeyEvent(key))) }
	// reach presses Tab until what has the focus fits the selector.
	reach := func(selector string) {
		t.Helper()
		for range 200 {
			press(kb.Tab)
			if run(b, chromedp.Evaluate[bool](fmt.Sprintf(`document.activeElement.matches(%q)`, selector))) {
				run(b, chromedp.Poll[bool](`(r => r.top >= 0 && r.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())`,
					chromedp.WithPollingTimeout(5*time.Second))) // it is seen, once the page has moved
				return
			}
		}
		t.Fatalf("Tab never reaches %s", selector)
	}
	// One approved, one spam, one rejected with a reason, each alone.
	reach(`button[value="approve"]`)
	press(kb.Enter)
	b.becomes("#done p", "1 comment approved.")
	reach(`#done button`) // undoing stands next
	reach(`.act button[value="spam"]`)
	press(kb.Enter)
	b.becomes("#done p", "1 comment marked as spam.")
	reach(`.act summary`)
	press(" ")
	reach(`.act select`)
	press("o") // Off topic
	reach(`.act input[name="note"]`)
	b.must(chromedp.Do(b.ctx, chromedp.KeyEvent("Ask the press office.")))
	press(kb.Enter) // in the note: rejects, and nothing else
	b.becomes("#done p", "1 comment rejected.")
	// Two chosen with the space bar, and undone.
	for range 2 {
		reach(`.waiting input[type="checkbox"]`)
		press(" ")
	}
	reach(`#bulk button[value="approve"]`)
	press(kb.Enter)
	b.becomes("#done p", "2 comments approved.")
	reach(`#done button`)
	press(kb.Enter)
	b.becomes("#done p", "Undone: 2 comments are as they were before.")
	// By single keys, which work while a comment has the focus; the next one has it then.
	inQueue := func(n int) {
		t.Helper()
		b.holds(fmt.Sprintf(`document.activeElement === document.querySelectorAll(".waiting h2 a")[%d]`, n))
	}
	keys := func(pressed ...string) {
		t.Helper()
		for _, key := range pressed {
			press(key)
		}
	}
	press("a") // the queue has no focus: nothing happens
	reach(`.waiting h2 a`)
	keys("?")
	b.holds(`document.querySelector("#keys").open`)
	keys("a", kb.Escape) // no key works under the list of them
	b.holds(`!document.querySelector("#keys").open`)
	inQueue(0)
	keys("A")
	b.becomes("#queue-status", "No comment is chosen.")
	keys("j", "j", "k", "a")
	b.becomes("#done p", "1 comment approved.")
	inQueue(1)
	b.becomes("#queue-status", "1 comment approved.")
	keys("s")
	b.becomes("#done p", "1 comment marked as spam.")
	inQueue(1)
	keys("r")
	b.holds(`document.activeElement.name === "reason"`)
	keys("o", kb.Tab, "as if", kb.Enter) // in a field, keys are letters
	b.becomes("#done p", "1 comment rejected.")
	inQueue(1)
	keys("u")
	b.becomes("#done p", "Undone: 1 comment is as it was before.")
	inQueue(1)
	keys("x", "k", "x", "A")
	b.becomes("#done p", "2 comments approved.")
	inQueue(0)
	keys("e")
	b.becomes("#done p", "An editor is asked to look at it.")
	// The rest, page by page.
	for left := 42; left > 0; left -= 20 {
		reach(`.talk-tools a[href*="all=1"]`)
		press(kb.Enter)
		b.becomes(".talk-tools a", "Choose none")
		reach(`#bulk button[value="approve"]`)
		press(kb.Enter)
		b.becomes("#done p", fmt.Sprintf("%d comments approved.", min(left, 20)))
	}
	b.becomes("main h2", "Nothing waits.")
	// A page that is looked at again says what waits by now.
	o.comment(story, 60, "Guest 60", "One more remark on who pays for the cable.", 0)
	run(b, chromedp.Evaluate[bool](`document.dispatchEvent(new Event("visibilitychange"))`))
	b.becomes(".talk-menu [data-count=queue]", "1")
	b.holds(`document.title.startsWith("(1) ") && !document.getElementById("more-wait").hidden`)
}

// TestTalkDeskIsValid runs html-validate over the moderators' pages.
func TestTalkDeskIsValid(t *testing.T) {
	o := newOffice(t)
	jar, err := cookiejar.New(nil)
	o.must(err)
	client := &http.Client{Jar: jar}
	folder := t.TempDir()
	save := func(name string, response *http.Response, err error) {
		t.Helper()
		o.must(err)
		body, err := io.ReadAll(response.Body)
		o.must(err)
		o.must(response.Body.Close())
		o.must(os.WriteFile(filepath.Join(folder, name+".html"), body, 0o600))
	}
	response, err := client.PostForm(o.link(), url.Values{"password": {password}})
	save("home", response, err)
	for name, path := range o.talkers() {
		response, err := client.Get(o.url + path)
		save(name, response, err)
	}
	response, err = client.PostForm(o.url+"/desk/talk/decide", url.Values{"comment-1": {"1"}, "comment-3": {"1"}, "do": {"approve"}, "next": {"/desk/talk"}})
	save("decided", response, err)
	response, err = client.PostForm(o.url+"/desk/talk/decide", url.Values{"do": {"approve"}})
	save("refused", response, err)
	response, err = client.Get(o.url + "/desk/talk/decisions")
	save("log", response, err)
	validate(t, folder)
}
