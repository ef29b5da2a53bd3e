package desk

import (
	"cmp"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/web"
)

// talkPrefix is the address of the moderators' pages.
const talkPrefix = Prefix + "/talk"

// talkPageLength is how many entries a page of the talk has.
const talkPageLength = 20

// talkRoutes adds the moderators' pages.
func (d *Desk) talkRoutes(metrics *web.Metrics) {
	for pattern, answer := range map[string]func(*member) error{
		"GET /desk/talk":                        (*member).queue,
		"GET /desk/talk/escalated":              (*member).escalated,
		"GET /desk/talk/counts":                 (*member).counts,
		"POST /desk/talk/decide":                (*member).decide,
		"POST /desk/talk/take":                  (*member).take,
		"POST /desk/talk/undo":                  (*member).undo,
		"POST /desk/talk/hold":                  (*member).hold,
		"GET /desk/talk/comment/{id}":           (*member).comment,
		"POST /desk/talk/comment/{id}":          (*member).decideComment,
		"POST /desk/talk/comment/{id}/escalate": (*member).escalate,
		"GET /desk/talk/comment/{id}/ban":       (*member).banForm,
		"POST /desk/talk/comment/{id}/ban":      (*member).banWriter,
		"GET /desk/talk/comment/{id}/erase":     (*member).eraseForm,
		"POST /desk/talk/comment/{id}/erase":    (*member).erase,
		"GET /desk/talk/legal":                  (*member).legal,
		"POST /desk/talk/legal/{id}":            (*member).answer,
		"GET /desk/talk/decisions":              (*member).decisions,
		"GET /desk/talk/bans":                   (*member).bans,
		"POST /desk/talk/bans":                  (*member).addBan,
		"POST /desk/talk/bans/{id}/lift":        (*member).lift,
		"GET /desk/talk/settings":               (*member).talkSettings,
		"POST /desk/talk/settings":              (*member).setTalkSettings,
		"POST /desk/talk/settings/akismet":      (*member).setAkismet,
		"GET /desk/talk/settings/section/{id}":  (*member).talkSettings,
		"POST /desk/talk/settings/section/{id}": (*member).setTalkSettings,
		"GET /desk/talk/story/{id}":             (*member).talkSettings,
		"POST /desk/talk/story/{id}":            (*member).setTalkSettings,
	} {
		d.route(pattern, d.moderator(answer), metrics)
	}
}

// moderator returns a handler for those who may moderate; the use cases ask again.
func (d *Desk) moderator(answer func(*member) error) web.HandlerFunc {
	return d.member(func(m *member) error {
		if err := m.staff.Actor().Require(standfirst.ModerateComments); err != nil {
			return err
		}
		if m.r.Method == http.MethodPost {
			if err := m.form(); err != nil {
				return err
			}
		}
		return answer(m)
	})
}

// readBacklog reads how much waits, and returns the number for the bar.
func (m *member) readBacklog() string {
	var err error
	if m.waits, err = m.talk.Backlog(m.r.Context(), m.staff.Actor(), talkPageLength+1); err != nil {
		m.log.WarnContext(m.r.Context(), "how many comments wait is not known", slog.Any("error", err))
	}
	return upTo(m.waits.Queue)
}

// upTo writes a number that was counted up to one page and one more; nothing for zero.
func upTo(n int) string {
	switch {
	case n == 0:
		return ""
	case n > talkPageLength:
		return strconv.Itoa(talkPageLength) + "+"
	}
	return strconv.Itoa(n)
}

// talkFrame is what the moderators' pages have around their own content.
type talkFrame struct {
	Layout  layout
	Menu    []talkLink
	Here    string // the address of this page, to come back to
	Notice  talkNotice
	Failure string
}

// talkLink is a link in the menu of the talk.
type talkLink struct {
	Path, Text, Count string
	What              string // what is counted, as [member.counts] calls it; empty for nothing
	Current           bool
}

// talkNotice says what was done.
type talkNotice struct {
	Text  string // empty for nothing
	Left  string // what was left out; empty for nothing
	Batch string // undoes it; empty if nothing does
}

// Something reports whether there is anything to say.
func (n talkNotice) Something() bool { return n.Text != "" || n.Left != "" }

// frame returns the frame of the page with the title. The menu marks the entry at path.
func (m *member) frame(title, path, failure string) (talkFrame, error) {
	f := talkFrame{Layout: m.layout(title), Here: m.here(), Failure: failure}
	entries := []talkLink{{Path: talkPrefix, Text: m.Text("desk.talk.queue"), Count: upTo(m.waits.Queue), What: "queue"}}
	if m.staff.Role.Can(standfirst.ReviewEscalated) {
		entries = append(entries, talkLink{Path: talkPrefix + "/escalated", Text: m.Text("desk.talk.escalated"), Count: upTo(m.waits.Escalated), What: "escalated"})
	}
	entries = append(entries,
		talkLink{Path: talkPrefix + "/legal", Text: m.Text("desk.talk.legal"), Count: upTo(m.waits.Due), What: "legal"},
		talkLink{Path: talkPrefix + "/decisions", Text: m.Text("desk.talk.decisions")},
		talkLink{Path: talkPrefix + "/bans", Text: m.Text("desk.talk.bans")},
		talkLink{Path: talkPrefix + "/settings", Text: m.Text("desk.talk.settings")})
	f.Menu = entries
	for i := range f.Menu {
		f.Menu[i].Current = f.Menu[i].Path == path
	}
	var err error
	f.Notice, err = m.notice()
	return f, err
}

