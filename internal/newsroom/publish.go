package newsroom

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/record"
	"standfirst/internal/store"
)

// PublishOptions say what a publication depends on.
type PublishOptions struct {
	// Version, when not zero, is the version of the working copy that the editor has
	// seen: publishing another one is a Conflict.
	Version int
	// Change says why published words change. It is needed where no superseded figure
	// explains every change, and not at the first publication or for a standing page.
	Change standfirst.Change
	// ApproveAnonymous says that the editor stands for what anonymous sources told, as
	// far as the text cites it; see [Newsroom.ApproveSources].
	ApproveAnonymous bool
}

// Published is a story after its publication.
type Published struct {
	standfirst.Story
	// Unchanged says that readers saw the same text already, so that nothing was
	// published and nothing was changed.
	Unchanged bool
	// What did not exist and was made because the text names it.
	Sections []standfirst.Section
	Topics   []standfirst.Topic
	Authors  []standfirst.Author
}

// Made tells, in a line each for people, what was made because the text names it.
func (p Published) Made() []string {
	var made []string
	for _, s := range p.Sections {
		made = append(made, fmt.Sprintf("made the section “%s”, which is in the menu now", s.Name))
	}
	for _, t := range p.Topics {
		made = append(made, fmt.Sprintf("made the topic “%s”", t.Name))
	}
	for _, a := range p.Authors {
		made = append(made, fmt.Sprintf("made a page for the author %s", a.Name))
	}
	return made
}

// Publish makes the working copy public, for the first time or as an update. It
// returns an Invalid error that tells all problems of an incomplete text, one for a
// change that is not explained or a figure that does not exist, and a Conflict when the story may not be published from where it stands, its chosen
// slug is taken, the working copy is not the version that was seen, it is under embargo,
// or no editor stands for an anonymous source, see [ErrAnonymous]. A schedule that the
// story had is taken back, and its review ends.
func (n *Newsroom) Publish(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, o PublishOptions) (Published, error) {
	if err := signedIn(actor); err != nil {
		return Published{}, err
	}
	var published Published
	err := n.update(ctx, storyOperation("publish", id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		work, err := tx.WorkingCopy(id)
		if err != nil {
			return err
		}
		if o.Version != 0 && o.Version != work.Version {
			return staleSave(tx, work, o.Version)
		}
		published, err = n.publishIn(tx, publishing{
			actor: actor, story: story, content: work.Content, change: prepareChange(o.Change), approve: o.ApproveAnonymous,
		})
		return err
	})
	return published, err
}

// publishing is one publication: of a text, or of the revision that holds it.
type publishing struct {
	actor     standfirst.Actor
	story     standfirst.Story
	content   standfirst.Content
	change    standfirst.Change
	revision  standfirst.RevisionID // of a text that is stored already; zero otherwise
	scheduled bool
	// aside says that the working copy is left aside: what goes out is what readers see
	// already, with another figure or voice. No embargo holds it back.
	aside   bool
	approve bool // the actor stands for anonymous sources
}

// publishIn is the one path to publication.
func (n *Newsroom) publishIn(tx *store.Tx, p publishing) (Published, error) {
	now := n.now()
	if err := mayRelease(p.actor, standfirst.PublishStory, p.story); err != nil {
		return Published{}, err
	}
	if err := p.story.State.Move(standfirst.Published); err != nil {
		return Published{}, err
	}
	if err := complete(&tx.ReadTx, p.content); err != nil {
		return Published{}, err
	}
	if !p.aside {
		if err := checkEmbargo(tx, p.story.ID, now); err != nil {
			return Published{}, err
		}
	}
	if err := p.takeCurrentNames(tx); err != nil {
		return Published{}, err
	}
	if unchanged, err := saysTheSame(tx, p); err != nil {
		return Published{}, err
	} else if unchanged {
		if err := n.endReview(tx, p); err != nil {
			return Published{}, err
		}
		return Published{Story: p.story, Unchanged: true}, dropSchedule(tx, p.story.ID)
	}
	cited, before, err := n.citations(tx, p)
	if err != nil {
		return Published{}, err
	}
	p.content.Citations = cited
	if err := n.checkSources(tx, p, cited); err != nil {
		return Published{}, err
	}
	if p.change, err = settleChange(&tx.ReadTx, p, p.content); err != nil {
		return Published{}, err
	}
	var tags []standfirst.Tag
	if p.story.State.Public() {
		var err error
		if tags, err = listTags(tx, p.story); err != nil {
			return Published{}, err
		}
	}
	where, content, err := place(tx, p.content, now)
	if err != nil {
		return Published{}, err
	}
	if derived := p.story.PublishedNumber == 0 && p.story.Kind == standfirst.KindStory && !p.story.SlugChosen; derived {
		// Of the text that goes out: the working copy may say something else by now.
		p.story.Slug = derivedSlug(content.Headline)
	}
	story, err := withAddress(tx, p.story, now, p.scheduled)
	if err != nil {
		return Published{}, err
	}
	if err := updateRoles(tx, story, content.Bylines); err != nil {
		return Published{}, err
	}
	story.PublishedNumber++
	if story.Current, err = p.storeRevision(tx, content, story.PublishedNumber, now); err != nil {
		return Published{}, err
	}
	story.State, story.Section, story.RetractionNote = standfirst.Published, where.section, ""
	if err := show(tx, story, content, where); err != nil {
		return Published{}, err
	}
	if err := dropSchedule(tx, story.ID); err != nil {
		return Published{}, err
	}
	if err := n.endReview(tx, p); err != nil {
		return Published{}, err
	}
	// First on the record, so that whoever reads on from there meets the figures and notices
	// that came with it.
	record.Append(tx, record.Revision(story, standfirst.Revision{
		Number: story.PublishedNumber, Content: content, PublishedAt: now, Change: p.change,
	}))
	if err := n.ledger.PublishIn(tx, p.actor, ledger.Publication{Story: story, Revision: story.Current, Citations: cited, Before: before}); err != nil {
		return Published{}, err
	}
	if err := tell(tx, story, p.change, now); err != nil {
		return Published{}, err
	}
	touchPublished(tx, story, where, tags)
	detail := "version " + strconv.Itoa(story.PublishedNumber) + " at " + story.Path()
	return Published{Story: story, Sections: where.newSections, Topics: where.newTopics, Authors: where.newAuthors},
		audit(tx, p.actor, now, "story.publish", story.ID, detail)
}

