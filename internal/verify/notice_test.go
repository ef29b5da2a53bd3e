package verify_test

import (
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// problem fails the test unless the newsroom's own check tells of a problem with the words.
func (h *house) problem(words string) {
	h.Helper()
	problems := strings.Join(h.audit(), "\n")
	if !strings.Contains(problems, words) {
		h.Errorf("no problem says %q:\n%s", words, problems)
	}
}

// sound fails the test if an outsider or the newsroom itself finds anything wrong.
func (h *house) sound() {
	h.Helper()
	if steps, err := h.verify(); err != nil {
		h.Error(steps)
	}
	if problems := h.audit(); len(problems) > 0 {
		h.Error(strings.Join(problems, "\n"))
	}
}

// another publishes a story that cites nothing, in place of the house's own.
func (h *house) another() standfirst.Story {
	h.Helper()
	draft, err := h.news.Create(h.Context(), standfirst.Command(), newsroom.Draft{Content: standfirst.Content{
		Headline: "Four hulls are ordered", Body: "Four hulls were ordered.\n", Bylines: []standfirst.Byline{{Name: "Mara Oduya"}},
	}})
	h.must(err)
	published, err := h.news.Publish(h.Context(), standfirst.Command(), draft.ID, newsroom.PublishOptions{})
	h.must(err)
	h.sign()
	return published.Story
}

func TestNoticeDeletedBehindTheServersBack(t *testing.T) {
	for name, test := range map[string]struct {
		notice, step, problem string
	}{
		"of a figure":    {`claim_id IS NOT NULL`, "notice 2 stands on this story by entry 13, and the page does not show it", "is about notice 2, which is not in the database"},
		"of the version": {`claim_id IS NULL`, "notice 1 stands on this story by entry 11, and the page does not show it", "is about notice 1, which is not in the database"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.publish()
			h.sound()
			h.behind(
				`DELETE FROM notice_story WHERE notice_id = (SELECT id FROM notice WHERE `+test.notice+`)`,
				`DELETE FROM notice WHERE `+test.notice,
			)
			h.step(false, test.step)
			h.problem(test.problem)
		})
	}
}

// What a publication brings with it stands after it on the record: figures that replaced
// each other while they were held, of which the page shows the last, and their notice.
func TestFiguresThatComeWithAVersion(t *testing.T) {
	published := func(t *testing.T) *house {
		h := newHouse(t)
		h.publish()
		claim := h.claimOf("up to $6 billion")
		for _, words := range []string{"up to $7 billion", "up to $8 billion"} {
			q, err := standfirst.ParseQuantity(words)
			h.must(err)
			_, err = h.figures.Supersede(t.Context(), standfirst.Command(), claim, ledger.Supersession{
				Value: standfirst.Value{Quantity: &q}, Cause: standfirst.SupersededByBetterInformation, Note: "The sum grew to " + words + ".", Hold: true,
			})
			h.must(err)
		}
		h.edit("up to $6 billion", "up to $8 billion", standfirst.Change{})
		h.sign()
		return h
	}
	h := published(t)
	h.sound()
	h.behind(`UPDATE notice SET text = 'Nothing of note.' WHERE text LIKE 'The sum grew%'`)
	h.step(false, "text is not what was published")
	h = published(t)
	h.behind(
		`DELETE FROM notice_story WHERE notice_id IN (SELECT id FROM notice WHERE text LIKE 'The sum grew%')`,
		`DELETE FROM notice WHERE text LIKE 'The sum grew%'`,
	)
	h.step(false, "notice 3 stands on this story")
	h.problem("is about notice 3, which is not in the database")
}

// A notice that was moved is missed on the story that it was about, and is one too many on
// the other.
func TestNoticeMovedBehindTheServersBack(t *testing.T) {
	for name, where := range map[string]struct {
		notice, missed string
	}{
		"of a figure":    {`claim_id IS NOT NULL`, "stands on this story by entry 13, and the page does not show it"},
		"of the version": {`claim_id IS NULL`, "version 2 was published as a correction, and readers are not told of it"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.publish()
			mine, other := h.story.ID, h.another()
			h.sound()
			h.behind(`UPDATE notice_story SET story_id = ` + other.ID.String() + ` WHERE notice_id = (SELECT id FROM notice WHERE ` + where.notice + `)`)
			h.step(false, where.missed)
			h.story = other
			h.step(false, "it does not stand on this story, and the page shows it")
			h.problem("stands on the stories [" + mine.String() + "] by the record")
		})
	}
}

func TestNoticeErasedBehindTheServersBack(t *testing.T) {
	h := newHouse(t)
	h.publish()
	h.behind(
		`UPDATE notice SET text = '', erased = 1 WHERE claim_id IS NOT NULL`,
		// Its one part has its salt in the 22 characters after its name.
		`UPDATE record_entry SET parts = substr(parts, 1, instr(parts, ' ')) || substr(parts, instr(parts, ' ') + 23) WHERE kind = 'notice' AND position = 13`,
	)
	h.step(false, "notice 2 is not there, and no entry says that it was erased")
	h.problem("no entry says that it was erased")
}

func TestNoticeErasedOnTheRecord(t *testing.T) {
	h := newHouse(t)
	h.publish()
	var newest standfirst.ClaimVersionID
	h.must(h.store.View(t.Context(), func(tx *store.ReadTx) error {
		notices, err := tx.NoticesOfStory(h.story.ID)
		for _, n := range notices {
			newest = max(newest, n.Version)
		}
		return err
	}))
	h.must(h.figures.Erase(t.Context(), standfirst.Command(), newest))
	h.sign()
	h.sound()
}

// Entries that were made before they named stories still hold.
func TestNoticeWhoseEntryNamesNoStories(t *testing.T) {
	h := newHouse(t)
	h.publish()
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
		n := standfirst.Notice{Class: standfirst.Update, Text: "The crews have been asked since.", At: h.now, Stories: []standfirst.StoryID{h.story.ID}}
		id, err := tx.InsertNotice(n)
		record.Append(tx, record.Entry{Kind: record.NoticeKind, Notice: id, Change: n.Class, Time: n.At, Salted: record.NoteParts(n.Text)})
		tx.Touch(standfirst.StoryTag(h.story.ID))
		return err
	}))
	h.sign()
	h.step(true, "does not name the stories on which it stands")
	h.sound()
}
