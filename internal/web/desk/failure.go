package desk

import (
	"log/slog"
	"net/http"

	"standfirst/internal/web"
)

// failurePage says why there is no page.
type failurePage struct {
	Layout  layout
	Status  int
	Text    string
	Request string // the number to name when asking about it; empty if that would not help
}

// errorPage answers a failure with a page of the desk. It keeps what was typed out of it:
// the browser's way back still has that.
func (d *Desk) errorPage(w http.ResponseWriter, r *http.Request, f web.Failure) {
	if wantsJSON(r) {
		d.jsonError(w, f)
		return
	}
	v := &visitor{d, w, r}
	p := &failurePage{Layout: v.layout(v.ui.Strings.Text("desk.failure")), Status: f.Status, Text: f.Message}
	if p.Text == "" {
		p.Text = http.StatusText(f.Status)
	}
	p.Text = asSentence(p.Text)
	if f.Status >= http.StatusInternalServerError {
		p.Request = f.RequestID
	}
	if err := d.render(w, r, f.Status, "failure", p); err != nil {
		d.log.ErrorContext(r.Context(), "error page failed", slog.Any("error", err))
		web.PlainErrorPage(w, r, f)
	}
}
