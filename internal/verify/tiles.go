package verify

import (
	"golang.org/x/mod/sumdb/tlog"

	"standfirst/internal/record"
)

// tileReader returns what reads hashes of the tree out of the tiles that the site
// serves, each checked against the root.
func (s *story) tileReader() tlog.HashReader {
	return tlog.TileHashReader(s.head.Tree, siteTiles{s})
}

// siteTiles fetches tiles.
type siteTiles struct{ s *story }

// Height implements [tlog.TileReader].
func (siteTiles) Height() int { return 8 }

// ReadTiles implements [tlog.TileReader].
func (t siteTiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		path := record.TilePath{Level: tile.L, Index: tile.N, Width: tile.W}
		b, err := t.s.source.Get(t.s.ctx, prefixOf(t.s.head.Origin)+path.String(), maxTile)
		if err != nil {
			return nil, err
		}
		data[i] = b
	}
	return data, nil
}

// SaveTiles implements [tlog.TileReader].
func (siteTiles) SaveTiles([]tlog.Tile, [][]byte) {}
