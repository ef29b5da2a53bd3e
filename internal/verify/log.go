package verify

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
	"standfirst/internal/record"
)

// recordPrefix is the address below which a site serves its record.
const recordPrefix = "/record/"

// maxEntries bounds how many entries of a log are read in one check.
const maxEntries = 1 << 20

// Log checks the whole record of a site or folder: every entry and tile against the
// checkpoint, the checkpoint against the key, and what was seen before against both. It
// returns [ErrFailed] when the report has told of a step that failed.
func Log(ctx context.Context, source Source, seen *Memory, report Report) error {
	c := &check{ctx: ctx, source: source, report: report}
	if err := c.log(seen); err != nil {
		c.explain(err)
	}
	return c.outcome()
}

func (c *check) log(seen *Memory) error {
	signed, err := c.source.Get(c.ctx, recordPrefix+"checkpoint", maxSigned)
	if err != nil {
		return err
	}
	head, err := record.UnsignedCheckpoint(signed)
	if err != nil {
		return err
	}
	if head.N > maxEntries {
		return standfirst.Errorf(standfirst.TooLarge, "the record has %d entries, more than are read in one check", head.N)
	}
	entries, err := c.entries(head)
	if err != nil {
		return err
	}
	c.ok("%d entries hash to the root of the checkpoint", head.N)
	if err := c.tiles(head, entries); err != nil {
		return err
	}
	parsed, err := c.parse(entries)
	if err != nil {
		return err
	}
	key := lastKey(parsed)
	if _, err := record.OpenCheckpoint(signed, key); err != nil {
		return err
	}
	c.ok("the checkpoint of %s is signed with the key that its entries name", head.Origin)
	root := func(size int64) (tlog.Hash, error) {
		var t record.Tree
		for _, e := range entries[:size] {
			t.Append(tlog.RecordHash(e))
		}
		return t.Root(), nil
	}
	at := func(position int64) (record.Entry, error) { return parsed[position], nil }
	c.continuity(seen, witnessed{head: head, signed: signed, key: key, root: root, entry: at,
		newest: lastAbout(parsed)})
	if !c.failed {
		return seen.keep(signed, key)
	}
	return nil
}

// entries fetches every entry of the tree, and checks that they are those of its root.
func (c *check) entries(head record.Checkpoint) ([][]byte, error) {
	var all [][]byte
	var tree record.Tree
	for tree.Size < head.N {
		bundle, err := c.bundle(head, tree.Size/record.TileWidth)
		if err != nil {
			return nil, err
		}
		for _, e := range bundle {
			tree.Append(tlog.RecordHash(e))
		}
		all = append(all, bundle...)
	}
	if tree.Root() != head.Hash {
		return nil, standfirst.Errorf(standfirst.Invalid, "the entries are not those of the checkpoint: their root is %s, and it says %s", tree.Root(), head.Hash)
	}
	return all, nil
}

// bundle fetches one bundle of entries.
func (c *check) bundle(head record.Checkpoint, index int64) ([][]byte, error) {
	path := record.TilePath{Level: -1, Index: index, Width: int(min(record.TileWidth, head.N-index*record.TileWidth))}
	b, err := c.source.Get(c.ctx, prefixOf(head.Origin)+path.String(), maxBundle)
	if err != nil {
		return nil, err
	}
	entries, err := record.ParseBundle(b)
	if err == nil && len(entries) != path.Width {
		err = standfirst.Errorf(standfirst.Invalid, "%s has %d entries in place of %d", path, len(entries), path.Width)
	}
	return entries, err
}

// prefixOf returns below which address the tiles of a record of that origin are.
func prefixOf(origin string) string {
	last := origin[strings.LastIndexByte(origin, '/')+1:]
	if n, err := strconv.Atoi(last); err == nil && n > 1 {
		return recordPrefix + last + "/"
	}
	return recordPrefix
}

// tiles checks that every tile that is served is that of the entries.
func (c *check) tiles(head record.Checkpoint, entries [][]byte) error {
	levels := [][]tlog.Hash{nil}
	for _, e := range entries {
		levels[0] = append(levels[0], tlog.RecordHash(e))
	}
	for below := levels[0]; len(below) >= record.TileWidth; below = levels[len(levels)-1] {
		var above []tlog.Hash
		for ; len(below) >= record.TileWidth; below = below[record.TileWidth:] {
			var t record.Tree
			for _, h := range below[:record.TileWidth] {
				t.Append(h)
			}
			above = append(above, t.Root())
		}
		levels = append(levels, above)
	}
	n := 0
	err := record.Tiles(head.N, func(path record.TilePath) error {
		if path.Level < 0 {
			return nil
		}
		n++
		got, err := c.source.Get(c.ctx, prefixOf(head.Origin)+path.String(), maxTile)
		if err != nil {
			return err
		}
		var want []byte
		for _, h := range levels[path.Level][path.Index*record.TileWidth:][:path.Width] {
			want = append(want, h[:]...)
		}
		if !bytes.Equal(got, want) {
			return standfirst.Errorf(standfirst.Invalid, "%s is not what the entries hash to", path)
		}
		return nil
	})
	if err == nil {
		c.ok("all tiles are those of the entries (%d)", n)
	}
	return err
}

// parse reads the entries and checks that each names the one before it about the same.
func (c *check) parse(entries [][]byte) ([]record.Entry, error) {
	parsed := make([]record.Entry, len(entries))
	last := make(map[string]int64)
	for i, b := range entries {
		e, err := record.ParseEntry(b)
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", i, err)
		}
		before, ok := last[e.Subject()]
		if !ok {
			before = -1
		}
		if e.Previous != before {
			return nil, standfirst.Errorf(standfirst.Invalid, "entry %d says that the one before it about %s is %d, and it is %d", i, e.Subject(), e.Previous, before)
		}
		last[e.Subject()] = int64(i)
		parsed[i] = e
	}
	c.ok("each entry names the one before it about the same thing")
	return parsed, nil
}

// lastKey returns the key that signs.
func lastKey(entries []record.Entry) string {
	key := ""
	for _, e := range entries {
		if e.Key != nil {
			key = e.Key.Public
		}
	}
	return key
}

// lastAbout returns the position of the newest entry about the record itself.
func lastAbout(entries []record.Entry) int64 {
	for i := len(entries) - 1; i >= 0; i-- {
		if entries[i].Key != nil || entries[i].Epoch != nil {
			return int64(i)
		}
	}
	return -1
}
