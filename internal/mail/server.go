package mail

import (
	"cmp"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"standfirst"
)

// Ports of message submission (RFC 8314).
const (
	portSTARTTLS = 587
	portTLS      = 465
)

// encryption is how a connection is kept from the eyes of others.
type encryption int

const (
	startTLS encryption = iota // begun in the clear, then encrypted, or nothing is sent
	implicitTLS
	inTheClear
)

// Server is an SMTP server that takes mails from this newsroom, and the address that
// they come from. It holds a password: its String leaves it out, and so do the errors
// of [ParseServer].
type Server struct {
	host       string
	port       int
	user       string
	password   string
	from       string
	encryption encryption
}

// ParseServer reads an address such as smtp://user:password@host:587?from=desk@harbour.example
// or smtps://…. With smtp:// the connection must be encrypted by STARTTLS, unless the host
// is this machine or ?tls=none is given; ?tls=required asks for it there too. It returns
// an Invalid error that does not repeat the address, because of the password.
func ParseServer(address string) (Server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return Server{}, standfirst.Errorf(standfirst.Invalid,
			"the mail server must be written as smtp://user:password@host:587?from=desk@harbour.example or smtps://…; "+
				"characters such as / @ : %% # ? in the user or the password are written as %%2F %%40 %%3A %%25 %%23 %%3F")
	}
	s := Server{host: u.Hostname(), user: u.User.Username()}
	s.password, _ = u.User.Password()
	if s.host == "" || strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		return Server{}, standfirst.Errorf(standfirst.Invalid, "the mail server's address needs a host, and nothing but ?from=… after it")
	}
	if (s.user == "") != (s.password == "") {
		return Server{}, standfirst.Errorf(standfirst.Invalid, "the mail server's address needs both a user and a password, or neither")
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Server{}, standfirst.Errorf(standfirst.Invalid, "what follows the ? in the mail server's address cannot be read")
	}
	if err := s.readOptions(u.Scheme, query); err != nil {
		return Server{}, err
	}
	return s, s.readPort(u.Port())
}

// readOptions reads what stands after the question mark.
func (s *Server) readOptions(scheme string, query url.Values) error {
	for name, values := range query {
		if !slices.Contains([]string{"from", "tls"}, name) || len(values) > 1 {
			return standfirst.Errorf(standfirst.Invalid, "the mail server's address may have ?from=… and &tls=… once each, and nothing else there")
		}
	}
	s.from = query.Get("from")
	if err := standfirst.ValidateEmail(s.from); err != nil {
		return standfirst.Errorf(standfirst.Invalid, "the mail server's address needs the sender: ?from=desk@harbour.example")
	}
	switch tls := query.Get("tls"); {
	case scheme == "smtps" && tls == "":
		s.encryption = implicitTLS
	case scheme == "smtps":
		return standfirst.Errorf(standfirst.Invalid, "tls=… goes with smtp:// only: smtps:// is always encrypted")
	case tls == "none", tls == "" && isLoopback(s.host):
		s.encryption = inTheClear
	case tls != "" && tls != "required":
		return standfirst.Errorf(standfirst.Invalid, "tls=… is none or required")
	}
	if s.encryption == inTheClear && s.user != "" && !isLoopback(s.host) {
		return standfirst.Errorf(standfirst.Invalid, "a password is not sent to another machine without encryption: leave out tls=none, or the user and the password")
	}
	return nil
}

func (s *Server) readPort(port string) error {
	s.port = portSTARTTLS
	if s.encryption == implicitTLS {
		s.port = portTLS
	}
	if port == "" {
		return nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 {
		return standfirst.Errorf(standfirst.Invalid, "the mail server's port is a number from 1 to 65535")
	}
	s.port = int(n)
	return nil
}

// isLoopback reports whether the host is this machine by any name that says so itself.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// String returns the server without the password, for logs.
func (s Server) String() string {
	scheme := "smtp"
	if s.encryption == implicitTLS {
		scheme = "smtps"
	}
	return fmt.Sprintf("%s://%s from %s", scheme, s.address(), cmp.Or(s.from, "nobody"))
}

// Address returns the server as people know it: without user and password.
func (s Server) Address() string { return s.address() }

// From returns the address that mails come from.
func (s Server) From() string { return s.from }

// GoString keeps the password out of %#v.
func (s Server) GoString() string { return s.String() }

func (s Server) address() string { return net.JoinHostPort(s.host, strconv.Itoa(s.port)) }

// domain returns what stands behind the @ of the sender.
func (s Server) domain() string {
	_, domain, _ := strings.Cut(s.from, "@")
	return domain
}
