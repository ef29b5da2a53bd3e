package desk

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/web"
)

// member is one request of somebody who is signed in.
type member struct {
	visitor
	staff   standfirst.Staff
	session standfirst.Session
	waits   discuss.Backlog // read with the layout
	inZone  *time.Location  // nil until it was read, see zone
}

// member returns a handler for those who are signed in. Everybody else is asked to sign
// in, and comes back to the page.
func (d *Desk) member(answer func(*member) error) web.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		m := &member{visitor: visitor{d, w, r}}
		var err error
		m.staff, m.session, err = d.accounts.Session(r.Context(), web.SessionToken(r))
		switch {
		case err == nil:
			return answer(m)
		case standfirst.KindOf(err) == standfirst.Unauthenticated && wantsJSON(r):
			return err
		case standfirst.KindOf(err) == standfirst.Unauthenticated:
			to := Prefix + "/sign-in"
			if r.Method == http.MethodGet && r.URL.Path != Prefix {
				to += "?next=" + url.QueryEscape(r.URL.RequestURI())
			}
			http.Redirect(w, r, to, http.StatusSeeOther)
			return nil
		}
		return err
	}
}

func (m *member) layout(title string) layout {
	l := m.visitor.layout(title)
	l.Name, l.Role = m.staff.Name, m.ui.Strings.Text("role."+string(m.staff.Role))
	l.Manages = m.staff.Role.Can(standfirst.ManageStaff)
	l.Records = m.staff.Role.Can(standfirst.RecordClaim)
	l.Orders = m.staff.Role.Can(standfirst.OrderFront)
	l.Pages = m.staff.Role.Can(standfirst.EditPage)
	l.Authors = m.staff.Role.Can(standfirst.EditAuthor)
	l.Arranges = m.staff.Role.Can(standfirst.ManageSections)
	if l.Moderates = m.staff.Role.Can(standfirst.ModerateComments); l.Moderates {
		l.Waiting = m.readBacklog()
	}
	if l.Writes = m.staff.Role.Can(standfirst.WriteStory); l.Writes {
		l.InReview = m.readInReview()
	}
	if m.staff.Role.Can(standfirst.ManageSettings) {
		l.Failing = m.failingWebhook()
	}
	if m.unsigned != nil {
		if err := m.unsigned(); err != nil {
			l.Unsigned = cmp.Or(message(err), m.ui.Strings.Text("desk.unsigned.unknown"))
		}
	}
	return l
}

// homePage is the desk's first page.
type homePage struct {
	Layout    layout
	Moderator bool
	Steps     []startStep // to the first published story; none once there was one
	needsList
}

func (m *member) home() error {
	p := &homePage{
		Layout: m.layout(m.ui.Strings.Text("desk.home")), Moderator: m.staff.Role.Can(standfirst.ModerateComments),
	}
	var err error
	if p.needsList, err = m.needs(Prefix, m.newsroom.Needs); err != nil {
		return err
	}
	if !p.Later {
		if p.Steps, err = m.startSteps(); err != nil {
			return err
		}
	}
	return m.render(m.w, m.r, http.StatusOK, "home", p)
}

func (m *member) signOut() error {
	err := m.accounts.EndSession(m.r.Context(), m.staff.Actor(), m.session.ID)
	if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
		return err
	}
	web.ClearSession(m.w, m.r)
	http.Redirect(m.w, m.r, Prefix+"/sign-in", http.StatusSeeOther)
	return nil
}

// accountPage shows who is signed in, where, and lets the password be changed.
type accountPage struct {
	Layout   layout
	Email    string
	Sessions []sessionRow
	Others   bool // there are other sessions than this
	Failure  string
	Done     string

	Codes    bool // of six digits are asked for
	Recovery int  // codes that are left
	Passkeys []passkeyRow
	Tokens   tokenForm
}

// passkeyRow is one passkey in the list.
type passkeyRow struct {
	ID   int64
	Name string
	Made moment
	Used moment // empty until it was used
}

// sessionRow is one session in the list.
type sessionRow struct {
	ID      int64
	Agent   string // empty if the browser did not say
	Address string
	Seen    moment
	Here    bool // this very session
}

// moment is an instant on a page.
type moment struct{ ISO, Text string }

// zone returns the time zone of the publication; UTC where it cannot be read.
func (m *member) zone() *time.Location {
	if m.inZone == nil {
		m.inZone = time.UTC
		if pub, err := m.publication(); err == nil {
			m.inZone = pub.Location()
		}
	}
	return m.inZone
}

// at returns the instant in the time zone of the publication, which it names; nothing for none.
func (m *member) at(t time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	return m.moment(t, m.zone())
}

func (m *member) account() error {
	done := ""
	if what := m.r.URL.Query().Get("done"); slices.Contains([]string{"password", "session", "sessions", "dropped", "passkey", "removed", "token"}, what) {
		done = m.ui.Strings.Text("desk.done." + what)
	}
	return m.accountPage(http.StatusOK, "", done)
}

func (m *member) accountPage(status int, failure, done string) error {
	sessions, err := m.accounts.Sessions(m.r.Context(), m.staff.Actor())
	if err != nil {
		return err
	}
	p := &accountPage{Layout: m.layout(m.ui.Strings.Text("desk.account")), Email: m.staff.Email, Failure: failure, Done: done}
	for _, s := range sessions {
		row := sessionRow{ID: int64(s.ID), Agent: s.Agent, Address: s.Address, Here: s.ID == m.session.ID}
		row.Seen = m.at(s.SeenAt)
		p.Others = p.Others || !row.Here
		p.Sessions = append(p.Sessions, row)
	}
	factors, err := m.accounts.Factors(m.r.Context(), m.staff.Actor())
	if err != nil {
		return err
	}
	p.Codes, p.Recovery = factors.Codes, factors.Recovery
	for _, key := range factors.Passkeys {
		p.Passkeys = append(p.Passkeys, passkeyRow{ID: int64(key.ID), Name: key.Name, Made: m.at(key.CreatedAt), Used: m.at(key.UsedAt)})
	}
	if p.Tokens, err = m.tokenForm(); err != nil {
		return err
	}
	return m.render(m.w, m.r, status, "account", p)
}

func (m *member) changePassword() error {
	if err := m.form(); err != nil {
		return err
	}
	err := m.accounts.ChangePassword(m.r.Context(), m.staff, m.session, m.r.PostFormValue("old"), m.r.PostFormValue("new"))
	if status, told := m.refusal(err); told != "" {
		return m.accountPage(status, told, "")
	}
	if err != nil {
		return err
	}
	m.done("password")
	return nil
}

// endSession ends one session of the member, or all but this one.
func (m *member) endSession() error {
	if err := m.form(); err != nil {
		return err
	}
	ctx, actor := m.r.Context(), m.staff.Actor()
	if m.r.PostFormValue("session") == "others" {
		if err := m.accounts.EndOtherSessions(ctx, actor, m.session.ID); err != nil {
			return err
		}
		m.done("sessions")
		return nil
	}
	id, err := strconv.ParseInt(m.r.PostFormValue("session"), 10, 64)
	if err != nil {
		return standfirst.Errorf(standfirst.Invalid, "the form names no session")
	}
	err = m.accounts.EndSession(ctx, actor, standfirst.SessionID(id))
	if err != nil && standfirst.KindOf(err) != standfirst.NotFound {
		return err
	}
	m.done("session")
	return nil
}

// done goes back to the account, which says what was done.
func (m *member) done(what string) {
	http.Redirect(m.w, m.r, Prefix+"/account?done="+what, http.StatusSeeOther)
}
