package site

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/web"
)

// send posts a form as a browser does.
func (h *house) send(path string, fields map[string]string) *httptest.ResponseRecorder {
	h.t.Helper()
	form := make(url.Values)
	for name, value := range fields {
		form.Set(name, value)
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	return w
}

// says posts a comment by a guest.
func (h *house) says(story standfirst.Story, parent standfirst.CommentID, name, text string) discuss.Posted {
	h.t.Helper()
	h.now = h.now.Add(time.Minute)
	email := "ana@readers.example"
	if number, ok := strings.CutPrefix(name, "Reader "); ok { // one of many: nobody writes so much
		email = "reader" + number + "@readers.example"
	}
	posted, err := h.talk.Post(h.t.Context(), discuss.Posting{
		Story: story.ID, Parent: parent, Name: name, Email: email, Text: text, Address: fmt.Sprint("10.0.0.", h.now.Minute()),
	})
	h.must(err)
	return posted
}

// open lets comments appear by themselves.
func (h *house) open() {
	h.t.Helper()
	h.must(h.talk.SetSettings(h.t.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen}, ""))
}

// talkedAbout lets readers talk about the story, and returns the addresses of that.
func (h *house) talkedAbout(story standfirst.Story) []string {
	h.t.Helper()
	h.open()
	first := h.says(story, 0, "Ana", "A first question.")
	for i := range talkLength {
		h.says(story, first.Comment.ID, fmt.Sprint("Reader ", i), fmt.Sprint("Answer ", i))
	}
	last := h.says(story, 0, "Ben", "The last word.")
	h.must(h.talk.Delete(h.t.Context(), last.Comment.ID, last.Key))
	removed := h.says(story, 0, "Cy", "Not nice.")
	_, err := h.talk.Decide(h.t.Context(), standfirst.Command(), []standfirst.CommentID{removed.Comment.ID}, discuss.Decision{State: standfirst.CommentRejected, Reason: standfirst.ReasonAbuse, Note: "Be kind."})
	h.must(err)
	voice, err := h.talk.Pick(h.t.Context(), standfirst.Command(), discuss.Pick{
		Comment: first.Comment.ID, Voice: standfirst.Voice{Text: "A first question.", Speaker: standfirst.Speaker{Name: "Ana"}},
	})
	h.must(err)
	key, err := h.talk.VoiceKey(h.t.Context(), voice.ID)
	h.must(err)
	refused := h.send(story.Path()+"/reply", map[string]string{"text": "x"})
	if refused.Code != http.StatusUnprocessableEntity {
		h.t.Errorf("an answer without a name is answered with %d", refused.Code)
	}
	return []string{
		story.Path(), story.Path() + "/comments", fmt.Sprintf("%s/comments?order=oldest&after=%s", story.Path(), formatCommentPosition(first.Comment.Position())),
		fmt.Sprintf("%s/reply?to=%d", story.Path(), first.Comment.ID), ownPath(first.Comment.ID, first.Key), ownPath(removed.Comment.ID, removed.Key),
		first.Comment.Path() + "/report", discuss.VoicePath(voice.ID, key),
	}
}

