package store

import (
	"crypto/rand"
	"math"
	"strings"
	"time"

	"standfirst"
)

// EventPosition is a place in a list of events. A list continues with what comes strictly
// after it. The zero EventPosition is before the first.
type EventPosition struct {
	Due time.Time
	ID  standfirst.EventID
}

// Event returns the event with the identifier, whether readers see it or not.
func (tx *ReadTx) Event(id standfirst.EventID) (standfirst.Event, error) {
	e, err := one(tx, scanEvent, "Event", int64(id))
	return e, missing(err, "there is no event %d", id)
}

// EventsDue returns up to limit events that are due from the one time to before the other, in
// that order, after the position. A zero until is without end.
func (tx *ReadTx) EventsDue(from, until time.Time, after EventPosition, limit int, a Audience) ([]standfirst.Event, error) {
	behind := int64(math.MinInt64)
	if after.ID != 0 {
		behind = after.Due.UnixMicro()
	}
	return all(tx, scanEvent, "EventsDue", from.UnixMicro(), endMicros(until), behind, int64(after.ID), a.everything(), int64(limit))
}

// HiddenEvents returns up to limit of the events in that time that readers do not see: pages
// that would list them carry the tags of what they wait for.
func (tx *ReadTx) HiddenEvents(from, until time.Time, limit int) ([]standfirst.Event, error) {
	return all(tx, scanEvent, "HiddenEvents", from.UnixMicro(), endMicros(until), int64(limit))
}

// endMicros returns the end of a list: the zero time is none.
func endMicros(t time.Time) int64 {
	if t.IsZero() {
		return math.MaxInt64
	}
	return t.UnixMicro()
}

// LastEventBefore returns the last event that readers see and that was due before the time.
func (tx *ReadTx) LastEventBefore(t time.Time) (standfirst.Event, error) {
	e, err := one(tx, scanEvent, "LastEventBefore", t.UnixMicro())
	return e, missing(err, "there is no event before that")
}

// EventsOf returns up to limit events about the deal or the entity that are due from the time
// on, those that readers do not see among them.
func (tx *ReadTx) EventsOf(s standfirst.Subject, from time.Time, limit int) ([]standfirst.Event, error) {
	if s.Deal != 0 {
		return all(tx, scanEvent, "EventsOfDeal", int64(s.Deal), from.UnixMicro(), int64(limit))
	}
	return all(tx, scanEvent, "EventsOfEntity", int64(s.Entity), from.UnixMicro(), int64(limit))
}

// EventsOfStory returns up to limit events that are known from the story.
func (tx *ReadTx) EventsOfStory(id standfirst.StoryID, limit int) ([]standfirst.Event, error) {
	return all(tx, scanEvent, "EventsOfStory", int64(id), int64(limit))
}

// HiddenEventsOfStory returns up to limit events that are known from the story and that readers
// do not see.
func (tx *ReadTx) HiddenEventsOfStory(id standfirst.StoryID, limit int) ([]standfirst.Event, error) {
	return all(tx, scanEvent, "HiddenEventsOfStory", int64(id), int64(limit))
}

func scanEvent(row scanner) (e standfirst.Event, err error) {
	var published, entity, deal time.Time
	err = row.Scan(&e.ID, &e.Kind, &e.Title, (*day)(&e.When.From), (*day)(&e.When.To), &e.When.Precision, (*instant)(&e.When.At), &e.When.Zone,
		(*flag)(&e.Confirmed), &e.Place, &e.Address, numberInto(&e.Story), &e.StoryNumber, numberInto(&e.Claim), numberInto(&e.Entity), numberInto(&e.Deal),
		(*flag)(&e.Cancelled), (*instant)(&e.ReleasedAt), &e.Sequence, (*instant)(&e.CreatedAt), &e.CreatedBy, (*instant)(&e.ChangedAt), &e.UID, (*flag)(&e.Shown),
		(*instant)(&published), (*instant)(&entity), (*instant)(&deal))
	if !e.Shown {
		return e, err
	}
	e.PublicAt = e.ReleasedAt
	if e.PublicAt.IsZero() || !published.IsZero() && published.Before(e.PublicAt) {
		e.PublicAt = published
	}
	for _, at := range []time.Time{entity, deal} {
		if at.After(e.PublicAt) {
			e.PublicAt = at
		}
	}
	return e, err
}

// eventColumns returns what is stored for the mutable columns, in their order in InsertEvent
// and UpdateEvent. Due is where the event stands in lists.
func eventColumns(e standfirst.Event, due time.Time) []any {
	return []any{
		string(e.Kind), e.Title, toDay(e.When.From), toDay(e.When.To), string(e.When.Precision), toMicros(e.When.At), e.When.Zone, due.UnixMicro(),
		toFlag(e.Confirmed), e.Place, e.Address, toNumber(e.Story), int64(e.StoryNumber), toNumber(e.Claim), toNumber(e.Entity), toNumber(e.Deal),
		toFlag(e.Cancelled), toMicros(e.ReleasedAt), int64(e.Sequence), toMicros(e.ChangedAt),
	}
}

