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

// Every part of a version comes back as it was stored.
func testVersions(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.Valuation)
	source := makeEntity(t, s, standfirst.Person, "Ada Quill")
	first := standfirst.ClaimVersion{
		Claim: claim.ID, Number: 1, Modality: standfirst.Actual, Evidence: standfirst.Documented, Words: "more than $2.1 billion, “pre-money”",
		Value: standfirst.Value{Basis: standfirst.PreMoney, Quantity: &standfirst.Quantity{
			Lo: big.NewRat(21e8, 1), Hi: big.NewRat(22e9, 3), LoExclusive: true, HiExclusive: true, Approx: true, Decimals: -8, Unit: "USD",
		}},
		AsOf:      standfirst.DateRange{From: today, To: today.AddDays(30), Precision: standfirst.PrecisionMonth},
		Unchecked: true, RecordedAt: noon, RecordedBy: "command",
		Attributions: []standfirst.Attribution{
			{Kind: standfirst.NamedSource, Name: "Ada Quill", Entity: source.ID, Words: "said Ada Quill", Day: today},
			{Kind: standfirst.FromDocument, DocumentURL: "https://example.org/filing", Words: "a filing shows"},
		},
	}
	first.ID = insertVersion(t, s, first)
	wantSame(t, first, version(t, s, first.ID, store.ForDesk), nil)
	wantHidden(t, s, first.ID)

	second := standfirst.ClaimVersion{
		Claim: claim.ID, Number: 2, Value: standfirst.Value{Stage: standfirst.AdvancedTalks}, Modality: standfirst.Actual, Evidence: standfirst.Rumoured,
		Words: "in advanced talks", Supersedes: first.ID, Class: standfirst.Correction, Cause: standfirst.Corrected, Note: "It was wrong.",
		RecordedAt: noon, RecordedBy: "staff:7", ReleasedAt: noon.Add(time.Minute),
	}
	second.ID = insertVersion(t, s, second)
	third := standfirst.ClaimVersion{
		Claim: claim.ID, Number: 3, Value: standfirst.Value{Date: &standfirst.DateRange{From: today, To: today, Precision: standfirst.PrecisionDay}},
		Modality: standfirst.Actual, Evidence: standfirst.Documented, Words: "on Thursday", RecordedAt: noon, RecordedBy: "staff:7",
	}
	third.ID = insertVersion(t, s, third)
	view(t, s, func(tx *store.ReadTx) error {
		all, err := tx.Versions(claim.ID, store.ForDesk)
		wantSame(t, []standfirst.ClaimVersion{first, second, third}, all, err)
		all, err = tx.Versions(claim.ID, store.ForReaders)
		wantSame(t, []standfirst.ClaimVersion{second}, all, err)
		_, err = tx.Version(999, store.ForDesk)
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		_, err := tx.InsertVersion(standfirst.ClaimVersion{Claim: claim.ID, Value: standfirst.Value{Quantity: &standfirst.Quantity{Unit: "USD"}}})
		wantKind(t, err, standfirst.Invalid)
		_, err = tx.InsertVersion(reported(999, 1))
		return err
	})
	wantKind(t, err, standfirst.NotFound)
}

func testVersionsOf(t *testing.T, s *store.Store) {
	a := dealClaim(t, s, standfirst.RoundTarget)
	b := makeClaim(t, s, standfirst.Claim{Subject: a.Subject, Property: standfirst.AmountRaised})
	c := dealClaim(t, s, standfirst.RoundTarget)
	var ids []standfirst.ClaimVersionID
	for _, claim := range []standfirst.Claim{b, a, c, a} {
		ids = append(ids, insertVersion(t, s, reported(claim.ID, 5)))
	}
	update(t, s, func(tx *store.Tx) error {
		_, err := tx.ReleaseVersions([]standfirst.ClaimVersionID{ids[0], ids[3]}, noon)
		return err
	})
	for _, test := range []struct {
		name     string
		audience store.Audience
		query    func(*store.ReadTx, store.Audience) ([]standfirst.ClaimVersion, error)
		want     []standfirst.ClaimVersionID
	}{
		{"subject", store.ForDesk, func(tx *store.ReadTx, a2 store.Audience) ([]standfirst.ClaimVersion, error) {
			return tx.VersionsOf(a.Subject, a2)
		},
			[]standfirst.ClaimVersionID{ids[1], ids[3], ids[0]}},
		{"subject", store.ForReaders, func(tx *store.ReadTx, a2 store.Audience) ([]standfirst.ClaimVersion, error) {
			return tx.VersionsOf(a.Subject, a2)
		}, []standfirst.ClaimVersionID{ids[3], ids[0]}},
		{"claims", store.ForDesk, func(tx *store.ReadTx, a2 store.Audience) ([]standfirst.ClaimVersion, error) {
			return tx.VersionsByClaims([]standfirst.ClaimID{c.ID, b.ID, c.ID}, a2)
		}, []standfirst.ClaimVersionID{ids[0], ids[2]}},
		{"no claims", store.ForDesk, func(tx *store.ReadTx, a2 store.Audience) ([]standfirst.ClaimVersion, error) {
			return tx.VersionsByClaims(nil, a2)
		}, nil},
	} {
		versions := read(t, s, func(tx *store.ReadTx) ([]standfirst.ClaimVersion, error) { return test.query(tx, test.audience) })
		var got []standfirst.ClaimVersionID
		for _, v := range versions {
			got = append(got, v.ID)
			if len(v.Attributions) != 1 {
				t.Errorf("%s: the version %d has %d attributions", test.name, v.ID, len(v.Attributions))
			}
		}
		wantSame(t, test.want, got, nil)
	}
}

