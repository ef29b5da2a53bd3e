package account

import (
	"context"
	"strings"
	"testing"

	"standfirst"
)

func TestPasswordRules(t *testing.T) {
	s := standfirst.Staff{Email: "jane.roe@ledger.example", Name: "Jane Margaret Roe"}
	for password, ok := range map[string]bool{
		good:                            true,
		"ünïcödé wörd":                  true,
		"eleven char":                   false,
		"aaaaaaaaaaaaaaaa":              false,
		"Jane.Roe@ledger.example":       false,
		"jane margaret roe":             false,
		"jane.roejane.roe":              false,
		"jane.roejane.roe!":             false,
		"éééééééééééé":                  false,
		"123456789012":                  false,
		"password1234":                  false,
		"Jane Roe 2026!!":               false,
		strings.Repeat("long ", 300):    false,
		"correct horse battery staple ": true,
	} {
		if err := checkPassword(password, s); (err == nil) != ok {
			t.Errorf("%q: %v", password, err)
		}
	}
}

func TestHash(t *testing.T) {
	ctx := t.Context()
	first, err := cheap.hash(ctx, good)
	if err != nil {
		t.Fatal(err)
	}
	second, err := cheap.hash(ctx, good)
	if err != nil || first == second || !strings.HasPrefix(first, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("%s, %s, %v", first, second, err)
	}
	for password, want := range map[string]bool{good: true, good + " ": false, "": false} {
		ok, outdated, err := cheap.matches(ctx, password, first)
		if ok != want || outdated || err != nil {
			t.Errorf("%q matches: %v, outdated: %v, %v", password, ok, outdated, err)
		}
	}
	if ok, outdated, err := usualCost.matches(ctx, good, first); !ok || !outdated || err != nil {
		t.Errorf("a password of another cost: matches %v, outdated %v, %v", ok, outdated, err)
	}
	for _, bad := range []string{
		"", "x", "$argon2id$v=19$m=64,t=1,p=1$$", "$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43),
		"$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43),
	} {
		if _, _, err := cheap.matches(ctx, good, bad); err == nil {
			t.Errorf("%q was taken for a stored password", bad)
		}
	}
}

// TestHashingWaits holds that somebody who goes away while others hash waits no longer.
func TestHashingWaits(t *testing.T) {
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	defer func() {
		for range cap(hashing) {
			<-hashing
		}
	}()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := cheap.hash(ctx, good); err == nil {
		t.Error("a password was hashed though nobody was free")
	}
}

func TestNetworkOf(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.77": "192.0.2.0/24", "::ffff:192.0.2.77": "192.0.2.0/24", "2001:db8:1:22ff::1": "2001:db8:1:2200::/56",
		"fe80::1%eth0": "fe80::/56", "": "unknown", "nonsense": "unknown",
	} {
		if got := networkOf(address, networkBitsOfIPv6); got != want {
			t.Errorf("%q is in %q, want %q", address, got, want)
		}
	}
}

func FuzzParsePHC(f *testing.F) {
	f.Add(cheap.decoy())
	f.Add("$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAA")
	f.Add("$argon2id$v=19$m=4294967295,t=4294967295,p=255$$")
	f.Fuzz(func(t *testing.T, stored string) {
		c, salt, key, err := parsePHC(stored)
		if err == nil && c.phc(salt, key) != stored {
			t.Errorf("%q was read as %q", stored, c.phc(salt, key))
		}
	})
}
