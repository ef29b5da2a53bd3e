package desk

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"path"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/discuss"
	"standfirst/internal/intake"
	"standfirst/internal/ledger"
	"standfirst/internal/media"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
	"standfirst/internal/webhook"
	"standfirst/ui"
)

// Prefix is the address of the desk; all its pages are below.
const Prefix = "/desk"

// maxForm bounds the bytes of a form of the desk that holds no story: two long lists of
// words fit.
const maxForm = 256 << 10

const htmlType = "text/html; charset=utf-8"

// Options are what a desk is made of. Store, Accounts, Talk, Newsroom, Intake, Ledger
// and Media are required.
type Options struct {
	Store    store.Reader
	Accounts *account.Accounts
	Talk     *discuss.Talk
	Newsroom *newsroom.Newsroom
	Intake   *intake.Intake
	Ledger   *ledger.Ledger
	Media    *media.Library

	Clock standfirst.Clock // nil: time.Now

	Logger         *slog.Logger // nil: slog.Default()
	Metrics        *web.Metrics // nil: nothing is measured
	TrustedProxies []netip.Prefix

	// BaseURL is the base address of the site, if it is not the one in the publication's
	// settings.
	BaseURL string

	// Webhooks tells programs elsewhere what happened; required.
	Webhooks *webhook.Webhooks

	// Mail says how mails go out.
	Mail MailRoute

	// Provider, which may be nil, is asked who somebody is, beside passwords and passkeys. No
	// code is asked for after it where it asks for more than a password itself.
	Provider            Provider
	ProviderAsksForMore bool

	// Unsigned returns why the public record cannot be signed, or nil. Nil asks nobody.
	Unsigned func() error
}

// Desk serves the pages of the staff of one publication.
type Desk struct {
	store    store.Reader
	accounts *account.Accounts
	talk     *discuss.Talk
	clock    standfirst.Clock
	newsroom *newsroom.Newsroom
	intake   *intake.Intake
	ledger   *ledger.Ledger
	media    *media.Library
	log      *slog.Logger
	ui       *ui.Pages
	baseURL  string
	unsigned func() error
	webhooks *webhook.Webhooks

	uploadTime time.Duration // an upload may take in all

	mail MailRoute

	provider            Provider // nil for none
	providerAsksForMore bool

	routes  *web.Mux
	handler http.Handler
}

// New returns a desk. It fails only if the embedded files do not fit each other.
func New(o Options) (*Desk, error) {
	files, err := ui.LoadDesk()
	if err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	d := &Desk{
		store: o.Store, accounts: o.Accounts, talk: o.Talk, newsroom: o.Newsroom, intake: o.Intake, ledger: o.Ledger, media: o.Media, clock: o.Clock, log: o.Logger, ui: files,
		baseURL: o.BaseURL, unsigned: o.Unsigned, uploadTime: uploadTime, webhooks: o.Webhooks, mail: o.Mail, provider: o.Provider, providerAsksForMore: o.ProviderAsksForMore, routes: web.NewMux(http.MethodGet, http.MethodPost),
	}
	if d.log == nil {
		d.log = slog.Default()
	}
	if d.clock == nil {
		d.clock = time.Now
	}
	d.route("GET /desk", d.member((*member).home), o.Metrics)
	d.route("GET /desk/{$}", redirectTo(Prefix), o.Metrics)
	d.route("GET /desk/sign-in", d.open((*visitor).signInForm), o.Metrics)
	d.route("POST /desk/sign-in", d.open((*visitor).signIn), o.Metrics)
	d.route("GET /desk/link/{token}", d.open((*visitor).linkForm), o.Metrics)
	d.route("POST /desk/link/{token}", d.open((*visitor).useLink), o.Metrics)
	d.route("POST /desk/sign-out", d.member((*member).signOut), o.Metrics)
	d.route("GET /desk/account", d.member((*member).account), o.Metrics)
	d.route("POST /desk/account/password", d.member((*member).changePassword), o.Metrics)
	d.route("POST /desk/account/sessions/end", d.member((*member).endSession), o.Metrics)
	d.factorRoutes(o.Metrics)
	d.providerRoutes(o.Metrics)
	d.tokenRoutes(o.Metrics)
	d.peopleRoutes(o.Metrics)
	d.settingsRoutes(o.Metrics)
	d.webhookRoutes(o.Metrics)
	d.frontRoutes(o.Metrics)
	d.pageRoutes(o.Metrics)
	d.sectionRoutes(o.Metrics)
	d.authorRoutes(o.Metrics)
	d.storyRoutes(o.Metrics)
	d.publishRoutes(o.Metrics)
	d.reviewRoutes(o.Metrics)
	d.historyRoutes(o.Metrics)
	d.correctionRoutes(o.Metrics)
	d.figureRoutes(o.Metrics)
	d.mediaRoutes(o.Metrics)
	d.ledgerRoutes(o.Metrics)
	d.entityRoutes(o.Metrics)
	d.dealRoutes(o.Metrics)
	d.calendarRoutes(o.Metrics)
	d.talkRoutes(o.Metrics)
	d.voiceRoutes(o.Metrics)
	d.handler = web.Wrap(d.serve, web.Options{
		Logger: d.log, TrustedProxies: o.TrustedProxies, MaxBody: maxUpload, ErrorPage: d.errorPage, Fallback: o.Metrics.Route(Prefix + "/"),
	})
	return d, nil
}