func TestReplyWithoutScript(t *testing.T) {
	h := newHouse(t)
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	page := get(h.site, story.Path())
	wantContains(t, page.Body.String(), "No comments yet. Be the first.", "First comments are checked before they appear.", `name="opened" value="`, "Kept for 90 days")

	typed := map[string]string{"text": "Who <b>insures</b> it?", "name": "Ana", "email": "ana at readers"}
	refused := h.send(story.Path()+"/reply", typed)
	if refused.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a form with a wrong address is answered with %d", refused.Code)
	}
	wantContains(t, refused.Body.String(), "is not an e-mail address", "Who &lt;b&gt;insures&lt;/b&gt; it?</textarea>", `value="Ana"`, `value="ana at readers"`)

	typed["email"], typed["do"] = "ana@readers.example", "preview"
	preview := h.send(story.Path()+"/reply", typed)
	wantContains(t, preview.Body.String(), "As it would stand", "Who &lt;b&gt;insures&lt;/b&gt; it?</p>")

	delete(typed, "do")
	posted := h.send(story.Path()+"/reply", typed)
	own := posted.Header().Get("Location")
	if posted.Code != http.StatusSeeOther || !strings.HasPrefix(own, "/comment/1/") {
		t.Fatalf("a comment is answered with %d to %q", posted.Code, own)
	}
	wantContains(t, get(h.site, own).Body.String(), "Your comment is being checked", "First comments are checked before they appear.", "Who &lt;b&gt;insures&lt;/b&gt; it?")
	if again := h.send(story.Path()+"/reply", typed).Header().Get("Location"); again != own {
		t.Errorf("a retry leads to %q, the first try to %q", again, own)
	}
	wantContains(t, get(h.site, story.Path()).Body.String(), "No comments yet.")

	_, err := h.talk.Decide(t.Context(), standfirst.Command(), []standfirst.CommentID{1}, discuss.Decision{State: standfirst.CommentApproved})
	h.must(err)
	wantContains(t, get(h.site, story.Path()).Body.String(), "1 comment</h2>", `id="comment-1"`, "Who &lt;b&gt;insures&lt;/b&gt; it?", "/reply?to=1")
	if to := get(h.site, "/comment/1").Header().Get("Location"); to != story.Path()+"#comment-1" {
		t.Errorf("the comment's address leads to %q", to)
	}
	wantContains(t, get(h.site, story.Path()+"/reply?to=1").Body.String(), "You answer", `name="to" value="1"`)
}

func TestTheFormSaysThatAkismetIsAsked(t *testing.T) {
	h := newHouse(t)
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	if page := get(h.site, story.Path()).Body.String(); strings.Contains(page, "Akismet") {
		t.Error("the form names a service that is not asked")
	}
	h.must(h.talk.SetAkismet(t.Context(), standfirst.Command(), standfirst.Akismet{Key: "berth7key"}))
	wantContains(t, get(h.site, story.Path()).Body.String(), "a service outside (Akismet) is asked about the comment")
	wantContains(t, get(h.site, story.Path()+"/reply").Body.String(), "a service outside (Akismet) is asked about the comment")
}

// A page that is kept takes no more comments once the story is too old for them.
func TestAKeptPageCloses(t *testing.T) {
	h := newHouse(t)
	h.must(h.talk.SetSettings(t.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen, ClosesAfter: 2}, ""))
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	h.now = story.FirstPublished.AddDate(0, 0, 2).Add(-time.Second)
	if page := get(h.site, story.Path()).Body.String(); !strings.Contains(page, "/reply") {
		t.Error("no form a second before the talk closes")
	}
	h.now = h.now.Add(time.Second)
	page := get(h.site, story.Path()).Body.String()
	wantContains(t, page, "This story takes no more comments.")
	if strings.Contains(page, "/reply") {
		t.Error("a form when the talk is closed")
	}
}

func TestOwnComment(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	posted := h.says(story, 0, "Ana", "A typo heer.")
	own := ownPath(posted.Comment.ID, posted.Key)
	wantContains(t, get(h.site, own).Body.String(), "Your comment is published", "You can change it until")
	if w := h.send(own+"/edit", map[string]string{"text": "A typo here."}); w.Code != http.StatusSeeOther {
		t.Errorf("an edit is answered with %d", w.Code)
	}
	wantContains(t, get(h.site, story.Path()).Body.String(), "A typo here.", "edited")
	if w := h.send(own+"/edit", map[string]string{"text": ""}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an empty edit is answered with %d", w.Code)
	}
	h.now = h.now.Add(16 * time.Minute)
	late := h.send(own+"/edit", map[string]string{"text": "Much later."})
	wantContains(t, late.Body.String(), "It is too late to change this comment.")
	if w := get(h.site, own[:len(own)-1]); w.Code != http.StatusNotFound {
		t.Errorf("a wrong key is answered with %d", w.Code)
	}
	if w := h.send(own+"/delete", nil); w.Code != http.StatusSeeOther {
		t.Errorf("a deletion is answered with %d", w.Code)
	}
	wantContains(t, get(h.site, own).Body.String(), "You took this comment back")
	wantContains(t, get(h.site, story.Path()).Body.String(), "No comments yet.")
}

