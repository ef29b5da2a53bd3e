package storetest

import (
	"math/big"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// money returns an exact amount.
func money(amount int64, currency standfirst.Unit) *standfirst.Quantity {
	return &standfirst.Quantity{Point: big.NewRat(amount, 1), Decimals: -9, Unit: currency}
}

// dealClaim stores a deal and a claim about it.
func dealClaim(t testing.TB, s *store.Store, p standfirst.Property) standfirst.Claim {
	t.Helper()
	target := makeEntity(t, s, standfirst.Company, "Halcyon")
	deal := makeDeal(t, s, standfirst.Deal{Kind: standfirst.PrimaryRound, Title: "Halcyon round", Target: target.ID})
	return makeClaim(t, s, standfirst.Claim{Subject: standfirst.Subject{Deal: deal.ID}, Property: p})
}

// makeClaim stores the claim and returns it as it is read.
func makeClaim(t testing.TB, s *store.Store, c standfirst.Claim) standfirst.Claim {
	t.Helper()
	c.CreatedAt = noon
	update(t, s, func(tx *store.Tx) (err error) {
		c.ID, err = tx.InsertClaim(c)
		return err
	})
	return read(t, s, func(tx *store.ReadTx) (standfirst.Claim, error) { return tx.Claim(c.ID) })
}

// reported returns a version of the claim that somebody told the newsroom.
func reported(claim standfirst.ClaimID, amount int64) standfirst.ClaimVersion {
	return standfirst.ClaimVersion{
		Claim: claim, Value: standfirst.Value{Quantity: money(amount, "USD")}, Modality: standfirst.Prospective,
		Evidence: standfirst.ReportedAnonymous, Words: "about it", RecordedAt: noon, RecordedBy: "staff:7",
		Attributions: []standfirst.Attribution{{
			Kind: standfirst.Anonymous, Outlet: "The Ledger", ViaOutlet: "a wire", LeastSources: 2, Proximity: standfirst.Familiar,
			GroundRule: "not for attribution", Words: "people familiar with the matter", Day: today,
		}},
	}
}

// insertVersion stores the version and returns its identifier.
func insertVersion(t testing.TB, s *store.Store, v standfirst.ClaimVersion) (id standfirst.ClaimVersionID) {
	t.Helper()
	update(t, s, func(tx *store.Tx) (err error) {
		id, err = tx.InsertVersion(v)
		return err
	})
	return id
}

// version returns the version as the audience sees it.
func version(t testing.TB, s *store.Store, id standfirst.ClaimVersionID, a store.Audience) standfirst.ClaimVersion {
	t.Helper()
	return read(t, s, func(tx *store.ReadTx) (standfirst.ClaimVersion, error) { return tx.Version(id, a) })
}

// wantHidden fails the test unless readers know nothing of the version.
func wantHidden(t testing.TB, s *store.Store, id standfirst.ClaimVersionID) {
	t.Helper()
	err := s.View(t.Context(), func(tx *store.ReadTx) error {
		_, err := tx.Version(id, store.ForReaders)
		return err
	})
	wantKind(t, err, standfirst.NotFound)
}

func testClaims(t *testing.T, s *store.Store) {
	target, investor := makeEntity(t, s, standfirst.Company, "Halcyon"), makeEntity(t, s, standfirst.Company, "Northwind")
	deal := makeDeal(t, s, standfirst.Deal{Kind: standfirst.PrimaryRound, Title: "Halcyon round", Target: target.ID})
	c := standfirst.Claim{
		Subject: standfirst.Subject{Deal: deal.ID}, Property: standfirst.Commitment, CreatedAt: noon,
		Dimensions: standfirst.Dimensions{Party: investor.ID, Tranche: "first", Day: today, Period: "2026-Q1", Event: "closing"},
	}
	stored := makeClaim(t, s, c)
	c.ID = stored.ID
	wantSame(t, c, stored, nil)
	other := makeClaim(t, s, standfirst.Claim{Subject: standfirst.Subject{Deal: deal.ID}, Property: standfirst.Commitment})
	revenue := makeClaim(t, s, standfirst.Claim{Subject: standfirst.Subject{Entity: target.ID}, Property: standfirst.Revenue})
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.ClaimByKey(c.Subject, c.Property, c.Dimensions)
		wantSame(t, c, got, err)
		_, err = tx.ClaimByKey(c.Subject, standfirst.Stake, c.Dimensions)
		wantKind(t, err, standfirst.NotFound)
		_, err = tx.Claim(999)
		wantKind(t, err, standfirst.NotFound)
		all, err := tx.ClaimsOf(c.Subject, store.ForDesk)
		wantSame(t, []standfirst.Claim{c, other}, all, err)
		all, err = tx.ClaimsOf(revenue.Subject, store.ForDesk)
		wantSame(t, []standfirst.Claim{revenue}, all, err)
		all, err = tx.ClaimsOf(c.Subject, store.ForReaders)
		wantSame(t, nil, all, err)
		all, err = tx.ClaimsByID([]standfirst.ClaimID{revenue.ID, c.ID, 999, c.ID})
		wantSame(t, []standfirst.Claim{c, revenue}, all, err)
		return nil
	})
	update(t, s, func(tx *store.Tx) error {
		_, err := tx.InsertClaim(c)
		wantKind(t, err, standfirst.Conflict)
		_, err = tx.InsertClaim(standfirst.Claim{Property: standfirst.Stage})
		wantKind(t, err, standfirst.Invalid)
		_, err = tx.InsertClaim(standfirst.Claim{Subject: standfirst.Subject{Deal: deal.ID, Entity: target.ID}})
		wantKind(t, err, standfirst.Invalid)
		v := reported(other.ID, 1)
		v.ReleasedAt = noon
		_, err = tx.InsertVersion(v)
		return err
	})
	wantSame(t, []standfirst.Claim{other}, read(t, s, func(tx *store.ReadTx) ([]standfirst.Claim, error) {
		return tx.ClaimsOf(c.Subject, store.ForReaders)
	}), nil)
}

