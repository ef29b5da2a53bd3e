package newsroom_test

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// hire puts somebody on the staff and returns them as the one who acts.
func (d *desk) hire(name string, role standfirst.Role) standfirst.Actor {
	d.Helper()
	s := standfirst.Staff{Email: string(standfirst.Slugify(name)) + "@ledger.example", Name: name, Role: role}
	err := d.store.Update(d.Context(), func(tx *store.Tx) (err error) {
		s.ID, err = tx.InsertStaff(s)
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return s.Actor()
}

// must fails the test at an error.
func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// review returns the review of the story, and the zero one if it has none.
func (d *desk) review(id standfirst.StoryID) standfirst.Review {
	d.Helper()
	show, err := d.newsroom.Show(d.Context(), editor, id)
	d.must(err)
	if show.Review == nil {
		return standfirst.Review{}
	}
	return *show.Review
}

// needs returns what the actor should look at, as kind and headline.
func (d *desk) needs(actor standfirst.Actor) (needs []string) {
	d.Helper()
	list, err := d.newsroom.Needs(d.Context(), actor, standfirst.NeedPosition{}, 20)
	d.must(err)
	for _, n := range list {
		needs = append(needs, string(n.Kind)+": "+n.Headline)
	}
	return needs
}

// own makes a draft of the actor's.
func (d *desk) own(actor standfirst.Actor, headline string) standfirst.Story {
	d.Helper()
	s, err := d.newsroom.Create(d.Context(), actor, newsroom.Draft{Content: text(headline)})
	d.must(err)
	return s
}

func TestReview(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		n, ctx := d.newsroom, d.Context()
		rhys, ada, kim := d.hire("Rhys Reporter", standfirst.Reporter), d.hire("Ada Editor", standfirst.Editor), d.hire("Kim Chief", standfirst.Administrator)
		s := d.own(rhys, "Pier talks")
		d.takeTouched()
		_, err := n.Submit(ctx, rhys, s.ID, newsroom.SubmitOptions{Assignee: rhys.ID})
		d.wantKind(err, standfirst.Invalid, "may review it")
		s, err = n.Submit(ctx, rhys, s.ID, newsroom.SubmitOptions{Assignee: ada.ID, Note: "Due at six."})
		d.must(err)
		d.equal("state", s.State, standfirst.InReview)
		d.equal("assignee", d.review(s.ID).AssigneeName, "Ada Editor")
		d.equal("needs of the assignee", d.needs(ada), []string{"review: Pier talks"})
		d.equal("needs of another editor", d.needs(kim), []string(nil))

		_, err = n.Reassign(ctx, ada, s.ID, 0)
		d.must(err)
		d.equal("needs of any editor", d.needs(kim), []string{"review: Pier talks"})
		d.equal("needs of a reporter", d.needs(rhys), []string(nil))
		_, err = n.Reassign(ctx, ada, s.ID, kim.ID)
		d.must(err)

		_, err = n.AskForChanges(ctx, kim, s.ID, 0, " ")
		d.wantKind(err, standfirst.Invalid)
		_, err = n.AskForChanges(ctx, kim, s.ID, 9, "Shorter.")
		d.wantKind(err, standfirst.Conflict, "was saved by")
		s, err = n.AskForChanges(ctx, kim, s.ID, 1, "Shorter.")
		d.must(err)
		d.equal("state", s.State, standfirst.Draft)
		d.equal("needs of the writer", d.needs(rhys), []string{"changes: Pier talks"})
		_, err = n.Approve(ctx, kim, s.ID, 0)
		d.wantKind(err, standfirst.Conflict, "not in review")

		// It comes back to the one who asked, unless somebody else is named.
		_, err = n.Save(ctx, rhys, s.ID, 1, text("Pier talks, shorter"))
		d.must(err)
		_, err = n.Submit(ctx, rhys, s.ID, newsroom.SubmitOptions{})
		d.must(err)
		d.equal("needs of the one who asked", d.needs(kim), []string{"review: Pier talks, shorter"})
		_, err = n.Approve(ctx, kim, s.ID, 2)
		d.must(err)
		approved := d.review(s.ID)
		d.equal("stage", approved.Stage, standfirst.Approved)
		d.equal("by", approved.Decided.By+" "+approved.Decided.Name, kim.String()+" Kim Chief")
		d.equal("version", approved.Version, 2)
		d.equal("needs", d.needs(kim), []string(nil))

		_, err = n.Save(ctx, rhys, s.ID, 2, text("Pier talks, again"))
		d.must(err)
		d.equal("an approval ends with the next save", d.review(s.ID).Stage, standfirst.ReviewAsked)
		d.equal("needs", d.needs(kim), []string{"review: Pier talks, again"})
		d.equal("touched", d.takeTouched(), []string(nil))
		d.publish(s.ID)
		d.equal("the review ends", d.review(s.ID), standfirst.Review{})
		d.equal("trail", d.actions(s.ID), []string{
			"publish", "save", "approve", "submit", "save", "ask-changes", "reassign", "reassign", "submit", "create",
		})
	})
}

