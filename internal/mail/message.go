package mail

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log/slog"
	netmail "net/mail"
	"time"

	gomail "github.com/wneessen/go-mail"

	"standfirst"
)

// payload returns the mail that the job is to send. It is checked once more here: a job
// can be enqueued without [standfirst.Mail.Job].
func payload(job standfirst.Job) (standfirst.Mail, error) {
	var m standfirst.Mail
	if err := json.Unmarshal(job.Payload, &m); err != nil {
		return m, fmt.Errorf("mail: payload of job %s: %w", job.ID, err)
	}
	return m, m.Validate()
}

// giveUp says that a mail will not be sent. The job is done with that: jobs that fail are
// tried again, and nobody could do anything about this one.
func giveUp(log *slog.Logger, job standfirst.Job, reason error) error {
	log.Error("mail: it will not be sent", "job", job.ID.String(), "error", reason)
	return nil
}

// envelope is what a message has beside the mail.
type envelope struct {
	id          string // of the message, without angle brackets
	from        string
	publication standfirst.Publication
	at          time.Time
}

// messageID returns the same name for each attempt to send the mail, and for no other mail
// than this: the number of a job alone can come again with another mail, when its key is
// used anew or after the database was restored.
func messageID(job standfirst.Job, domain string) string {
	digest := sha256.Sum256(job.Payload)
	return fmt.Sprintf("job-%s.%x@%s", job.ID, digest[:8], domain)
}

// compose writes the mail as a message in quoted-printable, which keeps lines of any
// length and all letters. It says that a machine wrote it, so that no other machine
// answers (RFC 3834).
func compose(m standfirst.Mail, e envelope) *gomail.Msg {
	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP))
	message.FromMailAddress(&netmail.Address{Name: cmp.Or(e.publication.MailName, e.publication.Name), Address: e.from})
	if e.publication.MailReplyTo != "" {
		message.ReplyToMailAddress(&netmail.Address{Address: e.publication.MailReplyTo})
	}
	message.ToMailAddress(&netmail.Address{Name: m.ToName, Address: m.To})
	message.Subject(m.Subject)
	message.SetDateWithValue(e.at.In(e.publication.Location()))
	message.SetMessageIDWithValue(e.id)
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Unsubscribe != "" { // as they are: folded or encoded, programs would not find the address
		message.SetGenHeaderPreformatted(gomail.HeaderListUnsubscribe, "<"+m.Unsubscribe+">")
		message.SetGenHeaderPreformatted(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	message.SetBodyString(gomail.TypeTextPlain, m.Text)
	return message
}
