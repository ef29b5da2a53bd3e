package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/discuss"
)

// queuePage shows the comments that wait.
type queuePage struct {
	talkFrame
	Escalated bool
	Items     []talkItem
	Open      []standfirst.CommentID // those that no colleague looks at
	Mine      bool                   // some of them are claimed by who looks
	All       bool                   // all are checked
	AllPath   string                 // checks all, or none
	More      string                 // address of the next page; empty for none
	First     string                 // address of the first page; empty if this is it
	Seen      string                 // when the page was made, as forms say it
	Holding   bool                   // everything is held now
	Reported  string                 // how many reports wait for an answer; empty for none
	Keys      []talkKey
	Reasons   []talkOption
	Note      string // of a form for several that was refused
}

func (m *member) queue() error { return m.queuePage(http.StatusOK, false, "") }

func (m *member) escalated() error { return m.queuePage(http.StatusOK, true, "") }

func (m *member) queuePage(status int, escalated bool, failure string) error {
	since, id, err := m.position()
	if err != nil {
		return err
	}
	ctx, actor := m.r.Context(), m.staff.Actor()
	list, err := m.talk.Queue(ctx, actor, escalated, discuss.QueuePosition{Since: since, ID: standfirst.CommentID(id)}, talkPageLength+1)
	if err != nil {
		return err
	}
	path, title := talkPrefix, m.Text("desk.talk.title")
	if escalated {
		path, title = path+"/escalated", m.Text("desk.talk.escalated.title")
	}
	p := &queuePage{Escalated: escalated, Seen: seenText(m.clock()), All: m.r.URL.Query().Get("all") != ""}
	if p.talkFrame, err = m.frame(title, path, failure); err != nil {
		return err
	}
	settings, err := m.talk.SettingsOf(ctx, standfirst.PublicationScope)
	if err != nil {
		return err
	}
	p.Reported, p.Keys = upTo(m.waits.Reported), m.keys(escalated, settings.HoldNow)
	p.Holding, p.Reasons = settings.HoldNow, m.reasons(m.r.PostFormValue("reason"))
	if len(list) > talkPageLength {
		list = list[:talkPageLength]
		last := list[talkPageLength-1]
		p.More = path + "?after=" + positionText(last.Comment.QueuedAt, int64(last.Comment.ID))
	}
	if id != 0 {
		p.First = path
	}
	if err := m.queueItems(p, list, failure != ""); err != nil {
		return err
	}
	p.AllPath = withParameter(p.Here, "all", !p.All)
	return m.render(m.w, m.r, status, "talk", p)
}

// queueItems puts the comments on the page, as they were checked if the form comes back.
func (m *member) queueItems(p *queuePage, list []discuss.Waiting, refused bool) error {
	pub, err := m.publication()
	if err != nil {
		return err
	}
	zone, fresh := pub.Location(), m.reasons("")
	var checked []standfirst.CommentID
	if refused {
		checked = m.formIDs()
		p.Note = m.r.PostFormValue("note")
	}
	one := m.r.PostFormValue("one") != ""
	if one {
		p.Note, p.Reasons = "", fresh
	}
	for _, w := range list {
		i := m.item(w, zone, p.Here, fresh)
		sent := slices.Contains(checked, i.ID)
		if i.Refused = sent && one; i.Refused {
			i.Note, i.Reasons = m.r.PostFormValue("note"), m.reasons(m.r.PostFormValue("reason"))
		}
		i.Checked = p.All || sent && !one
		if i.ClaimedBy == "" {
			p.Open = append(p.Open, i.ID)
		}
		p.Mine = p.Mine || i.Mine
		p.Items = append(p.Items, i)
	}
	return nil
}

// withParameter returns the address with or without the parameter.
func withParameter(address, name string, with bool) string {
	if !with {
		return address
	}
	return withQuery(address, name, "1")
}

// formIDs returns the comments that the form names, by number: one as "id", and each of
// several by a field of its own, such as "comment-12".
func (m *member) formIDs() (ids []standfirst.CommentID) {
	for name := range m.r.PostForm {
		number, ok := strings.CutPrefix(name, "comment-")
		if name == "id" {
			number, ok = m.r.PostFormValue(name), true
		}
		if id, err := strconv.ParseInt(number, 10, 64); ok && err == nil && id > 0 {
			ids = append(ids, standfirst.CommentID(id))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// decisionWords are what the buttons of the forms say.
var decisionWords = map[string]standfirst.CommentState{
	"approve": standfirst.CommentApproved, "reject": standfirst.CommentRejected, "spam": standfirst.CommentSpam,
}

// decision returns what the form decides.
func (m *member) decision() discuss.Decision {
	d := discuss.Decision{State: decisionWords[m.r.PostFormValue("do")], Seen: parseSeen(m.r.PostFormValue("seen"))}
	if d.State == standfirst.CommentRejected {
		d.Reason, d.Note = standfirst.Reason(m.r.PostFormValue("reason")), m.r.PostFormValue("note")
	}
	return d
}

// decide decides about the comments of the queue that the form names. Those that a
// colleague has taken, or decided about, meanwhile are left out.
func (m *member) decide() error {
	ids := m.formIDs()
	if len(ids) == 0 {
		return m.refuseDecision(standfirst.Errorf(standfirst.Invalid, "choose at least one comment"))
	}
	d := m.decision()
	if d.State == standfirst.CommentRejected && !d.Reason.Valid() {
		return m.refuseDecision(standfirst.Errorf(standfirst.Invalid, "say why: the writer is told the reason"))
	}
	ctx, actor := m.r.Context(), m.staff.Actor()
	own, err := m.talk.Claim(ctx, actor, ids)
	if err != nil {
		return err
	}
	decided, err := m.talk.Decide(ctx, actor, own, d)
	if err != nil {
		return m.refuseDecision(err)
	}
	done := "none"
	if len(own) == 0 {
		done = ""
	}
	m.goBack(talkPrefix, done, decided.Batch, len(ids)-len(own)+len(decided.Missing))
	return nil
}

// refuseDecision shows the queue again with why the form was refused.
func (m *member) refuseDecision(err error) error {
	status, told := m.refusal(err)
	if told == "" {
		return err
	}
	if from, err := url.Parse(local(m.r.PostFormValue("next"))); err == nil {
		m.r.URL.RawQuery = from.RawQuery // the same page of the queue
	}
	return m.queuePage(status, m.r.PostFormValue("escalated") != "", told)
}

// take claims the comments that the form names, or gives all back.
func (m *member) take() error {
	ctx, actor := m.r.Context(), m.staff.Actor()
	if m.r.PostFormValue("do") == "return" {
		if err := m.talk.Release(ctx, actor); err != nil {
			return err
		}
		m.goBack(talkPrefix, "returned", "", 0)
		return nil
	}
	ids := m.formIDs()
	if len(ids) > discuss.MaxBatch {
		return standfirst.Errorf(standfirst.Invalid, "these are too many comments at once")
	}
	own, err := m.talk.Claim(ctx, actor, ids)
	if err != nil {
		return err
	}
	m.goBack(talkPrefix, "taken", "", len(ids)-len(own))
	return nil
}

// undo takes a decision back.
func (m *member) undo() error {
	batch := m.r.PostFormValue("batch")
	if _, err := m.talk.Undo(m.r.Context(), m.staff.Actor(), batch); err != nil {
		return err
	}
	m.goBack(talkPrefix, "", batch, 0)
	return nil
}
