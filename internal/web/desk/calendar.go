package desk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/web"
)

const (
	calendarPath = Prefix + "/calendar"
	eventPrefix  = Prefix + "/event/"
	// calendarLength is how many events one page lists.
	calendarLength = 50
	// calendarPast is for how many days events that are over are listed when one asks for them.
	calendarPast = 366
)

// eventPath returns the address of an event at the desk.
func eventPath(id standfirst.EventID) string { return eventPrefix + id.String() }

// calendarRoutes adds the pages of the calendar.
func (d *Desk) calendarRoutes(metrics *web.Metrics) {
	for pattern, answer := range map[string]func(*member) error{
		"GET /desk/calendar":            (*member).calendar,
		"GET /desk/calendar/new":        (*member).newEvent,
		"POST /desk/calendar/new":       (*member).createEvent,
		"GET /desk/event/{id}":          (*member).event,
		"POST /desk/event/{id}":         (*member).changeEvent,
		"POST /desk/event/{id}/cancel":  (*member).cancelEvent,
		"POST /desk/event/{id}/take-up": (*member).takeUpEvent,
		"POST /desk/event/{id}/release": (*member).releaseEvent,
		"POST /desk/event/{id}/remove":  (*member).removeEvent,
	} {
		d.route(pattern, d.member(answer), metrics)
	}
}

// calendarPage lists events in the order in which they are due.
type calendarPage struct {
	Layout layout
	Done   string
	Events []listedEvent
	Past   bool // it lists also what is over
	More   string
	First  string
}

// listedEvent is one event in a list.
type listedEvent struct {
	Path, Title, Kind, When, State string
	About                          string // empty for nothing
	Seen                           string // whether readers see it, and what it waits for
	Cancelled                      bool
}

// calendarFrom returns from when on events are listed.
func (m *member) calendarFrom(past bool) (time.Time, error) {
	pub, err := m.publication()
	day := standfirst.DayOf(m.clock(), pub.Location())
	if past {
		day = day.AddDays(-calendarPast)
	}
	return day.In(pub.Location()), err
}

func (m *member) calendar() error {
	q := m.r.URL.Query()
	p := &calendarPage{Layout: m.layout(m.Text("desk.calendar")), Past: q.Get("past") != ""}
	if q.Get("done") == "removed" {
		p.Done = m.Text("desk.event.done.removed")
	}
	var after int64
	if text := q.Get("after"); text != "" {
		var err error
		if after, err = strconv.ParseInt(text, 10, 64); err != nil || after < 1 {
			return standfirst.Errorf(standfirst.NotFound, "there is no list after %q", text)
		}
	}
	from, err := m.calendarFrom(p.Past)
	if err != nil {
		return err
	}
	list, err := m.ledger.FindEvents(m.r.Context(), m.staff.Actor(), from, standfirst.EventID(after), calendarLength)
	if err != nil {
		return err
	}
	here := calendarPath
	if p.Past {
		here += "?past=1"
	}
	if after != 0 {
		p.First = here
	}
	if list.More {
		p.More = withValue(here, "after", list.Events[len(list.Events)-1].Event.ID.String())
	}
	for _, e := range list.Events {
		p.Events = append(p.Events, m.listedEvent(e))
	}
	return m.render(m.w, m.r, http.StatusOK, "calendar", p)
}

func (m *member) listedEvent(e ledger.PlannedEvent) listedEvent {
	row := listedEvent{
		Path: eventPath(e.Event.ID), Title: e.Event.Title, Kind: m.Text("event.kind." + string(e.Event.Kind)), When: e.When.Words(), Cancelled: e.Cancelled,
		State: m.Text("event.expected"), Seen: m.eventSeen(e),
	}
	switch {
	case e.Cancelled:
		row.State = m.Text("event.cancelled")
	case e.Confirmed:
		row.State = m.Text("event.confirmed")
	}
	switch {
	case e.Deal.ID != 0:
		row.About = e.Deal.Title
	case e.Entity.ID != 0:
		row.About = e.Entity.Name
	}
	return row
}

