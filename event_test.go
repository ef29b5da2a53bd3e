package standfirst_test

import (
	"testing"
	"time"

	"standfirst"
)

func TestEventTime(t *testing.T) {
	day := standfirst.Day{Year: 2026, Month: 3, Day: 5} // a Thursday
	for _, c := range []struct {
		precision   standfirst.Precision
		clock, zone string
		words       string
		due         string // in London
	}{
		{standfirst.PrecisionDay, "", "", "5 March 2026", "2026-03-05T23:59:59Z"},
		{standfirst.PrecisionWeek, "", "", "2 March 2026 to 8 March 2026", "2026-03-08T23:59:59Z"},
		{standfirst.PrecisionMonth, "", "", "March 2026", "2026-03-31T22:59:59Z"}, // summer time has begun
		{standfirst.PrecisionQuarter, "", "", "the first quarter of 2026", "2026-03-31T22:59:59Z"},
		{standfirst.PrecisionInstant, "16:30", "America/New_York", "16:30 EST on 5 March 2026", "2026-03-05T21:30:00Z"},
		{standfirst.PrecisionInstant, "16:30", "Nowhere", "", ""},
		{standfirst.PrecisionInstant, "16:30", "", "", ""},
		{standfirst.PrecisionInstant, "25:00", "UTC", "", ""},
		{standfirst.PrecisionYear, "", "", "", ""},
	} {
		when, err := standfirst.NewEventTime(day, c.precision, c.clock, c.zone)
		if c.words == "" {
			if standfirst.KindOf(err) != standfirst.Invalid {
				t.Errorf("%v: %v", c, err)
			}
			continue
		}
		london, _ := time.LoadLocation("Europe/London")
		if got := when.Due(london).Truncate(time.Second).Format(time.RFC3339); err != nil || when.Words() != c.words || got != c.due {
			t.Errorf("%v: %q, due %s, %v", c, when.Words(), got, err)
		}
	}
	gap := standfirst.Day{Year: 2026, Month: 3, Day: 29}
	if _, err := standfirst.NewEventTime(gap, standfirst.PrecisionInstant, "01:30", "Europe/London"); standfirst.KindOf(err) != standfirst.Invalid {
		t.Errorf("a time that clocks leave out: %v", err)
	}
	if _, err := standfirst.NewEventTime(standfirst.Day{}, standfirst.PrecisionDay, "", ""); standfirst.KindOf(err) != standfirst.Invalid {
		t.Errorf("no day: %v", err)
	}
}
