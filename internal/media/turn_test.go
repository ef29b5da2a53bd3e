package media

import (
	"encoding/binary"
	"image"
	"image/color"
	"testing"
)

// stored returns how a camera stores an upright picture under each orientation, by
// the words of the EXIF standard: where the stored first row and first column lie.
var stored = map[turn]func(x, y, w, h int) (sx, sy int){
	upright:     func(x, y, _, _ int) (int, int) { return x, y },
	mirrored:    func(x, y, w, _ int) (int, int) { return w - 1 - x, y },
	upsideDown:  func(x, y, w, h int) (int, int) { return w - 1 - x, h - 1 - y },
	flipped:     func(x, y, _, h int) (int, int) { return x, h - 1 - y },
	transposed:  func(x, y, _, _ int) (int, int) { return y, x },                 // row = left, column = top
	turnedRight: func(x, y, w, _ int) (int, int) { return y, w - 1 - x },         // row = right, column = top
	transversed: func(x, y, w, h int) (int, int) { return h - 1 - y, w - 1 - x }, // row = right, column = bottom
	turnedLeft:  func(x, y, _, h int) (int, int) { return h - 1 - y, x },         // row = left, column = bottom
}

func TestOrientations(t *testing.T) {
	const w, h = 48, 32
	want := quarters(w, h)
	for o, place := range stored {
		sw, sh := w, h
		if o >= transposed {
			sw, sh = h, w
		}
		asStored := image.NewRGBA(image.Rect(0, 0, sw, sh))
		for y := range h {
			for x := range w {
				sx, sy := place(x, y, w, h)
				asStored.Set(sx, sy, want.At(x, y))
			}
		}
		file := withOrientation(encodeJPEG(t, asStored), uint16(o))
		d, err := limits{1 << 20, 1 << 20}.decode("turned.jpg", file)
		if err != nil {
			t.Fatalf("orientation %d: %v", o, err)
		}
		if size := d.image.Bounds().Size(); size != image.Pt(w, h) {
			t.Errorf("orientation %d: %v", o, size)
		}
		for i, got := range corners(d.image) {
			if wanted := []color.Color{red, green, blue, yellow}[i]; !near(got, wanted) {
				t.Errorf("orientation %d: corner %d is %v, want %v", o, i, got, wanted)
			}
		}
	}
}

func TestOrientationFound(t *testing.T) {
	plain := encodeJPEG(t, quarters(8, 8))
	app1 := func(data string, tiff []byte) []byte { return segment(markerAPP1, append([]byte(data), tiff...)) }
	big := exif(binary.BigEndian, 6)
	for name, tc := range map[string]struct {
		file []byte
		want turn
	}{
		"none":                  {plain, upright},
		"big endian":            {withSegments(plain, app1("Exif\x00\x00", big)), turnedRight},
		"little endian":         {withOrientation(plain, 8), turnedLeft},
		"after other segments":  {withSegments(plain, segment(0xe0, []byte("JFIF\x00")), app1("http://ns.adobe.com/xap/1.0/\x00", nil), app1("Exif\x00\x00", big)), turnedRight},
		"after fill bytes":      {withSegments(plain, []byte{0xff, 0xff}, app1("Exif\x00\x00", big)), turnedRight},
		"behind the scan":       {append(plain, app1("Exif\x00\x00", big)...), upright},
		"zero":                  {withOrientation(plain, 0), upright},
		"nine":                  {withOrientation(plain, 9), upright},
		"cut off":               {withSegments(plain, app1("Exif\x00\x00", big[:20])), upright},
		"not TIFF":              {withSegments(plain, app1("Exif\x00\x00", []byte("XX*\x00aaaaaaaaaa"))), upright},
		"directory out of file": {withSegments(plain, app1("Exif\x00\x00", []byte("II*\x00\xff\xff\xff\xff"))), upright},
		"segment out of file":   {[]byte{0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 'E'}, upright},
		"not a JPEG":            {encodePNG(t, quarters(8, 8)), upright},
		"nothing":               {nil, upright},
	} {
		if got := orientation(tc.file); got != tc.want {
			t.Errorf("%s: %d, want %d", name, got, tc.want)
		}
	}
}

// FuzzOrientation holds that any bytes have one of the eight orientations.
func FuzzOrientation(f *testing.F) {
	plain := encodeJPEG(f, quarters(8, 8))
	f.Add(withOrientation(plain, 6)[:80])
	f.Add(withSegments(plain, segment(markerAPP1, append([]byte("Exif\x00\x00"), exif(binary.BigEndian, 3)...)))[:80])
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if got := orientation(file); got < upright || got > turnedLeft {
			t.Errorf("orientation %d", got)
		}
		if got := tiffOrientation(file); got < upright || got > turnedLeft {
			t.Errorf("orientation %d of TIFF", got)
		}
	})
}
