package record

import (
	"fmt"
	"strconv"
	"strings"

	"standfirst/internal/store"
)

// TilePath is the address of a tile or bundle below the prefix of a log, as
// c2sp.org/tlog-tiles writes it: tile/0/x001/234.p/56 or tile/entries/000.
type TilePath struct {
	Level int // -1 for a bundle of entries
	Index int64
	Width int // [TileWidth] for a full one
}

// String returns the address.
func (t TilePath) String() string {
	level := "entries"
	if t.Level >= 0 {
		level = strconv.Itoa(t.Level)
	}
	n := fmt.Sprintf("%03d", t.Index%1000)
	for rest := t.Index / 1000; rest > 0; rest /= 1000 {
		n = fmt.Sprintf("x%03d/%s", rest%1000, n)
	}
	path := "tile/" + level + "/" + n
	if t.Width != TileWidth {
		path += ".p/" + strconv.Itoa(t.Width)
	}
	return path
}

// maxTilePath is longer than the address of any tile that there can be.
const maxTilePath = 64

// ParseTilePath reads an address in the one way in which it is written.
func ParseTilePath(path string) (TilePath, bool) {
	t := TilePath{Level: -1, Width: TileWidth}
	rest, ok := strings.CutPrefix(path, "tile/")
	if !ok || len(path) > maxTilePath {
		return t, false
	}
	level, rest, ok := strings.Cut(rest, "/")
	if !ok {
		return t, false
	}
	var err error
	if level != "entries" {
		if t.Level, err = strconv.Atoi(level); err != nil || t.Level < 0 {
			return t, false
		}
	}
	rest, width, partial := strings.Cut(rest, ".p/")
	if partial {
		if t.Width, err = strconv.Atoi(width); err != nil || t.Width < 1 || t.Width >= TileWidth {
			return t, false
		}
	}
	for digits := range strings.SplitSeq(rest, "/") {
		n, err := strconv.ParseInt(strings.TrimPrefix(digits, "x"), 10, 64)
		if err != nil || n < 0 || n > 999 || t.Index > 1<<50 {
			return t, false
		}
		t.Index = t.Index*1000 + n
	}
	return t, t.String() == path
}

// Read returns the tile or bundle, if the tree of the size has it, and a NotFound error
// otherwise.
func (t TilePath) Read(tx *store.ReadTx, size int64) ([]byte, error) {
	if t.Level < 0 {
		return Bundle(tx, size, t.Index, t.Width)
	}
	return Tile(tx, size, t.Level, t.Index, t.Width)
}
