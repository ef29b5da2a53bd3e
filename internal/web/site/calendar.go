package site

import (
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

const (
	// calendarLength is how many events a page of the calendar shows.
	calendarLength = 100
	// comingLength is how many events the page of a company or a deal shows.
	comingLength = 20
	// waitingLength bounds of how many events that readers do not see yet a page carries the
	// tags of what they wait for. The page is made anew every day all the same.
	waitingLength = 500

	monthPrefix = standfirst.CalendarPath + "/"
)

// calendarPage lists what is to come, or the events of a month.
type calendarPage struct {
	Layout layout
	Title  string
	Months []calendarMonth
	First  string // the beginning of the list, from any other page of it; else empty
	More   string // the next page; empty at the end
	File   string // address of the calendar for programs; empty for none

	Earlier, Later *link // the nearest months before and after that have events; nil for none
}

// calendarMonth is the events of one month on a page.
type calendarMonth struct {
	Month link // its Path is empty on its own page
	Rows  []eventRow
}

// eventRow is one event in a list.
type eventRow struct {
	Anchor    string
	When      moment // ISO is empty for a time that has no one machine-readable form
	There     string // the time where it happens, where that differs; else empty
	Title     string
	Kind      string
	State     string // "expected", "confirmed", "cancelled"
	Cancelled bool
	Place     string
	Address   string // of whoever holds it; may be empty
	Entity    *link  // nil for none; Path is empty for one without a page
	Deal      *link
	Story     *link
	Claim     string
	Changes   []string // what became of it, the newest first
}

// ofCalendar reports whether the path is that of the calendar, of a month of it, or of a
// calendar for programs, and resolves it so.
func (k *kinds) ofCalendar(at *address) bool {
	switch {
	case at.path == standfirst.CalendarPath:
		at.kind = &k.calendar
		return true
	case strings.HasPrefix(at.path, monthPrefix):
		day, err := standfirst.ParseDay(at.path[len(monthPrefix):] + "-01")
		if err != nil || len(at.path) != len(monthPrefix)+len("2006-01") {
			return false
		}
		at.kind, at.date = &k.month, day
		return true
	case strings.HasSuffix(at.path, calendarEnd):
		return k.ofCalendarFile(at)
	}
	return false
}

// askCalendar reads where a page of the calendar begins: after the event of that number.
func askCalendar(at address, asked map[string]string) (address, error) {
	n, err := strconv.ParseInt(asked["after"], 10, 64)
	if err != nil || n <= 0 || strconv.FormatInt(n, 10) != asked["after"] {
		return at, errNoPage
	}
	at.before.ID, at.key = standfirst.StoryID(n), at.path+"?after="+asked["after"]
	return at, nil
}

// today returns the beginning of the day in the publication's time zone, and has the page
// made anew when it is over.
func (rd *reading) today() time.Time {
	day := standfirst.DayOf(rd.now, rd.loc)
	rd.changesAt(day.AddDays(1).In(rd.loc))
	return day.In(rd.loc)
}

// loadCalendar lists what is to come.
func loadCalendar(rd *reading, at address) (*view, error) {
	p := &calendarPage{Title: rd.words.Text("calendar"), File: standfirst.CalendarPath + calendarEnd}
	from := rd.today()
	views, err := p.stretch(rd, at, from, time.Time{})
	if err != nil {
		return nil, err
	}
	if err := p.earlier(rd, from); err != nil {
		return nil, err
	}
	return p.view(rd, at, views)
}

// loadMonth lists the events of a month. One that has none has no page.
func loadMonth(rd *reading, at address) (*view, error) {
	p := &calendarPage{Title: rd.words.Text("calendar.month", monthName(at.date))}
	from := at.date.In(rd.loc)
	until := from.AddDate(0, 1, 0)
	views, err := p.stretch(rd, at, from, until)
	if err != nil {
		return nil, err
	}
	if len(views) == 0 {
		return nil, errNoPage
	}
	if err := p.earlier(rd, from); err != nil {
		return nil, err
	}
	next, err := rd.tx.EventsDue(until, time.Time{}, store.EventPosition{}, 1, store.ForReaders)
	if err != nil {
		return nil, err
	}
	if len(next) > 0 {
		p.Later = rd.monthOf(next[0])
		rd.waitFor(next)
	}
	rd.today() // other months may have come out meanwhile
	return p.view(rd, at, views)
}

// view makes the page of the events.
func (p *calendarPage) view(rd *reading, at address, views []ledger.EventView) (*view, error) {
	var err error
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.AtCalendar = at.key == standfirst.CalendarPath
	title := p.Title
	if at.before.ID != 0 {
		title = rd.words.Text("calendar.continued", p.Title)
	}
	p.Layout.describe(rd, "website", title, rd.words.Text("calendar.about"), at.key)
	p.Layout.calendar(rd.words.Text("calendar"), standfirst.CalendarPath)
	for _, v := range views {
		month := standfirst.MonthPath(v.When.Last(rd.loc))
		if n := len(p.Months); n == 0 || p.Months[n-1].Month.Path != month {
			p.Months = append(p.Months, calendarMonth{Month: link{monthName(v.When.Last(rd.loc)), month}})
		}
		last := &p.Months[len(p.Months)-1]
		last.Rows = append(last.Rows, rd.eventRow(v))
	}
	if at.kind != nil && !at.date.IsZero() {
		for i := range p.Months {
			p.Months[i].Month.Path = ""
		}
	}
	return &view{template: "calendar", data: p}, rd.describeEvents(&p.Layout, at, views)
}

// stretch reads the part of the list that begins after the address's event, and says what
// changes it.
func (p *calendarPage) stretch(rd *reading, at address, from, until time.Time) ([]ledger.EventView, error) {
	rd.tag(standfirst.CalendarTag)
	after, err := ledger.EventPosition(rd.tx, standfirst.EventID(at.before.ID))
	if err != nil {
		return nil, err
	}
	if after.ID != 0 { // so that the list has no more addresses than events that readers see
		last, err := rd.tx.Event(after.ID)
		if err != nil {
			return nil, err
		}
		if !last.Shown || after.Due.Before(from) || !until.IsZero() && !after.Due.Before(until) {
			return nil, errNoPage
		}
		p.First = at.path
	}
	events, err := rd.tx.EventsDue(from, until, after, calendarLength+1, store.ForReaders)
	if err != nil {
		return nil, err
	}
	if len(events) > calendarLength {
		events = events[:calendarLength]
		p.More = at.path + "?after=" + events[calendarLength-1].ID.String()
	}
	hidden, err := rd.tx.HiddenEvents(from, until, waitingLength)
	if err != nil {
		return nil, err
	}
	rd.waitFor(hidden)
	return rd.eventViews(events)
}

// eventViews returns the events with what is named beside them, and tags the page with all
// of that.
func (rd *reading) eventViews(events []standfirst.Event) ([]ledger.EventView, error) {
	rd.waitFor(events)
	for _, e := range events {
		if e.Claim != 0 {
			rd.tag(standfirst.ClaimTag(e.Claim))
		}
	}
	return ledger.ViewEvents(rd.tx, events)
}

// waitFor tags the page with what changes whether readers see the events: their stories, and
// what they are about.
func (rd *reading) waitFor(events []standfirst.Event) {
	for _, e := range events {
		if e.Story != 0 {
			rd.tag(standfirst.StoryTag(e.Story))
		}
		if e.Entity != 0 {
			rd.tag(standfirst.EntityTag(e.Entity))
		}
		if e.Deal != 0 {
			rd.tag(standfirst.DealTag(e.Deal))
		}
	}
}

// earlier finds the nearest month before that has events.
func (p *calendarPage) earlier(rd *reading, from time.Time) error {
	last, err := rd.tx.LastEventBefore(from)
	if standfirst.KindOf(err) == standfirst.NotFound {
		return nil
	}
	if err == nil {
		p.Earlier = rd.monthOf(last)
		rd.waitFor([]standfirst.Event{last})
	}
	return err
}

// monthOf leads to the month in whose list the event stands.
func (rd *reading) monthOf(e standfirst.Event) *link {
	day := e.When.Last(rd.loc)
	return &link{monthName(day), standfirst.MonthPath(day)}
}

func monthName(d standfirst.Day) string { return d.In(time.UTC).Format("January 2006") }

// coming returns what is to come of the deal or the entity.
func (rd *reading) coming(s standfirst.Subject) ([]eventRow, error) {
	found, err := rd.tx.EventsOf(s, rd.today(), waitingLength)
	if err != nil {
		return nil, err
	}
	rd.waitFor(found)
	var shown []standfirst.Event
	for _, e := range found {
		if e.Shown && len(shown) < comingLength {
			shown = append(shown, e)
		}
	}
	views, err := rd.eventViews(shown)
	var rows []eventRow
	for _, v := range views {
		rows = append(rows, rd.eventRow(v))
	}
	return rows, err
}

// eventRow returns one line of a list.
func (rd *reading) eventRow(v ledger.EventView) eventRow {
	row := eventRow{
		Anchor: "event-" + v.ID.String(), When: rd.eventMoment(v.When), Title: v.Title, Kind: rd.words.Text("event.kind." + string(v.Kind)), Place: v.Place, Address: v.Address,
		Cancelled: v.Cancelled, State: rd.words.Text("event." + eventState(v.Event)),
	}
	if there, err := time.LoadLocation(v.When.Zone); err == nil && !v.When.At.IsZero() {
		if here, local := v.When.At.In(rd.loc), v.When.At.In(there); here.Format("15:04") != local.Format("15:04") {
			row.There = rd.words.Text("event.there", withZone(v.When.At, there, layoutClock).Text)
		}
	}
	if v.Event.Entity != 0 {
		to := entityLink(v.Entity)
		row.Entity = &to
	}
	if v.Event.Deal != 0 {
		row.Deal = &link{v.Deal.Title, v.Deal.Path()}
	}
	if v.Story.ID != 0 {
		row.Story = &link{v.Story.Headline, v.Story.Path}
	}
	if v.Claim != 0 {
		row.Claim = standfirst.ClaimPath(v.Claim)
	}
	now := v.Event
	for _, c := range v.Changes {
		row.Changes = append(row.Changes, rd.eventChange(c, now))
		now.When, now.Cancelled = c.When, c.Cancelled
	}
	return row
}

// eventChange says what became of the event by the change, after which it was as given.
func (rd *reading) eventChange(c standfirst.EventChange, now standfirst.Event) string {
	day := momentIn(c.At, rd.loc, layoutDay).Text
	words := rd.words.Text("event.moved", rd.eventMoment(c.When).Text, day)
	switch {
	case now.Cancelled && !c.Cancelled:
		words = rd.words.Text("event.was-cancelled", day)
	case !now.Cancelled && c.Cancelled:
		words = rd.words.Text("event.taken-up", day)
	}
	if c.Note != "" {
		words += " " + c.Note
	}
	return words
}

// eventState says how an event stands.
func eventState(e standfirst.Event) string {
	switch {
	case e.Cancelled:
		return "cancelled"
	case e.Confirmed:
		return "confirmed"
	}
	return "expected"
}

// eventMoment returns when an event is: an instant as it reads in the publication's time zone.
func (rd *reading) eventMoment(t standfirst.EventTime) moment {
	switch {
	case !t.At.IsZero():
		return withZone(t.At, rd.loc, layoutFull)
	case t.Precision == standfirst.PrecisionDay:
		return moment{t.From.String(), t.From.In(time.UTC).Format("Monday 2 January 2006")}
	case t.Precision == standfirst.PrecisionMonth:
		return moment{t.From.String()[:len("2006-01")], rd.words.Text("event.some-time", t.DateRange.Words())}
	}
	return moment{Text: rd.words.Text("event.some-time", t.DateRange.Words())}
}
