package standfirst

import "time"

// KeptAnswer is what a program was answered that may ask again, with the same key, for what
// is to be done once.
type KeptAnswer struct {
	Token     TokenID
	Key       string // digest of what the program calls the request
	Request   string // digest of the request
	BegunAt   time.Time
	ExpiresAt time.Time

	Status int    // of HTTP; zero while it is being answered
	Header string // those of the header that are told again, as JSON
	Body   string
}
