package site

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/pagecache"
	"standfirst/internal/record"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// recordPrefix is the address below which the log is served, as c2sp.org/tlog-tiles
// has it. An epoch after the first has a prefix of its own below it, because tiles are
// kept by caches for good: /record/2/tile/….
const recordPrefix = "/record/"

const (
	octetType = "application/octet-stream"
	plainType = "text/plain; charset=utf-8"
	jsonType  = "application/json; charset=utf-8"
	proofEnd  = ".tlog-proof"
	jsonEnd   = ".json"
)

// isVersionPath reports whether the path is that of the evidence for a published
// version: …/version/3.json or …/version/3.tlog-proof.
func isVersionPath(p string) bool {
	return (strings.HasSuffix(p, jsonEnd) || strings.HasSuffix(p, proofEnd)) && strings.Contains(p, "/version/")
}

// serveRecord answers what is below /record/: the checkpoint, tiles, bundles of entries
// and proofs. Programs on other sites may read all of it.
func (s *Site) serveRecord(w http.ResponseWriter, r *http.Request) error {
	rest := strings.TrimPrefix(r.URL.Path, recordPrefix)
	epoch := 0
	if number, after, ok := strings.Cut(rest, "/"); ok {
		if n, err := strconv.Atoi(number); err == nil && n > 1 && strconv.Itoa(n) == number {
			epoch, rest = n, after
		}
	}
	switch {
	case rest == "checkpoint":
		return s.serveCheckpoint(w, r, epoch)
	case strings.HasPrefix(rest, "tile/"):
		return s.serveTile(w, r, epoch, rest)
	case strings.HasPrefix(rest, "proof/") && strings.HasSuffix(rest, proofEnd):
		position, ok := parseNumber(strings.TrimSuffix(strings.TrimPrefix(rest, "proof/"), proofEnd))
		if !ok {
			return errNoPage
		}
		return s.serveProof(w, r, func(*store.ReadTx) (int64, error) { return position, nil })
	}
	return errNoPage
}

// parseNumber reads a number as addresses write it: digits without a zero before them.
func parseNumber(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n >= 0 && strconv.FormatInt(n, 10) == text
}

