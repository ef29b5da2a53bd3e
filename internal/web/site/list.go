package site

import "standfirst"

// How many stories one page of a list shows.
const (
	listLength    = 20
	archiveLength = 60
)

// list is rows of stories with the way to older ones.
type list struct {
	Cards []card
	Turn  turn
}

// turn is where a list goes on.
type turn struct {
	Newest string // the first page, from any other; else empty
	Older  string // the next page; empty at the end
}

// lister reads a stretch of a list of stories, the newest first.
type lister func(after standfirst.Position, limit int) ([]standfirst.Card, error)

// stretch reads the part of a list that begins after the address's position. It
// asks for one story more than it returns, to know whether there are older ones,
// and never counts.
func (rd *reading) stretch(at address, length int, read lister) ([]standfirst.Card, turn, error) {
	var t turn
	if err := rd.checkPosition(at.before); err != nil {
		return nil, t, err
	}
	found, err := read(at.before, length+1)
	if err != nil {
		return nil, t, err
	}
	if at.before != (standfirst.Position{}) {
		t.Newest = at.path
	}
	if len(found) > length {
		found = found[:length]
		t.Older = at.path + "?before=" + formatPosition(positionOf(found[length-1]))
	}
	return found, t, nil
}

// listTitle returns the title of a list, and says of a later page that it is one.
func (rd *reading) listTitle(at address, name string) string {
	if at.before == (standfirst.Position{}) {
		return name
	}
	return rd.words.Text("title.before", name)
}

// list reads a stretch as rows with pictures. The first picture of a page is
// loaded before the others.
func (rd *reading) list(at address, layout string, read lister) (list, error) {
	found, t, err := rd.stretch(at, listLength, read)
	if err != nil {
		return list{}, err
	}
	return list{rd.cards(found, layout, sizesThumb), t}, nil
}