// eventSeen says whether readers see the event, and else what it waits for.
func (m *member) eventSeen(e ledger.PlannedEvent) string {
	switch waits := e.Waits(); {
	case e.Shown:
		return m.Text("desk.event.seen")
	case waits != "":
		return m.Text("desk.event.waits", waits)
	case e.ReleasedAt.IsZero() && e.Story.ID != 0:
		return m.Text("desk.event.waits.story", e.Story.Headline)
	}
	return m.Text("desk.event.unseen")
}

// eventPage is the form of an event, new or not.
type eventPage struct {
	Layout  layout
	Path    string // where the form goes
	New     bool
	Done    string
	Failure string

	Public   string // where readers find it; empty while they do not see it
	Seen     string // whether readers see it, and what it waits for
	Change   bool   // who asks may change it
	Release  bool   // … and let readers see it
	Released bool
	Off      bool // it is cancelled
	Story    *link
	Changes  []eventChangeRow

	Guard guard
	Form  eventForm
}

// eventChangeRow is one line of the history of an event.
type eventChangeRow struct {
	Was, Note string
	When      moment
}

// eventForm is what is typed of an event.
type eventForm struct {
	Title, Day, Clock, Zone    string
	Place, Address             string
	Entity, Deal, Story, Claim string
	Note                       string
	Confirmed, Release         bool
	Kinds, Precisions          []choice
}

func (m *member) newEvent() error {
	q := m.r.URL.Query()
	return m.newEventPage(http.StatusOK, "", eventForm{Entity: q.Get("entity"), Deal: q.Get("deal"), Story: q.Get("story")}, "", standfirst.PrecisionDay)
}

func (m *member) newEventPage(status int, failure string, f eventForm, kind standfirst.EventKind, precision standfirst.Precision) error {
	actor := m.staff.Actor()
	if err := actor.Require(standfirst.RecordEvent); err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	if f.Zone == "" {
		f.Zone = pub.Location().String()
	}
	m.eventChoices(&f, kind, precision)
	p := &eventPage{
		Layout: m.layout(m.Text("desk.event.new")), Path: calendarPath + "/new", New: true, Change: true, Release: actor.Can(standfirst.ReleaseEvent), Failure: failure, Form: f,
	}
	return m.render(m.w, m.r, status, "event", p)
}

// eventChoices fills in what one can choose from.
func (m *member) eventChoices(f *eventForm, kind standfirst.EventKind, precision standfirst.Precision) {
	for _, k := range standfirst.EventKinds() {
		f.Kinds = append(f.Kinds, choice{string(k), m.Text("event.kind." + string(k)), k == kind})
	}
	for _, k := range standfirst.EventPrecisions() {
		f.Precisions = append(f.Precisions, choice{string(k), m.Text("desk.event.precision." + string(k)), k == precision})
	}
}

// typedEvent reads the form, with what can be made of it.
func (m *member) typedEvent() (eventForm, ledger.EventDraft, error) {
	value := func(name string) string { return strings.TrimSpace(m.r.PostFormValue(name)) }
	f := eventForm{
		Title: value("title"), Day: value("day"), Clock: value("clock"), Zone: value("zone"), Place: value("place"), Address: value("address"),
		Entity: value("entity"), Deal: value("deal"), Story: value("story"), Claim: value("claim"), Note: value("note"),
		Confirmed: value("confirmed") != "", Release: value("release") != "",
	}
	d := ledger.EventDraft{
		Kind: standfirst.EventKind(value("kind")), Title: f.Title, Confirmed: f.Confirmed, Place: f.Place, Address: f.Address, Entity: f.Entity, Deal: f.Deal,
		Note: f.Note, Release: f.Release, Seen: m.seen(),
	}
	story, err := typedNumber(f.Story, "story")
	if err != nil {
		return f, d, err
	}
	claim, err := typedNumber(f.Claim, "figure")
	if err != nil {
		return f, d, err
	}
	d.Story, d.Claim = standfirst.StoryID(story), standfirst.ClaimID(claim)
	day, err := standfirst.ParseDay(f.Day)
	if err != nil {
		return f, d, standfirst.Errorf(standfirst.Invalid, "say on which day it is; write it as 2026-01-31")
	}
	d.When, err = standfirst.NewEventTime(day, standfirst.Precision(value("precision")), f.Clock, f.Zone)
	return f, d, err
}

// typedNumber reads the number of a story or a figure; nothing is zero.
func typedNumber(text, of string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, standfirst.Errorf(standfirst.Invalid, "%q is not the number of a %s", text, of)
	}
	return n, nil
}

