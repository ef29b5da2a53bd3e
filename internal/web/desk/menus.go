package desk

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

const menusPath = Prefix + "/menus"

// menuDeeds are what the buttons of a menu do.
var menuDeeds = []string{"save", "up", "down", "off", "add", "own", "default", restore}

// menusPage arranges the menus of the readers' pages.
type menusPage struct {
	Layout layout
	Head   arranged
	Menus  []deskMenu
}

// deskMenu is one menu as it is arranged.
type deskMenu struct {
	Name     string
	Title    string
	Help     string
	Seen     string
	Arranged bool // and not what shows what there is
	Items    []menuRow
	Targets  []choice // what could stand in it besides
	Target   string   // typed before, with the words and the address
	Label    string
	Address  string
	Failed   bool
}

// menuRow is one item.
type menuRow struct {
	N        int
	Name     string // of what it leads to
	Path     string
	Label    string
	Address  string // of an item that leads to an address; else empty
	Own      bool   // its address is typed
	Hidden   bool   // readers do not see it: the page is not published
	Up, Down bool
}

func (m *member) menus() error {
	head := m.lastStep(menusPath, "menu", menuDeeds, func(deed string) string { return m.Text("desk.menus.done." + deed) })
	return m.menusPage(http.StatusOK, &menusPage{Head: head}, nil)
}

// menusPage answers with the page. What was typed for a menu stands in its place.
func (m *member) menusPage(status int, p *menusPage, typed *typedMenu) error {
	if err := m.staff.Actor().Require(standfirst.ManageSections); err != nil {
		return err
	}
	p.Layout = m.layout(m.Text("desk.menus"))
	p.Head.Title, p.Head.Site = p.Layout.Title, "/"
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		places, err := readPlaces(tx)
		if err != nil {
			return err
		}
		p.Menus = nil
		for _, name := range []standfirst.MenuName{standfirst.HeaderMenu, standfirst.FooterMenu} {
			stored, err := tx.Menu(name)
			if err != nil {
				return err
			}
			menu := deskMenu{
				Name: string(name), Title: m.Text("desk.menus." + string(name)), Help: m.Text("desk.menus.help." + string(name)),
				Seen: menuText(stored), Arranged: len(stored) > 0,
			}
			items := stored
			if !menu.Arranged {
				items = places.standard(name)
			}
			if typed != nil && typed.name == name {
				menu.Target, menu.Label, menu.Address, menu.Failed = typed.target, typed.label, typed.address, true
				if len(typed.items) == len(stored) {
					items = typed.items
				}
			}
			menu.Items, menu.Targets = places.rows(items), places.targets(items, menu.Target)
			if p.Head.Undo != nil && p.Head.Undo.Name == menu.Name {
				p.Head.Undo.Seen = menu.Seen
			}
			p.Menus = append(p.Menus, menu)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return m.render(m.w, m.r, status, "menus", p)
}

// typedMenu is a menu as a form has it.
type typedMenu struct {
	name                   standfirst.MenuName
	items                  []standfirst.MenuItem
	target, label, address string
}

// arrangeMenu does what one button of a menu says, with the words that were typed.
func (m *member) arrangeMenu() error {
	if err := m.form(); err != nil {
		return err
	}
	actor := m.staff.Actor()
	if err := actor.Require(standfirst.ManageSections); err != nil {
		return err
	}
	f := m.r.PostFormValue
	seen, err := parseMenu(f("seen"))
	if err != nil {
		return err
	}
	typed := &typedMenu{name: standfirst.MenuName(f("menu")), items: slices.Clone(seen), target: f("target"), label: strings.TrimSpace(f("label")), address: strings.TrimSpace(f("address"))}
	for i := range typed.items {
		n := strconv.Itoa(i)
		if m.r.PostForm.Has("label-" + n) {
			typed.items[i].Label = strings.TrimSpace(f("label-" + n))
		}
		if m.r.PostForm.Has("address-"+n) && typed.items[i].Address != "" {
			typed.items[i].Address = strings.TrimSpace(f("address-" + n))
		}
	}
	deed, at, _ := strings.Cut(f("do"), " ")
	items, err := m.arrangedMenu(typed, deed, at)
	if err == nil {
		err = m.newsroom.SetMenu(m.r.Context(), actor, typed.name, seen, items)
	}
	status := http.StatusUnprocessableEntity
	switch {
	case err == nil:
		q := url.Values{"done": {deed}, "menu": {string(typed.name)}}
		if deed != restore {
			q.Set("undo", m.ticket(menuOf(typed.name), menuText(seen)))
		}
		http.Redirect(m.w, m.r, menusPath+"?"+q.Encode()+"#"+string(typed.name), http.StatusSeeOther)
		return nil
	case standfirst.KindOf(err) == standfirst.Conflict:
		status = http.StatusConflict
	case standfirst.KindOf(err) != standfirst.Invalid:
		return err
	}
	return m.menusPage(status, &menusPage{Head: arranged{Failure: message(err)}}, typed)
}

// menuOf returns what a ticket to undo is about.
func menuOf(name standfirst.MenuName) string {
	return (&undo{Path: menusPath, Name: string(name)}).of()
}

// arrangedMenu returns the items after what a button does.
func (m *member) arrangedMenu(t *typedMenu, deed, place string) ([]standfirst.MenuItem, error) {
	items := slices.Clone(t.items)
	at, _ := strconv.Atoi(place)
	there := place != "" && at >= 0 && at < len(items)
	switch {
	case deed == "save":
	case deed == "up" && there && at > 0:
		items[at-1], items[at] = items[at], items[at-1]
	case deed == "down" && there && at < len(items)-1:
		items[at], items[at+1] = items[at+1], items[at]
	case deed == "off" && there:
		items = slices.Delete(items, at, at+1)
	case deed == "default":
		items = nil
	case deed == restore:
		was, err := m.formerly(menuOf(t.name), m.r.PostFormValue("undo"))
		if err != nil {
			return nil, err
		}
		return parseMenu(was)
	case deed == "add":
		item, err := parseTarget(t)
		return append(items, item), err
	case deed == "own":
		err := m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
			places, err := readPlaces(tx)
			items = places.standard(t.name)
			return err
		})
		if err == nil && len(items) == 0 {
			err = standfirst.Errorf(standfirst.Invalid, "there is nothing yet that could stand in this menu")
		}
		return items, err
	default:
		return nil, standfirst.Errorf(standfirst.Invalid, "the form does not say what to do with which item")
	}
	return items, nil
}

