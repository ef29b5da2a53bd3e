package intake

import (
	"context"
	"fmt"
	"io"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// Revise makes the text that r yields the working copy of the story; readers see
// it once it is published. Markdown with front matter replaces everything. Other
// texts cannot say their section, topics and picture, and keep those of the story, as
// they keep its bylines if they have none. The story keeps its slug, access and date.
// The errors are those of [Intake.File] and of saving.
func (i *Intake) Revise(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, name string, r io.Reader) (Result, error) {
	if err := actor.Require(standfirst.WriteStory); err != nil {
		return Result{}, err
	}
	c, pub, err := i.compose(ctx, name, r, standfirst.Day{})
	if err != nil {
		return Result{}, err
	}
	var story standfirst.Story
	var work standfirst.WorkingCopy
	err = i.store.View(ctx, func(tx *store.ReadTx) (err error) {
		if story, err = tx.Story(id); err != nil {
			return err
		}
		work, err = tx.WorkingCopy(id)
		return err
	})
	if err != nil {
		return Result{}, fmt.Errorf("intake: revise story %s: %w", id, err)
	}
	f := filing{intake: i, actor: actor, name: name, pub: pub, Composition: c}
	if err := f.settle(ctx); err != nil {
		return Result{}, inFile(name, err)
	}
	if !c.FrontMatter {
		f.keep(work.Content)
	}
	if f.Content.Social == (standfirst.Social{}) { // few files say it
		f.Content.Social = work.Content.Social
	}
	if err := newsroom.CheckComplete(newsroom.Prepare(f.Content)); err != nil {
		return Result{}, inFile(name, err)
	}
	if err := f.addPicture(ctx); err != nil {
		return Result{}, inFile(name, err)
	}
	if _, err := i.newsroom.Save(ctx, actor, id, work.Version, f.Content); err != nil {
		return Result{}, inFile(name, err)
	}
	result := Result{Story: story, Composition: f.Composition, Notes: f.notes()}
	if f.Slug != "" && f.Slug != story.Slug {
		result.Notes = append(result.Notes, fmt.Sprintf("the slug stays %s; change it with --slug %s", story.Slug, f.Slug))
	}
	if story.State.Public() {
		result.Path = story.Path()
	}
	result.Story.Headline = f.Content.Headline
	return result, nil
}

// keep fills in what a text without front matter cannot say.
func (f *filing) keep(old standfirst.Content) {
	c := &f.Content
	if c.Section == "" {
		c.Section = old.Section
	}
	c.Topics, c.Picture = old.Topics, old.Picture
	if len(c.Bylines) == 0 {
		c.Bylines = old.Bylines
	}
}
