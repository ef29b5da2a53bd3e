package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	gomail "github.com/wneessen/go-mail"

	"standfirst"
)

// talkTimeout bounds the greeting, with encryption and signing in, and then again the
// handing over.
const talkTimeout = 30 * time.Second

// Options configure a [Sender].
type Options struct {
	Server Server
	// Publication returns whose name the mails carry.
	Publication func(context.Context) (standfirst.Publication, error)
	Clock       standfirst.Clock // nil means time.Now
	Logger      *slog.Logger     // nil means slog.Default
	// Roots are the authorities that vouch for the server; nil means the system's.
	Roots *x509.CertPool
}

// Sender hands mails to an SMTP server. It may be used from any goroutine.
type Sender struct {
	options Options
	refused refusals
}

// NewSender returns a sender. It does not speak to the server yet.
func NewSender(o Options) *Sender {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Sender{options: o}
}

// SendJob sends the mail that is the payload of the job. It returns an error if another
// attempt may help. A mail that can never be sent, because the server refuses it for
// good or because it is none, is told in the log and no error: nobody could do anything
// about the job.
func (s *Sender) SendJob(ctx context.Context, job standfirst.Job) error {
	m, err := payload(job)
	if err != nil {
		return giveUp(s.options.Logger, job, err)
	}
	pub, err := s.options.Publication(ctx)
	if err != nil {
		return fmt.Errorf("mail: job %s: %w", job.ID, err)
	}
	message := compose(m, envelope{
		id: messageID(job, s.options.Server.domain()), from: s.options.Server.from, publication: pub, at: s.options.Clock(),
	})
	err = s.deliver(ctx, message)
	switch {
	case message.IsDelivered(): // what went wrong after that is no reason to send it twice
		return nil
	case refusedForGood(err):
		s.refused.add(m, err, s.options.Clock())
		return giveUp(s.options.Logger, job, err)
	}
	return fmt.Errorf("mail: job %s: %w", job.ID, err)
}

// deliver hands one message over, on a connection of its own.
func (s *Sender) deliver(ctx context.Context, message *gomail.Msg) error {
	var l line
	defer l.hangUp()
	client, err := s.client(func(config *tls.Config) gomail.Option { return gomail.WithDialContextFunc(l.dial(ctx, config)) })
	if err != nil {
		return err
	}
	return client.DialAndSendWithContext(ctx, message)
}

// client returns what speaks SMTP over the connection that dialing opens, which is encrypted
// from its first byte if there is a configuration. It sends no NOOP and no RSET, which a connection for
// one message does not need.
func (s *Sender) client(dialing func(*tls.Config) gomail.Option) (*gomail.Client, error) {
	server := s.options.Server
	config := &tls.Config{ServerName: server.host, MinVersion: tls.VersionTLS12, RootCAs: s.options.Roots}
	options := []gomail.Option{
		gomail.WithPort(server.port), gomail.WithTimeout(talkTimeout), gomail.WithTLSConfig(config),
		gomail.WithoutNoop(), gomail.WithoutRset(), gomail.WithoutSMTPUTF8(),
	}
	switch server.encryption {
	case implicitTLS:
		options = append(options, gomail.WithSSL(), dialing(config))
	case inTheClear:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS), dialing(nil))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory), dialing(nil))
	}
	if server.user != "" {
		options = append(options, gomail.WithUsername(server.user), gomail.WithPassword(server.password),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	return gomail.NewClient(server.host, options...)
}

// refusedForGood reports whether the server has said that it will never take the message:
// a reply of 55x to its recipient or its contents, which speaks of the mail and the mailbox
// (RFC 5321, section 4.2.1). The other replies of 5xx speak of commands and of signing in,
// and of them an operator can change something.
func refusedForGood(err error) bool {
	var refusal *gomail.SendError
	if !errors.As(err, &refusal) || refusal.ErrorCode()/10 != 55 {
		return false
	}
	return slices.Contains([]gomail.SendErrReason{gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose}, refusal.Reason)
}
