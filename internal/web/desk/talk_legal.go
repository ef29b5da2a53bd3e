package desk

import (
	"encoding/json"
	"net/http"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
)

// legalPage lists what must be answered by a time.
type legalPage struct {
	talkFrame
	Items []legalItem
	More  string
	First string
}

// legalItem is one complaint or objection.
type legalItem struct {
	talkReport
	Email    string
	Overdue  bool
	Story    string
	Path     string // of the comment's page
	State    string // of the comment
	Evidence evidence
	Answer   string // typed before
	Next     string
}

// evidence is the comment as it stood when somebody complained.
type evidence struct {
	Name, Text, Address string
	CreatedAt           time.Time
	At                  moment
}

func (m *member) legal() error { return m.legalPage(http.StatusOK, "", 0) }

// legalPage shows the list; refused is the report whose answer was refused.
func (m *member) legalPage(status int, failure string, refused standfirst.ReportID) error {
	due, id, err := m.position()
	if err != nil {
		return err
	}
	list, err := m.talk.DueReports(m.r.Context(), m.staff.Actor(), standfirst.Report{DueAt: due, ID: standfirst.ReportID(id)}, talkPageLength+1)
	if err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	path := talkPrefix + "/legal"
	p := &legalPage{}
	if p.talkFrame, err = m.frame(m.Text("desk.talk.legal.title"), path, failure); err != nil {
		return err
	}
	if id != 0 {
		p.First = path
	}
	if len(list) > talkPageLength {
		list = list[:talkPageLength]
		last := list[talkPageLength-1].Report
		p.More = path + "?after=" + positionText(last.DueAt, int64(last.ID))
	}
	for _, d := range list {
		i, err := m.legalItem(d, pub.Location())
		if err != nil {
			return err
		}
		if i.Next = p.Here; i.ID == refused {
			i.Answer = m.r.PostFormValue("outcome")
		}
		p.Items = append(p.Items, i)
	}
	return m.render(m.w, m.r, status, "talklegal", p)
}

func (m *member) legalItem(d discuss.Due, zone *time.Location) (legalItem, error) {
	i := legalItem{
		talkReport: m.report(d.Report, zone), Email: d.Report.Email, Overdue: m.clock().After(d.Report.DueAt), Story: d.Headline,
		Path: commentPath(d.Comment.ID), State: m.Text("desk.talk.state." + string(d.Comment.State)),
	}
	if d.Report.Evidence == "" { // it was erased
		return i, nil
	}
	err := json.Unmarshal([]byte(d.Report.Evidence), &i.Evidence)
	i.Evidence.At = m.moment(i.Evidence.CreatedAt, zone)
	return i, err
}

// answer answers a report.
func (m *member) answer() error {
	id, err := m.pathID()
	if err != nil {
		return err
	}
	err = m.talk.Answer(m.r.Context(), m.staff.Actor(), standfirst.ReportID(id), m.r.PostFormValue("outcome"))
	if status, words := m.refusal(err); words != "" {
		return m.legalPage(status, words, standfirst.ReportID(id))
	}
	if err != nil {
		return err
	}
	m.goBack(talkPrefix+"/legal", "answered", "", 0)
	return nil
}
