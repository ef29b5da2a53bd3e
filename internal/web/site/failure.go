package site

import (
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"standfirst/internal/store"
	"standfirst/internal/web"
)

// failurePage says why there is no page.
type failurePage struct {
	Layout  layout
	Status  int
	Title   string
	Text    string
	Request string // the number to name when asking about it; empty if that would not help
}

// errorPage answers a failure with a page of the publication.
func (s *Site) errorPage(w http.ResponseWriter, r *http.Request, f web.Failure) {
	template := "error"
	p := &failurePage{Layout: s.failureLayout(r, f.Status), Status: f.Status}
	if f.Status == http.StatusGone {
		template = "gone"
		p.Title = s.ui.Strings.Text("gone.title")
	} else {
		p.Title, p.Text = s.failureText(f.Status)
	}
	if f.Status >= http.StatusInternalServerError {
		p.Request = f.RequestID
	}
	p.Layout.Title = documentTitle(p.Title, p.Layout.SiteName)
	p.Layout.Unlisted = true
	body, err := s.execute(template, p)
	if err != nil {
		s.log.ErrorContext(r.Context(), "error page failed", slog.Any("error", err))
		web.PlainErrorPage(w, r, f)
		return
	}
	h := w.Header()
	h.Set("Content-Type", htmlType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(f.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a client that is gone needs no answer
	}
}

// failureText returns what is said of a status, or of its whole class.
func (s *Site) failureText(status int) (title, text string) {
	for _, code := range []int{status, status / 100 * 100} {
		key := strconv.Itoa(code)
		title, text = s.ui.Strings.Text("error.title."+key), s.ui.Strings.Text("error.text."+key)
		if !strings.HasPrefix(title, "error.") {
			break
		}
	}
	return title, text
}

// failureLayout returns the menu and footer for a page that tells of a failure. If
// the failure may be the store's, it is that of the page rendered last.
func (s *Site) failureLayout(r *http.Request, status int) layout {
	if status < http.StatusInternalServerError {
		var l layout
		err := s.store.View(r.Context(), func(tx *store.ReadTx) error {
			rd, err := s.read(tx)
			if err != nil {
				return err
			}
			l, err = rd.layout(address{})
			return err
		})
		if err == nil {
			return l.bare()
		}
	}
	if last := s.lastLayout.Load(); last != nil {
		return last.bare()
	}
	return layout{Language: "en", SiteName: s.ui.Strings.Text("error.front")}
}
