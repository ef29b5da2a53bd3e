package standfirst

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// EventKind says what sort of thing is to happen.
type EventKind string

const (
	EarningsEvent EventKind = "earnings" // a company reports results
	ListingEvent  EventKind = "listing"  // shares begin to trade
	HearingEvent  EventKind = "hearing"  // of a court, a regulator or a parliament
	VoteEvent     EventKind = "vote"     // of shareholders, members or an assembly
	DeadlineEvent EventKind = "deadline" // by which a deal closes, lapses or is decided
	DataEvent     EventKind = "data"     // figures are released, such as those of prices
	OtherEvent    EventKind = "other"
)

// EventKinds returns every kind, in the order in which they are listed.
func EventKinds() []EventKind {
	return []EventKind{EarningsEvent, ListingEvent, HearingEvent, VoteEvent, DeadlineEvent, DataEvent, OtherEvent}
}

// Valid reports whether k is one of the kinds.
func (k EventKind) Valid() bool { return slices.Contains(EventKinds(), k) }

// EventPrecisions returns how exactly the time of an event can be said, the most exact first.
func EventPrecisions() []Precision {
	return []Precision{PrecisionInstant, PrecisionDay, PrecisionWeek, PrecisionMonth, PrecisionQuarter}
}

// EventTime is when an event is to happen: at an instant, on a day, or some time in a week,
// a month or a quarter.
type EventTime struct {
	// DateRange is its days. Those of an instant are in its own time zone.
	DateRange
	At   time.Time // of an instant; zero for anything else
	Zone string    // IANA name of the time zone in which an instant was said; else empty
}

// NewEventTime returns the time of the precision that the day lies in. The clock, such as
// "14:30", and the zone count for an instant alone. It returns an Invalid error for what is
// none.
func NewEventTime(day Day, precision Precision, clock, zone string) (EventTime, error) {
	t := EventTime{DateRange: DateRange{From: day, To: day, Precision: precision}}
	if day.IsZero() || day.Year < 1900 || day.Year > 2199 {
		return t, Errorf(Invalid, "say on which day it is; write it as 2026-01-31")
	}
	switch precision {
	case PrecisionInstant:
		loc, err := time.LoadLocation(zone)
		if err != nil || zone == "" || zone == "Local" {
			return t, Errorf(Invalid, "%q is no time zone; write it as Europe/London", zone)
		}
		at, err := time.Parse("15:04", clock)
		if err != nil {
			return t, Errorf(Invalid, "%q is no time of day; write it as 14:30", clock)
		}
		t.At = time.Date(day.Year, day.Month, day.Day, at.Hour(), at.Minute(), 0, 0, loc).UTC()
		if in := t.At.In(loc); in.Hour() != at.Hour() || in.Minute() != at.Minute() {
			return t, Errorf(Invalid, "there is no %s on that day in %s: clocks are put forward", clock, zone)
		}
		t.Zone = zone
	case PrecisionDay:
	case PrecisionWeek:
		t.From = day.AddDays(-(int(day.In(time.UTC).Weekday()) + 6) % 7)
		t.To = t.From.AddDays(6)
	case PrecisionMonth:
		t.From = Day{day.Year, day.Month, 1}
		t.To = DayOf(t.From.In(time.UTC).AddDate(0, 1, -1), time.UTC)
	case PrecisionQuarter:
		t.From = Day{day.Year, (day.Month-1)/3*3 + 1, 1}
		t.To = DayOf(t.From.In(time.UTC).AddDate(0, 3, -1), time.UTC)
	default:
		return t, Errorf(Invalid, "say whether it is at a time, on a day, or some time in a week, a month or a quarter")
	}
	return t, nil
}

// Due returns the last instant at which the event may happen, where days are those of the
// location: what is due before today is over.
func (t EventTime) Due(loc *time.Location) time.Time {
	if !t.At.IsZero() {
		return t.At
	}
	return t.To.AddDays(1).In(loc).Add(-time.Microsecond).UTC()
}

// Last returns the last day on which the event may happen, as the location counts days.
func (t EventTime) Last(loc *time.Location) Day {
	if !t.At.IsZero() {
		return DayOf(t.At, loc)
	}
	return t.To
}

// Equal reports whether both are the same time, said in the same way.
func (t EventTime) Equal(other EventTime) bool {
	return t.DateRange == other.DateRange && t.At.Equal(other.At) && t.Zone == other.Zone
}

