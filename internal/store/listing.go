package store

import (
	"math"
	"time"

	"standfirst"
)

// Listing is what [Tx.SetListing] makes the rows of that lists are read from: a
// story that readers see, with the content of its current revision.
type Listing struct {
	Story   standfirst.Story
	Content standfirst.Content
	Section standfirst.SectionID // zero for none
	Topics  []standfirst.TopicID
	Authors []standfirst.AuthorID
}

// Latest returns up to limit cards after the position, newest first.
func (tx *ReadTx) Latest(after standfirst.Position, limit int) ([]standfirst.Card, error) {
	return all(tx, scanCard, "Latest", keyset(nil, after, limit)...)
}

// SectionCards returns up to limit cards of the section after the position, newest
// first.
func (tx *ReadTx) SectionCards(id standfirst.SectionID, after standfirst.Position, limit int) ([]standfirst.Card, error) {
	return all(tx, scanCard, "SectionCards", keyset(int64(id), after, limit)...)
}

// TopicCards returns up to limit cards of the topic after the position, newest
// first.
func (tx *ReadTx) TopicCards(id standfirst.TopicID, after standfirst.Position, limit int) ([]standfirst.Card, error) {
	return all(tx, scanCard, "TopicCards", keyset(int64(id), after, limit)...)
}

// AuthorCards returns up to limit cards of the author after the position, newest
// first.
func (tx *ReadTx) AuthorCards(id standfirst.AuthorID, after standfirst.Position, limit int) ([]standfirst.Card, error) {
	return all(tx, scanCard, "AuthorCards", keyset(int64(id), after, limit)...)
}

// DayCards returns up to limit cards of stories first published on the day after
// the position, newest first.
func (tx *ReadTx) DayCards(day standfirst.Day, after standfirst.Position, limit int) ([]standfirst.Card, error) {
	return all(tx, scanCard, "DayCards", keyset(day.String(), after, limit)...)
}

// CardsByID returns the cards of those of the stories that are listed, each once,
// newest first.
func (tx *ReadTx) CardsByID(ids []standfirst.StoryID) ([]standfirst.Card, error) {
	return all(tx, scanCard, "CardsByID", toList(ids))
}

// ListedAddress is where a published story is, and when it last changed.
type ListedAddress struct {
	Path                    string
	FirstPublished, Updated time.Time
}

// ListedBetween returns up to limit addresses of stories that were first published from
// one time until before another, newest first, without those that were retracted.
func (tx *ReadTx) ListedBetween(from, until time.Time, limit int) ([]ListedAddress, error) {
	return all(tx, func(row scanner) (a ListedAddress, err error) {
		err = row.Scan(&a.Path, (*instant)(&a.FirstPublished), (*instant)(&a.Updated))
		return a, err
	}, "ListedBetween", from.UnixMicro(), until.UnixMicro(), int64(limit))
}

// MonthChanged returns when the stories whose addresses have a day of the month were last
// published or changed, without those that were retracted; the zero time if there are none.
// The month is as 2026-03.
func (tx *ReadTx) MonthChanged(month string) (time.Time, error) {
	at, err := one(tx, func(row scanner) (at instant, err error) {
		err = row.Scan(&at)
		return at, err
	}, "MonthChanged", month)
	if err == errNoRow {
		return time.Time{}, nil
	}
	return time.Time(at), err
}

// keyset returns the arguments of a list query: what it lists, if it lists only a
// part, the position it goes on after, and how many rows it may return.
func keyset(of any, after standfirst.Position, limit int) []any {
	args := make([]any, 0, 4)
	if of != nil {
		args = append(args, of)
	}
	if after == (standfirst.Position{}) {
		return append(args, int64(math.MaxInt64), int64(math.MaxInt64), int64(limit))
	}
	return append(args, after.FirstPublished.UnixMicro(), int64(after.ID), int64(limit))
}

// belowID returns the identifier that a list by identifier stays below: every one
// for zero.
func belowID[T ~int64](before T) int64 {
	if before == 0 {
		return math.MaxInt64
	}
	return int64(before)
}

func scanCard(row scanner) (c standfirst.Card, err error) {
	var (
		bylines    []storedByline
		picture    *storedPicture
		file       *storedFile
		renditions []storedFile
	)
	err = row.Scan(&c.ID, &c.State, &c.Path, &c.Headline, &c.Standfirst, fromJSON{&bylines},
		textInto(&c.Section), textInto(&c.SectionSlug), (*instant)(&c.FirstPublished), (*instant)(&c.Updated),
		fromJSON{&picture}, fromJSON{&file}, fromJSON{&renditions}, numberInto(&c.Focus.X), numberInto(&c.Focus.Y))
	c.Bylines = fromBylines(bylines)
	c.Picture = fromPicture(picture)
	if c.Picture == nil {
		return c, err
	}
	c.Thumb = fromFiles(renditions)
	if len(c.Thumb) == 0 && file != nil {
		c.Thumb = []standfirst.PictureFile{standfirst.PictureFile(*file)}
	}
	return c, err
}

// SetListing makes or replaces the rows by which lists show the story. Call it in
// the transaction that changes what readers see of a published or retracted story.
func (tx *Tx) SetListing(l Listing) error {
	s := l.Story
	var picture any
	var pictureID standfirst.PictureID
	if l.Content.Picture != nil {
		picture = toJSON(toPicture(l.Content.Picture))
		pictureID = l.Content.Picture.ID
	}
	_, err := tx.exec("PutListing", int64(s.ID), string(s.State), s.Path(), s.Day.String(), toNumber(l.Section),
		l.Content.Headline, l.Content.Standfirst, toJSON(toBylines(l.Content.Bylines)), toNumber(pictureID), picture,
		toMicros(s.FirstPublished), toMicros(s.Updated))
	if err != nil {
		return err
	}
	if err := tx.clearListingOf(s.ID); err != nil {
		return err
	}
	listedAt := toMicros(s.FirstPublished)
	for i, topic := range l.Topics {
		if _, err := tx.exec("InsertListingTopic", int64(topic), listedAt, int64(s.ID), int64(i)); err != nil {
			return err
		}
	}
	for i, author := range l.Authors {
		if _, err := tx.exec("InsertListingAuthor", int64(author), listedAt, int64(s.ID), int64(i)); err != nil {
			return err
		}
	}
	return nil
}

// ClearListing takes the story out of every list.
func (tx *Tx) ClearListing(id standfirst.StoryID) error {
	if err := tx.clearListingOf(id); err != nil {
		return err
	}
	_, err := tx.exec("DeleteListing", int64(id))
	return err
}

func (tx *Tx) clearListingOf(id standfirst.StoryID) error {
	if _, err := tx.exec("DeleteListingTopics", int64(id)); err != nil {
		return err
	}
	_, err := tx.exec("DeleteListingAuthors", int64(id))
	return err
}
