package record

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// signed returns a checkpoint that a key signed; its root is made up of its size.
func signed(t testing.TB, key Key, origin string, size int64) []byte {
	t.Helper()
	b, err := Checkpoint{Origin: origin, Tree: tlog.Tree{N: size, Hash: tlog.Hash{byte(size)}}}.sign(key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A node that has seen less than another one signed names what is in the database.
func TestResumeOnANodeWithAStaleFile(t *testing.T) {
	onBoth(t, func(t *testing.T, st *store.Store) {
		first := newSigner(t, st)
		if err := first.Sign(t.Context()); err != nil {
			t.Fatal(err)
		}
		stale, err := os.ReadFile(first.o.SeenFile)
		if err != nil {
			t.Fatal(err)
		}
		if err := first.Release(t.Context()); err != nil {
			t.Fatal(err)
		}
		second := NewSigner(st, Options{KeyFile: first.o.KeyFile, SeenFile: filepath.Join(t.TempDir(), "seen")})
		update(t, st, func(tx *store.Tx) error {
			Append(tx, entries(20)...)
			return nil
		})
		if err := second.Sign(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := second.Release(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := replaceFile(first.o.SeenFile, stale); err != nil {
			t.Fatal(err)
		}
		if err := HoldBack(first.o.SeenFile, "made on Tuesday"); err != nil {
			t.Fatal(err)
		}
		done, err := first.Resume(t.Context(), ResumeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if done.From != KnownDatabase || done.Epoch.OldSize != 22 || done.Epoch.OldOrigin != "ledger.example/record" {
			t.Errorf("the epoch goes on from %+v, known from %q", done.Epoch, done.From)
		}
		// The other node goes on with the epoch.
		if err := second.Sign(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestResumeFromWhatTheOperatorGives(t *testing.T) {
	st := storetest.Open(t)
	s := newSigner(t, st)
	if err := s.Sign(t.Context()); err != nil {
		t.Fatal(err)
	}
	key, err := ReadKey(s.o.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	for name, refused := range map[string]struct {
		last []byte
		says string
	}{
		"no note":                 {[]byte("900 entries"), "no signed checkpoint"},
		"empty":                   {[]byte{}, "no signed checkpoint"},
		"a stranger's":            {signed(t, stranger, "ledger.example/record", 900), "not signed with any key of this record"},
		"of another record":       {signed(t, key, "other.example/record", 900), "of another record, other.example/record"},
		"older than what is seen": {signed(t, key, "ledger.example/record", 1), "nothing to resume"},
	} {
		_, err := s.Resume(t.Context(), ResumeOptions{Last: refused.last})
		if err == nil || !strings.Contains(err.Error(), refused.says) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := s.Sign(t.Context()); err != nil {
		t.Fatalf("what was refused is remembered: %v", err)
	}

	// The key was changed after the backup was made.
	later := signed(t, stranger, "ledger.example/record", 800)
	vkey, err := VerifierKey("ledger.example/record", stranger.Public())
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := VerifierKey("ledger.example/record/2", stranger.Public())
	if err != nil {
		t.Fatal(err)
	}
	for lastKey, says := range map[string]string{
		"a+b+c":   "is no key",
		elsewhere: "not signed with the key that is given",
		vkey:      "800 entries were signed",
	} {
		if _, err := s.Resume(t.Context(), ResumeOptions{Last: later, LastKey: lastKey, NothingSigned: true}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v", lastKey, err)
		}
	}

	// The database was set back, and nothing here knows of it but the operator.
	last := signed(t, key, "ledger.example/record", 900)
	if _, err := s.Resume(t.Context(), ResumeOptions{Last: last, NothingSigned: true}); err == nil || !strings.Contains(err.Error(), "900 entries were signed") {
		t.Errorf("went on without a break: %v", err)
	}
	done, err := s.Resume(t.Context(), ResumeOptions{Last: last})
	if err != nil {
		t.Fatal(err)
	}
	if done.Epoch.OldSize != 900 || done.Epoch.Number != 2 {
		t.Errorf("the epoch is %+v", done.Epoch)
	}

	// An epoch that the database has forgotten keeps its number, also on a restored node.
	if err := HoldBack(s.o.SeenFile, "made on Tuesday"); err != nil {
		t.Fatal(err)
	}
	other := append([]byte("restored made on Monday\n"), signed(t, key, "ledger.example/record/7", 3)...)
	if done, err = s.Resume(t.Context(), ResumeOptions{Last: other}); err != nil {
		t.Fatal(err)
	}
	if done.From != KnownGiven || done.Epoch.OldOrigin != "ledger.example/record/7" || done.Epoch.OldSize != 3 || done.Epoch.Origin != "ledger.example/record/8" {
		t.Errorf("the epoch is %+v, known from %q", done.Epoch, done.From)
	}
	if err := s.Sign(t.Context()); err != nil {
		t.Error(err)
	}

	// A node that saw more of the first epoch than the second one names can mend nothing
	// any more, and says so.
	if done.Denied.N != 0 {
		t.Errorf("%+v is denied", done.Denied)
	}
	if err := replaceFile(s.o.SeenFile, signed(t, key, "ledger.example/record", 950)); err != nil {
		t.Fatal(err)
	}
	if done, err = s.Resume(t.Context(), ResumeOptions{}); err != nil {
		t.Fatal(err)
	}
	if done.Denied.N != 950 || done.From != KnownDatabase || done.Epoch.OldOrigin != "ledger.example/record/8" {
		t.Errorf("the epoch is %+v, known from %q, without %+v", done.Epoch, done.From, done.Denied)
	}
}

// A backup holds the lease of the server that ran when it was made.
func TestResumeWaitsForTheLeaseOfAServerThatIsGone(t *testing.T) {
	st := storetest.Open(t)
	s := newSigner(t, st)
	if err := HoldBack(s.o.SeenFile, "made on Tuesday"); err != nil {
		t.Fatal(err)
	}
	update(t, st, func(tx *store.Tx) error {
		now := time.Now()
		_, err := tx.TakeRecordLease("gone", now, now.Add(300*time.Millisecond))
		return err
	})
	done, err := s.Resume(t.Context(), ResumeOptions{})
	if err != nil || done.Size != 3 {
		t.Errorf("%d entries are signed, %v", done.Size, err)
	}
}

// Another epoch is no cure for a key that is not the record's.
func TestResumeWithAnotherKey(t *testing.T) {
	st := storetest.Open(t)
	s := newSigner(t, st)
	other, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Write(s.o.KeyFile); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Resume(t.Context(), ResumeOptions{}); standfirst.KindOf(err) != standfirst.Conflict || !strings.Contains(err.Error(), "rotate --lost") {
		t.Errorf("got %v", err)
	}
	if epochs := read(t, st, (*store.ReadTx).RecordEpochs); len(epochs) != 1 {
		t.Errorf("%d epochs", len(epochs))
	}
}

func TestHighest(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	note := func(origin string, size int64) []byte { return signed(t, key, origin, size) }
	known := func(origin string, size int64) seen {
		s, err := parseSeen(note(origin, size))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	root := "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
	second := []store.RecordEpoch{{Number: 1, Origin: "a/record"}, {Number: 2, Origin: "a/record/2", OldOrigin: "a/record", OldSize: 12, OldRoot: root}}
	for name, c := range map[string]struct {
		epochs   []store.RecordEpoch
		database []byte
		seen     seen
		from     Known
		origin   string
		size     int64
	}{
		"nothing was signed":                     {epochs: second[:1], from: KnownNowhere, origin: "a/record"},
		"the file has seen more":                 {epochs: second[:1], database: note("a/record", 8), seen: known("a/record", 9), from: KnownSeen, origin: "a/record", size: 9},
		"the database has more":                  {epochs: second[:1], database: note("a/record", 10), seen: known("a/record", 9), from: KnownDatabase, origin: "a/record", size: 10},
		"there is no file":                       {epochs: second[:1], database: note("a/record", 10), from: KnownDatabase, origin: "a/record", size: 10},
		"the file is of an earlier epoch":        {epochs: second, database: note("a/record/2", 3), seen: known("a/record", 90), from: KnownDatabase, origin: "a/record/2", size: 3},
		"the file is of a forgotten epoch":       {epochs: second[:1], database: note("a/record", 90), seen: known("a/record/2", 3), from: KnownSeen, origin: "a/record/2", size: 3},
		"an epoch that never signed names more":  {epochs: second, database: note("a/record", 10), seen: known("a/record", 11), from: KnownEpoch, origin: "a/record", size: 12},
		"the database contradicts what was seen": {epochs: second[:1], database: note("a/record", 9), seen: known("a/record", 9), from: KnownSeen, origin: "a/record", size: 9},
	} {
		t.Run(name, func(t *testing.T) {
			now := state{epochs: c.epochs, last: store.RecordCheckpoint{Note: string(c.database)}}
			before, err := highest(now, c.seen, KnownSeen)
			if err != nil {
				t.Fatal(err)
			}
			e, err := nextEpoch(now, before)
			if err != nil {
				t.Fatal(err)
			}
			if before.from != c.from || e.OldOrigin != c.origin || e.OldSize != c.size {
				t.Errorf("%d entries as %s, known from %q", e.OldSize, e.OldOrigin, before.from)
			}
		})
	}
}
