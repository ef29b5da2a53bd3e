package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/frontpage"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

const (
	frontPath = Prefix + "/front"
	// foundToPin is how many stories one search offers.
	foundToPin = 12
	// shownOfSection is how many stories of a section's page the desk shows.
	shownOfSection = 12
)

// frontRoutes adds the page on which the front page and those of the sections are arranged.
func (d *Desk) frontRoutes(metrics *web.Metrics) {
	d.route("GET /desk/front", d.member((*member).front), metrics)
	d.route("POST /desk/front", d.member((*member).arrangeFront), metrics)
}

// frontPage shows what stands on the front page, or on a section's, and what of it is pinned.
type frontPage struct {
	Layout  layout
	Head    arranged
	Tabs    []stateLink
	Section standfirst.Slug
	Front   bool // it is the front page, where a story can lead
	Seen    string
	Pins    []pinRow
	Most    int
	Zone    string
	Places  []frontPlace
	Words   string
	Found   *frontPlace // nil without a search
}

// pinRow is a story that is pinned.
type pinRow struct {
	ID       string
	Path     string
	Headline string
	Lead     bool
	Up, Down bool // it can go there
	Until    string
	Failure  bool // its time is what was refused
}

// frontPlace is a part of a page with the stories that stand there.
type frontPlace struct {
	Name  string
	Front bool // a story can lead
	Rows  []placedRow
}

// placedRow is a story on the page.
type placedRow struct {
	ID        string
	Path      string
	Headline  string
	Published moment
	Pinned    bool
	Leads     bool
}

func (m *member) front() error {
	p := &frontPage{Words: strings.TrimSpace(m.r.URL.Query().Get("q")), Head: m.lastStep(frontPath, "section", frontDeeds, func(deed string) string { return m.Text("desk.front.done." + deed) })}
	return m.frontPage(http.StatusOK, m.r.URL.Query().Get("section"), p)
}

// frontSection returns the section of the slug; the zero Section stands for the front page.
func frontSection(tx *store.ReadTx, slug string) (standfirst.Section, error) {
	if slug == "" {
		return standfirst.Section{}, nil
	}
	return tx.SectionBySlug(standfirst.Slug(slug))
}

// frontPage answers with the page.
func (m *member) frontPage(status int, slug string, p *frontPage) error {
	if err := m.staff.Actor().Require(standfirst.OrderFront); err != nil {
		return err
	}
	var found []standfirst.StoryID
	if p.Words != "" {
		var err error
		if found, err = m.foundToPin(slug, p.Words); err != nil {
			return err
		}
	}
	p.Layout, p.Most = m.layout(m.Text("desk.front")), standfirst.MaxPins
	p.Head.Title = p.Layout.Title
	typed := p.Pins
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		section, err := frontSection(tx, slug)
		if err != nil {
			return err
		}
		p.Section, p.Front, p.Head.Site, p.Zone = section.Slug, section.ID == 0, "/", pub.TimeZone
		if section.ID != 0 {
			p.Head.Site = standfirst.SectionPath(section.Slug)
		}
		sections, err := tx.Sections()
		if err != nil {
			return err
		}
		p.Tabs = []stateLink{{Path: frontPath, Text: m.Text("desk.front.front"), Current: section.ID == 0}}
		for _, s := range sections {
			p.Tabs = append(p.Tabs, stateLink{Path: frontPath + "?section=" + string(s.Slug), Text: s.Name, Current: s.ID == section.ID})
		}
		tops, err := frontpage.Tops(tx, section.ID, m.clock())
		if err != nil {
			return err
		}
		p.pinned(tops, typed, pub.Location())
		return m.places(tx, p, section.ID, tops, found, pub.Location())
	})
	if err != nil {
		return err
	}
	return m.render(m.w, m.r, status, "front", p)
}

