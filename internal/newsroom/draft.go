package newsroom

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// Draft is what a story begins with.
type Draft struct {
	Kind    standfirst.StoryKind // empty means a story
	Content standfirst.Content
	// Slug, when not empty, is chosen: it is never changed silently. Otherwise one
	// is made of the headline, and follows it until the first publication.
	Slug   standfirst.Slug
	Access standfirst.Access // empty means public
	// OriginalDate is the date that the text carries, if it is from the past: the
	// address is then of that day.
	OriginalDate time.Time
	// Figures, when not nil, is what the copy desk read in the body: it is recorded in
	// the ledger, not checked by an editor, and the body cites it. Day is the day of the
	// text.
	Figures *copydesk.Proposals
	Day     standfirst.Day
	// FilingDigest, when not empty, names the file that the text came from, so that
	// the same file is not filed twice.
	FilingDigest string
	// ApproveAnonymous is as in [PublishOptions], for a draft that goes out at once or is
	// scheduled at once.
	ApproveAnonymous bool
}

// Create makes a draft with its working copy. It returns an Invalid error for a
// text or slug that cannot be kept, and a Conflict when a page has the slug
// already or the file has been filed.
func (n *Newsroom) Create(ctx context.Context, actor standfirst.Actor, d Draft) (standfirst.Story, error) {
	story, content, err := newStory(actor, d)
	if err != nil {
		return standfirst.Story{}, err
	}
	var created standfirst.Story
	err = n.update(ctx, "create a draft", func(tx *store.Tx) error {
		created, _, err = n.createIn(tx, actor, story, content, d)
		return err
	})
	return created, err
}

// CreateAndPublish makes a draft and publishes it, both or neither, in one
// transaction. Its errors are those of [Newsroom.Create] and [Newsroom.Publish].
func (n *Newsroom) CreateAndPublish(ctx context.Context, actor standfirst.Actor, d Draft) (Published, error) {
	story, content, err := newStory(actor, d)
	if err != nil {
		return Published{}, err
	}
	if err := CheckComplete(content); err != nil {
		return Published{}, err
	}
	var published Published
	err = n.update(ctx, "create and publish a story", func(tx *store.Tx) error {
		created, content, err := n.createIn(tx, actor, story, content, d)
		if err != nil {
			return err
		}
		published, err = n.publishIn(tx, publishing{actor: actor, story: created, content: content, approve: d.ApproveAnonymous})
		return err
	})
	return published, err
}

// CreateAndSchedule makes a draft and schedules it, both or neither, in one
// transaction. Its errors are those of [Newsroom.Create] and [Newsroom.Schedule].
func (n *Newsroom) CreateAndSchedule(ctx context.Context, actor standfirst.Actor, d Draft, at time.Time) (standfirst.Story, error) {
	story, content, err := newStory(actor, d)
	if err != nil {
		return standfirst.Story{}, err
	}
	if err := CheckComplete(content); err != nil {
		return standfirst.Story{}, err
	}
	var scheduled standfirst.Story
	err = n.update(ctx, "create and schedule a story", func(tx *store.Tx) error {
		created, content, err := n.createIn(tx, actor, story, content, d)
		if err != nil {
			return err
		}
		scheduled, err = n.scheduleIn(tx, publishing{actor: actor, story: created, content: content, approve: d.ApproveAnonymous}, at)
		return err
	})
	return scheduled, err
}

// newStory checks the draft and makes the story of it; it is the part of creating
// one that needs no database.
func newStory(actor standfirst.Actor, d Draft) (standfirst.Story, standfirst.Content, error) {
	story := standfirst.Story{
		Kind: d.Kind, State: standfirst.Draft, Access: d.Access, Slug: d.Slug, SlugChosen: d.Slug != "",
		OriginalDate: d.OriginalDate, CreatedBy: actor.String(),
	}
	if story.Kind == "" {
		story.Kind = standfirst.KindStory
	}
	if story.Access == "" {
		story.Access = standfirst.AccessPublic
	}
	if err := actor.RequireEdit(story); err != nil {
		return story, d.Content, err
	}
	content := Prepare(d.Content)
	p := checkDraft(content)
	if story.Kind != standfirst.KindStory && story.Kind != standfirst.KindPage {
		p.add("%q is no kind of story", story.Kind)
	}
	if err := story.Access.Validate(); err != nil {
		p.add("%s", standfirst.PublicMessage(err))
	}
	story.Headline = content.Headline
	if !story.SlugChosen {
		story.Slug = derivedSlug(content.Headline)
	}
	if err := checkSlug(story.Kind, story.Slug); err != nil {
		p.add("%s", standfirst.PublicMessage(err))
	}
	return story, content, p.err()
}