// Readers get the words and the day of an attribution, and nothing else of it.
func testRelease(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.AmountRaised)
	v := reported(claim.ID, 6e9)
	id := insertVersion(t, s, v)
	update(t, s, func(tx *store.Tx) error {
		released, err := tx.ReleaseVersions([]standfirst.ClaimVersionID{id, 999}, noon)
		wantSame(t, []standfirst.ClaimVersionID{id}, released, err)
		released, err = tx.ReleaseVersions([]standfirst.ClaimVersionID{id}, noon.Add(time.Hour))
		wantSame(t, nil, released, err)
		released, err = tx.ReleaseVersions(nil, noon)
		wantSame(t, nil, released, err)
		return nil
	})
	v.ID, v.Number, v.ReleasedAt = id, 1, noon
	v.Attributions[0].ReleasedAt = noon
	wantSame(t, v, version(t, s, id, store.ForDesk), nil)
	v.Attributions = []standfirst.Attribution{{Words: "people familiar with the matter", Day: today}}
	wantSame(t, v, version(t, s, id, store.ForReaders), nil)
	insertVersion(t, s, reported(claim.ID, 7e9)) // which readers do not see
	all := func(after standfirst.ClaimVersionID) []standfirst.ClaimVersion {
		return read(t, s, func(tx *store.ReadTx) ([]standfirst.ClaimVersion, error) { return tx.ReleasedVersions(after, 5) })
	}
	wantSame(t, []standfirst.ClaimVersion{v}, all(0), nil)
	wantSame(t, nil, all(id), nil)
	// What was recorded before and comes out after is new to whoever has seen the others.
	late := insertVersion(t, s, reported(claim.ID, 8e9))
	next := insertVersion(t, s, reported(claim.ID, 9e9))
	for i, v := range []standfirst.ClaimVersionID{next, late} {
		update(t, s, func(tx *store.Tx) error {
			_, err := tx.ReleaseVersions([]standfirst.ClaimVersionID{v}, noon.AddDate(1, 0, i))
			return err
		})
	}
	for after, want := range map[standfirst.ClaimVersionID]standfirst.ClaimVersionID{id: next, next: late} {
		if got := all(after); len(got) == 0 || got[0].ID != want {
			t.Errorf("after version %d come %+v, want %d first", after, got, want)
		}
	}
}

