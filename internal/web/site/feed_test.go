package site

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"standfirst"
	"standfirst/internal/feed/feedtest"
	"standfirst/internal/store"
)

// formats hold a feed against the schema of its format.
var formats = map[string]func(testing.TB, []byte){atomBelow: feedtest.Atom, rssBelow: feedtest.RSS, jsonBelow: feedtest.JSONFeed}

// parsed returns the feed at the address as a library reads it that others wrote.
func (h *house) parsed(path string) *gofeed.Feed {
	h.t.Helper()
	w := get(h.site, path)
	if w.Code != http.StatusOK {
		h.t.Fatalf("%s: status %d", path, w.Code)
	}
	_, end := splitFeedPath(path)
	formats[end](h.t, w.Body.Bytes())
	f, err := gofeed.NewParser().ParseString(w.Body.String())
	if err != nil {
		h.t.Fatalf("%s: %v\n%s", path, err, w.Body)
	}
	return f
}

func TestFeedsOfThePublication(t *testing.T) {
	h := newHouse(t)
	older := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	newer := h.publish(standfirst.Content{
		Headline: "Tarn & Co <raises> money", Standfirst: "A round, and its ceiling.", Section: "Markets", Topics: []string{"Cables"}, Dateline: "OSLO",
		Bylines: []standfirst.Byline{{Name: "Ilse Marrow", Role: "Deals Editor"}},
		Body:    "One & [two](/about).\n\n:::voices\n\n> Nobody asked us.\n>\n> — Arlo Bray, spokesman\n\n:::\n",
	})
	for _, end := range []string{atomBelow, rssBelow, jsonBelow} {
		f := h.parsed(end)
		if f.Title != "The Harbour Ledger" || f.Link != baseURL+"/" || f.FeedLink != baseURL+end || f.Language != "en-GB" || len(f.Items) != 2 {
			t.Errorf("%s: %q at %q and %q in %q with %d items", end, f.Title, f.Link, f.FeedLink, f.Language, len(f.Items))
			continue
		}
		item := f.Items[0]
		if item.Title != "Tarn & Co <raises> money" || item.Link != baseURL+newer.Path() || item.Description != "A round, and its ceiling." {
			t.Errorf("%s: %q at %q: %q", end, item.Title, item.Link, item.Description)
		}
		if item.PublishedParsed == nil || !item.PublishedParsed.Equal(newer.FirstPublished.Truncate(time.Second)) {
			t.Errorf("%s: published at %v", end, item.PublishedParsed)
		}
		if len(item.Authors) != 1 || item.Authors[0].Name != "Ilse Marrow, Deals Editor" {
			t.Errorf("%s: by %+v", end, item.Authors)
		}
		if strings.Join(item.Categories, ",") != "Markets,Cables" && strings.Join(item.Categories, ",") != "markets,cables" {
			t.Errorf("%s: about %q", end, item.Categories)
		}
		wantContains(t, item.Content, "OSLO — One &amp; <a href=\""+baseURL+"/about\">two</a>.", "Nobody asked us.", "Arlo Bray")
		if strings.Contains(item.Content, "class=") {
			t.Errorf("%s has styles of ours: %s", end, item.Content)
		}
		if item.GUID != "tag:ledger.example,2026-03-03:story/"+newer.ID.String() || f.Items[1].Link != baseURL+older.Path() {
			t.Errorf("%s: GUID %q", end, item.GUID)
		}
	}
	for _, of := range []string{"/section/markets", "/topic/cables", "/author/ilse-marrow"} {
		if f := h.parsed(of + atomBelow); len(f.Items) != 1 || !strings.HasSuffix(f.Title, " · The Harbour Ledger") {
			t.Errorf("%s has %d stories in %q", of, len(f.Items), f.Title)
		}
		if page := get(h.site, of); len(page.all("link[rel=alternate]")) != 4 {
			t.Errorf("%s does not name its feeds", of)
		}
	}
	for _, path := range []string{"/section/none/feed.atom", "/feed.xml", "/about/feed.atom", newer.Path() + "/feed.rss", "//feed.atom"} {
		if w := get(h.site, path); w.Code == http.StatusOK {
			t.Errorf("%s is answered with %d", path, w.Code)
		}
	}
}

