package newsroom_test

import (
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
)

// storyIn returns a story that stands in the state of the name; "scheduled again"
// is one that had been published and taken away before it was scheduled.
func (d *desk) storyIn(name string) standfirst.Story {
	d.Helper()
	s := d.create("Pier talks: " + name)
	var err error
	steps := map[string]string{
		"draft": "", "in review": "submit", "scheduled": "schedule", "published": "publish",
		"unpublished": "publish unpublish", "retracted": "publish retract", "scheduled again": "publish unpublish schedule",
		"update scheduled": "publish save schedule", "spiked": "spike",
	}
	for _, step := range strings.Fields(steps[name]) {
		if s, err = d.do(step, editor, s.ID); err != nil {
			d.Fatalf("%s: %s: %v", name, step, err)
		}
	}
	return s
}

// do carries out the use case of the name.
func (d *desk) do(name string, actor standfirst.Actor, id standfirst.StoryID) (standfirst.Story, error) {
	d.Helper()
	n, ctx := d.newsroom, d.Context()
	switch name {
	case "submit":
		return n.Submit(ctx, actor, id, newsroom.SubmitOptions{})
	case "return":
		return n.ReturnToDraft(ctx, actor, id)
	case "spike":
		return n.Spike(ctx, actor, id)
	case "schedule":
		return n.Schedule(ctx, actor, id, d.now().Add(time.Hour), newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
	case "unschedule":
		return n.Unschedule(ctx, actor, id)
	case "publish":
		p, err := n.Publish(ctx, actor, id, newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
		return p.Story, err
	case "unpublish":
		return n.Unpublish(ctx, actor, id)
	case "retract":
		return n.Retract(ctx, actor, id, "The deal was never made.")
	case "slug":
		return n.ChangeSlug(ctx, actor, id, "another-slug")
	case "save":
		_, err := n.Save(ctx, actor, id, d.version(id), text("Other words"))
		return d.story(id), err
	}
	d.Fatalf("no use case %q", name)
	return standfirst.Story{}, nil
}

// The whole table: what each use case makes of a story in each state; "-" is a
// Conflict that changes nothing.
func TestTransitions(t *testing.T) {
	table := `
                   submit     return  schedule   unschedule   publish    unpublish    retract    spike
draft            | in review  -       scheduled  -            published  -            -          spiked
in review        | -          draft   scheduled  -            published  -            -          spiked
scheduled        | in review  draft   scheduled  draft        published  -            -          -
published        | -          -       published  -            published  unpublished  retracted  -
update scheduled | published  -       published  published    published  unpublished  retracted  -
unpublished      | unpublished -      scheduled  -            published  -            retracted  -
scheduled again  | -          -       scheduled  unpublished  published  -            -          -
retracted        | -          -       -          -            -          -            -          -
spiked           | -          draft   -          -            -          -            -          -`
	lines := strings.Split(strings.Trim(table, "\n"), "\n")
	useCases := strings.Fields(lines[0])
	onEachEngine(t, func(d *desk) {
		for _, line := range lines[1:] {
			from, cells, _ := strings.Cut(line, "|")
			from = strings.TrimSpace(from)
			want := strings.Fields(strings.ReplaceAll(cells, "in review", "in_review"))
			for i, useCase := range useCases {
				before := d.storyIn(from)
				after, err := d.do(useCase, editor, before.ID)
				if want[i] == "-" {
					if err == nil || standfirst.KindOf(err) != standfirst.Conflict {
						d.Errorf("%s: %s: %v, want a Conflict", from, useCase, err)
					}
					if now := d.story(before.ID); now.State != before.State {
						d.Errorf("%s: %s failed and left the story %s", from, useCase, now.State)
					}
					continue
				}
				if state := strings.ReplaceAll(want[i], "_", " "); err != nil || string(after.State) != state || d.story(before.ID).State != after.State {
					d.Errorf("%s: %s: %s, %v, want %s", from, useCase, after.State, err, state)
				}
			}
		}
	})
}

func TestPermissions(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		mine, err := d.newsroom.Create(d.Context(), reporter, newsroom.Draft{Content: text("A reporter's own")})
		if err != nil {
			d.Fatal(err)
		}
		public := d.storyIn("published")
		for _, test := range []struct {
			actor   standfirst.Actor
			useCase string
			story   standfirst.StoryID
			want    standfirst.ErrorKind // Internal means that it is allowed
		}{
			{reporter, "save", mine.ID, standfirst.Internal},
			{other, "save", mine.ID, standfirst.Forbidden},
			{other, "submit", mine.ID, standfirst.Forbidden},
			{other, "spike", mine.ID, standfirst.Forbidden},
			{reporter, "publish", mine.ID, standfirst.Forbidden},
			{reporter, "schedule", mine.ID, standfirst.Forbidden},
			{reporter, "unpublish", public.ID, standfirst.Forbidden},
			{reporter, "retract", public.ID, standfirst.Forbidden},
			{reporter, "slug", public.ID, standfirst.Forbidden},
			{reporter, "slug", mine.ID, standfirst.Internal},
			{moderator, "save", mine.ID, standfirst.Forbidden},
			{standfirst.Actor{}, "publish", mine.ID, standfirst.Unauthenticated},
			{standfirst.Actor{}, "publish", 1 << 40, standfirst.Unauthenticated},
			{standfirst.Actor{}, "unpublish", public.ID, standfirst.Unauthenticated},
			{reporter, "submit", mine.ID, standfirst.Internal},
			{editor, "save", mine.ID, standfirst.Internal},
			{editor, "publish", mine.ID, standfirst.Internal},
		} {
			_, err := d.do(test.useCase, test.actor, test.story)
			if test.want == standfirst.Internal {
				if err != nil {
					d.Errorf("%s may not %s: %v", test.actor, test.useCase, err)
				}
				continue
			}
			if err == nil || standfirst.KindOf(err) != test.want {
				d.Errorf("%s: %s: %v, want %s", test.actor, test.useCase, err, test.want)
			}
		}
		_, err = d.newsroom.Create(d.Context(), reporter, newsroom.Draft{Kind: standfirst.KindPage, Slug: "masthead", Content: text("Masthead")})
		d.wantKind(err, standfirst.Forbidden)
		err = d.newsroom.UpdateSettings(d.Context(), editor, standfirst.DefaultPublication(), "")
		d.wantKind(err, standfirst.Forbidden)
		d.wantKind(d.newsroom.ArrangeSections(d.Context(), reporter, nil, ""), standfirst.Forbidden)
		_, err = d.newsroom.AddSection(d.Context(), reporter, "Shipping")
		d.wantKind(err, standfirst.Forbidden)
		_, err = d.newsroom.CreateAndPublish(d.Context(), reporter, newsroom.Draft{Content: text("Too fast")})
		d.wantKind(err, standfirst.Forbidden)
	})
}

func TestReviewKeepsARevision(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.storyIn("in review")
		history, err := d.newsroom.History(d.Context(), editor, s.ID, 0, 10)
		if err != nil || len(history) != 1 || history[0].Purpose != standfirst.ForReview || history[0].Number != 0 {
			d.Fatalf("history %+v, %v", history, err)
		}
		empty, err := d.newsroom.Create(d.Context(), editor, newsroom.Draft{})
		if err != nil {
			d.Fatal(err)
		}
		_, err = d.newsroom.Submit(d.Context(), editor, empty.ID, newsroom.SubmitOptions{})
		d.wantKind(err, standfirst.Invalid, "the headline is missing", "the text is missing")
	})
}
