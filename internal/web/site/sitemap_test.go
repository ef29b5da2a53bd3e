package site

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/feed/feedtest"
	"standfirst/internal/newsroom"
)

// document returns what the address answers.
func (h *house) document(path string) string {
	h.t.Helper()
	w := get(h.site, path)
	if w.Code != http.StatusOK {
		h.t.Fatalf("%s: status %d", path, w.Code)
	}
	return w.Body.String()
}

func TestSitemaps(t *testing.T) {
	p := newPaper(t)
	index, pages, month, news := p.document(sitemapPath), p.document(pagesSitemap), p.document("/sitemap/2026-03.xml"), p.document(newsPath)
	feedtest.SitemapIndex(t, []byte(index))
	feedtest.Sitemap(t, []byte(pages))
	feedtest.Sitemap(t, []byte(month))
	feedtest.NewsSitemap(t, []byte(news))
	wantContains(t, index, "<loc>"+baseURL+"/sitemap/2026-03.xml</loc>", "<loc>"+baseURL+pagesSitemap+"</loc>")
	wantContains(t, pages, "<loc>"+baseURL+"/deal/halcyon-compute-round</loc>", "<loc>"+baseURL+"/company/northwind-freight</loc>",
		"<loc>"+baseURL+"/section/deals</loc>", "<loc>"+baseURL+"/about</loc>", "<loc>"+baseURL+"/corrections</loc>")
	wantContains(t, month, "<loc>"+baseURL+p.lead.Path()+"</loc>\n  <lastmod>2026-03-05T15:10:00Z</lastmod>", baseURL+p.members.Path(), baseURL+p.moved.Path())
	wantContains(t, news, "<news:publication_date>2026-03-05T14:10:00Z</news:publication_date>", "<news:language>en</news:language>", "<news:stock_tickers>NYSE:NWF</news:stock_tickers>")
	for _, hidden := range []standfirst.Story{p.retracted, p.gone} {
		if strings.Contains(month+news, hidden.Path()+"<") {
			t.Errorf("a sitemap has %s", hidden.Path())
		}
	}
	for _, path := range []string{"/sitemap/2026-02.xml", "/sitemap/2026-13.xml", "/sitemap/2026-3.xml", "/sitemap/", "/sitemap/2026-03.xml.gz"} {
		if w := get(p.site, path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

// TestSitemapsFollow holds that a change drops exactly the sitemaps that tell of it, and the
// clock what is no longer news.
func TestSitemapsFollow(t *testing.T) {
	h := newHouse(t)
	old := h.publish(standfirst.Content{Headline: "Skerry Cable lays a third line", Body: "The line (LSE: SKC) is 90 kilometres long."})
	march := h.document("/sitemap/2026-03.xml")
	wantContains(t, h.document(newsPath), old.Path(), "LSE:SKC")
	h.now = time.Date(2026, time.April, 2, 9, 0, 0, 0, time.UTC)
	newer := h.publish(standfirst.Content{Headline: "Tarn raises money", Body: "A round."})
	wantContains(t, h.document(sitemapPath), "/sitemap/2026-03.xml</loc>\n  <lastmod>2026-03-", "/sitemap/2026-04.xml</loc>\n  <lastmod>2026-04-02")
	wantContains(t, h.document("/sitemap/2026-04.xml"), newer.Path())
	if got := h.document("/sitemap/2026-03.xml"); got != march {
		t.Errorf("March became %s", got)
	}
	if strings.Contains(h.document(newsPath), old.Path()) {
		t.Error("what is a month old is news")
	}
	h.update(old.ID, func(c *standfirst.Content) { c.Body += " It is laid." })
	wantContains(t, h.document("/sitemap/2026-03.xml"), "<lastmod>2026-04-02")
	wantContains(t, h.document(sitemapPath), "/sitemap/2026-03.xml</loc>\n  <lastmod>2026-04-02")
	_, err := h.news.Unpublish(t.Context(), standfirst.Command(), old.ID)
	h.must(err)
	if w := get(h.site, "/sitemap/2026-03.xml"); w.Code != http.StatusNotFound {
		t.Errorf("an empty month answers %d", w.Code)
	}
	if index := h.document(sitemapPath); strings.Contains(index, "2026-03.xml") {
		t.Errorf("the index has an empty month: %s", index)
	}
	h.now = h.now.Add(46 * time.Hour)
	wantContains(t, h.document(newsPath), newer.Path())
	h.now = h.now.Add(2 * time.Hour)
	if strings.Contains(h.document(newsPath), newer.Path()) {
		t.Error("what is three days old is news")
	}
}

// TestSitemapsOfEveryMonth holds that the index has each month that has stories, once.
func TestSitemapsOfEveryMonth(t *testing.T) {
	h := newHouse(t)
	for i := range 12 {
		h.publish(standfirst.Content{Headline: fmt.Sprintf("Ferry number %d", i), Body: "It sails."}, func(d *newsroom.Draft) {
			d.OriginalDate = time.Date(2025, time.Month(1+i%3), 1+i/3, 12, 0, 0, 0, time.UTC)
		})
	}
	index := h.document(sitemapPath)
	feedtest.SitemapIndex(t, []byte(index))
	if strings.Count(index, "<sitemap>") != 4 {
		t.Error(index)
	}
	wantContains(t, index, "2025-01.xml", "2025-02.xml", "2025-03.xml")
	retracted := h.publish(standfirst.Content{Headline: "Ferry sinks", Body: "It sank."}, func(d *newsroom.Draft) {
		d.OriginalDate = time.Date(2024, time.May, 1, 12, 0, 0, 0, time.UTC)
	})
	wantContains(t, h.document(sitemapPath), "2024-05.xml")
	_, err := h.news.Retract(t.Context(), standfirst.Command(), retracted.ID, "It sails.")
	h.must(err)
	if index := h.document(sitemapPath); strings.Contains(index, "2024-05.xml") {
		t.Errorf("the index has a month of which all was retracted: %s", index)
	}
}
