package main

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/intake"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

type storyCommand struct {
	List      storyListCommand      `cmd:"" help:"List stories, the newest first."`
	Show      storyShowCommand      `cmd:"" help:"Show a story as Markdown with front matter."`
	Revise    storyReviseCommand    `cmd:"" help:"Replace the text or the slug of a story."`
	Schedule  storyScheduleCommand  `cmd:"" help:"Set when a story goes out, or take that back."`
	Publish   storyPublishCommand   `cmd:"" help:"Publish a story, or the newest text of one that is published."`
	Unpublish storyUnpublishCommand `cmd:"" help:"Take a story away; its address then answers 410."`
	Retract   storyRetractCommand   `cmd:"" help:"Retract a story; its address then shows the note."`
	Erase     storyEraseCommand     `cmd:"" help:"Take words away for good, from every version; a stub stays, and a takedown on the record."`
}

// reference names a story on the command line: its number, its path or its full address.
type reference struct {
	Story string `arg:"" help:"Number, path or address of the story."`
}

// find returns the story that the reference names.
func (ref reference) find(ctx context.Context, r *room) (story standfirst.Story, err error) {
	err = r.store.View(ctx, func(tx *store.ReadTx) error {
		if id, parseErr := strconv.ParseInt(ref.Story, 10, 64); parseErr == nil {
			story, err = tx.Story(standfirst.StoryID(id))
			return err
		}
		u, parseErr := url.Parse(ref.Story)
		if parseErr != nil || len(u.Path) < 2 {
			return standfirst.Errorf(standfirst.Invalid, "%q is neither the number nor the address of a story", ref.Story)
		}
		if story, err = storyAt(tx, u.Path); err == nil || standfirst.KindOf(err) != standfirst.NotFound {
			return err
		}
		old, oldErr := tx.OldAddress(u.Path)
		if oldErr == nil && old.Target != "" {
			story, err = storyAt(tx, old.Target)
		}
		return err
	})
	if err != nil && standfirst.KindOf(err) == standfirst.NotFound {
		return story, standfirst.Errorf(standfirst.NotFound, "there is no story %q here; standfirst story list shows what there is", ref.Story)
	}
	return story, err
}

// storyAt returns the story or page whose address the path is.
func storyAt(tx *store.ReadTx, path string) (standfirst.Story, error) {
	if day, slug, ok := standfirst.ParseStoryPath(path); ok {
		return tx.StoryAt(day, slug)
	}
	return tx.PageAt(standfirst.Slug(strings.TrimPrefix(path, "/")))
}

// with opens the newsroom, finds the story and does something with it.
func (ref reference) with(ctx context.Context, con *console, p place, do func(*room, standfirst.Publication, standfirst.Story) error) error {
	return p.within(ctx, con, func(r *room, pub standfirst.Publication) error {
		story, err := ref.find(ctx, r)
		if err != nil {
			return err
		}
		return do(r, pub, story)
	})
}

type storyListCommand struct {
	place
	Pages   bool   `help:"List standing pages instead of stories."`
	Pending bool   `help:"List the stories for which a revision was prepared because a figure changed."`
	State   string `help:"Only stories in this state (draft, in review, scheduled, published, unpublished, retracted, spiked)."`
	Before  int64  `help:"Only stories with a smaller number: the way to older ones."`
	Limit   int    `default:"30" help:"At most so many."`
}

