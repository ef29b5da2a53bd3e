package site

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"standfirst"
)

// moment is an instant or a day as machines and as people read it.
type moment struct {
	ISO  string // RFC 3339, for the datetime attribute
	Text string
}

// Layouts of times. A page is kept for as long as nothing on it changes, so it
// says "5 Mar 2026", never "today".
const (
	layoutFull  = "2 Jan 2006, 15:04" // a zone is added
	layoutList  = "2 Jan 2006, 15:04"
	layoutShort = "2 Jan, 15:04"
	layoutClock = "15:04"
	layoutDay   = "2 January 2006"
)

// momentIn returns the instant as it reads in the location.
func momentIn(t time.Time, loc *time.Location, layout string) moment {
	t = t.In(loc)
	return moment{t.Format(time.RFC3339), t.Format(layout)}
}

// withZone returns the instant with the name of the zone after it.
func withZone(t time.Time, loc *time.Location, layout string) moment {
	m := momentIn(t, loc, layout)
	m.Text += " " + zoneName(t.In(loc))
	return m
}

// zoneName returns the zone's abbreviation, or UTC+3 and the like for one that
// has none.
func zoneName(t time.Time) string {
	name, offset := t.Zone()
	if !strings.HasPrefix(name, "+") && !strings.HasPrefix(name, "-") {
		return name
	}
	sign := "+"
	if offset < 0 {
		sign, offset = "-", -offset
	}
	text := "UTC" + sign + strconv.Itoa(offset/3600)
	if minutes := offset / 60 % 60; minutes != 0 {
		text += fmt.Sprintf(":%02d", minutes)
	}
	return text
}

// momentOfDay returns the day in words.
func momentOfDay(day standfirst.Day) moment {
	return moment{day.String(), day.In(time.UTC).Format(layoutDay)}
}

// updateMoment returns when the newest published revision went out: the time alone
// where the day is that of the first publication.
func updateMoment(first, updated time.Time, loc *time.Location) moment {
	if standfirst.DayOf(first, loc) == standfirst.DayOf(updated, loc) {
		return withZone(updated, loc, layoutClock)
	}
	return withZone(updated, loc, layoutFull)
}
