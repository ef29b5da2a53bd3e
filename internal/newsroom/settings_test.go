package newsroom_test

import (
	"slices"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// TestTimeZoneMovesEvents holds that lists of events are by days of the time zone that the
// publication has now: nothing is to come when its day is over, and no page skips or repeats.
func TestTimeZoneMovesEvents(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		plans := ledger.New(d.store, ledger.Options{Clock: d.now})
		plan := func(title string, day standfirst.Day, p standfirst.Precision, clock, zone string) {
			d.Helper()
			when, err := standfirst.NewEventTime(day, p, clock, zone)
			if err != nil {
				d.Fatal(err)
			}
			if _, err := plans.AddEvent(d.Context(), editor, ledger.EventDraft{Kind: standfirst.VoteEvent, Title: title, When: when}); err != nil {
				d.Fatal(err)
			}
		}
		march := func(day int) standfirst.Day { return standfirst.Day{Year: 2026, Month: 3, Day: day} }
		plan("on a day", march(20), standfirst.PrecisionDay, "", "")
		plan("in the same week", march(18), standfirst.PrecisionWeek, "", "") // to 22 March
		plan("early on the day after", march(21), standfirst.PrecisionInstant, "08:00", "Asia/Tokyo")
		plan("on another day", march(21), standfirst.PrecisionDay, "", "")
		listed := func(from time.Time) (titles []string) {
			var after standfirst.EventID
			for range 10 {
				list, err := plans.FindEvents(d.Context(), editor, from, after, 1)
				if err != nil {
					d.Fatal(err)
				}
				for _, e := range list.Events {
					titles, after = append(titles, e.Event.Title), e.Event.ID
				}
				if !list.More {
					break
				}
			}
			return titles
		}
		for _, zone := range []string{"Europe/London", "Asia/Tokyo", "Pacific/Pago_Pago", "Pacific/Kiritimati", "Asia/Tokyo"} {
			var pub standfirst.Publication
			d.view(func(tx *store.ReadTx) (err error) { pub, err = tx.Publication(); return err })
			pub.TimeZone = zone
			if err := d.newsroom.UpdateSettings(d.Context(), standfirst.Command(), pub, ""); err != nil {
				d.Fatal(err)
			}
			loc := pub.Location()
			want := []string{"on a day", "early on the day after", "on another day", "in the same week"}
			if early := time.Date(2026, 3, 20, 23, 0, 0, 0, time.UTC); early.Before(march(21).In(loc)) {
				want[0], want[1] = want[1], want[0]
			}
			d.equal("to come in "+zone, listed(march(20).In(loc)), want)
			over := slices.DeleteFunc(listed(march(21).In(loc)), func(title string) bool { return title == "early on the day after" })
			d.equal("after the day in "+zone, over, []string{"on another day", "in the same week"})
			d.equal("after all in "+zone, listed(march(23).In(loc)), []string(nil))
			d.equal("with the last day in "+zone, listed(march(22).In(loc)), []string{"in the same week"})
		}
	})
}