// Words returns the time as a sentence has it: "12 March 2026", "14:30 GMT on 12 March 2026",
// "the second quarter of 2026".
func (t EventTime) Words() string {
	if t.At.IsZero() {
		return t.DateRange.Words()
	}
	loc, err := time.LoadLocation(t.Zone)
	if err != nil {
		loc = time.UTC
	}
	return t.At.In(loc).Format("15:04 MST on 2 January 2006")
}

// Event is something that is announced or expected to happen: results, a hearing, a vote.
// Readers see it once it is public, and what it is about is; see [Event.Shown].
type Event struct {
	ID        EventID
	Kind      EventKind
	Title     string // such as "Northwind Freight: third-quarter results"
	When      EventTime
	Confirmed bool   // who holds it has said when; else it is expected
	Place     string // may be empty
	Address   string // of a page of whoever holds it; may be empty

	// Story, Claim, Entity and Deal say where it is known from and what it is about, each
	// zero for none.
	Story StoryID
	// StoryNumber is that of the version of the story with which readers see the event, where
	// the desk does not release it itself.
	StoryNumber int
	Claim       ClaimID
	Entity      EntityID
	Deal        DealID

	Cancelled bool
	// ReleasedAt is when the desk let readers see it, story or not; zero until then. An event
	// of a story is seen without it while that story is out.
	ReleasedAt time.Time
	// Shown reports whether readers see it now: it was released, or its story is out, and the
	// entity and the deal that it is about are released.
	Shown bool
	// PublicAt is when all of that was first so; zero where it is not so yet.
	PublicAt time.Time

	// UID is what the calendars of readers know it by: it never changes, and tells nothing.
	UID string

	Sequence  int // how often it was changed
	CreatedAt time.Time
	CreatedBy string // the actor, as [Actor.String]
	ChangedAt time.Time
}

// ChangedPublicly returns when readers could first see the event as it is now.
func (e Event) ChangedPublicly() time.Time {
	if e.ChangedAt.Before(e.PublicAt) {
		return e.PublicAt
	}
	return e.ChangedAt
}

// EventChange is what an event was before it was moved, or was cancelled or taken up again.
type EventChange struct {
	Event     EventID
	When      EventTime // before the change
	Cancelled bool      // before the change
	Note      string    // why; may be empty
	Shown     bool      // readers saw the event at the time
	At        time.Time
	By        string // the actor, as [Actor.String]
}

// The limits of the texts of an event, in bytes.
const (
	MaxEventTitle   = 200
	MaxEventPlace   = 200
	MaxEventNote    = 500
	MaxEventAddress = 500
)

// Validate returns an Invalid error that names what cannot be stored.
func (e Event) Validate() error {
	switch {
	case !e.Kind.Valid():
		return Errorf(Invalid, "choose what kind of event it is")
	case e.Title == "":
		return Errorf(Invalid, "give the event a title, such as what happens and whose it is")
	case len(e.Title) > MaxEventTitle:
		return Errorf(Invalid, "the title has %d bytes; %d is the most", len(e.Title), MaxEventTitle)
	case len(e.Place) > MaxEventPlace:
		return Errorf(Invalid, "the place has %d bytes; %d is the most", len(e.Place), MaxEventPlace)
	case strings.ContainsFunc(e.Title+e.Place, unicode.IsControl):
		return Errorf(Invalid, "title and place stand on one line each")
	case e.Address != "" && !isLinkAddress(e.Address):
		return Errorf(Invalid, "%q is no address of a page; it begins with https://", e.Address)
	case e.When.From.IsZero() || !slices.Contains(EventPrecisions(), e.When.Precision) || (e.When.Precision == PrecisionInstant) == e.When.At.IsZero():
		return Errorf(Invalid, "say when it is")
	}
	return nil
}

// isLinkAddress reports whether the text is an address that a link can lead to.
func isLinkAddress(text string) bool {
	rest, secure := strings.CutPrefix(text, "https://")
	if !secure {
		var plain bool
		if rest, plain = strings.CutPrefix(text, "http://"); !plain {
			return false
		}
	}
	return rest != "" && len(text) <= MaxEventAddress && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("<>\"`\\", r)
	})
}

// Path returns the address at which readers find the event: its place in the month in whose
// list it stands, where days are those of the location.
func (e Event) Path(loc *time.Location) string {
	return MonthPath(e.When.Last(loc)) + "#event-" + e.ID.String()
}

// CalendarPath is the address of what is to come.
const CalendarPath = "/calendar"

// MonthPath returns the address of the calendar of the month that the day lies in.
func MonthPath(d Day) string { return CalendarPath + "/" + d.String()[:len("2006-01")] }
