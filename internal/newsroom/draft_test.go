package newsroom_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

func TestCreate(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		c := text("  Northwind \n eyes   a pier ")
		c.Bylines = append(c.Bylines, standfirst.Byline{Name: "imogen adeyemi"}, standfirst.Byline{})
		c.Topics = append(c.Topics, "ports", " ")
		c.Body = "\r\n\r\nFirst.\r\n\r\nSecond.  \r\n"
		s, err := d.newsroom.Create(d.Context(), reporter, newsroom.Draft{Content: c, FilingDigest: "d1"})
		if err != nil {
			d.Fatal(err)
		}
		d.equal("state", s.State, standfirst.Draft)
		d.equal("access", s.Access, standfirst.AccessPublic)
		d.equal("slug", s.Slug, standfirst.Slug("northwind-eyes-a-pier"))
		d.equal("path", s.Path(), "")
		d.equal("created by", s.CreatedBy, "staff:8")
		show, err := d.newsroom.Show(d.Context(), reporter, s.ID)
		if err != nil {
			d.Fatal(err)
		}
		got := show.WorkingCopy.Content
		d.equal("headline", got.Headline, "Northwind eyes a pier")
		d.equal("body", got.Body, "First.\n\nSecond.")
		d.equal("topics", got.Topics, []string{"Ports"})
		d.equal("bylines", len(got.Bylines), 1)
		d.equal("author's slug", got.Bylines[0].Slug, standfirst.Slug("imogen-adeyemi"))
		d.equal("pending", show.Pending, true)
		d.equal("touched", d.takeTouched(), []string(nil))
		d.equal("trail", d.actions(s.ID), []string{"create"})
		d.equal("lists", len(d.latest()), 0)

		_, err = d.newsroom.Create(d.Context(), reporter, newsroom.Draft{Content: c, FilingDigest: "d1"})
		d.wantKind(err, standfirst.Conflict, "filed already as story "+s.ID.String())
	})
}

func TestCreateTellsAllProblems(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		c := text(strings.Repeat("long ", 100))
		c.Standfirst = strings.Repeat("x", standfirst.MaxStandfirstLength+1)
		c.Topics = strings.Split(strings.Repeat("t ", 1), " ")
		for i := range standfirst.MaxTopics + 1 {
			c.Topics = append(c.Topics, "topic "+string(rune('a'+i)))
		}
		c.Body = "with a \x00"
		_, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{Content: c, Slug: "No Slug", Access: "friends"})
		d.wantKind(err, standfirst.Invalid, "the headline is 499 characters long; 400 is the most", "the summary is 1501",
			"topics; 20 is the most", "the text holds bytes that are not text", `slug "No Slug"`, `access "friends"`)

		_, err = d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Content: standfirst.Content{Picture: &standfirst.LeadPicture{ID: 1}}})
		d.wantKind(err, standfirst.Invalid, "the headline is missing", "the text is missing", "no alt text")
		stories, err := d.newsroom.List(d.Context(), editor, store.StoryFilter{Kind: standfirst.KindStory}, 0, 10)
		if err != nil || len(stories) != 0 {
			d.Errorf("stored after errors: %v, %v", stories, err)
		}
	})
}

func TestPagesHaveSlugsOfTheirOwn(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		for slug, kind := range map[standfirst.Slug]standfirst.ErrorKind{
			"about": standfirst.Conflict, "section": standfirst.Invalid, "2026": standfirst.Invalid,
		} {
			_, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{Kind: standfirst.KindPage, Slug: slug, Content: text("A page")})
			d.wantKind(err, kind)
		}
		p, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Kind: standfirst.KindPage, Slug: "masthead", Content: text("Masthead")})
		if err != nil {
			d.Fatal(err)
		}
		d.equal("path", p.Path(), "/masthead")
		_, err = d.newsroom.Retract(d.Context(), editor, p.ID, "No.")
		d.wantKind(err, standfirst.Conflict, "a standing page is not retracted")
	})
}

