package main

import (
	"math"
	"math/rand/v2"
)

// serverHall: an aisle between racks that runs to a bright door.
func serverHall(c *canvas) {
	vanish := point{930, 430}
	c.fill(down(0, height, stop{0, hex("0d1822", 1)}, stop{.45, hex("1c3441", 1)}, stop{.55, hex("1f3a46", 1)}, stop{1, hex("0b131b", 1)}), rect(0, 0, width, height))
	// project puts a place in the hall on the canvas: x from -1 to 1 across the
	// aisle, y from 0 at the floor to 1 at the top of the racks, z the distance.
	project := func(x, y, z float64) point {
		f := 1 / z
		return point{vanish.x + x*430*f, vanish.y + 300*f - y*640*f}
	}
	quad := func(x, y0, y1, z0, z1 float64) outline {
		return outline{project(x, y0, z0), project(x, y0, z1), project(x, y1, z1), project(x, y1, z0)}
	}
	door := project(0, 0, 11)
	far := outline{project(-1, 0, 11), project(1, 0, 11), project(1, 1, 11), project(-1, 1, 11)}
	// floor and its shine
	c.fill(linear{point{0, vanish.y}, point{0, height}, ramp{{0, hex("9fb8b6", 1)}, {.12, hex("4d6b73", 1)}, {.45, hex("1d323d", 1)}, {1, hex("0c151d", 1)}}},
		outline{project(-1, 0, .3), project(-1, 0, 11), project(1, 0, 11), project(1, 0, .3)})
	for i := range 9 { // the joints of the floor
		z := .55 * math.Pow(1.42, float64(i))
		c.stroke(hex("0a1219", .55), 3.2/z+.3, 3.2/z+.3, project(-1, 0, z), project(1, 0, z))
	}
	for _, x := range []float64{-.34, .34} {
		c.stroke(hex("0a1219", .5), 5, .4, project(x, 0, .3), project(x, 0, 11))
	}
	// ceiling trays of light
	for _, x := range []float64{-.5, .5} {
		for i := range 7 {
			z0 := .5 * math.Pow(1.5, float64(i))
			z1 := z0 * 1.32
			if z1 > 11 {
				break
			}
			lamp := outline{project(x-.1, 1.22, z0), project(x+.1, 1.22, z0), project(x+.1, 1.22, z1), project(x-.1, 1.22, z1)}
			c.fill(hex("cfe3dd", .22+.08*float64(i)), lamp)
		}
	}
	dice := rand.New(rand.NewPCG(7, 11))
	edges := []float64{.42}
	for edges[len(edges)-1] < 10 {
		edges = append(edges, edges[len(edges)-1]*1.19+.12)
	}
	for _, side := range []float64{-1, 1} {
		for i := len(edges) - 2; i >= 0; i-- {
			rack(c, dice, quad, project, side, edges[i], edges[i+1], i)
		}
	}
	// the door and its light
	c.light(door.x, vanish.y+6, 420, 300, hex("cfe6df", .34))
	c.fill(hex("dce9e2", 1), far)
	c.fill(down(far[2].y, far[0].y, stop{0, paper}, stop{1, hex("e9ddc4", 1)}), outline{project(-.55, 0, 11), project(.55, 0, 11), project(.55, .8, 11), project(-.55, .8, 11)})
	c.light(door.x, vanish.y, 170, 150, hex("f7f4e6", .75))
	c.light(door.x, door.y+60, 130, 220, hex("e8efe6", .42))
	for _, f := range figure(door.x+9, door.y+12, 44) {
		c.fill(hex("14222b", .95), f)
	}
	// the dark of the foreground
	c.fill(across(0, width, stop{0, hex("070c12", .62)}, stop{.26, hex("070c12", 0)}, stop{.78, hex("070c12", 0)}, stop{1, hex("070c12", .62)}), rect(0, 0, width, height))
}

// rack draws one cabinet of the row, its shelves and its lamps.
func rack(c *canvas, dice *rand.Rand, quad func(x, y0, y1, z0, z1 float64) outline, project func(x, y, z float64) point, side, z0, z1 float64, index int) {
	depth := min((z0-.4)/8, 1)
	body := hex("101b25", 1).mix(hex("5d8287", 1), depth*.8)
	if index%2 == 1 {
		body = body.mix(hex("1e3440", 1), .35)
	}
	c.fill(body, quad(side, 0, 1.06, z0, z1))
	gap := (z1 - z0) * .05
	panel := hex("182934", 1).mix(hex("6b9093", 1), depth*.8)
	c.fill(panel, quad(side, .035, 1.02, z0+gap, z1-gap))
	const shelves = 18
	for s := range shelves {
		y0 := .05 + float64(s)*.053
		inset := (z1 - z0) * .09
		c.fill(body.mix(hex("05090d", 1), .4), quad(side, y0+.006, y0+.046, z0+inset, z1-inset))
		lamps := 6
		for k := range lamps {
			if dice.Float64() > .5 {
				continue
			}
			z := z0 + inset + (z1-z0-2*inset)*(.1+.8*float64(k)/float64(lamps-1))
			lamp := hex("5fd0cc", .95)
			switch roll := dice.Float64(); {
			case roll > .93:
				lamp = hex("e9a45a", 1)
			case roll > .9:
				lamp = hex("e0674a", 1)
			case roll < .3:
				lamp = hex("9fe6df", .75)
			}
			p := project(side, y0+.026, z)
			r := max(3.4/z, .8)
			if z < 3.2 {
				c.light(p.x, p.y, r*4.2, r*4.2, lamp.alpha(.3))
			}
			c.fill(lamp, ellipse(p.x, p.y, r*.62, r))
		}
	}
	// the edge towards us catches the light of the lamps above
	c.stroke(hex("a9cfcb", .34), 2.4/z0, 2.4/z0, project(side, 0, z0), project(side, 1.06, z0))
	floor := quad(side, 0, -.22, z0, z1)
	c.fill(body.alpha(.3), floor)
}
