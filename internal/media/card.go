package media

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// The size of a card, as the networks ask for it: 1.91 to 1.
const (
	CardWidth  = 1200
	CardHeight = 630
)

// MostCardFigures is how many figures a card shows.
const MostCardFigures = 3

// Card is what a card says. All but Publication may be empty.
type Card struct {
	Publication string
	Section     string
	Headline    string
	Day         string // of the first publication, in words
	Stage       string // where the deal of the story stands
	Figures     []CardFigure
}

// CardFigure is a figure on a card.
type CardFigure struct {
	Value string // "up to $6bn"
	What  string // "commitment"
}

// The faces are Newsreader's, as on readers' pages. They are read when a card is drawn:
// there is one at a time.
var (
	//go:embed font/newsreader-semibold.ttf
	semibold []byte
	//go:embed font/newsreader-regular.ttf
	regular []byte
)

// The colours are those of the pages in light.
var (
	cardPaper  = color.RGBA{0xfc, 0xfb, 0xf8, 0xff}
	cardInk    = color.RGBA{0x17, 0x19, 0x1d, 0xff}
	cardMuted  = color.RGBA{0x57, 0x5b, 0x62, 0xff}
	cardRule   = color.RGBA{0xde, 0xda, 0xd1, 0xff}
	cardAccent = color.RGBA{0x0a, 0x5a, 0x63, 0xff}
)

// Measures in pixels.
const (
	cardMargin   = 72
	cardInner    = CardWidth - 2*cardMargin
	cardFoot     = CardHeight - 62 // base line of the last line
	figureSpace  = 150             // above the foot, where there are figures
	mostHeadline = 96.0
	leastSize    = 38.0
)

// Draw returns the card as a PNG. A text in a script that the faces do not have is left out:
// a card without it says less, and nothing wrong.
func (c Card) Draw() ([]byte, error) {
	bold, err := opentype.Parse(semibold)
	if err != nil {
		return nil, fmt.Errorf("media: read the face of cards: %w", err)
	}
	roman, err := opentype.Parse(regular)
	if err != nil {
		return nil, fmt.Errorf("media: read the face of cards: %w", err)
	}
	d := cardDrawing{
		image: image.NewRGBA(image.Rect(0, 0, CardWidth, CardHeight)), bold: bold, roman: roman, faces: make(map[faceKey]font.Face),
	}
	draw.Draw(d.image, d.image.Bounds(), image.NewUniform(cardPaper), image.Point{}, draw.Src)
	d.fill(0, 0, CardWidth, 14, cardAccent)
	d.card(c)
	if d.err != nil {
		return nil, fmt.Errorf("media: draw card: %w", d.err)
	}
	var b bytes.Buffer
	encoder := png.Encoder{}
	if err := encoder.Encode(&b, fewColours(d.image)); err != nil {
		return nil, fmt.Errorf("media: draw card: %w", err)
	}
	return b.Bytes(), nil
}

// steps is how many shades of an ink the edges of letters have: more are not seen, and cost
// bytes.
const steps = 24

// fewColours returns the picture in the shades of the inks on paper.
func fewColours(of *image.RGBA) *image.Paletted {
	palette := color.Palette{cardPaper}
	for _, ink := range []color.RGBA{cardInk, cardMuted, cardAccent, cardRule} {
		for step := 1; step <= steps; step++ {
			mix := func(from, to uint8) uint8 { return uint8((int(from)*(steps-step) + int(to)*step) / steps) }
			palette = append(palette, color.RGBA{mix(cardPaper.R, ink.R), mix(cardPaper.G, ink.G), mix(cardPaper.B, ink.B), 0xff})
		}
	}
	few := image.NewPaletted(of.Bounds(), palette)
	known := make(map[color.RGBA]uint8)
	for i := range few.Pix {
		c := color.RGBA{of.Pix[4*i], of.Pix[4*i+1], of.Pix[4*i+2], 0xff}
		index, ok := known[c]
		if !ok {
			index = uint8(palette.Index(c))
			known[c] = index
		}
		few.Pix[i] = index
	}
	return few
}

