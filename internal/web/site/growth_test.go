package site

import (
	"fmt"
	"testing"
	"time"

	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// TestCostDoesNotGrowWithTheArchive holds that feeds and sitemaps run as many statements, and
// read as many rows, with an archive of six times as many stories of months that it had before.
// That no statement walks what it does not return is held by the tests of the store.
func TestCostDoesNotGrowWithTheArchive(t *testing.T) {
	h := newHouse(t)
	published := 0
	add := func(n int, month time.Month) {
		for i := range n {
			c := plainStory(i)
			c.Headline = fmt.Sprintf("Bulk rates in %s, report %d", month, published)
			published++
			h.publish(c, func(d *newsroom.Draft) {
				d.OriginalDate = time.Date(2025, month, 1+i%28, 12, i/28, 0, 0, time.UTC)
			})
		}
	}
	round := h.publishRound()
	h.supersede(h.claimOf(round, "as much as $12 billion"), "$12 billion")
	for month := time.January; month <= time.March; month++ {
		add(20, month)
	}
	pages := []string{sitemapPath, pagesSitemap, newsPath, "/sitemap/2025-03.xml"}
	for _, list := range []string{"", "/section/markets", "/topic/freight", "/author/" + string(newAuthorSlug(t, h)), "/corrections"} {
		for _, end := range []string{atomBelow, rssBelow, jsonBelow} {
			pages = append(pages, list+end)
		}
	}
	cost := func(path string) (c [2]int) {
		t.Helper()
		h.must(h.store.View(t.Context(), func(tx *store.ReadTx) error {
			rd, err := h.site.read(tx)
			if err != nil {
				return err
			}
			at := h.site.kinds.resolve(path)
			_, err = at.kind.load(rd, at)
			c = [2]int{tx.Statements(), tx.Rows()}
			return err
		}))
		return c
	}
	before := make(map[string][2]int)
	for _, path := range pages {
		before[path] = cost(path)
	}
	for month := time.January; month <= time.February; month++ {
		add(180, month)
	}
	for _, path := range pages {
		if now := cost(path); now != before[path] || now[0] == 0 {
			t.Errorf("%s: %d statements and %d rows with the larger archive, %d and %d before", path, now[0], now[1], before[path][0], before[path][1])
		}
	}
}
