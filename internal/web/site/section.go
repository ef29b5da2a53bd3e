package site

import (
	"slices"

	"standfirst"
	"standfirst/internal/frontpage"
)

// sectionPage lists the stories of a section.
type sectionPage struct {
	Layout layout
	Name   string
	List   list
}

func loadSection(rd *reading, at address) (*view, error) {
	section, err := rd.tx.SectionBySlug(at.slug)
	if err != nil {
		return nil, err
	}
	rd.tag(standfirst.SectionTag(section.ID), standfirst.TopTag(section.ID))
	p := &sectionPage{Name: section.Name}
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.describe(rd, "website", rd.listTitle(at, section.Name), "", at.key)
	p.Layout.followed(at.path, section.Name)
	p.List, err = rd.list(at, layoutList, func(after standfirst.Position, limit int) ([]standfirst.Card, error) {
		return rd.tx.SectionCards(section.ID, after, limit)
	})
	if err != nil {
		return nil, err
	}
	if at.before == (standfirst.Position{}) {
		if err := p.top(rd, section.ID); err != nil {
			return nil, err
		}
	}
	for i := range p.List.Cards {
		p.List.Cards[i].Section = nil // every row would say what the heading says
	}
	return &view{template: "section", data: p}, rd.describeList(&p.Layout, at, section.Name, p.List.Cards)
}

// top puts the stories that are pinned before the newest.
func (p *sectionPage) top(rd *reading, section standfirst.SectionID) error {
	tops, err := frontpage.Tops(rd.tx, section, rd.now)
	if err != nil || len(tops) == 0 {
		return err
	}
	pinned := make([]card, len(tops))
	for i, t := range tops {
		pinned[i] = rd.card(t.Card, layoutList, sizesThumb)
	}
	newer := slices.DeleteFunc(p.List.Cards, func(c card) bool {
		return slices.ContainsFunc(pinned, func(top card) bool { return top.Path == c.Path })
	})
	p.List.Cards = slices.Concat(pinned, newer)
	return nil
}
