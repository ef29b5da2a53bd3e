package desk

import (
	"net/http"
	"net/url"
	"strings"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

const (
	topicsPath  = Prefix + "/topics"
	topicPrefix = Prefix + "/topic/"
	// topicsLength is how many topics one page lists.
	topicsLength = 60
	// offeredTopics is how many topics are offered to merge into.
	offeredTopics = 500
)

// sectionRoutes adds the pages of single sections and of topics.
func (d *Desk) sectionRoutes(metrics *web.Metrics) {
	d.route("GET /desk/section/{id}", d.member((*member).section), metrics)
	d.route("POST /desk/section/{id}", d.member((*member).renameSection), metrics)
	d.route("POST /desk/section/{id}/delete", d.member((*member).deleteSection), metrics)
	d.route("GET /desk/topics", d.member((*member).topics), metrics)
	d.route("GET /desk/topic/{id}", d.member((*member).topic), metrics)
	d.route("POST /desk/topic/{id}", d.member((*member).renameTopic), metrics)
	d.route("POST /desk/topic/{id}/merge", d.member((*member).mergeTopic), metrics)
}

// namePage changes the name and address of a section or of a topic.
type namePage struct {
	Layout  layout
	Path    string
	Prefix  string // of its address for readers
	Live    string
	Name    string
	Slug    string
	Done    string
	Failure string
	Guard   guard

	Topic  bool // and not a section
	Used   bool // a section with stories is not deleted
	Into   string
	Others []string // topics to merge into
}

func (m *member) section() error {
	p := &namePage{}
	if m.r.URL.Query().Get("done") == "renamed" {
		p.Done = m.Text("desk.section.done")
	}
	return m.namePage(http.StatusOK, p)
}

func (m *member) topic() error {
	p := &namePage{Topic: true}
	switch m.r.URL.Query().Get("done") {
	case "renamed":
		p.Done = m.Text("desk.section.done")
	case "merged":
		p.Done = m.Text("desk.topic.done.merged")
	}
	return m.namePage(http.StatusOK, p)
}

// namePage answers with the page. What was typed stands in its fields.
func (m *member) namePage(status int, p *namePage) error {
	if err := m.staff.Actor().Require(standfirst.ManageSections); err != nil {
		return err
	}
	id, err := m.pathID()
	if err != nil {
		return err
	}
	typed := p.Failure != "" && m.r.PostForm.Has("name")
	var name string
	var slug standfirst.Slug
	var now standfirst.Fingerprint
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		if p.Topic {
			t, err := tx.Topic(standfirst.TopicID(id))
			if err != nil {
				return err
			}
			now = t.Fingerprint()
			name, slug, p.Path, p.Prefix, p.Live = t.Name, t.Slug, topicPrefix+t.ID.String(), "/topic/", standfirst.TopicPath(t.Slug)
			others, err := tx.Topics("", offeredTopics)
			p.Others = nil
			for _, o := range others {
				if o.ID != t.ID {
					p.Others = append(p.Others, o.Name)
				}
			}
			return err
		}
		s, err := tx.Section(standfirst.SectionID(id))
		if err != nil {
			return err
		}
		now = s.Fingerprint()
		name, slug, p.Path, p.Prefix, p.Live = s.Name, s.Slug, sectionPath(s.ID), "/section/", standfirst.SectionPath(s.Slug)
		p.Used, err = tx.SectionIsUsed(s)
		return err
	})
	if err != nil {
		return err
	}
	p.Layout = m.layout(name)
	if !typed {
		p.Name, p.Slug = name, string(slug)
	}
	p.Guard.fill(now, field{m.Text("desk.name"), name, p.Name}, field{m.Text("desk.section.slug", p.Prefix), string(slug), p.Slug})
	return m.render(m.w, m.r, status, "name", p)
}

// sectionPath returns the address of the section at the desk.
func sectionPath(id standfirst.SectionID) string { return Prefix + "/section/" + id.String() }