func TestSave(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("First words")
		d.setTime(startOfTest.Add(5 * time.Minute))
		first, err := d.newsroom.Save(d.Context(), editor, s.ID, 1, text("Second words"))
		if err != nil || first.Version != 2 {
			d.Fatalf("version %d, %v", first.Version, err)
		}
		d.equal("slug follows the headline", d.story(s.ID).Slug, standfirst.Slug("second-words"))
		d.equal("headline for staff", d.story(s.ID).Headline, "Second words")

		_, err = d.newsroom.Save(d.Context(), standfirst.Command(), s.ID, 1, text("Third words"))
		d.wantKind(err, standfirst.Conflict, "saved by staff:7", "5 March 2026 at 14:15:00 GMT", "Nothing was overwritten")
		show, err := d.newsroom.Show(d.Context(), editor, s.ID)
		if err != nil {
			d.Fatal(err)
		}
		d.equal("what is kept", show.WorkingCopy.Content.Headline, "Second words")

		same, err := d.newsroom.Save(d.Context(), editor, s.ID, 2, text("Second words"))
		if err != nil || same.Version != 2 {
			d.Errorf("saving the same made version %d, %v", same.Version, err)
		}
		_, err = d.newsroom.Save(d.Context(), editor, s.ID, 2, text(strings.Repeat("x", 500)))
		d.wantKind(err, standfirst.Invalid, "the headline is 500")
		_, err = d.newsroom.Save(d.Context(), editor, 1<<40, 1, text("Nobody"))
		d.wantKind(err, standfirst.NotFound)
		d.equal("trail", d.actions(s.ID), []string{"save", "create"})
		d.equal("touched", d.takeTouched(), []string(nil))
	})
}

func TestChosenSlugStays(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{Content: text("First words"), Slug: "pier"})
		if err != nil {
			d.Fatal(err)
		}
		d.save(s.ID, text("Second words"))
		d.equal("slug", d.story(s.ID).Slug, standfirst.Slug("pier"))
		foreign, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{Content: text("港の話")})
		if err != nil {
			d.Fatal(err)
		}
		d.equal("slug of a headline without Latin letters", foreign.Slug, standfirst.Slug("story"))
	})
}

func TestAnErrorLeavesNothing(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		taken := d.create("The pier")
		if _, err := d.newsroom.ChangeSlug(d.Context(), editor, taken.ID, "pier"); err != nil {
			d.Fatal(err)
		}
		d.publish(taken.ID)
		d.takeTouched()
		c := text("Another pier")
		c.Section, c.Topics, c.Bylines = "Shipping", []string{"Piers"}, []standfirst.Byline{{Name: "Nell Garrity"}}
		_, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Content: c, Slug: "pier", FilingDigest: "d2"})
		d.wantKind(err, standfirst.Conflict, `"pier" is taken`, "story "+taken.ID.String(), "The pier")
		d.view(func(tx *store.ReadTx) error {
			_, author := tx.AuthorByName("Nell Garrity")
			_, topic := tx.TopicByName("Piers")
			_, section := tx.SectionByName("Shipping")
			_, filing := tx.Filing("d2")
			for what, err := range map[string]error{"author": author, "topic": topic, "section": section, "filing": filing} {
				if err == nil || standfirst.KindOf(err) != standfirst.NotFound {
					d.Errorf("%s is there after a failure: %v", what, err)
				}
			}
			return nil
		})
		d.equal("touched", d.takeTouched(), []string(nil))
		if errors.Unwrap(err) == nil {
			d.Error("the error does not name its operation")
		}
	})
}

