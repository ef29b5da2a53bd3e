package desk

import (
	"net/http"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
)

// decisionsPage is the log of what was decided.
type decisionsPage struct {
	talkFrame
	Decisions []talkDecision
	More      string
	First     string
}

// talkDecision is one decision in a list.
type talkDecision struct {
	What     string // "approved (was held)"
	By       string
	At       moment
	Reason   string
	Note     string
	Name     string // of the writer
	Text     string
	Story    string
	Path     string // of the comment's page
	Batch    string // empty if it was undone
	Together bool   // others were decided about with it
	Undone   string // when; empty if it stands
	Next     string
}

func (m *member) decisions() error {
	before, err := m.before()
	if err != nil {
		return err
	}
	list, err := m.talk.Log(m.r.Context(), m.staff.Actor(), standfirst.DecisionID(before), talkPageLength+1)
	if err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	p := &decisionsPage{}
	path := talkPrefix + "/decisions"
	if p.talkFrame, err = m.frame(m.Text("desk.talk.decisions.title"), path, ""); err != nil {
		return err
	}
	if before != 0 {
		p.First = path
	}
	batches := make(map[string]int)
	for _, l := range list {
		batches[l.Decision.Batch]++
	}
	if len(list) > talkPageLength {
		list = list[:talkPageLength]
		p.More = path + "?before=" + list[talkPageLength-1].Decision.ID.String()
	}
	for _, l := range list {
		row := m.loggedRow(l, pub.Location(), p.Here)
		row.Together = batches[l.Decision.Batch] > 1
		p.Decisions = append(p.Decisions, row)
	}
	return m.render(m.w, m.r, http.StatusOK, "talkdecisions", p)
}

// before reads where the page goes on; zero is the first page.
func (m *member) before() (int64, error) {
	text := m.r.URL.Query().Get("before")
	if text == "" {
		return 0, nil
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id <= 0 {
		return 0, standfirst.Errorf(standfirst.NotFound, "there is no page before %q", text)
	}
	return id, nil
}

// loggedRow returns the decision as a page shows it.
func (m *member) loggedRow(l discuss.Logged, zone *time.Location, next string) talkDecision {
	d := l.Decision
	row := talkDecision{
		What: m.Text("desk.talk.decided", m.Text("desk.talk.state."+string(d.Became)), m.Text("desk.talk.state."+string(d.Was))),
		By:   l.By, At: m.moment(d.At, zone), Note: d.Note, Name: l.Comment.Name, Text: shorten(plain(l.Comment.Text), 140), Story: l.Headline,
		Path: commentPath(d.Comment), Batch: d.Batch, Next: next,
	}
	if row.By == "" {
		row.By = m.Text("desk.talk.by.command")
	}
	if row.Name == "" {
		row.Name = m.Text("desk.talk.comment.erased")
	}
	if d.Reason != "" {
		row.Reason = m.Text("desk.talk.reason." + string(d.Reason))
	}
	if !d.UndoneAt.IsZero() {
		row.Batch, row.Undone = "", m.moment(d.UndoneAt, zone).Text
	}
	return row
}
