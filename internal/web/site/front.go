package site

import (
	"cmp"
	"slices"
	"time"

	"standfirst"
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

// How much the front page shows. What it reads grows with none of the archive.
const (
	frontCandidates = 24 // newest stories among which the lead and the seconds are found
	frontSeconds    = 2
	frontLatest     = 9
	secondsInRow    = 2 // as the style sheet has it
	blockLength     = 4

	// pictureSpan is how much older than the newest story one with a picture may be
	// to lead in its place: a long weekend.
	pictureSpan = 72 * time.Hour
)

// Without a picture the lead is so low that more stories stand below it and fewer
// in the list beside it, for both to end at about the same height.
const (
	plainSeconds = 4
	plainLatest  = 7 // and one for each row of seconds that has a picture
	// plainEnough is how many stories beside the lead fill both.
	plainEnough = plainSeconds + 5
)

// fewStories is how many stories beside the lead all stand below it: so few would
// leave the list beside it all but empty.
const fewStories = 4

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
	newest, err := rd.tx.Latest(standfirst.Position{}, frontCandidates)
	if err != nil {
		return nil, err
	}
	if len(newest) == 0 {
		return &view{template: "front", data: p}, nil
	}
	shown := make(map[standfirst.StoryID]bool)
	p.lead(rd, newest, shown)
	latest := p.latestLength()
	for _, c := range newest {
		if !shown[c.ID] && len(p.Latest) < latest {
			p.Latest = append(p.Latest, rd.card(c, layoutShort, ""))
		}
	}
	if err := p.blocks(rd, shown); err != nil {
		return nil, err
	}
	return &view{template: "front", data: p}, nil
}

// lead fills in the story that leads and those that stand second: the next ones
// that were not retracted.
func (p *frontPage) lead(rd *reading, newest []standfirst.Card, shown map[standfirst.StoryID]bool) {
	first := leading(newest)
	lead := rd.card(first, layoutFull, sizesLead)
	lead.Published = withZone(first.FirstPublished, rd.loc, layoutFull)
	if lead.Picture != nil {
		lead.Picture.First = true
	}
	p.Lead = &lead
	shown[first.ID] = true
	next := slices.DeleteFunc(slices.Clone(newest), func(c standfirst.Card) bool {
		return c.ID == first.ID || c.State == standfirst.Retracted
	})
	seconds := frontSeconds
	switch {
	case len(next) <= fewStories:
		seconds = len(next)
	case lead.Picture == nil && len(next) >= plainEnough:
		seconds = plainSeconds
	}
	for _, c := range next[:seconds] {
		p.Seconds = append(p.Seconds, rd.card(c, layoutShort, sizesHalf))
		shown[c.ID] = true
	}
	if seconds > secondsInRow { // those with pictures share a row, so that none stands beside a hole
		slices.SortStableFunc(p.Seconds, func(a, b card) int { return cmp.Compare(height(a), height(b)) })
	}
}

// latestLength returns how many stories the list holds that stands beside the lead
// and the seconds.
func (p *frontPage) latestLength() int {
	if p.Lead.Picture != nil {
		return frontLatest
	}
	length := plainLatest
	for row := range slices.Chunk(p.Seconds, secondsInRow) {
		if slices.ContainsFunc(row, func(c card) bool { return c.Picture != nil }) {
			length++
		}
	}
	return length
}

// height orders cards by how high they are: first those with pictures.
func height(c card) int {
	if c.Picture != nil {
		return 0
	}
	return 1
}

// leading returns the story that leads: the newest, or the newest with a picture if
// that is hardly older. A retracted story leads only where there is no other.
func leading(newest []standfirst.Card) standfirst.Card {
	first := slices.IndexFunc(newest, func(c standfirst.Card) bool { return c.State != standfirst.Retracted })
	if first < 0 {
		return newest[0]
	}
	for _, c := range newest[first:] {
		if newest[first].FirstPublished.Sub(c.FirstPublished) > pictureSpan {
			break
		}
		if hasPicture(c) {
			return c
		}
	}
	return newest[first]
}

// hasPicture reports whether lists show the story with a picture.
func hasPicture(c standfirst.Card) bool {
	return c.Picture != nil && len(c.Thumb) > 0 && c.State != standfirst.Retracted
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