// What is shown of a subject is bounded: the newest of what has dimensions, and what is
// current although much was recorded since.
func testShownVersions(t *testing.T, s *store.Store) {
	plain := dealClaim(t, s, standfirst.RoundTarget)
	tranche := func(name string) standfirst.ClaimID {
		return makeClaim(t, s, standfirst.Claim{Subject: plain.Subject, Property: standfirst.AmountRaised, Dimensions: standfirst.Dimensions{Tranche: name}}).ID
	}
	a, b := tranche("a"), tranche("b")
	var ids []standfirst.ClaimVersionID
	for _, claim := range []standfirst.ClaimID{plain.ID, plain.ID, a, a, b, b, b} {
		ids = append(ids, insertVersion(t, s, reported(claim, 5)))
	}
	update(t, s, func(tx *store.Tx) error {
		for _, i := range []int{2, 4, 5, 6} { // of a tranche, only one is current
			end := store.End{Version: ids[i], Lifecycle: standfirst.Expired, RecordedBy: "test"}
			if i != 2 {
				end.ReleasedAt = noon
			}
			if err := tx.InsertEnd(end); err != nil {
				return err
			}
		}
		_, err := tx.ReleaseVersions(append(ids[:2:2], ids[3:]...), noon)
		return err
	})
	for _, test := range []struct {
		most     int
		audience store.Audience
		want     []standfirst.ClaimVersionID
	}{
		{10, store.ForDesk, ids},
		{10, store.ForReaders, append(ids[:2:2], ids[3:]...)},
		{1, store.ForReaders, []standfirst.ClaimVersionID{ids[0], ids[1], ids[3], ids[6]}},
	} {
		versions := read(t, s, func(tx *store.ReadTx) ([]standfirst.ClaimVersion, error) {
			return tx.ShownVersionsOf(plain.Subject, test.most, test.audience)
		})
		var got []standfirst.ClaimVersionID
		for _, v := range versions {
			got = append(got, v.ID)
		}
		wantSame(t, test.want, got, nil)
	}
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
		return read(t, s, func(tx *store.ReadTx) ([]store.End, error) { return tx.Ends(claim.ID, a) })
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

func testUnchecked(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.RoundTarget)
	var ids []standfirst.ClaimVersionID
	for i := range 4 {
		v := reported(claim.ID, 5)
		v.Unchecked = i != 1
		ids = append(ids, insertVersion(t, s, v))
	}
	list := func(after standfirst.ClaimVersionID) (got []standfirst.ClaimVersionID) {
		for _, v := range read(t, s, func(tx *store.ReadTx) ([]standfirst.ClaimVersion, error) { return tx.UncheckedVersions(after, 2) }) {
			got = append(got, v.ID)
		}
		return got
	}
	wantSame(t, []standfirst.ClaimVersionID{ids[0], ids[2]}, list(0), nil)
	wantSame(t, []standfirst.ClaimVersionID{ids[3]}, list(ids[2]), nil)
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.CheckVersion(999, noon, "staff:7"), standfirst.NotFound)
		if err := tx.InsertEnd(store.End{Version: ids[2], Lifecycle: standfirst.Expired}); err != nil {
			return err
		}
		return tx.CheckVersion(ids[0], noon, "staff:7")
	})
	wantSame(t, []standfirst.ClaimVersionID{ids[3]}, list(0), nil)
	if version(t, s, ids[0], store.ForDesk).Unchecked {
		t.Error("a version that was looked at is still unchecked")
	}
}

func testEraseVersion(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.RoundTarget)
	v := reported(claim.ID, 6e9)
	v.AsOf = standfirst.DateRange{From: today, To: today, Precision: standfirst.PrecisionDay}
	v.Value.Basis, v.Value.Stage, v.Value.Date = standfirst.PreMoney, standfirst.Talks, &v.AsOf
	v.Note, v.ReleasedAt = "A person's name", noon
	id := insertVersion(t, s, v)
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.EraseVersion(999), standfirst.NotFound)
		return tx.InsertEnd(store.End{Version: id, Lifecycle: standfirst.Corrected, Note: "A person's name", ReleasedAt: noon})
	})
	update(t, s, func(tx *store.Tx) error { return tx.EraseVersion(id) })
	want := standfirst.ClaimVersion{
		ID: id, Claim: claim.ID, Number: 1, Modality: v.Modality, Evidence: v.Evidence, RecordedAt: noon, RecordedBy: "staff:7", ReleasedAt: noon,
		Ended: standfirst.Corrected, EndedAt: noon, Erased: true,
	}
	wantSame(t, want, version(t, s, id, store.ForReaders), nil)
	ends := read(t, s, func(tx *store.ReadTx) ([]store.End, error) { return tx.Ends(claim.ID, store.ForDesk) })
	if len(ends) != 1 || ends[0].Note != "" {
		t.Errorf("the ends are %+v", ends)
	}
	due := read(t, s, func(tx *store.ReadTx) ([]standfirst.ClaimVersion, error) {
		return tx.VersionsToExpire(noon.AddDate(9, 0, 0), 5)
	})
	if len(due) != 0 {
		t.Errorf("%d versions are to expire", len(due))
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
