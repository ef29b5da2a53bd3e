package newsroom_test

import (
	"encoding/json"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/jobs"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// runJobs does everything that is due by the clock of the desk, as the server does.
func (d *desk) runJobs() {
	d.Helper()
	worker := jobs.New(d.store, jobs.Options{Clock: d.now})
	worker.Handle(standfirst.JobPublishScheduled, d.newsroom.PublishJob)
	worker.Handle(standfirst.JobPruneTouched, d.newsroom.PruneTouchedJob)
	worker.Handle(standfirst.JobEndPins, d.newsroom.EndPinsJob)
	worker.Handle(standfirst.JobExpireClaims, ledger.New(d.store, ledger.Options{Clock: d.now}).ExpireJob)
	if err := worker.Drain(d.Context()); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) schedule(id standfirst.StoryID, at time.Time) standfirst.Story {
	d.Helper()
	s, err := d.newsroom.Schedule(d.Context(), editor, id, at, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
	if err != nil {
		d.Fatal(err)
	}
	return s
}

func TestScheduleGoesOutOnTheSecond(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		at := startOfTest.Add(90 * time.Minute)
		s := d.create("At noon")
		d.equal("state", d.schedule(s.ID, at).State, standfirst.Scheduled)
		d.equal("touched", d.takeTouched(), []string(nil))
		d.save(s.ID, text("Words written after it was scheduled"))

		d.setTime(at.Add(-time.Microsecond))
		d.runJobs()
		d.equal("one microsecond before", d.story(s.ID).State, standfirst.Scheduled)
		d.setTime(at)
		d.runJobs()
		out := d.story(s.ID)
		d.equal("on the second", out.State, standfirst.Published)
		d.equal("published at", out.FirstPublished, at)
		d.equal("trail", d.actions(s.ID)[0], "publish")
		show, err := d.newsroom.Show(d.Context(), editor, s.ID)
		if err != nil {
			d.Fatal(err)
		}
		d.equal("no schedule is left", show.Schedule == nil, true)
		d.equal("the later words wait", show.Pending, true)
		revisions, err := d.newsroom.History(d.Context(), editor, s.ID, 0, 10)
		if err != nil || len(revisions) != 1 {
			d.Fatalf("%d revisions, %v", len(revisions), err)
		}
		d.equal("the scheduled text", revisions[0].Content.Headline, "At noon")
		d.equal("is version", revisions[0].Number, 1)
		d.view(func(tx *store.ReadTx) error {
			entries, err := tx.Audits("story:"+s.ID.String(), 1)
			d.equal("actor", entries[0].Actor.String(), "system")
			return err
		})
	})
}

func TestScheduleWhileTheProcessWasDown(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("Late")
		d.schedule(s.ID, startOfTest.Add(time.Hour))
		back := startOfTest.AddDate(0, 0, 2)
		d.setTime(back)
		d.runJobs()
		d.equal("published at", d.story(s.ID).FirstPublished, back)
	})
}

func TestScheduleMovesAndIsTakenBack(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		moved, back := d.create("Moved"), d.create("Taken back")
		early, late := startOfTest.Add(time.Hour), startOfTest.Add(3*time.Hour)
		d.schedule(moved.ID, early)
		stale := d.scheduledJob(moved.ID)
		d.schedule(moved.ID, late)
		d.schedule(back.ID, early)
		gone := d.scheduledJob(back.ID)
		if _, err := d.newsroom.Unschedule(d.Context(), editor, back.ID); err != nil {
			d.Fatal(err)
		}
		d.setTime(early)
		d.runJobs()
		// A worker may still hold the jobs of what was moved and taken back.
		for _, job := range []standfirst.Job{stale, gone} {
			if err := d.newsroom.PublishJob(d.Context(), job); err != nil {
				d.Error(err)
			}
		}
		d.equal("moved", d.story(moved.ID).State, standfirst.Scheduled)
		d.equal("taken back", d.story(back.ID).State, standfirst.Draft)
		d.setTime(late)
		d.runJobs()
		d.equal("moved, at its time", d.story(moved.ID).FirstPublished, late)
		if err := d.newsroom.PublishJob(d.Context(), stale); err != nil {
			d.Error(err)
		}
		d.equal("a second run", d.story(moved.ID).PublishedNumber, 1)
		revisions, _ := d.newsroom.History(d.Context(), editor, moved.ID, 0, 10)
		d.equal("moving makes no revision", len(revisions), 1)
	})
}

// scheduledJob returns the job that publishes the story, as a worker has it.
func (d *desk) scheduledJob(id standfirst.StoryID) standfirst.Job {
	d.Helper()
	var job standfirst.Job
	d.view(func(tx *store.ReadTx) error {
		s, err := tx.Schedule(id)
		job.Kind = standfirst.JobPublishScheduled
		job.Payload, _ = json.Marshal(standfirst.ScheduledPublication{At: s.At})
		return err
	})
	return job
}

// The address of a story that goes out by schedule is made of the text that goes
// out, whatever the working copy says by then.
func TestScheduledStoryKeepsItsDraftsToItself(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("Alpha deal")
		d.schedule(s.ID, startOfTest.Add(time.Hour))
		d.save(s.ID, text("Secret collapse of Beta"))
		d.setTime(startOfTest.Add(time.Hour))
		d.runJobs()
		d.equal("address", d.story(s.ID).Path(), day+"alpha-deal")
	})
}

