package site

import (
	"strings"

	"standfirst"
)

// card is one story in a list.
type card struct {
	Path       string
	Headline   string
	Standfirst string
	Retracted  bool
	Section    *link // nil for none
	Authors    []author
	Published  moment
	Picture    *picture // nil for none
}

// author is one name of a byline.
type author struct {
	link
	Role string
	Last bool // of several
}

// card returns what a list shows of the story and tags the page with it. The
// layout is that of its time; sizes are those of its picture, empty for a list
// that shows none.
func (rd *reading) card(c standfirst.Card, layout, sizes string) card {
	rd.tag(standfirst.StoryTag(c.ID))
	shown := card{
		Path: c.Path, Headline: c.Headline, Standfirst: c.Standfirst, Retracted: c.State == standfirst.Retracted,
		Authors: newAuthors(c.Bylines), Published: momentIn(c.FirstPublished, rd.loc, layout),
	}
	if c.Section != "" {
		shown.Section = &link{c.Section, standfirst.SectionPath(c.SectionSlug)}
	}
	if shown.Retracted {
		return withoutContent(shown)
	}
	if sizes != "" {
		shown.Picture = rd.picture(c.Picture, c.Thumb, sizes)
		rd.crop(shown.Picture, c.Focus)
	}
	return shown
}

// withoutContent takes off a retracted story's card what the story no longer says.
func withoutContent(c card) card {
	c.Standfirst, c.Picture = "", nil
	return c
}

// cards returns the cards of a list.
func (rd *reading) cards(list []standfirst.Card, layout, sizes string) []card {
	shown := make([]card, len(list))
	for i, c := range list {
		shown[i] = rd.card(c, layout, sizes)
	}
	return shown
}

// newAuthors returns the names of the bylines with their pages.
func newAuthors(bylines []standfirst.Byline) []author {
	authors := make([]author, len(bylines))
	for i, b := range bylines {
		authors[i] = author{link: link{Name: strings.TrimSpace(b.Name)}, Role: b.Role, Last: i == len(bylines)-1}
		if b.Slug != "" {
			authors[i].Path = standfirst.AuthorPath(b.Slug)
		}
	}
	return authors
}