// pinned fills in the pinned stories, with the times that were typed for them.
func (p *frontPage) pinned(tops []frontpage.Top, typed []pinRow, zone *time.Location) {
	pins := make([]standfirst.Pin, len(tops))
	p.Pins = nil
	for i, t := range tops {
		pins[i] = t.Pin
		row := pinRow{
			ID: t.ID.String(), Path: storyPath(t.ID), Headline: t.Headline, Lead: t.Lead,
			Up: i > 0 || p.Front && !t.Lead, Down: i < len(tops)-1 || t.Lead,
		}
		if !t.Until.IsZero() {
			row.Until = t.Until.In(zone).Format(formDate)
		}
		if n := slices.IndexFunc(typed, func(r pinRow) bool { return r.ID == row.ID }); n >= 0 {
			row.Until, row.Failure = typed[n].Until, typed[n].Failure
		}
		p.Pins = append(p.Pins, row)
	}
	p.Seen = pinsText(pins)
	if p.Head.Undo != nil {
		p.Head.Undo.Seen = p.Seen
	}
}

// places fills in what stands on the page now, and what a search found.
func (m *member) places(tx *store.ReadTx, p *frontPage, section standfirst.SectionID, tops []frontpage.Top, found []standfirst.StoryID, zone *time.Location) error {
	rows := func(name string, cards []standfirst.Card) frontPlace {
		place := frontPlace{Name: name, Front: p.Front}
		for _, c := range cards {
			row := placedRow{ID: c.ID.String(), Path: storyPath(c.ID), Headline: c.Headline, Published: m.moment(c.FirstPublished, zone)}
			if i := slices.IndexFunc(tops, func(t frontpage.Top) bool { return t.ID == c.ID }); i >= 0 {
				row.Pinned, row.Leads = true, tops[i].Lead
			}
			place.Rows = append(place.Rows, row)
		}
		return place
	}
	p.Places, p.Found = nil, nil
	if p.Words != "" {
		cards, err := tx.CardsByID(found)
		if err != nil {
			return err
		}
		place := rows(m.Text("desk.front.found", p.Words), cards)
		p.Found = &place
	}
	if section != 0 {
		cards, err := tx.SectionCards(section, standfirst.Position{}, shownOfSection)
		p.Places = append(p.Places, rows(m.Text("desk.front.newest"), cards))
		return err
	}
	page, err := frontpage.Load(tx, m.clock())
	if err != nil || page.Lead == nil {
		return err
	}
	p.Places = append(p.Places, rows(m.Text("desk.front.leads"), []standfirst.Card{*page.Lead}))
	for _, part := range []struct {
		name  string
		cards []standfirst.Card
	}{{m.Text("desk.front.below"), page.Seconds}, {m.Text("desk.front.latest"), page.Latest}} {
		if len(part.cards) > 0 {
			p.Places = append(p.Places, rows(part.name, part.cards))
		}
	}
	return nil
}

// foundToPin returns published stories whose headlines have the words, or the one whose
// number or address they are.
func (m *member) foundToPin(slug, words string) ([]standfirst.StoryID, error) {
	var section standfirst.Section
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		section, err = frontSection(tx, slug)
		return err
	})
	if err != nil {
		return nil, err
	}
	fits := func(s standfirst.Story) bool {
		return s.State == standfirst.Published && (section.ID == 0 || s.Section == section.ID)
	}
	if s, ok := m.storyCalled(words); ok {
		if fits(s) {
			return []standfirst.StoryID{s.ID}, nil
		}
		return nil, nil
	}
	found, err := m.newsroom.Find(m.r.Context(), m.staff.Actor(), newsroom.Search{State: standfirst.Published, Words: words, Section: section.Name}, foundToPin)
	var ids []standfirst.StoryID
	for _, l := range found.Stories {
		if fits(l.Story) {
			ids = append(ids, l.ID)
		}
	}
	return ids, err
}