func TestOwnCommentUnderAStoryThatWasTakenDown(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	posted := h.says(story, 0, "Ana", "I live next door.")
	_, err := h.news.Unpublish(t.Context(), standfirst.Command(), story.ID)
	h.must(err)
	own := ownPath(posted.Comment.ID, posted.Key)
	page := get(h.site, own)
	if page.Code != http.StatusOK || strings.Contains(page.Body.String(), `href="`+story.Path()) || strings.Contains(page.Body.String(), `href="`+posted.Comment.Path()+`"`) {
		t.Errorf("the page of the writer is answered with %d: %s", page.Code, page.Body)
	}
	wantContains(t, page.Body.String(), "Skerry Cable lays a third line", "I live next door.", own+"/delete")
	h.send(own+"/delete", nil)
	wantContains(t, get(h.site, own).Body.String(), "You took this comment back")
}

func TestWhoARemovedCommentAnsweredIsNotNamed(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	removed := h.says(story, 0, "Mallory", "Not nice.").Comment
	above := h.says(story, removed.ID, "Ben", "Why not?").Comment
	var last standfirst.CommentID
	for i := range talkLength {
		last = h.says(story, above.ID, fmt.Sprint("Reader ", i), fmt.Sprint("Answer ", i)).Comment.ID
	}
	_, err := h.talk.Decide(t.Context(), standfirst.Command(), []standfirst.CommentID{removed.ID}, discuss.Decision{State: standfirst.CommentRejected, Reason: standfirst.ReasonAbuse})
	h.must(err)
	page := get(h.site, story.Path()+"/comments?from="+last.String()).Body.String()
	wantContains(t, page, "Why not?", "Answer 49")
	if strings.Contains(page, "Mallory") {
		t.Error("the page names the writer of a removed comment")
	}
}

func TestReportAndObjection(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	posted := h.says(story, 0, "Ana", "They all cheat.")
	report := posted.Comment.Path() + "/report"
	wantContains(t, get(h.site, report).Body.String(), "What is wrong with it?", "They all cheat.")
	led := h.send(report, map[string]string{"reason": "unlawful", "text": "Libel, I say.", "name": "Counsel", "email": "law@skerry.example"})
	if led.Code != http.StatusUnprocessableEntity {
		t.Errorf("what is against the law is an ordinary report: %d", led.Code)
	}
	wantContains(t, led.Body.String(), "is a legal complaint: say which words", `name="legal" type="checkbox" value="1" checked`, `value="unlawful" required checked`,
		"Libel, I say.</textarea>", `value="Counsel"`, `value="law@skerry.example"`)
	w := h.send(report, map[string]string{"reason": "unlawful", "legal": "1", "text": "Libel.", "name": "", "email": "law@skerry.example"})
	wantContains(t, w.Body.String(), "A legal complaint needs your name.", "Libel.</textarea>", "law@skerry.example")
	if w := h.send(report, map[string]string{"reason": "unlawful", "legal": "1", "text": "Libel.", "name": "Counsel", "email": "law@skerry.example"}); w.Code != http.StatusSeeOther {
		t.Errorf("a complaint is answered with %d", w.Code)
	}
	_, err := h.talk.Decide(t.Context(), standfirst.Command(), []standfirst.CommentID{posted.Comment.ID}, discuss.Decision{State: standfirst.CommentRejected, Reason: standfirst.ReasonFalse, Note: "Which of them, and how?"})
	h.must(err)
	own := ownPath(posted.Comment.ID, posted.Key)
	wantContains(t, get(h.site, own).Body.String(), "Your comment is not published", "a false statement of fact", "Which of them, and how?", "You do not agree?")
	if w := h.send(own+"/object", map[string]string{"text": "I named them in my next comment."}); w.Code != http.StatusSeeOther {
		t.Errorf("an objection is answered with %d", w.Code)
	}
	wantContains(t, get(h.site, own).Body.String(), "You objected.")
}

