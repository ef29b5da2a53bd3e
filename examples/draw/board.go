package main

import (
	"math"
	"math/rand/v2"
)

// tickerBoard: three people before a wall of bars of light.
func tickerBoard(c *canvas) {
	const line = 792
	c.fill(down(0, line, stop{0, hex("0b141d", 1)}, stop{.6, hex("12242f", 1)}, stop{1, hex("1a323c", 1)}), rect(0, 0, width, height))
	c.light(1180, 330, 900, 520, hex("2f8a8c", .26))
	c.light(260, 560, 520, 300, hex("a8452f", .16))
	for i := range 9 { // the lines of a scale
		y := 92 + float64(i)*78
		c.fill(hex("7fb4b4", .09), rect(70, y, 1570, y+1.6))
	}
	for i := range 22 {
		x := 70 + float64(i)*71.4
		c.fill(hex("7fb4b4", .05), rect(x, 92, x+1.4, line-50))
	}
	dice := rand.New(rand.NewPCG(19, 84))
	const bars = 50
	level := 590.0
	var trend []point
	for i := range bars {
		t := float64(i) / (bars - 1)
		goal := 600 - 400*t + 62*math.Sin(t*9.2+.6) + 22*math.Sin(t*23)
		open := level
		level = goal + (dice.Float64()-.5)*62
		x := 84 + float64(i)*30
		colour := hex("4fb3b0", 1)
		switch {
		case level > open+2:
			colour = hex("c9573f", 1)
		case dice.Float64() > .78:
			colour = hex("e6cfa6", 1)
		}
		top, bottom := math.Min(open, level), math.Max(open, level)
		bottom = math.Max(bottom, top+16)
		high, low := top-12-dice.Float64()*30, bottom+10+dice.Float64()*30
		c.light(x+8, (top+bottom)/2, 46, (bottom-top)/2+60, colour.alpha(.2))
		c.fill(colour.alpha(.75), rect(x+7, high, x+9.4, low))
		c.fill(down(top, bottom, stop{0, colour.mix(paper, .28)}, stop{1, colour}), rect(x, top, x+16.5, bottom))
		trend = append(trend, point{x + 8, (top+bottom)/2 + 92})
		// what changed hands, at the foot of the wall
		volume := 12 + dice.Float64()*34 + 20*t*dice.Float64()
		c.fill(colour.mix(hex("12242f", 1), .45), rect(x, 742-volume, x+16.5, 742))
	}
	c.stroke(hex("f3e6c8", .4), 2.2, 2.2, smooth(trend, 5)...)
	c.fill(hex("050a0f", .9), rect(0, 768, width, line))
	c.water(line, 1.5, 2.5, down(line, height, stop{0, hex("070d13", .34)}, stop{1, hex("070d13", .86)}))
	for _, p := range []struct{ x, crown, head float64 }{{392, 486, 62}, {690, 520, 57}, {1286, 452, 66}} {
		for _, rim := range bust(p.x+3, p.crown-1, p.head) {
			c.fill(hex("79bdb8", .62), rim)
		}
		for _, rim := range bust(p.x-2.5, p.crown, p.head) {
			c.fill(hex("d9a57f", .45), rim)
		}
		for _, s := range bust(p.x, p.crown+2, p.head) {
			c.fill(down(p.crown, height, stop{0, hex("0a1218", 1)}, stop{1, hex("04070a", 1)}), s)
		}
	}
	c.fill(across(0, width, stop{0, hex("04070a", .5)}, stop{.2, hex("04070a", 0)}, stop{.85, hex("04070a", 0)}, stop{1, hex("04070a", .45)}), rect(0, 0, width, height))
}

// smooth averages every place of the line with its neighbours up to the reach.
func smooth(line []point, reach int) []point {
	out := make([]point, len(line))
	for i := range line {
		sum, n := 0.0, 0.0
		for k := max(0, i-reach); k <= min(len(line)-1, i+reach); k++ {
			sum, n = sum+line[k].y, n+1
		}
		out[i] = point{line[i].x, sum / n}
	}
	return out
}
