package site

import (
	"standfirst"
	"standfirst/internal/feed"
)

// authorPage tells who an author is and lists what they wrote.
type authorPage struct {
	Layout    layout
	Name      string
	Role      string
	Bio       string
	Discloses string
	Picture   *picture // nil for none
	List      list
}

func loadAuthor(rd *reading, at address) (*view, error) {
	a, err := rd.tx.AuthorBySlug(at.slug)
	if err != nil {
		return nil, err
	}
	rd.tag(standfirst.AuthorTag(a.ID))
	p := &authorPage{Name: a.Name, Role: a.Role, Bio: a.Bio, Discloses: a.Disclosure}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.describe(rd, "profile", rd.listTitle(at, a.Name), a.Bio, at.key)
	portrait, err := rd.portrait(p, a)
	if err != nil {
		return nil, err
	}
	p.Layout.followed(at.path, a.Name)
	p.List, err = rd.list(at, layoutList, func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
		return rd.tx.AuthorCards(a.ID, after, limit)
	})
	if err != nil {
		return nil, err
	}
	for i, c := range p.List.Cards {
		if len(c.Authors) == 1 {
			p.List.Cards[i].Authors = nil // every row would say what the heading says
		}
	}
	who := feed.Author{Name: a.Name, Role: a.Role, Address: rd.outside(at.path)}
	return &view{template: "author", data: p}, rd.describeList(&p.Layout, at, a.Name, p.List.Cards, feed.AuthorPage(who, a.Bio, portrait))
}

// portrait shows the picture of the author on their page, and returns the address of its widest
// size; empty for none.
func (rd *reading) portrait(p *authorPage, a standfirst.Author) (string, error) {
	if a.Picture == 0 {
		return "", nil
	}
	stored, err := rd.tx.Picture(a.Picture)
	if err != nil {
		return "", err
	}
	files := shownFiles(stored)
	shown := &standfirst.LeadPicture{ID: a.Picture, Alt: rd.words.Text("author.picture", a.Name)}
	p.Picture = rd.picture(shown, files, sizesPortrait)
	rd.crop(p.Picture, stored.Focus)
	rd.sheets.Portrait = true
	p.Layout.Preview.Image = rd.previewImage(shown, files)
	if p.Layout.Preview.Image == nil {
		return "", nil
	}
	return p.Layout.Preview.Image.Address, nil
}
