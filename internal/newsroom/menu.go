package newsroom

import (
	"context"
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// SetMenu puts the items into the menu, in their order; without any it shows what there is.
// Seen is what was there for whoever arranges it: if that is so no more, nothing changes and
// the error is a Conflict. It returns an Invalid error for an item that leads nowhere.
func (n *Newsroom) SetMenu(ctx context.Context, actor standfirst.Actor, menu standfirst.MenuName, seen, items []standfirst.MenuItem) error {
	if err := actor.Require(standfirst.ManageSections); err != nil {
		return err
	}
	if menu != standfirst.HeaderMenu && menu != standfirst.FooterMenu {
		return standfirst.Errorf(standfirst.NotFound, "there is no menu %q", menu)
	}
	items = slices.Clone(items)
	for i := range items {
		items[i].Label = standfirst.OneLine(items[i].Label)
	}
	return n.update(ctx, "arrange the menu "+string(menu), func(tx *store.Tx) error {
		stored, err := tx.Menu(menu)
		if err != nil {
			return err
		}
		switch {
		case slices.Equal(stored, items):
			return nil
		case !slices.Equal(stored, seen):
			return standfirst.Errorf(standfirst.Conflict, "somebody else arranged this menu meanwhile, and nothing was changed; look at it again")
		}
		if err := checkMenu(tx, items); err != nil {
			return err
		}
		if err := tx.SetMenu(menu, items); err != nil {
			return err
		}
		tx.Touch(standfirst.SiteTag)
		return tx.Audit(standfirst.AuditEntry{At: n.now(), Actor: actor, Action: "menu.arrange", Object: "publication", Detail: string(menu)})
	})
}

// checkMenu returns an Invalid error for items that cannot stand in a menu.
func checkMenu(tx *store.Tx, items []standfirst.MenuItem) error {
	var p problems
	if len(items) > standfirst.MaxMenuItems {
		p.add("a menu has at most %d items", standfirst.MaxMenuItems)
	}
	for i, m := range items {
		if err := m.Validate(); err != nil {
			p.add("%s", standfirst.PublicMessage(err))
			continue
		}
		p.length("the words of an item", m.Label, standfirst.MaxMenuText)
		if m.Address == "" && slices.ContainsFunc(items[:i], func(o standfirst.MenuItem) bool { return o.Section == m.Section && o.Page == m.Page }) {
			p.add("a section or page stands in a menu once")
		}
		if err := leadsSomewhere(tx, m); err != nil {
			return err
		}
	}
	return p.err()
}

// leadsSomewhere returns an Invalid error if the section or page of the item does not exist.
func leadsSomewhere(tx *store.Tx, m standfirst.MenuItem) error {
	var err error
	switch {
	case m.Section != 0:
		_, err = tx.Section(m.Section)
	case m.Page != 0:
		var page standfirst.Story
		if page, err = tx.Story(m.Page); err == nil && page.Kind != standfirst.KindPage {
			return standfirst.Errorf(standfirst.Invalid, "a menu leads to pages, and %q is a story", page.Headline)
		}
	}
	if isNotFound(err) {
		return standfirst.Errorf(standfirst.Invalid, "what an item of the menu leads to does not exist any more")
	}
	return err
}
