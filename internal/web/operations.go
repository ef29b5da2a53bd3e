package web

import (
	"context"
	"io"
	"net/http"
)

// Operations serves /healthz, /readyz and /metrics, and /outbox if there is one. It
// belongs on a listener of its own that readers cannot reach. ready returns why
// requests cannot be answered now, or nil.
func Operations(m *Metrics, ready func(context.Context) error, outbox Outbox) http.Handler {
	mux := http.NewServeMux()
	if outbox != nil {
		outboxRoutes(mux, outbox)
	}
	mux.Handle("GET /metrics", m.Handler())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, "ok\n")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := ready(r.Context()); err != nil {
			answer(w, http.StatusServiceUnavailable, "not ready: "+err.Error()+"\n")
			return
		}
		answer(w, http.StatusOK, "ok\n")
	})
	return mux
}

func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	io.WriteString(w, text) // a client that is gone needs no answer
}
