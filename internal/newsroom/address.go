package newsroom

import (
	"context"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// derivedSlug makes a slug of the headline. One without Latin letters or digits
// gets a word that stands for it.
func derivedSlug(headline string) standfirst.Slug {
	if slug := standfirst.Slugify(headline); slug != "" {
		return slug
	}
	return "story"
}

// checkSlug returns an Invalid error if a story of the kind cannot have the slug.
func checkSlug(kind standfirst.StoryKind, slug standfirst.Slug) error {
	if kind == standfirst.KindPage {
		return standfirst.ValidatePageSlug(slug)
	}
	return slug.Validate()
}

// settleSlug gives a story that is about to get its address a slug that is free
// there. A slug made of the headline steps aside with a number, also before an
// address that redirects for another story; a chosen one that another story has
// is a Conflict, unless the story goes out by schedule: then going out comes
// first, and it is numbered too.
func settleSlug(tx *store.Tx, story *standfirst.Story, scheduled bool) error {
	if story.Kind == standfirst.KindPage {
		if err := pageSlugIsFree(tx, story.Slug, story.ID); err != nil {
			return err
		}
		page := *story
		page.SlugChosen = true // a page's slug always is: it is not numbered
		_, err := addressIsFree(tx, page, false)
		return err
	}
	base := story.Slug
	for number := 2; ; number++ {
		other, err := tx.StoryAt(story.Day, story.Slug)
		switch {
		case isNotFound(err):
			free, err := addressIsFree(tx, *story, scheduled)
			if err != nil || free {
				return err
			}
		case err != nil:
			return err
		case other.ID == story.ID:
			return nil
		case story.SlugChosen && !scheduled:
			return slugTaken(story.Day, story.Slug, other)
		}
		story.Slug = base.Numbered(number)
	}
}

// addressIsFree reports whether a story may take an address that no story has now.
// One that redirects for another story is not free: its readers would land on a
// story that they did not ask for. A chosen slug is then a Conflict, unless the
// story goes out by schedule.
func addressIsFree(tx *store.Tx, story standfirst.Story, scheduled bool) (bool, error) {
	old, err := tx.OldAddress(story.Path())
	if isNotFound(err) {
		return true, nil
	}
	if err != nil || !story.SlugChosen {
		return false, err
	}
	own, err := leadsTo(tx, old.Target, story.ID)
	if err != nil || own || old.Target == "" {
		return err == nil, err
	}
	if scheduled {
		return false, nil
	}
	return false, standfirst.Errorf(standfirst.Conflict, "the address %s leads to %s, where its story is now; choose another slug", old.Path, old.Target)
}

// leadsTo reports whether the path is the address of the story.
func leadsTo(tx *store.Tx, path string, id standfirst.StoryID) (bool, error) {
	var story standfirst.Story
	var err error
	if day, slug, ok := standfirst.ParseStoryPath(path); ok {
		story, err = tx.StoryAt(day, slug)
	} else {
		story, err = tx.PageAt(standfirst.Slug(strings.TrimPrefix(path, "/")))
	}
	is, err := found(err)
	return is && story.ID == id, err
}

// slugWillBeFree returns a Conflict if the story's chosen slug is taken on the day
// on which it is going to be published for the first time.
func (n *Newsroom) slugWillBeFree(tx *store.Tx, story standfirst.Story, at time.Time) error {
	if !story.SlugChosen || story.PublishedNumber > 0 || story.Kind == standfirst.KindPage {
		return nil
	}
	pub, err := tx.Publication()
	if err != nil {
		return err
	}
	story.Day = standfirst.DayOf(firstPublished(story, at), pub.Location())
	return settleSlug(tx, &story, false)
}

func slugTaken(day standfirst.Day, slug standfirst.Slug, other standfirst.Story) error {
	return standfirst.Errorf(standfirst.Conflict, "the slug %q is taken on %s by story %s (%q); choose another", slug, day, other.ID, other.Headline)
}

// pageSlugIsFree returns a Conflict if a page other than the given one has the slug.
func pageSlugIsFree(tx *store.Tx, slug standfirst.Slug, id standfirst.StoryID) error {
	other, err := tx.PageAt(slug)
	if isNotFound(err) || err == nil && other.ID == id {
		return nil
	}
	if err != nil {
		return err
	}
	return standfirst.Errorf(standfirst.Conflict, "the address /%s belongs to the page %s (%q); choose another", slug, other.ID, other.Headline)
}

// isOldAddress reports whether the path redirects somewhere or answers 410.
func isOldAddress(tx *store.Tx, path string) (bool, error) {
	_, err := tx.OldAddress(path)
	if isNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// clearAddress removes the old address that stands in the way of the path.
func clearAddress(tx *store.Tx, path string) error {
	old, err := isOldAddress(tx, path)
	if err != nil || !old {
		return err
	}
	return tx.DeleteOldAddress(path)
}

// ChangeSlug gives the story another slug, chosen from now on. If the story has an
// address, the old one leads to the new one, and so do those before it; a slug
// that it had before is its own again. It returns an Invalid error for a slug that
// cannot be one and a Conflict when another story has it.
func (n *Newsroom) ChangeSlug(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, slug standfirst.Slug) (standfirst.Story, error) {
	if err := signedIn(actor); err != nil {
		return standfirst.Story{}, err
	}
	var changed standfirst.Story
	err := n.update(ctx, storyOperation("change the slug of", id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := actor.RequireEdit(story); err != nil {
			return err
		}
		if story.PublishedNumber > 0 {
			if err := mayRelease(actor, standfirst.PublishStory, story); err != nil {
				return err
			}
		}
		if err := checkSlug(story.Kind, slug); err != nil {
			return err
		}
		changed, err = n.changeSlugIn(tx, actor, story, slug)
		return err
	})
	return changed, err
}

// changeSlugIn moves the story and everything that shows its address.
func (n *Newsroom) changeSlugIn(tx *store.Tx, actor standfirst.Actor, story standfirst.Story, slug standfirst.Slug) (standfirst.Story, error) {
	if story.Slug == slug && story.SlugChosen {
		return story, nil
	}
	before := story
	story.Slug, story.SlugChosen = slug, true
	if story.Kind == standfirst.KindPage || !story.Day.IsZero() {
		if err := settleSlug(tx, &story, false); err != nil {
			return story, err
		}
	}
	if err := tx.UpdateStory(story); err != nil {
		return story, err
	}
	if before.PublishedNumber > 0 && before.Slug != slug {
		if err := moveAddress(tx, before, story); err != nil {
			return story, err
		}
		if err := refreshListing(tx, story); err != nil {
			return story, err
		}
		if err := touchStory(tx, story); err != nil {
			return story, err
		}
	}
	return story, audit(tx, actor, n.now(), "story.slug", story.ID, "from "+string(before.Slug)+" to "+string(slug))
}

// moveAddress makes the address of the story before lead to that of the story
// now, together with every address that led to the one before. While readers do
// not see the story the new address answers 410, as the old one did.
func moveAddress(tx *store.Tx, before, now standfirst.Story) error {
	if err := clearAddress(tx, now.Path()); err != nil {
		return err
	}
	if !now.State.Public() {
		if err := tx.PutOldAddress(standfirst.OldAddress{Path: now.Path()}); err != nil {
			return err
		}
	}
	if err := tx.RetargetOldAddresses(before.Path(), now.Path()); err != nil {
		return err
	}
	return tx.PutOldAddress(standfirst.OldAddress{Path: before.Path(), Target: now.Path()})
}
