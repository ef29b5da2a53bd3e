package main

// harbourCranes: three gantry cranes over still water at dusk.
func harbourCranes(c *canvas) {
	const line = 690
	c.fill(down(0, line,
		stop{0, night}, stop{.34, dusk}, stop{.62, hex("8d8790", 1)}, stop{.82, rose}, stop{1, hex("f0cfa6", 1)}),
		rect(0, 0, width, height))
	c.light(1226, 668, 760, 330, hex("f6c98d", .75))
	c.fill(hex("f9e3bd", .96), ellipse(1226, 636, 46, 46))

	// long thin clouds
	for _, k := range []struct{ x, y, w, h, a float64 }{
		{420, 392, 560, 9, .35}, {760, 430, 420, 6, .3}, {1300, 350, 520, 10, .3}, {1180, 520, 620, 7, .4}, {300, 540, 380, 6, .3}, {980, 585, 300, 4, .5},
	} {
		c.light(k.x, k.y, k.w, k.h*2.2, hex("f2c3a0", k.a))
	}
	far := hex("6d6a78", .75)
	c.fill(far, ridge(655, 14, 1.1, line))
	shore := hex("3a4152", 1)
	c.fill(shore, rect(0, 668, width, line))
	for i, h := range []float64{26, 18, 34, 12, 22, 40, 16, 28, 20, 14, 30, 24} {
		x := 20 + float64(i)*52
		c.fill(shore, rect(x, 668-h, x+44, 690))
	}
	for _, x := range []float64{690, 742, 770, 1300, 1352, 1410} {
		c.fill(shore, rect(x, 652, x+46, line))
	}
	gantry(c, 1372, line, .5, false, hex("4a4452", 1))
	stern(c, 1446, line, .5, hex("4d4855", 1))
	c.fill(hex("4a4452", 1), rect(1180, line-14, 1388, line))
	gantry(c, 830, line, .92, false, hex("232735", 1))
	stern(c, 1012, line, .92, hex("262a37", 1))
	c.fill(hex("232735", 1), rect(520, line-24, 858, line))
	gantry(c, 288, line, 1.14, true, hex("171c26", 1))
	c.fill(hex("171c26", 1), rect(0, line-32, 330, line))
	c.water(line, 1.02, 6, down(line, height, stop{0, night.alpha(.12)}, stop{.5, night.alpha(.42)}, stop{1, night.alpha(.78)}))
	// the quay in the foreground and a bollard
	c.fill(hex("12161d", 1), outline{{0, 862}, {520, 884}, {760, height}, {0, height}})
	c.fill(hex("12161d", 1), rounded(236, 822, 276, 884, 8), rounded(226, 814, 286, 836, 10))
	c.stroke(hex("e9b98f", .5), 2, 1, point{0, 862}, point{520, 884}, point{700, 912})
}

// stern is a ship seen from behind, loaded, with its middle at x.
func stern(c *canvas, x, waterline, size float64, hull rgba) {
	cargo := []rgba{wine, teal, hex("8a5a3c", 1), dusk, brick, hex("7c7468", 1)}
	for column := range 9 {
		for row := range []int{3, 4, 5, 5, 4, 5, 5, 4, 2}[column] {
			left, top := x+(float64(column)-4.5)*23*size, waterline-(74+float64(row+1)*22)*size
			c.fill(cargo[(column*5+row*7+column*row)%len(cargo)].mix(hull, .52), rect(left, top, left+22*size, top+21*size))
		}
	}
	c.fill(hull, outline{
		{x - 118*size, waterline - 76*size}, {x + 118*size, waterline - 76*size}, {x + 112*size, waterline - 34*size},
		{x + 84*size, waterline}, {x - 84*size, waterline}, {x - 112*size, waterline - 34*size},
	})
	c.stroke(hex("e9b98f", .5), 2*size, 2*size, point{x - 116*size, waterline - 76*size}, point{x + 116*size, waterline - 76*size})
}

// gantry is a ship-to-shore crane of which the waterside legs stand at x.
func gantry(c *canvas, x, ground, size float64, raised bool, steel rgba) {
	at := func(dx, dy float64) point { return point{x + dx*size, ground - dy*size} }
	bar := func(w float64, a, b point) { c.stroke(steel, w*size, w*size, a, b) }
	for _, dx := range []float64{-120, 0} { // legs, slightly splayed
		bar(13, at(dx-6, 0), at(dx+2, 330))
	}
	bar(9, at(-122, 118), at(0, 118))
	bar(6, at(-118, 20), at(-60, 118))
	bar(6, at(0, 20), at(-60, 118))
	bar(6, at(-118, 122), at(0, 300))
	bar(6, at(0, 122), at(-118, 300))
	bar(17, at(-250, 312), at(12, 312)) // the girder towards land
	bar(10, at(-118, 330), at(-40, 452))
	bar(10, at(0, 330), at(-40, 452))
	bar(3.5, at(-40, 452), at(-244, 320))
	c.fill(steel, rect(x-196*size, ground-350*size, x-130*size, ground-318*size)) // the machine house
	if raised {
		bar(14, at(8, 316), at(132, 596))
		bar(3.5, at(-40, 452), at(84, 490))
		bar(3.5, at(-40, 452), at(128, 588))
	} else {
		bar(14, at(8, 312), at(318, 312))
		bar(3.5, at(-40, 452), at(160, 318))
		bar(3.5, at(-40, 452), at(312, 318))
		bar(2.2, at(196, 308), at(196, 262))
		bar(2.2, at(226, 308), at(226, 262))
		c.fill(steel, rect(x+190*size, ground-316*size, x+236*size, ground-296*size))
		c.fill(brick, rect(x+184*size, ground-262*size, x+238*size, ground-236*size))
	}
	for i := range 14 { // lattice of the girder
		c.stroke(hex("e2a98a", .35), 1.4, 1.4, at(-244+float64(i)*18, 306), at(-235+float64(i)*18, 318))
	}
	c.light(x-40*size, ground-452*size, 16, 16, hex("ff8f6b", .9))
	c.fill(hex("ffd9c0", 1), ellipse(x-40*size, ground-452*size, 2.6, 2.6))
}
