package search

import (
	"strings"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// story indexes the story as readers see it: not at all, by its headline where it was
// retracted, and by its headline and summary where it is not for everybody.
func (x *indexing) story(id standfirst.StoryID) error {
	story, err := x.tx.Story(id)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := x.comments(story); err != nil {
		return err
	}
	kind, other := standfirst.FindStory, standfirst.FindPage
	if story.Kind == standfirst.KindPage {
		kind, other = other, kind
	}
	if err := x.tx.DeleteSearchDoc(other, int64(id)); err != nil {
		return err
	}
	if !story.State.Public() || story.Current == 0 {
		return x.tx.DeleteSearchDoc(kind, int64(id))
	}
	revision, err := x.tx.Revision(story.Current)
	if err != nil {
		return err
	}
	c := revision.Content
	d := document{SearchDoc: store.SearchDoc{
		Kind: kind, Thing: int64(id), Path: story.Path(), Title: c.Headline, At: story.FirstPublished,
		Retracted: story.State == standfirst.Retracted,
	}}
	if d.Retracted {
		return x.put(d)
	}
	if err := x.describe(&d, story, c); err != nil {
		return err
	}
	return x.put(d)
}

// describe adds what is found of a story beside its headline.
func (x *indexing) describe(d *document, story standfirst.Story, c standfirst.Content) error {
	d.Summary, d.texts = c.Standfirst, []string{c.Standfirst}
	if story.Access == standfirst.AccessPublic {
		d.texts = append(d.texts, markup.PlainText(c.Body))
	}
	if story.Section != 0 {
		d.marks = append(d.marks, sectionMark(story.Section))
	}
	var names []string
	for _, b := range c.Bylines {
		x.mark(d, markAuthor, b.Name)
		for _, t := range x.cut(b.Name) {
			d.marks = append(d.marks, markAuthor+t.plain)
		}
		names = append(names, b.Name)
	}
	d.texts = append(d.texts, strings.Join(names, ", "), strings.Join(c.Topics, ", "))
	if story.Access != standfirst.AccessPublic {
		return nil
	}
	named := markup.FindNamed(c.Body)
	for _, slug := range named.Entities {
		x.mark(d, markCompany, strings.ReplaceAll(string(slug), "-", " "))
	}
	x.markTickers(d, named.Tickers...)
	entities, err := x.tx.EntitiesNamed(named.Entities, named.Tickers)
	if err != nil {
		return err
	}
	x.markCompanies(d, entities...)
	var merged []standfirst.EntityID
	for _, e := range entities {
		if e.MergedInto != 0 {
			merged = append(merged, e.MergedInto)
		}
	}
	if len(merged) == 0 {
		return nil
	}
	kept, err := x.tx.EntitiesByID(merged)
	x.markCompanies(d, kept...)
	return err
}

// comments brings the comments under the story in step where readers see them no more, or
// see them again: those are indexed by a job.
func (x *indexing) comments(story standfirst.Story) error {
	if story.Kind == standfirst.KindPage {
		return nil
	}
	if story.State != standfirst.Published {
		_, err := x.tx.DeleteSearchComments(story.ID)
		return err
	}
	n, err := x.tx.CommentCount(story.ID)
	if err != nil || n == 0 {
		return err
	}
	before, err := x.tx.SearchDoc(standfirst.FindStory, int64(story.ID))
	if err == nil && !before.Retracted || err != nil && !isNotFound(err) {
		return err
	}
	return enqueue(x.tx, standfirst.SearchIndexing{Story: story.ID, Analysis: x.name})
}

// comment indexes the comment if readers see it.
func (x *indexing) comment(id standfirst.CommentID) error {
	c, err := x.tx.Comment(id)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	story, err := x.tx.Story(c.Story)
	if err != nil {
		return err
	}
	if !c.Shown || c.State != standfirst.CommentApproved || story.State != standfirst.Published || story.Kind == standfirst.KindPage {
		return x.tx.DeleteSearchDoc(standfirst.FindComment, int64(id))
	}
	text := markup.PlainText(c.Text)
	return x.put(document{
		SearchDoc: store.SearchDoc{Kind: standfirst.FindComment, Thing: int64(id), Story: c.Story, Path: c.Path(), Summary: c.Name + ": " + text, At: c.CreatedAt},
		texts:     []string{c.Name, text},
	})
}

func isNotFound(err error) bool { return err != nil && standfirst.KindOf(err) == standfirst.NotFound }
