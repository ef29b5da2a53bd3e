package storetest

import (
	"testing"

	"standfirst"
	"standfirst/internal/store"
)

func testChangeEntity(t *testing.T, s *store.Store) {
	e := makeEntity(t, s, standfirst.Company, "Northwind Freight")
	other := makeEntity(t, s, standfirst.Company, "Halcyon")
	update(t, s, func(tx *store.Tx) error {
		if err := tx.AddAliases(e.ID, []string{"Northwind"}); err != nil {
			return err
		}
		return tx.AddTickers(e.ID, []standfirst.Ticker{ticker("NYSE: NWF")})
	})
	e.Name, e.Aliases, e.Tickers, e.LEI, e.QID = "Northwind Group", []string{"NWG"}, []standfirst.Ticker{ticker("LSE: NWG")}, "5299000J2N45DDNE4Y28", "Q17"
	update(t, s, func(tx *store.Tx) error {
		gone := e
		gone.ID = 999
		wantKind(t, tx.ChangeEntity(gone), standfirst.NotFound)
		return tx.ChangeEntity(e)
	})
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.Entity(e.ID)
		wantSame(t, e, got, err)
		_, err = tx.EntityByTicker("XNYS", "NWF")
		wantKind(t, err, standfirst.NotFound)
		for key, want := range map[string]string{"northwind group": e.Name, "nwg": e.Name, "northwind": "", "northwind freight": ""} {
			found, err := tx.EntitiesByKeys([]string{key})
			if err != nil || names(found) != want {
				t.Errorf("%q finds %s, %v", key, names(found), err)
			}
		}
		return nil
	})
	other.Tickers = e.Tickers
	err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.ChangeEntity(other) })
	wantKind(t, err, standfirst.Conflict)
}