// InsertEvent stores a new event, which lists have at the time when it is due. A zero time of
// creation becomes now, and one of change that of the creation; an empty UID a new one.
func (tx *Tx) InsertEvent(e standfirst.Event, due time.Time) (standfirst.EventID, error) {
	e.CreatedAt = tx.orNow(e.CreatedAt)
	if e.ChangedAt.IsZero() {
		e.ChangedAt = e.CreatedAt
	}
	if e.UID == "" {
		e.UID = strings.ToLower(rand.Text())
	}
	return one(&tx.ReadTx, scanID[standfirst.EventID], "InsertEvent", append(eventColumns(e, due), toMicros(e.CreatedAt), e.CreatedBy, e.UID)...)
}

// UpdateEvent stores all of the event but its identifiers and who made it when.
func (tx *Tx) UpdateEvent(e standfirst.Event, due time.Time) error {
	changed, err := tx.exec("UpdateEvent", append(eventColumns(e, due), int64(e.ID))...)
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "there is no event %d", e.ID)
}

// EventDays returns the last days of all events that are not at an instant, each once.
func (tx *ReadTx) EventDays() ([]standfirst.Day, error) {
	return all(tx, func(row scanner) (d standfirst.Day, err error) {
		err = row.Scan((*day)(&d))
		return d, err
	}, "EventDays")
}

// SetDueOfDay sets when the events whose last day it is are due, but for those at an instant.
func (tx *Tx) SetDueOfDay(d standfirst.Day, due time.Time) error {
	near := d.In(time.UTC)
	_, err := tx.exec("SetDueOfDay", due.UnixMicro(), near.AddDate(0, 0, -2).UnixMicro(), near.AddDate(0, 0, 3).UnixMicro(), toDay(d))
	return err
}

// DeleteEvent removes the event with its history; it is no error if it is not there.
func (tx *Tx) DeleteEvent(id standfirst.EventID) error {
	if _, err := tx.exec("DeleteEventChanges", int64(id)); err != nil {
		return err
	}
	_, err := tx.exec("DeleteEvent", int64(id))
	return err
}

// EventChanges returns up to limit changes of the event, the newest first.
func (tx *ReadTx) EventChanges(id standfirst.EventID, limit int) ([]standfirst.EventChange, error) {
	return all(tx, scanEventChange, "EventChanges", int64(id), int64(limit))
}

// ChangesOfEvents returns up to limit changes of each of the events, by event and the newest
// first.
func (tx *ReadTx) ChangesOfEvents(ids []standfirst.EventID, limit int) ([]standfirst.EventChange, error) {
	return all(tx, scanEventChange, "ChangesOfEvents", toList(ids), int64(limit))
}

func scanEventChange(row scanner) (c standfirst.EventChange, err error) {
	err = row.Scan(&c.Event, (*day)(&c.When.From), (*day)(&c.When.To), &c.When.Precision, (*instant)(&c.When.At), &c.When.Zone, (*flag)(&c.Cancelled),
		&c.Note, (*flag)(&c.Shown), (*instant)(&c.At), &c.By)
	return c, err
}

// InsertEventChange stores what an event was before a change. A zero time becomes now.
func (tx *Tx) InsertEventChange(c standfirst.EventChange) error {
	_, err := tx.exec("InsertEventChange", int64(c.Event), toDay(c.When.From), toDay(c.When.To), string(c.When.Precision), toMicros(c.When.At), c.When.Zone,
		toFlag(c.Cancelled), c.Note, toFlag(c.Shown), toMicros(tx.orNow(c.At)), c.By)
	return err
}

// NotEvents returns the words of which somebody said that they announce no event in the
// story, each once and in the order of the text.
func (tx *ReadTx) NotEvents(id standfirst.StoryID) ([]string, error) {
	return all(tx, func(row scanner) (words string, err error) {
		err = row.Scan(&words)
		return words, err
	}, "NotEvents", int64(id))
}

// PutNotEvent stores that the words announce no event in the story, and who says so; it is no
// error if that is stored already.
func (tx *Tx) PutNotEvent(id standfirst.StoryID, words string, at time.Time, by string) error {
	_, err := tx.exec("PutNotEvent", int64(id), words, toMicros(tx.orNow(at)), by)
	return err
}

// DropNotEvents takes back all of what was said to announce no event in the story.
func (tx *Tx) DropNotEvents(id standfirst.StoryID) error {
	_, err := tx.exec("DeleteNotEvents", int64(id))
	return err
}
