package newsroom

import (
	"context"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// UpdateSettings replaces the settings of the publication. Addresses of stories
// that are published already do not change, whatever the time zone. It returns an
// Invalid error for settings that cannot stand, a Conflict if they were changed since
// they were seen, and a NotFound before [Newsroom.SetUp].
func (n *Newsroom) UpdateSettings(ctx context.Context, actor standfirst.Actor, pub standfirst.Publication, seen standfirst.Fingerprint) error {
	if err := actor.Require(standfirst.ManageSettings); err != nil {
		return err
	}
	if err := pub.Validate(); err != nil {
		return err
	}
	return n.update(ctx, "change settings", func(tx *store.Tx) error {
		old, err := tx.Publication()
		if err != nil {
			return err
		}
		pub := pub
		pub.CreatedAt, pub.UpdatedAt = old.CreatedAt, old.UpdatedAt
		if pub == old {
			return nil
		}
		if err := seen.Check(old.Fingerprint(), "the settings"); err != nil {
			return err
		}
		pub.UpdatedAt = n.now()
		if err := tx.PutPublication(pub); err != nil {
			return err
		}
		if err := n.renamePages(tx, actor, old, pub); err != nil {
			return err
		}
		if old.TimeZone != pub.TimeZone { // events are listed by its days
			if err := ledger.MoveEventDays(tx, pub.Location()); err != nil {
				return err
			}
		}
		tx.Touch(standfirst.SiteTag)
		return tx.Audit(standfirst.AuditEntry{At: pub.UpdatedAt, Actor: actor, Action: "settings.change", Object: "publication", Detail: pub.Name})
	})
}

// renamePages publishes the standing pages with the new name of the publication,
// as far as they still have their starting texts.
func (n *Newsroom) renamePages(tx *store.Tx, actor standfirst.Actor, old, now standfirst.Publication) error {
	if old.Name == now.Name {
		return nil
	}
	before, err := pagesFor(old)
	if err != nil {
		return err
	}
	after, err := pagesFor(now)
	if err != nil {
		return err
	}
	for i, d := range before {
		story, err := tx.PageAt(d.Slug)
		if is, err := found(err); err != nil {
			return err
		} else if !is || story.State != standfirst.Published {
			continue
		}
		work, err := tx.WorkingCopy(story.ID)
		if err != nil {
			return err
		}
		if !sameText(work.Content, Prepare(d.Content)) {
			continue
		}
		content := Prepare(after[i].Content)
		if _, err := n.saveIn(tx, actor, story, work.Version, content); err != nil {
			return err
		}
		if _, err := n.publishIn(tx, publishing{actor: actor, story: story, content: content, aside: true}); err != nil {
			return err
		}
	}
	return nil
}
