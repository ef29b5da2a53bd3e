package standfirst

import (
	"math/big"
	"strings"
)

// String returns the quantity in the words of the house: "up to $6 billion", "about
// $96 billion", "$3 billion to $4 billion", "nearly 4,000 jobs", "0.25 percentage
// points". [ParseQuantity] reads them back as the same quantity, if it came from there, and
// down to how finely it was written, but for zeros that end thousandths: "$2,050 million"
// is "$2.05 billion". A number whose digits do not end is shown with
// two digits after its point: a lower bound is rounded down, an upper one up, and a
// point is then "about".
func (q Quantity) String() string {
	style := houseStyle(q)
	return style.write(q)
}

// Short returns the quantity for a panel or table: "up to $6bn", "€1.3bn", "over 10%",
// "$3bn–$4bn", "1.3m barrels".
func (q Quantity) Short() string {
	style := houseStyle(q)
	if style.scaled {
		style.scaleGap, style.scaleWords = "", shortScales
	}
	style.hedges[HedgeOver], style.hedges[HedgeUnder] = "over", "under"
	if q.Hi != nil && q.Hi.Sign() >= 0 { // "-3% to -2%" has dashes enough
		style.between = "–"
	}
	switch q.Unit {
	case Points:
		style.after, style.afterOne = "pp", "pp"
	case Times:
		style.after, style.afterOne = "x", "x"
	}
	return style.write(q)
}

var (
	houseScales = map[int]string{3: "thousand", 5: "lakh", 6: "million", 7: "crore", 9: "billion", 12: "trillion"}
	shortScales = map[int]string{3: "k", 5: " lakh", 6: "m", 7: " crore", 9: "bn", 12: "tn"}
)

// houseSymbols has the currencies that the house writes with their symbol; the others
// are written with their code and a space.
var houseSymbols = map[Unit]string{
	"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CAD": "C$", "AUD": "A$", "NZD": "NZ$", "HKD": "HK$", "SGD": "S$",
	"TWD": "NT$", "BRL": "R$", "KRW": "₩", "ILS": "₪",
}

// quantityStyle is a manner of writing quantities of one unit. Gaps and separators
// are part of the texts.
type quantityStyle struct {
	hedges          [HedgeAbout + 1]string
	upperOfTwo      string // what HedgeUpTo is after "and"
	before          string // before each number, after its sign: the symbol of a currency
	beforeOnce      bool   // of a range, only the first number has it
	scaleGap        string
	scaleWords      map[int]string
	scaled          bool // numbers may have a scale word
	scaleOnce       bool // of a range, only the second number has a scale word that both share
	after, afterOne string
	afterOnce       bool // of a range, only the second number has the unit after it
	mostDigits      int  // after the point of a derived percentage; 0 for as many as it has
	subunit         int  // the power of ten by which numbers are multiplied, for pence and basis points
	opening         string
	between         string // between the two numbers of a range
	article         string
	articleFirst    bool // it stands before the hedge
	tail            string
	hedgeTail       string // for hedges that stand after the figure; then the hedge itself is empty
}

// houseStyle is the manner of [Quantity.String].
func houseStyle(q Quantity) quantityStyle {
	style := quantityStyle{
		hedges: [...]string{
			HedgeUpTo: "up to", HedgeUnder: "less than", HedgeAtLeast: "at least", HedgeOver: "more than",
			HedgeNearly: "nearly", HedgeAbout: "about",
		},
		upperOfTwo: "at most", scaleGap: " ", scaleWords: houseScales, between: " to ",
	}
	switch q.Unit {
	case Percent:
		style.after, style.afterOne = "%", "%"
	case Points:
		style.after, style.afterOne, style.afterOnce = " percentage points", " percentage point", true
	case Times:
		style.after, style.afterOne, style.afterOnce = " times", " times", true
	case UnitOfCount:
		style.scaled = true
		style.hedges[HedgeUnder] = "fewer than"
		style.noun(q.Noun)
	default:
		style.scaled = true
		style.before = string(q.Unit) + " "
		if symbol, ok := houseSymbols[q.Unit]; ok {
			style.before = symbol
		}
	}
	return style
}

// noun has the style write what a count counts.
func (s *quantityStyle) noun(noun string) {
	s.after = ""
	if noun != "" {
		s.after = " " + noun
	}
	s.afterOne, s.afterOnce = s.after, true
}

