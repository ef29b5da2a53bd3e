package newsroom

import (
	"context"
	"slices"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// maxStoryEvents bounds how many events of one story are looked at, and maxNotEvents how many
// words of it are called none.
const (
	maxStoryEvents = 100
	maxNotEvents   = 500
)

// storyEvents reads what is known of the events of the story.
func (f *Figures) storyEvents(tx *store.ReadTx, id standfirst.StoryID) (err error) {
	if f.Planned, err = tx.EventsOfStory(id, maxStoryEvents); err != nil {
		return err
	}
	f.NotEvents, err = tx.NotEvents(id)
	return err
}

// withoutKnownEvents leaves out the proposed events that are in the calendar from this story,
// or that somebody said are none.
func (f *Figures) withoutKnownEvents() {
	f.Proposals.Events = slices.DeleteFunc(slices.Clone(f.Proposals.Events), func(e copydesk.EventProposal) bool {
		planned := func(k standfirst.Event) bool { return k.Kind == e.Kind && k.When.DateRange == e.When }
		return slices.Contains(f.NotEvents, notFigureKey(e.Text)) || slices.ContainsFunc(f.Planned, planned)
	})
}

// AcceptEvent puts an event that the copy desk proposes of the text into the calendar, as one
// that is expected. Readers see it with the version of the story that has the words. It
// returns a Conflict if the copy desk does not propose the words; two proposals with the same
// words are told apart by where they start.
func (n *Newsroom) AcceptEvent(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, c standfirst.Content, words string, start int) (standfirst.EventID, error) {
	if err := actor.Require(standfirst.RecordEvent); err != nil {
		return 0, err
	}
	seen, err := n.ReviewFigures(ctx, actor, id, c)
	if err != nil {
		return 0, err
	}
	best := -1
	distance := func(i int) int {
		return max(seen.Proposals.Events[i].Start-start, start-seen.Proposals.Events[i].Start)
	}
	for i, e := range seen.Proposals.Events {
		if notFigureKey(e.Text) == notFigureKey(words) && (best < 0 || distance(i) < distance(best)) {
			best = i
		}
	}
	if best < 0 {
		return 0, standfirst.Errorf(standfirst.Conflict, "the copy desk proposes no event “%s” in this text any more; look at the dates again", standfirst.OneLine(words))
	}
	return n.ledger.AddEvent(ctx, actor, EventDraft(seen.Proposals, seen.Proposals.Events[best], id))
}

// EventDraft returns the proposed event of the story as the calendar takes it.
func EventDraft(p copydesk.Proposals, e copydesk.EventProposal, id standfirst.StoryID) ledger.EventDraft {
	d := ledger.EventDraft{Kind: e.Kind, Title: titled(e.What), When: standfirst.EventTime{DateRange: e.When}, Story: id, Words: e.Text}
	if e.Entity >= 0 {
		about := p.Entities[e.Entity]
		d.Title = standfirst.ShortName(about.Name) + ": " + e.What
		if about.Known != 0 {
			d.Entity = "#" + about.Known.String()
		}
	}
	if e.Deal >= 0 {
		if known := p.Deals[e.Deal].Known; known != 0 {
			d.Deal = "#" + known.String()
		}
	}
	if len(d.Title) > standfirst.MaxEventTitle {
		d.Title = titled(e.What)
	}
	return d
}

// titled returns the words with a capital at their start.
func titled(words string) string {
	if words == "" || words[0] < 'a' || words[0] > 'z' {
		return words
	}
	return string(words[0]-'a'+'A') + words[1:]
}

// NotAnEvent notes that the words announce no event in the story: the copy desk does not
// propose them again, wherever they stand in it.
func (n *Newsroom) NotAnEvent(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, words string) error {
	key := notFigureKey(words)
	if key == "" || len(key) > maxNameLength {
		return standfirst.Errorf(standfirst.Invalid, "the words that are no event have %d bytes; 1 to %d can be kept", len(key), maxNameLength)
	}
	return n.noteFigure(ctx, actor, id, "story.not-an-event", words, func(tx *store.Tx) error {
		kept, err := tx.NotEvents(id)
		if err != nil {
			return err
		}
		if len(kept) >= maxNotEvents {
			return standfirst.Errorf(standfirst.Conflict, "%d words of this story are called no event, which is the most; propose them again first", len(kept))
		}
		return tx.PutNotEvent(id, key, n.now(), actor.String())
	})
}

// ProposeEventsAgain takes back all that was called no event in the story.
func (n *Newsroom) ProposeEventsAgain(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID) error {
	return n.noteFigure(ctx, actor, id, "story.propose-events-again", "", func(tx *store.Tx) error { return tx.DropNotEvents(id) })
}
