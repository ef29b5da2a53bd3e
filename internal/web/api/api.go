// Package api serves programs: JSON at addresses below /api/, asked with a token. It decides
// nothing of its own: the use cases do, from the actor that the token stands for. Browsers'
// cookies count for nothing here.
package api

import (
	"cmp"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/netip"
	"path"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// Prefix is the address of what programs are served; all of it is below.
const Prefix = "/api"

// Options are what an API is made of. Store and Accounts are required.
type Options struct {
	Store    store.Reader
	Accounts *account.Accounts

	Logger         *slog.Logger // nil: slog.Default()
	Metrics        *web.Metrics // nil: nothing is measured
	TrustedProxies []netip.Prefix

	// BaseURL is the base address of the site, if it is not the one in the publication's
	// settings.
	BaseURL string
}

// API answers programs.
type API struct {
	store    store.Reader
	accounts *account.Accounts
	log      *slog.Logger
	baseURL  string
	routes   *web.Mux
	handler  http.Handler
}

// New returns an API.
func New(o Options) *API {
	a := &API{store: o.Store, accounts: o.Accounts, log: o.Logger, baseURL: o.BaseURL, routes: web.NewMux(http.MethodGet)}
	if a.log == nil {
		a.log = slog.Default()
	}
	a.routes.Handle("GET /api/v1/me", a.program((*program).me), o.Metrics)
	a.handler = web.Wrap(a.serve, web.Options{
		Logger: a.log, TrustedProxies: o.TrustedProxies, ErrorPage: a.problem, Fallback: o.Metrics.Route(Prefix + "/"),
	})
	return a
}

// ServeHTTP implements http.Handler.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// Serves reports whether the address is one of the API's, however it is spelt.
func Serves(address string) bool {
	address = path.Clean(address)
	return address == Prefix || strings.HasPrefix(address, Prefix+"/")
}

func (a *API) serve(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h["Cache-Control"] = []string{"no-store"}
	h["X-Robots-Tag"] = []string{"noindex"}
	return a.routes.Serve(w, r)
}

// program is one request of a program.
type program struct {
	*API
	w     http.ResponseWriter
	r     *http.Request
	actor standfirst.Actor
	token account.OwnedToken
}

// program returns a handler for programs that show a token.
func (a *API) program(answer func(*program) error) web.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := a.canShow(r); err != nil {
			return err
		}
		bearer, err := bearerOf(r)
		if err != nil {
			w.Header().Set("WWW-Authenticate", `Bearer realm="standfirst"`)
			return err
		}
		p := &program{API: a, w: w, r: r}
		p.actor, p.token, err = a.accounts.Token(r.Context(), bearer, web.ClientOrigin(r))
		switch standfirst.KindOf(err) {
		case standfirst.Unauthenticated:
			w.Header().Set("WWW-Authenticate", `Bearer realm="standfirst", error="invalid_token"`)
		case standfirst.TooMany:
			w.Header().Set("Retry-After", strconv.Itoa(int(account.AttemptWindow.Seconds())))
		}
		if err != nil {
			return err
		}
		return answer(p)
	}
}

// canShow returns a Forbidden error if a token would go over the net in the clear, as a
// password must not either.
func (a *API) canShow(r *http.Request) error {
	var pub standfirst.Publication
	err := a.store.View(r.Context(), func(tx *store.ReadTx) (err error) {
		pub, err = tx.Publication()
		return err
	})
	if err != nil {
		return err
	}
	return web.CanSignIn(r, cmp.Or(a.baseURL, pub.BaseURL))
}

// bearerOf returns the token in the request, as RFC 6750, section 2.1, has it.
func bearerOf(r *http.Request) (string, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if token = strings.TrimSpace(token); !strings.EqualFold(scheme, "Bearer") || token == "" || len(r.Header["Authorization"]) > 1 {
		return "", standfirst.Errorf(standfirst.Unauthenticated, "show a token: Authorization: Bearer …")
	}
	return token, nil
}

// json answers with a document.
func (p *program) json(status int, document any) error {
	return writeJSON(p.w, "application/json", status, document)
}

func writeJSON(w http.ResponseWriter, kind string, status int, document any) error {
	b, err := json.Marshal(document)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	_, _ = w.Write(b) // a client that is gone needs no answer
	return nil
}
