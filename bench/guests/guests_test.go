package guests

import (
	"net/netip"
	"testing"
	"unicode/utf8"
)

func TestGuestsDiffer(t *testing.T) {
	emails, texts, networks := make(map[string]bool), make(map[string]bool), make(map[netip.Prefix]bool)
	for n := range int64(70_000) {
		g := Of(n)
		if length := utf8.RuneCountInString(g.Text); length < 100 || length > 300 {
			t.Fatalf("guest %d writes %d characters: %s", n, length, g.Text)
		}
		addr, err := netip.ParseAddr(g.Address)
		if err != nil {
			t.Fatal(err)
		}
		emails[g.Email], texts[g.Text], networks[netip.PrefixFrom(addr, 48).Masked()] = true, true, true
	}
	if len(emails) != 70_000 || len(texts) != 70_000 || len(networks) != 70_000 {
		t.Errorf("70,000 guests have %d e-mail addresses, %d texts and %d networks", len(emails), len(texts), len(networks))
	}
}
