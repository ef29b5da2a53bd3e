package standfirst

import (
	"encoding/json"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Mail is a plain-text mail to one person. Whoever wants one sent enqueues its [Mail.Job]
// in the transaction that is the reason for it: the publication's name and the server's
// address stand in its From.
type Mail struct {
	To      string `json:"to"`                // address of the mailbox
	ToName  string `json:"to_name,omitempty"` // may be empty
	Subject string `json:"subject"`           // one line
	Text    string `json:"text"`              // lines end in "\n" and may be of any length
	// Unsubscribe is the https address that ends such mails when it is sent a POST
	// (RFC 8058); empty for a mail that somebody asked for.
	Unsubscribe string `json:"unsubscribe,omitempty"`
	// Key, when not empty, is unique among the mails that wait: another mail with it
	// takes the place of the one that has not gone out yet.
	Key string `json:"key,omitempty"`
}

// Limits of a mail, in bytes.
const (
	MaxMailSubject = 250
	MaxMailText    = 256 << 10
	MaxMailKey     = 200
	// MaxMailUnsubscribe leaves room for the name of the header in the 998 bytes that a
	// line may have (RFC 5322, section 2.1.1): an address cannot be folded.
	MaxMailUnsubscribe = 900
)

// MailAttempts is how often sending a mail is tried: with the pauses of jobs, for two
// days, which covers a weekend's outage of a mail server.
const MailAttempts = 60

// Job returns the job that sends the mail, or the error of Validate.
func (m Mail) Job() (Job, error) {
	if err := m.Validate(); err != nil {
		return Job{}, err
	}
	payload, err := json.Marshal(m)
	if err != nil {
		return Job{}, err
	}
	job := Job{Kind: JobSendMail, Payload: payload, MaxAttempts: MailAttempts}
	if m.Key != "" {
		job.Key = "mail:" + m.Key
	}
	return job, nil
}

// MailIn returns to whom the mail goes that the job sends, and its subject; nothing of a job
// that sends none.
func MailIn(j Job) (to, subject string) {
	var m Mail
	if err := json.Unmarshal(j.Payload, &m); err != nil || j.Kind != JobSendMail {
		return "", ""
	}
	return m.To, m.Subject
}

// Validate returns an Invalid error that names what cannot be sent. What stands in a
// header has no control characters, so that nothing can add a header of its own.
func (m Mail) Validate() error {
	if err := ValidateEmail(m.To); err != nil {
		return err
	}
	for _, f := range []struct {
		name, value string
		max         int
	}{
		{"name of the recipient", m.ToName, MaxName},
		{"subject", m.Subject, MaxMailSubject},
		{"key", m.Key, MaxMailKey},
	} {
		if err := validateHeader(f.name, f.value, f.max); err != nil {
			return err
		}
	}
	if strings.TrimSpace(m.Subject) == "" {
		return Errorf(Invalid, "the mail needs a subject")
	}
	if err := validateMailText(m.Text); err != nil {
		return err
	}
	return validateUnsubscribe(m.Unsubscribe)
}

func validateHeader(name, value string, limit int) error {
	switch {
	case len(value) > limit:
		return Errorf(Invalid, "the mail's %s has %d bytes, %d at most", name, len(value), limit)
	case !utf8.ValidString(value):
		return Errorf(Invalid, "the mail's %s is not UTF-8", name)
	case strings.ContainsFunc(value, breaksLine):
		return Errorf(Invalid, "the mail's %s has a control character or a line break in it", name)
	}
	return nil
}

// breaksLine reports whether the rune is a control character or one of Unicode's own
// line ends.
func breaksLine(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

func validateMailText(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return Errorf(Invalid, "the mail needs a text")
	case len(text) > MaxMailText:
		return Errorf(Invalid, "the mail's text has %d bytes, %d at most", len(text), MaxMailText)
	case !utf8.ValidString(text):
		return Errorf(Invalid, "the mail's text is not UTF-8")
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		return Errorf(Invalid, "the mail's text has a control character in it; its lines end in a line feed alone")
	}
	return nil
}

func validateUnsubscribe(address string) error {
	if address == "" {
		return nil
	}
	if len(address) > MaxMailUnsubscribe {
		return Errorf(Invalid, "the address for unsubscribing has %d bytes, %d at most", len(address), MaxMailUnsubscribe)
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || !all(address, inAngleBrackets) {
		return Errorf(Invalid, "the address for unsubscribing must begin with https:// and have no blanks, commas or angle brackets in it")
	}
	return nil
}

// inAngleBrackets reports whether the byte of an address may stand between the brackets
// of a List-Unsubscribe header (RFC 2369) as it is.
func inAngleBrackets(b byte) bool { return b > ' ' && b < 0x7f && b != '<' && b != '>' && b != ',' }

// KeptMail is a mail that went to nobody, because there is no mail server: the outbox
// shows it.
type KeptMail struct {
	Mail

	Number int       // counted from 1 since the start
	At     time.Time // when it would have gone out
}

// RefusedMail is a mail that a mail server would not take, and that is not tried again.
type RefusedMail struct {
	To, Subject, Reason string
	At                  time.Time
}
