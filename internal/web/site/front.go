package site

import (
	"standfirst"
	"standfirst/internal/feed"
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
		return &view{template: "front", data: p}, p.describeFront(rd)
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
	if err := p.blocks(rd, shown); err != nil {
		return nil, err
	}
	return &view{template: "front", data: p}, p.describeFront(rd)
}

// describeFront says what the site is, who publishes it, and what stands on its front page.
func (p *frontPage) describeFront(rd *reading) error {
	publisher, err := rd.publisher()
	if err != nil {
		return err
	}
	var items []string
	seen := make(map[string]bool)
	add := func(cards ...card) {
		for _, c := range cards {
			if address := rd.outside(c.Path); !seen[address] {
				seen[address] = true
				items = append(items, address)
			}
		}
	}
	if p.Lead != nil {
		add(*p.Lead)
	}
	add(p.Seconds...)
	add(p.Latest...)
	for _, b := range p.Blocks {
		add(b.Cards...)
	}
	site := feed.Site{Name: rd.pub.Name, About: rd.pub.Description, Address: rd.outside("/"), Language: rd.pub.Language, Publisher: publisher, Items: items}
	return rd.describeAs(&p.Layout, site.Nodes()...)
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
