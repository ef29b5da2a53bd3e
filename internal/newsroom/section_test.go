package newsroom_test

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// section returns the section of the name.
func (d *desk) section(name string) (s standfirst.Section) {
	d.Helper()
	d.view(func(tx *store.ReadTx) (err error) { s, err = tx.SectionByName(name); return err })
	return s
}

// A section that is renamed is the same: what is written and what is out follow, and nobody
// has to explain a change that is none.
func TestRenameSection(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		c := text("One")
		c.Section, c.Topics = "Markets", []string{"Ferries", "Boats"}
		live, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Content: c})
		d.must(err)
		c.Headline = "Two"
		draft, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{Content: c})
		d.must(err)
		planned, err := d.newsroom.CreateAndSchedule(d.Context(), editor, newsroom.Draft{Content: c}, startOfTest.Add(time.Hour))
		d.must(err)
		markets := d.section("Markets")

		d.wantKind(d.newsroom.RenameSection(d.Context(), reporter, markets.ID, "Trading", "trading", ""), standfirst.Forbidden)
		d.wantKind(d.newsroom.RenameSection(d.Context(), editor, markets.ID, "DEALS", "", ""), standfirst.Conflict, "already")
		d.wantKind(d.newsroom.RenameSection(d.Context(), editor, markets.ID, "Trading", "deals", ""), standfirst.Conflict, "address")
		d.wantKind(d.newsroom.RenameSection(d.Context(), editor, markets.ID, " ", "no slug", ""), standfirst.Invalid, "needs a name")
		d.must(d.newsroom.RenameSection(d.Context(), editor, markets.ID, "Trading", "trading", ""))
		d.equal("old address", d.redirect("/section/markets"), "/section/trading")
		_, err = d.newsroom.AddSection(d.Context(), editor, "Markets")
		d.wantKind(err, standfirst.Conflict, "was the name of")

		var ferries, boats standfirst.Topic
		d.view(func(tx *store.ReadTx) (err error) {
			if ferries, err = tx.TopicByName("Ferries"); err != nil {
				return err
			}
			boats, err = tx.TopicByName("Boats")
			return err
		})
		d.must(d.newsroom.RenameTopic(d.Context(), editor, ferries.ID, "Ferry lines", "ferry-lines", ""))
		_, err = d.newsroom.MergeTopic(d.Context(), editor, boats.ID, "boats")
		d.wantKind(err, standfirst.Invalid, "itself")
		_, err = d.newsroom.MergeTopic(d.Context(), editor, boats.ID, "Trains")
		d.wantKind(err, standfirst.Invalid, "no topic")
		into, err := d.newsroom.MergeTopic(d.Context(), editor, boats.ID, "ferries")
		d.must(err)
		d.equal("merged into", into.Name, "Ferry lines")
		d.equal("old address of the topic", d.redirect("/topic/boats"), "/topic/ferry-lines")
		d.equal("older address of the topic", d.redirect("/topic/ferries"), "/topic/ferry-lines")

		show, err := d.newsroom.Show(d.Context(), editor, live.ID)
		d.must(err)
		d.equal("the section is shown", show.WorkingCopy.Content.Section, "Trading")
		d.equal("topics", len(show.WorkingCopy.Content.Topics), 1)
		d.equal("nothing is pending", show.Pending, false)
		again, err := d.newsroom.Save(d.Context(), editor, live.ID, show.WorkingCopy.Version, show.WorkingCopy.Content)
		d.must(err)
		d.equal("nothing is saved", again.Version, show.WorkingCopy.Version)
		outlook, err := d.newsroom.Outlook(d.Context(), editor, live.ID)
		d.must(err)
		d.equal("no change to explain", outlook.NeedsClass, false)
		same, err := d.newsroom.Publish(d.Context(), editor, live.ID, newsroom.PublishOptions{})
		d.must(err)
		d.equal("nothing is published", same.Unchanged, true)

		found, err := d.newsroom.Find(d.Context(), editor, newsroom.Search{Section: "Trading"}, 10)
		d.must(err)
		d.equal("found in the section", len(found.Stories), 3)
		out := d.publish(draft.ID)
		d.equal("a draft goes to its section", out.Section, markets.ID)
		d.equal("which is not made again", len(out.Sections)+len(out.Topics), 0)
		d.setTime(startOfTest.Add(time.Hour))
		d.runJobs()
		d.equal("so does what was scheduled", d.story(planned.ID).Section, markets.ID)
		d.view(func(tx *store.ReadTx) error {
			r, err := tx.Revision(d.story(planned.ID).Current)
			d.equal("it says the name of now", r.Content.Section, "Trading")
			return err
		})

		d.must(d.newsroom.RenameSection(d.Context(), editor, markets.ID, "Markets", "markets", ""))
		d.equal("the address of before leads back", d.redirect("/section/trading"), "/section/markets")
		d.equal("and the first is its own", d.redirect("/section/markets"), "")

		deals := d.section("Deals")
		d.wantKind(d.newsroom.RenameSection(d.Context(), editor, deals.ID, "Trade", "trading", ""), standfirst.Conflict, "leads to /section/markets")
	})
}

