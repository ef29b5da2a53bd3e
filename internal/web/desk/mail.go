package desk

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// MailRoute says how the mails of the newsroom go out.
type MailRoute struct {
	Server string // without the password; empty where mails go nowhere but into the outbox
	From   string // the address that they come from

	// Refused, which may be nil, returns the last mails that the server refused for good.
	Refused func() []standfirst.RefusedMail
}

const (
	mailPath = Prefix + "/settings/mail"
	// failuresLength is how many failures are shown.
	failuresLength = 20
)

// mailPage shows how mails go out, and what did not.
type mailPage struct {
	Layout  layout
	Done    string
	Failure string

	Server, From  string
	Name, ReplyTo string // as they stand, or were typed
	Publication   string // whose name is used where none is given
	Me            string // where the test mail goes
	Failures      []mailFailure
	Guard         guard
}

// mailFailure is one mail that has not gone out. Of the reader's address only the host is
// shown: what is behind it is nobody's business here.
type mailFailure struct {
	Subject, Host, Reason string
	Final                 bool   // it is not tried again
	At                    moment // of the next attempt, or of the last
}

func (m *member) mailForm() error {
	done := ""
	switch m.r.URL.Query().Get("done") {
	case "saved":
		done = m.Text("desk.mail.saved")
	case "test":
		done = m.Text("desk.mail.sent", m.staff.Email)
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	return m.mailPage(http.StatusOK, pub, &mailPage{Done: done})
}

// mailPage answers with the page. The publication is what stands in the fields.
func (m *member) mailPage(status int, pub standfirst.Publication, p *mailPage) error {
	if err := m.staff.Actor().Require(standfirst.ManageSettings); err != nil {
		return err
	}
	p.Layout = m.layout(m.Text("desk.mail"))
	p.Server, p.From, p.Me = m.mail.Server, m.mail.From, m.staff.Email
	p.Name, p.ReplyTo, p.Publication = pub.MailName, pub.MailReplyTo, pub.Name
	if m.mail.Refused != nil {
		for _, f := range m.mail.Refused() {
			p.Failures = append(p.Failures, m.mailFailure(f.To, f.Subject, f.Reason, f.At, true))
		}
	}
	var failing []store.FailingJob
	var now standfirst.Publication
	err := m.store.View(m.r.Context(), func(tx *store.ReadTx) (err error) {
		if now, err = tx.Publication(); err != nil {
			return err
		}
		failing, err = tx.FailingJobs(standfirst.JobSendMail, failuresLength)
		return err
	})
	if err != nil {
		return err
	}
	p.Guard.fill(now.Fingerprint(), field{m.Text("desk.mail.name"), now.MailName, p.Name}, field{m.Text("desk.mail.reply"), now.MailReplyTo, p.ReplyTo})
	for _, job := range failing {
		to, subject := standfirst.MailIn(job.Job)
		at := job.RunAt
		if job.Final() {
			at = job.SetAsideAt
		}
		p.Failures = append(p.Failures, m.mailFailure(to, subject, job.LastError, at, job.Final()))
	}
	return m.render(m.w, m.r, status, "mail", p)
}

func (m *member) mailFailure(to, subject, reason string, at time.Time, final bool) mailFailure {
	_, host, _ := strings.Cut(to, "@")
	return mailFailure{Subject: cmp.Or(subject, "–"), Host: host, Reason: shorten(strings.ReplaceAll(reason, to, "…@"+host), 300), Final: final, At: m.at(at)}
}

func (m *member) setMail() error {
	if err := m.form(); err != nil {
		return err
	}
	pub, err := m.publication()
	if err != nil {
		return err
	}
	pub.MailName, pub.MailReplyTo = strings.TrimSpace(m.r.PostFormValue("mail-name")), standfirst.CleanEmail(m.r.PostFormValue("reply-to"))
	if err := m.newsroom.UpdateSettings(m.r.Context(), m.staff.Actor(), pub, m.seen()); err != nil {
		return m.mailRefusal(err, pub)
	}
	http.Redirect(m.w, m.r, mailPath+"?done=saved", http.StatusSeeOther)
	return nil
}

func (m *member) sendTestMail() error {
	if err := m.accounts.SendTestMail(m.r.Context(), m.staff); err != nil {
		pub, failed := m.publication()
		if failed != nil {
			return failed
		}
		return m.mailRefusal(err, pub)
	}
	http.Redirect(m.w, m.r, mailPath+"?done=test", http.StatusSeeOther)
	return nil
}

// mailRefusal answers with the page where the error is one that it tells.
func (m *member) mailRefusal(err error, pub standfirst.Publication) error {
	status, told := m.refusal(err)
	if told == "" || status == http.StatusForbidden {
		return err
	}
	return m.mailPage(status, pub, &mailPage{Failure: told, Guard: m.guardOf(err)})
}
