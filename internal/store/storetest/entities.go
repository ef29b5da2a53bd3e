package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// ticker reads a ticker as the trade writes it.
func ticker(text string) standfirst.Ticker {
	t, ok := standfirst.ParseTicker(text)
	if !ok {
		panic("no ticker: " + text)
	}
	return t
}

// makeEntity stores an entity of the kind and name and returns it as it is read.
func makeEntity(t testing.TB, s *store.Store, kind standfirst.EntityKind, name string) standfirst.Entity {
	t.Helper()
	var id standfirst.EntityID
	update(t, s, func(tx *store.Tx) (err error) {
		id, err = tx.InsertEntity(standfirst.Entity{Kind: kind, Name: name, CreatedAt: noon, CreatedBy: "staff:7"})
		return err
	})
	return read(t, s, func(tx *store.ReadTx) (standfirst.Entity, error) { return tx.Entity(id) })
}

// names returns the names of the entities.
func names(entities []standfirst.Entity) string {
	var all []string
	for _, e := range entities {
		all = append(all, e.Name)
	}
	return strings.Join(all, ", ")
}

func testEntities(t *testing.T, s *store.Store) {
	e := standfirst.Entity{
		Kind: standfirst.Company, Name: "Northwind Ferries plc", Aliases: []string{"Northwind", "NWF Group"},
		Tickers: []standfirst.Ticker{ticker("NYSE: NWF"), ticker("LSE: NWF")}, LEI: "5299000J2N45DDNE4Y28", QID: "Q17",
		CreatedAt: noon, CreatedBy: "staff:7",
	}
	update(t, s, func(tx *store.Tx) (err error) {
		e.ID, err = tx.InsertEntity(e)
		return err
	})
	e.Slug = "northwind-ferries-plc"
	byID := func(tx *store.ReadTx) (standfirst.Entity, error) { return tx.Entity(e.ID) }
	wantSame(t, e, read(t, s, byID), nil)
	view(t, s, func(tx *store.ReadTx) error {
		at, err := tx.EntityAt(standfirst.Company, "northwind-ferries-plc")
		wantSame(t, e, at, err)
		listed, err := tx.EntityByTicker("XLON", "NWF")
		wantSame(t, e, listed, err)
		_, err = tx.EntityAt(standfirst.Place, e.Slug)
		wantKind(t, err, standfirst.NotFound)
		_, err = tx.EntityByTicker("XPAR", "NWF")
		wantKind(t, err, standfirst.NotFound)
		_, err = tx.Entity(999)
		wantKind(t, err, standfirst.NotFound)
		several, err := tx.EntitiesByID([]standfirst.EntityID{e.ID, 999, e.ID})
		wantSame(t, []standfirst.Entity{e}, several, err)
		named, err := tx.EntitiesNamed([]standfirst.Slug{e.Slug, "nobody"}, []standfirst.Ticker{ticker("NYSE: NWF"), ticker("NYSE: XYZ")})
		wantSame(t, []standfirst.Entity{e}, named, err)
		named, err = tx.EntitiesNamed([]standfirst.Slug{e.Slug}, nil)
		wantSame(t, []standfirst.Entity{e}, named, err)
		named, err = tx.EntitiesNamed(nil, []standfirst.Ticker{ticker("LSE: NWF")})
		wantSame(t, []standfirst.Entity{e}, named, err)
		named, err = tx.EntitiesNamed([]standfirst.Slug{"nobody"}, []standfirst.Ticker{ticker("EPA: NWF")})
		wantSame(t, nil, named, err)
		none, err := tx.EntitiesByID(nil)
		wantSame(t, nil, none, err)
		return nil
	})

	other := makeEntity(t, s, standfirst.Company, "Halcyon Compute")
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.AddTickers(other.ID, []standfirst.Ticker{ticker("NYSE: NWF")}), standfirst.Conflict)
		_, err := tx.InsertEntity(standfirst.Entity{Kind: standfirst.Company, Name: "Third", Tickers: []standfirst.Ticker{ticker("LSE: NWF")}})
		wantKind(t, err, standfirst.Conflict)
		wantKind(t, tx.AddTickers(999, e.Tickers), standfirst.NotFound)
		wantKind(t, tx.SetPublicFigure(999, true), standfirst.NotFound)
		if err := tx.AddTickers(e.ID, []standfirst.Ticker{ticker("NYSE: NWF"), ticker("EPA: NWF")}); err != nil {
			return err
		}
		return tx.SetPublicFigure(e.ID, true)
	})
	e.Tickers, e.PublicFigure = append(e.Tickers, ticker("EPA: NWF")), true
	wantSame(t, e, read(t, s, byID), nil)

	update(t, s, func(tx *store.Tx) error {
		released, err := tx.ReleaseEntities([]standfirst.EntityID{other.ID, e.ID}, noon)
		wantSame(t, []standfirst.EntityID{e.ID, other.ID}, released, err)
		again, err := tx.ReleaseEntities([]standfirst.EntityID{e.ID}, noon.Add(time.Hour))
		wantSame(t, nil, again, err)
		return nil
	})
	e.ReleasedAt = noon
	wantSame(t, e, read(t, s, byID), nil)
}

