package store

import (
	"cmp"
	"slices"

	"standfirst"
)

// StoryFilter narrows [ReadTx.Stories]. An empty field admits every value. At most one of
// State, Section and Writer may be set, and the last two only with Kind: each list walks
// an index of its own.
type StoryFilter struct {
	State   standfirst.State
	Kind    standfirst.StoryKind
	Section string // name of that of the working copy; case does not matter
	Writer  string // who created it, as [standfirst.Actor.String]
}

// Story returns the story with the identifier, whatever its state.
func (tx *ReadTx) Story(id standfirst.StoryID) (standfirst.Story, error) {
	s, err := one(tx, scanStory, "Story", int64(id))
	return s, missing(err, "there is no story %d", id)
}

// StoriesByID returns those of the stories that are there, each once, in the order of
// identifiers.
func (tx *ReadTx) StoriesByID(ids []standfirst.StoryID) ([]standfirst.Story, error) {
	return all(tx, scanStory, "StoriesByID", toList(ids))
}

// StoryAt returns the dated story at the address, whatever its state.
func (tx *ReadTx) StoryAt(day standfirst.Day, slug standfirst.Slug) (standfirst.Story, error) {
	s, err := one(tx, scanStory, "StoryAt", toDay(day), string(slug))
	return s, missing(err, "there is no story at %s", standfirst.StoryPath(day, slug))
}

// PageAt returns the standing page at the address, whatever its state.
func (tx *ReadTx) PageAt(slug standfirst.Slug) (standfirst.Story, error) {
	s, err := one(tx, scanStory, "PageAt", string(slug))
	return s, missing(err, "there is no page at %s", standfirst.PagePath(slug))
}

// Pages returns the standing pages that are published, oldest first.
func (tx *ReadTx) Pages() ([]standfirst.Story, error) {
	return all(tx, scanStory, "Pages")
}

// Stories returns up to limit stories that the filter admits, newest identifier
// first. A list goes on with the stories before the last one it showed; it begins
// with before = 0.
func (tx *ReadTx) Stories(filter StoryFilter, before standfirst.StoryID, limit int) ([]standfirst.Story, error) {
	below, most := belowID(before), int64(limit)
	switch {
	case filter.Section != "":
		return tx.storiesOfSection(filter, below, limit)
	case filter.Writer != "":
		return all(tx, scanStory, "StoriesByWriter", string(filter.Kind), filter.Writer, below, most)
	case filter.Kind != "" && filter.State != "":
		return all(tx, scanStory, "StoriesByKindAndState", string(filter.Kind), string(filter.State), below, most)
	case filter.Kind != "":
		return all(tx, scanStory, "StoriesByKind", string(filter.Kind), below, most)
	case filter.State != "":
		return all(tx, scanStory, "StoriesByState", string(filter.State), below, most)
	default:
		return all(tx, scanStory, "Stories", below, most)
	}
}

// storiesOfSection returns up to limit stories of the section, newest identifier first: each of
// the names that it had has a list of its own, walked by its index.
func (tx *ReadTx) storiesOfSection(filter StoryFilter, below int64, limit int) ([]standfirst.Story, error) {
	keys, err := tx.sectionKeys(filter.Section)
	if err != nil {
		return nil, err
	}
	var stories []standfirst.Story
	for _, key := range keys {
		found, err := all(tx, scanStory, "StoriesBySection", string(filter.Kind), key, below, int64(limit))
		if err != nil {
			return nil, err
		}
		stories = append(stories, found...)
	}
	slices.SortFunc(stories, func(a, b standfirst.Story) int { return cmp.Compare(b.ID, a.ID) })
	return stories[:min(len(stories), limit)], nil
}

// CountStories returns how many stories of the kind are in the state, and at most limit: it
// costs no more when there are more.
func (tx *ReadTx) CountStories(kind standfirst.StoryKind, state standfirst.State, limit int) (int, error) {
	return one(tx, func(row scanner) (n int, err error) {
		err = row.Scan(&n)
		return n, err
	}, "CountStories", string(kind), string(state), int64(limit))
}

