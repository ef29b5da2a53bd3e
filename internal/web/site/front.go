package site

import (
	"standfirst"
)

// frontPage is the front page: the story that leads, two more beside it, the
// latest as a list, and a block for each section that has stories.
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

// How much the front page shows. What it reads grows with none of the archive.
const (
	frontCandidates = 24 // newest stories among which the lead and the seconds are found
	frontLeads      = 6  // newest stories of which the first with a picture leads
	frontSeconds    = 2
	frontLatest     = 9
	blockLength     = 4
)

func loadFront(rd *reading, at address) (*view, error) {
	rd.tag(standfirst.FrontTag)
	p := new(frontPage)
	var err error
	if p.Layout, err = rd.layout(at); err != nil {
		return nil, err
	}
	p.Layout.Front = true
	p.Layout.describe(rd, "website", rd.pub.Name, rd.pub.Description, at.key)
	newest, err := rd.tx.Latest(standfirst.Position{}, frontCandidates)
	if err != nil {
		return nil, err
	}
	if len(newest) == 0 {
		return &view{template: "front", data: p}, nil
	}
	shown := make(map[standfirst.StoryID]bool)
	p.lead(rd, newest, shown)
	for _, c := range newest[:min(len(newest), frontLatest+len(shown))] {
		if !shown[c.ID] && len(p.Latest) < frontLatest {
			p.Latest = append(p.Latest, rd.card(c, layoutShort, ""))
		}
	}
	if err := p.blocks(rd, shown); err != nil {
		return nil, err
	}
	return &view{template: "front", data: p}, nil
}

// lead chooses the story that leads: the newest with a picture among the first few,
// or the newest of all. The next ones stand second. A retracted story does neither
// as long as there is another.
func (p *frontPage) lead(rd *reading, newest []standfirst.Card, shown map[standfirst.StoryID]bool) {
	first := -1
	for i, c := range newest {
		if c.State == standfirst.Retracted {
			continue
		}
		if first < 0 {
			first = i
		}
		if i < frontLeads && c.Picture != nil && len(c.Thumb) > 0 {
			first = i
			break
		}
	}
	first = max(first, 0)
	lead := rd.card(newest[first], layoutFull, sizesLead)
	lead.Published = withZone(newest[first].FirstPublished, rd.loc, layoutFull)
	if lead.Picture != nil {
		lead.Picture.First = true
	}
	p.Lead = &lead
	shown[newest[first].ID] = true
	for _, c := range newest {
		if len(p.Seconds) == frontSeconds {
			break
		}
		if !shown[c.ID] && c.State != standfirst.Retracted {
			p.Seconds = append(p.Seconds, rd.card(c, layoutShort, sizesHalf))
			shown[c.ID] = true
		}
	}
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
