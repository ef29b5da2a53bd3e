package record

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
)

// Checkpoint is a head of the record as c2sp.org/tlog-checkpoint has it.
type Checkpoint struct {
	Origin string
	tlog.Tree
}

// decodeBase64 reads what has exactly one spelling: the library passes over line breaks.
func decodeBase64(s string) ([]byte, error) {
	if strings.ContainsAny(s, "\r\n") {
		return nil, base64.CorruptInputError(strings.IndexAny(s, "\r\n"))
	}
	return base64.StdEncoding.Strict().DecodeString(s)
}

// maxNote is the most bytes of a signed checkpoint that are read.
const maxNote = 16 << 10

// String returns the text that is signed.
func (c Checkpoint) String() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.N, base64.StdEncoding.EncodeToString(c.Hash[:]))
}

// ParseCheckpoint reads the text that is signed.
func ParseCheckpoint(text string) (Checkpoint, error) {
	bad := standfirst.Errorf(standfirst.Invalid, "this is no checkpoint")
	lines := strings.Split(text, "\n")
	if len(text) > maxNote || len(lines) < 4 || lines[0] == "" {
		return Checkpoint{}, bad
	}
	n, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != lines[1] {
		return Checkpoint{}, bad
	}
	hash, err := decodeBase64(lines[2])
	if err != nil || len(hash) != tlog.HashSize {
		return Checkpoint{}, bad
	}
	c := Checkpoint{Origin: lines[0], Tree: tlog.Tree{N: n}}
	copy(c.Hash[:], hash)
	return c, nil
}

// UnsignedCheckpoint reads a signed note without looking at its signatures.
func UnsignedCheckpoint(signed []byte) (Checkpoint, error) {
	text, _, ok := strings.Cut(string(signed), "\n\n")
	if !ok {
		return Checkpoint{}, standfirst.Errorf(standfirst.Invalid, "this is no signed note")
	}
	return ParseCheckpoint(text + "\n")
}

// OpenCheckpoint returns the checkpoint in a note that the public key signed, under its
// origin as the name.
func OpenCheckpoint(signed []byte, public string) (Checkpoint, error) {
	c, err := UnsignedCheckpoint(signed)
	if err != nil {
		return c, err
	}
	v, err := verifier(c.Origin, public)
	if err != nil {
		return c, err
	}
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		return c, standfirst.WrapError(standfirst.Invalid, err, "the checkpoint of %s is not signed with the key of the record", c.Origin)
	}
	return ParseCheckpoint(n.Text)
}

// sign returns the signed note of the checkpoint.
func (c Checkpoint) sign(k Key) ([]byte, error) {
	signed, err := note.Sign(&note.Note{Text: c.String()}, k.signer(c.Origin))
	if err != nil {
		return nil, fmt.Errorf("record: sign entry %d: %w", c.N, err)
	}
	return signed, nil
}

// FormatProof returns the proof that the entry at the position is in the tree of the
// signed checkpoint, as c2sp.org/tlog-proof has it, with the entry itself beside it.
func FormatProof(position int64, entry []byte, proof tlog.RecordProof, signed []byte) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nextra %s\nindex %d\n", proofHeader, base64.StdEncoding.EncodeToString(entry), position)
	for _, h := range proof {
		b.WriteString(base64.StdEncoding.EncodeToString(h[:]))
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	b.Write(signed)
	return []byte(b.String())
}

// proofHeader is the first line of a proof.
const proofHeader = "c2sp.org/tlog-proof@v1"

// Proof is a proof that has been read and not been checked.
type Proof struct {
	Position int64
	Entry    []byte
	Hashes   tlog.RecordProof
	Signed   []byte // the checkpoint
}

// maxProofHashes is more than any tree needs.
const maxProofHashes = 64

// ParseProof reads a proof that [FormatProof] wrote.
func ParseProof(b []byte) (Proof, error) {
	bad := func(what string) (Proof, error) {
		return Proof{}, standfirst.Errorf(standfirst.Invalid, "this is no proof of an entry: %s", what)
	}
	header, signed, ok := strings.Cut(string(b), "\n\n")
	lines := strings.Split(header, "\n")
	if !ok || len(lines) < 3 || lines[0] != proofHeader {
		return bad("it does not begin as one")
	}
	extra, hasExtra := strings.CutPrefix(lines[1], "extra ")
	index, hasIndex := strings.CutPrefix(lines[2], "index ")
	if !hasExtra || !hasIndex || len(lines)-3 > maxProofHashes {
		return bad("the entry or its position is missing")
	}
	p := Proof{Signed: []byte(signed)}
	var err error
	if p.Entry, err = decodeBase64(extra); err != nil {
		return bad("the entry is not in base64")
	}
	if p.Position, err = strconv.ParseInt(index, 10, 64); err != nil || p.Position < 0 || strconv.FormatInt(p.Position, 10) != index {
		return bad("the position is no number")
	}
	for _, line := range lines[3:] {
		hash, err := decodeBase64(line)
		if err != nil || len(hash) != tlog.HashSize {
			return bad("a hash is not one")
		}
		p.Hashes = append(p.Hashes, tlog.Hash(hash))
	}
	return p, nil
}

// Check returns an error if the proof does not show that the entry is in the tree.
func (p Proof) Check(c Checkpoint) error {
	if p.Position >= c.N {
		return standfirst.Errorf(standfirst.Invalid, "entry %d is not below the checkpoint of %d entries", p.Position, c.N)
	}
	if err := tlog.CheckRecord(p.Hashes, c.N, c.Hash, p.Position, tlog.RecordHash(p.Entry)); err != nil {
		return standfirst.WrapError(standfirst.Invalid, err, "entry %d is not in the tree of the checkpoint", p.Position)
	}
	return nil
}
