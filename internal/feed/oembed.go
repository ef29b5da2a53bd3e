package feed

import (
	"encoding/xml"
)

// The media types of oEmbed, as its discovery links name them.
const (
	EmbedJSONType = "application/json+oembed"
	EmbedXMLType  = "text/xml+oembed"
)

// Embed is what other sites show of a story in place of its address, as oEmbed 1.0 has it: a
// link, with the picture at its head.
type Embed struct {
	XMLName     xml.Name `json:"-" xml:"oembed"`
	Version     string   `json:"version" xml:"version"`
	Type        string   `json:"type" xml:"type"`
	Title       string   `json:"title" xml:"title"`
	Author      string   `json:"author_name,omitempty" xml:"author_name,omitempty"`
	AuthorURL   string   `json:"author_url,omitempty" xml:"author_url,omitempty"`
	Provider    string   `json:"provider_name" xml:"provider_name"`
	ProviderURL string   `json:"provider_url" xml:"provider_url"`
	CacheAge    int      `json:"cache_age" xml:"cache_age"` // seconds
	Thumb       string   `json:"thumbnail_url,omitempty" xml:"thumbnail_url,omitempty"`
	ThumbWidth  int      `json:"thumbnail_width,omitempty" xml:"thumbnail_width,omitempty"`
	ThumbHeight int      `json:"thumbnail_height,omitempty" xml:"thumbnail_height,omitempty"`
}

// embedAge is how long others may show what they were told, in seconds: a retraction is to
// be seen there soon.
const embedAge = 300

// NewEmbed returns what other sites show of the entry of the publication.
func NewEmbed(e Entry, p Publisher) Embed {
	out := Embed{Version: "1.0", Type: "link", Title: e.Title, Provider: p.Name, ProviderURL: p.Address, CacheAge: embedAge}
	for i, a := range e.Authors {
		switch i {
		case 0:
			out.Author, out.AuthorURL = a.Name, a.Address
		default:
			out.Author += ", " + a.Name
		}
	}
	if e.Picture != nil && e.Retracted == nil {
		out.Thumb, out.ThumbWidth, out.ThumbHeight = e.Picture.Address, e.Picture.Width, e.Picture.Height
	}
	return out
}

// JSON returns it as JSON.
func (e Embed) JSON() ([]byte, error) {
	return encodeJSON(e)
}

// XML returns it as XML.
func (e Embed) XML() ([]byte, error) { return marshal(e) }
