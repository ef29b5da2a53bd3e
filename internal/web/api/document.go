package api

import (
	"encoding/json"
	"net/http"
	"sync"
)

// documents are the description as it is served, made when it is first asked for.
type documents struct {
	json, yaml func() ([]byte, error)
	page       kept
}

// registerDocuments adds the addresses of the description, for programs and for people.
func (a *API) registerDocuments() {
	a.docs.json = sync.OnceValues(func() ([]byte, error) { return json.MarshalIndent(a.huma.OpenAPI(), "", "  ") })
	a.docs.yaml = sync.OnceValues(func() ([]byte, error) { return a.huma.OpenAPI().YAML() })
	a.routes.Handle("GET "+docsPath, a.serveDocs, a.Metrics)
	a.routes.Handle("GET /api/v1/openapi.json", a.document("application/openapi+json", a.docs.json), a.Metrics)
	a.routes.Handle("GET /api/v1/openapi.yaml", a.document("application/openapi+yaml", a.docs.yaml), a.Metrics)
}

// document returns a handler for the description.
func (a *API) document(kind string, body func() ([]byte, error)) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		b, err := body()
		if err != nil {
			return err
		}
		share(w)
		w.Header().Set("Cache-Control", "no-cache")
		out := &answer{header: http.Header{"Content-Type": {kind}}}
		_, _ = out.Write(b)
		return out.send(w, r, &operation{method: http.MethodGet})
	}
}