// createIn stores the story, its working copy, its filing and its figures.
func (n *Newsroom) createIn(tx *store.Tx, actor standfirst.Actor, story standfirst.Story, content standfirst.Content, d Draft) (standfirst.Story, standfirst.Content, error) {
	story.CreatedAt = n.now()
	if d.FilingDigest != "" {
		filed, err := tx.Filing(d.FilingDigest)
		if err == nil {
			return story, content, standfirst.Errorf(standfirst.Conflict, "this text is filed already as story %s", filed)
		}
		if !isNotFound(err) {
			return story, content, err
		}
	}
	if story.Kind == standfirst.KindPage {
		if err := pageSlugIsFree(tx, story.Slug, 0); err != nil {
			return story, content, err
		}
	}
	if err := havePictures(tx, content); err != nil {
		return story, content, err
	}
	content, err := inCurrentNames(&tx.ReadTx, content)
	if err != nil {
		return story, content, err
	}
	if content, err = withAuthorSlugs(tx, content); err != nil {
		return story, content, err
	}
	if story.ID, err = tx.InsertStory(story, content); err != nil {
		return story, content, err
	}
	if d.FilingDigest != "" {
		if err := tx.InsertFiling(d.FilingDigest, story.ID); err != nil {
			return story, content, err
		}
	}
	if d.Figures != nil {
		if content, err = n.acceptIn(tx, actor, story.ID, content, d); err != nil {
			return story, content, err
		}
	}
	return story, content, audit(tx, actor, story.CreatedAt, "story.create", story.ID, story.Headline)
}

// Save overwrites the working copy with the text. Version is that of the working
// copy which the text was made from: if somebody saved in between, Save changes
// nothing and returns a Conflict that says who and when. Saving what is there
// already changes nothing. Readers see nothing of it before it is published.
func (n *Newsroom) Save(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, version int, c standfirst.Content) (standfirst.WorkingCopy, error) {
	return n.SaveAll(ctx, actor, id, Saving{Version: version, Content: c})
}

// Saving is what a story is saved with.
type Saving struct {
	// Version is that of the working copy from which the text was made.
	Version int
	Content standfirst.Content
	// Slug and OriginalDate are as in [Draft], and belong to the draft until its first
	// publication. Nil leaves what the story has; an empty slug follows the headline from
	// now on, and a zero date is none.
	Slug         *standfirst.Slug
	OriginalDate *time.Time
}

// SaveAll saves the text as [Newsroom.Save] does, and with it what a draft has beside its
// text. It returns a Conflict for another slug or date of a story that has been published.
func (n *Newsroom) SaveAll(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, s Saving) (standfirst.WorkingCopy, error) {
	if err := signedIn(actor); err != nil {
		return standfirst.WorkingCopy{}, err
	}
	s.Content = Prepare(s.Content)
	if err := Check(s.Content); err != nil {
		return standfirst.WorkingCopy{}, err
	}
	var saved standfirst.WorkingCopy
	err := n.update(ctx, storyOperation("save", id), func(tx *store.Tx) (err error) {
		saved, err = n.saveAllIn(tx, actor, id, s)
		return err
	})
	return saved, err
}

// saveAllIn saves what is prepared.
func (n *Newsroom) saveAllIn(tx *store.Tx, actor standfirst.Actor, id standfirst.StoryID, s Saving) (standfirst.WorkingCopy, error) {
	story, err := tx.Story(id)
	if err != nil {
		return standfirst.WorkingCopy{}, err
	}
	if err := actor.RequireEdit(story); err != nil {
		return standfirst.WorkingCopy{}, err
	}
	saved, err := tx.WorkingCopy(id)
	if err != nil {
		return saved, err
	}
	if saved.Version != s.Version {
		return saved, staleSave(tx, saved, s.Version)
	}
	beside, err := s.beside(story)
	if err != nil {
		return saved, err
	}
	if same, err := sameTextNow(&tx.ReadTx, saved.Content, s.Content); err != nil || same && beside == story {
		return saved, err
	}
	if beside != story {
		if err := tx.UpdateStory(beside); err != nil {
			return saved, err
		}
	}
	return n.saveIn(tx, actor, beside, s.Version, s.Content)
}

// beside returns the draft with the slug and the date that it is saved with.
func (s Saving) beside(story standfirst.Story) (standfirst.Story, error) {
	was := story
	if s.Slug != nil {
		story.Slug, story.SlugChosen = *s.Slug, *s.Slug != ""
		if !story.SlugChosen && story.Kind == standfirst.KindStory && story.PublishedNumber == 0 {
			story.Slug = derivedSlug(s.Content.Headline)
		}
		if story.Slug == was.Slug { // a slug that is only repeated is not chosen by that
			story.SlugChosen = was.SlugChosen && *s.Slug != ""
		}
	}
	if s.OriginalDate != nil && !s.OriginalDate.Equal(story.OriginalDate) {
		story.OriginalDate = s.OriginalDate.UTC().Truncate(time.Microsecond)
	}
	if story == was {
		return story, nil
	}
	if story.PublishedNumber > 0 || story.Kind == standfirst.KindPage {
		return story, standfirst.Errorf(standfirst.Conflict, "story %s has an address that readers know; its slug is changed apart from the text, and its date stays", story.ID)
	}
	return story, checkSlug(story.Kind, story.Slug)
}

