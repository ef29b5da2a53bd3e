package record

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"standfirst"
	"standfirst/internal/store"
)

// auditBatch is how many entries are read in one look at the database.
const auditBatch = 200

// maxProblems is how many problems are told before the check gives up.
const maxProblems = 50

// Audit checks the whole record against the database: the tree against its entries and
// checkpoints, each entry against what it is about, and that everything which belongs on
// the record is there. It tells each problem as a sentence; entries is how many there are.
func Audit(ctx context.Context, st store.Reader, tell func(problem string)) (entries int64, err error) {
	return newAudit(st, tell).run(ctx)
}

func newAudit(st store.Reader, tell func(problem string)) *audit {
	return &audit{
		st: st, tell: tell, last: make(map[string]int64), stories: make(map[standfirst.StoryID]standing), taken: make(Takedowns),
		checkpoints: (*store.ReadTx).RecordCheckpoints,
	}
}

// run checks page by page, each in a look at the database of its own, and then, in one look,
// what was added meanwhile and the whole: whoever publishes beside it disturbs nothing.
func (a *audit) run(ctx context.Context) (entries int64, err error) {
	st := a.st
	a.state, err = view(ctx, st, readState)
	if err != nil {
		return 0, wrap("audit", err)
	}
	for a.tree.Size < a.state.head.Size && a.problems < maxProblems {
		if err := st.View(ctx, a.batch); err != nil {
			return a.tree.Size, wrap("audit", err)
		}
	}
	if a.problems < maxProblems {
		err = st.View(ctx, a.whole)
	}
	return a.tree.Size, wrap("audit", err)
}

// audit is one run.
type audit struct {
	st       store.Reader
	tell     func(string)
	problems int
	state    state
	tree     Tree
	last     map[string]int64
	signed   []store.RecordCheckpoint // to be compared next
	noMore   bool                     // in this look at the database, after those
	compared store.RecordCheckpoint   // the last that was
	stories  map[standfirst.StoryID]standing
	taken    Takedowns
	erased   []erasedPart // for each of which there must be a takedown

	// checkpoints reads the next ones; it is a field so that a test can count.
	checkpoints func(tx *store.ReadTx, epoch int, size int64, limit int) ([]store.RecordCheckpoint, error)
}

// erasedPart is a part that is not there any more.
type erasedPart struct {
	entry Entry
	name  string
	what  string // for people
}

// standing is what the record says of a story.
type standing struct {
	kind   Kind
	number int
	time   time.Time
}

func (a *audit) wrong(format string, args ...any) {
	if a.problems++; a.problems <= maxProblems {
		a.tell(fmt.Sprintf(format, args...))
	}
}

// batch checks the next entries.
func (a *audit) batch(tx *store.ReadTx) error {
	a.noMore = false
	rows, err := tx.RecordEntriesFrom(a.tree.Size, auditBatch)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		a.wrong("the record ends at entry %d and should have %d", a.tree.Size, a.state.head.Size)
		a.problems = maxProblems
	}
	for _, row := range rows {
		if row.Position != a.tree.Size {
			a.wrong("entry %d is missing", a.tree.Size)
			a.problems = maxProblems
			return nil
		}
		if err := a.row(tx, row); err != nil {
			return err
		}
		if err := a.checkpoint(tx); err != nil {
			return err
		}
	}
	return nil
}

// row checks one entry.
func (a *audit) row(tx *store.ReadTx, row store.RecordEntry) error {
	if formatHashes(a.tree.Append(tlog.RecordHash([]byte(row.Body)))) != row.Hashes {
		a.wrong("the hashes of entry %d are not those of what it says", row.Position)
	}
	e, err := ParseEntry([]byte(row.Body))
	if err != nil {
		a.wrong("entry %d: %v", row.Position, err)
		return nil
	}
	if e.Subject() != row.Subject || string(e.Kind) != row.Kind || e.Number != row.Number {
		a.wrong("entry %d is filed under something else than it says", row.Position)
	}
	before, ok := a.last[row.Subject]
	if !ok {
		before = -1
	}
	if e.Previous != before {
		a.wrong("entry %d says that the one before it is %d, and it is %d", row.Position, e.Previous, before)
	}
	a.last[row.Subject] = row.Position
	switch e.Kind {
	case RevisionKind:
		return a.revision(tx, row, e)
	case ClaimKind:
		return a.claim(tx, row, e)
	case NoticeKind:
		return a.notice(tx, row, e)
	case TakedownKind:
		a.taken.Add(e)
	case UnpublishedKind, RetractedKind:
		a.stories[e.Story] = standing{e.Kind, e.Number, e.Time}
		if e.Kind == RetractedKind {
			return a.retraction(tx, row, e)
		}
	}
	return nil
}

// missing tells of what an entry is about and is not there. It reports whether it is.
func (a *audit) missing(err error, row store.RecordEntry, what string, args ...any) (bool, error) {
	if err == nil {
		return false, nil
	}
	if standfirst.KindOf(err) == standfirst.NotFound {
		a.wrong("entry %d is about %s, which is not in the database", row.Position, fmt.Sprintf(what, args...))
		return true, nil
	}
	return true, err
}

