package web

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"standfirst"
)

// Outbox is what keeps the mails of a newsroom that has no mail server.
type Outbox interface {
	// Mails returns the mails that are kept, the newest first.
	Mails() []standfirst.KeptMail
	// Mail returns the mail with the number, or a NotFound error.
	Mail(number int) (standfirst.KeptMail, error)
}

//go:embed outbox.html outbox.css
var outboxFiles embed.FS

// outboxTemplates are read when somebody looks into the outbox, which is no part of a start.
var outboxTemplates = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(outboxFiles, "outbox.html"))
})

// mailPage is a mail with the addresses in its text found.
type mailPage struct {
	standfirst.KeptMail

	Parts []textPart
}

// textPart is a part of a text: an address if it has one, and words otherwise.
type textPart struct {
	Text, Address string
}

// webAddress matches an address in a text up to the end of its word.
var webAddress = regexp.MustCompile(`https?://[^\s<>"]+`)

// split finds the web addresses in a text. Punctuation at the end of one belongs to the sentence.
func split(text string) (parts []textPart) {
	rest := 0
	for _, at := range webAddress.FindAllStringIndex(text, -1) {
		address := strings.TrimRight(text[at[0]:at[1]], ".,;:!?)]}'")
		parts = append(parts, textPart{Text: text[rest:at[0]]}, textPart{Text: address, Address: address})
		rest = at[0] + len(address)
	}
	return append(parts, textPart{Text: text[rest:]})
}

// outboxRoutes serves the pages of the outbox. Mails hold links that sign in, so they are
// for this listener alone.
func outboxRoutes(mux *http.ServeMux, box Outbox) {
	mux.HandleFunc("GET /outbox", ownHost(func(w http.ResponseWriter, _ *http.Request) error {
		return outboxPage(w, "list", box.Mails())
	}))
	mux.HandleFunc("GET /outbox/{number}", ownHost(func(w http.ResponseWriter, r *http.Request) error {
		number, err := strconv.Atoi(r.PathValue("number"))
		if err != nil {
			return standfirst.Errorf(standfirst.NotFound, "there is no such mail")
		}
		m, err := box.Mail(number)
		if err != nil {
			return err
		}
		return outboxPage(w, "mail", mailPage{KeptMail: m, Parts: split(m.Text)})
	}))
	mux.HandleFunc("GET /outbox/style.css", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, outboxFiles, "outbox.css")
	})
}

// outboxPage renders a page, which may load its style and nothing else.
func outboxPage(w http.ResponseWriter, name string, data any) error {
	var page bytes.Buffer
	if err := outboxTemplates().ExecuteTemplate(&page, name, data); err != nil {
		return fmt.Errorf("web: outbox: %w", err)
	}
	h := w.Header()
	setSafetyHeaders(h, false)
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	_, _ = page.WriteTo(w) // a client that is gone needs no answer
	return nil
}

// ownHost answers with the handler or its error. It refuses requests that reach this machine's
// own address under a name that is not its own: a page elsewhere on the web can have its name
// lead here, and would then read what a browser on this machine may read.
func ownHost(next HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := standfirst.Errorf(standfirst.Forbidden, "ask for this machine by its address or as localhost")
		if !onLoopback(r) || isOwnName(r.Host) {
			err = next(w, r)
		}
		if err != nil {
			status := statusOf(r, err)
			answer(w, status, cmp.Or(standfirst.PublicMessage(err), http.StatusText(status))+"\n")
		}
	}
}

// onLoopback reports whether the request came in at an address that only this machine reaches.
func onLoopback(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && local.IP.IsLoopback()
}

// isOwnName reports whether the host of a request, with its port, is an address or localhost.
func isOwnName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil || strings.EqualFold(host, "localhost")
}
