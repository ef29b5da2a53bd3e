package discuss_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store/storetest"
)

// BenchmarkPost measures how many comments 64 readers post, each on disk before the next.
func BenchmarkPost(b *testing.B) {
	r := newRoom(b, storetest.Open(b))
	r.must(r.SetSettings(b.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen}, ""))
	var n atomic.Int64
	b.SetParallelism(32)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := n.Add(1)
			_, err := r.Post(b.Context(), discuss.Posting{
				Story: r.story.ID, Name: fmt.Sprint("Reader ", i), Email: fmt.Sprintf("reader%d@readers.example", i),
				Text:    fmt.Sprintf("The filing has the cash at $5.1 billion, so tranche %d costs nine years of the saving. Who signs that off?", i),
				Address: fmt.Sprintf("2001:%x:%x::7", 0xd00+i>>16, i&0xffff),
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
