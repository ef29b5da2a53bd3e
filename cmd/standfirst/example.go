package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"standfirst"
	"standfirst/examples"
	"standfirst/internal/discuss"
	"standfirst/internal/intake"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// exampleTail is how long after the last example the newsroom is looked at: long enough
// for what was only rumoured to have expired.
const exampleTail = 25 * 24 * time.Hour

// fileExamples writes the embedded texts and pictures into dir, as a reporter
// would have them, files each at its own time, does with the figures what an editor did
// then, and returns the addresses, the newest first.
func (r *room) fileExamples(ctx context.Context, con *console, dir string) ([]string, error) {
	manifest, err := examples.ReadManifest(examples.FS)
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(dir, examples.FS); err != nil {
		return nil, err
	}
	bar := newProgress(con, int64(len(manifest)), "filing the examples")
	defer bar.done()
	paths := make([]string, len(manifest))
	var last time.Time
	for i, entry := range manifest {
		name := filepath.Join(dir, entry.File)
		if last, err = exampleTime(name, entry); err != nil {
			return nil, err
		}
		result, err := r.asOf(last).fileOne(ctx, con, name, intake.Options{
			Publish: true, Accept: true, Date: standfirst.DayOf(last, time.UTC), Section: entry.Section, Topics: entry.Topics,
		})
		if err != nil {
			return nil, fmt.Errorf("example %s: %w", entry.File, err)
		}
		for _, step := range entry.Then {
			if err := r.asOf(step.At).take(ctx, step); err != nil {
				return nil, fmt.Errorf("after example %s: %s of %s: %w", entry.File, step.Property, step.Subject, err)
			}
		}
		for _, edit := range entry.Edits {
			if err := r.asOf(edit.At).edit(ctx, result.Story.ID, edit); err != nil {
				return nil, fmt.Errorf("after example %s: edit: %w", entry.File, err)
			}
		}
		for _, event := range entry.Events {
			if err := r.asOf(last).plan(ctx, result.Story.ID, event); err != nil {
				return nil, fmt.Errorf("after example %s: event %s: %w", entry.File, event.Title, err)
			}
		}
		if err := r.discussExample(ctx, result.Story.ID, entry.Talk); err != nil {
			return nil, fmt.Errorf("after example %s: %w", entry.File, err)
		}
		paths[len(manifest)-1-i] = result.Story.Path()
		bar.add(1)
	}
	return paths, r.expireExamples(ctx, last.Add(exampleTail))
}

// asOf returns the newsroom as it works at a time of its own.
func (r *room) asOf(at time.Time) *room {
	clock := func() time.Time { return at }
	then := *r
	then.newsroom = newsroom.New(r.store, newsroom.Options{Clock: clock, Logger: r.log})
	then.talk = discuss.New(r.store, discuss.Options{Clock: clock, Logger: r.log})
	then.ledger = ledger.New(r.store, ledger.Options{Clock: clock, Logger: r.log})
	then.intake = intake.New(then.newsroom, r.media, r.store, clock)
	return &then
}

// exampleTime returns when the text went out: as the manifest says, or its front matter.
func exampleTime(name string, entry examples.Entry) (time.Time, error) {
	if !entry.Date.IsZero() {
		return entry.Date, nil
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return time.Time{}, err
	}
	c, err := intake.Compose(name, b, standfirst.Day{})
	if err != nil {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339, c.Date)
}

// expireExamples lets what was only rumoured expire at the time, and leaves it at that:
// the stories are from one spring, and would all be stale by the clock on the wall.
func (r *room) expireExamples(ctx context.Context, at time.Time) error {
	if err := r.asOf(at).ledger.ExpireJob(ctx, standfirst.Job{}); err != nil {
		return err
	}
	return r.store.Update(ctx, func(tx *store.Tx) error { return tx.CancelJob(string(standfirst.JobExpireClaims)) })
}

// take does the step with the figure that it names.
func (r *room) take(ctx context.Context, step examples.Step) error {
	claim, err := r.claimOf(ctx, step)
	if err != nil {
		return err
	}
	if step.Denied != "" {
		_, err := r.ledger.Respond(ctx, standfirst.Command(), standfirst.Response{
			Claim: claim.ID, Party: claim.Subject.Entity, Kind: standfirst.ResponseDenied, Words: step.Denied, Day: standfirst.DayOf(step.At, time.UTC),
		})
		return err
	}
	s := ledger.Supersession{Cause: causes[step.Because], Note: step.Note, Evidence: standfirst.Evidence(step.Evidence), Words: step.Value}
	if stage := standfirst.DealStage(step.Value); stage.Valid() {
		s.Value.Stage = stage
	} else {
		q, err := standfirst.ParseChange(step.Value)
		if err != nil {
			return err
		}
		s.Value.Quantity = &q
	}
	if step.Source != "" {
		s.Source = &standfirst.Attribution{Kind: standfirst.NamedSource, Words: step.Source, Day: standfirst.DayOf(step.At, time.UTC)}
	}
	_, err = r.ledger.Supersede(ctx, standfirst.Command(), claim.ID, s)
	return err
}

// edit changes the words of the published story and publishes them.
func (r *room) edit(ctx context.Context, id standfirst.StoryID, edit examples.Edit) error {
	details, err := r.newsroom.Show(ctx, standfirst.Command(), id)
	if err != nil {
		return err
	}
	content := details.WorkingCopy.Content
	if strings.Count(content.Body, edit.Old) != 1 {
		return standfirst.Errorf(standfirst.NotFound, "the words %q do not stand in the text once", edit.Old)
	}
	content.Body = strings.Replace(content.Body, edit.Old, edit.New, 1)
	if _, err := r.newsroom.Save(ctx, standfirst.Command(), id, details.WorkingCopy.Version, content); err != nil {
		return err
	}
	_, err = r.newsroom.Publish(ctx, standfirst.Command(), id, newsroom.PublishOptions{
		Change: standfirst.Change{Class: standfirst.ChangeClass(edit.Change), Note: edit.Note},
	})
	return err
}

// claimOf returns the figure that the step names.
func (r *room) claimOf(ctx context.Context, step examples.Step) (claim standfirst.Claim, err error) {
	err = r.store.View(ctx, func(tx *store.ReadTx) error {
		subject, err := findSubject(tx, step.Subject)
		if err != nil {
			return err
		}
		var party standfirst.Subject
		if step.Party != "" {
			if party, err = findSubject(tx, step.Party); err != nil {
				return err
			}
		}
		claims, err := tx.ClaimsOf(subject, store.ForDesk)
		if err != nil {
			return err
		}
		for _, c := range claims {
			if c.Property == standfirst.Property(step.Property) && c.Dimensions.Party == party.Entity {
				claim = c
				return nil
			}
		}
		return standfirst.Errorf(standfirst.NotFound, "no such figure is recorded")
	})
	return claim, err
}
