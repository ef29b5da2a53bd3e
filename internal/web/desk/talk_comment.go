package desk

import (
	"net/http"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
)

// commentPage shows everything that is kept of one comment.
type commentPage struct {
	talkFrame
	Item      talkItem
	OnSite    string // its address for readers; empty if they do not see it
	Facts     []talkFact
	Reported  []talkReport // answered
	Decisions []talkDecision
	History   []talkPast
	Erased    bool
	CanDecide bool // there are words to decide about
	Waits     bool
	Reason    []talkOption
}

// talkFact is one line of what is kept.
type talkFact struct{ Name, Value string }

// talkPast is one comment of the writer in a list.
type talkPast struct {
	Path, Text, State string
	At                moment
}

func (m *member) comment() error { return m.commentPage(http.StatusOK, "") }

func (m *member) commentPage(status int, failure string) error {
	id, err := m.pathID()
	if err != nil {
		return err
	}
	kept, err := m.talk.Case(m.r.Context(), m.staff.Actor(), standfirst.CommentID(id))
	if err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	zone, c := pub.Location(), kept.Comment
	p := &commentPage{
		Erased: c.State == standfirst.CommentErased, Waits: !c.QueuedAt.IsZero(),
		CanDecide: c.State != standfirst.CommentErased && c.State != standfirst.CommentDeleted,
	}
	title := m.Text("desk.talk.comment.title", shorten(c.Name, 40))
	if c.Name == "" {
		title = m.Text("desk.talk.comment.erased")
	}
	if p.talkFrame, err = m.frame(title, "", failure); err != nil {
		return err
	}
	p.Here = commentPath(c.ID)
	p.Item = m.item(kept.Waiting, zone, p.Here, m.reasons(m.r.PostFormValue("reason")))
	p.Item.Note, p.Item.Refused = m.r.PostFormValue("note"), failure != ""
	if c.State == standfirst.CommentApproved {
		p.OnSite = c.Path()
	}
	p.Facts = m.facts(c, zone)
	for _, r := range kept.Answered {
		p.Reported = append(p.Reported, m.report(r, zone))
	}
	for _, l := range kept.Decisions {
		p.Decisions = append(p.Decisions, m.loggedRow(l, zone, p.Here))
	}
	for _, past := range kept.History {
		if past.ID != c.ID {
			p.History = append(p.History, talkPast{
				commentPath(past.ID), shorten(plain(past.Text), 140), m.Text("desk.talk.state." + string(past.State)), m.moment(past.CreatedAt, zone),
			})
		}
	}
	return m.render(m.w, m.r, status, "talkcomment", p)
}

// facts lists what is kept of the comment, as far as there is any.
func (m *member) facts(c standfirst.Comment, zone *time.Location) (list []talkFact) {
	add := func(name, value string) {
		if value != "" {
			list = append(list, talkFact{name, value})
		}
	}
	add(m.Text("desk.talk.fact.state"), m.Text("desk.talk.state."+string(c.State)))
	if c.Reason != "" {
		add(m.Text("desk.talk.fact.reason"), m.Text("desk.talk.reason."+string(c.Reason)))
	}
	add(m.Text("desk.talk.fact.note"), c.Note)
	if c.State != standfirst.CommentErased {
		add(m.Text("desk.talk.fact.score"), m.Text("desk.talk.found.score", strconv.Itoa(c.Score/10)))
	}
	add(m.Text("desk.talk.fact.answers"), strconv.Itoa(c.Replies))
	if !c.EditedAt.IsZero() {
		add(m.Text("desk.talk.fact.edited"), m.moment(c.EditedAt, zone).Text)
	}
	add(m.Text("desk.talk.fact.address"), c.Address)
	add(m.Text("desk.talk.fact.agent"), c.Agent)
	return list
}

// decideComment decides about one comment, whether it waits or not.
func (m *member) decideComment() error {
	id, err := m.pathID()
	if err != nil {
		return err
	}
	decided, err := m.talk.Decide(m.r.Context(), m.staff.Actor(), []standfirst.CommentID{standfirst.CommentID(id)}, m.decision())
	if status, words := m.refusal(err); words != "" {
		return m.commentPage(status, words)
	}
	if err != nil {
		return err
	}
	m.goBack(commentPath(standfirst.CommentID(id)), "none", decided.Batch, len(decided.Missing))
	return nil
}

// escalate hands a comment to the editors, or back to the moderators.
func (m *member) escalate() error {
	id, err := m.pathID()
	if err != nil {
		return err
	}
	up := m.r.PostFormValue("do") != "return"
	if err := m.talk.Escalate(m.r.Context(), m.staff.Actor(), standfirst.CommentID(id), up); err != nil {
		return err
	}
	done := "deescalated"
	if up {
		done = "escalated"
	}
	m.goBack(commentPath(standfirst.CommentID(id)), done, "", 0)
	return nil
}

// erasePage asks once more before a comment is erased.
type erasePage struct {
	talkFrame
	Item talkItem
}

func (m *member) eraseForm() error {
	w, zone, err := m.look()
	if err != nil {
		return err
	}
	p := &erasePage{}
	if p.talkFrame, err = m.frame(m.Text("desk.talk.erase"), "", ""); err != nil {
		return err
	}
	p.Item = m.item(w, zone, commentPath(w.Comment.ID), nil)
	return m.render(m.w, m.r, http.StatusOK, "talkerase", p)
}

// look reads the comment that the address names.
func (m *member) look() (w discuss.Waiting, zone *time.Location, err error) {
	id, err := m.pathID()
	if err != nil {
		return w, nil, err
	}
	pub, err := m.publication()
	if err != nil {
		return w, nil, err
	}
	w, err = m.talk.Look(m.r.Context(), m.staff.Actor(), standfirst.CommentID(id))
	return w, pub.Location(), err
}

func (m *member) erase() error {
	id, err := m.pathID()
	if err != nil {
		return err
	}
	if err := m.talk.Erase(m.r.Context(), m.staff.Actor(), standfirst.CommentID(id)); err != nil {
		return err
	}
	m.goBack(commentPath(standfirst.CommentID(id)), "erased", "", 0)
	return nil
}
