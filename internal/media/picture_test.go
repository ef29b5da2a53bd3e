package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"
)

var (
	red    = color.RGBA{200, 30, 30, 255}
	green  = color.RGBA{30, 160, 60, 255}
	blue   = color.RGBA{30, 60, 190, 255}
	yellow = color.RGBA{230, 210, 40, 255}
)

// quarters draws a picture whose quarters are red, green, blue and yellow, from the
// top left clockwise to the bottom left.
func quarters(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := red
			switch left, top := x < w/2, y < h/2; {
			case !left && top:
				c = green
			case !left && !top:
				c = blue
			case left && !top:
				c = yellow
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

// photograph draws soft shapes with the grain of a camera.
func photograph(w, h int) *image.RGBA {
	grain := rand.New(rand.NewPCG(1, 2))
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			n := grain.IntN(24)
			m.SetRGBA(x, y, color.RGBA{uint8(x*200/w + n), uint8(y*200/h + n), uint8(90 + n), 255})
		}
	}
	return m
}

func encodeJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodePNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// encodeGIF makes a GIF of a canvas with one frame, or two, that may be smaller.
func encodeGIF(t testing.TB, canvas image.Point, frames ...*image.Paletted) []byte {
	t.Helper()
	var b bytes.Buffer
	g := &gif.GIF{Image: frames, Delay: make([]int, len(frames)), Config: image.Config{Width: canvas.X, Height: canvas.Y}}
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// encodeWebP makes a lossless WebP file of one colour, which is some thirty bytes
// whatever its size.
func encodeWebP(w, h int, c color.RGBA) []byte {
	var bits bitWriter
	bits.put(0x2f, 8)
	bits.put(w-1, 14)
	bits.put(h-1, 14)
	bits.put(0, 1) // no alpha
	bits.put(0, 3) // version
	bits.put(0, 1) // no transform
	bits.put(0, 1) // no colour cache
	bits.put(0, 1) // one group of prefix codes
	for _, symbol := range []uint8{c.G, c.R, c.B, c.A, 0} {
		bits.put(1, 1) // a simple code
		bits.put(0, 1) // of one symbol
		bits.put(1, 1) // of eight bits
		bits.put(int(symbol), 8)
	}
	data := bits.bytes
	if len(data)%2 == 1 {
		data = append(data, 0)
	}
	file := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(12+len(data)))
	file = binary.LittleEndian.AppendUint32(append(file, "WEBPVP8L"...), uint32(len(data)))
	return append(file, data...)
}

// bitWriter writes bits, the lowest first.
type bitWriter struct {
	bytes []byte
	used  int
}

func (b *bitWriter) put(value, count int) {
	for i := range count {
		if b.used%8 == 0 {
			b.bytes = append(b.bytes, 0)
		}
		b.bytes[b.used/8] |= byte(value>>i&1) << (b.used % 8)
		b.used++
	}
}

// exif returns a TIFF structure with a make, the orientation and a software name.
func exif(order interface {
	binary.ByteOrder
	binary.AppendByteOrder
}, orientation uint16) []byte {
	tiff := []byte("II*\x00")
	if order.Uint16([]byte{0, 1}) == 1 {
		tiff = []byte("MM\x00*")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 3)
	entry := func(tag, kind uint16, count uint32, value []byte) {
		tiff = order.AppendUint16(tiff, tag)
		tiff = order.AppendUint16(tiff, kind)
		tiff = order.AppendUint32(tiff, count)
		tiff = append(tiff, value...)
	}
	entry(0x010f, 2, 4, []byte("Cam\x00"))
	entry(orientationTag, shortType, 1, append(order.AppendUint16(nil, orientation), 0, 0))
	entry(0x0131, 2, 4, []byte("Sft\x00"))
	return order.AppendUint32(tiff, 0)
}

// segment returns a JPEG segment.
func segment(marker byte, data []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(2+len(data))), data...)
}

// withSegments puts segments behind the start of a JPEG file.
func withSegments(file []byte, segments ...[]byte) []byte {
	out := bytes.Clone(file[:2])
	for _, s := range segments {
		out = append(out, s...)
	}
	return append(out, file[2:]...)
}

// withOrientation puts EXIF with the orientation into a JPEG file.
func withOrientation(file []byte, orientation uint16) []byte {
	return withSegments(file, segment(markerAPP1, append([]byte("Exif\x00\x00"), exif(binary.LittleEndian, orientation)...)))
}

// near reports whether two colours are the same but for what encoding changes.
func near(a, b color.Color) bool {
	r0, g0, b0, a0 := a.RGBA()
	r1, g1, b1, a1 := b.RGBA()
	far := func(x, y uint32) bool { return max(x, y)-min(x, y) > 16<<8 }
	return !far(r0, r1) && !far(g0, g1) && !far(b0, b1) && !far(a0, a1)
}

// corners returns the colours inside the four corners, clockwise from the top left.
func corners(m image.Image) [4]color.Color {
	b := m.Bounds()
	dx, dy := b.Dx()/6, b.Dy()/6
	return [4]color.Color{
		m.At(b.Min.X+dx, b.Min.Y+dy), m.At(b.Max.X-1-dx, b.Min.Y+dy),
		m.At(b.Max.X-1-dx, b.Max.Y-1-dy), m.At(b.Min.X+dx, b.Max.Y-1-dy),
	}
}
