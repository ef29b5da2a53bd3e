package browsertest

import (
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// roundBody tells of a round in words that the copy desk reads.
const roundBody = "Northwind Freight is in talks to invest up to $6 billion in Halcyon Compute, three people briefed on the discussions said.\n\n" +
	"The round would value Halcyon at about $96 billion, the people said.\n\n## What is at stake\n\n" +
	"“It is enough for a decade”, said Ada Quill, the treasurer of Northwind Freight.\n\nThe talks go on."

// writers fills the newsroom with stories of several kinds, and returns the pages to look at.
func (o *office) writers() map[string]string {
	o.t.Helper()
	ctx := o.t.Context()
	var member standfirst.Staff
	o.must(o.store.View(ctx, func(tx *store.ReadTx) (err error) { member, err = tx.StaffByEmail(jane); return err }))
	actor := member.Actor()
	c := standfirst.Content{
		Headline: "Northwind in advanced talks to put up to $6bn into Halcyon Compute", Standfirst: "The investment would come days after the freight group told staff that 4,200 office jobs would go.",
		Body: roundBody, Section: "Deals", Topics: []string{"Ports"}, Bylines: []standfirst.Byline{{Name: "Imogen Adeyemi", Role: "Deals Correspondent"}},
	}
	story, err := o.news.Create(ctx, actor, newsroom.Draft{Content: c})
	o.must(err)
	_, err = o.news.AcceptFigure(ctx, actor, story.ID, newsroom.Acceptance{Content: c, Words: "about $96 billion", Save: &newsroom.Saving{Version: 1}})
	o.must(err)
	o.must(o.news.NotAFigure(ctx, actor, story.ID, "4,200 office jobs"))
	o.publish("Skerry Cable in talks to lay a third line between the islands and the mainland")
	path := "/desk/story/" + story.ID.String()
	return map[string]string{
		"stories": "/desk/stories", "none": "/desk/stories?q=nothing&state=draft", "new": "/desk/story/new",
		"figures": path, "checks": path + "#checks", "voices": path + "#voices", "details": path + "?done=saved#details",
	}
}

// TestStoryDesk looks at the pages for stories on a phone and on a desk, in light and dark.
func TestStoryDesk(t *testing.T) {
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	o := newOffice(t)
	shots := shotFolder(t)
	o.signIn(b, screens[2])
	for name, path := range o.writers() {
		for _, s := range screens {
			t.Run(name+"-"+s.name, func(t *testing.T) {
				b.t = t
				b.visit("about:blank", s) // a fragment alone loads nothing
				b.visit(o.url+path, s)
				checkPage(t, b, o.url)
				if n := run(b, chromedp.Evaluate[int]("document.scripts.length")); n != 0 {
					t.Errorf("%d scripts", n)
				}
				checkAxe(t, b, axe)
				b.shoot(filepath.Join(shots, "story-"+name+"-"+s.name+".png"))
			})
		}
	}
}
