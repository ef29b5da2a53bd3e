package standfirst

import "time"

// MaxPins is how many stories stand on top of a page at most.
const MaxPins = 6

// Pin is a story that an editor put on top of the front page, or of the page of its section.
type Pin struct {
	Story StoryID
	Lead  bool      // of the front page: at most one, and the first
	Until time.Time // when it leaves by itself; zero for never
}

// Ended reports whether the pin holds no more.
func (p Pin) Ended(now time.Time) bool { return !p.Until.IsZero() && !p.Until.After(now) }
