package feed

import (
	"bytes"
	"encoding/json"
)

// JSONType is the media type of JSON Feed.
const JSONType = "application/feed+json; charset=utf-8"

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Home        string     `json:"home_page_url"`
	Self        string     `json:"feed_url"`
	Description string     `json:"description,omitempty"`
	Icon        string     `json:"icon,omitempty"`
	Language    string     `json:"language,omitempty"`
	Hubs        []jsonHub  `json:"hubs,omitempty"`
	Items       []jsonItem `json:"items"`
}

type jsonHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

type jsonItem struct {
	ID          string           `json:"id"`
	URL         string           `json:"url"`
	Title       string           `json:"title"`
	HTML        string           `json:"content_html"`
	Summary     string           `json:"summary,omitempty"`
	Image       string           `json:"image,omitempty"`
	Published   string           `json:"date_published"`
	Modified    string           `json:"date_modified,omitempty"`
	Authors     []jsonAuthor     `json:"authors,omitempty"`
	Tags        []string         `json:"tags,omitempty"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
	Standfirst  *jsonExtension   `json:"_standfirst,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type jsonAttachment struct {
	URL   string `json:"url"`
	Type  string `json:"mime_type"`
	Title string `json:"title,omitempty"`
	Size  int64  `json:"size_in_bytes,omitempty"`
}

// jsonExtension is what JSON Feed has no word for.
type jsonExtension struct {
	About     string       `json:"about"` // as the format asks
	Retracted string       `json:"retracted,omitempty"`
	Notices   []jsonNotice `json:"notices,omitempty"`
	Comments  string       `json:"comments_url,omitempty"`
}

type jsonNotice struct {
	Class string `json:"class"`
	At    string `json:"at"`
	Text  string `json:"text"`
}

const aboutExtension = "https://www.jsonfeed.org/version/1.1/#extensions"

// JSON returns the feed as JSON Feed 1.1. A retracted story stays an item, whose title and
// text say so, with the time of it in the extension "_standfirst".
func (f Feed) JSON() ([]byte, error) {
	out := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Home: f.Home, Self: f.Self, Description: f.Subtitle,
		Icon: f.Icon, Language: f.Language, Items: make([]jsonItem, 0, len(f.Entries)),
	}
	if f.Hub != "" {
		out.Hubs = []jsonHub{{"WebSub", f.Hub}}
	}
	for _, e := range f.Entries {
		out.Items = append(out.Items, e.json())
	}
	return encodeJSON(out)
}

// encodeJSON returns the document on one line. It is no part of a page, so nothing in it is
// escaped for one.
func encodeJSON(document any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(document)
	return b.Bytes(), err
}

func (e Entry) json() jsonItem {
	out := jsonItem{
		ID: e.ID, URL: e.Address, Title: e.Title, HTML: e.withNotices(), Summary: e.Summary, Published: atomTime(e.Published),
	}
	if e.Updated.After(e.Published) {
		out.Modified = atomTime(e.Updated)
	}
	for _, a := range e.Authors {
		out.Authors = append(out.Authors, jsonAuthor{a.Line(), a.Address})
	}
	for _, c := range e.Categories {
		out.Tags = append(out.Tags, c.Name)
	}
	if p := e.Picture; p != nil {
		out.Image = p.Address
		out.Attachments = []jsonAttachment{{p.Address, p.Type, p.Alt, p.Bytes}}
	}
	x := jsonExtension{About: aboutExtension, Comments: e.Talk}
	for _, n := range e.Notices {
		x.Notices = append(x.Notices, jsonNotice{string(n.Class), atomTime(n.At), n.Text})
	}
	if e.Retracted != nil {
		x.Retracted = atomTime(*e.Retracted)
	}
	if x.Comments != "" || x.Retracted != "" || len(x.Notices) > 0 {
		out.Standfirst = &x
	}
	return out
}
