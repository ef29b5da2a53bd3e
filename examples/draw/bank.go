package main

import "math"

// bankColumns: the front of a bank in low winter sun.
func bankColumns(c *canvas) {
	wall := linear{point{0, 0}, point{width, height}, ramp{{0, hex("8997a3", 1)}, {.5, hex("77879a", 1)}, {1, hex("5b6b80", 1)}}}
	c.fill(wall, rect(0, 0, width, height))
	const floor, capital = 700.0, 172.0
	for row := range 11 { // courses of stone
		y := capital + float64(row)*50
		c.fill(hex("3c4c60", .22), rect(0, y, width, y+2))
	}
	// windows between the columns, and a door in the middle
	spots := []float64{20, 340, 660, 980, 1300, 1620}
	for i := range len(spots) - 1 {
		middle := (spots[i] + spots[i+1]) / 2
		if i == 2 {
			c.fill(hex("c8bda8", 1), rect(middle-80, 300, middle+80, floor))
			c.fill(down(320, floor, stop{0, hex("0b2f38", 1)}, stop{1, hex("123e47", 1)}), rect(middle-64, 322, middle+64, floor))
			for _, side := range []float64{-1, 1} {
				for k := range 3 {
					y := 344 + float64(k)*120
					c.fill(hex("0a5a63", .6), rect(middle+side*34-22, y, middle+side*34+22, y+94))
				}
			}
			c.fill(hex("05181d", 1), rect(middle-1.5, 322, middle+1.5, floor))
			c.light(middle, 520, 30, 30, hex("e9b668", .55))
			c.fill(hex("e2b15e", 1), ellipse(middle-8, 520, 4, 4), ellipse(middle+8, 520, 4, 4))
			c.light(middle, 268, 150, 110, hex("f6cf8c", .6))
			c.fill(hex("fff0cf", 1), ellipse(middle, 262, 15, 19))
			c.stroke(ink, 2, 2, point{middle, 190}, point{middle, 244})
			continue
		}
		c.fill(hex("b6b1a5", .8), rect(middle-56, 290, middle+56, 610))
		c.fill(down(300, 600, stop{0, hex("22364a", 1)}, stop{1, hex("31495c", 1)}), rect(middle-46, 300, middle+46, 600))
		c.fill(hex("d9b98e", .34), outline{{middle - 46, 420}, {middle + 46, 330}, {middle + 46, 400}, {middle - 46, 490}})
		c.fill(hex("aeb4b3", .8), rect(middle-2.5, 300, middle+2.5, 600), rect(middle-46, 396, middle+46, 401), rect(middle-46, 496, middle+46, 501))
		c.fill(hex("c5bfb0", .9), rect(middle-66, 608, middle+66, 622))
	}
	// sun falls past the columns onto the wall, in slanting strips
	for _, x := range spots {
		c.fill(linear{point{x + 60, 0}, point{x + 230, 0}, ramp{{0, hex("f3d3a4", .5)}, {1, hex("f3d3a4", .32)}}},
			outline{{x + 112, capital}, {x + 190, capital}, {x + 316, floor}, {x + 238, floor}})
	}
	c.fill(down(capital, capital+90, stop{0, hex("22303f", .7)}, stop{1, hex("22303f", 0)}), rect(0, capital, width, capital+90))
	for _, x := range spots {
		column(c, x, capital, floor)
	}
	entablature(c, capital)
	steps(c, floor, spots)
	// somebody in a hurry, and the shadow
	x, feet := 1116.0, 812.0
	c.fill(hex("38465a", .6), outline{{x - 14, feet - 2}, {x + 14, feet - 2}, {x + 300, feet + 46}, {x + 262, feet + 50}})
	walker(c, x, feet)
	c.light(0, 120, 900, 700, hex("ffdca6", .2))
	c.fill(across(900, width, stop{0, night.alpha(0)}, stop{1, night.alpha(.36)}), rect(900, 0, width, height))
}

// column stands with its axis at x, lit from the left.
func column(c *canvas, x, top, floor float64) {
	stone := ramp{{0, hex("e9d4b2", 1)}, {.2, hex("fbeed7", 1)}, {.48, hex("d6c6ae", 1)}, {.72, hex("8f95a0", 1)}, {.92, hex("5d6c82", 1)}, {1, hex("74839a", 1)}}
	shaft := linear{point{x - 62, 0}, point{x + 62, 0}, stone}
	c.fill(shaft, outline{{x - 51, top + 50}, {x + 51, top + 50}, {x + 60, floor - 36}, {x - 60, floor - 36}})
	for i := range 9 { // flutes, closer together towards the edges
		u := math.Sin((float64(i) - 4) / 4.6 * math.Pi / 2)
		w := 4 * math.Sqrt(1-u*u*.86)
		a, b := x+u*50, x+u*59
		c.fill(hex("4b596c", .3), outline{{a - w, top + 62}, {a + w*.2, top + 62}, {b + w*.2, floor - 46}, {b - w, floor - 46}})
		c.fill(hex("fff6e4", .26), outline{{a + w*.2, top + 62}, {a + w, top + 62}, {b + w, floor - 46}, {b + w*.2, floor - 46}})
	}
	wide := linear{point{x - 84, 0}, point{x + 84, 0}, stone}
	c.fill(wide, rounded(x-58, top+40, x+58, top+54, 6))
	c.fill(wide, outline{{x - 54, top + 40}, {x + 54, top + 40}, {x + 76, top + 18}, {x - 76, top + 18}})
	c.fill(wide, rect(x-82, top-2, x+82, top+19))
	c.fill(hex("2b394a", .35), rect(x-76, top+17, x+76, top+21))
	c.fill(wide, rounded(x-68, floor-40, x+68, floor-20, 9))
	c.fill(wide, rounded(x-76, floor-24, x+76, floor-9, 7))
	c.fill(wide, rect(x-84, floor-11, x+84, floor+2))
}

