package record

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
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
	digest, _ := partDigest(nil, salt, name, text)
	return digest
}

// partDigest is PartDigest with memory to work in, which it returns.
func partDigest(work, salt []byte, name, text string) (string, []byte) {
	work = append(work[:0], salt...)
	work = append(work, name...)
	work = append(work, 0)
	work = append(work, text...)
	sum := sha256.Sum256(work)
	return hex.EncodeToString(sum[:]), work
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
	written := hex.EncodeToString(salts)
	salted := make([]Part, len(parts))
	var work []byte
	for i, p := range parts {
		s := salts[i*saltSize : (i+1)*saltSize]
		salted[i] = Part{Name: p.Name, Text: p.Text, Salt: written[i*2*saltSize : (i+1)*2*saltSize]}
		salted[i].Digest, work = partDigest(work, s, p.Name, p.Text)
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

// storedPart is a part as it is kept: without its text.
type storedPart struct {
	Name   string `json:"n"`
	Salt   string `json:"s,omitempty"` // gone with the text
	Digest string `json:"d"`
}

// formatParts returns what is stored of the parts.
func formatParts(parts []Part) string {
	if len(parts) == 0 {
		return ""
	}
	b := make([]byte, 0, len(parts)*130)
	b = append(b, '[')
	for i, p := range parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, `{"n":"`...), p.Name...), '"')
		if p.Salt != "" {
			b = append(append(append(b, `,"s":"`...), p.Salt...), '"')
		}
		b = append(append(append(b, `,"d":"`...), p.Digest...), `"}`...)
	}
	return string(append(b, ']'))
}

// parseParts reads what is stored of the parts; without a salt they are erased.
func parseParts(stored string) ([]Part, error) {
	if stored == "" {
		return nil, nil
	}
	var list []storedPart
	if err := json.Unmarshal([]byte(stored), &list); err != nil {
		return nil, fmt.Errorf("record: the salts of an entry are damaged: %w", err)
	}
	parts := make([]Part, len(list))
	for i, p := range list {
		parts[i] = Part{Name: p.Name, Salt: p.Salt, Digest: p.Digest, Erased: p.Salt == ""}
	}
	return parts, nil
}
