package site

import (
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/feed"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// The addresses of sitemaps. One of a month is at /sitemap/2026-03.xml.
const (
	sitemapPath   = "/sitemap.xml"
	newsPath      = "/sitemap-news.xml"
	sitemapPrefix = "/sitemap/"
	pagesSitemap  = sitemapPrefix + "pages.xml"
	monthLayout   = "2006-01"
)

// ofSitemap resolves the address of a sitemap.
func (k *kinds) ofSitemap(at *address) {
	switch at.path {
	case sitemapPath:
		at.kind = &k.sitemap
		return
	case newsPath:
		at.kind = &k.newsSitemap
		return
	case pagesSitemap:
		at.kind = &k.pagesSitemap
		return
	}
	name, ok := strings.CutSuffix(strings.TrimPrefix(at.path, sitemapPrefix), ".xml")
	if !ok || len(name) != len(monthLayout) {
		return
	}
	if first, err := standfirst.ParseDay(name + "-01"); err == nil {
		at.kind, at.date = &k.monthSitemap, first
	}
}

// sitemapView is a page that search engines take, if it is known where the publication is:
// what they are told must have a host, and what they asked for is not believed.
func (rd *reading) sitemapView(write func() ([]byte, error)) (*view, error) {
	if rd.baseURL == "" {
		return nil, errNoPage
	}
	return &view{write: func() (string, []byte, error) {
		body, err := write()
		return feed.SitemapType, body, err
	}}, nil
}

// loadSitemap lists the sitemaps: one of what is not dated, and one for each month that has
// stories, with when they changed last. It reads three rows a month.
func loadSitemap(rd *reading, _ address) (*view, error) {
	rd.tag(standfirst.ArchiveTag)
	places := []feed.Place{{Address: rd.outside(pagesSitemap)}}
	for before := (standfirst.Position{}); ; {
		found, err := rd.tx.Latest(before, 1)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			break
		}
		first := firstOfMonth(found[0].FirstPublished.In(rd.loc))
		place, err := rd.sitemapOfMonth(first)
		if err != nil {
			return nil, err
		}
		if place.Address != "" {
			places = append(places, place)
		}
		before = standfirst.Position{FirstPublished: first}
	}
	return rd.sitemapView(func() ([]byte, error) { return feed.SitemapIndex(places) })
}

// sitemapOfMonth returns where the sitemap of the month that begins then is, and nothing for
// one of which all was retracted.
func (rd *reading) sitemapOfMonth(first time.Time) (feed.Place, error) {
	month := first.Format(monthLayout)
	changed, err := rd.tx.MonthChanged(month)
	if err != nil {
		return feed.Place{}, err
	}
	if changed.IsZero() { // or the days of the addresses are those of an earlier time zone
		listed, err := rd.tx.ListedBetween(first, first.AddDate(0, 1, 0), 1)
		if err != nil || len(listed) == 0 {
			return feed.Place{}, err
		}
	}
	return feed.Place{Address: rd.outside(sitemapPrefix + month + ".xml"), Modified: changed}, nil
}

// firstOfMonth returns the beginning of the month that the time is in.
func firstOfMonth(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
}

// loadMonthSitemap lists the stories that were first published in a month.
func loadMonthSitemap(rd *reading, at address) (*view, error) {
	from := firstOfMonth(at.date.In(rd.loc))
	until := from.AddDate(0, 1, 0)
	// A day more at each end: the publication may have moved to another time zone.
	for day := at.date.AddDays(-1); !until.Before(day.In(rd.loc)); day = day.AddDays(1) {
		rd.tag(standfirst.DayTag(day))
	}
	found, err := rd.tx.ListedBetween(from, until, feed.MaxSitemap)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errNoPage
	}
	places := make([]feed.Place, len(found))
	for i, story := range found {
		places[i] = feed.Place{Address: rd.outside(story.Path), Modified: story.Updated}
	}
	return rd.sitemapView(func() ([]byte, error) { return feed.Sitemap(places) })
}

