package desk

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
)

// press sends the form of the story as the member by the button at the address below it, and
// returns the page to which that leads.
func (r *storyRoom) press(role standfirst.Role, below string, change ...string) string {
	r.t.Helper()
	w := r.ask(role, r.path+below, r.form(change...))
	if w.Code != http.StatusSeeOther {
		r.t.Fatalf("%s as %s answers %d: %s", below, role, w.Code, w.Body)
	}
	return r.see(role, strings.TrimSuffix(w.Header().Get("Location"), "#review"))
}

// see returns the page as the member sees it.
func (r *storyRoom) see(role standfirst.Role, path string) string {
	r.t.Helper()
	w := r.ask(role, path, nil)
	if w.Code != http.StatusOK {
		r.t.Fatalf("%s as %s answers %d: %s", path, role, w.Code, w.Body)
	}
	return w.Body.String()
}

// A reporter hands a story on; an editor notes a passage, asks for changes, and approves
// what comes back. Each is led to it by the home page.
func TestReviewAtTheDesk(t *testing.T) {
	r := newStoryRoom(t)
	r.cookie(standfirst.Editor)
	reporter, editor := standfirst.Reporter, standfirst.Editor
	has(t, r.see(reporter, r.path), "Not in review", "Hand it to an editor", "Mara the editor</option>")
	has(t, r.see(editor, Prefix), "Nothing needs you now.")

	assignee := r.actor(editor).ID.String()
	page := r.press(reporter, "/submit", "assignee", assignee, "review-note", "Due at six.", "standfirst", "Typed before it was handed on.")
	has(t, page, "It is handed to an editor.", "In review with Mara the editor", "Due at six.", "Take it out of review")
	lacks(t, page, "Approve</button>", "Hand it to an editor")
	if got := r.work().Content.Standfirst; got != "Typed before it was handed on." {
		t.Errorf("saved %q", got)
	}
	has(t, r.see(editor, Prefix), "To review", r.path+"#review", "Due at six.")
	has(t, r.see(editor, r.path), "In review: it waits for you", "Approve</button>", "Ask for changes")

	w := r.ask(editor, r.path+"/notes", r.form("note-words", "not in the text", "note-text", "Says who?"))
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a note on other words answers %d", w.Code)
	}
	has(t, w.Body.String(), "The text does not have the words")
	page = r.press(editor, "/notes", "note-words", "up to $6 billion", "note-text", "Says who?")
	has(t, page, "The note is there.", "<q>up to $6 billion</q>", "Says who?", `Review <span class="count">1</span>`)
	has(t, r.see(reporter, Prefix), "Note</b>", "Says who?")
	thread := regexp.MustCompile(`name="thread" value="(\d+)"`).FindStringSubmatch(page)[1]
	has(t, r.press(reporter, "/notes", "thread", thread, "answer-"+thread, "Two people."), "Two people.")
	has(t, r.press(editor, "/notes/resolve", "resolve", thread), "Resolved by Mara the editor")
	has(t, r.press(editor, "/notes/reopen", "reopen", thread), "Two people.", "Resolve</button>")

	w = r.ask(editor, r.path+"/changes", r.form("reason", ""))
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no reason answers %d", w.Code)
	}
	has(t, r.press(editor, "/changes", "reason", "Name them."), "Changes are asked for", "Name them.")
	has(t, r.see(reporter, Prefix), "Changes asked for", "Name them.")
	r.press(reporter, "/submit")
	has(t, r.press(editor, "/approve"), "It is approved.", "Approved by Mara the editor,", "It ends when the text is saved again.")
	has(t, r.page(r.path+"/publish"), "Approved</span>", "Approved by Mara the editor,", "This is draft ")
	// Whoever saves ends it.
	has(t, r.press(reporter, "", "standfirst", "Other words."), "In review with Mara the editor")
	has(t, r.press(reporter, "/return"), "It is a draft again.", "Not in review")
	if w := r.ask(reporter, r.path+"/approve", r.form()); w.Code != http.StatusForbidden {
		t.Errorf("a reporter approves: %d", w.Code)
	}
}

