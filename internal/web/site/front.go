package site

import (
	"standfirst"
	"standfirst/internal/frontpage"
)

// frontPage is the front page: the story that leads, more of the newest below it,
// the latest as a list beside them, and a block for each section that has stories.
type frontPage struct {
	Layout  layout
	Lead    *card // nil in a newsroom without stories
	Seconds []card
	Latest  []card
	Blocks  []block
}

// block is the newest of one section.
type block struct {
	ID      string // of its heading in the document
	Section link
	Cards   []card
}

// blockLength is how many stories of each section the front page shows.
const blockLength = 4

func loadFront(rd *reading, at address) (*view, error) {
	rd.tag(standfirst.FrontTag)
	p := new(frontPage)
	var err error
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.Front = true
	p.Layout.followed(at.path, rd.pub.Name)
	p.Layout.describe(rd, "website", rd.pub.Name, rd.pub.Description, at.key)
	page, err := frontpage.Load(rd.tx, rd.now)
	if err != nil {
		return nil, err
	}
	if page.Lead == nil {
		return &view{template: "front", data: p}, nil
	}
	shown := map[standfirst.StoryID]bool{page.Lead.ID: true}
	lead := rd.card(*page.Lead, layoutFull, sizesLead)
	lead.Published = withZone(page.Lead.FirstPublished, rd.loc, layoutFull)
	if lead.Picture != nil {
		lead.Picture.First = true
	}
	p.Lead = &lead
	for _, c := range page.Seconds {
		p.Seconds = append(p.Seconds, rd.card(c, layoutShort, sizesHalf))
		shown[c.ID] = true
	}
	for _, c := range page.Latest {
		p.Latest = append(p.Latest, rd.card(c, layoutShort, ""))
	}
	return &view{template: "front", data: p}, p.blocks(rd, shown)
}

// blocks reads the newest stories of each section, without those that stand large
// above.
func (p *frontPage) blocks(rd *reading, shown map[standfirst.StoryID]bool) error {
	sections, err := rd.tx.Sections()
	if err != nil {
		return err
	}
	for _, section := range sections {
		found, err := rd.tx.SectionCards(section.ID, standfirst.Position{}, blockLength+len(shown))
		if err != nil {
			return err
		}
		b := block{ID: "section-" + string(section.Slug), Section: link{section.Name, standfirst.SectionPath(section.Slug)}}
		for _, c := range found {
			if !shown[c.ID] && len(b.Cards) < blockLength {
				sizes := ""
				if len(b.Cards) == 0 {
					sizes = sizesThird
				}
				b.Cards = append(b.Cards, rd.card(c, layoutShort, sizes))
			}
		}
		if len(b.Cards) > 0 {
			p.Blocks = append(p.Blocks, b)
		}
	}
	return nil
}
