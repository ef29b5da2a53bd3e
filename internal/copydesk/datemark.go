package copydesk

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"standfirst"
)

// dates finds the dates and periods of a passage whose tokens are not taken. Full are
// the dates of the whole text that say their year, which give theirs to those near them.
func (p *scanned) dates(used taken, on standfirst.Day, full []standfirst.Day) []DateMark {
	var found []DateMark
	r := dateReader{scanned: p, on: on, full: full, used: used, w: dateLexiconWords()}
	for _, r.sentence = range p.sentences {
		sentence := r.sentence
		for i := sentence.Start; i < sentence.End; {
			d, from, to, ok := r.at(i)
			if !ok || !used.free(from, to) {
				i++
				continue
			}
			used.take(from, to)
			found = append(found, DateMark{Mark: p.mark(from, to), Range: d})
			if i = to; d.Precision == standfirst.PrecisionDay {
				r.last = d.From
			}
		}
	}
	return found
}

// fullDates returns the days of the passages that say their year.
func fullDates(passages []scanned) []standfirst.Day {
	var full []standfirst.Day
	for i := range passages {
		p := &passages[i]
		for j := range p.tokens {
			if !isYear(p.tokens[j].text) {
				continue
			}
			r := dateReader{scanned: p, sentence: p.sentenceOf(j), w: dateLexiconWords()}
			for k := max(r.sentence.Start, j-3); k < j; k++ {
				if d, _, to, ok := r.calendarDay(k); ok && to == j+1 && !d.From.IsZero() {
					full = append(full, d.From)
					break
				}
			}
		}
	}
	return full
}

// dateReader reads the dates of one sentence.
type dateReader struct {
	*scanned
	sentence standfirst.Range // of tokens
	on       standfirst.Day
	full     []standfirst.Day
	used     taken
	w        *dateLexicon
	last     standfirst.Day // that the passage named before; zero if it has not
}

// at reads the date that begins with the token at i: each form that it can have, the
// longest first.
func (r *dateReader) at(i int) (d standfirst.DateRange, from, to int, ok bool) {
	if d, from, to, ok = r.isoDay(i); r.holds(d, to, ok) {
		return
	}
	if d, from, to, ok = r.dayRange(i); r.holds(d, to, ok) {
		return
	}
	if d, from, to, ok = r.calendarDay(i); r.holds(d, to, ok) {
		return
	}
	if d, from, to, ok = r.weekday(i); r.holds(d, to, ok) {
		return
	}
	if d, from, to, ok = r.relative(i); r.holds(d, to, ok) {
		return
	}
	if d, from, to, ok = r.sameDay(i); r.holds(d, to, ok) {
		return
	}
	if d, from, to, ok = r.part(i); r.holds(d, to, ok) {
		return
	}
	if d, from, to, ok = r.month(i); r.holds(d, to, ok) {
		return
	}
	d, from, to, ok = r.year(i)
	return d, from, to, r.holds(d, to, ok)
}

// holds reports whether what was read is a date within the sentence.
func (r *dateReader) holds(d standfirst.DateRange, to int, ok bool) bool {
	return ok && !d.From.IsZero() && to <= r.sentence.End
}

func oneDay(d standfirst.Day) standfirst.DateRange {
	return standfirst.DateRange{From: d, To: d, Precision: standfirst.PrecisionDay}
}

// isoDay reads "2026-03-05".
func (r *dateReader) isoDay(i int) (standfirst.DateRange, int, int, bool) {
	text := r.tokens[i].text
	if len(text) != len("2026-03-05") || text[4] != '-' || text[7] != '-' {
		return standfirst.DateRange{}, 0, 0, false
	}
	d, err := standfirst.ParseDay(text)
	return oneDay(d), i, i + 1, err == nil
}

// sameDay reads "that day", "the same day", which is the day that the passage named last.
func (r *dateReader) sameDay(i int) (standfirst.DateRange, int, int, bool) {
	to := i + 1
	switch {
	case r.is(i, "that"):
	case r.is(i, "the") && r.is(i+1, "same"):
		to++
	default:
		return standfirst.DateRange{}, 0, 0, false
	}
	return oneDay(r.last), i, to + 1, r.is(to, "day") && !r.last.IsZero()
}

