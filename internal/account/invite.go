package account

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"text/template"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// staffLinkPath is the address below which members of the staff sign in by their links.
const staffLinkPath = "/desk/link/"

var inviteLetter = template.Must(template.ParseFS(letterFiles, "letters/invite.txt"))

// Invitation is a one-time link that was made for a member.
type Invitation struct {
	Staff   standfirst.Staff
	Address string // of the link, with scheme and host
	Until   time.Time
}

// Invite puts somebody on the staff and sends them a one-time link, both or neither. The base
// address is that of the site. Its errors are those of [Accounts.Add].
func (a *Accounts) Invite(ctx context.Context, actor standfirst.Actor, s standfirst.Staff, baseURL string) (sent Invitation, err error) {
	if err := actor.Require(standfirst.ManageStaff); err != nil {
		return sent, err
	}
	s.Email = standfirst.CleanEmail(s.Email)
	if err := s.Validate(); err != nil {
		return sent, err
	}
	token := newToken()
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		id, err := tx.InsertStaff(s)
		if err != nil {
			return err
		}
		if err := audit(tx, actor, "add to the staff", id, string(s.Role)); err != nil {
			return err
		}
		member, err := tx.Staff(id)
		if err != nil {
			return err
		}
		sent, err = a.sendLink(tx, actor, member, token, baseURL)
		return err
	})
	return sent, err
}

// SendLink sends a member a new one-time link; links made before stop working. It returns a
// Conflict error if access was revoked.
func (a *Accounts) SendLink(ctx context.Context, actor standfirst.Actor, email, baseURL string) (sent Invitation, err error) {
	token := newToken()
	err = a.change(ctx, actor, email, func(tx *store.Tx, s standfirst.Staff) error {
		sent, err = a.sendLink(tx, actor, s, token, baseURL)
		return err
	})
	return sent, err
}

// sendLink makes a link and enqueues the mail with it.
func (a *Accounts) sendLink(tx *store.Tx, actor standfirst.Actor, s standfirst.Staff, token, baseURL string) (Invitation, error) {
	until, err := a.makeLink(tx, actor, s, token)
	if err != nil {
		return Invitation{}, err
	}
	pub, err := tx.Publication()
	if err != nil {
		return Invitation{}, err
	}
	sent := Invitation{Staff: s, Until: until, Address: strings.TrimSuffix(baseURL, "/") + staffLinkPath + url.PathEscape(token)}
	data := struct{ Publication, By, Role, Until, Address string }{
		pub.Name, actor.Name, string(s.Role), until.In(pub.Location()).Format("2 January 2006, 15:04 MST"), sent.Address,
	}
	return sent, enqueueMail(tx, s.Email, inviteLetter, data, a.clock())
}

// enqueueMail enqueues a mail with the subject and the text that the letter defines.
func enqueueMail(tx *store.Tx, to string, letter *template.Template, data any, at time.Time) error {
	m := standfirst.Mail{To: to}
	for name, into := range map[string]*string{"subject": &m.Subject, "text": &m.Text} {
		var b bytes.Buffer
		if err := letter.ExecuteTemplate(&b, name, data); err != nil {
			return err
		}
		*into = b.String()
	}
	job, err := m.Job()
	if err != nil {
		return err
	}
	job.RunAt = at
	_, err = tx.Enqueue(job)
	return err
}
