package pagecache

import (
	"time"

	"standfirst"
)

// Page is what a render gives: one answer, the same for every reader. After it is
// returned from a render its slices belong to the cache and must not be changed.
type Page struct {
	Status      int    // HTTP status code; zero means 200
	ContentType string // with its charset

	// CacheControl is sent as it stands; empty means "no-cache", that is: keep it
	// if you like, and ask every time.
	CacheControl string

	// Policy is the Content-Security-Policy of this page, in place of the one that
	// every answer has; empty for that one.
	Policy string

	// Links is the value of the header Link; empty for none.
	Links string

	// LastModified is when the newest change to anything on the page was made.
	// Leave it zero if that is not known for all of it: a page that changed without
	// its LastModified would be answered with 304 to those who ask by date.
	LastModified time.Time

	// Until is when the page stops being true by the clock alone: from then on it is
	// rendered again. Zero is never.
	Until time.Time

	Body []byte

	// Tags name everything that the page shows. Those that stand first are sent in
	// Cache-Tag when there are too many for one header, so the broad ones belong there.
	Tags []standfirst.Tag
}
