package copydesk

import (
	"strconv"
	"strings"
	"time"

	"standfirst"
)

// relative reads "yesterday", "last week", "next year", "this month".
func (r *dateReader) relative(i int) (standfirst.DateRange, int, int, bool) {
	if r.on.IsZero() {
		return standfirst.DateRange{}, 0, 0, false
	}
	switch r.lower(i) {
	case "yesterday":
		return oneDay(r.on.AddDays(-1)), i, i + 1, true
	case "today":
		return oneDay(r.on), i, i + 1, true
	case "tomorrow":
		return oneDay(r.on.AddDays(1)), i, i + 1, true
	}
	shift := 0
	switch {
	case r.is(i, "last"):
		shift = -1
	case r.is(i, "next"):
		shift = 1
	case r.is(i, "this"):
	default:
		return standfirst.DateRange{}, 0, 0, false
	}
	d, ok := r.shifted(i+1, shift)
	return d, i, i + 2, ok
}

// shifted returns the week, month, quarter, half or year that the token names, so many
// after the present one.
func (r *dateReader) shifted(i, shift int) (standfirst.DateRange, bool) {
	switch r.lower(i) {
	case "week":
		monday := r.on.AddDays(-(int(r.on.In(time.UTC).Weekday()) + 6) % 7).AddDays(7 * shift)
		return standfirst.DateRange{From: monday, To: monday.AddDays(6), Precision: standfirst.PrecisionWeek}, true
	case "month":
		first := standfirst.DayOf(time.Date(r.on.Year, r.on.Month+time.Month(shift), 1, 0, 0, 0, 0, time.UTC), time.UTC)
		return monthRange(first.Year, first.Month), true
	case "quarter":
		n := r.on.Year*4 + (int(r.on.Month)-1)/3 + shift
		return partRange(n/4, 4, n%4+1), true
	case "half":
		n := r.on.Year*2 + (int(r.on.Month)-1)/6 + shift
		return partRange(n/2, 2, n%2+1), true
	case "year":
		return yearRange(r.on.Year + shift), true
	}
	return standfirst.DateRange{}, false
}

// partRange returns the nth of so many equal parts of the year: quarters or halves.
func partRange(y, parts, n int) standfirst.DateRange {
	months := 12 / parts
	first := standfirst.Day{Year: y, Month: time.Month((n-1)*months + 1), Day: 1}
	d := standfirst.DateRange{From: first, To: lastOfMonths(first, months), Precision: standfirst.PrecisionQuarter}
	if parts == 2 {
		d.Precision = standfirst.PrecisionHalf
	}
	return d
}

// ordinals are the parts of a year by name.
var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4, "last": 4}

// part reads a quarter or a half of a year: "the third quarter", "third-quarter", "Q3
// 2026", "the first half of 2027".
func (r *dateReader) part(i int) (standfirst.DateRange, int, int, bool) {
	at := i
	if r.is(at, "the") {
		at++
	}
	if at >= r.sentence.End {
		return standfirst.DateRange{}, 0, 0, false
	}
	n, parts, to := r.partAt(at)
	if to == 0 || r.is(to, "of") && !r.isYearAfter(to+1) && !r.is(to+1, "the", "this", "next", "last", "its") {
		return standfirst.DateRange{}, 0, 0, false
	}
	if r.is(to, "of") && r.is(to+1, "fiscal", "financial", "its") || r.is(to, "of") && r.is(to+1, "the") && r.is(to+2, "fiscal", "financial") {
		return standfirst.DateRange{}, 0, 0, false // not of the calendar
	}
	if y, end := r.yearAfter(to); end > 0 {
		return partRange(y, parts, n), i, end, true
	}
	if r.on.IsZero() || parts == 2 && !r.is(at-1, "the", "'s", "’s", "its", "in", "for") && !strings.Contains(r.lower(at), "half") && !strings.HasPrefix(r.lower(at), "h") {
		return standfirst.DateRange{}, 0, 0, false
	}
	y := r.on.Year
	d := partRange(y, parts, n)
	switch ahead := r.ahead(i, to); {
	case !ahead && r.on.Before(d.From):
		d = partRange(y-1, parts, n)
	case !ahead && !d.To.Before(r.on) && !r.says(i, "this"):
		d = partRange(y-1, parts, n)
	case ahead && d.To.Before(r.on):
		d = partRange(y+1, parts, n)
	}
	return d, i, to, true
}

// says reports whether the word stands right before the token.
func (r *dateReader) says(i int, word string) bool { return r.is(i-1, word) }

// partAt reads "third quarter", "third-quarter", "Q3", "H1", "half" with its ordinal.
func (r *dateReader) partAt(i int) (n, parts, to int) {
	word := r.lower(i)
	if first, second, ok := strings.Cut(word, "-"); ok {
		return ordinals[first], partsOf(second), atIf(ordinals[first] > 0 && partsOf(second) > 0 && ordinals[first] <= partsOf(second), i+1)
	}
	if len(word) == 2 && (word[0] == 'q' || word[0] == 'h') && r.capital(i) {
		n, _ = strconv.Atoi(word[1:])
		parts = map[byte]int{'q': 4, 'h': 2}[word[0]]
		return n, parts, atIf(n >= 1 && n <= parts, i+1)
	}
	n, parts = ordinals[word], partsOf(r.lower(i+1))
	if word == "last" || word == "final" {
		n = parts
		if word == "last" && !r.is(i-1, "the") {
			return 0, 0, 0
		}
	}
	return n, parts, atIf(n >= 1 && n <= parts && i+1 < r.sentence.End, i+2)
}

func atIf(ok bool, to int) int {
	if ok {
		return to
	}
	return 0
}

// partsOf returns how many of the named parts a year has, or 0.
func partsOf(word string) int {
	switch word {
	case "quarter":
		return 4
	case "half":
		return 2
	}
	return 0
}

// yearAfter reads "of 2026", "2026", "of this year", "of next year" and returns the year
// and where it ends, or 0.
func (r *dateReader) yearAfter(i int) (y, to int) {
	if r.is(i, "of", ",") {
		i++
	}
	if r.isYearAfter(i) {
		y, _ = strconv.Atoi(r.tokens[i].text)
		return y, i + 1
	}
	if r.is(i+1, "year") && !r.on.IsZero() {
		switch r.lower(i) {
		case "this", "the":
			if r.is(i, "this") {
				return r.on.Year, i + 2
			}
		case "next":
			return r.on.Year + 1, i + 2
		case "last":
			return r.on.Year - 1, i + 2
		}
	}
	return 0, 0
}

func (r *dateReader) isYearAfter(i int) bool { return i < r.sentence.End && isYear(r.tokens[i].text) }
