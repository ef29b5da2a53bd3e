package main

import "math"

// cableShip: a ship that lays cable off a row of wind turbines.
func cableShip(c *canvas) {
	const line = 560
	c.fill(down(0, line,
		stop{0, hex("8fa5b0", 1)}, stop{.4, hex("bccacb", 1)}, stop{.75, hex("e8ddcc", 1)}, stop{1, hex("f1d9c1", 1)}),
		rect(0, 0, width, height))
	c.light(1240, 540, 800, 330, hex("fbe6cb", .7))
	for _, k := range []struct{ x, y, w, h, a float64 }{{360, 140, 560, 20, .4}, {900, 210, 640, 16, .4}, {1420, 120, 420, 18, .34}, {560, 330, 620, 12, .34}, {1260, 400, 500, 9, .4}} {
		c.light(k.x, k.y, k.w, k.h*2, hex("fbf4ea", k.a))
	}
	for i := range 9 { // the far row
		turbine(c, 90+float64(i)*186, line, 120+6*float64(i%3), float64(i)*.71+.3, hex("9fb0b4", .75))
	}
	for i, x := range []float64{168, 520, 1210, 1520} { // the near row
		turbine(c, x, line, []float64{330, 262, 296, 344}[i], float64(i)*1.13+.35, hex("f9f5ec", 1))
	}
	vessel(c, 560, line+6)
	c.water(line+6, .92, 9, down(line, height, stop{0, hex("a9bdbd", .3)}, stop{.18, hex("5f8a8f", .55)}, stop{.55, hex("1f5d66", .86)}, stop{1, hex("0b3841", .97)}))
	for i := range 46 { // the swell, in thin strokes that grow towards us
		t := float64(i) / 45
		y := line + 26 + 320*math.Pow(t, 1.5)
		x := math.Mod(float64(i)*417.3, width)
		w := 60 + 190*t
		crest := curve(point{x - w, y + 3*t}, point{x, y - 7*t - 1}, point{x + w, y + 3*t})
		c.stroke(hex("e6ded0", .26-.12*t), .4, .4, crest...)
		c.stroke(hex("dfe9e4", .3-.12*t), 1+2.2*t, .3, crest[:len(crest)*2/3]...)
	}
	// the cable leaves the stern and goes under
	cable := curve(point{566, line - 62}, point{470, line - 20}, point{418, line + 92})
	c.stroke(hex("17191d", 1), 4.5, 4.5, cable...)
	c.light(418, line+94, 52, 8, hex("f4efe2", .8))
	c.stroke(hex("0a2b33", .45), 4, 1, curve(point{418, line + 94}, point{392, line + 190}, point{340, line + 300})...)
}

// turbine stands on the line, with its blades turned by the angle.
func turbine(c *canvas, x, ground, tall, angle float64, colour rgba) {
	w := tall * .026
	hub := point{x, ground - tall}
	c.fill(across(x-w, x+w, stop{0, colour}, stop{1, colour.mix(hex("5f7682", colour.a), .45)}),
		outline{{x - w*.5, hub.y}, {x + w*.5, hub.y}, {x + w, ground}, {x - w, ground}})
	c.fill(hex("d9a441", colour.a), rect(x-w*1.25, ground-tall*.055, x+w*1.25, ground))
	for k := range 3 {
		sin, cos := math.Sincos(angle + float64(k)*2*math.Pi/3)
		tip := point{hub.x + sin*tall*.62, hub.y - cos*tall*.62}
		side := func(p point, d float64) point { return point{p.x + cos*d, p.y + sin*d} }
		mid := point{hub.x + sin*tall*.15, hub.y - cos*tall*.15}
		c.fill(colour.mix(hex("5f7682", colour.a), .18+.2*float64(k)), outline{side(hub, -w*.3), side(mid, -w*.95), tip, side(mid, w*.35), side(hub, w*.3)})
	}
	c.fill(colour.mix(hex("5f7682", colour.a), .3), ellipse(hub.x, hub.y, w*.75, w*.75))
}

