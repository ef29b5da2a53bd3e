package desk

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"standfirst"
)

// stepLink finds the link of the step that is to be taken now.
var stepLink = regexp.MustCompile(`(?s)<li aria-current="step">.*?<a class="button go" href="([^"]+)"`)

// TestStart walks from an empty newsroom to its first published story by the links and forms
// of the pages alone.
func TestStart(t *testing.T) {
	r := newStoryDesk(t, newEmptyRoom(t))
	admin := standfirst.Administrator
	next := func() string {
		t.Helper()
		link := stepLink.FindStringSubmatch(r.see(admin, Prefix))
		if link == nil {
			t.Fatalf("no step is to be taken: %s", r.see(admin, Prefix))
		}
		return html.UnescapeString(link[1])
	}
	send := func(path string, form url.Values) string {
		t.Helper()
		w := r.ask(admin, path, form)
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%s answers %d: %s", path, w.Code, w.Body)
		}
		to, _, _ := strings.Cut(w.Header().Get("Location"), "#")
		return to
	}
	ticked := func(want int) {
		t.Helper()
		if got := strings.Count(r.see(admin, Prefix), `<li class="ticked">`); got != want {
			t.Errorf("%d steps are ticked, want %d", got, want)
		}
	}

	// The sections of a new newsroom are there.
	ticked(1)
	has(t, r.see(admin, Prefix), "To your first story", "The Newsroom, in the time zone UTC.", "Markets, Deals, Technology, Companies, Economy")
	lacks(t, r.see(admin, Prefix), "/publish", "Nothing needs you now.")

	path := next()
	has(t, r.see(admin, path), `action="`+path+`"`, `name="name"`, `name="time-zone"`)
	send(path, url.Values{"name": {"The <Harbour> Ledger"}, "time-zone": {"Europe/London"}, "language": {"en"}})
	ticked(2)
	has(t, r.see(admin, Prefix), "The &lt;Harbour&gt; Ledger, in the time zone Europe/London.")

	path = next()
	has(t, r.see(admin, path), `action="`+path+`"`, `name="text"`)
	draft := send(path, url.Values{"text": {"Northwind in talks with Halcyon\n\n" + roundBody}})
	draft, _, _ = strings.Cut(draft, "?")
	ticked(3)
	has(t, r.see(admin, Prefix), "Northwind in talks with Halcyon", `<a href="`+draft+`">Open the draft</a>`)

	path = next()
	if path != draft+"/publish" {
		t.Fatalf("the last step leads to %s", path)
	}
	version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(r.see(admin, path))
	has(t, r.see(admin, path), `action="`+path+`"`, `name="do" value="publish"`)
	send(path, url.Values{"version": {version[1]}, "do": {"schedule"}, "at": {"2026-03-06 09:00"}})
	has(t, r.see(admin, Prefix), "It is scheduled and goes out by itself.")
	send(draft+"/unschedule", url.Values{})
	send(next(), url.Values{"version": {version[1]}, "do": {"publish"}})
	lacks(t, r.see(admin, Prefix), "To your first story", `class="steps"`)
	has(t, r.see(admin, Prefix), `href="/desk/story/new"`)
}

// TestStartOfOthers holds who sees the steps, and which of them each can take.
func TestStartOfOthers(t *testing.T) {
	r := newStoryDesk(t, newEmptyRoom(t))
	home := r.see(standfirst.Editor, Prefix)
	has(t, home, "An administrator can change that.", `href="/desk/settings#sections"`)
	lacks(t, home, `href="/desk/settings">Name the publication`)
	if link := stepLink.FindStringSubmatch(home); link == nil || link[1] != storyPrefix+"/new" {
		t.Errorf("an editor is led to %v", link)
	}
	for _, role := range []standfirst.Role{standfirst.Contributor, standfirst.Reporter, standfirst.Moderator} {
		lacks(t, r.see(role, Prefix), `class="steps"`)
	}
	start, err := r.news.Start(t.Context(), standfirst.Command())
	r.must(err)
	for _, s := range start.Sections {
		r.must(r.news.DeleteSection(t.Context(), standfirst.Command(), s.ID))
	}
	has(t, r.see(standfirst.Editor, Prefix), "They sort the stories and make the menu.", "Add a section</a>")
}
