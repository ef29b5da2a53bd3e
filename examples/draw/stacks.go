package main

import (
	"math"
	"math/rand/v2"
	"slices"
)

// yard turns metres on a quay into places on the canvas, seen from above a
// corner: x runs down to the right, y down to the left, z up.
type yard struct {
	origin point
	scale  float64
}

func (g yard) at(x, y, z float64) point {
	return point{g.origin.x + (x-y)*.866*g.scale, g.origin.y + ((x+y)*.5-z)*g.scale}
}

// Sizes of a container with the gap to its neighbour, in metres.
const (
	boxLong = 12.2
	boxWide = 2.44
	boxTall = 2.6
)

var boxColours = []rgba{
	brick, hex("b6604a", 1), teal, hex("2f7479", 1), dusk, hex("57708a", 1),
	ochre, sand, hex("8c8578", 1), wine, hex("c9c1b0", 1), hex("2b3947", 1),
}

// containerStacks: a yard of containers in a low, warm light.
func containerStacks(c *canvas) {
	c.fill(linear{point{0, 0}, point{width, height}, ramp{{0, hex("efe6d6", 1)}, {.55, hex("e2d7c6", 1)}, {1, hex("c3bcb2", 1)}}}, rect(0, 0, width, height))
	g := yard{point{700, -420}, 25}
	// painted lanes of the quay
	for _, y := range []float64{-.9, 21.9, 27.1, 50} {
		c.stroke(hex("ffffff", .5), 3, 3, g.at(-40, y, 0), g.at(120, y, 0))
	}
	dice := rand.New(rand.NewPCG(5, 42))
	type stack struct {
		x, y float64
		tall int
	}
	var stacks []stack
	for block, y0 := range []float64{-25.5, 1.2, 29.6, 56} {
		for bay := -2; bay < 8; bay++ {
			for row := range 8 {
				x, y := float64(bay)*13.6, y0+float64(row)*2.62
				tall := 2.6 + 1.5*math.Sin(float64(bay)*1.7+float64(block)*2.2) + 1.1*math.Sin(float64(row)*.8+float64(bay)) + dice.Float64()*1.1 - .4
				stacks = append(stacks, stack{x, y, min(max(int(math.Round(tall)), 0), 5)})
			}
		}
	}
	slices.SortStableFunc(stacks, func(a, b stack) int {
		if d := (a.x + boxLong/2 + a.y) - (b.x + boxLong/2 + b.y); d != 0 {
			return int(math.Copysign(1, d))
		}
		return 0
	})
	// long shadows, in one opaque colour so that they do not add up
	shade := linear{point{0, 0}, point{width, height}, ramp{{0, hex("c3bfb8", 1)}, {1, hex("8f9399", 1)}}}
	for _, s := range stacks {
		for k := range s.tall * 20 {
			z := float64(k+1) / 20 * boxTall
			dx, dy := z*.5, z*.22
			c.fill(shade, outline{g.at(s.x+dx, s.y+dy, 0), g.at(s.x+dx+boxLong, s.y+dy, 0), g.at(s.x+dx+boxLong, s.y+dy+boxWide, 0), g.at(s.x+dx, s.y+dy+boxWide, 0)})
		}
	}
	for _, s := range stacks {
		for k := range s.tall {
			container(c, g, s.x, s.y, float64(k)*boxTall, boxColours[dice.IntN(len(boxColours))])
		}
	}
	// the light comes from the upper left
	c.light(0, 0, 1300, 820, hex("fff1d6", .36))
	c.fill(linear{point{700, 300}, point{width, height}, ramp{{0, night.alpha(0)}, {1, night.alpha(.34)}}}, rect(0, 0, width, height))
}

// container is a box with its lower far corner at the place.
func container(c *canvas, g yard, x, y, z float64, colour rgba) {
	lx, ly, lz := boxLong, boxWide, boxTall
	top := colour.mix(paper, .26)
	side := colour
	end := colour.mix(night, .42)
	c.fill(top, outline{g.at(x, y, z+lz), g.at(x+lx, y, z+lz), g.at(x+lx, y+ly, z+lz), g.at(x, y+ly, z+lz)})
	c.fill(side, outline{g.at(x, y+ly, z), g.at(x+lx, y+ly, z), g.at(x+lx, y+ly, z+lz), g.at(x, y+ly, z+lz)})
	c.fill(end, outline{g.at(x+lx, y, z), g.at(x+lx, y+ly, z), g.at(x+lx, y+ly, z+lz), g.at(x+lx, y, z+lz)})
	fold := colour.mix(night, .5).alpha(.26)
	for i := 1; i < 14; i++ {
		at := x + lx*float64(i)/14
		c.stroke(fold, 3.4, 3.4, g.at(at, y+ly, z+.25), g.at(at, y+ly, z+lz-.22))
	}
	c.stroke(night.alpha(.55), 1.6, 1.6, g.at(x+lx, y+ly/2, z+.1), g.at(x+lx, y+ly/2, z+lz-.1))
	edge := paper.alpha(.42)
	c.stroke(edge, 1.3, 1.3, g.at(x, y+ly, z+lz), g.at(x+lx, y+ly, z+lz), g.at(x+lx, y, z+lz))
	c.stroke(night.alpha(.4), 1.6, 1.6, g.at(x, y+ly, z), g.at(x+lx, y+ly, z), g.at(x+lx, y, z))
}
