package media

import (
	"image"
	"image/draw"
)

// turn is a value of EXIF's Orientation: what the first row and the first column of
// the stored picture are of the picture as it is meant.
type turn uint16

const (
	upright        turn = 1 + iota // row at the top, column at the left
	mirrored                       // top, right
	upsideDown                     // bottom, right
	flipped                        // bottom, left
	transposed                     // left, top
	turnedRight                    // right, top: has to be turned right by a quarter
	transversed                    // right, bottom
	turnedLeft                     // left, bottom: has to be turned left by a quarter
	firstSidewards = transposed
)

// sidewards reports whether width and height change places.
func (t turn) sidewards() bool { return t >= firstSidewards }

// apply returns the picture as it is meant. An upright one is returned as it is.
func (t turn) apply(src image.Image) image.Image {
	if t == upright {
		return src
	}
	from := toRGBA(src)
	w, h := from.Rect.Dx(), from.Rect.Dy()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if t.sidewards() {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		row := from.Pix[y*from.Stride:][: w*4 : w*4]
		for x := range w {
			dx, dy := t.place(x, y, w, h)
			copy(to.Pix[dy*to.Stride+dx*4:][:4], row[x*4:])
		}
	}
	return to
}

// place returns where the pixel at x, y of a stored picture of w × h belongs.
func (t turn) place(x, y, w, h int) (int, int) {
	switch t {
	case mirrored:
		return w - 1 - x, y
	case upsideDown:
		return w - 1 - x, h - 1 - y
	case flipped:
		return x, h - 1 - y
	case transposed:
		return y, x
	case turnedRight:
		return h - 1 - y, x
	case transversed:
		return h - 1 - y, w - 1 - x
	case turnedLeft:
		return y, w - 1 - x
	default:
		return x, y
	}
}

// toRGBA returns the picture as RGBA with its corner at 0, 0; itself, if it is.
func toRGBA(src image.Image) *image.RGBA {
	if rgba, ok := src.(*image.RGBA); ok && rgba.Rect.Min == (image.Point{}) {
		return rgba
	}
	b := src.Bounds()
	to := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(to, to.Rect, src, b.Min, draw.Src)
	return to
}
