package copydesk

import (
	"strings"
)

// marker is what stands before a list item.
type marker struct {
	sign    string // "•", "-", "3." and so on
	ordered bool
	number  int
}

// dash reports whether the marker may as well be a dash in a sentence or before a
// name.
func (m marker) dash() bool {
	return m.sign == "–" || m.sign == "—" || m.sign == "-" || m.sign == "+"
}

// bullets are the signs before the items of a list.
var bullets = [...]string{"•", "·", "‣", "◦", "▪", "●", "■", "○", "*", "-", "–", "—", "+"}

// cutMarker splits the marker off a list item. size is where its words begin.
func cutMarker(s string) (m marker, size int, ok bool) {
	for _, b := range bullets {
		if strings.HasPrefix(s, b) {
			rest := s[len(b):]
			trimmed := strings.TrimLeft(rest, " \t\u00a0")
			if trimmed == "" || len(trimmed) == len(rest) && !strings.HasPrefix(b, "•") {
				return marker{}, 0, false
			}
			return marker{sign: b}, len(s) - len(trimmed), true
		}
	}
	i, n := 0, 0
	for i < len(s) && i < 3 && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	if i == 0 || i+1 >= len(s) || s[i] != '.' && s[i] != ')' {
		return marker{}, 0, false
	}
	rest := s[i+1:]
	trimmed := strings.TrimLeft(rest, " \t\u00a0")
	if trimmed == "" || len(trimmed) == len(rest) {
		return marker{}, 0, false
	}
	return marker{sign: s[:i+1], ordered: true, number: n}, len(s) - len(trimmed), true
}

// zones are time zones and the like that follow a time of day.
var zones = map[string]bool{
	"GMT": true, "BST": true, "UTC": true, "CET": true, "CEST": true, "EET": true, "EST": true, "EDT": true, "ET": true,
	"CST": true, "CDT": true, "CT": true, "PST": true, "PDT": true, "PT": true, "MSK": true, "JST": true, "HKT": true,
	"SGT": true, "IST": true, "AEST": true, "AEDT": true, "WET": true,
}

// cutTime splits the time of day off an entry of live notes: "14:05 GMT — ", "9.30am: ",
// or a time that stands alone. at is the length of the time, size where the words begin.
func cutTime(s string) (at, size int, ok bool) {
	i := digits(s, 0)
	if i == 0 || i > 2 || i >= len(s) || s[i] != ':' && s[i] != '.' {
		return 0, 0, false
	}
	colon := s[i] == ':'
	j := digits(s, i+1)
	if j != i+3 || s[i+1] > '5' {
		return 0, 0, false
	}
	at = j
	if k := cutHalfOfDay(s, at); k > at {
		at, colon = k, true
	}
	if word := zoneAt(s, at); word > at {
		at, colon = word, true
	}
	if !colon {
		return 0, 0, false // a number such as 12.50
	}
	rest := strings.TrimLeft(s[at:], " ")
	size = len(s) - len(strings.TrimLeft(rest, " —–-:|·•"))
	if rest != "" && len(s)-len(rest) == at && !strings.HasPrefix(rest, ":") && !strings.HasPrefix(rest, "—") && !strings.HasPrefix(rest, "–") {
		return 0, 0, false
	}
	if rest != "" && len(s)-size == len(rest) {
		return 0, 0, false // a sentence that begins with a time
	}
	return at, size, true
}

// digits returns the index after the digits from i on.
func digits(s string, i int) int {
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}

// cutHalfOfDay returns the index after "am", "p.m." and the like at i, or i.
func cutHalfOfDay(s string, i int) int {
	j := i
	if j < len(s) && s[j] == ' ' {
		j++
	}
	for _, half := range [...]string{"a.m.", "p.m.", "am", "pm"} {
		if len(s) >= j+len(half) && strings.EqualFold(s[j:j+len(half)], half) {
			return j + len(half)
		}
	}
	return i
}

// zoneAt returns the index after a time zone at i, or i.
func zoneAt(s string, i int) int {
	if i >= len(s) || s[i] != ' ' {
		return i
	}
	j := i + 1
	for j < len(s) && s[j] >= 'A' && s[j] <= 'Z' {
		j++
	}
	if zones[s[i+1:j]] {
		return j
	}
	return i
}
