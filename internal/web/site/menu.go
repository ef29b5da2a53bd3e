package site

import (
	"fmt"
	"slices"
	"strings"

	"standfirst"
)

// menus fills in the menu below the name of the publication and that of the footer: as
// somebody arranged them, or else every section with the lists of the ledger, and every
// standing page.
func (rd *reading) menus(l *layout, at address) error {
	sections, err := rd.tx.Sections()
	if err != nil {
		return err
	}
	pages, err := rd.tx.Pages()
	if err != nil {
		return err
	}
	header, err := rd.tx.Menu(standfirst.HeaderMenu)
	if err != nil {
		return err
	}
	footer, err := rd.tx.Menu(standfirst.FooterMenu)
	if err != nil {
		return err
	}
	arranged := len(header) > 0
	if !arranged {
		for _, s := range sections {
			header = append(header, standfirst.MenuItem{Section: s.ID})
		}
	}
	if len(footer) == 0 {
		for _, p := range pages {
			footer = append(footer, standfirst.MenuItem{Page: p.ID})
		}
	}
	if l.Menu, err = rd.menu(header, at, sections, pages); err != nil {
		return err
	}
	if !arranged {
		if err := rd.ledgerMenu(l, at); err != nil {
			return err
		}
	}
	l.Pages, err = rd.menu(footer, at, sections, pages)
	return err
}

// menu returns the items as readers see them. A page that is not published is left out.
func (rd *reading) menu(items []standfirst.MenuItem, at address, sections []standfirst.Section, pages []standfirst.Story) ([]menuItem, error) {
	var menu []menuItem
	for _, m := range items {
		to := link{m.Label, m.Address}
		switch {
		case m.Section != 0:
			i := slices.IndexFunc(sections, func(s standfirst.Section) bool { return s.ID == m.Section })
			if i < 0 {
				continue
			}
			to = labelled(m.Label, sections[i].Name, standfirst.SectionPath(sections[i].Slug))
		case m.Page != 0:
			i := slices.IndexFunc(pages, func(p standfirst.Story) bool { return p.ID == m.Page })
			if i < 0 {
				continue
			}
			to = link{m.Label, pages[i].Path()}
			if m.Label == "" {
				// The headline of the story itself is that of the working copy, which
				// readers must not see.
				revision, err := rd.tx.Revision(pages[i].Current)
				if err != nil {
					return nil, fmt.Errorf("site: page %s: %w", pages[i].Slug, err)
				}
				to.Name = revision.Content.Headline
			}
		}
		within := m.Address != "" && m.Address != "/" && strings.HasPrefix(at.path, to.Path+"/")
		menu = append(menu, menuItem{link: to, Current: to.Path == at.path, Within: within})
	}
	return menu, nil
}

// labelled returns the link with the words, or else with the name.
func labelled(words, name, path string) link {
	if words != "" {
		name = words
	}
	return link{name, path}
}

// ledgerMenu adds the lists of the ledger to the menu, as soon as there is anything in
// them. A section may have the name of the list of deals already: two links of one name
// that lead to different pages would mislead.
func (rd *reading) ledgerMenu(l *layout, at address) error {
	lists, err := rd.tx.LedgerLists()
	if err != nil {
		return err
	}
	deals := rd.words.Text("deals")
	if slices.ContainsFunc(l.Menu, func(m menuItem) bool { return strings.EqualFold(m.Name, deals) }) {
		deals = rd.words.Text("menu.deals")
	}
	for _, list := range []struct {
		there bool
		link  link
	}{
		{lists.Deals, link{deals, "/deals"}}, {lists.Notices, link{rd.words.Text("corrections"), "/corrections"}},
	} {
		if list.there {
			within := strings.HasPrefix(at.path, list.link.Path+"/") || at.path == list.link.Path
			l.Menu = append(l.Menu, menuItem{link: list.link, Current: at.key == list.link.Path, Within: within})
		}
	}
	return nil
}
