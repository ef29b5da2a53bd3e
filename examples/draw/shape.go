package main

import (
	"math"
	"slices"
)

// rect is the rectangle between two corners.
func rect(x0, y0, x1, y1 float64) outline {
	return outline{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
}

// ellipse is one with the centre and radii.
func ellipse(x, y, rx, ry float64) outline {
	const n = 72
	s := make(outline, n)
	for i := range s {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / n)
		s[i] = point{x + rx*cos, y + ry*sin}
	}
	return s
}

// rounded is a rectangle with corners of the radius.
func rounded(x0, y0, x1, y1, r float64) outline {
	var s outline
	corners := [4]point{{x1 - r, y0 + r}, {x1 - r, y1 - r}, {x0 + r, y1 - r}, {x0 + r, y0 + r}}
	for i, c := range corners {
		for k := range 9 {
			sin, cos := math.Sincos(math.Pi/2*(float64(i)-1) + math.Pi/2*float64(k)/8)
			s = append(s, point{c.x + r*cos, c.y + r*sin})
		}
	}
	return s
}

// curve is a line through evenly spaced places of a quadratic curve.
func curve(a, control, b point) []point {
	const n = 24
	line := make([]point, n+1)
	for i := range line {
		t := float64(i) / n
		u := 1 - t
		line[i] = point{u*u*a.x + 2*u*t*control.x + t*t*b.x, u*u*a.y + 2*u*t*control.y + t*t*b.y}
	}
	return line
}

// ridge is land that reaches from its skyline down to the bottom; the skyline is
// a sum of slow waves.
func ridge(base, swell, phase, bottom float64) outline {
	s := outline{{0, bottom}}
	for x := 0.0; x <= width; x += 8 {
		y := base - swell*(.55*math.Sin(x*.0031+phase)+.3*math.Sin(x*.0083+phase*2.3)+.15*math.Sin(x*.021+phase*4.1))
		s = append(s, point{x, y})
	}
	return append(s, point{width, bottom})
}

// figure is a standing person seen from afar or from behind, feet at the point.
func figure(x, feet, tall float64) []outline {
	w := tall * .13
	return []outline{
		ellipse(x, feet-tall*.92, tall*.062, tall*.078),
		{
			{x - w*.5, feet - tall*.845}, {x + w*.5, feet - tall*.845}, {x + w*1.15, feet - tall*.78},
			{x + w*1.3, feet - tall*.45}, {x + w*.95, feet - tall*.44}, {x + w*.75, feet}, {x + w*.18, feet},
			{x, feet - tall*.4}, {x - w*.22, feet}, {x - w*.8, feet}, {x - w*.95, feet - tall*.44},
			{x - w*1.3, feet - tall*.45}, {x - w*1.15, feet - tall*.78},
		},
	}
}

// bust is a person seen from behind down to below the picture's edge; head is the
// height of half the head.
func bust(x, crown, head float64) []outline {
	at := func(dx, dy float64) point { return point{x + dx*head, crown + dy*head} }
	right := append(curve(at(.5, 1.45), at(.47, 2.12), at(.95, 2.3)), curve(at(1, 2.32), at(2, 2.56), at(2.24, 3.5))...)
	right = append(right, point{x + head*2.5, height + 40})
	body := slices.Clone(right)
	for i := len(right) - 1; i >= 0; i-- {
		body = append(body, point{2*x - right[i].x, right[i].y})
	}
	return []outline{ellipse(x, crown+head, head*.8, head), ellipse(x-head*.79, crown+head*1.1, head*.12, head*.2), ellipse(x+head*.79, crown+head*1.1, head*.12, head*.2), body}
}
