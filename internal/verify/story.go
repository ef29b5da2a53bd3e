package verify

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
	"standfirst/internal/record"
)

// Story checks the page of a story against the record of its site, step by step. It
// returns [ErrFailed] when the report has told of a step that failed.
func Story(ctx context.Context, address string, seen *Memory, report Report) error {
	source, u, err := NewWeb(address)
	if err != nil {
		return err
	}
	c := &check{ctx: ctx, source: source, report: report}
	if err := c.story(u, seen); err != nil {
		c.explain(err)
	}
	return c.outcome()
}

// story is one story that is checked.
type story struct {
	*check
	path    string
	page    *page
	data    record.Published
	proof   record.Proof
	entry   record.Entry
	head    record.Checkpoint
	entries map[int64]record.Entry // those that were proven
}

func (c *check) story(u *url.URL, seen *Memory) error {
	s := &story{check: c, path: u.EscapedPath(), entries: make(map[int64]record.Entry)}
	if err := s.fetch(); err != nil {
		return err
	}
	if err := s.proven(); err != nil {
		return err
	}
	s.evidence("version "+strconv.Itoa(s.data.Version), s.data.Evidence)
	if err := s.around(); err != nil {
		return err
	}
	s.words()
	s.times()
	if err := s.nothingLater(); err != nil {
		return err
	}
	s.continuity(seen, witnessed{
		head: s.head, signed: s.proof.Signed, key: s.data.Record.Key, root: s.root, entry: s.entryAt, newest: s.data.Record.Newest,
	})
	if c.failed {
		return nil
	}
	return seen.keep(s.proof.Signed, s.data.Record.Key)
}

// fetch gets the page, the evidence that it names and the proof, in three requests.
func (s *story) fetch() error {
	b, err := s.source.Get(s.ctx, s.path, maxPage)
	if err != nil {
		return err
	}
	if s.page, err = parsePage(b); err != nil {
		return err
	}
	s.ok("fetched the page (%d bytes)", len(b))
	end := strings.LastIndex(s.page.evidence, "/version/")
	if end < 0 || s.page.evidence[:end] != strings.TrimSuffix(s.path, "/") {
		return standfirst.Errorf(standfirst.Invalid, "the page does not say which version it shows")
	}
	if b, err = s.source.Get(s.ctx, s.page.evidence, maxData); err != nil {
		return err
	}
	if err := json.Unmarshal(b, &s.data); err != nil {
		return standfirst.WrapError(standfirst.Invalid, err, "what the page says of its version cannot be read")
	}
	if !strings.HasSuffix(s.page.evidence, "/version/"+strconv.Itoa(s.data.Version)+".json") {
		return standfirst.Errorf(standfirst.Invalid, "%s tells of version %d", s.page.evidence, s.data.Version)
	}
	s.ok("fetched version %d as data (%d parts)", s.data.Version, len(s.data.Parts))
	b, err = s.source.Get(s.ctx, strings.TrimSuffix(s.page.evidence, ".json")+".tlog-proof", maxProof)
	if standfirst.KindOf(err) == standfirst.NotFound {
		return standfirst.WrapError(standfirst.NotFound, err, "version %d is not proven: no signed checkpoint holds its entry yet. Where that does not pass within minutes, the newsroom does not sign its record (/record says since when)", s.data.Version)
	}
	if err != nil {
		return err
	}
	s.proof, err = record.ParseProof(b)
	return err
}

// proven checks that the entry of the version is under a signed checkpoint.
func (s *story) proven() (err error) {
	s.head, err = record.OpenCheckpoint(s.proof.Signed, s.data.Record.Key)
	if err != nil {
		// The key may have been changed between the requests for the version and its proof.
		s.look("the checkpoint is not signed with the key that was told a moment before; both are fetched again")
		if err := s.fetch(); err != nil {
			return err
		}
		s.head, err = record.OpenCheckpoint(s.proof.Signed, s.data.Record.Key)
	}
	if err != nil {
		return err
	}
	s.ok("the checkpoint of %d entries is signed as %s", s.head.N, s.head.Origin)
	if s.entry, err = s.accept(s.proof); err != nil {
		return err
	}
	if s.entry.Kind != record.RevisionKind || s.entry.Story != s.data.Story || s.entry.Number != s.data.Version || s.proof.Position != s.data.Entry {
		return standfirst.Errorf(standfirst.Invalid, "entry %d is about something else than version %d of story %s", s.proof.Position, s.data.Version, s.data.Story)
	}
	s.ok("entry %d, of %s, is in the tree of that checkpoint", s.proof.Position, s.entry.Time.Format(timeShown))
	if s.entry.Backfilled {
		s.look("the version was published before the newsroom kept a record: its entry was made later")
	}
	return nil
}