// saveIn stores the text as the next version of the working copy; a slug that
// nobody chose follows the headline until the story is published.
func (n *Newsroom) saveIn(tx *store.Tx, actor standfirst.Actor, story standfirst.Story, version int, content standfirst.Content) (standfirst.WorkingCopy, error) {
	now := n.now()
	if err := havePictures(tx, content); err != nil {
		return standfirst.WorkingCopy{}, err
	}
	content, err := inCurrentNames(&tx.ReadTx, content)
	if err != nil {
		return standfirst.WorkingCopy{}, err
	}
	if content, err = withAuthorSlugs(tx, content); err != nil {
		return standfirst.WorkingCopy{}, err
	}
	work := standfirst.WorkingCopy{StoryID: story.ID, Version: version, Content: content, UpdatedAt: now, UpdatedBy: actor.String()}
	if err := tx.SaveWorkingCopy(work); err != nil {
		return standfirst.WorkingCopy{}, err
	}
	work.Version++
	if slug := derivedSlug(content.Headline); !story.SlugChosen && story.PublishedNumber == 0 && story.Kind == standfirst.KindStory && slug != story.Slug {
		story.Slug, story.Headline = slug, content.Headline
		if err := tx.UpdateStory(story); err != nil {
			return standfirst.WorkingCopy{}, err
		}
	}
	return work, audit(tx, actor, now, "story.save", story.ID, "")
}

// ErrStale is in the chain of the Conflict that refuses a text because somebody saved
// another since the version that it was made from.
var ErrStale = errors.New("another text was saved meanwhile")

// ActorName returns the name of the actor that a row names, as [standfirst.Actor.String]
// does: for a member of the staff what they are called, and otherwise what stands there.
func ActorName(tx *store.ReadTx, actor string) string {
	kind, number, _ := strings.Cut(actor, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	if standfirst.ActorKind(kind) != standfirst.ActorStaff || err != nil {
		return actor
	}
	member, err := tx.Staff(standfirst.UserID(id))
	if err != nil { // the member is gone, and the row says enough
		return actor
	}
	return member.Name
}

// staleSave says who saved the story since the given version, and when.
func staleSave(tx *store.Tx, current standfirst.WorkingCopy, version int) error {
	loc := time.UTC
	if pub, err := tx.Publication(); err == nil {
		loc = pub.Location()
	}
	return standfirst.WrapError(standfirst.Conflict, ErrStale,
		"story %s was saved by %s on %s, after the version that this text was made from (%d; it is %d now). Nothing was overwritten: open the story again and bring the two together",
		current.StoryID, ActorName(&tx.ReadTx, current.UpdatedBy), current.UpdatedAt.In(loc).Format("2 January 2006 at 15:04:05 MST"), version, current.Version)
}

// acceptIn records what the copy desk read in the new story's body, and stores the body
// with its citations.
func (n *Newsroom) acceptIn(tx *store.Tx, actor standfirst.Actor, id standfirst.StoryID, content standfirst.Content, d Draft) (standfirst.Content, error) {
	claims, err := n.ledger.AcceptIn(tx, actor, *d.Figures, ledger.AcceptOptions{Day: d.Day, Unchecked: true, Story: id})
	if err != nil {
		return content, err
	}
	cited := content
	cited.Body = ledger.Cite(content.Body, d.Figures.Claims, claims)
	if cited.Body == content.Body {
		return content, nil
	}
	cited = Prepare(cited)
	work, err := tx.WorkingCopy(id)
	if err != nil {
		return content, err
	}
	work.Content, work.UpdatedAt, work.UpdatedBy = cited, n.now(), actor.String()
	return cited, tx.SaveWorkingCopy(work)
}

// Restore saves what a revision of the story says over the working copy, and keeps the
// revision. Version is that of the working copy which is overwritten, as in
// [Newsroom.Save]; what it said is kept as a revision as well, so that nothing is lost. It
// returns a NotFound error if the story has no such revision.
func (n *Newsroom) Restore(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, revision standfirst.RevisionID, version int) (standfirst.WorkingCopy, error) {
	if err := signedIn(actor); err != nil {
		return standfirst.WorkingCopy{}, err
	}
	var saved standfirst.WorkingCopy
	err := n.update(ctx, storyOperation("restore a revision of", id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := actor.RequireEdit(story); err != nil {
			return err
		}
		work, err := tx.WorkingCopy(id)
		if err != nil {
			return err
		}
		old, err := tx.Revision(revision)
		if isNotFound(err) || err == nil && old.StoryID != id {
			return standfirst.Errorf(standfirst.NotFound, "story %s has no such version", id)
		}
		if err != nil {
			return err
		}
		if saved, err = n.saveAllIn(tx, actor, id, Saving{Version: version, Content: Prepare(old.Content)}); err != nil {
			return err
		}
		if saved.Version == work.Version {
			return nil // it says the same
		}
		_, err = tx.InsertRevision(standfirst.Revision{
			StoryID: id, Purpose: standfirst.ForSave, Content: work.Content, CreatedAt: n.now(), CreatedBy: actor.String(),
		})
		return err
	})
	return saved, err
}
