package outbound

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"standfirst"
)

const (
	defaultTimeout  = 10 * time.Second
	defaultMaxBytes = 1 << 20
	maxRedirects    = 3

	connectTimeout = 5 * time.Second
	idleTimeout    = 30 * time.Second
	idlePerHost    = 4
	maxHeaderBytes = 64 << 10
)

// Options configure a client; the zero value is fit for use.
type Options struct {
	Version  string         // of the program, for its User-Agent; empty means "development"
	Allow    []netip.Prefix // networks that are reached although they are private, on any port
	Timeout  time.Duration  // for the whole answer, redirects included; zero means ten seconds
	MaxBytes int64          // of the body of an answer; zero means a megabyte
	// NoRedirects answers with a redirect instead of following it, and CutOff with the
	// beginning of a body that is too long.
	NoRedirects bool
	CutOff      bool
}

// Client asks foreign servers. It is safe for concurrent use.
type Client struct {
	http     http.Client
	agent    string
	timeout  time.Duration
	maxBytes int64
	cutOff   bool
}

// New returns a client. It takes no proxy from the environment: a proxy would connect to
// what is refused here.
func New(o Options) *Client {
	c := &Client{
		agent:   "Standfirst/" + cmp.Or(o.Version, "development"),
		timeout: cmp.Or(o.Timeout, defaultTimeout), maxBytes: cmp.Or(o.MaxBytes, defaultMaxBytes), cutOff: o.CutOff,
	}
	dialer := &net.Dialer{Timeout: connectTimeout, Control: guard(o.Allow)}
	c.http = http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: connectTimeout,
			IdleConnTimeout: idleTimeout, MaxIdleConnsPerHost: idlePerHost, MaxResponseHeaderBytes: maxHeaderBytes,
		},
		CheckRedirect: checkRedirect,
	}
	if o.NoRedirects {
		c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return c
}

// errRefused is in the chain of the error for a connection that is not made.
var errRefused = errors.New("outbound: the connection is refused")

// guard returns what looks at each connection once its name is resolved and before it is
// made: it refuses every network that is not public, but for those that are allowed.
func guard(allow []netip.Prefix) func(network, address string, _ syscall.RawConn) error {
	public := ssrf.New()
	return func(network, address string, conn syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%w: %s is no address", errRefused, address)
		}
		for _, prefix := range allow {
			if prefix.Contains(to.Addr().Unmap().WithZone("")) {
				return nil
			}
		}
		if err := public.Safe(network, address, conn); err != nil {
			return fmt.Errorf("%w: %w", errRefused, err)
		}
		return nil
	}
}

var (
	errRedirects = fmt.Errorf("outbound: more than %d redirects", maxRedirects)
	errDowngrade = errors.New("outbound: a redirect leads from https to http")
)

// checkRedirect ends what redirects too often, and what would go on in the clear. Where it
// leads is looked at when the connection is made.
func checkRedirect(next *http.Request, before []*http.Request) error {
	switch {
	case len(before) > maxRedirects:
		return errRedirects
	case next.URL.Scheme != "https" && before[len(before)-1].URL.Scheme == "https":
		return errDowngrade
	}
	return nil
}

// Answer is what a server answered, whole.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// OK reports whether the server did what it was asked.
func (a Answer) OK() bool { return a.Status >= 200 && a.Status < 300 }

// Do sends the request and reads the answer, of whatever status. It returns an Invalid
// error for an address that is none, a Forbidden one for an address or port that is not
// reached from here, a TooLarge one for a body that is too long, and an Unavailable one for
// a server that does not answer in time or redirects too often.
func (c *Client) Do(r *http.Request) (Answer, error) {
	if r.URL.Scheme != "http" && r.URL.Scheme != "https" || r.URL.Host == "" {
		return Answer{}, standfirst.Errorf(standfirst.Invalid, "%q is no address of the web; it begins with https://", r.URL.Redacted())
	}
	host := r.URL.Host
	ctx, cancel := context.WithTimeout(r.Context(), c.timeout)
	defer cancel()
	r = r.Clone(ctx)
	r.Header.Set("User-Agent", c.agent)
	response, err := c.http.Do(r)
	if err != nil {
		return Answer{}, explain(err, host)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, c.maxBytes+1))
	switch {
	case err != nil:
		return Answer{}, explain(err, host)
	case int64(len(body)) > c.maxBytes && c.cutOff:
		body = body[:c.maxBytes]
	case int64(len(body)) > c.maxBytes:
		return Answer{}, standfirst.Errorf(standfirst.TooLarge, "the answer of %s has more than %d bytes", host, c.maxBytes)
	}
	return Answer{Status: response.StatusCode, Header: response.Header, Body: body}, nil
}

// RoundTripper lets a library ask by this client. Every answer has arrived whole, and is
// within the limits, when the library gets it.
func (c *Client) RoundTripper() http.RoundTripper { return roundTripper{c} }

type roundTripper struct{ client *Client }

// RoundTrip implements http.RoundTripper.
func (t roundTripper) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := t.client.Do(r)
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: answer.Status, Status: http.StatusText(answer.Status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: answer.Header,
		Body: io.NopCloser(bytes.NewReader(answer.Body)), ContentLength: int64(len(answer.Body)), Request: r,
	}, nil
}

// PostForm posts the form to the address. The errors are those of [Client.Do].
func (c *Client) PostForm(ctx context.Context, address string, form url.Values) (Answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return Answer{}, standfirst.WrapError(standfirst.Invalid, err, "%q is no address of the web; it begins with https://", address)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	return c.Do(r)
}

// explain returns the error with a kind, and with words for who chose the address.
func explain(err error, host string) error {
	var address *url.Error
	if errors.As(err, &address) {
		err = address.Err // without the address, which may hold a secret
	}
	switch {
	case errors.Is(err, errRefused):
		return standfirst.WrapError(standfirst.Forbidden, err, "%s is not asked: it leads into a network that is not public, or to another port than 80 and 443; the operator can allow the network (--allow-network)", host)
	case errors.Is(err, context.DeadlineExceeded):
		return standfirst.WrapError(standfirst.Unavailable, err, "%s did not answer in time", host)
	}
	return standfirst.WrapError(standfirst.Unavailable, err, "%s cannot be asked", host)
}