// TestFeedsOfEveryState holds what feeds tell of stories that were corrected, retracted,
// taken down, moved, and that not everybody may read.
func TestFeedsOfEveryState(t *testing.T) {
	p := newPaper(t)
	for _, end := range []string{atomBelow, rssBelow, jsonBelow} {
		f := p.parsed(end)
		items := make(map[string]*gofeed.Item)
		for _, item := range f.Items {
			items[item.Link] = item
		}
		corrected := items[baseURL+p.round.Path()]
		wantContains(t, corrected.Content, "<strong>Correction, ", "we misheard", "<s>$120 billion</s></a> now $110 billion")
		if hidden := items[baseURL+p.members.Path()]; hidden == nil || hidden.Content != "" || hidden.Description == "" {
			t.Errorf("%s: of a story for members it tells %+v", end, hidden)
		}
		if items[baseURL+p.gone.Path()] != nil {
			t.Errorf("%s has a story that was taken down", end)
		}
		if items[baseURL+p.moved.Path()] == nil || !strings.HasSuffix(p.moved.Path(), "fund-four") {
			t.Errorf("%s does not know where a story is now", end)
		}
		lead := items[baseURL+p.lead.Path()]
		if lead.UpdatedParsed == nil || !lead.UpdatedParsed.After(*lead.PublishedParsed) {
			t.Errorf("%s: updated at %v", end, lead.UpdatedParsed)
		}
		authors := len(lead.Authors)
		if end == rssBelow {
			authors = len(lead.DublinCoreExt.Creator) // the library takes the first alone for an author
		}
		if authors != 2 {
			t.Errorf("%s: by %d authors", end, authors)
		}
		if text := get(p.site, end).Body.String(); !strings.Contains(text, baseURL+"/media/") {
			t.Errorf("%s shows no pictures", end)
		}
		retracted := items[baseURL+p.retracted.Path()]
		if end == atomBelow {
			wantContains(t, get(p.site, end).Body.String(), `<at:deleted-entry ref="tag:ledger.example,2026-03-03:story/`+p.retracted.ID.String()+`"`, "<at:comment>The works have not been sold.")
		} else {
			wantContains(t, retracted.Title, "Retracted")
			wantContains(t, retracted.Content, "<p>The works have not been sold.")
		}
		if strings.Contains(get(p.site, end).Body.String(), "Osaka") {
			t.Errorf("%s tells what was retracted", end)
		}
	}
	corrections := p.parsed("/corrections" + atomBelow)
	told := make(map[string]int)
	for _, item := range corrections.Items {
		kind, _, _ := strings.Cut(item.Title, ": ")
		told[kind]++
	}
	if told["Correction"] == 0 || told["Retraction"] != 1 {
		t.Errorf("notices: %v", told)
	}
	if deal := p.parsed("/deal/halcyon-compute-round" + jsonBelow); len(deal.Items) == 0 {
		t.Error("a deal is followed by no story")
	}
	if company := p.parsed("/company/northwind-freight" + rssBelow); len(company.Items) == 0 {
		t.Error("a company is followed by no story")
	}
	p.open()
	p.says(p.lead, 0, "Ana", "Who <b>insures</b> it?")
	p.says(p.lead, 0, "Ben", "Nobody.")
	talk := p.parsed(p.lead.Path() + talkBelow + rssBelow)
	if len(talk.Items) != 2 || talk.Items[0].Title != "Ben commented" || !strings.Contains(talk.Items[1].Content, "&lt;b&gt;insures") {
		t.Errorf("the talk: %+v", talk.Items)
	}
}

// TestFeedsAreKept holds that a feed is made once for each change.
func TestFeedsAreKept(t *testing.T) {
	p := newPaper(t)
	first := get(p.site, atomBelow)
	etag := first.Header().Get("ETag")
	r := httptest.NewRequest(http.MethodGet, atomBelow, nil)
	r.Header.Set("If-None-Match", etag)
	if again := send(p.site, r); etag == "" || again.Code != http.StatusNotModified {
		t.Errorf("asked again with the tag %q, it answers %d", etag, again.Code)
	}
	p.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	if next := p.parsed(atomBelow); next.Items[0].Title != "Skerry Cable lays a third line" {
		t.Errorf("the newest is %q", next.Items[0].Title)
	}
}

// TestFeedGUIDStays holds that feed readers know a story again when the publication moves.
func TestFeedGUIDStays(t *testing.T) {
	h := newHouse(t)
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long."})
	before := h.parsed(rssBelow).Items[0].GUID
	pub := h.publication()
	pub.BaseURL = "https://harbour.example"
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
		tx.Touch(standfirst.SiteTag)
		return tx.PutPublication(pub)
	}))
	item := h.parsed(rssBelow).Items[0]
	if item.Link != pub.BaseURL+story.Path() || item.GUID != before {
		t.Errorf("%s is known as %q, and was as %q", item.Link, item.GUID, before)
	}
}

func TestFeedsNameTheHub(t *testing.T) {
	h := newHouse(t)
	story := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Section: "Markets", Body: "The line is 90 kilometres long."})
	if w := get(h.site, atomBelow); w.Header().Get("Link") != "" || strings.Contains(w.Body.String(), "hub") {
		t.Error("a hub is named that there is not")
	}
	h.settings(func(p *standfirst.Publication) { p.Hub = "https://hub.example/" })
	for end, link := range map[string]string{
		atomBelow: `<link rel="hub" href="https://hub.example/"`, rssBelow: `<atom:link rel="hub" href="https://hub.example/"`, jsonBelow: `"hubs":[{"type":"WebSub","url":"https://hub.example/"}]`,
	} {
		for _, home := range []string{"", "/section/markets"} {
			w := get(h.site, home+end)
			formats[end](t, w.Body.Bytes())
			if body := strings.NewReplacer("\n", "", "  ", "", `": `, `":`).Replace(w.Body.String()); !strings.Contains(body, link) {
				t.Errorf("%s does not name the hub: %.600s", home+end, body)
			}
			if got, want := w.Header().Get("Link"), `<https://hub.example/>; rel="hub", <`+baseURL+home+end+`>; rel="self"`; got != want {
				t.Errorf("%s has the header %q, want %q", home+end, got, want)
			}
		}
	}
	if w := get(h.site, story.Path()+talkBelow+atomBelow); strings.Contains(w.Body.String(), "hub.example") || w.Header().Get("Link") != "" {
		t.Error("the feed of comments names the hub")
	}
}