// What an unpublished story adds to a figure that readers see stays the desk's own
// while other stories that cite it are published.
func testLateAttributions(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.AmountRaised)
	id := insertVersion(t, s, reported(claim.ID, 6e9))
	story := draft(t, s, "Under embargo")
	release := func() {
		update(t, s, func(tx *store.Tx) error {
			_, err := tx.ReleaseVersions([]standfirst.ClaimVersionID{id}, noon)
			return err
		})
	}
	release()
	update(t, s, func(tx *store.Tx) error {
		a := standfirst.Attribution{Kind: standfirst.Spokesperson, Words: "a spokesman said", Day: today}
		wantKind(t, tx.AddAttribution(999, a, 0, noon), standfirst.NotFound)
		if err := tx.AddAttribution(id, a, story.ID, noon); err != nil {
			return err
		}
		return tx.AddAttribution(id, a, 0, noon)
	})
	count := func(want int) {
		t.Helper()
		if got := len(version(t, s, id, store.ForReaders).Attributions); got != want {
			t.Errorf("readers see %d attributions, want %d", got, want)
		}
	}
	count(1)
	release()
	count(2)
	update(t, s, func(tx *store.Tx) error {
		ids, err := tx.ReleaseAttributions(story.ID, noon)
		wantSame(t, []standfirst.ClaimVersionID{id}, ids, err)
		ids, err = tx.ReleaseAttributions(story.ID, noon)
		wantSame(t, nil, ids, err)
		return nil
	})
	count(3)
	if got := len(version(t, s, id, store.ForDesk).Attributions); got != 3 {
		t.Errorf("the desk sees %d attributions", got)
	}
}

// A version is current for readers until the end that an unreleased version makes is
// released, and then ended at that time.
func testEnds(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.RoundTarget)
	old := reported(claim.ID, 120e9)
	old.ReleasedAt = noon
	old.ID = insertVersion(t, s, old)
	next := reported(claim.ID, 110e9)
	next.Supersedes, next.Class, next.Cause = old.ID, standfirst.Update, standfirst.SupersededByBetterInformation
	next.ID = insertVersion(t, s, next)
	end := store.End{
		Version: old.ID, Lifecycle: standfirst.SupersededByBetterInformation, At: noon.Add(time.Minute), By: next.ID, Class: standfirst.Update,
		Note: "It is less.", RecordedBy: "staff:7",
	}
	update(t, s, func(tx *store.Tx) error { return tx.InsertEnd(end) })
	wantEnd := func(a store.Audience, ended standfirst.Lifecycle, at time.Time) {
		t.Helper()
		v := version(t, s, old.ID, a)
		if v.Ended != ended || !v.EndedAt.Equal(at) {
			t.Errorf("ended %q at %v, want %q at %v", v.Ended, v.EndedAt, ended, at)
		}
	}
	ends := func(a store.Audience) []store.End {
		all := read(t, s, func(tx *store.ReadTx) ([]store.End, error) { return tx.Ends(claim.ID, a) })
		wantSame(t, all, read(t, s, func(tx *store.ReadTx) ([]store.End, error) {
			return tx.EndsOfVersions([]standfirst.ClaimVersionID{old.ID}, a)
		}), nil)
		return all
	}
	wantEnd(store.ForDesk, end.Lifecycle, end.At)
	wantEnd(store.ForReaders, standfirst.Current, time.Time{})
	wantSame(t, []store.End{end}, ends(store.ForDesk), nil)
	wantSame(t, nil, ends(store.ForReaders), nil)

	at := noon.Add(time.Hour)
	released := end
	released.ReleasedAt = at
	update(t, s, func(tx *store.Tx) error {
		got, err := tx.ReleaseEnds([]standfirst.ClaimVersionID{next.ID}, at)
		wantSame(t, []store.End{released}, got, err)
		got, err = tx.ReleaseEnds([]standfirst.ClaimVersionID{next.ID}, at)
		wantSame(t, nil, got, err)
		return nil
	})
	wantEnd(store.ForDesk, end.Lifecycle, end.At)
	wantEnd(store.ForReaders, end.Lifecycle, at)
	wantSame(t, []store.End{released}, ends(store.ForDesk), nil)
	released.At = at
	wantSame(t, []store.End{released}, ends(store.ForReaders), nil)

	// A later end counts, for readers when it is released.
	retraction := store.End{Version: old.ID, Lifecycle: standfirst.RetractedClaim, At: noon.Add(2 * time.Hour), Class: standfirst.Retraction, RecordedBy: "staff:7"}
	update(t, s, func(tx *store.Tx) error { return tx.InsertEnd(retraction) })
	wantEnd(store.ForDesk, standfirst.RetractedClaim, retraction.At)
	wantEnd(store.ForReaders, end.Lifecycle, at)
	update(t, s, func(tx *store.Tx) error {
		got, err := tx.ReleaseEndsOf([]standfirst.ClaimVersionID{next.ID, old.ID}, noon.Add(3*time.Hour))
		retraction.ReleasedAt = noon.Add(3 * time.Hour)
		wantSame(t, []store.End{retraction}, got, err)
		return nil
	})
	wantEnd(store.ForReaders, standfirst.RetractedClaim, retraction.ReleasedAt)
	if versions := read(t, s, func(tx *store.ReadTx) ([]standfirst.ClaimVersion, error) { return tx.Versions(claim.ID, store.ForDesk) }); len(versions) != 2 {
		t.Errorf("%d versions, want 2", len(versions))
	}
}

