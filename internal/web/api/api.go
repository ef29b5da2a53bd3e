// Package api serves programs: JSON at addresses below /api/v1/, described by OpenAPI 3.1 at
// /api/v1/openapi.json and, for people, at /api/docs. What readers see it tells to everybody;
// what changes something needs a token. It decides nothing of its own: the use cases do, from
// the actor that the token stands for. Browsers' cookies count for nothing here.
//
// Handlers are registered with huma, which makes the description of their types and checks
// what programs send against it. Errors leave by the one path that all of the web has.
package api

import (
	"log/slog"
	"net/http"
	"net/netip"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/discuss"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// Prefix is the address of what programs are served; all of it is below.
const Prefix = "/api"

// Options are what an API is made of. Store and Accounts are required, and the use cases for
// what writes by them.
type Options struct {
	Store    store.Reader
	Accounts *account.Accounts
	Newsroom *newsroom.Newsroom
	Ledger   *ledger.Ledger
	Talk     *discuss.Talk

	Clock          standfirst.Clock // nil: time.Now
	Logger         *slog.Logger     // nil: slog.Default()
	Metrics        *web.Metrics     // nil: nothing is measured
	TrustedProxies []netip.Prefix

	// BaseURL is the base address of the site, if it is not the one in the publication's
	// settings, and ServedAt where this process listens, for addresses where neither is said.
	BaseURL, ServedAt string
}

// API answers programs.
type API struct {
	Options
	log     *slog.Logger
	handler http.Handler

	// What is below is made when a program first asks for something: a server that has just
	// begun shows its first page before it has looked at the types of this package.
	made   sync.Once
	routes *web.Mux
	huma   huma.API
	listed []*operation
	pace   *web.Pace // of requests
	docs   documents
}

// New returns an API.
func New(o Options) *API {
	a := &API{Options: o, log: o.Logger}
	if a.log == nil {
		a.log = slog.Default()
	}
	if a.Clock == nil {
		a.Clock = time.Now
	}
	a.pace = web.NewPace(limitWindow)
	a.handler = web.Wrap(a.serve, web.Options{
		Logger: a.log, TrustedProxies: o.TrustedProxies, ErrorPage: a.problem, Fallback: o.Metrics.Route(Prefix + "/"), MaxBody: maxBody,
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
	a.made.Do(a.make)
	h := w.Header()
	h["Cache-Control"] = []string{"no-store"}
	h["X-Robots-Tag"] = []string{"noindex"}
	if r.Method == http.MethodOptions {
		preflight(w)
		return nil
	}
	return a.routes.Serve(w, r)
}

// make registers everything that programs may ask for.
func (a *API) make() {
	takeErrors()
	a.routes = web.NewMux(http.MethodGet, http.MethodPost, http.MethodPut)
	a.huma = a.describe()
	a.registerStories()
	a.registerRevisions()
	a.registerNotices()
	a.registerEntities()
	a.registerDeals()
	a.registerClaims()
	a.registerComments()
	a.registerDrafts()
	a.registerFigures()
	a.registerModeration()
	a.registerMe()
	a.finish()
	a.registerDocuments()
}