// calendarDay reads "5 March 2026", "March 5, 2026", "5th of March", with the year or
// without.
func (r *dateReader) calendarDay(i int) (standfirst.DateRange, int, int, bool) {
	day, m, to := 0, time.Month(0), i
	switch {
	case dayNumber(r.tokens[i].lower) > 0:
		day = dayNumber(r.tokens[i].lower)
		to = i + 1
		if r.is(to, "of") {
			to++
		}
		m, to = r.monthAt(to), to+1
	case r.monthAt(i) > 0 && i+1 < r.sentence.End:
		m, day, to = r.monthAt(i), dayNumber(r.lower(i+1)), i+2
		if day > 0 && r.isCounting(i+2) {
			day = 0
		}
	}
	if m == 0 || day == 0 {
		return standfirst.DateRange{}, 0, 0, false
	}
	at := to
	if r.is(at, ",") {
		at++
	}
	if at < r.sentence.End && isYear(r.tokens[at].text) {
		y, _ := strconv.Atoi(r.tokens[at].text)
		d := realDay(y, m, day)
		return oneDay(d), i, at + 1, !d.IsZero()
	}
	d := r.nearestDay(i, to, m, day)
	return oneDay(d), i, to, !d.IsZero()
}

// dayRange reads "12 to 14 May": the days of one month.
func (r *dateReader) dayRange(i int) (standfirst.DateRange, int, int, bool) {
	first := dayNumber(r.tokens[i].lower)
	if first == 0 || !r.is(i+1, "to", "and", "-", "–") || i+3 >= r.sentence.End || r.is(i+1, "and") && !r.is(i-1, "between") {
		return standfirst.DateRange{}, 0, 0, false
	}
	d, _, to, ok := r.calendarDay(i + 2)
	if !ok || d.To.IsZero() || dayNumber(r.lower(i+2)) <= first {
		return standfirst.DateRange{}, 0, 0, false
	}
	d.From.Day = first
	return d, i, to, true
}

// isCounting reports whether the token makes the number before it one that counts:
// "In March 12 ships …" has no day.
func (r *dateReader) isCounting(i int) bool {
	return i < r.sentence.End && (r.is(i, "%", "million", "billion", "percent", "per") || isCountedNoun(r.tokens[i]))
}

// monthAt returns the month that the token names with a capital, or 0.
func (r *dateReader) monthAt(i int) time.Month {
	if i >= r.sentence.End {
		return 0
	}
	text := partial(r.tokens[i].text)
	if first, _ := utf8.DecodeRuneInString(text); !unicode.IsUpper(first) {
		return 0
	}
	return monthOf(text)
}

// partial returns the text of a token without "mid-", "late-" and the like.
func partial(text string) string {
	if first, rest, ok := strings.Cut(text, "-"); ok {
		switch strings.ToLower(first) {
		case "mid", "late", "early", "end":
			return rest
		}
	}
	return text
}

// nearestDay returns the day without a year that is meant: in the year of a full date of
// the text that is near, and else the nearest in the direction of the verb.
func (r *dateReader) nearestDay(from, to int, m time.Month, day int) standfirst.Day {
	anchor := r.on
	if anchor.IsZero() {
		if len(r.full) == 0 {
			return standfirst.Day{}
		}
		anchor = r.full[0]
	}
	near := nearest(m, day, anchor)
	if r.on.IsZero() || near.IsZero() {
		return near
	}
	distance := near.In(time.UTC).Sub(anchor.In(time.UTC)).Abs()
	if distance < 45*24*time.Hour { // what is as near as that is meant, whatever the verb
		return near
	}
	for y := anchor.Year - 1; y <= anchor.Year+1; y++ {
		d := realDay(y, m, day)
		if r.ahead(from, to) == anchor.Before(d) && d.In(time.UTC).Sub(anchor.In(time.UTC)).Abs() < 366*24*time.Hour && !d.IsZero() {
			return d
		}
	}
	return near
}

// weekdays are the days of the week by name.
var weekdays = map[string]time.Weekday{
	"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
}

// weekday reads "on Tuesday", "last Friday", "Monday".
func (r *dateReader) weekday(i int) (standfirst.DateRange, int, int, bool) {
	at := i
	if r.is(at, "on") {
		at++
	}
	shift := 0
	switch {
	case r.is(at, "last") && at+1 < r.sentence.End:
		at, shift = at+1, -1
	case r.is(at, "next", "coming") && at+1 < r.sentence.End:
		at, shift = at+1, 1
	case r.is(at, "this") && at+1 < r.sentence.End:
		at++
	}
	w, ok := weekdays[r.lower(at)]
	if !ok || !r.capital(at) || r.on.IsZero() || r.inName(at) {
		return standfirst.DateRange{}, 0, 0, false
	}
	back := (int(r.on.In(time.UTC).Weekday()) - int(w) + 7) % 7
	d := r.on.AddDays(-back)
	switch {
	case shift < 0 && back == 0:
		d = d.AddDays(-7)
	case shift > 0, shift == 0 && back > 0 && r.ahead(i, at+1):
		d = r.on.AddDays((7-back-1)%7 + 1)
	}
	return oneDay(d), i, at + 1, true
}