// vessel is the cable layer, stern at x and bow 560 pixels to the right.
func vessel(c *canvas, x, sea float64) {
	at := func(dx, dy float64) point { return point{x + dx, sea - dy} }
	box := func(p paint, x0, y0, x1, y1 float64) { c.fill(p, rect(x+x0, sea-y1, x+x1, sea-y0)) }
	white, shade := hex("f6f1e7", 1), hex("b9c0bf", 1)
	// bridge and houses towards the bow
	c.fill(across(x+368, x+520, stop{0, white}, stop{1, hex("d9d6cc", 1)}), outline{at(368, 60), at(368, 150), at(500, 150), at(524, 60)})
	c.fill(white, outline{at(392, 150), at(392, 190), at(478, 190), at(492, 150)})
	c.fill(white, outline{at(404, 190), at(404, 208), at(456, 208), at(464, 190)})
	for row := range 3 {
		for i := range 9 - row {
			box(hex("2c4652", .9), 378+float64(i)*13, 78+float64(row)*24, 386+float64(i)*13, 87+float64(row)*24)
		}
	}
	c.fill(hex("1f3742", 1), outline{at(398, 160), at(398, 178), at(482, 178), at(488, 160)})
	c.stroke(shade, 5, 3, at(430, 208), at(430, 268))
	c.stroke(shade, 2, 2, at(412, 244), at(448, 244))
	c.fill(brick, outline{at(374, 150), at(374, 182), at(390, 178), at(390, 150)})
	// the deck beneath the helicopter's place, over the bow
	c.stroke(hex("5e7078", 1), 6, 6, at(488, 196), at(566, 196))
	c.stroke(hex("5e7078", 1), 3, 3, at(499, 194), at(504, 126))
	c.stroke(hex("5e7078", 1), 3, 3, at(548, 194), at(513, 100))
	// the carousel with its cable
	c.fill(across(x+120, x+330, stop{0, hex("d8b06a", 1)}, stop{.4, ochre}, stop{1, hex("8a5f2e", 1)}), rect(x+120, sea-122, x+330, sea-58))
	c.fill(hex("2a2523", 1), ellipse(x+225, sea-122, 105, 15))
	c.fill(hex("4a3d33", 1), ellipse(x+225, sea-124, 84, 11))
	c.fill(hex("c08a48", 1), ellipse(x+225, sea-126, 22, 4.5))
	for i := range 22 {
		dx := 225 - 104*math.Cos(math.Pi*float64(i)/21)
		c.stroke(hex("5f4020", .5), 2, 2, at(dx, 118), at(dx, 60))
	}
	// arm, chute and a crane
	c.stroke(hex("4e6068", 1), 7, 5, at(225, 130), at(150, 196), at(58, 122), at(8, 70))
	c.stroke(hex("4e6068", 1), 5, 5, at(96, 60), at(128, 178))
	c.stroke(hex("17191d", 1), 3, 3, at(225, 126), at(152, 190), at(60, 117), at(6, 68))
	c.stroke(ochre, 11, 9, at(346, 60), at(346, 176))
	c.stroke(ochre, 9, 5, at(346, 172), at(268, 236))
	c.stroke(hex("3b3f42", 1), 1.6, 1.6, at(268, 236), at(268, 160))
	// hull: dark below, a warm band above the water
	hull := outline{at(0, 66), at(368, 62), at(520, 66), at(590, 92), at(548, 22), at(540, 0), at(10, 0)}
	c.fill(down(sea-90, sea, stop{0, hex("0f5a63", 1)}, stop{1, hex("0a3a43", 1)}), hull)
	c.fill(brick, outline{at(7, 17), at(547, 17), at(540, 0), at(10, 0)})
	c.stroke(hex("f3e4cc", .8), 2.4, 2.4, at(0, 66), at(368, 62), at(520, 66), at(590, 92))
	for i := range 26 {
		c.stroke(hex("5e7078", .8), 1.2, 1.2, at(6+float64(i)*14, 66), at(6+float64(i)*14, 78))
	}
	c.stroke(hex("5e7078", .8), 1.4, 1.4, at(4, 78), at(360, 76))
}
