package markup

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/util"
)

// addressKind says where the address of a link leads.
type addressKind uint8

const (
	noAddress      addressKind = iota // nowhere that a story may link to
	ownAddress                        // to this publication, or to a mail or telephone program
	foreignAddress                    // to another site
	ledgerAddress                     // to a figure or entity: claim:88, entity:northwind
)

// address is where a link leads.
type address struct {
	kind addressKind
	href string // escaped for a URL; empty for noAddress and ledgerAddress
	text string // as it was written
}

// parseAddress reads the address of a link. Web, mail and telephone addresses and
// those relative to this site are the only ones that lead anywhere: every other
// scheme, and whatever a browser might read in another way than it looks, does not.
func parseAddress(text string) address {
	text = strings.TrimSpace(text)
	a := address{text: text}
	if text == "" || strings.ContainsFunc(text, func(r rune) bool {
		return r == '\\' || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
	}) {
		return a
	}
	u, err := url.Parse(escapePercent(text))
	if err != nil || strings.ContainsFunc(u.Host, isNoHostRune) {
		return a
	}
	switch strings.ToLower(u.Scheme) {
	case "":
		if strings.Contains(strings.SplitN(text, "/", 2)[0], ":") {
			return a
		}
		a.kind = ownAddress
		if u.Host != "" || strings.HasPrefix(text, "//") {
			if u.Host == "" {
				return address{text: text}
			}
			a.kind, text = foreignAddress, "https:"+text
		}
	case "http", "https":
		if u.Host == "" {
			return a
		}
		a.kind = foreignAddress
	case "mailto", "tel":
		if u.Opaque == "" {
			return a
		}
		a.kind = ownAddress
	case "claim", "entity":
		a.kind = ledgerAddress
		return a
	default:
		return a
	}
	a.href = string(util.URLEscape([]byte(escapePercent(text)), false))
	return a
}

// isNoHostRune reports whether no host's name or port has the character in it. The
// brackets around an IPv6 address are among these: no story links to one.
func isNoHostRune(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune(".-_:", r)
}

// escapePercent escapes per cent signs that do not begin an escape.
func escapePercent(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteByte(s[i])
		if s[i] == '%' && (i+2 >= len(s) || !util.IsHexDecimal(s[i+1]) || !util.IsHexDecimal(s[i+2])) {
			b.WriteString("25")
		}
	}
	return b.String()
}
