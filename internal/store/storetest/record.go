package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"standfirst"
	"standfirst/internal/store"
)

// recordEntry returns an entry at the position about the subject.
func recordEntry(position int64, subject, kind string, number int) store.RecordEntry {
	return store.RecordEntry{
		Position: position, Subject: subject, Kind: kind, Number: number, Body: fmt.Sprintf(`{"n":%d}`, position),
		Hashes: fmt.Sprintf("hash %d", position), Parts: fmt.Sprintf("[%d]", position),
	}
}

func testRecordEntries(t *testing.T, s *store.Store) {
	if head := read(t, s, (*store.ReadTx).RecordHead); head != (store.RecordHead{}) {
		t.Errorf("the head of no record is %v", head)
	}
	entries := []store.RecordEntry{
		recordEntry(0, "story:1", "revision", 1), recordEntry(1, "story:2", "revision", 1), recordEntry(2, "story:1", "revision", 2),
		recordEntry(3, "record", "key", 0), recordEntry(4, "story:1", "unpublished", 2),
	}
	entries[3].Parts = ""
	update(t, s, func(tx *store.Tx) error {
		if err := tx.MoveRecordHead(0, store.RecordHead{Size: 5, Edge: "edge"}); err != nil {
			return err
		}
		for _, e := range entries {
			if err := tx.InsertRecordEntry(e); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.MoveRecordHead(4, store.RecordHead{Size: 6}), standfirst.Conflict)
		wantKind(t, tx.MoveRecordHead(0, store.RecordHead{Size: 1}), standfirst.Conflict)
		wantKind(t, tx.SetRecordParts(99, "[]"), standfirst.NotFound)
		return nil
	})
	view(t, s, func(tx *store.ReadTx) error {
		same := func(what string, got, want any) {
			t.Helper()
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s: %s", what, d)
			}
		}
		head, err := tx.RecordHead()
		same("head", head, store.RecordHead{Size: 5, Edge: "edge"})
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Error(err)
			}
		}
		must(err)
		from, err := tx.RecordEntriesFrom(3, 10)
		must(err)
		same("from", from, entries[3:])
		before, err := tx.RecordEntriesBefore(2, 1)
		must(err)
		same("before", before, entries[1:2])
		about, err := tx.RecordEntriesAbout("story:1", 0, 1)
		must(err)
		same("about", about, entries[2:3])
		one, err := tx.RecordEntryOf("story:1", "revision", 2)
		must(err)
		same("of", one, entries[2])
		_, err = tx.RecordEntryOf("story:1", "revision", 3)
		wantKind(t, err, standfirst.NotFound)
		of, err := tx.RecordEntriesOf([]string{"story:1", "story:2"}, "revision")
		must(err)
		same("all of", of, entries[:3])
		last, err := tx.LastRecordEntry("story:1")
		must(err)
		same("last", last, int64(4))
		none, err := tx.LastRecordEntry("story:9")
		must(err)
		same("none", none, int64(-1))
		hashes, err := tx.RecordHashes([]int64{1, 4, 77})
		must(err)
		same("hashes", hashes, map[int64]string{1: "hash 1", 4: "hash 4"})
		bodies, err := tx.RecordBodies(1, 3)
		must(err)
		same("bodies", bodies, []string{`{"n":1}`, `{"n":2}`})
		_, err = tx.RecordEntry(5)
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
	update(t, s, func(tx *store.Tx) error { return tx.SetRecordParts(2, "[new]") })
	if e := read(t, s, func(tx *store.ReadTx) (store.RecordEntry, error) { return tx.RecordEntry(2) }); e.Parts != "[new]" {
		t.Errorf("the parts are %q", e.Parts)
	}
}

func testRecordSigning(t *testing.T, s *store.Store) {
	_, err := readWith(t, s, (*store.ReadTx).LastRecordCheckpoint)
	wantKind(t, err, standfirst.NotFound)
	epochs := []store.RecordEpoch{
		{Number: 1, Origin: "a.example/record", BeganAt: noon},
		{Number: 2, Origin: "a.example/record/2", BeganAt: noon.Add(time.Hour), OldOrigin: "a.example/record", OldSize: 9, OldRoot: "root"},
	}
	key := store.RecordKey{Number: 1, Public: "key", AddedAt: noon}
	checkpoints := []store.RecordCheckpoint{
		{Epoch: 1, Size: 9, Note: "nine", SignedAt: noon}, {Epoch: 2, Size: 7, Note: "seven", SignedAt: noon.Add(time.Hour)},
	}
	update(t, s, func(tx *store.Tx) error {
		for _, e := range epochs {
			if err := tx.InsertRecordEpoch(e); err != nil {
				return err
			}
		}
		for _, c := range checkpoints {
			if err := tx.InsertRecordCheckpoint(c); err != nil {
				return err
			}
		}
		if err := tx.InsertRecordCheckpoint(checkpoints[0]); err != nil { // once more is none
			return err
		}
		return tx.InsertRecordKey(key)
	})
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.InsertRecordEpoch(epochs[0]), standfirst.Conflict)
		wantKind(t, tx.InsertRecordKey(key), standfirst.Conflict)
		return tx.SetRecordBackfilled()
	})
	if d := cmp.Diff(epochs, read(t, s, (*store.ReadTx).RecordEpochs)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]store.RecordKey{key}, read(t, s, (*store.ReadTx).RecordKeys)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(checkpoints[1], read(t, s, (*store.ReadTx).LastRecordCheckpoint)); d != "" {
		t.Error(d)
	}
	after := read(t, s, func(tx *store.ReadTx) ([]store.RecordCheckpoint, error) { return tx.RecordCheckpoints(1, 9, 5) })
	if d := cmp.Diff(checkpoints[1:], after); d != "" {
		t.Error(d)
	}
	if !read(t, s, (*store.ReadTx).RecordHead).Backfilled {
		t.Error("that everything has its entries is not noted")
	}
}