// parseTarget returns the item that is added.
func parseTarget(t *typedMenu) (standfirst.MenuItem, error) {
	item := standfirst.MenuItem{Label: t.label}
	kind, number, _ := strings.Cut(t.target, ":")
	n, _ := strconv.ParseInt(number, 10, 64)
	switch {
	case kind == "section" && n > 0:
		item.Section = standfirst.SectionID(n)
	case kind == "page" && n > 0:
		item.Page = standfirst.StoryID(n)
	case t.address != "":
		item.Address = t.address
	default:
		return item, standfirst.Errorf(standfirst.Invalid, "choose a section or a page, or type an address")
	}
	return item, nil
}

// menuText writes the items for a form.
func menuText(items []standfirst.MenuItem) string {
	if items == nil {
		items = []standfirst.MenuItem{}
	}
	b, err := json.Marshal(items)
	if err != nil { // it holds numbers and texts
		return "[]"
	}
	return string(b)
}

// parseMenu reads what menuText writes.
func parseMenu(text string) ([]standfirst.MenuItem, error) {
	var items []standfirst.MenuItem
	if err := json.Unmarshal([]byte(text), &items); err != nil || len(items) > standfirst.MaxMenuItems {
		return nil, standfirst.Errorf(standfirst.Invalid, "the form does not say what stood in the menu")
	}
	if len(items) == 0 {
		items = nil
	}
	return items, nil
}

// menuPlaces are what a menu can lead to.
type menuPlaces struct {
	sections []standfirst.Section
	pages    []standfirst.Story // in the order in which they were made
}

func readPlaces(tx *store.ReadTx) (menuPlaces, error) {
	var p menuPlaces
	var err error
	if p.sections, err = tx.Sections(); err != nil {
		return p, err
	}
	p.pages, err = tx.Stories(store.StoryFilter{Kind: standfirst.KindPage}, 0, mostPages)
	slices.Reverse(p.pages)
	return p, err
}

// standard returns what a menu shows that nobody arranged.
func (p menuPlaces) standard(name standfirst.MenuName) []standfirst.MenuItem {
	var items []standfirst.MenuItem
	if name == standfirst.HeaderMenu {
		for _, s := range p.sections {
			items = append(items, standfirst.MenuItem{Section: s.ID})
		}
		return items[:min(len(items), standfirst.MaxMenuItems)]
	}
	for _, s := range p.pages {
		if s.State.Public() {
			items = append(items, standfirst.MenuItem{Page: s.ID})
		}
	}
	return items[:min(len(items), standfirst.MaxMenuItems)]
}

// rows returns the items as the page shows them.
func (p menuPlaces) rows(items []standfirst.MenuItem) []menuRow {
	rows := make([]menuRow, len(items))
	for i, item := range items {
		row := menuRow{N: i, Label: item.Label, Address: item.Address, Own: item.Section == 0 && item.Page == 0, Path: item.Address, Name: item.Label, Up: i > 0, Down: i < len(items)-1}
		if n := slices.IndexFunc(p.sections, func(s standfirst.Section) bool { return s.ID == item.Section }); n >= 0 {
			row.Name, row.Path = p.sections[n].Name, standfirst.SectionPath(p.sections[n].Slug)
		}
		if n := slices.IndexFunc(p.pages, func(s standfirst.Story) bool { return s.ID == item.Page }); n >= 0 {
			page := p.pages[n]
			row.Name, row.Path, row.Hidden = page.Headline, standfirst.PagePath(page.Slug), !page.State.Public()
		}
		rows[i] = row
	}
	return rows
}

// targets returns what is not among the items yet.
func (p menuPlaces) targets(items []standfirst.MenuItem, chosen string) []choice {
	var targets []choice
	add := func(value, text string, there bool) {
		if !there {
			targets = append(targets, choice{value, text, value == chosen})
		}
	}
	for _, s := range p.sections {
		add("section:"+s.ID.String(), s.Name, slices.ContainsFunc(items, func(m standfirst.MenuItem) bool { return m.Section == s.ID }))
	}
	for _, s := range p.pages {
		add("page:"+s.ID.String(), s.Headline, slices.ContainsFunc(items, func(m standfirst.MenuItem) bool { return m.Page == s.ID }))
	}
	return targets
}
