package newsroom

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"standfirst"
	"standfirst/internal/store"
)

const (
	// dueAtOnce is how many scheduled stories go out in one transaction. They all write
	// at the head of the public record, so that side by side they would only be in each
	// other's way; and none waits long for the others.
	dueAtOnce = 25
	// dueFailures is how many stories that cannot go out one run of the job passes over.
	dueFailures = 100
)

// PublishJob publishes every scheduled revision that is due; it is the handler of
// [standfirst.JobPublishScheduled], of which there is one for each moment at which
// something goes out. A schedule that was moved, taken back or carried out already is left
// alone, so the job may run any number of times, also on several nodes. A story that cannot
// go out holds up no other; the job then fails, and is tried again.
func (n *Newsroom) PublishJob(ctx context.Context, job standfirst.Job) error {
	var due standfirst.ScheduledPublication
	if err := json.Unmarshal(job.Payload, &due); err != nil {
		return fmt.Errorf("newsroom: publish by schedule: payload of job %s: %w", job.ID, err)
	}
	if due.At.After(n.now()) { // the clock was set back since the job was found due
		return standfirst.Errorf(standfirst.Unavailable, "what is scheduled for %s is not due yet", due.At)
	}
	failed := make(map[standfirst.StoryID]bool)
	var failures []error
	for len(failed) < dueFailures {
		published, story, err := n.publishDue(ctx, failed)
		switch {
		case err == nil && len(published) == 0:
			return errors.Join(failures...)
		case story != 0 && ctx.Err() == nil:
			failed[story] = true
			failures = append(failures, named(err, storyOperation("publish by schedule", story)))
		case err != nil:
			return named(err, "publish by schedule")
		}
		for _, p := range published {
			n.log.InfoContext(ctx, "published by schedule", "story", int64(p.ID), "path", p.Path(), "version", p.PublishedNumber)
		}
	}
	return errors.Join(failures...)
}

// publishDue publishes some of what is due, but for the stories that failed, and returns
// none once nothing is left. If a story cannot go out it publishes nothing and returns
// which one it is.
func (n *Newsroom) publishDue(ctx context.Context, failed map[standfirst.StoryID]bool) (published []Published, story standfirst.StoryID, err error) {
	err = n.store.UpdateInTurn(ctx, func(tx *store.Tx) error {
		published, story = nil, 0
		due, err := tx.DueSchedules(n.now(), dueAtOnce+len(failed))
		if err != nil {
			return err
		}
		for _, s := range due {
			if failed[s.StoryID] {
				continue
			}
			p, err := n.publishScheduled(tx, s)
			if err != nil {
				story = s.StoryID
				return err
			}
			published = append(published, p)
		}
		story = 0
		return nil
	})
	if err != nil {
		published = nil
	}
	return published, story, err
}

// publishScheduled publishes what is scheduled.
func (n *Newsroom) publishScheduled(tx *store.Tx, s standfirst.Schedule) (Published, error) {
	story, err := tx.Story(s.StoryID)
	if err != nil {
		return Published{}, err
	}
	revision, err := tx.Revision(s.Revision)
	if err != nil {
		return Published{}, err
	}
	return n.publishIn(tx, publishing{
		actor: standfirst.System(), story: story, content: revision.Content, change: revision.Change, revision: revision.ID, scheduled: true,
	})
}
