package search

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"standfirst"
)

// figure is a stretch of a text that says a quantity.
type figure struct {
	start, end int      // in bytes
	marks      []string // one for each number of it
}

// mostFigureWords is how many words a figure has at most: "2.5 billion Hong Kong dollars".
const mostFigureWords = 5

// figures finds the quantities of the text, the longest that begins at each place.
func figures(text string) []figure {
	var found []figure
	fields := fieldsOf(text)
	for i := 0; i < len(fields); i++ {
		if !beginsFigure(text, fields, i) {
			continue
		}
		for n := min(mostFigureWords, len(fields)-i); n > 0; n-- {
			start, end := fields[i].start, fields[i+n-1].end
			if marks := figureMarks(text[start:end]); marks != nil {
				found = append(found, figure{start, end, marks})
				i += n - 1
				break
			}
		}
	}
	return found
}

// field is what stands between two spaces, without the punctuation around it.
type field struct{ start, end int }

func fieldsOf(text string) []field {
	var fields []field
	start := -1
	add := func(end int) {
		if start < 0 {
			return
		}
		left := strings.TrimLeft(text[start:end], "([{\"“‘'«")
		right := strings.TrimRight(left, ".,;:!?)]}\"”’'»")
		if right != "" {
			from := end - len(left)
			fields = append(fields, field{from, from + len(right)})
		}
		start = -1
	}
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			add(i)
		case start < 0:
			start = i
		}
	}
	add(len(text))
	return fields
}

// beginsFigure reports whether a quantity may begin at the field: one that has a digit, that
// is a number in words, or a currency before one that has a digit.
func beginsFigure(text string, fields []field, i int) bool {
	word := text[fields[i].start:fields[i].end]
	if strings.ContainsFunc(word, unicode.IsDigit) {
		return true
	}
	if _, ok := standfirst.NumberWord(strings.ToLower(word)); ok {
		return true
	}
	if i+1 == len(fields) || len(word) > 4 {
		return false
	}
	next := text[fields[i+1].start:fields[i+1].end]
	return strings.IndexFunc(next, unicode.IsDigit) == 0 && (strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Sc, r) }) ||
		len(word) == 3 && strings.ToUpper(word) == word)
}

// figureMarks returns the marks of the words if they say a quantity and nothing more, and nil
// otherwise. A bare whole number below a thousand is a word like others, and so is a year.
func figureMarks(words string) []string {
	q, err := standfirst.ParseQuantity(words)
	if err != nil || q.Noun != "" {
		return nil
	}
	return quantityMarks(q, strings.ContainsAny(words, " ,.") || strings.ContainsFunc(words, unicode.IsLetter))
}

// leastCount is from which number on a bare count counts as a figure.
var leastCount = big.NewRat(1000, 1)

// quantityMarks returns a mark for each number of the quantity. A bare count has none unless
// it is large and written as a figure.
func quantityMarks(q standfirst.Quantity, written bool) []string {
	var marks []string
	for _, v := range []*big.Rat{q.Point, q.Lo, q.Hi} {
		if v != nil && q.Unit == standfirst.UnitOfCount && (!written || v.Cmp(leastCount) < 0) {
			continue
		}
		if mark := numberMark(q.Unit, v); mark != "" && !slices.Contains(marks, mark) {
			marks = append(marks, mark)
		}
	}
	return marks
}

// unitMarks are the units in letters alone.
var unitMarks = map[standfirst.Unit]string{
	standfirst.Percent: "pct", standfirst.Points: "pp", standfirst.Times: "times", standfirst.UnitOfCount: "n",
}

// numberMark returns the number in one form, such as _fusdx5e10, and "" for one that has
// none: a third has no end.
func numberMark(unit standfirst.Unit, v *big.Rat) string {
	if v == nil {
		return ""
	}
	digits, exact := v.FloatPrec()
	if !exact || digits > 30 {
		return ""
	}
	text := strings.Replace(v.FloatString(digits), ".", "", 1)
	sign := ""
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		sign, text = "m", rest
	}
	text = strings.TrimLeft(text, "0")
	whole := strings.TrimRight(text, "0")
	exponent := len(text) - len(whole) - digits
	if whole == "" {
		whole, exponent = "0", 0
	}
	if len(whole) > 40 {
		return ""
	}
	name, known := unitMarks[unit]
	if !known {
		name = strings.ToLower(string(unit))
	}
	mark := "_f" + name + "x" + sign + whole + "e"
	if exponent < 0 {
		mark, exponent = mark+"m", -exponent
	}
	return mark + strconv.Itoa(exponent)
}
