package site

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/media"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// drawCards does the jobs that draw cards, and returns how many there were.
func (h *house) drawCards(lib *media.Library) int {
	h.t.Helper()
	return h.doJobs(standfirst.JobDrawCard, lib.CardJob(Card))
}

// A story that has no picture is shared by its card, which says what readers see and is drawn
// anew when that changes. Nothing that is not out has one.
func TestCardPicture(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		ctx, desk := t.Context(), standfirst.Command()
		media.KeepCards(h.store)
		lib, err := media.Open(filepath.Join(t.TempDir(), "media"), h.store, nil)
		h.must(err)
		image := func(path string) string {
			t.Helper()
			found := get(h.site, path).all(`meta[property="og:image"]`)
			if len(found) == 0 {
				return ""
			}
			return attrOf(found[0], "content")
		}
		says := func(id standfirst.StoryID) (c media.Card) {
			t.Helper()
			h.must(h.store.View(ctx, func(tx *store.ReadTx) (err error) { c, err = Card(tx, id); return err }))
			return c
		}
		story := h.draft(standfirst.Content{Headline: "What we know of the round", Body: roundBody, Section: "Deals"}, func(d *newsroom.Draft) {
			d.Figures, d.Day = roundProposals(t), standfirst.DayOf(h.now, time.UTC)
		})
		h.drawCards(lib)
		if err := h.store.View(ctx, func(tx *store.ReadTx) error { _, err := tx.CardPicture(story.ID); return err }); standfirst.KindOf(err) != standfirst.NotFound {
			t.Errorf("a draft has a card: %v", err)
		}
		published, err := h.news.Publish(ctx, desk, story.ID, newsroom.PublishOptions{})
		h.must(err)
		path := published.Story.Path()
		if got := image(path); got != "" {
			t.Errorf("there is a card before it is drawn: %s", got)
		}
		if h.drawCards(lib) == 0 {
			t.Fatal("no card is asked for")
		}
		first := image(path)
		if !strings.HasPrefix(first, baseURL+"/media/") || !strings.HasSuffix(first, ".png") {
			t.Fatalf("the card is at %q", first)
		}
		name := strings.TrimPrefix(first, baseURL+"/media/")
		if _, err := lib.FS().Open(name); err != nil {
			t.Error(err)
		}
		a := get(h.site, path)
		if !strings.Contains(a.text, `"url":"`+first) {
			t.Error("search engines are not told of the card")
		}
		c := says(story.ID)
		if c.Section != "Deals" || c.Stage == "" || len(c.Figures) != media.MostCardFigures || c.Figures[1].Value != "about $96bn" {
			t.Errorf("the card says %+v", c)
		}

		// What changes is drawn anew, and what does not is not.
		h.edit(story.ID, standfirst.Change{Class: standfirst.Update, Note: "It has a name."}, func(c *standfirst.Content) { c.Headline = "What we know of the great round" })
		h.drawCards(lib)
		second := image(path)
		if second == first || second == "" {
			t.Errorf("the card of another headline is %q", second)
		}
		if _, err := lib.FS().Open(name); err == nil {
			t.Error("the card that nothing names is still there")
		}
		h.must(h.store.Update(ctx, func(tx *store.Tx) error { tx.Touch(standfirst.StoryTag(story.ID)); return nil }))
		h.drawCards(lib)
		if got := image(path); got != second {
			t.Errorf("a card that says the same is at another address: %q", got)
		}

		_, err = h.news.Retract(ctx, desk, story.ID, "There is no round.")
		h.must(err)
		h.drawCards(lib)
		if got := image(path); got != "" {
			t.Errorf("a retracted story has a card: %q", got)
		}
		if _, err := lib.FS().Open(strings.TrimPrefix(second, baseURL+"/media/")); err == nil {
			t.Error("the card of a retracted story is still there")
		}
	})
}

// The cards of more stories than are asked for at once follow a deal that moves on and a section
// that is renamed.
func TestCardsOfMany(t *testing.T) {
	h := newHouse(t)
	media.KeepCards(h.store)
	lib, err := media.Open(filepath.Join(t.TempDir(), "media"), h.store, nil)
	h.must(err)
	round := h.publishRound()
	cited := h.claimOf(round, "as much as $12 billion")
	const more = 60
	var stories []standfirst.StoryID
	for i := range more {
		stories = append(stories, h.publish(standfirst.Content{Headline: fmt.Sprintf("Round, day %d", i), Body: "It seeks [as much as $12 billion](claim:" + cited.String() + ").", Section: "Deals"}).ID)
	}
	asked := func() int {
		t.Helper()
		n := 0
		h.doJobs(standfirst.JobRedrawCards, lib.RedrawCardsJob)
		n += h.doJobs(standfirst.JobDrawCard, func(context.Context, standfirst.Job) error { return nil })
		return n
	}
	asked()
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
		tx.Touch(standfirst.DealTag(h.dealOf(round, "as much as $12 billion")))
		return nil
	}))
	if n := asked(); n != more+1 {
		t.Errorf("%d cards follow a deal, want %d", n, more+1)
	}
	h.must(h.news.RenameSection(t.Context(), standfirst.Command(), round.Section, "Dealings", "", ""))
	if n := asked(); n != 0 { // what has no card gets none for a name
		t.Errorf("%d cards that there are not follow a section", n)
	}
	h.must(h.store.Update(t.Context(), func(tx *store.Tx) error {
		for _, id := range stories {
			if err := tx.PutCardPicture(id, store.CardPicture{File: "aa/card.png", Digest: "aa"}); err != nil {
				return err
			}
		}
		return nil
	}))
	h.must(h.news.RenameSection(t.Context(), standfirst.Command(), round.Section, "Mergers", "", ""))
	if n := asked(); n != more {
		t.Errorf("%d cards follow a section, want %d", n, more)
	}
}
