package outbound

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"standfirst"
)

// loopback allows the one address at which tests serve, and no other.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

func get(t *testing.T, c *Client, address string) (Answer, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return c.Do(r)
}

func wantKind(t *testing.T, err error, kind standfirst.ErrorKind) {
	t.Helper()
	if err == nil || standfirst.KindOf(err) != kind {
		t.Errorf("got the error %v, want one of kind %s", err, kind)
	}
}

// serveAt serves on the address of this machine, which need not be 127.0.0.1.
func serveAt(t *testing.T, address string, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", net.JoinHostPort(address, "0"))
	if err != nil {
		t.Skipf("this machine has no %s: %v", address, err)
	}
	server := httptest.NewUnstartedServer(handler)
	_ = server.Listener.Close()
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	return server
}

func TestFormIsPostedAndAnswered(t *testing.T) {
	server := serveAt(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Berth", "7")
		w.WriteHeader(http.StatusAccepted)
		_, _ = w.Write([]byte(r.Method + " " + r.Header.Get("User-Agent") + " " + r.PostFormValue("ship")))
	})
	answer, err := New(Options{Version: "1.4", Allow: loopback}).PostForm(t.Context(), server.URL, url.Values{"ship": {"Skerry & Sons"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := string(answer.Body); got != "POST Standfirst/1.4 Skerry & Sons" || !answer.OK() || answer.Status != http.StatusAccepted || answer.Header.Get("X-Berth") != "7" {
		t.Errorf("the answer is %d %v %q", answer.Status, answer.Header, got)
	}
}

func TestWhatIsNotPublicIsRefused(t *testing.T) {
	var asked atomic.Int32
	server := serveAt(t, "127.0.0.1", func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c := New(Options{})
	for _, address := range []string{
		server.URL,
		"http://localhost:" + port, // a name that resolves to this machine
		"http://[::ffff:127.0.0.1]:" + port,
		"http://127.1.2.3", "http://[::1]", "http://10.1.2.3", "http://172.16.0.1", "http://192.168.1.1", "http://100.64.0.1",
		"http://169.254.169.254/latest", "http://[fe80::1]", "http://[fd00::1]", "http://0.0.0.0", "http://[::]", "http://224.0.0.1", "http://255.255.255.255",
		"http://[64:ff9b::7f00:1]",
		"https://8.8.8.8:25", // public, and no server of the web
	} {
		_, err := get(t, c, address)
		wantKind(t, err, standfirst.Forbidden)
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the server was asked %d times", n)
	}
	for _, address := range []string{"ftp://127.0.0.1/a", "file:///etc/hosts", "http:///a", "/a"} {
		_, err := get(t, c, address)
		wantKind(t, err, standfirst.Invalid)
	}
}

func TestRedirectsAreLookedAtAgain(t *testing.T) {
	var asked atomic.Int32
	inside := serveAt(t, "127.0.0.2", func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	outside := serveAt(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/inside":
			http.Redirect(w, r, inside.URL, http.StatusFound)
		case "/ring":
			http.Redirect(w, r, "/ring", http.StatusFound)
		case "/once":
			http.Redirect(w, r, "/there", http.StatusTemporaryRedirect)
		default:
			_, _ = w.Write([]byte(r.URL.Path))
		}
	})
	c := New(Options{Allow: loopback})
	_, err := get(t, c, outside.URL+"/inside")
	wantKind(t, err, standfirst.Forbidden)
	if asked.Load() != 0 {
		t.Error("a redirect led to an address that is refused")
	}
	_, err = get(t, c, outside.URL+"/ring")
	wantKind(t, err, standfirst.Unavailable)
	if !errors.Is(err, errRedirects) {
		t.Errorf("the error of a ring is %v", err)
	}
	if answer, err := get(t, c, outside.URL+"/once"); err != nil || string(answer.Body) != "/there" {
		t.Errorf("after a redirect: %q, %v", answer.Body, err)
	}
}

func TestRedirectDoesNotLeaveEncryption(t *testing.T) {
	plain := serveAt(t, "127.0.0.1", func(http.ResponseWriter, *http.Request) {})
	secure := httptest.NewTLSServer(http.RedirectHandler(plain.URL, http.StatusFound))
	defer secure.Close()
	c := New(Options{Allow: loopback})
	c.http.Transport.(*http.Transport).TLSClientConfig = secure.Client().Transport.(*http.Transport).TLSClientConfig
	if _, err := get(t, c, secure.URL); !errors.Is(err, errDowngrade) {
		t.Errorf("the error is %v", err)
	}
}

func TestEndlessBodyIsCutOff(t *testing.T) {
	server := serveAt(t, "127.0.0.1", func(w http.ResponseWriter, _ *http.Request) {
		line := []byte(strings.Repeat("x", 1000))
		for {
			if _, err := w.Write(line); err != nil {
				return
			}
		}
	})
	_, err := get(t, New(Options{Allow: loopback, MaxBytes: 5000}), server.URL)
	wantKind(t, err, standfirst.TooLarge)
}

func TestSlowServerIsGivenUp(t *testing.T) {
	silent := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	dripping := func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("a"))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}
	for name, handler := range map[string]http.HandlerFunc{"silent": silent, "dripping": dripping} {
		t.Run(name, func(t *testing.T) {
			server := serveAt(t, "127.0.0.1", handler)
			_, err := get(t, New(Options{Allow: loopback, Timeout: 50 * time.Millisecond}), server.URL)
			wantKind(t, err, standfirst.Unavailable)
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestErrorsKeepTheAddressToThemselves(t *testing.T) {
	server := serveAt(t, "127.0.0.1", func(http.ResponseWriter, *http.Request) {})
	server.Close()
	_, err := get(t, New(Options{Allow: loopback}), server.URL+"/hook?key=berth-seven")
	wantKind(t, err, standfirst.Unavailable)
	if err != nil && strings.Contains(err.Error(), "berth-seven") {
		t.Errorf("the error tells the secret: %v", err)
	}
}
