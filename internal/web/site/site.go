package site

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"time"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/discuss"
	"standfirst/internal/live"
	"standfirst/internal/pagecache"
	"standfirst/internal/store"
	"standfirst/internal/web"
	"standfirst/ui"
)

// Options are what a site is made of. Store and Cache are required.
type Options struct {
	Store store.Reader
	Cache *pagecache.Cache // its tags are dropped by whoever listens to the store
	Media fs.FS            // named as in standfirst.PictureFile.Name; nil serves none

	Talk     *discuss.Talk     // nil takes no comments
	Live     *live.Hub         // of open pages; nil: they are not told what happens, see [Site.Follow]
	Accounts *account.Accounts // tells who of the staff is signed in; nil: nobody
	Clock    standfirst.Clock  // nil: time.Now

	Logger *slog.Logger // nil: slog.Default()

	// BaseURL is the scheme and host of links that must be absolute, if it is not
	// the one in the publication's settings. Where neither says, such links are left
	// out: the host that a request names is never believed.
	BaseURL string
	// ServedAt is the scheme and host that this process listens on. The links that
	// hand a story on use it where nobody has said a base address, since a share bar
	// with the address of the own machine is better than none; search engines are
	// never told it.
	ServedAt string

	Metrics        *web.Metrics // nil: nothing is measured
	TrustedProxies []netip.Prefix

	// SharedMaxAge is how long shared caches may keep a page without asking. Zero
	// means one second; see [Site.cacheControl].
	SharedMaxAge time.Duration
}

// Site serves the readers' pages of one publication.
type Site struct {
	store    store.Reader
	cache    *pagecache.Cache
	media    fs.FS
	talk     *discuss.Talk
	live     *follower // nil: open pages are told nothing
	accounts *account.Accounts
	clock    standfirst.Clock
	log      *slog.Logger
	baseURL  string
	here     string // Options.ServedAt
	ui       *ui.Pages
	kinds    kinds
	handler  http.Handler

	searches, suggestions *pace

	// cacheControl is sent with every page. Browsers ask each time and are mostly
	// told 304; shared caches may answer by themselves for as long as SharedMaxAge.
	// That is one second unless an operator says otherwise, which lets a crowd
	// through as a trickle and still shows a correction everywhere within a second,
	// as other nodes of a newsroom do. Whoever purges by Cache-Tag can allow hours.
	cacheControl string

	// lastLayout is that of the page rendered last, for the page that says that the
	// store cannot be read.
	lastLayout atomic.Pointer[layout]
}