// refusedEvent returns the status and the words for an error that the form of an event tells,
// as [refusedForm] does, and for a story that is not for them to edit.
func refusedEvent(err error) (status int, told string) {
	if err != nil && standfirst.KindOf(err) == standfirst.Forbidden {
		return http.StatusForbidden, message(err)
	}
	return refusedForm(err)
}

func (m *member) createEvent() error {
	if err := m.staff.Actor().Require(standfirst.RecordEvent); err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	f, d, err := m.typedEvent()
	var id standfirst.EventID
	if err == nil {
		id, err = m.ledger.AddEvent(m.r.Context(), m.staff.Actor(), d)
	}
	if status, told := refusedEvent(err); told != "" {
		return m.newEventPage(status, told, f, d.Kind, standfirst.Precision(m.r.PostFormValue("precision")))
	}
	if err != nil {
		return err
	}
	http.Redirect(m.w, m.r, eventPath(id)+"?done=created", http.StatusSeeOther)
	return nil
}

func (m *member) event() error {
	id, err := m.pathID()
	if err != nil {
		return err
	}
	p := new(eventPage)
	if what := m.r.URL.Query().Get("done"); slices.Contains([]string{"created", "changed", "cancelled", "taken-up", "released"}, what) {
		p.Done = m.Text("desk.event.done." + what)
	}
	return m.eventPage(http.StatusOK, standfirst.EventID(id), p, nil)
}

// eventPage answers with the page of the event, with what was typed into its form.
func (m *member) eventPage(status int, id standfirst.EventID, p *eventPage, typed *eventForm) error {
	actor := m.staff.Actor()
	e, err := m.ledger.Event(m.r.Context(), actor, id)
	if err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	zone := pub.Location()
	p.Layout, p.Path = m.layout(e.Event.Title), eventPath(id)
	p.Release, p.Released, p.Off, p.Seen = actor.Can(standfirst.ReleaseEvent), !e.ReleasedAt.IsZero(), e.Cancelled, m.eventSeen(e)
	p.Change = e.MayChange(actor) == nil
	if e.Shown {
		p.Public = e.Event.Path(zone)
	}
	if e.Story.ID != 0 {
		p.Story = &link{storyPath(e.Story.ID), e.Story.Headline}
	}
	for _, c := range e.Changes {
		row := eventChangeRow{Was: c.When.Words(), Note: c.Note, When: m.moment(c.At, zone)}
		if c.Cancelled {
			row.Was += ", " + m.Text("event.cancelled")
		}
		p.Changes = append(p.Changes, row)
	}
	kind, precision := e.Event.Kind, e.When.Precision
	if typed != nil {
		p.Form = *typed
		kind, precision = standfirst.EventKind(m.r.PostFormValue("kind")), standfirst.Precision(m.r.PostFormValue("precision"))
	} else {
		p.Form = formOfEvent(e, zone)
	}
	p.Guard.fill(e.Event.Fingerprint(), m.eventFields(formOfEvent(e, zone), e.Event.Kind, e.When.Precision, p.Form, kind, precision)...)
	m.eventChoices(&p.Form, kind, precision)
	return m.render(m.w, m.r, status, "event", p)
}

// eventFields returns the fields of the form of an event, as they stand and as they were typed.
func (m *member) eventFields(stands eventForm, kind standfirst.EventKind, precision standfirst.Precision, typed eventForm, typedKind standfirst.EventKind, typedPrecision standfirst.Precision) []field {
	kindOf := func(k standfirst.EventKind) string { return m.Text("event.kind." + string(k)) }
	precisionOf := func(p standfirst.Precision) string { return m.Text("desk.event.precision." + string(p)) }
	return []field{
		{m.Text("deals.kind"), kindOf(kind), kindOf(typedKind)}, {m.Text("desk.event.title"), stands.Title, typed.Title},
		{m.Text("desk.event.precision"), precisionOf(precision), precisionOf(typedPrecision)}, {m.Text("desk.event.day"), stands.Day, typed.Day},
		{m.Text("desk.event.clock"), stands.Clock, typed.Clock}, {m.Text("desk.event.zone"), stands.Zone, typed.Zone},
		{m.Text("desk.event.confirmed"), m.ticked(stands.Confirmed), m.ticked(typed.Confirmed)}, {m.Text("desk.event.place"), stands.Place, typed.Place},
		{m.Text("desk.event.address"), stands.Address, typed.Address}, {m.Text("desk.event.entity"), stands.Entity, typed.Entity},
		{m.Text("desk.event.deal"), stands.Deal, typed.Deal}, {m.Text("desk.event.story"), stands.Story, typed.Story}, {m.Text("desk.event.claim"), stands.Claim, typed.Claim},
	}
}

