package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
)

// TestTLS runs a certificate authority of the kind that Let's Encrypt is, lets the
// server prove over its own port that it is localhost, and reads a page over HTTPS
// with the certificate that it got.
func TestTLS(t *testing.T) {
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_ = free.Close()
	_, port, _ := net.SplitHostPort(address)
	number, _ := strconv.Atoi(port)

	quiet := log.New(io.Discard, "", 0)
	store := db.NewMemoryStore()
	authority := ca.New(quiet, store, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {}})
	validation := va.New(quiet, 0, number, false, "", store)
	front := wfe.New(quiet, store, validation, authority, []string{"localhost"}, false, false, 0, 0)
	directory := httptest.NewTLSServer(front.Handler())
	defer directory.Close()
	roots := filepath.Join(t.TempDir(), "roots.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: directory.Certificate().Raw})
	if err := os.WriteFile(roots, certificate, 0o600); err != nil {
		t.Fatal(err)
	}

	ctx, stop := context.WithCancel(t.Context())
	out := &lines{wrote: make(chan struct{}, 1)}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{
			"serve", "--data", filepath.Join(t.TempDir(), "room"), "--listen", address, "--base-url", "https://localhost:" + port,
			"--tls", "--tls-ca", directory.URL + wfe.DirectoryPath, "--tls-ca-roots", roots, "--tls-http-listen", "127.0.0.1:0",
		}, &console{in: strings.NewReader(""), out: out, err: out})
	}()
	defer func() {
		stop()
		if code := <-ended; code != exitDone {
			t.Errorf("serve ended with exit code %d: %s", code, out)
		}
	}()
	if _, err := out.await(listening, ended); err != nil {
		t.Fatal(err)
	}

	trusted := x509.NewCertPool()
	trusted.AddCert(authority.GetRootCert(0).Cert)
	client := &http.Client{
		Timeout:   10 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted, ServerName: "localhost"}, ForceAttemptHTTP2: true, DisableKeepAlives: true},
	}
	res := awaitPage(t, client, "https://localhost:"+port+"/", out)
	if res.StatusCode != http.StatusOK || res.ProtoMajor != 2 {
		t.Errorf("status %d over %s, want 200 over HTTP/2", res.StatusCode, res.Proto)
	}
}

// awaitPage fetches the page as soon as the server has its certificate.
func awaitPage(t *testing.T, client *http.Client, url string, out *lines) *http.Response {
	t.Helper()
	limit := time.After(time.Minute)
	for {
		res, err := client.Get(url)
		if err == nil {
			_ = res.Body.Close()
			return res
		}
		select {
		case <-limit:
			t.Fatalf("no page over HTTPS within a minute: %v\n%s", err, out)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
