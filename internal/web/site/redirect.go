package site

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/store"
)

// moved is the error that says where a page has gone to.
type moved struct{ target string }

func (m *moved) Error() string { return "site: moved to " + m.target }

// movedTo returns where the page has gone to, if that is what the error says.
func movedTo(err error) (target string, ok bool) {
	var m *moved
	if errors.As(err, &m) {
		return m.target, true
	}
	return "", false
}

// errGone is what an address answers whose story was taken down on purpose.
var errGone = standfirst.Errorf(standfirst.Gone, "what stood at this address has been taken down")

// maxOldAddress is how long an address may be to be looked up as an old one.
const maxOldAddress = 2048

// oldAddress looks the address up in the table of old ones. found is [moved] or
// errGone, or nil if the table does not have it; err is a failure of the store. An
// address that is no text, which PostgreSQL would refuse, is in no table.
func oldAddress(tx *store.ReadTx, address string) (found, err error) {
	if len(address) > maxOldAddress || !utf8.ValidString(address) || strings.ContainsRune(address, 0) {
		return nil, nil
	}
	old, err := tx.OldAddress(address)
	switch {
	case err != nil && standfirst.KindOf(err) == standfirst.NotFound:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("site: old address %s: %w", address, err)
	case old.Target == "":
		return errGone, nil
	case old.Target == address:
		return nil, nil // leads in a circle
	}
	return &moved{old.Target}, nil
}

// redirect answers with a permanent redirect that is asked for again: a story may
// move back, and a browser that kept both redirects would run in a circle.
func redirect(w http.ResponseWriter, r *http.Request, target string) {
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, target, http.StatusMovedPermanently)
}

// loadNothing is for paths that are no page's; they may be old addresses.
func loadNothing(*reading, address) (*view, error) { return nil, errNoPage }