// Run prints a line for each story: number, state, address and headline.
func (c *storyListCommand) Run(ctx context.Context, con *console) error {
	state := standfirst.State(c.State)
	if c.State != "" && !state.Valid() {
		return usageError{"--state: there is no state " + strconv.Quote(c.State)}
	}
	if c.Limit < 1 || c.Limit > 1000 {
		return usageError{"--limit takes 1 to 1000"}
	}
	r, err := c.openExisting(ctx, con)
	if err != nil {
		return err
	}
	defer r.close()
	pub, err := r.publication(ctx)
	if err != nil {
		return err
	}
	if c.Pending {
		return r.printPending(ctx, con, pub, c.place, c.Limit)
	}
	filter := store.StoryFilter{State: state, Kind: standfirst.KindStory}
	if c.Pages {
		filter.Kind = standfirst.KindPage
	}
	var stories []standfirst.Story
	due := make(map[standfirst.StoryID]time.Time)
	err = r.store.View(ctx, func(tx *store.ReadTx) error {
		if stories, err = tx.Stories(filter, standfirst.StoryID(c.Before), c.Limit); err != nil {
			return err
		}
		for _, s := range stories {
			schedule, err := tx.Schedule(s.ID)
			if err == nil {
				due[s.ID] = schedule.At
			} else if standfirst.KindOf(err) != standfirst.NotFound {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, s := range stories {
		when, what := s.FirstPublished, "        "
		if at, ok := due[s.ID]; ok {
			when, what = at, "goes out"
		}
		day := strings.Repeat(" ", len("2006-01-02 15:04"))
		if !when.IsZero() {
			day = when.In(pub.Location()).Format("2006-01-02 15:04")
		}
		con.printf("%6d  %-11s  %s %s  %-50s  %s", s.ID, s.State, what, day, s.Path(), s.Headline)
	}
	if len(stories) == c.Limit {
		con.notef("More: standfirst story list --before %d", stories[len(stories)-1].ID)
	}
	if len(stories) == 0 {
		con.notef("No stories.")
	}
	return nil
}

// printPending prints a line for each story with a prepared revision, the newest first.
func (r *room) printPending(ctx context.Context, con *console, pub standfirst.Publication, at place, limit int) error {
	pending, err := r.newsroom.Pending(ctx, standfirst.Command(), store.PendingPosition{}, limit)
	if err != nil {
		return err
	}
	for _, p := range pending {
		var story standfirst.Story
		err := r.store.View(ctx, func(tx *store.ReadTx) (err error) {
			story, err = tx.Story(p.Story)
			return err
		})
		if err != nil {
			return err
		}
		con.printf("%6d  prepared %s  %-50s  %s", p.Story, p.MadeAt.In(pub.Location()).Format("2006-01-02 15:04"), story.Path(), story.Headline)
	}
	if len(pending) == 0 {
		con.notef("No prepared revisions.")
	} else {
		con.notef("Read one with: standfirst story show %s --pending --data %s", pending[0].Story, at.Data)
		con.notef("Publish it with: standfirst story publish %s --pending --data %s", pending[0].Story, at.Data)
	}
	return nil
}

type storyShowCommand struct {
	place
	reference
	Version int  `help:"Show this published version instead of the working copy."`
	Pending bool `help:"Show the wording that was prepared because a figure changed instead of the working copy."`
	History bool `help:"List the revisions, and what was done with the story, instead."`
}

// Run prints the story's text on standard output and its state beside it.
func (c *storyShowCommand) Run(ctx context.Context, con *console) error {
	if c.Pending && c.Version > 0 {
		return usageError{"story show takes either --pending or --version"}
	}
	return c.with(ctx, con, c.place, func(r *room, pub standfirst.Publication, story standfirst.Story) error {
		if c.History {
			return r.printHistory(ctx, con, pub, story)
		}
		var content standfirst.Content
		err := r.store.View(ctx, func(tx *store.ReadTx) (err error) {
			content, err = c.content(tx, story)
			return err
		})
		if err != nil {
			return err
		}
		text, err := intake.FormatDocument(intake.Document{Content: content, Slug: story.Slug})
		if err != nil {
			return err
		}
		_, err = con.out.Write(text)
		where := "not published yet"
		if path := story.Path(); path != "" {
			where = address(pub, path)
		}
		con.notef("Story %s, %s, published versions: %d. %s", story.ID, story.State, story.PublishedNumber, where)
		if c.Pending {
			con.notef("This is the prepared wording. Publish it with: standfirst story publish %s --pending --data %s", story.ID, c.Data)
		}
		return err
	})
}

// content returns the text that the flags name.
func (c *storyShowCommand) content(tx *store.ReadTx, story standfirst.Story) (standfirst.Content, error) {
	switch {
	case c.Version > 0:
		revision, err := tx.PublishedRevision(story.ID, c.Version)
		return revision.Content, err
	case c.Pending:
		pending, err := tx.Pending(story.ID)
		if standfirst.KindOf(err) == standfirst.NotFound {
			return standfirst.Content{}, standfirst.Errorf(standfirst.NotFound, "no wording is prepared for story %s; standfirst story list --pending shows for which one is", story.ID)
		}
		if err != nil {
			return standfirst.Content{}, err
		}
		revision, err := tx.Revision(pending.Revision)
		return revision.Content, err
	}
	work, err := tx.WorkingCopy(story.ID)
	return work.Content, err
}

// printHistory prints a line for each revision, the newest first.
func (r *room) printHistory(ctx context.Context, con *console, pub standfirst.Publication, story standfirst.Story) error {
	const page = 100
	loc := pub.Location()
	for before := standfirst.RevisionID(0); ; {
		var revisions []standfirst.Revision
		err := r.store.View(ctx, func(tx *store.ReadTx) (err error) {
			revisions, err = tx.Revisions(story.ID, before, page)
			return err
		})
		if err != nil {
			return err
		}
		for _, rev := range revisions {
			number := "-"
			if rev.Number > 0 {
				number = strconv.Itoa(rev.Number)
			}
			con.printf("%4s  %-8s  %s  %s", number, rev.Purpose, rev.CreatedAt.In(loc).Format(time.RFC3339), rev.Content.Headline)
		}
		if len(revisions) < page {
			break
		}
		before = revisions[len(revisions)-1].ID
	}
	return r.printTrail(ctx, con, pub, story)
}

// printTrail prints a line for each thing that was done with the story, the newest
// first.
func (r *room) printTrail(ctx context.Context, con *console, pub standfirst.Publication, story standfirst.Story) error {
	const most = 200
	var trail []standfirst.AuditEntry
	err := r.store.View(ctx, func(tx *store.ReadTx) (err error) {
		trail, err = tx.Audits("story:"+story.ID.String(), most)
		return err
	})
	con.printf("")
	for _, entry := range trail {
		con.printf("%s  %-16s  %s  %s", entry.At.In(pub.Location()).Format(time.RFC3339), entry.Action, entry.Actor, entry.Detail)
	}
	return err
}

type storyReviseCommand struct {
	place
	reference
	File    string `arg:"" optional:"" help:"New text: plain text, Markdown or a saved web page; - is standard input."`
	Slug    string `help:"New slug; the old address then redirects."`
	Publish bool   `help:"Publish the new text at once."`
	change
}

// Run replaces what is named and leaves the rest as it is.
func (c *storyReviseCommand) Run(ctx context.Context, con *console) error {
	if c.File == "" && c.Slug == "" && !c.Publish {
		return usageError{"story revise needs a file with the new text, --slug or --publish"}
	}
	if err := c.check(); err != nil {
		return err
	}
	return c.with(ctx, con, c.place, func(r *room, pub standfirst.Publication, story standfirst.Story) error {
		if c.File != "" {
			in, name := con.in, "standard input"
			if c.File != "-" {
				f, err := openText(c.File)
				if err != nil {
					return err
				}
				defer func() { _ = f.Close() }()
				in, name = f, c.File
			}
			result, err := r.intake.Revise(ctx, standfirst.Command(), story.ID, name, in)
			if err != nil {
				return err
			}
			for _, note := range result.Notes {
				con.notef("%s: %s", name, note)
			}
			story = result.Story
		}
		if c.Slug != "" {
			var err error
			if story, err = r.newsroom.ChangeSlug(ctx, standfirst.Command(), story.ID, standfirst.Slug(c.Slug)); err != nil {
				return err
			}
		}
		if c.Publish {
			err := r.publish(ctx, con, pub, story, c.change, c.place)
			if err != nil && c.File != "" {
				con.notef("The new text is saved as the story's draft, and readers do not see it. Once what follows is mended: standfirst story publish %s --data %s", story.ID, c.Data)
			}
			return err
		}
		if !story.State.Public() {
			con.printf("story %s (%s)", story.ID, story.State)
			return nil
		}
		con.printf("%s", address(pub, story.Path()))
		if c.File != "" {
			con.notef("The new text is saved; readers see the old one until: standfirst story publish %s --data %s", story.ID, c.Data)
		}
		return nil
	})
}

type storyScheduleCommand struct {
	place
	reference
	At     string `help:"When it goes out: 2026-03-05 14:10 in the publication's time zone, or with an offset, 2026-03-05T14:10:00Z."`
	Cancel bool   `help:"Take the schedule back."`
	change
}

// Run sets or takes back the time.
func (c *storyScheduleCommand) Run(ctx context.Context, con *console) error {
	if (c.At == "") == !c.Cancel {
		return usageError{"story schedule takes either --at or --cancel"}
	}
	if err := c.check(); err != nil {
		return err
	}
	return c.with(ctx, con, c.place, func(r *room, pub standfirst.Publication, story standfirst.Story) error {
		if c.Cancel {
			story, err := r.newsroom.Unschedule(ctx, standfirst.Command(), story.ID)
			if err == nil {
				con.printf("story %s (%s)", story.ID, story.State)
			}
			return err
		}
		at, err := parseTime(c.At, pub.Location())
		if err != nil {
			return usageError{"--at: " + describe(err)}
		}
		if _, err := r.newsroom.Schedule(ctx, standfirst.Command(), story.ID, at, newsroom.PublishOptions{Change: c.change.value()}); err != nil {
			return err
		}
		con.printf("story %s goes out %s", story.ID, at.In(pub.Location()).Format("Mon 2 Jan 2006, 15:04:05 MST"))
		con.notef("It goes out while standfirst serve runs, and at its next start if it does not.")
		return nil
	})
}

// parseTime reads an instant with an offset, or a date and time in the location.
func parseTime(s string, loc *time.Location) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, s, loc); err == nil {
			return t, nil
		}
	}
	return time.Time{}, standfirst.Errorf(standfirst.Invalid, "%q is not a time; write it as 2026-03-05 14:10 or 2026-03-05T14:10:00Z", s)
}

type storyUnpublishCommand struct {
	place
	reference
}

// Run takes the story away.
func (c *storyUnpublishCommand) Run(ctx context.Context, con *console) error {
	return c.with(ctx, con, c.place, func(r *room, pub standfirst.Publication, story standfirst.Story) error {
		story, err := r.newsroom.Unpublish(ctx, standfirst.Command(), story.ID)
		if err == nil {
			con.printf("%s answers 410 from now on", address(pub, story.Path()))
		}
		return err
	})
}

type storyRetractCommand struct {
	place
	reference
	Note string `required:"" help:"What readers are told: what was wrong, and that the story is withdrawn."`
}

// Run retracts the story.
func (c *storyRetractCommand) Run(ctx context.Context, con *console) error {
	return c.with(ctx, con, c.place, func(r *room, pub standfirst.Publication, story standfirst.Story) error {
		story, err := r.newsroom.Retract(ctx, standfirst.Command(), story.ID, c.Note)
		if err == nil {
			con.printf("%s shows the retraction from now on", address(pub, story.Path()))
		}
		return err
	})
}