func TestFormsOfOtherSites(t *testing.T) {
	h := newHouse(t)
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	r := httptest.NewRequest(http.MethodPost, story.Path()+"/reply", strings.NewReader("text=x"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden {
		t.Errorf("a form of another site is answered with %d", w.Code)
	}
	if w := h.send(story.Path(), nil); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("a form to a page is answered with %d", w.Code)
	}
}

func TestKeysOfRefusedFormsAreNotLogged(t *testing.T) {
	h := newHouse(t)
	var log strings.Builder
	h.site.handler = web.Wrap(h.site.serve, web.Options{Logger: slog.New(slog.NewTextHandler(&log, nil)), Fallback: h.site.kinds.unknown.measured})
	for _, path := range []string{"/comment/1/hush/delete", "/voice/1/hush", "/sign-in/hush", "/unsubscribe/1/hush"} {
		for method, want := range map[string]int{http.MethodPost: http.StatusForbidden, http.MethodPut: http.StatusMethodNotAllowed} {
			r := httptest.NewRequest(method, path, nil)
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			w := httptest.NewRecorder()
			h.site.ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("%s %s is answered with %d", method, path, w.Code)
			}
		}
	}
	if got := log.String(); strings.Contains(got, "hush") || !strings.Contains(got, "/sign-in/…") {
		t.Errorf("the log has\n%s", got)
	}
}

func TestPagesOfTheTalk(t *testing.T) {
	h := newHouse(t)
	h.open()
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	other := h.publish(standfirst.Content{Headline: "Merrow Port counts its cranes", Body: "There are nine."})
	var ids []standfirst.CommentID
	for i := range talkLength + 5 {
		ids = append(ids, h.says(story, 0, fmt.Sprint("Reader ", i), fmt.Sprintf("Word %d.", i)).Comment.ID)
	}
	elsewhere := h.says(other, 0, "Ana", "Elsewhere.").Comment
	page := get(h.site, story.Path()).Body.String()
	next := fmt.Sprintf("%s/comments?order=oldest&amp;after=%[2]d.0.%[2]d", story.Path(), ids[talkLength-1])
	wantContains(t, page, "55 comments", "Word 49.", next)
	if strings.Contains(page, "Word 50.") {
		t.Error("the first page has more than its length")
	}
	wantContains(t, get(h.site, strings.ReplaceAll(next, "&amp;", "&")).Body.String(), "Word 50.", "Word 54.", "First comments")
	newest := get(h.site, story.Path()+"/comments?order=newest").Body.String()
	if strings.Index(newest, "Word 54.") > strings.Index(newest, "Word 53.") || !strings.Contains(newest, "Oldest first") {
		t.Error("the newest comment does not come first")
	}
	last := get(h.site, standfirst.CommentPath(ids[54])).Header().Get("Location")
	if want := fmt.Sprintf("%s/comments?from=%[2]d#comment-%[2]d", story.Path(), ids[54]); last != want {
		t.Errorf("the last comment is at %q, want %q", last, want)
	}
	wantContains(t, get(h.site, strings.Split(last, "#")[0]).Body.String(), "Word 54.")
	for _, nothing := range []string{
		"/comments?order=odd", "/comments?after=1.2", "/comments?after=999.0.999", "/comments?from=999", "/comments?from=01",
		"/comments?after=" + formatCommentPosition(elsewhere.Position()), "/comments?from=" + elsewhere.ID.String(),
	} {
		if w := get(h.site, story.Path()+nothing); w.Code != http.StatusNotFound {
			t.Errorf("%s is answered with %d", nothing, w.Code)
		}
	}
}

// wantContains holds that the page has all the words.
func wantContains(t testing.TB, page string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(page, w) {
			t.Errorf("the page lacks %q", w)
		}
	}
}

// FuzzCommentPosition holds that a place in a thread has one spelling.
func FuzzCommentPosition(f *testing.F) {
	for _, seed := range []string{"1.0.1", "12.13.14", "1.2", "-1.0.1", "01.0.1", "9223372036854775807.0.1", "1.0.0", "a.b.c", "1.0.1.1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, ok := parseCommentPosition(text)
		if ok && (formatCommentPosition(p) != text || p.ID <= 0) {
			t.Errorf("%q is read as %+v", text, p)
		}
	})
}
