package desk

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/web"
	"standfirst/internal/webhook"
)

// settingsRoutes adds the pages of the publication's settings.
func (d *Desk) settingsRoutes(metrics *web.Metrics) {
	for pattern, answer := range map[string]func(*member) error{
		"GET /desk/settings":                 (*member).settingsForm,
		"POST /desk/settings":                (*member).setSettings,
		"GET /desk/settings/mail":            (*member).mailForm,
		"POST /desk/settings/embeds":         (*member).setEmbedHosts,
		"POST /desk/settings/indexnow":       (*member).setIndexNow,
		"POST /desk/settings/mail":           (*member).setMail,
		"POST /desk/settings/mail/test":      (*member).sendTestMail,
		"POST /desk/settings/sections":       (*member).addSection,
		"POST /desk/settings/sections/order": (*member).arrangeSections,
	} {
		d.route(pattern, d.member(answer), metrics)
	}
}

// settingsPage shows the settings of the publication, and its sections.
type settingsPage struct {
	Layout  layout
	Done    string
	Failure string
	Manages bool // may change the settings of the publication; sections editors change too

	Name, Description, BaseURL, TimeZone, Language string
	SecurityContact                                string
	DenyTraining                                   bool
	Hub, IndexNowURL                               string
	IndexNow                                       string // the address of the key; empty while it is off
	OwnBaseURL                                     string // with which the server was started; empty if with none

	EmbedHosts string // one on each line; as it was typed, if it was refused
	Typed      bool   // EmbedHosts was

	Sections []sectionRow
	Places   map[standfirst.SectionID]string // as they were typed; nil if they were not
	Section  string                          // the name that was typed for a new one

	Guard, HostsGuard, OrderGuard guard
}

// sectionRow is one section of the menu.
type sectionRow struct {
	ID    int64
	Name  string
	Slug  string
	Place string
}

func (m *member) settingsForm() error {
	done := ""
	switch m.r.URL.Query().Get("done") {
	case "settings":
		done = m.Text("desk.settings.done")
	case "embeds":
		done = m.Text("desk.settings.done.embeds")
	case "indexnow":
		done = m.Text("desk.settings.done.indexnow")
	case "section":
		done = m.Text("desk.settings.done.section")
	case "deleted":
		done = m.Text("desk.section.done.deleted")
	case "order":
		done = m.Text("desk.settings.done.order")
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	return m.settingsPage(http.StatusOK, pub, &settingsPage{Done: done})
}

// settingsPage answers with the page. The publication is what stands in the fields.
func (m *member) settingsPage(status int, pub standfirst.Publication, p *settingsPage) error {
	actor := m.staff.Actor()
	if err := actor.Require(standfirst.ManageSections); err != nil {
		return err
	}
	var sections []standfirst.Section
	var hosts []string
	var now standfirst.Publication
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		if sections, err = tx.Sections(); err != nil {
			return err
		}
		if now, err = tx.Publication(); err != nil {
			return err
		}
		hosts, err = tx.EmbedHosts()
		return err
	})
	if err != nil {
		return err
	}
	if !p.Typed {
		p.EmbedHosts = strings.Join(hosts, "\n")
	}
	p.Guard.fill(now.Fingerprint(), m.settingsFields(now, pub)...)
	p.HostsGuard.fill(standfirst.FingerprintOf(hosts), field{m.Text("desk.settings.embeds.hosts"), strings.Join(hosts, "\n"), p.EmbedHosts})
	names := make([]string, len(sections))
	for i, s := range sections {
		names[i] = s.Name
	}
	p.OrderGuard.fill(standfirst.SectionOrder(sections), field{m.Text("desk.settings.sections"), strings.Join(names, ", "), ""})
	p.Layout, p.Manages = m.layout(m.Text("desk.settings")), m.staff.Role.Can(standfirst.ManageSettings)
	p.Name, p.Description, p.BaseURL, p.TimeZone, p.Language, p.OwnBaseURL = pub.Name, pub.Description, pub.BaseURL, pub.TimeZone, pub.Language, m.baseURL
	p.SecurityContact, p.DenyTraining = pub.SecurityContact, pub.Crawlers == standfirst.DenyTraining
	p.Hub, p.IndexNowURL, p.IndexNow = pub.Hub, pub.IndexNowURL, pub.IndexNowPath()
	for i, s := range sections {
		p.Sections = append(p.Sections, sectionRow{ID: int64(s.ID), Name: s.Name, Slug: string(s.Slug), Place: cmp.Or(p.Places[s.ID], strconv.Itoa(i+1))})
	}
	return m.render(m.w, m.r, status, "settings", p)
}

// settingsFields returns the fields of the form as they stand and as they are typed.
func (m *member) settingsFields(now, typed standfirst.Publication) []field {
	return []field{
		{m.Text("desk.name"), now.Name, typed.Name}, {m.Text("desk.settings.description"), now.Description, typed.Description},
		{m.Text("desk.settings.base"), now.BaseURL, typed.BaseURL}, {m.Text("desk.settings.zone"), now.TimeZone, typed.TimeZone},
		{m.Text("desk.settings.language"), now.Language, typed.Language}, {m.Text("desk.settings.security"), now.SecurityContact, typed.SecurityContact},
		{m.Text("desk.settings.training"), m.ticked(now.Crawlers == standfirst.DenyTraining), m.ticked(typed.Crawlers == standfirst.DenyTraining)},
		{m.Text("desk.settings.hub"), now.Hub, typed.Hub}, {m.Text("desk.settings.indexnow.url"), now.IndexNowURL, typed.IndexNowURL},
	}
}