// With one who writes there is nobody to hand a story to.
func TestNoReviewForOne(t *testing.T) {
	r := newStoryRoom(t)
	page := r.see(standfirst.Reporter, r.path)
	lacks(t, page, "Hand it to an editor", "Note something", "Take over")
	has(t, page, "Set an embargo", "Make an address")
}

func TestLockAtTheDesk(t *testing.T) {
	r := newStoryRoom(t)
	r.cookie(standfirst.Editor)
	lacks(t, r.see(standfirst.Reporter, r.path), "has this story open")
	has(t, r.see(standfirst.Editor, r.path), "Mara the reporter has this story open", "Take over</button>")
	var answer lockAnswer
	if code := r.script(standfirst.Editor, r.path+"/lock", url.Values{}, &answer); code != http.StatusOK || answer.Mine || answer.Holder != "Mara the reporter" {
		t.Errorf("%d: %+v", code, answer)
	}
	has(t, r.press(standfirst.Editor, "/lock/take-over", "standfirst", "Typed beside them."), "You have taken the story over.")
	if got := r.work().Content.Standfirst; got != "Typed beside them." {
		t.Errorf("saved %q", got)
	}
	has(t, r.see(standfirst.Reporter, r.path), "Mara the editor has this story open")
	if code := r.script(standfirst.Editor, r.path+"/lock/release", url.Values{}, &answer); code != http.StatusOK || answer.Holder != "" {
		t.Errorf("%d: %+v", code, answer)
	}
	if code := r.script(standfirst.Reporter, r.path+"/lock", url.Values{}, &answer); code != http.StatusOK || !answer.Mine {
		t.Errorf("%d: %+v", code, answer)
	}
}

func TestEmbargoAndPreviewAtTheDesk(t *testing.T) {
	r := newStoryRoom(t)
	reporter, editor := standfirst.Reporter, standfirst.Editor
	w := r.ask(reporter, r.path+"/embargo", r.form("embargo-until", "soon", "embargo-note", "Theirs.", "standfirst", "Not lost."))
	has(t, w.Body.String(), `value="soon"`, `value="Theirs."`)
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no time answers %d", w.Code)
	}
	has(t, w.Body.String(), "Not lost.")
	until := r.clock().Add(time.Hour).UTC()
	page := r.press(reporter, "/embargo", "embargo-until", until.Format(formDate), "embargo-note", "The company's own.")
	has(t, page, "The embargo is set.", until.Format("2 January 2006, 15:04 UTC"), "The company&#39;s own.")
	lacks(t, page, "Lift the embargo")
	w = r.ask(editor, r.path+"/publish", r.publication())
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "under embargo") {
		t.Errorf("publishing under embargo answers %d", w.Code)
	}
	has(t, r.press(editor, "/embargo/lift"), "The embargo is lifted.", "Set an embargo")

	w = r.ask(reporter, r.path+"/previews", r.form("preview-days", "3"))
	link := regexp.MustCompile(`http://127\.0\.0\.1/preview/([A-Z2-7]+)"`).FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || link == nil {
		t.Fatalf("a preview answers %d: %s", w.Code, w.Body)
	}
	list, err := r.news.Previews(t.Context(), r.actor(editor), r.id, 0, 10)
	r.must(err)
	if len(list) != 1 || !list[0].ExpiresAt.Equal(list[0].Made.At.Add(72*time.Hour)) {
		t.Fatalf("previews: %+v", list)
	}
	page = r.see(reporter, r.path)
	has(t, page, "Shared by Mara the reporter, good until")
	lacks(t, page, link[1], newsroom.PreviewDigest(link[1]))
	lacks(t, r.press(reporter, "/previews/revoke", "revoke", list[0].ID.String()), "good until")
	for _, days := range []string{"91", "-1", "x"} {
		if w := r.ask(reporter, r.path+"/previews", r.form("preview-days", days)); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s days answer %d", days, w.Code)
		}
	}
}

