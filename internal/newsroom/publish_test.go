package newsroom_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

func TestPublish(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("Northwind eyes a pier")
		p := d.publish(s.ID)
		d.equal("state", p.State, standfirst.Published)
		d.equal("path", p.Path(), "/2026/03/05/northwind-eyes-a-pier")
		d.equal("number", p.PublishedNumber, 1)
		d.equal("first published", p.FirstPublished, startOfTest)
		d.equal("updated", p.Updated, startOfTest)
		d.equal("new sections", len(p.Sections), 0)
		d.equal("new topics", fmt.Sprint(p.Topics), "[{1 ports Ports}]")
		d.equal("new authors", p.Authors[0].Slug, standfirst.Slug("imogen-adeyemi"))
		d.equal("in the lists", d.latest(), []string{p.Path()})
		d.equal("stored", d.story(s.ID), p.Story)
		d.equal("trail", d.actions(s.ID), []string{"publish", "create"})
		section, topic, author := p.Section, p.Topics[0].ID, p.Authors[0].ID
		d.equal("touched", d.takeTouched(), sorted(standfirst.StoryTag(s.ID), standfirst.FrontTag, standfirst.RecordTag, standfirst.ArchiveTag,
			standfirst.DayTag(p.Day), standfirst.SectionTag(section), standfirst.TopicTag(topic), standfirst.AuthorTag(author)))

		d.setTime(startOfTest.Add(time.Hour))
		again := d.publish(s.ID)
		d.equal("unchanged", again.Unchanged, true)
		d.equal("nothing changed", again.Story, p.Story)
		d.equal("touched by nothing", d.takeTouched(), []string(nil))
		d.equal("trail of nothing", d.actions(s.ID), []string{"publish", "create"})

		c := text("Northwind buys the pier")
		c.Section, c.Topics = "Shipping", []string{"PORTS", "Piers"}
		c.Bylines = []standfirst.Byline{{Name: "Nell Garrity"}, {Name: "Imogen Adeyemi", Role: "Chief Deals Correspondent"}}
		d.save(s.ID, c)
		update := d.publish(s.ID)
		d.equal("number of the update", update.PublishedNumber, 2)
		d.equal("the address stays", update.Path(), p.Path())
		d.equal("first published stays", update.FirstPublished, startOfTest)
		d.equal("updated later", update.Updated, startOfTest.Add(time.Hour))
		d.equal("made", fmt.Sprintf("%s %d %s %d %s", update.Sections[0].Slug, update.Sections[0].Position, update.Topics[0].Slug, len(update.Topics), update.Authors[0].Slug),
			"shipping 6 piers 1 nell-garrity")
		d.equal("touched by the update", d.takeTouched(), sorted(standfirst.StoryTag(s.ID), standfirst.FrontTag, standfirst.RecordTag, standfirst.ArchiveTag, standfirst.DayTag(p.Day),
			standfirst.SectionTag(section), standfirst.SectionTag(update.Section), standfirst.SiteTag, standfirst.CorrectionsTag,
			standfirst.TopicTag(topic), standfirst.TopicTag(update.Topics[0].ID),
			standfirst.AuthorTag(author), standfirst.AuthorTag(update.Authors[0].ID)))
		d.view(func(tx *store.ReadTx) error {
			a, err := tx.AuthorByName("imogen ADEYEMI")
			d.equal("newest role", a.Role, "Chief Deals Correspondent")
			authors, _ := tx.StoryAuthors(s.ID)
			d.equal("authors in order", authors[0].Name, "Nell Garrity")
			one, _ := tx.PublishedRevision(s.ID, 1)
			d.equal("version 1 stays", one.Content.Headline, "Northwind eyes a pier")
			two, _ := tx.PublishedRevision(s.ID, 2)
			d.equal("version 2", two.Content.Bylines[0].Slug, standfirst.Slug("nell-garrity"))
			return err
		})
	})
}

func sorted(tags ...standfirst.Tag) []string {
	var out []string
	for _, t := range tags {
		out = append(out, string(t))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestPublishTheVersionThatWasSeen(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("Seen")
		d.save(s.ID, text("Not seen"))
		_, err := d.newsroom.Publish(d.Context(), editor, s.ID, newsroom.PublishOptions{Version: 1, Change: standfirst.Change{Class: standfirst.Update}})
		d.wantKind(err, standfirst.Conflict, "was saved by staff:7")
		if _, err := d.newsroom.Publish(d.Context(), editor, s.ID, newsroom.PublishOptions{Version: 2, Change: standfirst.Change{Class: standfirst.Update}}); err != nil {
			d.Error(err)
		}
	})
}

