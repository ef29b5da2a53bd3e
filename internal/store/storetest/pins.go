package storetest

import (
	"slices"
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

func testEmbedHosts(t *testing.T, s *store.Store) {
	update(t, s, func(tx *store.Tx) error { return tx.PutPublication(standfirst.DefaultPublication()) })
	for _, hosts := range [][]string{standfirst.DefaultEmbedHosts(), {"b.example", "a.example"}, {"c.example"}, nil} {
		if !slices.Equal(hosts, standfirst.DefaultEmbedHosts()) {
			update(t, s, func(tx *store.Tx) error { return tx.SetEmbedHosts(hosts) })
		}
		view(t, s, func(tx *store.ReadTx) error {
			stored, err := tx.EmbedHosts()
			wantSame(t, hosts, stored, err)
			return nil
		})
	}
}

func testFormerNames(t *testing.T, s *store.Store) {
	markets, energy := standfirst.Section{Slug: "markets", Name: "Markets"}, standfirst.Section{Slug: "energy", Name: "Energy"}
	ferries, boats := standfirst.Topic{Slug: "ferries", Name: "Ferries"}, standfirst.Topic{Slug: "boats", Name: "Boats"}
	update(t, s, func(tx *store.Tx) (err error) {
		for _, section := range []*standfirst.Section{&markets, &energy} {
			if section.ID, err = tx.InsertSection(*section); err != nil {
				return err
			}
		}
		for _, topic := range []*standfirst.Topic{&ferries, &boats} {
			if topic.ID, err = tx.InsertTopic(*topic); err != nil {
				return err
			}
		}
		return nil
	})
	one := published(t, s, "One", noon, store.Listing{Section: markets.ID, Topics: []standfirst.TopicID{boats.ID}})
	two := published(t, s, "Two", noon.Add(time.Hour), store.Listing{Topics: []standfirst.TopicID{ferries.ID, boats.ID}})
	update(t, s, func(tx *store.Tx) error {
		taken := markets
		taken.Name = "ENERGY"
		wantKind(t, tx.RenameSection(taken), standfirst.Conflict)
		markets.Name, markets.Slug = "Trading", "trading"
		if err := tx.RenameSection(markets); err != nil {
			return err
		}
		ferries.Name = "Ferry lines"
		if err := tx.RenameTopic(ferries); err != nil {
			return err
		}
		return tx.MergeTopic(boats, ferries.ID)
	})
	view(t, s, func(tx *store.ReadTx) error {
		section, err := tx.SectionByName("MARKETS")
		wantSame(t, markets, section, err)
		section, err = tx.SectionByName("trading")
		wantSame(t, markets, section, err)
		now, renamed, err := tx.CurrentNames("markets", []string{"boats", "Ferries", "Ports"})
		wantSame(t, "Trading", now, err)
		wantSame(t, map[string]string{"boats": "Ferry lines", "Ferries": "Ferry lines"}, renamed, nil)
		now, renamed, err = tx.CurrentNames("Trading", nil)
		wantSame(t, "", now, err)
		wantSame(t, nil, renamed, nil)
		topics, err := tx.Topics("", 10)
		wantSame(t, []standfirst.Topic{ferries}, topics, err)
		topics, err = tx.Topics("ferry lines", 10)
		wantSame(t, nil, topics, err)
		cards, err := tx.TopicCards(ferries.ID, standfirst.Position{}, 10)
		if len(cards) != 2 || err != nil || cards[0].ID != two.ID || cards[1].ID != one.ID {
			t.Errorf("the topic has %d stories: %v", len(cards), err)
		}
		used, err := tx.SectionIsUsed(energy)
		wantSame(t, false, used, err)
		used, err = tx.SectionIsUsed(standfirst.Section{ID: 99, Name: "COMPANIES"}) // the drafts name it
		wantSame(t, true, used, err)
		return nil
	})
	update(t, s, func(tx *store.Tx) error {
		markets.Name = "Markets" // its own again
		if err := tx.RenameSection(markets); err != nil {
			return err
		}
		if err := tx.SetMenu(standfirst.HeaderMenu, []standfirst.MenuItem{{Section: energy.ID}}); err != nil {
			return err
		}
		return tx.DeleteSection(energy.ID)
	})
	view(t, s, func(tx *store.ReadTx) error {
		sections, err := tx.Sections()
		wantSame(t, []standfirst.Section{markets}, sections, err)
		section, err := tx.SectionByName("trading")
		wantSame(t, markets, section, err)
		return nil
	})
}
