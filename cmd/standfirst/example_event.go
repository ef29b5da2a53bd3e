package main

import (
	"cmp"
	"context"

	"standfirst"
	"standfirst/examples"
	"standfirst/internal/ledger"
)

// plan puts an event that an example announces into the calendar, and does with it what an
// editor did later.
func (r *room) plan(ctx context.Context, story standfirst.StoryID, e examples.Event) error {
	when, err := exampleDay(e, e.Day)
	if err != nil {
		return err
	}
	d := ledger.EventDraft{
		Kind: standfirst.EventKind(e.Kind), Title: e.Title, When: when, Confirmed: e.Confirmed, Place: e.Place, Deal: e.Deal, Story: story, Release: true,
	}
	if e.Company != "" {
		d.Entity = string(standfirst.Company) + "/" + e.Company
	}
	id, err := r.ledger.AddEvent(ctx, standfirst.Command(), d)
	if err != nil {
		return err
	}
	if e.Moved != "" {
		if when, err = exampleDay(e, e.Moved); err != nil {
			return err
		}
		if err := r.ledger.MoveEvent(ctx, standfirst.Command(), id, when, e.Note, ""); err != nil {
			return err
		}
	}
	if e.Cancelled {
		return r.ledger.CancelEvent(ctx, standfirst.Command(), id, false, e.Note, "")
	}
	return nil
}

// exampleDay returns when the event is, on the day.
func exampleDay(e examples.Event, day string) (standfirst.EventTime, error) {
	d, err := standfirst.ParseDay(day)
	if err != nil {
		return standfirst.EventTime{}, err
	}
	return standfirst.NewEventTime(d, cmp.Or(standfirst.Precision(e.Precision), standfirst.PrecisionDay), e.Clock, e.Zone)
}