// settingsRefusal answers with the page where the error is one that it tells.
func (m *member) settingsRefusal(err error, pub standfirst.Publication, p *settingsPage) error {
	p.Failure = message(err)
	switch standfirst.KindOf(err) {
	case standfirst.Invalid:
		return m.settingsPage(http.StatusUnprocessableEntity, pub, p)
	case standfirst.Conflict:
		return m.settingsPage(http.StatusConflict, pub, p)
	}
	return err
}

// sectionsRefusal does that where the settings themselves stand as they were.
func (m *member) sectionsRefusal(err error, p *settingsPage) error {
	pub, failed := m.publication()
	if failed != nil {
		return failed
	}
	return m.settingsRefusal(err, pub, p)
}

func (m *member) setSettings() error {
	if err := m.form(); err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	for name, to := range map[string]*string{
		"name": &pub.Name, "description": &pub.Description, "base-url": &pub.BaseURL, "time-zone": &pub.TimeZone, "language": &pub.Language,
		"security-contact": &pub.SecurityContact, "hub": &pub.Hub, "index-now-url": &pub.IndexNowURL,
	} {
		*to = m.r.PostFormValue(name)
	}
	pub.SecurityContact, pub.Hub = strings.TrimSpace(pub.SecurityContact), strings.TrimSpace(pub.Hub)
	pub.IndexNowURL = cmp.Or(strings.TrimSpace(pub.IndexNowURL), standfirst.DefaultIndexNowURL)
	pub.Crawlers = standfirst.AllowCrawlers
	if m.r.PostFormValue("deny-training") != "" {
		pub.Crawlers = standfirst.DenyTraining
	}
	if err := m.newsroom.UpdateSettings(m.r.Context(), m.staff.Actor(), pub, m.seen()); err != nil {
		return m.settingsRefusal(err, pub, &settingsPage{Guard: m.guardOf(err)})
	}
	m.settingsDone("settings")
	return nil
}

// setIndexNow makes a key for IndexNow, which turns it on, or takes it away.
func (m *member) setIndexNow() error {
	if err := m.form(); err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	switch m.r.PostFormValue("do") {
	case "make":
		pub.IndexNowKey = webhook.NewIndexNowKey()
	case "off":
		pub.IndexNowKey = ""
	}
	if err := m.newsroom.UpdateSettings(m.r.Context(), m.staff.Actor(), pub, pub.Fingerprint()); err != nil {
		return m.settingsRefusal(err, pub, &settingsPage{})
	}
	m.settingsDone("indexnow")
	return nil
}

func (m *member) setEmbedHosts() error {
	if err := m.form(); err != nil {
		return err
	}
	hosts := m.r.PostFormValue("hosts")
	if err := m.newsroom.SetEmbedHosts(m.r.Context(), m.staff.Actor(), hosts, m.seen()); err != nil {
		return m.sectionsRefusal(err, &settingsPage{EmbedHosts: strings.ReplaceAll(hosts, "\r\n", "\n"), Typed: true, HostsGuard: m.guardOf(err)})
	}
	m.settingsDone("embeds")
	return nil
}

func (m *member) addSection() error {
	if err := m.form(); err != nil {
		return err
	}
	name := m.r.PostFormValue("section")
	if _, err := m.newsroom.AddSection(m.r.Context(), m.staff.Actor(), name); err != nil {
		return m.sectionsRefusal(err, &settingsPage{Section: name})
	}
	m.settingsDone("section")
	return nil
}

// arrangeSections takes the places that were typed: two of the same stay in their order.
func (m *member) arrangeSections() error {
	if err := m.form(); err != nil {
		return err
	}
	type placed struct {
		id    standfirst.SectionID
		place float64
	}
	var order []placed
	p := &settingsPage{Places: make(map[standfirst.SectionID]string)}
	for _, value := range m.r.PostForm["section"] {
		if id, err := strconv.ParseInt(value, 10, 64); err == nil {
			p.Places[standfirst.SectionID(id)] = m.r.PostFormValue("place-" + value)
		}
	}
	for _, value := range m.r.PostForm["section"] {
		id, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return standfirst.Errorf(standfirst.Invalid, "the form names no section")
		}
		place, err := strconv.ParseFloat(m.r.PostFormValue("place-"+value), 64)
		if err != nil {
			return m.sectionsRefusal(standfirst.Errorf(standfirst.Invalid, "a place in the menu is a number, not %q", m.r.PostFormValue("place-"+value)), p)
		}
		order = append(order, placed{standfirst.SectionID(id), place})
	}
	slices.SortStableFunc(order, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
	ids := make([]standfirst.SectionID, len(order))
	for i, p := range order {
		ids[i] = p.id
	}
	if err := m.newsroom.ArrangeSections(m.r.Context(), m.staff.Actor(), ids, m.seen()); err != nil {
		p.OrderGuard = m.guardOf(err)
		return m.sectionsRefusal(err, p)
	}
	m.settingsDone("order")
	return nil
}

// settingsDone goes back to the settings, which say what was done.
func (m *member) settingsDone(what string) {
	http.Redirect(m.w, m.r, Prefix+"/settings?done="+what, http.StatusSeeOther)
}
