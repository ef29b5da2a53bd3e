package desk

import (
	"strconv"

	"standfirst"
	"standfirst/internal/newsroom"
)

// datesPanel is what stands beside a text about the events that it announces.
type datesPanel struct {
	Path      string // of the story
	CanAdd    bool
	Proposals []dateCard
	Planned   []listedEvent
	Dismissed []string // words that somebody called no event
}

// Count returns how many events the panel has.
func (p datesPanel) Count() int { return len(p.Proposals) + len(p.Planned) }

// dateCard is one event that the copy desk proposes.
type dateCard struct {
	Key                      string // by which a form names it: its place and its words
	Words, Title, Kind, When string
}

// datesPanel returns what the copy desk sees of events in the text.
func (m *member) datesPanel(id standfirst.StoryID, body string, seen newsroom.Figures) *datesPanel {
	p := &datesPanel{Path: storyPath(id), CanAdd: m.staff.Role.Can(standfirst.RecordEvent), Dismissed: seen.NotEvents}
	at := &unitCounter{text: body}
	for _, e := range seen.Proposals.Events {
		d := newsroom.EventDraft(seen.Proposals, e, id)
		p.Proposals = append(p.Proposals, dateCard{
			Key: strconv.Itoa(at.units(e.Start)) + " " + e.Text, Words: e.Text, Title: d.Title, Kind: m.Text("event.kind." + string(e.Kind)), When: e.When.Words(),
		})
	}
	for _, e := range seen.Planned {
		row := listedEvent{Path: eventPath(e.ID), Title: e.Title, Kind: m.Text("event.kind." + string(e.Kind)), When: e.When.Words(), Cancelled: e.Cancelled, Seen: m.Text("desk.event.unseen")}
		if e.Shown {
			row.Seen = m.Text("desk.event.seen")
		}
		p.Planned = append(p.Planned, row)
	}
	return p
}

// addEvent puts an event that the copy desk proposes into the calendar. The text is saved
// first.
func (m *member) addEvent() error {
	return m.noteEvent("event", func(id standfirst.StoryID, c standfirst.Content) error {
		units, words, err := figureKey(m.r.PostFormValue("event"))
		if err != nil {
			return standfirst.Errorf(standfirst.Invalid, "the form names no event")
		}
		_, err = m.newsroom.AcceptEvent(m.r.Context(), m.staff.Actor(), id, c, words, byteAt(lineFeeds(c.Body), units))
		return err
	})
}

// dismissEvent notes that words announce no event in the story. The text is saved first.
func (m *member) dismissEvent() error {
	return m.noteEvent("not-event", func(id standfirst.StoryID, _ standfirst.Content) error {
		_, words, err := figureKey(m.r.PostFormValue("event"))
		if err != nil {
			return standfirst.Errorf(standfirst.Invalid, "the form names no event")
		}
		return m.newsroom.NotAnEvent(m.r.Context(), m.staff.Actor(), id, words)
	})
}

// restoreEvents lets all words be proposed again. The text is saved first.
func (m *member) restoreEvents() error {
	return m.noteEvent("restored", func(id standfirst.StoryID, _ standfirst.Content) error {
		return m.newsroom.ProposeEventsAgain(m.r.Context(), m.staff.Actor(), id)
	})
}

// noteEvent saves the text and does what the button says, and goes back to the dates.
func (m *member) noteEvent(done string, note func(standfirst.StoryID, standfirst.Content) error) error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	f, s, err := m.typedStory()
	if err == nil {
		_, err = m.newsroom.SaveAll(m.r.Context(), m.staff.Actor(), id, s)
	}
	if err != nil {
		return m.refuseStory(id, f, err)
	}
	if err := note(id, f.content()); err != nil {
		return m.refuseStory(id, f, err)
	}
	m.toPart(id, done, "dates")
	return nil
}
