package standfirst

import (
	"net/netip"
	"net/url"
	"strings"
)

// Akismet says whether Akismet, a service outside the house, is asked if comments are spam.
// It gets the words, name, e-mail and network address of whoever writes. The zero value
// asks nobody.
type Akismet struct {
	Key     string `json:"key,omitempty"`     // empty asks nobody
	Address string `json:"address,omitempty"` // of a service that speaks the same; empty for Akismet itself
}

// On reports whether it is asked.
func (a Akismet) On() bool { return a.Key != "" }

const (
	maxAkismetKey     = 200
	maxAkismetAddress = 300
	shownOfKey        = 4 // so many last characters tell which key it is
	leastHidden       = 4 // and none of a key that would have fewer left
)

// Masked returns the same with no more of the key than tells which it is.
func (a Akismet) Masked() Akismet {
	if a.Key != "" {
		shown := ""
		if len(a.Key) >= shownOfKey+leastHidden {
			shown = a.Key[len(a.Key)-shownOfKey:]
		}
		a.Key = "…" + shown
	}
	return a
}

// Validate returns an Invalid error for what cannot stand.
func (a Akismet) Validate() error {
	isKey := func(r rune) bool { return r > ' ' && r < 0x7f }
	switch {
	case a.Key == "" && a.Address != "":
		return Errorf(Invalid, "the address of Akismet needs a key as well")
	case len(a.Key) > maxAkismetKey || strings.ContainsFunc(a.Key, func(r rune) bool { return !isKey(r) }):
		return Errorf(Invalid, "this is no key of Akismet: a key is at most %d letters and digits", maxAkismetKey)
	case a.Address == "":
		return nil
	case len(a.Address) > maxAkismetAddress:
		return Errorf(Invalid, "the address of Akismet has more than %d bytes", maxAkismetAddress)
	}
	u, err := url.Parse(a.Address)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "https" && !(u.Scheme == "http" && ownMachine(u.Hostname())) {
		return Errorf(Invalid, "%q is no address at which Akismet can be asked; it begins with https:// and ends with the version, such as https://rest.akismet.com/1.1", a.Address)
	}
	return nil
}

// ownMachine reports whether the host is this machine, to which nothing need be encrypted.
func ownMachine(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}
