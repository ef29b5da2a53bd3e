package standfirst

import "time"

// ordinals are those of quarters and halves.
var ordinals = [...]string{"first", "second", "third", "fourth"}

// Words returns the day or period as a sentence has it: "12 March 2026", "the second
// quarter of 2026".
func (d DateRange) Words() string {
	day := func(d Day) string { return d.In(time.UTC).Format("2 January 2006") }
	from, month := d.From.In(time.UTC), int(d.From.Month)-1
	switch {
	case d.From == d.To:
		return day(d.From)
	case d.Precision == PrecisionMonth:
		return from.Format("January 2006")
	case d.Precision == PrecisionQuarter && month%3 == 0:
		return "the " + ordinals[month/3] + " quarter of " + from.Format("2006")
	case d.Precision == PrecisionHalf && month%6 == 0:
		return "the " + ordinals[month/6] + " half of " + from.Format("2006")
	case d.Precision == PrecisionYear && month == 0:
		return from.Format("2006")
	}
	return day(d.From) + " to " + day(d.To)
}
