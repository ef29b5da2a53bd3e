package media

import (
	"bytes"
	"errors"
	"image"
	"io"

	"standfirst"
)

const (
	// maxSide bounds width and height in pixels. No camera comes near it, and
	// browsers and encoders give up soon after.
	maxSide = 32_000
	// maxScans bounds the passes in which a JPEG file describes its picture. A
	// progressive one has about ten; every pass costs a walk over all its pixels,
	// however few bytes it has.
	maxScans = 200
)

// limits on what is taken in.
type limits struct {
	bytes  int64
	pixels int64
}

// read reads the given file, or returns a TooLarge or Invalid error that names it.
func (l limits) read(name string, r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, l.bytes+1))
	switch {
	case errors.Is(err, errBusy):
		return nil, err
	case err != nil:
		return nil, standfirst.WrapError(standfirst.Unavailable, err, "%q cannot be read", name)
	case int64(len(b)) > l.bytes:
		return nil, standfirst.Errorf(standfirst.TooLarge, "%q is larger than %d MB, which is the most that a picture may have",
			name, l.bytes>>20)
	case len(b) == 0:
		return nil, standfirst.Errorf(standfirst.Invalid, "%q is empty", name)
	}
	return b, nil
}

// check looks at what the file says of itself before anything is decoded.
func (l limits) check(name string, c image.Config, file []byte) error {
	switch {
	case c.Width <= 0 || c.Height <= 0:
		return standfirst.Errorf(standfirst.Invalid, "%q is a picture without a single pixel", name)
	case c.Width > maxSide || c.Height > maxSide:
		return standfirst.Errorf(standfirst.TooLarge, "%q is %d × %d pixels; a side may have %d at most",
			name, c.Width, c.Height, maxSide)
	case int64(c.Width)*int64(c.Height) > l.pixels:
		return standfirst.Errorf(standfirst.TooLarge, "%q is %d × %d pixels, more than the %d million that a picture may have",
			name, c.Width, c.Height, l.pixels/1_000_000)
	case isJPEG(file) && bytes.Count(file, []byte{0xff, markerStartOfScan}) > maxScans:
		return standfirst.Errorf(standfirst.Invalid, "%q describes its picture in more than %d passes; save it anew as a plain JPEG",
			name, maxScans)
	}
	return nil
}
