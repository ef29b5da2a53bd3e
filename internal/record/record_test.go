package record

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

var noon = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

// onBoth runs the test on both engines.
func onBoth(t *testing.T, test func(*testing.T, *store.Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, storetest.Open(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, storetest.Postgres(t)) })
}

func update(t testing.TB, st *store.Store, fn func(*store.Tx) error) {
	t.Helper()
	if err := st.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func read[T any](t testing.TB, st *store.Store, fn func(*store.ReadTx) (T, error)) T {
	t.Helper()
	v, err := view(context.Background(), st.Reader(), fn)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// entries returns n entries about invented stories.
func entries(n int) []Entry {
	var all []Entry
	for i := range n {
		all = append(all, Entry{Kind: UnpublishedKind, Story: standfirst.StoryID(1 + i%7), Number: 1 + i/7, Time: noon})
	}
	return all
}

// newSigner returns a signer of a newsroom with a publication, whose files are in a
// folder of the test's.
func newSigner(t testing.TB, st *store.Store) *Signer {
	t.Helper()
	update(t, st, func(tx *store.Tx) error {
		pub := standfirst.DefaultPublication()
		pub.BaseURL, pub.CreatedAt, pub.UpdatedAt = "https://ledger.example", noon, noon
		return tx.PutPublication(pub)
	})
	return signerIn(t, st, t.TempDir())
}

// signerIn returns a signer whose files are in the folder.
func signerIn(t testing.TB, st *store.Store, dir string) *Signer {
	t.Helper()
	s := NewSigner(st, Options{KeyFile: filepath.Join(dir, "key"), SeenFile: filepath.Join(dir, "seen")})
	if err := s.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// Whatever the sizes of the transactions, the stored hashes are those of a tree that
// the library makes of the same entries.
func TestAppendGrowsTheTreeOfTheEntries(t *testing.T) {
	onBoth(t, func(t *testing.T, st *store.Store) {
		total := 0
		for _, n := range []int{1, 1, 2, 3, 5, 300, 1, 200} {
			update(t, st, func(tx *store.Tx) error {
				Append(tx, entries(n)...)
				return nil
			})
			total += n
		}
		var hashes []tlog.Hash
		reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
			var found []tlog.Hash
			for _, i := range indexes {
				found = append(found, hashes[i])
			}
			return found, nil
		})
		rows := read(t, st, func(tx *store.ReadTx) ([]store.RecordEntry, error) { return tx.RecordEntriesFrom(0, 1000) })
		if len(rows) != total {
			t.Fatalf("%d entries, want %d", len(rows), total)
		}
		last := make(map[string]int64)
		for i, row := range rows {
			more, err := tlog.StoredHashes(int64(i), []byte(row.Body), reader)
			if err != nil {
				t.Fatal(err)
			}
			hashes = append(hashes, more...)
			if got := formatHashes(more); got != row.Hashes {
				t.Fatalf("the hashes of entry %d are %s, want %s", i, row.Hashes, got)
			}
			e, err := ParseEntry([]byte(row.Body))
			if err != nil {
				t.Fatal(err)
			}
			want, ok := last[row.Subject]
			if !ok {
				want = -1
			}
			if e.Previous != want {
				t.Fatalf("entry %d follows %d, want %d", i, e.Previous, want)
			}
			last[row.Subject] = int64(i)
		}
		for _, size := range []int64{1, 2, 255, 256, 257, int64(total)} {
			want, err := tlog.TreeHash(size, reader)
			if err != nil {
				t.Fatal(err)
			}
			if got := read(t, st, func(tx *store.ReadTx) (tlog.Hash, error) { return Root(tx, size) }); got != want {
				t.Errorf("the root of %d entries is %s, want %s", size, got, want)
			}
		}
		head := read(t, st, (*store.ReadTx).RecordHead)
		tree, err := parseTree(head.Size, head.Edge)
		if err != nil {
			t.Fatal(err)
		}
		if want, _ := tlog.TreeHash(int64(total), reader); tree.Root() != want {
			t.Errorf("the root of the head is %s, want %s", tree.Root(), want)
		}
		for i := range int64(total) {
			proof, err := tlog.ProveRecord(int64(total), i, reader)
			if err != nil {
				t.Fatal(err)
			}
			before := TreeBefore(int64(total), i, proof)
			if i > 0 {
				if want, _ := tlog.TreeHash(i, reader); before.Root() != want {
					t.Fatalf("the tree before entry %d has the root %s, want %s", i, before.Root(), want)
				}
			}
			for _, row := range rows[i:] {
				before.Append(tlog.RecordHash([]byte(row.Body)))
			}
			if before.Root() != tree.Root() {
				t.Fatalf("the tree from entry %d on does not end at the root", i)
			}
		}
	})
}

func TestSign(t *testing.T) {
	onBoth(t, func(t *testing.T, st *store.Store) {
		s := newSigner(t, st)
		for range 3 {
			update(t, st, func(tx *store.Tx) error {
				Append(tx, entries(100)...)
				return nil
			})
			if err := s.Sign(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		key := read(t, st, (*store.ReadTx).RecordKeys)[0]
		last := read(t, st, (*store.ReadTx).LastRecordCheckpoint)
		c, err := OpenCheckpoint([]byte(last.Note), key.Public)
		if err != nil {
			t.Fatal(err)
		}
		if c.Origin != "ledger.example/record" || c.N != 302 || c.Hash != read(t, st, func(tx *store.ReadTx) (tlog.Hash, error) { return Root(tx, 302) }) {
			t.Errorf("signed %v", c)
		}
		vkey, err := VerifierKey(c.Origin, key.Public)
		if err != nil {
			t.Fatal(err)
		}
		v, err := note.NewVerifier(vkey)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := note.Open([]byte(last.Note), note.VerifierList(v)); err != nil {
			t.Error(err)
		}
		proof := read(t, st, func(tx *store.ReadTx) ([]byte, error) { return Prove(tx, 77) })
		p, err := ParseProof(proof)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Check(c); err != nil {
			t.Error(err)
		}
		p.Entry[20] ^= 1
		if p.Check(c) == nil {
			t.Error("the proof of another entry is accepted")
		}
	})
}

func TestSignRefusesAnOlderDatabase(t *testing.T) {
	dir := t.TempDir()
	st := storetest.Open(t)
	s := newSigner(t, st)
	s.o.KeyFile, s.o.SeenFile = filepath.Join(dir, "key"), filepath.Join(dir, "seen")
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	if err := key.Write(s.o.KeyFile); err != nil {
		t.Fatal(err)
	}
	other := Checkpoint{Origin: "ledger.example/record", Tree: tlog.Tree{N: 900}}
	signed, err := other.sign(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := replaceFile(s.o.SeenFile, signed); err != nil {
		t.Fatal(err)
	}
	err = s.Sign(t.Context())
	if err == nil || standfirst.KindOf(err) != standfirst.Conflict || !strings.Contains(err.Error(), "900 entries were signed") {
		t.Errorf("got %v", err)
	}
	other.N = 2
	if signed, err = other.sign(key); err != nil {
		t.Fatal(err)
	}
	if err := replaceFile(s.o.SeenFile, signed); err != nil {
		t.Fatal(err)
	}
	if err := s.Sign(t.Context()); err == nil || !strings.Contains(err.Error(), "are not those that were signed") {
		t.Errorf("got %v", err)
	}
}

func TestBlocks(t *testing.T) {
	body := "One.\n\nTwo\nis long.\n\n```\na\n\nb\n```\n\n:::voices What they say\n\n> It is enough.\n>\n> And more.\n>\n> — Ada Quill, treasurer\n>\n> Second.\n> — Bo Tarn\n\n> Third.\n> — Cy Ode\n\n:::\n\nEnd.\n"
	blocks := Blocks(body)
	var got []string
	all := ""
	for _, b := range blocks {
		got = append(got, b.Name+"="+strings.Join(strings.Fields(body[b.Start:b.End]), " "))
		all += body[b.Start:b.End]
	}
	want := []string{
		"block.1=One.", "block.2=Two is long.", "block.3=``` a b ```", "block.4=:::voices What they say",
		"voice.1=> It is enough. > > And more. > > — Ada Quill, treasurer >", "voice.2=> Second. > — Bo Tarn", "voice.3=> Third. > — Cy Ode",
		"block.5=:::", "block.6=End.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if all != body {
		t.Errorf("the blocks together are %q", all)
	}
}

func FuzzBlocks(f *testing.F) {
	for _, seed := range []string{"", "\n", "a\n\nb", ":::voices\n> a\n>\n> — B\n:::", "```\n\n", "> a\n\n> b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		at := 0
		for _, b := range Blocks(body) {
			if b.Start != at || b.End <= b.Start {
				t.Fatalf("the block %s is from %d to %d after %d", b.Name, b.Start, b.End, at)
			}
			at = b.End
		}
		if at != len(body) {
			t.Fatalf("the blocks end at %d of %d", at, len(body))
		}
	})
}

func TestEntriesOfNotices(t *testing.T) {
	three := standfirst.Notice{ID: 4, Class: standfirst.Update, At: noon, Stories: []standfirst.StoryID{9, 2, 9}}
	nowhere, many := three, three
	nowhere.Stories, many.Stories = nil, make([]standfirst.StoryID, maxStories+1)
	const rest = `,"time":"2026-03-05T12:00:00.000000Z"}`
	for name, test := range map[string]struct {
		entry         Entry
		want          string
		stands, known bool // of story 9
	}{
		"on two stories":         {noticeEntry(t, three), `{"change":"update","kind":"notice","notice":4,"stories":[2,9]` + rest, true, true},
		"on none":                {noticeEntry(t, nowhere), `{"change":"update","kind":"notice","notice":4,"stories":[]` + rest, false, true},
		"on too many to name":    {noticeEntry(t, many), `{"change":"update","kind":"notice","notice":4` + rest, false, false},
		"from before the field":  {Entry{Kind: NoticeKind, Notice: 4, Change: standfirst.Update, Time: noon, Previous: -1}, `{"change":"update","kind":"notice","notice":4` + rest, false, false},
		"of a figure":            {Entry{Kind: NoticeKind, Notice: 4, Claim: 3, ClaimVersion: 2, Previous: -1, Stories: []standfirst.StoryID{9}}, `{"claim":3,"claimVersion":2,"kind":"notice","notice":4,"stories":[9]}`, true, true},
		"no notice but of story": {Entry{Kind: UnpublishedKind, Story: 9, Previous: -1}, `{"kind":"unpublished","story":9}`, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(test.entry.Canonical()); got != test.want {
				t.Errorf("written as %s, want %s", got, test.want)
			}
			e, err := ParseEntry([]byte(test.want))
			if err != nil {
				t.Fatal(err)
			}
			if stands, known := e.StandsOn(9); stands != test.stands || known != test.known {
				t.Errorf("stands on story 9: %v, known: %v", stands, known)
			}
			if e.Kind == NoticeKind && e.Subject() != "notice:4" {
				t.Errorf("it is about %s", e.Subject())
			}
		})
	}
}

// noticeEntry returns the entry of a notice about no figure.
func noticeEntry(t *testing.T, n standfirst.Notice) Entry {
	t.Helper()
	e, err := Notice(nil, n)
	if err != nil {
		t.Fatal(err)
	}
	e.Previous = -1
	return e
}

func FuzzParseEntry(f *testing.F) {
	for _, e := range entries(3) {
		f.Add(e.Canonical())
	}
	f.Add(Entry{Kind: NoticeKind, Notice: 4, Claim: 3, ClaimVersion: 2, Previous: -1, Stories: []standfirst.StoryID{1, 9}}.Canonical())
	f.Add(Entry{Kind: EpochKind, Previous: 3, Epoch: &EpochChange{Number: 2, Origin: "a/2", OldOrigin: "a", OldSize: 1, OldRoot: "x"}}.Canonical())
	f.Fuzz(func(t *testing.T, b []byte) {
		if e, err := ParseEntry(b); err == nil && string(e.Canonical()) != string(b) {
			t.Fatalf("%q is read and written as %q", b, e.Canonical())
		}
	})
}

func FuzzParseProof(f *testing.F) {
	f.Add(FormatProof(3, []byte("{}"), tlog.RecordProof{emptyRoot}, []byte("a\n1\nb\n\n— a c\n")))
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := ParseProof(b); err == nil && string(FormatProof(p.Position, p.Entry, p.Hashes, p.Signed)) != string(b) {
			t.Fatalf("%q is written otherwise", b)
		}
	})
}

func FuzzParseTilePath(f *testing.F) {
	for _, seed := range []string{"tile/0/000", "tile/entries/x001/234.p/7", "tile/1/x001/x234/067"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if tile, ok := ParseTilePath(path); ok && tile.String() != path {
			t.Fatalf("%q is written as %q", path, tile)
		}
	})
}

func FuzzParseBundle(f *testing.F) {
	f.Add([]byte{0, 2, '{', '}', 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		entries, err := ParseBundle(b)
		if err != nil {
			return
		}
		total := 0
		for _, e := range entries {
			total += 2 + len(e)
		}
		if total != len(b) {
			t.Fatalf("%d bytes of %d", total, len(b))
		}
	})
}

func FuzzParseCheckpoint(f *testing.F) {
	f.Add(Checkpoint{Origin: "a.example/record", Tree: tlog.Tree{N: 7, Hash: emptyRoot}}.String())
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := ParseCheckpoint(text); err == nil && !strings.HasPrefix(text, c.String()) {
			t.Fatalf("%q is written as %q", text, c)
		}
	})
}
