package feed

import (
	"encoding/xml"
	"time"
)

// RSSType is the media type of RSS.
const RSSType = "application/rss+xml; charset=utf-8"

type rssDocument struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Content string     `xml:"xmlns:content,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Media   string     `xml:"xmlns:media,attr"`
	WFW     string     `xml:"xmlns:wfw,attr,omitempty"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string     `xml:"title"`
	Link        string     `xml:"link"`
	Description string     `xml:"description"`
	Language    string     `xml:"language,omitempty"`
	Built       string     `xml:"lastBuildDate"`
	Generator   string     `xml:"generator"`
	Docs        string     `xml:"docs"`
	AtomLinks   []atomLink `xml:"atom:link"`
	Image       *rssImage  `xml:"image"`
	Items       []rssItem  `xml:"item"`
}

type rssImage struct {
	URL   string `xml:"url"`
	Title string `xml:"title"`
	Link  string `xml:"link"`
}

type rssItem struct {
	Title       string        `xml:"title"`
	Link        string        `xml:"link"`
	GUID        rssGUID       `xml:"guid"`
	Published   string        `xml:"pubDate"`
	Updated     string        `xml:"atom:updated,omitempty"`
	Creators    []string      `xml:"dc:creator"`
	Categories  []rssCategory `xml:"category"`
	Comments    string        `xml:"comments,omitempty"`
	TalkFeed    string        `xml:"wfw:commentRss,omitempty"`
	Description string        `xml:"description,omitempty"`
	Content     string        `xml:"content:encoded,omitempty"`
	Picture     *rssPicture   `xml:"media:content"`
}

type rssGUID struct {
	PermaLink bool   `xml:"isPermaLink,attr"`
	ID        string `xml:",chardata"`
}

type rssCategory struct {
	Domain string `xml:"domain,attr,omitempty"`
	Name   string `xml:",chardata"`
}

// rssPicture is media:content of Media RSS 1.5.1.
type rssPicture struct {
	URL         string `xml:"url,attr"`
	Size        int64  `xml:"fileSize,attr,omitempty"`
	Type        string `xml:"type,attr,omitempty"`
	Medium      string `xml:"medium,attr"`
	Width       int    `xml:"width,attr,omitempty"`
	Height      int    `xml:"height,attr,omitempty"`
	Title       string `xml:"media:title,omitempty"`
	Description string `xml:"media:description,omitempty"`
	Credit      string `xml:"media:credit,omitempty"`
}

// RSS returns the feed as RSS 2.0, with whole texts. A retracted story stays an item, whose
// title and text say so: RSS knows no deletion.
func (f Feed) RSS() ([]byte, error) {
	out := rssDocument{
		Version: "2.0", Content: "http://purl.org/rss/1.0/modules/content/", DC: "http://purl.org/dc/elements/1.1/",
		Atom: atomNamespace, Media: "http://search.yahoo.com/mrss/",
		Channel: rssChannel{
			Title: f.Title, Link: f.Home, Description: f.Subtitle, Language: f.Language, Built: rssTime(f.Updated),
			Generator: generator, Docs: "https://www.rssboard.org/rss-specification",
			AtomLinks: []atomLink{{Rel: "self", Type: "application/rss+xml", Href: f.Self}},
		},
	}
	c := &out.Channel
	if c.Description == "" {
		c.Description = f.Title // the format wants one
	}
	if f.Hub != "" {
		c.AtomLinks = append(c.AtomLinks, atomLink{Rel: "hub", Href: f.Hub})
	}
	if f.Icon != "" {
		c.Image = &rssImage{URL: f.Icon, Title: f.Title, Link: f.Home}
	}
	for _, e := range f.Entries {
		if e.TalkFeed != "" {
			out.WFW = "http://wellformedweb.org/CommentAPI/"
		}
		c.Items = append(c.Items, e.rss())
	}
	return marshal(out)
}

func (e Entry) rss() rssItem {
	out := rssItem{
		Title: e.Title, Link: e.Address, GUID: rssGUID{PermaLink: e.ID == e.Address, ID: e.ID}, Published: rssTime(e.Published),
		Comments: e.Talk, TalkFeed: e.TalkFeed, Description: e.Summary, Content: e.withNotices(),
	}
	if e.Updated.After(e.Published) {
		out.Updated = atomTime(e.Updated)
	}
	for _, a := range e.Authors {
		out.Creators = append(out.Creators, a.Line())
	}
	for _, c := range e.Categories {
		out.Categories = append(out.Categories, rssCategory{Domain: c.Scheme, Name: c.Name})
	}
	for _, n := range e.Notices {
		out.Categories = append(out.Categories, rssCategory{Domain: noticeScheme, Name: string(n.Class)})
	}
	if p := e.Picture; p != nil {
		out.Picture = &rssPicture{
			URL: p.Address, Size: p.Bytes, Type: p.Type, Medium: "image", Width: p.Width, Height: p.Height,
			Title: p.Alt, Description: p.Caption, Credit: p.Credit,
		}
	}
	return out
}

// rssTime returns the time as RFC 822 has it, with the year in four digits.
func rssTime(t time.Time) string { return t.UTC().Format(time.RFC1123Z) }