func testRecordLease(t *testing.T, s *store.Store) {
	take := func(holder string, now, until time.Time) (held bool) {
		t.Helper()
		update(t, s, func(tx *store.Tx) (err error) {
			held, err = tx.TakeRecordLease(holder, now, until)
			return err
		})
		return held
	}
	minute := time.Minute
	for i, step := range []struct {
		holder     string
		now, until time.Time
		held       bool
	}{
		{"one", noon, noon.Add(minute), true},
		{"two", noon.Add(minute / 2), noon.Add(2 * minute), false},
		{"one", noon.Add(minute / 2), noon.Add(2 * minute), true},
		{"two", noon.Add(2 * minute), noon.Add(3 * minute), false},
		{"two", noon.Add(2*minute + 1000), noon.Add(3 * minute), true},
		{"one", noon.Add(2*minute + 2000), noon.Add(4 * minute), false},
	} {
		if held := take(step.holder, step.now, step.until); held != step.held {
			t.Errorf("step %d: %s has the lease: %v", i, step.holder, held)
		}
	}
	update(t, s, func(tx *store.Tx) error { return tx.DropRecordLease("one") })
	if take("one", noon.Add(2*minute+3000), noon.Add(4*minute)) {
		t.Error("somebody gave back the lease of another")
	}
	update(t, s, func(tx *store.Tx) error { return tx.DropRecordLease("two") })
	if !take("one", noon.Add(2*minute+3000), noon.Add(4*minute)) {
		t.Error("a lease that was given back is not free")
	}
}

// testGather holds that what is gathered runs once, at the end, with everything.
func testGather(t *testing.T, s *store.Store) {
	var got []int
	update(t, s, func(tx *store.Tx) error {
		got = nil
		end := func(tx *store.Tx, items []int) error {
			got = append(got, items...)
			return tx.Audit(entry(len(items)))
		}
		store.Gather(tx, "key", end, 1, 2)
		store.Gather(tx, "key", end, 3)
		if len(got) > 0 {
			t.Error("it runs before the end")
		}
		return nil
	})
	if d := cmp.Diff([]int{1, 2, 3}, got); d != "" {
		t.Error(d)
	}
	if !stored(t, s, 3) {
		t.Error("what it writes at the end is not stored")
	}
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		store.Gather(tx, "key", func(*store.Tx, []int) error { return errAtEnd }, 1)
		return tx.Audit(entry(77))
	})
	wantKind(t, err, standfirst.Conflict)
	if stored(t, s, 77) {
		t.Error("an error at the end does not roll back")
	}
}

var errAtEnd = standfirst.Errorf(standfirst.Conflict, "not so")

// readWith returns what one query answers, with its error.
func readWith[T any](t testing.TB, s *store.Store, query func(*store.ReadTx) (T, error)) (value T, err error) {
	t.Helper()
	err = s.View(t.Context(), func(tx *store.ReadTx) error {
		value, err = query(tx)
		return err
	})
	return value, err
}

func testUnrecorded(t *testing.T, s *store.Store) {
	story := draft(t, s, "One")
	var ids []standfirst.RevisionID
	for n := range 3 {
		update(t, s, func(tx *store.Tx) error {
			id, err := tx.InsertRevision(standfirst.Revision{
				StoryID: story.ID, Number: n, Purpose: standfirst.ForPublish, Content: sample("One"), CreatedAt: noon, CreatedBy: "staff:7", PublishedAt: noon,
			})
			ids = append(ids, id)
			return err
		})
	}
	find := func(after standfirst.RevisionID) []standfirst.RevisionID {
		return read(t, s, func(tx *store.ReadTx) ([]standfirst.RevisionID, error) { return tx.UnrecordedRevisions(after, 10) })
	}
	if d := cmp.Diff(ids[1:], find(0)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(ids[2:], find(ids[1])); d != "" {
		t.Error(d)
	}
	update(t, s, func(tx *store.Tx) error {
		return tx.InsertRecordEntry(recordEntry(0, "story:"+story.ID.String(), "revision", 2))
	})
	if d := cmp.Diff(ids[1:2], find(0)); d != "" {
		t.Error(d)
	}
	update(t, s, func(tx *store.Tx) error {
		left := sample("Removed")
		left.Body, left.Citations, left.Quotations = "Gone.\n", nil, nil
		wantKind(t, tx.EraseInRevision(999, left, ""), standfirst.NotFound)
		return tx.EraseInRevision(ids[1], left, "")
	})
	if r := read(t, s, func(tx *store.ReadTx) (standfirst.Revision, error) { return tx.Revision(ids[1]) }); r.Content.Body != "Gone.\n" || r.Number != 1 {
		t.Errorf("after the erasure the revision is %v", r)
	}
	update(t, s, func(tx *store.Tx) error {
		if err := tx.Audit(standfirst.AuditEntry{At: noon, Actor: standfirst.System(), Action: "test", Object: "story:9", Detail: "words"}); err != nil {
			return err
		}
		return tx.EraseAuditDetails("story:9")
	})
	trail := read(t, s, func(tx *store.ReadTx) ([]standfirst.AuditEntry, error) { return tx.Audits("story:9", 1) })
	if len(trail) != 1 || trail[0].Detail != "" {
		t.Errorf("the trail is %v", trail)
	}
}
