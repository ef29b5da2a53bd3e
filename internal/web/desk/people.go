package desk

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/web"
)

const (
	peoplePageLength = 50
	auditPageLength  = 50
)

// peopleRoutes adds the pages about the staff and what it did.
func (d *Desk) peopleRoutes(metrics *web.Metrics) {
	for pattern, answer := range map[string]func(*member) error{
		"GET /desk/people":          (*member).people,
		"POST /desk/people":         (*member).invite,
		"POST /desk/people/role":    (*member).setRole,
		"POST /desk/people/link":    (*member).sendLink,
		"POST /desk/people/revoke":  (*member).revoke,
		"POST /desk/people/restore": (*member).restore,
		"POST /desk/people/reset":   (*member).resetFactors,
		"GET /desk/audit":           (*member).auditLog,
	} {
		d.route(pattern, d.member(answer), metrics)
	}
}

// peoplePage lists the staff and invites more.
type peoplePage struct {
	Layout  layout
	Done    string
	Failure string
	Link    string // of an invitation that was just made; it is shown once
	People  []personRow
	More    string // the address of the rest; empty if this is the last page

	// What was typed into the invitation.
	Name, Email string
	Roles       []choice
}

// personRow is one member of the staff.
type personRow struct {
	ID       int64
	Email    string
	Name     string
	Role     string
	Roles    []choice
	Since    moment
	Revoked  moment // empty unless access was revoked
	Password bool
	Self     bool
}

// roleChoices returns the roles to choose from.
func (v *visitor) roleChoices(chosen standfirst.Role) (list []choice) {
	for _, role := range standfirst.StaffRoles {
		list = append(list, choice{Value: string(role), Text: v.Text("role." + string(role)), Chosen: role == chosen})
	}
	return list
}

func (m *member) people() error {
	done := ""
	switch m.r.URL.Query().Get("done") {
	case "role":
		done = m.Text("desk.people.done.role")
	case "revoke":
		done = m.Text("desk.people.done.revoke")
	case "restore":
		done = m.Text("desk.people.done.restore")
	case "reset":
		done = m.Text("desk.people.done.reset")
	}
	return m.peoplePage(http.StatusOK, &peoplePage{Done: done, Roles: m.roleChoices(standfirst.Reporter)})
}

func (m *member) peoplePage(status int, p *peoplePage) error {
	list, err := m.accounts.List(m.r.Context(), m.staff.Actor(), m.r.URL.Query().Get("after"), peoplePageLength+1)
	if err != nil {
		return err
	}
	if len(list) > peoplePageLength {
		list = list[:peoplePageLength]
		p.More = Prefix + "/people?after=" + url.QueryEscape(list[len(list)-1].Email)
	}
	for _, s := range list {
		p.People = append(p.People, personRow{
			ID: int64(s.ID), Email: s.Email, Name: s.Name, Role: m.Text("role." + string(s.Role)), Roles: m.roleChoices(s.Role),
			Since: m.at(s.CreatedAt), Revoked: m.at(s.RevokedAt), Password: s.Password, Self: s.ID == m.staff.ID,
		})
	}
	p.Layout = m.layout(m.Text("desk.people"))
	return m.render(m.w, m.r, status, "people", p)
}

// invited answers with the page that shows the link: it may be handed over where no mail
// arrives.
func (m *member) invited(sent account.Invitation) error {
	return m.peoplePage(http.StatusOK, &peoplePage{
		Done: m.Text("desk.people.sent", sent.Staff.Email, m.at(sent.Until).Text), Link: sent.Address, Roles: m.roleChoices(standfirst.Reporter),
	})
}

func (m *member) invite() error {
	if err := m.form(); err != nil {
		return err
	}
	origin, err := m.origin()
	if err != nil {
		return err
	}
	s := standfirst.Staff{Name: m.r.PostFormValue("name"), Email: m.r.PostFormValue("email"), Role: standfirst.Role(m.r.PostFormValue("role"))}
	sent, err := m.accounts.Invite(m.r.Context(), m.staff.Actor(), s, origin)
	switch standfirst.KindOf(err) {
	case standfirst.Invalid:
		return m.peoplePage(http.StatusUnprocessableEntity, &peoplePage{Failure: message(err), Name: s.Name, Email: s.Email, Roles: m.roleChoices(s.Role)})
	case standfirst.Conflict:
		return m.peoplePage(http.StatusConflict, &peoplePage{Failure: message(err), Name: s.Name, Email: s.Email, Roles: m.roleChoices(s.Role)})
	}
	if err != nil {
		return err
	}
	return m.invited(sent)
}