// formOfEvent returns the form of the event as it is stored.
func formOfEvent(e ledger.PlannedEvent, zone *time.Location) eventForm {
	f := eventForm{
		Title: e.Event.Title, Day: e.When.From.String(), Zone: zone.String(), Place: e.Place, Address: e.Address, Confirmed: e.Confirmed,
	}
	if there, err := time.LoadLocation(e.When.Zone); err == nil && !e.When.At.IsZero() {
		f.Zone, f.Clock = e.When.Zone, e.When.At.In(there).Format("15:04")
	}
	if e.Entity.ID != 0 {
		f.Entity = strings.TrimPrefix(e.Entity.Path(), "/") // which no other has
	}
	if e.Deal.ID != 0 {
		f.Deal = string(e.Deal.Slug)
	}
	if e.Event.Story != 0 {
		f.Story = e.Event.Story.String()
	}
	if e.Event.Claim != 0 {
		f.Claim = e.Event.Claim.String()
	}
	return f
}

// changingEvent reads the form of who changes an event, and returns which one.
func (m *member) changingEvent(p standfirst.Permission) (standfirst.EventID, error) {
	if err := m.staff.Actor().Require(p); err != nil {
		return 0, err
	}
	id, err := m.pathID()
	if err != nil {
		return 0, err
	}
	return standfirst.EventID(id), m.form()
}

// eventChanged goes back to the event, which says what was done, or answers with the page and
// what was typed where the error is one that it tells.
func (m *member) eventChanged(id standfirst.EventID, done string, typed *eventForm, err error) error {
	if status, told := refusedEvent(err); told != "" {
		return m.eventPage(status, id, &eventPage{Failure: told, Guard: m.guardOf(err)}, typed)
	}
	if err != nil {
		return err
	}
	http.Redirect(m.w, m.r, eventPath(id)+"?done="+done, http.StatusSeeOther)
	return nil
}

func (m *member) changeEvent() error {
	id, err := m.changingEvent(standfirst.RecordEvent)
	if err != nil {
		return err
	}
	f, d, err := m.typedEvent()
	if err == nil {
		err = m.ledger.ChangeEvent(m.r.Context(), m.staff.Actor(), id, d)
	}
	return m.eventChanged(id, "changed", &f, err)
}

func (m *member) cancelEvent() error {
	id, err := m.changingEvent(standfirst.RecordEvent)
	if err != nil {
		return err
	}
	value := m.r.PostFormValue
	return m.eventChanged(id, "cancelled", nil, m.ledger.CancelEvent(m.r.Context(), m.staff.Actor(), id, false, value("note"), m.seen()))
}

func (m *member) takeUpEvent() error {
	id, err := m.changingEvent(standfirst.RecordEvent)
	if err != nil {
		return err
	}
	value := m.r.PostFormValue
	return m.eventChanged(id, "taken-up", nil, m.ledger.CancelEvent(m.r.Context(), m.staff.Actor(), id, true, value("note"), m.seen()))
}

func (m *member) releaseEvent() error {
	id, err := m.changingEvent(standfirst.ReleaseEvent)
	if err != nil {
		return err
	}
	return m.eventChanged(id, "released", nil, m.ledger.ReleaseEvent(m.r.Context(), m.staff.Actor(), id, m.seen()))
}

func (m *member) removeEvent() error {
	id, err := m.changingEvent(standfirst.RecordEvent)
	if err != nil {
		return err
	}
	if err := m.ledger.RemoveEvent(m.r.Context(), m.staff.Actor(), id, m.seen()); err != nil {
		return m.eventChanged(id, "", nil, err)
	}
	http.Redirect(m.w, m.r, calendarPath+"?done=removed", http.StatusSeeOther)
	return nil
}
