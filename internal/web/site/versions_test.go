package site

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
)

// publishEdited publishes the story about the round twice more: with the figure that was
// corrected, and with words that were.
func (p *paper) publishEdited() standfirst.Story {
	p.t.Helper()
	_, err := p.news.PublishPending(p.t.Context(), standfirst.Command(), p.round.ID)
	p.must(err)
	p.edit(p.round.ID, standfirst.Change{Class: standfirst.Correction, Note: "Kestrel has not answered; we wrote that it declined."}, func(c *standfirst.Content) {
		c.Headline = "What we know, and do not, of the Halcyon round"
		c.Bylines = append(c.Bylines, piet)
		c.Body = strings.Replace(c.Body, "Kestrel declined to comment.", "Kestrel did not answer. It manages about $40 billion.", 1)
	})
	return p.round
}

func TestHistory(t *testing.T) {
	p := newPaper(t)
	story := p.publishEdited()
	a := get(p.site, story.Path()+"/history")
	rows := a.all(".notices > li")
	if len(rows) != 3 {
		t.Fatalf("%d versions in\n%s", len(rows), a.text)
	}
	for i, words := range [][]string{
		{"Version 3 present", "Correction. Kestrel has not answered; we wrote that it declined.", "By Imogen Adeyemi and Piet Verhaegen", "What changed"},
		{"Version 2", "Words brought up to date with figures that had changed.", "By Imogen Adeyemi", "What changed"},
		{"Version 1", "First published.", "What readers were told of its figures while it stood", "we misheard"},
	} {
		for _, want := range words {
			if got := textOf(rows[i]); !strings.Contains(got, want) {
				t.Errorf("row %d says %q, without %q", i, got, want)
			}
		}
	}
	for _, link := range a.all(".notices a, .compare a") {
		if path := attrOf(link, "href"); get(p.site, path).Code != http.StatusOK {
			t.Errorf("%s leads nowhere", path)
		}
	}
	if got := textOf(get(p.site, story.Path()).all(".versions")[0]); got != "Edited twice since publication. See every version. How you can check. Version 3 and its fingerprints." {
		t.Errorf("the foot of the story says %q", got)
	}
	if got := textOf(get(p.site, p.bare.Path()).all(".versions")[0]); got != "Version history. How you can check. Version 1 and its fingerprints." {
		t.Errorf("the foot of a story that was never edited says %q", got)
	}
}

func TestHistoryTurnsByKey(t *testing.T) {
	h := newHouse(t)
	story := h.publish(plainStory(0))
	const versions = 2*historyLength + 1
	for i := 1; i < versions; i++ {
		h.update(story.ID, func(c *standfirst.Content) { c.Body = "State " + strconv.Itoa(i) + "." })
	}
	want, pages := versions, 0
	for at := story.Path() + "/history"; at != ""; pages++ {
		a := get(h.site, at)
		for _, row := range a.all(".notices > li") {
			if got := attrOf(row, "id"); got != "version-"+strconv.Itoa(want) {
				t.Errorf("%s shows %s, want version %d", at, got, want)
			}
			want--
		}
		at = ""
		if next := a.all("a[rel=next]"); len(next) > 0 {
			at = attrOf(next[0], "href")
		}
	}
	if want != 0 || pages != 3 {
		t.Errorf("%d versions are missing on %d pages", want, pages)
	}
	for _, query := range []string{"?before=1", "?before=0", "?before=42", "?before=02", "?before=x"} {
		if got := get(h.site, story.Path()+"/history"+query).Code; got != http.StatusNotFound {
			t.Errorf("%s answers %d", query, got)
		}
	}
	if got := textOf(get(h.site, story.Path()).all(".versions")[0]); got != "Edited 40 times since publication. See every version. How you can check. Version 41 and its fingerprints." {
		t.Errorf("the foot of the story says %q", got)
	}
}

