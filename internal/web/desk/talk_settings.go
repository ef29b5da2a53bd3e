package desk

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/store"
)

// talkSettingsPage says how the talk is held somewhere.
type talkSettingsPage struct {
	talkFrame
	Where       string // headline or section; empty for the publication
	Path        string // where the form is sent
	Scope       string
	Holding     bool // by the button, here
	HeldAbove   bool // by the button, above
	Publication bool
	MayChange   bool
	Form        talkForm
	Modes       []talkOption
	Above       talkAbove
	Sections    []talkLink
	Akismet     *talkAkismet // nil for a section or story
	Guard       guard
}

// talkForm is the form as it was typed.
type talkForm struct {
	Mode, ClosesAfter, Opens, Closes, HouseRules  string
	Never                                         bool // it never closes
	Exact, Loose, MaxLinks, KeepDays, EditMinutes string
}

// talkAbove says in words what holds where the form says nothing.
type talkAbove struct{ Mode, Closes, Hours string }

// scope is what settings are said of, with what is above it.
type scope struct {
	name  standfirst.DiscussionScope
	where string
	above standfirst.Discussion
}

// scope returns what the address names.
func (m *member) scope() (s scope, err error) {
	s.name = standfirst.PublicationScope
	if m.r.PathValue("id") == "" {
		s.above = standfirst.DefaultDiscussion()
		return s, nil
	}
	id, err := m.pathID()
	if err != nil {
		return s, err
	}
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		if strings.HasPrefix(m.r.URL.Path, talkPrefix+"/settings/section/") {
			section, err := tx.Section(standfirst.SectionID(id))
			if err != nil {
				return err
			}
			s.name, s.where = standfirst.SectionScope(section.ID), section.Name
			s.above, err = discuss.PublicationSettings(tx)
			return err
		}
		story, err := tx.Story(standfirst.StoryID(id))
		if err != nil {
			return err
		}
		s.name, s.where = standfirst.StoryScope(story.ID), story.Headline
		above := story
		above.ID = 0 // what is said of the story itself is not above it
		s.above, err = discuss.Settings(tx, above)
		return err
	})
	return s, err
}

func (m *member) talkSettings() error {
	s, err := m.scope()
	if err != nil {
		return err
	}
	d, err := m.talk.SettingsOf(m.r.Context(), s.name)
	if err != nil {
		return err
	}
	return m.talkSettingsPage(http.StatusOK, s, d, formOf(d, s), "", guard{})
}

func (m *member) talkSettingsPage(status int, s scope, is standfirst.Discussion, form talkForm, failure string, g guard) error {
	p := &talkSettingsPage{
		Where: s.where, Path: m.r.URL.Path, Scope: string(s.name), Holding: is.HoldNow, HeldAbove: s.above.HoldNow,
		Publication: s.name == standfirst.PublicationScope, Form: form,
		Above: talkAbove{m.Text("desk.talk.mode." + string(s.above.Mode)), m.closesWords(s.above), m.hoursWords(s.above)},
	}
	g.fill(is.Fingerprint(), m.talkFields(formOf(is, s), form)...)
	p.Guard = g
	p.MayChange = !p.Publication || m.staff.Role.Can(standfirst.ManageSettings)
	title := m.Text("desk.talk.settings.title")
	switch {
	case strings.HasPrefix(string(s.name), "section:"):
		title = m.Text("desk.talk.settings.section")
	case !p.Publication:
		title = m.Text("desk.talk.settings.story")
	}
	var err error
	if p.talkFrame, err = m.frame(title, m.r.URL.Path, failure); err != nil {
		return err
	}
	if !p.Publication {
		p.Modes = append(p.Modes, talkOption{"", m.Text("desk.talk.mode.above", p.Above.Mode), form.Mode == ""})
	}
	for _, mode := range []standfirst.DiscussionMode{standfirst.ModeOpen, standfirst.ModeFirst, standfirst.ModeAll, standfirst.ModeClosed} {
		p.Modes = append(p.Modes, talkOption{string(mode), m.Text("desk.talk.mode." + string(mode)), form.Mode == string(mode)})
	}
	if p.Publication {
		p.Akismet = m.akismet(is.Akismet)
		if err := m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
			sections, err := tx.Sections()
			p.Sections = nil
			for _, section := range sections {
				p.Sections = append(p.Sections, talkLink{Path: talkPrefix + "/settings/section/" + section.ID.String(), Text: section.Name})
			}
			return err
		}); err != nil {
			return err
		}
	}
	return m.render(m.w, m.r, status, "talksettings", p)
}

// talkFields returns the fields of the form as they stand and as they are typed.
func (m *member) talkFields(now, typed talkForm) []field {
	mode := func(f talkForm) string {
		if f.Mode == "" {
			return ""
		}
		return m.Text("desk.talk.mode." + f.Mode)
	}
	lists := func(text string) string { return strings.Join(lines(text), "\n") }
	return []field{
		{m.Text("desk.talk.set.mode"), mode(now), mode(typed)}, {m.Text("desk.talk.set.closes"), now.ClosesAfter, typed.ClosesAfter},
		{m.Text("desk.talk.set.never"), m.ticked(now.Never), m.ticked(typed.Never)}, {m.Text("desk.talk.set.opens"), now.Opens, typed.Opens},
		{m.Text("desk.talk.set.until"), now.Closes, typed.Closes}, {m.Text("desk.talk.set.rules"), now.HouseRules, typed.HouseRules},
		{m.Text("desk.talk.set.exact"), lists(now.Exact), lists(typed.Exact)}, {m.Text("desk.talk.set.loose"), lists(now.Loose), lists(typed.Loose)},
		{m.Text("desk.talk.set.links"), now.MaxLinks, typed.MaxLinks}, {m.Text("desk.talk.set.keep"), now.KeepDays, typed.KeepDays},
		{m.Text("desk.talk.set.edit"), now.EditMinutes, typed.EditMinutes},
	}
}

