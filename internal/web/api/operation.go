package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// operation is one thing that a program may ask for.
type operation struct {
	id, method, path     string
	tag                  string
	summary, description string

	// Public ones need no token. Of the others, permission is what a scope of the token has to
	// permit: the use case checks it, and the description says so. Empty means any token.
	public     bool
	permission standfirst.Permission

	// status is what it answers when all is well, and errors are the failures besides those
	// that every operation may have.
	status int
	errors []int

	versioned bool // its ETag carries a version, which it sets itself
	body      any  // an example of what is sent; nil where nothing is
	example   any  // of what is answered

	described *huma.Operation
}

// The groups of operations, as the documentation shows them.
const (
	readingTag = "Reading"
	writingTag = "Writing"
	figuresTag = "Figures"
	talkTag    = "Talk"
	tokenTag   = "Tokens"
)

// register adds an operation. The handler gets the request as its types describe it, and
// returns an error of the use cases or a [problem].
func register[I, O any](a *API, o operation, handle func(*program, *I) (*O, error)) {
	op := &o
	if op.status == 0 {
		op.status = http.StatusOK
	}
	op.described = op.humanDescription()
	a.listed = append(a.listed, op)
	huma.Register(a.huma, *op.described, func(ctx context.Context, in *I) (*O, error) {
		p, ok := ctx.Value(programKey{}).(*program)
		if !ok {
			panic("api: an operation was asked past operate")
		}
		out, err := handle(p, in)
		if err != nil {
			p.failure = err
			return nil, newProblem(http.StatusInternalServerError, "")
		}
		return out, nil
	})
}

// programKey is under which the context of a request holds its program.
type programKey struct{}

// program is one request of a program.
type program struct {
	*API
	r       *http.Request
	op      *operation
	actor   standfirst.Actor   // zero without a token
	token   account.OwnedToken // zero without one
	body    []byte             // of a request that changes something
	failure error              // of the handler
}

// mux lets huma register its handlers among the routes that return errors.
type mux struct{ *API }

// ServeHTTP implements humago.Mux; nothing calls it.
func (m mux) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.API.ServeHTTP(w, r) }

// HandleFunc implements humago.Mux.
func (m mux) HandleFunc(pattern string, handler func(http.ResponseWriter, *http.Request)) {
	op := m.listed[len(m.listed)-1]
	m.routes.Handle(pattern, m.operate(op, handler), m.Metrics)
}

// operate answers a request for an operation: who asks, how often, whether it was asked
// before, and whether the program has the answer already.
func (a *API) operate(op *operation, handler http.HandlerFunc) web.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		p := &program{API: a, r: r, op: op}
		if op.public {
			w.Header().Set("Cache-Control", "no-cache")
			share(w)
		}
		if err := p.identify(w); err != nil {
			return err
		}
		if err := a.limit(w, p); err != nil {
			return err
		}
		if err := p.takeIn(); err != nil {
			return err
		}
		answer, err := p.once(handler)
		if err != nil {
			return a.told(w, err)
		}
		return answer.send(w, r, op)
	}
}

// takeIn reads the body, and refuses what no text has: bytes that are no UTF-8, and the NUL that
// one of the databases cannot keep.
func (p *program) takeIn() error {
	query, err := url.QueryUnescape(p.r.URL.RawQuery)
	if err != nil || !isText(query) || !isText(p.r.URL.Path) {
		return standfirst.Errorf(standfirst.Invalid, "the address is no text: it has bytes that are no UTF-8, or control characters")
	}
	if p.op.method == http.MethodGet {
		return nil
	}
	if p.body, err = io.ReadAll(p.r.Body); err != nil {
		return err
	}
	p.r.Body = io.NopCloser(bytes.NewReader(p.body))
	if !utf8.Valid(p.body) || nulEscape.Match(p.body) {
		return standfirst.Errorf(standfirst.Invalid, "the body is no text: it has bytes that are no UTF-8, or NUL characters")
	}
	return nil
}

// nulEscape finds a NUL as JSON writes it, behind an even number of backslashes.
var nulEscape = regexp.MustCompile(`(?:^|[^\\])(?:\\\\)*\\u0000`)

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// identify finds out who asks. An operation for everybody takes a token as well, which has
// more requests than an address; but never one that is not good.
func (p *program) identify(w http.ResponseWriter) error {
	if p.op.public && p.r.Header.Get("Authorization") == "" {
		return nil
	}
	if err := p.canShow(); err != nil {
		return err
	}
	bearer, err := bearerOf(p.r)
	if err != nil {
		w.Header().Set("WWW-Authenticate", `Bearer realm="standfirst"`)
		return err
	}
	p.actor, p.token, err = p.Accounts.Token(p.r.Context(), bearer, web.ClientOrigin(p.r))
	if err == nil {
		return nil
	}
	switch standfirst.KindOf(err) {
	case standfirst.Unauthenticated:
		w.Header().Set("WWW-Authenticate", `Bearer realm="standfirst", error="invalid_token"`)
	case standfirst.TooMany:
		w.Header().Set("Retry-After", strconv.Itoa(int(account.AttemptWindow.Seconds())))
	}
	return err
}

// canShow returns a Forbidden error if a token would go over the net in the clear, as a
// password must not either.
func (p *program) canShow() error {
	base := p.BaseURL
	if base == "" {
		err := p.Store.View(p.r.Context(), func(tx *store.ReadTx) error {
			pub, err := tx.Publication()
			base = pub.BaseURL
			return err
		})
		if err != nil {
			return err
		}
	}
	return web.CanSignIn(p.r, base)
}

// bearerOf returns the token in the request, as RFC 6750, section 2.1, has it.
func bearerOf(r *http.Request) (string, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if token = strings.TrimSpace(token); !strings.EqualFold(scheme, "Bearer") || token == "" || len(r.Header["Authorization"]) > 1 {
		return "", standfirst.Errorf(standfirst.Unauthenticated, "show a token: Authorization: Bearer …")
	}
	return token, nil
}

// ask runs the handler and returns its answer.
func (p *program) ask(handler http.HandlerFunc) (*answer, error) {
	held := &answer{header: make(http.Header)}
	handler(held, p.r.WithContext(context.WithValue(p.r.Context(), programKey{}, p)))
	return held, p.failure
}

// scopes returns the scopes that permit the operation, each alone.
func (op *operation) scopes() []standfirst.Scope {
	if op.permission == "" {
		return nil
	}
	return standfirst.ScopesThat(op.permission)
}

// errorStatuses returns every status with which the operation may fail.
func (op *operation) errorStatuses() []int {
	all := []int{http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusServiceUnavailable}
	if !op.public {
		all = append(all, http.StatusForbidden)
	}
	all = append(all, http.StatusBadRequest, http.StatusUnauthorized)
	if op.method != http.MethodGet {
		all = append(all, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	all = append(all, op.errors...)
	slices.Sort(all)
	return slices.Compact(all)
}