// testMergeEntities holds that everything that is known of the one is known of the other,
// and that claims of the same stay apart and know each other.
func testMergeEntities(t *testing.T, s *store.Store) {
	gone, kept := makeEntity(t, s, standfirst.Company, "Halcyon Compute Inc"), makeEntity(t, s, standfirst.Company, "Halcyon Compute")
	third, place := makeEntity(t, s, standfirst.Company, "Northwind"), makeEntity(t, s, standfirst.Place, "Halcyon")
	update(t, s, func(tx *store.Tx) error {
		gone.Aliases, gone.Tickers, gone.LEI = []string{"HCI"}, []standfirst.Ticker{ticker("NYSE: HCI")}, "5299000J2N45DDNE4Y28"
		if err := tx.ChangeEntity(gone); err != nil {
			return err
		}
		_, err := tx.ReleaseEntities([]standfirst.EntityID{gone.ID}, noon)
		return err
	})
	of := func(e standfirst.Entity) standfirst.Subject { return standfirst.Subject{Entity: e.ID} }
	moved := makeClaim(t, s, standfirst.Claim{Subject: of(gone), Property: standfirst.Headcount})
	first := makeClaim(t, s, standfirst.Claim{Subject: of(gone), Property: standfirst.Valuation})
	there := makeClaim(t, s, standfirst.Claim{Subject: of(kept), Property: standfirst.Valuation})
	shown := reported(first.ID, 96)
	shown.ReleasedAt = noon
	recorded := insertVersion(t, s, shown)
	own := insertVersion(t, s, reported(first.ID, 97))
	deal := makeDeal(t, s, standfirst.Deal{Kind: standfirst.PrimaryRound, Title: "Round", Target: third.ID, Parties: []standfirst.DealParty{
		{Entity: gone.ID, Role: standfirst.Investor}, {Entity: kept.ID, Role: standfirst.Investor}, {Entity: kept.ID, Role: standfirst.Lead},
	}})
	party := func(e standfirst.Entity) standfirst.Claim {
		return makeClaim(t, s, standfirst.Claim{
			Subject: standfirst.Subject{Deal: deal.ID}, Property: standfirst.Commitment, Dimensions: standfirst.Dimensions{Party: e.ID},
		})
	}
	commits, again := party(gone), party(kept)
	story := published(t, s, "Halcyon grows", noon, store.Listing{})
	update(t, s, func(tx *store.Tx) error {
		if err := tx.SetCiting(story.ID, noon, []standfirst.ClaimID{moved.ID}); err != nil {
			return err
		}
		_, err := tx.InsertResponse(standfirst.Response{Subject: of(gone), Party: gone.ID, Kind: standfirst.ResponseDenied})
		return err
	})
	for name, pair := range map[string][2]standfirst.EntityID{"itself": {kept.ID, kept.ID}, "another kind": {gone.ID, place.ID}} {
		err := s.Update(t.Context(), func(tx *store.Tx) error { _, err := tx.MergeEntities(pair[0], pair[1]); return err })
		if standfirst.KindOf(err) != standfirst.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := s.Update(t.Context(), func(tx *store.Tx) error { _, err := tx.MergeEntities(gone.ID, third.ID); return err })
	wantKind(t, err, standfirst.Conflict) // they are two sides of the deal

	update(t, s, func(tx *store.Tx) error {
		merged, err := tx.MergeEntities(gone.ID, kept.ID)
		wantSame(t, []standfirst.DealID{deal.ID}, merged.Deals, err)
		if len(merged.Claims) != 3 {
			t.Errorf("%d claims have moved", len(merged.Claims))
		}
		return nil
	})
	view(t, s, func(tx *store.ReadTx) error {
		e, err := tx.Entity(kept.ID)
		if err != nil {
			return err
		}
		wantSame(t, []string{"HCI"}, e.Aliases, nil) // the other name is the same without its legal form
		wantSame(t, gone.Tickers, e.Tickers, nil)
		wantSame(t, gone.LEI, e.LEI, nil)
		wantSame(t, noon, e.ReleasedAt, nil)
		old, err := tx.EntityAt(standfirst.Company, gone.Slug)
		wantSame(t, kept.ID, old.MergedInto, err)
		listed, err := tx.Entities(standfirst.Company, "", 9, store.ForDesk)
		if err != nil || names(listed) != "Halcyon Compute, Northwind" {
			t.Errorf("listed: %s, %v", names(listed), err)
		}
		byTicker, err := tx.EntityByTicker("XNYS", "HCI")
		wantSame(t, kept.ID, byTicker.ID, err)
		named, err := tx.EntitiesByKeys([]string{"hci", "halcyon compute"})
		wantSame(t, []standfirst.Entity{e}, named, err)

		d, err := tx.Deal(deal.ID)
		wantSame(t, []standfirst.DealParty{{Entity: kept.ID, Role: standfirst.Investor}, {Entity: kept.ID, Role: standfirst.Lead}}, d.Parties, err)
		deals, err := tx.DealsOfEntity(gone.ID, 0, 9, store.ForDesk)
		wantSame(t, nil, deals, err)

		claims, err := tx.ClaimsOf(of(kept), store.ForDesk)
		if err != nil {
			return err
		}
		moved.Subject, first.Subject = of(kept), of(kept)
		first.SameAs, there.SameAs = there.ID, there.ID
		wantSame(t, []standfirst.Claim{moved, first, there}, claims, nil)
		found, err := tx.ClaimByKey(of(kept), standfirst.Valuation, standfirst.Dimensions{})
		wantSame(t, there, found, err)
		same, err := tx.WithSame([]standfirst.Claim{moved, there})
		wantSame(t, []standfirst.Claim{moved, there, first}, same, err)
		versions, err := tx.VersionsOf(of(kept), store.ForDesk)
		wantSame(t, []standfirst.ClaimVersionID{recorded, own}, versionIDs(versions), err)
		commits.Dimensions.Party, commits.SameAs, again.SameAs = kept.ID, again.ID, again.ID
		ofParty, err := tx.ClaimsOfParty(kept.ID)
		wantSame(t, []standfirst.Claim{commits, again}, ofParty, err)
		former, err := tx.FormerClaims([]standfirst.ClaimVersionID{recorded, own})
		wantSame(t, map[standfirst.ClaimVersionID]store.FormerClaim{recorded: {Entity: gone.ID}}, former, err)

		cards, err := tx.CitingStoriesOf(of(kept), standfirst.Position{}, 9)
		if err != nil || len(cards) != 1 {
			t.Errorf("%d stories are listed with it, %v", len(cards), err)
		}
		answers, err := tx.Responses(of(kept), store.ForDesk)
		if err != nil || len(answers) != 1 || answers[0].Party != kept.ID {
			t.Errorf("the answers are %+v, %v", answers, err)
		}
		return nil
	})
	// What is merged again stays one group, and the record keeps what it said first.
	last := makeEntity(t, s, standfirst.Company, "Halcyon Holdings")
	target := makeClaim(t, s, standfirst.Claim{Subject: of(last), Property: standfirst.Valuation})
	update(t, s, func(tx *store.Tx) error { _, err := tx.MergeEntities(kept.ID, last.ID); return err })
	view(t, s, func(tx *store.ReadTx) error {
		for _, id := range []standfirst.ClaimID{first.ID, there.ID, target.ID} {
			c, err := tx.Claim(id)
			wantSame(t, target.ID, c.SameAs, err)
		}
		old, err := tx.EntityAt(standfirst.Company, gone.Slug)
		wantSame(t, last.ID, old.MergedInto, err)
		former, err := tx.FormerClaims([]standfirst.ClaimVersionID{recorded})
		wantSame(t, map[standfirst.ClaimVersionID]store.FormerClaim{recorded: {Entity: gone.ID}}, former, err)
		return nil
	})
}
