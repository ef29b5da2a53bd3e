package standfirst

import "slices"

// State is where a story stands. A story that is published keeps its state while
// a later revision of it is drafted or scheduled.
type State string

const (
	Draft       State = "draft"       // being written; nobody outside sees it
	InReview    State = "in review"   // handed to an editor
	Scheduled   State = "scheduled"   // goes out by itself at a set time
	Published   State = "published"   // readers see it
	Unpublished State = "unpublished" // was published; its address answers 410
	Retracted   State = "retracted"   // was published; its address carries the retraction in place of the text
	Spiked      State = "spiked"      // a draft that was set aside; nobody outside ever saw it
)

// moves lists, for each state, the states that may follow it. A scheduled story
// becomes unpublished when it had been published before and its schedule is taken back.
var moves = map[State][]State{
	Draft:       {InReview, Scheduled, Published, Spiked},
	InReview:    {Draft, Scheduled, Published, Spiked},
	Scheduled:   {Draft, InReview, Scheduled, Published, Unpublished},
	Published:   {Published, Unpublished, Retracted},
	Unpublished: {Scheduled, Published, Retracted},
	Retracted:   {}, // for good: what was withdrawn does not come back in silence
	Spiked:      {Draft},
}

// States returns every state in the order of a story's life.
func States() []State {
	return []State{Draft, InReview, Scheduled, Published, Unpublished, Retracted, Spiked}
}

// Valid reports whether s is one of the states.
func (s State) Valid() bool { return slices.Contains(States(), s) }

// CanBecome reports whether a story in state s may be moved to the next state.
// Published to published is an update.
func (s State) CanBecome(next State) bool { return slices.Contains(moves[s], next) }

// Public reports whether a story in this state has a page of its own for readers.
func (s State) Public() bool { return s == Published || s == Retracted }

// Move returns nil if the story may go from s to next and a Conflict error that
// says where it may go instead.
func (s State) Move(next State) error {
	if s.CanBecome(next) {
		return nil
	}
	if len(moves[s]) == 0 {
		return Errorf(Conflict, "a story that is %s stays so and cannot become %s", s, next)
	}
	allowed := ""
	for i, m := range moves[s] {
		if i > 0 {
			allowed += ", "
		}
		allowed += string(m)
	}
	return Errorf(Conflict, "a story that is %s cannot become %s; from here it can become: %s", s, next, allowed)
}
