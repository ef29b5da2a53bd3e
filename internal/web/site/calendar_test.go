package site

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/feed/feedtest"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// plans returns the use cases of the ledger at the clock of the house.
func (h *house) plans() *ledger.Ledger {
	return ledger.New(h.store, ledger.Options{Clock: func() time.Time { return h.now }})
}

// entity stores a company; readers see it if it is out.
func (h *house) entity(name string, out bool) standfirst.EntityID {
	h.t.Helper()
	e := standfirst.Entity{Kind: standfirst.Company, Name: name}
	if out {
		e.ReleasedAt = h.now
	}
	h.must(h.store.Update(h.t.Context(), func(tx *store.Tx) (err error) {
		e.ID, err = tx.InsertEntity(e)
		return err
	}))
	return e.ID
}

// plan puts an event into the calendar, released unless it has a story.
func (h *house) plan(d ledger.EventDraft) standfirst.EventID {
	h.t.Helper()
	if d.Kind == "" {
		d.Kind = standfirst.EarningsEvent
	}
	d.Release = d.Release || d.Story == 0
	id, err := h.plans().AddEvent(h.t.Context(), standfirst.Command(), d)
	h.must(err)
	return id
}

func TestCalendar(t *testing.T) {
	h := newHouse(t)
	a := get(h.site, "/calendar")
	if a.Code != 200 || !strings.Contains(a.Body.String(), "Nothing is announced yet.") {
		t.Fatalf("the empty calendar answers %d: %s", a.Code, a.Body)
	}
	if got := get(h.site, "/calendar/2026-03").Code; got != 404 {
		t.Errorf("a month without events answers %d", got)
	}
	h.entity("Tallis Foods", true)
	at, err := standfirst.NewEventTime(standfirst.Day{Year: 2026, Month: 3, Day: 19}, standfirst.PrecisionInstant, "16:30", "America/New_York")
	h.must(err)
	quarter, err := standfirst.NewEventTime(standfirst.Day{Year: 2026, Month: 5, Day: 1}, standfirst.PrecisionQuarter, "", "")
	h.must(err)
	results := h.plan(ledger.EventDraft{Title: "Tallis Foods: annual results", When: at, Entity: "Tallis Foods", Confirmed: true, Place: "New York"})
	h.plan(ledger.EventDraft{Kind: standfirst.ListingEvent, Title: "A listing <in> Oslo", When: quarter})
	h.plan(ledger.EventDraft{Title: "Today", When: storetest.OnDay(t, "2026-03-03")})
	h.plan(ledger.EventDraft{Title: "Over", When: storetest.OnDay(t, "2026-02-10")})
	a = get(h.site, "/calendar")
	text := textOf(a.all("main")[0])
	for _, want := range []string{
		"March 2026 Tuesday 3 March 2026 Today results, expected", "19 Mar 2026, 20:30 GMT16:30 EDT there Tallis Foods: annual results results, confirmed New York Tallis Foods",
		"June 2026 some time in the second quarter of 2026 A listing <in> Oslo", "February 2026",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("without %q: %s", want, text)
		}
	}
	if strings.Contains(text, "Over") {
		t.Errorf("what is over is to come: %s", text)
	}
	data := a.all(`script[type="application/ld+json"]`)
	if len(data) != 1 || !strings.Contains(a.Body.String(), `"@type":"Event"`) || !strings.Contains(a.Body.String(), `"startDate":"2026-03-19T20:30:00Z"`) {
		t.Errorf("search engines are told %s", a.Body)
	}
	feedtest.JSONLD(t, data[0].FirstChild.Data)
	if got := len(a.all(`link[type="text/calendar"][href="/calendar.ics"]`)); got != 1 {
		t.Errorf("%d links to the calendar for programs", got)
	}
	month := get(h.site, "/calendar/2026-02")
	if month.Code != 200 || !strings.Contains(month.Body.String(), "Over") || attrOf(month.all(`a[rel="next"]`)[0], "href") != "/calendar/2026-03" {
		t.Errorf("February answers %d: %s", month.Code, month.Body)
	}
	for path, want := range map[string]int{"/calendar/2026-13": 404, "/calendar/2026-3": 404, "/calendar?after=99": 404, "/calendar?after=x": 404, "/calendar?after=1": 200, "/calendar/2026-03?after=2": 404, "/calendar/": 301, "/calendar/2030-01": 404} {
		if got := get(h.site, path).Code; got != want {
			t.Errorf("%s answers %d, want %d", path, got, want)
		}
	}
	company := get(h.site, "/company/tallis-foods")
	if text := textOf(company.all("main")[0]); !strings.Contains(text, "Coming up 19 Mar 2026, 20:30 GMT") {
		t.Errorf("the company's page says %s", text)
	}

	// Moved and cancelled, each page is made anew, and programs are told.
	h.now = h.now.Add(time.Hour)
	h.must(h.plans().MoveEvent(t.Context(), standfirst.Command(), results, storetest.OnDay(t, "2026-03-26"), "The auditor is ill.", ""))
	h.must(h.plans().CancelEvent(t.Context(), standfirst.Command(), results, false, "", ""))
	for _, path := range []string{"/calendar", "/calendar/2026-03", "/company/tallis-foods"} {
		if text := textOf(get(h.site, path).all("main")[0]); !strings.Contains(text, "Cancelled on 3 March 2026. Formerly 19 Mar 2026, 20:30 GMT; moved on 3 March 2026. The auditor is ill.") {
			t.Errorf("%s says %s", path, text)
		}
	}
	for _, path := range []string{"/calendar.ics", "/company/tallis-foods/calendar.ics"} {
		a := get(h.site, path)
		if got := a.Header().Get("Content-Type"); a.Code != 200 || got != "text/calendar; charset=utf-8" {
			t.Errorf("%s answers %d, %s", path, a.Code, got)
		}
		for _, want := range []string{"STATUS:CANCELLED\r\n", "SEQUENCE:2\r\n", "DTSTART;VALUE=DATE:20260326\r\n", "LAST-MODIFIED:20260303T100000Z\r\n"} {
			if !strings.Contains(a.Body.String(), want) {
				t.Errorf("%s is without %q:\n%s", path, want, a.Body)
			}
		}
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("If-None-Match", a.Header().Get("ETag"))
		if got := send(h.site, r).Code; got != http.StatusNotModified {
			t.Errorf("%s answers %d to who has it", path, got)
		}
	}
	if got := get(h.site, "/company/nobody/calendar.ics").Code; got != 404 {
		t.Errorf("nobody's calendar answers %d", got)
	}

	// The next day has another list, although nothing was written.
	h.now = h.now.Add(24 * time.Hour)
	if text := textOf(get(h.site, "/calendar").all("main")[0]); strings.Contains(text, "Today") {
		t.Errorf("a day later: %s", text)
	}
}