func (a *audit) revision(tx *store.ReadTx, row store.RecordEntry, e Entry) error {
	a.stories[e.Story] = standing{e.Kind, e.Number, e.Time}
	story, err := tx.Story(e.Story)
	if gone, err := a.missing(err, row, "story %s", e.Story); gone {
		return err
	}
	r, err := tx.PublishedRevision(e.Story, e.Number)
	if gone, err := a.missing(err, row, "version %d of story %s", e.Number, e.Story); gone {
		return err
	}
	if r.Content.Citations, err = tx.Citations(r.ID); err != nil {
		return err
	}
	what := fmt.Sprintf("version %d of story %s", e.Number, e.Story)
	if !r.PublishedAt.Equal(e.Time) {
		a.wrong("%s was published at %s by the record (entry %d), and at %s by the database", what, FormatTime(e.Time), row.Position, FormatTime(r.PublishedAt))
	}
	if r.Change.Class != e.Change {
		a.wrong("%s is a change of the kind %q by the record (entry %d), and %q by the database", what, e.Change, row.Position, r.Change.Class)
	}
	if e.Told() {
		notices, err := tx.NoticesOfStory(e.Story)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(notices, func(n standfirst.Notice) bool { return n.At.Equal(e.Time) && n.Class == e.Change }) {
			a.wrong("%s was published as a %s (entry %d), and the notice of it is not with the story", what, e.Change, row.Position)
		}
	}
	return a.parts(row, e, what, RevisionParts(r.Content, story.FirstPublished))
}

func (a *audit) claim(tx *store.ReadTx, row store.RecordEntry, e Entry) error {
	c, err := tx.Claim(e.Claim)
	if gone, err := a.missing(err, row, "figure %s", e.Claim); gone {
		return err
	}
	versions, err := tx.Versions(e.Claim, store.ForDesk)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("version %d of figure %s", e.Number, e.Claim)
	for _, v := range versions {
		if v.Number != e.Number {
			continue
		}
		if !v.ReleasedAt.Equal(e.Time) {
			a.wrong("%s was released at %s by the record (entry %d), and at %s by the database", what, FormatTime(e.Time), row.Position, FormatTime(v.ReleasedAt))
		}
		if v.Class != e.Change {
			a.wrong("%s is a change of the kind %q by the record (entry %d), and %q by the database", what, e.Change, row.Position, v.Class)
		}
		recorded, err := asRecorded(tx, v)
		if err != nil {
			return err
		}
		return a.parts(row, e, what, ClaimParts(recorded(c, v), v))
	}
	a.wrong("entry %d is about %s, which is not in the database", row.Position, what)
	return nil
}

func (a *audit) notice(tx *store.ReadTx, row store.RecordEntry, e Entry) error {
	n, err := tx.Notice(e.Notice)
	if gone, err := a.missing(err, row, "notice %s", e.Notice); gone {
		return err
	}
	what := "notice " + e.Notice.String()
	if !n.At.Equal(e.Time) || n.Class != e.Change {
		a.wrong("%s has another time or kind than entry %d says", what, row.Position)
	}
	if e.Stories == nil { // it does not say
		return a.parts(row, e, what, NoteParts(n.Text))
	}
	now, err := Notice(tx, n)
	if gone, err := a.missing(err, row, "the version of a figure that %s tells of", what); gone {
		return err
	}
	if !slices.Equal(e.Stories, now.Stories) {
		a.wrong("%s stands on the stories %v by the record (entry %d), and on %v by the database", what, e.Stories, row.Position, now.Stories)
	}
	if e.Claim != now.Claim || e.ClaimVersion != now.ClaimVersion {
		a.wrong("%s tells of another version of a figure than entry %d says", what, row.Position)
	}
	return a.parts(row, e, what, NoteParts(n.Text))
}

func (a *audit) retraction(tx *store.ReadTx, row store.RecordEntry, e Entry) error {
	story, err := tx.Story(e.Story)
	if gone, err := a.missing(err, row, "story %s", e.Story); gone {
		return err
	}
	return a.parts(row, e, "the retraction of story "+e.Story.String(), NoteParts(story.RetractionNote))
}

// parts checks what is in the database against the digests.
func (a *audit) parts(row store.RecordEntry, e Entry, what string, now []Part) error {
	parts, err := Parts(row, now)
	if err != nil {
		a.wrong("%s: the salts of entry %d are damaged", what, row.Position)
		return nil //nolint:nilerr // it is told
	}
	if e.Digest == "" {
		return nil
	}
	if Digest(parts) != e.Digest {
		a.wrong("%s: its parts are not those of entry %d", what, row.Position)
		return nil
	}
	known := make(map[string]bool, len(parts))
	for _, p := range parts {
		known[p.Name] = true
		if p.Erased {
			a.erased = append(a.erased, erasedPart{e, p.Name, what})
			a.stub(e, now, p.Name, what)
		}
		if err := p.Check(); err != nil {
			a.wrong("%s: %v (entry %d)", what, err, row.Position)
		}
	}
	for _, p := range now {
		if !known[p.Name] {
			a.wrong("%s: %s was not there when it was published (entry %d)", what, p.Name, row.Position)
		}
	}
	return nil
}

