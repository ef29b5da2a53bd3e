package main

import (
	"context"
	"errors"

	"standfirst"
	"standfirst/internal/newsroom"
)

// change is how a command is told why published words change.
type change struct {
	Change string `help:"Why published words change, where no superseded figure explains it: update, correction, clarification, editor's note or minor."`
	Note   string `help:"What readers are told about the change."`
}

// check refuses a change of which readers would be told nothing but that it was made.
func (c change) check() error {
	switch standfirst.ChangeClass(c.Change) {
	case standfirst.Update, standfirst.Correction, standfirst.Clarification, standfirst.EditorsNote:
		if c.Note == "" {
			return usageError{"--change \"" + c.Change + "\" needs --note \"…\": what readers are told of it"}
		}
	}
	return nil
}

// explain adds to a refusal of changed words how the command is told what they are.
func (c change) explain(err error, at place, story standfirst.StoryID) error {
	if !errors.Is(err, newsroom.ErrUnexplained) {
		return err
	}
	return standfirst.WrapError(standfirst.KindOf(err), err, "%s, as in: standfirst story publish %s --change correction --note \"…\" --data %s",
		describe(err), story, at.Data)
}

// value returns the change as the newsroom takes it.
func (c change) value() standfirst.Change {
	return standfirst.Change{Class: standfirst.ChangeClass(c.Change), Note: c.Note}
}

type storyPublishCommand struct {
	place
	reference
	change
	Pending bool `help:"Publish the revision that was prepared because a figure changed, instead of the newest text."`
}

// Run publishes and prints the address.
func (c *storyPublishCommand) Run(ctx context.Context, con *console) error {
	if err := c.check(); err != nil {
		return err
	}
	return c.with(ctx, con, c.place, func(r *room, pub standfirst.Publication, story standfirst.Story) error {
		if !c.Pending {
			return r.publish(ctx, con, pub, story, c.change, c.place)
		}
		published, err := r.newsroom.PublishPending(ctx, standfirst.Command(), story.ID)
		return report(con, pub, published, err)
	})
}

// publish publishes the working copy of the story and prints its address.
func (r *room) publish(ctx context.Context, con *console, pub standfirst.Publication, story standfirst.Story, c change, at place) error {
	published, err := r.newsroom.Publish(ctx, standfirst.Command(), story.ID, newsroom.PublishOptions{Change: c.value()})
	return report(con, pub, published, c.explain(err, at, story.ID))
}

// report prints what became of a publication.
func report(con *console, pub standfirst.Publication, published newsroom.Published, err error) error {
	if err != nil {
		return err
	}
	con.printf("%s", address(pub, published.Path()))
	if published.Unchanged {
		con.notef("Nothing had changed since version %d; nothing was published.", published.PublishedNumber)
		return nil
	}
	for _, note := range published.Made() {
		con.notef("%s", note)
	}
	con.notef("Story %s, version %d.", published.ID, published.PublishedNumber)
	return nil
}