// hedgeOf returns the hedge that a quantity with one number has.
func hedgeOf(q Quantity) Hedge {
	switch {
	case q.Point != nil:
		if q.Approx && q.Hi != nil && q.HiExclusive && q.Lo == nil && q.Hi.Cmp(q.Point) == 0 {
			return HedgeNearly
		}
		if q.Approx {
			return HedgeAbout
		}
	case q.Lo != nil && q.LoExclusive:
		return HedgeOver
	case q.Lo != nil:
		return HedgeAtLeast
	case q.Hi != nil && q.HiExclusive:
		return HedgeUnder
	case q.Hi != nil:
		return HedgeUpTo
	}
	return HedgeNone
}

// write writes the quantity in the style.
func (s *quantityStyle) write(q Quantity) string {
	hedge := hedgeOf(q)
	switch {
	case q.Point == nil && q.Lo == nil && q.Hi == nil:
		return ""
	case q.Point == nil && q.Lo != nil && q.Hi != nil:
		if q.LoExclusive || q.HiExclusive {
			return s.writeBounds(q)
		}
		return s.writeRange(q)
	case q.Point == nil:
		return s.writeOne(q, hedge)
	case hedge == HedgeNearly || q.Lo == nil && q.Hi == nil:
		return s.writeOne(q, hedge)
	}
	// A point and bounds beside it, which no words of one figure say.
	point, bounds := q, q
	point.Lo, point.Hi, point.LoExclusive, point.HiExclusive = nil, nil, false, false
	bounds.Point, bounds.Approx = nil, false
	return s.write(point) + ", " + s.write(bounds)
}

// writeOne writes a quantity with one number.
func (s *quantityStyle) writeOne(q Quantity, hedge Hedge) string {
	r, way := q.Point, roundNearest
	switch {
	case r == nil && q.Lo != nil:
		r, way = q.Lo, roundDown
	case r == nil:
		r, way = q.Hi, roundUp
	}
	number := s.layOut(r, q.Decimals, true, way)
	if number.rounded && hedge == HedgeNone {
		hedge = HedgeAbout
	}
	words := s.hedges[hedge]
	if q.Approx && q.Point == nil {
		words = strings.TrimLeft(words+" "+s.hedges[HedgeAbout], " ")
	}
	return s.lead(words, number.text) + s.number(r, number, true, true) + s.tail + s.hedgeTail
}

// lead returns what stands before the figure: its hedge and article.
func (s *quantityStyle) lead(hedge, figure string) string {
	vowel := saidWithVowel(s.before, figure)
	if s.articleFirst && hedge != "" {
		vowel = strings.IndexByte("aeiou", hedge[0]) >= 0
	}
	article := s.article
	if lower := strings.ToLower(article); lower == "a" || lower == "an" {
		if article = article[:1]; vowel {
			article += "n"
		}
	}
	first, second := hedge, article
	if s.articleFirst {
		first, second = article, hedge
	}
	if first != "" {
		first += " "
	}
	if second != "" {
		second += " "
	}
	return first + second
}

// saidWithVowel reports whether a figure begins with a vowel when it is said: 8, 11
// and 18 do, unless a code is said before them.
func saidWithVowel(before, figure string) bool {
	if before != "" && (before[0] >= 'A' && before[0] <= 'Z' || before[0] >= 'a' && before[0] <= 'z') {
		return false
	}
	whole, _, _ := strings.Cut(figure, ".")
	lead, _, _ := strings.Cut(whole, ",")
	return strings.HasPrefix(whole, "8") || lead == "11" || lead == "18"
}

// writeRange writes a quantity with two inclusive bounds.
func (s *quantityStyle) writeRange(q Quantity) string {
	lo, hi := s.layOutBoth(q)
	var b strings.Builder
	if q.Approx {
		b.WriteString(s.lead(s.hedges[HedgeAbout], lo.text))
	} else {
		b.WriteString(s.lead("", lo.text))
	}
	b.WriteString(s.opening)
	first := lo
	shared := s.scaleOnce && lo.scale == hi.scale && !strings.Contains(lo.text, ",")
	if shared {
		first.scale = 0
	}
	b.WriteString(s.number(q.Lo, first, true, !s.afterOnce))
	b.WriteString(s.between)
	b.WriteString(s.number(q.Hi, hi, !s.beforeOnce, true))
	b.WriteString(s.tail)
	return b.String()
}