func testEntityNames(t *testing.T, s *store.Store) {
	airline := makeEntity(t, s, standfirst.Company, "Delta Inc.")
	taps := makeEntity(t, s, standfirst.Company, "Delta")
	river := makeEntity(t, s, standfirst.Place, "Delta")
	if airline.Slug != "delta-inc" || taps.Slug != "delta" || river.Slug != "delta" {
		t.Errorf("the slugs are %q, %q and %q", airline.Slug, taps.Slug, river.Slug)
	}
	third, fourth := makeEntity(t, s, standfirst.Company, "Delta"), makeEntity(t, s, standfirst.Company, "三角洲")
	if third.Slug != "delta-2" || fourth.Slug != "company" {
		t.Errorf("the slugs are %q and %q", third.Slug, fourth.Slug)
	}
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.AddAliases(999, []string{"X"}), standfirst.NotFound)
		return tx.AddAliases(taps.ID, []string{"The Delta Corp.", "Tap Works", "TAP WORKS", " ", "O’Hara & Sons"})
	})
	wantSame(t, []string{"Tap Works", "O’Hara & Sons"},
		read(t, s, func(tx *store.ReadTx) (standfirst.Entity, error) { return tx.Entity(taps.ID) }).Aliases, nil)
	for key, want := range map[string]string{
		"delta": "Delta Inc., Delta, Delta, Delta", "tap works": "Delta", standfirst.EntityKey("O'Hara & Sons"): "Delta", "三角洲": "三角洲", "nobody": "",
	} {
		found := read(t, s, func(tx *store.ReadTx) ([]standfirst.Entity, error) { return tx.EntitiesByKeys([]string{key, key}) })
		if got := names(found); got != want {
			t.Errorf("%q finds %s, want %s", key, got, want)
		}
	}
	both := read(t, s, func(tx *store.ReadTx) ([]standfirst.Entity, error) {
		return tx.EntitiesByKeys([]string{"三角洲", `a "quoted" \ key`, "tap works"})
	})
	if names(both) != "Delta, 三角洲" {
		t.Errorf("two keys find %s", names(both))
	}
}

// Lists are in the order of slugs, which is the same on every engine, and join
// without gap or overlap.
func testEntityLists(t *testing.T, s *store.Store) {
	var ids []standfirst.EntityID
	for _, name := range []string{"Zeta", "Ävon", "avon b", "Avon-C", "Beta 10", "Beta 2", "beta"} {
		ids = append(ids, makeEntity(t, s, standfirst.Person, name).ID)
	}
	pages := func(a store.Audience) string {
		var all []standfirst.Entity
		var after standfirst.Slug
		for {
			some := read(t, s, func(tx *store.ReadTx) ([]standfirst.Entity, error) {
				return tx.Entities(standfirst.Person, after, 2, a)
			})
			if len(some) == 0 {
				return names(all)
			}
			all, after = append(all, some...), some[len(some)-1].Slug
		}
	}
	if got, want := pages(store.ForDesk), "Ävon, avon b, Avon-C, beta, Beta 10, Beta 2, Zeta"; got != want {
		t.Errorf("the desk sees %s, want %s", got, want)
	}
	if got := pages(store.ForReaders); got != "" {
		t.Errorf("readers see %s", got)
	}
	update(t, s, func(tx *store.Tx) error {
		_, err := tx.ReleaseEntities(ids[:3], noon)
		if err != nil {
			return err
		}
		return tx.SetPublicFigure(ids[2], true)
	})
	// A person has no page until an editor says so.
	if got := pages(store.ForReaders); got != "avon b" {
		t.Errorf("readers see %s", got)
	}
}

