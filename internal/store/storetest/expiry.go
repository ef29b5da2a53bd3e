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
}
