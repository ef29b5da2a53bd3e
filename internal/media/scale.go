package media

import (
	"image"
	stddraw "image/draw"

	"golang.org/x/image/draw"
)

// scale returns the picture at the width, which is not greater than its own, with
// its proportions kept.
func scale(src image.Image, width int) *image.RGBA {
	// The kernel's working memory is 32 bytes for each target column and source row,
	// so a very large source is halved first. That leaves the kernel at least twice
	// the pixels it needs, where the difference cannot be seen.
	for src.Bounds().Dx()/2 >= 2*width {
		src = halve(src)
	}
	b := src.Bounds()
	height := max(1, (b.Dy()*width+b.Dx()/2)/b.Dx())
	to := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(to, to.Rect, src, b, draw.Src, nil)
	return to
}

// halve returns the picture at half its width and height, rounded up, each pixel the
// mean of the four that it stands for.
func halve(src image.Image) *image.RGBA {
	b := src.Bounds()
	to := image.NewRGBA(image.Rect(0, 0, (b.Dx()+1)/2, (b.Dy()+1)/2))
	rows := image.NewRGBA(image.Rect(0, 0, b.Dx(), 2))
	for y := range to.Rect.Dy() {
		at := image.Pt(b.Min.X, b.Min.Y+2*y)
		stddraw.Draw(rows, rows.Rect, src, at, stddraw.Src)
		if at.Y+1 == b.Max.Y { // the last row has no other below it
			copy(rows.Pix[rows.Stride:], rows.Pix[:rows.Stride])
		}
		halveRows(to.Pix[y*to.Stride:][:to.Stride], rows.Pix[:rows.Stride], rows.Pix[rows.Stride:])
	}
	return to
}

// halveRows writes the means of two rows of RGBA pixels. The last pixel of an odd
// row stands for itself.
func halveRows(to, upper, lower []byte) {
	for x := 0; x < len(to); x += 4 {
		left, right := 2*x, 2*x+4
		if right == len(upper) {
			right = left
		}
		for c := range 4 {
			sum := int(upper[left+c]) + int(upper[right+c]) + int(lower[left+c]) + int(lower[right+c])
			to[x+c] = byte((sum + 2) / 4)
		}
	}
}
