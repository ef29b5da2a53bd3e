package site

import (
	"strings"

	"standfirst"
	"standfirst/internal/feed"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

const (
	// calendarEnd ends the address of the publication's calendar for programs, and
	// calendarBelow is the end of those of companies, deals and the like.
	calendarEnd   = ".ics"
	calendarBelow = "/calendar" + calendarEnd
	// calendarPast is for how many days what is over stays in the calendars for programs, so
	// that they hear of what was moved or cancelled late.
	calendarPast = 60
)

// ofCalendarFile reports whether the path is that of a calendar for programs, and resolves it
// so.
func (k *kinds) ofCalendarFile(at *address) bool {
	home, ok := strings.CutSuffix(at.path, calendarBelow)
	if !ok {
		return false
	}
	if home == "" {
		at.kind = &k.calendarFile
		return true
	}
	above := k.resolve(home)
	if above.redirect != nil || above.key != home {
		return false
	}
	for page, kind := range map[*kind]*kind{
		&k.deal: &k.dealCalendar, &k.company: &k.companyCalendar, &k.organisation: &k.organisationCalendar, &k.place: &k.placeCalendar, &k.person: &k.personCalendar,
	} {
		if above.kind == page {
			at.kind, at.slug = kind, above.slug
			return true
		}
	}
	return false
}

// calendar adds the calendar for programs that follow the page at the address.
func (l *layout) calendar(name, path string) {
	at := path + calendarBelow
	if path == standfirst.CalendarPath {
		at = path + calendarEnd
	}
	l.Feeds = append(l.Feeds, feedLink{name, at, "text/calendar"})
}

// loadCalendarFile gathers the calendar of the publication.
func loadCalendarFile(rd *reading, at address) (*view, error) {
	rd.tag(standfirst.CalendarTag)
	from := rd.today().AddDate(0, 0, -calendarPast)
	events, err := rd.tx.EventsDue(from, from.AddDate(200, 0, 0), store.EventPosition{}, feed.MaxEvents, store.ForReaders)
	if err != nil {
		return nil, err
	}
	hidden, err := rd.tx.HiddenEvents(from, from.AddDate(200, 0, 0), waitingLength)
	if err != nil {
		return nil, err
	}
	rd.waitFor(hidden)
	return rd.calendarView(at, rd.words.Text("calendar.of", rd.pub.Name), standfirst.CalendarPath, events)
}

// loadDealCalendar gathers the calendar of a deal.
func loadDealCalendar(rd *reading, at address) (*view, error) {
	deal, err := rd.tx.DealAt(at.slug)
	if err != nil {
		return nil, err
	}
	if deal.ReleasedAt.IsZero() {
		return nil, errNoPage
	}
	rd.tag(standfirst.DealTag(deal.ID))
	return rd.calendarOf(at, standfirst.Subject{Deal: deal.ID}, deal.Title, deal.Path())
}

// loadEntityCalendar returns the loader of the calendars of one kind of entity.
func loadEntityCalendar(kind standfirst.EntityKind) func(*reading, address) (*view, error) {
	return func(rd *reading, at address) (*view, error) {
		e, err := rd.tx.EntityAt(kind, at.slug)
		if err != nil {
			return nil, err
		}
		if !e.HasPage() {
			return nil, errNoPage
		}
		rd.tag(standfirst.EntityTag(e.ID))
		return rd.calendarOf(at, standfirst.Subject{Entity: e.ID}, e.Name, e.Path())
	}
}

// calendarOf gathers the calendar of a deal or an entity.
func (rd *reading) calendarOf(at address, s standfirst.Subject, name, home string) (*view, error) {
	found, err := rd.tx.EventsOf(s, rd.today().AddDate(0, 0, -calendarPast), feed.MaxEvents)
	if err != nil {
		return nil, err
	}
	rd.waitFor(found)
	var shown []standfirst.Event
	for _, e := range found {
		if e.Shown {
			shown = append(shown, e)
		}
	}
	return rd.calendarView(at, rd.words.Text("calendar.of", name), home, shown)
}

// calendarView is the events as programs take them.
func (rd *reading) calendarView(at address, name, home string, events []standfirst.Event) (*view, error) {
	views, err := rd.eventViews(events)
	if err != nil {
		return nil, err
	}
	c := feed.Calendar{Name: name, Home: rd.outside(home), Self: rd.outside(at.path)}
	for _, v := range views {
		c.Events = append(c.Events, rd.calendarEvent(v))
	}
	return &view{write: func() (string, []byte, error) { return feed.CalendarType, c.ICalendar(), nil }}, nil
}

// calendarEvent returns the event for programs.
func (rd *reading) calendarEvent(v ledger.EventView) feed.CalendarEvent {
	row := rd.eventRow(v)
	e := feed.CalendarEvent{
		UID:   v.UID + "@standfirst", // which does not change with the address of the publication
		Title: v.Title, Place: v.Place, Address: rd.outside(v.Path(rd.loc)), Kind: row.Kind,
		From: v.When.From, To: v.When.To, At: v.When.At, Confirmed: v.Confirmed, Cancelled: v.Cancelled,
		Sequence: v.Sequence, Created: v.PublicAt, Changed: v.ChangedPublicly(),
	}
	text := []string{row.When.Text + " (" + row.State + ")"}
	text = append(text, row.Changes...)
	if row.Story != nil {
		text = append(text, row.Story.Name+" "+rd.outside(row.Story.Path))
	}
	if v.Event.Address != "" {
		text = append(text, v.Event.Address)
	}
	e.Text = strings.Join(text, "\n")
	if n := len(v.Changes); n > 0 && !v.Changes[n-1].When.Equal(v.When) {
		e.Before = v.Changes[n-1].When.Last(rd.loc)
	}
	if v.Entity.HasPage() {
		e.About, e.AboutAddress = &v.Entity, rd.outside(v.Entity.Path())
	}
	return e
}

// describeEvents says to search engines what the page lists.
func (rd *reading) describeEvents(l *layout, at address, views []ledger.EventView) error {
	if rd.baseURL == "" {
		return nil
	}
	list := feed.List{Name: rd.words.Text("calendar"), Address: rd.outside(at.key), Above: rd.above(&link{rd.words.Text("calendar"), standfirst.CalendarPath})}
	nodes := list.Nodes()[1:] // where the page stands
	for _, v := range views {
		nodes = append(nodes, rd.calendarEvent(v).Node())
	}
	return rd.describeAs(l, nodes...)
}