// makeDeal stores a deal about the target and returns it as it is read.
func makeDeal(t testing.TB, s *store.Store, d standfirst.Deal) standfirst.Deal {
	t.Helper()
	d.CreatedAt, d.CreatedBy = noon, "staff:7"
	update(t, s, func(tx *store.Tx) (err error) {
		d.ID, err = tx.InsertDeal(d)
		return err
	})
	return read(t, s, func(tx *store.ReadTx) (standfirst.Deal, error) { return tx.Deal(d.ID) })
}

func testDeals(t *testing.T, s *store.Store) {
	halcyon, northwind := makeEntity(t, s, standfirst.Company, "Halcyon"), makeEntity(t, s, standfirst.Company, "Northwind")
	d := standfirst.Deal{
		Kind: standfirst.PrimaryRound, Title: "Halcyon Compute round", Target: halcyon.ID,
		Parties: []standfirst.DealParty{{Entity: northwind.ID, Role: standfirst.Lead}, {Entity: northwind.ID, Role: standfirst.Customer}},
	}
	first := makeDeal(t, s, d)
	d.ID, d.Slug, d.CreatedAt, d.CreatedBy = first.ID, "halcyon-compute-round", noon, "staff:7"
	wantSame(t, d, first, nil)
	second := makeDeal(t, s, standfirst.Deal{Kind: standfirst.PrimaryRound, Title: d.Title, Target: northwind.ID})
	if second.Slug != "halcyon-compute-round-2" {
		t.Errorf("the second has the slug %q", second.Slug)
	}
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.AddDealParties(999, d.Parties), standfirst.NotFound)
		return tx.AddDealParties(first.ID, []standfirst.DealParty{d.Parties[0], {Entity: halcyon.ID, Role: standfirst.Seller}})
	})
	d.Parties = append(d.Parties, standfirst.DealParty{Entity: halcyon.ID, Role: standfirst.Seller})
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.DealAt("halcyon-compute-round")
		wantSame(t, d, got, err)
		several, err := tx.DealsByID([]standfirst.DealID{second.ID, first.ID, 999})
		wantSame(t, []standfirst.Deal{d, second}, several, err)
		several, err = tx.DealsOfTargets([]standfirst.EntityID{halcyon.ID})
		wantSame(t, []standfirst.Deal{d}, several, err)
		several, err = tx.DealsOfEntity(northwind.ID, 0, 5, store.ForDesk)
		wantSame(t, []standfirst.Deal{second, d}, several, err)
		several, err = tx.DealsOfEntity(northwind.ID, second.ID, 5, store.ForDesk)
		wantSame(t, []standfirst.Deal{d}, several, err)
		several, err = tx.DealsOfEntity(northwind.ID, 0, 5, store.ForReaders)
		wantSame(t, nil, several, err)
		_, err = tx.Deal(999)
		wantKind(t, err, standfirst.NotFound)
		_, err = tx.DealAt("none")
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
	update(t, s, func(tx *store.Tx) error {
		released, err := tx.ReleaseDeals([]standfirst.DealID{first.ID}, noon)
		wantSame(t, []standfirst.DealID{first.ID}, released, err)
		released, err = tx.ReleaseDeals([]standfirst.DealID{first.ID}, noon.Add(time.Hour))
		wantSame(t, nil, released, err)
		return nil
	})
	d.ReleasedAt = noon
	wantSame(t, []standfirst.Deal{d}, read(t, s, func(tx *store.ReadTx) ([]standfirst.Deal, error) {
		return tx.DealsOfEntity(northwind.ID, 0, 5, store.ForReaders)
	}), nil)
}

func testChangeDeal(t *testing.T, s *store.Store) {
	halcyon, northwind, kestrel := makeEntity(t, s, standfirst.Company, "Halcyon"), makeEntity(t, s, standfirst.Company, "Northwind"), makeEntity(t, s, standfirst.Company, "Kestrel")
	d := makeDeal(t, s, standfirst.Deal{Kind: standfirst.PrimaryRound, Title: "Halcyon round", Target: halcyon.ID, Parties: []standfirst.DealParty{
		{Entity: northwind.ID, Role: standfirst.Lead}, {Entity: halcyon.ID, Role: standfirst.Seller},
	}})
	d.Kind, d.Title, d.Parties = standfirst.Secondary, "Halcyon share sale", []standfirst.DealParty{{Entity: kestrel.ID, Role: standfirst.Buyer}}
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.ChangeDeal(999, d.Kind, d.Title), standfirst.NotFound)
		wantKind(t, tx.SetDealParties(999, nil), standfirst.NotFound)
		if err := tx.ChangeDeal(d.ID, d.Kind, d.Title); err != nil {
			return err
		}
		return tx.SetDealParties(d.ID, d.Parties)
	})
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.DealAt("halcyon-round")
		wantSame(t, d, got, err)
		for entity, want := range map[standfirst.EntityID][]standfirst.Deal{northwind.ID: nil, kestrel.ID: {d}, halcyon.ID: {d}} {
			found, err := tx.DealsOfEntity(entity, 0, 5, store.ForDesk)
			wantSame(t, want, found, err)
		}
		return nil
	})
}

