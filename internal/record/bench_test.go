package record_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/record"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// BenchmarkAppend puts the entry of such a story on the record, alone in a transaction:
// with a commit and the sync that a publication has anyway.
func BenchmarkAppend(b *testing.B) {
	st := storetest.Open(b)
	content := text(1)
	content.Body = strings.Repeat("The line has ordered hulls for years, and each time somebody asked who was to sail them, and who was to pay.\n\n", 35)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		err := st.Update(b.Context(), func(tx *store.Tx) error {
			record.Append(tx, record.Revision(standfirst.Story{ID: standfirst.StoryID(n)}, standfirst.Revision{Number: 1, Content: content, PublishedAt: time.Unix(1, 0)}))
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPublishers counts the entries a second of 64 that append at once, each in a
// transaction of its own, with signing beside them.
func BenchmarkPublishers(b *testing.B) {
	st := storetest.Open(b)
	setUp(b, st)
	s := signer(b, st, b.TempDir())
	ctx, stop := context.WithCancel(b.Context())
	var signing, writers sync.WaitGroup
	signing.Go(func() { _ = s.Run(ctx) })
	var n atomic.Int64
	b.ResetTimer()
	for range 64 {
		writers.Go(func() {
			for {
				id := n.Add(1)
				if id > int64(b.N) {
					return
				}
				err := st.Update(b.Context(), func(tx *store.Tx) error {
					record.Append(tx, record.Revision(standfirst.Story{ID: standfirst.StoryID(id)}, standfirst.Revision{Number: 1, Content: text(id), PublishedAt: time.Unix(1, 0)}))
					return nil
				})
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	writers.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "entries/s")
	stop()
	signing.Wait()
}