// writeBounds writes a quantity with two bounds of which one is exclusive.
func (s *quantityStyle) writeBounds(q Quantity) string {
	lo, hi := s.layOutBoth(q)
	about := ""
	if q.Approx {
		about = " " + s.hedges[HedgeAbout]
	}
	lower, upper := s.hedges[HedgeAtLeast], s.upperOfTwo
	if q.LoExclusive {
		lower = s.hedges[HedgeOver]
	}
	if q.HiExclusive {
		upper = s.hedges[HedgeUnder]
	}
	return lower + about + " " + s.number(q.Lo, lo, true, !s.afterOnce) + " and " + upper + about + " " + s.number(q.Hi, hi, true, true)
}

// layOutBoth lays out both bounds, so that the finer of the two has the decimals.
func (s *quantityStyle) layOutBoth(q Quantity) (lo, hi digits) {
	lo = s.layOut(q.Lo, q.Decimals, false, roundDown)
	hi = s.layOut(q.Hi, q.Decimals, false, roundUp)
	if lo.decimals < q.Decimals && hi.decimals < q.Decimals {
		if new(big.Rat).Abs(q.Hi).Cmp(new(big.Rat).Abs(q.Lo)) < 0 { // zeros on the smaller one
			hi = s.layOut(q.Hi, q.Decimals, true, roundUp)
		} else {
			lo = s.layOut(q.Lo, q.Decimals, true, roundDown)
		}
	}
	// "£5.40 to £6.20": sums that are written out end alike.
	if q.Decimals > 0 && lo.scale == 0 && hi.scale == 0 && !lo.rounded && !hi.rounded && q.Unit.IsCurrency() {
		alikeLo, alikeHi := s.layOut(q.Lo, q.Decimals, true, roundDown), s.layOut(q.Hi, q.Decimals, true, roundUp)
		if alikeLo.readable() && alikeHi.readable() {
			lo, hi = alikeLo, alikeHi
		}
	}
	// "900 to 1.2 million" would read as 900 million, and "-1.2 million to 900" as nothing.
	if hi.scale > 0 && small(lo) {
		hi = writeOut(q.Hi, hi.decimals, roundUp)
	}
	if lo.scale > 0 && small(hi) && q.Hi.Sign() != 0 {
		lo = writeOut(q.Lo, lo.decimals, roundDown)
	}
	return lo, hi
}

// readable reports whether [ParseQuantity] takes a number of so many digits.
func (d digits) readable() bool {
	n := 0
	for i := range len(d.text) {
		if d.text[i] >= '0' && d.text[i] <= '9' {
			n++
		}
	}
	return n <= maxDigits
}

// small reports whether a number before or after one with a scale word would seem to
// share it.
func small(d digits) bool {
	whole, _, _ := strings.Cut(d.text, ".")
	return d.scale == 0 && len(whole) <= len("999")
}

// layOut lays out one number in the style.
func (s *quantityStyle) layOut(r *big.Rat, decimals int, exactly bool, way rounding) digits {
	if s.subunit != 0 {
		return writeOut(new(big.Rat).Mul(r, ratOf(1, s.subunit)), decimals-s.subunit, way)
	}
	if s.mostDigits > 0 && !s.scaled {
		if last, ends := lastDigit(r); ends && -last > s.mostDigits {
			return digits{text: digitsAt(r, 0, s.mostDigits, way), decimals: s.mostDigits, rounded: true}
		}
	}
	return layOut(r, decimals, s.scaled, exactly, way)
}

// number writes one number with its sign, scale and, where they are asked for, the
// texts before and after it.
func (s *quantityStyle) number(r *big.Rat, d digits, before, after bool) string {
	var b strings.Builder
	if r.Sign() < 0 {
		b.WriteByte('-')
	}
	if before {
		b.WriteString(s.before)
	}
	b.WriteString(d.text)
	if d.scale != 0 {
		b.WriteString(s.scaleGap)
		b.WriteString(s.scaleWords[d.scale])
	}
	switch {
	case !after:
	case d.text == "1" && d.scale == 0:
		b.WriteString(s.afterOne)
	default:
		b.WriteString(s.after)
	}
	return b.String()
}