func testDealLists(t *testing.T, s *store.Store) {
	target := makeEntity(t, s, standfirst.Company, "Halcyon")
	kinds := []standfirst.DealKind{standfirst.Debt, standfirst.Merger}
	stages := []standfirst.DealStage{standfirst.Talks, standfirst.Closed}
	// Deal 0 has no size, 1 to 8 have one, the last two in another currency.
	for i := range 9 {
		l := store.DealListing{
			Deal:  makeDeal(t, s, standfirst.Deal{Kind: kinds[i%2], Title: fmt.Sprintf("Deal %d", i), Target: target.ID}),
			Stage: stages[i/2%2], UpdatedAt: noon.Add(time.Duration(i/3) * time.Minute),
		}
		if i > 0 {
			l.Size = money(int64(i/2+1)*1e9, "USD")
		}
		if i > 6 {
			l.Size.Unit = "EUR"
		}
		update(t, s, func(tx *store.Tx) error { return tx.SetDealListing(l) })
	}
	for want, filter := range map[string]store.DealFilter{
		"8 7 6 5 4 3 2 1 0": {},
		"8 6 4 2 0":         {Kind: standfirst.Debt},
		"7 6 3 2":           {Stage: standfirst.Closed},
		"7 3":               {Kind: standfirst.Merger, Stage: standfirst.Closed},
		"6 5 4 3 2 1":       {Order: store.BySize, Currency: "USD"},
		"6 4 2":             {Order: store.BySize, Currency: "USD", Kind: standfirst.Debt},
		"6 3 2":             {Order: store.BySize, Currency: "USD", Stage: standfirst.Closed},
		"5 1":               {Order: store.BySize, Currency: "USD", Kind: standfirst.Merger, Stage: standfirst.Talks},
		"8 7":               {Order: store.BySize, Currency: "EUR"},
	} {
		var got []string
		var after store.DealPosition
		for {
			some := read(t, s, func(tx *store.ReadTx) ([]store.DealListing, error) { return tx.DealListings(filter, after, 2) })
			if len(some) == 0 {
				break
			}
			for _, l := range some {
				got = append(got, strings.TrimPrefix(l.Deal.Title, "Deal "))
				after = l.Position()
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%+v lists %s, want %s", filter, strings.Join(got, " "), want)
		}
	}
	err := s.View(t.Context(), func(tx *store.ReadTx) error {
		_, err := tx.DealListings(store.DealFilter{Order: store.BySize}, store.DealPosition{}, 2)
		return err
	})
	wantKind(t, err, standfirst.Invalid)

	first := func(tx *store.ReadTx) ([]store.DealListing, error) {
		return tx.DealListings(store.DealFilter{}, store.DealPosition{}, 1)
	}
	l := read(t, s, first)[0]
	wantSame(t, l, read(t, s, func(tx *store.ReadTx) (store.DealListing, error) { return tx.DealListing(l.Deal.ID) }), nil)
	err = s.View(t.Context(), func(tx *store.ReadTx) error {
		_, err := tx.DealListing(999)
		return err
	})
	wantKind(t, err, standfirst.NotFound)
	wantSame(t, target, l.Target, nil)
	wantSame(t, money(5e9, "EUR"), l.Size, nil)
	l.Stage, l.Size, l.UpdatedAt = standfirst.Collapsed, nil, noon.Add(time.Hour)
	update(t, s, func(tx *store.Tx) error { return tx.SetDealListing(l) })
	wantSame(t, l, read(t, s, first)[0], nil)
	update(t, s, func(tx *store.Tx) error { return tx.ClearDealListing(l.Deal.ID) })
	if got := read(t, s, first)[0].Deal.Title; got != "Deal 7" {
		t.Errorf("the first is now %s", got)
	}
}