func TestOldVersion(t *testing.T) {
	p := newPaper(t)
	story := p.publishEdited()
	a := get(p.site, story.Path()+"/version/1")
	if a.Code != http.StatusOK {
		t.Fatal(a.Code)
	}
	if got := textOf(a.all("h1")[0]); got != "What we know of the Halcyon round" {
		t.Errorf("the headline is %q", got)
	}
	note := textOf(a.all("section.notice")[0])
	for _, want := range []string{"This is an old version", "version 1 of 3", "Readers saw it from", "The story as it is now", "What changed since"} {
		if !strings.Contains(note, want) {
			t.Errorf("the note says %q, without %q", note, want)
		}
	}
	if got := attrOf(a.all("meta[name=robots]")[0], "content"); got != "noindex" {
		t.Errorf("robots: %q", got)
	}
	if len(a.all("script[src*=share]"))+len(a.all("#share"))+len(a.all(".rail"))+len(a.all(".changes")) != 0 {
		t.Error("an old version is handed on, or shows what belongs to the present one")
	}
	if got := textOf(a.all(".cited s")[0]) + " " + textOf(a.all(".body .now")[0]); got != "$120 billion now $110 billion" {
		t.Errorf("its figure reads %q", got)
	}
	if !strings.Contains(a.text, "Kestrel declined to comment.") {
		t.Error("the old text is not there")
	}
	present := get(p.site, story.Path()+"/version/3")
	if got := textOf(present.all("section.notice h2")[0]); got != "This is the present version" {
		t.Errorf("of the present version the page says %q", got)
	}
	for _, below := range []string{"/version/4", "/version/0", "/version/01", "/version/x", "/version/", "/version", "/versions/1", "/version/99999999999999999999"} {
		if got := get(p.site, story.Path()+below); got.Code != http.StatusNotFound && got.Code != http.StatusMovedPermanently {
			t.Errorf("%s answers %d", below, got.Code)
		}
	}
	if got := get(p.site, story.Path()+"/version/4"); textOf(got.all("h1")[0]) != "There is no page at this address" || len(got.all(".masthead")) != 1 {
		t.Error("a version that there is not is not answered in the site's style")
	}
}

func TestComparison(t *testing.T) {
	p := newPaper(t)
	story := p.publishEdited()
	path := story.Path() + "/compare?from=1&to=3"
	a := get(p.site, path)
	if a.Code != http.StatusOK {
		t.Fatal(a.Code)
	}
	var figures []string
	for _, item := range a.all("#figures + ul li") {
		figures = append(figures, textOf(item))
	}
	want := []string{"Valuation at listing in “Halcyon Compute round”: was: $120 billion now: $110 billion", "now: about $40 billion not in the older version"}
	if strings.Join(figures, "|") != strings.Join(want, "|") {
		t.Errorf("figures: %q", figures)
	}
	parts := textOf(a.all("dl")[0])
	if parts != "Headline What we know added: , and do not, end of change. of the Halcyon round Byline Imogen Adeyemi, Senior Deals Correspondent added: ; Piet Verhaegen, Antwerp end of change." {
		t.Errorf("parts: %q", parts)
	}
	if del, ins := len(a.all(".paragraph del")), len(a.all(".paragraph ins")); del != 2 || ins != 2 {
		t.Errorf("%d del and %d ins in\n%s", del, ins, a.text)
	}
	side := get(p.site, attrOf(a.all(".switch a")[0], "href"))
	if got := textOf(side.all(".pair.changed .was")[0]); !strings.Contains(got, "$120") || strings.Contains(got, "$110") {
		t.Errorf("the left side says %q", got)
	}
	if left, right := len(side.all(".pair .was ins")), len(side.all(".pair :not(.was) > p > del")); left+right != 0 {
		t.Errorf("the left side holds %d additions and the right side %d removals", left, right)
	}
	if left, right := len(side.all(".pair .was del")), len(side.all(".pair :not(.was) > p > ins")); left != 2 || right != 2 {
		t.Errorf("%d removals on the left and %d additions on the right", left, right)
	}
	if back := attrOf(side.all(".switch a")[0], "href"); back != path {
		t.Errorf("the way back leads to %s", back)
	}
	for query, want := range map[string]string{
		"?from=3&to=1": path, "?to=3&from=1&utm_source=x": "", "?from=2&to=2": story.Path() + "/version/2", "": story.Path() + "/history",
		"?from=3&to=1&view=side": path + "&view=side",
	} {
		got := get(p.site, story.Path()+"/compare"+query)
		if got.Header().Get("Location") != want {
			t.Errorf("%q leads to %q, want %q (%d)", query, got.Header().Get("Location"), want, got.Code)
		}
	}
	for _, query := range []string{"?from=1", "?from=0&to=2", "?from=1&to=4", "?from=a&to=2", "?from=1&to=+2"} {
		if got := get(p.site, story.Path()+"/compare"+query).Code; got != http.StatusNotFound {
			t.Errorf("%q answers %d", query, got)
		}
	}
	if got := get(p.site, story.Path()+"/compare?from=2&to=1"); got.Code != http.StatusMovedPermanently {
		t.Errorf("the wrong order answers %d", got.Code)
	}
}

