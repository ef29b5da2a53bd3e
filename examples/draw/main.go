// Command draw makes the pictures of the example newsroom: flat, quiet
// illustrations in the colours of its pages, drawn by code so that nobody has
// to ask whose they are.
//
//	go run ./examples/draw examples/pictures
//
// Its one responsibility is to draw. It imports nothing of the project, and the
// same version of it makes the same bytes every time.
package main

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
)

// The quality of the JPEG files is the best of these bounds that keeps a file
// within maxBytes: above the first nothing is gained that one sees.
const (
	bestQuality  = 88
	worstQuality = 70
	maxBytes     = 126 << 10
)

var scenes = []struct {
	name string
	draw func(*canvas)
}{
	{"harbour-cranes", harbourCranes},
	{"server-hall", serverHall},
	{"container-stacks", containerStacks},
	{"ticker-board", tickerBoard},
	{"bridge-lorry", bridgeLorry},
	{"cable-ship", cableShip},
	{"bank-columns", bankColumns},
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: draw FOLDER [NAME…]")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run draws the named scenes, or all of them, into the folder.
func run(folder string, names []string) error {
	wanted := make(map[string]bool)
	for _, name := range names {
		wanted[name] = true
	}
	for _, s := range scenes {
		if len(names) > 0 && !wanted[s.name] {
			continue
		}
		c := newCanvas()
		s.draw(c)
		b, err := encode(c.finish())
		if err != nil {
			return fmt.Errorf("draw: encode %s: %w", s.name, err)
		}
		name := filepath.Join(folder, s.name+".jpg")
		if err := os.WriteFile(name, b, 0o644); err != nil {
			return fmt.Errorf("draw: write %s: %w", name, err)
		}
		fmt.Printf("%s\t%d bytes\n", name, len(b))
	}
	return nil
}

// encode returns the picture as JPEG.
func encode(m image.Image) ([]byte, error) {
	for quality := bestQuality; ; quality -= 2 {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		if b.Len() <= maxBytes {
			return b.Bytes(), nil
		}
		if quality <= worstQuality {
			return nil, fmt.Errorf("%d bytes at quality %d; %d is the most", b.Len(), quality, maxBytes)
		}
	}
}
