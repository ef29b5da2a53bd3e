package ledger

import (
	"strconv"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

var (
	eventReporter = standfirst.Actor{Kind: standfirst.ActorStaff, ID: 7, Name: "Rhys", Role: standfirst.Reporter}
	eventEditor   = standfirst.Actor{Kind: standfirst.ActorStaff, ID: 8, Name: "Ines", Role: standfirst.Editor}
)

// planner is a ledger with a company that readers see, one that they do not, and what was
// touched.
type planner struct {
	*testing.T
	store         *store.Store
	ledger        *Ledger
	now           time.Time
	shown, hidden standfirst.EntityID
	touched       map[standfirst.Tag]bool
}

func newPlanner(t *testing.T, st *store.Store) *planner {
	p := &planner{T: t, store: st, now: time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC), touched: make(map[standfirst.Tag]bool)}
	p.ledger = New(st, Options{Clock: func() time.Time { return p.now }})
	p.must(st.Update(t.Context(), func(tx *store.Tx) (err error) {
		if err := tx.PutPublication(standfirst.DefaultPublication()); err != nil {
			return err
		}
		if p.shown, err = tx.InsertEntity(standfirst.Entity{Kind: standfirst.Company, Name: "Tallis Foods", ReleasedAt: p.now}); err != nil {
			return err
		}
		p.hidden, err = tx.InsertEntity(standfirst.Entity{Kind: standfirst.Company, Name: "Quay Capital"})
		return err
	}))
	st.OnTouch(func(tags []standfirst.Tag) {
		for _, tag := range tags {
			p.touched[tag] = true
		}
	})
	return p
}

func (p *planner) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *planner) want(err error, kind standfirst.ErrorKind) {
	p.Helper()
	if standfirst.KindOf(err) != kind || err == nil {
		p.Errorf("got %v, want %v", err, kind)
	}
}

func (p *planner) event(id standfirst.EventID) PlannedEvent {
	p.Helper()
	e, err := p.ledger.Event(p.Context(), eventReporter, id)
	p.must(err)
	return e
}

// draft stores a draft of the actor.
func (p *planner) draft(of standfirst.Actor) (id standfirst.StoryID) {
	p.Helper()
	p.must(p.store.Update(p.Context(), func(tx *store.Tx) (err error) {
		id, err = tx.InsertStory(standfirst.Story{Kind: standfirst.KindStory, State: standfirst.Draft, Slug: "results", CreatedBy: of.String()}, standfirst.Content{Headline: "Results"})
		return err
	}))
	return id
}