// takeCurrentNames puts the names that the section and the topics have now into the text. What
// was scheduled or prepared under other names is then stored anew.
func (p *publishing) takeCurrentNames(tx *store.Tx) error {
	content, err := inCurrentNames(&tx.ReadTx, p.content)
	if err != nil {
		return err
	}
	if content.Section != p.content.Section || !slices.Equal(content.Topics, p.content.Topics) {
		p.content, p.revision = content, 0
	}
	return nil
}

// saysTheSame reports whether readers see the same text already.
func saysTheSame(tx *store.Tx, p publishing) (bool, error) {
	if p.story.State != standfirst.Published {
		return false, nil
	}
	current, err := tx.Revision(p.story.Current)
	if err != nil {
		return false, err
	}
	return sameTextNow(&tx.ReadTx, current.Content, p.content)
}

// firstPublished returns when the story counts as first published if it goes out
// at the given time: its original date, unless that lies ahead.
func firstPublished(story standfirst.Story, at time.Time) time.Time {
	if !story.OriginalDate.IsZero() && story.OriginalDate.Before(at) {
		return story.OriginalDate
	}
	return at
}

// withAddress returns the story with its times and, at the first publication, the
// day and slug that make its address, which is free for it afterwards.
func withAddress(tx *store.Tx, story standfirst.Story, now time.Time, scheduled bool) (standfirst.Story, error) {
	story.Updated = now
	if story.FirstPublished.IsZero() {
		story.FirstPublished = firstPublished(story, now)
		// An original date is not followed by an update that nobody made.
		story.Updated = story.FirstPublished
		pub, err := tx.Publication()
		if err != nil {
			return story, err
		}
		if story.Kind == standfirst.KindStory {
			story.Day = standfirst.DayOf(story.FirstPublished, pub.Location())
		}
		if story.FeedGUID == "" {
			story.FeedGUID = standfirst.NewFeedGUID(pub.BaseURL, story)
		}
		if err := settleSlug(tx, &story, scheduled); err != nil {
			return story, err
		}
	}
	return story, clearAddress(tx, story.Path())
}

// storeRevision returns the published revision: the scheduled one with its number,
// or a new one when there is none or the authors' addresses have changed since.
func (p publishing) storeRevision(tx *store.Tx, content standfirst.Content, number int, now time.Time) (standfirst.RevisionID, error) {
	if p.revision != 0 && slices.Equal(p.content.Bylines, content.Bylines) {
		return p.revision, tx.NumberRevision(p.revision, number, now, p.change)
	}
	return tx.InsertRevision(standfirst.Revision{
		StoryID: p.story.ID, Number: number, Purpose: standfirst.ForPublish, Content: content,
		CreatedAt: now, CreatedBy: p.actor.String(), PublishedAt: now, Change: p.change,
	})
}

// citations returns the figures that the text cites, each with the version that it
// means, and those of the text that readers saw until now.
func (n *Newsroom) citations(tx *store.Tx, p publishing) (cited, before []standfirst.Citation, err error) {
	if cited, err = ledger.Resolve(&tx.ReadTx, p.content.Citations); err != nil || p.story.Current == 0 {
		return cited, nil, err
	}
	before, err = tx.Citations(p.story.Current)
	return cited, before, err
}

// show stores the story and, for a dated one, the rows that lists read.
func show(tx *store.Tx, story standfirst.Story, content standfirst.Content, where places) error {
	if err := tx.UpdateStory(story); err != nil {
		return err
	}
	if story.Kind == standfirst.KindPage {
		return nil
	}
	if err := unpin(tx, story); err != nil {
		return err
	}
	return tx.SetListing(store.Listing{Story: story, Content: content, Section: where.section, Topics: where.topics, Authors: where.authors})
}
