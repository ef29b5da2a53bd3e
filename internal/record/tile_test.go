package record

import (
	"testing"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// A tile whose first leaf is past what 64 bits count is not the first tile.
func TestTileFarBeyondTheTree(t *testing.T) {
	st := storetest.Open(t)
	update(t, st, func(tx *store.Tx) error {
		Append(tx, entries(300)...)
		return nil
	})
	for _, path := range []string{"tile/0/x072/x057/x594/x037/x927/936", "tile/entries/x072/x057/x594/x037/x927/936", "tile/0/001"} {
		place, ok := ParseTilePath(path)
		if !ok {
			t.Fatalf("%s is no address of a tile", path)
		}
		err := st.View(t.Context(), func(tx *store.ReadTx) error {
			_, err := place.Read(tx, 300)
			return err
		})
		if standfirst.KindOf(err) != standfirst.NotFound {
			t.Errorf("%s: %v, want NotFound", path, err)
		}
	}
}
