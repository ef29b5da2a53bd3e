package web

import (
	"net/http"
	"strings"

	"standfirst"
)

// Mux is the standard library's router for handlers that return errors. What has no
// address is NotFound; a method that an address does not take is told what it takes.
type Mux struct {
	routes   *http.ServeMux
	patterns []string
	methods  []string
}

// NewMux returns a router whose addresses take the methods.
func NewMux(methods ...string) *Mux {
	m := &Mux{routes: http.NewServeMux(), methods: methods}
	m.routes.HandleFunc("/", m.handle(nil, m.unrouted))
	return m
}

// failing carries a failure out of the standard library's router.
type failing struct {
	http.ResponseWriter
	err error
}

// Unwrap serves http.ResponseController.
func (f *failing) Unwrap() http.ResponseWriter { return f.ResponseWriter }

// Handle adds an address. Its requests are counted under the pattern.
func (m *Mux) Handle(pattern string, answer HandlerFunc, metrics *Metrics) {
	measured := metrics.Route(strings.TrimSuffix(pattern[strings.IndexByte(pattern, '/'):], "{$}"))
	m.patterns = append(m.patterns, pattern)
	m.routes.HandleFunc(pattern, m.handle(measured, answer))
}

// Patterns returns the patterns in the order in which they were added.
func (m *Mux) Patterns() []string { return m.patterns }

// Serve answers a request.
func (m *Mux) Serve(w http.ResponseWriter, r *http.Request) error {
	f := &failing{ResponseWriter: w}
	m.routes.ServeHTTP(f, r)
	return f.err
}

func (m *Mux) handle(measured *Route, answer HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f, ok := w.(*failing)
		if !ok {
			panic("web: routed past Serve")
		}
		if measured != nil {
			Note(f.ResponseWriter, measured, false)
		}
		f.err = answer(f.ResponseWriter, r)
	}
}

// unrouted answers an address that has no page, or not by that method.
func (m *Mux) unrouted(w http.ResponseWriter, r *http.Request) error {
	var allowed []string
	for _, method := range m.methods {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := m.routes.Handler(other); strings.HasPrefix(pattern, method+" ") {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) > 0 {
		return MethodNotAllowed(w, strings.Join(allowed, ", "))
	}
	return standfirst.Errorf(standfirst.NotFound, "there is no page at %s", r.URL.Path)
}
