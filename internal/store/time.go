package store

import (
	"fmt"
	"time"

	"standfirst"
)

// Instants are stored as microseconds since 1970 in UTC, the zero time as NULL.
// No driver ever sees a time.Time.

// toMicros returns what is stored for the instant.
func toMicros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// fromMicros returns the instant that is stored as n.
func fromMicros(n int64) time.Time { return time.UnixMicro(n).UTC() }

// instant scans a stored instant into a time.Time, NULL as the zero time.
type instant time.Time

// Scan implements sql.Scanner.
func (i *instant) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*i = instant{}
	case int64:
		*i = instant(fromMicros(v))
	default:
		return fmt.Errorf("an instant is stored as %T", value)
	}
	return nil
}

// Days are stored as 2006-01-02, the zero Day as NULL.

// toDay returns what is stored for the day.
func toDay(d standfirst.Day) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}

// day scans a stored day into a standfirst.Day.
type day standfirst.Day

// Scan implements sql.Scanner.
func (d *day) Scan(value any) error {
	text, err := optionalText(value)
	if err != nil || text == "" {
		*d = day{}
		return err
	}
	parsed, err := standfirst.ParseDay(text)
	*d = day(parsed)
	return err
}
