package markup

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bareAddress returns the length of the web address that the text begins with, or
// zero if it begins with none. Punctuation at its end belongs to the sentence around
// it, and so does a closing bracket that the address does not open. It also returns
// how much of the text it looked at, in which no other address is to be looked for
// if this is none: otherwise looking would take quadratic time.
func bareAddress(s []byte) (length, read int) {
	start := addressStart(s)
	if start == 0 {
		return 0, 0
	}
	for read = start; read < len(s); {
		r, size := rune(s[read]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(s[read:])
		}
		if !isAddressRune(r) {
			break
		}
		read += size
	}
	length = addressEnd(s[:read])
	if length <= start || length > maxCommentAddress || commentAddress(string(s[:length])) == "" {
		return 0, read
	}
	return length, read
}

// addressStart returns the length of the scheme, or of "www.", that the text begins
// with.
func addressStart(s []byte) int {
	for _, start := range []string{"http://", "https://", "www."} {
		if len(s) > len(start) && s[0]|0x20 == start[0] && strings.EqualFold(string(s[:len(start)]), start) {
			return len(start)
		}
	}
	return 0
}

// isAddressRune reports whether the character may stand in an address that has no
// marks around it.
func isAddressRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' ' && r < 0x7f && !strings.ContainsRune("<>\"`\\^{|}", r)
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// addressEnd returns where the address ends that the text consists of, without the
// punctuation of the sentence around it.
func addressEnd(s []byte) int {
	round := bytes.Count(s, []byte("(")) - bytes.Count(s, []byte(")"))
	square := bytes.Count(s, []byte("[")) - bytes.Count(s, []byte("]"))
	for end := len(s); ; end-- {
		switch {
		case end == 0:
			return 0
		case s[end-1] == ')' && round < 0:
			round++
		case s[end-1] == ']' && square < 0:
			square++
		case strings.IndexByte("?!.,:;*_~'([&", s[end-1]) < 0:
			return end
		}
	}
}

// findAddress returns where the first web address in the text begins and ends, and
// false if there is none. No address begins in the middle of a word.
func findAddress(s []byte) (start, end int, ok bool) {
	inWord := false
	for i := 0; i < len(s); {
		c := s[i]
		if !inWord && (c|0x20 == 'h' || c|0x20 == 'w') {
			length, read := bareAddress(s[i:])
			if length > 0 {
				return i, i + length, true
			}
			if read > 0 {
				i += read
				continue
			}
		}
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(s[i:])
		}
		inWord = unicode.IsLetter(r) || unicode.IsDigit(r)
		i += size
	}
	return 0, 0, false
}

// maxCommentAddress is the length in bytes of the longest address that a comment may
// link to.
const maxCommentAddress = 2000

// commentAddress returns the address of a link in a comment, escaped for a URL, or ""
// if a comment may not link to it: it links to the web and to mail only, never to
// this site by a relative address, and to no address with a name before the host,
// which looks like another host's.
func commentAddress(text string) string {
	if len(text) > maxCommentAddress {
		return ""
	}
	if len(text) > 4 && strings.EqualFold(text[:4], "www.") {
		text = "https://" + text
	}
	a := parseAddress(text)
	scheme, rest, _ := strings.Cut(a.text, ":")
	switch {
	case a.kind == ownAddress && strings.EqualFold(scheme, "mailto"):
		return a.href
	case a.kind != foreignAddress || !strings.HasPrefix(rest, "//") ||
		!strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https"):
		return ""
	}
	host := hostOf(a.href)
	if strings.Contains(host, "@") || strings.Trim(host, ".-_:") == "" {
		return ""
	}
	return a.href
}

// hostOf returns the host of a web address with its port and whatever stands before
// it, in lower case.
func hostOf(href string) string {
	_, rest, _ := strings.Cut(href, "://")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return strings.ToLower(rest)
}
