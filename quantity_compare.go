package standfirst

import (
	"math/big"
	"strings"
)

// Interval is the values that a quantity allows. A nil bound is none.
type Interval struct {
	Lo, Hi                   *big.Rat
	LoExclusive, HiExclusive bool // the bound itself is not allowed
}

// Bounds returns the values that the quantity allows, in full units. A point allows
// itself. An approximate point allows what rounds to it at its last digit that is not
// zero, half up: about 830 is 825 up to but not 835, and nearly 4,000 is 3,500 up to
// but not 4,000. An approximate bound reaches as far beyond itself. A number without a
// last digit, such as 1/3, and zero only allow themselves.
func (q Quantity) Bounds() Interval {
	if q.Point == nil {
		bounds := Interval{Lo: q.Lo, Hi: q.Hi, LoExclusive: q.LoExclusive, HiExclusive: q.HiExclusive}
		if q.Approx && q.Lo != nil {
			around := roundsTo(q.Lo)
			bounds.Lo, bounds.LoExclusive = around.Lo, around.LoExclusive
		}
		if q.Approx && q.Hi != nil {
			around := roundsTo(q.Hi)
			bounds.Hi, bounds.HiExclusive = around.Hi, around.HiExclusive
		}
		return bounds
	}
	if !q.Approx {
		return Interval{Lo: q.Point, Hi: q.Point}
	}
	bounds := roundsTo(q.Point)
	if q.Lo != nil && q.Lo.Cmp(bounds.Lo) >= 0 {
		bounds.Lo, bounds.LoExclusive = q.Lo, q.LoExclusive
	}
	if q.Hi != nil && q.Hi.Cmp(bounds.Hi) <= 0 {
		bounds.Hi, bounds.HiExclusive = q.Hi, q.HiExclusive
	}
	return bounds
}

// roundsTo returns what rounds to r at its last digit that is not zero, half away
// from zero.
func roundsTo(r *big.Rat) Interval {
	exponent, ok := lastDigit(r)
	if !ok {
		return Interval{Lo: r, Hi: r}
	}
	half := ratOf(5, exponent-1)
	positive := r.Sign() > 0
	return Interval{
		Lo: new(big.Rat).Sub(r, half), Hi: new(big.Rat).Add(r, half),
		LoExclusive: !positive, HiExclusive: positive,
	}
}

// lastDigit returns the power of ten of the last digit of r that is not zero. It
// reports false for zero and for numbers whose digits do not end.
func lastDigit(r *big.Rat) (exponent int, ok bool) {
	digits, exact := r.FloatPrec()
	if !exact || r.Sign() == 0 {
		return 0, false
	}
	if digits > 0 {
		return -digits, true
	}
	s := r.Num().String()
	return len(s) - len(strings.TrimRight(s, "0")), true
}

// Overlaps reports whether some value lies in both intervals.
func (v Interval) Overlaps(other Interval) bool {
	return !v.below(other) && !other.below(v)
}

// below reports whether everything in v is less than everything in other.
func (v Interval) below(other Interval) bool {
	if v.Hi == nil || other.Lo == nil {
		return false
	}
	order := v.Hi.Cmp(other.Lo)
	return order < 0 || order == 0 && (v.HiExclusive || other.LoExclusive)
}

// Plus returns the sums of a value of v and one of other.
func (v Interval) Plus(other Interval) Interval {
	var sum Interval
	if v.Lo != nil && other.Lo != nil {
		sum.Lo, sum.LoExclusive = new(big.Rat).Add(v.Lo, other.Lo), v.LoExclusive || other.LoExclusive
	}
	if v.Hi != nil && other.Hi != nil {
		sum.Hi, sum.HiExclusive = new(big.Rat).Add(v.Hi, other.Hi), v.HiExclusive || other.HiExclusive
	}
	return sum
}

// Overlaps reports whether the two quantities can be said of the same thing: they
// measure alike, see [Quantity.SameMeasure], and some value is allowed by both.
func (q Quantity) Overlaps(other Quantity) bool {
	return q.SameMeasure(other) && q.Bounds().Overlaps(other.Bounds())
}

// SameMeasure reports whether the numbers of the two can be compared. Their units are
// the same, and of counts so are the nouns, in singular or plural. Words for people at
// work, such as jobs, roles and staff, are one noun here, and a count that does not say
// what it counts compares with every count. Two currencies never compare.
func (q Quantity) SameMeasure(other Quantity) bool {
	return q.Unit == other.Unit && (q.Unit != UnitOfCount || sameNoun(q.Noun, other.Noun))
}

// Equal reports whether the two say the same, with numbers compared by value and
// nouns as by [Quantity.SameMeasure]. How finely they are written does not matter.
func (q Quantity) Equal(other Quantity) bool {
	return q.SameMeasure(other) && q.Approx == other.Approx &&
		q.LoExclusive == other.LoExclusive && q.HiExclusive == other.HiExclusive &&
		sameRat(q.Point, other.Point) && sameRat(q.Lo, other.Lo) && sameRat(q.Hi, other.Hi)
}

func sameRat(a, b *big.Rat) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Cmp(b) == 0
}

// workNouns count people at work, whatever the words are.
var workNouns = wordSet("job role staff position employee people person worker post personnel headcount cut loss")

func sameNoun(a, b string) bool {
	if a == "" || b == "" || a == b {
		return true
	}
	a, b = singular(a), singular(b)
	return a == b || countsWork(a) && countsWork(b)
}

// countsWork reports whether a noun in the singular counts people at work. Cuts and
// losses do so only of jobs.
func countsWork(noun string) bool {
	head := noun[strings.LastIndexByte(noun, ' ')+1:]
	if head == "cut" || head == "loss" {
		return strings.HasPrefix(noun, "job ")
	}
	return workNouns[head]
}

// singular returns a noun in lower case with its last word in the singular, as far as
// the endings tell. It need only give the same for both forms of a word.
func singular(noun string) string {
	noun = strings.ToLower(noun)
	switch {
	case strings.HasSuffix(noun, "ies"):
		return strings.TrimSuffix(noun, "ies") + "y"
	case strings.HasSuffix(noun, "sses"), strings.HasSuffix(noun, "shes"), strings.HasSuffix(noun, "ches"), strings.HasSuffix(noun, "xes"):
		return strings.TrimSuffix(noun, "es")
	case strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss"):
		return strings.TrimSuffix(noun, "s")
	}
	return noun
}
