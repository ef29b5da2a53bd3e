package spam

import (
	"strings"
	"unicode"
)

// number reads a chunk with a figure in it and reports whether it was one: "$5,000" is
// taken down as a price of four digits, not as that price.
func (r *reader) number(chunk string) bool {
	chunk = strings.Trim(chunk, "(),.;:!?\"'~")
	digits, letters, longest, run := 0, 0, 0, 0
	scale := ""
	price, percent, plus := false, false, strings.HasPrefix(chunk, "+")
	for i, c := range chunk {
		switch {
		case unicode.IsDigit(c):
			digits++
			run++
			longest = max(longest, run)
			continue
		case isLetter(c):
			if letters++; digits > 0 && scale == "" {
				scale = chunk[i:]
			}
		case unicode.Is(unicode.Sc, c):
			price = true
		case c == '%':
			percent = true
		}
		run = 0
	}
	size := string(rune('0' + min(digits, 9)))
	switch {
	case letters > 3:
		return false
	case plus && digits >= phoneDigits:
		r.word("#phone")
	case longest >= phoneDigits && letters == 0 && !price:
		r.phones++
		r.word("#phone")
	case price:
		r.prices++
		r.word("#price" + size + scale)
	case percent:
		r.percents++
		r.word("#percent" + size)
	case letters > 0:
		return false
	default:
		r.word("#" + size)
	}
	return true
}

// phoneDigits is how many digits a telephone number with its country has at least.
const phoneDigits = 9

// phones returns how many telephone numbers the text has: a plus and digits, which may
// stand in groups.
func phones(text string) int {
	found, digits := 0, -1 // -1 where there was no plus
	for i := range len(text) {
		switch b := text[i]; {
		case b == '+':
			digits = 0
		case digits < 0:
		case '0' <= b && b <= '9':
			if digits++; digits == phoneDigits {
				found++
			}
		case b != ' ' && b != '-' && b != '(' && b != ')':
			digits = -1
		}
	}
	return found
}

// hasDigit reports whether there is an ASCII digit in the chunk.
func hasDigit(chunk string) bool { return strings.ContainsAny(chunk, "0123456789") }
