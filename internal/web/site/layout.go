package site

import (
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"standfirst"
)

// layout is what every page has around its own content.
type layout struct {
	Language    string // BCP 47
	SiteName    string
	Motto       string // may be empty
	Title       string // of the document
	Description string // for search engines; may be empty
	Canonical   string // the address of this page: absolute if the base address is known
	Unlisted    bool   // search engines are asked to leave it out
	Front       bool   // the name of the publication is the headline of the page
	AtArchive   bool

	AtCorrections bool
	AtDeals       bool
	AtCalendar    bool
	AtRecord      bool
	AtSearch      bool
	Script        string  // source name of the module that the page adds; may be empty
	Figures       string  // the same for cited figures
	Talk          string  // the same for the talk
	Sheets        *sheets // that the page needs besides the one of all pages; nil for none
	Preview       *preview
	Data          template.JS // what search engines are told the page is, as JSON-LD; may be empty
	Menu          []menuItem
	Pages         []menuItem // in the footer
	Feeds         []feedLink // in which programs follow the publication, and what the page lists
}

// feedLink is how the head of a page names a feed.
type feedLink struct{ Name, Path, Type string }

// sheets are the style sheets that only some pages load.
type sheets struct {
	Focus      bool // a picture is cropped elsewhere than around its centre
	Search     bool // it is the page of the search
	Disclosure bool // something is disclosed below the byline
	Portrait   bool // it shows the picture of an author
	Embed      bool // the text has something that can be shown from elsewhere; with its script
}

// menuItem is one link of a menu.
type menuItem struct {
	link
	Current bool // it is this page
	Within  bool // this page belongs to it
}

// link is a name that leads to an address.
type link struct{ Name, Path string }

// preview is what other sites show of an address, as OpenGraph has it. All texts
// but SiteName, Type and Title may be empty; times are RFC 3339.
type preview struct {
	SiteName, Type, Title, Description, Address string
	Image                                       *previewImage
	Published, Modified                         string
	Section                                     string
	Topics                                      []string
}

// previewImage is the picture of a preview. Its address is absolute.
type previewImage struct {
	Address       string
	Width, Height int
	Alt           string
}

// layout gathers the menu and the footer for the page at the address.
func (rd *reading) layout(at address) (layout, error) {
	l := layout{
		Language: rd.pub.Language, SiteName: rd.pub.Name, Motto: rd.pub.Description,
		Canonical: rd.baseURL + at.key, Sheets: rd.sheets, Feeds: []feedLink{{rd.pub.Name, atomBelow, "application/atom+xml"}},
	}
	if err := rd.menus(&l, at); err != nil {
		return layout{}, err
	}
	rd.around = &l
	return l, nil
}

// bare returns what the layout shares with that of every other page.
func (l *layout) bare() layout {
	unmarked := func(items []menuItem) []menuItem {
		var bare []menuItem
		for _, item := range items {
			bare = append(bare, menuItem{link: item.link})
		}
		return bare
	}
	return layout{
		Language: l.Language, SiteName: l.SiteName, Motto: l.Motto, Menu: unmarked(l.Menu), Pages: unmarked(l.Pages),
	}
}

// followed adds the feeds of what the page at the address lists.
func (l *layout) followed(path, name string) {
	path = strings.TrimSuffix(path, "/")
	for _, f := range [...]feedLink{{name, path + atomBelow, "application/atom+xml"}, {name, path + rssBelow, "application/rss+xml"}, {name, path + jsonBelow, "application/feed+json"}} {
		if !slices.Contains(l.Feeds, f) {
			l.Feeds = append(l.Feeds, f)
		}
	}
}

// within marks the section of the menu that the page belongs to.
func (l *layout) within(section standfirst.Slug) {
	path := standfirst.SectionPath(section)
	for i := range l.Menu {
		l.Menu[i].Within = l.Menu[i].Path == path
	}
}

// describe sets the title and the description of the page, and its preview.
func (l *layout) describe(rd *reading, kind, title, description, path string) {
	l.Title = documentTitle(title, l.SiteName)
	l.Description = shorten(description, maxDescription)
	l.Preview = &preview{
		SiteName: l.SiteName, Type: kind, Title: title, Description: l.Description, Address: rd.absolute(path),
	}
}

const (
	// maxTitle is the most, in characters, that search engines and tabs show of a
	// title. What is longer they would cut in the middle of a word.
	maxTitle       = 70
	maxDescription = 300
)

// documentTitle returns the title of a page with the name of the publication, as
// far as there is room for it.
func documentTitle(title, siteName string) string {
	if title == siteName {
		return shorten(title, maxTitle)
	}
	if full := title + " · " + siteName; utf8.RuneCountInString(full) <= maxTitle {
		return full
	}
	return shorten(title, maxTitle)
}

// shorten returns the text if it has at most that many characters, and else as many
// whole words of it as fit with an ellipsis after them.
func shorten(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	cut := string([]rune(text)[:most])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	} else {
		cut = string([]rune(text)[:most-1])
	}
	return strings.TrimRight(cut, " ,;:–—-") + "…"
}
