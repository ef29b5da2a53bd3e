package browsertest

import (
	"path/filepath"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// arrangedPages fills the newsroom, arranges it, and returns the pages to look at.
func (o *office) arrangedPages() map[string]string {
	o.t.Helper()
	ctx := o.t.Context()
	var member standfirst.Staff
	o.must(o.store.View(ctx, func(tx *store.ReadTx) (err error) { member, err = tx.StaffByEmail(jane); return err }))
	actor := member.Actor()
	var ids []standfirst.StoryID
	for _, headline := range []string{
		"Northwind in advanced talks to put up to $7bn into Halcyon Compute", "Tallis Foods plans to close its oldest mill",
		"Larkspur Rail wins the sleeper contract", "Orchid Ferries orders ten hulls from a yard that has never built one", "Bulk rates hold", "Quay workers vote",
		"Harbour board names a chair", "Insurers wait for spring",
	} {
		out, err := o.news.CreateAndPublish(ctx, actor, newsroom.Draft{Content: standfirst.Content{
			Headline: headline, Standfirst: "What is known, and who says so.", Body: "Two people said so.", Section: "Deals", Topics: []string{"Ports"},
			Bylines: []standfirst.Byline{{Name: "Imogen Adeyemi", Role: "Deals Correspondent"}},
		}})
		o.must(err)
		ids = append(ids, out.ID)
	}
	o.must(o.news.ArrangeTop(ctx, actor, 0, nil, []standfirst.Pin{{Story: ids[3], Lead: true}, {Story: ids[1], Until: time.Now().Add(24 * time.Hour)}}))
	var pages []standfirst.Story
	var sections []standfirst.Section
	o.must(o.store.View(ctx, func(tx *store.ReadTx) (err error) {
		if pages, err = tx.Pages(); err != nil {
			return err
		}
		sections, err = tx.Sections()
		return err
	}))
	o.must(o.news.SetMenu(ctx, actor, standfirst.HeaderMenu, nil, []standfirst.MenuItem{
		{Section: sections[1].ID}, {Section: sections[0].ID, Label: "The markets"}, {Page: pages[0].ID}, {Address: "/record", Label: "Record"},
	}))
	o.must(o.news.EditAuthor(ctx, actor, 1, newsroom.Profile{
		Role: "Deals Correspondent", Bio: "Has written about who buys whom since 2011.", Disclosure: "Imogen Adeyemi holds Northwind shares.",
	}, ""))
	disclosed, err := o.news.CreateAndPublish(ctx, actor, newsroom.Draft{Content: standfirst.Content{
		Headline: "Northwind names a treasurer", Standfirst: "Ada Quill takes over in May.", Body: "Two people said so.", Section: "Companies", Disclosure: "Northwind advertises in The Newsroom.",
		Bylines: []standfirst.Byline{{Name: "Imogen Adeyemi", Role: "Deals Correspondent"}},
	}})
	o.must(err)
	return map[string]string{
		"authors": "/desk/authors", "author": "/desk/author/1", "readers-author": "/author/imogen-adeyemi", "readers-disclosure": disclosed.Path(),
		"section": "/desk/section/" + sections[0].ID.String(), "topics": "/desk/topics", "topic": "/desk/topic/1",
		"pages": "/desk/pages", "menus": "/desk/menus?done=up&menu=header", "page": "/desk/story/" + pages[0].ID.String() + "#details",
		"front": "/desk/front?q=ferries&done=pin", "front-section": "/desk/front?section=deals", "readers-front": "/",
	}
}

// TestArrangingDesk looks at the pages on which the site is arranged, and at what readers see
// of it.
func TestArrangingDesk(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	o := newOffice(t)
	shots := shotFolder(t)
	o.signIn(b, screens[2])
	for name, path := range o.arrangedPages() {
		for _, s := range looks {
			t.Run(name+"-"+s.name, func(t *testing.T) {
				b.t = t
				b.visit(o.url+path, s)
				checkPage(t, b, o.url)
				checkAxe(t, b, axe)
				b.shoot(filepath.Join(shots, "arrange-"+name+"-"+s.name+".png"))
			})
		}
	}
}
