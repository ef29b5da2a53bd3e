package site

import "standfirst"

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
	rd.tag(standfirst.SectionTag(section.ID))
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
	for i := range p.List.Cards {
		p.List.Cards[i].Section = nil // every row would say what the heading says
	}
	return &view{template: "section", data: p}, rd.describeList(&p.Layout, at, section.Name, p.List.Cards)
}
