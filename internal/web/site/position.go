package site

import (
	"strconv"
	"strings"
	"time"

	"standfirst"
)

// formatPosition writes a place in a list as it stands in an address: the
// microseconds of the first publication since 1970 and the number of the story.
func formatPosition(p standfirst.Position) string {
	return strconv.FormatInt(p.FirstPublished.UnixMicro(), 10) + "." + p.ID.String()
}

// parsePosition reads what formatPosition writes, in that spelling only, so that
// one page has one address.
func parsePosition(text string) (standfirst.Position, bool) {
	micros, id, _ := strings.Cut(text, ".")
	m, err := strconv.ParseInt(micros, 10, 64)
	n, err2 := strconv.ParseInt(id, 10, 64)
	if err != nil || err2 != nil || n <= 0 {
		return standfirst.Position{}, false
	}
	p := standfirst.Position{FirstPublished: time.UnixMicro(m).UTC(), ID: standfirst.StoryID(n)}
	return p, formatPosition(p) == text
}

// positionOf returns the place of a card in every list it is in.
func positionOf(c standfirst.Card) standfirst.Position {
	return standfirst.Position{FirstPublished: c.FirstPublished, ID: c.ID}
}

// checkPosition returns errNoPage unless the position is the zero one or that of a
// story. So a list has no more addresses than there are stories, however many
// somebody makes up.
func (rd *reading) checkPosition(p standfirst.Position) error {
	if p == (standfirst.Position{}) {
		return nil
	}
	story, err := rd.tx.Story(p.ID)
	if err != nil {
		return err
	}
	if story.Kind != standfirst.KindStory || !story.FirstPublished.Equal(p.FirstPublished) {
		return errNoPage
	}
	return nil
}