// accept checks a proof against the checkpoint and remembers its entry.
func (s *story) accept(p record.Proof) (record.Entry, error) {
	if err := p.Check(s.head); err != nil {
		return record.Entry{}, err
	}
	e, err := record.ParseEntry(p.Entry)
	if err == nil {
		s.entries[p.Position] = e
	}
	return e, err
}

// entryAt fetches an entry with its proof. The record may have grown since the
// checkpoint; then the entry is proven against the newer one, once that is known to
// hold the older.
func (s *story) entryAt(position int64) (record.Entry, error) {
	if e, ok := s.entries[position]; ok {
		return e, nil
	}
	if position < 0 || position >= s.head.N {
		return record.Entry{}, standfirst.Errorf(standfirst.Invalid, "entry %d is not under the checkpoint", position)
	}
	bundle, err := s.provenBundle(position / record.TileWidth)
	if err != nil {
		return record.Entry{}, err
	}
	for i, b := range bundle {
		e, err := record.ParseEntry(b)
		if err != nil {
			return e, err
		}
		s.entries[position/record.TileWidth*record.TileWidth+int64(i)] = e
	}
	return s.entries[position], nil
}

// provenBundle fetches a bundle of entries and checks each against the tile of the tree.
func (s *story) provenBundle(index int64) ([][]byte, error) {
	bundle, err := s.bundle(s.head, index)
	if err != nil {
		return nil, err
	}
	indexes := make([]int64, len(bundle))
	for i := range bundle {
		indexes[i] = tlog.StoredHashIndex(0, index*record.TileWidth+int64(i))
	}
	hashes, err := s.tileReader().ReadHashes(indexes)
	if err != nil {
		return nil, standfirst.WrapError(standfirst.Invalid, err, "the tiles of the record are not those of its checkpoint")
	}
	for i, b := range bundle {
		if tlog.RecordHash(b) != hashes[i] {
			return nil, standfirst.Errorf(standfirst.Invalid, "entry %d is not in the tree", index*record.TileWidth+int64(i))
		}
	}
	return bundle, nil
}

// root returns the hash of the first entries of the tree.
func (s *story) root(size int64) (tlog.Hash, error) {
	if size == 0 || size == s.head.N {
		return s.head.Hash, nil
	}
	h, err := tlog.TreeHash(size, s.tileReader())
	if err != nil {
		err = standfirst.WrapError(standfirst.Invalid, err, "the tiles of the record are not those of its checkpoint")
	}
	return h, err
}

// evidence checks that the parts are what the entry's digest was made of.
func (s *story) evidence(what string, ev record.Evidence) {
	e, ok := s.entries[ev.Entry]
	if !ok {
		s.wrong("%s: its entry is not known", what)
		return
	}
	if e.Digest == "" && e.Backfilled && len(ev.Parts) == 0 {
		s.look("%s: it was erased before the newsroom kept a record", what)
		return
	}
	parts := make([]record.Part, len(ev.Parts))
	erased, withheld := 0, 0
	for i, p := range ev.Parts {
		parts[i] = record.Part{Name: p.Name, Digest: p.Digest}
		switch {
		case p.Erased:
			erased++
		case p.Withheld:
			withheld++
		default:
			salt, err := hex.DecodeString(p.Salt)
			if err != nil || record.PartDigest(salt, p.Name, p.Text) != p.Digest {
				s.wrong("%s: %s is not what was published", what, p.Name)
				return
			}
		}
	}
	if record.Digest(parts) != e.Digest {
		s.wrong("%s: its parts are not those of entry %d", what, ev.Entry)
		return
	}
	switch {
	case erased > 0:
		s.look("%s: %d of %d parts were erased; the others are those of entry %d", what, erased, len(parts), ev.Entry)
	case withheld > 0:
		s.look("%s: %d of %d parts are not for everybody; the others are those of entry %d", what, withheld, len(parts), ev.Entry)
	default:
		s.ok("%s: all of its parts (%d) are what entry %d was made of", what, len(parts), ev.Entry)
	}
}

