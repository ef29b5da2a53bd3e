package feed_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"standfirst"
	"standfirst/internal/feed"
)

var (
	calendarDay  = standfirst.Day{Year: 2026, Month: 11, Day: 12}
	calendarTime = time.Date(2026, 11, 12, 14, 30, 0, 0, time.UTC)
)

// parsed reads a calendar with a library that we did not write, and holds its lines against
// what RFC 5545 asks of them.
func parsed(t *testing.T, text []byte) []ical.Event {
	t.Helper()
	for _, line := range strings.SplitAfter(string(text), "\r\n") {
		if content := strings.TrimSuffix(line, "\r\n"); len(content) > 75 || strings.ContainsAny(content, "\r\n") || line != "" && content == line {
			t.Errorf("a line of %d bytes, or a bare line end: %q", len(content), line)
		}
	}
	c, err := ical.NewDecoder(bytes.NewReader(text)).Decode()
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	// What the library itself would refuse to write is no calendar.
	if err := ical.NewEncoder(new(bytes.Buffer)).Encode(c); err != nil && len(c.Events()) > 0 {
		t.Errorf("%v in\n%s", err, text)
	}
	return c.Events()
}

func textOf(t *testing.T, e ical.Event, name string) string {
	t.Helper()
	text, err := e.Props.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestICalendar(t *testing.T) {
	base := feed.CalendarEvent{UID: "1-5@standfirst", Title: "Northwind: results", Created: calendarTime, Changed: calendarTime.Add(time.Hour), Sequence: 2}
	day, quarter, instant := base, base, base
	day.From, day.To, day.Confirmed = calendarDay, calendarDay, true
	day.Text, day.Place, day.Address, day.Kind = "Third quarter, at last;\nwith a call", "Dover, Kent", "https://ledger.example/calendar/2026-11#event-1", "Results"
	quarter.UID, quarter.From, quarter.To = "2-5@standfirst", standfirst.Day{Year: 2026, Month: 10, Day: 1}, standfirst.Day{Year: 2026, Month: 12, Day: 31}
	instant.UID, instant.At, instant.Cancelled = "3-5@standfirst", calendarTime, true
	text := feed.Calendar{
		Name: "The Harbour Ledger: calendar", Home: "https://ledger.example/calendar", Self: "https://ledger.example/calendar.ics",
		Events: []feed.CalendarEvent{day, quarter, instant},
	}.ICalendar()
	events := parsed(t, text)
	if len(events) != 3 {
		t.Fatalf("%d events", len(events))
	}
	for _, want := range []string{"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n", "NAME:The Harbour Ledger: calendar\r\n", "SEQUENCE:2\r\n", "LAST-MODIFIED:20261112T153000Z\r\n", "DTSTART;VALUE=DATE:20261112\r\nDTEND;VALUE=DATE:20261113\r\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("without %q:\n%s", want, text)
		}
	}
	for i, want := range []struct{ start, end, status string }{
		{"2026-11-12", "2026-11-13", "CONFIRMED"}, {"2026-10-01", "2027-01-01", "TENTATIVE"}, {"2026-11-12", "2026-11-12", "CANCELLED"},
	} {
		start, err := events[i].DateTimeStart(time.UTC)
		end, failed := events[i].DateTimeEnd(time.UTC)
		status, _ := events[i].Status()
		if err != nil || failed != nil || start.Format(time.DateOnly) != want.start || end.Format(time.DateOnly) != want.end || string(status) != want.status {
			t.Errorf("event %d from %v to %v, %s: %v %v", i, start, end, status, err, failed)
		}
	}
	if start, _ := events[2].DateTimeStart(time.UTC); !start.Equal(calendarTime) {
		t.Errorf("the instant is %v", start)
	}
	if got := textOf(t, events[0], ical.PropDescription); got != day.Text {
		t.Errorf("text %q", got)
	}
	if got := textOf(t, events[0], ical.PropLocation); got != day.Place {
		t.Errorf("place %q", got)
	}
}

func TestCalendarIsBounded(t *testing.T) {
	c := feed.Calendar{Events: make([]feed.CalendarEvent, feed.MaxEvents+7)}
	for i := range c.Events {
		c.Events[i] = feed.CalendarEvent{UID: "1", Title: "x", From: calendarDay, To: calendarDay, Created: calendarTime, Changed: calendarTime}
	}
	if n := bytes.Count(c.ICalendar(), []byte("BEGIN:VEVENT")); n != feed.MaxEvents {
		t.Errorf("%d events", n)
	}
}

// FuzzICalendar holds that whatever a title holds is read back, but for control characters,
// and that nothing in it makes a property of its own.
func FuzzICalendar(f *testing.F) {
	f.Add("Northwind: results", "Dover, Kent", "https://ledger.example/")
	f.Add("a\r\nEND:VEVENT\r\nBEGIN:VEVENT", `\n\;\\,`, "https://x.example/\r\nATTACH:x")
	f.Add(strings.Repeat("⚓ü", 60), "\x00\x7f\xff", "")
	f.Fuzz(func(t *testing.T, title, place, address string) {
		e := feed.CalendarEvent{UID: "1-5@standfirst", Title: title, Place: place, Address: address, From: calendarDay, To: calendarDay, Created: calendarTime, Changed: calendarTime}
		events := parsed(t, feed.Calendar{Name: title, Events: []feed.CalendarEvent{e}}.ICalendar())
		if len(events) != 1 {
			t.Fatalf("%d events of %q", len(events), title)
		}
		for name, want := range map[string]string{ical.PropSummary: title, ical.PropLocation: place} {
			if events[0].Props.Get(name) == nil {
				if strings.TrimFunc(want, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) != "" {
					t.Errorf("%s %q is lost", name, want)
				}
				continue
			}
			got := textOf(t, events[0], name)
			if strip(got) != strip(want) {
				t.Errorf("%s: %q is read as %q", name, want, got)
			}
		}
		if len(events[0].Props[ical.PropAttach]) > 0 {
			t.Error("an address made a property")
		}
	})
}

// strip returns the text without control characters and spaces, which parsers treat each in
// their way.
func strip(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

func TestEventNode(t *testing.T) {
	e := feed.CalendarEvent{Title: "Results", Address: "https://ledger.example/calendar/2026-11#event-1", From: calendarDay, To: calendarDay, Place: "Dover", Before: calendarDay.AddDays(-7)}
	got, err := feed.JSONLD(e.Node())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"@type":"Event"`, `"startDate":"2026-11-12"`, `EventRescheduled`, `"previousStartDate":"2026-11-05"`, `"location":{"@type":"Place"`} {
		if !strings.Contains(got, want) {
			t.Errorf("without %s: %s", want, got)
		}
	}
}
