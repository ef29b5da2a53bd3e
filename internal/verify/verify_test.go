package verify_test

import (
	"database/sql"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/pagecache"
	"standfirst/internal/record"
	"standfirst/internal/store"
	"standfirst/internal/verify"
	"standfirst/internal/web/site"
)

const body = `Northwind Freight is in advanced talks to put up to $6 billion into Halcyon Compute, three people briefed on the discussions said.

A listing could follow within a year at $120 billion, one of the people said.

:::voices What they say

> It is **enough** for the next two winters.
>
> — Ada Quill, treasurer at Northwind Freight

> Nobody asked the crews.
>
> — Bo Tarn, deckhand

:::

Kestrel declined to comment.
`

// house is a newsroom in a file, with its site.
type house struct {
	*testing.T
	path    string
	dir     string
	store   *store.Store
	news    *newsroom.Newsroom
	figures *ledger.Ledger
	signer  *record.Signer
	url     string
	cache   *pagecache.Cache
	now     time.Time
	story   standfirst.Story
	memory  *verify.Memory

	requests atomic.Int64
	arrives  func(path string) // before a request is answered; may be nil
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{T: t, dir: t.TempDir(), now: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC), memory: verify.MemoryOf(t.TempDir(), "test")}
	h.path = filepath.Join(h.dir, "news.db")
	var err error
	h.store, err = store.Open(t.Context(), store.Options{Path: h.path})
	h.must(err)
	t.Cleanup(func() { h.must(h.store.Close()) })
	clock := func() time.Time { h.now = h.now.Add(time.Minute); return h.now }
	h.news = newsroom.New(h.store, newsroom.Options{Clock: clock})
	h.figures = ledger.New(h.store, ledger.Options{Clock: clock})
	pub := standfirst.DefaultPublication()
	pub.Name, pub.BaseURL = "The Harbour Ledger", "https://harbour.example"
	h.must(h.news.SetUp(t.Context(), standfirst.Command(), pub))
	h.signer = record.NewSigner(h.store, record.Options{KeyFile: filepath.Join(h.dir, "key"), SeenFile: filepath.Join(h.dir, "seen")})
	h.must(h.signer.Begin(t.Context()))
	h.cache = pagecache.New(pagecache.Options{MaxBytes: 8 << 20})
	h.store.OnTouch(func(tags []standfirst.Tag) { h.cache.Drop(tags...) })
	readers, err := site.New(site.Options{Store: h.store.Reader(), Cache: h.cache, Logger: slog.New(slog.DiscardHandler)})
	h.must(err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.requests.Add(1)
		if h.arrives != nil {
			h.arrives(r.URL.Path)
		}
		readers.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// sign signs what is new.
func (h *house) sign() { h.Helper(); h.must(h.signer.Sign(h.Context())) }

// publish publishes the story with two figures, then changes a word and corrects a
// figure, and signs.
func (h *house) publish() {
	h.Helper()
	people := &standfirst.Attribution{Kind: standfirst.Anonymous, LeastSources: 3, Proximity: standfirst.Briefed, Words: "three people briefed on the discussions"}
	claim := func(words string, party int, property standfirst.Property) copydesk.ClaimProposal {
		at := strings.Index(body, words)
		q, err := standfirst.ParseQuantity(words)
		h.must(err)
		return copydesk.ClaimProposal{
			Mark: copydesk.Mark{Span: copydesk.Span{Start: at, End: at + len(words), Text: words}}, Deal: 0, Entity: -1, Party: party, Property: property,
			Value: standfirst.Value{Quantity: &q}, Modality: standfirst.Prospective, Evidence: standfirst.ReportedAnonymous, Attribution: people,
		}
	}
	proposals := &copydesk.Proposals{
		Entities: []copydesk.EntityProposal{{Kind: standfirst.Company, Name: "Halcyon Compute"}, {Kind: standfirst.Company, Name: "Northwind Freight"}},
		Deals: []copydesk.DealProposal{{
			Kind: standfirst.PrimaryRound, Target: 0, Stage: standfirst.AdvancedTalks, Parties: []copydesk.PartyProposal{{Entity: 1, Role: standfirst.Lead}},
		}},
		Claims: []copydesk.ClaimProposal{
			claim("up to $6 billion", 1, standfirst.Commitment), claim("$120 billion", -1, standfirst.ValuationAtListing),
		},
	}
	draft, err := h.news.Create(h.Context(), standfirst.Command(), newsroom.Draft{Day: standfirst.DayOf(h.now, time.UTC), Figures: proposals, Content: standfirst.Content{
		Headline: "What we know of the Halcyon round", Standfirst: "Two figures, and who says so.", Section: "Deals", Topics: []string{"Cloud"},
		Dateline: "ANTWERP", Disclosure: "Northwind Freight advertises here.", Bylines: []standfirst.Byline{{Name: "Mara Oduya", Role: "Shipping Correspondent"}, {Name: "Jonas Elan"}}, Body: body,
	}})
	h.must(err)
	published, err := h.news.Publish(h.Context(), standfirst.Command(), draft.ID, newsroom.PublishOptions{})
	h.must(err)
	h.story = published.Story
	h.edit("Nobody asked the crews.", "Nobody asked the people on the ships.", standfirst.Change{Class: standfirst.Correction, Note: "We had given the words of Bo Tarn wrongly."})
	q, err := standfirst.ParseQuantity("$110 billion")
	h.must(err)
	_, err = h.figures.Supersede(h.Context(), standfirst.Command(), h.claimOf("$120 billion"), ledger.Supersession{
		Value: standfirst.Value{Quantity: &q}, Cause: standfirst.Corrected, Note: "We misheard what the value at listing might be.",
	})
	h.must(err)
	h.sign()
}

// claimOf returns the claim that the story cites with the words.
func (h *house) claimOf(words string) (id standfirst.ClaimID) {
	h.Helper()
	h.must(h.store.View(h.Context(), func(tx *store.ReadTx) error {
		cited, err := tx.Citations(h.story.Current)
		for _, c := range cited {
			if c.Words == words {
				id = c.Claim
			}
		}
		return err
	}))
	return id
}

// edit publishes the story with one stretch of its body changed.
func (h *house) edit(old, now string, change standfirst.Change) {
	h.Helper()
	var work standfirst.WorkingCopy
	h.must(h.store.View(h.Context(), func(tx *store.ReadTx) (err error) {
		work, err = tx.WorkingCopy(h.story.ID)
		return err
	}))
	work.Content.Body = strings.Replace(work.Content.Body, old, now, 1)
	_, err := h.news.Save(h.Context(), standfirst.Command(), h.story.ID, work.Version, work.Content)
	h.must(err)
	published, err := h.news.Publish(h.Context(), standfirst.Command(), h.story.ID, newsroom.PublishOptions{Change: change})
	h.must(err)
	h.story = published.Story
}

// verify checks the story as an outsider and returns the steps.
func (h *house) verify() (string, error) {
	h.Helper()
	var steps strings.Builder
	err := verify.Story(h.Context(), h.url+h.story.Path(), h.memory, func(s verify.Step) {
		steps.WriteString(string(s.Mark) + " " + s.Text + "\n")
	})
	return steps.String(), err
}

// audit checks the record against the database and returns the problems.
func (h *house) audit() []string {
	h.Helper()
	var problems []string
	_, err := record.Audit(h.Context(), h.store.Reader(), func(p string) { problems = append(problems, p) })
	h.must(err)
	return problems
}

// behind changes the database behind the server's back, and empties the server's cache.
func (h *house) behind(statements ...string) {
	h.Helper()
	db, err := sql.Open("sqlite", "file:"+h.path+"?_pragma=foreign_keys(0)&_pragma=busy_timeout(5000)")
	h.must(err)
	defer db.Close()
	for _, s := range statements {
		result, err := db.Exec(s)
		if err != nil {
			h.Fatalf("%s: %v", s, err)
		}
		if n, _ := result.RowsAffected(); n == 0 {
			h.Fatalf("%s changes nothing", s)
		}
	}
	h.cache.Clear()
}

func TestStoryAsPublished(t *testing.T) {
	h := newHouse(t)
	h.publish()
	for range 2 { // the second knows the key
		steps, err := h.verify()
		t.Log("\n" + steps)
		if err != nil {
			t.Fatal(err)
		}
	}
	if problems := h.audit(); len(problems) > 0 {
		t.Error(strings.Join(problems, "\n"))
	}
}

// What is edited behind the server's back is caught by the outsider and by the newsroom
// itself.
func TestEditsBehindTheServersBack(t *testing.T) {
	for name, statements := range map[string][]string{
		"body":          {`UPDATE revision SET body = replace(body, 'advanced talks', 'early talks') WHERE number = 2`},
		"voice":         {`UPDATE revision SET body = replace(body, 'two winters', 'three winters') WHERE number = 2`},
		"headline":      {`UPDATE revision SET headline = 'What we knew of the Halcyon round' WHERE number = 2`},
		"byline":        {`UPDATE revision SET rest = replace(rest, 'Mara Oduya', 'Nora Oduya') WHERE number = 2`},
		"notice":        {`UPDATE notice SET text = 'We had the words of Bo Tarn right.' WHERE claim_id IS NULL`},
		"claim's value": {`UPDATE claim_version SET quantity = replace(quantity, '110', '115') WHERE supersedes_id IS NOT NULL`},
		"deleted revision": {
			`UPDATE story SET current_revision_id = (SELECT id FROM revision WHERE story_id = story.id AND number = 1), published_number = 1 WHERE published_number = 2`,
			`DELETE FROM citation WHERE revision_id = (SELECT id FROM revision WHERE number = 2)`,
			`DELETE FROM revision WHERE number = 2`,
		},
		"hidden correction": {`DELETE FROM notice_story WHERE notice_id IN (SELECT id FROM notice WHERE claim_id IS NULL)`},
		"erased without a takedown": {
			// Its salt is the 22 characters after its name.
			`UPDATE record_entry SET parts = replace(parts, substr(parts, instr(parts, 'block.1 '), 30), 'block.1 ') WHERE kind = 'revision' AND number = 2`,
			`UPDATE revision SET body = replace(body, 'advanced talks', 'early talks') WHERE number = 2`,
		},
		"time of the first publication": {`UPDATE story SET first_published_at = first_published_at - 3600000000 WHERE published_number = 2`},
		"time of the change": {
			`UPDATE revision SET published_at = published_at - 3600000000 WHERE number = 2`,
			`UPDATE story SET updated_at = updated_at - 3600000000 WHERE published_number = 2`,
			`UPDATE notice SET at = at - 3600000000`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.publish()
			if steps, err := h.verify(); err != nil {
				t.Fatal(steps)
			}
			h.behind(statements...)
			steps, err := h.verify()
			if err == nil {
				t.Errorf("the outsider does not see it:\n%s", steps)
			}
			for line := range strings.Lines(steps) {
				if strings.HasPrefix(line, string(verify.Failed)) {
					t.Log("the outsider: " + line)
				}
			}
			problems := h.audit()
			if len(problems) == 0 {
				t.Error("the newsroom does not see it")
			}
			t.Log("the newsroom: " + strings.Join(problems, "\n"))
		})
	}
}

