package media

import (
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
)

// Qualities of JPEG files. The picture itself is what its renditions are made of,
// so it keeps a little more.
const (
	pictureQuality   = 90
	renditionQuality = 84
)

// encoding is how a picture is kept.
type encoding struct {
	format    string // as in standfirst.Picture
	extension string
	encode    func(w io.Writer, m image.Image, quality int) error
}

var (
	asJPEG = encoding{"jpeg", ".jpg", func(w io.Writer, m image.Image, quality int) error {
		return jpeg.Encode(w, m, &jpeg.Options{Quality: quality})
	}}
	asPNG = encoding{"png", ".png", func(w io.Writer, m image.Image, _ int) error {
		return (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(w, m)
	}}
)

// encodingOf returns the encoding of a stored picture's format.
func encodingOf(format string) (encoding, error) {
	switch format {
	case asJPEG.format:
		return asJPEG, nil
	case asPNG.format:
		return asPNG, nil
	default:
		return encoding{}, fmt.Errorf("media: no encoding for the format %q", format)
	}
}

// chooseEncoding decides how a picture is kept; the package comment tells the rule.
func chooseEncoding(d decoded) encoding {
	if !opaque(d.image) || !d.lossy && flat(d.image) {
		return asPNG
	}
	return asJPEG
}

// opaque reports whether no pixel can be seen through.
func opaque(m image.Image) bool {
	o, ok := m.(interface{ Opaque() bool })
	return !ok || o.Opaque()
}

// flat reports whether at least two thirds of the pixels equal the one to their
// left: photographs are far below that, charts and logos far above. Of a large
// picture every nth row is looked at.
func flat(m image.Image) bool {
	const rowsLookedAt = 256
	b := m.Bounds()
	step := max(1, b.Dy()/rowsLookedAt)
	same, all := 0, 0
	for y := b.Min.Y; y < b.Max.Y; y += step {
		r0, g0, b0, a0 := m.At(b.Min.X, y).RGBA()
		for x := b.Min.X + 1; x < b.Max.X; x++ {
			r1, g1, b1, a1 := m.At(x, y).RGBA()
			if r0 == r1 && g0 == g1 && b0 == b1 && a0 == a1 {
				same++
			}
			all++
			r0, g0, b0, a0 = r1, g1, b1, a1
		}
	}
	return same*3 >= all*2
}
