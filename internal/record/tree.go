package record

import (
	"encoding/base64"
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Tree grows a Merkle tree by its right edge: the roots of the perfect subtrees, from the
// largest to the smallest, that the leaves so far make up. The zero Tree is empty.
type Tree struct {
	Size int64
	edge []tlog.Hash
}

// Append adds the hash of a leaf and returns the hashes of the perfect subtrees that it
// completes, from the leaf itself up: what is stored of a tree, in the order of
// [tlog.StoredHashIndex].
func (t *Tree) Append(leaf tlog.Hash) []tlog.Hash {
	completed := []tlog.Hash{leaf}
	for range bits.TrailingZeros64(^uint64(t.Size)) {
		last := len(t.edge) - 1
		leaf = tlog.NodeHash(t.edge[last], leaf)
		t.edge = t.edge[:last]
		completed = append(completed, leaf)
	}
	t.edge = append(t.edge, leaf)
	t.Size++
	return completed
}

// Root returns the hash of the tree.
func (t *Tree) Root() tlog.Hash {
	if t.Size == 0 {
		return emptyRoot
	}
	last := len(t.edge) - 1
	root := t.edge[last]
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(t.edge[i], root)
	}
	return root
}

// emptyRoot is the hash of no leaves: SHA-256 of nothing.
var emptyRoot = tlog.Hash{
	0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
	0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
}

// TreeBefore returns the tree of the leaves before the given one, from the proof that it
// is in a tree of the size. The proof is believed: who uses the tree has checked it.
func TreeBefore(size, leaf int64, proof tlog.RecordProof) Tree {
	// From the root down, the proof has the subtrees to the left of the leaf.
	t := Tree{Size: leaf}
	at := len(proof) - 1
	for low, high := int64(0), size; high-low > 1 && at >= 0; at-- {
		half := int64(1) << (bits.Len64(uint64(high-low-1)) - 1)
		if leaf < low+half {
			high = low + half
			continue
		}
		t.edge = append(t.edge, proof[at])
		low += half
	}
	return t
}

// formatHashes returns the hashes as they are stored: base64 of all of them together.
func formatHashes(hashes []tlog.Hash) string {
	b := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		b = append(b, h[:]...)
	}
	return base64.StdEncoding.EncodeToString(b)
}

// parseHashes reads what formatHashes wrote.
func parseHashes(stored string) ([]tlog.Hash, error) {
	b, err := base64.StdEncoding.DecodeString(stored)
	if err != nil || len(b)%tlog.HashSize != 0 {
		return nil, fmt.Errorf("record: stored hashes are damaged")
	}
	hashes := make([]tlog.Hash, len(b)/tlog.HashSize)
	for i := range hashes {
		copy(hashes[i][:], b[i*tlog.HashSize:])
	}
	return hashes, nil
}

// parseTree reads the tree of a head.
func parseTree(size int64, edge string) (Tree, error) {
	hashes, err := parseHashes(edge)
	if err == nil && len(hashes) != bits.OnesCount64(uint64(size)) {
		err = fmt.Errorf("record: the head of %d entries has %d hashes", size, len(hashes))
	}
	return Tree{size, hashes}, err
}
