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

// ViewEvents returns the events with what pages name beside them. It costs the same few
// queries for any number of events that were never moved.
func ViewEvents(tx *store.ReadTx, events []standfirst.Event) ([]EventView, error) {
	var entityIDs []standfirst.EntityID
	var dealIDs []standfirst.DealID
	var storyIDs []standfirst.StoryID
	for _, e := range events {
		entityIDs, dealIDs, storyIDs = append(entityIDs, e.Entity), append(dealIDs, e.Deal), append(storyIDs, e.Story)
	}
	entities, err := tx.EntitiesByID(entityIDs)
	if err != nil {
		return nil, err
	}
	deals, err := tx.DealsByID(dealIDs)
	if err != nil {
		return nil, err
	}
	cards, err := tx.CardsByID(storyIDs)
	if err != nil {
		return nil, err
	}
	entityOf, dealOf, cardOf := make(map[standfirst.EntityID]standfirst.Entity), make(map[standfirst.DealID]standfirst.Deal), make(map[standfirst.StoryID]standfirst.Card)
	for _, e := range entities {
		entityOf[e.ID] = e
	}
	for _, d := range deals {
		dealOf[d.ID] = d
	}
	for _, c := range cards {
		cardOf[c.ID] = c
	}
	views := make([]EventView, len(events))
	for i, e := range events {
		v := EventView{Event: e, Entity: entityOf[e.Entity], Deal: dealOf[e.Deal], Story: cardOf[e.Story]}
		if e.Claim != 0 {
			held, err := tx.Versions(e.Claim, store.ForReaders)
			if err != nil {
				return nil, err
			}
			if len(held) > 0 {
				v.Claim = e.Claim
			}
		}
		if e.Sequence > 0 {
			changes, err := tx.EventChanges(e.ID, shownChanges)
			if err != nil {
				return nil, err
			}
			for _, c := range changes {
				if c.Shown {
					v.Changes = append(v.Changes, c)
				}
			}
		}
		views[i] = v
	}
	return views, nil
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
		if p, err = plannedEvent(tx, e); err != nil {
			return err
		}
		p.Changes, err = tx.EventChanges(id, shownChanges)
		return err
	})
	if err != nil {
		return p, fmt.Errorf("ledger: show event %s: %w", id, err)
	}
	return p, nil
}

// plannedEvent returns the event with what it is about and where it is known from.
func plannedEvent(tx *store.ReadTx, e standfirst.Event) (p PlannedEvent, err error) {
	p.Event = e
	if e.Entity != 0 {
		if p.Entity, err = tx.Entity(e.Entity); err != nil {
			return p, err
		}
	}
	if e.Deal != 0 {
		if p.Deal, err = tx.Deal(e.Deal); err != nil {
			return p, err
		}
	}
	if e.Story != 0 {
		p.Story, err = tx.Story(e.Story)
	}
	return p, err
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
		for _, e := range events {
			p, err := plannedEvent(tx, e)
			if err != nil {
				return err
			}
			list.Events = append(list.Events, p)
		}
		return nil
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