// typedName reads what is typed for a section or topic.
func (m *member) typedName(p *namePage) (id int64, err error) {
	if id, err = m.pathID(); err != nil {
		return 0, err
	}
	if err := m.form(); err != nil {
		return 0, err
	}
	p.Name, p.Slug, p.Into = m.r.PostFormValue("name"), strings.TrimSpace(m.r.PostFormValue("slug")), strings.TrimSpace(m.r.PostFormValue("into"))
	return id, nil
}

// nameDone goes on if there is no error, and shows the page again for one that it tells.
func (m *member) nameDone(err error, p *namePage, to string) error {
	status := http.StatusUnprocessableEntity
	switch {
	case err == nil:
		http.Redirect(m.w, m.r, to, http.StatusSeeOther)
		return nil
	case standfirst.KindOf(err) == standfirst.Conflict:
		status = http.StatusConflict
	case standfirst.KindOf(err) != standfirst.Invalid:
		return err
	}
	p.Failure, p.Guard = message(err), m.guardOf(err)
	return m.namePage(status, p)
}

func (m *member) renameSection() error {
	p := &namePage{}
	id, err := m.typedName(p)
	if err != nil {
		return err
	}
	section := standfirst.SectionID(id)
	err = m.newsroom.RenameSection(m.r.Context(), m.staff.Actor(), section, p.Name, standfirst.Slug(p.Slug), m.seen())
	return m.nameDone(err, p, sectionPath(section)+"?done=renamed")
}

func (m *member) deleteSection() error {
	p := &namePage{}
	id, err := m.typedName(p)
	if err != nil {
		return err
	}
	err = m.newsroom.DeleteSection(m.r.Context(), m.staff.Actor(), standfirst.SectionID(id))
	return m.nameDone(err, p, Prefix+"/settings?done=deleted#sections")
}

func (m *member) renameTopic() error {
	p := &namePage{Topic: true}
	id, err := m.typedName(p)
	if err != nil {
		return err
	}
	topic := standfirst.TopicID(id)
	err = m.newsroom.RenameTopic(m.r.Context(), m.staff.Actor(), topic, p.Name, standfirst.Slug(p.Slug), m.seen())
	return m.nameDone(err, p, topicPrefix+topic.String()+"?done=renamed")
}

func (m *member) mergeTopic() error {
	p := &namePage{Topic: true}
	id, err := m.typedName(p)
	if err != nil {
		return err
	}
	into, err := m.newsroom.MergeTopic(m.r.Context(), m.staff.Actor(), standfirst.TopicID(id), p.Into)
	return m.nameDone(err, p, topicPrefix+into.ID.String()+"?done=merged")
}

// topicsPage lists the topics by name.
type topicsPage struct {
	Layout layout
	From   string
	Topics []link
	First  string
	More   string
}

func (m *member) topics() error {
	if err := m.staff.Actor().Require(standfirst.ManageSections); err != nil {
		return err
	}
	p := &topicsPage{From: strings.TrimSpace(m.r.URL.Query().Get("from"))}
	after := m.r.URL.Query().Get("after")
	if after != "" || p.From != "" {
		p.First = topicsPath
	}
	var found []standfirst.Topic
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		found = nil
		last := after
		if after == "" && p.From != "" { // the list goes on after a name, and this one belongs to it
			t, err := tx.TopicByName(p.From)
			if err == nil {
				found, p.From = append(found, t), t.Name // by its name of today
			} else if standfirst.KindOf(err) != standfirst.NotFound {
				return err
			}
			last = p.From
		}
		more, err := tx.Topics(last, topicsLength+1)
		found = append(found, more...)
		return err
	})
	if err != nil {
		return err
	}
	if len(found) > topicsLength {
		found = found[:topicsLength]
		p.More = topicsPath + "?after=" + url.QueryEscape(found[topicsLength-1].Name)
	}
	for _, t := range found {
		p.Topics = append(p.Topics, link{topicPrefix + t.ID.String(), t.Name})
	}
	p.Layout = m.layout(m.Text("desk.topics"))
	return m.render(m.w, m.r, http.StatusOK, "topics", p)
}
