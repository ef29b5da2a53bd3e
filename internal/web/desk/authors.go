package desk

import (
	"net/http"
	"net/url"
	"strings"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

const (
	authorsPath   = Prefix + "/authors"
	authorPrefix  = Prefix + "/author/"
	authorsLength = 60
)

// authorRoutes adds the pages of those whose names stand in bylines.
func (d *Desk) authorRoutes(metrics *web.Metrics) {
	d.route("GET /desk/authors", d.member((*member).authors), metrics)
	d.route("GET /desk/author/{id}", d.member((*member).author), metrics)
	d.route("POST /desk/author/{id}", d.member((*member).editAuthor), metrics)
}

// authorsPage lists the authors by name.
type authorsPage struct {
	Layout  layout
	Authors []authorRow
	First   string
	More    string
}

// authorRow is one author in the list.
type authorRow struct{ Name, Path, Role, Discloses string }

func (m *member) authors() error {
	if err := m.staff.Actor().Require(standfirst.EditAuthor); err != nil {
		return err
	}
	p := &authorsPage{Layout: m.layout(m.Text("desk.authors"))}
	after := m.r.URL.Query().Get("after")
	if after != "" {
		p.First = authorsPath
	}
	var found []standfirst.Author
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		found, err = tx.Authors(after, authorsLength+1)
		return err
	})
	if err != nil {
		return err
	}
	if len(found) > authorsLength {
		found = found[:authorsLength]
		p.More = authorsPath + "?after=" + url.QueryEscape(found[authorsLength-1].Name)
	}
	for _, a := range found {
		p.Authors = append(p.Authors, authorRow{a.Name, authorPrefix + a.ID.String(), a.Role, a.Disclosure})
	}
	return m.render(m.w, m.r, http.StatusOK, "authors", p)
}

// authorPage changes what an author's page says.
type authorPage struct {
	Layout    layout
	Path      string
	Live      string
	Role      string
	Bio       string
	Discloses string
	Picture   standfirst.PictureID // zero for none
	Shown     *pictureCard         // that picture; nil for none
	Pictures  []pictureChoice
	Done      string
	Failure   string
	Guard     guard
}

func (m *member) author() error {
	p := &authorPage{}
	if m.r.URL.Query().Get("done") == "saved" {
		p.Done = m.Text("desk.author.done")
	}
	return m.authorPage(http.StatusOK, p)
}

// authorPage answers with the page. What was typed stays there with the reason of a refusal.
func (m *member) authorPage(status int, p *authorPage) error {
	if err := m.staff.Actor().Require(standfirst.EditAuthor); err != nil {
		return err
	}
	id, err := m.pathID()
	if err != nil {
		return err
	}
	var a standfirst.Author
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		a, err = tx.Author(standfirst.AuthorID(id))
		return err
	})
	if err != nil {
		return err
	}
	p.Guard.fill(a.Fingerprint(),
		field{m.Text("desk.author.role"), a.Role, p.Role}, field{m.Text("desk.author.bio"), a.Bio, p.Bio}, field{m.Text("desk.story.disclosure"), a.Disclosure, p.Discloses},
		field{m.Text("desk.story.picture"), chosenPicture(a.Picture), chosenPicture(p.Picture)})
	p.Layout, p.Path, p.Live = m.layout(a.Name), authorPrefix+a.ID.String(), standfirst.AuthorPath(a.Slug)
	if p.Failure == "" {
		p.Role, p.Bio, p.Discloses, p.Picture = a.Role, a.Bio, a.Disclosure, a.Picture
	}
	if err := m.authorPictures(p); err != nil {
		return err
	}
	return m.render(m.w, m.r, status, "author", p)
}

// chosenPicture returns the value of a choice of pictures, which is empty for none.
func chosenPicture(id standfirst.PictureID) string {
	if id == 0 {
		return ""
	}
	return id.String()
}

// authorPictures reads the pictures that one can choose from, and shows the chosen one.
func (m *member) authorPictures(p *authorPage) error {
	return m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		var used []standfirst.PictureID
		if p.Picture != 0 {
			used = []standfirst.PictureID{p.Picture}
		}
		chosen, err := tx.PicturesByID(used)
		if err != nil {
			return err
		}
		for _, picture := range chosen {
			card := m.pictureCard(picture)
			p.Shown = &card
		}
		p.Pictures, err = m.pictureChoices(tx, used)
		return err
	})
}

func (m *member) editAuthor() error {
	id, err := m.pathID()
	if err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	f := m.r.PostFormValue
	p := &authorPage{Role: f("role"), Bio: strings.ReplaceAll(f("bio"), "\r\n", "\n"), Discloses: f("disclosure")}
	p.Picture = pictureNumber(f("picture"))
	profile := newsroom.Profile{Role: p.Role, Bio: p.Bio, Disclosure: p.Discloses, Picture: p.Picture}
	err = m.newsroom.EditAuthor(m.r.Context(), m.staff.Actor(), standfirst.AuthorID(id), profile, m.seen())
	if status, told := refusedForm(err); told != "" {
		p.Failure, p.Guard = told, m.guardOf(err)
		return m.authorPage(status, p)
	}
	if err != nil {
		return err
	}
	http.Redirect(m.w, m.r, authorPrefix+standfirst.AuthorID(id).String()+"?done=saved", http.StatusSeeOther)
	return nil
}
