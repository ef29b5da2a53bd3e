package feedtest

import (
	"encoding/xml"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

type rssDocument struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Channel struct {
		Titles       []string  `xml:"title"`
		Descriptions []string  `xml:"description"`
		Language     string    `xml:"language"`
		Built        string    `xml:"lastBuildDate"`
		Links        []rssLink `xml:"link"` // of Atom too
		Items        []rssItem `xml:"item"`
	} `xml:"channel"`
}

type rssLink struct {
	XMLName xml.Name
	Rel     string `xml:"rel,attr"`
	Type    string `xml:"type,attr"`
	Href    string `xml:"href,attr"`
	Text    string `xml:",chardata"`
}

type rssItem struct {
	Title string `xml:"title"`
	Link  string `xml:"link"`
	GUIDs []struct {
		PermaLink string `xml:"isPermaLink,attr"`
		ID        string `xml:",chardata"`
	} `xml:"guid"`
	Published   string   `xml:"pubDate"`
	Creators    []string `xml:"creator"`
	Comments    string   `xml:"comments"`
	Description string   `xml:"description"`
	Content     string   `xml:"encoded"`
}

// RSS fails the test unless the document keeps the rules that the W3C's feed validator
// documents for RSS 2.0: what must be there, dates, unique GUIDs, absolute addresses, no
// script in a text, and the link to itself.
func RSS(t testing.TB, document []byte) {
	t.Helper()
	var d rssDocument
	if err := xml.Unmarshal(document, &d); err != nil {
		t.Errorf("%v in\n%s", err, document)
		return
	}
	c := d.Channel
	if d.Version != "2.0" || len(c.Titles) != 1 || c.Titles[0] == "" || len(c.Descriptions) != 1 || c.Descriptions[0] == "" {
		t.Errorf("version %q, titles %q, descriptions %q", d.Version, c.Titles, c.Descriptions)
	}
	rssDate(t, c.Built)
	plain, self := 0, 0
	for _, link := range c.Links {
		switch {
		case link.XMLName.Space == "":
			plain++
			absolute(t, "the channel's link", link.Text)
		case link.Rel == "self":
			self++
			absolute(t, "atom:link", link.Href)
			if link.Type != "application/rss+xml" {
				t.Errorf("atom:link is of the type %q", link.Type)
			}
		}
	}
	if plain != 1 || self != 1 {
		t.Errorf("%d links and %d to itself", plain, self)
	}
	known := make(map[string]bool)
	for _, item := range c.Items {
		if item.Title == "" && item.Description == "" {
			t.Errorf("the item %s has neither title nor description", item.Link)
		}
		absolute(t, "an item's link", item.Link)
		if item.Comments != "" {
			absolute(t, "comments", item.Comments)
		}
		rssDate(t, item.Published)
		switch {
		case len(item.GUIDs) != 1 || item.GUIDs[0].ID == "" || known[item.GUIDs[0].ID]:
			t.Errorf("the item %s has the GUIDs %v", item.Link, item.GUIDs)
		case item.GUIDs[0].PermaLink != "false":
			absolute(t, "a GUID", item.GUIDs[0].ID)
			fallthrough
		default:
			known[item.GUIDs[0].ID] = true
		}
		content(t, item.Description)
		content(t, item.Content)
	}
}

// rssDate fails the test unless the text is a date of RFC 822 with its year in four digits.
func rssDate(t testing.TB, text string) {
	t.Helper()
	if _, err := time.Parse(time.RFC1123Z, text); err != nil {
		t.Errorf("%q is no date of RFC 822", text)
	}
}

// absolute fails the test unless the address has scheme and host.
func absolute(t testing.TB, what, address string) {
	t.Helper()
	if u, err := url.Parse(address); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.TrimSpace(address) != address {
		t.Errorf("%s is %q", what, address)
	}
}

// addressing are the attributes that hold addresses.
var addressing = []string{"href", "src", "cite", "poster", "data", "action", "formaction"}

// unsafe are the elements that readers of feeds take out or refuse.
var unsafe = []string{"script", "style", "iframe", "object", "embed", "form", "input", "button", "meta", "link", "base"}

// content fails the test where the HTML would do something in a reader of feeds, or leads
// nowhere from there.
func content(t testing.TB, text string) {
	t.Helper()
	tokens := html.NewTokenizer(strings.NewReader(text))
	for tokens.Next() != html.ErrorToken {
		token := tokens.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		if slices.Contains(unsafe, token.Data) {
			t.Errorf("a text has <%s>: %s", token.Data, text)
		}
		for _, a := range token.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcset" {
				t.Errorf("a text has %s=%q", a.Key, a.Val)
			}
			if slices.Contains(addressing, a.Key) && !strings.HasPrefix(a.Val, "mailto:") {
				absolute(t, a.Key, a.Val)
			}
		}
	}
}