// told are the parameters in which a page is told what was done.
var told = []string{"done", "batch", "left", "all"}

// here returns the address of this page without what was done on it.
func (m *member) here() string {
	if m.r.Method == http.MethodPost {
		return cmp.Or(local(m.r.PostFormValue("next")), m.r.URL.Path)
	}
	query := m.r.URL.Query()
	for _, name := range told {
		query.Del(name)
	}
	if len(query) == 0 {
		return m.r.URL.Path
	}
	return m.r.URL.Path + "?" + query.Encode()
}

// goBack goes to the page that the form came from, or another, which says what was done.
func (m *member) goBack(otherwise, done, batch string, left int) {
	to, err := url.Parse(cmp.Or(local(m.r.PostFormValue("next")), otherwise))
	if err != nil {
		to = &url.URL{Path: otherwise}
	}
	query := to.Query()
	for _, name := range told {
		query.Del(name)
	}
	if batch != "" {
		query.Set("batch", batch)
	} else if done != "" {
		query.Set("done", done)
	}
	if left > 0 {
		query.Set("left", strconv.Itoa(left))
	}
	to.RawQuery = query.Encode()
	if m.r.PostFormValue("keyed") == "" { // who pressed a key goes on where they were
		to.Fragment = "done"
	}
	http.Redirect(m.w, m.r, to.String(), http.StatusSeeOther)
}

// doneWords are what a page may be told that was done.
var doneWords = []string{"none", "taken", "returned", "escalated", "deescalated", "banned", "lifted", "erased", "answered", "saved", "held", "released"}

// notice returns what was done, as the address tells. What was decided is read, not
// believed.
func (m *member) notice() (n talkNotice, err error) {
	query := m.r.URL.Query()
	for _, word := range doneWords {
		if query.Get("done") == word {
			n.Text = m.Text("desk.talk.done." + word)
		}
	}
	if left, err := strconv.Atoi(query.Get("left")); err == nil && left > 0 {
		n.Left = m.Text("desk.talk.left."+number(left), min(left, 1000))
	}
	batch := query.Get("batch")
	if batch == "" {
		return n, nil
	}
	decisions, err := m.talk.Batch(m.r.Context(), m.staff.Actor(), batch)
	if err != nil || len(decisions) == 0 {
		return n, err
	}
	standing := 0
	for _, d := range decisions {
		if d.UndoneAt.IsZero() {
			standing++
		}
	}
	if standing == 0 {
		n.Text = m.Text("desk.talk.undone."+number(len(decisions)), len(decisions))
		return n, nil
	}
	n.Batch = batch
	switch decisions[0].Became {
	case standfirst.CommentApproved:
		n.Text = m.Text("desk.talk.approved."+number(standing), standing)
	case standfirst.CommentSpam:
		n.Text = m.Text("desk.talk.spammed."+number(standing), standing)
	default:
		n.Text = m.Text("desk.talk.rejected."+number(standing), standing)
	}
	return n, nil
}

// number returns the form of a word that goes with n.
func number(n int) string {
	if n == 1 {
		return "one"
	}
	return "other"
}

// pathID returns the number in the address.
func (m *member) pathID() (int64, error) {
	id, err := strconv.ParseInt(m.r.PathValue("id"), 10, 64)
	if err != nil || id <= 0 {
		return 0, standfirst.Errorf(standfirst.NotFound, "there is no page at %s", m.r.URL.Path)
	}
	return id, nil
}

// position reads "after" as a time and a number, both zero for the first page.
func (m *member) position() (at time.Time, id int64, err error) {
	after := m.r.URL.Query().Get("after")
	if after == "" {
		return at, 0, nil
	}
	return positionIn(after)
}

// positionIn reads a position as [positionText] writes it.
func positionIn(after string) (at time.Time, id int64, err error) {
	micros, number, _ := strings.Cut(after, "-")
	us, err := strconv.ParseInt(micros, 10, 64)
	if err == nil {
		id, err = strconv.ParseInt(number, 10, 64)
	}
	if err != nil {
		return at, 0, standfirst.WrapError(standfirst.NotFound, err, "there is no page after %q", after)
	}
	return time.UnixMicro(us).UTC(), id, nil
}

// positionText is what position reads.
func positionText(at time.Time, id int64) string {
	return strconv.FormatInt(at.UnixMicro(), 10) + "-" + strconv.FormatInt(id, 10)
}

// moment returns the instant as the pages of the talk write it, in the publication's zone.
func (m *member) moment(at time.Time, zone *time.Location) moment {
	return moment{at.UTC().Format(time.RFC3339), at.In(zone).Format("2 January 2006, 15:04 MST")}
}

// span returns a length of time in words, as coarse as it is long.
func (m *member) span(d time.Duration) string {
	minutes, hours, days := int(d.Minutes()), int(d.Hours()), int(d.Hours()/24)
	switch {
	case days >= 2:
		return m.Text("desk.talk.days", days)
	case hours >= 2:
		return m.Text("desk.talk.hours", hours)
	case minutes >= 2:
		return m.Text("desk.talk.minutes", minutes)
	}
	return m.Text("desk.talk.moment")
}
