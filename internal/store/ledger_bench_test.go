package store_test

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// fillLedger records deals with claims, of which every fifth was superseded once,
// everything released, and returns the deals and their claims.
func fillLedger(tb testing.TB, s *store.Store, deals, claims int) (subjects []standfirst.Subject, ids [][]standfirst.ClaimID) {
	tb.Helper()
	at := standfirst.Day{Year: 2026, Month: 3, Day: 5}.In(time.UTC)
	err := s.Update(tb.Context(), func(tx *store.Tx) error {
		target, err := tx.InsertEntity(standfirst.Entity{Kind: standfirst.Company, Name: "Halcyon Compute"})
		if err != nil {
			return err
		}
		for d := range deals {
			deal, err := tx.InsertDeal(standfirst.Deal{
				Kind: standfirst.PrimaryRound, Slug: standfirst.Slug(fmt.Sprintf("deal-%d", d)), Title: "Halcyon round", Target: target, ReleasedAt: at,
			})
			if err != nil {
				return err
			}
			subject := standfirst.Subject{Deal: deal}
			var of []standfirst.ClaimID
			for c := range claims {
				claim, err := tx.InsertClaim(standfirst.Claim{
					Subject: subject, Property: standfirst.Commitment, Dimensions: standfirst.Dimensions{Tranche: fmt.Sprint("tranche ", c)},
				})
				if err != nil {
					return err
				}
				of = append(of, claim)
				v := standfirst.ClaimVersion{
					Claim: claim, Modality: standfirst.Prospective, Evidence: standfirst.ReportedAnonymous, Words: "up to $6 billion",
					Value: standfirst.Value{Quantity: &standfirst.Quantity{Hi: big.NewRat(6e9, 1), Decimals: -9, Unit: "USD"}},
					AsOf:  standfirst.DateRange{From: standfirst.DayOf(at, time.UTC), To: standfirst.DayOf(at, time.UTC), Precision: standfirst.PrecisionDay},
					Attributions: []standfirst.Attribution{{
						Kind: standfirst.Anonymous, Outlet: "The Ledger", LeastSources: 2, Words: "people familiar with the matter", Day: standfirst.DayOf(at, time.UTC),
					}},
					RecordedAt: at, RecordedBy: "staff:7", ReleasedAt: at,
				}
				first, err := tx.InsertVersion(v)
				if err != nil {
					return err
				}
				if c%5 != 0 {
					continue
				}
				v.Supersedes, v.Class, v.Cause, v.Note = first, standfirst.Update, standfirst.SupersededByBetterInformation, "Less than was reported."
				second, err := tx.InsertVersion(v)
				if err != nil {
					return err
				}
				if err := tx.InsertEnd(store.End{Version: first, Lifecycle: v.Cause, At: at, By: second, ReleasedAt: at}); err != nil {
					return err
				}
			}
			subjects, ids = append(subjects, subject), append(ids, of)
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return subjects, ids
}

// BenchmarkDeal1000 reads what the page of a deal with 1,000 claims needs.
func BenchmarkDeal1000(b *testing.B) {
	s := storetest.Open(b)
	subjects, _ := fillLedger(b, s, 3, 1000)
	benchmarkView(b, s, func(tx *store.ReadTx) error {
		claims, err := tx.ClaimsOf(subjects[1], store.ForReaders)
		if err != nil {
			return err
		}
		versions, err := tx.VersionsOf(subjects[1], store.ForReaders)
		if len(claims) != 1000 || len(versions) != 1200 {
			b.Errorf("%d claims, %d versions", len(claims), len(versions))
		}
		return err
	})
}

// BenchmarkCited reads what a story that cites 20 claims needs, out of 10,000.
func BenchmarkCited(b *testing.B) {
	s := storetest.Open(b)
	_, ids := fillLedger(b, s, 500, 20)
	benchmarkView(b, s, func(tx *store.ReadTx) error {
		versions, err := tx.VersionsByClaims(ids[250], store.ForReaders)
		if len(versions) != 24 {
			b.Errorf("%d versions", len(versions))
		}
		return err
	})
}

// BenchmarkAppend records a version with one attribution and ends the one before it.
func BenchmarkAppend(b *testing.B) {
	s := storetest.Open(b)
	_, ids := fillLedger(b, s, 500, 20)
	b.ReportAllocs()
	b.ResetTimer()
	n := 0
	for b.Loop() {
		claim := ids[n%500][n/500%20]
		n++
		err := s.Update(b.Context(), func(tx *store.Tx) error {
			v, err := tx.InsertVersion(standfirst.ClaimVersion{
				Claim: claim, Value: standfirst.Value{Quantity: &standfirst.Quantity{Point: big.NewRat(6e9, 1), Unit: "USD"}}, Evidence: standfirst.Documented,
				Attributions: []standfirst.Attribution{{Kind: standfirst.FromDocument, Words: "a filing shows"}},
			})
			if err != nil {
				return err
			}
			return tx.InsertEnd(store.End{Version: v, Lifecycle: standfirst.Expired})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkView(b *testing.B, s *store.Store, read func(*store.ReadTx) error) {
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		if err := s.View(b.Context(), read); err != nil {
			b.Fatal(err)
		}
	}
}
