package web

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"

	"standfirst"
)

// HandlerFunc answers a request or returns why it cannot. It returns an error
// before it has written anything.
type HandlerFunc func(w http.ResponseWriter, r *http.Request) error

// Failure is what an error page may tell.
type Failure struct {
	Status    int
	Message   string // may be shown; empty if there is nothing to say beyond the status
	RequestID string // the number under which the log has the rest
}

// statusClientGone stands in logs and measurements for a request whose client
// closed the connection before the answer. It is never sent.
const statusClientGone = 499

// statuses says what each kind of error answers.
var statuses = map[standfirst.ErrorKind]int{
	standfirst.Internal:        http.StatusInternalServerError,
	standfirst.Invalid:         http.StatusBadRequest,
	standfirst.NotFound:        http.StatusNotFound,
	standfirst.Gone:            http.StatusGone,
	standfirst.Conflict:        http.StatusConflict,
	standfirst.Forbidden:       http.StatusForbidden,
	standfirst.Unauthenticated: http.StatusUnauthorized,
	standfirst.TooLarge:        http.StatusRequestEntityTooLarge,
	standfirst.TooMany:         http.StatusTooManyRequests,
	standfirst.Unavailable:     http.StatusServiceUnavailable,
}

// errMethod is a method that an address does not take.
var errMethod = errors.New("the method is not allowed here")

// MethodNotAllowed sets the Allow header and returns the error for a method that
// is not in it.
func MethodNotAllowed(w http.ResponseWriter, allow string) error {
	w.Header().Set("Allow", allow)
	return errMethod
}

// statusOf returns the status that answers the error, and statusClientGone if
// there is nobody left to answer.
func statusOf(r *http.Request, err error) int {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed
	case r.Context().Err() != nil && errors.Is(err, context.Canceled):
		return statusClientGone
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable
	}
	if status, ok := statuses[standfirst.KindOf(err)]; ok {
		return status
	}
	return http.StatusInternalServerError
}

// entityHeaders belong to the answer that could not be given.
var entityHeaders = []string{"Cache-Control", "Cache-Tag", "Content-Encoding", "Content-Length", "Content-Type", "Etag", "Last-Modified", "Vary"}

// fail answers the error and logs what went wrong on our side.
func (h *handler) fail(w *Response, r *http.Request, err error) {
	status := statusOf(r, err)
	if status == statusClientGone {
		w.status = status
		return
	}
	if status >= http.StatusInternalServerError {
		level := slog.LevelError
		if status == http.StatusServiceUnavailable {
			level = slog.LevelWarn
		}
		h.log.LogAttrs(r.Context(), level, "request failed",
			slog.String("method", r.Method), slog.String("path", cmp.Or(w.path, r.URL.Path)),
			slog.Int("status", status), slog.String("request", w.RequestID()), slog.Any("error", err))
	}
	if w.status != 0 {
		// Half an answer is out. Cutting the connection keeps the client from
		// taking it for a whole one.
		panic(http.ErrAbortHandler)
	}
	header := w.Header()
	for _, name := range entityHeaders {
		header.Del(name)
	}
	header.Set("Cache-Control", "no-store")
	if status == http.StatusServiceUnavailable {
		header.Set("Retry-After", "30")
	}
	h.errorPage(w, r, Failure{Status: status, Message: standfirst.PublicMessage(err), RequestID: w.id})
}

// PlainErrorPage answers a failure in one line of text.
func PlainErrorPage(w http.ResponseWriter, _ *http.Request, f Failure) {
	message := f.Message
	if message == "" {
		message = http.StatusText(f.Status)
	}
	http.Error(w, message, f.Status)
}
