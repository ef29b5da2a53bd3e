package media

import (
	"image"
	"image/color"
	"testing"
)

func TestScale(t *testing.T) {
	for _, tc := range []struct{ w, h, width, height int }{
		{2000, 1000, 480, 240},
		{1999, 1001, 960, 481},
		{480, 300, 480, 300},
		{5001, 3001, 480, 288},
		{3000, 1, 480, 1},
		{481, 9000, 480, 8981},
	} {
		got := scale(quarters(tc.w, tc.h), tc.width)
		if size := got.Bounds().Size(); size != image.Pt(tc.width, tc.height) {
			t.Errorf("%d × %d to %d: %v, want height %d", tc.w, tc.h, tc.width, size, tc.height)
		}
		if tc.height < 10 {
			continue
		}
		for i, c := range corners(got) {
			if want := []color.Color{red, green, blue, yellow}[i]; !near(c, want) {
				t.Errorf("%d × %d to %d: corner %d is %v, want %v", tc.w, tc.h, tc.width, i, c, want)
			}
		}
	}
}

func TestHalve(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 3, 3))
	for i := range 9 {
		v := uint8(i * 10)
		m.SetRGBA(i%3, i/3, color.RGBA{v, v, v, 255})
	}
	got := halve(m)
	// 0 10 20
	// 30 40 50
	// 60 70 80
	for i, want := range []uint8{20, 35, 65, 80} {
		if c := got.RGBAAt(i%2, i/2); c.R != want || c.A != 255 {
			t.Errorf("pixel %d is %v, want %d", i, c, want)
		}
	}
	// A picture whose corner is not at 0, 0.
	if c := halve(quarters(40, 40).SubImage(image.Rect(20, 0, 40, 20))).At(3, 3); !near(c, green) {
		t.Errorf("%v", c)
	}
}

func BenchmarkScale(b *testing.B) {
	src := photograph(4000, 3000)
	b.ReportAllocs()
	for b.Loop() {
		scale(src, 1640)
	}
}
