package main

import (
	"math"
	"strconv"
)

// rgba is a colour with channels between 0 and 1, alpha not multiplied in.
type rgba struct{ r, g, b, a float64 }

// hex reads a colour such as "0a5a63", with an alpha between 0 and 1.
func hex(s string, alpha float64) rgba {
	v, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		panic("draw: colour " + s) // a slip in this program
	}
	return rgba{float64(v>>16) / 255, float64(v>>8&255) / 255, float64(v&255) / 255, alpha}
}

// mix returns the colour that lies the share t of the way to the other.
func (c rgba) mix(o rgba, t float64) rgba {
	return rgba{c.r + (o.r-c.r)*t, c.g + (o.g-c.g)*t, c.b + (o.b-c.b)*t, c.a + (o.a-c.a)*t}
}

// The colours that the pictures share with the pages of the newspaper.
var (
	paper = hex("fcfbf8", 1)
	ink   = hex("17191d", 1)
	teal  = hex("0a5a63", 1)
	night = hex("1b2a3a", 1)
	dusk  = hex("3d566e", 1)
	sand  = hex("e3cfb4", 1)
	rose  = hex("dba58c", 1)
	brick = hex("a8452f", 1)
	wine  = hex("6f2a2a", 1)
	ochre = hex("c98f45", 1)
)

// alpha returns the colour with another alpha.
func (c rgba) alpha(a float64) rgba { c.a = a; return c }

// paint gives a colour to every place.
type paint interface{ at(x, y float64) rgba }

func (c rgba) at(float64, float64) rgba { return c }

// stop is a colour at a share of the way through a gradient.
type stop struct {
	at    float64
	color rgba
}

// ramp is a row of stops in order of their place.
type ramp []stop

// pick returns the colour at the place. Between stops it eases in and out, so
// that none of them shows as an edge.
func (r ramp) pick(t float64) rgba {
	if t <= r[0].at {
		return r[0].color
	}
	for i := 1; i < len(r); i++ {
		if t <= r[i].at {
			u := (t - r[i-1].at) / (r[i].at - r[i-1].at)
			u = .5*u + .5*u*u*(3-2*u)
			return r[i-1].color.mix(r[i].color, u)
		}
	}
	return r[len(r)-1].color
}

// linear is a gradient from one point to another.
type linear struct {
	from, to point
	ramp     ramp
}

func (l linear) at(x, y float64) rgba {
	dx, dy := l.to.x-l.from.x, l.to.y-l.from.y
	return l.ramp.pick(((x-l.from.x)*dx + (y-l.from.y)*dy) / (dx*dx + dy*dy))
}

// down is a gradient between two heights.
func down(y0, y1 float64, stops ...stop) paint {
	return linear{point{0, y0}, point{0, y1}, stops}
}

// across is a gradient between two distances from the left.
func across(x0, x1 float64, stops ...stop) paint {
	return linear{point{x0, 0}, point{x1, 0}, stops}
}

// glow is a soft light: full at its centre, nothing at its radii.
type glow struct {
	centre point
	rx, ry float64
	color  rgba
}

func (g glow) at(x, y float64) rgba {
	d := math.Hypot((x-g.centre.x)/g.rx, (y-g.centre.y)/g.ry)
	if d >= 1 {
		return g.color.alpha(0)
	}
	f := 1 - d
	return g.color.alpha(g.color.a * f * f * (3 - 2*f))
}

// light paints a glow where it reaches.
func (c *canvas) light(x, y, rx, ry float64, color rgba) {
	c.fill(glow{point{x, y}, rx, ry, color}, rect(x-rx, y-ry, x+rx, y+ry))
}
