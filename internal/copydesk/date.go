package copydesk

import (
	"strconv"
	"strings"
	"time"

	"standfirst"
)

// months are the first three letters of the months.
var months = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// monthOf reads the name of a month or its abbreviation.
func monthOf(word string) time.Month {
	word = strings.ToLower(strings.Trim(word, ".,"))
	if len(word) < 3 || !words().sets["months"][word] && len(word) > 4 {
		return 0
	}
	if len(word) == 4 && word != "june" && word != "july" && word != "sept" {
		return 0
	}
	return months[word[:3]]
}

// foundDay is a day in a list of words, at words[from:to].
type foundDay struct {
	day      standfirst.Day
	from, to int
}

// findDay returns the first day that the words name: "5 March 2026", "March 5", "5th
// March", "2026-03-05". A day without a year is in the year nearest to on, and the
// zero Day if on is zero.
func findDay(fields []string, on standfirst.Day) (foundDay, bool) {
	for i, field := range fields {
		if len(field) >= len("2006-01-02") && strings.Count(field, "-") == 2 {
			if d, err := standfirst.ParseDay(bare(field)); err == nil {
				return foundDay{d, i, i + 1}, true
			}
		}
		if m := monthOf(field); m != 0 && i+1 < len(fields) {
			if n := dayNumber(fields[i+1]); n > 0 {
				return withYear(fields, i, i+2, m, n, on), true
			}
		}
		if n := dayNumber(field); n > 0 && i+1 < len(fields) {
			if m := monthOf(fields[i+1]); m != 0 {
				return withYear(fields, i, i+2, m, n, on), true
			}
		}
	}
	return foundDay{}, false
}

// dayNumber reads a day of a month, such as "5", "5," or "5th".
func dayNumber(word string) int {
	if word == "" || word[0] < '0' || word[0] > '9' {
		return 0
	}
	word = strings.ToLower(strings.TrimRight(word, ".,"))
	if len(word) > 2 {
		switch word[len(word)-2:] {
		case "st", "nd", "rd", "th":
			word = word[:len(word)-2]
		}
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 1 || n > 31 || len(word) > 2 {
		return 0
	}
	return n
}

func withYear(fields []string, from, to int, m time.Month, n int, on standfirst.Day) foundDay {
	if to < len(fields) {
		word := strings.Trim(fields[to], ".,")
		if y, err := strconv.Atoi(word); err == nil && len(word) == 4 && y >= 1900 && y < 2200 {
			return foundDay{realDay(y, m, n), from, to + 1}
		}
	}
	return foundDay{nearest(m, n, on), from, to}
}

// nearest returns the day of the month in the year that brings it nearest to on.
func nearest(m time.Month, n int, on standfirst.Day) standfirst.Day {
	if on.IsZero() {
		return on
	}
	best, least := standfirst.Day{}, time.Duration(-1)
	for y := on.Year - 1; y <= on.Year+1; y++ {
		d := realDay(y, m, n)
		if d.IsZero() {
			continue
		}
		if away := d.In(time.UTC).Sub(on.In(time.UTC)).Abs(); least < 0 || away < least {
			best, least = d, away
		}
	}
	return best
}

// realDay returns the day, or the zero Day for one such as 30 February.
func realDay(y int, m time.Month, n int) standfirst.Day {
	d := standfirst.Day{Year: y, Month: m, Day: n}
	if standfirst.DayOf(d.In(time.UTC), time.UTC) != d {
		return standfirst.Day{}
	}
	return d
}

// dateWords may stand beside a day on a line that states when something was
// published.
var dateWords = wordSet{
	"published": true, "updated": true, "posted": true, "modified": true, "last": true, "first": true, "on": true, "at": true,
	"date": true, "created": true, "am": true, "pm": true, "a.m": true, "p.m": true, "monday": true, "tuesday": true,
	"wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true, "mon": true, "tue": true,
	"wed": true, "thu": true, "fri": true, "sat": true, "sun": true, "tues": true, "thurs": true, "and": true, "revised": true,
	"corrected": true, "issued": true, "released": true,
}

// isDateLine reports whether the words are days, times and words about them only.
func isDateLine(fields []string) bool {
	if len(fields) > 24 {
		return false
	}
	days := 0
	for i := 0; i < len(fields); {
		if d, ok := findDay(fields[i:min(len(fields), i+3)], standfirst.Day{}); ok && d.from == 0 {
			days++
			i += d.to
			continue
		}
		word := bare(fields[i])
		if _, _, isTime := cutTime(word); !isTime && word != "" && !dateWords[word] && !zones[strings.ToUpper(word)] {
			return false
		}
		i++
	}
	return days > 0
}

// noteDays keeps the days that a line of dates states.
func (r *reader) noteDays(fields []string) {
	updated := false
	for i := 0; i < len(fields); {
		switch bare(fields[i]) {
		case "updated", "modified", "revised", "corrected":
			updated = true
		case "published", "posted", "issued", "released", "created":
			updated = false
		}
		d, ok := findDay(fields[i:min(len(fields), i+3)], r.on)
		if !ok || d.from != 0 {
			i++
			continue
		}
		switch {
		case updated && r.reading.Updated.IsZero():
			r.reading.Updated = d.day
		case !updated && r.reading.Published.IsZero():
			r.reading.Published = d.day
		}
		i += d.to
	}
}
