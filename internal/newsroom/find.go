package newsroom

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// Search says which stories are looked for. An empty field admits every story.
type Search struct {
	State   standfirst.State
	Section string // name of that of the working copy; case does not matter
	Writer  string // who created it, as [standfirst.Actor.String]
	// Words must each begin a word of the headline; case does not matter.
	Words string
	// Before is the story after which the list goes on; zero begins with the newest.
	Before standfirst.StoryID
}

// Found are the stories that a search finds, the newest first.
type Found struct {
	Stories []Listed
	// Next continues the search as [Search.Before]; zero at the end of it.
	Next standfirst.StoryID
	// Bounded says that the search stopped after [SearchWindow] stories: there may be
	// older ones that fit, from Next on.
	Bounded bool
}

// Listed is a story in a list for the staff.
type Listed struct {
	standfirst.Story
	Section  string // of the working copy
	SavedAt  time.Time
	SavedBy  string // name
	Writer   string // name
	Due      time.Time
	Prepared bool // a new wording is prepared because a figure changed
}

// SearchWindow is how many stories one search looks at, at the most, so that it costs no
// more in a large archive.
const SearchWindow = 5000

// searchStep is how many stories are read at a time.
const searchStep = 500

// Find returns up to limit stories that fit the search.
func (n *Newsroom) Find(ctx context.Context, actor standfirst.Actor, s Search, limit int) (Found, error) {
	if err := signedIn(actor); err != nil {
		return Found{}, err
	}
	var found Found
	err := n.store.View(ctx, func(tx *store.ReadTx) (err error) {
		found, err = s.find(tx, limit)
		return err
	})
	return found, named(err, "find stories")
}

// filter returns the list that the search walks: the one that is likely to be shortest.
func (s Search) filter() store.StoryFilter {
	f := store.StoryFilter{Kind: standfirst.KindStory}
	switch {
	case s.Section != "":
		f.Section = s.Section
	case s.Writer != "":
		f.Writer = s.Writer
	default:
		f.State = s.State
	}
	return f
}

func (s Search) find(tx *store.ReadTx, limit int) (Found, error) {
	var found Found
	if s.Section != "" { // it may have been renamed since somebody kept the address of the list
		section, _, err := tx.CurrentNames(s.Section, nil)
		if err != nil {
			return found, err
		}
		s.Section = cmp.Or(section, s.Section)
	}
	words := strings.Fields(strings.ToLower(s.Words))
	before := s.Before
	for looked := 0; ; {
		step := searchStep
		if s == (Search{State: s.State, Before: s.Before}) {
			step = limit + 1 // all of them fit
		}
		stories, err := tx.Stories(s.filter(), before, step)
		if err != nil {
			return found, err
		}
		for _, story := range stories {
			if len(found.Stories) == limit {
				found.Next = found.Stories[limit-1].ID
				return found, nil
			}
			before = story.ID
			looked++
			if !s.fits(story, words) {
				continue
			}
			listed, err := list(tx, story)
			if err != nil {
				return found, err
			}
			found.Stories = append(found.Stories, listed)
		}
		if len(stories) < step {
			return found, nil
		}
		if looked >= SearchWindow {
			found.Next, found.Bounded = before, true
			return found, nil
		}
	}
}

// fits reports whether a story of the list that is walked fits the rest of the search.
func (s Search) fits(story standfirst.Story, words []string) bool {
	if s.State == "" && story.State == standfirst.Spiked { // is only found where it is looked for
		return false
	}
	if s.State != "" && story.State != s.State || s.Writer != "" && story.CreatedBy != s.Writer {
		return false
	}
	if len(words) == 0 {
		return true
	}
	headline := strings.FieldsFunc(strings.ToLower(story.Headline), func(r rune) bool { return strings.ContainsRune(" \u00a0-–—“”‘’\"'(),.:;/", r) })
	for _, w := range words {
		if !slices.ContainsFunc(headline, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}

// list reads what a list tells of the story.
func list(tx *store.ReadTx, story standfirst.Story) (Listed, error) {
	l := Listed{Story: story}
	work, err := tx.WorkingCopy(story.ID)
	if err != nil {
		return l, err
	}
	section, _, err := tx.CurrentNames(work.Content.Section, nil)
	if err != nil {
		return l, err
	}
	l.Section, l.SavedAt = cmp.Or(section, work.Content.Section), work.UpdatedAt
	l.SavedBy, l.Writer = ActorName(tx, work.UpdatedBy), ActorName(tx, story.CreatedBy)
	schedule, err := tx.Schedule(story.ID)
	if is, err := found(err); err != nil {
		return l, err
	} else if is {
		l.Due = schedule.At
	}
	_, err = tx.Pending(story.ID)
	l.Prepared, err = found(err)
	return l, err
}
