package desk

import (
	"net/http"
	"strings"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

const pagesPath = Prefix + "/pages"

// mostPages bounds how many standing pages are listed.
const mostPages = 200

// pageRoutes adds the pages on which standing pages are listed and made, and the menus
// arranged. Their text is edited as that of a story.
func (d *Desk) pageRoutes(metrics *web.Metrics) {
	d.route("GET /desk/pages", d.member((*member).pages), metrics)
	d.route("POST /desk/pages", d.member((*member).createPage), metrics)
	d.route("GET /desk/menus", d.member((*member).menus), metrics)
	d.route("POST /desk/menus", d.member((*member).arrangeMenu), metrics)
}

// pagesPage lists the standing pages, and makes one.
type pagesPage struct {
	Layout   layout
	Failure  string
	Pages    []standingRow
	Headline string // typed before
	Slug     string
	Menus    bool // there is a link to the menus
}

// standingRow is one standing page in the list.
type standingRow struct {
	Path     string // at the desk
	Address  string
	Headline string
	State    string
	StateKey string
	Live     bool
	Saved    moment
	SavedBy  string
	Pending  bool // readers see another text
}

func (m *member) pages() error { return m.pagesPage(http.StatusOK, &pagesPage{}) }

// pagesPage answers with the page.
func (m *member) pagesPage(status int, p *pagesPage) error {
	actor := m.staff.Actor()
	if err := actor.Require(standfirst.EditPage); err != nil {
		return err
	}
	p.Layout, p.Menus = m.layout(m.Text("desk.pages")), actor.Can(standfirst.ManageSections)
	pages, err := m.newsroom.StandingPages(m.r.Context(), actor, mostPages)
	if err != nil {
		return err
	}
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		p.Pages = nil
		for _, d := range pages {
			s := d.Story
			p.Pages = append(p.Pages, standingRow{
				Path: storyPath(s.ID), Address: standfirst.PagePath(s.Slug), Headline: d.WorkingCopy.Content.Headline,
				State: m.Text("state." + stateKey(s.State)), StateKey: stateKey(s.State), Live: s.State.Public(), Pending: d.Pending && s.State.Public(),
				Saved: m.moment(d.WorkingCopy.UpdatedAt, pub.Location()), SavedBy: newsroom.ActorName(tx, d.WorkingCopy.UpdatedBy),
			})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return m.render(m.w, m.r, status, "pages", p)
}

// createPage makes a draft of a page, whose address is made of its headline if none is
// chosen.
func (m *member) createPage() error {
	if err := m.form(); err != nil {
		return err
	}
	p := &pagesPage{Headline: strings.TrimSpace(m.r.PostFormValue("headline")), Slug: strings.Trim(strings.TrimSpace(m.r.PostFormValue("slug")), "/")}
	slug := standfirst.Slug(p.Slug)
	if slug == "" {
		slug = standfirst.Slugify(p.Headline)
	}
	draft := newsroom.Draft{Kind: standfirst.KindPage, Slug: slug, Content: standfirst.Content{Headline: p.Headline}}
	var err error
	var page standfirst.Story
	if p.Headline == "" {
		if err = m.staff.Actor().Require(standfirst.EditPage); err == nil {
			err = standfirst.Errorf(standfirst.Invalid, "the page needs a name")
		}
	} else {
		page, err = m.newsroom.Create(m.r.Context(), m.staff.Actor(), draft)
	}
	switch {
	case err == nil:
		http.Redirect(m.w, m.r, storyPath(page.ID), http.StatusSeeOther)
		return nil
	case standfirst.KindOf(err) == standfirst.Invalid:
		p.Failure = message(err)
		return m.pagesPage(http.StatusUnprocessableEntity, p)
	case standfirst.KindOf(err) == standfirst.Conflict:
		p.Failure = message(err)
		return m.pagesPage(http.StatusConflict, p)
	}
	return err
}
