package standfirst

import (
	"net/url"
	"strings"
)

// MenuName says which menu of the readers' pages is meant.
type MenuName string

const (
	HeaderMenu MenuName = "header" // below the name of the publication
	FooterMenu MenuName = "footer"
)

// MaxMenuItems is how many items a menu has at most.
const MaxMenuItems = 24

// MaxMenuText is how long the words and the address of an item may be, in bytes.
const (
	MaxMenuText    = 80
	MaxMenuAddress = 500
)

// MenuItem is one item of a menu that somebody arranged: a section, a standing page or an
// address; exactly one of the three is set.
type MenuItem struct {
	Section SectionID `json:"section,omitempty"`
	Page    StoryID   `json:"page,omitempty"`
	Address string    `json:"address,omitempty"` // of this site, beginning with a slash, or of another
	Label   string    `json:"label,omitempty"`   // empty for the name of the section or the page
}

// Validate returns an Invalid error that says why the item cannot stand in a menu.
func (m MenuItem) Validate() error {
	set := 0
	for _, is := range []bool{m.Section != 0, m.Page != 0, m.Address != ""} {
		if is {
			set++
		}
	}
	switch {
	case set != 1:
		return Errorf(Invalid, "an item of a menu leads to a section, a page or an address")
	case len(m.Label) > MaxMenuText:
		return Errorf(Invalid, "the words of an item have at most %d characters", MaxMenuText)
	case m.Address == "":
		return nil
	case m.Label == "":
		return Errorf(Invalid, "the address %s needs words to stand in the menu", m.Address)
	case !validMenuAddress(m.Address):
		return Errorf(Invalid, "the address %q must begin with a slash, or with https://", m.Address)
	}
	return nil
}

// validMenuAddress reports whether a menu may lead there: to a page of this site, or to one of
// another, without a name or password in it.
func validMenuAddress(address string) bool {
	u, err := url.Parse(address)
	if err != nil || len(address) > MaxMenuAddress || u.User != nil || strings.ContainsAny(address, "\\ \t\r\n") {
		return false
	}
	if u.Scheme == "" && u.Host == "" {
		return strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//")
	}
	return (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
