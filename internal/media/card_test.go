package media

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mostCardBytes is how large a card may be: networks drop larger pictures, or shrink them.
const mostCardBytes = 100_000

var cards = map[string]Card{
	"deal": {
		Publication: "The Harbour Ledger", Section: "Deals", Headline: "Northwind in advanced talks to put up to $6bn into Halcyon Compute", Day: "5 March 2026",
		Stage: "advanced talks", Figures: []CardFigure{{"about $96bn", "valuation"}, {"up to $6bn", "commitment"}},
	},
	"short": {Publication: "The Harbour Ledger", Section: "Companies", Headline: "Quay 7 closes", Day: "5 March 2026"},
	"long": {
		Publication: "The Harbour Ledger and Evening Gazette of the Northern Ports and Their Hinterland", Section: "Companies",
		Headline: strings.Repeat("The regulator asks whether the lender could have known of the losses ", 8), Day: "5 March 2026",
		Stage: "definitive agreement signed", Figures: []CardFigure{{"between $120bn and $140bn", "price for the whole company"}, {"$96bn", "valuation"}, {"$6bn", "commitment"}, {"$1bn", "debt"}},
	},
	"word":  {Publication: "The Harbour Ledger", Headline: strings.Repeat("Donaudampfschifffahrt", 6)},
	"plain": {Publication: "The Harbour Ledger"},
	"other": {Publication: "The Harbour Ledger", Section: "Markets", Headline: "東京証券取引所は来月から", Day: "5 March 2026"},
}

// Cards of every length are pictures of the size that was promised, and none is too large. The
// folder STANDFIRST_SHOTS takes them to be looked at.
func TestDrawCard(t *testing.T) {
	for name, c := range cards {
		drawn, err := c.Draw()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(drawn) >= mostCardBytes {
			t.Errorf("%s has %d bytes", name, len(drawn))
		}
		picture, err := png.Decode(bytes.NewReader(drawn))
		if err != nil || picture.Bounds().Dx() != CardWidth || picture.Bounds().Dy() != CardHeight {
			t.Errorf("%s: %v, %v", name, picture.Bounds(), err)
		}
		// Nothing reaches the edge on the right.
		for y := 20; y < CardHeight; y++ {
			if r, g, b, _ := picture.At(CardWidth-cardMargin/2, y).RGBA(); r>>8 != 0xfc || g>>8 != 0xfb || b>>8 != 0xf8 {
				t.Errorf("%s reaches the edge at height %d", name, y)
				break
			}
		}
		if folder := os.Getenv("STANDFIRST_SHOTS"); folder != "" {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, "card-"+name+".png"), drawn, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func BenchmarkDrawCard(b *testing.B) {
	for b.Loop() {
		if _, err := cards["deal"].Draw(); err != nil {
			b.Fatal(err)
		}
	}
}
