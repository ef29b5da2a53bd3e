package feed

import (
	"bytes"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"standfirst"
)

// CalendarType is the media type of a calendar.
const CalendarType = "text/calendar; charset=utf-8"

// MaxEvents is the most that a calendar has.
const MaxEvents = 500

// Calendar is what is announced to happen, in the order of days. Texts are plain, and
// addresses absolute.
type Calendar struct {
	Name   string
	Home   string // the page for people that lists the same
	Self   string // of the calendar itself
	Events []CalendarEvent
}

// CalendarEvent is one event of a calendar.
type CalendarEvent struct {
	UID     string // stays when anything else changes
	Title   string
	Text    string // more about it; may be empty
	Place   string // may be empty
	Address string // of the page that tells of it
	Kind    string // in words

	From, To standfirst.Day // its first and its last day, for one without an instant
	At       time.Time      // the instant; zero for a day or a period

	Confirmed, Cancelled bool
	// Before is the day on which it was to be first; zero if it was never moved.
	Before standfirst.Day

	About        *standfirst.Entity // that has a page; nil for none
	AboutAddress string
	Sequence     int // how often it was changed
	// Created is when it was first public, zero if nobody knows, and Changed when it was first
	// so as it is now. When it was recorded is for nobody to know.
	Created, Changed time.Time
}

// refresh is how often programs are asked to look again.
const refresh = "PT1H"

// ICalendar writes the calendar as RFC 5545 has it, with the properties of RFC 7986. The same
// calendar is the same bytes.
func (c Calendar) ICalendar() []byte {
	var w icalWriter
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//Standfirst//Calendar//EN")
	w.line("CALSCALE", "GREGORIAN")
	w.line("METHOD", "PUBLISH")
	w.text("NAME", c.Name)
	w.text("X-WR-CALNAME", c.Name)
	w.uri("URL", c.Home)
	w.uri("SOURCE;VALUE=URI", c.Self)
	w.line("REFRESH-INTERVAL;VALUE=DURATION", refresh)
	w.line("X-PUBLISHED-TTL", refresh)
	for _, e := range c.Events[:min(len(c.Events), MaxEvents)] {
		w.event(e)
	}
	w.line("END", "VCALENDAR")
	return w.b.Bytes()
}

// icalWriter writes the lines of a calendar.
type icalWriter struct{ b bytes.Buffer }

func (w *icalWriter) event(e CalendarEvent) {
	w.line("BEGIN", "VEVENT")
	w.text("UID", e.UID)
	w.line("DTSTAMP", icalTime(e.Changed))
	if !e.Created.IsZero() {
		w.line("CREATED", icalTime(e.Created))
	}
	w.line("LAST-MODIFIED", icalTime(e.Changed))
	w.line("SEQUENCE", strconv.Itoa(e.Sequence))
	if e.At.IsZero() {
		w.line("DTSTART;VALUE=DATE", icalDay(e.From))
		w.line("DTEND;VALUE=DATE", icalDay(e.To.AddDays(1))) // the first day after it
	} else {
		w.line("DTSTART", icalTime(e.At))
	}
	w.text("SUMMARY", e.Title)
	w.text("DESCRIPTION", e.Text)
	w.text("LOCATION", e.Place)
	w.uri("URL", e.Address)
	w.text("CATEGORIES", e.Kind)
	w.line("STATUS", e.status())
	w.line("TRANSP", "TRANSPARENT") // nobody is busy for it
	w.line("END", "VEVENT")
}

func (e CalendarEvent) status() string {
	switch {
	case e.Cancelled:
		return "CANCELLED"
	case e.Confirmed:
		return "CONFIRMED"
	}
	return "TENTATIVE"
}

// icalTime returns the instant in UTC, so that no rules of a time zone need to come with it.
func icalTime(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

func icalDay(d standfirst.Day) string { return strings.ReplaceAll(d.String(), "-", "") }

// text writes a text, escaped; an empty one is left out.
func (w *icalWriter) text(name, value string) {
	if value = plainLines(value); value != "" {
		w.line(name, icalEscape.Replace(value))
	}
}

var icalEscape = strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, "\n", `\n`)

// plainLines returns the text as UTF-8 with line feeds alone as line ends and without other
// control characters.
func plainLines(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\ufffd"))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
}

// uri writes an address; an empty one is left out.
func (w *icalWriter) uri(name, address string) {
	address = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(address, ""))
	if address != "" {
		w.line(name, address)
	}
}

// maxLine is the most bytes of a line before it is folded.
const maxLine = 75

// line writes a property, folded between characters where it is long.
func (w *icalWriter) line(name, value string) {
	rest := name + ":" + value
	room := maxLine
	for len(rest) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(rest[cut]) {
			cut--
		}
		w.b.WriteString(rest[:cut])
		w.b.WriteString("\r\n ")
		rest, room = rest[cut:], maxLine-1 // for the space
	}
	w.b.WriteString(rest)
	w.b.WriteString("\r\n")
}

// Node returns the event as search engines take it.
func (e CalendarEvent) Node() Node {
	n := Node{"@id": e.Address, "url": e.Address, "name": e.Title, "description": e.Text, "eventStatus": "https://schema.org/EventScheduled", "startDate": e.At}
	if e.At.IsZero() {
		n["startDate"] = e.From.String()
		if e.From != e.To {
			n["endDate"] = e.To.String()
		}
	}
	switch {
	case e.Cancelled:
		n["eventStatus"] = "https://schema.org/EventCancelled"
	case !e.Before.IsZero():
		n["eventStatus"], n["previousStartDate"] = "https://schema.org/EventRescheduled", e.Before.String()
	}
	if e.Place != "" {
		n["location"] = node("Place", Node{"name": e.Place, "address": e.Place})
	}
	if e.About != nil {
		n["about"] = entityNode(*e.About, e.AboutAddress)
	}
	return node("Event", n)
}
