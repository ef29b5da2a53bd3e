package storetest

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

func testPins(t *testing.T, s *store.Store) {
	one, two, three := draft(t, s, "One"), draft(t, s, "Two"), draft(t, s, "Three")
	end := noon.Add(time.Hour)
	front := []standfirst.Pin{{Story: two.ID, Lead: true, Until: end}, {Story: one.ID}, {Story: three.ID, Until: end.Add(time.Hour)}}
	update(t, s, func(tx *store.Tx) error {
		if err := tx.SetPins(0, []standfirst.Pin{{Story: three.ID}}); err != nil {
			return err
		}
		if err := tx.SetPins(0, front); err != nil {
			return err
		}
		return tx.SetPins(7, []standfirst.Pin{{Story: one.ID}})
	})
	view(t, s, func(tx *store.ReadTx) error {
		pins, err := tx.Pins(0)
		wantSame(t, front, pins, err)
		of, err := tx.PinsOf(one.ID)
		wantSame(t, []store.SectionPin{{Pin: front[1]}, {Section: 7, Pin: standfirst.Pin{Story: one.ID}}}, of, err)
		ended, err := tx.EndedPins(end.Add(-time.Microsecond))
		wantSame(t, nil, ended, err)
		ended, err = tx.EndedPins(end)
		wantSame(t, []store.SectionPin{{Pin: front[0]}}, ended, err)
		next, ok, err := tx.NextPinEnd()
		wantSame(t, end, next, err)
		wantSame(t, true, ok, nil)
		return nil
	})
	update(t, s, func(tx *store.Tx) error {
		for _, id := range []standfirst.StoryID{two.ID, three.ID, two.ID} {
			if err := tx.DeletePin(0, id); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(tx *store.ReadTx) error {
		pins, err := tx.Pins(0)
		wantSame(t, front[1:2], pins, err)
		_, ok, err := tx.NextPinEnd()
		wantSame(t, false, ok, err)
		return nil
	})
}

func testMenus(t *testing.T, s *store.Store) {
	page := draft(t, s, "About")
	section := standfirst.Section{Slug: "deals", Name: "Deals"}
	update(t, s, func(tx *store.Tx) (err error) {
		section.ID, err = tx.InsertSection(section)
		return err
	})
	items := []standfirst.MenuItem{{Page: page.ID, Label: "Who we are"}, {Section: section.ID}, {Address: "/record", Label: "Record"}}
	update(t, s, func(tx *store.Tx) error {
		if err := tx.SetMenu(standfirst.HeaderMenu, items[:1]); err != nil {
			return err
		}
		return tx.SetMenu(standfirst.HeaderMenu, items)
	})
	view(t, s, func(tx *store.ReadTx) error {
		stored, err := tx.Menu(standfirst.HeaderMenu)
		wantSame(t, items, stored, err)
		stored, err = tx.Menu(standfirst.FooterMenu)
		wantSame(t, nil, stored, err)
		return nil
	})
}
