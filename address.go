package standfirst

import (
	"strings"
	"time"
)

// StoryPath returns the address of a dated story below the base address.
func StoryPath(day Day, slug Slug) string { return "/" + day.Path() + "/" + string(slug) }

// ParseStoryPath reads what StoryPath makes. It reports false for any other path.
func ParseStoryPath(path string) (Day, Slug, bool) {
	const dayLength = len("/2006/01/02/")
	if len(path) <= dayLength || path[0] != '/' || path[dayLength-1] != '/' {
		return Day{}, "", false
	}
	t, err := time.Parse("2006/01/02", path[1:dayLength-1])
	slug := Slug(path[dayLength:])
	if err != nil || slug.Validate() != nil {
		return Day{}, "", false
	}
	return DayOf(t, time.UTC), slug, true
}

// PagePath returns the address of a standing page.
func PagePath(slug Slug) string { return "/" + string(slug) }

// SectionPath returns the address of a section.
func SectionPath(slug Slug) string { return "/section/" + string(slug) }

// TopicPath returns the address of a topic.
func TopicPath(slug Slug) string { return "/topic/" + string(slug) }

// AuthorPath returns the address of an author.
func AuthorPath(slug Slug) string { return "/author/" + string(slug) }

// DayPath returns the address of the list of a day's stories.
func DayPath(day Day) string { return "/" + day.Path() + "/" }

// reservedPages are the first parts of addresses that no standing page may take.
var reservedPages = map[Slug]bool{
	"section": true, "topic": true, "company": true, "person": true, "organisation": true, "place": true,
	"deals": true, "deal": true, "claim": true, "author": true, "corrections": true, "record": true,
	"calendar": true, "search": true, "newsletters": true, "preview": true, "media": true, "archive": true,
	"api": true, "desk": true, "healthz": true, "readyz": true, "metrics": true, "assets": true, "feed": true,
	"sitemap": true, "robots": true, "favicon": true, "comment": true, "sign-in": true, "sign-out": true, "reader": true,
	"unsubscribe": true,
}

// ValidatePageSlug returns an Invalid error if a standing page cannot have the
// slug: because of its form, or because the address belongs to something else.
func ValidatePageSlug(slug Slug) error {
	if err := slug.Validate(); err != nil {
		return err
	}
	if reservedPages[slug] {
		return Errorf(Invalid, "the address /%s belongs to the newsroom itself; choose another for the page", slug)
	}
	if len(slug) == 4 && strings.Trim(string(slug), "0123456789") == "" {
		return Errorf(Invalid, "the address /%s is that of a year; choose another for the page", slug)
	}
	return nil
}

// OldAddress is what an address that is no longer in use answers: a redirect to
// Target, or 410 when Target is empty.
type OldAddress struct {
	// Path begins with a slash and includes the query, if the address had one
	// ("/?p=17"), so that addresses of other systems can be kept.
	Path   string
	Target string
}
