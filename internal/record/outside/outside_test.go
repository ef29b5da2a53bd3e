package outside

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/torchwood"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/pagecache"
	"standfirst/internal/record"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
	"standfirst/internal/verify"
	"standfirst/internal/web/site"
)

// size is how many entries the log has.
const size = 10_000

// house is a newsroom whose log is looked at.
type house struct {
	store  *store.Store
	site   http.Handler
	origin string
	vkey   string
	story  string // path of a story
	entry  []byte // of its first version
	number int64
}

// newHouse publishes a few stories, fills the log up to its size and signs it.
func newHouse(t *testing.T) *house {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	h := &house{store: storetest.Open(t), origin: "harbour.example/record"}
	news := newsroom.New(h.store, newsroom.Options{})
	pub := standfirst.DefaultPublication()
	pub.Name, pub.BaseURL = "The Harbour Ledger", "https://harbour.example"
	must(news.SetUp(t.Context(), standfirst.Command(), pub))
	dir := t.TempDir()
	signer := record.NewSigner(h.store, record.Options{KeyFile: filepath.Join(dir, "key"), SeenFile: filepath.Join(dir, "seen")})
	must(signer.Begin(t.Context()))
	draft, err := news.Create(t.Context(), standfirst.Command(), newsroom.Draft{Kind: standfirst.KindStory, Content: standfirst.Content{
		Headline: "Ferry line orders four hulls", Standfirst: "They are to sail in spring.", Body: "Four hulls were ordered.\n\nNobody said by whom.\n",
		Bylines: []standfirst.Byline{{Name: "Mara Oduya"}}, Section: "Companies",
	}})
	must(err)
	published, err := news.Publish(t.Context(), standfirst.Command(), draft.ID, newsroom.PublishOptions{})
	must(err)
	h.story = published.Path()
	for {
		var have int64
		must(h.store.View(t.Context(), func(tx *store.ReadTx) error {
			head, err := tx.RecordHead()
			have = head.Size
			return err
		}))
		if have >= size {
			break
		}
		must(h.store.Update(t.Context(), func(tx *store.Tx) error {
			for i := range min(500, size-have) {
				record.Append(tx, record.Entry{Kind: record.UnpublishedKind, Story: standfirst.StoryID(1000 + (have+i)%97), Time: time.Unix(1_770_000_000, 0)})
			}
			return nil
		}))
	}
	must(signer.Sign(t.Context()))
	must(h.store.View(t.Context(), func(tx *store.ReadTx) error {
		keys, err := tx.RecordKeys()
		must(err)
		h.vkey, err = record.VerifierKey(h.origin, keys[0].Public)
		must(err)
		e, err := tx.RecordEntryOf(record.StorySubject(draft.ID), string(record.RevisionKind), 1)
		h.entry, h.number = []byte(e.Body), e.Position
		return err
	}))
	h.site, err = site.New(site.Options{Logger: slog.New(slog.DiscardHandler), Store: h.store.Reader(), Cache: pagecache.New(pagecache.Options{MaxBytes: 32 << 20})})
	must(err)
	return h
}

// flipping serves the site with one bit flipped in the answers whose path has the part.
type flipping struct {
	next http.Handler
	part string // none if empty
}

func (f *flipping) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if f.part == "" || !strings.Contains(r.URL.Path, f.part) {
		f.next.ServeHTTP(w, r)
		return
	}
	r = r.Clone(r.Context())
	r.Header.Del("Accept-Encoding")
	rec := httptest.NewRecorder()
	f.next.ServeHTTP(rec, r)
	body := rec.Body.Bytes()
	if rec.Code == http.StatusOK {
		flip(body)
	}
	w.WriteHeader(rec.Code)
	_, _ = w.Write(body)
}

// flip changes one bit in the middle.
func flip(b []byte) { b[len(b)/2] ^= 1 }

func leafHashes(bundle []byte) ([][]byte, error) {
	var b api.EntryBundle
	if err := b.UnmarshalText(bundle); err != nil {
		return nil, err
	}
	var hashes [][]byte
	for _, e := range b.Entries {
		hashes = append(hashes, rfc6962.DefaultHasher.HashLeaf(e))
	}
	return hashes, nil
}

// byFsck checks the log with the package behind Tessera's fsck.
func byFsck(ctx context.Context, h *house, f fsck.Fetcher) error {
	v, err := note.NewVerifier(h.vkey)
	if err != nil {
		return err
	}
	return fsck.New(h.origin, v, f, leafHashes, fsck.Opts{N: 2}).Check(ctx)
}

// policyOf asks for the signature of the log under its own name.
func policyOf(h *house) (torchwood.Policy, error) {
	v, err := note.NewVerifier(h.vkey)
	if err != nil {
		return nil, err
	}
	return torchwood.ThresholdPolicy(2, torchwood.OriginPolicy(h.origin), torchwood.SingleVerifierPolicy(v)), nil
}

// byTorchwood reads every entry with its client, which authenticates them.
func byTorchwood(ctx context.Context, h *house, signed []byte, tiles torchwood.TileReader) error {
	policy, err := policyOf(h)
	if err != nil {
		return err
	}
	c, _, err := torchwood.VerifyCheckpoint(signed, policy)
	if err != nil {
		return err
	}
	log, err := torchwood.NewClient(tiles)
	if err != nil {
		return err
	}
	n := int64(0)
	for i, e := range log.AllEntries(ctx, c.Tree, 0) {
		if _, err := record.ParseEntry(e); err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
		n++
	}
	if err := log.Err(); err != nil {
		return err
	}
	if n != size {
		return fmt.Errorf("%d entries", n)
	}
	return nil
}