func TestSaveAll(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("Northwind eyes a pier")
		slug, none := standfirst.Slug("northwind-pier"), standfirst.Slug("")
		past := startOfTest.AddDate(0, 0, -3)
		all := func(c standfirst.Content, slug *standfirst.Slug, date *time.Time) error {
			_, err := d.newsroom.SaveAll(d.Context(), editor, s.ID, newsroom.Saving{Version: d.version(s.ID), Content: c, Slug: slug, OriginalDate: date})
			return err
		}
		if err := all(text("Northwind eyes a pier"), &slug, &past); err != nil {
			d.Fatal(err)
		}
		got := d.story(s.ID)
		d.equal("slug", got.Slug, slug)
		d.equal("chosen", got.SlugChosen, true)
		d.equal("date", got.OriginalDate, past)
		d.equal("version", d.version(s.ID), 2)
		if err := all(text("Northwind eyes a pier"), &slug, &past); err != nil {
			d.Fatal(err)
		}
		d.equal("version of the same", d.version(s.ID), 2)
		if err := all(text("Northwind buys a pier"), nil, nil); err != nil {
			d.Fatal(err)
		}
		d.equal("slug that is chosen", d.story(s.ID).Slug, slug)
		if err := all(text("Northwind buys a pier"), &none, &time.Time{}); err != nil {
			d.Fatal(err)
		}
		got = d.story(s.ID)
		d.equal("slug of the headline", got.Slug, standfirst.Slug("northwind-buys-a-pier"))
		d.equal("no date", got.OriginalDate.IsZero(), true)
		bad := standfirst.Slug("No Slug")
		d.wantKind(all(text("Northwind buys a pier"), &bad, nil), standfirst.Invalid, `"No Slug"`)
		c := text("Northwind buys a pier")
		c.Picture = &standfirst.LeadPicture{ID: 77, Alt: "A pier."}
		d.wantKind(all(c, nil, nil), standfirst.Invalid, "there is no picture 77")
		c.Picture, c.Social.Picture = nil, 78
		d.wantKind(all(c, nil, nil), standfirst.Invalid, "there is no picture 78")

		d.publish(s.ID)
		same := d.story(s.ID).Slug
		if err := all(text("Northwind has bought a pier"), &same, nil); err != nil {
			d.Fatal(err)
		}
		d.wantKind(all(text("Northwind has bought a pier"), &slug, nil), standfirst.Conflict, "its slug is changed apart")
		d.wantKind(all(text("Northwind has bought a pier"), nil, &past), standfirst.Conflict, "its date stays")
	})
}

func TestRestore(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("Northwind eyes a pier")
		d.publish(s.ID)
		first := d.story(s.ID).Current
		d.save(s.ID, text("Northwind buys a pier"))
		if _, err := d.newsroom.Restore(d.Context(), editor, s.ID, first, 1); standfirst.KindOf(err) != standfirst.Conflict || !errors.Is(err, newsroom.ErrStale) {
			d.Errorf("over a newer text: %v", err)
		}
		work, err := d.newsroom.Restore(d.Context(), editor, s.ID, first, 2)
		if err != nil {
			d.Fatal(err)
		}
		d.equal("version", work.Version, 3)
		d.equal("headline", work.Content.Headline, "Northwind eyes a pier")
		history, err := d.newsroom.History(d.Context(), editor, s.ID, 0, 9)
		if err != nil {
			d.Fatal(err)
		}
		d.equal("what was overwritten", history[0].Content.Headline, "Northwind buys a pier")
		d.equal("purpose", history[0].Purpose, standfirst.ForSave)
		if _, err := d.newsroom.Restore(d.Context(), editor, s.ID, first, 3); err != nil {
			d.Fatal(err)
		}
		d.equal("the same again", d.version(s.ID), 3)
		elsewhere := d.create("Another story")
		_, err = d.newsroom.Restore(d.Context(), editor, elsewhere.ID, first, 1)
		d.wantKind(err, standfirst.NotFound)
		_, err = d.newsroom.Restore(d.Context(), reporter, s.ID, first, 3)
		d.wantKind(err, standfirst.Forbidden)
	})
}
