package store

import (
	"time"

	"standfirst"
)

// SectionPin is a pin with the section whose page it is on; zero is the front page.
type SectionPin struct {
	Section standfirst.SectionID
	standfirst.Pin
}

// Pins returns the pins of the section's page, or for zero of the front page, in their
// order, also those whose time is over.
func (tx *ReadTx) Pins(section standfirst.SectionID) ([]standfirst.Pin, error) {
	found, err := all(tx, scanPin, "Pins", int64(section))
	pins := make([]standfirst.Pin, len(found))
	for i, p := range found {
		pins[i] = p.Pin
	}
	return pins, err
}

// PinsOf returns where the story is pinned.
func (tx *ReadTx) PinsOf(id standfirst.StoryID) ([]SectionPin, error) {
	return all(tx, scanPin, "PinsOf", int64(id))
}

// EndedPins returns the pins whose time was over at the moment.
func (tx *ReadTx) EndedPins(at time.Time) ([]SectionPin, error) {
	return all(tx, scanPin, "EndedPins", toMicros(at))
}

// NextPinEnd returns when the next pin ends, and false if none does by itself.
func (tx *ReadTx) NextPinEnd() (at time.Time, ok bool, err error) {
	at, err = one(tx, func(row scanner) (t time.Time, err error) {
		err = row.Scan((*instant)(&t))
		return t, err
	}, "NextPinEnd")
	if err == errNoRow {
		return time.Time{}, false, nil
	}
	return at, err == nil, err
}

func scanPin(row scanner) (p SectionPin, err error) {
	var place int
	err = row.Scan(&p.Section, &place, &p.Story, (*instant)(&p.Until))
	p.Lead = place == 0
	return p, err
}

// SetPins stores the pins of a page over those that it had. A story may stand among them
// once, and only the first may lead.
func (tx *Tx) SetPins(section standfirst.SectionID, pins []standfirst.Pin) error {
	if _, err := tx.exec("DeletePins", int64(section)); err != nil {
		return err
	}
	for i, p := range pins {
		place := i + 1
		if p.Lead {
			place = 0
		}
		if _, err := tx.exec("InsertPin", int64(section), int64(place), int64(p.Story), toMicros(p.Until)); err != nil {
			return err
		}
	}
	return nil
}

// DeletePin takes the story from the top of the page; it is no error if it was not there.
func (tx *Tx) DeletePin(section standfirst.SectionID, story standfirst.StoryID) error {
	_, err := tx.exec("DeletePin", int64(section), int64(story))
	return err
}