// TestVersionsOfWithdrawnStories holds that what a story does not say any more is not said
// by its versions either.
func TestVersionsOfWithdrawnStories(t *testing.T) {
	p := newPaper(t)
	p.update(p.members.ID, func(c *standfirst.Content) { c.Body += "\n\nAt most $12 million." })
	draft := p.draft(standfirst.Content{Headline: "Not yet", Body: "Not yet."}, func(d *newsroom.Draft) { d.Slug = "not-yet" })
	edited := p.publishEdited()
	below := []string{"/history", "/version/1", "/version/3", "/compare?from=1&to=2", "/compare?from=1&to=2&view=side"}
	check := func(path, title, words string, status int) {
		t.Helper()
		for _, b := range below {
			a := get(p.site, path+b)
			if a.Code != status || textOf(a.all("h1")[0]) != title {
				t.Errorf("%s answers %d, %q", path+b, a.Code, textOf(a.all("h1")[0]))
			}
			if strings.Contains(a.text, words) {
				t.Errorf("%s shows %q", path+b, words)
			}
			if len(a.all("link[rel=canonical]")) != 0 {
				t.Errorf("%s has a canonical address", path+b)
			}
		}
	}
	check(p.retracted.Path(), "This story has been retracted", "thin trading", http.StatusGone)
	check(p.gone.Path(), "This story is no longer available", "thin trading", http.StatusGone)
	check("/2026/03/05/"+string(draft.Slug), "There is no page at this address", "Not yet", http.StatusNotFound)

	get(p.site, edited.Path()+"/version/1") // it is in the cache, and must go
	get(p.site, edited.Path()+"/compare?from=1&to=2")
	_, err := p.news.Unpublish(t.Context(), standfirst.Command(), edited.ID)
	p.must(err)
	check(edited.Path(), "This story is no longer available", "Kestrel", http.StatusGone)
	_, err = p.news.Retract(t.Context(), standfirst.Command(), edited.ID, "None of it was so.")
	p.must(err)
	check(edited.Path(), "This story has been retracted", "Kestrel", http.StatusGone)
	if got := textOf(get(p.site, edited.Path()).all(".versions")[0]); got != "How you can check. Version 3 and its fingerprints." {
		t.Errorf("the foot of a retracted story says %q", got)
	}

	for _, b := range below {
		if b == "/version/3" {
			continue
		}
		if a := get(p.site, p.members.Path()+b); a.Code != http.StatusOK || strings.Contains(a.text, "thin trading") || strings.Contains(a.text, "$12 million") {
			t.Errorf("%s of a story for members answers %d and shows its text:\n%s", b, a.Code, a.text)
		}
	}
}

// TestVersionsAtOldAddresses holds that pages about the versions move with their story.
func TestVersionsAtOldAddresses(t *testing.T) {
	p := newPaper(t)
	const old = "/2026/03/03/kestrel-capital-closes-its-fourth-fund-at-4-1bn"
	for _, below := range []string{"/history", "/version/1", "/compare?from=1&to=2"} {
		a := get(p.site, old+below)
		if got, want := a.Header().Get("Location"), p.moved.Path()+below; got != want {
			t.Errorf("%s leads to %q, want %q", below, got, want)
		}
	}
	if got := get(p.site, p.moved.Path()+"/history/").Header().Get("Location"); got != p.moved.Path()+"/history" {
		t.Errorf("with a slash at its end it leads to %q", got)
	}
}

// TestVersionsAreFresh holds that an edit drops the pages about the versions of its story,
// and that a figure that changes shows on old versions.
func TestVersionsAreFresh(t *testing.T) {
	p := newPaper(t)
	path := p.round.Path()
	if got := len(get(p.site, path+"/history").all(".notices > li")); got != 1 {
		t.Fatalf("%d versions", got)
	}
	if got := textOf(get(p.site, path+"/version/1").all("section.notice h2")[0]); got != "This is the present version" {
		t.Errorf("the only version is called %q", got)
	}
	other := p.lead.Path() + "/history"
	get(p.site, other)
	p.publishEdited()
	misses := p.cache.Stats().Misses
	if got := len(get(p.site, path+"/history").all(".notices > li")); got != 3 {
		t.Errorf("%d versions after two edits", got)
	}
	if got := textOf(get(p.site, path+"/version/1").all("section.notice h2")[0]); got != "This is an old version" {
		t.Errorf("after two edits the first version is called %q", got)
	}
	get(p.site, other)
	if got := p.cache.Stats().Misses - misses; got != 2 {
		t.Errorf("%d pages were rendered again, want those of the edited story alone", got)
	}
}
