package media

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"standfirst"
	"standfirst/internal/store"
)

// SearchWindow is how many pictures one search looks at, at the most, so that it costs no
// more in a large library.
const SearchWindow = 5000

// searchStep is how many pictures are read at a time.
const searchStep = 500

// Search says which pictures are looked for. An empty field admits every picture.
type Search struct {
	// Words must each begin a word of the file's name or of what is said of the picture;
	// case does not matter.
	Words string
	By    string // who added it, as [standfirst.Actor.String]
	// Before is the picture after which the list goes on; zero begins with the newest.
	Before standfirst.PictureID
}

// Found are the pictures that a search finds, the newest first.
type Found struct {
	Pictures []standfirst.Picture
	// Next continues the search as [Search.Before]; zero at the end of it.
	Next standfirst.PictureID
	// Bounded says that the search stopped after [SearchWindow] pictures: there may be
	// older ones that fit, from Next on.
	Bounded bool
}

// Find returns up to limit pictures that fit the search.
func (l *Library) Find(ctx context.Context, actor standfirst.Actor, s Search, limit int) (Found, error) {
	if err := actor.Require(standfirst.AddPicture); err != nil {
		return Found{}, err
	}
	var found Found
	err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
		found, err = s.find(tx, limit)
		return err
	})
	if err != nil {
		return Found{}, fmt.Errorf("media: find pictures: %w", err)
	}
	return found, nil
}

func (s Search) find(tx *store.ReadTx, limit int) (Found, error) {
	var found Found
	words := wordsOf(s.Words)
	step := searchStep
	if len(words) == 0 {
		step = limit + 1 // all of them fit
	}
	for before, looked := s.Before, 0; ; {
		var pictures []standfirst.Picture
		var err error
		if s.By != "" {
			pictures, err = tx.PicturesBy(s.By, before, step)
		} else {
			pictures, err = tx.NewestPictures(before, step)
		}
		if err != nil {
			return found, err
		}
		for _, p := range pictures {
			if len(found.Pictures) == limit {
				found.Next = found.Pictures[limit-1].ID
				return found, nil
			}
			before = p.ID
			looked++
			if says(p, words) {
				found.Pictures = append(found.Pictures, p)
			}
		}
		if len(pictures) < step {
			return found, nil
		}
		if looked >= SearchWindow {
			found.Next, found.Bounded = before, true
			return found, nil
		}
	}
}

// says reports whether each of the words begins one of those that are said of the picture.
func says(p standfirst.Picture, words []string) bool {
	if len(words) == 0 {
		return true
	}
	said := wordsOf(strings.Join([]string{p.Name, p.Alt, p.Caption, p.Credit, p.Licence}, " "))
	for _, w := range words {
		if !slices.ContainsFunc(said, func(s string) bool { return strings.HasPrefix(s, w) }) {
			return false
		}
	}
	return true
}

// wordsOf returns the words of a text as they are compared.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
