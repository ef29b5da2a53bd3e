// Package frontpage finds which stories stand where on the front page and on top of the
// sections' pages, for the pages of readers and for the desk that arranges them.
package frontpage

import (
	"cmp"
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// Page is what the front page shows above its sections.
type Page struct {
	Lead    *standfirst.Card  // nil in a newsroom without stories
	Seconds []standfirst.Card // below it
	Latest  []standfirst.Card // the list beside them
}

// Top is a story on top of a page because of a pin.
type Top struct {
	standfirst.Card
	standfirst.Pin
}

// How much the front page shows. What it reads grows with none of the archive.
const (
	candidates   = 24 // newest stories among which the lead and the seconds are found
	seconds      = 2
	latest       = 9
	secondsInRow = 2 // as the style sheet has it

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

// Load reads the front page as it is at the moment.
func Load(tx *store.ReadTx, now time.Time) (Page, error) {
	newest, err := tx.Latest(standfirst.Position{}, candidates)
	if err != nil || len(newest) == 0 {
		return Page{}, err
	}
	top, err := Tops(tx, 0, now)
	if err != nil {
		return Page{}, err
	}
	return arrange(newest, top), nil
}

// Tops reads the stories that are pinned on the page of the section, or for zero on the
// front page, in their order. What readers do not see as a story of that page is left out.
func Tops(tx *store.ReadTx, section standfirst.SectionID, now time.Time) ([]Top, error) {
	pins, err := tx.Pins(section)
	pins = slices.DeleteFunc(pins, func(p standfirst.Pin) bool { return p.Ended(now) })
	if err != nil || len(pins) == 0 {
		return nil, err
	}
	ids := make([]standfirst.StoryID, len(pins))
	for i, p := range pins {
		ids[i] = p.Story
	}
	cards, err := tx.CardsByID(ids)
	if err != nil {
		return nil, err
	}
	var tops []Top
	for _, p := range pins {
		i := slices.IndexFunc(cards, func(c standfirst.Card) bool { return c.ID == p.Story })
		if i >= 0 && cards[i].State != standfirst.Retracted {
			tops = append(tops, Top{cards[i], p})
		}
	}
	return tops, nil
}

// arrange gives the stories their places: first those that are pinned, then the newest.
func arrange(newest []standfirst.Card, top []Top) Page {
	var p Page
	shown := make(map[standfirst.StoryID]bool)
	for _, t := range top {
		shown[t.ID] = true
	}
	free := slices.DeleteFunc(slices.Clone(newest), func(c standfirst.Card) bool { return shown[c.ID] })
	var lead standfirst.Card
	switch {
	case len(top) > 0 && (top[0].Lead || len(free) == 0):
		lead, top = top[0].Card, top[1:]
	default:
		lead = leading(free)
	}
	p.Lead = &lead
	var next []standfirst.Card
	for _, t := range top {
		next = append(next, t.Card)
	}
	for _, c := range free {
		if c.ID != lead.ID && c.State != standfirst.Retracted {
			next = append(next, c)
		}
	}
	p.Seconds = slices.Clip(next[:p.below(len(next), len(top))])
	if len(p.Seconds) > secondsInRow && len(top) == 0 { // those with pictures share a row, so that none stands beside a hole
		p.Seconds = slices.Clone(p.Seconds)
		slices.SortStableFunc(p.Seconds, func(a, b standfirst.Card) int { return cmp.Compare(height(a), height(b)) })
	}
	shown[lead.ID] = true
	for _, c := range p.Seconds {
		shown[c.ID] = true
	}
	length := p.latestLength()
	for _, c := range newest {
		if !shown[c.ID] && len(p.Latest) < length {
			p.Latest = append(p.Latest, c)
		}
	}
	return p
}

// below returns how many stories stand below the lead, of those that could, the first of
// which are pinned.
func (p *Page) below(next, pinned int) int {
	if next <= fewStories {
		return next
	}
	n := seconds
	if !HasPicture(*p.Lead) && next >= plainEnough {
		n = plainSeconds
	}
	rows := (pinned + secondsInRow - 1) / secondsInRow
	return min(max(n, rows*secondsInRow), next)
}

// latestLength returns how many stories the list holds that stands beside the lead
// and the seconds.
func (p *Page) latestLength() int {
	if HasPicture(*p.Lead) {
		return latest
	}
	length := plainLatest
	for row := range slices.Chunk(p.Seconds, secondsInRow) {
		if slices.ContainsFunc(row, HasPicture) {
			length++
		}
	}
	return length
}

// height orders cards by how high they are: first those with pictures.
func height(c standfirst.Card) int {
	if HasPicture(c) {
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
		if HasPicture(c) {
			return c
		}
	}
	return newest[first]
}

// HasPicture reports whether lists show the story with a picture.
func HasPicture(c standfirst.Card) bool {
	return c.Picture != nil && len(c.Thumb) > 0 && c.State != standfirst.Retracted
}
