package discuss_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store/storetest"
)

// TestNodesCountTogether posts and reports from one address to two nodes on one database
// at once: together they take no more than one would.
func TestNodesCountTogether(t *testing.T) {
	r := newRoom(t, storetest.Postgres(t))
	r.mode(standfirst.ModeOpen)
	other := discuss.New(r.store, discuss.Options{Clock: func() time.Time { return r.now }})
	nodes := []*discuss.Talk{r.Talk, other}
	taken := func(of func(node *discuss.Talk, i int) error) int {
		var group sync.WaitGroup
		var n atomic.Int64
		for i := range 20 {
			group.Go(func() {
				var pace *discuss.PaceError
				switch err := of(nodes[i%2], i); {
				case err == nil:
					n.Add(1)
				case !errors.As(err, &pace) || pace.Wait <= 0 || pace.Wait > time.Minute:
					t.Error(err)
				}
			})
		}
		group.Wait()
		return int(n.Load())
	}
	round := 0
	post := func(node *discuss.Talk, i int) error {
		_, err := node.Post(t.Context(), discuss.Posting{
			Story: r.story.ID, Name: "Ana", Email: "ana@readers.example", Text: fmt.Sprintf("Question %d of round %d.", i, round), Address: "192.0.2.7",
		})
		return err
	}
	for range 2 {
		if n := taken(post); n != 6 || r.count() != 6*(round+1) {
			t.Errorf("round %d: two nodes took %d comments and %d are there; want 6 each round", round, n, r.count())
		}
		round++
		r.now = r.now.Add(time.Minute)
	}
	id := r.post("Ben", "They all cheat.", 0).ID
	if n := taken(func(node *discuss.Talk, _ int) error {
		return node.Report(t.Context(), discuss.Complaint{Comment: id, Reason: standfirst.ReasonAbuse, Address: "192.0.2.7"})
	}); n != 6 {
		t.Errorf("two nodes took %d reports; want 6", n)
	}
}
