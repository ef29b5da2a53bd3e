package site

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// readQuery reads what the query asks for into the address. A query that is in
// the table of old addresses leads there; parameters that mean nothing here are
// ignored and make no page of their own.
func (s *Site) readQuery(r *http.Request, at *address) error {
	var before string
	var filters, asked map[string]string
	var foreign []string
	for pair := range strings.SplitSeq(r.URL.RawQuery, "&") {
		name, value, _ := strings.Cut(pair, "=")
		switch {
		case name == "before" && at.kind.paged:
			before = value
		case at.kind.filtered && slices.Contains(dealParameters, name):
			if filters == nil {
				filters = make(map[string]string)
			}
			filters[name] = value
		case slices.Contains(at.kind.asks, name):
			if asked == nil {
				asked = make(map[string]string)
			}
			asked[name] = value
		case pair != "" && !isTracking(name):
			foreign = append(foreign, pair)
		}
	}
	if len(foreign) > 0 {
		if err := s.leadOn(r, at.path+"?"+strings.Join(foreign, "&")); err != nil {
			return err
		}
	}
	if at.kind.filtered {
		return at.list(filters)
	}
	if len(asked) > 0 {
		var err error
		*at, err = at.kind.ask(*at, asked)
		return err
	}
	if before == "" {
		return nil
	}
	before, err := url.QueryUnescape(before)
	if err != nil {
		return errNoPage
	}
	position, ok := parsePosition(before)
	if !ok {
		return errNoPage
	}
	at.before = position
	at.key = at.path + "?before=" + before
	return nil
}

// respell returns the error that leads to the canonical spelling of the address.
// Other systems end theirs with a slash, so it may be an old one as it stands.
func (s *Site) respell(r *http.Request, at address) error {
	if err := s.leadOn(r, at.path); err != nil {
		return err
	}
	if r.URL.RawQuery != "" {
		return &moved{at.redirect.target + "?" + r.URL.RawQuery}
	}
	return at.redirect
}

// leadOn returns the error that leads to where an old address went, or nil if the
// table does not have it.
func (s *Site) leadOn(r *http.Request, address string) error {
	var old error
	err := s.store.View(r.Context(), func(tx *store.ReadTx) error {
		var err error
		old, err = oldAddress(tx, address)
		return err
	})
	if err != nil {
		return err
	}
	return old
}

// isTracking reports whether a query parameter only tells where a reader came
// from. Such links are shared a lot: they must not each cost a look-up.
func isTracking(name string) bool {
	if strings.HasPrefix(name, "utm_") || strings.HasPrefix(name, "mc_") {
		return true
	}
	switch name {
	case "fbclid", "gclid", "dclid", "msclkid", "twclid", "igshid", "yclid", "_ga", "ref", "ref_src", "cmpid":
		return true
	}
	return false
}

// errNoPage is what an address answers at which nothing is.
var errNoPage = standfirst.Errorf(standfirst.NotFound, "there is no page at this address")
