package record

import (
	"context"
	"os"
	"path/filepath"

	"standfirst"
	"standfirst/internal/store"
)

// Tiles calls fn with the address of every tile and bundle of a tree of the size.
func Tiles(size int64, fn func(TilePath) error) error {
	for level := -1; level*tileHeight < 62; level++ {
		count := size >> (max(level, 0) * tileHeight)
		if count == 0 {
			return nil
		}
		for index := int64(0); index*TileWidth < count; index++ {
			width := int(min(TileWidth, count-index*TileWidth))
			if err := fn(TilePath{level, index, width}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Export writes the signed record into the folder as files: the checkpoint, the tiles and
// the bundles of entries, named as they are served below /record/. Files that are there
// are replaced. It returns how many entries they hold.
func Export(ctx context.Context, st store.Reader, dir string) (int64, error) {
	signed, err := view(ctx, st, (*store.ReadTx).LastRecordCheckpoint)
	if err != nil {
		return 0, err
	}
	write := func(name string, b []byte) error {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return standfirst.WrapError(standfirst.Invalid, err, "the folder %s cannot be made", filepath.Dir(path))
		}
		return wrap("export "+name, os.WriteFile(path, b, 0o644))
	}
	err = Tiles(signed.Size, func(t TilePath) error {
		b, err := view(ctx, st, func(tx *store.ReadTx) ([]byte, error) { return t.Read(tx, signed.Size) })
		if err != nil {
			return err
		}
		return write(t.String(), b)
	})
	if err == nil {
		err = write("checkpoint", []byte(signed.Note)) // last: what it names is there
	}
	return signed.Size, err
}