// open lets programs on other sites read the answer.
func open(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// lastSigned returns the newest checkpoint, which must be of the epoch if that is not zero.
func lastSigned(tx *store.ReadTx, epoch int) (store.RecordCheckpoint, error) {
	c, err := tx.LastRecordCheckpoint()
	if err == nil && epoch != 0 && epoch != c.Epoch {
		return c, errNoPage
	}
	return c, err
}

func (s *Site) serveCheckpoint(w http.ResponseWriter, r *http.Request, epoch int) error {
	var c store.RecordCheckpoint
	err := s.store.View(r.Context(), func(tx *store.ReadTx) (err error) {
		c, err = lastSigned(tx, epoch)
		return err
	})
	if err != nil {
		return err
	}
	h := w.Header()
	open(h)
	h.Set("Content-Type", plainType)
	h.Set("Cache-Control", s.cacheControl)
	http.ServeContent(w, r, "", c.SignedAt, strings.NewReader(c.Note))
	return nil
}

// serveTile answers with a tile of hashes or a bundle of entries, of what is signed.
// They never change; the cache makes their compressed forms once.
func (s *Site) serveTile(w http.ResponseWriter, r *http.Request, epoch int, path string) error {
	tile, ok := record.ParseTilePath(path)
	if !ok {
		return errNoPage
	}
	h := w.Header()
	open(h)
	return s.serveKept(w, r, r.URL.Path, func(tx *store.ReadTx) (pagecache.Page, error) {
		c, err := lastSigned(tx, epoch)
		if err != nil {
			return pagecache.Page{}, err
		}
		page := pagecache.Page{ContentType: octetType, CacheControl: immutable, Tags: []standfirst.Tag{standfirst.RecordKeyTag}}
		if epoch == 0 && c.Epoch > 1 {
			page.CacheControl = s.cacheControl // an earlier epoch had other tiles here
		}
		page.Body, err = tile.Read(tx, c.Size)
		return page, err
	})
}

// serveKept answers with what read makes, from the page cache or made now.
func (s *Site) serveKept(w http.ResponseWriter, r *http.Request, key string, read func(*store.ReadTx) (pagecache.Page, error)) error {
	kept := true
	entry, err := s.cache.Get(r.Context(), key, func(ctx context.Context) (page pagecache.Page, err error) {
		kept = false
		err = s.store.View(ctx, func(tx *store.ReadTx) error {
			page, err = read(tx)
			return err
		})
		return page, err
	})
	if err != nil {
		return err
	}
	web.Note(w, s.kinds.record.measured, kept)
	entry.ServeHTTP(w, r)
	return nil
}

// serveProof answers with the proof that an entry is in the tree of the newest checkpoint.
func (s *Site) serveProof(w http.ResponseWriter, r *http.Request, find func(*store.ReadTx) (int64, error)) error {
	var proof []byte
	err := s.store.View(r.Context(), func(tx *store.ReadTx) error {
		position, err := find(tx)
		if err == nil {
			proof, err = record.Prove(tx, position)
		}
		return err
	})
	if err != nil {
		return err
	}
	h := w.Header()
	open(h)
	h.Set("Content-Type", plainType)
	h.Set("Cache-Control", s.cacheControl)
	_, err = bytes.NewReader(proof).WriteTo(w)
	return err
}

// serveVersion answers with the evidence for a published version: of what its digest was
// made, or the proof that its entry is on the record.
func (s *Site) serveVersion(w http.ResponseWriter, r *http.Request) error {
	path, name, _ := strings.Cut(r.URL.Path, "/version/")
	number, isProof := strings.CutSuffix(name, proofEnd)
	if !isProof {
		number = strings.TrimSuffix(name, jsonEnd)
	}
	n, ok := parseNumber(number)
	if !ok || n == 0 || n > 1<<30 {
		return errNoPage
	}
	if isProof {
		return s.serveProof(w, r, func(tx *store.ReadTx) (int64, error) {
			story, err := publicStory(tx, path)
			if err != nil {
				return 0, err
			}
			e, err := tx.RecordEntryOf(record.StorySubject(story.ID), string(record.RevisionKind), int(n))
			return e.Position, err
		})
	}
	open(w.Header())
	return s.serveKept(w, r, r.URL.Path, func(tx *store.ReadTx) (pagecache.Page, error) {
		story, err := publicStory(tx, path)
		if err != nil {
			return pagecache.Page{}, err
		}
		return s.versionPage(tx, story, int(n))
	})
}

// versionPage returns the evidence for a version. Who may not read the text of a story
// does not get it here either.
func (s *Site) versionPage(tx *store.ReadTx, story standfirst.Story, number int) (pagecache.Page, error) {
	withhold := func(name string) bool {
		return story.State == standfirst.Retracted && !record.IsAround(name) ||
			story.Access != standfirst.AccessPublic && record.IsText(name)
	}
	p, err := record.ReadPublished(tx, story, number, withhold)
	if err != nil {
		return pagecache.Page{}, err
	}
	tags := []standfirst.Tag{standfirst.StoryTag(story.ID), standfirst.RecordKeyTag}
	for _, c := range p.Claims {
		tags = append(tags, standfirst.ClaimTag(c.Claim))
	}
	body, err := json.MarshalIndent(p, "", " ")
	return pagecache.Page{ContentType: jsonType, CacheControl: s.cacheControl, Body: append(body, '\n'), Tags: tags}, err
}

// evidence returns the link to what proves the version at the address.
func (rd *reading) evidence(at address, number int) link {
	return link{rd.words.Text("record.evidence", number), at.path + "/version/" + strconv.Itoa(number) + jsonEnd}
}

// publicStory returns the story or page at the path, if readers see it.
func publicStory(tx *store.ReadTx, path string) (story standfirst.Story, err error) {
	if day, slug, ok := standfirst.ParseStoryPath(path); ok {
		story, err = tx.StoryAt(day, slug)
	} else if slug := standfirst.Slug(strings.TrimPrefix(path, "/")); slug.Validate() == nil {
		story, err = tx.PageAt(slug)
	} else {
		return story, errNoPage
	}
	switch {
	case err != nil:
		return story, err
	case story.State.Public():
		return story, nil
	case story.PublishedNumber > 0:
		return story, errGone
	}
	return story, errNoPage
}

// recordPage says in plain words what the record proves and what not.
type recordPage struct {
	Layout  layout
	Signed  *moment // of the newest checkpoint; nil while there is none
	Entries int64   // under it
	Waiting int64   // entries that are not signed yet
	Since   *moment // when the first of them was made; nil if that is not known
	Origin  string
	Key     string // of the newest checkpoint, as other tools take it
	NextKey string // that signs the next checkpoint, if it is another or has another name
	Epochs  []epochRow
	Newest  []entryRow
}

// epochRow is a break in the record.
type epochRow struct {
	When      moment
	Number    int
	OldOrigin string
	OldSize   int64
}

// entryRow is one entry.
type entryRow struct {
	Number int64
	When   moment
	What   string
	Story  link // zero if it is about none that readers see
	Proof  string
}

// newestEntries is how many entries the page shows.
const newestEntries = 20

func loadRecord(rd *reading, at address) (*view, error) {
	rd.tag(standfirst.RecordTag)
	p := new(recordPage)
	head, err := rd.tx.RecordHead()
	if err != nil {
		return nil, err
	}
	if err := p.signing(rd, head); err != nil {
		return nil, err
	}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.AtRecord = true
	p.Layout.describe(rd, "website", rd.words.Text("record"), rd.words.Text("record.about"), at.key)
	entries, err := rd.tx.RecordEntriesBefore(head.Size, newestEntries)
	if err != nil {
		return nil, err
	}
	for _, row := range entries {
		shown, err := rd.entryRow(row, p.Entries)
		if err != nil {
			return nil, err
		}
		p.Newest = append(p.Newest, shown)
	}
	return &view{template: "record", data: p}, nil
}

// signing fills in the epochs and what is signed, with the key that checks it.
func (p *recordPage) signing(rd *reading, head store.RecordHead) error {
	epochs, err := rd.tx.RecordEpochs()
	if err != nil {
		return err
	}
	for _, e := range epochs {
		p.Origin = e.Origin
		if e.OldOrigin != "" {
			p.Epochs = append(p.Epochs, epochRow{withZone(e.BeganAt, rd.loc, layoutFull), e.Number, e.OldOrigin, e.OldSize})
		}
	}
	last, err := rd.tx.LastRecordCheckpoint()
	if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
		return err
	}
	next := p.Origin
	if err == nil {
		checkpoint, err := record.UnsignedCheckpoint([]byte(last.Note))
		if err != nil {
			return err
		}
		signed := withZone(last.SignedAt, rd.loc, layoutFull)
		p.Signed, p.Entries, p.Origin = &signed, last.Size, checkpoint.Origin
	}
	p.Waiting = head.Size - p.Entries
	since, err := record.WaitingSince(rd.tx, head, p.Entries)
	if err != nil {
		return err
	}
	if !since.IsZero() {
		waiting := withZone(since, rd.loc, layoutFull)
		p.Since = &waiting
	}
	return p.signedWith(rd, next)
}