// around checks the figures and notices that the page may show.
func (s *story) around() error {
	for _, claim := range s.data.Claims {
		e, err := s.entryAt(claim.Entry)
		if err != nil {
			return err
		}
		what := "version " + strconv.Itoa(claim.Version) + " of figure " + claim.Claim.String()
		if e.Kind != record.ClaimKind || e.Claim != claim.Claim || e.Number != claim.Version {
			s.wrong("%s: entry %d is about something else", what, claim.Entry)
			continue
		}
		s.evidence(what, claim.Evidence)
	}
	for _, n := range s.data.Notices {
		e, err := s.entryAt(n.Entry)
		if err != nil {
			return err
		}
		what := "notice " + n.Notice.String()
		if e.Kind != record.NoticeKind || e.Notice != n.Notice {
			s.wrong("%s: entry %d is about something else", what, n.Entry)
			continue
		}
		switch stands, known := e.StandsOn(s.data.Story); {
		case !known:
			s.look("%s: entry %d does not name the stories on which it stands", what, n.Entry)
		case !stands:
			s.wrong("%s: by entry %d it does not stand on this story, and the page shows it", what, n.Entry)
			continue
		}
		s.evidence(what, n.Evidence)
		s.onPage(what, n)
	}
	if s.entry.Told() && s.data.Withdrawal == nil && !s.told() {
		s.wrong("version %d was published as a %s, and readers are not told of it", s.data.Version, s.entry.Change)
	}
	if w := s.data.Withdrawal; w != nil {
		e, err := s.entryAt(w.Entry)
		if err != nil {
			return err
		}
		if e.Kind != record.RetractedKind || e.Story != s.data.Story {
			s.wrong("the retraction: entry %d is about something else", w.Entry)
			return nil
		}
		s.evidence("the retraction", *w)
		if !s.shows(w.Parts) {
			s.wrong("the page does not show why the story was retracted")
		}
	}
	return nil
}

// onPage checks that readers of the page see the notice, unless the story was withdrawn:
// then its text and what is said of it are gone together.
func (s *story) onPage(what string, n record.PublishedNotice) {
	if s.data.Withdrawal == nil && !s.shows(n.Parts) {
		s.wrong("%s stands on this story by entry %d, and the page does not show it", what, n.Entry)
	}
}

// shows reports whether the article has the words of every part that was not erased.
func (s *story) shows(parts []record.PartInPlace) bool {
	words := textOf(s.page.article)
	return !slices.ContainsFunc(parts, func(p record.PartInPlace) bool { return !p.Erased && !strings.Contains(words, tidy(p.Text)) })
}

// told reports whether the notice of the version is among those of the story.
func (s *story) told() bool {
	return slices.ContainsFunc(s.data.Notices, func(n record.PublishedNotice) bool {
		e, ok := s.entries[n.Entry]
		stands, known := e.StandsOn(s.data.Story)
		return ok && e.Kind == record.NoticeKind && (stands || !known) && e.Time.Equal(s.entry.Time) && e.Change == s.entry.Change
	})
}

// times checks that every time on the page is one of the record's.
func (s *story) times() {
	known := make(map[int64]bool)
	add := func(t time.Time) { known[t.Unix()] = true }
	for _, e := range s.entries {
		if e.Story == s.data.Story || e.Notice != 0 {
			add(e.Time)
		}
	}
	for _, p := range s.data.Parts {
		if p.Name == "first-published" {
			if t, err := time.Parse(time.RFC3339, p.Text); err == nil {
				add(t)
			}
		}
	}
	for _, t := range s.page.times {
		if !known[t.Unix()] {
			s.wrong("the page names the time %s, which is that of no entry", t.UTC().Format(timeShown))
			return
		}
	}
	s.ok("the times on the page are those of the record")
}

