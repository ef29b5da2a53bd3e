package site

import (
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// TestArrangedMenus holds that readers see the menus as they were arranged, and that a page
// which is taken down leaves them by itself.
func TestArrangedMenus(t *testing.T) {
	h := newHouse(t)
	var sections []standfirst.Section
	var about standfirst.Story
	h.must(h.store.View(t.Context(), func(tx *store.ReadTx) (err error) {
		if about, err = tx.PageAt("about"); err != nil {
			return err
		}
		sections, err = tx.Sections()
		return err
	}))
	h.publishRound() // readers find deals from then on, and this menu does not name them
	links := func(selector string) string {
		var items []string
		for _, a := range get(h.site, "/about").all(selector) {
			items = append(items, textOf(a)+" "+attrOf(a, "href")+" "+attrOf(a, "aria-current"))
		}
		return strings.Join(items, ",")
	}
	h.must(h.news.SetMenu(t.Context(), standfirst.Command(), standfirst.HeaderMenu, nil, []standfirst.MenuItem{
		{Page: about.ID}, {Section: sections[4].ID, Label: "Money"}, {Address: "https://tallis.example", Label: "Tallis"},
	}))
	h.must(h.news.SetMenu(t.Context(), standfirst.Command(), standfirst.FooterMenu, nil, []standfirst.MenuItem{{Section: sections[0].ID}}))
	if got, want := links(".masthead > nav a"), "About /about page,Money /section/economy ,Tallis https://tallis.example ,Search /search "; got != want {
		t.Errorf("the menu is %q, want %q", got, want)
	}
	if got := links(".foot a"); !strings.HasPrefix(got, "Markets /section/markets ,") || strings.Contains(got, "/about") || !strings.HasSuffix(got, "/archive ") {
		t.Errorf("the foot is %q", got)
	}
	_, err := h.news.Unpublish(t.Context(), standfirst.Command(), about.ID)
	h.must(err)
	if got := get(h.site, "/").text; strings.Contains(got, `href="/about"`) || !strings.Contains(got, "Money") {
		t.Error("a page that was taken down is in the menu")
	}
}

// TestPinnedStories holds that what is pinned stands first, on the front page and on the first
// page of its section, and nowhere twice.
func TestPinnedStories(t *testing.T) {
	h := newHouse(t)
	var stories []standfirst.Story
	for n := range 8 {
		stories = append(stories, h.publish(plainStory(n)))
	}
	lead := func() string { return textOf(get(h.site, "/").all(".lead h2")[0]) }
	before := lead()
	pin := []standfirst.Pin{{Story: stories[1].ID, Lead: true}}
	h.must(h.news.ArrangeTop(t.Context(), standfirst.Command(), 0, nil, pin))
	if got := lead(); got != stories[1].Headline || before == got {
		t.Errorf("%q leads after %q", got, before)
	}
	h.must(h.news.ArrangeTop(t.Context(), standfirst.Command(), stories[2].Section, nil, []standfirst.Pin{{Story: stories[2].ID}}))
	rows := get(h.site, "/section/markets").all("article.row h2")
	if len(rows) != 8 || textOf(rows[0]) != stories[2].Headline {
		t.Errorf("%d rows in the section", len(rows))
	}
	_, err := h.news.Retract(t.Context(), standfirst.Command(), stories[1].ID, "It was not so.")
	h.must(err)
	if got := lead(); got != before {
		t.Errorf("%q leads once the pinned story is retracted", got)
	}
}

// TestPreviewOfPage holds that a preview of a standing page looks like one.
func TestPreviewOfPage(t *testing.T) {
	h := newHouse(t)
	page := h.draft(standfirst.Content{Headline: "Our masthead", Body: "All of us."}, func(d *newsroom.Draft) { d.Kind, d.Slug = standfirst.KindPage, "masthead" })
	token, _, err := h.news.SharePreview(t.Context(), standfirst.Command(), page.ID, 0)
	h.must(err)
	a := get(h.site, standfirst.PreviewPath(token))
	if !strings.Contains(a.text, "This is a preview") || !strings.Contains(a.text, "<p>All of us.</p>") || len(a.all(".byline, time")) > 1 || strings.Contains(a.text, "/version/") {
		t.Errorf("the preview is\n%s", a.text)
	}
}

// TestDisclosureUnderTheByline holds that readers see what authors and stories disclose, in
// words, and that only such pages load its sheet.
func TestDisclosureUnderTheByline(t *testing.T) {
	h := newHouse(t)
	sheet := assetPath(t, h.site, "disclosure.css")
	plain := h.publish(plainStory(1))
	c := plainStory(2)
	c.Disclosure = "Northwind advertises here."
	h.must(h.news.EditAuthor(t.Context(), standfirst.Command(), 1, newsroom.Profile{Disclosure: "Sunna <b> holds shares."}, ""))
	story := h.publish(c)
	a := get(h.site, story.Path())
	lines := a.all(".byline .disclosure")
	if len(lines) != 1 || textOf(lines[0]) != "Disclosure: Sunna <b> holds shares. Northwind advertises here." || !strings.Contains(a.text, sheet) {
		t.Errorf("the page has no disclosure:\n%s", a.text)
	}
	if got := get(h.site, plain.Path()).text; strings.Contains(got, "Disclosure:") || strings.Contains(got, sheet) {
		t.Error("a story without a disclosure has one")
	}
	if got := get(h.site, "/author/"+string(newAuthorSlug(t, h))).text; !strings.Contains(got, "Sunna &lt;b&gt; holds shares.") {
		t.Error("the page of the author says nothing")
	}
	for _, path := range []string{story.Path() + "/version/1"} {
		if got := get(h.site, path); len(got.all(".disclosure")) != 1 {
			t.Errorf("%s says nothing", path)
		}
	}
}

// newAuthorSlug returns the slug of the first author.
func newAuthorSlug(t *testing.T, h *house) (slug standfirst.Slug) {
	t.Helper()
	h.must(h.store.View(t.Context(), func(tx *store.ReadTx) error {
		a, err := tx.Author(1)
		slug = a.Slug
		return err
	}))
	return slug
}

// TestPictureOfAnAuthor holds that the page of an author shows their picture, also to those who
// only link to it, and that a change of it shows.
func TestPictureOfAnAuthor(t *testing.T) {
	h := newHouse(t)
	h.publish(plainStory(1))
	path := "/author/" + string(newAuthorSlug(t, h))
	if n := len(get(h.site, path).all(".portrait, meta[property='og:image']")); n != 0 {
		t.Errorf("an author without a picture has %d", n)
	}
	id := h.picture("portrait", 320, 640)
	h.must(h.news.EditAuthor(t.Context(), standfirst.Command(), 1, newsroom.Profile{Picture: id}, ""))
	a := get(h.site, path)
	shown, shared := a.all(".portrait img"), a.all("meta[property='og:image']")
	if len(shown) != 1 || len(shared) != 1 {
		t.Fatalf("the page is\n%s", a.text)
	}
	name := textOf(a.all("h1")[0])
	if alt := attrOf(shown[0], "alt"); alt != "Picture of "+name {
		t.Errorf("its alternative text is %q", alt)
	}
	person := h.things(path)["ProfilePage"]["mainEntity"].(map[string]any)
	if got := attrOf(shared[0], "content"); got != person["image"] || !strings.HasPrefix(got, baseURL+"/media/") {
		t.Errorf("search engines are told of %v, networks of %s", person["image"], got)
	}
	if err := h.news.EditAuthor(t.Context(), standfirst.Command(), 1, newsroom.Profile{Picture: 99}, ""); standfirst.KindOf(err) != standfirst.Invalid {
		t.Errorf("a picture that is not there: %v", err)
	}
}
