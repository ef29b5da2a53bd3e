package standfirst

import (
	"strconv"
	"strings"
	"time"
)

// Picture is a stored picture: upright, without metadata, addressed by its
// content. Its renditions are smaller copies, made by a job.
type Picture struct {
	ID         PictureID
	Digest     string // SHA-256 of the file that was given, in lower-case hexadecimal
	Format     string // "jpeg" or "png"
	File       PictureFile
	Renditions []PictureFile // narrowest first; empty until the job has run
	Name       string        // of the file that was given
	PictureWords
	Focus     Focus
	CreatedAt time.Time
	CreatedBy string // the actor, as [Actor.String]; empty if nobody knows
}

// PictureWords is what is said of a picture wherever it is used. A story that uses it
// begins with these words and may say others. Each is plain text on one line, and may be
// empty.
type PictureWords struct {
	Alt     string // what a reader who cannot see it needs to know
	Caption string
	Credit  string // who made it
	Licence string // under which terms it is used, such as "CC BY 4.0"; it belongs to the picture and is shown with every use
}

// Focus is the point of a picture that stays in sight where it is cropped: percent of its
// width from the left, and of its height from the top.
type Focus struct{ X, Y int }

// Centre is the focus of a picture for which nobody chose another.
var Centre = Focus{50, 50}

// Validate returns an Invalid error if the point is outside the picture.
func (f Focus) Validate() error {
	if f.X < 0 || f.X > 100 || f.Y < 0 || f.Y > 100 {
		return Errorf(Invalid, "the focal point lies outside the picture; both numbers are from 0 to 100")
	}
	return nil
}

// PictureScheme begins the address by which the text of a story shows a stored picture, as
// in "![Cranes](picture:12)".
const PictureScheme = "picture:"

// Address returns the address by which the text of a story shows the picture.
func (id PictureID) Address() string { return PictureScheme + id.String() }

// ParsePictureAddress returns the picture that an address in the text of a story shows, and
// false if it shows none by its number.
func ParsePictureAddress(address string) (PictureID, bool) {
	digits, ok := strings.CutPrefix(address, PictureScheme)
	n, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || n <= 0 || digits[0] < '1' || digits[0] > '9' {
		return 0, false
	}
	return PictureID(n), true
}

// PictureUse is one story that uses a picture.
type PictureUse struct {
	Story   StoryID
	Draft   bool // its working copy does
	Version bool // a version that is kept does, published or not
}

// PictureFile is one stored size of a picture.
type PictureFile struct {
	Name   string // relative to the media folder and to /media/, such as "3f/3fa9…-960.jpg"
	Width  int    // pixels
	Height int    // pixels
	Bytes  int64
}

// PictureWidths are the widths, in pixels, of the renditions. A picture is never
// enlarged: one narrower than a width has no rendition of it.
var PictureWidths = [...]int{480, 960, 1640}

// Limits on pictures that are taken in, looked at before one is decoded.
const (
	MaxPictureBytes  = 25 << 20
	MaxPicturePixels = 60_000_000
)

// Limits on what is said of a picture, in bytes.
const (
	MaxPictureWordsLength = 2000 // of alt text, caption and credit
	MaxLicenceLength      = 200
	MaxPictureNameLength  = 200
)
