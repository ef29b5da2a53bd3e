package main

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// Width and height of every picture, in pixels.
const (
	width  = 1640
	height = 922
)

// canvas is a picture in the making. It keeps 16 bits a channel, so that many
// thin layers do not add up to bands.
type canvas struct{ img *image.RGBA64 }

func newCanvas() *canvas {
	return &canvas{image.NewRGBA64(image.Rect(0, 0, width, height))}
}

// point is a place on the canvas; y grows downwards.
type point struct{ x, y float64 }

// outline is a closed polygon.
type outline []point

// fill paints the outlines, each for itself.
func (c *canvas) fill(p paint, shapes ...outline) {
	for _, s := range shapes {
		c.fillOne(p, s)
	}
}

func (c *canvas) fillOne(p paint, s outline) {
	lo, hi := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, v := range s {
		lo = point{math.Min(lo.x, v.x), math.Min(lo.y, v.y)}
		hi = point{math.Max(hi.x, v.x), math.Max(hi.y, v.y)}
	}
	box := image.Rect(int(math.Floor(lo.x)), int(math.Floor(lo.y)), int(math.Ceil(hi.x)), int(math.Ceil(hi.y)))
	if box.Intersect(c.img.Bounds()).Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	ox, oy := float64(box.Min.X), float64(box.Min.Y)
	for i, v := range s {
		if i == 0 {
			r.MoveTo(float32(v.x-ox), float32(v.y-oy))
			continue
		}
		r.LineTo(float32(v.x-ox), float32(v.y-oy))
	}
	r.ClosePath()
	mask := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	r.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	clip := box.Intersect(c.img.Bounds())
	for y := clip.Min.Y; y < clip.Max.Y; y++ {
		for x := clip.Min.X; x < clip.Max.X; x++ {
			if a := mask.AlphaAt(x-box.Min.X, y-box.Min.Y).A; a > 0 {
				c.blend(x, y, p.at(float64(x)+.5, float64(y)+.5), float64(a)/255)
			}
		}
	}
}

// blend lays a colour over a pixel with the coverage.
func (c *canvas) blend(x, y int, over rgba, coverage float64) {
	a := over.a * coverage
	under := c.img.RGBA64At(x, y)
	mix := func(u uint16, o float64) uint16 { return uint16(float64(u)*(1-a) + o*65535*a + .5) }
	c.img.SetRGBA64(x, y, color.RGBA64{mix(under.R, over.r), mix(under.G, over.g), mix(under.B, over.b), 65535})
}

// stroke paints a line through the points, as wide as from at its start and to at
// its end.
func (c *canvas) stroke(p paint, from, to float64, line ...point) {
	left := make(outline, 0, 2*len(line))
	right := make([]point, 0, len(line))
	for i, v := range line {
		a, b := line[max(i-1, 0)], line[min(i+1, len(line)-1)]
		dx, dy := b.x-a.x, b.y-a.y
		l := math.Hypot(dx, dy)
		w := (from + (to-from)*float64(i)/float64(max(len(line)-1, 1))) / 2
		nx, ny := -dy/l*w, dx/l*w
		left = append(left, point{v.x + nx, v.y + ny})
		right = append(right, point{v.x - nx, v.y - ny})
	}
	for i := len(right) - 1; i >= 0; i-- {
		left = append(left, right[i])
	}
	c.fill(p, left)
}

// finish returns the picture in 8 bits a channel. An ordered dither of less than
// one step hides the bands of slow gradients, and costs a JPEG next to nothing.
func (c *canvas) finish() *image.RGBA {
	bayer := [4][4]float64{{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}}
	out := image.NewRGBA(c.img.Bounds())
	for y := range height {
		for x := range width {
			v := c.img.RGBA64At(x, y)
			d := (bayer[y&3][x&3] + .5) / 16
			q := func(u uint16) uint8 { return uint8(math.Min(255, float64(u)/257+d)) }
			out.SetRGBA(x, y, color.RGBA{q(v.R), q(v.G), q(v.B), 255})
		}
	}
	return out
}

// water fills everything below the line with a mirror image of what stands above
// it: squeezed by the factor, torn sideways by ripples, and veiled by a paint.
func (c *canvas) water(line int, squeeze, ripple float64, veil paint) {
	above := image.NewRGBA64(image.Rect(0, 0, width, line))
	copy(above.Pix, c.img.Pix[:line*c.img.Stride])
	for y := line; y < height; y++ {
		depth := float64(y - line)
		for x := range width {
			fx := float64(x)
			wave := .6*math.Sin(9*math.Log1p(depth*.16)+1.4*math.Sin(fx*.0061)+fx*.0017) + .4*math.Sin(23*math.Log1p(depth*.09)-fx*.0043)
			sx := min(max(int(fx+wave*ripple*(.3+depth*.006)), 0), width-1)
			var r, g, b float64
			const taps = 7
			for k := range taps {
				sy := float64(line) - 1 - depth*squeeze - (float64(k)-3)*(1+depth*.014) - wave*ripple*.6
				v := above.RGBA64At(sx, min(max(int(sy), 0), line-1))
				r, g, b = r+float64(v.R)/taps, g+float64(v.G)/taps, b+float64(v.B)/taps
			}
			c.img.SetRGBA64(x, y, color.RGBA64{uint16(r), uint16(g), uint16(b), 65535})
		}
	}
	c.fill(veil, rect(0, float64(line), width, height))
}
