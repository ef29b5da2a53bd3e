package mail

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http/httptest"
	netmail "net/mail"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// received is a message as the server got it.
type received struct {
	from, to string
	secure   bool   // came over TLS
	user     string // who had signed in
	header   netmail.Header
	raw      []byte
	body     []byte // as it was on the line
}

// mailServer is an SMTP server of this machine. It refuses with the errors that it is
// given, one a message, and then takes everything.
type mailServer struct {
	address string
	roots   *x509.CertPool

	mu        sync.Mutex
	taken     []received
	onRcpt    []error
	onData    []error
	greetings int
}

// serverOptions say how the server is made.
type serverOptions struct {
	startTLS    bool
	implicitTLS bool
	user        string // must sign in, with the password "tide & pier"
}

const serverPassword = "tide & pier"

// newMailServer starts a server that lives as long as the test.
func newMailServer(t *testing.T, o serverOptions) *mailServer {
	t.Helper()
	s := &mailServer{roots: x509.NewCertPool()}
	backend := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.greetings++
		return &mailSession{server: s, conn: c, needs: o.user}, nil
	}))
	backend.Domain = "mx.quayside.example"
	backend.AllowInsecureAuth = !o.startTLS
	backend.ErrorLog = log.New(io.Discard, "", 0)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = listener.Addr().String()
	if o.startTLS || o.implicitTLS {
		config := s.certificate(t)
		if o.startTLS {
			backend.TLSConfig = config
		} else {
			listener = tls.NewListener(listener, config)
		}
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = backend.Serve(listener) // it ends with an error when it is closed
	}()
	t.Cleanup(func() {
		_ = backend.Close()
		_ = listener.Close() // it may not have been the server's yet
		<-ended
	})
	return s
}

// certificate returns one for 127.0.0.1 that the server's roots vouch for.
func (s *mailServer) certificate(t *testing.T) *tls.Config {
	web := httptest.NewTLSServer(nil)
	t.Cleanup(web.Close)
	s.roots.AddCert(web.Certificate())
	return &tls.Config{Certificates: web.TLS.Certificates}
}

// messages returns what the server has taken.
func (s *mailServer) messages() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken
}

// next takes the first of the errors.
func (s *mailServer) next(errs *[]error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(*errs) == 0 {
		return nil
	}
	err := (*errs)[0]
	*errs = (*errs)[1:]
	return err
}

func refusal(code int, message string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCodeNotSet, Message: message}
}

// mailSession is one connection.
type mailSession struct {
	server *mailServer
	conn   *smtp.Conn
	needs  string
	user   string
	got    received
}

func (s *mailSession) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *mailSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.needs || password != serverPassword {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}

func (s *mailSession) Mail(from string, _ *smtp.MailOptions) error {
	if s.needs != s.user {
		return smtp.ErrAuthRequired
	}
	_, secure := s.conn.TLSConnectionState()
	s.got = received{from: from, user: s.user, secure: secure}
	return nil
}

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.got.to != "" {
		return errors.New("a second recipient")
	}
	s.got.to = to
	return s.server.next(&s.server.onRcpt)
}

func (s *mailSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.server.next(&s.server.onData); err != nil {
		return err
	}
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	body, err := io.ReadAll(m.Body)
	if err != nil {
		return err
	}
	s.got.header, s.got.raw, s.got.body = m.Header, raw, body
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.taken = append(s.server.taken, s.got)
	return nil
}

func (s *mailSession) Reset()        { s.got = received{} }
func (s *mailSession) Logout() error { return nil }
