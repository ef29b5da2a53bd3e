package storetest

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// OnDay returns the time of an event that is on the day.
func OnDay(t testing.TB, day string) standfirst.EventTime {
	t.Helper()
	d, err := standfirst.ParseDay(day)
	if err != nil {
		t.Fatal(err)
	}
	when, err := standfirst.NewEventTime(d, standfirst.PrecisionDay, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// makeEvent stores the event and returns it with its identifier.
func makeEvent(t testing.TB, s *store.Store, e standfirst.Event) standfirst.Event {
	t.Helper()
	if e.Kind == "" {
		e.Kind = standfirst.EarningsEvent
	}
	e.CreatedAt, e.ChangedAt, e.CreatedBy, e.UID = noon, noon, "command", "uid of "+e.Title
	update(t, s, func(tx *store.Tx) (err error) {
		e.ID, err = tx.InsertEvent(e, e.When.Due(time.UTC))
		return err
	})
	return e
}

func idsOfEvents(events []standfirst.Event) (ids []standfirst.EventID) {
	for _, e := range events {
		ids = append(ids, e.ID)
	}
	return ids
}

func testEvents(t *testing.T, s *store.Store) {
	buyer, target := makeEntity(t, s, standfirst.Company, "Northwind"), makeEntity(t, s, standfirst.Company, "Halcyon")
	at, err := standfirst.NewEventTime(standfirst.Day{Year: 2026, Month: 3, Day: 8}, standfirst.PrecisionInstant, "16:30", "America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	later := makeEvent(t, s, standfirst.Event{Title: "Later", When: OnDay(t, "2026-04-02"), ReleasedAt: noon})
	instant := makeEvent(t, s, standfirst.Event{
		Kind: standfirst.HearingEvent, Title: "A hearing", When: at, Place: "Dover", Address: "https://court.example/8", Confirmed: true, Entity: buyer.ID, ReleasedAt: noon,
	})
	same := makeEvent(t, s, standfirst.Event{Title: "The same day", When: OnDay(t, "2026-03-08"), Entity: buyer.ID})
	past := makeEvent(t, s, standfirst.Event{Title: "Past", When: OnDay(t, "2026-02-01"), Entity: buyer.ID, ReleasedAt: noon})
	update(t, s, func(tx *store.Tx) error {
		_, err := tx.ReleaseEntities([]standfirst.EntityID{buyer.ID}, noon)
		return err
	})
	for _, e := range []*standfirst.Event{&instant, &later, &past} {
		e.Shown, e.PublicAt = true, noon
	}
	march, april := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	view(t, s, func(tx *store.ReadTx) error {
		e, err := tx.Event(instant.ID)
		wantSame(t, instant, e, err)
		_, err = tx.Event(999)
		wantKind(t, err, standfirst.NotFound)
		found, err := tx.EventsDue(march, time.Time{}, store.EventPosition{}, 10, store.ForDesk)
		wantSame(t, []standfirst.Event{instant, same, later}, found, err)
		found, err = tx.EventsDue(march, april, store.EventPosition{}, 10, store.ForReaders)
		wantSame(t, []standfirst.Event{instant}, found, err)
		found, err = tx.EventsDue(march, time.Time{}, store.EventPosition{Due: at.At, ID: instant.ID}, 1, store.ForDesk)
		wantSame(t, []standfirst.Event{same}, found, err)
		found, err = tx.HiddenEvents(march, time.Time{}, 10)
		wantSame(t, []standfirst.Event{same}, found, err)
		found, err = tx.EventsOf(standfirst.Subject{Entity: buyer.ID}, march, 10)
		wantSame(t, []standfirst.Event{instant, same}, found, err)
		e, err = tx.LastEventBefore(march)
		wantSame(t, past, e, err)
		_, err = tx.LastEventBefore(march.AddDate(0, -2, 0))
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
	first := standfirst.EventChange{Event: same.ID, When: same.When, At: noon, By: "staff:7", Note: "The books are late."}
	second := standfirst.EventChange{Event: same.ID, When: at, At: noon.Add(time.Hour), By: "staff:7", Shown: true, Cancelled: true}
	same.Title, same.When, same.Sequence, same.Cancelled, same.Entity, same.ReleasedAt = "Another day", OnDay(t, "2026-03-20"), 2, true, target.ID, noon
	update(t, s, func(tx *store.Tx) error {
		for _, c := range []standfirst.EventChange{first, second} {
			if err := tx.InsertEventChange(c); err != nil {
				return err
			}
		}
		wantKind(t, tx.UpdateEvent(standfirst.Event{ID: 999, When: same.When, ChangedAt: noon}, noon), standfirst.NotFound)
		return tx.UpdateEvent(same, same.When.Due(time.UTC))
	})
	view(t, s, func(tx *store.ReadTx) error {
		e, err := tx.Event(same.ID)
		wantSame(t, same, e, err)
		changes, err := tx.EventChanges(same.ID, 10)
		wantSame(t, []standfirst.EventChange{second, first}, changes, err)
		changes, err = tx.ChangesOfEvents([]standfirst.EventID{same.ID, past.ID}, 1)
		wantSame(t, []standfirst.EventChange{second}, changes, err)
		return nil
	})
	update(t, s, func(tx *store.Tx) error {
		if _, err := tx.MergeEntities(target.ID, buyer.ID); err != nil {
			return err
		}
		return tx.DeleteEvent(later.ID)
	})
	view(t, s, func(tx *store.ReadTx) error {
		found, err := tx.EventsDue(march, time.Time{}, store.EventPosition{}, 10, store.ForReaders)
		wantSame(t, []standfirst.EventID{instant.ID, same.ID}, idsOfEvents(found), err)
		found, err = tx.EventsOf(standfirst.Subject{Entity: buyer.ID}, march, 10)
		wantSame(t, []standfirst.EventID{instant.ID, same.ID}, idsOfEvents(found), err)
		return nil
	})
}

// testEventsShown holds that readers see an event only while what it waits for is out.
func testEventsShown(t *testing.T, s *store.Store) {
	hidden, target := makeEntity(t, s, standfirst.Company, "Northwind"), makeEntity(t, s, standfirst.Company, "Halcyon")
	waiting, out := draft(t, s, "A draft"), published(t, s, "Out", noon, store.Listing{})
	var deal standfirst.DealID
	update(t, s, func(tx *store.Tx) (err error) {
		if _, err = tx.ReleaseEntities([]standfirst.EntityID{target.ID}, noon); err != nil {
			return err
		}
		deal, err = tx.InsertDeal(standfirst.Deal{Kind: standfirst.Listing, Title: "Halcyon listing", Target: target.ID, CreatedAt: noon})
		return err
	})
	day := OnDay(t, "2026-03-08")
	for name, c := range map[string]struct {
		event standfirst.Event
		want  bool
	}{
		"nobody released it":          {standfirst.Event{}, false},
		"released":                    {standfirst.Event{ReleasedAt: noon}, true},
		"its story is a draft":        {standfirst.Event{Story: waiting.ID}, false},
		"its story is out":            {standfirst.Event{Story: out.ID, StoryNumber: out.PublishedNumber}, true},
		"with its story's next":       {standfirst.Event{Story: out.ID, StoryNumber: out.PublishedNumber + 1}, false},
		"released beside a draft":     {standfirst.Event{Story: waiting.ID, ReleasedAt: noon}, true},
		"about a hidden company":      {standfirst.Event{Entity: hidden.ID, ReleasedAt: noon}, false},
		"about a hidden deal":         {standfirst.Event{Entity: target.ID, Deal: deal, ReleasedAt: noon}, false},
		"about a company that is out": {standfirst.Event{Entity: target.ID, Story: out.ID}, true},
	} {
		c.event.Title, c.event.When = name, day
		id := makeEvent(t, s, c.event).ID
		view(t, s, func(tx *store.ReadTx) error {
			e, err := tx.Event(id)
			if err != nil || e.Shown != c.want {
				t.Errorf("%s: shown is %v, %v", name, e.Shown, err)
			}
			return nil
		})
	}
	view(t, s, func(tx *store.ReadTx) error {
		found, err := tx.HiddenEventsOfStory(out.ID, 10)
		if err != nil || len(found) != 1 || found[0].Title != "with its story's next" {
			t.Errorf("with the story goes out %+v, %v", found, err)
		}
		return nil
	})
	update(t, s, func(tx *store.Tx) error {
		out.State = standfirst.Unpublished
		return tx.UpdateStory(out)
	})
	view(t, s, func(tx *store.ReadTx) error {
		found, err := tx.EventsOfStory(out.ID, 10)
		if len(found) != 3 || err != nil {
			t.Errorf("%d events of the story: %v", len(found), err)
		}
		for _, e := range found {
			if e.Shown {
				t.Errorf("%q is shown after its story was taken down", e.Title)
			}
		}
		return nil
	})
}

func testNotEvents(t *testing.T, s *store.Store) {
	story := draft(t, s, "One")
	update(t, s, func(tx *store.Tx) error {
		for _, words := range []string{"on 12 march", "on 3 april", "on 12 march"} {
			if err := tx.PutNotEvent(story.ID, words, noon, "staff:7"); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(tx *store.ReadTx) error {
		words, err := tx.NotEvents(story.ID)
		wantSame(t, []string{"on 12 march", "on 3 april"}, words, err)
		return nil
	})
	update(t, s, func(tx *store.Tx) error { return tx.DropNotEvents(story.ID) })
	view(t, s, func(tx *store.ReadTx) error {
		words, err := tx.NotEvents(story.ID)
		wantSame(t, nil, words, err)
		return nil
	})
}