// arrangeFront does what one button of the page says with the pins that it showed.
func (m *member) arrangeFront() error {
	if err := m.form(); err != nil {
		return err
	}
	actor, slug := m.staff.Actor(), m.r.PostFormValue("section")
	if err := actor.Require(standfirst.OrderFront); err != nil {
		return err
	}
	seen, err := parsePins(m.r.PostFormValue("seen"))
	if err != nil {
		return err
	}
	var section standfirst.Section
	var pub standfirst.Publication
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		if pub, err = tx.Publication(); err != nil {
			return err
		}
		section, err = frontSection(tx, slug)
		return err
	})
	if err != nil {
		return err
	}
	deed, id, _ := strings.Cut(m.r.PostFormValue("do"), " ")
	p := &frontPage{Words: strings.TrimSpace(m.r.PostFormValue("q"))}
	pins, err := m.pinTimes(seen, p, pub.Location())
	if err == nil {
		pins, err = m.arrangedPins(pins, deed, id, section)
	}
	if err == nil {
		err = m.newsroom.ArrangeTop(m.r.Context(), actor, section.ID, seen, pins)
	}
	if status, told := refusedForm(err); told != "" {
		p.Head.Failure = told
		return m.frontPage(status, slug, p)
	}
	if err != nil {
		return err
	}
	q := url.Values{"done": {deed}}
	if slug != "" {
		q.Set("section", slug)
	}
	if deed != restore {
		q.Set("undo", m.ticket(frontOf(section), pinsText(seen)))
	}
	to := frontPath + "?" + q.Encode()
	if deed == "up" || deed == "down" {
		to += "#pin-" + id
	}
	http.Redirect(m.w, m.r, to, http.StatusSeeOther)
	return nil
}

// arrangedPins returns the pins after what a button does.
func (m *member) arrangedPins(pins []standfirst.Pin, deed, story string, section standfirst.Section) ([]standfirst.Pin, error) {
	switch deed {
	case "times":
		return pins, nil
	case restore:
		was, err := m.formerly(frontOf(section), m.r.PostFormValue("undo"))
		if err != nil {
			return nil, err
		}
		return parsePins(was)
	}
	return movePin(pins, deed, story, section.ID == 0)
}

// frontOf returns what a ticket to undo is about: the front page, or that of the section.
func frontOf(section standfirst.Section) string {
	return (&undo{Path: frontPath, Name: string(section.Slug)}).of()
}

// pinTimes returns the pins with the times that were typed, which it keeps for the page if
// one of them cannot be read. Every button of the list takes them along.
func (m *member) pinTimes(seen []standfirst.Pin, p *frontPage, zone *time.Location) ([]standfirst.Pin, error) {
	pins := slices.Clone(seen)
	var refused error
	for i := range pins {
		field := "until-" + pins[i].Story.String()
		if !m.r.PostForm.Has(field) {
			continue
		}
		typed := strings.TrimSpace(m.r.PostForm.Get(field))
		row := pinRow{ID: pins[i].Story.String(), Until: typed}
		switch {
		case typed == "":
			pins[i].Until = time.Time{}
		case typed != pins[i].Until.In(zone).Format(formDate):
			at, err := parseTime(typed, zone)
			if err == nil && !at.After(m.clock()) {
				err = standfirst.Errorf(standfirst.Invalid, "%s has passed", typed)
			}
			if err != nil {
				refused, row.Failure = err, true
			}
			pins[i].Until = at.UTC()
		}
		p.Pins = append(p.Pins, row)
	}
	return pins, refused
}

// storyCalled returns the story whose number or address for readers the words are.
func (m *member) storyCalled(words string) (s standfirst.Story, ok bool) {
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		if n, err := strconv.ParseInt(words, 10, 64); err == nil && n > 0 {
			s, err = tx.Story(standfirst.StoryID(n))
			return err
		}
		u, err := url.Parse(words)
		if err != nil {
			return err
		}
		day, slug, ok := standfirst.ParseStoryPath(u.Path)
		if !ok {
			return standfirst.Errorf(standfirst.NotFound, "no story is named")
		}
		s, err = tx.StoryAt(day, slug)
		return err
	})
	return s, err == nil
}
