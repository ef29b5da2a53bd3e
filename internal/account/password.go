package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"standfirst"
)

// What a password must be. Length is what counts (NIST SP 800-63B, section 3.1.1.2); rules
// about signs and digits are not made.
const (
	MinPassword = 12   // characters
	MaxPassword = 1024 // bytes
)

// cost is how dear a password is to try: the parameters of Argon2id.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

// usualCost is the second recommended choice of RFC 9106, section 4.
var usualCost = cost{memory: 64 << 10, passes: 3, threads: 4}

const (
	saltBytes = 16
	keyBytes  = 32
)

// hashing bounds how many passwords are hashed at once, over the whole process: each
// takes 64 MiB.
var hashing = make(chan struct{}, 2)

// checkPassword returns an Invalid error unless the password may be chosen by somebody
// with that address and name.
func checkPassword(password string, s standfirst.Staff) error {
	lower := strings.ToLower(password)
	local, _, _ := strings.Cut(s.Email, "@")
	switch {
	case utf8.RuneCountInString(password) < MinPassword:
		return standfirst.Errorf(standfirst.Invalid, "the password has %d characters, it needs %d; a few words are a good one", utf8.RuneCountInString(password), MinPassword)
	case len(password) > MaxPassword:
		return standfirst.Errorf(standfirst.Invalid, "the password has %d bytes, %d at most", len(password), MaxPassword)
	case lower == s.Email || lower == strings.ToLower(s.Name) || strings.Repeat(local, 1+MinPassword/max(1, len(local))) == lower:
		return standfirst.Errorf(standfirst.Invalid, "the password is the name or the address; choose one that others cannot guess")
	case strings.Count(password, password[:1]) == len(password):
		return standfirst.Errorf(standfirst.Invalid, "the password is one character over and over; choose one that others cannot guess")
	}
	return nil
}

// hash returns the password as a PHC string with a salt of its own. It waits until one of
// those that may hash at once is free, or the context ends.
func (c cost) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails: it ends the process first
	key, err := c.key(ctx, password, salt)
	if err != nil {
		return "", err
	}
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.threads, encode(salt), encode(key)), nil
}

func (c cost) key(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.threads, keyBytes), nil
}

// matches reports whether the password is the one that the PHC string was made of, and
// whether it should be hashed anew because the cost has changed since.
func (c cost) matches(ctx context.Context, password, phc string) (ok, outdated bool, err error) {
	made, salt, key, err := parsePHC(phc)
	if err != nil {
		return false, false, err
	}
	tried, err := made.key(ctx, password, salt)
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(tried, key) == 1, made != c, nil
}

// parsePHC reads what hash writes. Costs out of bounds are refused: they would have been
// put there by somebody else.
func parsePHC(phc string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(phc, "$")
	bad := fmt.Errorf("account: a stored password is not one of argon2id")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, bad
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); err != nil {
		return c, nil, nil, bad
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || len(salt) < 8 || len(key) != keyBytes ||
		c.memory < 8 || c.memory > 1<<20 || c.passes < 1 || c.passes > 16 || c.threads < 1 || c.threads > 64 {
		return c, nil, nil, bad
	}
	return c, salt, key, nil
}
