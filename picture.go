package standfirst

import "time"

// Picture is a stored picture: upright, without metadata, addressed by its
// content. Its renditions are smaller copies, made by a job.
type Picture struct {
	ID         PictureID
	Digest     string // SHA-256 of the file that was given, in lower-case hexadecimal
	Format     string // "jpeg" or "png"
	File       PictureFile
	Renditions []PictureFile // narrowest first; empty until the job has run
	CreatedAt  time.Time
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