func TestCalendarPages(t *testing.T) {
	h := newHouse(t)
	for range calendarLength + 1 {
		h.plan(ledger.EventDraft{Title: "One of many", When: storetest.OnDay(t, "2026-03-19")})
	}
	for _, path := range []string{"/calendar", "/calendar/2026-03"} {
		a := get(h.site, path)
		if got := len(a.all(".notices > li")); got != calendarLength {
			t.Errorf("%s has %d events", path, got)
		}
		next := get(h.site, attrOf(a.all(".turn a")[0], "href"))
		if got := len(next.all(".notices > li")); got != 1 {
			t.Errorf("the page after %s has %d events", path, got)
		}
	}
}

// TestCalendarKeepsSecrets holds that nothing shows through an event which readers do not
// see yet, or any more, on any page or in any calendar, and that it shows as soon as they do.
func TestCalendarKeepsSecrets(t *testing.T) {
	h := newHouse(t)
	h.entity("Tallis Foods", true)
	hidden := h.entity("Quay Capital", false)
	deal := func(title string) (id standfirst.DealID) {
		h.must(h.store.Update(t.Context(), func(tx *store.Tx) (err error) {
			target, err := tx.EntityAt(standfirst.Company, "tallis-foods")
			if err != nil {
				return err
			}
			id, err = tx.InsertDeal(standfirst.Deal{Kind: standfirst.Merger, Title: title, Target: target.ID, CreatedAt: h.now})
			return err
		}))
		return id
	}("A secret merger")
	draft := h.draft(standfirst.Content{Headline: "A draft of secrets", Body: "Tallis Foods reports."})
	out := h.publish(standfirst.Content{Headline: "A story that is out", Body: "Tallis Foods reports."})
	when := storetest.OnDay(t, "2026-03-19")
	h.plan(ledger.EventDraft{Title: "secret one", When: when, Story: draft.ID, Entity: "Tallis Foods"})
	h.plan(ledger.EventDraft{Title: "secret two", When: when, Entity: hidden.String()})
	h.plan(ledger.EventDraft{Title: "secret three", When: when, Deal: deal.String()})
	h.plan(ledger.EventDraft{Title: "secret four", When: when, Story: out.ID, Entity: "Tallis Foods"}) // with its next version
	shown := h.plan(ledger.EventDraft{Title: "seen five", When: when, Story: draft.ID, Entity: "Tallis Foods", Release: true})
	h.plan(ledger.EventDraft{Title: "seen six", When: when, Story: out.ID, Words: "Tallis Foods reports.", Entity: "Tallis Foods"})
	// Moved before anybody saw it.
	early, err := h.plans().AddEvent(t.Context(), standfirst.Command(), ledger.EventDraft{Kind: standfirst.VoteEvent, Title: "seen seven", When: storetest.OnDay(t, "2026-12-24")})
	h.must(err)
	h.must(h.plans().MoveEvent(t.Context(), standfirst.Command(), early, when, "A secret reason.", ""))
	h.must(h.plans().ReleaseEvent(t.Context(), standfirst.Command(), early, ""))

	paths := []string{"/calendar", "/calendar/2026-03", "/company/tallis-foods", "/calendar.ics", "/company/tallis-foods/calendar.ics"}
	all := func(path string) string {
		a := get(h.site, path)
		if a.Code != 200 {
			t.Errorf("%s answers %d", path, a.Code)
		}
		return strings.ReplaceAll(a.Body.String(), "\r\n ", "")
	}
	for _, path := range paths {
		text := all(path)
		if strings.Contains(strings.ToLower(text), "secret") || strings.Contains(text, "Quay Capital") || strings.Contains(text, "24 December") {
			t.Errorf("%s tells: %s", path, text)
		}
		if !strings.Contains(text, "seen five") || !strings.Contains(text, "seen six") {
			t.Errorf("%s keeps what is out: %s", path, text)
		}
	}
	if got := get(h.site, "/deal/a-secret-merger/calendar.ics").Code; got != 404 {
		t.Errorf("the calendar of a deal that is not out answers %d", got)
	}
	if got := get(h.site, "/calendar?after=1").Code; got != 404 {
		t.Errorf("a list after an event that is not out answers %d", got)
	}

	// Each shows as soon as what it waited for is out, on pages that were kept.
	_, err = h.news.Publish(t.Context(), standfirst.Command(), draft.ID, newsroom.PublishOptions{})
	h.must(err)
	h.update(out.ID, func(c *standfirst.Content) { c.Body += "\n\nAnd more." })
	for _, path := range paths {
		text := all(path)
		for _, want := range []string{"secret one", "secret four"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s is without %q", path, want)
			}
		}
		if strings.Contains(text, "secret two") || strings.Contains(text, "secret three") {
			t.Errorf("%s tells of a company or a deal", path)
		}
	}
	h.must(h.plans().RemoveEvent(t.Context(), standfirst.Command(), shown, ""))
	_, err = h.news.Unpublish(t.Context(), standfirst.Command(), draft.ID)
	h.must(err)
	for _, path := range paths {
		if text := all(path); strings.Contains(text, "secret one") || strings.Contains(text, "seen five") {
			t.Errorf("%s tells of a story that was taken down", path)
		}
	}
}

