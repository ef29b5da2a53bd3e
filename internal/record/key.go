package record

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/note"

	"standfirst"
)

// Key is the private key that signs the record. Its file is PEM with PKCS #8, which
// other tools read.
type Key struct{ private ed25519.PrivateKey }

// algEd25519 is the number of the algorithm in signed notes.
const algEd25519 = 1

// NewKey makes a key.
func NewKey() (Key, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	return Key{private}, err
}

// ReadKey reads the key in the file. It returns a NotFound error if there is no file, and
// a Forbidden one if others may read it.
func ReadKey(path string) (Key, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Key{}, standfirst.Errorf(standfirst.NotFound, "there is no key of the record in %s", path)
	}
	if err != nil {
		return Key{}, fmt.Errorf("record: read the key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return Key{}, standfirst.Errorf(standfirst.Forbidden, "others may read the key of the record in %s; run chmod 600 on it", path)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return Key{}, fmt.Errorf("record: read the key: %w", err)
	}
	block, _ := pem.Decode(b)
	if block == nil {
		return Key{}, standfirst.Errorf(standfirst.Invalid, "%s holds no key: it is not PEM", path)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	private, ok := parsed.(ed25519.PrivateKey)
	if err != nil || !ok {
		return Key{}, standfirst.WrapError(standfirst.Invalid, err, "%s holds no Ed25519 key in PKCS #8", path)
	}
	return Key{private}, nil
}

// Write writes the key into the file, for its owner alone. It replaces what is there.
func (k Key) Write(path string) error {
	b, err := x509.MarshalPKCS8PrivateKey(k.private)
	if err != nil {
		return fmt.Errorf("record: write the key: %w", err)
	}
	return replaceFile(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: b}))
}

// Public returns the public key as entries have it: base64 of its 32 bytes.
func (k Key) Public() string {
	public, _ := k.private.Public().(ed25519.PublicKey)
	return base64.StdEncoding.EncodeToString(public)
}

// Sign returns the signature of the message in base64.
func (k Key) Sign(message []byte) string {
	return base64.StdEncoding.EncodeToString(ed25519.Sign(k.private, message))
}

// CheckSignature reports whether the public key signed the message.
func CheckSignature(public, signature string, message []byte) bool {
	p, err := base64.StdEncoding.DecodeString(public)
	s, failure := base64.StdEncoding.DecodeString(signature)
	return err == nil && failure == nil && len(p) == ed25519.PublicKeySize && ed25519.Verify(p, message, s)
}

// signer returns the key as one that signs notes under the name.
func (k Key) signer(name string) note.Signer {
	public, _ := k.private.Public().(ed25519.PublicKey)
	return noteSigner{name, keyHash(name, public), k.private}
}

// noteSigner signs notes as note.NewSigner's do.
type noteSigner struct {
	name string
	hash uint32
	key  ed25519.PrivateKey
}

func (s noteSigner) Name() string                    { return s.name }
func (s noteSigner) KeyHash() uint32                 { return s.hash }
func (s noteSigner) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.key, msg), nil }

// keyHash is the number by which a signature names its key.
func keyHash(name string, public []byte) uint32 {
	h := sha256.Sum256(append(append([]byte(name), '\n', algEd25519), public...))
	return binary.BigEndian.Uint32(h[:])
}

// VerifierKey returns the public key under the name in the form that other tools take:
// name+hash+key, as c2sp.org/signed-note has it.
func VerifierKey(name, public string) (string, error) {
	b, err := base64.StdEncoding.DecodeString(public)
	if err != nil || len(b) != ed25519.PublicKeySize {
		return "", standfirst.Errorf(standfirst.Invalid, "%q is no public key", public)
	}
	encoded := base64.StdEncoding.EncodeToString(append([]byte{algEd25519}, b...))
	return fmt.Sprintf("%s+%08x+%s", name, keyHash(name, b), encoded), nil
}

// verifier returns the public key as one that checks notes under the name.
func verifier(name, public string) (note.Verifier, error) {
	vkey, err := VerifierKey(name, public)
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(vkey)
}

// replaceFile writes a file for its owner alone, whole or not at all, and durably.
func replaceFile(path string, b []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("record: write %s: %w", path, err)
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("record: write %s: %w", path, err), os.Remove(f.Name()))
	}
	if dir, failure := os.Open(filepath.Dir(path)); failure == nil {
		_ = dir.Sync() // so that the name is durable too, where the system can
		_ = dir.Close()
	}
	return nil
}

// sameFile reports whether the file holds the bytes already.
func sameFile(path string, b []byte) bool {
	held, err := os.ReadFile(path)
	return err == nil && bytes.Equal(held, b)
}
