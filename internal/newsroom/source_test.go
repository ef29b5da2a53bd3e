package newsroom_test

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
)

func TestAnonymousSources(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		n, ctx := d.newsroom, d.Context()
		draft := func(actor standfirst.Actor, headline, body string) standfirst.Story {
			d.Helper()
			s, err := n.Create(ctx, actor, newsroom.Draft{
				Content: withBody(headline, body), Figures: roundProposals(d, body, "up to $6 billion", "about $96 billion"), Day: marchDay,
			})
			d.must(err)
			return s
		}
		s := draft(reporter, "Northwind in talks", roundBody)
		_, err := n.Publish(ctx, editor, s.ID, newsroom.PublishOptions{})
		d.wantKind(err, standfirst.Conflict, "“up to $6 billion” (figure 1)", "“about $96 billion” (figure 2)", "no editor stands for that")
		_, err = n.Schedule(ctx, editor, s.ID, startOfTest.Add(time.Hour), newsroom.PublishOptions{})
		d.wantKind(err, standfirst.Conflict, "no editor stands for that")
		_, err = n.ApproveSources(ctx, reporter, s.ID)
		d.wantKind(err, standfirst.Forbidden)
		figures, err := n.AnonymousFigures(ctx, reporter, s.ID)
		d.must(err)
		d.equal("figures", len(figures), 2)
		d.equal("source", figures[0].Source, "people briefed on the talks")
		approved, err := n.ApproveSources(ctx, editor, s.ID)
		d.must(err)
		d.equal("approved", len(approved), 2)
		approved, err = n.ApproveSources(ctx, editor, s.ID)
		d.must(err)
		d.equal("approved again", len(approved), 0)
		_, err = n.Schedule(ctx, editor, s.ID, startOfTest.Add(time.Hour), newsroom.PublishOptions{})
		d.must(err)
		d.setTime(startOfTest.Add(time.Hour))
		d.runJobs()
		d.equal("goes out", d.story(s.ID).State, standfirst.Published)
		d.equal("trail", d.actions(s.ID), []string{"publish", "schedule", "approve-sources", "create"})

		// The command stands for it by the role of whoever runs it.
		second := draft(editor, "Northwind again", roundBody+"\n\nIt is all that is known.")
		_, err = n.Publish(ctx, standfirst.Command(), second.ID, newsroom.PublishOptions{})
		d.must(err)
	})
}