func scanStory(row scanner) (s standfirst.Story, err error) {
	err = row.Scan(&s.ID, &s.Kind, &s.State, &s.Access, numberInto(&s.Section), &s.Slug, (*flag)(&s.SlugChosen),
		(*day)(&s.Day), (*instant)(&s.FirstPublished), (*instant)(&s.Updated), numberInto(&s.Current), &s.PublishedNumber,
		&s.Headline, &s.RetractionNote, &s.ForeignID, &s.FeedGUID, (*instant)(&s.OriginalDate),
		(*instant)(&s.CreatedAt), &s.CreatedBy)
	return s, err
}

// InsertStory stores a new story with the content as version 1 of its working
// copy. The headline of the story is that of the content; an empty access becomes
// public and a zero time of creation becomes now. It returns a Conflict error if
// another story has the address.
func (tx *Tx) InsertStory(s standfirst.Story, c standfirst.Content) (standfirst.StoryID, error) {
	if s.Access == "" {
		s.Access = standfirst.AccessPublic
	}
	s.Headline = c.Headline
	s.CreatedAt = tx.orNow(s.CreatedAt)
	key, err := tx.sectionKey(c.Section)
	if err != nil {
		return 0, err
	}
	id, err := one(&tx.ReadTx, scanID[standfirst.StoryID], "InsertStory",
		append(storyColumns(s), toMicros(s.CreatedAt), s.CreatedBy, key)...)
	if err != nil {
		return 0, taken(err, "the address %s is taken by another story", addressOf(s))
	}
	_, err = tx.exec("InsertWorkingCopy", int64(id), c.Headline, c.Standfirst, c.Body, toJSON(restOf(c)),
		toMicros(s.CreatedAt), s.CreatedBy)
	if err != nil {
		return 0, err
	}
	return id, tx.usePictures(id, 0, c)
}

// UpdateStory stores every column of the story that may change: all but its
// identifier and who created it when. It returns a Conflict error if another story
// has the address.
func (tx *Tx) UpdateStory(s standfirst.Story) error {
	if err := tx.requireFreeAddress(s); err != nil {
		return err
	}
	changed, err := tx.exec("UpdateStory", append(storyColumns(s), int64(s.ID))...)
	if err == nil && changed == 0 {
		err = errNoRow
	}
	return missing(err, "there is no story %d", s.ID)
}

// storyColumns returns what is stored for the mutable columns, in their order in
// InsertStory and UpdateStory.
func storyColumns(s standfirst.Story) []any {
	return []any{
		string(s.Kind), string(s.State), string(s.Access), toNumber(s.Section), string(s.Slug), toFlag(s.SlugChosen),
		toDay(s.Day), toMicros(s.FirstPublished), toMicros(s.Updated), toNumber(s.Current), int64(s.PublishedNumber),
		s.Headline, s.RetractionNote, s.ForeignID, s.FeedGUID, toMicros(s.OriginalDate),
	}
}

// requireFreeAddress looks for another story at the address, so that the answer is
// the same on both engines: on PostgreSQL a violated index ends the transaction.
// One that slips in between is caught by the index, and Update runs again.
func (tx *Tx) requireFreeAddress(s standfirst.Story) error {
	var other standfirst.Story
	var err error
	switch {
	case s.Kind == standfirst.KindPage:
		other, err = one(&tx.ReadTx, scanStory, "PageAt", string(s.Slug))
	case s.Day.IsZero():
		return nil
	default:
		other, err = one(&tx.ReadTx, scanStory, "StoryAt", toDay(s.Day), string(s.Slug))
	}
	if err == nil && other.ID != s.ID {
		return standfirst.Errorf(standfirst.Conflict, "the address %s is taken by another story", addressOf(s))
	}
	if err == errNoRow {
		return nil
	}
	return err
}

// addressOf returns the address of a story for messages; one that has no day yet
// has only its slug.
func addressOf(s standfirst.Story) string {
	if path := s.Path(); path != "" {
		return path
	}
	return string(s.Slug)
}