// cardDrawing is one card as it is drawn.
type cardDrawing struct {
	image       *image.RGBA
	bold, roman *opentype.Font
	faces       map[faceKey]font.Face
	err         error
}

type faceKey struct {
	of   *opentype.Font
	size float64
}

func (d *cardDrawing) card(c Card) {
	top := 112
	if section := d.shown(d.roman, c.Section); section != "" {
		d.text(d.bold, 32, cardMargin, top, cardAccent, d.cut(d.bold, 32, section, cardInner))
		top += 26
	} else {
		top -= 26
	}
	bottom := cardFoot - 74
	stage := d.shown(d.bold, c.Stage)
	figures := d.figuresThatFit(stage, d.figuresShown(c.Figures))
	if stage != "" || len(figures) > 0 {
		bottom -= figureSpace
		d.deal(stage, figures, bottom)
	}
	d.headline(cmp.Or(d.shown(d.bold, c.Headline), d.shown(d.bold, c.Publication)), top, bottom)
	d.fill(cardMargin, cardFoot-50, cardInner, 1, cardRule)
	day := d.shown(d.roman, c.Day)
	width := d.width(d.roman, 28, day)
	d.text(d.bold, 34, cardMargin, cardFoot, cardInk, d.cut(d.bold, 34, d.shown(d.bold, c.Publication), cardInner-width-40))
	d.text(d.roman, 28, CardWidth-cardMargin-width, cardFoot, cardMuted, day)
}

// headline sets the text as large as it fits between the heights.
func (d *cardDrawing) headline(text string, top, bottom int) {
	if text == "" {
		return
	}
	space := bottom - top
	size := mostHeadline
	lines := d.lines(text, size)
	for ; size > leastSize && !fits(lines, size, space); size -= 2 {
		lines = d.lines(text, size-2)
	}
	most := max(1, int(float64(space)/lineHeight(size)))
	if len(lines) > most {
		lines[most-1] = d.cut(d.bold, size, lines[most-1]+" "+lines[most], cardInner-20) // which does not fit, and so ends with dots
		if !strings.HasSuffix(lines[most-1], ellipsis) {
			lines[most-1] += ellipsis
		}
		lines = lines[:most]
	}
	for i, line := range lines {
		d.text(d.bold, size, cardMargin, top+int(lineHeight(size)*float64(i)+size*0.94), cardInk, d.cut(d.bold, size, line, cardInner))
	}
}

func lineHeight(size float64) float64 { return size * 1.12 }

func fits(lines []string, size float64, space int) bool {
	return float64(len(lines))*lineHeight(size) <= float64(space)
}

// deal sets where the deal stands and its figures, below the height.
func (d *cardDrawing) deal(stage string, figures []CardFigure, top int) {
	width := columnWidth(stage, len(figures))
	left := cardMargin
	d.fill(cardMargin, top+22, cardInner, 1, cardRule)
	if stage != "" {
		d.fitted(upperFirst(stage), left, top+88, width)
		left += width + 24
	}
	for _, f := range figures {
		d.fitted(f.Value, left, top+88, width)
		d.text(d.roman, 28, left, top+128, cardMuted, d.cut(d.roman, 28, upperFirst(f.What), width))
		left += width + 24
	}
}

// columnWidth is how wide what is beside others may be.
func columnWidth(stage string, figures int) int {
	if stage != "" {
		figures++
	}
	return cardInner/max(figures, 1) - 24
}

// The sizes of where the deal stands and of its figures.
const (
	mostFigure  = 44.0
	leastFigure = 28.0
)

// figuresThatFit returns as many of the figures as fit beside each other: one that is cut would
// say something else.
func (d *cardDrawing) figuresThatFit(stage string, figures []CardFigure) []CardFigure {
	for ; len(figures) > 0; figures = figures[:len(figures)-1] {
		width := columnWidth(stage, len(figures))
		fits := d.width(d.bold, leastFigure, upperFirst(stage)) <= width
		for _, f := range figures {
			fits = fits && d.width(d.bold, leastFigure, f.Value) <= width
		}
		if fits {
			break
		}
	}
	return figures
}

