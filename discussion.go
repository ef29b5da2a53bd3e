package standfirst

import (
	"cmp"
	"strings"
	"time"
	"unicode"
)

// DiscussionMode says which comments appear by themselves.
type DiscussionMode string

const (
	ModeOpen   DiscussionMode = "open"   // all that no rule holds
	ModeFirst  DiscussionMode = "first"  // the same, but a writer's first
	ModeAll    DiscussionMode = "all"    // none: each waits for a moderator
	ModeClosed DiscussionMode = "closed" // no more are taken
)

// Valid reports whether there is such a mode.
func (m DiscussionMode) Valid() bool {
	switch m {
	case ModeOpen, ModeFirst, ModeAll, ModeClosed:
		return true
	}
	return false
}

// Discussion says how the talk is held in the publication, in a section or under a story.
// What is zero is as it is said one step above.
type Discussion struct {
	Mode DiscussionMode `json:"mode,omitempty"`
	// HoldNow holds everything here until somebody lets go of the button.
	HoldNow bool `json:"holdNow,omitempty"`
	// ClosesAfter is for how many days after its publication a story takes comments;
	// -1 is for ever.
	ClosesAfter int `json:"closesAfter,omitempty"`
	// Opens and Closes are the hours of the day, in the publication's time zone, between
	// which comments may appear by themselves, as "09:00". Both empty are always.
	Opens  string `json:"opens,omitempty"`
	Closes string `json:"closes,omitempty"`

	// The following are of the publication alone.

	HouseRules  string   `json:"houseRules,omitempty"`  // one line above the form
	Exact       []string `json:"exact,omitempty"`       // words that hold a comment
	Loose       []string `json:"loose,omitempty"`       // the same, also where they are disguised
	MaxLinks    int      `json:"maxLinks,omitempty"`    // more hold a comment; -1 for none at all
	KeepDays    int      `json:"keepDays,omitempty"`    // for which a guest's address is kept
	EditMinutes int      `json:"editMinutes,omitempty"` // in which a writer may change a comment
	Akismet     Akismet  `json:"akismet,omitzero"`      // off, unless somebody says otherwise
}

// DefaultDiscussion is how the talk is held until somebody says otherwise.
func DefaultDiscussion() Discussion {
	return Discussion{Mode: ModeFirst, ClosesAfter: -1, MaxLinks: 2, KeepDays: 90, EditMinutes: 15}
}

// Under returns what holds where d is said of a section or story, and above of what that is
// a part of. What is of the publication alone is as above says.
func (d Discussion) Under(above Discussion) Discussion {
	out := above
	if d.Mode != "" {
		out.Mode = d.Mode
	}
	out.HoldNow = d.HoldNow || above.HoldNow
	if d.ClosesAfter != 0 {
		out.ClosesAfter = d.ClosesAfter
	}
	if d.Opens != "" || d.Closes != "" {
		out.Opens, out.Closes = d.Opens, d.Closes
	}
	return out
}

// WithDefaults returns what holds in the publication, of which d is said.
func (d Discussion) WithDefaults() Discussion {
	defaults := DefaultDiscussion()
	out := d
	part := d.Under(defaults)
	out.Mode, out.HoldNow, out.ClosesAfter, out.Opens, out.Closes = part.Mode, part.HoldNow, part.ClosesAfter, part.Opens, part.Closes
	out.MaxLinks = cmp.Or(d.MaxLinks, defaults.MaxLinks)
	out.KeepDays = cmp.Or(d.KeepDays, defaults.KeepDays)
	out.EditMinutes = cmp.Or(d.EditMinutes, defaults.EditMinutes)
	return out
}

// OfPart returns what of d can be said of a section or story: all but what is of the
// publication alone.
func (d Discussion) OfPart() Discussion { return d.Under(Discussion{}) }

// Limits of the settings.
const (
	maxWordList   = 1000
	maxListedWord = 80   // bytes
	maxHouseRules = 400  // bytes
	maxKeepDays   = 1000 // days
	maxEditTime   = 24 * 60
)

// Validate returns an Invalid error that names the first setting that cannot stand.
func (d Discussion) Validate() error {
	switch {
	case d.Mode != "" && !d.Mode.Valid():
		return Errorf(Invalid, "there is no mode %q; there are open, first, all and closed", d.Mode)
	case d.ClosesAfter < -1:
		return Errorf(Invalid, "a story cannot close %d days after its publication", d.ClosesAfter)
	case (d.Opens == "") != (d.Closes == ""):
		return Errorf(Invalid, "the hours need both ends, such as 08:00 and 20:00")
	case len(d.HouseRules) > maxHouseRules:
		return Errorf(Invalid, "the house rules have %d bytes, %d at most", len(d.HouseRules), maxHouseRules)
	case strings.ContainsFunc(d.HouseRules, unicode.IsControl):
		return Errorf(Invalid, "the house rules are one line, without control characters")
	case d.KeepDays < 0 || d.KeepDays > maxKeepDays:
		return Errorf(Invalid, "addresses can be kept for 1 to %d days", maxKeepDays)
	case d.EditMinutes < -1 || d.EditMinutes > maxEditTime:
		return Errorf(Invalid, "a comment can be changed for at most %d minutes", maxEditTime)
	case d.MaxLinks < -1:
		return Errorf(Invalid, "a comment cannot have %d links", d.MaxLinks)
	}
	for _, hour := range []string{d.Opens, d.Closes} {
		if _, err := time.Parse("15:04", hour); hour != "" && err != nil {
			return Errorf(Invalid, "%q is no time of the day; write it as 08:00", hour)
		}
	}
	for _, list := range [][]string{d.Exact, d.Loose} {
		if len(list) > maxWordList {
			return Errorf(Invalid, "the list has %d words, %d at most", len(list), maxWordList)
		}
		for _, word := range list {
			if strings.TrimSpace(word) == "" || len(word) > maxListedWord {
				return Errorf(Invalid, "%q cannot stand in a list of words: it is empty or longer than %d bytes", word, maxListedWord)
			}
		}
	}
	return nil
}

// OpenAt reports whether comments may appear by themselves at the time, by the hours.
func (d Discussion) OpenAt(at time.Time, zone *time.Location) bool {
	if d.Opens == "" || d.Opens == d.Closes {
		return true
	}
	now := at.In(zone).Format("15:04")
	if d.Opens < d.Closes {
		return now >= d.Opens && now < d.Closes
	}
	return now >= d.Opens || now < d.Closes
}

// ClosesFor returns when a story that was published at the time stops taking comments by
// its age; the zero time is never.
func (d Discussion) ClosesFor(published time.Time) time.Time {
	if d.ClosesAfter <= 0 {
		return time.Time{}
	}
	return published.AddDate(0, 0, d.ClosesAfter)
}

// ClosedFor reports whether a story that was published at the time takes no more comments.
func (d Discussion) ClosedFor(published, now time.Time) bool {
	closes := d.ClosesFor(published)
	return d.Mode == ModeClosed || !closes.IsZero() && !now.Before(closes)
}

// DiscussionScope names what settings are for.
type DiscussionScope string

// PublicationScope is that of everything.
const PublicationScope DiscussionScope = "publication"

// SectionScope is that of the section.
func SectionScope(id SectionID) DiscussionScope { return DiscussionScope("section:" + id.String()) }

// StoryScope is that of the story.
func StoryScope(id StoryID) DiscussionScope { return DiscussionScope("story:" + id.String()) }