// The list of needs goes on where a page of it ended.
func TestNeedsArePaged(t *testing.T) {
	r := newStoryRoom(t)
	r.cookie(standfirst.Editor)
	for range needsLength + 3 {
		s, err := r.news.Create(t.Context(), r.actor(standfirst.Reporter), newsroom.Draft{Content: standfirst.Content{Headline: "Pier talks", Body: "They go on."}})
		r.must(err)
		_, err = r.news.Submit(t.Context(), r.actor(standfirst.Reporter), s.ID, newsroom.SubmitOptions{})
		r.must(err)
	}
	for _, address := range []string{Prefix, needsYou} {
		first := r.see(standfirst.Editor, address)
		more := regexp.MustCompile(`href="(/desk[^"]*[?;]after=[^"]+)"`).FindStringSubmatch(first)
		if more == nil {
			t.Fatal("no more is told of")
		}
		rest := r.see(standfirst.Editor, html.UnescapeString(more[1]))
		if a, b := strings.Count(first, "<b>To review</b>"), strings.Count(rest, "<b>To review</b>"); a != needsLength || b != 3 {
			t.Errorf("%d and %d needs", a, b)
		}
		lacks(t, rest, "More that needs you")
	}
	has(t, r.see(standfirst.Reporter, needsYou), "Nothing needs you now.", `href="/desk/stories?needs=you" aria-current="page"`)
	if w := r.ask(standfirst.Moderator, needsYou, nil); w.Code != http.StatusForbidden {
		t.Errorf("a moderator gets %d", w.Code)
	}
	for _, wrong := range []string{"?after=x", "?after=1-2", "?after=1-2-other"} {
		if w := r.ask(standfirst.Editor, Prefix+wrong, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", wrong, w.Code)
		}
	}
}

// What needs an editor says where they have to stand for a source, and to editors alone.
func TestNeedsNameSources(t *testing.T) {
	r := newStoryRoom(t)
	r.sent(r.path+"/figures/accept", r.form("figure", "100 about $96 billion"))
	_, err := r.news.Submit(t.Context(), r.actor(standfirst.Reporter), r.id, newsroom.SubmitOptions{})
	r.must(err)
	has(t, r.see(standfirst.Editor, needsYou), "One figure of an anonymous source needs an editor")
	_, err = r.news.ApproveSources(t.Context(), r.actor(standfirst.Editor), r.id)
	r.must(err)
	page := r.see(standfirst.Editor, needsYou)
	has(t, page, "To review")
	lacks(t, page, "anonymous source")
}

// TestSpike sets a draft aside and takes it up again.
func TestSpike(t *testing.T) {
	r := newStoryRoom(t)
	has(t, r.see(standfirst.Reporter, storiesPath), "Northwind in talks")
	r.sent(r.path+"/submit", r.form())
	w := r.ask(standfirst.Reporter, r.path+"/spike", r.form("headline", "Northwind is in no talks"))
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	page := r.see(standfirst.Reporter, r.path)
	has(t, page, "This draft is spiked", `formaction="`+r.path+`/return"`, "Northwind is in no talks", "state-spiked")
	lacks(t, page, r.path+`/spike"`, r.path+`/submit"`)
	lacks(t, r.see(standfirst.Editor, r.path), `value="publish"`)
	lacks(t, r.see(standfirst.Reporter, storiesPath), "Northwind is in no talks")
	has(t, r.see(standfirst.Reporter, storiesPath+"?state=spiked"), "Northwind is in no talks")
	if _, err := r.news.Publish(t.Context(), standfirst.Command(), r.id, newsroom.PublishOptions{}); standfirst.KindOf(err) != standfirst.Conflict {
		t.Errorf("publishing it: %v", err)
	}
	if w := r.ask(standfirst.Reporter, r.path+"/return", r.form("version", strconv.Itoa(r.work().Version))); w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	has(t, r.see(standfirst.Reporter, storiesPath), "Northwind is in no talks")
	_, err := r.news.Publish(t.Context(), standfirst.Command(), r.id, newsroom.PublishOptions{})
	r.must(err)
	if w := r.ask(standfirst.Editor, r.path+"/spike", r.form("version", strconv.Itoa(r.work().Version))); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("spiking what readers see answers %d", w.Code)
	}
}