// loadNewsSitemap lists the stories of the last two days.
func loadNewsSitemap(rd *reading, _ address) (*view, error) {
	rd.tag(standfirst.FrontTag)
	found, err := rd.newsSince(rd.now.Add(-feed.NewsAge))
	if err != nil {
		return nil, err
	}
	var places []feed.Place
	for _, c := range found {
		if c.State != standfirst.Published {
			continue
		}
		tickers, err := rd.tickersOf(c.ID)
		if err != nil {
			return nil, err
		}
		rd.changesAt(c.FirstPublished.Add(feed.NewsAge))
		places = append(places, feed.Place{
			Address: rd.outside(c.Path), Modified: c.Updated,
			News: &feed.NewsItem{Title: c.Headline, Published: c.FirstPublished, Tickers: tickers},
		})
	}
	return rd.sitemapView(func() ([]byte, error) { return feed.NewsSitemap(rd.pub.Name, rd.pub.Language, places) })
}

// newsStride is how many stories are read at once to find those of two days: about as many as a
// busy newsroom publishes in them.
const newsStride = 50

// newsSince returns the stories that were first published after the time, the newest first, as
// many as a news sitemap takes.
func (rd *reading) newsSince(since time.Time) ([]standfirst.Card, error) {
	var news []standfirst.Card
	for after := (standfirst.Position{}); len(news) < feed.MaxNewsSitemap; {
		found, err := rd.tx.Latest(after, newsStride)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			if !c.FirstPublished.After(since) || len(news) == feed.MaxNewsSitemap {
				return news, nil
			}
			news = append(news, c)
			after = standfirst.Position{FirstPublished: c.FirstPublished, ID: c.ID}
		}
		if len(found) < newsStride {
			break
		}
	}
	return news, nil
}

// tickersOf returns the tickers that the text of a story names, if everybody may read it.
func (rd *reading) tickersOf(id standfirst.StoryID) ([]standfirst.Ticker, error) {
	story, err := rd.tx.Story(id)
	if err != nil || story.Access != standfirst.AccessPublic {
		return nil, err
	}
	revision, err := rd.tx.Revision(story.Current)
	return markup.FindNamed(revision.Content.Body).Tickers, err
}

// listStride is how many rows of a list are read at once.
const listStride = 500

// loadPagesSitemap lists what is not dated: the front page and the lists, standing pages,
// sections, deals, and the pages of companies, organisations, places and people.
func loadPagesSitemap(rd *reading, _ address) (*view, error) {
	rd.tag(standfirst.DealsTag, standfirst.NamesTag)
	places := []feed.Place{{Address: rd.outside("/")}, {Address: rd.outside("/archive")}}
	add := func(path string, modified time.Time) {
		if len(places) < feed.MaxSitemap {
			places = append(places, feed.Place{Address: rd.outside(path), Modified: modified})
		}
	}
	lists, err := rd.tx.LedgerLists()
	if err != nil {
		return nil, err
	}
	if lists.Deals {
		add("/deals", time.Time{})
	}
	if lists.Notices {
		add("/corrections", time.Time{})
	}
	sections, err := rd.tx.Sections()
	if err != nil {
		return nil, err
	}
	for _, s := range sections {
		add(standfirst.SectionPath(s.Slug), time.Time{})
	}
	pages, err := rd.tx.Pages()
	if err != nil {
		return nil, err
	}
	for _, p := range pages {
		add(p.Path(), p.Updated)
	}
	if err := rd.dealPlaces(add); err != nil {
		return nil, err
	}
	for _, kind := range standfirst.EntityKinds() {
		if err := rd.entityPlaces(kind, add); err != nil {
			return nil, err
		}
	}
	return rd.sitemapView(func() ([]byte, error) { return feed.Sitemap(places) })
}

// dealPlaces adds the deals that are released, those that changed last first.
func (rd *reading) dealPlaces(add func(string, time.Time)) error {
	var after store.DealPosition
	for range feed.MaxSitemap / listStride {
		found, err := rd.tx.DealListings(store.DealFilter{}, after, listStride)
		if err != nil {
			return err
		}
		for _, l := range found {
			add(l.Deal.Path(), l.UpdatedAt)
			after = l.Position()
		}
		if len(found) < listStride {
			break
		}
	}
	return nil
}

// entityPlaces adds the entities of the kind that have a page.
func (rd *reading) entityPlaces(kind standfirst.EntityKind, add func(string, time.Time)) error {
	var after standfirst.Slug
	for range feed.MaxSitemap / listStride {
		found, err := rd.tx.Entities(kind, after, listStride, store.ForReaders)
		if err != nil {
			return err
		}
		for _, e := range found {
			add(e.Path(), time.Time{})
			after = e.Slug
		}
		if len(found) < listStride {
			break
		}
	}
	return nil
}