// inName reports whether the word at i is part of a name: "The Sunday Enquiry".
func (r *dateReader) inName(i int) bool {
	if r.capital(i+1) && i+1 < r.sentence.End && r.touchesBySpace(i) && r.monthAt(i+1) == 0 {
		return true
	}
	return r.is(i-1, "black", "good", "ash", "cyber", "easter") || i > r.sentence.Start && r.is(i-1, "the") && !r.is(i-2, "on")
}

// touchesBySpace reports whether nothing but space stands between the tokens i and i+1.
func (r *dateReader) touchesBySpace(i int) bool {
	return strings.TrimSpace(r.text[r.tokens[i].end:r.tokens[i+1].start]) == ""
}

// month reads a month, with its year or without: "in May", "June 2027".
func (r *dateReader) month(i int) (standfirst.DateRange, int, int, bool) {
	m := r.monthAt(i)
	isDay := i > r.sentence.Start && dayNumber(r.lower(i-1)) > 0 || i+1 < r.sentence.End && dayNumber(r.lower(i+1)) > 0 && !r.isCounting(i+2)
	if m == 0 || isDay || len(r.tokens[i].text) < 3 {
		return standfirst.DateRange{}, 0, 0, false
	}
	to := i + 1
	if r.is(to, "of", ",") && to+1 < r.sentence.End && isYear(r.tokens[to+1].text) {
		to++
	}
	if to < r.sentence.End && isYear(r.tokens[to].text) {
		y, _ := strconv.Atoi(r.tokens[to].text)
		return monthRange(y, m), i, to + 1, true
	}
	to = i + 1
	if r.on.IsZero() || (m == time.May || m == time.March) && partial(r.tokens[i].text) == r.tokens[i].text && !r.introducesMonth(i) || r.inName(i) {
		return standfirst.DateRange{}, 0, 0, false
	}
	from := i
	y := r.on.Year
	switch {
	case r.is(i-1, "last") && m >= r.on.Month, !r.is(i-1, "next") && !r.ahead(i, to) && m > r.on.Month:
		y--
	case r.is(i-1, "next") && m <= r.on.Month, r.ahead(i, to) && m < r.on.Month && !r.is(i-1, "last", "since"):
		y++
	}
	if r.is(i-1, "last", "next") {
		from--
	}
	return monthRange(y, m), from, to, true
}

// introducesMonth reports whether the words before the token make it a month and not a
// verb: "in May", "since March".
func (r *dateReader) introducesMonth(i int) bool {
	return r.w.beforeMonth[r.lower(i-1)] || r.is(i+1, "'s", "’s")
}

func monthRange(y int, m time.Month) standfirst.DateRange {
	first := standfirst.Day{Year: y, Month: m, Day: 1}
	return standfirst.DateRange{From: first, To: lastOfMonths(first, 1), Precision: standfirst.PrecisionMonth}
}

// lastOfMonths returns the last day of the n months that begin with the day.
func lastOfMonths(first standfirst.Day, n int) standfirst.Day {
	return standfirst.DayOf(first.In(time.UTC).AddDate(0, n, 0), time.UTC).AddDays(-1)
}

// isYear reports whether the text is a year as news names one.
func isYear(text string) bool {
	if len(text) != 4 || text[0] != '1' && text[0] != '2' {
		return false
	}
	y, err := strconv.Atoi(text)
	return err == nil && y >= 1900 && y < 2100
}

// year reads "in 2027", "by 2030", "of 2026".
func (r *dateReader) year(i int) (standfirst.DateRange, int, int, bool) {
	text := partial(r.tokens[i].text)
	if !isYear(text) || text == r.tokens[i].text && !r.introducesYear(i) {
		return standfirst.DateRange{}, 0, 0, false
	}
	y, _ := strconv.Atoi(text)
	return yearRange(y), i, i + 1, true
}

// introducesYear reports whether the words around the token make it a year.
func (r *dateReader) introducesYear(i int) bool {
	if r.is(i-1, "of") && i-2 > r.sentence.Start && r.capital(i-2) && r.monthAt(i-2) == 0 {
		return false // "the Class of 1987"
	}
	if r.is(i-1, ",") && r.isYearAfter(i-2) && r.used[i-2] {
		return true // "in 2019, 2021 and 2023"
	}
	if r.is(i-1, "of", "the") && r.capital(i+1) && i+1 < r.sentence.End && r.touchesBySpace(i) {
		return false // "the Class of 1987 Club"
	}
	if r.isCounting(i+1) && !r.w.ofYear[r.lower(i+1)] {
		return false
	}
	if r.w.beforeYear[r.lower(i-1)] {
		return true
	}
	return i == r.sentence.Start
}

func yearRange(y int) standfirst.DateRange {
	return standfirst.DateRange{
		From: standfirst.Day{Year: y, Month: time.January, Day: 1}, To: standfirst.Day{Year: y, Month: time.December, Day: 31},
		Precision: standfirst.PrecisionYear,
	}
}
