package record

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Part is a part of something published that can be erased alone.
type Part struct {
	Name string // such as "headline" or "block.3"; without spaces
	Text string // empty once it is erased
	// Salt is random, in hexadecimal, so that nobody can find out by trying whether a
	// part that was erased said something; it is erased with the text.
	Salt   string
	Digest string // in hexadecimal; stays
	Erased bool
}

// saltSize is the bytes of a salt.
const saltSize = 16

// PartDigest returns the digest of a part, in hexadecimal: SHA-256 over the bytes of the
// salt, the name, a zero byte and the text.
func PartDigest(salt []byte, name, text string) string {
	sum, _ := partDigest(nil, salt, name, text)
	return hex.EncodeToString(sum[:])
}

// partDigest is PartDigest in bytes, with memory to work in, which it returns.
func partDigest(work, salt []byte, name, text string) (sum [sha256.Size]byte, grown []byte) {
	work = append(work[:0], salt...)
	work = append(work, name...)
	work = append(work, 0)
	work = append(work, text...)
	return sha256.Sum256(work), work
}

// Digest returns the digest of something published, in hexadecimal: SHA-256 over a line
// for each of its parts, in their order, of the name, a space, the digest and a line feed.
func Digest(parts []Part) string {
	b := make([]byte, 0, len(parts)*96)
	for _, p := range parts {
		b = append(b, p.Name...)
		b = append(b, ' ')
		b = append(b, p.Digest...)
		b = append(b, '\n')
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// salt gives every part a salt and its digest.
func salt(parts []Part) []Part {
	salts := make([]byte, saltSize*len(parts))
	rand.Read(salts) // it never fails
	digests := make([]byte, 0, sha256.Size*len(parts))
	var work []byte
	for i, p := range parts {
		var sum [sha256.Size]byte
		sum, work = partDigest(work, salts[i*saltSize:(i+1)*saltSize], p.Name, p.Text)
		digests = append(digests, sum[:]...)
	}
	// All in one string each: a story has dozens of parts.
	saltsInHex, digestsInHex := hex.EncodeToString(salts), hex.EncodeToString(digests)
	const saltLength, digestLength = 2 * saltSize, 2 * sha256.Size
	salted := make([]Part, len(parts))
	for i, p := range parts {
		salted[i] = Part{
			Name: p.Name, Text: p.Text,
			Salt: saltsInHex[i*saltLength : (i+1)*saltLength], Digest: digestsInHex[i*digestLength : (i+1)*digestLength],
		}
	}
	return salted
}

// Check returns an error if the text is not what the digest was made of.
func (p Part) Check() error {
	if p.Erased {
		return nil
	}
	s, err := hex.DecodeString(p.Salt)
	if err != nil || len(s) != saltSize {
		return fmt.Errorf("the salt of %s is damaged", p.Name)
	}
	if PartDigest(s, p.Name, p.Text) != p.Digest {
		return fmt.Errorf("%s is not what was published", p.Name)
	}
	return nil
}

// formatParts returns what is stored of the parts, which is not their texts: a line for
// each of its name, its salt and its digest with a space between, both in base64 so that
// the row of a story of usual length fits on a page of the database. The salt is empty
// once the part is erased.
func formatParts(parts []Part) string {
	b := make([]byte, 0, len(parts)*80)
	for _, p := range parts {
		b = append(append(b, p.Name...), ' ')
		b = append(appendBinary(b, p.Salt), ' ')
		b = append(appendBinary(b, p.Digest), '\n')
	}
	return string(b)
}

// appendBinary adds what is in hexadecimal, no more than a digest, in base64.
func appendBinary(b []byte, hexadecimal string) []byte {
	var room [sha256.Size]byte
	n, _ := hex.Decode(room[:], []byte(hexadecimal)) // made here, or seen to be right by parseParts
	return base64.RawStdEncoding.AppendEncode(b, room[:n])
}

// parseParts reads what is stored of the parts; without a salt they are erased.
func parseParts(stored string) ([]Part, error) {
	if strings.HasPrefix(stored, "[") {
		return parsePartsJSON(stored)
	}
	var parts []Part
	for line := range strings.Lines(stored) {
		name, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		salt, digest, _ := strings.Cut(rest, " ")
		s, saltErr := base64.RawStdEncoding.DecodeString(salt)
		d, digestErr := base64.RawStdEncoding.DecodeString(digest)
		if err := errors.Join(saltErr, digestErr); err != nil {
			return nil, damagedPart(name, err)
		}
		p, err := storedPart(name, hex.EncodeToString(s), hex.EncodeToString(d))
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// parsePartsJSON reads the parts as the first versions of the record stored them.
func parsePartsJSON(stored string) ([]Part, error) {
	var list []struct {
		Name   string `json:"n"`
		Salt   string `json:"s"`
		Digest string `json:"d"`
	}
	if err := json.Unmarshal([]byte(stored), &list); err != nil {
		return nil, fmt.Errorf("record: the salts of an entry are damaged: %w", err)
	}
	parts := make([]Part, len(list))
	for i, p := range list {
		var err error
		if parts[i], err = storedPart(p.Name, p.Salt, p.Digest); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// storedPart returns a part that was stored, and an error if its salt or digest cannot be one.
func storedPart(name, salt, digest string) (Part, error) {
	s, saltErr := hex.DecodeString(salt)
	d, digestErr := hex.DecodeString(digest)
	if err := errors.Join(saltErr, digestErr); err != nil {
		return Part{}, damagedPart(name, err)
	}
	if len(s) != 0 && len(s) != saltSize || len(d) != sha256.Size {
		return Part{}, damagedPart(name, fmt.Errorf("a salt of %d bytes, a digest of %d", len(s), len(d)))
	}
	return Part{Name: name, Salt: salt, Digest: digest, Erased: salt == ""}, nil
}

func damagedPart(name string, err error) error {
	return fmt.Errorf("record: the salt or digest of %.60q is damaged: %w", name, err)
}
