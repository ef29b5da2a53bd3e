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

// Words that tell whether a date lies ahead, by the nearest before it.
var (
	aheadWords = wordSet{
		"will": true, "would": true, "could": true, "may": true, "might": true, "due": true, "scheduled": true, "expected": true, "expects": true,
		"expect": true, "plans": true, "plan": true, "planned": true, "set": true, "shall": true, "to": true, "intends": true,
		"begins": true, "begin": true, "starts": true, "start": true, "opens": true, "open": true, "vote": true, "meets": true, "expires": true, "expire": true, "targets": true, "targeting": true,
		"aims": true, "hopes": true, "closes": true, "ends": true, "upcoming": true, "should": true, "can": true, "takes": true, "publishes": true, "decides": true, "'ll": true,
	}
	// nearbyWords say so only where they stand next to the date.
	nearbyWords = wordSet{"until": true, "by": true, "before": true, "ahead": true, "next": true}
	pastWords   = wordSet{
		"said": true, "was": true, "were": true, "had": true, "fell": true, "rose": true, "told": true, "has": true, "have": true, "did": true, "since": true,
		"made": true, "went": true, "came": true, "won": true, "lost": true, "sold": true, "bought": true, "paid": true, "sent": true, "began": true, "shut": true,
		"grew": true, "wrote": true, "took": true, "gave": true, "met": true, "held": true, "left": true, "saw": true, "sank": true, "slid": true, "hit": true, "put": true, "got": true, "led": true, "after": true,
		"last": true, "earlier": true, "spent": true, "built": true, "broke": true, "became": true, "kept": true, "stood": true, "found": true, "ran": true, "shrank": true, "cut": true, "issued": true, "lent": true, "shed": true, "raised": true, "late": true, "ended": true,
	}
)

// ahead reports whether the date at the tokens lies ahead, by the verbs around it.
func (r *dateReader) ahead(from, to int) bool {
	if r.is(to, "delivery") {
		return true
	}
	if r.is(to, "'s", "’s") && r.is(to+1, "close", "closing", "price", "trading", "finish") {
		return false
	}
	for j := from - 1; j >= r.sentence.Start; j-- {
		if nearbyWords[r.lower(j)] {
			if j >= from-2 {
				return true
			}
			continue
		}
		if ahead, known := r.tense(j); known {
			return ahead
		}
	}
	for j := to; j < r.sentence.End; j++ {
		if ahead, known := r.tense(j); known {
			return ahead
		}
	}
	return false
}

// tense tells whether the word at j speaks of what is ahead, if it speaks of time at all.
func (r *dateReader) tense(j int) (ahead, known bool) {
	word := r.lower(j)
	switch {
	case j > r.sentence.Start && r.tokens[j].text != word:
		return false, false // May is no verb
	case word == "to":
		// "to begin", not "to $5bn" or "to 31 March".
		next := r.lower(j + 1)
		return true, j+1 < r.sentence.End && r.tokens[j+1].kind == wordToken && r.tokens[j+1].text == next && !strings.HasSuffix(next, "s") &&
			!r.is(j+1, "the", "a", "an", "about", "close", "end", "finish", "settle", "trade", "around", "more", "less", "just", "almost", "nearly", "between", "date")
	case aheadWords[word]:
		return true, true
	case pastWords[word], len(word) > 4 && strings.HasSuffix(word, "ed") && r.tokens[j].kind == wordToken && word != "united" && word != "limited":
		return false, true
	}
	return false, false
}
