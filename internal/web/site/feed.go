package site

import (
	"cmp"
	"fmt"
	"html"
	"strings"

	"standfirst"
	"standfirst/internal/feed"
)

// feedLength is how many stories a feed has.
const feedLength = 30

// The ends of the addresses of feeds, below those of the pages that list the same.
const (
	atomBelow = "/feed.atom"
	rssBelow  = "/feed.rss"
	jsonBelow = "/feed.json"
)

// splitFeedPath returns the address of the page that lists what the feed at the path has,
// and the end that tells its format; the end is empty where the path is no feed's.
func splitFeedPath(p string) (home, below string) {
	for _, below := range [...]string{atomBelow, rssBelow, jsonBelow} {
		if home, ok := strings.CutSuffix(p, below); ok && !strings.HasSuffix(home, "/") {
			return cmp.Or(home, "/"), below
		}
	}
	return p, ""
}

// isFeedPath reports whether the path ends like that of a feed.
func isFeedPath(p string) bool {
	_, below := splitFeedPath(p)
	return below != ""
}

// ofFeed resolves the address of a feed, if the page above it has one.
func (k *kinds) ofFeed(at *address) {
	home, below := splitFeedPath(at.path)
	above := k.resolve(home)
	if above.redirect != nil || above.key != home {
		return
	}
	feeds := map[*kind]*kind{
		&k.front: &k.frontFeed, &k.section: &k.sectionFeed, &k.topic: &k.topicFeed, &k.author: &k.authorFeed,
		&k.deal: &k.dealFeed, &k.corrections: &k.correctionsFeed, &k.comments: &k.commentsFeed,
		&k.company: &k.companyFeed, &k.organisation: &k.organisationFeed, &k.place: &k.placeFeed, &k.person: &k.personFeed,
	}
	kind, ok := feeds[above.kind]
	if !ok {
		return
	}
	at.kind, at.slug, at.date = kind, above.slug, above.date
	if home != "/" {
		at.versions = &versionsAddress{below: below}
		if above.versions != nil {
			at.versions.below = above.versions.below + below
		}
	}
}

// feedSource is what a feed is made of before its stories are read.
type feedSource struct {
	title   string // of what it lists; empty for the publication
	about   string // may be empty
	stories []standfirst.Card
	entries []feed.Entry // in place of stories
}

// loadFeed returns the loader of the feeds of one kind of page. The source tags them with
// what they list.
func loadFeed(source func(*reading, address) (feedSource, error)) func(*reading, address) (*view, error) {
	return func(rd *reading, at address) (*view, error) {
		from, err := source(rd, at)
		if err != nil {
			return nil, err
		}
		home, below := splitFeedPath(at.path)
		f := feed.Feed{
			Title: rd.pub.Name, Subtitle: cmp.Or(from.about, rd.pub.Description), Language: rd.pub.Language,
			Home: rd.outside(home), Self: rd.outside(at.path), Entries: from.entries,
		}
		if from.title != "" {
			f.Title = from.title + " · " + rd.pub.Name
		}
		texts := make([]*body, len(from.stories))
		for i, c := range from.stories {
			entry, text, err := rd.feedEntry(c, below)
			if err != nil {
				return nil, fmt.Errorf("site: story %s in a feed: %w", c.ID, err)
			}
			texts[i] = text
			f.Entries = append(f.Entries, entry)
		}
		for _, e := range f.Entries {
			if e.Updated.After(f.Updated) {
				f.Updated = e.Updated
			}
		}
		if f.Updated.IsZero() {
			f.Updated = rd.now // nothing is in it yet
		}
		links := ""
		if !strings.HasSuffix(home, talkBelow) { // comments come too often for that
			f.Hub = rd.pub.Hub
			links = hubLinks(f)
		}
		return &view{links: links, write: func() (string, []byte, error) {
			for i, text := range texts {
				if text == nil {
					continue
				}
				if f.Entries[i].HTML, err = rd.feedText(text, f.Entries[i].Address); err != nil {
					return "", nil, err
				}
			}
			return writeFeed(f, below)
		}}, nil
	}
}

// hubLinks returns the header Link that names the hub of the feed; empty if there is none.
func hubLinks(f feed.Feed) string {
	if f.Hub == "" {
		return ""
	}
	return "<" + f.Hub + `>; rel="hub", <` + f.Self + `>; rel="self"`
}

// paragraph returns the plain text as HTML.
func paragraph(text string) string { return "<p>" + html.EscapeString(text) + "</p>" }

// writeFeed writes the feed in the format that the end of its address names.
func writeFeed(f feed.Feed, below string) (contentType string, body []byte, err error) {
	switch below {
	case rssBelow:
		body, err = f.RSS()
		return feed.RSSType, body, err
	case jsonBelow:
		body, err = f.JSON()
		return feed.JSONType, body, err
	}
	body, err = f.Atom()
	return feed.AtomType, body, err
}

// outside returns the address with scheme and host, for programs that have nothing else to
// go by.
func (rd *reading) outside(path string) string {
	return cmp.Or(rd.baseURL, rd.shareURL, "http://localhost") + path
}
