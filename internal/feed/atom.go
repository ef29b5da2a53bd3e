package feed

import (
	"encoding/xml"
	"time"
)

// AtomType is the media type of Atom.
const AtomType = "application/atom+xml; charset=utf-8"

type atomFeed struct {
	XMLName   xml.Name   `xml:"feed"`
	Namespace string     `xml:"xmlns,attr"`
	Deleted   string     `xml:"xmlns:at,attr,omitempty"`
	Thread    string     `xml:"xmlns:thr,attr,omitempty"`
	Language  string     `xml:"xml:lang,attr,omitempty"`
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Subtitle  string     `xml:"subtitle,omitempty"`
	Updated   string     `xml:"updated"`
	Links     []atomLink `xml:"link"`
	Icon      string     `xml:"icon,omitempty"`
	Author    *atomName  `xml:"author"`
	Generator string     `xml:"generator"`
	Entries   []any      `xml:",any"` // atomEntry and atomDeleted
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Href   string `xml:"href,attr"`
	Title  string `xml:"title,attr,omitempty"`
	Length int64  `xml:"length,attr,omitempty"`
}

type atomName struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Label  string `xml:"label,attr,omitempty"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomEntry struct {
	XMLName    xml.Name       `xml:"entry"`
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published"`
	Links      []atomLink     `xml:"link"`
	Authors    []atomName     `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
	Content    *atomText      `xml:"content"`
}

// atomDeleted is the tombstone of RFC 6721.
type atomDeleted struct {
	XMLName xml.Name   `xml:"at:deleted-entry"`
	Ref     string     `xml:"ref,attr"`
	When    string     `xml:"when,attr"`
	Comment string     `xml:"at:comment,omitempty"`
	Links   []atomLink `xml:"link"`
}

const (
	atomNamespace    = "http://www.w3.org/2005/Atom"
	deletedNamespace = "http://purl.org/atompub/tombstones/1.0"
	threadNamespace  = "http://purl.org/syndication/thread/1.0"
	generator        = "Standfirst"
	noticeScheme     = "https://schema.org/correction"
)

// Atom returns the feed as Atom. A retracted story is a deleted entry that says why.
func (f Feed) Atom() ([]byte, error) {
	out := atomFeed{
		Namespace: atomNamespace, Language: f.Language, ID: f.Home, Title: f.Title, Subtitle: f.Subtitle, Updated: atomTime(f.Updated),
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: f.Self}, {Rel: "alternate", Type: "text/html", Href: f.Home}},
		Icon:  f.Icon, Author: &atomName{Name: f.Title}, Generator: generator,
	}
	if f.Hub != "" {
		out.Links = append(out.Links, atomLink{Rel: "hub", Href: f.Hub})
	}
	for _, e := range f.Entries { // whatever is no entry stands before the first
		if e.Retracted != nil {
			out.Deleted = deletedNamespace
			out.Entries = append(out.Entries, atomDeleted{
				Ref: e.ID, When: atomTime(*e.Retracted), Comment: e.Summary, Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: e.Address}},
			})
		}
	}
	for _, e := range f.Entries {
		if e.Retracted != nil {
			continue
		}
		if e.TalkFeed != "" {
			out.Thread = threadNamespace
		}
		out.Entries = append(out.Entries, e.atom())
	}
	return marshal(out)
}

func (e Entry) atom() atomEntry {
	out := atomEntry{
		ID: e.ID, Title: e.Title, Updated: atomTime(e.Updated), Published: atomTime(e.Published), Summary: e.Summary,
		Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: e.Address}},
	}
	if p := e.Picture; p != nil {
		out.Links = append(out.Links, atomLink{Rel: "enclosure", Type: p.Type, Href: p.Address, Title: p.Alt, Length: p.Bytes})
	}
	if e.TalkFeed != "" {
		out.Links = append(out.Links, atomLink{Rel: "replies", Type: "application/atom+xml", Href: e.TalkFeed})
	}
	for _, a := range e.Authors {
		out.Authors = append(out.Authors, atomName{Name: a.Line(), URI: a.Address})
	}
	for _, c := range e.Categories {
		out.Categories = append(out.Categories, atomCategory{Term: c.Term, Scheme: c.Scheme, Label: c.Name})
	}
	for _, n := range e.Notices {
		out.Categories = append(out.Categories, atomCategory{Term: string(n.Class), Scheme: noticeScheme, Label: n.Title})
	}
	if text := e.withNotices(); text != "" {
		out.Content = &atomText{Type: "html", Text: text}
	}
	return out
}

// atomTime returns the time as RFC 3339 has it, to the second.
func atomTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// marshal returns the document with its declaration.
func marshal(document any) ([]byte, error) {
	body, err := xml.MarshalIndent(document, "", " ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), append(body, '\n')...), nil
}