func TestDayIsThatOfThePublicationsTimeZone(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		d.setTime(time.Date(2026, 7, 1, 23, 30, 0, 0, time.UTC)) // 00:30 of 2 July in London
		p := d.publish(d.create("Night story").ID)
		d.equal("path", p.Path(), "/2026/07/02/night-story")
	})
}

func TestOriginalDate(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		was := time.Date(2025, 12, 31, 23, 59, 0, 0, time.UTC)
		p, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Content: text("Last year"), OriginalDate: was})
		if err != nil {
			d.Fatal(err)
		}
		d.equal("path", p.Path(), "/2025/12/31/last-year")
		d.equal("first published", p.FirstPublished, was)
		d.equal("no update that nobody made", p.Updated, was)
		p, err = d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Content: text("Next year"), OriginalDate: startOfTest.AddDate(1, 0, 0)})
		if err != nil {
			d.Fatal(err)
		}
		d.equal("a date ahead does not count", p.FirstPublished, startOfTest)
	})
}

func TestSlugsOfADay(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		d.equal("first", d.publish(d.create("Same words").ID).Slug, standfirst.Slug("same-words"))
		d.equal("second", d.publish(d.create("Same words").ID).Slug, standfirst.Slug("same-words-2"))
		d.equal("third", d.publish(d.create("Same: words!").ID).Slug, standfirst.Slug("same-words-3"))
		d.setTime(startOfTest.AddDate(0, 0, 1))
		d.equal("next day", d.publish(d.create("Same words").ID).Slug, standfirst.Slug("same-words"))
	})
}

func TestManyPublishersOfOneHeadline(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		const stories = 20
		ids := make([]standfirst.StoryID, stories)
		for i := range ids {
			ids[i] = d.create("Same words").ID
		}
		errs := make([]error, stories)
		var wait sync.WaitGroup
		for i, id := range ids {
			wait.Go(func() {
				_, errs[i] = d.newsroom.Publish(d.Context(), editor, id, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
			})
		}
		wait.Wait()
		for _, err := range errs {
			if err != nil {
				d.Error(err)
			}
		}
		paths := d.latest()
		slices.Sort(paths)
		if distinct := slices.Compact(paths); len(distinct) != stories {
			d.Errorf("%d addresses for %d stories: %q", len(distinct), stories, distinct)
		}
	})
}

func TestTwoPublishersOfOneStory(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("One story")
		var wait sync.WaitGroup
		results := make([]newsroom.Published, 8)
		for i := range results {
			wait.Go(func() {
				var err error
				if results[i], err = d.newsroom.Publish(d.Context(), editor, s.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}}); err != nil {
					d.Error(err)
				}
			})
		}
		wait.Wait()
		changed := 0
		for _, r := range results {
			if !r.Unchanged {
				changed++
			}
			d.equal("number", r.PublishedNumber, 1)
		}
		d.equal("publications", changed, 1)
		d.equal("trail", d.actions(s.ID), []string{"publish", "create"})
	})
}

func TestAuthorsOfOneSlug(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		first, second := text("First"), text("Second")
		first.Bylines = []standfirst.Byline{{Name: "Jo Ann Vale"}}
		second.Bylines = []standfirst.Byline{{Name: "Jo-Ann Vale"}}
		a, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{Content: first})
		if err != nil {
			d.Fatal(err)
		}
		b, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{Content: second})
		if err != nil {
			d.Fatal(err)
		}
		if _, err := d.newsroom.Schedule(d.Context(), editor, b.ID, startOfTest.Add(time.Minute), newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}}); err != nil {
			d.Fatal(err)
		}
		d.publish(a.ID)
		d.setTime(startOfTest.Add(time.Hour))
		d.runJobs()
		d.view(func(tx *store.ReadTx) error {
			r, err := tx.Revision(d.story(b.ID).Current)
			if err == nil {
				d.equal("slug in the published revision", r.Content.Bylines[0].Slug, standfirst.Slug("jo-ann-vale-2"))
			}
			author, _ := tx.AuthorBySlug("jo-ann-vale-2")
			d.equal("author", author.Name, "Jo-Ann Vale")
			return err
		})
	})
}

// A correction of an old story does not give its author back the role of then.
func TestRoleIsThatOfTheNewestStory(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		old := d.create("Old")
		trainee := text("Old")
		trainee.Bylines[0].Role = "Trainee"
		d.save(old.ID, trainee)
		d.publish(old.ID)
		d.setTime(startOfTest.Add(time.Hour))
		d.publish(d.create("New").ID)
		trainee.Body += "\n\nA correction."
		d.save(old.ID, trainee)
		d.publish(old.ID)
		d.view(func(tx *store.ReadTx) error {
			author, err := tx.AuthorByName("Imogen Adeyemi")
			d.equal("role", author.Role, "Deals Correspondent")
			return err
		})
	})
}