// A job that is found due by a clock that is then set back runs again later.
func TestScheduleSurvivesAClockSetBack(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("One")
		d.schedule(s.ID, startOfTest.Add(time.Hour))
		job := d.scheduledJob(s.ID)
		d.setTime(startOfTest.Add(time.Hour - time.Millisecond))
		d.wantKind(d.newsroom.PublishJob(d.Context(), job), standfirst.Unavailable, "not due")
		d.equal("before its time", d.story(s.ID).State, standfirst.Scheduled)
		d.setTime(startOfTest.Add(time.Hour))
		d.runJobs()
		d.equal("at its time", d.story(s.ID).State, standfirst.Published)
	})
}

// A story that cannot go out holds up none of the others that are due, and is tried again.
func TestAStoryThatCannotGoOutHoldsUpNoOther(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		at := startOfTest.Add(time.Hour)
		var ids []standfirst.StoryID
		for _, headline := range []string{"First", "Kept back", "Third"} {
			ids = append(ids, d.create(headline).ID)
			d.schedule(ids[len(ids)-1], at)
		}
		d.must(d.store.Update(d.Context(), func(tx *store.Tx) error {
			return tx.PutEmbargo(standfirst.Embargo{Story: ids[1], Until: at.Add(time.Hour)})
		}))
		d.setTime(at)
		d.runJobs()
		for i, want := range []standfirst.State{standfirst.Published, standfirst.Scheduled, standfirst.Published} {
			d.equal("state", d.story(ids[i]).State, want)
		}
		d.wantKind(d.newsroom.PublishJob(d.Context(), d.scheduledJob(ids[1])), standfirst.Conflict, "under embargo")
		d.setTime(at.Add(2 * time.Hour))
		d.runJobs()
		d.equal("once it can", d.story(ids[1]).State, standfirst.Published)
	})
}

func TestPublishingWhatIsThereTakesTheScheduleBack(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.publish(d.create("One").ID)
		d.save(s.ID, text("Two"))
		d.schedule(s.ID, startOfTest.Add(time.Hour))
		d.save(s.ID, text("One"))
		d.equal("unchanged", d.publish(s.ID).Unchanged, true)
		d.setTime(startOfTest.Add(time.Hour))
		d.runJobs()
		d.equal("versions", d.story(s.ID).PublishedNumber, 1)
	})
}

func TestScheduleRefuses(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("Too late")
		_, err := d.newsroom.Schedule(d.Context(), editor, s.ID, startOfTest, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
		d.wantKind(err, standfirst.Invalid, "has passed")
		empty, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{})
		if err != nil {
			d.Fatal(err)
		}
		_, err = d.newsroom.Schedule(d.Context(), editor, empty.ID, startOfTest.Add(time.Hour), newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
		d.wantKind(err, standfirst.Invalid, "the headline is missing")
		_, err = d.newsroom.CreateAndSchedule(d.Context(), reporter, newsroom.Draft{Content: text("No right")}, startOfTest.Add(time.Hour))
		d.wantKind(err, standfirst.Forbidden)
		d.slug(s.ID, "pier")
		d.publish(s.ID)
		second := d.create("Second")
		d.slug(second.ID, "pier")
		_, err = d.newsroom.Schedule(d.Context(), editor, second.ID, startOfTest.Add(time.Hour), newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
		d.wantKind(err, standfirst.Conflict, `"pier" is taken on 2026-03-05`)
		// On another day it is free; if it is taken by then, the story goes out all the same.
		d.schedule(second.ID, startOfTest.AddDate(0, 0, 1))
		d.setTime(startOfTest.AddDate(0, 0, 1).Add(-time.Hour))
		third := d.create("Third")
		d.slug(third.ID, "pier")
		d.publish(third.ID)
		d.setTime(startOfTest.AddDate(0, 0, 1))
		d.runJobs()
		d.equal("address", d.story(second.ID).Path(), "/2026/03/06/pier-2")
	})
}

func TestScheduledUpdate(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.publish(d.create("Now").ID)
		d.save(s.ID, text("Then"))
		at := startOfTest.Add(time.Hour)
		d.equal("state", d.schedule(s.ID, at).State, standfirst.Published)
		d.setTime(at)
		d.runJobs()
		now := d.story(s.ID)
		d.equal("number", now.PublishedNumber, 2)
		d.equal("updated", now.Updated, at)
		d.equal("address", now.Path(), s.Path())
	})
}

func TestPublishingByHandTakesTheScheduleBack(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("Old words")
		d.schedule(s.ID, startOfTest.Add(time.Hour))
		d.save(s.ID, text("New words"))
		d.publish(s.ID)
		d.setTime(startOfTest.Add(2 * time.Hour))
		d.runJobs()
		now := d.story(s.ID)
		d.equal("number", now.PublishedNumber, 1)
		d.view(func(tx *store.ReadTx) error {
			r, err := tx.Revision(now.Current)
			d.equal("what readers see", r.Content.Headline, "New words")
			return err
		})
	})
}

func TestCreateAndSchedule(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		at := startOfTest.Add(time.Minute)
		s, err := d.newsroom.CreateAndSchedule(d.Context(), editor, newsroom.Draft{Content: text("Soon")}, at)
		if err != nil {
			d.Fatal(err)
		}
		d.equal("state", s.State, standfirst.Scheduled)
		d.setTime(at)
		d.runJobs()
		d.equal("path", d.story(s.ID).Path(), day+"soon")
	})
}

func TestPublishJobRefusesWhatIsNoPayload(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		if err := d.newsroom.PublishJob(d.Context(), standfirst.Job{Payload: []byte("{")}); err == nil {
			d.Error("no error")
		}
	})
}