// entablature is what the columns carry.
func entablature(c *canvas, base float64) {
	lit := across(0, width, stop{0, hex("f6e6c9", 1)}, stop{.6, hex("e3d0b2", 1)}, stop{1, hex("b3aca3", 1)})
	c.fill(lit, rect(0, 0, width, base))
	for _, y := range []float64{base - 34, base - 62} {
		c.fill(hex("8e8474", .4), rect(0, y, width, y+3))
		c.fill(hex("fffaf0", .4), rect(0, y+3, width, y+5))
	}
	c.fill(down(0, 80, stop{0, hex("8f8f92", .55)}, stop{1, hex("8f8f92", 0)}), rect(0, 0, width, 80))
	for i := range 34 { // dentils
		x := float64(i)*49 - 8
		c.fill(lit, rect(x, 62, x+28, 92))
		c.fill(hex("5d6878", .55), rect(x+28, 62, x+49, 96))
		c.fill(hex("5d6878", .4), rect(x, 92, x+28, 97))
	}
	c.fill(hex("5d6878", .3), rect(0, 58, width, 63))
}

// steps lead up to the columns; the columns' shadows break over them.
func steps(c *canvas, floor float64, columns []float64) {
	y := floor
	for i := range 7 {
		rise, tread := 10+float64(i)*1.6, 11+float64(i)*3.4
		t := float64(i) / 6
		c.fill(across(0, width, stop{0, hex("f4e3c6", 1)}, stop{1, hex("cbbfae", 1)}), rect(0, y, width, y+tread))
		for _, x := range columns {
			shift := (y - floor) * 1.25
			c.fill(hex("5f6f86", .62), outline{{x + shift - 50, y}, {x + shift + 74, y}, {x + shift + 74 + tread*1.25, y + tread}, {x + shift - 50 + tread*1.25, y + tread}})
		}
		c.fill(across(0, width, stop{0, hex("cdbb9f", 1).mix(hex("b9aa94", 1), t)}, stop{1, hex("a69d92", 1)}), rect(0, y+tread, width, y+tread+rise))
		for _, x := range columns { // down the riser the shadow runs straight
			left := x + (y-floor)*1.25 + tread*1.25 - 50
			c.fill(hex("4f5f77", .62), rect(left, y+tread, left+124, y+tread+rise))
		}
		c.fill(hex("fff7e6", .6), rect(0, y+tread-1.2, width, y+tread+.8))
		y += rise + tread
	}
	c.fill(down(y, height, stop{0, hex("b5b0a8", 1)}, stop{1, hex("8d8f93", 1)}), rect(0, y, width, height))
}

// walker is a person with a case, stepping to the right.
func walker(c *canvas, x, feet float64) {
	coat := hex("1c2733", 1)
	c.stroke(coat, 13, 8, point{x - 2, feet - 62}, point{x - 12, feet - 30}, point{x - 26, feet - 3})
	c.stroke(coat, 13, 8, point{x + 2, feet - 62}, point{x + 14, feet - 32}, point{x + 16, feet})
	c.fill(coat, rounded(x+12, feet-5, x+28, feet+1, 3), rounded(x-30, feet-7, x-16, feet, 3))
	c.fill(linear{point{x - 18, 0}, point{x + 20, 0}, ramp{{0, hex("b5523b", 1)}, {.4, brick}, {1, hex("6c2b26", 1)}}},
		outline{{x - 11, feet - 118}, {x + 11, feet - 118}, {x + 17, feet - 100}, {x + 21, feet - 46}, {x - 21, feet - 46}, {x - 16, feet - 100}})
	c.stroke(hex("7d3129", 1), 9, 7, point{x + 4, feet - 110}, point{x + 14, feet - 84}, point{x + 24, feet - 62})
	c.fill(hex("2a2320", 1), rounded(x+13, feet-62, x+39, feet-40, 3))
	c.fill(hex("d9ad8c", 1), ellipse(x+3, feet-130, 9, 11))
	c.fill(hex("2a2320", 1), ellipse(x+1, feet-135, 10, 8))
}
