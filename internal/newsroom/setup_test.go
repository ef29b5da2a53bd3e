package newsroom_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

func TestSetUp(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		other := standfirst.DefaultPublication()
		other.Name = "Another Name"
		if err := d.newsroom.SetUp(d.Context(), standfirst.Command(), other); err != nil {
			d.Fatal(err)
		}
		d.equal("touched by the second", d.takeTouched(), []string(nil))
		d.view(func(tx *store.ReadTx) error {
			pub, err := tx.Publication()
			d.equal("name", pub.Name, "The Harbour Ledger")
			sections, _ := tx.Sections()
			var names []string
			for i, s := range sections {
				names = append(names, s.Name)
				d.equal("position", s.Position, i+1)
			}
			d.equal("sections", names, []string{"Markets", "Deals", "Technology", "Companies", "Economy"})
			pages, _ := tx.Pages()
			var paths []string
			for _, p := range pages {
				paths = append(paths, p.Path())
				r, err := tx.Revision(p.Current)
				if err != nil || strings.Contains(r.Content.Body, "{{") || len(r.Content.Body) < 200 {
					d.Errorf("text of %s: %q, %v", p.Path(), r.Content.Body, err)
				}
			}
			d.equal("pages", paths, []string{"/about", "/ethics", "/contact", "/privacy"})
			about, _ := tx.Revision(pages[0].Current)
			if !strings.HasPrefix(about.Content.Body, "The Harbour Ledger publishes news") {
				d.Errorf("about: %q", about.Content.Body)
			}
			cards, _ := tx.Latest(standfirst.Position{}, 10)
			d.equal("pages in the lists of stories", len(cards), 0)
			return err
		})
		other.TimeZone = "Europe/Atlantis"
		d.wantKind(d.newsroom.SetUp(d.Context(), standfirst.Command(), other), standfirst.Invalid, "Europe/Atlantis")
		d.wantKind(d.newsroom.SetUp(d.Context(), editor, other), standfirst.Forbidden)
	})
}

func TestPublishingAPageTouchesEveryPage(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		c := text("Masthead")
		p, err := d.newsroom.CreateAndPublish(d.Context(), editor, newsroom.Draft{Kind: standfirst.KindPage, Slug: "masthead", Content: c})
		if err != nil {
			d.Fatal(err)
		}
		d.equal("touched", d.takeTouched(), sorted(standfirst.StoryTag(p.ID), standfirst.SiteTag, standfirst.RecordTag))
	})
}

func TestUpdateSettings(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		var pub standfirst.Publication
		read := func() {
			d.view(func(tx *store.ReadTx) (err error) {
				pub, err = tx.Publication()
				return err
			})
		}
		read()
		created := pub.CreatedAt
		if err := d.newsroom.UpdateSettings(d.Context(), standfirst.Command(), pub, ""); err != nil {
			d.Fatal(err)
		}
		d.equal("the same settings touch", d.takeTouched(), []string(nil))
		pub.Name, pub.CreatedAt = "The Quay", time.Time{}
		d.setTime(startOfTest.Add(time.Hour))
		if err := d.newsroom.UpdateSettings(d.Context(), standfirst.Command(), pub, ""); err != nil {
			d.Fatal(err)
		}
		read()
		d.equal("name", pub.Name, "The Quay")
		d.equal("created", pub.CreatedAt, created)
		d.equal("updated", pub.UpdatedAt, startOfTest.Add(time.Hour))
		d.equal("touched", d.takeTouched(), sorted(standfirst.RecordTag, standfirst.SiteTag, standfirst.StoryTag(1), standfirst.StoryTag(3), standfirst.StoryTag(4)))
		d.view(func(tx *store.ReadTx) error {
			about, err := tx.PageAt("about")
			if err != nil {
				return err
			}
			revision, err := tx.Revision(about.Current)
			if err == nil && !strings.HasPrefix(revision.Content.Body, "The Quay publishes") {
				d.Errorf("the About page begins with %.40q", revision.Content.Body)
			}
			return err
		})
		pub.Language = ""
		d.wantKind(d.newsroom.UpdateSettings(d.Context(), standfirst.Command(), pub, ""), standfirst.Invalid)
	})
}

func TestAddSection(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s, err := d.newsroom.AddSection(d.Context(), editor, " Ships &  Ports ")
		if err != nil {
			d.Fatal(err)
		}
		d.equal("section", s.Name+" "+string(s.Slug), "Ships & Ports ships-and-ports")
		d.equal("position", s.Position, 6)
		d.equal("touched", d.takeTouched(), []string{"section:6", "site"})
		_, err = d.newsroom.AddSection(d.Context(), editor, "markets")
		d.wantKind(err, standfirst.Conflict, `"Markets"`)
		_, err = d.newsroom.AddSection(d.Context(), editor, " ")
		d.wantKind(err, standfirst.Invalid, "needs a name")
	})
}

func TestArrangeSections(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		names := func() (list []string, ids []standfirst.SectionID) {
			d.view(func(tx *store.ReadTx) error {
				all, err := tx.Sections()
				for _, s := range all {
					list, ids = append(list, s.Name), append(ids, s.ID)
				}
				return err
			})
			return list, ids
		}
		_, ids := names()
		d.takeTouched()
		slices.Reverse(ids)
		if err := d.newsroom.ArrangeSections(d.Context(), editor, ids, ""); err != nil {
			d.Fatal(err)
		}
		list, _ := names()
		d.equal("sections", list, []string{"Economy", "Companies", "Technology", "Deals", "Markets"})
		d.equal("touched", d.takeTouched(), []string{"site"})
		if err := d.newsroom.ArrangeSections(d.Context(), editor, ids, ""); err != nil {
			d.Fatal(err)
		}
		d.equal("touched by nothing new", d.takeTouched(), []string(nil))
		for _, wrong := range [][]standfirst.SectionID{nil, ids[1:], append(slices.Clone(ids), 99), append(slices.Clone(ids[1:]), ids[1])} {
			d.wantKind(d.newsroom.ArrangeSections(d.Context(), editor, wrong, ""), standfirst.Conflict, "open the page anew")
		}
	})
}

func TestPruneTouchedGoesOn(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		d.setTime(startOfTest.Add(48 * time.Hour))
		d.runJobs()
		d.view(func(tx *store.ReadTx) error {
			at, ok, err := tx.NextJob()
			if !ok || !at.After(d.now()) {
				d.Errorf("next job at %v, %v", at, ok)
			}
			return err
		})
	})
}
