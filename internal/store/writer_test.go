package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"standfirst"
)

// openTestStore opens a store on a new SQLite file.
func openTestStore(t *testing.T) *Store {
	t.Helper()
	return openTestStoreAt(t, filepath.Join(t.TempDir(), "standfirst.db"))
}

// openTestStoreAt opens a store on the SQLite file, which may exist.
func openTestStoreAt(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	s.engine.(*sqliteEngine).writer.atLeast = time.Minute // what waits together stands in one group
	return s
}

// addEntry adds an audit entry about the object.
func addEntry(tx *Tx, object string) error {
	return tx.Audit(standfirst.AuditEntry{Actor: standfirst.System(), Action: "test", Object: object})
}

// hasEntry reports whether there is an audit entry about the object.
func hasEntry(t *testing.T, s *Store, object string) bool {
	t.Helper()
	found := false
	err := s.View(context.Background(), func(tx *ReadTx) error {
		entries, err := tx.Audits(object, 1)
		found = len(entries) > 0
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// errNotReturned stands for the outcome of an Update that has not returned.
var errNotReturned = errors.New("Update did not return")

// together runs the functions as Updates that stand in one group, in their order,
// and returns their outcomes. A first update holds the writer until all of them
// wait.
func together(t *testing.T, s *Store, fns ...func(*Tx) error) []error {
	t.Helper()
	w := s.engine.(*sqliteEngine).writer
	begun, release := make(chan struct{}), make(chan struct{})
	var holder sync.WaitGroup
	var once sync.Once
	holder.Go(func() {
		err := s.Update(context.Background(), func(*Tx) error {
			once.Do(func() {
				close(begun)
				<-release
			})
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
	errs := make([]error, len(fns))
	var group sync.WaitGroup
	for i, fn := range fns {
		before := len(w.queue)
		errs[i] = errNotReturned
		group.Go(func() {
			defer func() {
				if value := recover(); value != nil {
					errs[i] = fmt.Errorf("panic: %v", value)
				}
			}()
			errs[i] = s.Update(context.Background(), fn)
		})
		waitFor(t, func() bool { return len(w.queue) > before })
	}
	close(release)
	group.Wait()
	holder.Wait()
	return errs
}

func TestGroupCommit(t *testing.T) {
	s := openTestStore(t)
	w := s.engine.(*sqliteEngine).writer
	before := w.commits.Load()
	var fns []func(*Tx) error
	for i := range 50 {
		fns = append(fns, func(tx *Tx) error { return addEntry(tx, fmt.Sprint(i)) })
	}
	for i, err := range together(t, s, fns...) {
		if err != nil || !hasEntry(t, s, fmt.Sprint(i)) {
			t.Errorf("update %d: %v", i, err)
		}
	}
	if commits := w.commits.Load() - before; commits != 1 {
		t.Errorf("51 updates that waited together took %d commits", commits)
	}
}

// A group ends after a while; who waits then stands in the next one.
func TestGroupEnds(t *testing.T) {
	s := openTestStore(t)
	w := s.engine.(*sqliteEngine).writer
	w.atLeast = 0
	before := w.commits.Load()
	var fns []func(*Tx) error
	for i := range 50 {
		fns = append(fns, func(tx *Tx) error { return addEntry(tx, fmt.Sprint(i)) })
	}
	for i, err := range together(t, s, fns...) {
		if err != nil || !hasEntry(t, s, fmt.Sprint(i)) {
			t.Errorf("update %d: %v", i, err)
		}
	}
	if commits := w.commits.Load() - before; commits < 2 {
		t.Errorf("51 updates took %d commit without time for company", commits)
	}
}

func TestFailingNeighbours(t *testing.T) {
	failed := errors.New("changed my mind")
	for name, test := range map[string]struct {
		fn   func(*Tx) error
		want string
	}{
		"error": {func(tx *Tx) error {
			if err := addEntry(tx, "bad"); err != nil {
				return err
			}
			return failed
		}, "changed my mind"},
		"panic": {func(tx *Tx) error {
			if err := addEntry(tx, "bad"); err != nil {
				return err
			}
			panic("ouch")
		}, "ouch"},
		"statement": {func(tx *Tx) error {
			if err := addEntry(tx, "bad"); err != nil {
				return err
			}
			return tx.PutSchedule(standfirst.Schedule{StoryID: 999, Revision: 999, At: time.Unix(1, 0)})
		}, "FOREIGN KEY"},
	} {
		t.Run(name, func(t *testing.T) {
			s := openTestStore(t)
			w := s.engine.(*sqliteEngine).writer
			before := w.commits.Load()
			errs := together(t, s,
				func(tx *Tx) error { return addEntry(tx, "first") }, test.fn, func(tx *Tx) error { return addEntry(tx, "last") })
			if errs[0] != nil || errs[2] != nil {
				t.Errorf("the neighbours got %v and %v", errs[0], errs[2])
			}
			if errs[1] == nil || !strings.Contains(errs[1].Error(), test.want) {
				t.Errorf("the failing one got %v", errs[1])
			}
			if !hasEntry(t, s, "first") || hasEntry(t, s, "bad") || !hasEntry(t, s, "last") {
				t.Error("something is stored that should not be, or is not that should")
			}
			if commits := w.commits.Load() - before; commits != 1 {
				t.Errorf("it took %d commits", commits)
			}
		})
	}
}

// A request that goes while it waits is skipped; one that goes while it runs
// stands. Neither harms its neighbours.
func TestCancelledNeighbours(t *testing.T) {
	s := openTestStore(t)
	going, cancel := context.WithCancel(t.Context())
	waiting := make(chan error, 1)
	var errs []error
	held := together(t, s, func(tx *Tx) error {
		// While this one runs, another request arrives and goes.
		gone, leave := context.WithCancel(context.Background())
		arrived := len(tx.store.engine.(*sqliteEngine).writer.queue)
		go func() {
			waiting <- s.Update(gone, func(tx *Tx) error { return addEntry(tx, "gone") })
		}()
		waitFor(t, func() bool { return len(tx.store.engine.(*sqliteEngine).writer.queue) > arrived })
		leave()
		errs = append(errs, <-waiting)
		// And a third that goes during its own turn.
		go func() {
			waiting <- s.Update(going, func(tx *Tx) error {
				cancel()
				return addEntry(tx, "going")
			})
		}()
		return addEntry(tx, "neighbour")
	})
	errs = append(errs, <-waiting)
	if held[0] != nil || !errors.Is(errs[0], context.Canceled) || errs[1] != nil {
		t.Errorf("the outcomes are %v, %v", held, errs)
	}
	if !hasEntry(t, s, "neighbour") || hasEntry(t, s, "gone") || !hasEntry(t, s, "going") {
		t.Error("something is stored that should not be, or is not that should")
	}
}

// A request that goes between being taken from the queue and being begun is skipped
// like one that goes while it is queued; one that a lost transaction had begun runs
// again, although its caller has gone since.
func TestGoneBeforeItsTurn(t *testing.T) {
	gone, leave := context.WithCancel(t.Context())
	leave()
	left := &update{ctx: gone, outcome: make(chan error, 1)}
	left.claimed.Store(true) // by the caller that leaves
	begun := &update{ctx: gone, outcome: make(chan error, 1), begun: true}
	begun.claimed.Store(true)
	g := &group{writer: &writer{queue: make(chan *update)}, waiting: []*update{left, begun}}
	if u := g.next(); u != begun {
		t.Errorf("the next is %v", u)
	}
	if u := g.next(); u != nil {
		t.Errorf("then comes %v", u)
	}
}

// When SQLite itself rolls back the whole group, as it does when the disk is full,
// the others run again and only the one that caused it fails.
func TestGroupRolledBack(t *testing.T) {
	s := openTestStore(t)
	const rollBack = "INSERT OR ROLLBACK INTO publication (id) VALUES (2)"
	runs := make(map[string]int)
	good := func(object string) func(*Tx) error {
		return func(tx *Tx) error {
			runs[object]++
			tx.Touch(standfirst.Tag(object))
			return addEntry(tx, object)
		}
	}
	var mu sync.Mutex
	told := make(map[standfirst.Tag]int)
	s.OnTouch(func(tags []standfirst.Tag) {
		mu.Lock()
		defer mu.Unlock()
		for _, tag := range tags {
			told[tag]++
		}
	})
	bad := func(tx *Tx) error {
		if err := addEntry(tx, "bad"); err != nil {
			return err
		}
		_, err := tx.session.(*sqliteSession).conn.ExecContext(context.Background(), rollBack)
		return err
	}
	errs := together(t, s, good("1"), good("2"), bad, good("3"), bad, good("4"))
	for i, err := range errs {
		if isBad := i == 2 || i == 4; isBad != errors.Is(err, errGroupLost) {
			t.Errorf("update %d got %v", i, err)
		}
	}
	for _, object := range []string{"1", "2", "3", "4"} {
		if !hasEntry(t, s, object) || told[standfirst.Tag(object)] != 1 {
			t.Errorf("update %s is stored: %v, told %d times", object, hasEntry(t, s, object), told[standfirst.Tag(object)])
		}
	}
	if hasEntry(t, s, "bad") {
		t.Error("the failing update is stored")
	}
	if runs["1"] != 3 || runs["4"] != 1 {
		t.Errorf("the updates ran %v times", runs)
	}
}

// A function that ends its goroutine takes the writer with it; another takes over
// and runs the neighbours again.
func TestExitingNeighbour(t *testing.T) {
	s := openTestStore(t)
	errs := together(t, s,
		func(tx *Tx) error { return addEntry(tx, "first") },
		func(tx *Tx) error {
			_ = addEntry(tx, "bad")
			runtime.Goexit()
			return nil
		},
		func(tx *Tx) error { return addEntry(tx, "last") })
	if errs[0] != nil || errs[1] != errNotReturned || errs[2] != nil {
		t.Errorf("the outcomes are %v", errs)
	}
	if !hasEntry(t, s, "first") || hasEntry(t, s, "bad") || !hasEntry(t, s, "last") {
		t.Error("something is stored that should not be, or is not that should")
	}
}

// An update waits while another process writes, and is refused when that takes too
// long.
func TestBusyDatabase(t *testing.T) {
	s := openTestStore(t)
	e := s.engine.(*sqliteEngine)
	other, err := e.connect(t.Context(), e.writing) // as another process would
	if err != nil {
		t.Fatal(err)
	}
	defer other.close()
	if err := run(other.begin); err != nil {
		t.Fatal(err)
	}
	outcome := make(chan error, 1)
	go func() {
		outcome <- s.Update(context.Background(), func(tx *Tx) error { return addEntry(tx, "patient") })
	}()
	waitFor(t, func() bool { return len(e.writer.queue) == 0 })
	if err := run(other.commit); err != nil {
		t.Fatal(err)
	}
	if err := <-outcome; err != nil || !hasEntry(t, s, "patient") {
		t.Errorf("the patient update got %v", err)
	}
	if err := run(other.begin); err != nil {
		t.Fatal(err)
	}
	e.writer.maxWait = 0 // the writer is idle
	err = s.Update(t.Context(), func(tx *Tx) error { return addEntry(tx, "refused") })
	if err == nil || standfirst.KindOf(err) != standfirst.Unavailable {
		t.Errorf("the refused update got %v", err)
	}
	if err := run(other.rollback); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), func(tx *Tx) error { return addEntry(tx, "later") }); err != nil || hasEntry(t, s, "refused") {
		t.Errorf("the later update got %v", err)
	}
}
