package desk

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

func (r *storyRoom) story() (s standfirst.Story) {
	r.t.Helper()
	r.must(r.store.View(r.t.Context(), func(tx *store.ReadTx) (err error) { s, err = tx.Story(r.id); return err }))
	return s
}

// sent posts the form as an editor, wants it to be taken, and returns the page after it.
func (r *storyRoom) sent(path string, form url.Values) string {
	r.t.Helper()
	w := r.ask(standfirst.Editor, path, form)
	if w.Code != http.StatusSeeOther {
		r.t.Fatalf("%s answers %d: %s", path, w.Code, w.Body)
	}
	to, _, _ := strings.Cut(w.Header().Get("Location"), "#")
	return r.ask(standfirst.Editor, to, nil).Body.String()
}

// publication returns the form of the publish dialog with some fields set.
func (r *storyRoom) publication(change ...string) url.Values {
	f := url.Values{"version": {strconv.Itoa(r.work().Version)}, "do": {"publish"}}
	for i := 0; i < len(change); i += 2 {
		f.Set(change[i], change[i+1])
	}
	return f
}

func (r *storyRoom) page(path string) string {
	r.t.Helper()
	w := r.ask(standfirst.Editor, path, nil)
	if w.Code != http.StatusOK {
		r.t.Fatalf("%s answers %d: %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

func TestPublishDialog(t *testing.T) {
	r := newStoryRoom(t)
	has(t, r.page(r.path+"/publish"), "Publish it</h2>", "that nobody has looked at", "Look at the figures", "at an address that stays", "in the time zone UTC", "Schedule</button>")
	// A figure from somebody unnamed needs an editor who stands for the source.
	r.sent(r.path+"/figures/accept", r.form("figure", "100 about $96 billion"))
	has(t, r.page(r.path+"/publish"), "Anonymous sources", "<q>about $96 billion</q>", "I stand for these sources")
	w := r.ask(standfirst.Editor, r.path+"/publish", r.publication())
	if w.Code != http.StatusConflict {
		t.Errorf("without approval: %d", w.Code)
	}
	has(t, w.Body.String(), `class="refused"`, "about $96 billion")
	has(t, r.sent(r.path+"/publish", r.publication("approve-anonymous", "1")), "Published.</p>", "Readers see published version 1.")
	if s := r.story(); s.State != standfirst.Published {
		t.Fatalf("%+v", s)
	}
	has(t, r.page(r.path+"/publish"), "Readers see this very text.", "Unpublish", "Retract")

	// Changed words ask for their class, with the difference and a draft of the notice.
	r.sent(r.path, r.form("body", strings.Replace(r.work().Content.Body, "It is enough", "It is too much", 1)+"\n\nProfit was $5 million."))
	page := r.page(r.path + "/publish")
	has(t, page, "Publish it as version 2", "What kind of change is it?", "Figures changed: new: “$5 million”", "<ins>", "An earlier version of this story said", "not in the older version")
	w = r.ask(standfirst.Editor, r.path+"/publish", r.publication("note", "My own note.", "at", "2026-03-09 08:00"))
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a class: %d", w.Code)
	}
	has(t, w.Body.String(), ">\nMy own note.</textarea>", `value="2026-03-09 08:00"`, `class="refused"`)
	stale := r.publication("class", "update", "note", "There is news.")
	stale.Set("version", "1")
	if w := r.ask(standfirst.Editor, r.path+"/publish", stale); w.Code != http.StatusConflict {
		t.Errorf("of an older text: %d", w.Code)
	}
	has(t, r.sent(r.path+"/publish", r.publication("class", "update", "note", "There is news.")), "Published.</p>", "Readers see published version 2.")
	r.sent(r.path, r.form("body", r.work().Content.Body+" The end."))
	draft := "An earlier version of this story said something."
	has(t, r.sent(r.path+"/publish", r.publication("class", "minor", "note", draft, "drafted", draft)), "Readers see published version 3.")

	// By schedule, in the zone of the publication, and taken back.
	r.sent(r.path, r.form("standfirst", "A later summary."))
	for _, at := range []string{"tomorrow", "2026-01-01 08:00", ""} {
		if w := r.ask(standfirst.Editor, r.path+"/publish", r.publication("class", "update", "note", "News.", "do", "schedule", "at", at)); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("at %q: %d", at, w.Code)
		}
	}
	page = r.sent(r.path+"/publish", r.publication("class", "update", "note", "News.", "do", "schedule", "at", "2026-03-09 08:00"))
	has(t, page, "It is scheduled.", "9 March 2026, 08:00 UTC")
	has(t, r.page(r.path+"/publish"), "Take the schedule back", `value="2026-03-09 08:00"`)
	has(t, r.sent(r.path+"/unschedule", url.Values{}), "The schedule is taken back.")
	if w := r.ask(standfirst.Editor, r.path+"/unschedule", url.Values{}); w.Code != http.StatusConflict {
		t.Errorf("taking back nothing: %d", w.Code)
	}

	// Address, unpublished, retracted.
	has(t, r.sent(r.path+"/address", url.Values{"slug": {"northwind-halcyon"}}), "The address is changed")
	w = r.ask(standfirst.Editor, r.path+"/address", url.Values{"slug": {"No Slug"}})
	has(t, w.Body.String(), `value="No Slug"`, `class="refused"`)
	page = r.see(standfirst.Editor, r.path+"/unpublish")
	has(t, page, "Unpublish “", "This story is no longer available", "410", `action="`+r.path+`/unpublish"`, "Leave it as it is")
	if w := r.request(standfirst.Reporter, http.MethodGet, r.path+"/unpublish", "", ""); w.Code != http.StatusForbidden {
		t.Errorf("a reporter is asked: %d", w.Code)
	}
	has(t, r.sent(r.path+"/unpublish", url.Values{}), "Readers do not see it any more.", "Unpublished")
	w = r.ask(standfirst.Editor, r.path+"/retract", url.Values{"retraction": {" "}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("retracted without a note: %d", w.Code)
	}
	has(t, r.sent(r.path+"/retract", url.Values{"retraction": {"The documents were forged."}}), "It is retracted.", "Retracted")
	if s := r.story(); s.State != standfirst.Retracted || s.RetractionNote != "The documents were forged." || s.Slug != "northwind-halcyon" {
		t.Errorf("%+v", s)
	}
}

// TestPublishPrepared publishes the new wording of a superseded figure by one button.
func TestPublishPrepared(t *testing.T) {
	r := newStoryRoom(t)
	r.sent(r.path+"/figures/accept", r.form("figure", "30 up to $6 billion"))
	claim := r.work().Content.Citations[0].Claim
	r.sent(r.path+"/publish", r.publication("approve-anonymous", "1"))
	q, err := standfirst.ParseQuantity("up to $5 billion")
	r.must(err)
	figures := ledger.New(r.store, ledger.Options{Clock: r.clock})
	r.now = r.now.Add(time.Hour)
	_, err = figures.Supersede(t.Context(), r.actor(standfirst.Editor), claim, ledger.Supersession{
		Cause: standfirst.Corrected, Note: "It is up to $5 billion.", Words: "up to $5 billion", Value: standfirst.Value{Quantity: &q},
		Evidence: standfirst.ReportedNamed, Source: &standfirst.Attribution{Kind: standfirst.NamedSource, Words: "Ada Quill"},
	})
	r.must(err)
	has(t, r.page(r.path), "changed since", "up to $5 billion")
	has(t, r.page(r.path+"/publish"), "New wording is prepared", "The headline has up to $6 billion, the body does not", "<del>", "up to $5 billion", "Publish the new wording")
	has(t, r.page(storiesPath), "New wording is prepared")
	has(t, r.page(tasksPath), "Northwind in talks", "<del>up to $6 billion</del> <ins>up to $5 billion</ins>", "Publish the new wording", "It is up to $5 billion.")
	has(t, r.page(correctionsPath), "Correction</span>", "It is up to $5 billion.", `href="`+r.path+`"`, `href="/claim/`+claim.String()+`"`)
	lacks(t, r.page(correctionsPath+"?kind=update"), "It is up to $5 billion.")
	if w := r.ask(standfirst.Editor, correctionsPath+"?kind=lost", nil); w.Code != http.StatusNotFound {
		t.Errorf("no such kind answers %d", w.Code)
	}
	has(t, r.sent(r.path+"/prepared", url.Values{}), "Published.</p>", "Readers see published version 2.")
	has(t, r.page(tasksPath), "Nothing is to be reworded.")
	if body := r.work().Content.Body; !strings.Contains(body, "[up to $5 billion](claim:") {
		t.Error(body)
	}
}

func TestHistory(t *testing.T) {
	r := newStoryRoom(t)
	has(t, r.page(r.path+"/history"), "Nothing was kept yet", "began the story")
	r.sent(r.path+"/publish", r.publication())
	first := r.story().Current
	r.sent(r.path, r.form("body", "Other words.\n\n"+r.work().Content.Body))
	page := r.page(r.path + "/history")
	has(t, page, "Published version 1", "Draft 2 is the text of today", "Mara the editor", "published the story", "Bring back", comparisonPathIn(comparisonPath(r.id, first, 0)))
	has(t, r.page(comparisonPath(r.id, first, 0)), "What differs", "<ins>", "Other words.", "published version 1, 5 March 2026, 09:00 UTC", "the text of today")
	has(t, r.sent(r.path+"/restore", url.Values{"revision": {first.String()}, "version": {"2"}}), "The old text is back", ">\nNorthwind Freight is in talks")
	has(t, r.page(r.path+"/history"), "Overwritten text")
	if w := r.ask(standfirst.Editor, r.path+"/restore", url.Values{"revision": {first.String()}, "version": {"2"}}); w.Code != http.StatusConflict {
		t.Errorf("over a newer text: %d", w.Code)
	}
	for _, path := range []string{"/compare", "/compare?from=x", "/compare?from=999", "/history?before=x"} {
		if w := r.ask(standfirst.Editor, r.path+path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

// comparisonPathIn returns the address as it stands in a page.
func comparisonPathIn(path string) string { return strings.ReplaceAll(path, "&", "&amp;") }

func TestStoryList(t *testing.T) {
	r := newStoryRoom(t)
	page := r.page(storiesPath)
	has(t, page, "Northwind in talks", "Skerry Cable", "Published <span", "New story", "Mara the reporter", "Deals")
	writer := r.actor(standfirst.Reporter).String()
	page = r.page(storiesPath + "?state=draft&section=deals&writer=" + url.QueryEscape(writer) + "&q=halcyon")
	has(t, page, "Northwind in talks", `value="halcyon"`, `value="`+writer+`" selected`)
	lacks(t, page, "Skerry Cable")
	has(t, r.page(storiesPath+"?q=nowhere"), "No story fits.", "Show all")
	has(t, r.page(storiesPath+"?before=1"), "There are no older stories.")
	if w := r.ask(standfirst.Editor, storiesPath+"?q="+r.id.String(), nil); w.Header().Get("Location") != r.path {
		t.Errorf("a number leads to %s", w.Header().Get("Location"))
	}
	public := r.talkRoom.story
	if w := r.ask(standfirst.Editor, storiesPath+"?q="+url.QueryEscape("https://ledger.example"+public.Path()), nil); w.Header().Get("Location") != storyPath(public.ID) {
		t.Errorf("an address leads to %q", w.Header().Get("Location"))
	}
	for _, path := range []string{"?state=lost", "?before=x"} {
		if w := r.ask(standfirst.Editor, storiesPath+path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	if w := r.ask(standfirst.Moderator, storiesPath, nil); w.Code != http.StatusForbidden {
		t.Errorf("a moderator gets %d", w.Code)
	}
}

func TestNewStory(t *testing.T) {
	r := newStoryRoom(t)
	has(t, r.page(storyPrefix+"/new"), "Paste a text", `type="file"`)
	page := r.sent(storyPrefix+"/new", url.Values{})
	has(t, page, "A story without a headline", "No figures yet")
	text := "Northwind in talks with Halcyon\n\nBy Imogen Adeyemi, Deals Correspondent\n\n" + roundBody
	page = r.sent(storyPrefix+"/new", url.Values{"text": {text}, "accept": {"1"}})
	has(t, page, "The story is made.", ">\nNorthwind in talks with Halcyon</textarea>", `value="Imogen Adeyemi"`, "linked to figure", "not checked by an editor")
	made := storyPath(r.id + 2)
	has(t, page, `formaction="`+made+`/figures/check"`)
	claim := regexp.MustCompile(`name="claim" value="(\d+)"`).FindStringSubmatch(page)[1]
	sent := url.Values{"version": {"1"}, "headline": {"Northwind in talks with Halcyon"}, "body": {roundBody}, "claim": {claim}}
	sent.Set("version", regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(page)[1])
	has(t, r.sent(made+"/figures/check", sent), "marked as checked by you")
	if w := r.ask(standfirst.Editor, made+"/figures/check", url.Values{"version": {"1"}, "body": {"Typed."}, "claim": {"x"}}); w.Code != http.StatusConflict {
		t.Errorf("of an older text: %d", w.Code)
	}
	has(t, r.sent(storyPrefix+"/new", url.Values{"text": {text}}), "This very text was filed before")
	w := r.ask(standfirst.Editor, storyPrefix+"/new", url.Values{"text": {"---\nheadline: A\nunknown: B\n---\nThe text."}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a text that cannot be read: %d", w.Code)
	}
	has(t, w.Body.String(), "unknown: B", `class="refused"`)
	upload := "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"..\\\\..\\\\etc\\\\story.md\"\r\nContent-Type: text/markdown\r\n\r\n" +
		"---\nheadline: Harrow Tin rose\n%s---\nHarrow Tin rose 4%% on Tuesday.\n\r\n--cut--\r\n"
	send := func(head string) (int, string) {
		w := r.request(standfirst.Reporter, http.MethodPost, storyPrefix+"/new", "multipart/form-data; boundary=cut", strings.ReplaceAll(strings.Replace(upload, "%s", head, 1), "%%", "%"))
		return w.Code, w.Header().Get("Location") + w.Body.String()
	}
	if code, to := send("picture:\n  file: passwd\n  alt: A file\n"); code != http.StatusUnprocessableEntity || !strings.Contains(to, "story.md") || !strings.Contains(to, "cannot be read") {
		t.Errorf("a picture beside it: %d %s", code, to)
	}
	if code, to := send(""); code != http.StatusSeeOther || !strings.HasSuffix(to, "?done=filed") {
		t.Errorf("an upload: %d %s", code, to)
	}
	if w := r.ask(standfirst.Moderator, storyPrefix+"/new", url.Values{}); w.Code != http.StatusForbidden {
		t.Errorf("a moderator gets %d", w.Code)
	}
}
