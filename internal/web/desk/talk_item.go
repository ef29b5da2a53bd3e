package desk

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/markup"
)

// talkItem is one comment with what a moderator decides by.
type talkItem struct {
	ID        standfirst.CommentID
	Path      string // of its page at the desk
	Story     string // headline
	StoryPath string
	TalkPath  string // how the talk under the story is held

	Name  string
	Who   []string // what is known of the writer
	At    moment
	Waits string // empty if it does not wait
	HTML  template.HTML

	ParentName, ParentText, ParentPath string // empty for none

	Kind    string // "reported", "suspect" or "held": how it is marked
	Mark    string // the same in words
	Why     string // rule in words; empty if no rule holds it
	Found   string // what the rule found
	Reports []talkReport
	State   string // in words

	ClaimedBy string // colleague; empty for nobody
	Mine      bool
	Escalated bool

	Seen    string // when it was read, as forms say it
	Next    string // where its forms lead back to
	Reasons []talkOption
	Checked bool
	Note    string // typed before
	Refused bool   // its own form was refused
}

// talkReport is one report as a moderator reads it.
type talkReport struct {
	ID      standfirst.ReportID
	Kind    string // in words
	Reason  string
	Text    string
	Who     string // name, or empty
	At      moment
	Due     string // empty for no such time
	By      string // who answered
	Outcome string
}

// talkOption is a choice in a list.
type talkOption struct {
	Value, Text string
	Chosen      bool
}

// suspect are the rules that find something wrong with a comment.
var suspect = []standfirst.Rule{
	standfirst.RuleTrap, standfirst.RuleBanned, standfirst.RuleOffender, standfirst.RuleWord, standfirst.RuleRepeat,
	standfirst.RuleFast, standfirst.RuleMany, standfirst.RuleLinks, standfirst.RulePromotion, standfirst.RuleScore,
	standfirst.RuleAkismet,
}

// found are the rules that keep what they found.
var found = []standfirst.Rule{
	standfirst.RuleWord, standfirst.RuleLinks, standfirst.RuleRepeat, standfirst.RulePromotion, standfirst.RuleScore,
	standfirst.RuleBanned, standfirst.RuleOffender, standfirst.RuleAkismet,
}

// item returns the comment as a page shows it.
func (m *member) item(w discuss.Waiting, zone *time.Location, next string, reasons []talkOption) talkItem {
	c, now := w.Comment, m.clock()
	i := talkItem{
		ID: c.ID, Path: commentPath(c.ID), Story: w.Headline, StoryPath: w.Story.Path(), TalkPath: storyTalkPath(w.Story.ID),
		Name: c.Name, Who: m.who(w, zone), At: m.moment(c.CreatedAt, zone), HTML: template.HTML(c.HTML), //nolint:gosec // rendered by markup, which lets no HTML of readers through
		State: m.Text("desk.talk.state." + string(c.State)), ClaimedBy: w.ClaimedBy, Escalated: c.Escalated, Seen: seenText(now), Next: next, Reasons: reasons,
		Mine: c.ClaimedBy == m.staff.ID && now.Sub(c.ClaimedAt) <= claimShown,
	}
	if !c.QueuedAt.IsZero() {
		i.Waits = m.span(now.Sub(c.QueuedAt))
	}
	if w.Parent.ID != 0 {
		i.ParentName, i.ParentText, i.ParentPath = w.Parent.Name, shorten(plain(w.Parent.Text), 160), commentPath(w.Parent.ID)
	}
	for _, r := range w.Reports {
		i.Reports = append(i.Reports, m.report(r, zone))
	}
	if c.Rule != "" && (c.State == standfirst.CommentHeld || len(w.Reports) == 0) {
		i.Why = m.Text("desk.talk.rule." + string(c.Rule))
		if c.Detail != "" && slices.Contains(found, c.Rule) {
			i.Found = m.Text("desk.talk.found."+string(c.Rule), c.Detail)
		}
	}
	objection := func(r standfirst.Report) bool { return r.Kind == standfirst.ReportObjection }
	switch {
	case len(w.Reports) > 0 && !slices.ContainsFunc(w.Reports, func(r standfirst.Report) bool { return !objection(r) }):
		i.Kind, i.Mark = "reported", m.Text("desk.talk.mark.objection")
	case len(w.Reports) > 0:
		i.Kind, i.Mark = "reported", m.Text("desk.talk.mark.reported")
	case slices.Contains(suspect, c.Rule):
		i.Kind, i.Mark = "suspect", m.Text("desk.talk.mark.suspect")
	default:
		i.Kind, i.Mark = "held", m.Text("desk.talk.mark.held")
	}
	return i
}