func (m *member) sendLink() error {
	if err := m.form(); err != nil {
		return err
	}
	origin, err := m.origin()
	if err != nil {
		return err
	}
	sent, err := m.accounts.SendLink(m.r.Context(), m.staff.Actor(), m.r.PostFormValue("email"), origin)
	if err != nil {
		return m.personRefusal(err)
	}
	return m.invited(sent)
}

// personRefusal answers with the page where the error is one that it tells.
func (m *member) personRefusal(err error) error {
	if standfirst.KindOf(err) != standfirst.Conflict {
		return err
	}
	return m.peoplePage(http.StatusConflict, &peoplePage{Failure: message(err), Roles: m.roleChoices(standfirst.Reporter)})
}

// changePerson does something with the member that the form names, and goes back to the list.
func (m *member) changePerson(what string, change func(email string) error) error {
	if err := m.form(); err != nil {
		return err
	}
	if err := change(m.r.PostFormValue("email")); err != nil {
		return m.personRefusal(err)
	}
	http.Redirect(m.w, m.r, Prefix+"/people?done="+what, http.StatusSeeOther)
	return nil
}

func (m *member) setRole() error {
	return m.changePerson("role", func(email string) error {
		return m.accounts.SetRole(m.r.Context(), m.staff.Actor(), email, standfirst.Role(m.r.PostFormValue("role")))
	})
}

func (m *member) revoke() error {
	return m.changePerson("revoke", func(email string) error { return m.accounts.Revoke(m.r.Context(), m.staff.Actor(), email) })
}

func (m *member) restore() error {
	return m.changePerson("restore", func(email string) error { return m.accounts.Restore(m.r.Context(), m.staff.Actor(), email) })
}

func (m *member) resetFactors() error {
	return m.changePerson("reset", func(email string) error { return m.accounts.ResetFactors(m.r.Context(), m.staff.Actor(), email) })
}

// auditPage shows who changed what.
type auditPage struct {
	Layout  layout
	Object  string // what it is narrowed to; empty for everything
	Entries []auditRow
	More    string // the address of what was before; empty if this is all
}

// auditRow is one entry.
type auditRow struct {
	At     moment
	Who    string
	Role   string // empty for the newsroom itself
	Action string // in words
	Object string
	Of     string // the address of what else was done with the object
	Detail string
}

func (m *member) auditLog() error {
	query := m.r.URL.Query()
	p := &auditPage{Object: query.Get("object"), Layout: m.layout(m.Text("desk.audit"))}
	before, _ := strconv.ParseInt(query.Get("before"), 10, 64) // nothing begins with the newest
	list, err := m.accounts.AuditLog(m.r.Context(), m.staff.Actor(), p.Object, standfirst.AuditID(max(before, 0)), auditPageLength+1)
	if err != nil {
		return err
	}
	if len(list) > auditPageLength {
		list = list[:auditPageLength]
		more := url.Values{"before": {strconv.FormatInt(int64(list[len(list)-1].ID), 10)}}
		if p.Object != "" {
			more.Set("object", p.Object)
		}
		p.More = Prefix + "/audit?" + more.Encode()
	}
	for _, e := range list {
		p.Entries = append(p.Entries, auditRow{
			At: m.at(e.At), Who: e.Actor.Name, Role: m.roleOf(e.Actor), Action: m.deed(e.Action), Object: e.Object,
			Of: Prefix + "/audit?object=" + url.QueryEscape(e.Object), Detail: e.Detail,
		})
	}
	return m.render(m.w, m.r, http.StatusOK, "audit", p)
}

// deed returns in words what was done, such as "published the story". What no version of the
// program has words for is named as it was noted.
func (m *member) deed(action string) string {
	name := strings.ReplaceAll(action, " ", "-")
	if words := m.Text("desk.did." + name); words != "desk.did."+name {
		return words
	}
	return action
}

// roleOf returns as what somebody acted; empty for a command and for the newsroom itself.
func (m *member) roleOf(a standfirst.Actor) string {
	if a.ID == 0 || a.Role == "" {
		return ""
	}
	return m.Text("role." + string(a.Role))
}
