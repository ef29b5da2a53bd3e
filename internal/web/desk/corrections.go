package desk

import (
	"net/http"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

const (
	correctionsPath = Prefix + "/corrections"
	tasksPath       = Prefix + "/tasks"
	// correctionsLength is how many notices one page lists.
	correctionsLength = 40
)

// correctionRoutes adds the addresses of what was told of changes, and of what is left to do.
func (d *Desk) correctionRoutes(metrics *web.Metrics) {
	d.route("GET /desk/corrections", d.member((*member).corrections), metrics)
	d.route("GET /desk/tasks", d.member((*member).tasks), metrics)
}

// correctionsPage lists what readers were told of changes, the newest first.
type correctionsPage struct {
	Layout  layout
	Classes []stateLink
	Notices []noticeRow
	More    string
	First   string
}

// noticeRow is one notice with its stories.
type noticeRow struct {
	Class   string
	Text    string
	When    moment
	Figure  string // address of the figure's page; empty for none
	Stories []storyLink
}

// storyLink leads to a story at the desk.
type storyLink struct{ Path, Headline string }

// noticeClasses are the kinds of change that readers are told of.
var noticeClasses = []standfirst.ChangeClass{
	standfirst.Correction, standfirst.Clarification, standfirst.Update, standfirst.EditorsNote, standfirst.Retraction,
}

// noticePosition reads where a list of notices goes on.
func (m *member) noticePosition() (store.NoticePosition, error) {
	at, id, err := m.position()
	return store.NoticePosition{At: at, ID: standfirst.NoticeID(id)}, err
}

func (m *member) corrections() error {
	if err := m.staff.Actor().Require(standfirst.WriteStory); err != nil {
		return err
	}
	after, err := m.noticePosition()
	if err != nil {
		return err
	}
	p := &correctionsPage{Layout: m.layout(m.Text("desk.corrections"))}
	asked, class := m.r.URL.Query().Get("kind"), standfirst.ChangeClass("")
	p.Classes = []stateLink{{Path: correctionsPath, Text: m.Text("desk.stories.all"), Current: asked == ""}}
	for _, c := range noticeClasses {
		key := classKey(c)
		if key == asked {
			class = c
		}
		p.Classes = append(p.Classes, stateLink{Path: correctionsPath + "?kind=" + key, Text: m.Text("desk.class.short." + key), Current: key == asked})
	}
	here := correctionsPath
	if asked != "" {
		if class == "" {
			return standfirst.Errorf(standfirst.NotFound, "there is no list of %q", asked)
		}
		here += "?kind=" + asked
	}
	if after.ID != 0 {
		p.First = here
	}
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		notices, err := tx.Notices(class, after, correctionsLength+1)
		if err != nil {
			return err
		}
		p.Notices, p.More = nil, ""
		if len(notices) > correctionsLength {
			notices = notices[:correctionsLength]
			last := notices[correctionsLength-1]
			p.More = withValue(here, "after", positionText(last.At, int64(last.ID)))
		}
		for _, n := range notices {
			row := noticeRow{Class: m.Text("desk.class.short." + classKey(n.Class)), Text: n.Text, When: m.moment(n.At, pub.Location())}
			if n.Erased {
				row.Text = m.Text("notice.erased")
			}
			if n.Claim != 0 {
				row.Figure = standfirst.ClaimPath(n.Claim)
			}
			for _, id := range n.Stories {
				s, err := tx.Story(id)
				if err != nil {
					return err
				}
				row.Stories = append(row.Stories, storyLink{storyPath(id), s.Headline})
			}
			p.Notices = append(p.Notices, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return m.render(m.w, m.r, http.StatusOK, "corrections", p)
}

// withValue returns the address with the parameter.
func withValue(address, name, value string) string {
	for _, c := range address {
		if c == '?' {
			return address + "&" + name + "=" + value
		}
	}
	return address + "?" + name + "=" + value
}

// tasksPage lists the published stories whose figures have changed since.
type tasksPage struct {
	Layout     layout
	Tasks      []taskRow
	CanPublish bool
	More       string
	First      string
}

// taskRow is one story with the figure that is to be reworded.
type taskRow struct {
	Story    storyLink
	Title    string
	Words    string
	Now      string // the value that took its place; empty if it was withdrawn
	Note     string
	Since    moment
	Prepared bool
}

func (m *member) tasks() error {
	after, err := m.noticePosition()
	if err != nil {
		return err
	}
	tasks, next, err := m.newsroom.Tasks(m.r.Context(), m.staff.Actor(), after)
	if err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	p := &tasksPage{Layout: m.layout(m.Text("desk.tasks")), CanPublish: m.staff.Role.Can(standfirst.PublishStory)}
	if after.ID != 0 {
		p.First = tasksPath
	}
	if next.ID != 0 {
		p.More = tasksPath + "?after=" + positionText(next.At, int64(next.ID))
	}
	for _, t := range tasks {
		row := taskRow{
			Story: storyLink{storyPath(t.Story), t.Headline}, Title: titleCase(t.Figure.Title), Words: t.Figure.Words, Now: t.Figure.Now,
			Note: t.Note, Since: m.moment(t.Since, pub.Location()), Prepared: t.Prepared,
		}
		if t.Figure.Standing == ledger.Withdrawn {
			row.Now = ""
		}
		p.Tasks = append(p.Tasks, row)
	}
	return m.render(m.w, m.r, http.StatusOK, "tasks", p)
}
