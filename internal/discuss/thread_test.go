package discuss_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

func TestThreadOrder(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		a := r.post("A", "first", 0)
		b := r.post("B", "second", 0)
		a1 := r.post("A1", "to the first", a.ID)
		a2 := r.post("A2", "to the first too", a.ID)
		a1x := r.post("A1x", "below", a1.ID)
		r.post("B1", "to the second", b.ID)
		r.post("A2x", "below the other", a2.ID)
		r.post("A1y", "deeper", a1x.ID)
		for _, page := range []int{1, 2, 3, 100} {
			r.want("oldest first", "A >A1 >>A1x >>A1y >A2 >>A2x B >B1", r.thread(standfirst.OldestFirst, page))
			r.want("newest first", "B >B1 A >A1 >>A1x >>A1y >A2 >>A2x", r.thread(standfirst.NewestFirst, page))
		}
	})
}

func TestStubs(t *testing.T) {
	onEach(t, func(r *room) {
		r.mode(standfirst.ModeOpen)
		a := r.post("A", "first", 0)
		b := r.post("B", "below", a.ID)
		c := r.post("C", "deeper", b.ID)
		decided := r.decide(standfirst.CommentRejected, standfirst.ReasonAbuse, a.ID, b.ID)
		r.want("the thread", "- >- >>C", r.thread(standfirst.OldestFirst, 10))
		if n := r.count(); n != 1 {
			t.Errorf("%d comments are counted, want 1", n)
		}
		last := r.decide(standfirst.CommentSpam, "", c.ID)
		r.want("the thread", "", r.thread(standfirst.OldestFirst, 10))
		undone, err := r.Undo(t.Context(), r.moderator, last.Batch)
		r.must(err)
		r.want("the thread", "- >- >>C", r.thread(standfirst.OldestFirst, 10))
		undone2, err := r.Undo(t.Context(), r.moderator, decided.Batch)
		r.must(err)
		if undone != 1 || undone2 != 2 {
			t.Errorf("undone were %d and %d", undone, undone2)
		}
		r.want("the thread", "A >B >>C", r.thread(standfirst.OldestFirst, 10))
		_, err = r.Undo(t.Context(), r.moderator, decided.Batch)
		r.wantKind(err, standfirst.NotFound)
	})
}

// TestThreadHolds holds what is kept of a thread against what follows from its comments,
// after whatever moderators and writers did.
func TestThreadHolds(t *testing.T) {
	r := newRoom(t, storetest.Open(t))
	r.mode(standfirst.ModeOpen)
	stories := 0
	rapid.Check(t, func(rt *rapid.T) {
		stories++
		r.now = r.now.Add(time.Minute) // so that nobody posts too much at once
		r.story = r.publish(fmt.Sprint("Story ", stories))
		var ids []standfirst.CommentID
		keys := make(map[standfirst.CommentID]string)
		var batches []string
		for step := range rapid.IntRange(1, 25).Draw(rt, "steps") {
			pick := func() standfirst.CommentID {
				return ids[rapid.IntRange(0, len(ids)-1).Draw(rt, "which")]
			}
			switch do := rapid.IntRange(0, 6).Draw(rt, "what"); {
			case do <= 2 || len(ids) == 0:
				p := r.posting(fmt.Sprint("W", step), fmt.Sprint("words ", step), 0)
				if len(ids) > 0 && rapid.Bool().Draw(rt, "answers") {
					p.Parent = pick()
				}
				posted, err := r.Post(t.Context(), p)
				if err == nil {
					ids, keys[posted.Comment.ID] = append(ids, posted.Comment.ID), posted.Key
				} else if standfirst.KindOf(err) != standfirst.NotFound {
					rt.Fatal(err)
				}
			case do == 3:
				state := rapid.SampledFrom([]standfirst.CommentState{standfirst.CommentApproved, standfirst.CommentRejected, standfirst.CommentSpam}).Draw(rt, "state")
				decided, err := r.Decide(t.Context(), r.moderator, []standfirst.CommentID{pick(), pick()}, discuss.Decision{State: state, Reason: standfirst.ReasonOther})
				r.must(err)
				batches = append(batches, decided.Batch)
			case do == 4:
				id := pick()
				if err := r.Delete(t.Context(), id, keys[id]); err != nil {
					r.wantKind(err, standfirst.Conflict)
				}
			case do == 5:
				r.must(r.Erase(t.Context(), r.moderator, pick()))
			case len(batches) > 0:
				_, _ = r.Undo(t.Context(), r.moderator, batches[rapid.IntRange(0, len(batches)-1).Draw(rt, "batch")])
			}
			r.holds(rt, ids)
		}
	})
}

// holds compares the thread with what follows from the states of its comments.
func (r *room) holds(rt *rapid.T, ids []standfirst.CommentID) {
	var all []standfirst.Comment
	var shown []standfirst.Comment
	r.view(func(tx *store.ReadTx) (err error) {
		if all, err = tx.Comments(ids); err != nil {
			return err
		}
		shown, err = tx.Thread(r.story.ID, standfirst.OldestFirst, standfirst.CommentPosition{}, 1000)
		return err
	})
	replies := make(map[standfirst.CommentID]int)
	want := make(map[standfirst.CommentID]bool)
	approved := 0
	for i := len(all) - 1; i >= 0; i-- { // answers come after what they answer
		c := all[i]
		if c.State == standfirst.CommentApproved {
			approved++
		}
		if want[c.ID] = c.State == standfirst.CommentApproved || replies[c.ID] > 0; want[c.ID] {
			replies[c.Parent]++
		}
		if c.Shown != want[c.ID] || c.Replies != replies[c.ID] {
			rt.Fatalf("comment %d (%s) is shown %v with %d answers, want %v with %d", c.ID, c.State, c.Shown, c.Replies, want[c.ID], replies[c.ID])
		}
	}
	if n := r.count(); n != approved {
		rt.Fatalf("%d comments are counted, want %d", n, approved)
	}
	for _, c := range shown {
		if !want[c.ID] {
			rt.Fatalf("comment %d is in the thread", c.ID)
		}
		delete(want, c.ID)
	}
	for id, missing := range want {
		if missing {
			rt.Fatalf("comment %d is not in the thread", id)
		}
	}
}