func testResponses(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.RoundTarget)
	party := makeEntity(t, s, standfirst.Company, "Northwind")
	onClaim := standfirst.Response{
		Subject: claim.Subject, Claim: claim.ID, Party: party.ID, Kind: standfirst.ResponseDenied, Words: "“It is not so,” it said.", Day: today,
		RecordedAt: noon, RecordedBy: "staff:7",
	}
	general := standfirst.Response{
		Subject: standfirst.Subject{Entity: party.ID}, Kind: standfirst.ResponseNone, RecordedAt: noon, RecordedBy: "staff:7", ReleasedAt: noon,
	}
	update(t, s, func(tx *store.Tx) (err error) {
		_, err = tx.InsertResponse(standfirst.Response{Kind: standfirst.ResponseNone})
		wantKind(t, err, standfirst.Invalid)
		if onClaim.ID, err = tx.InsertResponse(onClaim); err != nil {
			return err
		}
		general.ID, err = tx.InsertResponse(general)
		return err
	})
	both := []standfirst.Subject{general.Subject, onClaim.Subject}
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.Responses(claim.Subject, store.ForDesk)
		wantSame(t, []standfirst.Response{onClaim}, got, err)
		got, err = tx.Responses(claim.Subject, store.ForReaders)
		wantSame(t, nil, got, err)
		got, err = tx.ResponsesBySubjects(both, store.ForReaders)
		wantSame(t, []standfirst.Response{general}, got, err)
		return nil
	})
	update(t, s, func(tx *store.Tx) error {
		released, err := tx.ReleaseResponses([]standfirst.ResponseID{onClaim.ID, general.ID}, noon.Add(time.Hour))
		wantSame(t, []standfirst.ResponseID{onClaim.ID}, released, err)
		return nil
	})
	onClaim.ReleasedAt = noon.Add(time.Hour)
	wantSame(t, []standfirst.Response{onClaim, general}, read(t, s, func(tx *store.ReadTx) ([]standfirst.Response, error) {
		return tx.ResponsesBySubjects(both, store.ForReaders)
	}), nil)
}
