package newsroom_test

import (
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

func TestUnpublish(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.publish(d.create("One").ID)
		d.takeTouched()
		all := sorted(standfirst.StoryTag(s.ID), standfirst.FrontTag, standfirst.RecordTag, standfirst.ArchiveTag, standfirst.DayTag(s.Day),
			standfirst.SectionTag(s.Section), standfirst.TopicTag(s.Topics[0].ID), standfirst.AuthorTag(s.Authors[0].ID))
		if _, err := d.newsroom.Unpublish(d.Context(), editor, s.ID); err != nil {
			d.Fatal(err)
		}
		d.equal("address", d.redirect(s.Path()), "410")
		d.equal("lists", len(d.latest()), 0)
		d.equal("touched", d.takeTouched(), all)

		d.slug(s.ID, "two")
		d.equal("the new address answers the same", d.redirect(day+"two"), "410")
		d.equal("the old one leads there", d.redirect(day+"one"), day+"two")
		d.takeTouched()

		d.setTime(startOfTest.AddDate(0, 0, 3))
		again := d.publish(s.ID)
		d.equal("same day", again.Path(), day+"two")
		d.equal("number", again.PublishedNumber, 2)
		d.equal("address is back", d.redirect(again.Path()), "")
		d.equal("lists again", d.latest(), []string{day + "two"})
		d.equal("touched again", d.takeTouched(), all)
		d.equal("trail", d.actions(s.ID), []string{"publish", "slug", "unpublish", "publish", "create"})
	})
}

func TestRetract(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.publish(d.create("One").ID)
		_, err := d.newsroom.Retract(d.Context(), editor, s.ID, " \n ")
		d.wantKind(err, standfirst.Invalid, "needs a note")
		_, err = d.newsroom.Retract(d.Context(), editor, s.ID, strings.Repeat("x", 2001))
		d.wantKind(err, standfirst.Invalid, "2000 is the most")
		got, err := d.newsroom.Retract(d.Context(), editor, s.ID, "\r\nThe deal was\r\nnever made. ")
		if err != nil {
			d.Fatal(err)
		}
		d.equal("note", got.RetractionNote, "The deal was\nnever made.")
		d.view(func(tx *store.ReadTx) error {
			cards, err := tx.Latest(standfirst.Position{}, 1)
			if err == nil {
				d.equal("state on the card", cards[0].State, standfirst.Retracted)
			}
			return err
		})
		_, err = d.newsroom.Unpublish(d.Context(), editor, s.ID)
		d.wantKind(err, standfirst.Conflict, "stays so")
		_, err = d.newsroom.Publish(d.Context(), editor, s.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
		d.wantKind(err, standfirst.Conflict, "stays so")

		s = d.publish(d.create("Two").ID)
		if _, err = d.newsroom.Unpublish(d.Context(), editor, s.ID); err != nil {
			d.Fatal(err)
		}
		got, err = d.newsroom.Retract(d.Context(), editor, s.ID, "Again.")
		if err != nil {
			d.Fatal(err)
		}
		d.equal("address of an unpublished story that is retracted", d.redirect(s.Path()), "")
		d.equal("its place in the lists", d.latest()[0], s.Path())
		d.equal("its path", got.Path(), s.Path())
	})
}

func TestWithdrawingTakesTheScheduleBack(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		for _, useCase := range []string{"unpublish", "retract"} {
			s := d.storyIn("update scheduled")
			if _, err := d.do(useCase, editor, s.ID); err != nil {
				d.Fatal(err)
			}
			d.setTime(d.now().Add(2 * time.Hour))
			d.runJobs()
			if now := d.story(s.ID); now.State == standfirst.Published {
				d.Errorf("after %s the schedule published it", useCase)
			}
		}
	})
}
