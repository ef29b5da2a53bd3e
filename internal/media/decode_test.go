package media

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"
	"testing/iotest"

	"standfirst"
)

var testLimits = limits{bytes: 1 << 20, pixels: 4_000_000}

func paletted(r image.Rectangle, colours ...color.Color) *image.Paletted {
	m := image.NewPaletted(r, colours)
	draw.Draw(m, r, image.NewUniform(colours[0]), image.Point{}, draw.Src)
	return m
}

func TestDecodeFormats(t *testing.T) {
	frame := paletted(image.Rect(10, 10, 30, 20), green, red)
	for name, file := range map[string][]byte{
		"a.jpg":         encodeJPEG(t, quarters(40, 30)),
		"b.png":         encodePNG(t, quarters(40, 30)),
		"c.gif":         encodeGIF(t, image.Pt(40, 30), paletted(image.Rect(0, 0, 40, 30), red)),
		"moving.gif":    encodeGIF(t, image.Pt(40, 30), paletted(image.Rect(0, 0, 40, 30), red), frame),
		"part.gif":      encodeGIF(t, image.Pt(40, 30), frame),
		"d.webp":        encodeWebP(40, 30, red),
		"webp-as.jpg":   encodeWebP(40, 30, red), // browsers save such files; their bytes decide
		"no-extension":  encodePNG(t, quarters(40, 30)),
		"grey.png":      encodePNG(t, image.NewGray(image.Rect(0, 0, 40, 30))),
		"deep.png":      encodePNG(t, image.NewNRGBA64(image.Rect(0, 0, 40, 30))),
		"upper-case.JP": encodeJPEG(t, image.NewGray(image.Rect(0, 0, 40, 30))),
	} {
		d, err := testLimits.decode(name, file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := d.image.Bounds().Size(); got != image.Pt(40, 30) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestDecodeFirstFrameOnItsCanvas(t *testing.T) {
	file := encodeGIF(t, image.Pt(40, 30), paletted(image.Rect(10, 10, 30, 20), green, red))
	d, err := testLimits.decode("part.gif", file)
	if err != nil {
		t.Fatal(err)
	}
	if got := d.image.At(15, 15); !near(got, green) {
		t.Errorf("inside the frame: %v", got)
	}
	if got := d.image.At(5, 5); !near(got, color.Transparent) {
		t.Errorf("outside it: %v", got)
	}
}

// bomb is a PNG file of a few bytes that says it is w × h.
func bomb(w, h uint32) []byte {
	head := append([]byte("IHDR"), byte(w>>24), byte(w>>16), byte(w>>8), byte(w), byte(h>>24), byte(h>>16), byte(h>>8), byte(h), 8, 2, 0, 0, 0)
	sum := crc32.ChecksumIEEE(head)
	file := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return append(file, byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
}

func TestDecodeRefuses(t *testing.T) {
	photo := encodeJPEG(t, photograph(200, 100))
	for _, tc := range []struct {
		name string
		file []byte
		kind standfirst.ErrorKind
		says string
	}{
		{"wide.png", bomb(3000, 3000), standfirst.TooLarge, "3000 × 3000 pixels"},
		{"strip.png", bomb(1, 50_000), standfirst.TooLarge, "a side may have 32000"},
		{"huge.png", bomb(100_000, 100_000), standfirst.TooLarge, "100000 × 100000 pixels"},
		{"solid.webp", encodeWebP(16384, 16384, red), standfirst.TooLarge, "16384 × 16384"},
		{"scans.jpg", append(photo[:len(photo)-2:len(photo)-2], bytes.Repeat([]byte{0xff, markerStartOfScan}, 500)...), standfirst.Invalid, "more than 200 passes"},
		{"cut.jpg", photo[:len(photo)/2], standfirst.Invalid, "JPEG picture that is damaged"},
		{"head.jpg", photo[:20], standfirst.Invalid, "JPEG picture that is damaged"},
		{"cut.png", encodePNG(t, photograph(50, 50))[:300], standfirst.Invalid, "PNG picture that is damaged"},
		{"cut.gif", encodeGIF(t, image.Pt(9, 9), paletted(image.Rect(0, 0, 9, 9), red))[:20], standfirst.Invalid, "GIF picture that is damaged"},
		{"cut.webp", encodeWebP(9, 9, red)[:22], standfirst.Invalid, "WebP picture that is damaged"},
		{"moving.webp", []byte("RIFF\x00\x01\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00"), standfirst.Invalid, "animated WebP"},
		{"notes.jpg", []byte("Harrow Tin rose 4% on Tuesday.\n"), standfirst.Invalid, "is a text; pictures are taken in as"},
		{"phone.jpg", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), standfirst.Invalid, "HEIC"},
		{"web.jpg", []byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif"), standfirst.Invalid, "AVIF"},
		{"clip.jpg", []byte("\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42"), standfirst.Invalid, "film"},
		{"scan.jpg", []byte("II*\x00\x08\x00\x00\x00"), standfirst.Invalid, "TIFF"},
		{"paint.jpg", []byte("BM\x00\x00\x00\x00"), standfirst.Invalid, "BMP"},
		{"logo.svg", []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`), standfirst.Invalid, "SVG"},
		{"report.png", []byte("%PDF-1.7\n"), standfirst.Invalid, "PDF"},
		{"noise.png", []byte("\x00\x01\x02\x03\xfe\xff"), standfirst.Invalid, "is not a picture"},
	} {
		_, err := testLimits.decode(tc.name, tc.file)
		if err == nil {
			t.Errorf("%s was taken in", tc.name)
			continue
		}
		if kind := standfirst.KindOf(err); kind != tc.kind {
			t.Errorf("%s: %v error, want %v", tc.name, kind, tc.kind)
		}
		if m := standfirst.PublicMessage(err); !strings.Contains(m, fmt.Sprintf("%q", tc.name)) || !strings.Contains(m, tc.says) {
			t.Errorf("%s: %q does not name the file or say %q", tc.name, m, tc.says)
		}
	}
}

func TestDecodeEveryTruncation(t *testing.T) {
	for name, file := range map[string][]byte{
		"a.jpg": withOrientation(encodeJPEG(t, quarters(24, 16)), 6), "b.png": encodePNG(t, quarters(24, 16)),
		"c.gif": encodeGIF(t, image.Pt(24, 16), paletted(image.Rect(0, 0, 24, 16), red)), "d.webp": encodeWebP(24, 16, red),
	} {
		for n := range len(file) {
			// A file that lacks only its end mark may be read; none may be read wrongly.
			if d, err := testLimits.decode(name, file[:n]); err == nil {
				if d.image.Bounds().Empty() {
					t.Errorf("%s cut to %d bytes became %v", name, n, d.image.Bounds())
				}
			} else if kind := standfirst.KindOf(err); kind != standfirst.Invalid && kind != standfirst.TooLarge {
				t.Errorf("%s cut to %d bytes: %v", name, n, err)
			}
		}
	}
}

func TestRead(t *testing.T) {
	l := limits{bytes: 1 << 20}
	if b, err := l.read("x.jpg", bytes.NewReader(make([]byte, 1<<20))); err != nil || len(b) != 1<<20 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	_, err := l.read("x.jpg", bytes.NewReader(make([]byte, 1<<20+1)))
	if standfirst.KindOf(err) != standfirst.TooLarge || err.Error() != `"x.jpg" is larger than 1 MB, which is the most that a picture may have` {
		t.Errorf("%v", err)
	}
	if _, err = l.read("x.jpg", strings.NewReader("")); standfirst.KindOf(err) != standfirst.Invalid {
		t.Errorf("%v", err)
	}
	cause := errors.New("line is down")
	if _, err = l.read("x.jpg", iotest.ErrReader(cause)); !errors.Is(err, cause) || !strings.Contains(err.Error(), "x.jpg") {
		t.Errorf("%v", err)
	}
}

func TestChooseEncoding(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 20, 20))
	for name, tc := range map[string]struct {
		d    decoded
		want string
	}{
		"photograph":                {decoded{photograph(80, 60), true}, "jpeg"},
		"photograph without loss":   {decoded{photograph(80, 60), false}, "jpeg"},
		"chart":                     {decoded{quarters(80, 60), false}, "png"},
		"chart that came as JPEG":   {decoded{quarters(80, 60), true}, "jpeg"},
		"transparent":               {decoded{clear, false}, "png"},
		"transparent and lossy":     {decoded{clear, true}, "png"},
		"one pixel":                 {decoded{quarters(1, 1), false}, "png"},
		"tall flat, rows passed by": {decoded{quarters(10, 5000), false}, "png"},
	} {
		if got := chooseEncoding(tc.d).format; got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

// FuzzDecode holds that whatever is decoded keeps to the limits and can be encoded.
func FuzzDecode(f *testing.F) {
	f.Add(withOrientation(encodeJPEG(f, quarters(16, 8)), 6))
	f.Add(encodePNG(f, quarters(8, 8)))
	f.Add(encodeGIF(f, image.Pt(8, 8), paletted(image.Rect(2, 2, 6, 6), red, green)))
	f.Add(encodeWebP(8, 8, red))
	f.Add(bomb(1000, 1000))
	l := limits{bytes: 1 << 16, pixels: 1 << 14}
	f.Fuzz(func(t *testing.T, file []byte) {
		given, err := l.read("fuzz", bytes.NewReader(file))
		if err != nil {
			return
		}
		d, err := l.decode("fuzz", given)
		if err != nil {
			if kind := standfirst.KindOf(err); kind != standfirst.Invalid && kind != standfirst.TooLarge {
				t.Errorf("%v", err)
			}
			return
		}
		b := d.image.Bounds()
		if b.Empty() || b.Dx()*b.Dy() > 1<<14 {
			t.Fatalf("decoded to %v", b)
		}
		var out bytes.Buffer
		if err := chooseEncoding(d).encode(&out, d.image, pictureQuality); err != nil {
			t.Errorf("encode: %v", err)
		}
		if again, err := l.decode("again", out.Bytes()); err != nil || again.image.Bounds().Size() != b.Size() {
			t.Errorf("what was encoded cannot be read: %v", err)
		}
	})
}