// signedWith fills in the key of the checkpoint that is served, and the one that follows
// under the name of the newest epoch.
func (p *recordPage) signedWith(rd *reading, next string) error {
	now, err := record.ReadState(rd.tx)
	if err != nil {
		return err
	}
	keys, err := rd.tx.RecordKeys()
	if err != nil || len(keys) == 0 || next == "" {
		return err
	}
	if p.Key, err = record.VerifierKey(p.Origin, now.Key); err != nil {
		return err
	}
	following, err := record.VerifierKey(next, keys[len(keys)-1].Public)
	if following != p.Key {
		p.NextKey = following
	}
	return err
}

// entryRow returns an entry as the page shows it.
func (rd *reading) entryRow(row store.RecordEntry, signed int64) (entryRow, error) {
	e, err := record.ParseEntry([]byte(row.Body))
	if err != nil {
		return entryRow{}, err
	}
	shown := entryRow{
		Number: row.Position, When: momentIn(e.Time, rd.loc, layoutFull),
		What: rd.words.Text("record.entry." + string(e.Kind)),
	}
	if e.Number > 0 {
		shown.What += " " + rd.words.Text("record.version", e.Number)
	}
	if row.Position < signed {
		shown.Proof = recordPrefix + "proof/" + strconv.FormatInt(row.Position, 10) + proofEnd
	}
	switch {
	case e.Claim != 0:
		shown.Story = link{rd.words.Text("record.figure", int64(e.Claim)), standfirst.ClaimPath(e.Claim)}
	case e.Story != 0:
		story, err := rd.tx.Story(e.Story)
		if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
			return shown, err
		}
		if err == nil && story.State == standfirst.Published {
			shown.Story = link{rd.words.Text("record.story", int64(e.Story)), story.Path()}
		}
	}
	return shown, nil
}
