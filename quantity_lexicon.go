package standfirst

import (
	"math/big"
	"strings"
)

// Hedge is what the words around a figure make of it. Hedges become bounds and never
// an invented percentage.
type Hedge uint8

// The hedges, one for each row of the table.
const (
	HedgeNone    Hedge = iota
	HedgeUpTo          // up to, as much as, at most, no more than: the figure is an inclusive Hi
	HedgeUnder         // under, less than, fewer than, below: an exclusive Hi
	HedgeAtLeast       // at least, no less than: an inclusive Lo
	HedgeOver          // more than, over, above: an exclusive Lo
	HedgeNearly        // nearly, almost, close to: Point, exclusive Hi and Approx
	HedgeAbout         // about, around, roughly, approximately, some: Point and Approx
)

// longestHedge is how many words the longest hedge of the table has.
const longestHedge = 4

// hedges has every hedge that stands before a figure.
var hedges = map[string]Hedge{
	"up to": HedgeUpTo, "as much as": HedgeUpTo, "as many as": HedgeUpTo, "as high as": HedgeUpTo,
	"at most": HedgeUpTo, "at the most": HedgeUpTo, "no more than": HedgeUpTo, "not more than": HedgeUpTo,
	"no higher than": HedgeUpTo, "a maximum of": HedgeUpTo, "maximum of": HedgeUpTo, "≤": HedgeUpTo,

	"under": HedgeUnder, "less than": HedgeUnder, "fewer than": HedgeUnder, "below": HedgeUnder,
	"lower than": HedgeUnder, "short of": HedgeUnder, "<": HedgeUnder,

	"at least": HedgeAtLeast, "at the least": HedgeAtLeast, "no less than": HedgeAtLeast, "not less than": HedgeAtLeast,
	"no fewer than": HedgeAtLeast, "not fewer than": HedgeAtLeast, "no lower than": HedgeAtLeast,
	"as little as": HedgeAtLeast, "as few as": HedgeAtLeast, "as low as": HedgeAtLeast,
	"a minimum of": HedgeAtLeast, "minimum of": HedgeAtLeast, "≥": HedgeAtLeast,

	"more than": HedgeOver, "over": HedgeOver, "above": HedgeOver, "greater than": HedgeOver, "higher than": HedgeOver,
	"in excess of": HedgeOver, "upwards of": HedgeOver, "upward of": HedgeOver, ">": HedgeOver,

	"nearly": HedgeNearly, "almost": HedgeNearly, "close to": HedgeNearly,

	"about": HedgeAbout, "around": HedgeAbout, "roughly": HedgeAbout, "approximately": HedgeAbout, "some": HedgeAbout,
	"approx": HedgeAbout, "circa": HedgeAbout, "in the region of": HedgeAbout, "~": HedgeAbout, "≈": HedgeAbout,
}

// intensifiers may stand before a hedge that says more or less than the figure. They
// say how far beyond it, without a number, so that the bound stays what it was.
var intensifiers = map[string]bool{
	"just": true, "well": true, "far": true, "slightly": true, "comfortably": true, "significantly": true,
	"substantially": true, "considerably": true, "a little": true, "a bit": true, "much": true,
}

// hedgesAfter has the hedges that stand after a figure.
var hedgesAfter = map[string]Hedge{
	"or more": HedgeAtLeast, "or higher": HedgeAtLeast, "or above": HedgeAtLeast, "at least": HedgeAtLeast,
	"or less": HedgeUpTo, "or fewer": HedgeUpTo, "or lower": HedgeUpTo, "or below": HedgeUpTo, "at most": HedgeUpTo,
	"or so": HedgeAbout,
}

// HedgeBefore returns the longest hedge at the end of the words, which are those
// before a figure in their order, and how many of them it takes: for "agreed to pay
// well over" HedgeOver and 2. It returns HedgeNone and 0 if there is none. Where
// two hedges meet ("up to about"), ask again without the words of the first.
func HedgeBefore(words []string) (Hedge, int) {
	for n := min(longestHedge, len(words)); n > 0; n-- {
		rest := words[:len(words)-n]
		hedge, ok := hedges[strings.ToLower(strings.Join(words[len(rest):], " "))]
		if !ok {
			continue
		}
		if hedge == HedgeOver || hedge == HedgeUnder {
			for m := min(2, len(rest)); m > 0; m-- {
				if intensifiers[strings.ToLower(strings.Join(rest[len(rest)-m:], " "))] {
					return hedge, n + m
				}
			}
		}
		return hedge, n
	}
	return HedgeNone, 0
}