// fitted draws the text as large as it fits the width.
func (d *cardDrawing) fitted(text string, x, y, width int) {
	size := mostFigure
	for size > leastFigure && d.width(d.bold, size, text) > width {
		size -= 2
	}
	d.text(d.bold, size, x, y, cardInk, d.cut(d.bold, size, text, width))
}

// figuresShown returns the figures that can be drawn.
func (d *cardDrawing) figuresShown(figures []CardFigure) []CardFigure {
	var shown []CardFigure
	for _, f := range figures {
		if len(shown) < MostCardFigures && d.shown(d.bold, f.Value) != "" {
			shown = append(shown, f)
		}
	}
	return shown
}

// shown returns the text if the face has all of its letters, and else "".
func (d *cardDrawing) shown(face *opentype.Font, text string) string {
	text = strings.Join(strings.Fields(text), " ")
	for _, r := range text {
		if i, err := face.GlyphIndex(nil, r); err != nil || i == 0 && !unicode.IsSpace(r) {
			return ""
		}
	}
	return text
}

// lines breaks the text into lines, the last of which is not much shorter than the others
// where that costs none.
func (d *cardDrawing) lines(text string, size float64) []string {
	lines := d.wrap(text, size, cardInner)
	for width := cardInner - 40; width > cardInner/2; width -= 40 {
		narrower := d.wrap(text, size, width)
		if len(narrower) > len(lines) {
			break
		}
		lines = narrower
	}
	return lines
}

// wrap breaks the text where words end. A word that is wider than a line is a line.
func (d *cardDrawing) wrap(text string, size float64, width int) []string {
	face := d.face(d.bold, size)
	if face == nil {
		return nil
	}
	var lines []string
	for _, word := range strings.Fields(text) {
		if last := len(lines) - 1; last >= 0 && font.MeasureString(face, lines[last]+" "+word).Ceil() <= width {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	for _, line := range lines {
		if font.MeasureString(face, line).Ceil() > width {
			return append(lines, make([]string, len(lines))...) // too large in any case
		}
	}
	return lines
}

const ellipsis = "…"

// cut returns the text, shortened until it fits the width.
func (d *cardDrawing) cut(of *opentype.Font, size float64, text string, width int) string {
	if d.width(of, size, text) <= width {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 && d.width(of, size, string(letters)+ellipsis) > width {
		letters = letters[:len(letters)-1]
	}
	shorter := string(letters)
	if end := strings.LastIndexByte(shorter, ' '); end > len(shorter)/2 { // where a word ends, unless that costs much
		shorter = shorter[:end]
	}
	return strings.TrimRight(shorter, " ,;:") + ellipsis
}

func (d *cardDrawing) width(of *opentype.Font, size float64, text string) int {
	face := d.face(of, size)
	if face == nil {
		return 0
	}
	return font.MeasureString(face, text).Ceil()
}

// text draws a line from the left at the base line.
func (d *cardDrawing) text(of *opentype.Font, size float64, x, y int, ink color.Color, text string) {
	if face := d.face(of, size); face != nil {
		drawer := font.Drawer{Dst: d.image, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, y)}
		drawer.DrawString(text)
	}
}

func (d *cardDrawing) face(of *opentype.Font, size float64) font.Face {
	key := faceKey{of, size}
	if face := d.faces[key]; face != nil {
		return face
	}
	face, err := opentype.NewFace(of, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		d.err = err
		return nil
	}
	d.faces[key] = face
	return face
}

func (d *cardDrawing) fill(x, y, width, height int, ink color.Color) {
	draw.Draw(d.image, image.Rect(x, y, x+width, y+height), image.NewUniform(ink), image.Point{}, draw.Src)
}

func upperFirst(text string) string {
	for i, r := range text {
		return string(unicode.ToUpper(r)) + text[i+len(string(r)):]
	}
	return text
}
