package newsroom_test

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
)

func TestEmbargo(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		n, ctx := d.newsroom, d.Context()
		s := d.own(reporter, "Half-year figures")
		until := startOfTest.Add(2 * time.Hour)
		_, err := n.SetEmbargo(ctx, reporter, s.ID, startOfTest, "")
		d.wantKind(err, standfirst.Invalid, "has passed")
		_, err = n.SetEmbargo(ctx, reporter, s.ID, until, "The company's own.")
		d.must(err)
		_, err = n.SetEmbargo(ctx, reporter, s.ID, until.Add(-time.Minute), "")
		d.wantKind(err, standfirst.Forbidden)
		_, err = n.SetEmbargo(ctx, reporter, s.ID, until.Add(time.Hour), "")
		d.must(err)
		_, err = n.SetEmbargo(ctx, editor, s.ID, until, "")
		d.must(err)
		_, err = n.LiftEmbargo(ctx, reporter, s.ID)
		d.wantKind(err, standfirst.Forbidden)
		for _, actor := range []standfirst.Actor{editor, standfirst.Command()} {
			_, err = n.Publish(ctx, actor, s.ID, newsroom.PublishOptions{})
			d.wantKind(err, standfirst.Conflict, "under embargo until 5 March 2026 at 16:10:00 GMT")
			_, err = n.Schedule(ctx, actor, s.ID, until.Add(-time.Second), newsroom.PublishOptions{})
			d.wantKind(err, standfirst.Conflict, "under embargo")
		}
		d.schedule(s.ID, until)
		_, err = n.SetEmbargo(ctx, editor, s.ID, until.Add(time.Minute), "")
		d.wantKind(err, standfirst.Conflict, "is scheduled")
		d.equal("touched", d.takeTouched(), []string(nil))
		d.setTime(until)
		d.runJobs()
		d.equal("at its time", d.story(s.ID).State, standfirst.Published)
		_, err = n.LiftEmbargo(ctx, editor, s.ID)
		d.wantKind(err, standfirst.Conflict, "under no embargo")

		lifted := d.create("Lifted")
		_, err = n.SetEmbargo(ctx, editor, lifted.ID, until.Add(time.Hour), "")
		d.must(err)
		show, err := n.Show(ctx, editor, lifted.ID)
		d.must(err)
		d.equal("shown", show.Embargo.Until, until.Add(time.Hour))
		_, err = n.LiftEmbargo(ctx, editor, lifted.ID)
		d.must(err)
		d.publish(lifted.ID)
	})
}

func TestEmbargoOfAnUpdate(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.fileRound("Northwind in talks").Story
		d.save(s.ID, withBody("Northwind signs", roundBody))
		_, err := d.newsroom.SetEmbargo(d.Context(), editor, s.ID, startOfTest.Add(time.Hour), "")
		d.must(err)
		d.supersede(d.cited(s.ID)[1].Claim, "about $110 billion", standfirst.SupersededByEvent, false)
		_, err = d.newsroom.ApproveSources(d.Context(), editor, s.ID)
		d.must(err)
		_, err = d.newsroom.PublishPending(d.Context(), editor, s.ID)
		d.must(err)
		d.equal("version", d.story(s.ID).PublishedNumber, 2)
		_, err = d.newsroom.Publish(d.Context(), editor, s.ID, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
		d.wantKind(err, standfirst.Conflict, "under embargo")
	})
}
