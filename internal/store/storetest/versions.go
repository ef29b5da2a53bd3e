package storetest

import (
	"math/big"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

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
