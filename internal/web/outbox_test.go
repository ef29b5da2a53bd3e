package web_test

import (
	"context"
	"errors"
	"html/template"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jba/templatecheck"

	"standfirst"
	"standfirst/internal/web"
)

// box is an outbox of what the test puts into it, the newest first.
type box []standfirst.KeptMail

func (b box) Mails() []standfirst.KeptMail { return b }

func (b box) Mail(number int) (standfirst.KeptMail, error) {
	for _, m := range b {
		if m.Number == number {
			return m, nil
		}
	}
	return standfirst.KeptMail{}, standfirst.Errorf(standfirst.NotFound, "there is no mail %d", number)
}

func keptMails() box {
	at := time.Date(2026, 3, 5, 6, 30, 0, 0, time.UTC)
	return box{
		{Number: 2, At: at.Add(time.Hour), Mail: standfirst.Mail{
			To: "ida@quayside.example", ToName: "Ida <b>Brandt</b>", Subject: "Your link & <script>alert(1)</script>",
			Text:        "Sign in (https://harbour.example/desk/link/abc?x=1&y=2).\n\n<img src=x onerror=alert(1)>\njavascript:alert(1)",
			Unsubscribe: "https://harbour.example/unsubscribe/1",
		}},
		{Number: 1, At: at, Mail: standfirst.Mail{To: "olaf@quayside.example", Subject: "The morning edition", Text: "Freight rates rose."}},
	}
}

// operations asks the operator's listener for a path, as a host.
func operations(outbox web.Outbox, host, path string, local net.Addr) *httptest.ResponseRecorder {
	h := web.Operations(web.NewMetrics(), func(context.Context) error { return errors.New("away") }, outbox)
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = host
	r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, local))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

var loopback = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 9484}

func TestOutboxListsTheNewestFirst(t *testing.T) {
	w := operations(keptMails(), "127.0.0.1:9484", "/outbox", loopback)
	page := w.Body.String()
	newest, oldest := strings.Index(page, `href="/outbox/2"`), strings.Index(page, `href="/outbox/1"`)
	if w.Code != 200 || newest < 0 || oldest < newest || strings.Contains(page, "<script") || strings.Contains(page, "<b>") {
		t.Errorf("%d\n%s", w.Code, page)
	}
	if !strings.Contains(page, "Ida &lt;b&gt;Brandt&lt;/b&gt; &lt;ida@quayside.example&gt;") {
		t.Errorf("the recipient is not there:\n%s", page)
	}
	if empty := operations(box{}, "localhost", "/outbox", loopback).Body.String(); !strings.Contains(empty, "There is no mail yet.") {
		t.Errorf("an empty outbox says\n%s", empty)
	}
}

func TestOutboxShowsAMail(t *testing.T) {
	w := operations(keptMails(), "localhost:9484", "/outbox/2", loopback)
	page := w.Body.String()
	for _, want := range []string{
		`(<a href="https://harbour.example/desk/link/abc?x=1&amp;y=2" rel="noreferrer">https://harbour.example/desk/link/abc?x=1&amp;y=2</a>).`,
		"&lt;img src=x onerror=alert(1)&gt;",
		"https://harbour.example/unsubscribe/1",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "<img") || strings.Contains(page, `href="javascript`) || strings.Contains(page, "<script") {
		t.Errorf("the mail writes HTML:\n%s", page)
	}
	for header, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	} {
		if got := w.Header().Get(header); got != want {
			t.Errorf("%s: %s, want %s", header, got, want)
		}
	}
}

func TestOutboxRefuses(t *testing.T) {
	elsewhere := &net.TCPAddr{IP: net.IPv4(10, 0, 0, 7), Port: 9484}
	for _, tc := range []struct {
		name, host, path string
		local            net.Addr
		want             int
	}{
		{"a mail that is gone", "127.0.0.1", "/outbox/99", loopback, 404},
		{"what is no number", "127.0.0.1", "/outbox/first", loopback, 404},
		{"a name that leads here", "rebound.example:9484", "/outbox", loopback, 403},
		{"a name that leads to a mail here", "rebound.example:9484", "/outbox/2", loopback, 403},
		{"a name like localhost", "localhost.rebound.example", "/outbox", loopback, 403},
		{"no host", "", "/outbox", loopback, 403},
		{"this machine by IPv6", "[::1]:9484", "/outbox", loopback, 200},
		{"a network's own name", "ops.harbour.example:9484", "/outbox", elsewhere, 200},
		{"its style", "127.0.0.1", "/outbox/style.css", loopback, 200},
	} {
		if w := operations(keptMails(), tc.host, tc.path, tc.local); w.Code != tc.want {
			t.Errorf("%s: %d, want %d: %s", tc.name, w.Code, tc.want, w.Body)
		}
	}
}

func TestOutboxTemplatesFitTheirPages(t *testing.T) {
	text, err := os.ReadFile("outbox.html")
	if err != nil {
		t.Fatal(err)
	}
	templates := template.Must(template.New("").Parse(string(text)))
	if err := templatecheck.CheckHTML(templates.Lookup("list"), []standfirst.KeptMail{}); err != nil {
		t.Error(err)
	}
	if err := templatecheck.CheckHTML(templates.Lookup("mail"), web.MailPage{}); err != nil {
		t.Error(err)
	}
}