// What the system saves does not bring the old name of a section back.
func TestSavedAfterRename(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		c := text("One")
		c.Section = "Markets"
		story, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{Content: c})
		d.must(err)
		d.must(d.newsroom.RenameSection(d.Context(), editor, d.section("Markets").ID, "Trading", "trading", ""))
		d.must(d.store.Update(d.Context(), func(tx *store.Tx) error {
			work, err := tx.WorkingCopy(story.ID)
			if err != nil {
				return err
			}
			d.equal("the text has the name that it was written with", work.Content.Section, "Markets")
			work.Content.Standfirst = "It is worded anew."
			return tx.SaveWorkingCopy(work)
		}))
		found, err := d.newsroom.Find(d.Context(), editor, newsroom.Search{Section: "Trading"}, 10)
		d.must(err)
		d.equal("found in the section", len(found.Stories), 1)
		d.equal("it is listed in", found.Stories[0].Section, "Trading")
		found, err = d.newsroom.Find(d.Context(), editor, newsroom.Search{Section: "Markets"}, 10)
		d.must(err)
		d.equal("found by the name of before", len(found.Stories), 1)
	})
}

func TestDeleteSection(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		draft := text("One")
		draft.Section = "Economy"
		story, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{Content: draft})
		d.must(err)
		economy := d.section("Economy")
		d.wantKind(d.newsroom.DeleteSection(d.Context(), editor, economy.ID), standfirst.Conflict, "only an empty section")
		draft.Headline = "Two"
		planned, err := d.newsroom.CreateAndSchedule(d.Context(), editor, newsroom.Draft{Content: draft}, startOfTest.Add(time.Hour))
		d.must(err)
		draft.Section = "Deals"
		d.save(story.ID, draft)
		d.save(planned.ID, draft)
		d.wantKind(d.newsroom.DeleteSection(d.Context(), editor, economy.ID), standfirst.Conflict, "only an empty section")
		_, err = d.newsroom.Unschedule(d.Context(), editor, planned.ID)
		d.must(err)
		d.wantKind(d.newsroom.DeleteSection(d.Context(), reporter, economy.ID), standfirst.Forbidden)
		d.must(d.newsroom.SetMenu(d.Context(), editor, standfirst.HeaderMenu, nil, []standfirst.MenuItem{{Section: economy.ID}}))
		d.takeTouched()
		d.must(d.newsroom.DeleteSection(d.Context(), editor, economy.ID))
		d.equal("touched", d.takeTouched(), []string{"section:" + economy.ID.String(), "site"})
		d.view(func(tx *store.ReadTx) error {
			old, err := tx.OldAddress("/section/economy")
			d.equal("gone", old.Target, "")
			return err
		})
		d.wantKind(d.newsroom.DeleteSection(d.Context(), editor, economy.ID), standfirst.NotFound)
	})
}