// New returns a site. It fails only if the embedded files do not fit each other.
func New(o Options) (*Site, error) {
	files, err := ui.LoadSite()
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	if o.SharedMaxAge <= 0 {
		o.SharedMaxAge = time.Second
	}
	s := &Site{
		store: o.Store, cache: o.Cache, media: o.Media, talk: o.Talk, accounts: o.Accounts, clock: o.Clock, log: o.Logger,
		baseURL: o.BaseURL, here: o.ServedAt, ui: files, kinds: newKinds(o.Metrics),
		cacheControl: fmt.Sprintf("public, max-age=0, s-maxage=%d", int(o.SharedMaxAge.Seconds())),
	}
	s.searches, s.suggestions = newPace(searchesAMinute, time.Minute), newPace(suggestionsAMinute, time.Minute)
	if o.Live != nil {
		s.live = newFollower(o.Live)
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	s.handler = web.Wrap(s.serve, web.Options{
		Logger: s.log, TrustedProxies: o.TrustedProxies, ErrorPage: s.errorPage, Fallback: s.kinds.unknown.measured,
	})
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// The methods of every address of the site, and of those that take forms.
const (
	allowed      = "GET, HEAD, OPTIONS"
	allowedForms = "GET, HEAD, POST, OPTIONS"
)

// sameOrigin refuses forms that other sites send.
var sameOrigin = http.NewCrossOriginProtection()

// serve answers a request. A page in the cache is found by its path before
// anything else is looked at.
func (s *Site) serve(w http.ResponseWriter, r *http.Request) error {
	at := s.kinds.resolve(r.URL.Path)
	web.Note(w, at.kind.measured, false)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return s.serveForm(w, r, at)
	}
	switch {
	case at.redirect != nil:
		return s.answered(w, r, s.respell(r, at))
	case at.kind.serve != nil:
		return at.kind.serve(s, w, r)
	}
	if r.URL.RawQuery != "" {
		if err := s.readQuery(r, &at); err != nil {
			return s.answered(w, r, err)
		}
	}
	return s.answered(w, r, s.servePage(w, r, at))
}

// serveForm answers a request that is not for a page.
func (s *Site) serveForm(w http.ResponseWriter, r *http.Request, at address) error {
	methods := allowed
	if at.kind.posts {
		methods = allowedForms
	}
	switch {
	case r.Method == http.MethodOptions:
		w.Header().Set("Allow", methods)
		w.WriteHeader(http.StatusNoContent)
		return nil
	case r.Method != http.MethodPost || !at.kind.posts:
		hideKey(w, r.URL.Path, at)
		return web.MethodNotAllowed(w, methods)
	}
	if err := sameOrigin.Check(r); err != nil {
		hideKey(w, r.URL.Path, at)
		return standfirst.WrapError(standfirst.Forbidden, err, "this form came from another site; open the page anew and send it again")
	}
	return at.kind.serve(s, w, r)
}

// hideKey keeps an address that only one person knows out of the log where its own handler
// does not: a form that is refused did not use up what the address is good for.
func hideKey(w http.ResponseWriter, path string, at address) {
	if first, below, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); at.kind.keyed && below != "" {
		web.HidePath(w, "/"+first+"/…")
	}
}

// servePage answers with the page at the address, from the cache or rendered now.
func (s *Site) servePage(w http.ResponseWriter, r *http.Request, at address) error {
	if entry := s.cache.Kept(at.key); entry != nil { // here nothing has been allocated yet
		web.Note(w, at.kind.measured, true)
		entry.ServeHTTP(w, r)
		return nil
	}
	return s.servePageRendered(w, r, at)
}

// servePageRendered answers with a page that was not in the cache a moment ago.
func (s *Site) servePageRendered(w http.ResponseWriter, r *http.Request, at address) error {
	var rendered atomic.Bool
	entry, err := s.cache.Get(r.Context(), at.key, func(ctx context.Context) (pagecache.Page, error) {
		rendered.Store(true)
		return s.render(ctx, at)
	})
	if err != nil {
		return err
	}
	web.Note(w, at.kind.measured, !rendered.Load())
	entry.ServeHTTP(w, r)
	return nil
}

// answered redirects if the error says where the page has gone to, and hands on
// any other.
func (s *Site) answered(w http.ResponseWriter, r *http.Request, err error) error {
	target, ok := movedTo(err)
	if !ok {
		return err
	}
	redirect(w, r, target)
	return nil
}

// render loads and renders the page at the address.
func (s *Site) render(ctx context.Context, at address) (pagecache.Page, error) {
	v, err := s.load(ctx, at)
	if err != nil {
		return pagecache.Page{}, err
	}
	if v.finish != nil {
		if err := v.finish(); err != nil {
			return pagecache.Page{}, fmt.Errorf("site: render %s: %w", at.key, err)
		}
	}
	write := v.write
	if write == nil {
		write = func() (string, []byte, error) {
			body, err := s.execute(v.template, v.data)
			return htmlType, body, err
		}
	}
	contentType, body, err := write()
	if err != nil {
		return pagecache.Page{}, fmt.Errorf("site: render %s: %w", at.key, err)
	}
	page := pagecache.Page{Status: v.status, ContentType: contentType, CacheControl: s.cacheControl, Body: body, Tags: v.tags, Until: v.until, Links: v.links}
	if len(v.frames) > 0 {
		page.Policy = web.FramePolicy(v.frames)
	}
	return page, nil
}

const htmlType = "text/html; charset=utf-8"

// execute renders a template to bytes, so that a failure leaves no half page.
func (s *Site) execute(template string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := s.ui.Render(&b, template, data); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
