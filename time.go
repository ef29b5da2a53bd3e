package standfirst

import (
	"fmt"
	"time"
)

// Clock tells the time. The program passes time.Now; tests pass their own.
type Clock func() time.Time

// Day is a calendar day without a time zone: the day in an address, the day
// against which a text is read. The zero Day means "none".
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf returns the calendar day of the instant in the location.
func DayOf(t time.Time, loc *time.Location) Day {
	y, m, d := t.In(loc).Date()
	return Day{y, m, d}
}

// ParseDay reads a day written as 2006-01-02. It returns an Invalid error for
// anything else, 30 February included.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, Errorf(Invalid, "%q is not a day; write it as 2026-01-31", s)
	}
	return DayOf(t, time.UTC), nil
}

// IsZero reports whether the day is the zero Day.
func (d Day) IsZero() bool { return d == Day{} }

// String returns the day as 2006-01-02, and "" for the zero Day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Path returns the day as it stands in an address: 2006/01/02.
func (d Day) Path() string {
	return fmt.Sprintf("%04d/%02d/%02d", d.Year, int(d.Month), d.Day)
}

// In returns the first instant of the day in the location.
func (d Day) In(loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// AddDays returns the day n days later, or earlier when n is negative.
func (d Day) AddDays(n int) Day {
	return DayOf(d.In(time.UTC).AddDate(0, 0, n), time.UTC)
}

// Before reports whether the day comes before the other.
func (d Day) Before(other Day) bool { return d.In(time.UTC).Before(other.In(time.UTC)) }
