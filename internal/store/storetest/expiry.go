package storetest

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

func testExpiry(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.RoundTarget)
	rule, _ := claim.Property.Rule()
	raised := makeClaim(t, s, standfirst.Claim{Subject: claim.Subject, Property: standfirst.AmountRaised}) // it does not expire
	first := insertVersion(t, s, reported(claim.ID, 1))
	second := insertVersion(t, s, reported(claim.ID, 2))
	documented := reported(claim.ID, 3)
	documented.Evidence = standfirst.Documented
	insertVersion(t, s, documented)
	insertVersion(t, s, reported(raised.ID, 4))
	due := func(at time.Time) (ids []standfirst.ClaimVersionID) {
		for _, v := range read(t, s, func(tx *store.ReadTx) ([]standfirst.ClaimVersion, error) { return tx.VersionsToExpire(at, 5) }) {
			ids = append(ids, v.ID)
		}
		return ids
	}
	end := noon.Add(rule.TimeToLive)
	wantSame(t, nil, due(end.Add(-time.Microsecond)), nil)
	wantSame(t, []standfirst.ClaimVersionID{first, second}, due(end), nil)
	// Something was heard of the first again; and of both long ago, which changes nothing.
	update(t, s, func(tx *store.Tx) error {
		for at, id := range map[time.Time]standfirst.ClaimVersionID{noon.Add(time.Hour): first, noon.Add(-time.Hour): second} {
			if err := tx.AddAttribution(id, standfirst.Attribution{Kind: standfirst.Anonymous}, 0, at); err != nil {
				return err
			}
		}
		return nil
	})
	wantSame(t, []standfirst.ClaimVersionID{second}, due(end), nil)
	wantSame(t, []standfirst.ClaimVersionID{second, first}, due(end.Add(time.Hour)), nil)
	update(t, s, func(tx *store.Tx) error {
		return tx.InsertEnd(store.End{Version: second, Lifecycle: standfirst.Expired})
	})
	wantSame(t, []standfirst.ClaimVersionID{first}, due(end.Add(time.Hour)), nil)

	third := insertVersion(t, s, reported(claim.ID, 5))
	expiring := func(after store.Expiry, until time.Time, limit int) []store.Expiry {
		return read(t, s, func(tx *store.ReadTx) ([]store.Expiry, error) { return tx.Expiring(after, until, limit) })
	}
	one, other := store.Expiry{DueAt: end, Version: third}, store.Expiry{DueAt: end.Add(time.Hour), Version: first}
	wantSame(t, []store.Expiry{one, other}, expiring(store.Expiry{}, end.Add(time.Hour), 5), nil)
	wantSame(t, []store.Expiry{one}, expiring(store.Expiry{}, end.Add(time.Hour), 1), nil)
	wantSame(t, []store.Expiry{one}, expiring(store.Expiry{}, end, 5), nil)
	wantSame(t, []store.Expiry{other}, expiring(one, end.Add(time.Hour), 5), nil)
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.HearAgain(999, noon), standfirst.NotFound)
		wantKind(t, tx.HearAgain(second, noon), standfirst.Conflict)
		return tx.HearAgain(third, noon.Add(2*time.Hour))
	})
	wantSame(t, []store.Expiry{other, {DueAt: end.Add(2 * time.Hour), Version: third}}, expiring(store.Expiry{}, end.Add(3*time.Hour), 5), nil)
}

// testWaiting holds which claims may be in conflict, and what readers do not see.
func testWaiting(t *testing.T, s *store.Store) {
	claim := dealClaim(t, s, standfirst.Valuation)
	alone := makeClaim(t, s, standfirst.Claim{Subject: claim.Subject, Property: standfirst.RoundTarget})
	first := insertVersion(t, s, reported(claim.ID, 1))
	only := insertVersion(t, s, reported(alone.ID, 2))
	several := func(before standfirst.ClaimID) []standfirst.Claim {
		return read(t, s, func(tx *store.ReadTx) ([]standfirst.Claim, error) { return tx.SeveralClaims(before, 5) })
	}
	wantSame(t, nil, several(0), nil)
	next := reported(alone.ID, 3)
	next.Supersedes = only
	insertVersion(t, s, next) // takes the place of the one before
	wantSame(t, nil, several(0), nil)
	beside := insertVersion(t, s, reported(claim.ID, 4))
	wantSame(t, []standfirst.Claim{claim}, several(0), nil)
	wantSame(t, nil, several(claim.ID), nil)
	compared := func(before standfirst.ClaimID) []standfirst.Claim {
		return read(t, s, func(tx *store.ReadTx) ([]standfirst.Claim, error) { return tx.ComparedClaims(before, 5) })
	}
	wantSame(t, nil, compared(0), nil)
	stake := makeClaim(t, s, standfirst.Claim{Subject: claim.Subject, Property: standfirst.Stake})
	raised := makeClaim(t, s, standfirst.Claim{Subject: claim.Subject, Property: standfirst.AmountRaised})
	wantSame(t, []standfirst.Claim{raised, stake}, compared(0), nil)
	wantSame(t, []standfirst.Claim{stake}, compared(raised.ID), nil)

	update(t, s, func(tx *store.Tx) error {
		if _, err := tx.ReleaseVersions([]standfirst.ClaimVersionID{first}, noon); err != nil {
			return err
		}
		return tx.InsertEnd(store.End{Version: only, Lifecycle: standfirst.Corrected})
	})
	view(t, s, func(tx *store.ReadTx) error {
		own, err := tx.UnreleasedVersions(0, 5)
		wantSame(t, []standfirst.ClaimVersionID{beside, beside - 1}, own, err)
		own, err = tx.UnreleasedVersions(beside, 5)
		wantSame(t, []standfirst.ClaimVersionID{beside - 1}, own, err)
		versions, err := tx.VersionsByID([]standfirst.ClaimVersionID{beside, first, 999}, store.ForDesk)
		wantSame(t, []standfirst.ClaimVersionID{first, beside}, versionIDs(versions), err)
		versions, err = tx.VersionsByID([]standfirst.ClaimVersionID{beside, first}, store.ForReaders)
		wantSame(t, []standfirst.ClaimVersionID{first}, versionIDs(versions), err)
		return nil
	})
}
