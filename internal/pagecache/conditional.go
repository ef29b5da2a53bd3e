package pagecache

import "strings"

// matchesETag reports whether one of the If-None-Match header lines names the
// entity tag, quotes included, or is "*". The comparison is the weak one that RFC
// 9110, section 13.1.2, asks for. A line is read up to its first malformed member.
func matchesETag(lines []string, etag string) bool {
	for _, line := range lines {
		if strings.Trim(line, " \t") == "*" {
			return true
		}
		for {
			line = strings.TrimLeft(line, " \t,")
			tag, rest, ok := cutETag(line)
			if !ok {
				break
			}
			if tag == etag {
				return true
			}
			line = rest
		}
	}
	return false
}

// cutETag cuts the entity tag that s begins with, without its weakness prefix and
// with its quotes, from what follows it.
func cutETag(s string) (tag, rest string, ok bool) {
	s = strings.TrimPrefix(s, "W/")
	if s == "" || s[0] != '"' {
		return "", "", false
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			rest = strings.TrimLeft(s[i+1:], " \t")
			if rest != "" && rest[0] != ',' {
				return "", "", false
			}
			return s[:i+1], rest, true
		case c < 0x21 || c == 0x7f:
			return "", "", false
		}
	}
	return "", "", false
}
