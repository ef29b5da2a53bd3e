package standfirst_test

import (
	"testing"
	"time"

	"standfirst"
)

func TestPropertyWords(t *testing.T) {
	day := func(month time.Month, day int) standfirst.Day {
		return standfirst.Day{Year: 2026, Month: month, Day: day}
	}
	date := func(from, to standfirst.Day, p standfirst.Precision) standfirst.Value {
		return standfirst.Value{Date: &standfirst.DateRange{From: from, To: to, Precision: p}}
	}
	fall, err := standfirst.ParseChange("a fall of 2.1%")
	if err != nil {
		t.Fatal(err)
	}
	for want, test := range map[string]struct {
		property standfirst.Property
		value    standfirst.Value
	}{
		"12 March 2026":                 {standfirst.EventDate, date(day(3, 12), day(3, 12), standfirst.PrecisionDay)},
		"9 March 2026 to 15 March 2026": {standfirst.EventDate, date(day(3, 9), day(3, 15), standfirst.PrecisionWeek)},
		"June 2026":                     {standfirst.EventDate, date(day(6, 1), day(6, 30), standfirst.PrecisionMonth)},
		"the second quarter of 2026":    {standfirst.EventDate, date(day(4, 1), day(6, 30), standfirst.PrecisionQuarter)},
		"the second half of 2026":       {standfirst.EventDate, date(day(7, 1), day(12, 31), standfirst.PrecisionHalf)},
		"2026":                          {standfirst.EventDate, date(day(1, 1), day(12, 31), standfirst.PrecisionYear)},
		"a fall of 2.1%":                {standfirst.SharePriceMove, standfirst.Value{Quantity: &fall}},
		"advanced talks":                {standfirst.Stage, standfirst.Value{Stage: standfirst.AdvancedTalks}},
	} {
		if got := test.property.Words(test.value); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
