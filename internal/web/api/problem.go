package api

import (
	"log/slog"
	"net/http"

	"standfirst/internal/web"
)

// problem is why a request was not answered, as RFC 9457 has it. Its type is about:blank,
// which stands where there is none: the status says what sort of problem it is.
type problem struct {
	Title   string `json:"title"`
	Status  int    `json:"status"`
	Detail  string `json:"detail,omitempty"`
	Request string `json:"request,omitempty"` // the number to name when asking about it
}

// problem answers a failure.
func (a *API) problem(w http.ResponseWriter, r *http.Request, f web.Failure) {
	p := problem{Title: http.StatusText(f.Status), Status: f.Status, Detail: f.Message}
	if f.Status >= http.StatusInternalServerError {
		p.Request = f.RequestID
	}
	if err := writeJSON(w, "application/problem+json", f.Status, p); err != nil {
		a.log.ErrorContext(r.Context(), "a problem could not be told", slog.Any("error", err))
	}
}
