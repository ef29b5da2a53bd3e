package site

import (
	"net/url"

	"standfirst"
	"standfirst/internal/feed"
)

const embedPath = "/oembed"

// askEmbed reads of which story another site wants to show something, and in which format.
func askEmbed(at address, asked map[string]string) (address, error) {
	wanted, err := url.QueryUnescape(asked["url"])
	if err != nil {
		return at, errNoPage
	}
	u, err := url.Parse(wanted)
	if err != nil || u.Host == "" {
		return at, errNoPage
	}
	if _, _, ok := standfirst.ParseStoryPath(u.Path); !ok { // so that no story has two addresses
		return at, errNoPage
	}
	format := asked["format"]
	switch format {
	case "":
		format = "json"
	case "json", "xml":
	default:
		return at, errNoPage
	}
	at.key = embedAddress(u.Scheme+"://"+u.Host+u.Path) + "&format=" + format
	return at, nil
}

// embedAddress returns where other sites ask what to show of the address.
func embedAddress(story string) string { return embedPath + "?url=" + url.QueryEscape(story) }

// loadEmbed tells other sites what to show of a story, if it is one of ours that readers see.
func loadEmbed(rd *reading, at address) (*view, error) {
	asked, err := url.Parse(at.key)
	if err != nil {
		return nil, errNoPage
	}
	u, err := url.Parse(asked.Query().Get("url"))
	if err != nil || rd.baseURL == "" || u.Scheme+"://"+u.Host != rd.baseURL {
		return nil, errNoPage
	}
	day, slug, ok := standfirst.ParseStoryPath(u.Path)
	if !ok {
		return nil, errNoPage
	}
	story, err := rd.tx.StoryAt(day, slug)
	if err != nil {
		return nil, err
	}
	revision, err := rd.published(story)
	if err != nil {
		return nil, err
	}
	a, err := rd.article(story, revision.Content)
	if err != nil {
		return nil, err
	}
	embed := feed.NewEmbed(a.Entry, a.Publisher)
	return &view{write: func() (string, []byte, error) {
		if asked.Query().Get("format") == "xml" {
			body, err := embed.XML()
			return "text/xml; charset=utf-8", body, err
		}
		body, err := embed.JSON()
		return jsonType, body, err
	}}, nil
}
