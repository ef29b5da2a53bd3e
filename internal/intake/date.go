package intake

import (
	"time"

	"standfirst"
)

// dateLayouts are how a date with a time may be written; those without an offset
// are in the publication's time zone.
var dateLayouts = []string{
	time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02 15:04Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04 Z07:00",
	"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04",
}

// fileHour is the hour at which a story counts as published when only its day is
// known.
const fileHour = 9

// atFileHour returns when a story of the day counts as published.
func atFileHour(day standfirst.Day, loc *time.Location) time.Time {
	return time.Date(day.Year, day.Month, day.Day, fileHour, 0, 0, 0, loc)
}

// parseDate reads a date as front matter has it. A day alone is that day at 9
// o'clock, and exact is false.
func parseDate(s string, loc *time.Location) (t time.Time, exact bool, err error) {
	for _, layout := range dateLayouts {
		if t, err := time.ParseInLocation(layout, s, loc); err == nil {
			return t, true, nil
		}
	}
	day, err := standfirst.ParseDay(s)
	if err != nil {
		return time.Time{}, false, standfirst.Errorf(standfirst.Invalid, "the date %q cannot be read; write it as 2026-03-05, 2026-03-05 14:10 or 2026-03-05T14:10:00Z", s)
	}
	return atFileHour(day, loc), false, nil
}

func checkDate(s string) error {
	_, _, err := parseDate(s, time.UTC)
	return err
}