// closesWords says when stories close.
func (m *member) closesWords(d standfirst.Discussion) string {
	if d.ClosesAfter <= 0 {
		return m.Text("desk.talk.never")
	}
	return m.Text("desk.talk.days", d.ClosesAfter)
}

func (m *member) hoursWords(d standfirst.Discussion) string {
	if d.Opens == "" {
		return m.Text("desk.talk.always")
	}
	return d.Opens + "–" + d.Closes
}

// formOf returns the settings as the form has them: for the publication what holds, for
// the rest what is said there.
func formOf(d standfirst.Discussion, s scope) talkForm {
	publication := s.name == standfirst.PublicationScope
	if publication {
		d = d.WithDefaults()
	}
	f := talkForm{
		Mode: string(d.Mode), Opens: d.Opens, Closes: d.Closes, HouseRules: d.HouseRules, Never: d.ClosesAfter < 0,
		Exact: strings.Join(d.Exact, "\n"), Loose: strings.Join(d.Loose, "\n"),
	}
	if d.ClosesAfter > 0 {
		f.ClosesAfter = strconv.Itoa(d.ClosesAfter)
	}
	if publication {
		f.MaxLinks, f.KeepDays, f.EditMinutes = strconv.Itoa(max(d.MaxLinks, 0)), strconv.Itoa(d.KeepDays), strconv.Itoa(max(d.EditMinutes, 0))
	}
	return f
}

// typed returns the form as it was sent.
func (m *member) typed() talkForm {
	v := func(name string) string { return strings.TrimSpace(m.r.PostFormValue(name)) }
	return talkForm{
		Mode: v("mode"), ClosesAfter: v("closes-after"), Never: v("never") != "", Opens: v("opens"), Closes: v("closes"), HouseRules: v("house-rules"),
		Exact: m.r.PostFormValue("exact"), Loose: m.r.PostFormValue("loose"), MaxLinks: v("max-links"), KeepDays: v("keep-days"), EditMinutes: v("edit-minutes"),
	}
}

// settings returns what the form says, or an Invalid error that says what cannot stand.
func (m *member) settings(f talkForm) (d standfirst.Discussion, err error) {
	d = standfirst.Discussion{
		Mode: standfirst.DiscussionMode(f.Mode), Opens: f.Opens, Closes: f.Closes, HouseRules: f.HouseRules, Exact: lines(f.Exact), Loose: lines(f.Loose),
	}
	for _, number := range []struct {
		to    *int
		typed string
		what  string
		none  bool // 0 is "none at all", which is kept as -1
	}{
		{&d.ClosesAfter, f.ClosesAfter, m.Text("desk.talk.set.closes"), false},
		{&d.MaxLinks, f.MaxLinks, m.Text("desk.talk.set.links"), true},
		{&d.KeepDays, f.KeepDays, m.Text("desk.talk.set.keep"), false},
		{&d.EditMinutes, f.EditMinutes, m.Text("desk.talk.set.edit"), true},
	} {
		if number.typed == "" {
			continue
		}
		n, err := strconv.Atoi(number.typed)
		if err != nil || n < 0 || n == 0 && !number.none {
			return d, standfirst.Errorf(standfirst.Invalid, "%q does not fit %q", number.typed, number.what)
		}
		if n == 0 {
			n = -1
		}
		*number.to = n
	}
	if f.Never {
		d.ClosesAfter = -1
	}
	return d, d.Validate()
}

// lines returns the lines of a text that are not empty.
func lines(text string) (list []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

func (m *member) setTalkSettings() error {
	s, err := m.scope()
	if err != nil {
		return err
	}
	ctx := m.r.Context()
	form := m.typed()
	d, err := m.settings(form)
	if err == nil {
		err = m.talk.SetSettings(ctx, m.staff.Actor(), s.name, d, m.seen())
	}
	if status, words := m.refusal(err); words != "" {
		is, failed := m.talk.SettingsOf(ctx, s.name)
		if failed != nil {
			return failed
		}
		return m.talkSettingsPage(status, s, is, form, words, m.guardOf(err))
	}
	if err != nil {
		return fmt.Errorf("desk: settings of the talk: %w", err)
	}
	m.goBack(m.r.URL.Path, "saved", "", 0)
	return nil
}

// hold holds everything in a scope, or lets go of it.
func (m *member) hold() error {
	name, err := m.holdScope()
	if err != nil {
		return err
	}
	holding := m.r.PostFormValue("do") == "hold"
	if err := m.talk.HoldNow(m.r.Context(), m.staff.Actor(), name, holding); err != nil {
		return err
	}
	done := "released"
	if holding {
		done = "held"
	}
	m.goBack(talkPrefix, done, "", 0)
	return nil
}

// holdScope returns the scope that the form names, which must be there.
func (m *member) holdScope() (standfirst.DiscussionScope, error) {
	text := m.r.PostFormValue("scope")
	if text == string(standfirst.PublicationScope) {
		return standfirst.PublicationScope, nil
	}
	kind, number, _ := strings.Cut(text, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	name := standfirst.SectionScope(standfirst.SectionID(id))
	if err != nil || kind != "section" && kind != "story" {
		return "", standfirst.Errorf(standfirst.Invalid, "the form does not say what to hold")
	}
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		if kind == "section" {
			_, err = tx.Section(standfirst.SectionID(id))
			return err
		}
		name = standfirst.StoryScope(standfirst.StoryID(id))
		_, err = tx.Story(standfirst.StoryID(id))
		return err
	})
	return name, err
}
