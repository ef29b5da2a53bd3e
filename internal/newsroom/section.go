package newsroom

import (
	"cmp"
	"context"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

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
			return nameTaken("section", name, other.Name)
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
// be among them, once: what is missing was added meanwhile, and is a Conflict error, as is another
// order than the one that was seen.
func (n *Newsroom) ArrangeSections(ctx context.Context, actor standfirst.Actor, order []standfirst.SectionID, seen standfirst.Fingerprint) error {
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
		if err := seen.Check(standfirst.SectionOrder(stored), "the order of the sections"); err != nil {
			return err
		}
		tx.Touch(standfirst.SiteTag)
		return tx.Audit(standfirst.AuditEntry{At: n.now(), Actor: actor, Action: "section.arrange", Object: "publication"})
	})
}

// nameTaken says that the name is that of another section or topic, or was.
func nameTaken(what, name, other string) error {
	if strings.EqualFold(name, other) {
		return standfirst.Errorf(standfirst.Conflict, "there is a %s %q already", what, other)
	}
	return standfirst.Errorf(standfirst.Conflict, "%q was the name of the %s %q, and older texts mean that by it; choose another", name, what, other)
}

// checkNaming returns an Invalid error if a section or topic cannot have the name and slug.
func checkNaming(what, name string, slug standfirst.Slug) error {
	var p problems
	if name == "" {
		p.add("the %s needs a name", what)
	}
	p.length("the "+what+"'s name", name, maxNameLength)
	if err := slug.Validate(); err != nil {
		p.add("%s", standfirst.PublicMessage(err))
	}
	return p.err()
}

// RenameSection gives the section another name and slug. Its old address leads to the new
// one, and texts that have the old name mean it still; what was published says what it said.
// An empty slug leaves the address as it is. It returns a Conflict when another section has
// the name or address, or had the name, and when this one was changed since it was seen.
func (n *Newsroom) RenameSection(ctx context.Context, actor standfirst.Actor, id standfirst.SectionID, name string, slug standfirst.Slug, seen standfirst.Fingerprint) error {
	if err := actor.Require(standfirst.ManageSections); err != nil {
		return err
	}
	name = standfirst.OneLine(name)
	return n.update(ctx, "rename a section", func(tx *store.Tx) error {
		old, err := tx.Section(id)
		if err != nil {
			return err
		}
		now := old
		now.Name, now.Slug = name, cmp.Or(slug, old.Slug)
		if err := checkNaming("section", now.Name, now.Slug); err != nil || now == old {
			return err
		}
		if err := seen.Check(old.Fingerprint(), "the section "+old.Name); err != nil {
			return err
		}
		other, err := tx.SectionByName(now.Name)
		if is, err := found(err); err != nil {
			return err
		} else if is && other.ID != id {
			return nameTaken("section", now.Name, other.Name)
		}
		if err := tx.RenameSection(now); err != nil {
			return err
		}
		if err := moveList(tx, standfirst.SectionPath(old.Slug), standfirst.SectionPath(now.Slug)); err != nil {
			return err
		}
		tx.Touch(standfirst.SiteTag, standfirst.SectionTag(id))
		return tx.Audit(standfirst.AuditEntry{At: n.now(), Actor: actor, Action: "section.rename", Object: "section:" + id.String(), Detail: old.Name + " to " + now.Name + " at " + string(now.Slug)})
	})
}

// moveList makes the address of a list lead to where it is now. It returns a Conflict error if
// the new address leads elsewhere since another list has moved: who follows an old link to that
// one would come to this. An address whose list is gone is free.
func moveList(tx *store.Tx, from, to string) error {
	if from == to {
		return nil
	}
	old, err := tx.OldAddress(to)
	if is, err := found(err); err != nil {
		return err
	} else if is && old.Target != "" && old.Target != from {
		return standfirst.Errorf(standfirst.Conflict, "the address %s leads to %s since that was renamed or merged; choose another", to, old.Target)
	}
	if err := tx.DeleteOldAddress(to); err != nil {
		return err
	}
	if err := tx.RetargetOldAddresses(from, to); err != nil {
		return err
	}
	return tx.PutOldAddress(standfirst.OldAddress{Path: from, Target: to})
}

// DeleteSection forgets a section without stories; its address answers 410. It returns a
// Conflict while a story or a draft is in it.
func (n *Newsroom) DeleteSection(ctx context.Context, actor standfirst.Actor, id standfirst.SectionID) error {
	if err := actor.Require(standfirst.ManageSections); err != nil {
		return err
	}
	return n.update(ctx, "delete a section", func(tx *store.Tx) error {
		section, err := tx.Section(id)
		if err != nil {
			return err
		}
		used, err := tx.SectionIsUsed(section)
		if err != nil {
			return err
		}
		if used {
			return standfirst.Errorf(standfirst.Conflict, "the section %q has stories or drafts, or had; only an empty section can be deleted", section.Name)
		}
		if err := tx.DeleteSection(id); err != nil {
			return err
		}
		path := standfirst.SectionPath(section.Slug)
		if err := tx.RetargetOldAddresses(path, ""); err != nil {
			return err
		}
		if err := tx.PutOldAddress(standfirst.OldAddress{Path: path}); err != nil {
			return err
		}
		tx.Touch(standfirst.SiteTag, standfirst.SectionTag(id))
		return tx.Audit(standfirst.AuditEntry{At: n.now(), Actor: actor, Action: "section.delete", Object: "section:" + id.String(), Detail: section.Name})
	})
}