// ServeHTTP implements http.Handler.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.handler.ServeHTTP(w, r) }

// Serves reports whether the address is one of the desk's, however it is spelt.
func Serves(address string) bool {
	address = path.Clean(address)
	return address == Prefix || strings.HasPrefix(address, Prefix+"/")
}

const linkPrefix = Prefix + "/link/"

// LinkPath returns the address of a one-time sign-in link with the token.
func LinkPath(token string) string { return linkPrefix + token }

// serve answers a request. What changes something is taken from pages of this host alone,
// and no page is kept by anybody but the browser that shows it.
func (d *Desk) serve(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h["Cache-Control"] = []string{"no-store"}
	h["X-Robots-Tag"] = []string{"noindex"}
	if strings.HasPrefix(path.Clean(r.URL.Path), linkPrefix) {
		web.HidePath(w, linkPrefix+"…") // who reads the log must not sign in
	}
	if err := sameOrigin.Check(r); err != nil {
		return standfirst.WrapError(standfirst.Forbidden, err, "this form came from another site; open the page anew and send it again")
	}
	if r.Body != nil {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody(r.URL.Path))
	}
	return d.routes.Serve(w, r)
}

// maxBody bounds the bytes of what is sent to the address.
func maxBody(address string) int64 {
	switch {
	case address == mediaPath:
		return maxUpload
	case strings.HasPrefix(address, storyPrefix):
		return maxStoryForm
	}
	return maxForm
}

// sameOrigin refuses forms that other sites send.
var sameOrigin = http.NewCrossOriginProtection()

// route adds an address.
func (d *Desk) route(pattern string, answer web.HandlerFunc, metrics *web.Metrics) {
	d.routes.Handle(pattern, answer, metrics)
}

func redirectTo(path string) web.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		http.Redirect(w, r, path, http.StatusSeeOther)
		return nil
	}
}

// render answers with a page.
func (d *Desk) render(w http.ResponseWriter, r *http.Request, status int, page string, data any) error {
	var b bytes.Buffer
	if err := d.ui.Render(&b, page, data); err != nil {
		return err
	}
	send(w, r, status, &b)
	return nil
}

// part answers with one part of the page, for a script to set into it.
func (v *visitor) part(page, part string, data any) error {
	var b bytes.Buffer
	if err := v.ui.Part(&b, page, part, data); err != nil {
		return err
	}
	send(v.w, v.r, http.StatusOK, &b)
	return nil
}

// send answers with what was rendered.
func send(w http.ResponseWriter, r *http.Request, status int, b *bytes.Buffer) {
	h := w.Header()
	h.Set("Content-Type", htmlType)
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(b.Bytes()) // a client that is gone needs no answer
	}
}
