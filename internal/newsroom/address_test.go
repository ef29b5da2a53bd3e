package newsroom_test

import (
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

const day = "/2026/03/05/"

func (d *desk) slug(id standfirst.StoryID, slug standfirst.Slug) {
	d.Helper()
	if _, err := d.newsroom.ChangeSlug(d.Context(), editor, id, slug); err != nil {
		d.Fatal(err)
	}
}

func TestRedirects(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.publish(d.create("One").ID)
		d.takeTouched()
		d.slug(s.ID, "two")
		d.equal("touched", d.takeTouched(), sorted(standfirst.StoryTag(s.ID), standfirst.FrontTag, standfirst.ArchiveTag, standfirst.DayTag(s.Day),
			standfirst.SectionTag(s.Section), standfirst.TopicTag(s.Topics[0].ID), standfirst.AuthorTag(s.Authors[0].ID)))
		d.equal("one", d.redirect(day+"one"), day+"two")
		d.equal("in the lists", d.latest(), []string{day + "two"})

		d.slug(s.ID, "three")
		d.equal("one after two changes", d.redirect(day+"one"), day+"three")
		d.equal("two", d.redirect(day+"two"), day+"three")

		d.slug(s.ID, "one")
		d.equal("one is its own again", d.redirect(day+"one"), "")
		d.equal("two leads back", d.redirect(day+"two"), day+"one")
		d.equal("three leads back", d.redirect(day+"three"), day+"one")

		other := d.create("Two")
		d.equal("a derived slug leaves redirects alone", d.publish(other.ID).Slug, standfirst.Slug("two-2"))
		_, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Content: text("Three"), Slug: "three"})
		d.wantKind(err, standfirst.Conflict, day+"three leads to "+day+"one")
		_, err = d.newsroom.ChangeSlug(d.Context(), editor, other.ID, "three")
		d.wantKind(err, standfirst.Conflict, day+"three leads to "+day+"one")
		d.equal("the redirect stays", d.redirect(day+"three"), day+"one")

		chosen, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Content: text("Four"), Slug: "four"})
		if err != nil {
			d.Fatal(err)
		}
		_, err = d.newsroom.ChangeSlug(d.Context(), editor, s.ID, "four")
		d.wantKind(err, standfirst.Conflict, `the slug "four" is taken`, "story "+chosen.ID.String())
		_, err = d.newsroom.ChangeSlug(d.Context(), editor, s.ID, "No Slug")
		d.wantKind(err, standfirst.Invalid)
	})
}

func TestSlugOfADraftLeavesNoTrace(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("One")
		d.slug(s.ID, "two")
		d.equal("chosen", d.story(s.ID).SlugChosen, true)
		d.equal("touched", d.takeTouched(), []string(nil))
		d.equal("address", d.publish(s.ID).Path(), day+"two")
		d.equal("redirect", d.redirect(day+"one"), "")
	})
}

func TestPageMoves(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		var about standfirst.Story
		d.view(func(tx *store.ReadTx) (err error) {
			about, err = tx.PageAt("about")
			return err
		})
		d.slug(about.ID, "who-we-are")
		d.equal("redirect", d.redirect("/about"), "/who-we-are")
		d.equal("touched", d.takeTouched(), sorted(standfirst.StoryTag(about.ID), standfirst.SiteTag))
		_, err := d.newsroom.ChangeSlug(d.Context(), editor, about.ID, "privacy")
		d.wantKind(err, standfirst.Conflict, "/privacy belongs to the page")
	})
}