// calendarLine returns the value of the only line of the calendar with the name.
func calendarLine(t *testing.T, calendar, name string) string {
	t.Helper()
	_, rest, ok := strings.Cut(strings.ReplaceAll(calendar, "\r\n ", ""), "\r\n"+name+":")
	value, rest, _ := strings.Cut(rest, "\r\n")
	if !ok || strings.Contains(rest, "\n"+name+":") {
		t.Fatalf("not one line %s in:\n%s", name, calendar)
	}
	return value
}

// TestCalendarTellsNoRecording holds that programs learn when an event came out and changed
// since, and nothing of when the desk recorded it.
func TestCalendarTellsNoRecording(t *testing.T) {
	h := newHouse(t)
	begin := h.now
	later := func(by time.Duration) string {
		h.now = begin.Add(by)
		return h.now.UTC().Format("20060102T150405Z")
	}
	const path = "/calendar.ics"
	lines := func(created, changed string) string {
		t.Helper()
		text := get(h.site, path).Body.String()
		for name, want := range map[string]string{"CREATED": created, "DTSTAMP": changed, "LAST-MODIFIED": changed} {
			if got := calendarLine(t, text, name); got != want {
				t.Errorf("%s is %s, want %s", name, got, want)
			}
		}
		return calendarLine(t, text, "UID")
	}
	draft := h.draft(standfirst.Content{Headline: "Results", Body: "Tallis Foods reports."})
	recorded := later(time.Minute)
	id := h.plan(ledger.EventDraft{Title: "Results", When: storetest.OnDay(t, "2026-03-19"), Story: draft.ID})
	later(2 * time.Minute)
	h.must(h.plans().MoveEvent(t.Context(), standfirst.Command(), id, storetest.OnDay(t, "2026-03-20"), "", ""))
	out := later(time.Hour)
	_, err := h.news.Publish(t.Context(), standfirst.Command(), draft.ID, newsroom.PublishOptions{})
	h.must(err)
	uid := lines(out, out)
	micros := strconv.FormatInt(begin.Add(time.Minute).UnixMicro(), 10)
	if !strings.HasSuffix(uid, "@standfirst") || strings.Contains(uid, micros) || strings.Contains(uid, recorded) || len(uid) < 30 {
		t.Errorf("it is known as %s", uid)
	}
	moved := later(2 * time.Hour)
	h.must(h.plans().MoveEvent(t.Context(), standfirst.Command(), id, storetest.OnDay(t, "2026-03-26"), "", ""))
	if again := lines(out, moved); again != uid {
		t.Errorf("it was known as %s, and is as %s", uid, again)
	}
	later(3 * time.Hour)
	h.must(h.plans().ReleaseEvent(t.Context(), standfirst.Command(), id, ""))
	if again := lines(out, h.now.UTC().Format("20060102T150405Z")); again != uid {
		t.Errorf("it was known as %s, and is as %s", uid, again)
	}

	// One that was released and waits for its company came out with that.
	h.must(h.plans().RemoveEvent(t.Context(), standfirst.Command(), id, ""))
	hidden := h.entity("Quay Capital", false)
	h.plan(ledger.EventDraft{Title: "Meeting", When: storetest.OnDay(t, "2026-03-27"), Entity: hidden.String()})
	out = later(4 * time.Hour)
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
		tx.Touch(standfirst.CalendarTag)
		_, err := tx.ReleaseEntities([]standfirst.EntityID{hidden}, h.now)
		return err
	}))
	if next := lines(out, out); next == uid {
		t.Errorf("two events are known as %s", uid)
	}
}
