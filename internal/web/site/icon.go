package site

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// icons are the pictures of the publication that are asked for at addresses of their own,
// with their width: browsers and telephones guess them.
var icons = map[string]int{"/favicon.ico": 32, "/apple-touch-icon.png": 180, "/icon-192.png": 192, "/icon-512.png": 512}

// The icon is drawn on a grid of 32 by 32, as icons/favicon.svg is: lines of a page.
var (
	iconGround = color.RGBA{0x0a, 0x5a, 0x63, 0xff}
	iconLines  = color.RGBA{0xfc, 0xfb, 0xf8, 0xff}
	iconBars   = [][4]float64{{6, 7, 26, 12}, {6, 15, 26, 17.5}, {6, 20, 14.5, 25}, {17.5, 20, 26, 22}, {17.5, 23.5, 26, 25}}
)

const iconGrid = 32

func loadIcon(_ *reading, at address) (*view, error) {
	width := icons[at.path]
	return &view{write: func() (string, []byte, error) {
		body, err := drawIcon(width)
		if at.path != "/favicon.ico" {
			return "image/png", body, err
		}
		return "image/x-icon", favicon(body, width), err
	}}, nil
}

// drawIcon returns the icon as PNG. Its ground has no round corners: who shows it cuts it to
// their own shape.
func drawIcon(width int) ([]byte, error) {
	m := image.NewRGBA(image.Rect(0, 0, width, width))
	draw.Draw(m, m.Bounds(), image.NewUniform(iconGround), image.Point{}, draw.Src)
	scale := float64(width) / iconGrid
	for _, bar := range iconBars {
		at := image.Rect(int(bar[0]*scale+0.5), int(bar[1]*scale+0.5), int(bar[2]*scale+0.5), int(bar[3]*scale+0.5))
		draw.Draw(m, at, image.NewUniform(iconLines), image.Point{}, draw.Src)
	}
	var b bytes.Buffer
	err := png.Encode(&b, m)
	return b.Bytes(), err
}

// favicon puts one PNG into the format of Windows icons, which takes it as it is.
func favicon(picture []byte, width int) []byte {
	const header = 6 + 16
	b := make([]byte, header, header+len(picture))
	b[2], b[4] = 1, 1 // an icon; one picture
	b[6], b[7] = byte(width), byte(width)
	b[10], b[12] = 1, 32 // one plane of 32 bits
	binary.LittleEndian.PutUint32(b[14:], uint32(len(picture)))
	binary.LittleEndian.PutUint32(b[18:], header)
	return append(b, picture...)
}
