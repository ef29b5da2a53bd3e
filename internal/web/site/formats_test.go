package site

import (
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/media"
	"standfirst/internal/newsroom"
)

// everywhere returns the addresses at which something of the story in its section stands, by what
// they are.
func everywhere(story standfirst.Story) map[string]string {
	return map[string]string{
		"page": story.Path(), "front": "/", "section": "/section/companies", "day": standfirst.DayPath(story.Day), "author": "/author/imogen-adeyemi",
		"history": story.Path() + "/history", "corrections": "/corrections",
		"atom": "/feed.atom", "rss": "/feed.rss", "json feed": "/feed.json", "section atom": "/section/companies/feed.atom", "author rss": "/author/imogen-adeyemi/feed.rss",
		"notices": "/corrections/feed.atom", "ninjs": story.Path() + ninjsBelow, "oembed": "/oembed?url=" + url.QueryEscape(baseURL+story.Path()),
		"oembed xml": "/oembed?format=xml&url=" + url.QueryEscape(baseURL+story.Path()), "sitemap": "/sitemap/2026-03.xml", "news sitemap": "/sitemap-news.xml", "ledger": "/ledger.json", "ledger csv": "/ledger.csv",
		"search": "/search?q=zephyr", "suggestions": "/search/suggest?q=zeph", "calendar": "/calendar.ics",
	}
}

// where returns at which of the addresses the words stand.
func (h *house) where(story standfirst.Story, words string) (found []string) {
	h.t.Helper()
	for name, path := range everywhere(story) {
		a := get(h.site, path)
		text := a.Body.String()
		if name == "search" { // which says again what was asked for
			text = ""
			for _, n := range a.all(".found") {
				text += textOf(n)
			}
		}
		if strings.Contains(strings.ToLower(text), words) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}

// TestEachFormat follows a story through what may become of it, and holds in each format that
// what is no more to be read stands nowhere, and what readers are told of it where it should.
func TestEachFormat(t *testing.T) {
	h := newHouse(t)
	ctx, desk := t.Context(), standfirst.Command()
	media.KeepCards(h.store)
	lib, err := media.Open(filepath.Join(t.TempDir(), "media"), h.store, nil)
	h.must(err)
	story := h.publish(ferries())
	h.drawCards(lib)
	holds := func(words string, want ...string) {
		t.Helper()
		slices.Sort(want)
		if got := h.where(story, words); !slices.Equal(got, want) {
			t.Errorf("%q stands at %q, want %q", words, got, want)
		}
	}
	holds("zephyr", "atom", "author rss", "json feed", "ninjs", "page", "rss", "search", "section atom")

	// A voice that is erased is nowhere.
	_, err = h.news.Erase(ctx, desk, story.ID, newsroom.Erasure{Version: 1, Part: h.voiceOf(story.ID, "zephyr")})
	h.must(err)
	holds("zephyr")
	holds("wanjiru")

	// A correction is told with the story, and in the lists of corrections.
	h.edit(story.ID, standfirst.Change{Class: standfirst.Correction, Note: "It is four ferries, quoth the yard."}, func(c *standfirst.Content) {
		c.Headline, c.Body = "Northwind orders four ferries", strings.Replace(c.Body, "three ferries", "four ferries", 1)
	})
	holds("quoth the yard", "atom", "author rss", "corrections", "history", "json feed", "ninjs", "notices", "page", "rss", "section atom")
	holds("orders three ferries")

	// What is taken down is gone everywhere.
	_, err = h.news.Unpublish(ctx, desk, story.ID)
	h.must(err)
	h.drawCards(lib)
	holds("orders four ferries")
	for _, name := range []string{"page", "ninjs", "oembed"} {
		if got := get(h.site, everywhere(story)[name]).Code; got != 410 && got != 404 {
			t.Errorf("the %s of a story that was taken down answers %d", name, got)
		}
	}
	_, err = h.news.Publish(ctx, desk, story.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
	h.must(err)

	// What is retracted says so, and its text is gone.
	_, err = h.news.Retract(ctx, desk, story.ID, "None was ever ordered, alas.")
	h.must(err)
	h.drawCards(lib)
	holds("gdynia")
	holds("alas", "atom", "author rss", "corrections", "json feed", "ninjs", "notices", "page", "rss", "section atom")
}
