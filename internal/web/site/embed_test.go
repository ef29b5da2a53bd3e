package site

import (
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
)

// TestEmbeds holds that a page names the hosts that it may frame, and no other page does, that
// nothing of theirs stands in it, and that pages follow the setting.
func TestEmbeds(t *testing.T) {
	h := newHouse(t)
	const card, policy = `<figure class="embed" data-show="Show it here">`, "Content-Security-Policy"
	sheet, script := assetPath(t, h.site, "embed.css"), assetPath(t, h.site, "js/embed.js")
	body := "The yard is sold.\n\n:::embed https://player.vimeo.com/video/1\nThe yard <b>\n:::\n\n:::embed https://other.example/\nA chart\n:::"
	story := h.publish(standfirst.Content{Headline: "Northwind buys a yard", Body: body})
	plain := h.publish(plainStory(1))
	draft := h.draft(standfirst.Content{Headline: "Northwind sells a yard", Body: body}, func(*newsroom.Draft) {})
	token, _, err := h.news.SharePreview(t.Context(), standfirst.Command(), draft.ID, 0)
	h.must(err)

	for _, path := range []string{story.Path(), story.Path() + "/version/1", standfirst.PreviewPath(token)} {
		a := get(h.site, path)
		if got := a.Header().Get(policy); !strings.HasSuffix(got, "; frame-src https://player.vimeo.com") {
			t.Errorf("%s may frame: %q", path, got)
		}
		for _, part := range []string{card, sheet, script, "The yard &lt;b&gt;", `">Opens at other.example</a>`} {
			if !strings.Contains(a.text, part) {
				t.Errorf("%s has no %s", path, part)
			}
		}
		if strings.Contains(a.text, "<iframe") || strings.Count(a.text, "<figure class=\"embed\"") != 1 {
			t.Errorf("%s shows something unasked:\n%s", path, a.text)
		}
	}
	without := func(path string) {
		t.Helper()
		if a := get(h.site, path); strings.Contains(a.Header().Get(policy), "frame-src") || strings.Contains(a.text, sheet) || strings.Contains(a.text, card) {
			t.Errorf("%s may frame something", path)
		}
	}
	without(plain.Path())
	without("/")
	without("/feed.atom")
	if feed := get(h.site, "/feed.atom").text; !strings.Contains(feed, "Opens at player.vimeo.com") {
		t.Error("the feed has no link")
	}
	before := get(h.site, story.Path()).Header().Get("Etag")
	h.must(h.news.SetEmbedHosts(t.Context(), standfirst.Command(), "other.example", ""))
	a := get(h.site, story.Path())
	if got := a.Header().Get(policy); !strings.HasSuffix(got, "; frame-src https://other.example") || a.Header().Get("Etag") == before {
		t.Errorf("after the setting the page may frame: %q", got)
	}
	h.must(h.news.SetEmbedHosts(t.Context(), standfirst.Command(), "", ""))
	without(story.Path())
}
