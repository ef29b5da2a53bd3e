package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"standfirst"
)

// What a password must be. Length is what counts; rules about signs and digits are not made.
const (
	MinPassword = 12   // characters
	MaxPassword = 1024 // bytes
)

// commonWords are what passwords that are tried first are made of.
var commonWords = []string{"password", "passwort", "welcome", "letmein", "qwertyuiop", "qwerty", "qwertz", "azerty", "asdfgh", "admin", "iloveyou", "standfirst"}

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

// Hashing is bounded over the whole process, because each takes 64 MiB and all of a
// processor: how many run at once, how many wait for those, and how long.
var (
	hashing = make(chan struct{}, max(1, min(2, runtime.GOMAXPROCS(0)/2)))
	waiting = make(chan struct{}, 16)
)

const longestWait = 5 * time.Second

// checkPassword returns an Invalid error unless the password may be chosen by somebody
// with that address and name.
func checkPassword(password string, s standfirst.Staff) error {
	switch n := utf8.RuneCountInString(password); {
	case n < MinPassword:
		return standfirst.Errorf(standfirst.Invalid, "the password has %d characters, it needs %d; a few words are a good one", n, MinPassword)
	case len(password) > MaxPassword:
		return standfirst.Errorf(standfirst.Invalid, "the password has %d bytes, %d at most", len(password), MaxPassword)
	case isGuessable(password, s):
		return standfirst.Errorf(standfirst.Invalid, "the password is made of your name, your address, one sign over and over, digits alone or a common word; choose one that others cannot guess")
	}
	return nil
}

// isGuessable reports whether little is left of the password without what is tried first.
func isGuessable(password string, s standfirst.Staff) bool {
	left := strings.ToLower(password)
	local, domain, _ := strings.Cut(s.Email, "@")
	words := append(strings.Fields(strings.ToLower(s.Name)), strings.ToLower(s.Email), local, domain)
	for _, word := range append(words, commonWords...) {
		if len(word) > 2 {
			left = strings.ReplaceAll(left, word, "")
		}
	}
	different := make(map[rune]bool)
	for _, r := range left {
		if unicode.IsLetter(r) {
			different[r] = true
		}
	}
	return len(different) < 4
}

// hash returns the password as a PHC string with a salt of its own. It waits until one of
// those that may hash at once is free, or the context ends.
func (c cost) hash(ctx context.Context, password string) (string, error) {
	salt := random(saltBytes)
	key, err := c.key(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return c.phc(salt, key), nil
}

// key derives the key. It returns an Unavailable error if too many wait, or this one did
// for too long.
func (c cost) key(ctx context.Context, password string, salt []byte) ([]byte, error) {
	busy := standfirst.Errorf(standfirst.Unavailable, "too many are signing in at this moment; try again in a minute")
	select {
	case waiting <- struct{}{}:
		defer func() { <-waiting }()
	default:
		return nil, busy
	}
	ctx, cancel := context.WithTimeoutCause(ctx, longestWait, busy)
	defer cancel()
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.threads, keyBytes), nil
}

// decoy returns a stored password that nobody has and that takes as long to try as a real
// one. (Those stored at another cost take another time, until their owners sign in.)
func (c cost) decoy() string { return c.phc(random(saltBytes), random(keyBytes)) }

// phc writes a password as it is stored.
func (c cost) phc(salt, key []byte) string {
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.threads, encode(salt), encode(key))
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: it ends the process first
	return b
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
	if saltErr != nil || keyErr != nil || len(salt) < 8 || len(key) != keyBytes || c.phc(salt, key) != phc ||
		c.memory < 8 || c.memory > 256<<10 || c.passes < 1 || c.passes > 16 || c.threads < 1 || c.threads > 64 {
		return c, nil, nil, bad
	}
	return c, salt, key, nil
}
