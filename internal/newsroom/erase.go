package newsroom

import (
	"context"
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// Erasure says what of a story is taken away for good: one block or voice of it, one old
// version, or all of it.
type Erasure struct {
	Version int    // published; zero means the newest, or with no part the whole story
	Part    string // "block.3" or "voice.1", as in the version; empty means everything
}

// Erased is what an erasure changed.
type Erased struct {
	Story    standfirst.Story
	Versions []int // published ones, the newest first
	Others   int   // saved texts that readers never saw
	// Left are the parts that still have words of an erased block or voice: they were not
	// taken away, and the operator is to be told of them.
	Left []Left
}

// alikeFrom is the share of words that a block of another version has in common with the
// erased one from which on it is the same block, edited; alikeFromSpeaker is that of two
// voices of one speaker.
const (
	alikeFrom        = 0.6
	alikeFromSpeaker = 0.3
)

// Erase takes words away for good: from every version and draft of the story that has
// them, published or not. A stub stays that says so, and a takedown on the record, whose
// digests hold nothing of the words. It overrides that revisions do not change, and is
// for what the law does not let stand. Figures that the words cited are the ledger's, and
// are erased there. It returns a NotFound error for a version or part that does not
// exist, and a Conflict for the version that readers see now: that is replaced first, or
// the whole story goes.
func (n *Newsroom) Erase(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, e Erasure) (Erased, error) {
	if err := actor.Require(standfirst.EraseStory); err != nil {
		return Erased{}, err
	}
	var done Erased
	err := n.update(ctx, storyOperation("erase", id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := mayRelease(actor, standfirst.EraseStory, story); err != nil {
			return err
		}
		x := &erasing{n: n, tx: tx, story: story, found: make(map[Left]bool)}
		detail := "all of it"
		switch {
		case e.Part != "":
			detail = e.Part
			err = x.part(e)
		case e.Version != 0:
			detail = "a version"
			err = x.version(e.Version)
		default:
			err = x.everything()
		}
		if err != nil {
			return err
		}
		done = Erased{x.story, x.versions, x.others, x.left}
		return x.finish(actor, detail)
	})
	return done, err
}

// erasing is one erasure in its transaction.
type erasing struct {
	n        *Newsroom
	tx       *store.Tx
	story    standfirst.Story
	versions []int
	others   int

	words []string // the blocks that were erased
	left  []Left
	found map[Left]bool
}

// each calls fn for every revision of the story, the newest first.
func (x *erasing) each(fn func(standfirst.Revision) error) error {
	const page = 100
	for before := standfirst.RevisionID(0); ; {
		revisions, err := x.tx.Revisions(x.story.ID, before, page)
		if err != nil {
			return err
		}
		for _, r := range revisions {
			if err := fn(r); err != nil {
				return err
			}
			before = r.ID
		}
		if len(revisions) < page {
			return nil
		}
	}
}

// part erases one block or voice wherever the story has it.
func (x *erasing) part(e Erasure) error {
	number := e.Version
	if number == 0 {
		number = x.story.PublishedNumber
	}
	revision, err := x.tx.PublishedRevision(x.story.ID, number)
	if err != nil {
		return err
	}
	words, err := wordsOf(revision.Content.Body, e.Part)
	if err != nil {
		return err
	}
	return x.wherever(words, func(r standfirst.Revision) bool { return r.ID == revision.ID })
}

// said erases the block of the words wherever the story has it.
func (x *erasing) said(words string) error {
	return x.wherever(words, func(r standfirst.Revision) bool {
		return slices.ContainsFunc(record.Blocks(r.Content.Body), func(b record.Block) bool {
			return strings.TrimSpace(r.Content.Body[b.Start:b.End]) == words
		})
	})
}

// finish drops the pages on which the words stood, and leaves the row that says so.
func (x *erasing) finish(actor standfirst.Actor, detail string) error {
	if err := touchStory(x.tx, x.story); err != nil {
		return err
	}
	x.tx.Touch(standfirst.CorrectionsTag)
	if err := x.forgetNotes(); err != nil {
		return err
	}
	return audit(x.tx, actor, x.n.now(), "story.erase", x.story.ID, detail)
}

// forgetNotes forgets what the desk said of the text among itself: it may quote the words.
func (x *erasing) forgetNotes() error {
	if err := x.tx.DeleteNotes(x.story.ID); err != nil {
		return err
	}
	review, reviewed, err := reviewOf(x.tx, x.story.ID)
	if err != nil || !reviewed {
		return err
	}
	review.Note, review.Reason = "", ""
	return x.tx.PutReview(review)
}

// wherever erases the words in every version and draft: exactly them where they are named,
// and elsewhere what was the same block before or after it was edited.
func (x *erasing) wherever(words string, named func(standfirst.Revision) bool) error {
	err := x.each(func(r standfirst.Revision) error { return x.partOf(r, words, named(r)) })
	if err != nil {
		return err
	}
	work, err := x.tx.WorkingCopy(x.story.ID)
	if err != nil {
		return err
	}
	left, blocks := without(work.Content, work.Content.Citations, x.gone(func(said string) bool { return alike(said, words) }))
	if len(blocks) > 0 {
		x.others++
		if err := x.saveWork(work, left); err != nil {
			return err
		}
	}
	return x.lookForLeft()
}

// gone returns a function that reports what goes reports, and keeps the words that go.
func (x *erasing) gone(goes func(said string) bool) func(said string) bool {
	return func(said string) bool {
		if !goes(said) {
			return false
		}
		if !slices.Contains(x.words, said) {
			x.words = append(x.words, said)
		}
		return true
	}
}

// saveWork overwrites the working copy.
func (x *erasing) saveWork(work standfirst.WorkingCopy, left standfirst.Content) error {
	work.Content, work.UpdatedAt = left, x.n.now()
	return x.tx.SaveWorkingCopy(work)
}

// wordsOf returns the words of the block or voice.
func wordsOf(body, part string) (string, error) {
	for _, b := range record.Blocks(body) {
		if b.Name != part {
			continue
		}
		words := strings.TrimSpace(body[b.Start:b.End])
		switch {
		case strings.HasPrefix(words, ":::"):
			return "", standfirst.Errorf(standfirst.Invalid, "%s only begins or ends a container, and says nothing", part)
		case strings.Contains(words, record.Removed):
			return "", standfirst.Errorf(standfirst.Conflict, "%s is erased already", part)
		}
		return words, nil
	}
	return "", standfirst.Errorf(standfirst.NotFound, "the version has no %s", strings.ReplaceAll(part, ".", " "))
}

// partOf erases the words in one revision: exactly them in the one in which they were
// named, and in another what was the same block before or after it was edited.
func (x *erasing) partOf(r standfirst.Revision, words string, named bool) error {
	cited, err := x.tx.Citations(r.ID)
	if err != nil {
		return err
	}
	if r.Number == 0 {
		cited = r.Content.Citations
	}
	left, blocks := without(r.Content, cited, x.gone(func(said string) bool { return said == words || !named && alike(said, words) }))
	if len(blocks) == 0 {
		return nil
	}
	if err := x.tx.EraseInRevision(r.ID, left, r.Change.Note); err != nil {
		return err
	}
	if r.Number == 0 {
		x.others++
		return nil
	}
	x.versions = append(x.versions, r.Number)
	before := r.Content
	before.Citations = cited
	var names []string
	for _, block := range blocks {
		names = append(names, record.PartsOfBlock(block, record.RevisionParts(before, x.story.FirstPublished))...)
	}
	return record.EraseRevision(x.tx, x.story.ID, r.Number, x.n.now(), names...)
}

// alike reports whether two blocks are the same one, edited: they have most of their words
// in common, or are voices of one speaker with some of what was said in common. Another
// voice of the same speaker is another block.
func alike(a, b string) bool {
	from := alikeFrom
	if line := speakerLine(a); line != "" && line == speakerLine(b) {
		a, b = strings.ReplaceAll(a, line, ""), strings.ReplaceAll(b, line, "")
		from = alikeFromSpeaker
	}
	count := make(map[string]int)
	first, second := strings.Fields(a), strings.Fields(b)
	for _, w := range first {
		count[w]++
	}
	common := 0
	for _, w := range second {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	return float64(common) >= from*float64(max(len(first), len(second)))
}

// speakerLine returns the line of a voice that says who speaks, and "" if it has none.
func speakerLine(voice string) string {
	voice = strings.TrimRight(voice, "> \n")
	last := voice[strings.LastIndexByte(voice, '\n')+1:]
	line, quoted := strings.CutPrefix(strings.TrimSpace(last), ">")
	if _, _, ok := standfirst.ParseVoiceLine(line); !quoted || !ok {
		return ""
	}
	return strings.TrimSpace(line)
}

// without returns the content with a stub in the place of each block that says what is to
// go, and the names of those blocks. The citations are those of the content with the
// versions that they mean.
func without(c standfirst.Content, cited []standfirst.Citation, goes func(said string) bool) (standfirst.Content, []string) {
	var names []string
	var body strings.Builder
	kept := slices.Clone(cited)
	for _, b := range record.Blocks(c.Body) {
		text := c.Body[b.Start:b.End]
		if !goes(strings.TrimSpace(text)) {
			body.WriteString(text)
			continue
		}
		names = append(names, b.Name)
		body.WriteString(record.Stub(b.Name))
		kept = slices.DeleteFunc(kept, func(c standfirst.Citation) bool { return c.Start >= b.Start && c.Start < b.End })
	}
	if len(names) == 0 {
		return c, nil
	}
	return withBody(c, body.String(), kept), names
}

// version erases all that one old version says.
func (x *erasing) version(number int) error {
	r, err := x.tx.PublishedRevision(x.story.ID, number)
	if err != nil {
		return err
	}
	if r.ID == x.story.Current && x.story.State.Public() {
		return standfirst.Errorf(standfirst.Conflict, "readers see version %d now; publish another first, or erase the whole story", number)
	}
	return x.revision(r)
}

// revision erases all that a revision says.
func (x *erasing) revision(r standfirst.Revision) error {
	if err := x.tx.EraseInRevision(r.ID, standfirst.Content{Headline: record.RemovedHeadline, Body: record.Removed + "\n"}, ""); err != nil {
		return err
	}
	if r.Number == 0 {
		x.others++
		return nil
	}
	x.versions = append(x.versions, r.Number)
	return record.EraseRevision(x.tx, x.story.ID, r.Number, x.n.now())
}

// everything erases the story. Its address answers 410, or the stub of its retraction.
func (x *erasing) everything() error {
	cited, err := x.tx.Citations(x.story.Current)
	if err != nil {
		return err
	}
	if x.story.State == standfirst.Published || x.story.State == standfirst.Retracted {
		if err := x.withdraw(); err != nil {
			return err
		}
	}
	if err := x.each(x.revision); err != nil {
		return err
	}
	work, err := x.tx.WorkingCopy(x.story.ID)
	if err != nil {
		return err
	}
	if err := x.saveWork(work, standfirst.Content{Headline: record.RemovedHeadline}); err != nil {
		return err
	}
	notices, err := x.tx.NoticesOfStory(x.story.ID)
	if err != nil {
		return err
	}
	for _, notice := range notices {
		if notice.Claim != 0 || notice.Erased { // those of a claim are the ledger's
			continue
		}
		if err := x.tx.EraseNotice(notice.ID); err != nil {
			return err
		}
		if err := record.EraseNotice(x.tx, notice.ID, x.n.now()); err != nil {
			return err
		}
	}
	if err := x.n.ledger.WithdrawIn(x.tx, x.story.ID, cited); err != nil {
		return err
	}
	if err := dropSchedule(x.tx, x.story.ID); err != nil {
		return err
	}
	for _, end := range []func(standfirst.StoryID) error{x.tx.DeleteReview, x.tx.DeleteEmbargo, x.tx.DeletePreviews} {
		if err := end(x.story.ID); err != nil {
			return err
		}
	}
	return x.tx.EraseAuditDetails("story:" + x.story.ID.String())
}

// withdraw takes the story from its readers; of a retraction it takes the note.
func (x *erasing) withdraw() error {
	if x.story.State == standfirst.Retracted {
		x.story.RetractionNote = strings.Trim(record.Removed, "*")
		if err := record.EraseRetraction(x.tx, x.story, x.n.now()); err != nil {
			return err
		}
		if err := x.tx.UpdateStory(x.story); err != nil {
			return err
		}
		return x.tx.ClearListing(x.story.ID)
	}
	x.story.State = standfirst.Unpublished
	record.Append(x.tx, record.Withdrawn(x.story, x.n.now()))
	return hideOrShow(x.tx, x.story)
}
