package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"standfirst/internal/web"
)

// problemType is the media type of problems.
const problemType = "application/problem+json"

// problem is why a request was not answered, as RFC 9457 has it. Its type is about:blank,
// which stands where there is none: the status says what sort of problem it is.
type problem struct {
	Title   string  `json:"title" doc:"What the status is called." example:"Not Found"`
	Status  int     `json:"status" doc:"The HTTP status code." example:"404"`
	Detail  string  `json:"detail,omitempty" doc:"What went wrong, where, and what to do." example:"there is no such story"`
	Request string  `json:"request,omitempty" doc:"The number to name when asking the newsroom about it; only of failures on its side."`
	Errors  []wrong `json:"errors,omitempty" doc:"What does not fit the description, field by field."`
}

// wrong is one field that does not fit the description.
type wrong struct {
	Location string `json:"location,omitempty" doc:"Where it stands, such as body.headline or query.limit." example:"query.limit"`
	Detail   string `json:"detail" doc:"What is wrong with it." example:"expected number <= 100"`
}

// Error implements error.
func (p *problem) Error() string { return p.Title + ": " + p.Detail }

// GetStatus implements huma.StatusError.
func (p *problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *problem) ContentType(string) string { return problemType }

// newProblem returns a problem of the status.
func newProblem(status int, detail string, fields ...error) *problem {
	p := &problem{Title: http.StatusText(status), Status: status, Detail: detail}
	for _, field := range fields {
		var detailed huma.ErrorDetailer
		if errors.As(field, &detailed) {
			d := detailed.ErrorDetail()
			p.Errors = append(p.Errors, wrong{d.Location, d.Message})
		} else if field != nil {
			p.Errors = append(p.Errors, wrong{Detail: field.Error()})
		}
	}
	return p
}

// takeErrors makes huma tell its refusals as we tell ours. The library has one variable for
// that.
var takeErrors = sync.OnceFunc(func() {
	huma.NewError = func(status int, detail string, fields ...error) huma.StatusError {
		return newProblem(status, detail, fields...)
	}
})

// told answers a problem of our own, and hands on any other error.
func (a *API) told(w http.ResponseWriter, err error) error {
	var p *problem
	if !errors.As(err, &p) {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return writeJSON(w, problemType, p.Status, p)
}

// problem answers a failure.
func (a *API) problem(w http.ResponseWriter, r *http.Request, f web.Failure) {
	p := newProblem(f.Status, f.Message)
	if f.Status >= http.StatusInternalServerError {
		p.Request = f.RequestID
	}
	if err := writeJSON(w, problemType, f.Status, p); err != nil {
		a.log.ErrorContext(r.Context(), "a problem could not be told", slog.Any("error", err))
	}
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
