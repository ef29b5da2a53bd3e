package ledger

import (
	"context"
	"fmt"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// EventView is an event with what pages name beside it.
type EventView struct {
	standfirst.Event
	Entity standfirst.Entity // zero for none
	Deal   standfirst.Deal   // zero for none
	// Story is that from which it is known, while readers see that; else zero.
	Story standfirst.Card
	// Claim is the figure that says the same, while readers see it; else zero.
	Claim standfirst.ClaimID
	// Changes are what it was before, as readers saw it, the newest first.
	Changes []standfirst.EventChange
}

// shownChanges bounds how much of the history of an event pages tell.
const shownChanges = 20

// ViewEvents returns the events with what pages name beside them, in their order. It costs the
// same few queries for any number of events.
func ViewEvents(tx *store.ReadTx, events []standfirst.Event) ([]EventView, error) {
	about, err := aboutEvents(tx, events)
	if err != nil {
		return nil, err
	}
	var storyIDs []standfirst.StoryID
	var claimIDs []standfirst.ClaimID
	var changed []standfirst.EventID
	for _, e := range events {
		storyIDs, claimIDs = append(storyIDs, e.Story), append(claimIDs, e.Claim)
		if e.Sequence > 0 {
			changed = append(changed, e.ID)
		}
	}
	listed, err := tx.CardsByID(storyIDs)
	if err != nil {
		return nil, err
	}
	cards := make(map[standfirst.StoryID]standfirst.Card, len(listed))
	for _, c := range listed {
		cards[c.ID] = c
	}
	released, err := tx.VersionsByClaims(claimIDs, store.ForReaders)
	if err != nil {
		return nil, err
	}
	claims := make(map[standfirst.ClaimID]standfirst.ClaimID, len(released))
	for _, v := range released {
		claims[v.Claim] = v.Claim
	}
	changes, err := tx.ChangesOfEvents(changed, shownChanges)
	if err != nil {
		return nil, err
	}
	seen := make(map[standfirst.EventID][]standfirst.EventChange)
	for _, c := range changes {
		if c.Shown {
			seen[c.Event] = append(seen[c.Event], c)
		}
	}
	views := make([]EventView, len(events))
	for i, e := range events {
		views[i] = EventView{
			Event: e, Entity: about.entities[e.Entity], Deal: about.deals[e.Deal], Story: cards[e.Story], Claim: claims[e.Claim], Changes: seen[e.ID],
		}
	}
	return views, nil
}

// eventSubjects is what events are about.
type eventSubjects struct {
	entities map[standfirst.EntityID]standfirst.Entity
	deals    map[standfirst.DealID]standfirst.Deal
}

// aboutEvents reads what the events are about.
func aboutEvents(tx *store.ReadTx, events []standfirst.Event) (eventSubjects, error) {
	s := eventSubjects{make(map[standfirst.EntityID]standfirst.Entity), make(map[standfirst.DealID]standfirst.Deal)}
	var entityIDs []standfirst.EntityID
	var dealIDs []standfirst.DealID
	for _, e := range events {
		entityIDs, dealIDs = append(entityIDs, e.Entity), append(dealIDs, e.Deal)
	}
	entities, err := tx.EntitiesByID(entityIDs)
	if err != nil {
		return s, err
	}
	for _, e := range entities {
		s.entities[e.ID] = e
	}
	deals, err := tx.DealsByID(dealIDs)
	for _, d := range deals {
		s.deals[d.ID] = d
	}
	return s, err
}

// PlannedEvent is an event as the desk sees it, with its history.
type PlannedEvent struct {
	standfirst.Event
	Entity  standfirst.Entity // zero for none
	Deal    standfirst.Deal   // zero for none
	Story   standfirst.Story  // zero for none
	Changes []standfirst.EventChange
}

// Waits returns what keeps readers from an event that was released: the entity or the deal
// that they do not see yet; empty for neither.
func (p PlannedEvent) Waits() string {
	switch {
	case p.Shown:
		return ""
	case p.Deal.ID != 0 && p.Deal.ReleasedAt.IsZero():
		return p.Deal.Title
	case p.Entity.ID != 0 && p.Entity.ReleasedAt.IsZero():
		return p.Entity.Name
	}
	return ""
}

// MayChange returns nil if the actor may change the event, and a Forbidden error else: what
// readers see is for who may release, and what goes out with a story for who may edit that.
func (p PlannedEvent) MayChange(actor standfirst.Actor) error {
	if err := actor.Require(standfirst.RecordEvent); err != nil {
		return err
	}
	switch {
	case p.Shown:
		return actor.Require(standfirst.ReleaseEvent)
	case p.Story.ID != 0:
		return actor.RequireEdit(p.Story)
	}
	return nil
}

// Event returns the event for the desk.
func (l *Ledger) Event(ctx context.Context, actor standfirst.Actor, id standfirst.EventID) (PlannedEvent, error) {
	if err := actor.Require(standfirst.RecordEvent); err != nil {
		return PlannedEvent{}, err
	}
	var p PlannedEvent
	err := l.store.View(ctx, func(tx *store.ReadTx) error {
		e, err := tx.Event(id)
		if err != nil {
			return err
		}
		planned, err := plannedEvents(tx, []standfirst.Event{e})
		if err != nil {
			return err
		}
		p = planned[0]
		p.Changes, err = tx.EventChanges(id, shownChanges)
		return err
	})
	if err != nil {
		return p, fmt.Errorf("ledger: show event %s: %w", id, err)
	}
	return p, nil
}

// plannedEvents returns the events with what they are about and where they are known from, in
// their order. It costs the same few queries for any number of events.
func plannedEvents(tx *store.ReadTx, events []standfirst.Event) ([]PlannedEvent, error) {
	about, err := aboutEvents(tx, events)
	if err != nil {
		return nil, err
	}
	var ids []standfirst.StoryID
	for _, e := range events {
		ids = append(ids, e.Story)
	}
	stories, err := tx.StoriesByID(ids)
	if err != nil {
		return nil, err
	}
	from := make(map[standfirst.StoryID]standfirst.Story, len(stories))
	for _, s := range stories {
		from[s.ID] = s
	}
	planned := make([]PlannedEvent, len(events))
	for i, e := range events {
		planned[i] = PlannedEvent{Event: e, Entity: about.entities[e.Entity], Deal: about.deals[e.Deal], Story: from[e.Story]}
	}
	return planned, nil
}

// maxGoingOut bounds how many events that go out with a story are told.
const maxGoingOut = 100

// EventsGoingOut returns what becomes public with the next version of the story: the events that
// are known from it and that readers do not see, and of each what else it waits for.
func EventsGoingOut(tx *store.ReadTx, id standfirst.StoryID) ([]PlannedEvent, error) {
	events, err := tx.HiddenEventsOfStory(id, maxGoingOut)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	return plannedEvents(tx, events)
}

// EventList is a stretch of the calendar for the desk.
type EventList struct {
	Events []PlannedEvent
	More   bool // there are events after them
}

// FindEvents returns up to limit events that are due from the time on, in that order, after
// the event that is given, zero for none; readers may see them or not.
func (l *Ledger) FindEvents(ctx context.Context, actor standfirst.Actor, from time.Time, after standfirst.EventID, limit int) (EventList, error) {
	if err := actor.Require(standfirst.RecordEvent); err != nil {
		return EventList{}, err
	}
	var list EventList
	err := l.store.View(ctx, func(tx *store.ReadTx) error {
		list = EventList{}
		position, err := EventPosition(tx, after)
		if err != nil {
			return err
		}
		events, err := tx.EventsDue(from, time.Time{}, position, limit+1, store.ForDesk)
		if err != nil {
			return err
		}
		if len(events) > limit {
			events, list.More = events[:limit], true
		}
		list.Events, err = plannedEvents(tx, events)
		return err
	})
	if err != nil {
		return list, fmt.Errorf("ledger: find events: %w", err)
	}
	return list, nil
}

// EventPosition returns where the event stands in lists; zero is before the first.
func EventPosition(tx *store.ReadTx, id standfirst.EventID) (store.EventPosition, error) {
	if id == 0 {
		return store.EventPosition{}, nil
	}
	e, err := tx.Event(id)
	if err != nil {
		return store.EventPosition{}, err
	}
	pub, err := tx.Publication()
	return store.EventPosition{Due: e.When.Due(pub.Location()), ID: id}, err
}