// scales has the powers of ten that words and letters after a number stand for.
var scales = map[string]int{
	"hundred": 2, "thousand": 3, "lakh": 5, "lakhs": 5, "million": 6, "crore": 7, "crores": 7, "billion": 9, "trillion": 12,
	"k": 3, "m": 6, "mn": 6, "mln": 6, "mm": 6, "cr": 7, "b": 9, "bn": 9, "bln": 9, "tn": 12, "trn": 12, "tln": 12, "t": 12,
}

// ScaleWord returns what a word after a number multiplies it by, in any case:
// thousand, million, bn, crore. It reports false for others, so for "billions".
// The single letters k, m, b and t count only if they touch their number, which is
// for the caller to see. The number returned is the caller's own.
func ScaleWord(word string) (*big.Rat, bool) {
	exponent, ok := scales[strings.ToLower(word)]
	if !ok {
		return nil, false
	}
	return ratOf(1, exponent), true
}

// numberWords has the numbers that are one word; the tens may have a unit after a
// hyphen.
var numberWords = map[string]int64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// NumberWord returns the number that a word is, in any case: "two", "twenty", and
// with a hyphen "twenty-five". It reports false for others, so for "dozen". The
// number returned is the caller's own.
func NumberWord(word string) (*big.Rat, bool) {
	word = strings.ToLower(word)
	if n, ok := numberWords[word]; ok {
		return big.NewRat(n, 1), true
	}
	tens, unit, ok := strings.Cut(word, "-")
	if !ok {
		return nil, false
	}
	n, ok := compoundNumber(tens, unit)
	return big.NewRat(n, 1), ok
}

// compoundNumber reads "twenty", "five".
func compoundNumber(tens, unit string) (int64, bool) {
	a, b := numberWords[tens], numberWords[unit]
	return a + b, a >= 20 && b >= 1 && b <= 9
}

// plainUnits has the words after a number that say its unit and are no currency.
// The exponent turns the number into the unit.
var plainUnits = map[string]unitWord{
	"%": {unit: Percent}, "percent": {unit: Percent}, "per cent": {unit: Percent}, "pct": {unit: Percent},
	"percentage points": {unit: Points}, "percentage point": {unit: Points}, "pp": {unit: Points}, "ppt": {unit: Points},
	"ppts": {unit: Points}, "basis points": {unit: Points, exponent: -2}, "basis point": {unit: Points, exponent: -2},
	"bp": {unit: Points, exponent: -2}, "bps": {unit: Points, exponent: -2},
	"times": {unit: Times}, "x": {unit: Times}, "×": {unit: Times}, "fold": {unit: Times},
}

// unitWord is what a word after a number says: the unit, and the power of ten by
// which the number is multiplied to be in it.
type unitWord struct {
	unit     Unit
	exponent int
}

// changeWords may follow a percentage; they say which way, which is not part of the
// quantity.
var changeWords = wordSet("drop fall decline decrease cut reduction slump slide loss dip plunge rise gain increase jump surge hike rally " +
	"growth stake discount premium")

// nouns has what a count counts besides regular plurals.
var nouns = wordSet("people staff personnel men women children aircraft livestock job role position post employee worker person " +
	"share store shop branch plant site ship vessel barrel tonne ton megawatt gigawatt customer user subscriber home house " +
	"car vehicle truck unit trade seat bed pound kilogram ounce acre hectare mile hertz feet foot headcount")

// nounModifiers may stand before the noun of a count.
var nounModifiers = map[string]bool{"square": true, "cubic": true, "metric": true, "job": true, "full time": true, "part time": true}

// notNouns end in s and are no plurals, or are money of several countries.
var notNouns = wordSet("was is has as this its his us less plus does yes thus versus across always perhaps towards besides " +
	"previous various billions millions thousands hundreds trillions dozens scores lakhs crores tens times gross " +
	"cents others ours theirs hers yours whereas unless says sees rises falls seeks makes takes hits " +
	"francs pesos dinars dirhams riyals shillings crowns")

// rates may follow the noun of a count, as in "barrels a day".
var rates = map[string]bool{
	"a day": true, "a week": true, "a month": true, "a year": true, "an hour": true,
	"per day": true, "per week": true, "per month": true, "per year": true, "per hour": true,
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// isNoun reports whether a lower-case word can be what a count counts: a word of
// the list or a plural.
func isNoun(word string) bool {
	if nouns[word] {
		return true
	}
	return len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !notNouns[word]
}