// An update of a story that readers see goes the same way, and they see nothing of it.
func TestReviewOfAnUpdate(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		n, ctx := d.newsroom, d.Context()
		s := d.publish(d.create("Pier talks").ID).Story
		_, err := n.Submit(ctx, editor, s.ID, newsroom.SubmitOptions{})
		d.wantKind(err, standfirst.Conflict, "readers see this text")
		d.save(s.ID, text("Pier sold"))
		d.takeTouched()
		after, err := n.Submit(ctx, editor, s.ID, newsroom.SubmitOptions{})
		d.must(err)
		d.equal("state", after.State, standfirst.Published)
		_, err = n.Submit(ctx, editor, s.ID, newsroom.SubmitOptions{})
		d.wantKind(err, standfirst.Conflict, "in review already")
		_, err = n.AskForChanges(ctx, editor, s.ID, 0, "Who bought it?")
		d.must(err)
		_, err = n.Submit(ctx, editor, s.ID, newsroom.SubmitOptions{})
		d.must(err)
		_, err = n.ReturnToDraft(ctx, editor, s.ID)
		d.must(err)
		d.equal("taken back", d.review(s.ID), standfirst.Review{})
		_, err = n.Submit(ctx, editor, s.ID, newsroom.SubmitOptions{})
		d.must(err)
		_, err = n.Approve(ctx, editor, s.ID, 0)
		d.must(err)
		d.schedule(s.ID, startOfTest.Add(time.Hour))
		_, err = n.AskForChanges(ctx, editor, s.ID, 0, "Wait.")
		d.wantKind(err, standfirst.Conflict, "is scheduled")
		d.equal("touched before it goes out", d.takeTouched(), []string(nil))
		d.equal("what readers see", d.story(s.ID).PublishedNumber, 1)
		d.setTime(startOfTest.Add(time.Hour))
		d.runJobs()
		d.equal("version", d.story(s.ID).PublishedNumber, 2)
		d.equal("the review ends", d.review(s.ID), standfirst.Review{})
	})
}

// Whoever schedules what waits for an editor has approved it; once the schedule is taken
// back it is in review again. What was written since waits for its own approval.
func TestSchedulingApproves(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		s := d.create("Pier talks")
		_, err := d.newsroom.Submit(d.Context(), editor, s.ID, newsroom.SubmitOptions{})
		d.must(err)
		d.schedule(s.ID, startOfTest.Add(time.Hour))
		d.equal("stage", d.review(s.ID).Stage, standfirst.Approved)
		back, err := d.newsroom.Unschedule(d.Context(), editor, s.ID)
		d.must(err)
		d.equal("state", back.State, standfirst.InReview)
		_, err = d.newsroom.Schedule(d.Context(), editor, s.ID, startOfTest.Add(time.Hour), newsroom.PublishOptions{Version: 9})
		d.wantKind(err, standfirst.Conflict, "was saved by")
		d.schedule(s.ID, startOfTest.Add(time.Hour))
		d.save(s.ID, text("Pier sold"))
		d.setTime(startOfTest.Add(time.Hour))
		d.runJobs()
		d.equal("state", d.story(s.ID).State, standfirst.Published)
		d.equal("the newer text waits", d.review(s.ID).Stage, standfirst.ReviewAsked)
	})
}

