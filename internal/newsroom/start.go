package newsroom

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// Start is how far a new newsroom has come on the way to its first published story.
type Start struct {
	// Over says that a story was published, whatever became of it; nothing else is told then.
	Over        bool
	Publication standfirst.Publication
	Named       bool // it has another name than every new publication
	Sections    []standfirst.Section
	// Draft is the newest story, which could be the first to go out; without ID if there is none.
	Draft standfirst.Story
}

// Start returns how far the newsroom has come. Standing pages are no stories. It returns a
// NotFound before [Newsroom.SetUp].
func (n *Newsroom) Start(ctx context.Context, actor standfirst.Actor) (Start, error) {
	if err := actor.Require(standfirst.PublishStory); err != nil {
		return Start{}, err
	}
	var s Start
	err := n.store.View(ctx, func(tx *store.ReadTx) (err error) {
		s = Start{}
		if err := s.look(tx); err != nil || s.Over {
			return err
		}
		if s.Publication, err = tx.Publication(); err != nil {
			return err
		}
		s.Named = s.Publication.Name != standfirst.DefaultPublication().Name
		s.Sections, err = tx.Sections()
		return err
	})
	return s, named(err, "see how far the newsroom is from its first story")
}

// startStates are where stories are looked for: first where nearly every newsroom has one.
var startStates = []standfirst.State{
	standfirst.Published, standfirst.Unpublished, standfirst.Retracted, standfirst.Scheduled, standfirst.InReview, standfirst.Draft,
}

// look finds the newest story, or that one was published. It looks at one story of each state:
// one that is scheduled anew can be missed behind a newer, and then the way is only shown again.
func (s *Start) look(tx *store.ReadTx) error {
	for _, state := range startStates {
		newest, err := tx.Stories(store.StoryFilter{Kind: standfirst.KindStory, State: state}, 0, 1)
		if err != nil {
			return err
		}
		for _, story := range newest {
			if story.PublishedNumber > 0 {
				s.Over, s.Draft = true, standfirst.Story{}
				return nil
			}
			if story.ID > s.Draft.ID {
				s.Draft = story
			}
		}
	}
	return nil
}