// byUs checks the log with our own outsider.
func byUs(ctx context.Context, source verify.Source) error {
	var steps []string
	err := verify.Log(ctx, source, nil, func(s verify.Step) { steps = append(steps, string(s.Mark)+" "+s.Text) })
	if err != nil {
		return fmt.Errorf("%w: %s", err, strings.Join(steps, "; "))
	}
	return nil
}

// parts are what a bit is flipped in: a tile of each level, full and partial, entries,
// and the checkpoint.
var parts = []string{"/tile/0/000", "/tile/0/039.p/16", "/tile/1/000.p/39", "/tile/entries/007", "/tile/entries/039.p/16", "/checkpoint"}

func TestOverHTTP(t *testing.T) {
	h := newHouse(t)
	front := &flipping{next: h.site}
	server := httptest.NewServer(front)
	defer server.Close()
	get := func(ctx context.Context, path string) ([]byte, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+path, nil)
		if err != nil {
			return nil, err
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			return nil, err
		}
		defer res.Body.Close()
		return io.ReadAll(res.Body)
	}
	ways := map[string]func(context.Context) error{
		"tessera": func(ctx context.Context) error {
			root, err := url.Parse(server.URL + "/record/")
			if err != nil {
				return err
			}
			f, err := client.NewHTTPFetcher(root, nil)
			if err != nil {
				return err
			}
			return byFsck(ctx, h, f)
		},
		"torchwood": func(ctx context.Context) error {
			signed, err := get(ctx, "/record/checkpoint")
			if err != nil {
				return err
			}
			tiles, err := torchwood.NewTileFetcher(server.URL + "/record/")
			if err != nil {
				return err
			}
			return byTorchwood(ctx, h, signed, tiles)
		},
		"ours": func(ctx context.Context) error {
			source, _, err := verify.NewWeb(server.URL)
			if err != nil {
				return err
			}
			return byUs(ctx, source)
		},
	}
	verifyEachWay(t, ways, func(part string) { front.part = part })

	t.Run("proof", func(t *testing.T) {
		policy, err := policyOf(h)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{h.story + "/version/1.tlog-proof", fmt.Sprintf("/record/proof/%d.tlog-proof", h.number)} {
			proof, err := get(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			if err := torchwood.VerifyProof(policy, tlog.RecordHash(h.entry), proof); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			if torchwood.VerifyProof(policy, tlog.RecordHash([]byte("{}")), proof) == nil {
				t.Errorf("%s proves something else", path)
			}
			extra, err := torchwood.ProofExtraData(proof)
			if err != nil || !bytes.Equal(extra, h.entry) {
				t.Errorf("%s: beside it is %q, %v", path, extra, err)
			}
		}
	})
	t.Run("caching", func(t *testing.T) {
		for path, want := range map[string]string{
			"/record/checkpoint": "public, max-age=0, s-maxage=1", "/record/tile/0/000": "public, max-age=31536000, immutable",
			"/record/tile/entries/000": "public, max-age=31536000, immutable",
		} {
			res, err := http.Get(server.URL + path)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if got := res.Header.Get("Cache-Control"); got != want {
				t.Errorf("%s: Cache-Control %q, want %q", path, got, want)
			}
		}
	})
}

// verifyEachWay holds that every way accepts the log as it is and refuses it with a bit
// flipped in any of the parts.
func verifyEachWay(t *testing.T, ways map[string]func(context.Context) error, damage func(part string)) {
	t.Helper()
	for name, check := range ways {
		t.Run(name, func(t *testing.T) {
			damage("")
			if err := check(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, part := range parts {
				damage(part)
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
				err := check(ctx)
				cancel()
				switch {
				case errors.Is(err, context.DeadlineExceeded):
					t.Errorf("a flipped bit in %s: no answer in time", part)
				case err == nil:
					t.Errorf("a flipped bit in %s is not seen", part)
				}
			}
			damage("")
		})
	}
}

func TestFromFiles(t *testing.T) {
	h := newHouse(t)
	dir := t.TempDir()
	n, err := record.Export(t.Context(), h.store.Reader(), dir)
	if err != nil || n != size {
		t.Fatal(n, err)
	}
	damaged, was := "", []byte(nil)
	damage := func(part string) {
		t.Helper()
		if damaged != "" {
			if err := os.WriteFile(damaged, was, 0o600); err != nil {
				t.Fatal(err)
			}
			damaged = ""
		}
		if part == "" {
			return
		}
		name := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(part, "/")))
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		damaged, was = name, slices.Clone(b)
		flip(b)
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	verifyEachWay(t, map[string]func(context.Context) error{
		"tessera": func(ctx context.Context) error { return byFsck(ctx, h, client.FileFetcher{Root: dir}) },
		"torchwood": func(ctx context.Context) error {
			signed, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
			if err != nil {
				return err
			}
			tiles, err := torchwood.NewTileFS(os.DirFS(dir))
			if err != nil {
				return err
			}
			return byTorchwood(ctx, h, signed, tiles)
		},
		"ours": func(ctx context.Context) error { return byUs(ctx, verify.Folder(dir)) },
	}, damage)
}

// The key has the form that other tools know: the hash in it is theirs.
func TestVerifierKey(t *testing.T) {
	public := bytes.Repeat([]byte{7}, 32)
	vkey, err := record.VerifierKey("a.example/record", base64.StdEncoding.EncodeToString(public))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(append([]byte("a.example/record\n\x01"), public...))
	if want := fmt.Sprintf("a.example/record+%x+", sum[:4]); !strings.HasPrefix(vkey, want) {
		t.Errorf("%s does not begin with %s", vkey, want)
	}
}
