package mail

import (
	"context"
	"crypto/tls"
	"net"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// dialTimeout bounds getting a connection: a server that does not answer at all shall
// not keep the hands of the worker from other jobs for long.
const dialTimeout = 10 * time.Second

// line is the connection of one delivery. It is kept at hand because the library leaves
// it open when the server is not to its liking, and looks at no context once it has it.
type line struct {
	conn   net.Conn
	forget func() bool // no longer waits for the end of the delivery's context
}

// dial returns a function that opens the connection, encrypted if config is not nil, and
// cuts it when the delivery's context ends.
func (l *line) dial(delivery context.Context, config *tls.Config) gomail.DialContextFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address, config)
		if err != nil {
			return nil, err
		}
		l.conn = conn
		l.forget = context.AfterFunc(delivery, func() { _ = conn.Close() })
		return conn, nil
	}
}

func dial(ctx context.Context, network, address string, config *tls.Config) (net.Conn, error) {
	dialer := &net.Dialer{Timeout: dialTimeout}
	if config == nil {
		return dialer.DialContext(ctx, network, address)
	}
	return (&tls.Dialer{NetDialer: dialer, Config: config}).DialContext(ctx, network, address)
}

// hangUp closes the connection, if there is one; the library may have done so.
func (l *line) hangUp() {
	if l.conn == nil {
		return
	}
	l.forget()
	_ = l.conn.Close()
}
