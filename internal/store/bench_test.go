package store_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// oneRow is an update of one row.
func oneRow(tx *store.Tx) error {
	return tx.Audit(standfirst.AuditEntry{Actor: standfirst.System(), Action: "story.save", Object: "story:1"})
}

// BenchmarkUpdate1 is one writer that commits alone.
func BenchmarkUpdate1(b *testing.B) { benchmarkUpdate(b, 1) }

// BenchmarkUpdate64 is 64 writers at once.
func BenchmarkUpdate64(b *testing.B) { benchmarkUpdate(b, 64) }

func benchmarkUpdate(b *testing.B, writers int) {
	s := storetest.Open(b)
	var left atomic.Int64
	left.Store(int64(b.N))
	var group sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for range writers {
		group.Go(func() {
			for left.Add(-1) >= 0 {
				if err := s.Update(b.Context(), oneRow); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}
