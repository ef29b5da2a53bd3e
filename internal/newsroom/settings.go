package newsroom

import (
	"context"

	"standfirst"
	"standfirst/internal/store"
)

// UpdateSettings replaces the settings of the publication. Addresses of stories
// that are published already do not change, whatever the time zone. It returns an
// Invalid error for settings that cannot stand and a NotFound before
// [Newsroom.SetUp].
func (n *Newsroom) UpdateSettings(ctx context.Context, actor standfirst.Actor, pub standfirst.Publication) error {
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
		pub.UpdatedAt = n.now()
		if err := tx.PutPublication(pub); err != nil {
			return err
		}
		if err := n.renamePages(tx, actor, old, pub); err != nil {
			return err
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

// AddSection puts a section at the end of the menu. It returns a Conflict when
// there is one of that name.
func (n *Newsroom) AddSection(ctx context.Context, actor standfirst.Actor, name string) (standfirst.Section, error) {
	if err := actor.Require(standfirst.ManageSections); err != nil {
		return standfirst.Section{}, err
	}
	name = standfirst.OneLine(name)
	var p problems
	if name == "" {
		p.add("the section needs a name")
	}
	p.length("the section's name", name, maxNameLength)
	if err := p.err(); err != nil {
		return standfirst.Section{}, err
	}
	var section standfirst.Section
	err := n.update(ctx, "add the section "+name, func(tx *store.Tx) error {
		other, err := tx.SectionByName(name)
		if is, err := found(err); err != nil {
			return err
		} else if is {
			return standfirst.Errorf(standfirst.Conflict, "there is a section %q already", other.Name)
		}
		if section, err = insertSection(tx, name); err != nil {
			return err
		}
		tx.Touch(standfirst.SiteTag)
		return tx.Audit(standfirst.AuditEntry{At: n.now(), Actor: actor, Action: "section.add", Object: "section:" + section.ID.String(), Detail: name})
	})
	return section, err
}

// ArrangeSections puts the sections into the order in which they are given. Every section must
// be among them, once: what is missing was added meanwhile, and is a Conflict error.
func (n *Newsroom) ArrangeSections(ctx context.Context, actor standfirst.Actor, order []standfirst.SectionID) error {
	if err := actor.Require(standfirst.ManageSections); err != nil {
		return err
	}
	return n.update(ctx, "arrange the sections", func(tx *store.Tx) error {
		stored, err := tx.Sections()
		if err != nil {
			return err
		}
		places := make(map[standfirst.SectionID]int, len(order))
		for i, id := range order {
			places[id] = i + 1
		}
		moved := false
		for _, s := range stored {
			place, ok := places[s.ID]
			if !ok || len(stored) != len(order) || len(places) != len(order) {
				return standfirst.Errorf(standfirst.Conflict, "the sections were changed meanwhile; open the page anew")
			}
			if place == s.Position {
				continue
			}
			moved = true
			if err := tx.MoveSection(s.ID, place); err != nil {
				return err
			}
		}
		if !moved {
			return nil
		}
		tx.Touch(standfirst.SiteTag)
		return tx.Audit(standfirst.AuditEntry{At: n.now(), Actor: actor, Action: "section.arrange", Object: "publication"})
	})
}