// The embargo of an update does not keep back what readers are owed of the old text.
// TestReviewPermissions holds the rows of the permissions table that the workflow adds.
func TestReviewPermissions(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		n, ctx := d.newsroom, d.Context()
		rhys, olga := d.hire("Rhys Reporter", standfirst.Reporter), d.hire("Olga Other", standfirst.Reporter)
		ada, kim, mo := d.hire("Ada Editor", standfirst.Editor), d.hire("Kim Chief", standfirst.Administrator), d.hire("Mo Moderator", standfirst.Moderator)
		nobody := standfirst.Actor{}
		submitted := func() standfirst.Story {
			s := d.own(rhys, "Pier talks")
			_, err := n.Submit(ctx, rhys, s.ID, newsroom.SubmitOptions{})
			d.must(err)
			_, err = n.SetEmbargo(ctx, rhys, s.ID, d.now().Add(time.Hour), "")
			d.must(err)
			return s
		}
		for _, row := range []struct {
			useCase string
			do      func(standfirst.Actor, standfirst.StoryID) error
			may     []standfirst.Actor
		}{
			{"approve", func(a standfirst.Actor, id standfirst.StoryID) error { _, err := n.Approve(ctx, a, id, 0); return err }, []standfirst.Actor{ada, kim}},
			{"ask for changes", func(a standfirst.Actor, id standfirst.StoryID) error {
				_, err := n.AskForChanges(ctx, a, id, 0, "Why?")
				return err
			}, []standfirst.Actor{ada, kim}},
			{"reassign", func(a standfirst.Actor, id standfirst.StoryID) error {
				_, err := n.Reassign(ctx, a, id, ada.ID)
				return err
			}, []standfirst.Actor{rhys, ada, kim}},
			{"return", func(a standfirst.Actor, id standfirst.StoryID) error {
				_, err := n.ReturnToDraft(ctx, a, id)
				return err
			}, []standfirst.Actor{rhys, ada, kim}},
			{"note", func(a standfirst.Actor, id standfirst.StoryID) error {
				_, err := n.AddNote(ctx, a, id, newsroom.NewNote{Text: "Why?"})
				return err
			}, []standfirst.Actor{rhys, ada, kim}},
			{"read notes", func(a standfirst.Actor, id standfirst.StoryID) error { _, err := n.Notes(ctx, a, id, 0, 1); return err }, []standfirst.Actor{rhys, ada, kim}},
			{"lift the embargo", func(a standfirst.Actor, id standfirst.StoryID) error { _, err := n.LiftEmbargo(ctx, a, id); return err }, []standfirst.Actor{ada, kim}},
			{"move the embargo later", func(a standfirst.Actor, id standfirst.StoryID) error {
				_, err := n.SetEmbargo(ctx, a, id, d.now().Add(2*time.Hour), "")
				return err
			}, []standfirst.Actor{rhys, ada, kim}},
			{"approve sources", func(a standfirst.Actor, id standfirst.StoryID) error {
				_, err := n.ApproveSources(ctx, a, id)
				return err
			}, []standfirst.Actor{ada, kim}},
			{"preview", func(a standfirst.Actor, id standfirst.StoryID) error {
				_, _, err := n.SharePreview(ctx, a, id, 0)
				return err
			}, []standfirst.Actor{rhys, ada, kim}},
			{"list previews", func(a standfirst.Actor, id standfirst.StoryID) error {
				_, err := n.Previews(ctx, a, id, 0, 1)
				return err
			}, []standfirst.Actor{rhys, ada, kim}},
			{"lock", func(a standfirst.Actor, id standfirst.StoryID) error { _, err := n.Lock(ctx, a, id); return err }, []standfirst.Actor{rhys, ada, kim}},
			{"take over", func(a standfirst.Actor, id standfirst.StoryID) error { _, err := n.TakeOver(ctx, a, id); return err }, []standfirst.Actor{rhys, ada, kim}},
			{"see needs", func(a standfirst.Actor, _ standfirst.StoryID) error {
				_, err := n.Needs(ctx, a, standfirst.NeedPosition{}, 1)
				return err
			}, []standfirst.Actor{rhys, olga, ada, kim, mo}},
		} {
			for _, actor := range []standfirst.Actor{rhys, olga, ada, kim, mo, nobody} {
				err := row.do(actor, submitted().ID)
				allowed := false
				for _, a := range row.may {
					allowed = allowed || a == actor
				}
				switch {
				case allowed && err != nil:
					d.Errorf("%s may not %s: %v", actor.Name, row.useCase, err)
				case !allowed && err == nil:
					d.Errorf("%q may %s", actor.Name, row.useCase)
				case !allowed && actor == nobody:
					d.wantKind(err, standfirst.Unauthenticated)
				case !allowed:
					d.wantKind(err, standfirst.Forbidden)
				}
			}
		}
	})
}