// nothingLater reads the entries after that of the version: nothing in them may be about
// the story that the page does not show.
func (s *story) nothingLater() error {
	shown := make(map[standfirst.NoticeID]bool)
	for _, n := range s.data.Notices {
		shown[n.Notice] = true
	}
	cited := make(map[standfirst.ClaimID]int) // and the newest version that is shown
	for _, claim := range s.data.Claims {
		cited[claim.Claim] = max(cited[claim.Claim], claim.Version)
	}
	erased := make(map[string]bool)
	for _, p := range s.data.Parts {
		erased[p.Name] = p.Erased
	}
	taken := make(record.Takedowns)
	tree := record.TreeBefore(s.head.N, s.proof.Position, s.proof.Hashes)
	requests, later := 0, 0
	for tree.Size < s.head.N {
		bundle, err := s.bundle(s.head, tree.Size/record.TileWidth)
		if err != nil {
			return err
		}
		requests++
		for _, b := range bundle[tree.Size%record.TileWidth:] {
			position := tree.Size
			tree.Append(tlog.RecordHash(b))
			e, err := record.ParseEntry(b)
			if err != nil {
				return err
			}
			s.entries[position] = e
			taken.Add(e)
			if position == s.proof.Position {
				continue
			}
			if later++; s.hides(position, e, shown, cited, erased) {
				return nil
			}
		}
	}
	if tree.Root() != s.head.Hash {
		s.wrong("the entries after that of the version are not those of the checkpoint")
		return nil
	}
	for _, p := range s.data.Parts {
		if p.Erased && !taken.Cover(s.entry, p.Name) {
			s.wrong("%s of the version is not there, and no entry says that it was erased", p.Name)
			return nil
		}
	}
	for _, n := range s.data.Notices {
		// What was erased before the version is not among the entries that were read.
		if e, ok := s.entries[n.Entry]; ok && n.Entry > s.proof.Position && !e.Backfilled {
			if at := slices.IndexFunc(n.Parts, func(p record.PartInPlace) bool { return p.Erased && !taken.Cover(e, p.Name) }); at >= 0 {
				s.wrong("notice %s is not there, and no entry says that it was erased", n.Notice)
				return nil
			}
		}
	}
	s.ok("no later entry is about this story but those that the page shows (entries after it: %d, requests: %d)", later, requests)
	return nil
}

// hides tells of an entry that the page does not show, and reports whether it is one.
func (s *story) hides(position int64, e record.Entry, shown map[standfirst.NoticeID]bool, cited map[standfirst.ClaimID]int, erased map[string]bool) bool {
	switch {
	case e.Story == s.data.Story && e.Kind == record.TakedownKind && e.Number == s.data.Version:
		names := e.Parts
		if len(names) == 0 { // all of it
			names = slices.Collect(maps.Keys(erased))
		}
		for _, name := range names {
			if !erased[name] {
				s.wrong("entry %d says that %s was erased, and the page shows it", position, name)
				return true
			}
		}
		s.look("on %s something of this version was erased (entry %d)", e.Time.Format(timeShown), position)
	case e.Story == s.data.Story && e.Kind == record.RevisionKind && e.Number <= s.data.Version && e.Backfilled,
		e.Story == s.data.Story && e.Kind == record.TakedownKind:
	case e.Story == s.data.Story && e.Kind == record.RetractedKind && s.data.Withdrawal != nil && s.data.Withdrawal.Entry == position:
	case e.Story == s.data.Story && e.Kind == record.UnpublishedKind && s.data.Withdrawal != nil:
	case e.Story == s.data.Story && e.Kind == record.RevisionKind:
		s.wrong("a later version was published: version %d, on %s (entry %d), which the page does not show", e.Number, e.Time.Format(timeShown), position)
		return true
	case e.Story == s.data.Story:
		s.wrong("entry %d says that the story was %s on %s, and the page does not", position, e.Kind, e.Time.Format(timeShown))
		return true
	case e.Kind == record.ClaimKind && cited[e.Claim] > 0 && e.Number > cited[e.Claim]:
		s.wrong("entry %d has a later version of figure %s, which the page does not show", position, e.Claim)
		return true
	case e.Kind == record.NoticeKind && !shown[e.Notice]:
		if stands, _ := e.StandsOn(s.data.Story); stands {
			s.wrong("notice %s stands on this story by entry %d, and the page does not show it", e.Notice, position)
			return true
		}
	}
	return false
}