// stub holds that what stands in the place of an erased part of a version says just that.
func (a *audit) stub(e Entry, now []Part, name, what string) {
	if e.Kind != RevisionKind || name == "first-published" { // which is the story's, and stays
		return
	}
	want := strings.Trim(Removed, "*")
	if name == "headline" {
		want = RemovedHeadline
	}
	for _, p := range now {
		if p.Name == name && strings.Trim(strings.TrimSpace(p.Text), "*> ") != want {
			a.wrong("%s: %s was erased, and the database has words in its place", what, name)
		}
	}
}

// checkpoint compares the tree with the checkpoints of its size.
func (a *audit) checkpoint(tx *store.ReadTx) error {
	for {
		if len(a.signed) == 0 && !a.noMore {
			var err error
			if a.signed, err = a.checkpoints(tx, a.compared.Epoch, a.compared.Size, auditBatch); err != nil {
				return err
			}
			a.noMore = len(a.signed) < auditBatch
		}
		if len(a.signed) == 0 {
			return nil
		}
		next := a.signed[0]
		if next.Epoch > max(a.compared.Epoch, 1) && next.Size < a.tree.Size {
			// An epoch may begin below where the one before it ended, but never below what
			// is in the database: its own entry comes first.
			a.wrong("the checkpoint of %d entries in epoch %d comes too late", next.Size, next.Epoch)
		}
		if next.Size > a.tree.Size {
			return nil
		}
		if next.Size == a.tree.Size {
			a.signature(next)
		}
		a.compared, a.signed = next, a.signed[1:]
	}
}

// signature checks one checkpoint.
func (a *audit) signature(c store.RecordCheckpoint) {
	for _, key := range a.state.keys {
		opened, err := OpenCheckpoint([]byte(c.Note), key.Public)
		if err != nil {
			continue
		}
		if opened.N != c.Size || opened.Hash != a.tree.Root() {
			a.wrong("the checkpoint of %d entries is not that of the entries", c.Size)
		}
		return
	}
	a.wrong("the checkpoint of %d entries is not signed with a key of the record", c.Size)
}

// whole checks what needs the whole record.
func (a *audit) whole(tx *store.ReadTx) error {
	var err error
	if a.state, err = readState(tx); err != nil {
		return err
	}
	for a.tree.Size < a.state.head.Size && a.problems < maxProblems {
		if err := a.batch(tx); err != nil {
			return err
		}
	}
	tree, err := parseTree(a.state.head.Size, a.state.head.Edge)
	if err != nil || tree.Root() != a.tree.Root() {
		a.wrong("the head of the record is not that of its entries")
	}
	for _, p := range a.erased {
		if !a.taken.Cover(p.entry, p.name) {
			a.wrong("%s: %s is not there, and no entry says that it was erased", p.what, p.name)
		}
	}
	for id, s := range a.stories {
		if err := a.story(tx, id, s); err != nil {
			return err
		}
	}
	return a.unrecorded(tx)
}

// story checks where a story stands.
func (a *audit) story(tx *store.ReadTx, id standfirst.StoryID, s standing) error {
	story, err := tx.Story(id)
	if err != nil {
		if standfirst.KindOf(err) == standfirst.NotFound {
			return nil // told already
		}
		return err
	}
	is := RevisionKind
	switch {
	case story.State == standfirst.Retracted:
		is = RetractedKind
	case story.State != standfirst.Published:
		is = UnpublishedKind
	}
	if is != s.kind {
		a.wrong("story %s is %s in the database, and the newest entry about it is of the kind %s", id, story.State, s.kind)
	}
	if story.PublishedNumber != s.number {
		a.wrong("story %s has %d published versions in the database, and %d on the record", id, story.PublishedNumber, s.number)
	}
	if story.State != standfirst.Published {
		return nil
	}
	current, err := tx.Revision(story.Current)
	if err != nil || current.StoryID != id || current.Number != s.number {
		a.wrong("readers of story %s do not see version %d, which was published last", id, s.number)
	}
	if want := s.time; s.number > 1 && !story.Updated.Equal(want) || s.number == 1 && !story.Updated.Equal(story.FirstPublished) {
		a.wrong("story %s says that it was changed at %s, and by the record it was at %s", id, FormatTime(story.Updated), FormatTime(want))
	}
	return nil
}

// unrecorded tells of what is published without an entry.
func (a *audit) unrecorded(tx *store.ReadTx) error {
	revisions, err := tx.UnrecordedRevisions(0, maxProblems)
	if err != nil {
		return err
	}
	for _, id := range revisions {
		a.wrong("revision %s was published and is not on the record", id)
	}
	versions, err := tx.UnrecordedVersions(0, maxProblems)
	if err != nil {
		return err
	}
	for _, id := range versions {
		a.wrong("version %s of a figure was released and is not on the record", id)
	}
	notices, err := tx.UnrecordedNotices(0, maxProblems)
	for _, id := range notices {
		a.wrong("notice %s is not on the record", id)
	}
	return err
}