func countEntries(h *house) int64 {
	h.Helper()
	var head store.RecordHead
	h.must(h.store.View(h.Context(), func(tx *store.ReadTx) (err error) {
		head, err = tx.RecordHead()
		return err
	}))
	return head.Size
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// Inclusion takes an outsider three requests, and the absence of later entries one for
// each 256 entries after it.
func TestRequests(t *testing.T) {
	h := newHouse(t)
	draft, err := h.news.Create(t.Context(), standfirst.Command(), newsroom.Draft{Content: standfirst.Content{
		Headline: "Four hulls are ordered", Body: "Four hulls were ordered.\n", Bylines: []standfirst.Byline{{Name: "Mara Oduya"}},
	}})
	h.must(err)
	published, err := h.news.Publish(t.Context(), standfirst.Command(), draft.ID, newsroom.PublishOptions{})
	h.must(err)
	h.story = published.Story
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
		for i := range 1000 {
			record.Append(tx, record.Entry{Kind: record.UnpublishedKind, Story: standfirst.StoryID(5000 + i), Time: h.now})
		}
		return nil
	}))
	h.sign()
	h.requests.Store(0)
	if steps, err := h.verify(); err != nil {
		t.Fatal(steps)
	}
	if got := h.requests.Load(); got != 3+4 {
		t.Errorf("%d requests for a version with 1000 entries after it, want 3 and 4", got)
	}
}
