package standfirst

import (
	"math/big"
	"strings"
)

// digits is how one number of a quantity is laid out: its digits, without a sign and
// with commas, and the power of ten of the scale word after them.
type digits struct {
	text     string
	scale    int
	decimals int  // as [ParseQuantity] would read them
	rounded  bool // the digits of the number do not end
}

// rounding says which way a number whose digits do not end goes.
type rounding int

const (
	roundDown    rounding = -1
	roundNearest rounding = 0
	roundUp      rounding = 1
)

// shownDigits is how many digits after the point are shown of a number whose digits
// do not end.
const shownDigits = 2

// mostScaledDigits is how many digits after the point a number before a scale word
// has at most; one with more is written out.
const mostScaledDigits = 3

// scaleOrder has the scales in the order in which they are tried after the natural
// one: written out, then those that newsrooms write most.
var scaleOrder = [...]int{0, 6, 9, 12, 3, 7, 5}

// layOut lays out r so that it reads back with the decimals, or, unless exactly, with
// at most as fine ones. It takes the natural scale for its size where that serves.
// What is not scaled, such as a percentage, has a scale word only if it was read with
// one.
func layOut(r *big.Rat, decimals int, scaled, exactly bool, way rounding) digits {
	natural := 0
	if scaled {
		natural = naturalScale(r)
	}
	last, ends := lastDigit(r)
	if !ends && r.Sign() != 0 {
		return digits{text: digitsAt(r, natural, shownDigits, way), scale: natural, decimals: shownDigits - natural, rounded: true}
	}
	for _, strict := range [...]bool{true, false} {
		for i := -1; i < len(scaleOrder); i++ {
			scale := natural
			if i >= 0 {
				scale = scaleOrder[i]
			}
			needed := neededDigits(r, last, scale)
			n := needed
			if exactly {
				n = max(n, min(decimals+scale, maxDecimals))
			}
			if strict && (n > needed+1 || scale > 0 && n > mostScaledDigits) {
				continue
			}
			if scale == natural && scale > 0 && n == mostScaledDigits && n > needed {
				// "$2,050 million" is "$2.05 billion": the zero would claim a care that nobody took.
				return digits{text: digitsAt(r, scale, needed, way), scale: scale, decimals: readDecimals(r, last, scale, needed)}
			}
			got := readDecimals(r, last, scale, n)
			if got == decimals || !exactly && got < decimals {
				return digits{text: digitsAt(r, scale, n, way), scale: scale, decimals: got}
			}
		}
	}
	n := neededDigits(r, last, natural)
	return digits{text: digitsAt(r, natural, n, way), scale: natural, decimals: readDecimals(r, last, natural, n)}
}

// writeOut lays out r without a scale word, with as many digits after the point as
// the decimals or the number itself have.
func writeOut(r *big.Rat, decimals int, way rounding) digits {
	last, ends := lastDigit(r)
	if !ends && r.Sign() != 0 {
		return digits{text: digitsAt(r, 0, shownDigits, way), decimals: shownDigits, rounded: true}
	}
	n := max(neededDigits(r, last, 0), min(decimals, maxDecimals))
	return digits{text: digitsAt(r, 0, n, way), decimals: readDecimals(r, last, 0, n)}
}

// neededDigits returns how many digits r has after the point at a scale.
func neededDigits(r *big.Rat, last, scale int) int {
	if r.Sign() == 0 {
		return 0
	}
	return max(scale-last, 0)
}

// readDecimals returns the decimals that [ParseQuantity] finds in r with n digits
// after the point at a scale.
func readDecimals(r *big.Rat, last, scale, n int) int {
	if scale > 0 || n > 0 || r.Sign() == 0 {
		return n - scale
	}
	return -last / 3 * 3
}

// naturalScale returns the scale of million, billion or trillion that r reaches,
// else 0.
func naturalScale(r *big.Rat) int {
	var whole big.Int
	whole.Quo(r.Num(), r.Denom())
	// A whole number of n bits has at least (n-1)×0.30103 digits, so that only those near
	// a limit need to be compared with it.
	switch bits := whole.BitLen(); {
	case bits < 20:
		return 0
	case bits > 40:
		return 12
	}
	switch n := max(whole.Int64(), -whole.Int64()); {
	case n >= pow10(12):
		return 12
	case n >= pow10(9):
		return 9
	case n >= pow10(6):
		return 6
	}
	return 0
}

// digitsAt returns the digits of r without its sign, divided by 10^scale, with n
// after the point. A number that goes on is rounded its way; nearest is half away
// from zero.
func digitsAt(r *big.Rat, scale, n int, way rounding) string {
	var num, den, rest big.Int
	num.Abs(r.Num())
	den.Set(r.Denom())
	shift := n - scale
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(shift, -shift))), nil)
	if shift >= 0 {
		num.Mul(&num, power)
	} else {
		den.Mul(&den, power)
	}
	num.QuoRem(&num, &den, &rest)
	if rest.Sign() != 0 {
		up := rest.Lsh(&rest, 1).Cmp(&den) >= 0
		if way != roundNearest {
			up = (way == roundUp) == (r.Sign() > 0)
		}
		if up {
			num.Add(&num, big.NewInt(1))
		}
	}
	text := num.String()
	if len(text) <= n {
		text = strings.Repeat("0", n+1-len(text)) + text
	}
	whole, fraction := text[:len(text)-n], text[len(text)-n:]
	if n > 0 {
		fraction = "." + fraction
	}
	return withCommas(whole) + fraction
}

// withCommas puts a comma before each group of three digits.
func withCommas(s string) string {
	if len(s) <= 3 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/3)
	for i := range len(s) {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
