package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/caddyserver/certmagic"
	"go.uber.org/zap"

	"standfirst"
)

// certificates is how HTTPS is done without a proxy in front.
type certificates struct {
	Email      string `help:"Where the certificate authority may write to."`
	CA         string `name:"ca" help:"Directory address of another ACME certificate authority."`
	CARoots    string `name:"ca-roots" type:"path" help:"PEM file of further roots to trust when speaking with that authority."`
	HTTPListen string `name:"http-listen" help:"Address, such as :80, on which plain HTTP is sent on to HTTPS."`
}

// wrap returns a listener that does TLS with a certificate for the host of the
// base address, and the tasks that belong to it. The certificate is proved over
// the listener itself (TLS-ALPN-01), or over HTTPListen, and kept below the data
// folder. It is fetched in the background, so that the newsroom starts without.
func (c *certificates) wrap(ctx context.Context, log *slog.Logger, listener net.Listener, pub standfirst.Publication, p place) (net.Listener, []task, error) {
	base, err := url.Parse(pub.BaseURL)
	if err != nil || base.Scheme != "https" || base.Hostname() == "" {
		return nil, nil, usageError{"--tls needs a base address that begins with https://; set it with --base-url"}
	}
	roots, err := c.roots()
	if err != nil {
		return nil, nil, err
	}
	logger := zap.New(zapToSlog{log.With("part", "certificates")})
	var config *certmagic.Config
	cache := certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return config, nil },
		Logger:           logger,
	})
	config = certmagic.New(cache, certmagic.Config{
		Storage: &certmagic.FileStorage{Path: filepath.Join(p.Data, "tls")},
		Logger:  logger,
	})
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return nil, nil, err
	}
	issuer := certmagic.NewACMEIssuer(config, certmagic.ACMEIssuer{
		CA: c.directory(), Email: c.Email, Agreed: true, TrustedRoots: roots, Logger: logger,
		DisableHTTPChallenge: c.HTTPListen == "", AltTLSALPNPort: portNumber(port),
	})
	config.Issuers = []certmagic.Issuer{issuer}
	if err := config.ManageAsync(ctx, []string{base.Hostname()}); err != nil {
		return nil, nil, standfirst.WrapError(standfirst.Unavailable, err, "no certificate for %s: %v", base.Hostname(), err)
	}
	secure := config.TLSConfig()
	secure.MinVersion = tls.VersionTLS12
	secure.NextProtos = append([]string{"h2", "http/1.1"}, secure.NextProtos...)
	tasks := []task{{"certificates", func(ctx context.Context) error {
		<-ctx.Done()
		cache.Stop()
		return nil
	}}}
	if c.HTTPListen != "" {
		plain, err := listen(c.HTTPListen)
		if err != nil {
			return nil, nil, err
		}
		handler := issuer.HTTPChallengeHandler(redirectTo(base.Host))
		tasks = append(tasks, task{"redirect to HTTPS", serveOn(newServer(handler, log), plain, time.Second)})
	}
	return tls.NewListener(listener, secure), tasks, nil
}

// directory returns the address of the certificate authority.
func (c *certificates) directory() string {
	if c.CA != "" {
		return c.CA
	}
	return certmagic.LetsEncryptProductionCA
}

// roots returns the system's roots with those of the file, and nil without one.
func (c *certificates) roots() (*x509.CertPool, error) {
	if c.CARoots == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(c.CARoots)
	if err != nil {
		return nil, standfirst.WrapError(standfirst.Invalid, err, "%s: cannot be read: %v", c.CARoots, cause(err))
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, standfirst.Errorf(standfirst.Invalid, "%s: holds no certificate in PEM form", c.CARoots)
	}
	return pool, nil
}

// redirectTo sends every request on to the same address on the host over HTTPS.
// It never takes the host from the request.
func redirectTo(host string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		http.Redirect(w, req, "https://"+host+req.URL.RequestURI(), http.StatusPermanentRedirect)
	})
}
