package main

// bridgeLorry: a lorry alone on a cable-stayed bridge at dawn.
func bridgeLorry(c *canvas) {
	const line = 742
	c.fill(down(0, line,
		stop{0, hex("6f8a9c", 1)}, stop{.35, hex("a9b8bb", 1)}, stop{.62, hex("dfd0bd", 1)}, stop{.84, hex("f0d3b4", 1)}, stop{1, hex("f3dcc2", 1)}),
		rect(0, 0, width, height))
	c.light(420, 560, 720, 420, hex("fff0d2", .85))
	c.fill(hex("fff8e8", .95), ellipse(420, 540, 58, 58))
	for _, k := range []struct{ x, y, w, h, a float64 }{{980, 180, 620, 16, .38}, {1300, 240, 460, 12, .34}, {300, 250, 520, 12, .32}, {760, 330, 560, 10, .3}, {120, 400, 380, 9, .3}} {
		c.light(k.x, k.y, k.w, k.h*2, hex("fdf1e2", k.a))
	}
	for i, base := range []float64{642, 674, 706} { // hills, the nearer the darker
		near := float64(i) / 2
		c.fill(down(base-70, line, stop{0, hex("a5afb2", 1).mix(hex("5d7880", 1), near)}, stop{1, hex("d5c7b7", 1).mix(hex("8b9a9a", 1), near)}),
			ridge(base, 74-16*near, .7+float64(i)*1.9, line))
	}
	steel := hex("22323d", 1)
	deck := func(x float64) float64 { return 566 - 34*(1-(x-820)*(x-820)/(820*820)) }
	pylon := func(x, top float64) {
		c.fill(steel, outline{{x - 24, line}, {x - 11, deck(x)}, {x - 5, top}, {x + 5, top}, {x + 11, deck(x)}, {x + 24, line}})
		c.fill(hex("f3d9b8", .4), outline{{x - 24, line}, {x - 11, deck(x)}, {x - 5, top}, {x - 2, top}, {x - 7, deck(x)}, {x - 18, line}})
		for i := range 13 { // the stays, as a fan
			for _, side := range []float64{-1, 1} {
				to := x + side*(34+float64(i)*30.5)
				c.stroke(steel.alpha(.72), 1.8, 1.8, point{x, top + 8 + float64(12-i)*11}, point{to, deck(to)})
			}
		}
	}
	pylon(394, 120)
	pylon(1246, 120)
	for _, x := range []float64{30, 1610} {
		c.fill(steel, rect(x-10, deck(x), x+10, line))
	}
	var road, foot []point
	for x := -10.0; x <= width+10; x += 15 {
		road = append(road, point{x, deck(x)})
		foot = append(foot, point{x, deck(x) + 12})
	}
	c.stroke(hex("1b2831", 1), 17, 17, foot...)
	c.stroke(hex("f1d4b0", .75), 2.2, 2.2, road...)
	for i := range road {
		road[i].y -= 9
	}
	c.stroke(steel.alpha(.8), 1.5, 1.5, road...)
	lorry(c, 792, deck(820)+1)
	c.water(line, .76, 6, down(line, height, stop{0, hex("cfc4b6", .2)}, stop{.35, hex("7e979d", .38)}, stop{1, hex("2d4a56", .78)}))
	for _, k := range []struct{ x, y, w, a float64 }{{420, 768, 240, .55}, {430, 800, 180, .4}, {410, 842, 130, .3}, {440, 888, 90, .22}} {
		c.light(k.x, k.y, k.w, 7, hex("fff3da", k.a))
	}
	c.light(820, line, 1100, 16, hex("f7ead6", .55)) // mist on the river
}

// lorry drives to the left with its wheels on the ground and its cab at x.
func lorry(c *canvas, x, ground float64) {
	y := ground - 7
	c.fill(down(y-64, y, stop{0, hex("c2583f", 1)}, stop{1, hex("8f3627", 1)}), rounded(x+38, y-66, x+176, y-6, 2))
	for i := range 13 {
		c.fill(hex("6f2a2a", .3), rect(x+46+float64(i)*10, y-63, x+47.4+float64(i)*10, y-9))
	}
	c.fill(hex("f6c9a4", .8), rect(x+38, y-66, x+176, y-63.5))
	c.fill(hex("27404c", 1), outline{{x + 2, y - 4}, {x, y - 24}, {x + 7, y - 48}, {x + 32, y - 50}, {x + 32, y - 4}})
	c.fill(hex("f2dcc0", .95), outline{{x + 4.5, y - 26}, {x + 10, y - 44}, {x + 19, y - 44.5}, {x + 19, y - 26}})
	c.fill(hex("17222a", 1), rect(x+2, y-8, x+176, y-2))
	for _, wheel := range []float64{14, 52, 128, 146, 164} {
		c.fill(hex("12191f", 1), ellipse(x+wheel, ground-7, 8, 8))
		c.fill(hex("8f979a", 1), ellipse(x+wheel, ground-7, 3, 3))
	}
	c.light(x-10, y-10, 46, 12, hex("fff2cf", .75))
	c.fill(hex("fff7e0", 1), ellipse(x+2, y-11, 2.6, 3.2))
}
