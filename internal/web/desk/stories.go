package desk

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

const (
	storiesPath = Prefix + "/stories"
	// storiesLength is how many stories one page lists.
	storiesLength = 40
	// mostWriters bounds how many writers one can choose from.
	mostWriters = 200
)

// storiesPage lists stories, the newest first.
type storiesPage struct {
	Layout   layout
	States   []stateLink
	State    string // the one that is chosen; empty for all
	Sections []choice
	Writers  []choice
	Words    string
	Stories  []listedStory
	More     string // address of the next page; empty for none
	First    string // address of the first page; empty if this is it
	Bounded  bool   // the search stopped before it had looked at every story
	Window   int    // how many it looks at
	Filtered bool
	Clear    string // address of the list without its filters
	Mine     bool   // it is the list of what needs the member
	Yours    needsList
}

// stateLink leads to the stories of one state, or to all.
type stateLink struct {
	Path, Text, Count string
	Current           bool
}

// listedStory is one story in the list.
type listedStory struct {
	Path     string
	Headline string // empty for one without
	State    string
	StateKey string
	Section  string
	Writer   string
	Saved    moment
	SavedBy  string
	Due      moment
	Prepared bool
}

// search reads what is looked for.
func (m *member) search() (newsroom.Search, error) {
	q := m.r.URL.Query()
	s := newsroom.Search{State: standfirst.State(strings.ReplaceAll(q.Get("state"), "-", " ")), Section: q.Get("section"), Writer: q.Get("writer"), Words: strings.TrimSpace(q.Get("q"))}
	if s.State != "" && !s.State.Valid() {
		return s, standfirst.Errorf(standfirst.NotFound, "there is no list of stories in the state %q", q.Get("state"))
	}
	if before := q.Get("before"); before != "" {
		n, err := strconv.ParseInt(before, 10, 64)
		if err != nil || n <= 0 {
			return s, standfirst.Errorf(standfirst.NotFound, "there is no such page of stories")
		}
		s.Before = standfirst.StoryID(n)
	}
	return s, nil
}

// searchPath returns the address of the list of what is looked for.
func searchPath(s newsroom.Search) string {
	q := make(url.Values)
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("state", stateKey(s.State))
	set("section", s.Section)
	set("writer", s.Writer)
	set("q", s.Words)
	if s.Before != 0 {
		set("before", s.Before.String())
	}
	if len(q) == 0 {
		return storiesPath
	}
	return storiesPath + "?" + q.Encode()
}

// needsYou is the address of the stories that need who asks.
const needsYou = storiesPath + "?needs=you"

func (m *member) stories() error {
	if needs := m.r.URL.Query().Get("needs"); needs == "you" {
		return m.needsYou()
	} else if needs != "" {
		return standfirst.Errorf(standfirst.NotFound, "there is no list of what needs %q", needs)
	}
	s, err := m.search()
	if err != nil {
		return err
	}
	if path, ok := m.storyNamed(s.Words); ok {
		http.Redirect(m.w, m.r, path, http.StatusSeeOther)
		return nil
	}
	found, err := m.newsroom.Find(m.r.Context(), m.staff.Actor(), s, storiesLength)
	if err != nil {
		return err
	}
	p := &storiesPage{
		Layout: m.layout(m.Text("desk.stories")), State: stateKey(s.State), Words: s.Words, Bounded: found.Bounded, Window: newsroom.SearchWindow,
		Filtered: s != newsroom.Search{Before: s.Before}, Clear: storiesPath,
	}
	if s.Before != 0 {
		first := s
		first.Before = 0
		p.First = searchPath(first)
	}
	if found.Next != 0 {
		next := s
		next.Before = found.Next
		p.More = searchPath(next)
	}
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		zone := pub.Location()
		p.Stories = nil
		for _, l := range found.Stories {
			row := listedStory{
				Path: storyPath(l.ID), Headline: l.Headline, State: m.Text("state." + stateKey(l.State)), StateKey: stateKey(l.State),
				Section: l.Section, Writer: l.Writer, Saved: m.moment(l.SavedAt, zone), SavedBy: l.SavedBy, Prepared: l.Prepared,
			}
			if !l.Due.IsZero() {
				row.Due = m.moment(l.Due, zone)
			}
			p.Stories = append(p.Stories, row)
		}
		return m.filters(tx, p, s)
	})
	if err != nil {
		return err
	}
	return m.render(m.w, m.r, http.StatusOK, "stories", p)
}

// needsYou lists the stories that need the member.
func (m *member) needsYou() (err error) {
	p := &storiesPage{Layout: m.layout(m.Text("desk.stories")), Mine: true}
	if p.Yours, err = m.needs(needsYou, m.newsroom.StoryNeeds); err != nil {
		return err
	}
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		p.States, err = m.stateLinks(tx, newsroom.Search{}, true)
		return err
	})
	if err != nil {
		return err
	}
	return m.render(m.w, m.r, http.StatusOK, "stories", p)
}

// stateLinks returns the links to the lists that there are beside the one of what is looked
// for.
func (m *member) stateLinks(tx *store.ReadTx, s newsroom.Search, mine bool) ([]stateLink, error) {
	of := s
	of.Before, of.State = 0, ""
	links := []stateLink{
		{Path: searchPath(of), Text: m.Text("desk.stories.all"), Current: s.State == "" && !mine},
		{Path: needsYou, Text: m.Text("desk.needs"), Current: mine},
	}
	for _, state := range standfirst.States() {
		n, err := tx.CountStories(standfirst.KindStory, state, countedStories)
		if err != nil {
			return nil, err
		}
		of.State = state
		links = append(links, stateLink{searchPath(of), m.Text("state." + stateKey(state)), countText(n), s.State == state})
	}
	return links, nil
}

// filters reads what one can choose from.
func (m *member) filters(tx *store.ReadTx, p *storiesPage, s newsroom.Search) error {
	var err error
	if p.States, err = m.stateLinks(tx, s, false); err != nil {
		return err
	}
	sections, err := tx.Sections()
	if err != nil {
		return err
	}
	p.Sections, p.Writers = nil, nil
	known := s.Section == ""
	for _, section := range sections {
		chosen := strings.EqualFold(section.Name, s.Section)
		known = known || chosen
		p.Sections = append(p.Sections, choice{section.Name, section.Name, chosen})
	}
	if !known {
		p.Sections = append(p.Sections, choice{s.Section, s.Section, true})
	}
	staff, err := tx.StaffList("", mostWriters)
	if err != nil {
		return err
	}
	for _, member := range staff {
		if actor := member.Actor(); actor.Can(standfirst.WriteStory) {
			p.Writers = append(p.Writers, choice{actor.String(), member.Name, actor.String() == s.Writer})
		}
	}
	return nil
}

// storyNamed returns the page of the story whose number or address for readers the words
// are.
func (m *member) storyNamed(words string) (path string, ok bool) {
	s, ok := m.storyCalled(words)
	return storyPath(s.ID), ok
}