// on returns the day as a draft of an event has it.
func on(t testing.TB, day int) standfirst.EventTime {
	t.Helper()
	when, err := standfirst.NewEventTime(standfirst.Day{Year: 2026, Month: 3, Day: day}, standfirst.PrecisionDay, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestEvents(t *testing.T) {
	for name, open := range map[string]func(*testing.T) *store.Store{
		"SQLite":   func(t *testing.T) *store.Store { return storetest.Open(t) },
		"Postgres": func(t *testing.T) *store.Store { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) { testEvents(newPlanner(t, open(t))) })
	}
}

func testEvents(p *planner) {
	ctx := p.Context()
	d := EventDraft{Kind: standfirst.EarningsEvent, Title: " Results ", When: on(p, 19), Entity: "Tallis Foods"}
	_, err := p.ledger.AddEvent(ctx, standfirst.Actor{Kind: standfirst.ActorStaff, ID: 9, Role: standfirst.Moderator}, d)
	p.want(err, standfirst.Forbidden)
	released := d
	released.Release = true
	_, err = p.ledger.AddEvent(ctx, eventReporter, released)
	p.want(err, standfirst.Forbidden)
	for _, bad := range []EventDraft{
		{Kind: "party", Title: "Results", When: on(p, 19)}, {Kind: d.Kind, When: on(p, 19)}, {Kind: d.Kind, Title: "Results"},
		{Kind: d.Kind, Title: "Results", When: on(p, 19), Entity: "Nobody"}, {Kind: d.Kind, Title: "Results", When: on(p, 19), Deal: "no deal"},
		{Kind: d.Kind, Title: "Results", When: on(p, 19), Story: 99}, {Kind: d.Kind, Title: "Results", When: on(p, 19), Claim: 99},
		{Kind: d.Kind, Title: "Results", When: on(p, 19), Address: "javascript:alert(1)"},
	} {
		_, err := p.ledger.AddEvent(ctx, eventEditor, bad)
		p.want(err, standfirst.Invalid)
	}
	id, err := p.ledger.AddEvent(ctx, eventReporter, d)
	p.must(err)
	e := p.event(id)
	if e.Shown || e.Title != "Results" || e.Entity.ID != p.shown {
		p.Errorf("added: %+v", e)
	}
	for _, tag := range []standfirst.Tag{standfirst.CalendarTag, standfirst.EntityTag(p.shown)} {
		if !p.touched[tag] {
			p.Errorf("%s is not touched", tag)
		}
	}

	// Two open forms: the second is told.
	seen := e.Event.Fingerprint()
	d.Seen, d.When, d.Note = seen, on(p, 20), "The books are late."
	p.must(p.ledger.ChangeEvent(ctx, eventReporter, id, d))
	p.want(p.ledger.ChangeEvent(ctx, eventReporter, id, d), standfirst.Conflict)
	p.want(p.ledger.ReleaseEvent(ctx, eventReporter, id, ""), standfirst.Forbidden)
	p.must(p.ledger.ReleaseEvent(ctx, eventEditor, id, ""))

	// Nor does a reporter let readers see what an editor released, and what only waits for its
	// company.
	unseen := EventDraft{Kind: d.Kind, Title: "Meeting", When: on(p, 22), Entity: "Quay Capital", Release: true}
	held, err := p.ledger.AddEvent(ctx, eventEditor, unseen)
	p.must(err)
	unseen.Release = false
	p.must(p.ledger.ChangeEvent(ctx, eventReporter, held, unseen))
	unseen.Entity = "Tallis Foods"
	p.want(p.ledger.ChangeEvent(ctx, eventReporter, held, unseen), standfirst.Forbidden)
	if e := p.event(held); e.Shown || e.Entity.ID != p.hidden {
		p.Errorf("readers see %+v", e)
	}
	p.must(p.ledger.RemoveEvent(ctx, eventReporter, held, ""))

	// What readers see is for editors to change, and readers are told of it.
	p.want(p.ledger.MoveEvent(ctx, eventReporter, id, on(p, 21), "", ""), standfirst.Forbidden)
	p.want(p.ledger.CancelEvent(ctx, eventReporter, id, false, "", ""), standfirst.Forbidden)
	p.want(p.ledger.RemoveEvent(ctx, eventReporter, id, ""), standfirst.Forbidden)
	p.must(p.ledger.MoveEvent(ctx, eventEditor, id, on(p, 21), "The auditor is ill.", ""))
	p.must(p.ledger.CancelEvent(ctx, eventEditor, id, false, "No results.", ""))
	p.must(p.ledger.CancelEvent(ctx, eventEditor, id, false, "No results.", "")) // is said already
	var views []EventView
	p.must(p.store.View(ctx, func(tx *store.ReadTx) error {
		e, err := tx.Event(id)
		if err != nil {
			return err
		}
		views, err = ViewEvents(tx, []standfirst.Event{e})
		return err
	}))
	v := views[0]
	if !v.Shown || !v.Cancelled || v.Sequence != 4 || len(v.Changes) != 2 || v.Changes[1].When.From.Day != 20 || v.Changes[1].Note != "The auditor is ill." {
		p.Errorf("readers see %+v", v)
	}
	if all := p.event(id).Changes; len(all) != 3 || all[2].Note != "The books are late." {
		p.Errorf("the desk sees %+v", all)
	}
	var audits []standfirst.AuditEntry
	p.must(p.store.View(ctx, func(tx *store.ReadTx) (err error) {
		audits, err = tx.Audits("event:"+id.String(), 10)
		return err
	}))
	if len(audits) != 5 {
		p.Errorf("%d audit rows: %v", len(audits), audits)
	}

	// What it is about is not out: the event waits, released or not.
	released.Entity, released.Title = "Quay Capital", "A hearing"
	waiting, err := p.ledger.AddEvent(ctx, eventEditor, released)
	p.must(err)
	if e := p.event(waiting); e.Shown || e.Waits() != "Quay Capital" {
		p.Errorf("about a company that is not out: %+v", e)
	}
	list, err := p.ledger.FindEvents(ctx, eventReporter, p.now, 0, 1)
	if err != nil || len(list.Events) != 1 || !list.More || list.Events[0].ID != waiting {
		p.Errorf("listed: %+v, %v", list, err)
	}
	list, err = p.ledger.FindEvents(ctx, eventReporter, p.now, waiting, 1)
	if err != nil || len(list.Events) != 1 || list.More || list.Events[0].ID != id {
		p.Errorf("listed after: %+v, %v", list, err)
	}
	p.must(p.ledger.RemoveEvent(ctx, eventEditor, id, ""))
	_, err = p.ledger.Event(ctx, eventEditor, id)
	p.want(err, standfirst.NotFound)
}

// TestEventsOfSomebodyElsesStory holds that nobody puts an event into a story that is not
// theirs to edit, nor changes one that goes out with it.
func TestEventsOfSomebodyElsesStory(t *testing.T) {
	p := newPlanner(t, storetest.Open(t))
	ctx := t.Context()
	other := standfirst.Actor{Kind: standfirst.ActorStaff, ID: 9, Name: "Olga", Role: standfirst.Reporter}
	theirs, own := p.draft(other), p.draft(eventReporter)
	d := EventDraft{Kind: standfirst.EarningsEvent, Title: "Results", When: on(p, 19), Story: theirs}
	_, err := p.ledger.AddEvent(ctx, eventReporter, d)
	p.want(err, standfirst.Forbidden)
	id, err := p.ledger.AddEvent(ctx, other, d)
	p.must(err)
	_, err = p.ledger.AddEvent(ctx, eventEditor, d)
	p.must(err)

	// Nor is an event moved there, or what is in it changed, taken out of it or removed.
	d.Story = own
	mine, err := p.ledger.AddEvent(ctx, eventReporter, d)
	p.must(err)
	d.Story = theirs
	p.want(p.ledger.ChangeEvent(ctx, eventReporter, mine, d), standfirst.Forbidden)
	d.Title = "Ruin"
	p.want(p.ledger.ChangeEvent(ctx, eventReporter, id, d), standfirst.Forbidden)
	d.Story = 0
	p.want(p.ledger.ChangeEvent(ctx, eventReporter, id, d), standfirst.Forbidden)
	p.want(p.ledger.MoveEvent(ctx, eventReporter, id, on(p, 21), "", ""), standfirst.Forbidden)
	p.want(p.ledger.CancelEvent(ctx, eventReporter, id, false, "", ""), standfirst.Forbidden)
	p.want(p.ledger.RemoveEvent(ctx, eventReporter, id, ""), standfirst.Forbidden)
	if e := p.event(id); e.Title != "Results" || e.Event.Story != theirs || e.Sequence != 0 {
		p.Errorf("the event of somebody else is %+v", e)
	}
	p.must(p.ledger.ChangeEvent(ctx, eventReporter, mine, d))
	p.must(p.ledger.MoveEvent(ctx, other, id, on(p, 21), "", ""))
}

// TestEventsCostTheSame holds that lists of events name stories, figures, companies and deals
// without a query an event.
func TestEventsCostTheSame(t *testing.T) {
	p := newPlanner(t, storetest.Open(t))
	ctx := t.Context()
	add := func(n int) {
		story := p.draft(eventReporter)
		var claim standfirst.ClaimID
		p.must(p.store.Update(ctx, func(tx *store.Tx) (err error) {
			claim, err = tx.InsertClaim(standfirst.Claim{Subject: standfirst.Subject{Entity: p.shown}, Property: standfirst.Revenue, Dimensions: standfirst.Dimensions{Period: strconv.Itoa(2000 + n)}})
			if err != nil {
				return err
			}
			_, err = tx.InsertVersion(standfirst.ClaimVersion{Claim: claim, ReleasedAt: p.now})
			return err
		}))
		id, err := p.ledger.AddEvent(ctx, standfirst.Command(), EventDraft{Kind: standfirst.EarningsEvent, Title: "Results", When: on(p, 10+n), Entity: "Tallis Foods", Story: story, Claim: claim, Release: true})
		p.must(err)
		p.must(p.ledger.MoveEvent(ctx, standfirst.Command(), id, on(p, 11+n), "Late.", ""))
	}
	cost := func(events int) (readers, desk int) {
		p.must(p.store.View(ctx, func(tx *store.ReadTx) error {
			found, err := tx.EventsDue(p.now, time.Time{}, store.EventPosition{}, 100, store.ForDesk)
			if err != nil {
				return err
			}
			before := tx.Statements()
			views, err := ViewEvents(tx, found)
			if err != nil {
				return err
			}
			between := tx.Statements()
			planned, err := plannedEvents(tx, found)
			readers, desk = between-before, tx.Statements()-between
			if len(views) != events || len(planned) != events {
				t.Errorf("%d events are %d for readers, %d for the desk", events, len(views), len(planned))
			}
			for i, v := range views {
				if v.Claim != v.Event.Claim || v.Claim == 0 || len(v.Changes) != 1 || planned[i].Story.ID != v.Event.Story || v.Event.Story == 0 || v.Entity.ID != p.shown {
					t.Errorf("event %d: readers see %+v, the desk %+v", i, v, planned[i])
				}
			}
			return err
		}))
		return readers, desk
	}
	add(1)
	add(2)
	readers, desk := cost(2)
	for n := 3; n < 9; n++ {
		add(n)
	}
	if r, d := cost(8); r != readers || d != desk {
		t.Errorf("two events cost %d and %d statements, eight %d and %d", readers, desk, r, d)
	}
}
