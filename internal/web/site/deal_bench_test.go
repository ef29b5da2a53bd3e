package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"standfirst"
	"standfirst/internal/store"
)

// BenchmarkDealUncached renders the page of a deal with many figures. It may take 20 ms
// with 1,000, and hardly more with ten times as many.
func BenchmarkDealUncached(b *testing.B) {
	for _, figures := range []int{1000, 10_000} {
		b.Run(fmt.Sprint("figures=", figures), func(b *testing.B) { benchmarkDeal(b, figures) })
	}
}

func benchmarkDeal(b *testing.B, figures int) {
	h := newHouse(b)
	h.must(h.store.Update(b.Context(), func(tx *store.Tx) error {
		target, err := tx.InsertEntity(standfirst.Entity{Kind: standfirst.Company, Name: "Halcyon Compute", CreatedAt: h.now, ReleasedAt: h.now})
		if err != nil {
			return err
		}
		deal, err := tx.InsertDeal(standfirst.Deal{Kind: standfirst.PrimaryRound, Title: "Halcyon round", Target: target, CreatedAt: h.now, ReleasedAt: h.now})
		if err != nil {
			return err
		}
		q, err := standfirst.ParseQuantity("up to $6 billion")
		if err != nil {
			return err
		}
		for i := range figures {
			claim := standfirst.Claim{Subject: standfirst.Subject{Deal: deal}, Property: standfirst.AmountRaised, CreatedAt: h.now}
			claim.Dimensions.Tranche = fmt.Sprint("tranche ", i)
			if claim.ID, err = tx.InsertClaim(claim); err != nil {
				return err
			}
			_, err = tx.InsertVersion(standfirst.ClaimVersion{
				Claim: claim.ID, Value: standfirst.Value{Quantity: &q}, Evidence: standfirst.ReportedNamed, Modality: standfirst.Actual,
				Words: "up to $6 billion", RecordedAt: h.now, ReleasedAt: h.now,
				Attributions: []standfirst.Attribution{{Kind: standfirst.NamedSource, Words: "Northwind said"}},
			})
			if err != nil {
				return err
			}
		}
		return nil
	}))
	r := httptest.NewRequest(http.MethodGet, "/deal/halcyon-round", nil)
	b.ReportAllocs()
	for b.Loop() {
		h.cache.Clear()
		w := httptest.NewRecorder()
		h.site.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