// seenText writes when a page was made, for the forms on it, see [discuss.Decision.Seen].
func seenText(at time.Time) string { return strconv.FormatInt(at.UnixMicro(), 10) }

// parseSeen reads what seenText writes, and any other text as no time.
func parseSeen(text string) time.Time {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// claimShown is for how long a comment is shown as one's own, see [discuss.Talk.Claim].
const claimShown = 5 * time.Minute

// who says what is known of the writer.
func (m *member) who(w discuss.Waiting, zone *time.Location) (known []string) {
	switch {
	case w.Comment.Staff != 0:
		return []string{m.Text("desk.talk.who.staff")}
	case w.Comment.Reader == 0:
		return []string{m.Text("desk.talk.who.unknown")}
	}
	r := w.Writer
	if r.Approved+r.Rejected == 0 {
		known = append(known, m.Text("desk.talk.who.first"))
	} else {
		known = append(known, m.Text("desk.talk.who.approved", r.Approved), m.Text("desk.talk.who.rejected", r.Rejected))
	}
	return append(known, m.Text("desk.talk.who.since", r.CreatedAt.In(zone).Format("2 January 2006")))
}

// report returns the report as a page shows it.
func (m *member) report(r standfirst.Report, zone *time.Location) talkReport {
	out := talkReport{
		ID: r.ID, Kind: m.Text("desk.talk.report." + string(r.Kind)), Text: r.Text, Who: r.Name, At: m.moment(r.CreatedAt, zone),
		By: r.ResolvedBy, Outcome: m.outcome(r),
	}
	if r.Reason != "" {
		out.Reason = m.Text("desk.talk.reason." + string(r.Reason))
	}
	if !r.DueAt.IsZero() && r.ResolvedAt.IsZero() {
		out.Due = m.due(r.DueAt)
	}
	return out
}

// outcome returns what was answered; a decision about the comment answers in one word.
func (m *member) outcome(r standfirst.Report) string {
	if state := standfirst.CommentState(r.Outcome); r.Outcome != "" && state.Valid() {
		return m.Text("desk.talk.state." + string(state))
	}
	return r.Outcome
}

// due says until when something must be answered.
func (m *member) due(at time.Time) string {
	left := at.Sub(m.clock())
	if left < 0 {
		return m.Text("desk.talk.overdue", m.span(-left))
	}
	return m.Text("desk.talk.due", m.span(left))
}

// reasons are what a moderator chooses from.
func (m *member) reasons(chosen string) []talkOption {
	list := make([]talkOption, len(standfirst.Reasons))
	for i, r := range standfirst.Reasons {
		list[i] = talkOption{string(r), m.Text("desk.talk.reason." + string(r)), string(r) == chosen}
	}
	return list
}

func commentPath(id standfirst.CommentID) string { return talkPrefix + "/comment/" + id.String() }

func storyTalkPath(id standfirst.StoryID) string { return talkPrefix + "/story/" + id.String() }

// plain returns the text of a comment without its marks.
func plain(text string) string {
	rendered, err := markup.RenderComment(text)
	if err != nil {
		return text
	}
	return rendered.Plain
}

// shorten returns the beginning of a text in one line.
func shorten(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:most])) + "…"
}
