package ledger

import (
	"context"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// EventDraft is what the desk says of an event.
type EventDraft struct {
	Kind           standfirst.EventKind
	Title          string
	When           standfirst.EventTime
	Confirmed      bool
	Place, Address string

	// Entity and Deal are what it is about, as somebody calls them, see [EntityCalled] and
	// [DealCalled]; both may be empty. The entity of a deal's event is its target unless
	// another is named.
	Entity, Deal string
	Story        standfirst.StoryID // from which it is known; zero for none
	Claim        standfirst.ClaimID // that says the same; zero for none
	// Words are those of the story that announce it. Where readers have them already, they
	// see the event at once, if an editor put it in; else with the story's next version.
	Words string
	// Release lets readers see it whatever becomes of the story.
	Release bool

	Note string // why it is changed, for readers; may be empty
	// Seen is the fingerprint of what was changed.
	Seen standfirst.Fingerprint
}

// AddEvent puts an event into the calendar. Readers see it once it is released or its story
// is published, and what it is about is released. It returns an Invalid error for what cannot
// be, and a Forbidden one for who releases and may not, or names a story that is not theirs to
// edit: the event goes out with it.
func (l *Ledger) AddEvent(ctx context.Context, actor standfirst.Actor, d EventDraft) (standfirst.EventID, error) {
	if err := mayPlan(actor, d.Release); err != nil {
		return 0, err
	}
	var id standfirst.EventID
	err := l.update(ctx, "add an event", func(tx *store.Tx) error {
		e := standfirst.Event{CreatedAt: l.now(), CreatedBy: actor.String(), ChangedAt: l.now()}
		if err := l.draftEvent(tx, actor, d, &e); err != nil {
			return err
		}
		if d.Release {
			e.ReleasedAt = l.now()
		}
		due, err := dueOf(tx, e)
		if err != nil {
			return err
		}
		if id, err = tx.InsertEvent(e, due.Due); err != nil {
			return err
		}
		touchEvent(tx, e)
		return l.auditEvent(tx, actor, "event.add", id, e.Title+", "+e.When.Words())
	})
	return id, err
}

// mayPlan returns nil if the actor may put an event into the calendar, and release it.
func mayPlan(actor standfirst.Actor, release bool) error {
	if err := actor.Require(standfirst.RecordEvent); err != nil || !release {
		return err
	}
	return actor.Require(standfirst.ReleaseEvent)
}

// draftEvent gives the event what the draft says.
func (l *Ledger) draftEvent(tx *store.Tx, actor standfirst.Actor, d EventDraft, e *standfirst.Event) error {
	e.Kind, e.Title, e.When, e.Confirmed = d.Kind, standfirst.OneLine(d.Title), d.When, d.Confirmed
	e.Place, e.Address = standfirst.OneLine(d.Place), strings.TrimSpace(d.Address)
	if err := e.Validate(); err != nil {
		return err
	}
	e.Entity, e.Deal = 0, 0
	if standfirst.OneLine(d.Deal) != "" {
		deal, err := DealCalled(&tx.ReadTx, d.Deal)
		if err != nil {
			return err
		}
		e.Deal, e.Entity = deal.ID, deal.Target
	}
	if standfirst.OneLine(d.Entity) != "" {
		entity, err := EntityCalled(&tx.ReadTx, d.Entity)
		if err != nil {
			return err
		}
		e.Entity = entity.ID
	}
	if d.Claim != e.Claim && d.Claim != 0 {
		if _, err := tx.Claim(d.Claim); err != nil {
			return invalidIfMissing(err, "there is no figure %d", d.Claim)
		}
	}
	e.Claim = d.Claim
	if d.Story == e.Story {
		return nil
	}
	e.Story, e.StoryNumber = d.Story, 0
	if d.Story == 0 {
		return nil
	}
	story, err := tx.Story(d.Story)
	if err != nil {
		return invalidIfMissing(err, "there is no story %d", d.Story)
	}
	if err := actor.RequireEdit(story); err != nil {
		return err
	}
	e.StoryNumber = story.PublishedNumber + 1
	printed, err := isPrinted(tx, story, d.Words)
	if printed && actor.Can(standfirst.ReleaseEvent) {
		e.StoryNumber = story.PublishedNumber
	}
	return err
}

// isPrinted reports whether readers have the words in the story.
func isPrinted(tx *store.Tx, s standfirst.Story, words string) (bool, error) {
	words = standfirst.OneLine(words)
	if words == "" || s.State != standfirst.Published || s.Current == 0 {
		return false, nil
	}
	r, err := tx.Revision(s.Current)
	return err == nil && strings.Contains(standfirst.OneLine(r.Content.Body), words), err
}

func invalidIfMissing(err error, format string, args ...any) error {
	if isNotFound(err) {
		return standfirst.Errorf(standfirst.Invalid, format, args...)
	}
	return err
}

// dueOf returns where the event stands in lists, which are by days of the publication.
func dueOf(tx *store.Tx, e standfirst.Event) (store.EventPosition, error) {
	pub, err := tx.Publication()
	return store.EventPosition{Due: e.When.Due(pub.Location()), ID: e.ID}, err
}

// MoveEventDays brings the places of all events in lists in step with the days of another
// location, in the transaction that changes the time zone of the publication. It costs a
// statement for each day that has an event.
func MoveEventDays(tx *store.Tx, loc *time.Location) error {
	days, err := tx.EventDays()
	if err != nil {
		return err
	}
	for _, day := range days {
		when := standfirst.EventTime{DateRange: standfirst.DateRange{From: day, To: day, Precision: standfirst.PrecisionDay}}
		if err := tx.SetDueOfDay(day, when.Due(loc)); err != nil {
			return err
		}
	}
	return nil
}

// ChangeEvent changes what is known of the event; another time moves it, which readers who
// saw it before are told. It returns a Conflict error if somebody changed it meanwhile, and a
// Forbidden one for who may not, see [PlannedEvent.MayChange].
func (l *Ledger) ChangeEvent(ctx context.Context, actor standfirst.Actor, id standfirst.EventID, d EventDraft) error {
	if err := mayPlan(actor, d.Release); err != nil {
		return err
	}
	return l.changeEvent(ctx, actor, id, d.Seen, func(tx *store.Tx, e *standfirst.Event) (string, string, error) {
		before := *e
		if err := l.draftEvent(tx, actor, d, e); err != nil {
			return "", "", err
		}
		if d.Release && e.ReleasedAt.IsZero() {
			e.ReleasedAt = l.now()
		}
		if e.When.Equal(before.When) {
			return "event.change", e.Title, nil
		}
		return "event.move", e.Title + ", " + e.When.Words(), l.noteChange(tx, actor, before, d.Note)
	})
}

// MoveEvent gives the event another time, and says why.
func (l *Ledger) MoveEvent(ctx context.Context, actor standfirst.Actor, id standfirst.EventID, when standfirst.EventTime, note string, seen standfirst.Fingerprint) error {
	if err := mayPlan(actor, false); err != nil {
		return err
	}
	return l.changeEvent(ctx, actor, id, seen, func(tx *store.Tx, e *standfirst.Event) (string, string, error) {
		before := *e
		e.When = when
		if err := e.Validate(); err != nil || when.Equal(before.When) {
			return "", "", err
		}
		return "event.move", e.Title + ", " + when.Words(), l.noteChange(tx, actor, before, note)
	})
}

// CancelEvent says that the event does not happen, or with off that it does after all, and
// why. Readers who saw it see that it is cancelled.
func (l *Ledger) CancelEvent(ctx context.Context, actor standfirst.Actor, id standfirst.EventID, off bool, note string, seen standfirst.Fingerprint) error {
	if err := mayPlan(actor, false); err != nil {
		return err
	}
	return l.changeEvent(ctx, actor, id, seen, func(tx *store.Tx, e *standfirst.Event) (string, string, error) {
		if e.Cancelled == !off {
			return "", "", nil
		}
		before := *e
		e.Cancelled = !off
		action := "event.cancel"
		if off {
			action = "event.take-up"
		}
		return action, e.Title, l.noteChange(tx, actor, before, note)
	})
}

// ReleaseEvent lets readers see the event whatever becomes of its story.
func (l *Ledger) ReleaseEvent(ctx context.Context, actor standfirst.Actor, id standfirst.EventID, seen standfirst.Fingerprint) error {
	if err := mayPlan(actor, true); err != nil {
		return err
	}
	return l.changeEvent(ctx, actor, id, seen, func(_ *store.Tx, e *standfirst.Event) (string, string, error) {
		if !e.ReleasedAt.IsZero() {
			return "", "", nil
		}
		e.ReleasedAt = l.now()
		return "event.release", e.Title, nil
	})
}

// RemoveEvent takes the event out of the calendar: it was put in by mistake. What does not
// happen is cancelled, see [Ledger.CancelEvent].
func (l *Ledger) RemoveEvent(ctx context.Context, actor standfirst.Actor, id standfirst.EventID, seen standfirst.Fingerprint) error {
	if err := mayPlan(actor, false); err != nil {
		return err
	}
	return l.update(ctx, "remove event "+id.String(), func(tx *store.Tx) error {
		e, err := openEvent(tx, actor, id, seen)
		if err != nil {
			return err
		}
		if err := tx.DeleteEvent(id); err != nil {
			return err
		}
		touchEvent(tx, e)
		return l.auditEvent(tx, actor, "event.remove", id, e.Title+", "+e.When.Words())
	})
}

// changeEvent changes the event as the function does, which returns what it did for the audit
// log, and nothing where nothing is to be done.
func (l *Ledger) changeEvent(ctx context.Context, actor standfirst.Actor, id standfirst.EventID, seen standfirst.Fingerprint, change func(*store.Tx, *standfirst.Event) (action, detail string, err error)) error {
	return l.update(ctx, "change event "+id.String(), func(tx *store.Tx) error {
		before, err := openEvent(tx, actor, id, seen)
		if err != nil {
			return err
		}
		e := before
		action, detail, err := change(tx, &e)
		if err != nil || action == "" {
			return err
		}
		e.Sequence, e.ChangedAt = e.Sequence+1, l.now()
		due, err := dueOf(tx, e)
		if err != nil {
			return err
		}
		if err := tx.UpdateEvent(e, due.Due); err != nil {
			return err
		}
		if err := mayShow(tx, actor, before); err != nil {
			return err
		}
		touchEvent(tx, before)
		touchEvent(tx, e)
		return l.auditEvent(tx, actor, action, id, detail)
	})
}

// mayShow returns a Forbidden error if readers see the event since it was changed, as one does
// that waits for its company no more, and the actor may not release it.
func mayShow(tx *store.Tx, actor standfirst.Actor, before standfirst.Event) error {
	now, err := tx.Event(before.ID)
	if err != nil || !now.Shown || before.Shown {
		return err
	}
	return actor.Require(standfirst.ReleaseEvent)
}

// openEvent returns the event for who may change it as they saw it.
func openEvent(tx *store.Tx, actor standfirst.Actor, id standfirst.EventID, seen standfirst.Fingerprint) (standfirst.Event, error) {
	e, err := tx.Event(id)
	if err != nil {
		return e, err
	}
	p := PlannedEvent{Event: e}
	if e.Story != 0 {
		if p.Story, err = tx.Story(e.Story); err != nil {
			return e, err
		}
	}
	if err := p.MayChange(actor); err != nil {
		return e, err
	}
	return e, seen.Check(e.Fingerprint(), "“"+e.Title+"”")
}

// noteChange keeps what the event was before it was moved or cancelled.
func (l *Ledger) noteChange(tx *store.Tx, actor standfirst.Actor, before standfirst.Event, note string) error {
	note = standfirst.OneLine(note)
	if len(note) > standfirst.MaxEventNote {
		return standfirst.Errorf(standfirst.Invalid, "the reason has %d bytes; %d is the most", len(note), standfirst.MaxEventNote)
	}
	return tx.InsertEventChange(standfirst.EventChange{
		Event: before.ID, When: before.When, Cancelled: before.Cancelled, Note: note, Shown: before.Shown, At: l.now(), By: actor.String(),
	})
}

// touchEvent touches every page that lists the event.
func touchEvent(tx *store.Tx, e standfirst.Event) {
	tx.Touch(standfirst.CalendarTag)
	if e.Entity != 0 {
		tx.Touch(standfirst.EntityTag(e.Entity))
	}
	if e.Deal != 0 {
		tx.Touch(standfirst.DealTag(e.Deal))
	}
}

// auditEvent leaves the row that says who did what to the event.
func (l *Ledger) auditEvent(tx *store.Tx, actor standfirst.Actor, action string, id standfirst.EventID, detail string) error {
	return tx.Audit(standfirst.AuditEntry{At: l.now(), Actor: actor, Action: action, Object: "event:" + id.String(), Detail: detail})
}
