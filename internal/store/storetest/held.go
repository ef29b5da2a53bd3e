package storetest

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// testHeld holds what small parts of pages read: a few claims by what they are, what is
// current of them and what was recorded last.
func testHeld(t *testing.T, s *store.Store) {
	value := dealClaim(t, s, standfirst.Valuation)
	investor := makeEntity(t, s, standfirst.Company, "Northwind")
	party := standfirst.Dimensions{Party: investor.ID}
	commitment := makeClaim(t, s, standfirst.Claim{Subject: value.Subject, Property: standfirst.Commitment, Dimensions: party})
	for _, other := range []standfirst.Claim{
		{Subject: value.Subject, Property: standfirst.Valuation, Dimensions: standfirst.Dimensions{Tranche: "second"}},
		{Subject: value.Subject, Property: standfirst.EventDate},
		{Subject: standfirst.Subject{Entity: investor.ID}, Property: standfirst.Valuation},
	} {
		makeClaim(t, s, other)
	}
	released := func(claim standfirst.ClaimID, amount int64, after time.Duration) standfirst.ClaimVersionID {
		v := reported(claim, amount)
		v.RecordedAt, v.ReleasedAt = noon.Add(after), noon.Add(after)
		return insertVersion(t, s, v)
	}
	first := released(value.ID, 96, 0)
	commits := released(commitment.ID, 6, time.Minute)
	second := released(value.ID, 97, time.Hour)
	erased := released(value.ID, 98, 2*time.Hour)
	own := reported(value.ID, 99)
	own.RecordedAt = noon.Add(3 * time.Hour)
	hidden := insertVersion(t, s, own)
	update(t, s, func(tx *store.Tx) error {
		if err := tx.InsertEnd(store.End{Version: first, Lifecycle: standfirst.SupersededByEvent, By: second, ReleasedAt: noon}); err != nil {
			return err
		}
		// What took the place of the second is the desk's own, and so is that it did.
		if err := tx.InsertEnd(store.End{Version: second, Lifecycle: standfirst.Corrected, By: hidden}); err != nil {
			return err
		}
		return tx.EraseVersion(erased)
	})
	properties := []standfirst.Property{standfirst.Valuation, standfirst.Commitment}
	view(t, s, func(tx *store.ReadTx) error {
		found, err := tx.ClaimsNamed(value.Subject, properties, []standfirst.Dimensions{{}, party})
		wantSame(t, []standfirst.Claim{commitment, value}, found, err)
		found, err = tx.ClaimsNamed(value.Subject, properties, []standfirst.Dimensions{{}})
		wantSame(t, []standfirst.Claim{value}, found, err)
		found, err = tx.ClaimsNamed(value.Subject, nil, []standfirst.Dimensions{{}})
		wantSame(t, nil, found, err)

		found, err = tx.PlainClaims([]standfirst.Subject{value.Subject, {Entity: 999}}, standfirst.Valuation)
		wantSame(t, []standfirst.Claim{value}, found, err)
		found, err = tx.PlainClaims([]standfirst.Subject{value.Subject}, standfirst.Commitment)
		wantSame(t, nil, found, err)

		ids := []standfirst.ClaimID{value.ID, commitment.ID}
		held, err := tx.HeldVersions(ids, store.ForReaders)
		wantSame(t, []standfirst.ClaimVersionID{second, commits}, versionIDs(held), err)
		held, err = tx.HeldVersions(ids, store.ForDesk)
		wantSame(t, []standfirst.ClaimVersionID{hidden, commits}, versionIDs(held), err)
		newest, err := tx.NewestVersions(ids, 3, store.ForReaders)
		wantSame(t, []standfirst.ClaimVersionID{erased, second, commits}, versionIDs(newest), err)
		wantSame(t, standfirst.Current, newest[1].Ended, nil)
		newest, err = tx.NewestVersions(ids, 9, store.ForDesk)
		wantSame(t, []standfirst.ClaimVersionID{hidden, erased, second, commits, first}, versionIDs(newest), err)
		wantSame(t, standfirst.Corrected, newest[2].Ended, nil)
		return nil
	})
}

// testLedgerLists holds that a list counts from its first row on.
func testLedgerLists(t *testing.T, s *store.Store) {
	lists := func(tx *store.ReadTx) (store.LedgerLists, error) { return tx.LedgerLists() }
	wantSame(t, store.LedgerLists{}, read(t, s, lists), nil)
	claim := dealClaim(t, s, standfirst.Valuation) // of a deal that no list shows
	wantSame(t, store.LedgerLists{}, read(t, s, lists), nil)
	update(t, s, func(tx *store.Tx) error {
		_, err := tx.InsertNotice(standfirst.Notice{Class: standfirst.Update, At: noon})
		return err
	})
	wantSame(t, store.LedgerLists{Notices: true}, read(t, s, lists), nil)
	update(t, s, func(tx *store.Tx) error {
		return tx.SetDealListing(store.DealListing{Deal: standfirst.Deal{ID: claim.Subject.Deal, Kind: standfirst.PrimaryRound}, UpdatedAt: noon})
	})
	wantSame(t, store.LedgerLists{Deals: true, Notices: true}, read(t, s, lists), nil)
}

func versionIDs(versions []standfirst.ClaimVersion) []standfirst.ClaimVersionID {
	var ids []standfirst.ClaimVersionID
	for _, v := range versions {
		ids = append(ids, v.ID)
	}
	return ids
}
