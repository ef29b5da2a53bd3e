package record

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
	"standfirst/internal/store"
)

// tileHeight is that of c2sp.org/tlog-tiles: 256 hashes a tile.
const tileHeight = 8

// TileWidth is how many hashes a full tile has, and how many entries a full bundle.
const TileWidth = 1 << tileHeight

// hashReader reads stored hashes of the tree.
type hashReader struct{ tx *store.ReadTx }

// ReadHashes implements [tlog.HashReader].
func (r hashReader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	places := make([]hashPlace, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		places[i] = placeOf(level, n)
	}
	return readHashes(r.tx, places)
}

// hashPlace is where a hash is stored: with the entry that completes its subtree.
type hashPlace struct {
	entry int64
	level int
}

// placeOf returns where the n-th hash of the level is.
func placeOf(level int, n int64) hashPlace {
	return hashPlace{(n+1)<<level - 1, level}
}

// readHashes reads hashes in one query.
func readHashes(tx *store.ReadTx, places []hashPlace) ([]tlog.Hash, error) {
	if len(places) == 0 {
		return nil, nil
	}
	entries := make([]int64, len(places))
	for i, p := range places {
		entries[i] = p.entry
	}
	rows, err := tx.RecordHashes(entries)
	if err != nil {
		return nil, err
	}
	hashes := make([]tlog.Hash, len(places))
	for i, p := range places {
		row, err := parseHashes(rows[p.entry])
		if err != nil {
			return nil, err
		}
		if p.level >= len(row) {
			return nil, fmt.Errorf("record: the hash of level %d at entry %d is missing", p.level, p.entry)
		}
		hashes[i] = row[p.level]
	}
	return hashes, nil
}

// Root returns the hash of the first size entries, as the stored hashes have it.
func Root(tx *store.ReadTx, size int64) (tlog.Hash, error) {
	if size == 0 {
		return emptyRoot, nil
	}
	return tlog.TreeHash(size, hashReader{tx})
}

// Tile returns the tile of the level from its index on, with width hashes. It returns a
// NotFound error if the tree of the size does not have it.
func Tile(tx *store.ReadTx, size int64, level int, index int64, width int) ([]byte, error) {
	if level < 0 || level > 63/tileHeight || index < 0 || index > size/TileWidth || width < 1 || width > TileWidth {
		return nil, noTile
	}
	first := index << tileHeight
	if last := first + int64(width); bits.Len64(uint64(last))+level*tileHeight > 62 || last<<(level*tileHeight) > size {
		return nil, noTile
	}
	places := make([]hashPlace, width)
	for i := range places {
		places[i] = placeOf(level*tileHeight, first+int64(i))
	}
	hashes, err := readHashes(tx, places)
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, width*tlog.HashSize)
	for _, h := range hashes {
		b = append(b, h[:]...)
	}
	return b, nil
}

var noTile = standfirst.Errorf(standfirst.NotFound, "the record has no such tile")

// Bundle returns the entries from the bundle's index on, width of them, each after its
// length in two bytes. It returns a NotFound error if the tree of the size does not have it.
func Bundle(tx *store.ReadTx, size, index int64, width int) ([]byte, error) {
	if index < 0 || index > size/TileWidth || width < 1 || width > TileWidth || index*TileWidth+int64(width) > size {
		return nil, noTile
	}
	from := index * TileWidth
	bodies, err := tx.RecordBodies(from, from+int64(width))
	if err != nil {
		return nil, err
	}
	if len(bodies) != width {
		return nil, fmt.Errorf("record: bundle %d has %d of %d entries", index, len(bodies), width)
	}
	var b []byte
	for _, body := range bodies {
		b = binary.BigEndian.AppendUint16(b, uint16(len(body)))
		b = append(b, body...)
	}
	return b, nil
}

// ParseBundle returns the entries of a bundle.
func ParseBundle(b []byte) ([][]byte, error) {
	var entries [][]byte
	for len(b) > 0 {
		if len(b) < 2 || len(b)-2 < int(binary.BigEndian.Uint16(b)) || len(entries) == TileWidth {
			return nil, standfirst.Errorf(standfirst.Invalid, "the bundle of entries is damaged")
		}
		n := 2 + int(binary.BigEndian.Uint16(b))
		entries = append(entries, b[2:n])
		b = b[n:]
	}
	return entries, nil
}

// Prove returns the proof that the entry at the position is in the tree of the newest
// checkpoint. It returns a NotFound error while it is not signed.
func Prove(tx *store.ReadTx, position int64) ([]byte, error) {
	signed, err := tx.LastRecordCheckpoint()
	if err != nil {
		return nil, err
	}
	if position >= signed.Size {
		return nil, standfirst.Errorf(standfirst.NotFound, "entry %d of the record is not signed yet", position)
	}
	e, err := tx.RecordEntry(position)
	if err != nil {
		return nil, err
	}
	proof, err := tlog.ProveRecord(signed.Size, position, hashReader{tx})
	if err != nil {
		return nil, fmt.Errorf("record: prove entry %d: %w", position, err)
	}
	return FormatProof(position, []byte(e.Body), proof, []byte(signed.Note)), nil
}

// Parts returns the parts of what the entry of the kind and number about the subject is
// about, with the texts that are given by name. Texts that were not recorded are no parts.
func Parts(row store.RecordEntry, now []Part) ([]Part, error) {
	parts, err := parseParts(row.Parts)
	if err != nil {
		return nil, err
	}
	texts := make(map[string]string, len(now))
	for _, p := range now {
		texts[p.Name] = p.Text
	}
	for i, p := range parts {
		if !p.Erased {
			parts[i].Text = texts[p.Name]
		}
	}
	return parts, nil
}

// view is [store.Store.View] for one value.
func view[T any](ctx context.Context, st store.Reader, read func(*store.ReadTx) (T, error)) (value T, err error) {
	err = st.View(ctx, func(tx *store.ReadTx) error {
		value, err = read(tx)
		return err
	})
	return value, err
}
